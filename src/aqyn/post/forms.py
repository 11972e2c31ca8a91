"""The forms of the mail pages."""

from __future__ import annotations

import re
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from aqyn.post.addresses import clean_address, one_line
from aqyn.post.errors import BadAddress
from aqyn.post.models import MailServer


class AddressField(forms.EmailField):
    """An address as the house writes it: small letters, nothing but one address."""

    def clean(self, value: Any) -> str:
        address: str = super().clean(value)
        if not address:
            return ""
        try:
            return clean_address(address)
        except BadAddress as problem:
            raise forms.ValidationError(problem.sentence) from None


class MailServerForm(forms.ModelForm):  # type: ignore[type-arg]
    """How mail leaves the house. The password goes in and never comes out again."""

    password = forms.CharField(
        label=gettext_lazy("Password"),
        required=False,
        max_length=500,
        strip=False,
        widget=forms.PasswordInput(render_value=False, attrs={"autocomplete": "new-password"}),
    )
    from_address = AddressField(label=gettext_lazy("From address"), max_length=254)
    reply_to = AddressField(label=gettext_lazy("Answers go to"), required=False, max_length=254)

    class Meta:
        model = MailServer
        fields = [
            "host",
            "port",
            "security",
            "user",
            "password",
            "from_address",
            "from_name",
            "reply_to",
            "per_minute",
        ]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["host"].help_text = _("For example smtp.example.org")
        self.fields["per_minute"].help_text = _("Most mail servers stop taking letters that come too fast.")
        self.had_password = bool(self.instance.password)
        if self.had_password:
            self.fields["password"].help_text = _("A password is kept and not shown. Leave empty to keep it.")

    def clean_host(self) -> str:
        host = self.cleaned_data["host"].strip().rstrip(".")
        if not re.fullmatch(r"[\w.:-]+", host):
            raise forms.ValidationError(_("Only the name of the server, such as smtp.example.org."))
        return str(host)

    def clean_port(self) -> int:
        port: int = self.cleaned_data["port"]
        if not 1 <= port <= 65535:
            raise forms.ValidationError(_("A port is a number from 1 to 65535."))
        return port

    def clean_per_minute(self) -> int:
        rate: int = self.cleaned_data["per_minute"]
        if not 1 <= rate <= 10_000:
            raise forms.ValidationError(_("A number from 1 to 10000."))
        return rate

    def clean_from_name(self) -> str:
        return one_line(self.cleaned_data["from_name"])

    def clean(self) -> dict[str, Any]:
        """A password never goes along to another server or user: whoever changes them types it again."""
        cleaned = super().clean() or self.cleaned_data
        moved = {"host", "user"} & set(self.changed_data)
        if moved and self.had_password and cleaned.get("user") and not cleaned.get("password"):
            self.add_error("password", _("Type the password again: the server or the user name is new."))
        return cleaned

    def values(self) -> dict[str, Any]:
        """What `services.set_mail_server` takes; an empty password field keeps the password there is."""
        values = dict(self.cleaned_data)
        if self.had_password and values["user"] and not values["password"]:
            del values["password"]
        return values


class TestLetterForm(forms.Form):
    """Where the test letter goes."""

    __test__ = False

    to = AddressField(label=gettext_lazy("Send it to"), max_length=254)

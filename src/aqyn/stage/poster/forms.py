"""What the crew chooses for a poster, turned into a `Choice`."""

from __future__ import annotations

import re
from typing import Any, cast

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from aqyn.stage.poster.choice import Choice, Size, Wifi
from aqyn.stage.sentences import BadNetworkName, BadWifiPassword, NetworkNameUnseen, PasswordWithoutNetwork

SIZES = [
    (Size.A4, _("A4, for the wall")),
    (Size.A3, _("A3, for the wall")),
    (Size.CARD, _("Cards for the seats, two on A4")),
]
LONGEST_NETWORK = 32
"""Bytes of a network's name (IEEE 802.11)."""
SHORTEST_PASSWORD, LONGEST_PASSWORD = 8, 63
"""Characters of a WPA passphrase (IEEE 802.11i)."""
_KEYBOARD = re.compile(r"[ -~]+")


class Poster(forms.Form):
    """The sheet, its language and address, and the hall's Wi-Fi where there is one."""

    size = forms.ChoiceField(label=_("Paper"), choices=SIZES, widget=forms.RadioSelect)
    language = forms.ChoiceField(label=_("Language"), choices=settings.LANGUAGES)
    address = forms.ChoiceField(label=_("Address"))
    wifi = forms.CharField(
        label=_("The hall's Wi-Fi"),
        required=False,
        max_length=LONGEST_NETWORK,
        strip=False,
        help_text=_("Its name. The poster then shows two codes: one for the network, one for the page."),
    )
    password = forms.CharField(label=_("Its password"), required=False, strip=False)

    def __init__(self, *args: Any, addresses: list[str], **kwargs: Any) -> None:
        """`addresses`: of the live page, the usual one first."""
        super().__init__(*args, **kwargs)
        cast(forms.ChoiceField, self.fields["address"]).choices = [(one, one) for one in addresses]

    def clean_wifi(self) -> str:
        name: str = self.cleaned_data["wifi"]
        if not name.isprintable():
            raise forms.ValidationError(str(NetworkNameUnseen()))
        if len(said := name.encode("utf-8")) > LONGEST_NETWORK:
            raise forms.ValidationError(str(BadNetworkName(most=LONGEST_NETWORK, bytes=len(said))))
        return name

    def clean_password(self) -> str:
        password: str = self.cleaned_data["password"]
        fits = SHORTEST_PASSWORD <= len(password) <= LONGEST_PASSWORD and _KEYBOARD.fullmatch(password)
        if password and not fits:
            raise forms.ValidationError(str(BadWifiPassword(least=SHORTEST_PASSWORD, most=LONGEST_PASSWORD)))
        return password

    def clean(self) -> dict[str, Any]:
        told = super().clean() or {}
        if told.get("password") and not told.get("wifi") and "wifi" not in self.errors:
            self.add_error("wifi", str(PasswordWithoutNetwork()))
        return told

    @property
    def choice(self) -> Choice:
        told = self.cleaned_data
        wifi = Wifi(told["wifi"], told["password"]) if told["wifi"] else None
        return Choice(told["address"], Size(told["size"]), told["language"], wifi)

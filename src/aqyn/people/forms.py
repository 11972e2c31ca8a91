"""The forms of signing in, of the crew and of the artists."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django import forms
from django.conf import settings
from django.forms import BoundField
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from aqyn.people.models import Artist, Person, Role
from aqyn.post.services import BadAddress, clean_address

# The tags an artist's texts may be in, each by its own name.
TEXT_LANGUAGES = (
    ("kk-Cyrl", "Қазақша"),
    ("kk-Latn", "Qazaqşa"),
    ("kk-Arab", "قازاقشا"),
    ("ru", "Русский"),
    ("en", "English"),
)


class AddressField(forms.EmailField):
    """An email address as the house keeps it: in small letters."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("label", gettext_lazy("Email"))
        super().__init__(max_length=254, **kwargs)

    def clean(self, value: Any) -> str:
        address: str = super().clean(value)
        if not address:
            return ""
        try:
            return clean_address(address)
        except BadAddress as problem:
            raise forms.ValidationError(problem.sentence) from None


def _language_field() -> forms.ChoiceField:
    return forms.ChoiceField(
        label=gettext_lazy("Language"), choices=settings.LANGUAGES, initial=lambda: get_language() or "kk"
    )


class NameField(forms.CharField):
    """A person's name: one line."""

    def __init__(self) -> None:
        super().__init__(label=gettext_lazy("Name"), max_length=120)

    def clean(self, value: Any) -> str:
        return " ".join(super().clean(value).split())


class SignInForm(forms.Form):
    email = AddressField(widget=forms.EmailInput(attrs={"autocomplete": "email"}))


class NewcomerForm(forms.Form):
    """Who comes in for the first time: the first owner, or someone invited."""

    name = NameField()
    email = AddressField(widget=forms.EmailInput(attrs={"autocomplete": "email"}))
    language = _language_field()


class MeForm(forms.Form):
    name = NameField()
    language = _language_field()


class InviteForm(forms.Form):
    email = AddressField(
        required=False,
        label=gettext_lazy("Send the link to"),
        help_text=gettext_lazy("Leave empty to copy the link and hand it over yourself."),
    )
    role = forms.ChoiceField(label=gettext_lazy("Role"), choices=Role.choices, initial=Role.CREW)
    language = _language_field()


class RoleForm(forms.Form):
    role = forms.ChoiceField(choices=Role.choices)


class ArtistForm(forms.Form):
    """An artist's texts by language, her main language and her hue."""

    main_language = forms.ChoiceField(
        label=gettext_lazy("Main language"), choices=TEXT_LANGUAGES, initial="kk-Cyrl"
    )
    hue = forms.IntegerField(
        label=gettext_lazy("Hue"),
        min_value=0,
        max_value=359,
        initial=28,
        widget=forms.NumberInput(attrs={"type": "range", "min": 0, "max": 359}),
    )

    def __init__(self, *args: Any, artist: Artist | None = None, **kwargs: Any) -> None:
        if artist is not None:
            kwargs["initial"] = _as_initial(artist) | kwargs.get("initial", {})
        super().__init__(*args, **kwargs)
        for tag, language in TEXT_LANGUAGES:
            attrs = {"lang": tag, "dir": "rtl" if tag.endswith("Arab") else "ltr"}
            self.fields[f"name_{tag}"] = forms.CharField(
                label=language, max_length=120, required=False, widget=forms.TextInput(attrs)
            )
            self.fields[f"bio_{tag}"] = forms.CharField(
                label=language,
                max_length=10_000,
                required=False,
                widget=forms.Textarea(attrs | {"rows": 7}),
            )

    def names(self) -> Iterator[BoundField]:
        return (self[f"name_{tag}"] for tag, _language in TEXT_LANGUAGES)

    def bios(self) -> Iterator[BoundField]:
        return (self[f"bio_{tag}"] for tag, _language in TEXT_LANGUAGES)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        main = cleaned.get("main_language")
        if main and not cleaned.get(f"name_{main}"):
            self.add_error(f"name_{main}", _("The name is needed in the main language."))
        return cleaned

    def values(self) -> dict[str, Any]:
        """What `services.make_artist` and `change_artist` take."""
        cleaned = self.cleaned_data
        return {
            "name": {tag: cleaned[f"name_{tag}"] for tag, _language in TEXT_LANGUAGES},
            "bio": {tag: cleaned[f"bio_{tag}"].replace("\r\n", "\n") for tag, _language in TEXT_LANGUAGES},
            "hue": cleaned["hue"],
            "main_language": cleaned["main_language"],
        }


def _as_initial(artist: Artist) -> dict[str, Any]:
    texts = {f"name_{tag}": text for tag, text in artist.name.items()}
    texts |= {f"bio_{tag}": text for tag, text in artist.bio.items()}
    return {"hue": artist.hue, "main_language": artist.main_language, **texts}


def me_form(person: Person, data: Any = None) -> MeForm:
    """The form with a person's own name and language in it."""
    return MeForm(data, initial={"name": person.name, "language": person.language})

"""What is typed of a letter to many."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from django import forms
from django.forms import BoundField
from django.utils.translation import gettext_lazy as _

from aqyn.people import selectors as people
from aqyn.reach.models import Bulletin

TOLD_IN = (("kk-Cyrl", "Қазақша"), ("ru", "Русский"), ("en", "English"))


class NewForm(forms.Form):
    """Whose letter it is."""

    artist = forms.ChoiceField(label=_("Artist"))

    def __init__(self, *args: Any, artists: list[Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["artist"].choices = [(row.slug, str(row)) for row in artists]  # type: ignore[attr-defined]


class BulletinForm(forms.Form):
    """A letter's readers and its words in each language."""

    audience = forms.ChoiceField(label=_("Who gets it"), widget=forms.RadioSelect)
    city = forms.ChoiceField(
        label=_("City"), required=False, help_text=_("For followers: all, or those of one city.")
    )

    def __init__(self, *args: Any, row: Bulletin, **kwargs: Any) -> None:
        kwargs["initial"] = _initial(row)
        super().__init__(*args, **kwargs)
        choices = [("followers", _("Followers"))]
        if row.show_id:
            choices += [("buyers", _("All who have places for the show")), ("came", _("Those who came"))]
        self.fields["audience"].choices = choices  # type: ignore[attr-defined]
        cities = people.cities_of(row.artist)
        known = [(city, f"{city} · {count}") for city, count in cities]
        if row.city and row.city not in dict(known):
            known.append((row.city, row.city))
        self.fields["city"].choices = [("", _("All cities")), *known]  # type: ignore[attr-defined]
        for tag, _language in TOLD_IN:
            attrs = {"lang": tag, "dir": "auto"}
            self.fields[f"subject_{tag}"] = forms.CharField(
                label=_("Subject"), required=False, max_length=200, widget=forms.TextInput(attrs)
            )
            self.fields[f"text_{tag}"] = forms.CharField(
                label=_("Text"),
                required=False,
                max_length=20_000,
                widget=forms.Textarea(attrs | {"rows": 14}),
            )

    def languages(self) -> Iterator[tuple[str, str, BoundField, BoundField]]:
        """Tag, name, subject and text of each language."""
        return ((tag, name, self[f"subject_{tag}"], self[f"text_{tag}"]) for tag, name in TOLD_IN)

    def values(self) -> dict[str, Any]:
        """What `services.change` takes."""
        told = self.cleaned_data
        return {
            "audience": told["audience"],
            "city": told["city"],
            "subject": self._texts("subject"),
            "text": self._texts("text"),
        }

    def _texts(self, name: str) -> Mapping[str, str]:
        return {tag: self.cleaned_data[f"{name}_{tag}"] for tag, _language in TOLD_IN}


def _initial(row: Bulletin) -> dict[str, Any]:
    words = {f"subject_{tag}": text for tag, text in row.subject.items()}
    words |= {f"text_{tag}": text for tag, text in row.text.items()}
    return {"audience": row.audience, "city": row.city, **words}

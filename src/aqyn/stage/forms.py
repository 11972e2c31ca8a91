"""What the crew types about an entry of the setlist."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from aqyn.core.live import MOST_STEPS
from aqyn.core.lyrics.layers import NAMES
from aqyn.stage.selectors.editing import Row
from aqyn.stage.sentences import BadOrder
from aqyn.stage.services import EntryFacts
from aqyn.stage.services.setlist import FASTEST, LONGEST_NOTE, SLOWEST
from aqyn.ui.checks import LONGEST_NAME

LONGEST_NUMBER = 19
"""Digits: what a database counts with."""
TOLD_IN = [("kk-Cyrl", _("in Kazakh")), ("ru", _("in Russian")), ("en", _("in English"))]


class Told(forms.Form):
    """How one entry is to be sung, or what the talk is called."""

    encore = forms.BooleanField(label=_("Encore"), required=False)
    bpm = forms.IntegerField(
        label=_("Beats a minute"),
        required=False,
        min_value=SLOWEST,
        max_value=FASTEST,
        help_text=_("Of the recording: tapping on the console is measured against it."),
    )
    note = forms.CharField(
        label=_("Note for the crew"),
        required=False,
        max_length=LONGEST_NOTE,
        help_text=_("The hall never sees it."),
    )
    order = forms.CharField(required=False, max_length=4 * MOST_STEPS, widget=forms.HiddenInput)

    def __init__(self, *args: Any, row: Row, **kwargs: Any) -> None:
        super().__init__(*args, **{"auto_id": f"entry-{row.id}-%s", **kwargs})
        self.row = row
        if row.kind != "song" or not row.slug:
            del self.fields["bpm"]
        if not row.orderable:
            del self.fields["order"]
        if row.kind == "talk":
            for tag, label in _told_in(row):
                self.fields[f"title.{tag}"] = forms.CharField(
                    label=label, required=False, max_length=LONGEST_NAME
                )

    @classmethod
    def of(cls, row: Row) -> Told:
        """The form filled with what is told now."""
        told = {"encore": row.encore, "bpm": row.bpm, "note": row.note, "order": row.order}
        return cls(row=row, initial=told | {f"title.{tag}": text for tag, text in row.title.items()})

    @property
    def titles(self) -> list[Any]:
        return [self[name] for name in self.fields if name.startswith("title.")]

    def clean_order(self) -> list[int]:
        said = [whole(number) for number in self.cleaned_data["order"].split()]
        if -1 in said:
            raise forms.ValidationError(str(BadOrder()))
        return said

    def facts(self, deed: str) -> EntryFacts:
        """As the form tells them, after what one button of the order's says (see `reordered`)."""
        told = self.cleaned_data
        titles = {tag: told[f"title.{tag}"] for tag, _label in _told_in(self.row)} if self.titles else {}
        return EntryFacts(
            title=titles,
            encore=told["encore"],
            order=reordered(told.get("order", []), deed),
            bpm=told.get("bpm"),
            note=told["note"],
        )


def _told_in(row: Row) -> list[tuple[str, Any]]:
    """The languages in which the talk can be called something, and those in which it is."""
    known = dict(TOLD_IN)
    return [*TOLD_IN, *((tag, NAMES.get(tag, tag)) for tag in row.title if tag not in known)]


def reordered(order: list[int], deed: str) -> list[int]:
    """The order after "up 2", "down 2", "again 2", "out 2" (places of it), "add 1" (a part) or "written"."""
    name, _space, said = deed.partition(" ")
    if name == "written":
        return []
    number = whole(said)
    if name == "add" and number >= 0:
        return [*order, number]
    if not 0 <= number < len(order):
        return order
    before, one, after = order[:number], order[number], order[number + 1 :]
    if name == "up" and before:
        return [*before[:-1], one, before[-1], *after]
    if name == "down" and after:
        return [*before, after[0], one, *after[1:]]
    if name == "again":
        return [*before, one, one, *after]
    if name == "out" and len(order) > 1:
        return before + after
    return order


def whole(said: str) -> int:
    """The number that a form sent, -1 where it is none."""
    return int(said) if said.isdecimal() and len(said) < LONGEST_NUMBER else -1

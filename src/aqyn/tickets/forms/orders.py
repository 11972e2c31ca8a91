"""Forms about orders: searching, more time to pay, the guest list, places sold on paper."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.utils.translation import gettext_lazy as _

from aqyn.tickets.forms.fields import Amount, Moment, moment_at, read_amount
from aqyn.tickets.models import Sale
from aqyn.tickets.sentences import sale as refuse
from aqyn.ui.checks import LONGEST_NAME
from aqyn.ui.templatetags.aqyn import said_text

STATES = (
    ("", _("All of them")),
    ("waiting", _("Waiting for money")),
    ("confirmed", _("Confirmed")),
    ("lapsed", _("Lapsed")),
    ("cancelled", _("Cancelled")),
)
MOST_LINES = 200
LONGEST_EMAIL = 254
"""RFC 5321, 4.5.3.1.3, without its brackets."""
_LINE = re.compile(r"(?P<name>.+?)(?:\s*\+\s*(?P<more>\d{1,2}))?")
_EMAIL = re.compile(r"<?([^\s<>@,;]+@[^\s<>@,;]+\.[^\s<>@,;]+)>?")


class SearchForm(forms.Form):
    """What orders are looked for."""

    q = forms.CharField(
        label=_("Name, e-mail, reference, number or serial"),
        required=False,
        max_length=200,
        widget=forms.TextInput({"type": "search", "dir": "auto", "autocomplete": "off"}),
    )
    state = forms.ChoiceField(label=_("State"), required=False, choices=STATES)


class ReduceForm(forms.Form):
    """By how much an order costs less, and why. Clean, `amount` is minor units."""

    amount = Amount(label=_("By how much"))
    note = forms.CharField(
        label=_("Why"), required=False, max_length=200, widget=forms.TextInput({"dir": "auto"})
    )

    def __init__(self, *args: Any, currency: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.currency = currency

    def clean(self) -> dict[str, Any]:
        told = self.cleaned_data
        told["amount"] = read_amount(self, "amount", self.currency) or 0
        if not told["amount"] and not self.errors:
            self.add_error("amount", _("An amount above zero is needed."))
        return told


class ExtendForm(forms.Form):
    """Until when places are kept, by the clocks of the show's place."""

    until = Moment(label=_("Kept until"), required=True)

    def at(self, sale: Sale) -> datetime | None:
        return moment_at(self, "until", ZoneInfo(sale.show.time_zone), None)


@dataclass(frozen=True, slots=True)
class Guest:
    """One line of a guest list: who, and how many in all."""

    name: str
    email: str
    count: int


class GuestForm(forms.Form):
    """Guests, a line for each: "Aru Serikova +2". `key`: this page's own, so that a second press adds nobody
    twice."""

    type = forms.TypedChoiceField(label=_("Ticket"), coerce=int)
    lines = forms.CharField(
        label=_("Guests"),
        max_length=20_000,
        widget=forms.Textarea({"rows": 5, "dir": "auto", "spellcheck": "false"}),
        help_text=_("A line for each: a name, an e-mail if there is one, and +2 for two who come along."),
    )

    key = forms.CharField(max_length=40, widget=forms.HiddenInput)

    def __init__(self, *args: Any, types: list[Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["type"]
        field.choices = [(row.pk, said_text(row.name)) for row in types]
        if len(types) == 1:
            field.widget = forms.HiddenInput()
            self.initial["type"] = types[0].pk

    def guests(self) -> list[Guest]:
        """Raises BadGuestLine, TooManyLines, NobodyWritten."""
        return read_guests(self.cleaned_data["lines"])


class PaperForm(forms.Form):
    """Places sold on paper. `key`: this page's own, so that a second press sells nothing twice."""

    type = forms.TypedChoiceField(label=_("Ticket"), coerce=int)
    count = forms.IntegerField(label=_("How many"), min_value=1, max_value=100, initial=10)
    name = forms.CharField(
        label=_("Who sells them"),
        required=False,
        max_length=LONGEST_NAME,
        widget=forms.TextInput({"dir": "auto", "autocomplete": "off"}),
    )
    key = forms.CharField(max_length=64, widget=forms.HiddenInput)

    def __init__(self, *args: Any, types: list[Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["type"].choices = [(row.pk, said_text(row.name)) for row in types]  # type: ignore[attr-defined]


def read_guests(text: str) -> list[Guest]:
    """The guests of a text, a line for each. Raises BadGuestLine, TooManyLines, NobodyWritten."""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    if not lines:
        raise refuse.NobodyWritten
    if len(lines) > MOST_LINES:
        raise refuse.TooManyLines(most=MOST_LINES)
    return [_guest(line) for line in lines]


def _guest(line: str) -> Guest:
    found = _EMAIL.search(line)
    email = found[1] if found else ""
    bare = _EMAIL.sub(" ", line, count=1).strip(" ,;") if found else line
    told = _LINE.fullmatch(bare)
    if (
        len(email) > LONGEST_EMAIL
        or told is None
        or "+" in told["name"]
        or len(told["name"]) > LONGEST_NAME
        or told["more"] == "0"
    ):
        raise refuse.BadGuestLine(line=line[:80])
    return Guest(" ".join(told["name"].split()).strip(" ,;"), email, 1 + int(told["more"] or 0))

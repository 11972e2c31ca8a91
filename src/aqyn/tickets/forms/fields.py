"""Parts of forms that several have: texts in each language, amounts of money, moments at the show's place."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.utils.translation import gettext as _

from aqyn.core.ledger import money
from aqyn.core.moments import moments, wall_time
from aqyn.ui.checks import LONGEST_NAME

# The languages that a name is told in; the other scripts of Kazakh are made from Cyrillic.
TOLD_IN = (("kk-Cyrl", "Қазақша"), ("ru", "Русский"), ("en", "English"))
LONGEST_AMOUNT = 24
WALL = "%Y-%m-%dT%H:%M"


def lines(form: forms.Form, group: str, longest: int = LONGEST_NAME) -> None:
    """Give the form a line for each language: "name.ru"."""
    for tag, language in TOLD_IN:
        widget = forms.TextInput({"lang": tag, "dir": "ltr", "autocomplete": "off"})
        form.fields[f"{group}.{tag}"] = forms.CharField(
            label=language, max_length=longest, required=False, widget=widget
        )


def rows_of(form: forms.Form, group: str) -> list[Any]:
    return [form[name] for name in form.fields if name.startswith(f"{group}.")]


def told_texts(form: forms.Form, group: str, before: Mapping[str, str]) -> dict[str, str]:
    """The texts that were told, with those before in languages that the form does not show."""
    told = {tag: form.cleaned_data[f"{group}.{tag}"] for tag, _language in TOLD_IN}
    shown = {"kk", *told}
    hidden = {tag: text for tag, text in before.items() if tag not in shown} if any(told.values()) else {}
    return {tag: text for tag, text in told.items() if text} | hidden


def initial_texts(group: str, texts: Mapping[str, str]) -> dict[str, str]:
    return {f"{group}.{'kk-Cyrl' if tag == 'kk' else tag}": text for tag, text in texts.items()}


class Amount(forms.CharField):
    """An amount as people write it; clean, it is text until `read_amount` knows the currency."""

    def __init__(self, **kwargs: Any) -> None:
        widget = forms.TextInput({"inputmode": "decimal", "dir": "ltr", "autocomplete": "off"})
        super().__init__(**{"max_length": LONGEST_AMOUNT, "widget": widget, **kwargs})


def read_amount(form: forms.Form, name: str, currency: str) -> int | None:
    """Minor units; None where nothing was written, or where it is wrong: then the form says so."""
    said = form.cleaned_data.get(name, "")
    if not said:
        return None
    try:
        return money.read(said, currency)
    except money.AmountError:
        text = _("“%(said)s” is not an amount in %(currency)s, such as %(such)s.")
        such = "5000" if money.DIGITS[currency] == 0 else "5000.50"
        form.add_error(name, text % {"said": said, "currency": currency, "such": such})
        return None


def typed(amount: int | None, currency: str) -> str:
    """An amount as it stands in a field: "5000", "9.50"."""
    if amount is None:
        return ""
    whole, _point, part = money.plain(amount, currency).partition(".")
    return f"{whole}.{part}" if part.strip("0") else whole


class Moment(forms.DateTimeField):
    """A day and a time as clocks at the show's place tell them."""

    def __init__(self, **kwargs: Any) -> None:
        widget = forms.DateTimeInput(format=WALL, attrs={"type": "datetime-local"})
        super().__init__(**{"required": False, "input_formats": [WALL], "widget": widget, **kwargs})

    def to_python(self, value: Any) -> datetime | None:
        found = super().to_python(value)
        return None if found is None else found.replace(tzinfo=None)


def moment_at(form: forms.Form, name: str, zone: ZoneInfo, before: datetime | None) -> datetime | None:
    """The moment in UTC. Of a time that comes twice, the one it was before, or else the first."""
    wall = form.cleaned_data.get(name)
    if wall is None:
        return None
    if before is not None and wall_time(before, zone).replace(second=0, microsecond=0) == wall:
        return before
    try:
        found = moments(wall, zone)
    except OverflowError:
        found = ()
    if not found:
        form.add_error(name, _("Clocks at the place of the show never tell this time: choose another one."))
        return None
    return found[0].astimezone(UTC)

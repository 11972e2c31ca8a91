"""Forms for a sale's set-up: its beginning, its terms, an area, a move of places, a ticket type."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from aqyn.core.ledger import money
from aqyn.core.moments import wall_time
from aqyn.payments import selectors as payments
from aqyn.tickets.forms.fields import (
    Amount,
    Moment,
    initial_texts,
    lines,
    moment_at,
    read_amount,
    rows_of,
    told_texts,
    typed,
)
from aqyn.tickets.models import Area, Channel, Sale, TicketType
from aqyn.tickets.services.areas import MOST_IN_AREA
from aqyn.tickets.services.sale import LONGEST_HOLD, LONGEST_KEPT, SaleFacts, TypeFacts
from aqyn.tickets.services.ticket_types import LONGEST_CODE, LONGEST_NOTE, MOST_FOR_ONE
from aqyn.ui.templatetags.aqyn import said_text

CHANNELS = {
    Channel.ONLINE: pgettext_lazy("channel of a sale", "Online"),
    Channel.DOOR: pgettext_lazy("channel of a sale", "At the door"),
    Channel.PAPER: pgettext_lazy("channel of a sale", "On paper"),
    Channel.GUESTS: pgettext_lazy("channel of a sale", "Guests"),
}
FIRST = ("KZT", "RUB", "UZS", "KGS", "EUR", "USD")
"""The currencies that stand on top of the list."""


def currencies() -> list[tuple[str, str]]:
    rest = sorted(set(money.DIGITS) - set(FIRST))
    return [(code, code) for code in (*FIRST, *rest)]


def way_choices() -> list[tuple[int, str]]:
    return [(way.pk, said_text(way.title)) for way in payments.ways(open_only=True)]


class TermsForm(forms.Form):
    """How the sale is done: its currency, its times, the ways to pay."""

    currency = forms.ChoiceField(label=_("Currency"))
    hold_minutes = forms.IntegerField(label=_("Minutes of a hold"), min_value=1, max_value=LONGEST_HOLD)
    pay_hours = forms.IntegerField(label=_("Hours kept for payment"), min_value=1, max_value=LONGEST_KEPT)
    remind_hours = forms.IntegerField(
        label=_("Reminder, hours before"),
        min_value=0,
        max_value=LONGEST_KEPT,
        help_text=_("0 sends none."),
    )
    ways = forms.TypedMultipleChoiceField(
        label=_("Ways to pay"), coerce=int, required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, fixed: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["currency"]
        field.choices = currencies()
        if fixed:
            field.disabled = True
            field.help_text = _("Places were held or sold in it: it stays.")
        ways: Any = self.fields["ways"]
        ways.choices = way_choices()

    @classmethod
    def of(cls, sale: Sale, fixed: bool) -> TermsForm:
        """The form filled with what is told now."""
        return cls(initial=cls.told(sale), fixed=fixed)

    @staticmethod
    def told(sale: Sale) -> dict[str, Any]:
        names = ("currency", "hold_minutes", "pay_hours", "remind_hours")
        return {name: getattr(sale, name) for name in names} | {
            "ways": list(sale.ways.values_list("pk", flat=True))
        }

    def facts(self) -> SaleFacts:
        return SaleFacts(**self.cleaned_data)


class StartForm(forms.Form):
    """One area with one ticket type: enough to sell, and all of it can be changed later."""

    currency = forms.ChoiceField(label=_("Currency"))
    places = forms.IntegerField(label=_("Places in all"), min_value=1, max_value=MOST_IN_AREA)
    door = forms.IntegerField(
        label=_("Of these, kept for the door"), min_value=0, max_value=MOST_IN_AREA, initial=0
    )
    name = forms.CharField(label=_("What the ticket is called"), max_length=120)
    price = Amount(label=_("Price"), help_text=_("0 where nobody pays."))
    ways = forms.TypedMultipleChoiceField(
        label=_("Ways to pay"), coerce=int, required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        ways: Any = self.fields["ways"]
        ways.choices = way_choices()
        self.fields["currency"].choices = currencies()  # type: ignore[attr-defined]
        if not ways.choices:
            del self.fields["ways"]

    def clean(self) -> dict[str, Any]:
        told = self.cleaned_data
        if "currency" in told and "price" in told:
            told["amount"] = read_amount(self, "price", told["currency"])
        if told.get("door", 0) > told.get("places", MOST_IN_AREA):
            self.add_error("door", _("There are not so many places."))
        return told


class AreaForm(forms.Form):
    """An area's name, and how many places each channel has."""

    def __init__(self, *args: Any, before: Area | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.before = before
        lines(self, "name")
        for channel, label in CHANNELS.items():
            self.fields[channel] = forms.IntegerField(
                label=label, min_value=0, max_value=MOST_IN_AREA, initial=0
            )

    @property
    def names(self) -> list[Any]:
        return rows_of(self, "name")

    @property
    def channels(self) -> list[Any]:
        return [self[channel] for channel in CHANNELS]

    @classmethod
    def of(cls, area: Area) -> AreaForm:
        initial = {quota.channel: quota.quantity for quota in area.quotas.all()}
        return cls(before=area, initial=initial | initial_texts("name", area.name))

    @property
    def name(self) -> dict[str, str]:
        return told_texts(self, "name", self.before.name if self.before else {})

    @property
    def places(self) -> dict[str, int]:
        return {str(channel): self.cleaned_data[channel] for channel in CHANNELS}


class MoveForm(forms.Form):
    """Places given from one channel to another."""

    count = forms.IntegerField(label=_("Places"), min_value=1, max_value=MOST_IN_AREA)
    from_ = forms.ChoiceField(label=pgettext_lazy("places", "From"), choices=list(CHANNELS.items()))
    to = forms.ChoiceField(label=pgettext_lazy("places", "To"), choices=list(CHANNELS.items()))


class TypeForm(forms.Form):
    """All that is told of a ticket type. `facts` is there once it is valid."""

    area = forms.TypedChoiceField(label=_("Lets into"), coerce=int)
    price = Amount(label=_("Price"), help_text=_("0 where nobody pays."))
    floor = Amount(
        label=_("Least price"),
        required=False,
        help_text=_("With it buyers name their own price from here on, and the price is what you suggest."),
    )
    quantity = forms.IntegerField(
        label=_("At most so many of this type"), required=False, min_value=0, max_value=MOST_IN_AREA
    )
    limit = forms.IntegerField(
        label=_("At most so many for one buyer"), required=False, min_value=1, max_value=MOST_FOR_ONE
    )
    starts_at = Moment(label=_("On sale from"))
    ends_at = Moment(label=_("On sale until"))
    code = forms.CharField(
        label=_("Hidden behind a code"),
        required=False,
        max_length=LONGEST_CODE,
        help_text=_("Only those who type it see this type."),
        widget=forms.TextInput({"autocomplete": "off", "dir": "auto"}),
    )
    guests = forms.BooleanField(label=_("For the guest list alone"), required=False)

    def __init__(self, *args: Any, sale: Sale, before: TicketType | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.sale, self.before = sale, before
        areas: Sequence[Area] = list(sale.areas.all())
        field: Any = self.fields["area"]
        field.choices = [(area.pk, said_text(area.name)) for area in areas]
        if len(areas) == 1:
            field.widget = forms.HiddenInput()
            self.initial.setdefault("area", areas[0].pk)
        lines(self, "name")
        lines(self, "note", LONGEST_NOTE)

    @property
    def names(self) -> list[Any]:
        return rows_of(self, "name")

    @property
    def notes(self) -> list[Any]:
        return rows_of(self, "note")

    @classmethod
    def of(cls, row: TicketType, sale: Sale) -> TypeForm:
        """The form filled with what is told now."""
        zone = ZoneInfo(sale.show.time_zone)
        initial: dict[str, Any] = initial_texts("name", row.name) | initial_texts("note", row.note)
        initial |= {name: getattr(row, name) for name in ("quantity", "limit", "code", "guests")}
        initial |= {name: typed(getattr(row, name), sale.currency) for name in ("price", "floor")}
        for name in ("starts_at", "ends_at"):
            at = getattr(row, name)
            initial[name] = None if at is None else wall_time(at, zone)
        return cls(sale=sale, before=row, initial=initial | {"area": row.area_id})

    def clean(self) -> dict[str, Any]:
        told, zone = self.cleaned_data, ZoneInfo(self.sale.show.time_zone)
        for name in ("price", "floor"):
            told[f"{name}_amount"] = read_amount(self, name, self.sale.currency)
        for name in ("starts_at", "ends_at"):
            told[f"{name}_moment"] = moment_at(self, name, zone, getattr(self.before, name, None))
        return told

    def facts(self) -> TypeFacts:
        told, before = self.cleaned_data, self.before
        return TypeFacts(
            area=told["area"],
            name=told_texts(self, "name", before.name if before else {}),
            note=told_texts(self, "note", before.note if before else {}),
            price=told["price_amount"] or 0,
            floor=told["floor_amount"],
            quantity=told["quantity"],
            limit=told["limit"],
            starts_at=told["starts_at_moment"],
            ends_at=told["ends_at_moment"],
            code=told["code"],
            guests=told["guests"],
        )

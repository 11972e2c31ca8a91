"""What each letter says, in the language in force."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from aqyn.core.ledger.money import written
from aqyn.core.texts import choose
from aqyn.payments import selectors as money
from aqyn.shows.selectors.written import card, when
from aqyn.tickets.models import Hold, Order, Ticket
from aqyn.tickets.selectors.orders import put_off_since
from aqyn.ui.languages import WANTED


@dataclass(frozen=True, slots=True)
class Said:
    """A letter's words. `lines`: paragraphs; `facts`: (label, value); `button`: what the link says."""

    subject: str
    lines: Sequence[str]
    facts: Sequence[tuple[str, str]] = ()
    button: str = ""


def hold_said(hold: Hold, *, code: str, now: datetime) -> Said:
    """Places are held, and nothing is ordered yet."""
    told = _show(hold.sale.show, code, now)
    until = when(hold.expires_at, hold.sale.show, code)
    return Said(
        _("Your places are held: %(show)s") % told,
        [
            _("We keep your places until %(time)s. Say who they are for, and they are yours.")
            % {"time": until.time if until else ""}
        ],
        _facts(told),
        _("Go on"),
    )


def order_said(kind: str, order: Order, *, code: str, now: datetime, more: dict[str, Any]) -> Said:
    """What a letter of this kind says of the order."""
    told = _show(order.sale.show, code, now)
    facts = _facts(told)
    tickets = order.tickets.filter(gone_at=None)
    numbers = ", ".join(f"№ {number:04d}" for number in tickets.values_list("number", flat=True)[:40])
    if kind == "order" and more.get("after"):
        line = _still_to_pay(more["after"])
        return _to_pay(order, told, facts, code, _("Still to be paid: %(show)s") % told, [line])
    if kind == "order":
        return _to_pay(
            order, told, facts, code, _("Your order: %(show)s") % told, [_("Thank you for your order.")]
        )
    if kind == "reminder":
        line = _("Your places are still waiting for their payment.")
        return _to_pay(order, told, facts, code, _("Still to be paid: %(show)s") % told, [line])
    if kind == "rest":
        line = _("A part of your payment came. The rest is still missing.")
        return _to_pay(order, told, facts, code, _("The rest of your payment: %(show)s") % told, [line])
    if kind in ("paid", "tickets"):
        paid = kind == "paid"
        first = _("Your payment came. Thank you.") if paid else _("Here are your tickets.")
        return Said(
            (_("Paid: %(show)s") if paid else _("Your tickets: %(show)s")) % told,
            [first, _("Open them on your phone at the door, or print them.")],
            [*facts, (_("Tickets"), numbers)],
            _("My tickets"),
        )
    if kind == "lapsed":
        lines = [
            _("Your order was not paid in time, and its places went back."),
            _("Has your money been on its way? It is not lost: write to us, or look at your order."),
        ]
        return Said(_("Your places went back: %(show)s") % told, lines, facts, _("My order"))
    if kind == "changed":
        return _changed(order, told, facts, more["since"])
    if kind == "cancelled" and "gone" in more:
        return _gone_in_part(order, told, facts, code, more["gone"])
    if kind == "cancelled":
        off = getattr(order.sale.show, "cancellation", None) is not None
        lines = [_("The show is cancelled.") if off else _("Your order is cancelled.")]
        if money.refunds_of([order.payment_id] if order.payment_id else []):
            lines.append(_("What you paid goes back to you; your order shows how far it is."))
        return Said(_("Cancelled: %(show)s") % told, lines, facts, _("My order"))
    if kind == "refunded":
        amount = written(more["amount"], order.sale.currency)
        lines = [_("%(amount)s were sent back to you.") % {"amount": amount}]
        return Said(_("Your refund: %(show)s") % told, lines, facts, _("My order"))
    lines = [_("Tomorrow is the evening.")]
    if told["doors"]:
        lines.append(_("Doors open at %(doors)s.") % told)
    due = money.standing(order.payment_id).due if order.payment_id else 0
    if due:
        lines.append(_("To be paid at the door: %(amount)s.") % {"amount": written(due, order.sale.currency)})
    return Said(_("Tomorrow: %(show)s") % told, lines, [*facts, (_("Tickets"), numbers)], _("My tickets"))


def _still_to_pay(after: str) -> str:
    """Why what is to be paid is told once more; `after`: the kind of the letter before."""
    if after == "paid":
        return _("Your payment was noted by mistake, or was taken back: your places wait for it again.")
    if after == "lapsed":
        return _("Your places are kept for you again, and wait for their payment.")
    return _("Your places are still waiting for their payment.")


def _changed(order: Order, told: dict[str, str], facts: list[tuple[str, str]], since: datetime) -> Said:
    """Since she was last told, the show was put off, or its hours or its place are others."""
    if order.sale.show.postponements.filter(at__gt=since).exists():
        subject = _("Another date: %(show)s")
        lines = [_("The show was put off. Your tickets stay good for the new date.")]
    else:
        subject = _("Changed: %(show)s")
        lines = [_("The time or the place has changed. Your tickets stay good; this is how it stands now.")]
    if not told["when"]:
        lines.append(_("The new date is still to come; you will get a letter."))
    if order.payment_id is None or put_off_since(order):
        lines.append(_("If you cannot come then, you may give them back on the page of your order."))
    if told["doors"]:
        facts = [*facts, (_("Doors"), told["doors"])]
    return Said(subject % told, lines, facts, _("My order"))


def _gone_in_part(
    order: Order, told: dict[str, str], facts: list[tuple[str, str]], code: str, gone: Sequence[Ticket]
) -> Said:
    """Some places are cancelled, the others stay."""
    stay = order.tickets.filter(gone_at=None).select_related("type")
    lines = [_("A part of your order is cancelled. Your other places stay yours.")]
    if money.open_refunds([order.payment_id] if order.payment_id else []):
        lines.append(_("What you paid goes back to you; your order shows how far it is."))
    facts = [
        *facts,
        (pgettext("of a letter", "Cancelled"), _places(gone, code)),
        (pgettext("of a letter", "Still yours"), _places(stay, code)),
    ]
    subject = _("Cancelled in part: %(show)s") % told
    if order.confirmed_at is None:
        return _to_pay(order, told, facts, code, subject, lines)
    return Said(subject, lines, facts, _("My order"))


def _places(tickets: Iterable[Ticket], code: str) -> str:
    """ "Standing: № 0001, № 0002; Balcony: № 0003"."""
    of_type: dict[str, list[str]] = {}
    for ticket in tickets:
        name = choose(ticket.type.name, WANTED[code]).text
        of_type.setdefault(name, []).append(f"№ {ticket.number:04d}")
    return "; ".join(f"{name}: {', '.join(numbers)}" for name, numbers in of_type.items())


def _to_pay(
    order: Order,
    told: dict[str, str],
    facts: list[tuple[str, str]],
    code: str,
    subject: str,
    lines: list[str],
) -> Said:
    """With what is to be paid, how, and until when."""
    if order.payment is None:
        return Said(subject, lines, facts, _("My order"))
    due = money.standing(order.payment.pk).due
    pay = money.instructions(order.payment)
    until = when(order.payment.due_at, order.sale.show, code)
    if until:
        lines = [
            *lines,
            _("Your places are kept until %(day)s, %(time)s.") % {"day": until.day.whole, "time": until.time},
        ]
    named = [*pay.lines] or [(_("Amount"), written(due, order.payment.currency))]
    return Said(subject, [*lines, *filter(None, (pay.note, pay.link))], [*facts, *named], _("My order"))


def _show(show: Any, code: str, now: datetime) -> dict[str, str]:
    facts, wanted = card(show, code, now), WANTED[code]
    place = [choose(texts, wanted).text for texts in (facts.city, facts.venue) if texts]
    return {
        "show": choose(facts.title, wanted).text,
        "artist": choose(facts.artist_name, wanted).text,
        "when": f"{facts.starts.day.whole}, {facts.starts.time}" if facts.starts else "",
        "doors": facts.doors.time if facts.doors else "",
        "place": ", ".join(place),
    }


def _facts(told: dict[str, str]) -> list[tuple[str, str]]:
    named = [
        (pgettext("of a letter", "Evening"), f"{told['show']}, {told['artist']}"),
        (pgettext("of a letter", "When"), told["when"]),
        (pgettext("of a letter", "Where"), told["place"]),
    ]
    return [(label, value) for label, value in named if value]

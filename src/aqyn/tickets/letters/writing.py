"""Putting letters into the outbox, each once."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation

from aqyn.core.passes.serials import letters
from aqyn.post import selectors as outbox
from aqyn.post import services as post
from aqyn.tickets.letters.texts import Said, hold_said, order_said
from aqyn.tickets.models import Hold, Mark, Order
from aqyn.tickets.numbers import secret_of
from aqyn.ui.languages import TAGS


def write_of_hold(hold: Hold, *, now: datetime) -> bool:
    """Tell a buyer that places are held; whether it was written now. It is of no use after they are not."""
    code = _language(hold.language)
    with translation.override(code):
        path = reverse("tickets:hold", args=[letters(hold.pk), secret_of("hold", hold.pk)])
        letter = _letter(hold_said(hold, code=code, now=now), path, code)
    letter.update(to=hold.email, kind="tickets-hold", expires_at=hold.expires_at)
    return _post(letter, f"hold:{hold.pk}", "hold", now)


def write_of_order(order: Order, kind: str, *, now: datetime, mark: str = "", **more: Any) -> bool:
    """Write to a buyer of the order; whether it was written now. `mark`: where there is more than one of this
    kind for an order, which one it is."""
    if not order.email:
        return False
    code = _language(order.language)
    with translation.override(code):
        path = reverse("tickets:order", args=[letters(order.pk), secret_of("order", order.pk)])
        letter = _letter(order_said(kind, order, code=code, now=now, more=more), path, code)
    letter.update(to=order.email, to_name=order.name, kind=f"tickets-{kind}")
    return _post(letter, f"order:{order.pk}", mark or kind, now)


def _letter(said: Said, path: str, code: str) -> dict[str, Any]:
    """What `post.send` is to be told, but to whom."""
    context = {
        "said": said,
        "link": (outbox.house_address() or "") + path,
        "tag": TAGS[code],
        "dir": "rtl" if code == "kk-arab" else "ltr",
    }
    return {
        "subject": said.subject,
        "text": render_to_string("tickets/letters/letter.txt", context),
        "html": render_to_string("tickets/letters/letter.html", context),
        "language": code,
    }


def _post(letter: dict[str, Any], about: str, kind: str, now: datetime) -> bool:
    """Whether this was the first time. The letter is made by then: whoever writes to SQLite keeps the buyers
    waiting, and composing takes longer than writing."""
    with transaction.atomic():
        _row, first = Mark.objects.get_or_create(about=about, kind=kind[:20], defaults={"at": now})
        if not first:
            return False
        try:
            # A savepoint: an address that cannot be written to leaves its mark, and is not tried again.
            with transaction.atomic():
                post.send(**letter, now=now)
        except post.Refused:
            return False
        return True


def _language(said: str) -> str:
    return said if said in TAGS else "en"

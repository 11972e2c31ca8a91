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
    with transaction.atomic(), translation.override(code):
        if not _mark(f"hold:{hold.pk}", "hold", now):
            return False
        path = reverse("tickets:hold", args=[letters(hold.pk), secret_of("hold", hold.pk)])
        said = hold_said(hold, code=code, now=now)
        return _send(hold.email, "", "hold", said, path, code, now, expires_at=hold.expires_at)


def write_of_order(order: Order, kind: str, *, now: datetime, mark: str = "", **more: Any) -> bool:
    """Write to a buyer of the order; whether it was written now. `mark`: where there is more than one of this
    kind for an order, which one it is."""
    if not order.email:
        return False
    code = _language(order.language)
    with transaction.atomic(), translation.override(code):
        if not _mark(f"order:{order.pk}", mark or kind, now):
            return False
        path = reverse("tickets:order", args=[letters(order.pk), secret_of("order", order.pk)])
        said = order_said(kind, order, code=code, now=now, more=more)
        return _send(order.email, order.name, kind, said, path, code, now)


def _mark(about: str, kind: str, now: datetime) -> bool:
    """Whether this is the first time."""
    _row, made = Mark.objects.get_or_create(about=about, kind=kind[:20], defaults={"at": now})
    return made


def _send(
    to: str,
    name: str,
    kind: str,
    said: Said,
    path: str,
    code: str,
    now: datetime,
    expires_at: datetime | None = None,
) -> bool:
    context = {
        "said": said,
        "link": (outbox.house_address() or "") + path,
        "tag": TAGS[code],
        "dir": "rtl" if code == "kk-arab" else "ltr",
    }
    try:
        # A savepoint: an address that cannot be written to leaves its mark, and is not tried again.
        with transaction.atomic():
            post.send(
                to=to,
                to_name=name,
                subject=said.subject,
                text=render_to_string("tickets/letters/letter.txt", context),
                html=render_to_string("tickets/letters/letter.html", context),
                kind=f"tickets-{kind}",
                language=code,
                now=now,
                expires_at=expires_at,
            )
    except post.Refused:
        return False
    return True


def _language(said: str) -> str:
    return said if said in TAGS else "en"

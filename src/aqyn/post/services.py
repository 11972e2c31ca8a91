"""Writing letters, setting mail up, leaving. One verb, one short transaction; time is handed in."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from aqyn.post import delivery, kinds
from aqyn.post.addresses import clean_address, one_line
from aqyn.post.errors import SENTENCES, BadAddress, HasBounced, HasLeft, NoAddress, Refused
from aqyn.post.kinds import Kind
from aqyn.post.kinds import register as register_kind
from aqyn.post.models import Bounce, Leave, Letter, MailServer
from aqyn.post.signals import reader_left, reader_returned

__all__ = [
    "BadAddress",
    "HasBounced",
    "HasLeft",
    "Kind",
    "NoAddress",
    "Refused",
    "clean_address",
    "forget_bounce",
    "forget_letters",
    "forget_mail_server",
    "forget_reader",
    "leave",
    "mark_carried",
    "register_kind",
    "remove_letter",
    "retry_letter",
    "return_to_letters",
    "send",
    "send_test_letter",
    "set_mail_server",
    "withdraw_letters",
]

TEST_TIMEOUT = 10.0
KEPT = timedelta(days=90)
"""How long letters that are done stay in the outbox."""


def send(
    *,
    to: str,
    subject: str,
    text: str,
    html: str | None = None,
    kind: str,
    now: datetime,
    show_in_studio: bool = True,
    to_name: str = "",
    language: str = "",
    due_at: datetime | None = None,
    expires_at: datetime | None = None,
) -> Letter:
    """Put a letter into the outbox, in the caller's transaction; the worker sends it at `due_at` or soon
    after.

    Raises `BadAddress`, `HasBounced` or, for news, `HasLeft` (each has a `sentence`) and then writes nothing.
    Raises ValueError for a kind that nobody registered. `expires_at` is when the letter is of no use any
    more.
    """
    manners = kinds.known(kind)
    address = clean_address(to)
    if Bounce.objects.filter(address=address).exists():
        raise HasBounced(address)
    if manners.news and Leave.objects.filter(address=address, kind__in=kinds.family(kind)).exists():
        raise HasLeft(address)
    return Letter.objects.create(
        to=address,
        to_name=one_line(to_name)[:120],
        subject=one_line(subject)[:250],
        # PostgreSQL keeps no NUL.
        text=text.replace("\x00", ""),
        html=(html or "").replace("\x00", ""),
        kind=kind,
        language=one_line(language)[:10],
        show_in_studio=show_in_studio,
        created_at=now,
        due_at=due_at or now,
        expires_at=expires_at,
    )


def set_mail_server(*, values: Mapping[str, Any], now: datetime) -> MailServer:
    """Write the one mail server. `values` are the fields of `MailServer`; a missing password keeps the old
    one."""
    values = {key: one_line(v) if key in ("host", "from_name") else v for key, v in values.items()}
    with transaction.atomic():
        server, _made = MailServer.objects.update_or_create(pk=1, defaults={**values, "changed_at": now})
    return server


def forget_mail_server() -> None:
    """Carry letters by hand from now on. The password goes with the row."""
    MailServer.objects.filter(pk=1).delete()


def send_test_letter(*, to: str, now: datetime) -> tuple[bool, str]:
    """Send a letter at once, as the worker would; whether it was taken, and the server's answer in one
    sentence.

    May take as long as `TEST_TIMEOUT` for each step of the conversation. Raises `BadAddress`.
    """
    address = clean_address(to)
    letter = Letter.objects.create(
        to=address,
        subject=_("A test letter from your house"),
        text=_("Mail is set up: this letter came from your own house.") + "\n\nәғқңөұүһі ӘҒҚҢӨҰҮҺІ\n",
        kind=kinds.TEST.name,
        language=get_language() or "",
        created_at=now,
        due_at=now,
        # Born leased: the worker never sees it as waiting.
        attempts=1,
        tried_at=now,
        leased_until=now + delivery.LEASE,
    )
    delivery.deliver(letter, now=now, timeout=TEST_TIMEOUT)
    letter = Letter.objects.filter(pk=letter.pk).first() or letter
    if letter.sent_at:
        return True, _("The mail server took the letter: “%(answer)s”.") % {"answer": letter.answer}
    # One press, one try: the worker does not go on with it.
    Letter.objects.filter(pk=letter.pk, sent_at=None).update(failed_at=now)
    if not letter.problem:
        return False, _("No mail server is set up.")
    return False, str(SENTENCES[letter.problem])


def retry_letter(letter: Letter, *, now: datetime) -> bool:
    """Have a failed or waiting letter tried again now, with all its attempts. False where it cannot be.

    A letter whose secret was wiped has nothing left to send.
    """
    with transaction.atomic():
        Bounce.objects.filter(address=letter.to, address__in=_failed(letter)).delete()
        again = Letter.objects.filter(pk=letter.pk, sent_at=None, carried_at=None).exclude(text="")
        return bool(
            again.update(failed_at=None, due_at=now, attempts=0, leased_until=None, problem="", answer="")
        )


def remove_letter(letter: Letter) -> bool:
    """Take the letter out of the outbox; this cannot be undone."""
    return bool(Letter.objects.filter(pk=letter.pk).delete()[0])


def mark_carried(letter: Letter, *, now: datetime) -> bool:
    """The letter was handed over by hand. False where it was sent, carried or given up already."""
    waiting = Letter.objects.filter(pk=letter.pk, sent_at=None, carried_at=None, failed_at=None)
    return bool(waiting.update(carried_at=now, **kinds.wiped(letter.kind)))


def leave(*, address: str, kind: str, now: datetime) -> None:
    """The reader at `address` gets no more letters of this kind, those that wait included. Twice is no
    harm."""
    with transaction.atomic():
        Leave.objects.get_or_create(address=address, kind=kind, defaults={"at": now})
        waiting = Letter.objects.filter(to=address, sent_at=None, failed_at=None, carried_at=None)
        waiting.filter(Q(kind=kind) | Q(kind__startswith=f"{kind}:")).update(failed_at=now, problem="left")
        reader_left.send(sender=Leave, address=address, kind=kind, now=now)


def return_to_letters(*, address: str, kind: str) -> None:
    """The reader wants letters of this kind again; of a topic, also where they had left the whole kind."""
    with transaction.atomic():
        Leave.objects.filter(address=address, kind__in=kinds.family(kind)).delete()
        reader_returned.send(sender=Leave, address=address, kind=kind)


def forget_bounce(*, address: str) -> None:
    """Try this address again: it was put right."""
    Bounce.objects.filter(address=address).delete()


def withdraw_letters(*, kind: str, to: str) -> None:
    """Take back letters of this kind that nobody has sent yet; called when what they say is no longer
    true."""
    Letter.objects.filter(kind=kind, to=to, sent_at=None, carried_at=None, leased_until=None).delete()


def forget_letters(*, address: str, kind: str) -> None:
    """Remove the letters of this kind and of its topics to this address, sent ones too."""
    Letter.objects.filter(Q(kind=kind) | Q(kind__startswith=f"{kind}:"), to=address).delete()


def forget_reader(*, address: str) -> None:
    """Remove every letter to this address and its bounce: erasure of a person. Leaving stays said."""
    Letter.objects.filter(to=address).delete()
    Bounce.objects.filter(address=address).delete()


def _failed(letter: Letter) -> list[str]:
    return [letter.to] if letter.problem in ("recipient", "bounced") else []

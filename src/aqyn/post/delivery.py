"""From a `Letter` row to a message, and the message to the server: the one way a letter leaves the house."""

from __future__ import annotations

from datetime import datetime, timedelta
from email.message import EmailMessage
from email.utils import format_datetime

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import translation
from django.utils.translation import gettext as _

from aqyn.post import kinds, selectors, smtp
from aqyn.post.addresses import envelope, header, one_line
from aqyn.post.errors import Undelivered
from aqyn.post.models import Bounce, Leave, Letter, MailServer

LEASE = timedelta(minutes=5)
"""How long one attempt may last; a letter whose sender died is taken up again after it."""

MOST_ATTEMPTS = 8
FIRST_WAIT = timedelta(seconds=20)
"""After attempt n a letter waits FIRST_WAIT × 3^(n−1): 20 s, 1, 3, 9, 27, 81 minutes, 4 hours."""


def lease(letter: Letter, *, now: datetime) -> bool:
    """Take the letter for one attempt. One conditional update: of two workers, one gets it."""
    taken = (
        waiting(now)
        .filter(pk=letter.pk, attempts=letter.attempts, attempts__lt=MOST_ATTEMPTS)
        .update(attempts=letter.attempts + 1, tried_at=now, leased_until=now + LEASE)
    )
    letter.attempts += taken
    return bool(taken)


def waiting(now: datetime) -> QuerySet[Letter]:
    """Letters that are due and that nobody is sending at this moment."""
    free = Q(leased_until=None) | Q(leased_until__lte=now)
    return Letter.objects.filter(free, sent_at=None, failed_at=None, carried_at=None, due_at__lte=now)


def deliver(letter: Letter, *, now: datetime, timeout: float = smtp.TIMEOUT) -> None:
    """Send a leased letter and write down how it went. Raises nothing: what went wrong is in the row.

    At least once: a crash between the server's "250" and our commit sends the same Message-ID a second time.
    """
    try:
        server = MailServer.objects.get(pk=1)
        message = message_of(letter, server, now=now)
        answer = smtp.hand_over(
            _server(server, timeout), message, sender=envelope(server.from_address), to=envelope(letter.to)
        )
    except Undelivered as problem:
        _not_sent(letter, problem, now=now)
    except MailServer.DoesNotExist:
        Letter.objects.filter(pk=letter.pk).update(leased_until=None)
    else:
        _close(letter, sent_at=now, problem="", answer=answer)


def message_of(letter: Letter, server: MailServer, *, now: datetime) -> EmailMessage:
    """The letter as MIME. News carry one-click leave (RFC 8058); letters of service never do.

    Raises `Undelivered` for a letter that must not leave: bounced, left, expired, news without a
    `public_url`.
    """
    kind = kinds.known(letter.kind)
    if letter.expires_at and letter.expires_at <= now:
        raise Undelivered("expired", permanent=True)
    if Bounce.objects.filter(address=letter.to).exists():
        raise Undelivered("bounced", permanent=True)
    message = EmailMessage(policy=smtp.POLICY)
    message["From"] = header(server.from_address, server.from_name)
    message["To"] = header(letter.to, letter.to_name)
    if server.reply_to:
        message["Reply-To"] = header(server.reply_to)
    message["Subject"] = one_line(letter.subject)
    message["Date"] = format_datetime(now)
    message["Message-ID"] = f"<{letter.message_id}@{_domain(server)}>"
    message["Auto-Submitted"] = "auto-generated"
    text, html = letter.text, letter.html
    if kind.news:
        link = _leave_link(letter)
        message["List-Unsubscribe"] = f"<{link}>"
        if link.startswith("https:"):
            message["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
        with translation.override(letter.language or "en"):
            words = _("No more such letters:")
        text = f"{text.rstrip()}\n\n-- \n{words} {link}\n"
    message.set_content(text)
    if html:
        message.add_alternative(html, subtype="html")
    if letter.language:
        # Last on purpose: setting the content takes all Content-* headers away.
        message["Content-Language"] = letter.language
    return message


def _leave_link(letter: Letter) -> str:
    if Leave.objects.filter(address=letter.to, kind__in=kinds.family(letter.kind)).exists():
        raise Undelivered("left", permanent=True)
    house = selectors.house_address()
    if house is None:
        raise Undelivered("no-address")
    return house + selectors.leave_path(address=letter.to, kind=letter.kind)


def _server(row: MailServer, timeout: float) -> smtp.Server:
    return smtp.Server(
        host=row.host,
        port=row.port,
        security=row.security,
        user=row.user,
        password=row.password,
        calls_itself=_domain(row),
        timeout=timeout,
    )


def _domain(server: MailServer) -> str:
    return envelope(server.from_address).rpartition("@")[2]


def _not_sent(letter: Letter, problem: Undelivered, *, now: datetime) -> None:
    with transaction.atomic():
        if problem.bounced:
            Bounce.objects.get_or_create(address=letter.to, defaults={"at": now, "answer": problem.answer})
        if problem.permanent or letter.attempts >= MOST_ATTEMPTS:
            _close(letter, failed_at=now, problem=problem.problem, answer=problem.answer)
            return
        wait = FIRST_WAIT * 3 ** (letter.attempts - 1)
        _held(letter).update(
            leased_until=None, due_at=now + wait, problem=problem.problem, answer=problem.answer
        )


def _close(letter: Letter, **facts: object) -> None:
    """End the letter's wait. A secret goes with it: nobody can read a key out of the outbox afterwards."""
    _held(letter).update(leased_until=None, **facts, **kinds.wiped(letter.kind))


def _held(letter: Letter) -> QuerySet[Letter]:
    """The row, if our lease on it still stands: a letter that another worker took over is not ours to
    close."""
    return Letter.objects.filter(pk=letter.pk, attempts=letter.attempts, sent_at=None)

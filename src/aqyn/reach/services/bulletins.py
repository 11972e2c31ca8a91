"""A letter to many: written, started, stopped; and its copies, put into the outbox a few at a time."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Q

from aqyn.people import selectors as people
from aqyn.post import kinds
from aqyn.post import selectors as post_selectors
from aqyn.post import services as post
from aqyn.reach import selectors
from aqyn.reach import sentences as refuse
from aqyn.reach.models import Bulletin, Copy
from aqyn.shows import selectors as shows
from aqyn.ui import checks
from aqyn.ui.journal import Journal

LONGEST_SUBJECT = 200
LONGEST_TEXT = 20_000
AT_ONCE = 20
"""Copies in one transaction: others who write wait no longer than it lasts."""
AUDIENCES = ("followers", "buyers", "came")

journal = Journal("aqyn.reach")


def make(
    *,
    artist: str,
    now: datetime,
    actor: Any,
    audience: str = "followers",
    show: str = "",
    city: str = "",
    subject: Mapping[str, str] | None = None,
    text: Mapping[str, str] | None = None,
) -> Bulletin:
    """Begin a letter; it is a draft, and may still be empty. `artist`, `show`: slugs. Raises a Refusal."""
    singer, evening = people.artist(artist), shows.shown(show) if show else None
    if singer is None or audience not in AUDIENCES:
        raise refuse.NoSuchBulletin
    if audience != "followers" and evening is None:
        raise refuse.NoBuyersWithoutShow
    with transaction.atomic():
        row = Bulletin.objects.create(
            artist=singer,
            show=evening,
            audience=audience,
            city=checks.one_line(city, "city"),
            subject=_subjects(subject or {}),
            text=checks.texts(text or {}, "text", LONGEST_TEXT),
            made_at=now,
            made_by_id=getattr(actor, "pk", None),
        )
        journal.noted("written", f"letter {row.pk}", actor)
    return row


def change(
    *,
    bulletin: int,
    subject: Mapping[str, str],
    text: Mapping[str, str],
    audience: str,
    city: str,
    actor: Any,
) -> None:
    """Write a draft anew. Raises `HasBegun` and what `make` raises."""
    row = _row(bulletin)
    if audience not in AUDIENCES:
        raise refuse.NoSuchBulletin
    if audience != "followers" and row.show_id is None:
        raise refuse.NoBuyersWithoutShow
    told = {
        "subject": _subjects(subject),
        "text": checks.texts(text, "text", LONGEST_TEXT),
        "audience": audience,
        "city": checks.one_line(city, "city") if audience == "followers" else "",
    }
    with transaction.atomic():
        if not Bulletin.objects.filter(pk=bulletin, started_at=None).update(**told):
            raise refuse.HasBegun
        journal.noted("changed", f"letter {bulletin}", actor)


def remove(*, bulletin: int, actor: Any) -> None:
    """Take away a letter that is a draft or done; one on its way is stopped first. Raises `HasBegun`."""
    with transaction.atomic():
        row = _row(bulletin)
        going = row.started_at and not row.finished_at and not row.stopped_at
        if going or not Bulletin.objects.filter(pk=bulletin, started_at=row.started_at).delete()[0]:
            raise refuse.HasBegun
        journal.noted("removed", f"letter {bulletin}", actor)


def start(*, bulletin: int, seen: int, now: datetime, actor: Any) -> None:
    """Let the letter go, to the number of readers that was `seen`. Started once, however often it is pressed.

    Raises `NoWords`, `NoMail`, `NoHouseAddress`, `NoReaders`, or `OtherNumber` where it is another now.
    """
    row = _row(bulletin)
    if row.started_at is not None:
        raise refuse.HasBegun
    if not set(row.subject) & set(row.text):
        raise refuse.NoWords
    if not post_selectors.mail_is_set_up():
        raise refuse.NoMail
    if post_selectors.house_address() is None:
        raise refuse.NoHouseAddress
    count = selectors.count(row, now=now)
    if not count:
        raise refuse.NoReaders
    if count != seen:
        raise refuse.OtherNumber(count=count, seen=seen)
    with transaction.atomic():
        if not Bulletin.objects.filter(pk=bulletin, started_at=None).update(started_at=now):
            raise refuse.HasBegun
        journal.noted("started", f"letter {bulletin}", actor)


def stop(*, bulletin: int, now: datetime, actor: Any) -> bool:
    """Write no more copies; those in the outbox still go. False where it was not on its way."""
    with transaction.atomic():
        there = Bulletin.objects.filter(pk=bulletin, started_at__isnull=False, stopped_at=None)
        done = bool(there.filter(finished_at=None).update(stopped_at=now))
        journal.noted("stopped", f"letter {bulletin}", actor)
    return done


def resume(*, bulletin: int, actor: Any) -> bool:
    """Go on with a letter that was stopped; whoever has it does not get it again."""
    with transaction.atomic():
        there = Bulletin.objects.filter(pk=bulletin, stopped_at__isnull=False, finished_at=None)
        done = bool(there.update(stopped_at=None))
        journal.noted("resumed", f"letter {bulletin}", actor)
    return done


def send_test(*, bulletin: int, to: str, now: datetime) -> int:
    """Send the letter to one address in each of its languages; how many. Raises `NoWords`, post's Refused."""
    row = _row(bulletin)
    if not set(row.subject) & set(row.text):
        raise refuse.NoWords
    found = selectors.languages(row)
    with transaction.atomic():
        for language in found:
            letter = selectors.written(row, language)
            post.send(
                to=to,
                subject=letter.subject,
                text=letter.text,
                html=selectors.html_of(letter),
                kind=kinds.TEST.name,
                language=language,
                now=now,
            )
    return len(found)


def write_some(*, now: datetime) -> bool:
    """Put the next copies of a letter that was started into the outbox. Whether there was anything to do.

    Copy and letter become true together, so that a process may die anywhere and nobody gets a second one.
    """
    row = (
        Bulletin.objects.select_related("artist", "show")
        .filter(_on_their_way())
        .order_by("started_at")
        .first()
    )
    if row is None:
        return False
    room = min(AT_ONCE, post_selectors.news_room())
    if not room:
        return False
    with transaction.atomic():
        # First statement on purpose: it takes SQLite's write lock, and on PostgreSQL the row's, before
        # anything is read: of two workers the second finds what the first has written.
        if not Bulletin.objects.filter(_on_their_way(), pk=row.pk).update(started_at=row.started_at):
            return True
        readers = selectors.waiting(row, room, now=now)
        for reader in readers:
            why = _write(row, reader, now=now)
            Copy.objects.create(bulletin=row, address=reader.address, at=now, why=why)
        if not readers:
            Bulletin.objects.filter(pk=row.pk).update(finished_at=now)
    return True


def unname(*, address: str) -> None:
    """Forget that letters went to this address, without ever sending them a second time."""
    Copy.objects.filter(address=address).update(address=selectors.unnamed(address))


def _write(row: Bulletin, reader: selectors.Reader, *, now: datetime) -> str:
    """Write one reader's letter; "" or why there is none: "left", "bounced", "address"."""
    kind = selectors.kind_of(row)
    leave = (post_selectors.house_address() or "") + post_selectors.leave_path(
        address=reader.address, kind=kind
    )
    letter = selectors.written(row, reader.language, leave=leave)
    try:
        post.send(
            to=reader.address,
            to_name=reader.name,
            subject=letter.subject,
            text=letter.text,
            html=selectors.html_of(letter),
            kind=kind,
            language=reader.language,
            show_in_studio=False,
            now=now,
        )
    except post.HasLeft:
        return "left"
    except post.HasBounced:
        return "bounced"
    except post.BadAddress:
        return "address"
    return ""


def _on_their_way() -> Q:
    return Q(started_at__isnull=False, stopped_at=None, finished_at=None)


def _row(pk: int) -> Bulletin:
    row = selectors.bulletin(pk)
    if row is None:
        raise refuse.NoSuchBulletin
    return row


def _subjects(told: Mapping[str, str]) -> dict[str, str]:
    clean = checks.texts(told, "subject", LONGEST_SUBJECT)
    return {tag: " ".join(text.split()) for tag, text in clean.items()}

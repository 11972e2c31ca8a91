"""Following an artist by letter: asked for, confirmed by a letter, left with one click."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from time import sleep

from django.db import transaction
from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from aqyn.core.texts import choose, seen
from aqyn.people.errors import LinkExpired, LinkUnknown, NoArtist, TooManyRows
from aqyn.people.models import Artist, Fan
from aqyn.people.services import allowances
from aqyn.people.signals import fan_forgetting
from aqyn.people.tokens import fingerprint, new_token
from aqyn.post import kinds
from aqyn.post import selectors as post_selectors
from aqyn.post import services as post
from aqyn.ui.languages import TAGS, WANTED

VALID = timedelta(days=7)
"""How long the letter that asks for a yes can be answered; a row nobody confirmed goes after it."""
AGAIN = timedelta(hours=1)
"""An address is asked at most once in this time, for one artist."""
MOST_IMPORTED = 5_000
ASKED_TOGETHER = 25
BREATH_SECONDS = 0.02
LONGEST_CITY = 120

FOLLOW = post.register_kind(kinds.Kind("follow", secret=True))


@dataclass(frozen=True, slots=True)
class Told:
    """One line of an imported list, as it was written."""

    email: str
    city: str = ""
    language: str = ""


@dataclass(frozen=True, slots=True)
class Imported:
    """What became of an imported list, each line counted once. `wrong`: no e-mail address could be read."""

    asked: int
    known: int
    left: int
    wrong: int


def letters_of(artist: Artist) -> str:
    """The kind that an artist's followers get, and leave, letters as."""
    return kinds.topic(kinds.NEWS, artist.pk)


def ask_to_follow(*, artist: str, email: str, city: str, language: str, house: str, now: datetime) -> None:
    """Send the letter that asks for a yes. The caller sees the same, whoever the address belongs to.

    `house` as "https://madina.example". Raises `NoArtist`, and `TooManyFollow` where the whole house was
    asked too often; nothing is sent where this address was asked within AGAIN or has bounced.
    """
    with transaction.atomic():
        allowances.spend_follow(email=email, now=now)
        singer = _artist(artist)
        Fan.objects.filter(confirmed_at=None, asked_at__lte=now - VALID).delete()
        _ask(singer, Told(email, city, language), house=house, now=now, due_at=now)


def confirm_follow(*, token: str, city: str, language: str, now: datetime) -> Fan:
    """The follower who said yes; twice is no harm. Raises `LinkUnknown`, `LinkExpired`."""
    with transaction.atomic():
        mine = Fan.objects.select_related("artist").filter(token_sha256=fingerprint(token))
        # First statement on purpose: it takes SQLite's write lock before anything is read.
        open_ = mine.filter(asked_at__gt=now - VALID)
        if not open_.update(city=clean_city(city), language=_language(language)):
            raise LinkExpired if mine.exists() else LinkUnknown
        fan = mine.get()
        open_.filter(Q(confirmed_at=None) | ~Q(left_at=None)).update(confirmed_at=now, left_at=None)
        post.return_to_letters(address=fan.email, kind=letters_of(fan.artist))
        return mine.get()


def import_fans(*, artist: str, rows: Iterable[Told], house: str, now: datetime) -> Imported:
    """Ask everyone on a list who is not known here yet; nobody follows before they have said yes.

    A piece at a time, so that nobody waits long for the database; broken off and begun again, it goes on
    where it was. The letters become due one after the other, at half of what the mail server takes in a
    minute. Raises `NoArtist`, `TooManyRows` for more than MOST_IMPORTED lines, and then asks nobody.
    """
    told = list(rows)
    if len(told) > MOST_IMPORTED:
        raise TooManyRows(MOST_IMPORTED)
    pause = timedelta(minutes=2) / max(1, post_selectors.letters_a_minute() or 30)
    counted = {"asked": 0, "known": 0, "left": 0, "wrong": 0}
    singer = _artist(artist)
    known = set(Fan.objects.filter(artist=singer).values_list("email", flat=True))
    for begin in range(0, len(told), ASKED_TOGETHER):
        with transaction.atomic():
            for row in told[begin : begin + ASKED_TOGETHER]:
                due = now + counted["asked"] * pause
                counted[_import_one(singer, row, known, house=house, now=now, due_at=due)] += 1
        sleep(BREATH_SECONDS)
    return Imported(**counted)


def remove_fan(*, fan_id: int) -> None:
    """Take one follower off an artist's list, for good."""
    Fan.objects.filter(pk=fan_id).delete()


def forget_fan(*, email: str) -> None:
    """Remove all that is kept of a follower: their rows, the letters to them, their place in what was sent.

    What they left stays left, so that nobody writes to them by mistake. Tickets are not touched.
    """
    with transaction.atomic():
        Fan.objects.filter(email=email).delete()
        for kind in (FOLLOW, kinds.NEWS):
            post.forget_letters(address=email, kind=kind.name)
        fan_forgetting.send(sender=Fan, email=email)


def note_left(*, address: str, kind: str, now: datetime) -> None:
    """A reader has left these letters: they follow no more."""
    _whom(address, kind).filter(left_at=None).update(left_at=now)


def note_returned(*, address: str, kind: str) -> None:
    """A reader who had left wants letters again."""
    _whom(address, kind).update(left_at=None)


def clean_city(said: str) -> str:
    """A city as it is kept: one line, composed (NFC), without what nobody sees."""
    shown = "".join(sign for sign in seen(unicodedata.normalize("NFC", said)) if sign.isprintable())
    return " ".join(shown.split())[:LONGEST_CITY]


def _whom(address: str, kind: str) -> QuerySet[Fan]:
    base, _colon, number = kind.partition(":")
    if base != kinds.NEWS.name:
        return Fan.objects.none()
    found = Fan.objects.filter(email=address)
    return found.filter(artist_id=int(number)) if number else found


def _artist(slug: str) -> Artist:
    found = Artist.objects.filter(slug=slug).first()
    if found is None:
        raise NoArtist
    return found


def _ask(artist: Artist, told: Told, *, house: str, now: datetime, due_at: datetime) -> None:
    token = new_token()
    fresh = {"token_sha256": fingerprint(token), "asked_at": due_at}
    words = {"city": clean_city(told.city), "language": _language(told.language, artist)}
    made = Fan(artist=artist, email=told.email, **words, **fresh)
    mine = Fan.objects.filter(artist=artist, email=told.email)
    if mine.exists():
        # One conditional update: of two who ask at once, one letter goes out. What a follower told of
        # themselves stays until they say yes again; anyone can type an address.
        if not mine.filter(asked_at__lte=now - AGAIN).update(**fresh):
            return
        mine.filter(confirmed_at=None).update(**words)
    else:
        Fan.objects.bulk_create([made], ignore_conflicts=True)
        if not mine.filter(token_sha256=fresh["token_sha256"]).exists():
            return
    link = house + _confirm_path(token, words["language"])
    mark = transaction.savepoint()
    try:
        _write(artist, told.email, words["language"], link, now=now, due_at=due_at)
    except post.Refused:
        transaction.savepoint_rollback(mark)  # An address that bounced gets the same answer as any other.
    else:
        transaction.savepoint_commit(mark)


def _write(artist: Artist, email: str, language: str, link: str, *, now: datetime, due_at: datetime) -> None:
    with translation.override(language):
        name = choose(artist.name, WANTED[language]).text
        post.send(
            to=email,
            subject=_("Letters from %(name)s: is it you?") % {"name": name},
            text=_(
                "Someone, probably you, asked for letters from %(name)s to this address. If you want them, "
                "open this link and press the button. It can be used for seven days:\n\n%(link)s\n\n"
                "If it was not you, do nothing: no letters will come.\n"
            )
            % {"name": name, "link": link},
            kind=FOLLOW.name,
            language=language,
            now=now,
            due_at=due_at,
            expires_at=due_at + VALID,
        )


def _import_one(
    artist: Artist, row: Told, known: set[str], *, house: str, now: datetime, due_at: datetime
) -> str:
    try:
        email = post.clean_address(row.email)
    except post.Refused:
        return "wrong"
    if email in known:
        return "known"
    if post_selectors.has_left(email, letters_of(artist)):
        return "left"
    known.add(email)
    _ask(artist, Told(email, row.city, row.language), house=house, now=now, due_at=due_at)
    return "asked"


def _language(said: str, artist: Artist | None = None) -> str:
    """A language of the interface; for what is none, the artist's main one."""
    tags = {tag.lower(): code for code, tag in TAGS.items()}
    told = said.strip().lower().replace("_", "-")
    usual = tags.get(artist.main_language.lower(), "kk") if artist else "kk"
    return told if told in TAGS else tags.get(told, usual)


def _confirm_path(token: str, language: str) -> str:
    with translation.override(language):
        return reverse("people:confirm-follow", args=[token])

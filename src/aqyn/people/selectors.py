"""What others may read of the people and the artists."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import datetime
from importlib import import_module

from django.conf import settings
from django.contrib.auth import HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.models import Session
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.urls import reverse
from django.utils.crypto import constant_time_compare

from aqyn.people.models import Artist, Device, Fan, Invitation, Person, Role, SignInLink
from aqyn.people.tokens import fingerprint, token_from


def artists() -> list[Artist]:
    """All artists of the house, in the order the crew gave them."""
    return list(Artist.objects.order_by("position", "pk"))


def artist(slug: str) -> Artist | None:
    """The artist with this slug, or None."""
    return Artist.objects.filter(slug=slug).first()


def followers(artist: Artist) -> QuerySet[Fan]:
    """Those who said yes to the artist's letters and have not left, by the time they asked."""
    return Fan.objects.filter(artist=artist, confirmed_at__isnull=False, left_at=None)


def followed_until(artist: Artist, *, since: datetime) -> QuerySet[Fan]:
    """Those who followed the artist at the moment `since`, those who left after it included."""
    there = Q(left_at=None) | Q(left_at__gt=since)
    return Fan.objects.filter(there, artist=artist, confirmed_at__lte=since)


def waiting_fans(artist: Artist) -> int:
    """How many were asked by letter and have not answered yet."""
    return Fan.objects.filter(artist=artist, confirmed_at=None).count()


def left_fans(artist: Artist) -> int:
    """How many followed the artist once and left."""
    return Fan.objects.filter(artist=artist, confirmed_at__isnull=False).exclude(left_at=None).count()


def cities_of(artist: Artist) -> list[tuple[str, int]]:
    """The cities of an artist's followers with how many live there, the most first.

    One city however its letters were typed, "алматы" and "Алматы"; shown as most wrote it. "" is nobody's.
    """
    return _counted(followers(artist).exclude(city="").values_list("city", flat=True))


def spellings(artist: Artist, city: str) -> list[str]:
    """Every way in which the artist's followers have written this city."""
    written = Fan.objects.filter(artist=artist).values_list("city", flat=True).distinct()
    return [other for other in written if other.casefold() == city.casefold()]


def languages_of(artist: Artist) -> list[tuple[str, int]]:
    """The languages of an artist's followers, as codes of the interface, the most first."""
    return _counted(followers(artist).values_list("language", flat=True))


def fan(token: str) -> Fan | None:
    """The one whom a letter with this token asked, whether or not it can still be answered."""
    return Fan.objects.select_related("artist").filter(token_sha256=fingerprint(token)).first()


def follows(email: str) -> list[Fan]:
    """All that is kept of a follower under this address: one row for each artist."""
    return list(Fan.objects.filter(email=email).select_related("artist").order_by("artist__position", "pk"))


def _counted(values: Iterable[str]) -> list[tuple[str, int]]:
    spelt: dict[str, Counter[str]] = {}
    for value in values:
        spelt.setdefault(value.casefold(), Counter())[value] += 1
    told = [(written.most_common(1)[0][0], written.total()) for written in spelt.values()]
    return sorted(told, key=lambda one: (-one[1], one[0]))


def crew() -> list[Person]:
    """Everyone who may sign in, owners first, then by the day they joined."""
    present = Person.objects.filter(removed_at=None).order_by("joined_at", "pk")
    return sorted(present, key=lambda person: person.role != Role.OWNER)


def person(pk: int) -> Person | None:
    """The person with this number who may sign in, or None."""
    return Person.objects.filter(pk=pk, removed_at=None).first()


def owner() -> Person | None:
    """The longest-serving owner, or None before the first one came."""
    return Person.objects.filter(role=Role.OWNER, removed_at=None).order_by("joined_at", "pk").first()


def removed() -> list[Person]:
    """Those who were removed and can be brought back, the last first."""
    return list(Person.objects.exclude(removed_at=None).order_by("-removed_at", "pk"))


def open_invitations(*, now: datetime) -> QuerySet[Invitation]:
    """Invitations that still let someone in, the newest first."""
    there = Invitation.objects.filter(used_at=None, withdrawn_at=None, expires_at__gt=now)
    return there.select_related("invited_by").order_by("-made_at", "-pk")


def invitation_path(invitation: Invitation) -> str:
    """The path of the link that this invitation is; it can be shown as often as needed."""
    return reverse("people-plain:join", args=[token_from(invitation.nonce)])


def invitation(token: str, *, now: datetime) -> Invitation | None:
    """The open invitation with this token, or None."""
    return open_invitations(now=now).filter(token_sha256=fingerprint(token)).first()


def link(token: str, *, now: datetime) -> SignInLink | None:
    """The one-time link with this token, if it still opens the house; reading it uses nothing up."""
    there = SignInLink.objects.filter(used_at=None, voided_at=None, expires_at__gt=now)
    found = there.select_related("person").filter(token_sha256=fingerprint(token)).first()
    return None if found is None or (found.person and not found.person.is_active) else found


def devices(person: Person, *, now: datetime) -> list[Device]:
    """The browsers this person is signed in on, the last seen first."""
    live = Session.objects.filter(session_key=OuterRef("session_key"), expire_date__gt=now)
    mine = Device.objects.filter(Exists(live), person=person)
    return list(mine.order_by("-seen_at", "-pk"))


def person_of_session(session_key: str | None) -> Person | None:
    """The person whom this session cookie signs in, or None: what `request.user` says, without a request.

    For the raw lanes of the server. Reads two rows and never writes.
    """
    if not session_key:
        return None
    session = import_module(settings.SESSION_ENGINE).SessionStore(session_key)
    try:
        found = person(int(session[SESSION_KEY]))
    except (KeyError, ValueError):
        return None
    if found and constant_time_compare(session.get(HASH_SESSION_KEY, ""), found.get_session_auth_hash()):
        return found
    return None

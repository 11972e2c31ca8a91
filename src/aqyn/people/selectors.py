"""What others may read of the people and the artists."""

from __future__ import annotations

from datetime import datetime
from importlib import import_module

from django.conf import settings
from django.contrib.auth import HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.models import Session
from django.db.models import Exists, OuterRef, QuerySet
from django.urls import reverse
from django.utils.crypto import constant_time_compare

from aqyn.people.models import Artist, Device, Invitation, Person, Role, SignInLink
from aqyn.people.tokens import fingerprint, token_from


def artists() -> list[Artist]:
    """All artists of the house, in the order the crew gave them."""
    return list(Artist.objects.order_by("position", "pk"))


def artist(slug: str) -> Artist | None:
    """The artist with this slug, or None."""
    return Artist.objects.filter(slug=slug).first()


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

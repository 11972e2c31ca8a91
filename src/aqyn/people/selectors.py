"""What others may read of the people and the artists."""

from __future__ import annotations

from importlib import import_module

from django.conf import settings
from django.contrib.auth import HASH_SESSION_KEY, SESSION_KEY
from django.utils.crypto import constant_time_compare

from aqyn.people.models import Artist, Person, Role


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

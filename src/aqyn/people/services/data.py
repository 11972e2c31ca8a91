"""A person's own data: handed out, and erased."""

from __future__ import annotations

from datetime import datetime
from typing import Any, cast

from django.contrib.sessions.models import Session
from django.db import transaction

from aqyn.people.errors import LastOwner
from aqyn.people.models import Device, Invitation, Person
from aqyn.people.services.crew import lock_owners, unless_last_owner
from aqyn.people.signals import person_erasing, person_exporting
from aqyn.post import selectors as post_selectors
from aqyn.post import services as post


def export_person(person: Person) -> dict[str, Any]:
    """All the house knows about a person, as plain JSON values: times in ISO 8601, UTC. Keys and salts stay
    in."""
    data: dict[str, Any] = {
        "person": {
            "email": person.email,
            "name": person.name,
            "language": person.language,
            "role": person.role,
            "joined_at": person.joined_at.isoformat(),
            "removed_at": person.removed_at.isoformat() if person.removed_at else None,
        },
        "devices": [
            {
                "name": device.name,
                "signed_in_at": device.signed_in_at.isoformat(),
                "seen_at": device.seen_at.isoformat(),
            }
            for device in Device.objects.filter(person=person).order_by("signed_in_at")
        ],
        "links": [
            {
                "made_at": link.made_at.isoformat(),
                "used_at": link.used_at.isoformat() if link.used_at else None,
            }
            for link in person.links.order_by("made_at")
        ],
        "invitations": [
            {"role": i.role, "email": i.email, "made_at": i.made_at.isoformat()}
            for i in Invitation.objects.filter(invited_by=person).order_by("made_at")
        ],
        "letters": post_selectors.letters_to(person.email),
    }
    for _receiver, sections in person_exporting.send(sender=Person, person=person):
        data |= cast(dict[str, Any], sections or {})
    return data


def erase_person(*, person_id: int, now: datetime) -> None:
    """Remove a person and all that is kept about them. This cannot be undone. Raises `LastOwner`."""
    with transaction.atomic():
        lock_owners()
        someone = Person.objects.filter(pk=person_id)
        # Removed first, by the guarded statement: a removed owner is no owner any more.
        unless_last_owner(someone.filter(removed_at=None)).update(removed_at=now)
        person = someone.first()
        if person is None:
            return
        if person.is_active:
            raise LastOwner
        person_erasing.send(sender=Person, person=person, now=now)
        devices = Device.objects.filter(person=person)
        Session.objects.filter(session_key__in=devices.values("session_key")).delete()
        Invitation.objects.filter(used_by=person).delete()
        Invitation.objects.filter(email=person.email).delete()
        post.forget_reader(address=person.email)
        person.delete()

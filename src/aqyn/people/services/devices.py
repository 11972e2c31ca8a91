"""The browsers a person is signed in on, and signing them out."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.contrib.sessions.models import Session
from django.db import transaction
from django.http import HttpRequest

from aqyn.people.devices import device_name
from aqyn.people.models import Device, Person, new_salt
from aqyn.people.services.links import void_links

SEEN_EVERY = timedelta(minutes=10)
RENEWED_EVERY = timedelta(days=1)


def note_sign_in(*, person: Person, session_key: str, user_agent: str, now: datetime) -> Device:
    """Remember the browser that has just signed in; sessions that ran out go."""
    with transaction.atomic():
        Session.objects.filter(expire_date__lt=now).delete()
        live = Session.objects.values("session_key")
        Device.objects.filter(person=person).exclude(session_key__in=live).delete()
        device, _made = Device.objects.update_or_create(
            session_key=session_key,
            defaults={"person": person, "name": device_name(user_agent), "signed_in_at": now, "seen_at": now},
        )
    return device


def note_seen(request: HttpRequest, *, now: datetime) -> None:
    """Remember that this browser was here; writes at most every `SEEN_EVERY`, so that pages do not write.

    Once a day the session itself is renewed: who comes every week is not signed out.
    """
    key = request.session.session_key
    if key is None:
        return
    device = Device.objects.filter(session_key=key).first()
    if device is None:
        agent = request.headers.get("User-Agent", "")
        note_sign_in(person=request.user, session_key=key, user_agent=agent, now=now)  # type: ignore[arg-type]
    elif device.seen_at <= now - SEEN_EVERY:
        Device.objects.filter(pk=device.pk, seen_at__lt=now).update(seen_at=now)
        if (now - device.signed_in_at) // RENEWED_EVERY > (
            device.seen_at - device.signed_in_at
        ) // RENEWED_EVERY:
            request.session.modified = True


def sign_out_device(*, person: Person, device_id: int) -> bool:
    """Sign one browser of this person out. False where there is none, or it is another's."""
    with transaction.atomic():
        device = Device.objects.filter(person=person, pk=device_id).first()
        if device is None:
            return False
        Session.objects.filter(session_key=device.session_key).delete()
        device.delete()
    return True


def sign_out_everywhere(*, person: Person, now: datetime) -> Person:
    """End every session of the person at once, and every link that waits. Gives the person as they now are.

    The salt decides: sessions that nobody listed end as well.
    """
    with transaction.atomic():
        Person.objects.filter(pk=person.pk).update(session_salt=new_salt())
        devices = Device.objects.filter(person=person)
        Session.objects.filter(session_key__in=devices.values("session_key")).delete()
        devices.delete()
        void_links(person, now=now)
    return Person.objects.get(pk=person.pk)

"""Inviting, changing and removing the crew. The last owner stays: one guarded statement sees to it."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.contrib.sessions.models import Session
from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import translation
from django.utils.translation import gettext as _

from aqyn.people import selectors
from aqyn.people.errors import (
    EmailTaken,
    LastOwner,
    LinkExpired,
    LinkUnknown,
    LinkUsed,
    LinkVoid,
    Refused,
    TooManyInvitations,
)
from aqyn.people.models import Device, Invitation, Person, Role, new_salt
from aqyn.people.services.links import void_links
from aqyn.people.tokens import fingerprint, token_from
from aqyn.post import services as post

INVITATION_VALID = timedelta(days=7)
MOST_INVITATIONS = 50


def invite(
    *, by: Person, role: str, language: str, now: datetime, email: str = "", house: str | None = None
) -> Invitation:
    """An open invitation; `selectors.invitation_path` gives its link, to be copied. With `email` it is also
    sent.

    Raises `TooManyInvitations`, `EmailTaken`, or for a letter what `post.services.send` raises; `house`
    (scheme and host) is needed for a letter only.
    """
    nonce = new_salt()
    with transaction.atomic():
        if selectors.open_invitations(now=now).count() >= MOST_INVITATIONS:
            raise TooManyInvitations
        if email and Person.objects.filter(email=email, removed_at=None).exists():
            raise EmailTaken(email)
        invitation = Invitation.objects.create(
            role=role,
            email=email,
            language=language,
            invited_by=by,
            nonce=nonce,
            token_sha256=fingerprint(token_from(nonce)),
            made_at=now,
            expires_at=now + INVITATION_VALID,
        )
        if email:
            if house is None:
                raise post.NoAddress
            _send(invitation, by=by, house=house, now=now)
        return invitation


def withdraw_invitation(*, invitation_id: int, now: datetime) -> bool:
    """The link opens nothing any more. False where it was used, withdrawn or run out before."""
    with transaction.atomic():
        invitation = selectors.open_invitations(now=now).filter(pk=invitation_id).first()
        if invitation is None:
            return False
        _withdraw_letter(invitation)
        unused = Invitation.objects.filter(pk=invitation_id, used_at=None, withdrawn_at=None)
        return bool(unused.update(withdrawn_at=now))


def accept_invitation(*, token: str, name: str, email: str, language: str, now: datetime) -> Person:
    """The new member of the crew. One conditional update: the link lets one person in.

    Raises `LinkUnknown`, `LinkUsed`, `LinkExpired`, `LinkVoid` or `EmailTaken`. Who was removed before and is
    invited again is the same person, with the new role.
    """
    with transaction.atomic():
        mine = Invitation.objects.filter(token_sha256=fingerprint(token))
        if not mine.filter(used_at=None, withdrawn_at=None, expires_at__gt=now).update(used_at=now):
            raise invitation_why_not(token, now=now)
        invitation = mine.get()
        if Person.objects.filter(email=email, removed_at=None).exists():
            raise EmailTaken(email)
        person, _made = Person.objects.update_or_create(
            email=email,
            defaults={"name": name, "language": language, "role": invitation.role, "removed_at": None},
            create_defaults={"name": name, "language": language, "role": invitation.role, "joined_at": now},
        )
        Invitation.objects.filter(used_by=person).update(used_by=None)
        mine.update(used_by=person)
        _withdraw_letter(invitation)
        return person


def invitation_why_not(token: str, *, now: datetime) -> Refused:
    """The reason why this invitation lets nobody in."""
    invitation = Invitation.objects.filter(token_sha256=fingerprint(token)).first()
    if invitation is None:
        return LinkUnknown()
    if invitation.used_at is not None:
        return LinkUsed()
    if invitation.withdrawn_at is None and invitation.expires_at <= now:
        return LinkExpired()
    return LinkVoid()


def change_person(*, person: Person, name: str, language: str) -> None:
    """Write a person's own name and language."""
    Person.objects.filter(pk=person.pk).update(name=name, language=language)


def change_role(*, person_id: int, role: str) -> None:
    """Make a person owner or crew. Raises `LastOwner`; a person who is not there is no harm."""
    with transaction.atomic():
        lock_owners()
        there = Person.objects.filter(pk=person_id, removed_at=None)
        if role == Role.OWNER:
            there.update(role=role)
        elif not unless_last_owner(there).update(role=role) and there.exists():
            raise LastOwner


def remove_person(*, person_id: int, now: datetime) -> None:
    """The person may not come in any more; every session and link ends. `bring_back` undoes it.

    Raises `LastOwner`.
    """
    with transaction.atomic():
        lock_owners()
        there = Person.objects.filter(pk=person_id, removed_at=None)
        if not unless_last_owner(there).update(removed_at=now, session_salt=new_salt()):
            if there.exists():
                raise LastOwner
            return
        person = Person.objects.get(pk=person_id)
        devices = Device.objects.filter(person=person)
        Session.objects.filter(session_key__in=devices.values("session_key")).delete()
        devices.delete()
        void_links(person, now=now)


def bring_back(*, person_id: int) -> bool:
    """Let a removed person in again, with the role they had. They sign in anew."""
    return bool(Person.objects.filter(pk=person_id).exclude(removed_at=None).update(removed_at=None))


def lock_owners() -> None:
    """Have everyone who changes owners wait for one another.

    SQLite has its one writer. PostgreSQL would let two statements each see the other's owner and remove both:
    there the owners' rows are locked, in one order, and the guarded statement after it sees what is true
    then.
    """
    owners = Person.objects.select_for_update().filter(role=Role.OWNER, removed_at=None)
    list(owners.order_by("pk").values_list("pk", flat=True))


def unless_last_owner(people: QuerySet[Person]) -> QuerySet[Person]:
    """The condition of every statement that could leave the house without an owner."""
    others = Person.objects.filter(role=Role.OWNER, removed_at=None).exclude(pk=OuterRef("pk"))
    return people.filter(~Q(role=Role.OWNER) | Exists(others))


def _send(invitation: Invitation, *, by: Person, house: str, now: datetime) -> None:
    with translation.override(invitation.language):
        post.send(
            to=invitation.email,
            subject=_("%(name)s invites you into the crew") % {"name": by.name},
            text=_(
                "%(name)s asks you to help with the house. Open this link within 7 days and say who you are:"
                "\n\n%(link)s\n\nThe link lets one person in. If you do not know %(name)s, do nothing.\n"
            )
            % {"name": by.name, "link": house + selectors.invitation_path(invitation)},
            kind="invite",
            language=invitation.language,
            now=now,
            expires_at=invitation.expires_at,
        )


def _withdraw_letter(invitation: Invitation) -> None:
    if invitation.email:
        post.withdraw_letters(kind="invite", to=invitation.email)

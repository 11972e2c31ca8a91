"""One-time links: the only key to the house."""

from __future__ import annotations

from datetime import datetime, timedelta
from urllib.parse import urlencode

from django.db import transaction
from django.db.models import QuerySet
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from aqyn.people import selectors
from aqyn.people.errors import EmailTaken, LinkExpired, LinkUnknown, LinkUsed, LinkVoid, OwnerIsThere, Refused
from aqyn.people.models import Person, Role, SignInLink
from aqyn.people.services.allowances import spend
from aqyn.people.tokens import fingerprint, new_token
from aqyn.post import services as post

LETTER_VALID = timedelta(minutes=15)
START_VALID = timedelta(hours=24)
KEPT = timedelta(days=30)
"""How long a link that opens nothing any more can still say why."""


def ask_for_link(
    *, email: str, client: str, house: str, language: str, now: datetime, then: str = ""
) -> None:
    """Send a one-time link to `email`, if someone with this address may sign in; nothing tells whether.

    For a stranger the same rows are written and taken back within the transaction, so the work is the same
    too. `house` is scheme and host of the link, `then` a path of this house to go on to, `language` a
    stranger's. Raises `TooMany`.
    """
    spend(email=email, client=client, now=now)
    with transaction.atomic():
        person = Person.objects.filter(email=email, removed_at=None).first()
        mark = transaction.savepoint()
        try:
            _write_link(person, email=email, house=house, language=language, then=then, now=now)
        except post.Refused:
            person = None  # An address that bounced gets the same answer as any other.
        if person is None:
            transaction.savepoint_rollback(mark)
        else:
            transaction.savepoint_commit(mark)
        SignInLink.objects.filter(expires_at__lt=now - KEPT).delete()


def first_link(now: datetime) -> str:
    """The path of a one-time link for the owner, valid for a day; the one before it opens nothing any more.

    Before there is an owner, whoever opens it gives a name and an address and becomes the owner.
    """
    token = new_token()
    with transaction.atomic():
        _void(SignInLink.objects.filter(kind=SignInLink.Kind.START), now)
        SignInLink.objects.create(
            person=selectors.owner(),
            kind=SignInLink.Kind.START,
            token_sha256=fingerprint(token),
            made_at=now,
            expires_at=now + START_VALID,
        )
    return reverse("people-plain:link", args=[token])


def use_link(*, token: str, now: datetime) -> Person:
    """The person whom this link lets in, once: one conditional update decides between two who open it at
    once.

    Raises `LinkUnknown`, `LinkUsed`, `LinkExpired` or `LinkVoid`. Every older link of the person is void
    after it.
    """
    with transaction.atomic():
        link = _take(token, first_owner=False, now=now)
        if link is None or link.person is None:
            raise why_not(token, now=now)
        if not link.person.is_active:
            raise LinkVoid
        _void(SignInLink.objects.filter(person=link.person), now)
        post.withdraw_letters(kind="sign-in", to=link.person.email)
        return link.person


def become_first_owner(*, token: str, name: str, email: str, language: str, now: datetime) -> Person:
    """The new owner of a house that had none. Raises as `use_link`, or `OwnerIsThere`, `EmailTaken`."""
    with transaction.atomic():
        link = _take(token, first_owner=True, now=now)
        if link is None:
            raise why_not(token, now=now)
        if selectors.owner() is not None:
            raise OwnerIsThere
        if Person.objects.filter(email=email).exists():
            raise EmailTaken(email)
        person = Person.objects.create(
            email=email, name=name, language=language, role=Role.OWNER, joined_at=now
        )
        SignInLink.objects.filter(pk=link.pk).update(person=person)
        return person


def why_not(token: str, *, now: datetime) -> Refused:
    """The reason why this link opens nothing."""
    link = SignInLink.objects.filter(token_sha256=fingerprint(token)).first()
    if link is None:
        return LinkUnknown()
    if link.used_at is not None:
        return LinkUsed()
    if link.voided_at is None and link.expires_at <= now:
        return LinkExpired()
    return LinkVoid()


def void_links(person: Person, *, now: datetime) -> None:
    """No link that was made for this person opens the house any more."""
    _void(SignInLink.objects.filter(person=person), now)
    post.withdraw_letters(kind="sign-in", to=person.email)


def _take(token: str, *, first_owner: bool, now: datetime) -> SignInLink | None:
    mine = SignInLink.objects.filter(token_sha256=fingerprint(token), person__isnull=first_owner)
    if not mine.filter(used_at=None, voided_at=None, expires_at__gt=now).update(used_at=now):
        return None
    return mine.select_related("person").get()


def _void(links: QuerySet[SignInLink], now: datetime) -> None:
    links.filter(used_at=None, voided_at=None).update(voided_at=now)


def _write_link(
    person: Person | None, *, email: str, house: str, language: str, then: str, now: datetime
) -> None:
    token = new_token()
    SignInLink.objects.create(
        person=person,
        kind=SignInLink.Kind.LETTER,
        token_sha256=fingerprint(token),
        made_at=now,
        expires_at=now + LETTER_VALID,
    )
    path = reverse("people-plain:link", args=[token])
    link = house + path + (f"?{urlencode({'next': then})}" if then else "")
    tongue = person.language if person else language
    with translation.override(tongue):
        post.send(
            to=email,
            to_name=person.name if person else "",
            subject=_("Your way into the house"),
            text=_(
                "Open this link to sign in. It works once, within 15 minutes:\n\n%(link)s\n\n"
                "If you did not ask for it, do nothing: without the link nobody comes in.\n"
            )
            % {"link": link},
            kind="sign-in",
            language=tongue,
            now=now,
            expires_at=now + LETTER_VALID,
        )

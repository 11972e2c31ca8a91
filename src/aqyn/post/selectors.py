"""What may be read of the outbox and its settings."""

from __future__ import annotations

import ipaddress
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlsplit

from django.conf import settings
from django.core import signing
from django.db.models import Q
from django.http import HttpRequest
from django.urls import reverse

from aqyn.post import kinds
from aqyn.post.models import Bounce, Leave, Letter, MailServer

LEAVE_SALT = "aqyn.post.leave"

# This machine, its links and private networks (RFC 1918, 3927, 4193, 4291, 6598).
NEAR = tuple(
    ipaddress.ip_network(network)
    for network in (
        *("127.0.0.0/8", "10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "169.254.0.0/16", "100.64.0.0/10"),
        *("::1/128", "fc00::/7", "fe80::/10"),
    )
)


@dataclass(frozen=True, slots=True)
class Outbox:
    """The letters that the studio shows, newest first. `by_hand` is filled where no mail is set up."""

    by_hand: list[Letter]
    waiting: list[Letter]
    failed: list[Letter]
    sent: list[Letter]


def mail_is_set_up() -> bool:
    """Whether letters leave by themselves."""
    return MailServer.objects.filter(pk=1).exists()


def news_room() -> int:
    """How many more letters of news the outbox takes now; no more wait than leave in two minutes."""
    server = MailServer.objects.filter(pk=1).first()
    if server is None:
        return 0
    unsent = Letter.objects.filter(kinds.is_news(), sent_at=None, failed_at=None, carried_at=None)
    return max(0, 2 * server.per_minute - unsent.count())


def letters_a_minute() -> int:
    """How many letters leave in a minute at most; 0 where none leave by themselves."""
    return MailServer.objects.filter(pk=1).values_list("per_minute", flat=True).first() or 0


def outbox(*, now: datetime, most: int = 50) -> Outbox:
    """The outbox by state, at most `most` letters of each."""
    shown = Letter.objects.filter(show_in_studio=True)
    unsent = shown.filter(sent_at=None, failed_at=None, carried_at=None)
    unsent = unsent.filter(Q(expires_at=None) | Q(expires_at__gt=now))[:most]
    by_hand = not mail_is_set_up()
    done = shown.exclude(sent_at=None, carried_at=None)
    return Outbox(
        by_hand=list(unsent) if by_hand else [],
        waiting=[] if by_hand else list(unsent),
        failed=list(shown.exclude(failed_at=None)[:most]),
        sent=list(done[:most]),
    )


def house_address(request: HttpRequest | None = None) -> str | None:
    """Scheme and host for links in letters, such as "https://madina.example", without a slash; None if
    unknown.

    `public_url` where it is set. Otherwise the host that was asked for, but only one of this machine or the
    local network: anyone can write any Host header, and a letter must not carry a key to a stranger's
    address.
    """
    if settings.CONFIG.public_url:
        return _in_ascii(settings.CONFIG.public_url).rstrip("/")
    if request is None:
        return None
    host = request.get_host()
    return f"{request.scheme}://{host}" if _is_near(urlsplit(f"//{host}").hostname or "") else None


def letters_to(address: str) -> list[dict[str, str | None]]:
    """The letters kept for one reader, for handing them their data. What a letter said is there until it is
    wiped."""
    return [
        {
            "kind": letter.kind,
            "subject": letter.subject,
            "text": letter.text if not kinds.known(letter.kind).secret else None,
            "created_at": letter.created_at.isoformat(),
            "sent_at": letter.sent_at.isoformat() if letter.sent_at else None,
        }
        for letter in Letter.objects.filter(to=address).order_by("created_at", "pk")
    ]


def leave_path(*, address: str, kind: str) -> str:
    """The path of the page where the reader at `address` leaves letters of this kind. It never runs out."""
    token = signing.Signer(salt=LEAVE_SALT).sign_object([address, kind])
    return reverse("post-plain:leave", args=[token])


def has_left(address: str, kind: str) -> bool:
    """Whether the reader at `address` wants no letters of this kind or topic."""
    return Leave.objects.filter(address=address, kind__in=kinds.family(kind)).exists()


def unwanted(kind: str) -> set[str]:
    """The addresses that get no letters of this kind or topic: those who left, and those that bounced."""
    left = Leave.objects.filter(kind__in=kinds.family(kind)).values_list("address", flat=True)
    return {*left, *Bounce.objects.values_list("address", flat=True)}


def leaver(token: str) -> tuple[str, str] | None:
    """Address and kind that a leave token was made for, or None for one that this house did not make."""
    try:
        address, kind = signing.Signer(salt=LEAVE_SALT).unsign_object(token)
    except (signing.BadSignature, ValueError, TypeError):
        return None
    return address, kind


def _in_ascii(url: str) -> str:
    """The address as headers and mail programs need it: https://әлем.example becomes https://xn--…"""
    host = urlsplit(url).hostname or ""
    return url if host.isascii() else url.replace(host, host.encode("idna").decode("ascii"), 1)


def _is_near(host: str) -> bool:
    if host == "localhost" or host.endswith((".localhost", ".local", ".home.arpa")):
        return True
    try:
        address = ipaddress.ip_address(host)
    except ValueError:
        return False
    return any(address in network for network in NEAR)

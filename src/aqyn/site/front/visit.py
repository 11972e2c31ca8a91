"""Who asks, for which host and over what: settled once, before any lane looks at a request."""

from __future__ import annotations

import ipaddress
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from urllib.parse import urlsplit

from django.http.request import split_domain_port, validate_host
from starlette.types import Scope

Network = ipaddress.IPv4Network | ipaddress.IPv6Network

# Whoever stands before us may have written these; they are read here once and never reach a view.
_FORWARDED = frozenset(
    {
        b"x-forwarded-for",
        b"x-forwarded-proto",
        b"x-forwarded-host",
        b"x-forwarded-port",
        b"x-forwarded-server",
        b"x-forwarded-prefix",
        b"x-forwarded-scheme",
        b"x-forwarded-ssl",
        b"x-real-ip",
        b"forwarded",
    }
)


@dataclass(slots=True)
class Visit:
    """A request whose sender and host are settled. `scope` holds the believed client, scheme and host.

    `peer` is the other end of the connection itself, which may be a proxy.
    """

    scope: Scope
    host: str
    peer: tuple[str, str] = ("", "")
    cookie: bytes = b""
    authorization: bool = False
    if_none_match: bytes = b""
    accept_encoding: bytes = b""
    range: bytes = b""

    def let_go(self) -> None:
        """Give back what it was asked with: for an answer that lasts for hours, and needs none of it."""
        self.scope.clear()
        self.host, self.peer = "", ("", "")
        self.cookie = self.if_none_match = self.accept_encoding = self.range = b""


class Doorkeeper:
    """Settles requests for one house.

    `allowed_hosts` is Django's list; `public_url` is the address the world uses, or empty; a request that a
    trusted proxy forwarded is one for `public_url`, by the scheme and the client that the proxy names.
    """

    def __init__(self, *, allowed_hosts: Sequence[str], public_url: str, trusted: Sequence[str]) -> None:
        self._allowed = list(allowed_hosts)
        self._public = urlsplit(public_url).netloc.lower() if public_url else ""
        self._networks: tuple[Network, ...] = tuple(ipaddress.ip_network(t, strict=False) for t in trusted)
        self.trusts = lru_cache(maxsize=1024)(self._trusts)
        self._allows = lru_cache(maxsize=256)(self._allows_host)

    def settle(self, scope: Scope) -> Visit | None:
        """The request as it is to be believed, or None where its host is missing, doubled or not ours.

        `scope` itself becomes what is believed.
        """
        kept = []
        hosts = []
        forwarded: dict[bytes, bytes] = {}
        visit = Visit(scope=scope, host="")
        for pair in scope["headers"]:
            name, value = pair
            if name == b"host":
                hosts.append(value)
                continue
            if name in _FORWARDED:
                # A header that came twice is one list (RFC 9110, 5.3).
                forwarded[name] = forwarded[name] + b"," + value if name in forwarded else value
                continue
            if name == b"cookie":
                visit.cookie += value + b";"
            elif name == b"accept-encoding":
                visit.accept_encoding = value
            elif name == b"if-none-match":
                visit.if_none_match = value
            elif name == b"range":
                visit.range = value
            elif name == b"authorization":
                visit.authorization = True
            kept.append(pair)
        if len(hosts) != 1:
            return None
        visit.host = hosts[0].decode("latin-1").lower()
        client = visit.peer = scope.get("client") or ("", "0")
        scheme = scope["scheme"]
        if forwarded and self._networks and self.trusts(client[0]):
            client, scheme, visit.host = self._forwarded(client, scheme, visit.host, forwarded)
        if not self._allows(visit.host):
            return None
        kept.append((b"host", visit.host.encode("latin-1")))
        # The server's own scope, not another one beside it: so it can be let go of.
        scope.update(headers=kept, client=client, scheme=scheme)
        return visit

    def _forwarded(
        self, client: tuple[str, str], scheme: str, host: str, forwarded: dict[bytes, bytes]
    ) -> tuple[tuple[str, str], str, str]:
        """(client, scheme, host) by the word of a trusted proxy.

        Of X-Forwarded-For the last address that is not itself a trusted proxy counts: everything before it
        was written by someone we do not know.
        """
        addresses = forwarded.get(b"x-forwarded-for", b"").decode("latin-1").split(",")
        for address in reversed([a.strip() for a in addresses if a.strip()]):
            if _address(address) is None:
                break
            client = (address, "0")
            if not self.trusts(address):
                break
        proto = forwarded.get(b"x-forwarded-proto", b"").decode("latin-1").split(",")[-1].strip().lower()
        return client, proto if proto in ("http", "https") else scheme, self._public or host

    def _trusts(self, address: str) -> bool:
        parsed = _address(address)
        return parsed is not None and any(parsed in network for network in self._networks)

    def _allows_host(self, host: str) -> bool:
        domain, _port = split_domain_port(host)
        return bool(domain) and validate_host(domain, self._allowed)


def _address(text: str) -> ipaddress.IPv4Address | ipaddress.IPv6Address | None:
    try:
        parsed = ipaddress.ip_address(text.strip("[]"))
    except ValueError:
        return None
    return getattr(parsed, "ipv4_mapped", None) or parsed

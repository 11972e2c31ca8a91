"""The page lane: a public page is rendered once and handed to everyone who asks without a session."""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from functools import partial
from typing import NamedTuple
from urllib.parse import parse_qsl, urlencode

from django.conf import settings
from django.urls import Resolver404, resolve
from django.utils import translation
from starlette.types import Scope

from aqyn.site.front.generation import Generation
from aqyn.site.front.kept import Kept, Key, Page, keepable
from aqyn.site.front.pool import Rendered
from aqyn.site.front.visit import Visit
from aqyn.site.middleware import language_in_path
from aqyn.ui.pages import public_query, unread_query

LONGEST_PATH = 1024
LONGEST_QUERY = 256
REMEMBERED_PATHS = 4096
# What other sites hang onto a link that is shared there. No page of ours reads them, and a song that travels
# must not be rendered anew for each who follows it.
TRACKING = {"fbclid", "gclid", "igsh", "igshid", "yclid", "ysclid", "mc_cid", "mc_eid", "si", "_openstat"}


class Allowed(NamedTuple):
    """The query keys of a public page: those that choose what it shows, and those it never reads."""

    chosen: tuple[str, ...] = ()
    unread: frozenset[str] = frozenset()


@dataclass(slots=True)
class Outcome:
    """What one rendering came to: the answer, and the page where it may be handed to others."""

    rendered: Rendered
    page: Page | None


class PageLane:
    """Answers from what is kept, or has it rendered: one rendering at a time for each address."""

    def __init__(
        self, *, kept: Kept, generation: Generation, render: Callable[[Scope], Awaitable[Rendered]]
    ) -> None:
        self.kept = kept
        self._generation = generation
        self._render = render
        self._flights: dict[tuple[Key, int], asyncio.Task[Outcome]] = {}
        self._queries: OrderedDict[str, Allowed | None] = OrderedDict()
        self._visitors = (settings.SESSION_COOKIE_NAME.encode(), b"messages", b"csrftoken")

    def key(self, visit: Visit) -> Key | None:
        """Under which address the answer may be shared; None where this request is for its view alone."""
        scope = visit.scope
        if scope["method"] not in ("GET", "HEAD") or visit.authorization:
            return None
        # The name anywhere in the cookies is enough: rather too careful than parsed in two ways.
        if visit.cookie and any(name in visit.cookie for name in self._visitors):
            return None
        path = scope["path"]
        if len(path) > LONGEST_PATH:
            return None
        allowed = self._query_of(path)
        if allowed is None:
            return None
        raw = scope["query_string"]
        query = _query(raw, allowed) if raw else ()
        return None if query is None else Key(scope["scheme"], visit.host, path, query)

    def ready(self, key: Key) -> Page | None:
        """The kept page, if it is there and nothing public has changed since."""
        return self.kept.get(key, self._generation.current())

    async def fetch(self, key: Key) -> Outcome | None:
        """The page rendered for everyone, or what came of trying.

        Its `page` is None where the answer may be shared with nobody. None: somebody else's rendering of this
        address came to nothing that we may have, or nothing is known of changes; ask the view.
        """
        for _attempt in range(2):
            generation = self._generation.current()
            if generation is None:
                return None
            if page := self.kept.get(key, generation):
                return Outcome(Rendered(200, []), page)
            flight = self._flights.get((key, generation))
            ours = flight is None
            if flight is None:
                flight = asyncio.create_task(self._fly(key))
                self._flights[key, generation] = flight
                flight.add_done_callback(partial(self._landed, (key, generation)))
            # Shielded: the first asker may leave, the others still wait for the same page.
            outcome = await asyncio.shield(flight)
            if ours or outcome.page is not None:
                return outcome
        return None

    def _landed(self, at: tuple[Key, int], _flight: asyncio.Task[Outcome]) -> None:
        self._flights.pop(at, None)

    async def _fly(self, key: Key) -> Outcome:
        rendered = await self._render(plain_scope(key))
        page = keepable(rendered)
        if page is not None:
            self._generation.seen(page.generation)
            self.kept.follow(self._generation.current())
            # Not kept if it changed while we rendered. Whoever waited asked before that, and may have it.
            self.kept.put(key, page)
        return Outcome(rendered, page)

    def _query_of(self, path: str) -> Allowed | None:
        """The query keys that the public page at `path` allows; None where no public page lies there."""
        try:
            allowed = self._queries[path]
        except KeyError:
            allowed = _allowed_at(path)
            self._queries[path] = allowed
            if len(self._queries) > REMEMBERED_PATHS:
                self._queries.popitem(last=False)
        return allowed


def _allowed_at(path: str) -> Allowed | None:
    with translation.override(language_in_path(path) or settings.LANGUAGE_CODE):
        try:
            view = resolve(path).func
        except Resolver404:
            return None
    chosen = public_query(view)
    return None if chosen is None else Allowed(chosen, unread_query(view))


def _query(raw: bytes, allowed: Allowed) -> tuple[tuple[str, str], ...] | None:
    """The query as sorted pairs; None where it holds a key that is not allowed, or one twice."""
    if len(raw) > LONGEST_QUERY:
        return None
    try:
        pairs = parse_qsl(raw.decode("ascii"), keep_blank_values=True, strict_parsing=True, errors="strict")
    except ValueError:
        return None
    chosen, unread = allowed
    pairs = [
        (n, v) for n, v in pairs if n in chosen or not (n in unread or n in TRACKING or n.startswith("utm_"))
    ]
    keys = [name for name, _value in pairs]
    if len(set(keys)) != len(keys) or not set(keys) <= set(chosen):
        return None
    return tuple(sorted(pairs))


def plain_scope(key: Key) -> Scope:
    """A request made of the key alone: what is rendered from it cannot hold anything of a visitor's own."""
    return {
        "type": "http",
        "asgi": {"version": "3.0", "spec_version": "2.3"},
        "http_version": "1.1",
        "method": "GET",
        "scheme": key.scheme,
        "path": key.path,
        "query_string": urlencode(key.query).encode("ascii"),
        "root_path": "",
        "headers": [(b"host", key.host.encode("latin-1"))],
        "client": ("0.0.0.0", "0"),  # noqa: S104 nobody's address
        "server": None,
    }

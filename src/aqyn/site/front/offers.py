"""What is on offer at a show, told to all who ask: looked up once a second, however many ask."""

from __future__ import annotations

import asyncio
import json
import time
from collections import OrderedDict
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from typing import Any
from urllib.parse import parse_qs

from starlette.types import Receive, Scope, Send

from aqyn.shows import selectors as shows
from aqyn.site.front.answers import GUARDS, send_problem, send_whole
from aqyn.site.front.halls import over
from aqyn.site.front.pool import Pool
from aqyn.tickets.selectors import sale as sales
from aqyn.tickets.sentences.buying import NoSuchSale, NotUnderstood

KEPT_SECONDS = 1.0
MOST_KEPT = 256
"""So many different questions are kept: shows, each with the codes that were tried."""
LONGEST_CODE = 40


@dataclass(slots=True)
class _Told:
    at: float
    body: bytes | None
    currency: str


class Offers:
    """Opened within a running event loop. One thread asks; who asks meanwhile gets the same answer."""

    def __init__(self) -> None:
        self._pool = Pool(threads=1)
        self._kept: OrderedDict[tuple[str, str], _Told] = OrderedDict()
        self._asking: dict[tuple[str, str], asyncio.Task[_Told]] = {}

    async def answer(self, scope: Scope, _receive: Receive, send: Send, show: str) -> None:
        """GET /api/v1/shows/<show>. Raises PoolFull."""
        query = parse_qs(scope["query_string"].decode("latin-1"))
        code = query.get("code", [""])[0]
        if len(code) > LONGEST_CODE:
            await send_problem(scope, send, 400, NotUnderstood.sentence)
            return
        told = await self._told(show, code)
        if told.body is None:
            await send_problem(scope, send, 404, NoSuchSale.sentence)
            return
        headers = [(b"content-type", b"application/json"), (b"cache-control", b"no-store"), *GUARDS]
        await send_whole(scope, send, 200, headers, told.body)

    async def currency(self, show: str) -> str:
        """The currency of the show's sale; "KZT" where there is none. Raises PoolFull."""
        return (await self._told(show, "")).currency

    async def close(self) -> None:
        await self._pool.close()

    async def _told(self, show: str, code: str) -> _Told:
        key = (show, code.casefold())
        told = self._kept.get(key)
        if told is not None and time.monotonic() - told.at < KEPT_SECONDS:
            return told
        if key not in self._asking:
            self._asking[key] = asyncio.get_running_loop().create_task(self._ask(key))
        return await asyncio.shield(self._asking[key])

    async def _ask(self, key: tuple[str, str]) -> _Told:
        show, code = key
        try:
            offer = await self._pool.run(lambda: over(lambda: _offer(show, code, datetime.now(UTC))))
            body = None if offer is None else json.dumps(offer, ensure_ascii=False).encode()
            told = _Told(time.monotonic(), body, offer["currency"] if offer else "KZT")
            self._kept[key] = told
            self._kept.move_to_end(key)
            while len(self._kept) > MOST_KEPT:
                self._kept.popitem(last=False)
            return told
        finally:
            del self._asking[key]


def _offer(show: str, code: str, now: datetime) -> dict[str, Any] | None:
    """None where guests see no such show, or nothing is sold for it."""
    sale = sales.sale_of(show) if shows.public_show(show) else None
    if sale is None:
        return None
    types = [asdict(one) for one in sales.on_offer(show, code=code, now=now)]
    for told in types:
        del told["currency"], told["hidden"]
        for name in ("starts_at", "ends_at"):
            told[name] = told[name] and told[name].isoformat().replace("+00:00", "Z")
    return {
        "show": show,
        "currency": sale.currency,
        "hold_minutes": sale.hold_minutes,
        "ticket_types": types,
    }

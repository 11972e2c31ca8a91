"""The hot lane of the sale: /api/v1/shows/<show>, …/holds and /api/v1/holds/<id>/order, without a view.

Programs send JSON and get JSON, refusals as problems (RFC 9457). Forms are answered by 303 (RFC 9110,
15.4.4), so that the shop works without a script.
"""

from __future__ import annotations

import asyncio
import json
import logging
import re
from collections.abc import Awaitable, Callable, Mapping
from typing import Any
from urllib.parse import parse_qs, urlencode

from django.utils import translation
from django.utils.translation import gettext_noop
from starlette.types import Receive, Scope, Send

from aqyn.core.passes.serials import letters, serial
from aqyn.site.front import wishes
from aqyn.site.front.answers import GUARDS, Headers, language_of, send_sentence, send_whole
from aqyn.site.front.bodies import BODY_SENTENCES, BodyError, take_small
from aqyn.site.front.halls import over
from aqyn.site.front.offers import Offers
from aqyn.site.front.paying import order_to_pay, written
from aqyn.site.front.pool import Pool, PoolFull
from aqyn.site.front.signing import Signing
from aqyn.site.front.till import GiveBack, Till, TillFull
from aqyn.site.front.visit import Visit
from aqyn.tickets.claims import Held, Ordered, ToBePaid
from aqyn.tickets.numbers import opens, secret_of
from aqyn.tickets.sentences import buying as refuse
from aqyn.tickets.sentences.buying import BuyingRefusal, refusal_of
from aqyn.ui.refusal import Refusal

logger = logging.getLogger("aqyn.front")

PREFIX = "/api/v1/"
_NAME = r"([^/]{1,300})"
_SHOW = re.compile(rf"/api/v1/shows/{_NAME}")
_HOLDS = re.compile(rf"/api/v1/shows/{_NAME}/holds")
_HOLD = re.compile(rf"/api/v1/holds/{_NAME}")
_ORDER = re.compile(rf"/api/v1/holds/{_NAME}/order")
_NAMES = re.compile(r"[-a-zA-Z0-9_]{1,80}")
LARGEST_WISH = 16_384
"""Bytes of a hold or an order, as JSON or as a form."""
PAYING_THREADS = 2

NOTHING_HERE = gettext_noop("There is nothing at this address.")
ELSEWHERE = gettext_noop("This form was sent from another site, so nothing was changed.")
NOT_HERE = gettext_noop("This cannot be done here.")
BUSY = gettext_noop("Very many are asking for places at once. Nothing is lost: please try again in a moment.")
FAILED = gettext_noop("Something went wrong here. It has been written down.")


class ShopLane:
    """Opened within a running event loop. What is to be paid for is ordered in threads of its own."""

    def __init__(self, till: Till, offers: Offers) -> None:
        self._till = till
        self._offers = offers
        self._signing = Signing()
        self._paying = Pool(threads=PAYING_THREADS)

    @staticmethod
    def takes(path: str) -> bool:
        """Whether this address is one of the lane's."""
        return path.startswith(("/api/v1/shows/", "/api/v1/holds/"))

    async def __call__(self, visit: Visit, receive: Receive, send: Send) -> None:
        scope = visit.scope
        method, path = scope["method"], scope["path"]
        work: Callable[[Scope, Receive, Send, str], Awaitable[None]]
        if found := _HOLDS.fullmatch(path):
            allowed, work = "POST", self._hold
        elif found := _ORDER.fullmatch(path):
            allowed, work = "POST", self._order
        elif found := _HOLD.fullmatch(path):
            allowed, work = "DELETE", self._give_back
        elif found := _SHOW.fullmatch(path):
            allowed, work = "GET", self._offers.answer
        else:
            await _send_problem(scope, send, 404, NOTHING_HERE, "no_such_address")
            return
        if method != allowed and not (allowed == "GET" and method == "HEAD"):
            await _send_problem(scope, send, 405, NOT_HERE, "method", headers=[(b"allow", allowed.encode())])
            return
        if method != "GET" and _header(scope, b"sec-fetch-site") not in (b"", b"same-origin"):
            # A page of somebody else's would hold places through its visitors.
            await _send_problem(scope, send, 403, ELSEWHERE, "elsewhere")
            return
        name = found.group(1)
        if not _NAMES.fullmatch(name):
            # No show and no hold is called so; and it goes into no address that is sent back.
            nowhere = refuse.NoSuchSale() if path.startswith("/api/v1/shows/") else refuse.NoSuchHold()
            await _send_refusal(scope, send, nowhere, language_of(scope))
            return
        try:
            await work(scope, receive, send, name)
        except BodyError as error:
            if error.status:
                headers = [(b"connection", b"close")]
                sentence = BODY_SENTENCES[error.status]
                await _send_problem(scope, send, error.status, sentence, "body", headers=headers)
        except (TillFull, PoolFull):
            await _send_problem(scope, send, 503, BUSY, "busy", headers=[(b"retry-after", b"1")])
        except Exception:
            logger.exception("%s %s could not be answered.", method, path)
            await _send_problem(scope, send, 500, FAILED, "failed")

    async def close(self, within: float) -> None:
        """Write what waits, answer it, end."""
        await self._till.close(within)
        await asyncio.gather(self._paying.close(), self._offers.close(), self._signing.close())

    async def _hold(self, scope: Scope, receive: Receive, send: Send, show: str) -> None:
        body = await take_small(scope, receive, limit=LARGEST_WISH)
        language = language_of(scope)
        form = _is_form(scope)
        told: Mapping[str, Any] = {}
        try:
            if form:
                told = wishes.read_form(body)
                currency = await self._offers.currency(show) if wishes.names_a_price(told) else ""
                asked = wishes.hold_of_form(told, show=show, language=language, currency=currency)
            else:
                told = wishes.read_json(body)
                asked = wishes.hold_of_json(told, show=show, key=_key(scope), language=language)
            outcome: Held = await self._till.ask(asked)
            if refused := refusal_of(outcome):
                raise refused
        except BuyingRefusal as refusal:
            spoken = wishes.language_in(told, language)
            if form:
                await _send_on(send, _refused_page(show, spoken, refusal))
            else:
                await _send_refusal(scope, send, refusal, spoken)
            return
        name, secret = letters(outcome.id), secret_of("hold", outcome.id)
        page = f"/{asked.language}/holds/{name}/{secret}/"
        if form:
            await _send_on(send, page)
            return
        answer = {
            "id": name,
            "secret": secret,
            "expires_at": outcome.expires_at and written(outcome.expires_at),
            "total": outcome.total,
            "currency": outcome.currency,
            "page": page,
        }
        await _send_json(scope, send, 201, answer, [(b"location", f"/api/v1/holds/{name}".encode())])

    async def _order(self, scope: Scope, receive: Receive, send: Send, hold: str) -> None:
        body = await take_small(scope, receive, limit=LARGEST_WISH)
        language = language_of(scope)
        form = _is_form(scope)
        told: Mapping[str, Any] = {}
        secret = ""
        try:
            told = wishes.read_form(body) if form else wishes.read_json(body)
            secret = wishes.secret_in(told)
            number = wishes.id_of(hold)
            if not opens("hold", number, secret):
                raise refuse.WrongSecret
            asked, way = wishes.order_of(told, hold=number)
            outcome = await self._till.ask(asked)
            payment: dict[str, Any] = {}
            if isinstance(outcome, ToBePaid | Ordered) and outcome.total:
                payment = await self._paying.run(lambda: over(lambda: order_to_pay(asked, way)))
                if isinstance(outcome, ToBePaid):
                    # It stands now: asked again, it is told as every other order is.
                    outcome = await self._till.ask(asked)
            if refusal := refusal_of(outcome):
                raise refusal
            codes = await self._signing.codes(outcome.sale, outcome.tickets) if outcome.confirmed else []
            answer = _order_told(outcome, asked.language or language, codes) | payment
        except Refusal as refusal:
            spoken = wishes.language_in(told, language)
            if form:
                await _send_on(send, _hold_page(hold, secret, spoken, refusal))
            else:
                await _send_refusal(scope, send, refusal, spoken)
            return
        if form:
            await _send_on(send, answer["page"])
        else:
            await _send_json(scope, send, 201, answer)

    async def _give_back(self, scope: Scope, receive: Receive, send: Send, hold: str) -> None:
        body = await take_small(scope, receive, limit=LARGEST_WISH)
        try:
            told = wishes.read_json(body)
            asked = parse_qs(scope["query_string"].decode("latin-1")).get("secret", [""])[0]
            number = wishes.id_of(hold)
            if not opens("hold", number, wishes.secret_in(told) or asked):
                raise refuse.WrongSecret
            if not await self._till.ask(GiveBack(number)):
                raise refuse.HoldIsOver
        except BuyingRefusal as refusal:
            await _send_refusal(scope, send, refusal, language_of(scope))
            return
        await send({"type": "http.response.start", "status": 204, "headers": [*_PRIVATE, *GUARDS]})
        await send({"type": "http.response.body", "body": b""})


def _order_told(placed: Ordered, language: str, codes: list[str]) -> dict[str, Any]:
    name, secret = letters(placed.id), secret_of("order", placed.id)
    tickets: list[dict[str, Any]] = [
        {"number": ticket.number, "serial": serial(ticket.serial), "ticket_type": ticket.type}
        for ticket in placed.tickets
    ]
    # Those of an order that is not confirmed let nobody in, and have no code.
    for ticket, code in zip(tickets, codes, strict=False):
        ticket["code"] = code
    return {
        "id": name,
        "secret": secret,
        "state": "confirmed" if placed.confirmed else "waiting",
        "total": placed.total,
        "currency": placed.currency,
        "tickets": tickets,
        "page": f"/{language}/orders/{name}/{secret}/",
    }


def _refused_page(show: str, language: str, refusal: Refusal) -> str:
    told = {"why": getattr(refusal, "code", ""), "left": refusal.values.get("left", "")}
    said = urlencode({key: value for key, value in told.items() if value != ""})
    return f"/{language}/shows/{show}/tickets/refused/?{said}"


def _hold_page(hold: str, secret: str, language: str, refusal: Refusal) -> str:
    said = urlencode({"why": getattr(refusal, "code", "")})
    # What was sent as a secret goes back into an address: letters alone.
    return f"/{language}/holds/{hold}/{re.sub('[^0-9A-Za-z]', '', secret)[:40] or '-'}/?{said}"


_PRIVATE: Headers = [(b"cache-control", b"no-store")]


def _is_form(scope: Scope) -> bool:
    kind = _header(scope, b"content-type").partition(b";")[0].strip().lower()
    return kind == b"application/x-www-form-urlencoded"


def _key(scope: Scope) -> str | None:
    """The Idempotency-Key, as the draft of the HTTPAPI group writes it (a string in quotes) or bare, without
    the blanks around a field (RFC 9110, 5.5); None without one."""
    said = dict(scope["headers"]).get(b"idempotency-key")
    if said is None:
        return None
    key: str = said.decode("latin-1").strip(" \t")
    return key[1:-1] if len(key) > 1 and key[0] == key[-1] == '"' else key


def _header(scope: Scope, name: bytes) -> bytes:
    return next((value for header, value in scope["headers"] if header == name), b"")


async def _send_json(
    scope: Scope, send: Send, status: int, told: dict[str, Any], headers: Headers | None = None
) -> None:
    said = [(b"content-type", b"application/json"), *_PRIVATE, *GUARDS, *(headers or [])]
    await send_whole(scope, send, status, said, json.dumps(told, ensure_ascii=False).encode())


async def _send_on(send: Send, page: str) -> None:
    """See another page, by GET."""
    headers = [(b"location", page.encode()), (b"content-length", b"0"), *_PRIVATE, *GUARDS]
    await send({"type": "http.response.start", "status": 303, "headers": headers})
    await send({"type": "http.response.body", "body": b""})


async def _send_refusal(scope: Scope, send: Send, refusal: Refusal, language: str) -> None:
    with translation.override(language):
        title = str(refusal)
    status = getattr(refusal, "status", 409)
    told = {"title": title, "status": status, "code": getattr(refusal, "code", "")}
    if "left" in refusal.values:
        told["left"] = refusal.values["left"]
    await _send_told(scope, send, status, told, language)


async def _send_problem(
    scope: Scope, send: Send, status: int, sentence: str, code: str, headers: Headers | None = None
) -> None:
    if _is_form(scope):
        # Whoever has no script reads it.
        await send_sentence(scope, send, status, sentence, [*_PRIVATE, *(headers or [])])
        return
    language = language_of(scope)
    with translation.override(language):
        told = {"title": translation.gettext(sentence), "status": status, "code": code}
    await _send_told(scope, send, status, told, language, headers)


async def _send_told(
    scope: Scope,
    send: Send,
    status: int,
    told: dict[str, Any],
    language: str,
    headers: Headers | None = None,
) -> None:
    said = [
        (b"content-type", b"application/problem+json"),
        (b"content-language", language.encode()),
        *_PRIVATE,
        *GUARDS,
        *(headers or []),
    ]
    await send_whole(scope, send, status, said, json.dumps(told, ensure_ascii=False).encode())

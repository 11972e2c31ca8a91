"""What the crew presses: POST /studio/stage/<show>/press."""

from __future__ import annotations

import json
import math
import re
import time
from typing import Any

from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext_noop
from starlette.types import Receive, Send

from aqyn.core.live.steering import SteeringError, read_press
from aqyn.people import selectors as people
from aqyn.site.front.answers import GUARDS, send_problem, send_whole
from aqyn.site.front.bodies import BODY_SENTENCES, BodyError, take_small
from aqyn.site.front.crew import Crew, is_from_here, session_of
from aqyn.site.front.halls import over
from aqyn.site.front.pool import Pool, PoolFull
from aqyn.site.front.visit import Visit
from aqyn.stage import sentences as refuse
from aqyn.stage import services as stage
from aqyn.ui.refusal import Refusal

PATH = re.compile(r"/studio/stage/([-a-zA-Z0-9_]{1,80})/press")
LARGEST_PRESS = 1536
"""Bytes: room for the longest press, a text of 280 letters of four bytes each."""

ELSEWHERE = gettext_noop("This form was sent from another site, so nothing was changed.")
BUSY = gettext_noop("Too much is pressed at once. Please try again.")
_STATUS: dict[type[Refusal], int] = {
    refuse.NotAPress: 400,
    refuse.NoWheel: 403,
    refuse.NoSuchShow: 404,
}


class PressLane:
    """Does what is pressed in threads of its own, where no visitor is ever waited for."""

    def __init__(self, crew: Crew, pool: Pool) -> None:
        self._crew = crew
        self._pool = pool

    async def __call__(self, visit: Visit, receive: Receive, send: Send) -> None:
        scope = visit.scope
        if scope["method"] != "POST":
            sentence = gettext_noop("A press is sent by POST.")
            await send_problem(scope, send, 405, sentence, [(b"allow", b"POST")])
            return
        session = session_of(visit.cookie)
        if not is_from_here(scope):
            await send_problem(scope, send, 403, ELSEWHERE)
            return
        try:
            body = await take_small(scope, receive, limit=LARGEST_PRESS)
            if not await self._crew.admits(session):
                await send_problem(scope, send, 403, refuse.NotCrew.sentence)
                return
            show = scope["path"].split("/")[3]
            status, said = await self._pool.run(lambda: over(lambda: _done(session, show, body)))
        except refuse.NotCrew as refusal:
            self._crew.forget(session)
            await send_problem(scope, send, 403, refusal.sentence)
            return
        except BodyError as error:
            if error.status:
                headers = [(b"connection", b"close")]
                await send_problem(scope, send, error.status, BODY_SENTENCES[error.status], headers)
            return
        except PoolFull:
            await send_problem(scope, send, 503, BUSY, [(b"retry-after", b"1")])
            return
        kind = b"application/json" if status == 200 else b"application/problem+json"
        headers = [(b"content-type", kind), (b"cache-control", b"no-store"), *GUARDS]
        await send_whole(scope, send, status, headers, json.dumps(said, ensure_ascii=False).encode())


def _done(session: str, show: str, body: bytes) -> tuple[int, dict[str, Any]]:
    """The status and what is answered, in the language of whoever pressed. Raises NotCrew."""
    person = people.person_of_session(session)
    if person is None:
        raise refuse.NotCrew
    with translation.override(person.language):
        try:
            return 200, {"n": _press(person, show, _read(body))}
        except Refusal as refusal:
            status = _STATUS.get(type(refusal), 409)
            return status, {"title": str(refusal), "status": status}


def _press(person: Any, show: str, told: dict[str, Any]) -> int:
    pressed = told["press"]
    turns = pressed in [{"do": do} for do in stage.WHEEL]
    try:
        press = None if turns else read_press(pressed)
    except SteeringError:
        raise refuse.NotAPress from None
    with transaction.atomic():
        stage.await_turn(show)
        sent: dict[str, Any] = {
            "show": show,
            "person": person,
            "key": told["key"],
            "number": told["number"],
            "at_ms": told["at"],
            "now_ms": int(time.time() * 1000),
        }
        if press is None:
            return stage.turn_wheel(do=pressed["do"], **sent).number
        return stage.press(press=press, **sent).number


def _read(body: bytes) -> dict[str, Any]:
    """`{"key": …, "number": …, "at": …, "press": {…}}`, of the right kinds. Raises NotAPress."""
    try:
        told = json.loads(body)
    except (ValueError, RecursionError):
        raise refuse.NotAPress from None
    kinds = {"key": str, "number": int, "at": (int, float), "press": dict}
    if not isinstance(told, dict) or told.keys() != kinds.keys():
        raise refuse.NotAPress
    for name, kind in kinds.items():
        if not isinstance(told[name], kind) or isinstance(told[name], bool):  # type: ignore[arg-type]
            raise refuse.NotAPress
    if not math.isfinite(told["at"]):
        raise refuse.NotAPress
    return told

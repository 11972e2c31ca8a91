"""The word that travels from whoever changed the hall to all who follow it, in this process and in others."""

from __future__ import annotations

import base64
import json
from collections.abc import Callable
from functools import partial
from typing import NamedTuple

from django.db import connection, transaction

CHANNEL = "aqyn_stage"
"""PostgreSQL's NOTIFY channel; the payload is what `payload_of` makes."""


class Channel(NamedTuple):
    """Who is told: the hall of a show, or with `rehearsal`, its key, those who may see that rehearsal."""

    show: str
    rehearsal: str = ""


Listener = Callable[[Channel, bytes], None]
_listeners: list[Listener] = []


def tell(channel: tuple[str, str], message: bytes = b"") -> None:
    """Tell everyone on `channel` once the transaction around this call is committed.

    Call it inside that transaction, so that the change and the word of it become true together. `message`:
    the new position as `core.live.write_message` writes it. Empty: something else has changed (the wheel, the
    lead, whether the hall is open at all), and whoever wants to know asks the row.
    """
    to = Channel(*channel)
    with transaction.atomic():
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_notify(%s, %s)", [CHANNEL, payload_of(to, message)])
        for listener in _listeners:
            transaction.on_commit(partial(listener, to, message))


def on_told(listener: Listener) -> Callable[[], None]:
    """Have `listener(channel, message)` called in this process right after each change is committed.

    It is called in the thread that made the change. Gives the function that ends it.
    """
    _listeners.append(listener)
    return lambda: _listeners.remove(listener)


def payload_of(channel: Channel, message: bytes) -> str:
    """What is told, as one line of ASCII."""
    return json.dumps([*channel, base64.b64encode(message).decode("ascii")], separators=(",", ":"))


def read_payload(payload: str) -> tuple[Channel, bytes]:
    """What `payload_of` wrote. Raises ValueError where it is nothing of that kind."""
    try:
        show, rehearsal, message = json.loads(payload)
        return Channel(show, rehearsal), base64.b64decode(message)
    except (TypeError, ValueError) as error:
        raise ValueError("this is no word of the stage") from error

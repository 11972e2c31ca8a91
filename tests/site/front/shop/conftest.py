"""A sale that is on, and buyers who ask for its places over the lane."""

import json
from datetime import UTC, datetime, timedelta
from urllib.parse import urlencode

import pytest
from tests.tickets.conftest import artist, make_sale, make_show, make_type, way  # noqa: F401

HOLDS = "/api/v1/shows/evening/holds"


@pytest.fixture
def sale(transactional_db, make_sale):  # noqa: F811
    """Of the show "evening": ten places online."""
    return make_sale(places=10)


@pytest.fixture
def free(sale, make_type):  # noqa: F811
    """A type that costs nothing, four for each buyer."""
    return make_type(sale, limit=4)


def sent_as_json(told, headers=None):
    body = told if isinstance(told, bytes) else json.dumps(told).encode()
    said = {"content-type": "application/json", "content-length": str(len(body)), **(headers or {})}
    return {"headers": said, "body": body, "method": "POST"}


def sent_as_form(told, headers=None):
    kind = {"content-type": "application/x-www-form-urlencoded"}
    return sent_as_json(urlencode(told).encode(), kind | (headers or {}))


async def hold(ask, type_, quantity=1, *, email="aru@example.kz", key="", path=HOLDS, **told):
    """The answer to a wish in JSON; `.told` is its body read."""
    wish = {"items": [{"ticket_type": type_, "quantity": quantity}], "email": email, **told}
    answer = await ask(path, **sent_as_json(wish, {"idempotency-key": key} if key else {}))
    answer.told = json.loads(answer.body)
    return answer


async def order(ask, held, **told):
    """The answer to the order of what is held."""
    wish = {"secret": held["secret"], "name": "Ару", "language": "kk", "payment": "free", **told}
    answer = await ask(f"/api/v1/holds/{held['id']}/order", **sent_as_json(wish))
    answer.told = json.loads(answer.body)
    return answer


def soon(minutes):
    return datetime.now(UTC) + timedelta(minutes=minutes)

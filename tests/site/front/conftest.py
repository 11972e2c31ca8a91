"""A front in this process with pages of the test's own, asked as an ASGI server asks it."""

import asyncio
import threading
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from django.db import connections
from django.http import HttpResponse
from django.urls import clear_url_caches, path

from aqyn.site import config
from aqyn.site.asgi import open_front
from aqyn.ui.pages import public_page


@dataclass
class Answer:
    status: int = 0
    headers: dict = field(default_factory=dict)
    pairs: list = field(default_factory=list)
    body: bytes = b""


class Visitor:
    """Asks a front; every call is a request of its own."""

    def __init__(self, house):
        self.house = house

    async def __call__(
        self, path, headers=(), *, method="GET", query=b"", body=b"", client="127.0.0.1", **scope
    ):
        sent = {"host": "127.0.0.1", **dict(headers)}
        waiting = asyncio.Queue()
        waiting.put_nowait({"type": "http.request", "body": body, "more_body": False})
        answer = Answer()

        async def send(message):
            if message["type"] == "http.response.start":
                answer.status = message["status"]
                answer.pairs = [(n.decode(), v.decode("latin-1")) for n, v in message["headers"]]
                answer.headers = dict(answer.pairs)
            elif message["type"] == "http.response.body":
                answer.body += message.get("body", b"")
            else:
                answer.body += Path(message["path"]).read_bytes()

        asked = {
            "type": "http",
            "asgi": {"version": "3.0", "spec_version": "2.3"},
            "http_version": "1.1",
            "method": method,
            "scheme": "http",
            "path": path,
            "query_string": query,
            "root_path": "",
            "headers": [(n.encode(), v.encode("latin-1")) for n, v in sent.items() if v is not None],
            "client": (client, "4711"),
            "server": ("127.0.0.1", "8000"),
            **scope,
        }
        await self.house.app(asked, waiting.get, send)
        return answer


@pytest.fixture
def play(transactional_db, settings):
    """`play(scenario, urlpatterns, **config)`: runs `await scenario(ask)` against a fresh front."""

    def run(scenario, urlpatterns, **changed):
        settings.ROOT_URLCONF = tuple(urlpatterns)
        clear_url_caches()
        if changed.get("public_url"):
            settings.ALLOWED_HOSTS = ["madina.example", "127.0.0.1"]

        async def main():
            house = open_front(config.load(environ={}, data=config.current().data, **changed))
            await _known(house)
            try:
                return await scenario(Visitor(house))
            finally:
                await house.close()

        try:
            return asyncio.run(main())
        finally:
            clear_url_caches()

    return run


async def _known(house):
    """Until the front knows the pages' generation: on PostgreSQL that takes a connection."""
    for _attempt in range(200):
        if house.generation.current() is not None:
            return
        await asyncio.sleep(0.02)
    raise AssertionError("the front never learned the generation")


class Counted:
    """A view that says how often it was called, and what it was told."""

    def __init__(self, make=None, query=()):
        self.calls = 0
        self.lock = threading.Lock()

        @public_page(query=query)
        def view(request, **kwargs):
            with self.lock:
                self.calls += 1
                call = self.calls
            return make(request, call) if make else HttpResponse(f"call {call} of {request.get_full_path()}")

        self.view = view


@pytest.fixture
def elsewhere():
    """`await elsewhere(deed)`: does it in a thread of its own, as a view or the worker would."""

    async def do(deed):
        def done():
            try:
                return deed()
            finally:
                connections.close_all()

        return await asyncio.to_thread(done)

    return do


@pytest.fixture
def counted_view():
    return Counted


@pytest.fixture
def both(play):
    """`both(make, first, second)`: two answers from one page, and how often its view was called."""

    def ask_twice(make, first=None, second=None, *, query=(), at="/kk/page/", **config):
        counted = Counted(make, query)

        async def scenario(ask):
            return await ask(at, **(first or {})), await ask(at, **(second or {}))

        one, two = play(scenario, [path(at.lstrip("/"), counted.view)], **config)
        return one, two, counted.calls

    return ask_twice

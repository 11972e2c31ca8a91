"""An evening whose hall is open, and phones and consoles that follow it through a front of the test's own."""

import asyncio
import json
import time
from datetime import UTC, datetime

import pytest
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore

from aqyn.core.live import read_message
from aqyn.people.models import Artist, Person
from aqyn.shows.models import Announcement, Show
from aqyn.stage import services
from aqyn.stage.models import Entry, Performance

NOW = datetime(2026, 11, 23, 20, 0, tzinfo=UTC)
KEY = "k" * 43
FIRST = 10**10
"""Above the seconds of any clock: so each press counts one."""
HERE = {"origin": "http://127.0.0.1"}


class Follower:
    """One browser's EventSource. What it is told is in `.events`, its end in `.ended`."""

    def __init__(self, house, path, query=b"", cookie="", method="GET", taking=True):
        self.status, self.headers, self.events, self.ended = None, {}, [], False
        self._taking = asyncio.Event()
        if taking:
            self._taking.set()
        self._more = asyncio.Event()
        self._gone = asyncio.Event()
        headers = [(b"host", b"127.0.0.1"), (b"accept-language", b"en")]
        headers += [(b"cookie", cookie.encode())] if cookie else []
        scope = {"type": "http", "asgi": {}, "http_version": "1.1", "method": method, "scheme": "http"}
        scope |= {"path": path, "query_string": query, "root_path": "", "headers": headers}
        scope |= {"client": ("127.0.0.1", "1"), "server": ("127.0.0.1", "8000")}
        self.scope = scope
        self.task = asyncio.create_task(house.app(scope, self._receive, self._send))

    async def _receive(self):
        await self._gone.wait()
        return {"type": "http.disconnect"}

    async def _send(self, message):
        if message["type"] == "http.response.start":
            self.status, self.headers = message["status"], dict(message["headers"])
        else:
            await self._taking.wait()
            self.events += [event for event in message["body"].decode().split("\n\n") if event]
            self.ended = not message.get("more_body")
        self._more.set()
        if self.ended:
            self._gone.set()

    @property
    def positions(self):
        return [read_message(event.encode()) for event in self.events if event.startswith("data: ")]

    @property
    def desks(self):
        return [
            json.loads(event.split("data: ")[1]) for event in self.events if event.startswith("event: desk")
        ]

    async def until(self, seen):
        """Until `seen(self)` is true; a test that waits in vain fails."""
        async with asyncio.timeout(20):
            while not seen(self):
                self._more.clear()
                await self._more.wait()
        return self

    async def answered(self):
        """Until the whole answer is there."""
        # Not by wait_for, which cancels: a stream that is cancelled ends as if it had been answered.
        done, _waiting = await asyncio.wait({self.task}, timeout=20)
        assert done, "the answer never ended"
        return self

    def take(self):
        self._taking.set()

    async def leave(self):
        self._gone.set()
        await self.answered()


@pytest.fixture
def follow():
    return Follower


@pytest.fixture
def show(transactional_db):
    artist, _made = Artist.objects.get_or_create(slug="madina", defaults={"name": {"en": "Madina"}})
    show = Show.objects.create(
        artist=artist,
        slug="astana",
        title={"en": "A spring evening"},
        city={"en": "Astana"},
        time_zone="Asia/Almaty",
        starts_at=NOW,
        created_at=NOW,
        changed_at=NOW,
    )
    Announcement.objects.create(show=show, at=NOW)
    return show


@pytest.fixture
def talk(show):
    """The one thing on its setlist."""
    return services.add_entry(show="astana", title={"en": "About the sea"}, now=NOW)


@pytest.fixture
def hall(show, talk):
    """It is open; its position has the number FIRST."""
    opened = services.open_hall(show="astana", rehearsal=False, now=NOW)
    opened.number = FIRST
    opened.save(update_fields=["number"])
    return opened


@pytest.fixture
def person(transactional_db):
    return Person.objects.create(
        email="crew@madina.example", name="Aru", role="crew", joined_at=NOW, language="en"
    )


@pytest.fixture
def session(person):
    """The key of a session of theirs."""
    store = SessionStore()
    store[SESSION_KEY] = str(person.pk)
    store[BACKEND_SESSION_KEY] = "django.contrib.auth.backends.ModelBackend"
    store[HASH_SESSION_KEY] = person.get_session_auth_hash()
    store.create()
    return store.session_key


@pytest.fixture
def wheel(hall, person):
    """The console KEY holds the wheel."""
    Performance.objects.update(wheel_person=person, wheel_key=KEY, wheel_press=0, wheel_at=datetime.now(UTC))


@pytest.fixture
def pressing(session, show):
    """`await pressing(ask, 1, do="clear")`: one press of the console KEY; `told` changes what is sent."""

    async def press(ask, number, *, told=None, headers=None, slug="astana", **pressed):
        sent = {"key": KEY, "number": number, "at": round(time.time() * 1000), "press": pressed}
        body = json.dumps(sent | (told or {})).encode()
        said = {"content-length": str(len(body)), "cookie": f"aqyn={session}", **HERE}
        answer = await ask(f"/studio/stage/{slug}/press", said | (headers or {}), method="POST", body=body)
        answer.told = json.loads(answer.body)
        return answer

    return press


@pytest.fixture
def entry(talk):
    return Entry.objects.get(pk=talk.pk)

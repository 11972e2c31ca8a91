"""Live progress: told at once, to crew of everything, to others of public songs alone."""

import asyncio
import json
from datetime import UTC, datetime

import pytest
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore

from aqyn.people.models import Artist, Person
from aqyn.songs.models import Preparation, Publication, Song

NOW = datetime(2026, 11, 23, 20, 0, tzinfo=UTC)


def song(slug, *, public):
    artist, _made = Artist.objects.get_or_create(slug="madina", defaults={"name": {"en": "Madina"}})
    made = Song.objects.create(artist=artist, slug=slug, title={"en": slug}, created_at=NOW)
    if public:
        Publication.objects.create(song=made, reach="public", key=f"key-{slug}", at=NOW)
    return Preparation.objects.create(song=made, asked_at=NOW)


def session_of_crew():
    person = Person.objects.create(email="crew@madina.example", name="Crew", role="crew", joined_at=NOW)
    store = SessionStore()
    store[SESSION_KEY] = str(person.pk)
    store[BACKEND_SESSION_KEY] = "django.contrib.auth.backends.ModelBackend"
    store[HASH_SESSION_KEY] = person.get_session_auth_hash()
    store.create()
    return store.session_key


class Listener:
    """A browser's EventSource: what it is told comes into `told`."""

    def __init__(self, house, query=b"", cookie=""):
        self.told = asyncio.Queue()
        self.status = None
        self.ended = False
        self.leave = asyncio.Event()
        headers = [(b"host", b"127.0.0.1"), (b"accept-language", b"en")]
        headers += [(b"cookie", cookie.encode())] if cookie else []
        scope = {"type": "http", "asgi": {}, "http_version": "1.1", "method": "GET", "scheme": "http"}
        scope |= {"path": "/events/progress", "query_string": query, "root_path": "", "headers": headers}
        scope |= {"client": ("127.0.0.1", "1"), "server": ("127.0.0.1", "8000")}
        self.task = asyncio.create_task(house.app(scope, self._receive, self._send))

    async def _receive(self):
        await self.leave.wait()
        return {"type": "http.disconnect"}

    async def _send(self, message):
        if message["type"] == "http.response.start":
            self.status, self.headers = message["status"], dict(message["headers"])
            return
        self.ended = not message.get("more_body")
        for event in message["body"].decode().split("\n\n"):
            if event.startswith("data: "):
                self.told.put_nowait(json.loads(event.removeprefix("data: "))["jobs"])

    async def next(self):
        return await asyncio.wait_for(self.told.get(), 10)


def test_a_listener_is_told_at_once_and_at_each_change(play, elsewhere):
    row = song("shown", public=True)

    async def scenario(ask):
        listener = Listener(ask.house)
        first = await listener.next()
        await elsewhere(lambda: Preparation.objects.filter(pk=row.pk).update(percent=40))
        second = await listener.next()
        listener.leave.set()
        await listener.task
        return listener, first, second

    listener, first, second = play(scenario, [])
    assert listener.headers[b"content-type"] == b"text/event-stream; charset=utf-8"
    assert listener.headers[b"x-accel-buffering"] == b"no"
    assert [(job["id"], job["percent"]) for job in first] == [(row.pk, 0)]
    assert [(job["id"], job["percent"]) for job in second] == [(row.pk, 40)]


def test_a_stranger_hears_of_public_songs_alone(play):
    song("shown", public=True)
    song("draft", public=False)
    cookie = f"aqyn={session_of_crew()}"

    async def scenario(ask):
        heard = []
        for said in ("", cookie, "aqyn=forged"):
            listener = Listener(ask.house, cookie=said)
            heard.append([job["song"] for job in await listener.next()])
            listener.leave.set()
            await listener.task
        return heard

    assert play(scenario, []) == [["shown"], ["shown", "draft"], ["shown"]]


@pytest.mark.parametrize(("query", "language"), [(b"language=ru", "ru"), (b"language=xx", "en"), (b"", "en")])
def test_the_words_are_in_the_language_of_the_page(play, query, language):
    from django.utils.translation import gettext, override

    song("shown", public=True)
    with override(language):
        step = gettext("Waiting its turn")

    async def scenario(ask):
        listener = Listener(ask.house, query=query)
        jobs = await listener.next()
        listener.leave.set()
        await listener.task
        return jobs[0]["step"]

    assert play(scenario, []) == step


def test_closing_ends_every_stream(play):
    async def scenario(ask):
        listeners = [Listener(ask.house) for _number in range(3)]
        for listener in listeners:
            await listener.next()
        await ask.house.progress.close(within=5)
        return [(listener.ended, listener.task.done()) for listener in listeners]

    assert play(scenario, []) == [(True, True)] * 3


def test_nobody_listening_means_nobody_looking(play):
    async def scenario(ask):
        listener = Listener(ask.house)
        await listener.next()
        listener.leave.set()
        await listener.task
        for _tick in range(40):
            if ask.house.progress._hub.done():
                break
            await asyncio.sleep(0.05)
        return ask.house.progress._hub.done()

    assert play(scenario, []) is True

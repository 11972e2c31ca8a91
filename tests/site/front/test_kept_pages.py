"""When what is kept is still true, how it is handed out, and how much of it there is."""

import asyncio
import subprocess
import sys
import threading

from django.db import connection
from django.http import HttpResponse
from django.urls import path

from aqyn.ui.files import FileAnswer
from aqyn.ui.pages import page_generation, pages_changed


def test_a_visitor_who_has_the_page_is_told_so(play, elsewhere, counted_view):
    counted = counted_view()

    async def scenario(ask):
        first = await ask("/kk/page/")
        etag = first.headers["etag"]
        same = await ask("/kk/page/", {"if-none-match": f'"other", {etag}'})
        await elsewhere(pages_changed)
        return first, same, await ask("/kk/page/", {"if-none-match": etag})

    first, same, other = play(scenario, [path("kk/page/", counted.view)])
    assert (first.status, same.status, same.body, other.status) == (200, 304, b"", 200)
    assert other.body == b"call 2 of /kk/page/"


def test_gzip_is_for_those_who_take_it(both):
    def long(request, call):
        return HttpResponse("әнші " * 500)

    one, two, calls = both(
        long, {"headers": {"accept-encoding": "br, gzip"}}, {"headers": {"accept-encoding": "gzip;q=0"}}
    )
    assert calls == 1
    assert (one.headers["content-encoding"], one.headers["vary"]) == ("gzip", "Accept-Encoding")
    assert len(one.body) < len(two.body) == 4500
    assert "content-encoding" not in two.headers


def test_a_change_is_seen_on_the_next_request(play, elsewhere, counted_view):
    counted = counted_view()

    async def scenario(ask):
        told = [(await ask("/kk/page/")).body]
        await elsewhere(pages_changed)
        return [*told, (await ask("/kk/page/")).body, (await ask("/kk/page/")).body]

    told = play(scenario, [path("kk/page/", counted.view)])
    assert told == [b"call 1 of /kk/page/", b"call 2 of /kk/page/", b"call 2 of /kk/page/"]


def test_a_change_during_a_rendering_is_never_kept_stale(play, elsewhere, counted_view):
    rendering, changed = threading.Event(), threading.Event()

    def slow(request, call):
        seen = page_generation()
        if call == 1:
            rendering.set()
            changed.wait(10)
        return HttpResponse(f"{seen}")

    counted = counted_view(slow)

    async def scenario(ask):
        first = asyncio.create_task(ask("/kk/page/"))
        await asyncio.to_thread(rendering.wait, 10)
        await elsewhere(pages_changed)
        # Asked after the change: must not be given the page that was begun before it.
        second = asyncio.create_task(ask("/kk/page/"))
        answered = await second
        changed.set()
        return (await first).body, answered.body, (await ask("/kk/page/")).body

    assert play(scenario, [path("kk/page/", counted.view)]) == (b"0", b"1", b"1")
    assert counted.calls == 2


def change_elsewhere():
    """Says in another process, on the same database, that the pages have changed."""
    name = connection.settings_dict["NAME"]
    subprocess.run([sys.executable, "-c", CHANGE, str(name)], check=True)


CHANGE = """
import sys
import django
from django.conf import settings
settings.DATABASES["default"]["NAME"] = sys.argv[1]
django.setup()
from aqyn.ui.pages import pages_changed
pages_changed()
"""


def test_a_change_in_another_process_is_seen(play, counted_view):
    counted = counted_view()

    async def scenario(ask):
        first = (await ask("/kk/page/")).body
        await asyncio.to_thread(change_elsewhere)
        for _attempt in range(100):
            # SQLite is asked each time; PostgreSQL's word is on its way for a moment.
            second = (await ask("/kk/page/")).body
            if second != first or connection.vendor == "sqlite":
                break
            await asyncio.sleep(0.02)
        return first, second

    assert play(scenario, [path("kk/page/", counted.view)]) == (
        b"call 1 of /kk/page/",
        b"call 2 of /kk/page/",
    )


def test_a_change_in_another_process_during_a_rendering_is_never_kept_stale(play, counted_view):
    def changed_meanwhile(request, call):
        seen = page_generation()
        if call == 1:
            change_elsewhere()
        return HttpResponse(f"{seen}")

    counted = counted_view(changed_meanwhile)

    async def scenario(ask):
        return [(await ask("/kk/page/")).body for _visit in range(3)]

    assert play(scenario, [path("kk/page/", counted.view)]) == [b"0", b"1", b"1"]
    assert counted.calls == 2


def test_a_hundred_who_ask_at_once_cost_one_rendering(play, counted_view):
    started = threading.Event()

    def slow(request, call):
        started.wait(0.2)
        return HttpResponse(f"call {call}")

    counted = counted_view(slow)

    async def scenario(ask):
        asked = [ask("/kk/page/") for _visitor in range(100)]
        quick = asyncio.create_task(ask("/kk/quick/"))
        answers = await asyncio.gather(*asked)
        return {answer.body for answer in answers}, (await quick).body

    patterns = [path("kk/page/", counted.view), path("kk/quick/", lambda request: HttpResponse("quick"))]
    assert play(scenario, patterns) == ({b"call 1"}, b"quick")
    assert counted.calls == 1


def test_the_first_asker_may_leave_and_the_others_are_still_served(play, counted_view):
    started, go_on = threading.Event(), threading.Event()

    def slow(request, call):
        started.set()
        go_on.wait(10)
        return HttpResponse(f"call {call}")

    counted = counted_view(slow)

    async def scenario(ask):
        first = asyncio.create_task(ask("/kk/page/"))
        await asyncio.to_thread(started.wait, 10)
        second = asyncio.create_task(ask("/kk/page/"))
        await asyncio.sleep(0.05)
        first.cancel()
        go_on.set()
        return (await second).body

    assert play(scenario, [path("kk/page/", counted.view)]) == b"call 1"
    assert counted.calls == 1


def test_what_is_kept_stays_within_its_bytes(play, counted_view):
    counted = counted_view(lambda request, call: HttpResponse("x" * 100_000), query=("n",))

    async def scenario(ask):
        for number in range(30):
            await ask("/kk/page/", query=f"n={number}".encode())
        newest = await ask("/kk/page/", query=b"n=29")
        return ask.house.kept.bytes, len(ask.house.kept), newest.status

    held, pages, status = play(scenario, [path("kk/page/", counted.view)], page_cache_mib=1)
    assert held <= 1 << 20
    assert (pages, status, counted.calls) == (10, 200, 30)


def test_a_kept_file_is_sent_in_parts_to_each_as_asked(play, counted_view, tmp_path):
    sound = tmp_path / "sound.opus"
    sound.write_bytes(bytes(range(200)))
    counted = counted_view(lambda request, call: FileAnswer(sound, "audio/ogg", immutable=True))

    async def scenario(ask):
        part = await ask("/media/a.opus", {"range": "bytes=10-19"})
        whole = await ask("/media/a.opus")
        return part, whole, await ask("/media/a.opus", {"range": "bytes=500-"})

    part, whole, beyond = play(scenario, [path("media/a.opus", counted.view)])
    assert (part.status, part.body, part.headers["content-range"]) == (
        206,
        bytes(range(10, 20)),
        "bytes 10-19/200",
    )
    assert (whole.status, whole.body) == (200, bytes(range(200)))
    assert whole.headers["cache-control"] == "public, max-age=31536000, immutable"
    assert (beyond.status, counted.calls) == (416, 1)

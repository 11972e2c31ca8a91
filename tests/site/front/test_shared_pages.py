"""Every way we know to make the page cache hand one visitor's page to another."""

import asyncio
import subprocess
import sys
import threading

import pytest
from asgiref.sync import sync_to_async
from django.contrib import messages
from django.db import connection
from django.http import HttpResponse, HttpResponseRedirect, StreamingHttpResponse
from django.middleware.csrf import get_token
from django.urls import path
from django.utils.cache import patch_vary_headers
from django.utils.translation import get_language

from aqyn.ui.files import FileAnswer
from aqyn.ui.pages import page_generation, pages_changed, public_page


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


def both(play, make, first=None, second=None, *, query=(), at="/kk/page/", **config):
    """The answers to two requests to one page, and how often its view was called."""
    counted = Counted(make, query)

    async def scenario(ask):
        one = await ask(at, **(first or {}))
        two = await ask(at, **(second or {}))
        return one, two

    one, two = play(scenario, [path(at.lstrip("/"), counted.view)], **config)
    return one, two, counted.calls


def test_a_public_page_is_rendered_once_for_two_visitors(play):
    one, two, calls = both(play, None)
    assert (one.status, one.body, calls) == (200, b"call 1 of /kk/page/", 1)
    assert (two.status, two.body) == (200, b"call 1 of /kk/page/")
    assert two.headers["cache-control"] == "no-cache"


def test_a_page_that_is_not_marked_is_rendered_each_time(play):
    calls = []

    def view(request):
        calls.append(1)
        return HttpResponse("mine")

    async def scenario(ask):
        return [await ask("/kk/mine/"), await ask("/kk/mine/")]

    answers = play(scenario, [path("kk/mine/", view)])
    assert len(calls) == 2
    assert answers[0].headers["cache-control"] == "private, no-cache"


@pytest.mark.parametrize(
    "cookie", ["aqyn=abc", "theme=dark; aqyn=abc", 'aqyn="abc"', "messages=x", "csrftoken=x", " aqyn = abc"]
)
def test_a_request_with_a_session_is_answered_by_its_view_and_leaves_nothing(play, cookie):
    one, two, calls = both(play, None, {"headers": {"cookie": cookie}})
    assert (one.body, two.body, calls) == (b"call 1 of /kk/page/", b"call 2 of /kk/page/", 2)


def test_two_cookie_headers_hide_no_session(play):
    counted = Counted()

    async def scenario(ask):
        await ask("/kk/page/")
        headers = [(b"host", b"127.0.0.1"), (b"cookie", b"aqyn=abc"), (b"cookie", b"theme=dark")]
        sent = []

        async def send(message):
            sent.append(message)

        async def receive():
            return {"type": "http.request", "body": b"", "more_body": False}

        scope = {"type": "http", "asgi": {}, "http_version": "1.1", "method": "GET", "scheme": "http"}
        scope |= {"path": "/kk/page/", "query_string": b"", "root_path": "", "headers": headers}
        scope |= {"client": ("127.0.0.1", "1"), "server": ("127.0.0.1", "8000")}
        await ask.house.app(scope, receive, send)
        return sent[1]["body"]

    assert play(scenario, [path("kk/page/", counted.view)]) == b"call 2 of /kk/page/"


def test_authorization_is_answered_by_the_view(play):
    _one, two, calls = both(play, None, None, {"headers": {"authorization": "Bearer x"}})
    assert (two.body, calls) == (b"call 2 of /kk/page/", 2)


def set_cookie(request, call):
    response = HttpResponse(f"yours {call}")
    response.set_cookie("taste", str(call))
    return response


def set_cookie_by_hand(request, call):
    return HttpResponse(f"yours {call}", headers={"Set-Cookie": f"taste={call}"})


def vary(request, call):
    response = HttpResponse(f"yours {call}")
    patch_vary_headers(response, ["Cookie"])
    return response


def vary_language(request, call):
    return HttpResponse(
        f"{request.headers.get('Accept-Language')} {call}", headers={"Vary": "Accept-Language"}
    )


def vary_all(request, call):
    return HttpResponse(f"yours {call}", headers={"Vary": "*"})


def touches_session(request, call):
    return HttpResponse(f"yours {call} {request.session.get('x')}")


def touches_user(request, call):
    return HttpResponse(f"yours {call} {request.user.is_authenticated}")


def leaves_message(request, call):
    messages.info(request, "hello")
    return HttpResponse(f"yours {call}")


def csrf(request, call):
    return HttpResponse(f"yours {call} {get_token(request)}")


def nonce(request, call):
    return HttpResponse(f"yours {call} {request.csp_nonce}")


def nonce_in_text(request, call):
    return HttpResponse(f'<p nonce="{call}">yours {call}</p>')


def private(request, call):
    return HttpResponse(f"yours {call}", headers={"Cache-Control": "private"})


def no_store(request, call):
    return HttpResponse(f"yours {call}", headers={"Cache-Control": "no-store"})


def not_found(request, call):
    return HttpResponse(f"yours {call}", status=404)


def sent_on(request, call):
    return HttpResponseRedirect(f"/kk/{call}/")


def streamed(request, call):
    return StreamingHttpResponse(iter([b"yours ", str(call).encode()]))


@pytest.mark.parametrize(
    "make",
    [
        set_cookie,
        set_cookie_by_hand,
        vary,
        vary_language,
        vary_all,
        touches_session,
        touches_user,
        leaves_message,
        csrf,
        nonce,
        nonce_in_text,
        private,
        no_store,
        not_found,
        sent_on,
        streamed,
    ],
    ids=lambda make: make.__name__,
)
def test_an_answer_for_one_visitor_is_never_handed_to_the_next(play, make):
    one, two, _calls = both(play, make)
    assert (one.body, one.headers.get("set-cookie"), one.headers.get("location")) != (
        two.body,
        two.headers.get("set-cookie"),
        two.headers.get("location"),
    )


@pytest.mark.parametrize(
    "header",
    [
        "cookie",
        "accept-language",
        "user-agent",
        "referer",
        "x-forwarded-host",
        "x-forwarded-for",
        "x-forwarded-proto",
        "x-http-method-override",
        "x-original-url",
        "x-rewrite-url",
        "forwarded",
        "accept",
        "if-none-match",
        "range",
    ],
)
def test_no_header_of_the_first_visitor_reaches_a_page_that_is_kept(play, header):
    def echo(request, call):
        return HttpResponse(
            f"{sorted(request.headers.items())} {request.META['REMOTE_ADDR']} {request.scheme}"
        )

    first = {"headers": {header: "evil.example"}, "client": "203.0.113.9"}
    one, two, calls = both(play, echo, first)
    assert calls == 1
    assert two.status == 200
    assert b"evil" not in one.body + two.body
    assert b"203.0.113.9" not in one.body + two.body


def test_another_host_gets_a_page_of_its_own(play):
    def absolute(request, call):
        return HttpResponse(request.build_absolute_uri())

    one, two, calls = both(play, absolute, {"headers": {"host": "evil.example"}})
    assert (one.body, two.body, calls) == (b"http://evil.example/kk/page/", b"http://127.0.0.1/kk/page/", 2)


@pytest.mark.parametrize(
    "host", ["evil.example", "madina.example.evil.example", "madina.example,evil.example", "", None]
)
def test_a_house_with_a_name_answers_to_no_other(play, host):
    one, two, _calls = both(play, None, {"headers": {"host": host}}, public_url="https://madina.example")
    assert (one.status, two.status) == (400, 200)


def test_a_forwarded_host_is_not_believed_even_from_a_proxy(play):
    def absolute(request, call):
        return HttpResponse(request.build_absolute_uri())

    forged = {"host": "madina.example", "x-forwarded-host": "evil.example", "x-forwarded-proto": "https"}
    one, _two, _calls = both(
        play,
        absolute,
        {"headers": forged},
        public_url="https://madina.example",
        trusted_proxies=["127.0.0.1"],
    )
    assert one.body == b"https://madina.example/kk/page/"


def test_http_and_https_do_not_share_a_page(play):
    def absolute(request, call):
        return HttpResponse(request.build_absolute_uri())

    one, two, calls = both(
        play, absolute, {"headers": {"x-forwarded-proto": "https"}}, trusted_proxies=["127.0.0.1"]
    )
    assert (one.body, two.body, calls) == (b"https://127.0.0.1/kk/page/", b"http://127.0.0.1/kk/page/", 2)


@pytest.mark.parametrize(
    "query", [b"evil=1", b"under=ru&evil=1", b"under=ru&under=en", b"UNDER=ru", b"under", b"under=%ff"]
)
def test_a_query_that_is_not_allowed_is_answered_by_the_view(play, query):
    _one, _two, calls = both(play, None, {"query": query}, {"query": query}, query=("under",))
    assert calls == 2


def test_an_allowed_query_keeps_pages_apart(play):
    def told(request, call):
        return HttpResponse(request.GET["under"])

    counted = Counted(told, query=("under",))

    async def scenario(ask):
        queries = [b"under=ru", b"under=en", b"under=ru", b"under=%72u"]
        return [(await ask("/kk/page/", query=query)).body for query in queries]

    assert play(scenario, [path("kk/page/", counted.view)]) == [b"ru", b"en", b"ru", b"ru"]
    assert counted.calls == 2


def test_the_page_sees_only_the_allowed_query(play):
    counted = Counted(lambda request, call: HttpResponse(str(dict(request.GET))), query=("under", "size"))

    async def scenario(ask):
        first = await ask("/kk/page/", query=b"size=2&under=a%26evil%3D1")
        second = await ask("/kk/page/", query=b"under=a%26evil%3D1&size=2")
        return first.body, second.body

    first, second = play(scenario, [path("kk/page/", counted.view)])
    assert first == second == b"{'size': ['2'], 'under': ['a&evil=1']}"
    assert counted.calls == 1


@pytest.mark.parametrize(
    "at",
    ["//kk/page/", "/kk//page/", "/KK/page/", "/kk/./page/", "/kk/x/../page/", "/kk/page", "/kk/page/\x00"],
)
def test_a_crooked_path_never_reaches_the_straight_ones_page(play, at):
    counted = Counted()

    async def scenario(ask):
        await ask("/kk/page/")
        return await ask(at)

    answer = play(scenario, [path("kk/page/", counted.view)])
    assert answer.status in (301, 404)


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "OPTIONS", "PATCH"])
def test_only_get_and_head_are_answered_from_what_is_kept(play, method):
    said = {"headers": {"sec-fetch-site": "same-origin", "x-http-method-override": "GET"}, "method": method}
    _one, two, calls = both(play, None, None, said)
    assert (two.body, calls) == (b"call 2 of /kk/page/", 2)


def test_a_get_that_calls_itself_a_post_is_a_get(play):
    said = {"headers": {"x-http-method-override": "POST"}}
    _one, two, calls = both(play, lambda request, call: HttpResponse(request.method), said)
    assert (two.body, calls) == (b"GET", 1)


def test_head_gets_the_headers_of_the_same_page(play):
    _one, two, calls = both(play, None, None, {"method": "HEAD"})
    assert (two.status, two.body, two.headers["content-length"], calls) == (200, b"", "19", 1)


def test_the_root_negotiates_and_is_not_kept(play):
    def root(request):
        return HttpResponseRedirect(f"/{get_language()}/")

    async def scenario(ask):
        wanted = ["kk", "ru;q=0.9, kk;q=0.1", "kk-Arab", "kk-Latn-KZ", "de", "en-GB"]
        return [(await ask("/", {"accept-language": said})).headers["location"] for said in wanted]

    assert play(scenario, [path("", root)]) == ["/kk/", "/ru/", "/kk-arab/", "/kk-latn/", "/en/", "/en/"]


def test_a_visitor_who_has_the_page_is_told_so(play):
    counted = Counted()

    async def scenario(ask):
        first = await ask("/kk/page/")
        etag = first.headers["etag"]
        same = await ask("/kk/page/", {"if-none-match": f'"other", {etag}'})
        await sync_to_async(pages_changed)()
        return first, same, await ask("/kk/page/", {"if-none-match": etag})

    first, same, other = play(scenario, [path("kk/page/", counted.view)])
    assert (first.status, same.status, same.body, other.status) == (200, 304, b"", 200)
    assert other.body == b"call 2 of /kk/page/"


def test_gzip_is_for_those_who_take_it(play):
    def long(request, call):
        return HttpResponse("әнші " * 500)

    one, two, calls = both(
        play, long, {"headers": {"accept-encoding": "br, gzip"}}, {"headers": {"accept-encoding": "gzip;q=0"}}
    )
    assert calls == 1
    assert (one.headers["content-encoding"], one.headers["vary"]) == ("gzip", "Accept-Encoding")
    assert len(one.body) < len(two.body) == 4500
    assert "content-encoding" not in two.headers


def test_a_change_is_seen_on_the_next_request(play):
    counted = Counted()

    async def scenario(ask):
        told = [(await ask("/kk/page/")).body]
        await sync_to_async(pages_changed)()
        return [*told, (await ask("/kk/page/")).body, (await ask("/kk/page/")).body]

    told = play(scenario, [path("kk/page/", counted.view)])
    assert told == [b"call 1 of /kk/page/", b"call 2 of /kk/page/", b"call 2 of /kk/page/"]


def test_a_change_during_a_rendering_is_never_kept_stale(play):
    rendering, changed = threading.Event(), threading.Event()

    def slow(request, call):
        seen = page_generation()
        if call == 1:
            rendering.set()
            changed.wait(10)
        return HttpResponse(f"{seen}")

    counted = Counted(slow)

    async def scenario(ask):
        first = asyncio.create_task(ask("/kk/page/"))
        await asyncio.to_thread(rendering.wait, 10)
        await sync_to_async(pages_changed)()
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


def test_a_change_in_another_process_is_seen(play):
    counted = Counted()

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


def test_a_change_in_another_process_during_a_rendering_is_never_kept_stale(play):
    def changed_meanwhile(request, call):
        seen = page_generation()
        if call == 1:
            change_elsewhere()
        return HttpResponse(f"{seen}")

    counted = Counted(changed_meanwhile)

    async def scenario(ask):
        return [(await ask("/kk/page/")).body for _visit in range(3)]

    assert play(scenario, [path("kk/page/", counted.view)]) == [b"0", b"1", b"1"]
    assert counted.calls == 2


def test_a_hundred_who_ask_at_once_cost_one_rendering(play):
    started = threading.Event()

    def slow(request, call):
        started.wait(0.2)
        return HttpResponse(f"call {call}")

    counted = Counted(slow)

    async def scenario(ask):
        asked = [ask("/kk/page/") for _visitor in range(100)]
        quick = asyncio.create_task(ask("/kk/quick/"))
        answers = await asyncio.gather(*asked)
        return {answer.body for answer in answers}, (await quick).body

    patterns = [path("kk/page/", counted.view), path("kk/quick/", lambda request: HttpResponse("quick"))]
    assert play(scenario, patterns) == ({b"call 1"}, b"quick")
    assert counted.calls == 1


def test_the_first_asker_may_leave_and_the_others_are_still_served(play):
    started, go_on = threading.Event(), threading.Event()

    def slow(request, call):
        started.set()
        go_on.wait(10)
        return HttpResponse(f"call {call}")

    counted = Counted(slow)

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


def test_what_is_kept_stays_within_its_bytes(play):
    counted = Counted(lambda request, call: HttpResponse("x" * 100_000), query=("n",))

    async def scenario(ask):
        for number in range(30):
            await ask("/kk/page/", query=f"n={number}".encode())
        newest = await ask("/kk/page/", query=b"n=29")
        return ask.house.kept.bytes, len(ask.house.kept), newest.status

    held, pages, status = play(scenario, [path("kk/page/", counted.view)], page_cache_mib=1)
    assert held <= 1 << 20
    assert (pages, status, counted.calls) == (10, 200, 30)


def test_a_kept_file_is_sent_in_parts_to_each_as_asked(play, tmp_path):
    sound = tmp_path / "sound.opus"
    sound.write_bytes(bytes(range(200)))
    counted = Counted(lambda request, call: FileAnswer(sound, "audio/ogg", immutable=True))

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

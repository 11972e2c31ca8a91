"""What a page is kept under: nothing else of a request reaches it."""

import pytest
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import path
from django.utils.translation import get_language

from aqyn.ui.pages import public_page


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
def test_no_header_of_the_first_visitor_reaches_a_page_that_is_kept(both, header):
    def echo(request, call):
        return HttpResponse(
            f"{sorted(request.headers.items())} {request.META['REMOTE_ADDR']} {request.scheme}"
        )

    first = {"headers": {header: "evil.example"}, "client": "203.0.113.9"}
    one, two, calls = both(echo, first)
    assert calls == 1
    assert two.status == 200
    assert b"evil" not in one.body + two.body
    assert b"203.0.113.9" not in one.body + two.body


def test_another_host_gets_a_page_of_its_own(both):
    def absolute(request, call):
        return HttpResponse(request.build_absolute_uri())

    one, two, calls = both(absolute, {"headers": {"host": "evil.example"}})
    assert (one.body, two.body, calls) == (b"http://evil.example/kk/page/", b"http://127.0.0.1/kk/page/", 2)


@pytest.mark.parametrize(
    "host", ["evil.example", "madina.example.evil.example", "madina.example,evil.example", "", None]
)
def test_a_house_with_a_name_answers_to_no_other(both, host):
    one, two, _calls = both(None, {"headers": {"host": host}}, public_url="https://madina.example")
    assert (one.status, two.status) == (400, 200)


def test_a_forwarded_host_is_not_believed_even_from_a_proxy(both):
    def absolute(request, call):
        return HttpResponse(request.build_absolute_uri())

    forged = {"host": "madina.example", "x-forwarded-host": "evil.example", "x-forwarded-proto": "https"}
    one, _two, _calls = both(
        absolute,
        {"headers": forged},
        public_url="https://madina.example",
        trusted_proxies=["127.0.0.1"],
    )
    assert one.body == b"https://madina.example/kk/page/"


def test_http_and_https_do_not_share_a_page(both):
    def absolute(request, call):
        return HttpResponse(request.build_absolute_uri())

    one, two, calls = both(
        absolute, {"headers": {"x-forwarded-proto": "https"}}, trusted_proxies=["127.0.0.1"]
    )
    assert (one.body, two.body, calls) == (b"https://127.0.0.1/kk/page/", b"http://127.0.0.1/kk/page/", 2)


@pytest.mark.parametrize(
    "query", [b"evil=1", b"under=ru&evil=1", b"under=ru&under=en", b"UNDER=ru", b"under", b"under=%ff"]
)
def test_a_query_that_is_not_allowed_is_answered_by_the_view(both, query):
    _one, _two, calls = both(None, {"query": query}, {"query": query}, query=("under",))
    assert calls == 2


@pytest.mark.parametrize("query", [b"fbclid=abc", b"utm_source=x&utm_medium=y", b"igsh=a%3D%3D&under=ru"])
def test_what_other_sites_hang_onto_a_link_reaches_no_page(both, query):
    def told(request, call):
        return HttpResponse(f"{dict(request.GET)} {request.get_full_path()}")

    plain = b"under=ru" if b"under" in query else b""
    one, two, calls = both(told, {"query": query}, {"query": plain}, query=("under",))
    assert calls == 1
    assert one.body == two.body
    assert b"abc" not in one.body


def test_an_allowed_query_keeps_pages_apart(play, counted_view):
    def told(request, call):
        return HttpResponse(request.GET["under"])

    counted = counted_view(told, query=("under",))

    async def scenario(ask):
        queries = [b"under=ru", b"under=en", b"under=ru", b"under=%72u"]
        return [(await ask("/kk/page/", query=query)).body for query in queries]

    assert play(scenario, [path("kk/page/", counted.view)]) == [b"ru", b"en", b"ru", b"ru"]
    assert counted.calls == 2


def test_the_page_sees_only_the_allowed_query(play, counted_view):
    counted = counted_view(
        lambda request, call: HttpResponse(str(dict(request.GET))), query=("under", "size")
    )

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
def test_a_crooked_path_never_reaches_the_straight_ones_page(play, counted_view, at):
    counted = counted_view()

    async def scenario(ask):
        await ask("/kk/page/")
        return await ask(at)

    answer = play(scenario, [path("kk/page/", counted.view)])
    assert answer.status in (301, 404)


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "OPTIONS", "PATCH"])
def test_only_get_and_head_are_answered_from_what_is_kept(both, method):
    said = {"headers": {"sec-fetch-site": "same-origin", "x-http-method-override": "GET"}, "method": method}
    _one, two, calls = both(None, None, said)
    assert (two.body, calls) == (b"call 2 of /kk/page/", 2)


def test_a_get_that_calls_itself_a_post_is_a_get(both):
    said = {"headers": {"x-http-method-override": "POST"}}
    _one, two, calls = both(lambda request, call: HttpResponse(request.method), said)
    assert (two.body, calls) == (b"GET", 1)


def test_head_gets_the_headers_of_the_same_page(both):
    _one, two, calls = both(None, None, {"method": "HEAD"})
    assert (two.status, two.body, two.headers["content-length"], calls) == (200, b"", "19", 1)


def test_the_root_negotiates_and_is_not_kept(play):
    def root(request):
        return HttpResponseRedirect(f"/{get_language()}/")

    async def scenario(ask):
        wanted = ["kk", "ru;q=0.9, kk;q=0.1", "kk-Arab", "kk-Latn-KZ", "de", "en-GB"]
        return [(await ask("/", {"accept-language": said})).headers["location"] for said in wanted]

    assert play(scenario, [path("", root)]) == ["/kk/", "/ru/", "/kk-arab/", "/kk-latn/", "/en/", "/en/"]


def test_a_key_that_the_view_never_reads_keeps_no_page_apart(play):
    seen = []

    @public_page(query=("id",), unread=("u", "t"))
    def view(request):
        seen.append(dict(request.GET.items()))
        return HttpResponse("told")

    async def scenario(ask):
        for query in (b"id=1&u=a&t=secret", b"t=other&id=1&u=b", b"id=1", b"id=1&other=2"):
            assert (await ask("/kk/page/", query=query)).body == b"told"

    play(scenario, [path("kk/page/", view)])
    assert seen == [{"id": "1"}, {"id": "1", "other": "2"}]


def test_what_a_program_reads_is_kept_once_for_every_language(play, counted_view):
    counted = counted_view(lambda request, call: HttpResponse(f"call {call}"))

    async def scenario(ask):
        return [await ask("/data.txt", {"accept-language": said}) for said in ("kk", "ru")]

    one, two = play(scenario, [path("data.txt", counted.view)])
    assert (one.body, two.body) == (b"call 1", b"call 1")
    assert ("content-language" in one.headers, one.headers["vary"]) == (False, "Accept-Encoding")


def test_why_there_is_nothing_is_told_in_the_readers_language(play, counted_view):
    counted = counted_view(lambda request, call: HttpResponse(get_language(), status=404))

    async def scenario(ask):
        return [(await ask("/data.txt", {"accept-language": said})).body for said in ("kk", "ru")]

    assert play(scenario, [path("data.txt", counted.view)]) == [b"kk", b"ru"]

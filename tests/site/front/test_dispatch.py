"""What the front answers by itself, and what it hands to a view."""

import asyncio
import errno
import threading

import pytest
from django.http import HttpResponse, StreamingHttpResponse
from django.urls import path

from aqyn.ui.files import FileAnswer

HERE = {"sec-fetch-site": "same-origin", "content-type": "application/x-www-form-urlencoded"}


def echo(request):
    return HttpResponse(
        f"{request.method} {request.POST.dict()} {request.META['REMOTE_ADDR']} {request.scheme}"
    )


def ask_once(play, patterns, *args, **kwargs):
    config = kwargs.pop("config", {})

    async def scenario(ask):
        return await ask(*args, **kwargs)

    return play(scenario, patterns, **config)


def test_a_form_reaches_its_view(play):
    answer = ask_once(play, [path("form/", echo)], "/form/", HERE, method="POST", body=b"name=%D3%99n")
    assert answer.body.decode() == "POST {'name': 'әn'} 127.0.0.1 http"


def test_a_body_past_the_limit_is_refused_before_a_view_sees_it(play):
    seen = []

    def view(request):
        seen.append(1)
        return HttpResponse()

    headers = {**HERE, "content-length": str(2 << 20)}
    answer = ask_once(play, [path("form/", view)], "/form/", headers, method="POST", body=b"x")
    assert (answer.status, answer.body, seen) == (413, b"This is larger than the house takes.\n", [])


def test_a_body_that_lies_about_its_length_is_refused_too(play):
    answer = ask_once(play, [path("form/", echo)], "/form/", HERE, method="POST", body=b"x" * (2 << 20))
    assert answer.status == 413


def test_a_buyer_may_send_the_picture_of_a_receipt(play):
    def view(request):
        return HttpResponse(str(len(request.read())))

    patterns = [path("kk/orders/A/b/advice/", view)]
    for size, status in ((5 << 20, 200), ((6 << 20) + 1, 413)):
        headers = {**HERE, "content-type": "image/jpeg"}
        answer = ask_once(play, patterns, "/kk/orders/A/b/advice/", headers, method="POST", body=b"x" * size)
        assert answer.status == status


def test_a_body_that_finds_no_room_on_the_disk_is_told_so(play, monkeypatch):
    class Full:
        def write(self, _chunk):
            raise OSError(errno.ENOSPC, "no room")

        def close(self): ...

    monkeypatch.setattr("tempfile.SpooledTemporaryFile", lambda **_told: Full())
    answer = ask_once(play, [path("form/", echo)], "/form/", HERE, method="POST", body=b"x")
    assert (answer.status, answer.body) == (507, b"There is no room left on the disk of the house.\n")


def test_a_piece_of_a_recording_may_have_eight_mebibytes_and_no_byte_more(play):
    def view(request):
        return HttpResponse(str(len(request.read())))

    headers = {**HERE, "cookie": "aqyn=abc", "content-type": "application/offset+octet-stream"}
    patterns = [path("studio/x/", view)]
    for size, status in ((8 << 20, 200), ((8 << 20) + 1, 413)):
        answer = ask_once(play, patterns, "/studio/x/", headers, method="PATCH", body=b"x" * size)
        assert answer.status == status


def test_somebody_with_a_session_may_send_a_recording(play):
    def view(request):
        return HttpResponse(str(len(request.body)))

    headers = {**HERE, "cookie": "aqyn=abc", "content-type": "audio/wav"}
    answer = ask_once(
        play, [path("studio/x/", view)], "/studio/x/", headers, method="POST", body=b"x" * (2 << 20)
    )
    assert (answer.status, answer.body) == (200, str(2 << 20).encode())


def test_the_sentence_is_in_the_readers_language(play, settings):
    headers = {"host": "a,b", "accept-language": "ru"}
    answer = ask_once(play, [], "/kk/", headers)
    assert (answer.status, answer.headers["content-language"]) == (400, "kk")


@pytest.mark.parametrize("method", ["TRACE", "CONNECT", "BREW"])
def test_an_unknown_method_is_refused(play, method):
    assert ask_once(play, [path("form/", echo)], "/form/", HERE, method=method).status == 405


def test_a_view_that_fails_is_one_500_and_the_next_request_is_served(play, caplog):
    def broken(request):
        raise ValueError("broken")

    async def scenario(ask):
        return (await ask("/broken/")).status, (await ask("/form/")).status

    assert play(scenario, [path("broken/", broken), path("form/", echo)]) == (500, 200)
    assert "broken" in caplog.text


def test_a_stream_of_parts_arrives_whole(play):
    def view(request):
        return StreamingHttpResponse((b"part %d\n" % n for n in range(3)), content_type="text/csv")

    answer = ask_once(play, [path("list/", view)], "/list/")
    assert (answer.body, answer.headers["content-type"]) == (b"part 0\npart 1\npart 2\n", "text/csv")


def test_head_has_no_body(play):
    answer = ask_once(play, [path("form/", echo)], "/form/", method="HEAD")
    assert (answer.status, answer.body, int(answer.headers["content-length"]) > 0) == (200, b"", True)


def test_a_view_hands_a_file_over_with_its_cookies(play, tmp_path):
    file = tmp_path / "letter.txt"
    file.write_text("сәлем")

    def view(request):
        answer = FileAnswer(file, "text/plain; charset=utf-8", private=True, filename="хат.txt")
        answer.set_cookie("taste", "dark")
        return answer

    answer = ask_once(play, [path("letter/", view)], "/letter/", {"cookie": "aqyn=abc"})
    assert answer.body.decode() == "сәлем"
    assert answer.headers["cache-control"] == "private, no-cache"
    assert answer.headers["content-disposition"].startswith("attachment; filename*=utf-8''")
    assert ("set-cookie", "taste=dark; Path=/") in answer.pairs
    assert answer.headers["x-content-type-options"] == "nosniff"


def test_a_file_that_has_gone_is_a_404(play, tmp_path):
    answer = ask_once(play, [path("x/", lambda request: FileAnswer(tmp_path / "gone"))], "/x/")
    assert answer.status == 404


def test_if_range_with_an_old_etag_gets_the_whole_file(play, tmp_path):
    file = tmp_path / "sound"
    file.write_bytes(b"0123456789")

    async def scenario(ask):
        first = await ask("/x/", {"range": "bytes=2-3"})
        held = await ask("/x/", {"range": "bytes=2-3", "if-range": first.headers["etag"]})
        old = await ask("/x/", {"range": "bytes=2-3", "if-range": '"old"'})
        same = await ask("/x/", {"if-none-match": first.headers["etag"]})
        return held.body, old.body, same.status, first.headers["content-range"]

    told = play(scenario, [path("x/", lambda request: FileAnswer(file))])
    assert told == (b"23", b"0123456789", 304, "bytes 2-3/10")


@pytest.mark.parametrize(
    ("client", "forwarded", "seen"),
    [
        ("203.0.113.9", "198.51.100.1", "203.0.113.9"),
        ("127.0.0.1", "198.51.100.1", "198.51.100.1"),
        ("127.0.0.1", "6.6.6.6, 198.51.100.1", "198.51.100.1"),
        ("127.0.0.1", "6.6.6.6, 198.51.100.1, 10.0.0.2", "198.51.100.1"),
        ("::ffff:127.0.0.1", "2001:db8::1", "2001:db8::1"),
        ("127.0.0.1", "nonsense", "127.0.0.1"),
        ("127.0.0.1", "6.6.6.6, nonsense, 10.0.0.2", "10.0.0.2"),
    ],
)
def test_only_a_trusted_proxy_says_who_is_asking(play, client, forwarded, seen):
    config = {"trusted_proxies": ["127.0.0.1", "10.0.0.0/8"]}
    headers = {"x-forwarded-for": forwarded, "x-forwarded-proto": "https"}
    answer = ask_once(play, [path("form/", echo)], "/form/", headers, client=client, config=config)
    scheme = "http" if client == "203.0.113.9" else "https"
    assert answer.body.decode() == f"GET {{}} {seen} {scheme}"


@pytest.mark.parametrize("name", ["x-forwarded-host", "x-real-ip", "forwarded", "x-forwarded-for"])
def test_no_view_ever_sees_a_forwarded_header(play, name):
    def view(request):
        return HttpResponse(str(request.headers.get(name)))

    answer = ask_once(play, [path("x/", view)], "/x/", {name: "evil", "cookie": "aqyn=abc"})
    assert answer.body == b"None"


def test_a_visitor_who_leaves_the_queue_costs_no_thread(play):
    gate, calls = threading.Event(), []

    def slow(request):
        calls.append(request.path)
        gate.wait(10)
        return HttpResponse()

    async def scenario(ask):
        busy = [asyncio.create_task(ask(f"/slow/{n}/")) for n in range(4)]
        while len(calls) < 4:
            await asyncio.sleep(0.01)
        leaving = asyncio.Queue()
        leaving.put_nowait({"type": "http.request", "body": b"", "more_body": False})
        leaving.put_nowait({"type": "http.disconnect"})
        sent = []

        async def send(message):
            sent.append(message)

        scope = {"type": "http", "asgi": {}, "http_version": "1.1", "method": "GET", "scheme": "http"}
        scope |= {"path": "/slow/left/", "query_string": b"", "root_path": "", "client": ("127.0.0.1", "1")}
        scope |= {"headers": [(b"host", b"127.0.0.1")], "server": ("127.0.0.1", "8000")}
        await ask.house.app(scope, leaving.get, send)
        gate.set()
        await asyncio.gather(*busy)
        return sent

    assert play(scenario, [path("slow/<str:name>/", lambda request, name: slow(request))]) == []
    assert "/slow/left/" not in calls


def test_a_closing_house_says_when_to_come_back(play):
    async def scenario(ask):
        ask.house.app.closing = True
        return await ask("/form/")

    answer = play(scenario, [path("form/", echo)])
    assert (answer.status, answer.headers["retry-after"]) == (503, "5")

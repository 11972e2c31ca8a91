"""Behind Debian's nginx with a certificate made here, by the very text of docs/behind-a-proxy.md."""

import http.client
import re
from urllib.parse import urlencode, urljoin

import pytest
from tests.site.proxies import FORM, HTTPS_HOUSE, connect, needs_nginx, needs_openssl, nginx

pytestmark = [needs_nginx, needs_openssl]


@pytest.fixture(scope="module")
def house(open_house):
    return open_house(settings=HTTPS_HOUSE)


@pytest.fixture(scope="module")
def proxy(house, tmp_path_factory):
    with nginx(house, tmp_path_factory.mktemp("nginx")) as open_proxy:
        yield open_proxy


def test_http_is_sent_on_to_https(proxy):
    connection = http.client.HTTPConnection("127.0.0.1", proxy.plain_port)
    connection.request("GET", "/kk/songs/?x=1", headers={"Host": "madina.example"})
    response = connection.getresponse()
    assert (response.status, response.headers["Location"]) == (301, "https://madina.example/kk/songs/?x=1")
    connection.close()


def test_redirects_stay_on_https(proxy):
    for path in ("/", "/kk", "/studio/"):
        answer = proxy.get(path)
        assert answer.status in (301, 302)
        assert urljoin(f"https://madina.example{path}", answer.headers["Location"]).startswith(
            "https://madina.example/"
        )


def test_the_page_calls_itself_by_its_https_address(proxy):
    text = proxy.get("/kk/").content.decode()
    assert '<link rel="canonical" href="https://madina.example/kk/"' in text
    assert 'hreflang="ru"' in text
    assert "http://madina.example" not in text
    assert "127.0.0.1" not in text


def test_the_page_is_kept_apart_from_nothing_that_a_header_says(proxy):
    forged = {
        "X-Forwarded-Host": "evil.example",
        "X-Forwarded-Proto": "http",
        "Forwarded": "host=evil.example",
    }
    assert b"evil" not in proxy.get("/ru/", forged).content
    assert b"evil" not in proxy.get("/ru/").content


def test_another_name_is_refused_around_the_proxy(house):
    assert house.get("/kk/", {"Host": "evil.example"}).status == 400
    assert house.get("/kk/", {"Host": "127.0.0.1"}).status == 200


def test_the_owner_signs_in_and_her_cookie_is_for_https_alone(house, proxy):
    assert f"Your key, for one sign-in:  https://madina.example{house.key_path}" in house.said()
    body = urlencode({"name": "Мадина", "email": "madina@madina.example", "language": "kk"})
    answer = proxy.get(house.key_path, FORM, "POST", body)
    assert answer.status == 302
    cookie = answer.headers["Set-Cookie"]
    assert cookie.startswith("aqyn=")
    assert {"Secure", "HttpOnly", "SameSite=Lax"} <= {part.strip() for part in cookie.split(";")}
    studio = proxy.get("/studio/", {"Cookie": cookie.split(";")[0]})
    assert (studio.status, studio.headers["Cache-Control"]) == (200, "no-store")


def test_a_form_from_another_site_is_refused(proxy):
    body = urlencode({"email": "fan@madina.example"})
    for origin in ("https://evil.example", "http://madina.example", "null"):
        assert proxy.get("/sign-in/", {**FORM, "Origin": origin}, "POST", body).status == 403


def test_a_stranger_cannot_lend_itself_other_addresses(house):
    """Twenty requests an hour from one address: a forged header does not make them twenty-one addresses."""
    answers = []
    for number in range(25):
        connection = http.client.HTTPConnection("127.0.0.1", house.port, source_address=("127.0.0.2", 0))
        forged = {
            **FORM,
            "Host": "127.0.0.1",
            "Origin": "http://127.0.0.1",
            "X-Forwarded-For": f"198.51.100.{number}",
        }
        connection.request("POST", "/sign-in/", urlencode({"email": f"fan{number}@fans.example"}), forged)
        answers.append(connection.getresponse().status)
        connection.close()
    assert answers == [302] * 20 + [429] * 5


def test_the_proxys_word_about_the_visitor_is_taken(house):
    """The same twenty-five, but each from its own address by the word of the proxy."""
    answers = []
    for number in range(25):
        told = {
            **FORM,
            "Host": "madina.example",
            "X-Forwarded-Proto": "https",
            "X-Forwarded-For": f"203.0.113.{number}",
        }
        body = urlencode({"email": f"guest{number}@fans.example"})
        answers.append(house.request("POST", "/sign-in/", body, told).status)
    assert answers == [302] * 25


def test_live_events_come_through_at_once(proxy):
    with connect(proxy) as stream:
        stream.sendall(b"GET /events/progress HTTP/1.1\r\nHost: madina.example\r\n\r\n")
        read = b""
        while b'data: {"jobs":' not in read:
            part = stream.recv(4096)
            assert part, read
            read += part
    assert b"text/event-stream" in read


def test_part_of_a_file_comes_through(proxy):
    path = re.search(r'href="(/static/[0-9a-f]{12}/[^"]+\.css)"', proxy.get("/kk/").content.decode()).group(1)
    whole = proxy.get(path)
    part = proxy.get(path, {"Range": "bytes=10-19"})
    assert whole.status == 200
    assert whole.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    assert (part.status, part.content) == (206, whole.content[10:20])

"""Behind Debian's nginx with a certificate made here, by the very text of docs/behind-a-proxy.md."""

import http.client
import re
import shutil
import signal
import socket
import ssl
import subprocess
import time
from pathlib import Path
from types import SimpleNamespace
from urllib.parse import urlencode, urljoin

import pytest

ROOT = Path(__file__).parents[2]
NGINX = shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin")
OPENSSL = shutil.which("openssl")

pytestmark = [
    pytest.mark.skipif(NGINX is None, reason="nginx is not installed"),
    pytest.mark.skipif(OPENSSL is None, reason="openssl is not installed"),
]

FORM = {"Content-Type": "application/x-www-form-urlencoded", "Origin": "https://madina.example"}


@pytest.fixture(scope="module")
def house(open_house):
    return open_house(
        settings={
            "public_url": "https://madina.example",
            "trusted_proxies": "127.0.0.1",
            "recording_max_mib": 300,
        }
    )


@pytest.fixture(scope="module")
def proxy(house, tmp_path_factory):
    """nginx in front of the house: `.get(path)` over HTTPS, `.port` and `.plain_port`."""
    folder = tmp_path_factory.mktemp("nginx")
    certificate = make_certificate(folder)
    plain_port, port = free_ports(2)
    servers = re.search(r"```nginx\n(.*?)```", (ROOT / "docs/behind-a-proxy.md").read_text(), re.S).group(1)
    for said, here in {
        "listen 80;": f"listen 127.0.0.1:{plain_port};",
        "listen 443 ssl;": f"listen 127.0.0.1:{port} ssl;",
        "/etc/letsencrypt/live/madina.example/fullchain.pem": str(certificate),
        "/etc/letsencrypt/live/madina.example/privkey.pem": str(folder / "key.pem"),
        "http://127.0.0.1:8000;": f"http://127.0.0.1:{house.port};",
    }.items():
        assert servers.count(said) == 1
        servers = servers.replace(said, here)
    temporary = "".join(
        f"{kind}_temp_path {folder}/{kind};\n"
        for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    (folder / "nginx.conf").write_text(
        f"daemon off; master_process off; pid {folder}/pid; error_log {folder}/error.log;\n"
        f"events {{}}\nhttp {{ access_log off;\n{temporary}{servers}}}\n"
    )
    command = [NGINX, "-p", str(folder), "-e", f"{folder}/error.log", "-c", str(folder / "nginx.conf")]
    process = subprocess.Popen(command, stdin=subprocess.DEVNULL)
    context = ssl.create_default_context(cafile=str(certificate))
    wait_for(port, process, folder)
    yield SimpleNamespace(port=port, plain_port=plain_port, context=context, get=getter(port, context))
    process.send_signal(signal.SIGTERM)
    process.wait(10)


def make_certificate(folder):
    command = [OPENSSL, "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes"]
    command += ["-keyout", "key.pem", "-out", "cert.pem", "-days", "2", "-subj", "/CN=madina.example"]
    command += ["-addext", "subjectAltName=DNS:madina.example"]
    subprocess.run(command, cwd=folder, check=True, capture_output=True)
    return folder / "cert.pem"


def free_ports(count):
    probes = [socket.create_server(("127.0.0.1", 0)) for _probe in range(count)]
    ports = [probe.getsockname()[1] for probe in probes]
    for probe in probes:
        probe.close()
    return ports


def wait_for(port, process, folder):
    for _attempt in range(200):
        assert process.poll() is None, (folder / "error.log").read_text()
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            time.sleep(0.05)
        else:
            return
    raise AssertionError("nginx does not answer")


def connect(port, context):
    """A TLS connection to 127.0.0.1 that checks the certificate of madina.example."""
    plain = socket.create_connection(("127.0.0.1", port), timeout=20)
    return context.wrap_socket(plain, server_hostname="madina.example")


def getter(port, context):
    def get(path, headers=None, method="GET", body=None):
        connection = http.client.HTTPConnection("madina.example")
        connection.sock = connect(port, context)
        connection.request(method, path, body=body, headers=headers or {})
        response = connection.getresponse()
        response.content = response.read()
        connection.close()
        return response

    return get


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
    with connect(proxy.port, proxy.context) as stream:
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

"""nginx and Caddy in front of a house, by the very texts of docs/behind-a-proxy.md."""

import http.client
import os
import re
import shutil
import signal
import socket
import ssl
import subprocess
import time
from contextlib import contextmanager
from pathlib import Path
from types import SimpleNamespace

import pytest

DOCUMENT = Path(__file__).parents[2] / "docs/behind-a-proxy.md"
NGINX = shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin")
CADDY = shutil.which("caddy")
OPENSSL = shutil.which("openssl")

needs_nginx = pytest.mark.skipif(NGINX is None, reason="nginx is not installed")
needs_caddy = pytest.mark.skipif(CADDY is None, reason="Caddy is not installed")
needs_openssl = pytest.mark.skipif(OPENSSL is None, reason="openssl is not installed")

HTTPS_HOUSE = {
    "public_url": "https://madina.example",
    "trusted_proxies": "127.0.0.1",
    "recording_max_mib": 300,
}
FORM = {"Content-Type": "application/x-www-form-urlencoded", "Origin": "https://madina.example"}


@contextmanager
def nginx(house, folder):
    """`.get(path)` over HTTPS, `.port`, `.plain_port`, `.context`, `.certificate`."""
    certificate = make_certificate(folder)
    plain_port, port = free_ports(2)
    limits, servers = re.findall(r"```nginx\n(.*?)```", DOCUMENT.read_text(), re.S)
    servers = told_here(
        servers,
        {
            "listen 80;": f"listen 127.0.0.1:{plain_port};",
            "listen 443 ssl http2;": f"listen 127.0.0.1:{port} ssl http2;",
            "/etc/letsencrypt/live/madina.example/fullchain.pem": str(certificate),
            "/etc/letsencrypt/live/madina.example/privkey.pem": str(folder / "key.pem"),
        },
    )
    assert servers.count("http://127.0.0.1:8000;") == 2
    servers = servers.replace("http://127.0.0.1:8000;", f"http://127.0.0.1:{house.port};")
    temporary = "".join(
        f"{kind}_temp_path {folder}/{kind};\n"
        for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    (folder / "nginx.conf").write_text(
        f"daemon off; master_process off; pid {folder}/pid; error_log {folder}/error.log;\n"
        f"{limits}\nhttp {{ access_log off;\n{temporary}{servers}}}\n"
    )
    command = [NGINX, "-p", str(folder), "-e", f"{folder}/error.log", "-c", str(folder / "nginx.conf")]
    with running(command, port, folder / "error.log", {}):
        yield reached(port, certificate, plain_port=plain_port)


@contextmanager
def caddy(house, folder):
    """The same of Caddy, which here asks nobody for a certificate and has no second port."""
    certificate = make_certificate(folder)
    [port] = free_ports(1)
    [site] = re.findall(r"```caddy\n(.*?)```", DOCUMENT.read_text(), re.S)
    here = f"https://madina.example:{port} {{\n    bind 127.0.0.1\n    tls {certificate} {folder}/key.pem"
    site = told_here(site, {"madina.example {": here, "127.0.0.1:8000": f"127.0.0.1:{house.port}"})
    (folder / "Caddyfile").write_text(f"{{\n    admin off\n    auto_https disable_redirects\n}}\n{site}")
    homes = {name: str(folder) for name in ("HOME", "XDG_DATA_HOME", "XDG_CONFIG_HOME")}
    command = [CADDY, "run", "--config", str(folder / "Caddyfile"), "--adapter", "caddyfile"]
    with running(command, port, folder / "error.log", homes):
        yield reached(port, certificate)


def told_here(text, changes):
    """The document's text with ports and files of this machine."""
    for said, here in changes.items():
        assert text.count(said) == 1, said
        text = text.replace(said, here)
    return text


@contextmanager
def running(command, port, log, environment):
    with log.open("ab") as stream:
        process = subprocess.Popen(
            command, stdin=subprocess.DEVNULL, stderr=stream, env={**os.environ, **environment}
        )
    try:
        wait_for(port, process, log)
        yield process
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(10)


def reached(port, certificate, **more):
    context = ssl.create_default_context(cafile=str(certificate))
    return SimpleNamespace(
        port=port, context=context, certificate=certificate, get=getter(port, context), **more
    )


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


def wait_for(port, process, log):
    for _attempt in range(200):
        assert process.poll() is None, log.read_text()
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            time.sleep(0.05)
        else:
            return
    raise AssertionError("the proxy does not answer")


def connect(proxy, source="127.0.0.1"):
    """A TLS connection to 127.0.0.1 that checks the certificate of madina.example."""
    plain = socket.create_connection(("127.0.0.1", proxy.port), timeout=20, source_address=(source, 0))
    return proxy.context.wrap_socket(plain, server_hostname="madina.example")


def getter(port, context):
    there = SimpleNamespace(port=port, context=context)

    def get(path, headers=None, method="GET", body=None, source="127.0.0.1"):
        connection = http.client.HTTPConnection("madina.example")
        connection.sock = connect(there, source)
        connection.request(method, path, body=body, headers=headers or {})
        response = connection.getresponse()
        response.content = response.read()
        connection.close()
        return response

    return get

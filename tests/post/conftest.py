"""A real mail server on the loopback, with and without TLS, for the tests of `post`."""

import shutil
import socket
import ssl
import subprocess
from datetime import UTC, datetime
from email import message_from_bytes, policy

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult
from django.test import Client

from aqyn.people.models import Person, Role
from aqyn.post import services

NOON = datetime(2026, 5, 1, 12, tzinfo=UTC)


@pytest.fixture
def noon():
    return NOON


class Mailbox:
    """What the server took, and what it answers: `replies` maps a command to a reply of its own."""

    def __init__(self):
        self.envelopes = []
        self.replies = {}
        self.on_data = None

    @property
    def letters(self):
        return [message_from_bytes(e.content, policy=policy.default) for e in self.envelopes]

    async def handle_MAIL(self, server, session, envelope, address, options):
        if "MAIL" in self.replies:
            return self.replies["MAIL"]
        envelope.mail_from = address
        return "250 OK"

    async def handle_RCPT(self, server, session, envelope, address, options):
        if "RCPT" in self.replies:
            return self.replies["RCPT"]
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        if self.on_data:
            self.on_data()
        if "DATA" in self.replies:
            return self.replies["DATA"]
        self.envelopes.append(envelope)
        return "250 2.0.0 Ok: queued as 4F1"


class _Server(Controller):
    def factory(self):
        return SMTP(self.handler, **self.SMTP_kwargs)


def _free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def _authenticator(server, session, envelope, mechanism, data):
    good = (data.login, data.password) == (b"madina", b"correct horse")
    return AuthResult(success=good, handled=False)


@pytest.fixture(scope="session")
def make_certificate(tmp_path_factory):
    """Makes a certificate for the names given; (certificate file, key file)."""
    if not shutil.which("openssl"):
        pytest.skip("No openssl here to make a certificate with.")

    def make(names):
        folder = tmp_path_factory.mktemp("certificate")
        subprocess.run(
            [
                *(
                    "openssl",
                    "req",
                    "-x509",
                    "-newkey",
                    "rsa:2048",
                    "-nodes",
                    "-days",
                    "2",
                    "-subj",
                    "/CN=house",
                ),
                *("-addext", f"subjectAltName={names}"),
                *("-keyout", folder / "key.pem", "-out", folder / "cert.pem"),
            ],
            check=True,
            capture_output=True,
        )
        return folder / "cert.pem", folder / "key.pem"

    return make


@pytest.fixture(scope="session")
def certificate(make_certificate):
    return make_certificate("DNS:localhost,IP:127.0.0.1")


@pytest.fixture
def trusted(certificate, monkeypatch):
    """The house trusts the certificate made here, as it would trust the world's."""
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate[0]))


@pytest.fixture
def mail_server():
    """Starts a mail server: `mail_server(tls=…, auth=…)` gives its mailbox with `.port`."""
    running = []

    def start(*, starttls=None, tls=None, auth=False):
        mailbox = Mailbox()
        options = {}
        if starttls or tls:
            context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            context.load_cert_chain(*(starttls or tls))
            options = (
                {"tls_context": context, "require_starttls": True} if starttls else {"ssl_context": context}
            )
        if auth:
            options |= {"authenticator": _authenticator, "auth_required": True}
            options |= {"auth_require_tls": bool(starttls)}
        mailbox.port = _free_port()
        controller = _Server(mailbox, hostname="127.0.0.1", port=mailbox.port, **options)
        controller.start()
        running.append(controller)
        return mailbox

    yield start
    for controller in running:
        controller.stop()


@pytest.fixture
def set_up(db):
    """Writes the mail settings of the house."""

    def write(port, **values):
        return services.set_mail_server(
            values={
                "host": "127.0.0.1",
                "port": port,
                "security": "none",
                "from_address": "house@madina.example",
                "from_name": "Мәдина үйі",
                **values,
            },
            now=NOON,
        )

    return write


@pytest.fixture
def owner(db):
    return Person.objects.create(
        email="madina@example.kz", name="Мадина", language="en", role=Role.OWNER, joined_at=NOON
    )


@pytest.fixture
def visitor():
    def fresh():
        return Client(headers={"Sec-Fetch-Site": "same-origin"}, SERVER_NAME="localhost")

    return fresh

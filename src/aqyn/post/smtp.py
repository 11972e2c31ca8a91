"""Handing one letter to a mail server (RFC 5321), and what its answer means. No rows, no clock."""

from __future__ import annotations

import re
import smtplib
import socket
import ssl
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from email.message import EmailMessage
from email.policy import EmailPolicy
from typing import Any

from aqyn.post.errors import Undelivered

TIMEOUT = 20.0
"""Seconds that a mail server may be silent."""


class LetterPolicy(EmailPolicy):
    """Python's rules for MIME, but a link or an id in a header is never folded or encoded.

    Python makes encoded words of whatever is longer than a line; nobody would find the link in them (RFC
    2369, 8058).
    """

    def fold(self, name: str, value: Any) -> str:
        return f"{name}: {value}{self.linesep}" if name in WHOLE else str(super().fold(name, value))

    def fold_binary(self, name: str, value: Any) -> bytes:
        return (
            self.fold(name, value).encode("ascii")
            if name in WHOLE
            else bytes(super().fold_binary(name, value))
        )


WHOLE = ("List-Unsubscribe", "Message-ID")

# Seven bits all the way: a body in 8 bits would need a server that offers 8BITMIME.
POLICY = LetterPolicy(linesep="\r\n", cte_type="7bit")

_ENHANCED = re.compile(r"^([245])\.(\d{1,3})\.(\d{1,3})\b")


@dataclass(frozen=True, slots=True)
class Server:
    """Where letters go. `security` is "starttls", "tls" or "none"; an empty `user` means no sign-in.

    `calls_itself` is the name we say in EHLO.
    """

    host: str
    port: int
    security: str
    user: str = ""
    password: str = ""
    calls_itself: str = "localhost"
    timeout: float = TIMEOUT


def hand_over(server: Server, message: EmailMessage, *, sender: str, to: str) -> str:
    """The server's own words once it has taken the letter, such as "250 2.0.0 Ok: queued as 4F1".

    `sender` and `to` are plain ASCII addresses. Raises `Undelivered` where the server does not take it.
    A connection that breaks after the last dot leaves it open whether the letter was taken: the same letter,
    with the same Message-ID, is then sent again.
    """
    with _connected(server) as smtp:
        _expect(smtp.mail(sender), at="sender")
        _expect(smtp.rcpt(to), at="recipient")
        code, words = smtp.data(message.as_bytes(policy=POLICY))
        _expect((code, words), at="letter")
        return f"{code} {_text(words)}"[:500]


@contextmanager
def _connected(server: Server) -> Iterator[smtplib.SMTP]:
    """A connection that is safe and signed in as the server's row says; every failure becomes
    `Undelivered`."""
    smtp: smtplib.SMTP | None = None
    try:
        smtp = _open(server)
        smtp.ehlo_or_helo_if_needed()
        if server.security == "starttls":
            smtp.starttls(context=ssl.create_default_context())
            smtp.ehlo()
        if server.user:
            smtp.login(server.user, server.password)
        yield smtp
    except smtplib.SMTPAuthenticationError as error:
        problem = "later" if 400 <= error.smtp_code < 500 else "password"
        raise Undelivered(problem, answer=f"{error.smtp_code} {_text(error.smtp_error)}") from None
    except smtplib.SMTPNotSupportedError as error:
        raise Undelivered(
            "no-starttls" if "STARTTLS" in str(error) else "no-sign-in", answer=str(error)
        ) from None
    except UnicodeEncodeError:
        raise Undelivered("password") from None
    except smtplib.SMTPServerDisconnected as error:
        # smtplib turns a silence in mid-conversation into a disconnection.
        silent = isinstance(error.__context__, TimeoutError)
        raise Undelivered("timeout" if silent else "broken-off", answer=str(error)) from None
    except smtplib.SMTPResponseException as error:
        answer = f"{error.smtp_code} {_text(error.smtp_error)}"
        raise Undelivered("later" if error.smtp_code < 500 else "broken-off", answer=answer) from None
    except smtplib.SMTPException as error:
        raise Undelivered("no-sign-in", answer=str(error)) from None
    except ssl.SSLCertVerificationError as error:
        raise Undelivered("certificate", answer=error.verify_message) from None
    except ssl.SSLError as error:
        raise Undelivered("tls", answer=error.reason or str(error)) from None
    except (socket.gaierror, UnicodeError):
        raise Undelivered("unknown-host") from None
    except TimeoutError:
        raise Undelivered("timeout") from None
    except OSError as error:
        raise Undelivered("no-connection", answer=error.strerror or "") from None
    finally:
        if smtp is not None:
            with suppress(smtplib.SMTPException, OSError):
                smtp.quit()
            smtp.close()


def _open(server: Server) -> smtplib.SMTP:
    if server.security == "tls":
        return smtplib.SMTP_SSL(
            server.host,
            server.port,
            local_hostname=server.calls_itself,
            timeout=server.timeout,
            context=ssl.create_default_context(),
        )
    return smtplib.SMTP(server.host, server.port, local_hostname=server.calls_itself, timeout=server.timeout)


def _expect(reply: tuple[int, bytes], *, at: str) -> None:
    """Nothing for a 2xx reply; otherwise `Undelivered` with what the reply to this step means (RFC 5321,
    3463)."""
    code, words = reply
    if 200 <= code < 300:
        return
    text = _text(words)
    answer = f"{code} {text}"
    if code == 421 or code < 400:
        raise Undelivered("later", answer=answer)
    if code < 500:
        raise Undelivered("recipient-later" if at == "recipient" else "later", answer=answer)
    if code == 530:
        raise Undelivered("needs-sign-in", answer=answer)
    raise Undelivered(
        at, permanent=True, bounced=at == "recipient" and _unreachable(code, text), answer=answer
    )


def _unreachable(code: int, text: str) -> bool:
    """Whether a refused RCPT means the address itself, and not our manners (5.7.1 relaying denied) or a full
    box."""
    if enhanced := _ENHANCED.match(text):
        return enhanced[2] == "1" or (enhanced[2], enhanced[3]) == ("2", "1")
    return code in (550, 551, 553)


def _text(words: bytes | str) -> str:
    text = words.decode("utf-8", "replace") if isinstance(words, bytes) else words
    return " ".join(text.split())

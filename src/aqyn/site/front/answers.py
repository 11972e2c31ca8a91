"""Small answers of the front itself, and the headers that every one of them carries."""

from __future__ import annotations

import json
from collections.abc import Iterable

from django.utils import translation
from django.utils.translation import gettext
from starlette.types import Scope, Send

Headers = list[tuple[bytes, bytes]]

GUARDS: Headers = [
    (b"x-content-type-options", b"nosniff"),
    (b"x-frame-options", b"DENY"),
    (b"referrer-policy", b"same-origin"),
    (b"cross-origin-opener-policy", b"same-origin"),
    # A drawing that is opened by itself is a document: it may be styled, and nothing else.
    (b"content-security-policy", b"default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'"),
]


async def send_whole(
    scope: Scope, send: Send, status: int, headers: Iterable[tuple[bytes, bytes]], body: bytes
) -> None:
    """One answer with its length; a HEAD gets the headers alone."""
    told = [*headers, (b"content-length", str(len(body)).encode())]
    await send({"type": "http.response.start", "status": status, "headers": told})
    await send({"type": "http.response.body", "body": b"" if scope["method"] == "HEAD" else body})


async def send_sentence(
    scope: Scope, send: Send, status: int, sentence: str, headers: Iterable[tuple[bytes, bytes]] = ()
) -> None:
    """One sentence in the reader's language. `sentence` is a msgid."""
    language = language_of(scope)
    with translation.override(language):
        body = gettext(sentence).encode() + b"\n"
    await _send_text(scope, send, status, b"text/plain; charset=utf-8", language, body, headers)


async def send_problem(
    scope: Scope, send: Send, status: int, sentence: str, headers: Iterable[tuple[bytes, bytes]] = ()
) -> None:
    """The same for a script that asked (RFC 9457)."""
    language = language_of(scope)
    with translation.override(language):
        title = gettext(sentence)
    body = json.dumps({"title": title, "status": status}, ensure_ascii=False).encode()
    await _send_text(scope, send, status, b"application/problem+json", language, body, headers)


def language_of(scope: Scope) -> str:
    """The language in which the front itself answers: the path's, else the browser's."""
    from aqyn.site.middleware import language_in_path, negotiated

    asked = next((value for name, value in scope["headers"] if name == b"accept-language"), b"")
    return language_in_path(scope["path"]) or negotiated(asked.decode("latin-1"))


async def _send_text(
    scope: Scope,
    send: Send,
    status: int,
    content_type: bytes,
    language: str,
    body: bytes,
    headers: Iterable[tuple[bytes, bytes]],
) -> None:
    told = [
        (b"content-type", content_type),
        (b"content-language", language.encode()),
        (b"cache-control", b"no-store"),
        *GUARDS,
        *headers,
    ]
    await send_whole(scope, send, status, told, body)


def takes_gzip(accept_encoding: bytes) -> bool:
    """Whether a browser that sends this Accept-Encoding takes gzip (RFC 9110, 12.5.3)."""
    for part in accept_encoding.lower().split(b","):
        coding, _sep, parameter = part.partition(b";")
        if coding.strip() in (b"gzip", b"*"):
            return parameter.replace(b" ", b"") not in (b"q=0", b"q=0.0", b"q=0.00", b"q=0.000")
    return False


def is_text(content_type: bytes) -> bool:
    """Whether bytes of this type become shorter by gzip."""
    kind = content_type.partition(b";")[0].strip().lower()
    return kind.startswith(b"text/") or kind in _TEXTS


_TEXTS = {
    b"application/json",
    b"application/javascript",
    b"application/manifest+json",
    b"application/problem+json",
    b"application/xml",
    b"application/ttml+xml",
    b"image/svg+xml",
}


def names(if_none_match: bytes, etag: bytes) -> bool:
    """Whether If-None-Match names `etag`, compared weakly (RFC 9110, 13.1.2)."""
    bare = etag.removeprefix(b"W/")
    return any(
        part.strip() == b"*" or part.strip().removeprefix(b"W/") == bare for part in if_none_match.split(b",")
    )

"""How an OpenSubsonic answer is written: one shape, as JSON or as XML."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from xml.sax.saxutils import escape, quoteattr

from django.http import HttpResponse

from aqyn import __version__

HEAD = {"version": "1.16.1", "type": "aqyn", "serverVersion": __version__, "openSubsonic": True}
NAMESPACE = "http://subsonic.org/restapi"
# In XML the text of these is their content; every other value is an attribute.
_SPOKEN = {"line", "cue"}
# A list in JSON whose elements have another name in XML.
_ELEMENTS = {"agents": "agent"}


class Fault(Exception):
    """What could not be answered, by the protocol's own number."""

    def __init__(self, code: int, message: str) -> None:
        super().__init__(message)
        self.code = code


class Missing(Fault):
    def __init__(self, name: str) -> None:
        super().__init__(10, f"The parameter {name} is missing.")


class NotFound(Fault):
    def __init__(self) -> None:
        super().__init__(70, "There is nothing of that id that everyone may hear.")


@dataclass(frozen=True, slots=True)
class Found:
    """The address of a sound, in place of an answer."""

    url: str


def answer(form: str, told: Mapping[str, Any]) -> HttpResponse:
    """ "ok", as XML or, for `form` "json", as JSON."""
    return _written(form, {"status": "ok"} | HEAD | dict(told), 200)


def refusal(form: str, fault: Fault, status: int = 200) -> HttpResponse:
    """ "failed", by the protocol with HTTP 200. It is kept by nobody: such addresses are without number."""
    error = {"code": fault.code, "message": str(fault)}
    told = _written(form, {"status": "failed"} | HEAD | {"error": error}, status)
    told["Cache-Control"] = "no-store"
    return told


def _written(form: str, told: Mapping[str, Any], status: int) -> HttpResponse:
    if form == "json":
        text = json.dumps({"subsonic-response": told}, ensure_ascii=False, separators=(",", ":"))
        kind = "application/json"
    else:
        text = '<?xml version="1.0" encoding="UTF-8"?>\n'
        text += _element("subsonic-response", {"xmlns": NAMESPACE, **told}) + "\n"
        kind = "application/xml"
    response = HttpResponse(text, content_type=f"{kind}; charset=utf-8", status=status)
    # A player that runs in a browser comes from another site; all that it can read here is public.
    response["Access-Control-Allow-Origin"] = "*"
    return response


def _element(name: str, value: Any) -> str:
    if not isinstance(value, Mapping):
        return f"<{name}>{escape(_plain(value))}</{name}>"
    attributes, inside = "", ""
    told: Mapping[str, Any] = value
    for key, inner in told.items():
        if isinstance(inner, Mapping):
            inside += _element(key, inner)
        elif isinstance(inner, Sequence) and not isinstance(inner, str):
            inside += "".join(_element(_ELEMENTS.get(key, key), one) for one in inner)
        elif key == "value" and name in _SPOKEN:
            inside += escape(inner)
        else:
            attributes += f" {key}={quoteattr(_plain(inner))}"
    return f"<{name}{attributes}>{inside}</{name}>" if inside else f"<{name}{attributes}/>"


def _plain(value: Any) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)

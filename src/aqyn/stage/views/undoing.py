"""The last deed of a browser, kept in its session until it is undone or another one is done."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest

SESSION = "aqyn-stage-undo"


def keep_undo(request: HttpRequest, kind: str, of: str, *, said: str, before: Any, after: Any) -> None:
    """Remember what the list of the show `of` was before and after; `said`: what was done, in words."""
    if before != after:
        request.session[SESSION] = {"kind": kind, "of": of, "said": said, "before": before, "after": after}


def undo_of(request: HttpRequest, kind: str, of: str) -> dict[str, Any] | None:
    """What can be undone here: `said`, `before` and `after`."""
    kept: dict[str, Any] | None = request.session.get(SESSION)
    return kept if kept is not None and (kept["kind"], kept["of"]) == (kind, of) else None


def take_undo(request: HttpRequest, kind: str, of: str) -> dict[str, Any] | None:
    """The same, once."""
    found = undo_of(request, kind, of)
    if found is not None:
        del request.session[SESSION]
    return found

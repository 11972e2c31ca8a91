"""Places where a page lets the apps above it put something in: a lower page names a slot, an upper app
fills it.

A page writes `{% slot "song.aside" song %}`; an upper app calls `register("song.aside", "causes/card.html",
card)` in its `AppConfig.ready()`. The page never learns who answered.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import NoReverseMatch, reverse
from django.utils.safestring import SafeString, mark_safe

ContextMaker = Callable[[Any], dict[str, Any] | None]


@dataclass(frozen=True, slots=True)
class Part:
    """One template that an app puts into a slot. Parts stand in the order of `order`, then of their
    registration."""

    template: str
    context: ContextMaker
    order: int = 100


_parts: dict[str, list[Part]] = {}


def register(slot: str, template: str, context: ContextMaker, order: int = 100) -> None:
    """Put `template` into `slot`. `context(obj)` gives its variables, or None where it has nothing to show.

    Registering the same template and function again changes nothing, so `ready()` may run twice.
    """
    standing = _parts.setdefault(slot, [])
    part = Part(template, context, order)
    if part not in standing:
        standing.append(part)
        standing.sort(key=lambda p: p.order)


def register_link(
    slot: str,
    label: Any,
    url_name: str,
    order: int = 100,
    shown: Callable[[HttpRequest], bool] = lambda request: True,
) -> None:
    """Put a link into a slot whose object is the request, such as "studio.nav".

    `label` is a lazy translation; `shown(request)` says who sees it. The page that the link leads to is
    marked.
    """

    def context(request: HttpRequest) -> dict[str, Any] | None:
        if not shown(request):
            return None
        try:
            url = reverse(url_name)
        except NoReverseMatch:
            return None
        return {"label": label, "url": url, "current": _current(request.path, url)}

    register(slot, "ui/parts/nav_link.html", context, order)


def parts(slot: str) -> tuple[Part, ...]:
    """What stands in `slot` now, in order."""
    return tuple(_parts.get(slot, ()))


def render(slot: str, obj: Any = None, request: HttpRequest | None = None) -> SafeString:
    """The HTML of every part of `slot` that has something to show for `obj`, one after the other."""
    pieces = []
    for part in parts(slot):
        context = part.context(obj)
        if context is not None:
            pieces.append(render_to_string(part.template, context, request))
    return mark_safe("".join(pieces))  # noqa: S308 — each piece was escaped by its own template


def _current(path: str, url: str) -> str:
    """The value of `aria-current`: "page" on the page itself, "true" on a page under it, "" elsewhere."""
    if path == url:
        return "page"
    return "true" if url.count("/") > 2 and path.startswith(url) else ""

"""Where every page lies: the public ones under their language, machine data and the studio without one."""

from __future__ import annotations

from importlib import import_module
from importlib.util import find_spec

from django.conf.urls.i18n import i18n_patterns
from django.urls import URLPattern, URLResolver, include, path

PARTS = {
    "songs": "aqyn.songs.urls",
    "people": "aqyn.people.urls",
    "post": "aqyn.post.urls",
    "site": "aqyn.site.pages_urls",
}


def _mounted(kind: str, at: str = "") -> list[URLPattern | URLResolver]:
    """The lists called `kind` of every part that has one, each under its own name."""
    mounted: list[URLPattern | URLResolver] = []
    for name, module in PARTS.items():
        if not find_spec(module):
            continue
        urls = getattr(import_module(module), kind, None)
        if urls:
            mounted.append(path(at, include((urls, name if kind == "public" else f"{name}-{kind}"))))
    return mounted


urlpatterns = [
    *_mounted("plain"),
    *_mounted("studio", "studio/"),
    *i18n_patterns(*_mounted("public")),
]

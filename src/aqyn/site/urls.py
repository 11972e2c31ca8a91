"""Where every page lies: the public ones under their language, machine data and the studio without one."""

from __future__ import annotations

from types import ModuleType

from django.conf.urls.i18n import i18n_patterns
from django.urls import URLPattern, URLResolver, include, path

from aqyn.payments import urls as payments
from aqyn.people import urls as people
from aqyn.post import urls as post
from aqyn.reach import urls as reach
from aqyn.shows import urls as shows
from aqyn.site import pages_urls as site
from aqyn.songs import urls as songs
from aqyn.stage import urls as stage
from aqyn.tickets import urls as tickets

PARTS = {
    "songs": songs,
    "shows": shows,
    "tickets": tickets,
    "payments": payments,
    "stage": stage,
    "reach": reach,
    "people": people,
    "post": post,
    "site": site,
}


def _mounted(kind: str, at: str = "") -> list[URLPattern | URLResolver]:
    """The list called `kind` of every part that has one, each under its own name."""
    return [
        path(at, include((_list_of(part, kind), name if kind == "public" else f"{name}-{kind}")))
        for name, part in PARTS.items()
        if _list_of(part, kind)
    ]


def _list_of(part: ModuleType, kind: str) -> list[URLPattern | URLResolver]:
    return getattr(part, kind, [])


urlpatterns = [
    *_mounted("plain"),
    *_mounted("studio", "studio/"),
    *i18n_patterns(*_mounted("public")),
]

handler400 = "aqyn.site.errors.bad_request"
handler403 = "aqyn.site.errors.forbidden"
handler404 = "aqyn.site.errors.not_found"
handler500 = "aqyn.site.errors.failed"

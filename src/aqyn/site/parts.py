"""What the site itself puts into the slots: the name at the top, the links of the public pages and of the
desk."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from aqyn.people import selectors as people
from aqyn.songs import selectors as songs
from aqyn.ui import slots


def register() -> None:
    """Called once, when the site is ready."""
    slots.register("public.brand", "site/parts/brand.html", brand)
    slots.register_link("public.nav", _("Songs"), "site:songs", order=10)
    slots.register("public.foot", "site/parts/foot.html", lambda request: {})
    slots.register("studio.brand", "site/parts/desk_brand.html", desk_brand)
    slots.register_link("studio.nav", _("Next"), "site-studio:front", order=0)


def brand(request: HttpRequest) -> dict[str, Any]:
    """The artist's name where there is one artist, the house's own where there are more or none."""
    artists = people.artists()
    url = reverse("site:home")
    alone = len(artists) == 1 and request.path != url
    return {"name": artists[0].name if alone else "Aqyn", "url": url}


def desk_brand(request: HttpRequest) -> dict[str, Any]:
    """The same for the desk, with the first song's carpet as its mark."""
    artists, cards = people.artists(), songs.public_songs()
    return {
        "name": artists[0].name if len(artists) == 1 else "Aqyn",
        "hue": artists[0].hue if artists else 28,
        "wave": cards[0].wave if cards else [],
    }

"""What every template knows: in which language and direction the page is, and where it stands in the
others."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import HttpRequest

from aqyn.ui import languages


@dataclass(frozen=True, slots=True)
class House:
    """The page's own facts. `tag` is BCP 47, `languages` is empty where the path has no language in it."""

    code: str
    tag: str
    dir: str
    languages: list[languages.Language]
    origin: str
    path: str

    @property
    def wanted(self) -> tuple[str, ...]:
        """The tags that this page's reader would like to read, the dearest first."""
        return languages.WANTED[self.code]

    @property
    def address(self) -> str:
        """This page's absolute address, without its query."""
        return self.origin + self.path


def house(request: HttpRequest) -> dict[str, Any]:
    """The context processor named in the settings: `house` in every template."""
    code = languages.current_code()
    known: House | None = getattr(request, "aqyn_house", None)
    if known is None or known.code != code:
        # Kept on the request: every part of every slot is a template of its own, and asks again.
        known = request.aqyn_house = House(  # type: ignore[attr-defined]
            code=code,
            tag=languages.TAGS[code],
            dir=languages.direction(code),
            languages=languages.switch(request.path),
            origin=origin(request),
            path=request.path,
        )
    return {"house": known}


def origin(request: HttpRequest) -> str:
    """Scheme and host, without a slash: as `public_url` says, otherwise as the visitor asked."""
    said: str = settings.CONFIG.public_url.rstrip("/")
    return said or f"{request.scheme}://{request.get_host()}"

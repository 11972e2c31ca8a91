"""What every deed of the stage needs: the show it is about, and the word of what was done."""

from __future__ import annotations

import logging
from typing import Any

from aqyn.shows import selectors as shows
from aqyn.stage import sentences as refuse
from aqyn.ui.pages import pages_changed

log = logging.getLogger("aqyn.stage")


def show_of(slug: str) -> Any:
    """The show, in whatever state it is. Raises NoSuchShow."""
    show = shows.shown(slug)
    if show is None:
        raise refuse.NoSuchShow(slug=slug[:80])
    return show


def done(deed: str, show: str, actor: Any) -> None:
    """Drop the kept pages and note who did what. The last line of a deed, inside its transaction."""
    pages_changed()
    noted(deed, show, actor)


def noted(deed: str, show: str, actor: Any) -> None:
    """Note who did what, where no page that is kept shows it."""
    log.info("%s: %s by %s", show, deed, getattr(actor, "pk", actor) or "the house")

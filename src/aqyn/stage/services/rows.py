"""What every deed of the stage needs: the show it is about, and the word of what was done."""

from __future__ import annotations

from typing import Any

from aqyn.shows import selectors as shows
from aqyn.stage import sentences as refuse
from aqyn.ui.journal import Journal

_journal = Journal("aqyn.stage")
done, noted = _journal.done, _journal.noted


def show_of(slug: str) -> Any:
    """The show, in whatever state it is. Raises NoSuchShow."""
    show = shows.shown(slug)
    if show is None:
        raise refuse.NoSuchShow(slug=slug[:80])
    return show

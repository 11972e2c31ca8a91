"""The word of what was done in the house, the same for every app."""

from __future__ import annotations

import logging
from typing import Any

from aqyn.ui.pages import pages_changed


class Journal:
    """Writes to the logger of this name, such as "aqyn.songs"."""

    def __init__(self, name: str) -> None:
        self._log = logging.getLogger(name)

    def done(self, deed: str, what: str, actor: Any) -> None:
        """Drop the kept pages and note who did what. The last line of a deed, inside its transaction."""
        pages_changed()
        self.noted(deed, what, actor)

    def noted(self, deed: str, what: str, actor: Any) -> None:
        """Note who did what, where no page that is kept shows it."""
        self._log.info("%s: %s by %s", what, deed, getattr(actor, "pk", actor) or "the house")

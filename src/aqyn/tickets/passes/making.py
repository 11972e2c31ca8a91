"""Tickets and lists as PDF, set in a child process."""

from __future__ import annotations

import logging
from pathlib import Path
from threading import BoundedSemaphore, Lock
from typing import Any

from aqyn.media import Limits, MediaError, run_child
from aqyn.media.typesetting import PAGES, CannotDraw, NoArabicFace
from aqyn.tickets.passes.contents import needs_arabic, without
from aqyn.tickets.sentences.passes import PagesBusy, PagesFailed

LIMITS = Limits(seconds=60.0, memory_mib=768, output_mib=32)
WAIT_S = 20.0
"""How long one waits for those before it."""
MOST_SIGNS = 20
"""So many different signs are left out where no typeface draws them; a ticket must come."""

log = logging.getLogger("aqyn.tickets")
_one_at_a_time = Lock()
_places = BoundedSemaphore(2)
"""One is being made, one waits; whoever comes then is asked to come again."""


def make_pages(template: str, values: dict[str, Any]) -> bytes:
    """The PDF of `template` in this folder. Signs that nothing here draws are left out, and Arabic letters
    where the machine has no typeface for them. Raises PagesBusy or PagesFailed."""
    # Whoever waits keeps a thread from the pages: of these there are few.
    if not _places.acquire(blocking=False):
        raise PagesBusy
    try:
        if not _one_at_a_time.acquire(timeout=WAIT_S):
            raise PagesBusy
        try:
            return _drawn(template, values)
        finally:
            _one_at_a_time.release()
    finally:
        _places.release()


def _drawn(template: str, values: dict[str, Any]) -> bytes:
    try:
        arabic = needs_arabic(values)
        for _sign in range(MOST_SIGNS):
            try:
                return _set(template, values, arabic=arabic)
            except NoArabicFace:
                arabic = False
            except CannotDraw as error:
                sign = str(error.details["sign"])
                log.warning("No typeface draws %r; it is left out.", sign)
                values = without(values, sign)
        raise PagesFailed
    except MediaError as error:
        log.error("pages could not be set: %s %s", error, error.details)
        raise PagesFailed from error


def _set(template: str, values: dict[str, Any], *, arabic: bool) -> bytes:
    pages: bytes = run_child(
        "aqyn.media.typesetting:set_pages",
        Path(__file__).parent / template,
        values,
        arabic=arabic,
        limits=LIMITS,
        keep=lambda folder, _: (folder / PAGES).read_bytes(),
    )
    return pages

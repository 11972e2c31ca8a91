"""The poster of a choice, made: set in a child process, and the PDF comes back."""

from __future__ import annotations

import logging
from pathlib import Path
from threading import Lock
from typing import Any

from aqyn.media import Limits, MediaError, run_child
from aqyn.media.typesetting import PAGES, CannotDraw
from aqyn.media.typesetting import NoArabicFace as NoneHere
from aqyn.stage.poster.contents import needs_arabic
from aqyn.stage.sentences import NoFaceForPoster, PosterBusy, PosterFailed, SignNotOnPoster

TEMPLATE = Path(__file__).parent / "poster.typ"
LIMITS = Limits(seconds=30.0, memory_mib=768, output_mib=16)
"""A poster takes 0.2 s and 90 MiB; typst's typefaces are most of it."""
WAIT_S = 10.0
"""How long a poster waits for the one before it."""

log = logging.getLogger("aqyn.stage")
_one_at_a_time = Lock()


def make_poster(values: dict[str, Any]) -> bytes:
    """The PDF. Raises NoFaceForPoster, SignNotOnPoster, PosterBusy or PosterFailed."""
    if not _one_at_a_time.acquire(timeout=WAIT_S):
        raise PosterBusy
    try:
        poster: bytes = run_child(
            "aqyn.media.typesetting:set_pages",
            TEMPLATE,
            values,
            arabic=needs_arabic(values),
            limits=LIMITS,
            keep=lambda folder, _: (folder / PAGES).read_bytes(),
        )
    except NoneHere:
        raise NoFaceForPoster from None
    except CannotDraw as error:
        raise SignNotOnPoster(sign=error.details["sign"]) from None
    except MediaError as error:
        log.error("a poster could not be set: %s %s", error, error.details)
        raise PosterFailed from error
    finally:
        _one_at_a_time.release()
    return poster

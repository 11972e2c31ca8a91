"""The book of a choice, made: songs are read, set in a child process, and the PDF comes back."""

from __future__ import annotations

import logging
import re
import time
from pathlib import Path
from threading import Lock

from aqyn.media import Cancelled, Limits, MediaError, OutOfMemory, TimedOut, TooMuchOutput, run_child
from aqyn.media.typesetting import PAGES, CannotDraw
from aqyn.media.typesetting import NoArabicFace as NoneHere
from aqyn.songs.models import Song
from aqyn.songs.selectors.rows import SongRows, whole_songs
from aqyn.songs.sentences import (
    BookBusy,
    BookCancelled,
    BookFailed,
    BookTooLarge,
    NoArabicFace,
    NoSongsChosen,
    SignNotDrawn,
)
from aqyn.songs.songbook.cancelling import is_cancelled
from aqyn.songs.songbook.choice import Choice
from aqyn.songs.songbook.contents import book_values, holds_arabic

TEMPLATE = Path(__file__).parent / "book.typ"
LIMITS = Limits(seconds=120.0, memory_mib=1536, output_mib=64)
"""For the largest book; docs/songbook.md has what it takes."""

WAIT_S = 20.0
"""How long a book waits for the one before it."""
LOOK_S = 0.1
"""How often a book that waits looks whether anyone still waits for it."""

# typst does not survive a refused allocation, but says so.
_OUT_OF_MEMORY = re.compile("memory allocation of|allocation error|MemError|failed to map segment")

log = logging.getLogger("aqyn.songs")
_one_at_a_time = Lock()


def make_book(choice: Choice, *, token: str = "") -> bytes:
    """The PDF, unless the book with this token is cancelled meanwhile: then no process is left of it.

    Raises NoSongsChosen, BookBusy, BookCancelled, NoArabicFace, SignNotDrawn, BookTooLarge or BookFailed.
    """
    songs = _in_order(choice)
    if not songs:
        raise NoSongsChosen
    values = book_values(songs, choice)
    # A large book takes a gigabyte while it is set: two at once would be too much for a small machine.
    _wait_for_turn(token)
    try:
        book: bytes = run_child(
            "aqyn.media.typesetting:set_pages",
            TEMPLATE,
            values,
            arabic=holds_arabic(values),
            limits=LIMITS,
            cancelled=lambda: is_cancelled(token),
            keep=lambda folder, _: (folder / PAGES).read_bytes(),
        )
    except Cancelled:
        raise BookCancelled from None
    except NoneHere:
        raise NoArabicFace from None
    except CannotDraw as error:
        raise SignNotDrawn(sign=error.details["sign"]) from None
    except (TimedOut, OutOfMemory, TooMuchOutput) as error:
        raise BookTooLarge from error
    except MediaError as error:
        if _OUT_OF_MEMORY.search(str(error.details.get("log", ""))):
            raise BookTooLarge from error
        log.error("a songbook could not be set: %s %s", error, error.details)
        raise BookFailed from error
    finally:
        _one_at_a_time.release()
    return book


def _wait_for_turn(token: str) -> None:
    until = time.monotonic() + WAIT_S
    while not _one_at_a_time.acquire(timeout=LOOK_S):
        if is_cancelled(token):
            raise BookCancelled
        if time.monotonic() > until:
            raise BookBusy


def _in_order(choice: Choice) -> list[SongRows]:
    found = {rows.song.slug: rows for rows in whole_songs(Song.objects.filter(slug__in=choice.songs))}
    return [found[slug] for slug in dict.fromkeys(choice.songs) if slug in found]

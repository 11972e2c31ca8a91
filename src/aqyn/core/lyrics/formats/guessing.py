"""Which format a file is in: by what it holds first, by its name where that says nothing."""

from __future__ import annotations

import re
from pathlib import PurePath

from aqyn.core.lyrics.formats.catalogue import FORMATS, Format
from aqyn.core.lyrics.formats.sheet import FormatError, Sheet, decoded

_SOUND = re.compile(rb"fLaC|OggS|RIFF....WAVE|....ftyp|\xff[\xe0-\xff]", re.DOTALL)
_XML = re.compile(r"<[?!A-Za-z]")
_STAMPED = re.compile(r"^[ \t]*\[\d{1,4}:\d{1,2}(?:[.:]\d{1,3})?\]", re.MULTILINE)
_WORD_STAMP = re.compile(r"<\d{1,4}:\d{1,2}(?:[.:]\d{1,3})?>")
_NAMES = {"ttml": "ttml", "dfxp": "ttml", "xml": "ttml", "lrc": "lrc"}


def guess(data: bytes, filename: str = "") -> tuple[Format, Sheet]:
    """The format of a lyrics file and what it holds.

    Raises FormatError with the fault of the format that the file is clearly in, naming its line; any text
    that is in no other format is plain text.
    """
    form = FORMATS[_key(data, filename)]
    return form, form.read(data)


def _key(data: bytes, filename: str) -> str:
    if _SOUND.match(data):
        raise FormatError("This is a recording, not a file of words.")
    return _key_of_text(decoded(data)) or _NAMES.get(_ending(filename), "text")


def _key_of_text(text: str) -> str:
    """The format that a text shows by its own marks, "" where it shows none."""
    if _XML.match(text.lstrip()):
        return "ttml"
    if _STAMPED.search(text):
        return "enhanced-lrc" if _WORD_STAMP.search(text) else "lrc"
    return ""


def _ending(filename: str) -> str:
    return PurePath(filename[-200:]).suffix.lstrip(".").lower()

"""Which format a file is in: by what it holds first, by its name where that says nothing."""

from __future__ import annotations

import re
from pathlib import PurePath

from aqyn.core.lyrics.formats import id3, lrc
from aqyn.core.lyrics.formats.catalogue import FORMATS, Format
from aqyn.core.lyrics.formats.sheet import FormatError, Sheet, decoded

_SOUND = re.compile(rb"fLaC|OggS|RIFF....WAVE|....ftyp|\xff[\xe0-\xfd]", re.DOTALL)
_DOCUMENT = re.compile(rb"PK\x03\x04|%PDF-|\{\\rtf|\xd0\xcf\x11\xe0")
_FRAME = re.compile(rb"[\x00-\x03](?:[A-Za-z]{3}|\0{3})")
_PIECES = re.compile(rb"[\x00-\x03]...[\x01\x02][\x00-\x08]", re.DOTALL)
_PACKET = re.compile(rb"\x03vorbis|OpusTags")
# A short text, counted by four bytes.
_COMMENTS = re.compile(rb"..[\x00-\x01]\x00", re.DOTALL)
_XML = re.compile(r"\s*<[?!A-Za-z]")
_ASS = re.compile(r"^[ \t]*(?:\[(?:Script Info|Events|V4\+? Styles)\]|Dialogue:)", re.MULTILINE)
_SUBTITLE = re.compile(r"^[ \t]*(?:\d{1,4}:)?\d{1,3}:\d{1,2}[.,]\d{1,9}[ \t]*-->", re.MULTILINE)
_WORD_STAMP = re.compile(rf"<{lrc.STAMP}>")
_NAMES = {
    "ttml": "ttml", "dfxp": "ttml", "xml": "ttml", "vtt": "vtt", "srt": "srt", "ass": "ass", "ssa": "ass",
    "lrc": "lrc", "elrc": "enhanced-lrc",
}  # fmt: skip


def guess(data: bytes, filename: str = "") -> tuple[Format, Sheet]:
    """The format of a lyrics file and what it holds.

    Raises FormatError with the fault of the format that the file is clearly in, naming its line; any text
    that is in no other format is plain text.
    """
    form = FORMATS[_key(data, filename)]
    return form, form.read(data)


def _key(data: bytes, filename: str) -> str:
    if data.startswith(b"ID3"):
        return "sylt" if any(frame.name == "SYLT" for frame in id3.frames(data)) else "uslt"
    if _SOUND.match(data):
        raise FormatError("This is a recording, not a file of words.")
    if _DOCUMENT.match(data):
        raise FormatError("This is a document of another program: copy its words and paste them.")
    if _PACKET.match(data):
        return "vorbis"
    if _FRAME.match(data):
        return "sylt" if _PIECES.match(data) else "uslt"
    if _COMMENTS.match(data):
        return "vorbis"
    return _key_of_text(decoded(data)) or _NAMES.get(_ending(filename), "text")


def _key_of_text(text: str) -> str:
    """The format that a text shows by its own marks, "" where it shows none."""
    if text.startswith("WEBVTT"):
        return "vtt"
    if _XML.match(text):
        return "ttml"
    if _ASS.search(text):
        return "ass"
    if _SUBTITLE.search(text):
        return "srt"
    if lrc.seems(text):
        return "enhanced-lrc" if _WORD_STAMP.search(text) else "lrc"
    return ""


def _ending(filename: str) -> str:
    return PurePath(filename[-200:]).suffix.lstrip(".").lower()

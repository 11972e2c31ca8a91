"""The lyrics file that a request brings: sent, pasted, carried by the page before, or inside a recording."""

from __future__ import annotations

import base64
import zlib
from dataclasses import dataclass

from django.conf import settings
from django.http import HttpRequest

from aqyn import media
from aqyn.core.lyrics.formats import FORMATS, Format, Sheet, guess
from aqyn.core.lyrics.model import LyricsError
from aqyn.songs import checks
from aqyn.songs import sentences as refuse
from aqyn.songs.folders.safe import LARGEST_TEXT
from aqyn.songs.models import Recording
from aqyn.songs.services.files import media_path


@dataclass(frozen=True, slots=True)
class File:
    """A lyrics file as it came, and what it is."""

    data: bytes
    name: str
    format: Format
    sheet: Sheet


def brought(request: HttpRequest) -> File:
    """What was sent: a file, its text, or the file that the page carries. Raises LyricsError, Refusal."""
    sent = request.FILES.get("file")
    name, known = request.POST.get("filename", ""), None
    if sent is not None:
        data, name = sent.read(LARGEST_TEXT + 1), sent.name or ""
    elif request.POST.get("text", "").strip():
        data, name = request.POST["text"].encode(), ""
    else:
        data = carried(request)
        known = FORMATS.get(request.POST.get("format", ""))
    if len(data) > LARGEST_TEXT:
        raise refuse.LyricsFileTooLarge(most=LARGEST_TEXT >> 20)
    if not data:
        raise refuse.NoLyricsFile
    form, sheet = (known, known.read(data)) if known else guess(data, name)
    if len(sheet.lines) > checks.MOST_LINES:
        raise refuse.TooManyLines(most=checks.MOST_LINES, lines=len(sheet.lines))
    return File(data, name, form, sheet)


def inside(recording: Recording) -> File:
    """The words inside a recording's own file, those with the most times first.

    Raises NothingEmbedded, MediaError, or the LyricsError of words that are there and cannot be read.
    """
    limit = settings.CONFIG.recording_max_mib << 20
    files, faults = [], []
    for key, data in media.embedded_lyrics(media_path(recording.file), max_bytes=limit).items():
        try:
            # What an MP4 has as its words may be LRC as well.
            known = FORMATS[key]
            form, sheet = guess(data) if key == "text" else (known, known.read(data))
            files.append(File(data, recording.filename, form, sheet))
        except LyricsError as error:
            faults.append(error)
    if not files:
        raise faults[0] if faults else refuse.NothingEmbedded
    return max(files, key=lambda file: sum(cues is not None for cues in file.sheet.cues))


def carried(request: HttpRequest) -> bytes:
    """The file that `to_carry` packed into the page, empty where there is none. Raises LyricsFileLost.

    Nobody vouches for it: it is read as one that was just sent.
    """
    text = request.POST.get("carried", "")
    try:
        return zlib.decompressobj().decompress(base64.b64decode(text, validate=True), LARGEST_TEXT + 1)
    except (ValueError, zlib.error):
        raise refuse.LyricsFileLost from None


def to_carry(data: bytes) -> str:
    return base64.b64encode(zlib.compress(data, 9)).decode()

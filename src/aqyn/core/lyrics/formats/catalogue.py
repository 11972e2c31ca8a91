"""All the formats in one list, each from bytes to a sheet and back."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from aqyn.core.lyrics.formats import ass, enhanced_lrc, id3, lrc, srt, sylt, text, ttml, uslt, vorbis, vtt
from aqyn.core.lyrics.formats.sheet import Sheet, decoded


@dataclass(frozen=True, slots=True)
class Format:
    """A way to hold a song's words and times.

    `read` and `write` raise FormatError. `extension` is "" for what has its place in a recording's own file:
    of ID3, a tag with one frame is written, and a tag or the body of a frame is read.
    """

    key: str
    label: str
    extension: str
    media_type: str
    read: Callable[[bytes], Sheet]
    write: Callable[[Sheet], bytes]


def _of_text(
    key: str,
    label: str,
    extension: str,
    kind: str,
    read: Callable[[str], Sheet],
    write: Callable[[Sheet], str],
) -> Format:
    return Format(
        key,
        label,
        extension,
        f"{kind}; charset=utf-8",
        lambda data: read(decoded(data)),
        lambda sheet: write(sheet).encode(),
    )


def _of_frame(
    key: str, label: str, read: Callable[[bytes], Sheet], write: Callable[[Sheet], bytes]
) -> Format:
    def tag(sheet: Sheet) -> bytes:
        return id3.tag([id3.Frame(key.upper(), write(sheet))])

    return Format(key, label, "", "application/octet-stream", read, tag)


_ALL = (
    _of_text("lrc", "LRC", "lrc", "text/plain", lrc.read, lrc.write),
    _of_text("enhanced-lrc", "Enhanced LRC", "lrc", "text/plain", enhanced_lrc.read, enhanced_lrc.write),
    _of_text("ttml", "TTML", "ttml", "application/ttml+xml", ttml.read, ttml.write),
    _of_text("vtt", "WebVTT", "vtt", "text/vtt", vtt.read, vtt.write),
    _of_text("srt", "SRT", "srt", "application/x-subrip", srt.read, srt.write),
    _of_text("ass", "ASS karaoke", "ass", "text/x-ssa", ass.read, ass.write),
    _of_frame("uslt", "ID3 USLT", uslt.read, uslt.write),
    _of_frame("sylt", "ID3 SYLT", sylt.read, sylt.write),
    Format("vorbis", "Vorbis comments", "", "application/octet-stream", vorbis.read, vorbis.write),
    _of_text("text", "Plain text", "txt", "text/plain", text.read, text.write),
)
FORMATS: Mapping[str, Format] = MappingProxyType({one.key: one for one in _ALL})

"""All the formats in one list, each from bytes to a sheet and back."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from aqyn.core.lyrics.formats import enhanced_lrc, lrc, text, ttml
from aqyn.core.lyrics.formats.sheet import Sheet, decoded


@dataclass(frozen=True, slots=True)
class Format:
    """A way to hold a song's words and times.

    `read` and `write` raise FormatError. `extension` is "" for what has its place in a recording's own file.
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
    media_type: str,
    read: Callable[[str], Sheet],
    write: Callable[[Sheet], str],
) -> Format:
    return Format(
        key,
        label,
        extension,
        media_type,
        lambda data: read(decoded(data)),
        lambda sheet: write(sheet).encode(),
    )


FORMATS: Mapping[str, Format] = MappingProxyType(
    {
        form.key: form
        for form in (
            _of_text("lrc", "LRC", "lrc", "text/plain; charset=utf-8", lrc.read, lrc.write),
            _of_text(
                "enhanced-lrc",
                "Enhanced LRC",
                "lrc",
                "text/plain; charset=utf-8",
                enhanced_lrc.read,
                enhanced_lrc.write,
            ),
            _of_text("ttml", "TTML", "ttml", "application/ttml+xml; charset=utf-8", ttml.read, ttml.write),
            _of_text("text", "Plain text", "txt", "text/plain; charset=utf-8", text.read, text.write),
        )
    }
)

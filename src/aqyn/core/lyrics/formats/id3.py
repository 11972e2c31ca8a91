"""ID3v2, the tag at the head of an MP3 file: its frames are read and, in 2.4, written.

Read are 2.2, 2.3 and 2.4, with unsynchronisation, an extended header and compressed frames; encrypted frames
are passed over. A tag or a frame that claims to be longer than what is there ends with what is there.
https://id3.org/id3v2.4.0-structure
"""

from __future__ import annotations

import codecs
import zlib
from collections.abc import Sequence
from typing import NamedTuple

from aqyn.core.lyrics.formats.sheet import FormatError

MOST_BYTES = 32 * 1024 * 1024
"""How much of a tag is looked at: pictures, too, lie in it."""
MOST_FRAMES = 4_000
MOST_INFLATED = 8 * 1024 * 1024
"""How much all compressed frames of a tag may hold together."""

_HEADER = 10
_NAMES = {"ULT": "USLT", "SLT": "SYLT"}
# Of a text: Latin-1, UTF-16 with its mark, UTF-16 big-endian without, UTF-8.
ENCODINGS = ("latin-1", "utf-16", "utf-16-be", "utf-8")
UTF_8 = 3


class Frame(NamedTuple):
    """A frame: its name as 2.4 has it ("USLT"), and its body with nothing between it and its meaning."""

    name: str
    body: bytes


def frames(data: bytes) -> list[Frame]:
    """The frames of the tag that a file begins with, as far as `data`, the file's first bytes, goes.

    Raises FormatError where there is no such tag.
    """
    version = data[3] if len(data) >= _HEADER else 0
    if not data.startswith(b"ID3") or version not in (2, 3, 4):
        raise FormatError("this does not begin with an ID3 tag of version 2.2, 2.3 or 2.4.", 1)
    flags = data[5]
    body = data[_HEADER : _HEADER + min(_size(data[6:10], 7), MOST_BYTES)]
    if flags & 0x80 and version < 4:
        body = _synchronised(body)
    at = _extended(body, version) if flags & 0x40 and version > 2 else 0
    found: list[Frame] = []
    inflatable = MOST_INFLATED
    # Version 2.2 has names of three letters, sizes of three bytes and no flags.
    letters, head = (3, 6) if version == 2 else (4, 10)
    while at + head <= len(body) and len(found) < MOST_FRAMES:
        name = body[at : at + letters]
        if not name.isalnum() or not name.isascii() or name != name.upper():
            break  # padding, or nothing that can be read
        size = _frame_size(body, at, version)
        held = body[at + head : at + head + size]
        flagged = body[at + 9] if version > 2 else 0
        at += head + size
        if version == 4 and flags & 0x80:
            flagged |= 0x02  # said once for all frames
        whole = _unpacked(held, flagged, version, inflatable)
        if whole is not None:
            inflatable -= len(whole) if len(whole) > size else 0
            said = name.decode("ascii")
            found.append(Frame(_NAMES.get(said, said), whole))
    return found


def _size(data: bytes, bits: int) -> int:
    """A number of bytes that hold `bits` bits each, the highest first."""
    size = 0
    for byte in data:
        size = size << bits | byte & ((1 << bits) - 1)
    return size


def _frame_size(body: bytes, at: int, version: int) -> int:
    if version == 2:
        return _size(body[at + 3 : at + 6], 8)
    said = body[at + 4 : at + 8]
    # Some writers of 2.4 give the size as 2.3 does; a byte of the right kind has no eighth bit.
    return _size(said, 7 if version == 4 and max(said) < 0x80 else 8)


def _extended(body: bytes, version: int) -> int:
    """Where the frames begin behind an extended header."""
    return _size(body[:4], 7) if version == 4 else 4 + _size(body[:4], 8)


def _unpacked(held: bytes, flags: int, version: int, inflatable: int) -> bytes | None:
    """The body of a frame, None where it cannot be had or is longer than `inflatable` when inflated."""
    if version == 3:
        squeezed, sealed, grouped = flags & 0x80, flags & 0x40, flags & 0x20
        skipped = 4 * bool(squeezed) + bool(grouped)
        parted = 0
    elif version == 4:
        squeezed, sealed, grouped, parted = flags & 0x08, flags & 0x04, flags & 0x40, flags & 0x02
        skipped = 4 * bool(flags & 0x01) + bool(grouped)
    else:
        return held
    if sealed:
        return None
    body = held[skipped:]
    if parted:
        body = _synchronised(body)
    if not squeezed:
        return body
    inflating = zlib.decompressobj()
    try:
        whole = inflating.decompress(body, inflatable + 1)
    except zlib.error:
        return None
    return whole if len(whole) <= inflatable else None


def _synchronised(data: bytes) -> bytes:
    """The bytes before they were made safe from sounding like music: FF 00 was FF."""
    return data.replace(b"\xff\x00", b"\xff")


def tag(held: Sequence[Frame]) -> bytes:
    """A tag of version 2.4 with these frames."""
    body = b"".join(
        frame.name.encode("ascii") + _syncsafe(len(frame.body)) + b"\0\0" + frame.body for frame in held
    )
    return b"ID3\x04\x00\x00" + _syncsafe(len(body)) + body


def _syncsafe(size: int) -> bytes:
    return bytes(size >> shift & 0x7F for shift in (21, 14, 7, 0))


def text_of(data: bytes, encoding: int, at: int = 0) -> tuple[str, int]:
    """(text, where the next begins) of the text at `at`, which ends with a zero or with the data.

    Raises FormatError for an encoding that there is not, or another one than it claims.
    """
    if encoding >= len(ENCODINGS):
        raise FormatError("its text is in an encoding that there is not.", 1)
    zero = b"\0\0" if encoding in (1, 2) else b"\0"
    end = data.find(zero, at)
    while end >= 0 and (end - at) % len(zero):
        end = data.find(zero, end + 1)
    raw = data[at:] if end < 0 else data[at:end]
    name = ENCODINGS[encoding]
    if encoding == 1 and not raw.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        name = "utf-16-le"  # what those mean that leave the mark out
    try:
        return raw.decode(name), len(data) if end < 0 else end + len(zero)
    except UnicodeDecodeError:
        raise FormatError("its text is not in the encoding that it claims.", 1) from None


def ended(text: str, encoding: int) -> bytes:
    """A text as it is written, with the zero at its end. Raises FormatError for letters that it has not."""
    try:
        # Python puts the mark of UTF-16 in front of every text, as ID3 wants it.
        return (text + "\0").encode(ENCODINGS[encoding])
    except UnicodeEncodeError:
        raise FormatError("its letters cannot be written in this encoding.") from None


def body_of(data: bytes, name: str) -> bytes:
    """The body of the first frame of this name where `data` begins with a tag, otherwise `data` itself."""
    if not data.startswith(b"ID3"):
        return data
    body = next((frame.body for frame in frames(data) if frame.name == name), None)
    if body is None:
        raise FormatError("The ID3 tag holds no words of this kind.")
    return body

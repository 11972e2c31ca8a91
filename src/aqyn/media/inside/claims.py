"""What a file's own header says about its length: exact promises only, never estimates."""

from __future__ import annotations

import mmap
import struct
from typing import BinaryIO

from aqyn.media.inside.sniffing import mpeg_frame, skip_id3

# Lengths that programs write when they cannot know: FFmpeg, many others, SoX into a pipe.
_UNKNOWN = {0, 0x7FFFFFFF, 0xFFFFFFFF, 0x7FFFF000}


# An OGG page that begins a stream, and how each codec's first packet begins.
_FIRST_PAGE = b"OggS\0\2"
_OGG_MAGIC = ((b"OpusHead", "opus"), (b"\1vorbis", "vorbis"), (b"\x7fFLAC", "flac"))


def promised_seconds(file: BinaryIO, container: str) -> float | None:
    """The length that a WAV, FLAC or MP3 header promises, in seconds; None where it promises none.

    M4A and OGG say it in places that FFmpeg reads exactly; AAC frames alone say nothing.
    """
    start = skip_id3(file)
    file.seek(start)
    try:
        if container == "wav":
            return _wav(file)
        if container == "flac":
            return _flac(file)
        if container == "mp3":
            return _mp3(file)
    except (struct.error, IndexError):
        # Half a header promises nothing; decoding will tell what is there.
        return None
    return None


def ends_inside_a_page(file: BinaryIO) -> bool:
    """Whether an OGG file stops before the end of its last page (RFC 3533)."""
    size = file.seek(0, 2)
    start = max(0, size - 2 * 65307)
    file.seek(start)
    tail = file.read()
    at = tail.rfind(b"OggS")
    if at == -1 or len(tail) < at + 27:
        return at != -1
    segments = tail[26 + at]
    table = tail[at + 27 : at + 27 + segments]
    return len(table) < segments or len(tail) < at + 27 + segments + sum(table)


def sounds_in_ogg(file: BinaryIO) -> set[str]:
    """Which codecs' streams begin anywhere in an OGG file: files can be chained (RFC 3533, section 4).

    FFmpeg reads on when the next one is of the same codec, and else stops without a word.
    """
    found: set[str] = set()
    with mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as body:
        at = body.find(_FIRST_PAGE)
        while at != -1:
            segments = body[at + 26] if at + 26 < len(body) else 0
            head = body[at + 27 + segments : at + 35 + segments]
            found.update(name for magic, name in _OGG_MAGIC if head.startswith(magic))
            at = body.find(_FIRST_PAGE, at + 1)
    return found


def _wav(file: BinaryIO) -> float | None:
    """RIFF chunks (Microsoft RIFFNEW) and RF64's 64-bit data size (EBU Tech 3306)."""
    file.seek(12, 1)
    byte_rate, long_size = 0, None
    for _ in range(64):
        head = file.read(8)
        if len(head) < 8:
            return None
        name, size = head[:4], struct.unpack("<I", head[4:])[0]
        if name == b"data":
            if size == 0xFFFFFFFF and long_size is not None:
                size = long_size
            elif size in _UNKNOWN:
                return None
            return size / byte_rate if byte_rate else None
        body = file.read(min(size, 28))
        if name == b"fmt ":
            # Not the header's own bytes-a-second field: nothing else reads it, so it is often wrong.
            channels, hertz, bits = struct.unpack("<2xHI6xH", body[:16])
            byte_rate = channels * hertz * (bits // 8)
        elif name == b"ds64":
            long_size = struct.unpack("<Q", body[8:16])[0]
        file.seek(size - len(body) + (size & 1), 1)
    return None


def _flac(file: BinaryIO) -> float | None:
    """Total samples over sample rate, from STREAMINFO (RFC 9639, section 8.2)."""
    head = file.read(4 + 4 + 18)
    hertz = head[18] << 12 | head[19] << 4 | head[20] >> 4
    samples = (head[21] & 15) << 32 | struct.unpack(">I", head[22:26])[0]
    return samples / hertz if samples and hertz else None


def _mp3(file: BinaryIO) -> float | None:
    """The frame count of a Xing, Info or VBRI header, which sits in the first frame."""
    body = file.read(64 * 1024)
    at = body.find(b"\xff")
    while at != -1 and mpeg_frame(body[at : at + 4]) is None:
        at = body.find(b"\xff", at + 1)
    frame = mpeg_frame(body[at : at + 4]) if at != -1 else None
    if frame is None:
        return None
    size, samples, hertz, first, channels = frame
    side = (17 if channels == 1 else 32) if first else (9 if channels == 1 else 17)
    head = body[at : at + size]
    at = 4 + side
    if head[at : at + 4] in (b"Xing", b"Info"):
        flags, count = struct.unpack(">II", head[at + 4 : at + 12])
        return int(count) * samples / hertz if flags & 1 and count else None
    if head[36:40] == b"VBRI":
        count = struct.unpack(">I", head[36 + 14 : 36 + 18])[0]
        return int(count) * samples / hertz if count else None
    return None

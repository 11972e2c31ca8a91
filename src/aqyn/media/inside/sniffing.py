"""What a file is, by its first bytes: its name is never asked."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import BinaryIO

from aqyn.media.errors import Damaged, NotAudio, Unsupported, Video

# Sound may begin this far behind an ID3 tag: some writers pad with zeros.
_SEARCH = 64 * 1024
# An ID3 tag larger than this holds no song's title and cover.
MAX_ID3 = 32 * 1024 * 1024

_OTHERS: tuple[tuple[int, bytes, str], ...] = (
    (0, b"FORM", "AIFF"),
    (0, b"caff", "CAF"),
    (0, b"\x30\x26\xb2\x75\x8e\x66\xcf\x11", "WMA"),
    (0, b"MThd", "MIDI"),
    (0, b"#!AMR", "AMR"),
    (0, b"wvpk", "WavPack"),
    (0, b"MAC ", "Monkey's Audio"),
    (0, b".snd", "AU"),
    (0, b"DSD ", "DSD"),
)
_VIDEOS: tuple[tuple[int, bytes], ...] = (
    (8, b"AVI "),
    (0, b"\x00\x00\x01\xba"),  # MPEG program stream
    (0, b"FLV\x01"),
)


def sniff(file: BinaryIO) -> str:
    """One of "wav", "flac", "ogg", "m4a", "mp3", "aac"; `file` is left anywhere.

    Raises NotAudio, Unsupported, Video, or Damaged for a tag of an absurd size.
    """
    start = skip_id3(file)
    file.seek(start)
    head = file.read(_SEARCH)
    if head[:4] in (b"RIFF", b"RF64", b"BW64") and head[8:12] == b"WAVE":
        return "wav"
    if head[:4] == b"fLaC":
        return "flac"
    if head[:4] == b"OggS":
        return "ogg"
    if head[4:8] == b"ftyp":
        return "m4a"
    for offset, magic, name in _OTHERS:
        if head[offset : offset + len(magic)] == magic:
            raise Unsupported(found=name)
    if any(head[offset : offset + len(magic)] == magic for offset, magic in _VIDEOS):
        raise Video
    if head[:4] == b"\x1a\x45\xdf\xa3":
        # Matroska names its codecs V_… and A_… in element 0x86.
        if re.search(rb"\x86.V_", head, re.DOTALL):
            raise Video
        raise Unsupported(found="Matroska")
    body = head.lstrip(b"\0")
    if _adts_length(body) and _follows(body, _adts_length):
        return "aac"
    if _mpeg_length(body) and _follows(body, _mpeg_length):
        return "mp3"
    if start and _find_mpeg(body):
        # A tag, then rubbish, then sound: old taggers did that.
        return "mp3"
    raise NotAudio


def skip_id3(file: BinaryIO) -> int:
    """Where the content begins, behind any ID3v2 tags."""
    start = 0
    while True:
        file.seek(start)
        head = file.read(10)
        if len(head) < 10 or head[:3] != b"ID3" or max(head[6:10]) > 0x7F:
            return start
        size = head[6] << 21 | head[7] << 14 | head[8] << 7 | head[9]
        start += 10 + size + (10 if head[5] & 0x10 else 0)
        if start > MAX_ID3:
            raise Damaged("The recording's tags are larger than any song needs.")


def _follows(body: bytes, length: Callable[[bytes], int]) -> bool:
    """Whether a second and a third frame begin where the first says: one match is chance."""
    at = 0
    for _ in range(3):
        step = length(body[at : at + 8])
        if not step:
            return False
        at += step
        if at >= len(body):
            # A file of one or two frames: nothing contradicts.
            return True
    return True


def _find_mpeg(body: bytes) -> bool:
    at = body.find(b"\xff")
    while at != -1:
        if _mpeg_length(body[at : at + 8]) and _follows(body[at:], _mpeg_length):
            return True
        at = body.find(b"\xff", at + 1)
    return False


def _adts_length(head: bytes) -> int:
    """Bytes of the ADTS frame (ISO/IEC 13818-7) that begins here, or 0."""
    if len(head) < 7 or head[0] != 0xFF or head[1] & 0xF6 != 0xF0 or (head[2] >> 2) & 15 > 12:
        return 0
    size = (head[3] & 3) << 11 | head[4] << 3 | head[5] >> 5
    return size if size > 7 else 0


# Kilobits a second by index: MPEG-1 and MPEG-2 layer III (ISO/IEC 11172-3, 13818-3).
_RATES_1 = (0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320, 0)
_RATES_2 = (0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160, 0)
_HERTZ = (44100, 48000, 32000, 0)


def mpeg_frame(head: bytes) -> tuple[int, int, int, bool, int] | None:
    """(bytes, samples, hertz, is MPEG-1, channels) of the layer III frame that begins here."""
    if len(head) < 4 or head[0] != 0xFF or head[1] & 0xE0 != 0xE0:
        return None
    version, layer = (head[1] >> 3) & 3, (head[1] >> 1) & 3
    if version == 1 or layer != 1:
        return None
    first = version == 3
    kilobits = (_RATES_1 if first else _RATES_2)[head[2] >> 4]
    hertz = _HERTZ[(head[2] >> 2) & 3] >> (0 if first else 1 if version == 2 else 2)
    if not kilobits or not hertz:
        return None
    samples = 1152 if first else 576
    size = samples // 8 * kilobits * 1000 // hertz + ((head[2] >> 1) & 1)
    return size, samples, hertz, first, 1 if head[3] >> 6 == 3 else 2


def _mpeg_length(head: bytes) -> int:
    frame = mpeg_frame(head)
    return frame[0] if frame else 0

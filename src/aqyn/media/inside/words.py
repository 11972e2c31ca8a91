"""The words that a recording's own file carries, as they are: found here, read by `core.lyrics.formats`."""

from __future__ import annotations

import struct
from base64 import b64encode
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from aqyn.core.lyrics.formats import id3, vorbis
from aqyn.core.lyrics.formats.sheet import FormatError
from aqyn.media.inside.reading import Recording
from aqyn.media.inside.sniffing import MAX_ID3, skip_id3, sniff

MOST_BYTES = 1024 * 1024
"""What is longer holds no song's words."""
# Of all comments only these: a picture may stand among them.
_COMMENTS = {"LYRICS", "SYNCEDLYRICS", "UNSYNCEDLYRICS"}
_BESIDE = {"TITLE", "ARTIST", "LANGUAGE"}
_MOST_BLOCKS = 128
_MOST_PAGES = 2_000
_VORBIS_COMMENT = 4


def words(path: str) -> dict[str, str]:
    """The bytes of each kind that was found, in Base64: "uslt" and "sylt" (the body of an ID3 frame),
    "vorbis" (a block of comments), "text" (that of an MP4's lyrics atom)."""
    found: dict[str, bytes] = {}
    with Path(path).open("rb") as file:
        container = sniff(file)
        for tag in _tags(file, container):
            found = _frames(tag) | found
        if container in ("flac", "ogg"):
            block = _of_flac(file) if container == "flac" else _of_ogg(file)
            found |= _comments(block)
    if container == "m4a":
        with Recording(Path(path)) as recording:
            said = recording.metadata.get("lyrics", "").encode()
        found |= {"text": said} if said.strip() else {}
    return {key: b64encode(body).decode() for key, body in found.items() if len(body) <= MOST_BYTES}


def _tags(file: BinaryIO, container: str) -> Iterator[bytes]:
    """The ID3 tags: before the sound, and of a WAV the chunk that holds one."""
    start = skip_id3(file)
    if start:
        file.seek(0)
        yield file.read(min(start, MAX_ID3))
    if container != "wav":
        return
    at = start + 12
    for _ in range(_MOST_BLOCKS):
        file.seek(at)
        head = file.read(8)
        if len(head) < 8:
            return
        size = struct.unpack("<I", head[4:])[0]
        if head[:4].lower() == b"id3 ":
            yield file.read(min(size, MAX_ID3))
        at += 8 + size + (size & 1)


def _frames(tag: bytes) -> dict[str, bytes]:
    """The longest USLT and the longest SYLT of a tag: one song may have its words in several languages."""
    try:
        frames = id3.frames(tag)
    except FormatError:
        return {}
    found: dict[str, bytes] = {}
    for frame in sorted(frames, key=lambda frame: len(frame.body)):
        if frame.name in ("USLT", "SYLT") and len(frame.body) <= MOST_BYTES:
            found[frame.name.lower()] = frame.body
    return found


def _comments(block: bytes) -> dict[str, bytes]:
    try:
        told = vorbis.unpacked(block)
    except FormatError:
        return {}
    kept = [comment for comment in told if comment.name in _COMMENTS | _BESIDE]
    if not any(comment.name in _COMMENTS and comment.value.strip() for comment in kept):
        return {}
    return {"vorbis": vorbis.packed(kept)}


def _of_flac(file: BinaryIO) -> bytes:
    """The block of comments among a FLAC's metadata (RFC 9639, section 8)."""
    at = skip_id3(file) + 4
    for _ in range(_MOST_BLOCKS):
        file.seek(at)
        head = file.read(4)
        if len(head) < 4:
            break
        size = int.from_bytes(head[1:], "big")
        if head[0] & 0x7F == _VORBIS_COMMENT:
            return file.read(size)
        if head[0] & 0x80:
            break
        at += 4 + size
    return b""


def _of_ogg(file: BinaryIO) -> bytes:
    """The second packet of an OGG's first stream (RFC 3533); FLAC in OGG puts a block's head before it."""
    file.seek(skip_id3(file))
    serial, packets, packet = b"", 0, bytearray()
    for _ in range(_MOST_PAGES):
        head = file.read(27)
        if len(head) < 27 or head[:4] != b"OggS":
            break
        table = file.read(head[26])
        body = file.read(sum(table))
        serial = serial or head[14:18]
        if head[14:18] != serial:
            continue
        at = 0
        for size in table:
            packet += body[at : at + size]
            at += size
            if size < 255:
                packets += 1
                if packets == 2:
                    flac = bool(packet) and packet[0] & 0x7F == _VORBIS_COMMENT
                    return bytes(packet[4:] if flac else packet)
                packet.clear()
        if len(packet) > MAX_ID3:
            break
    return b""

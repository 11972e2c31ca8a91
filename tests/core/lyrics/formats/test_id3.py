"""Tags of every version, as they lie at the head of a file."""

import io
import zlib

import mutagen.id3
import pytest

from aqyn.core.lyrics.formats import FormatError, guess, id3, uslt
from aqyn.core.lyrics.formats.id3 import Frame

# With bytes that unsynchronisation touches: in UTF-16 a mark, and ÿ before a zero.
BODY = uslt.packed(uslt.Words("kk", "ÿ", "Терезе\nÿ шам"), 1)
SYNCSAFE = (21, 14, 7, 0)


def header(version: int, flags: int, body: bytes) -> bytes:
    return b"ID3" + bytes([version, 0, flags]) + bytes(len(body) >> shift & 0x7F for shift in SYNCSAFE) + body


def frame(name: bytes, body: bytes, *, flags: int = 0, version: int = 3) -> bytes:
    if version == 2:
        return name + len(body).to_bytes(3, "big") + body
    size = len(body).to_bytes(4, "big")
    if version == 4:
        size = bytes(len(body) >> shift & 0x7F for shift in SYNCSAFE)
    return name + size + bytes([0, flags]) + body


def unsynchronised(data: bytes) -> bytes:
    out = bytearray()
    for at, byte in enumerate(data):
        out.append(byte)
        after = data[at + 1 : at + 2]
        if byte == 0xFF and (not after or after[0] == 0 or after[0] >= 0xE0):
            out.append(0)
    return bytes(out)


INFLATED = len(BODY).to_bytes(4, "big")
LENGTH = bytes(len(BODY) >> shift & 0x7F for shift in SYNCSAFE)
TAGS = {
    "2.2": header(2, 0, frame(b"ULT", BODY, version=2)),
    "2.2 unsynchronised": header(2, 0x80, unsynchronised(frame(b"ULT", BODY, version=2))),
    "2.3": header(3, 0, frame(b"TIT2", b"\x03x") + frame(b"USLT", BODY) + bytes(50)),
    "2.3 unsynchronised": header(3, 0x80, unsynchronised(frame(b"USLT", BODY))),
    "2.3 with an extended header": header(
        3, 0x40, bytes([0, 0, 0, 6, 0, 0, 0, 0, 0, 0]) + frame(b"USLT", BODY)
    ),
    "2.3 compressed": header(3, 0, frame(b"USLT", INFLATED + zlib.compress(BODY), flags=0x80)),
    "2.3 in a group": header(3, 0, frame(b"USLT", b"\x01" + BODY, flags=0x20)),
    "2.4": header(4, 0, frame(b"USLT", BODY, version=4)),
    "2.4 unsynchronised": header(
        4, 0x80, frame(b"USLT", LENGTH + unsynchronised(BODY), flags=0x03, version=4)
    ),
    "2.4 unsynchronised as its header says": header(
        4, 0x80, frame(b"USLT", LENGTH + unsynchronised(BODY), flags=0x01, version=4)
    ),
    "2.4 with an extended header": header(
        4, 0x40, bytes([0, 0, 0, 6, 1, 0]) + frame(b"USLT", BODY, version=4)
    ),
    "2.4 compressed": header(4, 0, frame(b"USLT", LENGTH + zlib.compress(BODY), flags=0x09, version=4)),
    "2.4 in a group": header(4, 0, frame(b"USLT", b"\x01" + BODY, flags=0x40, version=4)),
}


@pytest.mark.parametrize("name", TAGS)
def test_a_tag_of_any_kind_gives_its_frame_as_another_reader_does(name):
    tag = TAGS[name] + b"\xff\xfb sound"
    found = [one for one in id3.frames(tag) if one.name == "USLT"]
    assert found == [Frame("USLT", BODY)]
    if "group" not in name:  # which mutagen takes for the frame's own bytes
        [theirs] = mutagen.id3.ID3(io.BytesIO(tag), translate=False).getall("USLT")
        assert theirs.text == uslt.unpacked(BODY).text
    form, sheet = guess(tag)
    assert form.key == "uslt"
    assert [line.text for line in sheet.lines] == ["Терезе", "ÿ шам"]


def test_sizes_of_2_4_that_are_written_as_in_2_3_are_understood():
    long = uslt.packed(uslt.Words("kk", "", "сөз " * 100))
    assert id3.frames(header(4, 0, frame(b"USLT", long))) == [Frame("USLT", long)]


def test_an_encrypted_frame_is_passed_over():
    sealed = frame(b"USLT", b"\x01" + BODY, flags=0x40) + frame(b"USLT", BODY)
    assert id3.frames(header(3, 0, sealed)) == [Frame("USLT", BODY)]


def test_a_file_that_stops_half_way_gives_what_is_there():
    tag = id3.tag([Frame("TIT2", b"\x03x"), Frame("USLT", BODY)])
    assert [one.name for one in id3.frames(tag[:40])] == ["TIT2", "USLT"]
    assert [one.name for one in id3.frames(tag[:25])] == ["TIT2"]
    assert id3.frames(tag[:12]) == []
    with pytest.raises(FormatError, match="does not begin with an ID3 tag"):
        id3.frames(tag[:9])


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (b"\x03kaz", "line 1: the frame is shorter than its head."),
        (b"\x03kaz\x00\xff", "line 1: its text is not in the encoding that it claims."),
        (b"\x03kaz\x01\x01\x00a\x00\x00\x00\x00\x01", "line 1: its times are not counted in milliseconds."),
        (b"\x03kaz\x02\x05\x00Am\x00\x00\x00\x00\x01", "line 1: it holds something else than words."),
        (b"\x03kaz\x02\x01\x00a\x00\x00\x00\x00\x01\nb\x00\x00", "line 1: it ends before its last time."),
        (b"\x03kaz\x02\x01\x00a\x00\xff\xff\xff\xff", "line 1: “4294967295” is not a time."),
        (b"\x03kaz\x02\x01\x00\x00\x00\x00\x00\x01", "There are no words with a time in the file."),
        (
            b"\x03kaz\x02\x01\x00a\x00\x00\x00\x00\x09\nb \x00\x00\x00\x00\x20c\x00\x00\x00\x00\x10",
            "line 2: the times of its words do not follow one another.",
        ),
        (
            b"\x04\x00\x00\x00Aqyn\x01\x00\x00\x00\x09\x00\x00\x00LYRICS=",
            "The block of comments ends too soon.",
        ),
        (b"\x04\x00\x00\x00Aqyn\x00\x00\x00\x00", "There are no words in the comments."),
    ],
)
def test_a_broken_frame_or_block_is_told(data, told):
    with pytest.raises(FormatError) as refused:
        guess(data)
    assert str(refused.value) == told

"""Whatever bytes a file holds, it is a sheet or one refusal, and no size of it takes long."""

import codecs
import zlib

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from tests.core.lyrics.strategies import sheets

from aqyn.core.lyrics.formats import FORMATS, FormatError, guess, id3, sylt, uslt, vorbis
from aqyn.core.lyrics.timing import check

WORDS = st.text("аәқabc,.!—’", min_size=1, max_size=8)
# What formats are made of, in any order.
SCRAPS = [
    *(
        "[00:01.00]",
        "<00:01.20>",
        "[00:99.00]",
        "00:00:01.000 --> 00:00:02.000\n",
        "00:00:01,5 --> 0:00:02\n",
    ),
    *("WEBVTT\n\n", "NOTE ", "<lang ru>", "</lang>", "&lt;", "<00:00:01.500>", "-->", "{\\an8}"),
    *(
        "[Events]\n",
        "Format: Start, End, Text\n",
        "Dialogue: 0:00:01.00,0:00:02.00,",
        "{\\k10}",
        "\\N",
        "{\\p1}",
    ),
    *("<tt><body>", "<p begin='1' end='2'>", "<span>", "</p>", "</body></tt>", "<", ">", "\\", "{ru:", "}"),
    *("\n", "\n\n", " ", "сөз", "99", "[chorus]", "[Am]", "\ufeff", "\u2028"),
]
BODIES = [
    b"\x03kaz\0",
    b"\x01kaz\x02\x01\xff\xfe\0\0",
    b"ID3\x03\0\0\0\0\0\x40",
    b"USLT\0\0\0\x10\0\0",
    b"\0\0",
    b"\xff",
]


def read_by_all(data: bytes) -> None:
    wide = data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    lines = len(data.decode("utf-16" if wide else "utf-8", "replace").splitlines()) + 1
    for read in (*(form.read for form in FORMATS.values()), lambda data: guess(data, "a.srt")[1]):
        try:
            sheet = read(data)
        except FormatError as error:
            assert "\n" not in str(error)
            assert error.line is None or 1 <= error.line <= lines
        else:
            assert len(sheet.lines) == len(sheet.cues) > 0
            for line, cues in zip(sheet.lines, sheet.cues, strict=True):
                assert line.words
                check([cues], [len(line.words)])


@settings(max_examples=300, deadline=None)
@given(
    st.one_of(
        st.binary(max_size=200),
        st.lists(st.sampled_from(SCRAPS), max_size=25).map(lambda parts: "".join(parts).encode()),
        st.lists(st.one_of(st.sampled_from(BODIES), st.binary(max_size=12)), max_size=12).map(b"".join),
        st.text(max_size=100).map(lambda text: text.encode("utf-16", "surrogatepass")),
    )
)
@example(b"")
@example(b"[00:01.00]<00:01.00>\n[00:02.00] <00:02.00> <00:03.00>\n[00:04]a")
@example("00:00:01,000 --> 00:00:02,000\n5\n00:00:02,000 --> 00:00:03,000\nсөз".encode())
@example("\n\u2028{ru:".encode())
@example(b"{ru:}")
@example(b"\x03kaz\x02\x01\0\n\0\0\0\0\0")
def test_any_bytes_are_a_sheet_or_one_refusal(data):
    read_by_all(data)


@settings(max_examples=150, deadline=None)
@given(
    sheets(word_level=True, languages=False, readings=True, text=WORDS),
    st.sampled_from(list(FORMATS)),
    st.data(),
)
def test_a_damaged_file_is_a_sheet_or_one_refusal(sheet, key, data):
    written = FORMATS[key].write(sheet)
    for _ in range(data.draw(st.integers(1, 3))):
        start = data.draw(st.integers(0, len(written)))
        end = data.draw(st.integers(start, min(len(written), start + 30)))
        written = written[:start] + data.draw(st.binary(max_size=6)) + written[end:]
    for read in (FORMATS[key].read, lambda data: guess(data)[1]):
        try:
            read(written)
        except FormatError as error:
            assert "\n" not in str(error)


def cues(count: int, text: str, mark: str = ".") -> str:
    times = (
        f"{at // 3600:02}:{at // 60 % 60:02}:{at % 60:02}{mark}000 --> 23:59:59{mark}000\n{text}\n"
        for at in range(count)
    )
    return "\n".join(times)


MUCH = 600_000
HUGE = {
    "an open tag": "WEBVTT\n\n" + cues(1, "<" * MUCH),
    "times in one word": "WEBVTT\n\n" + cues(1, "а<00:00:01.000>" * (MUCH // 16)),
    "lines under one time": "WEBVTT\n\n" + cues(1, "<00:00:01.000>а\n" * (MUCH // 17)),
    "languages": "WEBVTT\n\n" + cues(1, "<lang ru>а" * (MUCH // 11)),
    "entities": "WEBVTT\n\n" + cues(1, "&lt;&#65;&" * (MUCH // 11)),
    "numbers": "1\n" * (MUCH // 2) + cues(1, "а", ","),
    "arrows": cues(1, "а" * 10, ",") + "00:01 --> " * (MUCH // 10),
    "spaces before an arrow": "00:00:01,000" + " " * MUCH + "-->",
    "font": cues(1, "<font " * (MUCH // 6), ","),
    "braces": "[Events]\nDialogue: 0,0:00:01.00,0:00:02.00,,,,,,," + "{\\k" * (MUCH // 3),
    "syllables": "[Events]\nDialogue: 0,0:00:01.00,0:00:02.00,,,,,,," + "{\\k0}а" * (MUCH // 7),
    "commas": "[Events]\nFormat: " + "," * MUCH,
    "headings": "[" * MUCH,
    "marks": "{ru:" + "\\" * MUCH,
    "languages in a text": "{ru:а} " * (MUCH // 7),
    "stamps": "[00:01.00]" * (MUCH // 10) + "а",
    "ends": "[00:01.00]\n" * (MUCH // 11) + "[00:02.00]а\n" * 1900,
    "word stamps": "[00:01.00]" + "<00:01.00>а" * (MUCH // 12),
    "words without times": "[00:01.00]<00:01.00>" + "а " * (MUCH // 2),
    "spans": "<tt><body><p>" + "<span begin='1' end='1'>а</span>" * 60_000 + "</p></body></tt>",
    "voices": "<tt><body><p>" + '<span role="x-bg">а</span>' * 70_000 + "</p></body></tt>",
    "letters in elements": "<tt><body><p>" + "<b>а</b>" * 60_000 + "</p></body></tt>",
    "depth": "<tt>" + "<a>" * 38 + "<b/>" * 100_000,
    "empty lines": "\n" * MUCH,
    "white space": " \t" * (MUCH // 2) + "а",
    "words": "а " * (MUCH // 2),
}  # fmt: skip


@pytest.mark.parametrize("name", HUGE)
def test_no_file_within_the_limits_takes_long(name):
    """Not timed: a reader that is quadratic in any of these does not come back."""
    read_by_all(HUGE[name].encode())


def test_hostile_tags_end_with_what_is_there():
    frame = id3.Frame(
        "SYLT", sylt.packed(sylt.Timed("kk", "", (sylt.Piece("сөз", 1000), sylt.Piece("", 2000))))
    )
    whole = id3.tag([frame])
    assert [one.name for one in id3.frames(whole)] == ["SYLT"]
    read_by_all(whole[:6] + b"\x7f\x7f\x7f\x7f" + whole[10:])
    read_by_all(b"ID3\x04\0\x40" + whole[6:10] + b"\x7f\x7f\x7f\x7f" + whole[10:])
    read_by_all(b"ID3\x03\0\0\x7f\x7f\x7f\x7f" + b"USLT\xff\xff\xff\xff\0\0" + b"\0" * 100)
    read_by_all(b"ID3\x03\0\0\x7f\x7f\x7f\x7f" + b"AAAA\0\0\0\0\0\0" * 100_000)
    read_by_all(b"\x03kaz\x02\x01" + b"\0" * 2_000_000)
    read_by_all(b"\x01kaz\x02\x01" + b"\1\0" * 1_000_000)
    read_by_all(vorbis.packed([vorbis.Comment("A", "")] * 10_001))
    read_by_all(b"\x04\0\0\0Aqyn\xff\xff\0\0" + b"\0" * 2_000_000)


def test_frames_that_swell_without_end_are_left_out():
    def frame(body: bytes) -> bytes:
        held = len(body).to_bytes(4, "big") + zlib.compress(body)
        return b"USLT" + len(held).to_bytes(4, "big") + b"\0\x80" + held

    small = uslt.packed(uslt.Words("kk", "", "сөз " * 20))
    body = frame(b"\0" * (id3.MOST_INFLATED - 1000)) + frame(b"\0" * 10_000) * 20 + frame(small)
    size = bytes(len(body) >> shift & 0x7F for shift in (21, 14, 7, 0))
    found = id3.frames(b"ID3\x03\0\0" + size + body)
    assert [len(one.body) for one in found] == [id3.MOST_INFLATED - 1000, len(small)]
    assert found[-1].body == small

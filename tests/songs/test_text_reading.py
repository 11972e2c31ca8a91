"""What is read in a text: any text, without a database."""

from hypothesis import example, given, settings
from hypothesis import strategies as st

from aqyn.songs.models import Song
from aqyn.songs.selectors.reading import text_reading

SONG = Song(slug="tereze", language="kk-Cyrl")
PIECES = [
    "жанды",
    "талды",
    "ел",
    " ",
    "\n",
    "\n\n",
    "[chorus]",
    "[Am]",
    "{ru:",
    "}",
    "\\",
    "{",
    "[",
    "😀",
    ",",
]


@settings(max_examples=300)
@given(st.lists(st.sampled_from(PIECES), max_size=40).map("".join))
@example("жан[Am]ды\nтал{ru:ды}")
@example("\n\nжанды\nталды")
def test_any_text_is_read_line_by_line(text):
    read = text_reading(text, SONG)
    lines = text.splitlines()
    assert len(read["lines"]) == len(lines)
    for line, told in zip(lines, read["lines"], strict=True):
        if told["part"]:
            start, end = told["part"]
            assert 0 <= start < end <= len(line.encode("utf-16-le")) // 2
        assert bool(told["rhyme"]) <= (told["kind"] == "line")
    for part in read["stanzas"]:
        assert 1 <= part["from"] <= part["to"] <= len(lines)


def test_more_lines_than_a_song_has_are_told_while_one_writes():
    assert text_reading("жол\n" * 501, SONG)["faults"] == ["A song has at most 500 lines; this one has 501."]

"""Chords in a line, above it, and back."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.core.lyrics.strategies import words

from aqyn.core.lyrics.chords import chord_row, is_chord, laid_over, letters_of, only_chords, put_in, taken_out
from aqyn.core.lyrics.model import Chord, marked, parse_marked

NAMES = [
    "A",
    "Am",
    "F#m7b5/C",
    "G/B",
    "Cmaj7",
    "Hm",
    "Cadd9",
    "C7(b9,#11)",
    "N.C.",
    "Dsus4",
    "E7#9",
    "B♭69",
    "C°7",
]


@st.composite
def played(draw) -> tuple[str, tuple[Chord, ...]]:
    """A line with spans and chords over letters of it."""
    said = draw(st.lists(words, min_size=1, max_size=4))
    places = [(at, letter) for at, word in enumerate(said) for letter in range(len(word.text))]
    chosen = draw(st.lists(st.sampled_from([*places, (len(said), 0)]), max_size=5))
    return marked(said, "kk"), tuple(Chord(*place, draw(st.sampled_from(NAMES))) for place in sorted(chosen))


@pytest.mark.parametrize("name", NAMES)
def test_what_players_write_is_a_chord(name):
    assert is_chord(name)


@pytest.mark.parametrize(
    "name",
    [
        "",
        "chorus",
        "Bob",
        "Emma",
        "Do",
        "Go",
        "Gm77",
        "Bridge",
        "Аm",
        "am",
        "A1111",
        "A/",
        "Cmaj7#11b13sus4add9",
    ],
)
def test_what_is_a_word_or_a_name_is_none(name):
    assert not is_chord(name)


def test_chords_are_taken_out_of_the_words_and_stand_over_letters():
    assert taken_out("[Am]Қызыл[G]орда, {ru:мо[C]ре}нің [D] үні[Em]") == (
        "Қызылорда, {ru:море}нің үні",
        (Chord(0, 0, "Am"), Chord(0, 5, "G"), Chord(1, 2, "C"), Chord(2, 0, "D"), Chord(3, 0, "Em")),
    )


def test_a_chord_before_a_span_is_over_its_first_word():
    assert taken_out("[Am]{ru:море}") == taken_out("{ru:[Am]море}") == ("{ru:море}", (Chord(0, 0, "Am"),))
    assert put_in("{ru:море}", [Chord(0, 0, "Am")]) == "[Am]{ru:море}"


def test_an_escaped_bracket_opens_no_chord_and_other_brackets_are_words():
    assert taken_out(r"\[Am] [күлкі] \{ru:а\}[G]б") == (r"[Am] [күлкі] \{ru:а\}б", (Chord(2, 6, "G"),))


def test_a_line_of_chords_alone_is_known():
    assert only_chords("| [Am] [G] | [C]") == ("Am", "G", "C")
    assert only_chords("[Am] кел") == only_chords("[chorus]") == only_chords("") == ()


def test_names_above_words_fall_where_they_stand():
    row = chord_row("  Am      G/B          C")
    assert row == ((2, "Am"), (10, "G/B"), (23, "C"))
    assert laid_over(row, "Терезеңде шам сөнбесін") == "Те[Am]резеңде [G/B]шам сөнбесін [C]"


def test_names_above_a_span_do_not_break_it():
    assert laid_over(((0, "Am"), (2, "G"), (6, "C")), "{ru:море}") == "[Am][G]{ru:мо[C]ре}"


@pytest.mark.parametrize("row", ["A", "Am", "кел G", "", "chorus", "Дә Am"])
def test_a_line_that_may_be_words_is_no_row_of_chords(row):
    assert chord_row(row) == ()
    assert chord_row("   A") == ((3, "A"),)
    assert chord_row("G") == ((0, "G"),)


@given(played())
def test_chords_put_into_a_line_come_back(line):
    text, chords = line
    safe = text.replace("[", "(")
    assert taken_out(put_in(safe, chords)) == (safe, chords)


@given(st.text("[]AmG{}\\:ru kkабв\t", max_size=40))
def test_any_line_keeps_its_letters_when_its_chords_are_taken_out(raw):
    text, chords = taken_out(raw)
    letters, count = letters_of(text)
    for chord in chords:
        assert (chord.word, chord.at) == (count, 0) or (chord.word, chord.at) in {
            (x.word, x.at) for x in letters
        }
    assert chords == tuple(sorted(chords, key=lambda chord: (chord.word, chord.at)))


@given(st.lists(words, max_size=5))
def test_letters_are_those_of_the_words(said):
    text = marked(said, "kk")
    letters, count = letters_of(text)
    found = parse_marked(text, "kk")
    assert count == len(found)
    assert [(x.word, text[x.place]) for x in letters if text[x.place] != "\\"] == [
        (at, char) for at, word in enumerate(found) for char in word.text if char not in "{}\\"
    ]


def test_a_line_of_nothing_but_chords_and_letters_is_read_in_its_length():
    raw = "[Am]а" * 20_000
    text, chords = taken_out(raw)
    assert (len(text), len(chords)) == (20_000, 20_000)

"""Melodies as they are written."""

from pathlib import Path

import pytest

from aqyn.site.sample import SONGS
from aqyn.site.sample.band import strings_of
from aqyn.site.sample.score import read_score
from aqyn.site.sample.sound import score_of
from aqyn.site.sample.words import words_of

SHEET = """
tempo = 60
tail_s = 1.0
singer = "f2"
form = ["verse"]
intro = {{ tune = "A4*2", chords = "Am" }}
outro = {{ tune = "A4 -", chords = "Am" }}
[parts.verse]
notes = ["{notes}"]
chords = ["{chords}"]
"""


def score(folder: Path, notes: str, chords: str = "Am"):
    (folder / "score.toml").write_text(SHEET.format(notes=notes, chords=chords), encoding="utf-8")
    return read_score(folder, [[words_of("Сыр бойы", "kk")]])


@pytest.mark.parametrize("name", SONGS)
def test_every_syllable_of_the_songs_has_its_note(name: str) -> None:
    for line in score_of(name).lines:
        for word, notes in zip(line.words, line.notes, strict=True):
            assert len(notes) == (len(word.syllables) if word.sung else 0)


@pytest.mark.parametrize("name", SONGS)
def test_a_song_lasts_two_to_three_minutes(name: str) -> None:
    assert 120 <= score_of(name).length_s <= 180


def test_notes_become_seconds(tmp_path: Path) -> None:
    line = score(tmp_path, "A4/2 Bb4/2 C#5*2/3~C5/3").lines[0]
    notes = [(n.pitch, n.start, n.end) for word in line.notes for syllable in word for n in syllable.notes]
    assert notes == [
        (69, 2.0, 2.5),
        (70, 2.5, 3.0),
        (73, 3.0, pytest.approx(3 + 2 / 3)),
        (72, pytest.approx(3 + 2 / 3), 4.0),
    ]


@pytest.mark.parametrize(
    ("notes", "chords"),
    [("A4 A4", "Am"), ("A4/2 A4/2 A4 A4", "Am"), ("A4/2 A4/2 A4", "Am Am"), ("A4/2 A4/2 H4", "Am")],
    ids=["too few notes", "too many", "chords of another length", "no such note"],
)
def test_a_score_that_does_not_fit_its_words_is_refused(tmp_path: Path, notes: str, chords: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        score(tmp_path, notes, chords)


def test_a_high_root_lies_on_the_upper_string() -> None:
    assert strings_of("Am") == (57, 64)
    assert strings_of("C") == (55, 60)
    assert strings_of("Bb") == (53, 58)

"""How a file's lines find those of a song, and what of it goes where."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aqyn.core.lyrics.formats import Sheet
from aqyn.core.lyrics.meeting import (
    NEAR_MS,
    How,
    Row,
    fitting,
    layer_pairs,
    meet,
    moved,
    nearest,
    reading,
    side_by_side,
    spoken_in,
    times_taken,
    together,
    words_taken,
)
from aqyn.core.lyrics.model import Chord, LayerText, Line, Section
from aqyn.core.lyrics.timing import Cue, LineCues, Origin, stamped

NONE = (None,) * 9


def lines(*texts, language="kk"):
    return [Line(text, language) for text in texts]


@pytest.mark.parametrize(
    "said",
    [
        "терезеде жанған шам",
        "Терезеде — жанған шам!",
        "TEREZEDE JANĞAN ŞAM",
        "تەرەزەدە جانعان شام",
        "{ru:Терезеде} жанған шам",
    ],
)
def test_a_line_is_known_in_any_case_punctuation_and_script(said):
    assert meet(lines("Терезеде жанған шам"), lines(said)) == [(0, 0)]


@pytest.mark.parametrize("said", ["Терезеде жанған", "шам", "...", ""])
def test_another_line_is_another(said):
    assert meet(lines("Терезеде жанған шам"), lines(said)) == []


def test_a_chorus_that_the_file_sings_twice_meets_the_one_of_the_song_once():
    assert meet(lines("бір", "екі", "үш"), lines("бір", "екі", "екі", "үш")) == [(0, 0), (1, 1), (2, 3)]


words = st.lists(st.sampled_from(["бір", "екі", "үш", "төрт"]), max_size=8)


@given(words, words)
def test_side_by_side_every_line_stands_once_and_in_order(song, file):
    pairs = meet(lines(*song), lines(*file))
    rows = side_by_side(pairs, len(song), len(file))
    assert [row.song for row in rows if row.song is not None] == list(range(len(song)))
    assert [row.file for row in rows if row.file is not None] == list(range(len(file)))
    assert [(row.song, row.file) for row in rows if (row.song, row.file) in set(pairs)] == pairs


def test_as_many_lines_in_place_of_as_many_stand_beside_each_other():
    assert side_by_side([(2, 1)], 3, 3) == [Row(0, 0), Row(1, None), Row(2, 1), Row(None, 2)]


starts = st.lists(st.integers(0, 5_000), max_size=8).map(sorted)


@given(starts, starts)
def test_lines_sung_together_begin_near_each_other_and_each_is_taken_once(song, file):
    mine, theirs = ([LineCues(at, at) for at in times] for times in (song, file))
    pairs = together(mine, theirs)
    assert [p for p, _ in pairs] == sorted({p for p, _ in pairs})
    assert [p for _, p in pairs] == sorted({p for _, p in pairs})
    assert all(abs(song[here] - file[there]) <= NEAR_MS for here, there in pairs)


@given(starts)
def test_a_song_meets_its_own_times(times):
    mine = [LineCues(at, at) for at in dict.fromkeys(times)]
    assert together(mine, mine) == [(place, place) for place in range(len(mine))]


def test_times_are_moved_and_say_that_they_were_imported():
    cues = (LineCues.of([Cue(100, 300, (100, 200))]), None)
    assert moved(cues, -100) == [
        stamped(LineCues.of([Cue(0, 200, (0, 100))]), Origin.IMPORTED), None,
    ]  # fmt: skip


def test_a_line_of_another_number_of_words_keeps_its_own_times_alone():
    cues = stamped(LineCues.of([Cue(0, 100), Cue(100, 300)]), Origin.IMPORTED)
    assert fitting(cues, 2) == cues
    assert fitting(cues, 3) == LineCues(0, 300, (), Origin.IMPORTED, 80)


def test_what_is_timed_stays_unless_it_may_be_replaced():
    song, present = lines("бір", "екі"), [LineCues(5, 6), None]
    cues = [LineCues(0, 1), LineCues(2, 3)]
    pairs = [(0, 0), (1, 1)]
    assert times_taken(song, present, cues, pairs, over=False) == [LineCues(5, 6), LineCues(2, 3)]
    assert times_taken(song, present, cues, pairs, over=True) == cues


def test_a_line_of_the_very_same_words_stays_as_the_song_has_it():
    mine = Line("{ru:море,} теңіз", "kk", {"en": LayerText("sea")}, (Chord(0, 0, "Am"),))
    song = (Section("chorus", (mine,), "Теңіз"), Section("verse", tuple(lines("бір"))))
    file = (Section("verse", tuple(lines("море, теңіз"))), Section("verse", tuple(lines("Бір!", "жаңа"))))
    first, second = words_taken(song, file, meet([mine, *lines("бір")], [*file[0].lines, *file[1].lines]))
    assert first == Section("chorus", (Line("{ru:море,} теңіз", "kk", {}, (Chord(0, 0, "Am"),)),), "Теңіз")
    assert second == file[1]


def test_a_layer_finds_its_lines_by_words_then_by_number_then_by_time():
    song = lines("Терезеде шам", "море, теңіз", "үйге қайт")
    latin = lines("Terezede şam", "more, teñiz")
    assert layer_pairs(song, NONE[:3], latin, NONE[:2]) == (How.WORDS, [(0, 0), (1, 1)])
    english = lines("a lamp", "sea", "come home", language="en")
    assert layer_pairs(song, NONE[:3], english, NONE[:3]) == (How.NUMBER, [(0, 0), (1, 1), (2, 2)])
    times = [LineCues(at, at + 9) for at in (0, 1000, 2000)]
    assert layer_pairs(song, times, english[:2], [LineCues(150, 200), LineCues(1900, 2000)]) == (
        How.TIME, [(0, 0), (2, 1)],
    )  # fmt: skip
    assert layer_pairs(song, NONE[:3], english[:2], NONE[:2]) is None


def test_a_reading_is_in_its_own_language_and_marks_the_words_of_others():
    of = Line("Теңіз, {ru:море}", "kk")
    assert reading(Line("Sea, {ru:море}", "en"), "en", of, "kk-Cyrl").text == "Sea, {ru:море}"
    assert reading(Line("Teñiz, {ru:more}", "kk"), "kk-Latn", of, "kk-Cyrl").text == "Teñiz, {ru:more}"


def test_a_file_that_says_no_language_is_told_its_own():
    sheet = Sheet(
        (Section("verse", (*lines("бір", language="und"), *lines("один", language="ru"))),), NONE[:2]
    )
    told = spoken_in(sheet, "kk-Latn")
    assert (told.language, [line.language for line in told.lines]) == ("kk-Latn", ["kk", "ru"])


def test_the_nearest_layer_is_the_one_whose_letters_the_file_has():
    layers = {"kk-Cyrl": ["Терезе"], "kk-Latn": ["Tereze"], "en": ["Window"]}
    assert [nearest(layers, lines(said)) for said in ("tereze!", "терезе", "window", "fenster")] == [
        "kk-Latn", "kk-Cyrl", "en", "",
    ]  # fmt: skip

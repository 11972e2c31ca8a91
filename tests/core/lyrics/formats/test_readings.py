"""A sheet in another of its readings."""

import pytest

from aqyn.core.lyrics.formats import FORMATS, FormatError, Sheet, sheet_in
from aqyn.core.lyrics.formats.languages import tag_of, three_letters
from aqyn.core.lyrics.model import Chord, LayerText, Line, Section
from aqyn.core.lyrics.timing import Cue, LineCues, Origin

SUNG = LineCues.of([Cue(0, 500, (0, 200), Origin.TAPPED, 90), Cue(500, 900)])
SHEET = Sheet(
    (
        Section(
            "chorus",
            (
                Line(
                    "Қайтып {ru:домой}",
                    "kk",
                    {"kk-Latn": LayerText("Qaityp {ru:домой}"), "en": LayerText("Come back {ru:домой}")},
                    (Chord(0, 0, "Am"),),
                ),
                Line("вернись домой", "ru", {"kk": LayerText("үйге қайт")}),
            ),
            "Қайырма",
        ),
    ),
    (SUNG, LineCues(1000, 2000)),
    "kk-Cyrl",
    "Үй",
)


def test_another_script_keeps_the_times_of_words():
    latin = sheet_in(SHEET, "kk-Latn")
    assert latin.lines == (Line("Qaityp {ru:домой}", "kk"), Line("вернись домой", "ru"))
    assert latin.cues == SHEET.cues
    assert (latin.language, latin.title, latin.sections[0].name) == ("kk-Latn", "Үй", "Қайырма")


def test_a_translation_of_another_number_of_words_is_timed_by_line():
    english = sheet_in(SHEET, "en")
    assert english.lines[0] == Line("Come back {ru:домой}", "en")
    assert [word.language for word in english.lines[0].words] == ["en", "en", "ru"]
    assert english.cues == (LineCues(0, 900, (), Origin.TAPPED, 90), LineCues(1000, 2000))
    assert sheet_in(SHEET, "kk").lines[1] == Line("үйге қайт", "kk")


def test_its_own_words_are_the_sheet_itself_and_an_unknown_reading_is_refused():
    assert sheet_in(SHEET, "kk-Cyrl") is SHEET
    with pytest.raises(FormatError, match="The song has no reading “kk-Arab”"):
        sheet_in(SHEET, "kk-Arab")


@pytest.mark.parametrize("tag", ["kk-Latn", "en", "kk"])
def test_every_format_writes_every_reading(tag):
    for form in FORMATS.values():
        assert form.read(form.write(sheet_in(SHEET, tag))).lines


def test_languages_have_three_letters_in_a_tag():
    assert [three_letters(tag) for tag in ("kk-Cyrl", "ru", "en-GB", "cmn", "", "x-y")] == [
        "kaz", "rus", "eng", "cmn", "und", "und",
    ]  # fmt: skip
    assert [tag_of(code) for code in ("kaz", "KAZ", "ger", "deu", "cmn", "XXX", "und", "\0\0\0", "k1z")] == [
        "kk", "kk", "de", "de", "cmn", "", "", "", "",
    ]  # fmt: skip

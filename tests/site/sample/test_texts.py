"""The words of the sample artist and her songs."""

from typing import Any

import pytest

from aqyn.site.sample import SONGS, artist, song_folder
from aqyn.site.sample.words import lines_of, read_song, words_of

SPOKEN = ("kk", "ru", "en")


@pytest.fixture(params=SONGS)
def song(request: pytest.FixtureRequest) -> dict[str, Any]:
    return read_song(song_folder(request.param))


def test_qyzylorda_comes_first() -> None:
    assert SONGS[0] == "qyzylorda"


def test_the_artist_is_told_in_three_languages() -> None:
    told = artist()
    assert told["names"]["kk-Cyrl"] == "Мадина Иманқұлов"
    assert told["names"]["en"] == "Madina Imankulov"
    assert all(told[what][language].strip() for what in ("say", "bio") for language in SPOKEN)


def test_another_song_has_no_folder() -> None:
    with pytest.raises(KeyError):
        song_folder("..")


def test_each_folder_is_named_as_its_song(song: dict[str, Any]) -> None:
    assert song["slug"] in SONGS


def test_each_song_has_a_hue_of_its_own() -> None:
    assert [read_song(song_folder(name))["hue"] for name in SONGS] == [28, 262, 205]


def test_title_story_themes_and_cause_are_told_in_three_languages(song: dict[str, Any]) -> None:
    assert set(song["title"]) == {"kk-Cyrl", "ru", "en"}
    for told in (song["story"], song["themes"], song["cause"]["title"], song["cause"]["text"]):
        assert set(told) == set(SPOKEN)
        assert all(told.values())


def test_a_cause_is_plainly_invented(song: dict[str, Any]) -> None:
    cause = song["cause"]
    assert cause["link"].startswith("https://example.org/")
    assert "invented" in cause["text"]["en"]
    assert "вымышлен" in cause["text"]["ru"]
    assert "ойдан шығарылған" in cause["text"]["kk"]


def test_every_line_can_be_read_in_kazakh_russian_and_english(song: dict[str, Any]) -> None:
    for section in song["sections"]:
        for line in section["lines"]:
            tongues = {word.language for word in words_of(line["text"], line.get("language", "kk"))}
            own = tongues if len(tongues) == 1 else set()
            assert {tag for tag in SPOKEN if line.get(tag, "").strip()} >= set(SPOKEN) - own


def test_a_song_has_sixteen_to_twenty_four_lines_and_a_chorus_that_returns(song: dict[str, Any]) -> None:
    kinds = [section["kind"] for section in song["sections"]]
    choruses = [section["lines"] for section in song["sections"] if section["kind"] == "chorus"]
    assert 16 <= sum(len(section["lines"]) for section in song["sections"]) <= 24
    assert kinds.count("chorus") >= 2
    assert all(lines == choruses[0] for lines in choruses)


def test_qyzylorda_keeps_the_metres_of_qara_olen_and_jyr() -> None:
    sections = lines_of(read_song(song_folder("qyzylorda")))
    counts = [
        [sum(len(word.syllables) for word in line if word.sung) for line in section] for section in sections
    ]
    assert counts == [[11] * 4, [8] * 4, [11] * 4, [8] * 4, [7] * 4, [8] * 4]


def test_a_span_is_in_its_own_language() -> None:
    words = words_of("Қайтып кел, {ru:вернись домой.}", "kk")
    assert [(word.text, word.language) for word in words] == [
        ("Қайтып", "kk"),
        ("кел,", "kk"),
        ("вернись", "ru"),
        ("домой.", "ru"),
    ]


def test_marks_are_not_sung() -> None:
    (word,) = words_of("«Қызға»", "kk")
    assert (word.text, word.spoken, word.syllables) == ("«Қызға»", "қызға", ("қыз", "ға"))


def test_a_word_without_a_vowel_has_no_note() -> None:
    assert [word.sung for word in words_of("Капля к капле,", "ru")] == [True, False, True]

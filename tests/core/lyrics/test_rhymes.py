"""Which lines rhyme, and on what."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.core.lyrics.strategies import words

from aqyn.core.lyrics.layers import pronounced
from aqyn.core.lyrics.model import parse_marked
from aqyn.core.lyrics.rhymes import ALONE, Rhyme, rhymes


def heard(*lines: str, language: str = "kk", script: str = "") -> str:
    return rhymes([parse_marked(line, language) for line in lines], script)[0]


def parts(*lines: str, language: str = "kk") -> list[str | None]:
    said = [parse_marked(line, language) for line in lines]
    return [
        None if part is None else words[part.word].text[part.start : part.end]
        for words, part in zip(said, rhymes(said)[1], strict=True)
    ]


def test_the_same_last_vowel_and_all_that_follows_it_rhyme():
    assert heard("жылқым тұрар", "шайын құяр,", "кел шай", "жолын табар!") == "aa-a"
    assert parts("жылқым тұрар", "шайын құяр,", "кел шай", "«жолын табар!»") == ["ар", "яр", None, "ар"]


def test_an_open_end_needs_the_sound_before_it():
    assert heard("жанды", "талды", "бұлағы", "қозы") == "aa--"


def test_what_is_shared_beyond_the_least_belongs_to_the_rhyme():
    assert parts("шам сөнбесін", "сыр бермесін") == ["есін", "есін"]
    assert parts("біз бармыз", "біз айтармыз") == ["армыз", "армыз"]


def test_endings_that_differ_in_harmony_rhyme_incompletely():
    letters, found = rhymes([parse_marked(line, "kk") for line in ("егер болмаса", "бірақ көрмесе", "келді")])
    assert letters == "aa-"
    assert found == (Rhyme(1, 3, 7, full=False), Rhyme(1, 3, 7, full=False), None)


def test_one_syllable_that_differs_in_harmony_is_no_rhyme():
    assert heard("мектеп", "ұрлап", "болсын", "сөнбесін") == "----"


def test_a_full_rhyme_goes_before_an_incomplete_one():
    assert heard("болмаса", "басса", "көрмесе") == "aaa"
    assert [
        part.full for part in rhymes([parse_marked(w, "kk") for w in ("болмаса", "басса", "көрмесе")])[1]
    ] == [
        True,
        True,
        False,
    ]


@pytest.mark.parametrize("script", ["kk-Latn", "kk-Arab"])
def test_every_script_hears_the_same_rhymes(script):
    lines = (
        "жаз құяр",
        "таң атар",
        "жүрегі",
        "бұлағы",
        "ел көшті",
        "күн түсті",
        "әке",
        "шөже",
        "жанды",
        "талды",
    )
    other = [pronounced(line, "kk", main="kk-Cyrl", to=script).text for line in lines]
    assert heard(*other) == heard(*other, script=script) == heard(*lines) == "aa--bb--cc"


def test_russian_ends_are_heard_unvoiced_and_soft():
    assert heard("сад", "брат", "боль", "стол", "король", language="ru") == "aab-b"
    assert heard("моя", "твоя", "меня", "она", "огня", language="ru") == "aab-b"
    assert heard("весна", "окна", "дню", "сохраню", "вода", language="ru") == "aabb-"


def test_kazakh_and_russian_words_rhyme_with_each_other():
    assert heard("көзімде", "{ru:вернись домой}", "сағынған", "{ru:голос твой}") == "-a-a"


def test_english_rhymes_by_spelling_from_the_syllable_that_may_be_stressed():
    assert heard("the light", "a night", "my day", "one way", "rain", language="en") == "aabb-"
    assert heard("singing", "bringing", "going", "river", "silver", language="en") == "aa---"
    assert heard("little", "brittle", "battle", "the sky", "fly", language="en") == "aa-bb"


def test_an_english_word_never_rhymes_with_one_in_cyrillic():
    assert heard("{en:bar}", "{ru:бар}", "{fr:bar}") == ALONE * 3


def test_a_line_without_letters_rhymes_with_none():
    assert heard("…", "2026", "а", "ш", "", "а") == ALONE * 6


def test_letters_go_on_past_the_alphabet():
    ends = [f"{a}{v}{b}" for v in "аоұыеөүі" for a in "б" for b in "лмнрсзшж"][:54]
    assert rhymes([parse_marked(end, "kk") for end in ends for _ in "12"])[0] == "".join(
        2 * letter for letter in "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZab"
    )


@given(
    st.lists(st.lists(words, max_size=3), max_size=8), st.sampled_from(["", "kk-Cyrl", "kk-Latn", "kk-Arab"])
)
def test_any_lines_have_letters_and_parts_within_their_words(lines, script):
    letters, found = rhymes(lines, script)
    assert len(letters) == len(found) == len(lines)
    for letter, part, said in zip(letters, found, lines, strict=True):
        assert (letter == ALONE) == (part is None)
        assert letter == ALONE or letters.count(letter) > 1
        if part is not None:
            assert 0 <= part.start < part.end <= len(said[part.word].text)


@given(st.text("абвгдеж бүіяюйль", max_size=12))
def test_a_line_rhymes_with_itself_or_has_no_sounds(line):
    assert heard(line, line) in ("aa", "--")

"""Syllables: one a note, and joined they are the word."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.core.script.texts import any_script, anything, kazakh_word

from aqyn.core.script import convert, syllables, syllables_in

ENGLISH = [
    line
    for line in (Path(__file__).parent / "english.txt").read_text("utf-8").splitlines()
    if not line.startswith("#")
]


@pytest.mark.parametrize(
    "cut",
    [
        "та-уық",
        "уа-қыт",
        "су-ық",
        "о-қу-ы",
        "өң-де-уі-ңіз-ді",
        "Қы-зы-лор-да",
        "а-уыл",
        "ұлт-тар",
        "дү-ни-е",
        "қо-ян",
        "ми-я",
        "ми",
        "Бос-ни-я",
        "тер-ри-то-ри-я",
        "пье-са",
        "объ-ект",
        "қар-лы-ғаш",
        "сый-лық",
        "жұрт",
        "ән",
        "а-на-шым",
        "кел-ті-ру-і-нен",
    ],
)
def test_kazakh(cut: str) -> None:
    assert syllables(cut.replace("-", ""), "kk") == tuple(cut.split("-"))


@pytest.mark.parametrize(
    "cut", ["лю-бовь", "сес-тра", "чай-ка", "семь-я", "подъ-езд", "мо-ре", "Ал-ла", "съел", "е-ё", "звез-да"]
)
def test_russian(cut: str) -> None:
    assert syllables(cut.replace("-", ""), "ru") == tuple(cut.split("-"))


@pytest.mark.parametrize(
    "cut",
    [
        "ta-ble",
        "lit-tle",
        "want-ed",
        "walked",
        "loved",
        "danc-ing",
        "run-ning",
        "ro-mance",
        "some-thing",
        "hope-less",
        "queen",
        "ra-di-o",
        "mil-lion",
        "na-tion",
        "cu-ri-ous",
        "ev-ery",
        "did-n't",
        "don't",
        "in-stru-ment",
        "be-tween",
        "fire",
        "play-ing",
    ],
)
def test_english(cut: str) -> None:
    assert syllables(cut.replace("-", ""), "en") == tuple(cut.split("-"))


def test_english_is_right_as_often_as_the_guide_says() -> None:
    cuts = ["-".join(syllables(word.replace("-", ""), "en")) for word in ENGLISH]
    counted = sum(cut.count("-") == word.count("-") for cut, word in zip(cuts, ENGLISH, strict=True))
    placed = sum(cut == word for cut, word in zip(cuts, ENGLISH, strict=True))
    assert (counted, placed, len(ENGLISH)) == (147, 122, 149)


@pytest.mark.parametrize(
    ("word", "language", "pieces"),
    [
        ("«Ана-жер!»,", "kk", ("«А", "на-", "жер!»,")),
        ("2021-жыл", "kk", ("2021-жыл",)),
        ("бала2", "kk", ("ба", "ла2")),
        ("т.б.", "kk", ("т.б.",)),
        ("в", "ru", ("в",)),
        ("по-русски", "ru", ("по-", "русс", "ки")),
        ("(heaven's)", "en", ("(heav", "en's)")),
        ("—", "kk", ("—",)),
        ("", "kk", ()),
        ("größer", "de", ("größer",)),
    ],
)
def test_marks_and_digits_stay_with_the_syllable_they_touch(
    word: str, language: str, pieces: tuple[str, ...]
) -> None:
    assert syllables(word, language) == pieces


@pytest.mark.parametrize(
    ("word", "to", "pieces"),
    [
        ("Қызылорда", "kk-Latn", ("Qy", "zy", "lor", "da")),
        ("тізім,", "kk-Arab", ("ءتى", "زىم،")),
        ("Босния", "kk-Latn", ("Bos", "ni", "a")),
        ("ҚЫЯ", "kk-Latn", ("QY", "İA")),
        ("тауық", "kk-Latn-bgn1979", ("ta", "ūyq")),
        ("бала", "kk-Cyrl", ("ба", "ла")),
    ],
)
def test_a_word_has_as_many_syllables_in_every_script(word: str, to: str, pieces: tuple[str, ...]) -> None:
    assert syllables_in(word, to) == pieces


@pytest.mark.parametrize(
    ("word", "language", "cut"),
    [
        ("Qyzylorda", "kk-Latn", "Qy-zy-lor-da"),
        ("tauyq", "kk", "ta-uyq"),
        ("قوياندار", "kk-Arab", "قو-يان-دار"),
    ],
)
def test_kazakh_is_cut_where_it_was_written_in_latin_or_arabic(word: str, language: str, cut: str) -> None:
    assert syllables(word, language) == tuple(cut.split("-"))


@given(word=any_script | anything, language=st.sampled_from(["kk", "ru", "en", "kk-Latn", "de"]))
def test_joined_syllables_are_the_word(word: str, language: str) -> None:
    pieces = syllables(word, language)
    assert "".join(pieces) == word
    assert all(pieces)


@given(word=st.text(alphabet="aeiouylnstrdghckqw'’é", max_size=14))
def test_joined_english_syllables_are_the_word(word: str) -> None:
    assert "".join(syllables(word, "en")) == word


@pytest.mark.parametrize("to", ["kk-Latn", "kk-Arab", "kk-Latn-bgn1979"])
@given(word=kazakh_word | anything)
def test_joined_syllables_in_a_script_are_the_converted_word(to: str, word: str) -> None:
    if not any(char.isspace() for char in word):
        assert "".join(syllables_in(word, to)) == convert(word, to=to).text
        assert len(syllables_in(word, to)) <= max(len(word), 1)

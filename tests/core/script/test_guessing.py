"""The language of a text by its letters."""

import pytest
from hypothesis import given
from tests.core.script.texts import any_script, anything, kazakh_word

from aqyn.core.script import convert, guess_language
from aqyn.core.script.guessing import GUESSED

SONG = "Бекетте бір терезе түнде жанды, пойыз өтті тоқтамай, үні талды"


@pytest.mark.parametrize(
    ("text", "tag"),
    [
        (SONG, "kk-Cyrl"),
        (convert(SONG, to="kk-Latn").text, "kk-Latn"),
        (convert(SONG, to="kk-Arab").text, "kk-Arab"),
        ("А кругом ракушек хруст, и моря нет давно уже", "ru"),
        ("Вернись домой, Әсел, вернись домой, пока окно горит в степи ночной", "ru"),
        ("There is a window in the night, and no train stops", "en"),
        ("ЖАНҒАН ШАМ", "kk-Cyrl"),
        ("naïve café", "en"),
        ("Қайтып кел, вернись домой", "kk-Cyrl"),
        ("", "kk-Cyrl"),
        ("1 2 3 … !", "kk-Cyrl"),
        # Decomposed, as some phones write it: й is и and a breve.
        ("қаи\u0306да", "kk-Cyrl"),
    ],
)
def test_a_text_is_known_by_its_letters(text, tag):
    assert guess_language(text) == tag


@given(any_script | anything)
def test_any_text_has_an_answer(text):
    assert guess_language(text) in GUESSED


@given(kazakh_word)
def test_a_word_with_letters_of_its_own_is_kazakh(word):
    assert guess_language(word + "қ") == "kk-Cyrl"

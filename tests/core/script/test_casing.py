"""I with ı and İ with i in Kazakh Latin, and nowhere else."""

import pytest
from hypothesis import given
from tests.core.script.texts import anything

from aqyn.core.script import capitalize, lower, title, upper


@pytest.mark.parametrize("language", ["kk", "kk-Latn", "kk-Latn-2021", "kk_Latn", "tr"])
def test_kazakh_latin_pairs_dotless_and_dotted(language: str) -> None:
    assert lower("Iİ", language) == "ıi"
    assert upper("ıi", language) == "Iİ"


@pytest.mark.parametrize("language", ["en", "ru", "kk-Cyrl", "kk-Latn-bgn1979"])
def test_other_readers_keep_the_english_pair(language: str) -> None:
    assert lower("I", language) == "i"
    assert upper("i", language) == "I"


def test_a_dotted_capital_in_two_characters_lowers_to_one_letter() -> None:
    assert lower("I\u0307nabat", "kk-Latn") == "inabat"


def test_capitalize_leaves_the_rest_as_written() -> None:
    assert capitalize("«ınımnıñ АӘ", "kk-Latn") == "«Inımnıñ АӘ"
    assert capitalize("ит", "kk-Cyrl") == "Ит"


def test_title_gives_every_word_one_capital() -> None:
    assert title("ısker  İNABAT", "kk-Latn") == "Isker  İnabat"


def test_cyrillic_case_is_untouched_by_the_pair() -> None:
    assert lower("ӘІҢҒҮҰҚӨҺ", "kk") == "әіңғүұқөһ"


@given(anything)
def test_lower_is_settled_after_one_turn(text: str) -> None:
    once = lower(text, "kk-Latn")
    assert lower(once, "kk-Latn") == once

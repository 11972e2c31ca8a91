"""The search fold: every spelling of a name meets."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.core.script.texts import any_script, anything, kazakh

from aqyn.core.script import convert, fold


@pytest.mark.parametrize(
    ("spellings", "folded"),
    [
        ("Қызылорда Qyzylorda Kyzylorda قىزىلوردا ҚЫЗЫЛОРДА Qızılorda", "kizilorda"),
        ("Жаңаөзен Jañaözen Zhanaozen Жанаозен جاڭاوزەن Jaŋaözen", "janaozen"),
        ("Шымкент Shymkent Şymkent S'ymkent شىمكەنت Чимкент", "simkent"),
        ("Іле İle Ile ىلە", "ile"),
        ("Әуезов Auezov Äuezov Äūezov", "auezov"),
        ("Алла Ала", "ala"),
    ],
)
def test_every_spelling_meets(spellings: str, folded: str) -> None:
    assert {fold(spelling) for spelling in spellings.split()} == {folded}


def test_marks_become_one_space_and_digits_one_kind() -> None:
    assert fold("  Ән — 2021, ۳٤! ") == "an 2021 34"


def test_letters_beyond_the_table_lose_only_their_accents() -> None:
    assert fold("Dvořák") == "dvorak"
    assert fold("中文") == "中文"


def test_nothing_folds_to_nothing() -> None:
    assert fold("") == fold(" —!ь") == ""


@given(anything | any_script)
def test_folding_again_changes_nothing(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(st.text(alphabet="tschzdkgn ", max_size=12))
def test_letters_that_meet_once_others_are_gone_are_folded_too(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(kazakh)
def test_case_does_not_matter(text: str) -> None:
    assert fold(text.upper()) == fold(text.lower())


@pytest.mark.parametrize(
    "word", ["Ақтөбе", "Көкшетау", "Талдықорған", "Өскемен", "Қостанай", "Түркістан", "Жетісу"]
)
@pytest.mark.parametrize("to", ["kk-Latn", "kk-Arab", "kk-Latn-bgn1979"])
def test_our_own_spellings_meet_the_cyrillic(word: str, to: str) -> None:
    assert fold(convert(word, to=to).text) == fold(word)

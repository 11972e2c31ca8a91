"""Names for addresses."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.core.script.texts import any_script, anything

from aqyn.core.script import slug


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Қызылорда", "qyzylorda"),
        ("Qyzylorda", "qyzylorda"),
        ("قىزىلوردا", "qyzylorda"),
        ("Шымкент қаласы", "shymkent-qalasy"),
        ("ІНІМ мен Інжу", "inim-men-inju"),
        ("Любовь, ещё!", "lyubov-eshchyo"),
        ("Don’t stop — 2021", "dont-stop-2021"),
        ("Čeština Ærø", "cestina-aero"),
        ("٣٤", "34"),
        ("ひらがな", "hiragana"),
        ("中文", "4e2d6587"),
        ("ь", "44c"),
        ("", ""),
        ("—!", ""),
    ],
)
def test_a_slug_reads_like_its_text(text: str, name: str) -> None:
    assert slug(text) == name


def test_a_language_settles_what_letters_leave_open() -> None:
    assert slug("жара") == "jara"
    assert slug("жара", language="ru") == "zhara"


def test_whole_words_are_kept_while_they_fit() -> None:
    assert slug("бір екі үш", limit=8) == "bir-eki"
    assert slug("Қызылорда", limit=4) == "qyzy"


def test_no_room_is_refused() -> None:
    with pytest.raises(ValueError, match="room"):
        slug("ән", limit=0)


@given(text=anything | any_script, limit=st.integers(1, 70))
def test_a_slug_is_safe_short_and_never_empty_for_letters(text: str, limit: int) -> None:
    name = slug(text, limit=limit)
    assert re.fullmatch("(?:[a-z0-9]+(?:-[a-z0-9]+)*)?", name)
    assert len(name) <= limit
    if any(char.isalnum() for char in text):
        assert name

"""Words, their languages, and the marks that carry them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.core.lyrics.strategies import words

from aqyn.core.lyrics.model import (
    Kind,
    MarkError,
    Word,
    canonical_tag,
    escaped,
    kind_of_tag,
    marked,
    parse_marked,
)


def test_a_span_gives_its_words_another_language():
    assert parse_marked("Теңіз, {ru:море,} ғой {ru:вернись домой.}", "kk") == (
        Word("Теңіз,", "kk"),
        Word("море,", "ru"),
        Word("ғой", "kk"),
        Word("вернись", "ru"),
        Word("домой.", "ru"),
    )


def test_a_word_partly_in_a_span_speaks_the_language_of_most_of_its_letters():
    assert parse_marked("{ru:море}нің «{ru:да}» {ru:а}бв", "kk") == (
        Word("мореnің".replace("n", "н"), "ru"),
        Word("«да»", "ru"),
        Word("абв", "kk"),
    )


def test_words_are_composed_and_parted_by_any_white_space():
    assert parse_marked("и\u0306\u00a0ә\tб\u2003в ", "kk") == tuple(
        Word(t, "kk") for t in ("й", "ә", "б", "в")
    )


def test_an_escaped_brace_is_a_brace_and_a_lone_one_too():
    assert parse_marked(r"\{ru:а\} { } \\ {не", "kk") == tuple(
        Word(t, "kk") for t in ("{ru:а}", "{", "}", "\\", "{не")
    )


@pytest.mark.parametrize("text", ["{ru:море", "а {ru:б {en:c}}", "{ru:"])
def test_a_span_left_open_or_nested_is_refused(text):
    with pytest.raises(MarkError):
        parse_marked(text, "kk")


@given(st.lists(words, max_size=6), st.sampled_from(["kk", "ru"]))
def test_marked_words_come_back(said, language):
    assert list(parse_marked(marked(said, language), language)) == said


@given(st.text(max_size=40))
def test_any_text_once_escaped_is_plain_words(text):
    found = parse_marked(escaped(text), "kk")
    assert all(word.language == "kk" for word in found)
    assert len(found) == len(text.split())


@given(st.text(alphabet="{}\\:ruабв ,", max_size=30))
def test_any_line_is_words_or_one_refusal(text):
    try:
        found = parse_marked(text, "kk")
    except MarkError:
        return
    assert parse_marked(marked(found, "kk"), "kk") == found


@pytest.mark.parametrize(
    ("tag", "kind"),
    [
        ("kk-Cyrl", Kind.MAIN),
        ("kk-Latn", Kind.PRONUNCIATION),
        ("kk", Kind.TRANSLATION),
        ("ru", Kind.TRANSLATION),
    ],
)
def test_a_tag_says_what_it_is_beside_kazakh_cyrillic(tag, kind):
    assert kind_of_tag(tag, "kk-Cyrl") is kind


def test_tags_have_one_case():
    assert [canonical_tag(t) for t in ("KK-cyrl", "en_gb", "kk-latn-BGN1979")] == [
        "kk-Cyrl",
        "en-GB",
        "kk-Latn-bgn1979",
    ]

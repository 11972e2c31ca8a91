"""Tags of any origin become few, short, plain lines."""

import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from aqyn.media.inside.tags import MAX_LYRICS, MAX_TAGS, MAX_VALUE, clean_tags


def test_kazakh_in_three_scripts_is_kept_letter_for_letter():
    tags = {"TITLE": "Қызылорда", "artist": "Mädina Imanqulov", "album": "قىزىلوردا", "x": "نیم‌فاصله"}
    assert clean_tags(tags) == {
        "album": "قىزىلوردا",
        "artist": "Mädina Imanqulov",
        "title": "Қызылорда",
        "x": "نیم‌فاصله",
    }


def test_orders_to_a_terminal_or_a_page_are_taken_out():
    assert clean_tags({"title": "\x1b[2Jred\x00\u202egnp.exe\ufeff\ud800"}) == {"title": "[2Jredgnp.exe"}


def test_lines_of_lyrics_stay_lines():
    assert clean_tags({"lyrics-kaz": "бір\r\nекі\rүш"}) == {"lyrics-kaz": "бір\nекі\nүш"}


def test_what_the_container_says_of_itself_is_left_out():
    assert clean_tags({"encoder": "Lavf", "major_brand": "M4A ", "title": " a ", "comment": " \n "}) == {
        "title": "a"
    }


def test_huge_values_are_cut():
    found = clean_tags({"title": "a" * 10**6, "lyrics": "b" * 10**6})
    assert {name: len(value) for name, value in found.items()} == {"title": MAX_VALUE, "lyrics": MAX_LYRICS}


def test_only_so_many_tags_are_kept():
    assert len(clean_tags({f"tag{number}": "x" for number in range(1000)})) == MAX_TAGS


@given(st.dictionaries(st.text(), st.text(), max_size=8))
def test_whatever_comes_what_is_kept_is_plain(tags):
    for text in (part for pair in clean_tags(tags).items() for part in pair):
        assert text == text.strip() and text
        assert not {unicodedata.category(c) for c in text if c not in "\n\t\u200c\u200d"} & {
            "Cc",
            "Cf",
            "Cs",
            "Zl",
        }


@given(st.dictionaries(st.text(), st.text(), max_size=8))
def test_cleaning_twice_changes_nothing(tags):
    assert clean_tags(clean_tags(tags)) == clean_tags(tags)

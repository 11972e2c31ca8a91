"""Two people's changes of one text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aqyn.core.lyrics.merging import Conflict, merged

BASE = "Желкен тарттым көлге қарай,\nЖаға қалды алыста.\n\nҚайыққа мін, қарындасым,\nКеш түскенде қайтамыз."
texts = st.lists(st.sampled_from(["", "а", "б", "в", "г", "д", "[chorus]"]), max_size=9).map("\n".join)


def test_changes_in_different_lines_both_stay():
    mine = BASE.replace("алыста", "жырақта")
    theirs = BASE.replace("көлге", "суға").replace("Кеш түскенде", "Таң атқанда")
    made = merged(BASE, mine, theirs)
    assert made.conflicts == ()
    assert made.text == (
        "Желкен тарттым суға қарай,\nЖаға қалды жырақта.\n\nҚайыққа мін, қарындасым,\nТаң атқанда қайтамыз."
    )


def test_lines_put_in_beside_a_changed_line_stay_with_it():
    made = merged("а\nб", "а\nжаңа\nб", "А\nб")
    assert made == merged("а\nб", "А\nб", "а\nжаңа\nб")
    assert (made.text, made.conflicts) == ("А\nжаңа\nб", ())


def test_one_line_changed_in_two_ways_is_a_conflict_that_holds_both():
    made = merged("а\nб\nв", "а\nб, айым\nв", "а\nб, күнім\nв\nг")
    assert made.text == "а\nб, айым\nб, күнім\nв\nг"
    assert made.conflicts == (Conflict(("б",), ("б, айым",), ("б, күнім",), 2),)


def test_a_line_taken_away_by_one_and_changed_by_the_other_is_kept_and_asked_about():
    made = merged("а\nб\nв", "а\nв", "а\nб!\nв")
    assert (made.text, made.conflicts) == ("а\nб!\nв", (Conflict(("б",), (), ("б!",), 2),))


def test_different_lines_between_the_same_two_are_a_conflict():
    made = merged("а\nб", "а\nменікі\nб", "а\nонікі\nб")
    assert made.conflicts == (Conflict((), ("менікі",), ("онікі",), 2),)
    assert made.text == "а\nменікі\nонікі\nб"


@given(texts, texts)
def test_who_changed_alone_is_heard_word_for_word(base, changed):
    assert merged(base, changed, base).text == changed
    assert merged(base, base, changed).text == changed
    assert merged(base, changed, changed).text == changed
    assert merged(base, changed, changed).conflicts == ()


@given(texts, texts, texts)
def test_no_line_that_anyone_wrote_is_lost(base, mine, theirs):
    made = merged(base, mine, theirs).text.split("\n")
    for side in (mine, theirs):
        assert set(side.split("\n")) - set(base.split("\n")) <= set(made)


@given(texts, texts, texts)
def test_conflicts_are_the_same_seen_from_the_other_side(base, mine, theirs):
    seen = merged(base, mine, theirs).conflicts
    across = merged(base, theirs, mine).conflicts
    assert [(c.base, c.mine, c.theirs, c.where) for c in seen] == [
        (c.base, c.theirs, c.mine, c.where) for c in across
    ]


@given(texts, texts, texts)
def test_a_conflict_stands_where_it_says(base, mine, theirs):
    made = merged(base, mine, theirs)
    lines = made.text.split("\n")
    for conflict in made.conflicts:
        both = conflict.mine + conflict.theirs
        assert tuple(lines[conflict.where - 1 :][: len(both)]) == both


@pytest.mark.parametrize("lines", [4_000])
def test_long_texts_of_few_different_lines_are_merged_too(lines):
    base = "\n".join("аб"[at % 2] for at in range(lines))
    mine, theirs = base.replace("а", "в"), base.replace("б", "г")
    made = merged(base, mine, theirs)
    assert (made.text, made.conflicts) == ("\n".join("вг"[at % 2] for at in range(lines)), ())

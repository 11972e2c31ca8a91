"""What the bench of hearing counts."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aqyn.site.benches._scores import (
    ScoredWord,
    calibration_error,
    densest_offset,
    over_songs,
    reliability,
    share_within,
    song_figures,
    surest_within,
    without_offset,
)

moments = st.integers(-5000, 200_000).map(lambda ms: ms / 1000)
scored = st.builds(ScoredWord, moments, moments, st.integers(1, 99), st.booleans())


def word(true_s, heard_s, sure=50, first=False):
    return ScoredWord(true_s, heard_s, sure, first)


def test_a_songs_figures_are_those_of_its_errors():
    words = [word(1, 1.1, first=True), word(2, 1.8), word(3, 3.4, first=True), word(4, 6.3)]
    told = song_figures(words)
    assert (told["words"], told["aae_s"], told["median_s"], told["bias_s"]) == (4, 0.75, 0.3, 0.25)
    assert [told[key] for key in ("within_01", "within_03", "within_05", "within_1")] == [
        0.25,
        0.5,
        0.75,
        0.75,
    ]
    assert (told["line_aae_s"], told["line_within_03"]) == (0.25, 0.5)


def test_where_no_word_was_scored_there_is_no_figure():
    told = song_figures([])
    assert told.pop("words") == 0
    assert set(told.values()) == {None}


def test_a_limit_belongs_to_what_is_within_it():
    assert share_within([1.3 - 1.0, 0.301], 0.3) == 0.5


def test_a_constant_offset_is_taken_away_and_told():
    words = [word(moment, moment + 0.42) for moment in (1.0, 2.5, 7.25)]
    plain, offset = without_offset(words)
    assert offset == pytest.approx(0.42)
    assert [found.off_s for found in plain] == pytest.approx([0, 0, 0])


@given(st.lists(scored, min_size=1), st.integers(-60_000, 60_000))
def test_without_its_offset_a_song_is_scored_alike_wherever_its_times_begin(words, shift):
    moved = [each._replace(true_s=each.true_s + shift / 1000) for each in words]
    ours, theirs = (song_figures(without_offset(some)[0]) for some in (words, moved))
    assert ours["aae_s"] == pytest.approx(theirs["aae_s"], abs=2e-4)
    assert ours["bias_s"] == pytest.approx(0, abs=1e-9)


@given(st.lists(scored, min_size=1), st.randoms())
def test_the_order_of_words_changes_nothing(words, chance: random.Random):
    mixed = list(words)
    chance.shuffle(mixed)
    assert song_figures(mixed) == song_figures(words)
    assert reliability(mixed) == reliability(words)


@given(st.lists(scored, min_size=1))
def test_shares_grow_with_what_may_be_off(words):
    told = song_figures(words)
    shares = [told[key] for key in ("within_01", "within_03", "within_05", "within_1")]
    assert shares == sorted(shares)
    assert all(0 <= share <= 1 for share in shares)


def test_the_surest_words_are_the_first_two_fifths():
    words = [word(1, 1, sure=90), word(2, 2.9, sure=80), word(3, 9, sure=20), word(4, 9, sure=10), word(5, 5)]
    assert surest_within(words, 0.3) == 0.5


def test_words_that_are_alike_sure_count_for_their_part():
    right, wrong = word(1, 1, sure=50), word(1, 9, sure=50)
    assert surest_within([right, wrong, right, right], 0.3) == 0.75
    # One of five is surest; the other one of two is one of four that are alike, three of them right.
    assert surest_within([word(1, 9, sure=99), right, wrong, right, right], 0.3) == 0.375


@given(st.lists(scored, min_size=1))
def test_all_words_together_are_as_right_as_they_are(words):
    assert surest_within(words, 0.3, share=1.0) == pytest.approx(song_figures(words)["within_03"], abs=2e-4)


def test_sureness_is_laid_beside_what_was_right():
    words = [word(1, 1, sure=1), word(1, 1, sure=10), word(1, 1, sure=11), word(1, 9, sure=99)]
    table = reliability(words)
    assert [(row["sure"], row["words"], row["said"], row["within_03"]) for row in table] == [
        ("1-10", 2, 0.055, 1.0),
        ("11-20", 1, 0.11, 1.0),
        ("91-99", 1, 0.99, 0.0),
    ]
    assert calibration_error(table) == pytest.approx((2 * 0.945 + 0.89 + 0.99) / 4, abs=1e-4)
    assert calibration_error([]) is None


@given(st.lists(scored))
def test_no_word_falls_out_of_the_table(words):
    assert sum(row["words"] for row in reliability(words)) == len(words)


def test_over_songs_each_song_counts_once():
    songs = [
        song_figures([word(1, 1.1, first=True)] * 9),
        song_figures([word(1, 1.7, first=True)]),
        song_figures([word(1, 4.0)]),
        song_figures([]),
    ]
    told = over_songs(songs)
    assert (told["median_song_aae_s"], told["mean_song_aae_s"]) == (0.7, 1.2667)
    assert (told["within_03"], told["within_1"], told["line_within_03"]) == (0.3333, 0.6667, 0.5)


def test_where_all_songs_are_refused_there_is_no_figure():
    assert set(over_songs([song_figures([])]).values()) == {None}
    assert set(over_songs([]).values()) == {None}


def test_the_offset_is_where_most_words_agree():
    half_lost = [0.21, 0.2, 0.19, 0.22, -0.9, 40.0, 41.0, 43.0]
    offset, share = densest_offset(half_lost)
    assert offset == pytest.approx(0.205)
    assert share == 0.5


def test_where_nothing_agrees_there_is_no_offset():
    assert densest_offset([20.0, -30.0]) == (0.0, 0.0)
    assert densest_offset([]) == (0.0, 0.0)

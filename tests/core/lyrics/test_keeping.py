"""What stays when words change: lines, and the times of their words."""

from hypothesis import given
from hypothesis import strategies as st

from aqyn.core.lyrics.keeping import kept_lines, kept_times
from aqyn.core.lyrics.timing import Cue, LineCues, Origin, check

TAPPED = Origin.TAPPED
CUES = LineCues.of(
    [
        Cue(100, 400, (100, 200), TAPPED, 90),
        Cue(400, 700, (400, 500), TAPPED, 90),
        Cue(900, 1200, (900,), TAPPED, 90),
    ]
)
LINE = ["терезеде", "жанған", "шам"]


def test_a_line_that_stands_in_place_of_one_is_that_line():
    assert kept_lines(["а", "б", "в"], ["а", "г", "в"]) == [0, 1, 2]


def test_a_line_put_in_between_is_new():
    assert kept_lines(["а", "б"], ["а", "г", "б"]) == [0, None, 1]


def test_a_changed_line_beside_a_new_one_is_known_by_half_of_its_words():
    before = ["жел соқса да біз бармыз"]
    assert kept_lines(before, ["мүлде басқа жол", "жел тұрса да біз бармыз"]) == [None, 0]
    assert kept_lines(before, ["мүлде басқа жол", "тағы бір бөтен сөз"]) == [None, None]


lines = st.lists(st.text("абв ", min_size=1, max_size=8), max_size=8)


@given(lines, lines)
def test_kept_lines_stay_in_order(before, after):
    found = [place for place in kept_lines(before, after) if place is not None]
    assert found == sorted(set(found))
    assert kept_lines(before, before) == list(range(len(before)))


def test_words_that_stay_keep_their_times():
    assert kept_times(CUES, LINE, LINE[1:], [["жан", "ған"], ["шам"]]) == LineCues.of(CUES.words[1:])


def test_a_word_in_place_of_a_word_is_sung_when_that_was():
    assert (
        kept_times(CUES, LINE, ["терезеде", "сөнген", "шам"], [["терезеде"], ["сөн", "ген"], ["шам"]]) == CUES
    )


def test_a_new_word_is_spread_over_the_gap_that_it_stands_in():
    changed = kept_times(
        CUES, LINE, ["терезеде", "жанған", "бала", "шам"], [["терезеде"], ["жанған"], ["ба", "ла"], ["шам"]]
    )
    assert changed.words == (*CUES.words[:2], Cue(700, 900, (700, 800), Origin.SPREAD, 50), CUES.words[2])


def test_a_new_word_without_a_gap_takes_from_the_longer_of_its_neighbours():
    changed = kept_times(
        CUES, LINE, ["терезеде", "тек", "жанған", "шам"], [["те", "ре"], ["тек"], ["жанған"], ["шам"]]
    )
    assert changed.words == (
        Cue(100, 287, (100, 193), Origin.SPREAD, 50),
        Cue(287, 400, (287,), Origin.SPREAD, 50),
        *CUES.words[1:],
    )


def test_a_line_of_other_words_is_spread_from_its_start_to_its_end():
    changed = kept_times(CUES, LINE, ["ой", "ай"], [["ой"], ["ай"]])
    assert [(word.start, word.end, word.origin) for word in changed.words] == [
        (100, 650, "spread"),
        (650, 1200, "spread"),
    ]


def test_a_line_timed_as_a_whole_stays_so():
    whole = LineCues(100, 900, (), TAPPED, 90)
    assert kept_times(whole, LINE, ["шам"], [1]) == whole


words = st.lists(st.sampled_from(["а", "бала", "шам", "жол"]), min_size=1, max_size=6)


@given(words, words, st.data())
def test_times_kept_can_be_sung(before, after, data):
    times = sorted(
        data.draw(st.lists(st.integers(0, 900), min_size=2 * len(before), max_size=2 * len(before)))
    )
    cues = LineCues.of([Cue(a, b, (a,)) for a, b in zip(times[::2], times[1::2], strict=True)])
    changed = kept_times(cues, before, after, [[word] for word in after])
    check([changed], [len(after)])
    assert cues.start <= changed.start and changed.end <= cues.end

"""Words placed by a backend's emissions: a small one of numpy, which hears a tone as a letter."""

from dataclasses import dataclass, replace

import numpy as np
import pytest
from aqyn_test_tones import LETTERS, RATE, Tones, sung
from hypothesis import given
from hypothesis import strategies as st

from aqyn.core.hearing.ctc import DoesNotFit
from aqyn.media import CannotHear, Limits, backends
from aqyn.media.backends.aligning import Unspeakable, place_words
from aqyn.media.backends.base import Backend
from aqyn.media.backends.listening import hear_with
from aqyn.media.errors import HearsNothing
from aqyn.media.hearing import SungLine


@dataclass(frozen=True)
class Line:
    words: tuple[str, ...]
    language: str = "en"
    start_ms: int | None = None
    times: tuple[tuple[int, int], ...] = ()


EAR: Backend = Tones()


def placed(score: str, *lines: Line):
    sound, length_ms = sung(score)
    return place_words(EAR.emissions(sound), lines, length_ms=length_ms)


def starts(rows) -> list[list[int]]:
    return [[word.start_ms for word in row] for row in rows]


def test_each_word_is_found_where_it_is_sung():
    rows = placed("..ab..c....defa.b", Line(("ab", "c")), Line(("def", "ab")))
    assert starts(rows) == [[200, 600], [1100, 1400]]
    assert all(word.sure > 90 for row in rows for word in row)


def test_a_word_lasts_until_the_next_one_unless_the_singer_is_silent():
    ((first, second, third),) = placed("ab.cd.......ef", Line(("ab", "cd", "ef")))
    assert (first.end_ms, second.end_ms, third.end_ms) == (300, 500, 1400)


def test_a_tapped_line_begins_where_it_was_tapped():
    rows = placed("ab..ab..ab..cd", Line(("ab",)), Line(("ab", "cd"), start_ms=800))
    assert starts(rows) == [[0], [800, 1200]]
    assert rows[1][0].sure == 99


def test_a_frozen_line_comes_back_as_it_was_and_is_kept_free():
    frozen = Line(("ab",), times=((400, 700),))
    rows = placed("ab..ab..ab", Line(("ab",)), frozen, Line(("ab",)))
    assert starts(rows) == [[0], [400], [800]]
    assert tuple(rows[1][0]) == (400, 700, 99)


def test_a_word_without_letters_gets_the_room_between_its_neighbours():
    (row,) = placed("ab....cd", Line(("ab", "7", "歌", "cd")))
    assert [(word.start_ms, word.sure > 1) for word in row] == [
        (0, True),
        (200, False),
        (400, False),
        (600, True),
    ]


def test_words_between_taps_that_are_too_near_are_spread():
    rows = placed("abcdefgh", Line(("abc", "def"), start_ms=100), Line(("gh",), start_ms=160))
    assert starts(rows)[0] == [100, 130]
    assert [word.sure for word in rows[0]] == [1, 1]


def test_what_is_heard_stays_before_the_next_tap():
    # The first tap lies within a frame, so the frames of its stretch end after the second one.
    rows = placed("....ab", Line(("a",), start_ms=1), Line(("b",)), Line(("ab",), start_ms=400))
    assert max(word.end_ms for row in rows[:2] for word in row) <= 400


def test_more_words_than_sound_do_not_fit():
    with pytest.raises(DoesNotFit):
        placed("a", Line(("abcdefgh",) * 5))


def test_words_in_letters_that_it_does_not_know_are_refused():
    with pytest.raises(Unspeakable) as refused:
        placed("ab", Line(("歌", "7"), language="zh"))
    assert refused.value.language == "zh"


@pytest.fixture
def tones(monkeypatch, tmp_path):
    """The recogniser of tones among the backends, with its model."""
    kind = replace(backends.KINDS["mms"], module="aqyn_test_tones", needs=(), limits=Limits())
    monkeypatch.setattr(backends, "KINDS", {"tones": kind})
    model = tmp_path / "model"
    model.write_text("tones")
    backends.bring_model("tones", model)
    yield model
    backends.bring_model("tones", None)


@pytest.fixture
def recording(tmp_path, make_sound):
    return make_sound(tmp_path / "sixteen.wav", sung("..ab..c....defa.b")[0][None] * 0.5, rate=RATE)


def test_a_recording_is_heard_in_a_child_process(tones, recording):
    told = []
    lines = [SungLine("en", ("ab", "c")), SungLine("en", ("def",), start_ms=1100), SungLine("en", ("ab",))]
    heard = hear_with("tones", recording, lines, progress=told.append)
    assert starts(heard.lines) == [[200, 600], [1100], [1400]]
    assert told[-1] == 1.0


@pytest.mark.parametrize(
    ("lines", "code", "details"),
    [
        ([], "no_words", {}),
        ([SungLine("zh", ("歌",))], "unknown_language", {"language": "zh"}),
        ([SungLine("en", ("abcdefgh",) * 12)], "too_short_for_words", {"seconds": 1.7, "words": 12}),
    ],
)
def test_what_it_cannot_hear_is_refused_with_the_reason(tones, recording, lines, code, details):
    with pytest.raises(CannotHear) as refused:
        hear_with("tones", recording, lines)
    assert (refused.value.code, refused.value.details) == (code, details)


def test_silence_is_refused(tones, tmp_path, make_sound):
    quiet = np.full((1, 2 * RATE), 5e-4)
    with pytest.raises(HearsNothing):
        hear_with("tones", make_sound(tmp_path / "sixteen.wav", quiet, rate=RATE), [SungLine("en", ("ab",))])


@given(
    st.text(LETTERS + ".", min_size=4, max_size=30),
    st.lists(
        st.tuples(
            st.lists(st.text(LETTERS + "7", min_size=1, max_size=3), min_size=1, max_size=3),
            st.one_of(st.none(), st.integers(0, 3000)),
            st.booleans(),
        ),
        min_size=1,
        max_size=4,
    ),
)
def test_whatever_is_asked_comes_back_in_order(score, drawn):
    given_at = sorted(at for _, at, _ in drawn if at is not None)
    lines = []
    for words, at, frozen in drawn:
        start = None if at is None else given_at.pop(0)
        times = tuple((start, start) for _ in words) if frozen and start is not None else ()
        lines.append(Line(tuple(words), start_ms=None if times else start, times=times))
    try:
        rows = placed(score, *lines)
    except (Unspeakable, DoesNotFit):
        return
    assert [len(row) for row in rows] == [len(line.words) for line in lines]
    begun = [word.start_ms for row in rows for word in row]
    assert begun == sorted(begun)
    assert all(1 <= word.sure <= 99 and word.start_ms <= word.end_ms for row in rows for word in row)

"""Doors merge: the first scan in time wins, whichever door is heard first."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from aqyn.core.passes.merging import Merged, Seen, merge

SEVEN = datetime(2026, 11, 13, 14, tzinfo=UTC)
SECOND = timedelta(seconds=1)


def seen(key, ticket=1, door=1, after=0, **told):
    return Seen(key, ticket, door, SEVEN + after * SECOND, **told)


def test_the_first_scan_in_time_is_the_admission_and_the_other_a_duplicate():
    late, early = seen("a", door=1, after=9), seen("b", door=2, after=4)
    assert merge([late, early]) == Merged({1: early}, {1: (late,)})


def test_what_was_undone_counts_for_nothing():
    wrong, undone, right = seen("a"), seen("u", let_in=False, undoes="a", after=1), seen("b", after=5)
    assert merge([undone, right, wrong]) == Merged({1: right}, {})


def test_a_door_undoes_only_its_own_scans():
    other = seen("u", door=2, let_in=False, undoes="a", after=1)
    assert merge([seen("a"), other]).first == {1: seen("a")}


def test_a_refused_scan_lets_nobody_in():
    assert merge([seen("a", let_in=False)]) == Merged({}, {})


@st.composite
def evenings(draw):
    """Some scans, and among them takings back of earlier ones."""
    keys = [f"k{number}" for number in range(draw(st.integers(0, 12)))]
    scans = [
        seen(key, draw(st.integers(1, 3)), draw(st.integers(1, 2)), draw(st.integers(0, 3))) for key in keys
    ]
    for number, scan in enumerate(scans):
        if draw(st.booleans()):
            door = draw(st.sampled_from([scan.door, 3 - scan.door]))
            scans.append(seen(f"u{number}", scan.ticket, door, 5, let_in=False, undoes=scan.key))
    return scans


@given(evenings(), st.randoms())
def test_the_order_of_arrival_never_changes_the_outcome(scans, chance):
    whole = merge(scans)
    shuffled = [*scans, *scans[:3]]
    chance.shuffle(shuffled)
    assert merge(shuffled) == whole
    for ticket, later in whole.again.items():
        assert all(whole.first[ticket].at <= one.at for one in later)
    standing = {
        scan.key
        for scan in scans
        if scan.let_in and not any(one.undoes == scan.key and one.door == scan.door for one in scans)
    }
    told = [*whole.first.values(), *(one for later in whole.again.values() for one in later)]
    assert sorted(one.key for one in told) == sorted(standing)

"""A new master takes over the old one's times, shifted by what the sound says, or says why it does not."""

import numpy as np
import pytest
from tests.media.test_comparing import RATE, later, song
from tests.songs.conftest import CUES, NOON

from aqyn.core.lyrics.timing import Cue, LineCues, Origin
from aqyn.songs import sentences as refuse
from aqyn.songs import services, tasks
from aqyn.songs.models import Preparation, Recording, Timing
from aqyn.songs.selectors import jobs

pytestmark = pytest.mark.django_db(transaction=True)
TAPPED = (
    LineCues.of([Cue(5100, 5400, (5100, 5200), Origin.TAPPED, 90), Cue(5400, 5500), Cue(5600, 5700)]),
    LineCues(19_000, 19_800, (), Origin.IMPORTED, 80),
    None,
)


@pytest.fixture
def sung(tmp_path):
    """`sung(seconds)`: the same performance, beginning so much later; `sung(0, seed=2)`: another one."""
    from tests.media.conftest import write_sound

    def one(seconds, seed=1):
        sound = later(song(seed, 20.0), seconds)
        path = tmp_path / f"{seconds}-{seed}.flac"
        return write_sound(path, np.stack([sound, sound]), rate=RATE, kind="song.flac")

    return one


def attach(path, **told):
    return services.attach_recording(song="tereze", source=path, now=NOON, **told)


def work():
    while tasks.run_next(now=NOON, stop=lambda: False):
        pass


def cues_of(recording):
    return list(Timing.objects.get(recording=recording).cues.values())


def test_the_times_move_with_the_sound_and_say_where_they_come_from(write, sung):
    write()
    old = attach(sung(0), cues=TAPPED, timing_source="taps", name="Демо")
    new = attach(sung(1.24))
    services.take_times(recording=new.pk, source=old.pk, now=NOON)
    work()
    timing = Timing.objects.get(recording=new)
    assert list(timing.cues.values()) == [
        [[6340, 6640, [6340, 6440], "tapped", 90], [6640, 6740, [6640]], [6840, 6940, [6840]]],
        [20_240, 21_040, "imported", 80],
    ]
    assert (timing.source, timing.taken) == (
        "taps",
        {"name": "Демо", "shift_ms": 1240, "sure": 100, "left_out": 0},
    )
    assert cues_of(old)[0][0] == [5100, 5400, [5100, 5200], "tapped", 90]
    assert Recording.objects.count() == 2


def test_lines_outside_the_new_sound_are_left_out_and_said(write, sung):
    write()
    old, new = attach(sung(0), cues=TAPPED), attach(sung(-5.3))
    services.take_times(recording=new.pk, source=old.pk, now=NOON)
    work()
    assert Timing.objects.get(recording=new).taken["left_out"] == 1
    assert cues_of(new) == [[13_700, 14_500, "imported", 80]]


def test_another_performance_takes_nothing_and_says_so(write, sung):
    write()
    old, new = attach(sung(0), cues=TAPPED), attach(sung(0, seed=2))
    services.take_times(recording=new.pk, source=old.pk, now=NOON)
    work()
    [said] = [job["sentence"] for job in jobs(since=NOON) if job["state"] == "failed"]
    assert said.startswith("These are not the same performance (")
    assert said.endswith(" % alike), so no times were taken over.")
    assert not Timing.objects.filter(recording=new).exists()
    assert new.encodings.count() == 2


def test_times_that_are_there_stay_unless_somebody_says_otherwise(write, sung, snapshot):
    write()
    old, new = attach(sung(0), cues=TAPPED), attach(sung(1.24), cues=CUES)
    work()
    before = snapshot()
    with pytest.raises(refuse.TimesAreThere):
        services.take_times(recording=new.pk, source=old.pk, now=NOON)
    assert snapshot() == before
    services.take_times(recording=new.pk, source=old.pk, now=NOON, replacing=True)
    work()
    assert cues_of(new)[1] == [20_240, 21_040, "imported", 80]


def test_times_given_while_it_is_compared_stay(write, sung):
    write()
    old, new = attach(sung(0), cues=TAPPED), attach(sung(1.24))
    services.take_times(recording=new.pk, source=old.pk, now=NOON)
    services.set_timing(recording=new.pk, cues=CUES, now=NOON)
    before = cues_of(new)
    work()
    assert cues_of(new) == before
    assert Preparation.objects.get(kind="compare").error == "timed"


def test_only_times_that_are_there_can_be_taken(write, sung, snapshot):
    write()
    write("other")
    old, new = attach(sung(0)), attach(sung(1.24))
    elsewhere = services.attach_recording(song="other", source=sung(0), now=NOON)
    before = snapshot()
    for source, refusal in (
        (old, refuse.NoTimesToTake),
        (new, refuse.NoSuchRecording),
        (elsewhere, refuse.NoSuchRecording),
    ):
        with pytest.raises(refusal):
            services.take_times(recording=new.pk, source=source.pk, now=NOON)
    assert snapshot() == before


def test_a_replaced_recording_goes_with_its_files_once_the_new_one_plays_and_is_timed(write, sung, media):
    write()
    old = attach(sung(0), cues=TAPPED)
    work()
    gone = [old.file, *old.encodings.values_list("file", flat=True)]
    new = attach(sung(1.24), replaces=old.pk)
    assert tasks.run_next(now=NOON, stop=lambda: False)
    assert Recording.objects.count() == 2, "prepared, but not yet timed"
    work()
    assert list(Recording.objects.values_list("pk", "preferred")) == [(new.pk, True)]
    assert cues_of(new)[1] == [20_240, 21_040, "imported", 80]
    assert [name for name in gone if (media / name).exists()] == []


def test_an_untimed_recording_is_replaced_without_a_comparison(write, sung):
    write()
    old = attach(sung(0))
    new = attach(sung(0, seed=2), replaces=old.pk)
    work()
    assert list(Recording.objects.values_list("pk", flat=True)) == [new.pk]
    assert Preparation.objects.filter(kind="compare", error="").count() == 1


def test_where_the_new_one_is_another_performance_both_stay(write, sung):
    write()
    old = attach(sung(0), cues=TAPPED)
    new = attach(sung(0, seed=2), replaces=old.pk)
    work()
    assert set(Recording.objects.values_list("pk", flat=True)) == {old.pk, new.pk}


def test_a_cancelled_comparison_leaves_both_as_they_are(write, sung):
    write()
    old, new = attach(sung(0), cues=TAPPED), attach(sung(1.24))
    job = services.take_times(recording=new.pk, source=old.pk, now=NOON)
    services.cancel_preparation(preparation=job.pk, now=NOON)
    work()
    assert set(Recording.objects.values_list("pk", flat=True)) == {old.pk, new.pk}
    assert not Timing.objects.filter(recording=new).exists()


def test_a_source_that_went_meanwhile_is_no_disaster(write, sung):
    write()
    old, new = attach(sung(0), cues=TAPPED), attach(sung(1.24))
    services.take_times(recording=new.pk, source=old.pk, now=NOON)
    services.remove_recording(recording=old.pk, now=NOON)
    work()
    assert Preparation.objects.get(kind="compare").error == "not_found"
    assert new.encodings.count() == 2

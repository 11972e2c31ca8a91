"""The parts of one work beside each other: results, refusals, and nobody left behind."""

import os
import time

import psutil
import pytest

from aqyn import media

LIMITS = media.Limits(seconds=20, memory_mib=256, output_mib=1)


def assert_gone(pid):
    """The process has ended: a moment may pass until the kernel has buried it."""
    for _ in range(100):
        if not psutil.pid_exists(pid) or psutil.Process(pid).status() == psutil.STATUS_ZOMBIE:
            return
        time.sleep(0.02)
    raise AssertionError(f"process {pid} is still there")


two_cores = pytest.mark.skipif(len(os.sched_getaffinity(0)) < 2, reason="needs two cores")


@two_cores
def test_each_part_has_a_process_of_its_own(children):
    assert media.run_child(f"{children}:share_out", [1, 2, 3], limits=LIMITS) == [[1, 4, 9], 3]


def test_beside_a_thread_the_parts_are_done_one_after_another(children):
    assert media.run_child(f"{children}:share_out_beside_a_thread", [1, 2, 3], limits=LIMITS) == [
        [1, 4, 9],
        1,
    ]


@pytest.mark.parametrize("function", ["share_out", "share_out_beside_a_thread"])
def test_progress_is_told_once_and_never_backwards(children, function):
    told = []
    media.run_child(f"{children}:{function}", [1, 2], limits=LIMITS, progress=told.append)
    assert told == ([0.25, 0.75] if "thread" in function or len(os.sched_getaffinity(0)) < 2 else [0.5])


@two_cores
@pytest.mark.parametrize("place", [0, 1])
@pytest.mark.parametrize(
    ("how", "error"), [("refuse", media.TooLong), ("fill", media.OutOfMemory), ("fall", media.Crashed)]
)
def test_a_part_that_fails_fails_the_whole_and_stops_the_others(children, tmp_path, place, how, error):
    with pytest.raises(error):
        media.run_child(f"{children}:share_out_badly", place, how, limits=LIMITS, scratch=tmp_path)
    assert_gone(int((tmp_path / "part-2").read_text()))


@two_cores
def test_stopping_stops_every_part(children, tmp_path):
    with pytest.raises(media.TimedOut):
        media.run_child(
            f"{children}:share_out_badly",
            -1,
            "",
            limits=media.Limits(seconds=2.0),
            scratch=tmp_path,
        )
    for part in range(3):
        assert_gone(int((tmp_path / f"part-{part}").read_text()))

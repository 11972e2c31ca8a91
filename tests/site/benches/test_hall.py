"""The bench of the hall: every phone of a real house is told every press, also after kill -9."""

import argparse
import json
import subprocess
import sys

import pytest

from aqyn.site.benches import _nchan, hall

KEYS = {"connected", "dropped", "delivered_per_s", "p50_ms", "p95_ms", "p99_ms", "kib_per_phone", "cpu_s"}
KEYS |= {"pages_p95_ms"}


def options(*words: str) -> argparse.Namespace:
    parser = argparse.ArgumentParser()
    hall.add_arguments(parser)
    return parser.parse_args(words)


@pytest.fixture(scope="module")
def found():
    return hall.run(options("--phones", "50", "--seconds", "2", "--kill"))


def test_every_phone_is_told_every_press(found):
    assert (found["connected"], found["dropped"], found["behind"]) == (50, 0, 0)
    assert (found["stale"], found["silent"]) == (0, 0)
    # Eight presses: one that was overtaken before it was sent is told as missed, a late one as refused.
    # And what a phone is told first when it comes back counts as neither: it may be the last before the kill.
    told = found["delivered"] + found["missed"]
    assert 0 <= 50 * (8 - sum(found["refused"].values())) - told <= 50
    assert 0 <= found["p50_ms"] <= found["p95_ms"] <= found["p99_ms"]


def test_after_a_kill_every_phone_is_told_what_stands_in_the_row(found):
    # All of them in the end; how soon is a figure, which no test fails on.
    assert found["back"] == 50
    assert 0 <= found["back_within_10s"] <= 1


def test_pages_were_asked_for_meanwhile(found):
    assert (found["pages"] > 0, found["pages_failed"]) == (True, 0)


def test_it_says_what_it_was_taken_with(found):
    assert found.keys() >= {*KEYS, "back_within_10s", "nchan"}
    assert (found["phones"], found["rate"], found["seconds"]) == (50, 4.0, 2.0)
    json.dumps(found)


@pytest.mark.skipif(_nchan.nchan_module() is None, reason="nginx with nchan is not installed")
def test_nchan_has_the_same_phones(found):
    beside = found["nchan"]
    assert beside.keys() >= KEYS
    assert (beside["connected"], beside["dropped"], beside["delivered"] + beside["missed"]) == (50, 0, 400)
    assert beside["pages_p95_ms"] is None


def test_without_nchan_there_is_no_figure_for_it(monkeypatch, tmp_path):
    monkeypatch.setattr(_nchan, "MODULES", (str(tmp_path),))
    assert _nchan.nchan_module() is None


def test_more_phones_than_the_machine_allows_end_in_one_sentence():
    """The limit is lowered for this process alone, whose hard limit nobody but root may raise again."""
    code = (
        "import resource\n"
        "resource.setrlimit(resource.RLIMIT_NOFILE, (100, 100))\n"
        "from aqyn.site.benches import _phones\n"
        "real = resource.setrlimit\n"
        "def denied(which, limits):\n"
        "    if limits[1] > 100: raise ValueError('not allowed')\n"
        "    real(which, limits)\n"
        "resource.setrlimit = denied\n"
        "_phones.allow_files(1000)\n"
    )
    done = subprocess.run([sys.executable, "-P", "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 1
    sentence = "This machine lets a process hold 100 files and connections: ask for at most 36 phones."
    assert done.stderr.strip() == sentence

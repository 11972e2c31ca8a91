"""A child does what it is asked, within its limits, and never outlives anyone."""

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import psutil
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from aqyn import media
from aqyn.media.channel import LOST_PARENT
from aqyn.media.scratch import PREFIX

SHORT = media.Limits(seconds=20, memory_mib=256, output_mib=1)


def test_importing_media_loads_no_ffmpeg_and_no_numpy():
    code = (
        "import sys, aqyn.media; "
        "print(sorted({'av', 'numpy', 'mutagen', 'django'} & {name.split('.')[0] for name in sys.modules}))"
    )
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, env=environment)
    assert (told.stdout.strip(), told.returncode) == ("[]", 0)


def test_a_value_goes_there_and_back(children):
    answer = media.run_child(f"{children}:echo", 1, "ақын", None, path=Path("/a/b"), limits=SHORT)
    assert answer == [[1, "ақын", None], {"path": "/a/b"}]


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=8,
)


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(value=JSON)
def test_any_json_value_survives_the_way(children, value):
    assert media.run_child(f"{children}:echo", value, limits=SHORT) == [[value], {}]


def test_progress_rises_to_the_end(children):
    heard = []
    media.run_child(f"{children}:count", 1000, limits=SHORT, progress=heard.append)
    assert heard == sorted(heard)
    assert (heard[0], heard[-1]) == (0.0, 1.0)
    assert len(heard) <= 201


def test_a_refusal_comes_back_as_the_same_class(children):
    with pytest.raises(media.TooLong) as refusal:
        media.run_child(f"{children}:refuse", 12.5, limits=SHORT)
    assert str(refusal.value) == "The recording is longer than 12.5 seconds."
    assert refusal.value.details == {"max_seconds": 12.5}


def test_a_refusal_of_a_class_unknown_here_keeps_its_code(children):
    with pytest.raises(media.MediaError) as refusal:
        media.run_child(f"{children}:refuse_in_own_words", 40, limits=SHORT)
    assert (refusal.value.code, str(refusal.value)) == ("out_of_tune", "It is 40 cents flat.")
    assert media.MediaError.code == "media"


@pytest.mark.parametrize("function", ["stumble", "answer_unspeakably", "no_such_function"])
def test_a_mistake_in_the_child_is_a_crash_with_a_log(children, function):
    with pytest.raises(media.Crashed) as crash:
        media.run_child(f"{children}:{function}", limits=SHORT)
    assert "Traceback" in crash.value.details["log"]


@pytest.mark.parametrize("number", [signal.SIGSEGV, signal.SIGKILL, signal.SIGABRT])
def test_a_child_that_falls_is_a_crash(children, number):
    with pytest.raises(media.Crashed) as crash:
        media.run_child(f"{children}:fall", int(number), limits=SHORT)
    assert f"status {-number}" in crash.value.details["log"]


def test_what_a_child_prints_is_not_taken_for_its_answer(children):
    assert media.run_child(f"{children}:chatter", limits=SHORT) == "heard"


def test_a_child_inherits_next_to_nothing(children, tmp_path, monkeypatch):
    monkeypatch.setenv("AQYN_SECRET", "do not pass on")
    secret = tmp_path / "secret"
    with secret.open("w") as file:
        os.set_inheritable(file.fileno(), True)
        found = media.run_child(f"{children}:look_around", limits=SHORT)
    assert "AQYN_SECRET" not in found["environment"]
    assert str(secret) not in found["open"]
    assert found["files"] == ["request.json"]
    assert found["leads_its_group"]
    assert found["nice"] == min(19, os.nice(0) + 10)


def test_a_child_takes_the_limits_upon_itself(children):
    found = media.run_child(f"{children}:look_around", limits=SHORT)
    mebibyte = 1024 * 1024
    assert found["core"] == [0, 0]
    assert found["cpu"] == [21, 26]
    assert found["data"] == [256 * mebibyte] * 2
    assert found["file"] == [mebibyte] * 2


@pytest.mark.parametrize("function", ["sleep", "spin"])
def test_work_that_never_ends_is_stopped(children, function):
    with pytest.raises(media.TimedOut) as late:
        media.run_child(f"{children}:{function}", limits=media.Limits(seconds=0.4))
    assert late.value.details == {"seconds": 0.4}


def test_stopping_stops_what_the_child_started_too(children, tmp_path):
    with pytest.raises(media.TimedOut):
        media.run_child(
            f"{children}:sleep_with_own_child", tmp_path / "pid", limits=media.Limits(seconds=0.8)
        )
    assert_gone(int((tmp_path / "pid").read_text()))


@pytest.mark.parametrize("function", ["devour", "devour_by_numpy"])
def test_a_child_that_wants_too_much_memory_is_refused_it(children, function):
    with pytest.raises(media.OutOfMemory) as hungry:
        media.run_child(f"{children}:{function}", 600, limits=SHORT)
    assert hungry.value.details == {"memory_mib": 256}


def test_a_child_that_writes_too_much_is_stopped_and_its_file_is_gone(children, tmp_path):
    with pytest.raises(media.TooMuchOutput):
        media.run_child(f"{children}:leave", "big", 2, limits=SHORT, scratch=tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_an_answer_without_end_is_not_listened_to(children):
    with pytest.raises(media.TooMuchOutput):
        media.run_child(f"{children}:flood", limits=SHORT)


def test_cancelling_ends_the_child(children, tmp_path):
    heard = []
    with pytest.raises(media.Cancelled):
        media.run_child(
            f"{children}:sleep",
            tmp_path / "pid",
            limits=SHORT,
            progress=heard.append,
            cancelled=lambda: bool(heard),
        )
    assert heard == [0.5]
    assert_gone(int((tmp_path / "pid").read_text()))


def test_an_error_in_the_callers_progress_ends_the_child_and_comes_through(children, tmp_path):
    def complain(_):
        raise LookupError("the caller's own")

    with pytest.raises(LookupError, match="the caller's own"):
        media.run_child(f"{children}:sleep", tmp_path / "pid", limits=SHORT, progress=complain)
    assert_gone(int((tmp_path / "pid").read_text()))


def test_what_is_kept_outlives_the_folder(children, tmp_path):
    def keep(folder, value):
        return (folder / value).rename(tmp_path / "kept")

    kept = media.run_child(f"{children}:leave", "file", 1, limits=SHORT, scratch=tmp_path, keep=keep)
    assert list(tmp_path.iterdir()) == [kept]


def test_a_folder_that_is_not_there_is_said_so(children, tmp_path):
    with pytest.raises(media.CannotWrite):
        media.run_child(f"{children}:echo", limits=SHORT, scratch=tmp_path / "missing")


PARENT = """
import sys
from pathlib import Path
from aqyn import media
media.run_child("aqyn_test_children:sleep", sys.argv[1], scratch=Path(sys.argv[2]))
"""


def test_a_killed_parent_takes_its_child_along_and_the_next_one_tidies_up(children, tmp_path):
    pid_file, scratch = tmp_path / "pid", tmp_path / "scratch"
    scratch.mkdir()
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    parent = subprocess.Popen([sys.executable, "-c", PARENT, pid_file, scratch], env=environment)
    wait_until(lambda: pid_file.exists() and pid_file.read_text())
    child = int(pid_file.read_text())
    assert psutil.Process(child).ppid() == parent.pid
    parent.send_signal(signal.SIGKILL)
    parent.wait()
    assert_gone(child)
    assert [path.name.startswith(PREFIX) for path in scratch.iterdir()] == [True]
    media.run_child(f"{children}:echo", limits=SHORT, scratch=scratch)
    assert list(scratch.iterdir()) == []


def test_a_child_whose_parent_died_first_does_nothing(children, tmp_path):
    request = {
        "function": f"{children}:leave",
        "args": ["left", 1],
        "kwargs": {},
        "limits": {"seconds": 5, "memory_mib": 256, "output_mib": 8},
        "parent": 1 if os.getpid() != 1 else 2,
    }
    (tmp_path / "request.json").write_text(json.dumps(request))
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    done = subprocess.run([sys.executable, "-P", "-m", "aqyn.media.child"], cwd=tmp_path, env=environment)
    assert done.returncode == LOST_PARENT
    assert [path.name for path in tmp_path.iterdir()] == ["request.json"]


def assert_gone(pid: int) -> None:
    wait_until(lambda: not psutil.pid_exists(pid) or psutil.Process(pid).status() == psutil.STATUS_ZOMBIE)


def wait_until(true) -> None:
    """Return once it is so; fail after a patience that no machine needs."""
    for _ in range(1000):
        try:
            if true():
                return
        except psutil.NoSuchProcess:
            return
        time.sleep(0.02)
    raise AssertionError("it never came to pass")

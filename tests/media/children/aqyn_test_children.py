"""Functions that tests run in a child: the badly behaved, and some that look at many files at once."""

import os
import resource
import signal
import sys
import time
from pathlib import Path

from aqyn.media.channel import report
from aqyn.media.errors import MediaError, TooLong


class OutOfTune(MediaError):
    code = "out_of_tune"
    sentence = "It is {cents} cents flat."


def echo(*args, **kwargs):
    return [list(args), kwargs]


def refuse(seconds):
    raise TooLong(max_seconds=seconds)


def refuse_in_own_words(cents):
    raise OutOfTune(cents=cents)


def stumble():
    raise ZeroDivisionError("a stumble")


def answer_unspeakably():
    return float("nan")


def chatter():
    sys.stdout.write("not on the channel\n")
    sys.stdout.flush()
    os.write(1, b"nor this\n")
    return "heard"


def count(steps):
    for step in range(steps + 1):
        report(step / steps)
    return steps


def leave(name, megabytes):
    with Path(name).open("wb") as file:
        for _ in range(megabytes):
            file.write(b"\0" * 1024 * 1024)
    return name


def look_around():
    """What a child finds around itself."""
    return {
        "environment": sorted(os.environ),
        "files": sorted(path.name for path in Path().iterdir()),
        "open": [_target(entry) for entry in Path("/proc/self/fd").iterdir()],
        "nice": os.nice(0),
        "leads_its_group": os.getpgid(0) == os.getpid(),
        "core": resource.getrlimit(resource.RLIMIT_CORE),
        "cpu": resource.getrlimit(resource.RLIMIT_CPU),
        "data": resource.getrlimit(resource.RLIMIT_DATA),
        "file": resource.getrlimit(resource.RLIMIT_FSIZE),
    }


def _target(entry):
    try:
        return str(entry.readlink())
    except OSError:
        return ""


def sleep(pid_file=None):
    if pid_file:
        Path(pid_file).write_text(str(os.getpid()))
    report(0.5)
    time.sleep(600)


def spin():
    while True:
        pass


def sleep_with_own_child(pid_file):
    other = os.fork()
    if other:
        Path(pid_file).write_text(str(other))
    time.sleep(600)


def devour(mebibytes):
    held = [bytearray(1024 * 1024) for _ in range(mebibytes)]
    return len(held)


def devour_by_numpy(mebibytes):
    import numpy

    return int(numpy.ones((mebibytes, 1024, 1024), numpy.uint8).sum())


def flood():
    return "x" * (32 * 1024 * 1024)


def fall(number):
    os.kill(os.getpid(), number)
    signal.pause()


def probe_each(paths, max_seconds=30.0):
    """The code, or "ok", for each file; anything but a MediaError gets out and fails the test."""
    from aqyn.media.inside.probing import probe

    found = []
    for path in paths:
        try:
            probe(path, max_seconds=max_seconds)
            found.append("ok")
        except MediaError as error:
            found.append(error.code)
    return found


def prepare_each(paths, max_seconds=30.0):
    """As `probe_each`, for the whole of `prepare`."""
    from aqyn.media.inside.preparing import prepare

    found = []
    for path in paths:
        try:
            prepare(path, target_lufs=-14.0, true_peak_dbtp=-1.0, max_seconds=max_seconds, steps=400)
            found.append("ok")
        except MediaError as error:
            found.append(error.code)
    return found


def decode_shapes(path, sample_rate):
    from aqyn.media.inside.decoding import decode

    one = decode(Path(path), sample_rate=sample_rate, mono=True)
    two = decode(Path(path), sample_rate=sample_rate, mono=False)
    return [list(one.shape), list(two.shape), str(one.dtype), float(abs(one).max())]


def share_out(numbers):
    """The squares, each from a process of its own, and how many processes there were."""
    from aqyn.media.parallel import side_by_side

    told = side_by_side(lambda n, tell: (n * n, os.getpid(), tell(0.5)), numbers, report)
    return [square for square, *_ in told], len({process for _, process, _ in told})


def share_out_beside_a_thread(numbers):
    import threading

    waiting = threading.Event()
    thread = threading.Thread(target=waiting.wait)
    thread.start()
    try:
        return share_out(numbers)
    finally:
        waiting.set()
        thread.join()


def share_out_badly(place, how):
    """The part at `place` refuses, stumbles or falls; the others tell who they are, then sleep."""
    from aqyn.media.parallel import side_by_side

    def part(number, _tell):
        if number != place:
            Path(f"own-{number}").write_text(str(os.getpid()), encoding="ascii")
            Path(f"own-{number}").rename(f"../part-{number}")
            return time.sleep(30) if number > place else None
        while not Path("../part-2").exists():
            time.sleep(0.01)
        if how == "refuse":
            raise TooLong(max_seconds=1)
        if how == "fill":
            return len(bytearray(1 << 30))
        return os.kill(os.getpid(), signal.SIGKILL)

    side_by_side(part, [0, 1, 2])

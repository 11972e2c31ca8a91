"""How a house opens, lives and closes: real processes, real signals."""

import contextlib
import os
import re
import signal
import socket
import subprocess
import sys
import time
from http.client import HTTPConnection
from pathlib import Path

import pytest

from aqyn.site.server import room_for

ROOT = Path(__file__).parents[2]


def run_up(*arguments, data, **settings):
    """A house that is expected not to open."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith("AQYN_")}
    environment |= {
        "PYTHONPATH": str(ROOT / "src"),
        **{f"AQYN_{k.upper()}": str(v) for k, v in settings.items()},
    }
    command = [sys.executable, "-P", "-m", "aqyn", "up", "--no-sample", "--data", str(data), *arguments]
    return subprocess.run(command, env=environment, capture_output=True, text=True, timeout=60, check=False)


def said_one_sentence(done):
    assert "Traceback" not in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1, done.stderr
    return done.stderr.strip()


def gone(pid):
    with contextlib.suppress(OSError):
        return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0] == "Z"
    return True


def until(happened, seconds=15):
    end = time.monotonic() + seconds
    while not (answer := happened()):
        assert time.monotonic() < end, "it did not happen"
        time.sleep(0.05)
    return answer


def listen(house):
    """A live stream of progress, its first event read."""
    stream = socket.create_connection(("127.0.0.1", house.port), timeout=20)
    stream.sendall(b"GET /events/progress HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n")
    read = b""
    while b'data: {"jobs":' not in read:
        read += stream.recv(4096)
    return stream


def test_a_second_house_on_one_folder_is_refused(server, free_port):
    done = run_up("--port", str(free_port), data=server.data)
    assert done.returncode == 2
    assert f"(process {server.process.pid}) is already open on “{server.data}”" in said_one_sentence(done)


def test_a_taken_port_is_named(tmp_path):
    with socket.create_server(("127.0.0.1", 0), reuse_port=True) as taken:
        port = taken.getsockname()[1]
        done = run_up("--port", str(port), data=tmp_path / "data")
    assert done.returncode == 2
    assert said_one_sentence(done) == (
        f"Port {port} is taken by another program; choose another with --port {port + 1}."
    )


def test_the_port_of_an_open_house_is_taken(server, tmp_path):
    done = run_up("--port", str(server.port), data=tmp_path / "data")
    assert done.returncode == 2
    assert f"Port {server.port} is taken" in said_one_sentence(done)


def test_an_address_that_is_not_ours_is_refused(tmp_path):
    done = run_up("--host", "192.0.2.1", data=tmp_path / "data")
    assert done.returncode == 2
    assert "“192.0.2.1” is not an address of this machine" in said_one_sentence(done)


def test_a_folder_below_a_file_cannot_be_written(tmp_path):
    (tmp_path / "file").touch()
    done = run_up(data=tmp_path / "file" / "data")
    assert done.returncode == 2
    assert said_one_sentence(done).startswith("The data folder “")


def test_a_file_in_the_folders_place_cannot_be_written(tmp_path):
    (tmp_path / "data").touch()
    done = run_up(data=tmp_path / "data")
    assert (done.returncode, "cannot be written" in said_one_sentence(done)) == (2, True)


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_folder_of_somebody_else_cannot_be_written(tmp_path):
    (tmp_path / "data").mkdir(mode=0o500)
    done = run_up(data=tmp_path / "data")
    assert (done.returncode, "cannot be written" in said_one_sentence(done)) == (2, True)


def test_an_unknown_setting_is_refused(tmp_path):
    done = run_up(data=tmp_path / "data", prot="8000")
    assert done.returncode == 2
    assert said_one_sentence(done).startswith("AQYN_PROT is not a setting; known are ")


def test_a_broken_database_is_one_sentence(tmp_path):
    (tmp_path / "aqyn.sqlite3").write_bytes(b"not a database at all" * 100)
    done = run_up(data=tmp_path)
    assert done.returncode == 2
    assert said_one_sentence(done).startswith("The database cannot be opened: ")


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_closes_the_house_though_streams_are_open(open_house, how):
    house = open_house()
    streams = [listen(house) for _listener in range(3)]
    [worker] = until(house.children)
    assert house.close(how) == 0
    until(lambda: gone(worker))
    # Each stream was ended, not torn off.
    for stream in streams:
        told = b""
        while part := stream.recv(4096):
            told += part
        stream.close()
        assert told.endswith(b"0\r\n\r\n")
    assert "Traceback" not in house.said()


def test_a_listener_who_takes_nothing_does_not_hold_the_house_open(open_house):
    house = open_house()
    stuck = listen(house)
    stuck.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 1)
    idle = socket.create_connection(("127.0.0.1", house.port))
    assert house.close(signal.SIGINT) == 0
    stuck.close()
    idle.close()


def test_a_signal_is_heard_while_thousands_of_phones_leave():
    """Each of them leaves a byte in the pipe that wakes the event loop, until it takes no more."""
    code = (
        "import asyncio, os, signal, django\n"
        "django.setup()\n"
        "from aqyn.site.server import _hear_signals\n"
        "async def main():\n"
        "    stop = asyncio.Event()\n"
        "    _hear_signals(stop)\n"
        "    loop = asyncio.get_running_loop()\n"
        "    for _phone in range(100_000):\n"
        "        loop.call_soon_threadsafe(int)\n"
        "    os.kill(os.getpid(), signal.SIGTERM)\n"
        "    await asyncio.wait_for(stop.wait(), 10)\n"
        "    os._exit(7)\n"
        "asyncio.run(main())\n"
    )
    done = subprocess.run([sys.executable, "-P", "-c", code], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (7, "")


def test_the_folder_is_free_again_after_the_house_has_closed(open_house):
    house = open_house()
    assert house.close() == 0
    again = open_house(data=house.data)
    assert again.get("/static/x/ui/css/base.css").status == 200
    assert again.close() == 0


def test_the_worker_does_not_outlive_a_house_that_was_killed(open_house):
    house = open_house()
    [worker] = until(house.children)
    house.process.kill()
    house.process.wait(10)
    until(lambda: gone(worker))


def test_a_worker_that_was_killed_is_started_again(open_house):
    house = open_house()
    [worker] = until(house.children)
    os.kill(worker, signal.SIGKILL)
    [another] = until(lambda: [pid for pid in house.children() if pid != worker])
    assert another != worker
    assert "The background worker ended (-9); starting it again" in house.said()


def test_a_new_house_tells_its_address_and_a_key(server):
    said = server.said()
    assert f"Aqyn is open:     {server.url}/" in said
    assert "For phones nearby: ./aqyn up --host 0.0.0.0" in said
    assert server.key_path.startswith("/sign-in/")


def test_a_new_house_tells_how_many_phones_may_follow(server):
    assert re.search(r"^Phones at a show: \d+ at once, by the limit on open files\.$", server.said(), re.M)


@pytest.mark.parametrize(
    ("files", "connections", "phones"),
    [(1024, 896, 807), (20_000, 19_872, 17_885), (1 << 20, 65_536, 58_983), (64, 1, 1)],
)
def test_the_limit_on_open_files_says_how_many_phones_there_may_be(files, connections, phones):
    assert room_for(files) == (connections, phones)


@pytest.fixture
def small_house(open_house, free_port, tmp_path):
    """A house on all addresses that may hold 300 open files; the port of it."""
    command = [sys.executable, "-P", "-m", "aqyn", "up", "--no-sample", "--host", "0.0.0.0"]
    command += ["--port", str(free_port), "--data", str(tmp_path / "data")]
    environment = {name: value for name, value in os.environ.items() if not name.startswith("AQYN_")}
    process = subprocess.Popen(
        ["sh", "-c", 'ulimit -n 300 && exec "$@"', "sh", *command],
        env=environment | {"PYTHONPATH": str(ROOT / "src")},
        stdout=subprocess.PIPE,
        text=True,
    )
    assert any(line.startswith("Ctrl-C") for line in process.stdout)
    yield free_port
    process.terminate()
    process.wait(15)
    process.stdout.close()


def test_the_houses_own_machine_gets_in_while_strangers_hold_every_connection(small_house):
    def asks(address):
        connection = HTTPConnection(address, small_house, timeout=2)
        try:
            connection.request("GET", "/robots.txt")
            return connection.getresponse().status
        finally:
            connection.close()

    # 127.0.0.2 is as far as any phone: it is not the address that is kept.
    with contextlib.ExitStack() as stack:
        silent = [
            stack.enter_context(socket.create_connection(("127.0.0.2", small_house))) for _one in range(250)
        ]
        with pytest.raises(TimeoutError):
            asks("127.0.0.2")
        assert asks("127.0.0.1") == 200
        # Those that said nothing are cut off, and the hall has room again.
        silent[0].settimeout(30)
        assert silent[0].recv(1) == b""
    assert until(lambda: asks("127.0.0.2")) == 200


def test_a_house_for_everybody_tells_its_address_nearby(open_house):
    house = open_house("--host", "0.0.0.0")
    assert house.url.startswith("http://127.0.0.1:")
    assert "On this network:" in house.said() or "For phones nearby" not in house.said()


def test_the_server_and_the_worker_load_neither_sound_nor_numbers(server):
    processes = [server.process.pid, *until(server.children)]
    for pid in processes:
        maps = Path(f"/proc/{pid}/maps").read_text()
        assert not [part for part in ("/numpy/", "/av/", "/pyworld/", "espeak") if part in maps]

"""What the bench of the lit word counts, and the bad network that it is counted over."""

import socket
import socketserver
import threading
import time

import pytest

from aqyn.core.live import Position, State
from aqyn.site.benches._delays import Way, delays
from aqyn.site.benches._lit import Change, Song, missed, named, off_by

NOW = 1_795_658_400_000
# Two lines of two words, a second each.
SONG = Song(
    {
        "sections": [{"lines": [7]}, {"lines": [8]}],
        "lines": [
            {"id": 7, "start": 0, "end": 2000, "cues": [[0, 1000], [1000, 2000]]},
            {"id": 8, "start": 2000, "end": 4000, "cues": [[2000, 3000], [3000, 4000]]},
        ],
        "duration": 5000,
    }
)
RUNS = Position(1, NOW, State.RUN, entry=1)
JUMPS = Position(2, NOW + 500, State.RUN, entry=1, step=1, at_ms=2000)


def at(changes):
    return [(change.at_ms - NOW, change.lit) for change in changes]


def test_the_clock_names_each_word_in_its_time():
    told = named(SONG, [RUNS], NOW - 100, NOW + 5100)
    assert at(told) == [
        (0, ("0", "0")),
        (1000, ("0", "1")),
        (2000, ("1", "0")),
        (3000, ("1", "1")),
        (5000, ("", "")),
    ]


def test_a_press_counts_from_when_it_is_due():
    told = named(SONG, [JUMPS, RUNS], NOW, NOW + 2000)
    assert at(told) == [(0, ("0", "0")), (500, ("1", "0")), (1500, ("1", "1"))]


def test_a_page_is_as_far_off_as_its_words_are():
    clock = [Change(1000, ("0", "0")), Change(2000, ("0", "1"))]
    seen = [Change(1030, ("0", "0")), Change(1990, ("0", "1"))]
    assert off_by(seen, clock, []) == [30, -10]


def test_a_word_that_was_never_named_is_as_late_as_the_press_it_had_not_heard_of():
    clock = [Change(1000, ("0", "0")), Change(1500, ("5", "0"))]
    seen = [Change(1000, ("0", "0")), Change(1700, ("0", "1")), Change(1800, ("5", "0"))]
    assert off_by(seen, clock, [900, 1500]) == [0, 200, 300]


def test_a_word_that_a_page_never_lit_is_missed():
    clock = [Change(1000, ("0", "0")), Change(2000, ("0", "1")), Change(2050, ("0", "2"))]
    assert missed([Change(1010, ("0", "0")), Change(2060, ("0", "2"))], clock) == 0
    assert missed([Change(2060, ("0", "2"))], clock) == 1


class Echo(socketserver.BaseRequestHandler):
    def handle(self):
        while piece := self.request.recv(1000):
            self.request.sendall(piece)


@pytest.fixture
def echo():
    """A server that says everything back; its port."""
    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), Echo) as server:
        server.daemon_threads = True
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield server.server_address[1]
        server.shutdown()


def line_to(port):
    line = socket.create_connection(("127.0.0.1", port))
    line.settimeout(20)
    return line


def test_everything_arrives_in_its_order_and_not_before_its_time(echo):
    with delays(echo, [Way(50, 90)]) as proxy:
        begun = time.monotonic()
        with line_to(proxy.ports[0]) as line:
            for n in range(20):
                line.sendall(b"%02d" % n)
                time.sleep(0.002)
            said = b""
            while len(said) < 40:
                said += line.recv(100)
        # A handshake, there, and back.
        assert time.monotonic() - begun >= 0.2
    assert said == b"".join(b"%02d" % n for n in range(20))
    assert proxy.cuts == 0


def test_a_line_is_cut_at_both_ends(echo):
    with delays(echo, [Way(0, 1, cut_s=0.05)]) as proxy, line_to(proxy.ports[0]) as line:
        assert ended(line)
    assert proxy.cuts == 1


def test_all_that_is_open_can_be_cut(echo):
    with delays(echo, [Way(0, 1)]) as proxy, line_to(proxy.ports[0]) as line:
        line.sendall(b"there")
        assert line.recv(100) == b"there"
        proxy.cut()
        assert ended(line)
        with line_to(proxy.ports[0]) as another:
            another.sendall(b"again")
            assert another.recv(100) == b"again"


def test_an_end_is_handed_on(echo):
    with delays(echo, [Way(0, 1)]) as proxy, line_to(proxy.ports[0]) as line:
        line.sendall(b"done")
        assert line.recv(100) == b"done"
        line.shutdown(socket.SHUT_WR)
        assert line.recv(100) == b""


def test_where_no_server_is_the_line_is_closed(free_port):
    with delays(free_port, [Way(0, 1)]) as proxy, line_to(proxy.ports[0]) as line:
        assert ended(line)


def ended(line):
    """Whether the other end has closed or cut the line."""
    try:
        return line.recv(100) == b""
    except ConnectionResetError:
        return True

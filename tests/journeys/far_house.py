"""A house at the end of a bad network: it serves the real modules, and answers as a test tells it to."""

from __future__ import annotations

import json
import mimetypes
import queue
import threading
import time
from collections import Counter
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

SOURCE = Path(__file__).parents[2] / "src" / "aqyn"
PAGE = b"<!doctype html><title>Far</title><link rel=icon href=data:,><p>"
HANG, CUT = "hang", "cut"


class FarHouse:
    """`lines`: how each attempt to follow is answered: by a status, HANG, or the events it is told first;
    later attempts like the last one. `slow`: seconds before and after the clock is read, for each answer.
    """

    def __init__(self) -> None:
        self.lines: list = [[]]
        self.files: dict[str, object] = {}
        self.asked: Counter[str] = Counter()
        self.ahead_ms = 0.0
        self.slow: list[tuple[float, float]] = []
        self.attempts = 0
        self._open: list[queue.Queue] = []
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(self))
        self._server.daemon_threads = True
        threading.Thread(target=self._server.serve_forever, daemon=True).start()
        self.url = f"http://127.0.0.1:{self._server.server_port}"

    def say(self, *events: str) -> None:
        for line in list(self._open):
            for event in events:
                line.put(event)

    def close(self) -> None:
        self.say(CUT)
        self._server.shutdown()
        self._server.server_close()

    def answer_line(self, handler: BaseHTTPRequestHandler) -> None:
        answer = self.lines[min(self.attempts, len(self.lines) - 1)]
        self.attempts += 1
        if isinstance(answer, int):
            handler.send_response(answer)
            handler.send_header("content-length", "0")
            handler.end_headers()
            return
        told: queue.Queue = queue.Queue()
        self._open.append(told)
        if answer != HANG:
            handler.send_response(200)
            handler.send_header("content-type", "text/event-stream")
            handler.end_headers()
            for event in answer:
                told.put(event)
        try:
            while (event := told.get()) != CUT:
                handler.wfile.write(f"{event}\n\n".encode())
        except OSError:
            pass
        self._open.remove(told)
        handler.close_connection = True

    def answer_clock(self, handler: BaseHTTPRequestHandler) -> None:
        before, after = self.slow.pop(0) if self.slow else (0, 0)
        time.sleep(before)
        now = time.time() * 1000 + self.ahead_ms
        time.sleep(after)
        _whole(handler, 200, json.dumps({"now": now}).encode(), "application/json")

    def answer_file(self, handler: BaseHTTPRequestHandler) -> None:
        path = handler.path.partition("?")[0]
        if path.startswith("/static/"):
            app, _sep, rest = path.removeprefix("/static/").partition("/")
            file = SOURCE / app / "static" / app / rest
            _whole(handler, 200, file.read_bytes(), mimetypes.guess_type(rest)[0] or "text/plain")
        elif path in self.files:
            _whole(handler, 200, json.dumps(self.files[path]).encode(), "application/json")
        else:
            _whole(handler, 200 if path == "/" else 404, PAGE, "text/html")


def _handler(house: FarHouse):
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self):
            house.asked[self.path] += 1
            (house.answer_line if self.path.startswith("/events/live/") else house.answer_file)(self)

        def do_POST(self):
            house.asked[self.path] += 1
            house.answer_clock(self)

        def log_message(self, *_told):
            pass

    return Handler


def _whole(handler, status, body, kind):
    handler.send_response(status)
    handler.send_header("content-type", kind)
    handler.send_header("content-length", str(len(body)))
    handler.end_headers()
    handler.wfile.write(body)


@contextmanager
def far_house():
    house = FarHouse()
    yield house
    house.close()

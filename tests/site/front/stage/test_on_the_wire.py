"""The hub over the real server and real sockets: what a phone that takes nothing is spared."""

import asyncio
import contextlib
import socket

import pytest
from granian.constants import HTTPModes, Interfaces
from granian.server.embed import Server

from aqyn.site.front import hub
from aqyn.site.front.deadlines import UNSENT_BYTES, set_deadlines
from aqyn.site.front.hall import STREAM_START

WORDS = 20_000


class Hall:
    """One group that every connection joins, behind granian on a free port."""

    def __init__(self, port):
        self.port = port
        self.hub = hub.Hub()
        self.group = self.hub.open()
        self.group.say(word(0))

    async def __call__(self, scope, receive, send):
        stream = hub.Stream(send)
        await send(STREAM_START)
        self.group.join(stream, scope["client"])
        with contextlib.suppress(asyncio.CancelledError):
            while (await receive())["type"] != "http.disconnect":
                pass
        self.group.leave(stream)

    async def phone(self):
        """A socket that has asked, with as little room as the system gives."""
        phone = socket.socket()
        phone.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 2048)
        phone.setblocking(False)
        await asyncio.get_running_loop().sock_connect(phone, ("127.0.0.1", self.port))
        phone.send(b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n")
        return phone


def word(number):
    return f"data: {number:>150}\n\n".encode()


@pytest.fixture
def on_the_wire(free_port):
    """`on_the_wire(scenario)`: runs `await scenario(hall)` while the server answers."""

    def run(scenario):
        async def main():
            hall = Hall(free_port)
            server = Server(
                hall,
                address="127.0.0.1",
                port=free_port,
                interface=Interfaces.ASGINL,
                http=HTTPModes.http1,
                websockets=False,
                log_enabled=False,
            )
            serving = asyncio.create_task(server.serve())
            await until(lambda: answers(free_port))
            try:
                async with asyncio.timeout(60):
                    return await scenario(hall)
            finally:
                await hall.hub.close(within=1)
                server.stop()
                await asyncio.wait({serving}, timeout=5)

        return asyncio.run(main())

    return run


async def until(happened):
    async with asyncio.timeout(30):
        while not happened():
            await asyncio.sleep(0.01)


def answers(port):
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


async def read_until(phone, end):
    """All that the phone is sent, up to this end."""
    text = b""
    while end not in text:
        part = await asyncio.get_running_loop().sock_recv(phone, 65_536)
        assert part, text
        text += part
    return text


async def stuck(stream):
    """Whether the server takes nothing more for this stream, and that for a while."""
    await asyncio.sleep(0.001)
    if stream.waiting is not None:
        await asyncio.sleep(0.5)
    return stream.waiting is not None


def numbers(text):
    return [int(line.split()[1]) for line in text.splitlines() if line.startswith(b"data: ")]


def test_a_phone_that_took_nothing_for_a_while_goes_on_with_the_newest_word(on_the_wire):
    async def scenario(hall):
        phone = await hall.phone()
        await until(lambda: hall.group.streams)
        (stream,) = hall.group.streams
        number = 0
        while not await stuck(stream):
            number += 1
            assert number < WORDS, "the server holds words without end"
            hall.group.say(word(number))
        overtaken = range(number + 1, number + 1001)
        for number in overtaken:
            hall.group.say(word(number))
            await asyncio.sleep(0)
        text = await read_until(phone, word(number))
        phone.close()
        return numbers(text), overtaken

    told, overtaken = on_the_wire(scenario)
    assert told == sorted(told)
    assert set(told) & set(overtaken) == {overtaken[-1]}


def test_a_hopeless_phone_is_dropped(on_the_wire, monkeypatch):
    monkeypatch.setattr(hub, "HOPELESS_SECONDS", 0.2)

    async def scenario(hall):
        phone, good = await hall.phone(), await hall.phone()
        await until(lambda: len(hall.group.streams) == 2)
        reading = asyncio.create_task(read_until(good, word(WORDS)))
        number = 0
        while len(hall.group.streams) == 2:
            number += 1
            hall.group.say(word(number))
            await asyncio.sleep(0.001)
        hall.group.say(word(WORDS))
        await reading
        left = len(hall.group.streams)
        for one in (phone, good):
            one.close()
        return left

    assert on_the_wire(scenario) == 1


def test_a_phone_that_leaves_is_let_go(on_the_wire):
    async def scenario(hall):
        phone = await hall.phone()
        await until(lambda: hall.group.streams)
        phone.close()
        await until(lambda: not hall.group.streams)
        return hall.hub.open_streams

    assert on_the_wire(scenario) == 0


def test_the_last_word_ends_the_answer(on_the_wire):
    async def scenario(hall):
        phone = await hall.phone()
        await until(lambda: hall.group.streams)
        hall.group.say(word(7), last=True)
        text = await read_until(phone, b"\r\n0\r\n\r\n")
        await until(lambda: not hall.group.streams)
        phone.close()
        return numbers(text)

    assert on_the_wire(scenario) == [0, 7]


def test_the_system_is_told_to_give_up_on_a_phone_that_has_gone():
    with socket.create_server(("127.0.0.1", 0)) as listening:
        phone = socket.create_connection(listening.getsockname())
        served, (host, port) = listening.accept()
        other = socket.create_connection(listening.getsockname())
        strange, _peer = listening.accept()
        set_deadlines({(host, str(port))}, 20)
        for connection, wanted in ((served, 20_000), (strange, 0)):
            assert connection.getsockopt(socket.IPPROTO_TCP, socket.TCP_USER_TIMEOUT) == wanted
        assert served.getsockopt(socket.IPPROTO_TCP, socket.TCP_NOTSENT_LOWAT) == UNSENT_BYTES
        for connection in (phone, served, other, strange):
            connection.close()

"""While a crowd of strangers asks for what is not there, the show goes on."""

import asyncio
import contextlib
import socket

from tests.load.phones import crowd, until

STRANGERS = 40
SECONDS = 3
PRESSES = 5


async def flood(port, head, stop):
    while not stop.is_set():
        with contextlib.suppress(OSError):
            reader, writer = await asyncio.open_connection("127.0.0.1", port)
            writer.write(head())
            await reader.read(4096)
            writer.close()


def get(path):
    return f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n".encode()


def post(path, body, *headers):
    lines = ["Host: 127.0.0.1", "Origin: http://127.0.0.1", "Connection: close", *headers]
    lines.append(f"Content-Length: {len(body)}")
    return (f"POST {path} HTTP/1.1\r\n" + "\r\n".join(lines) + "\r\n\r\n" + body).encode()


async def pressed(evening, number):
    """The status in the end: on a busy machine a press may come too late, and is pressed again."""
    for _press in range(PRESSES):
        status = (await asyncio.to_thread(evening.press, number, do="dark", on=False))[0]
        if status != 409:
            break
    return status


def test_the_show_goes_on_in_a_flood(evening):
    """Unknown shows, forged sessions, the clock; and readers that take nothing."""
    count = iter(range(10**9))
    press = "/studio/stage/astana/press"
    heads = [
        lambda: get(f"/events/live/nowhere-{next(count)}"),
        lambda: get("/events/live/nowhere"),
        lambda: post("/events/clock", ""),
        lambda: post(press, "{}", f"Cookie: aqyn=forged{next(count)}"),
        lambda: post(press, "x" * 4000),
    ]

    async def scenario():
        sleepers = []
        for _sleeper in range(50):
            sleeper = socket.create_connection(("127.0.0.1", evening.port))
            sleeper.sendall(get("/events/live/astana"))
            sleepers.append(sleeper)
        async with crowd(evening.port, 20) as phones:
            # Once before the flood: from then on the house knows this session.
            assert evening.press(1, do="dark", on=True)[0] == 200
            stop = asyncio.Event()
            floods = [
                asyncio.create_task(flood(evening.port, heads[n % len(heads)], stop))
                for n in range(STRANGERS)
            ]
            statuses = []
            for number in range(2, 2 + 4 * SECONDS):
                statuses.append(await pressed(evening, number))
                await asyncio.sleep(0.25)
            last = number
            stop.set()
            await asyncio.gather(*floods)
            await until(lambda: all(phone.number == evening.first + last for phone in phones))
            for sleeper in sleepers:
                sleeper.close()
            return statuses, [set(phone.statuses) for phone in phones]

    statuses, phones = asyncio.run(scenario())
    assert statuses == [200] * (4 * SECONDS)
    assert phones == [{200}] * 20

"""Makes vectors.json: songs, messages, moments, and where each leads. The browser's reckoning is held to it.

`PYTHONPATH=src python tests/core/live/vectors.py` writes it anew; a test says when that is due.
"""

from __future__ import annotations

import json
import random
from pathlib import Path

from aqyn.core.live import LineSpan, Position, Score, State, score_of, where, write_message

FILE = Path(__file__).with_name("vectors.json")
NOW = 1_795_658_400_000
SONGS, MOMENTS = 24, 20


def vectors() -> list[dict[str, object]]:
    """For each song its sections, lines and duration, the score that follows, and moments of an evening."""
    chance = random.Random(4)
    return [_song(chance) for _number in range(SONGS)]


def _song(chance: random.Random) -> dict[str, object]:
    sections = chance.randint(0, 6)
    lines, at = [], chance.randint(0, 8000)
    for section in range(sections):
        for _line in range(chance.randint(0, 4)):
            start, end = at, at + chance.randint(0, 6000)
            # Some lines overlap, some follow after a rest, some are not timed, some parts not at all.
            at = max(start, end + chance.randint(-1500, 2500))
            timed = section % 5 != 3 and chance.random() < 0.9
            lines.append(LineSpan(section, start, end) if timed else LineSpan(section))
    duration = chance.choice([None, at + 3000])
    score = score_of(sections, lines, duration=duration)
    return {
        "sections": sections,
        "lines": [[line.section, line.start, line.end] for line in lines],
        "duration": duration,
        "spans": score.spans,
        "rises": score.rises,
        "moments": [_moment(chance, score, at) for _number in range(MOMENTS)],
    }


def _moment(chance: random.Random, score: Score, end: int) -> dict[str, object]:
    count = len(score.spans)
    order = tuple(chance.randrange(count) for _step in range(chance.randint(0, 8))) if count else ()
    state = chance.choice([State.RUN] * 5 + list(State))
    position = Position(
        number=chance.randint(1, 10**6),
        time_ms=NOW + chance.randint(-1000, 1000),
        state=state,
        entry=chance.randint(0, 9),
        step=chance.randint(0, max(0, len(order or score.spans) - 1)),
        at_ms=0 if state is State.HAND else chance.randint(0, end + 3000),
        tempo=chance.choice([500, 873, 1000, 1000, 1137, 2000]),
        order=order,
        line=chance.randint(0, 9) if state is State.HAND else 0,
        dark=chance.random() < 0.2,
        notice=chance.choice([0, 0, 12]),
    )
    now = position.time_ms + chance.randint(-300, 2 * end + 5000) + chance.choice([0, 0.25])
    there = where(position, score, now)
    return {
        "message": write_message(position).decode().removeprefix("data: ").strip(),
        "now": now,
        "where": [there.step, there.at_ms, there.line, there.over],
    }


def as_text(songs: list[dict[str, object]]) -> str:
    """One song a line."""
    return "[\n" + ",\n".join(json.dumps(song, separators=(",", ":")) for song in songs) + "\n]\n"


if __name__ == "__main__":
    FILE.write_text(as_text(vectors()), "utf-8")

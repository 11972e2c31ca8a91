"""Where the song is while the hall sings it: the position that every phone follows, and how it is steered."""

from aqyn.core.live.message import LONGEST_MESSAGE, read_message, write_message
from aqyn.core.live.position import (
    MOST_STEPS,
    Position,
    State,
    Where,
    number_after,
    read_order,
    where,
    write_order,
)
from aqyn.core.live.pressing import (
    FASTEST_TEMPO,
    FURTHEST_NUDGE_MS,
    LONGEST_LEAD_MS,
    LONGEST_NOTICE,
    SLOWEST_TEMPO,
    Cannot,
    Do,
    Press,
    SteeringError,
    read_press,
)
from aqyn.core.live.score import LineSpan, Score, score_of
from aqyn.core.live.steering import steer

__all__ = [
    "FASTEST_TEMPO",
    "FURTHEST_NUDGE_MS",
    "LONGEST_LEAD_MS",
    "LONGEST_MESSAGE",
    "LONGEST_NOTICE",
    "MOST_STEPS",
    "SLOWEST_TEMPO",
    "Cannot",
    "Do",
    "LineSpan",
    "Position",
    "Press",
    "Score",
    "State",
    "SteeringError",
    "Where",
    "number_after",
    "read_message",
    "read_order",
    "read_press",
    "score_of",
    "steer",
    "where",
    "write_message",
    "write_order",
]

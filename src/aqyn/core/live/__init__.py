"""Where the song is while the hall sings it: the one position that every phone follows."""

from aqyn.core.live.message import LONGEST_MESSAGE, read_message, write_message
from aqyn.core.live.position import MOST_STEPS, Position, State, Where, read_order, where, write_order
from aqyn.core.live.score import LineSpan, Score, score_of

__all__ = [
    "LONGEST_MESSAGE",
    "MOST_STEPS",
    "LineSpan",
    "Position",
    "Score",
    "State",
    "Where",
    "read_message",
    "read_order",
    "score_of",
    "where",
    "write_message",
    "write_order",
]

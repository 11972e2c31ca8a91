"""What may be done with shows and tours: each deed one short transaction, with who did it and when handed in.

A deed that cannot be done raises a `Refusal` with one sentence and changes nothing. Shows, tours and artists
are named by slug, so that no other app needs the models.
"""

from aqyn.shows.facts import ActFacts, ShowFacts, Times
from aqyn.shows.services.rows import hold_show
from aqyn.shows.services.shows import change_show, make_show, remove_show
from aqyn.shows.services.states import (
    announce,
    cancel,
    postpone,
    undo_cancellation,
    undo_postponement,
    withdraw,
)
from aqyn.shows.services.tours import change_tour, make_tour, remove_tour

__all__ = [
    "ActFacts",
    "ShowFacts",
    "Times",
    "announce",
    "cancel",
    "change_show",
    "change_tour",
    "hold_show",
    "make_show",
    "make_tour",
    "postpone",
    "remove_show",
    "remove_tour",
    "undo_cancellation",
    "undo_postponement",
    "withdraw",
]

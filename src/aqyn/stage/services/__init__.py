"""What may be done on the stage: each deed one short transaction, with who did it and when handed in.

A deed that cannot be done raises a `Refusal` with one sentence and changes nothing. Shows and songs are named
by slug; entries, performances and what was played by number.
"""

from aqyn.stage.services.correcting import (
    add_played,
    mark_played,
    move_played,
    publish_setlist,
    remove_played,
    restore_played,
    withdraw_setlist,
)
from aqyn.stage.services.evening import close_hall, open_hall, refuse_while_open
from aqyn.stage.services.held import await_turn
from aqyn.stage.services.played import DROPPED_WITHIN, note_played
from aqyn.stage.services.pressing import press
from aqyn.stage.services.setlist import (
    MOST_ENTRIES,
    EntryFacts,
    add_entry,
    change_entry,
    move_entry,
    order_entries,
    remove_entry,
    restore_setlist,
)
from aqyn.stage.services.wheel import WHEEL, note_present, turn_wheel

__all__ = [
    "DROPPED_WITHIN",
    "MOST_ENTRIES",
    "WHEEL",
    "EntryFacts",
    "add_entry",
    "add_played",
    "await_turn",
    "change_entry",
    "close_hall",
    "mark_played",
    "move_entry",
    "move_played",
    "note_played",
    "note_present",
    "open_hall",
    "order_entries",
    "press",
    "publish_setlist",
    "refuse_while_open",
    "remove_entry",
    "remove_played",
    "restore_played",
    "restore_setlist",
    "turn_wheel",
    "withdraw_setlist",
]

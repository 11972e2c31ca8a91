"""Every refusal of the stage, each one class and one sentence, in the reader's language."""

from aqyn.stage.sentences.evening import (
    HallIsOpen,
    HallIsShut,
    IsCancelled,
    NoSuchPerformance,
    NoSuchShow,
    NotAnnounced,
    RehearsalIsOn,
)
from aqyn.stage.sentences.setlist import (
    BadOrder,
    BadTempo,
    IsOnNow,
    NoSuchEntry,
    NoSuchPlayed,
    NoTalkTitle,
    NothingPlayed,
    NothingToAdd,
    NothingToUndo,
    OrderStays,
    OtherList,
    SongNotHere,
    TooManyEntries,
    TooManySteps,
)
from aqyn.ui.refusal import Refusal

__all__ = [
    "BadOrder",
    "BadTempo",
    "HallIsOpen",
    "HallIsShut",
    "IsCancelled",
    "IsOnNow",
    "NoSuchEntry",
    "NoSuchPerformance",
    "NoSuchPlayed",
    "NoSuchShow",
    "NoTalkTitle",
    "NotAnnounced",
    "NothingPlayed",
    "NothingToAdd",
    "NothingToUndo",
    "OrderStays",
    "OtherList",
    "Refusal",
    "RehearsalIsOn",
    "SongNotHere",
    "TooManyEntries",
    "TooManySteps",
]

"""What may be done with letters to many. Each verb is one short transaction; time is handed in."""

from aqyn.reach.services.bulletins import (
    change,
    make,
    remove,
    resume,
    send_test,
    start,
    stop,
    unname,
    write_some,
)
from aqyn.reach.services.drafts import announce, thank

__all__ = [
    "announce",
    "change",
    "make",
    "remove",
    "resume",
    "send_test",
    "start",
    "stop",
    "thank",
    "unname",
    "write_some",
]

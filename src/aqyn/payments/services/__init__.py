"""What may be done with payments: each deed one short transaction, with who did it and when handed in.

A deed that cannot be done raises a `Refusal` with one sentence and books nothing.
"""

from aqyn.payments.services.advice import advise
from aqyn.payments.services.booking import (
    LineFacts,
    charge,
    discharge,
    open_payment,
    receive,
    reverse,
    set_due,
)
from aqyn.payments.services.refunds import let_go, owe_back, send_refund, tell_where
from aqyn.payments.services.ways import change_way, close_way, crew_way, make_way, reopen_way

__all__ = [
    "LineFacts",
    "advise",
    "change_way",
    "charge",
    "close_way",
    "crew_way",
    "discharge",
    "let_go",
    "make_way",
    "open_payment",
    "owe_back",
    "receive",
    "reopen_way",
    "reverse",
    "send_refund",
    "set_due",
    "tell_where",
]

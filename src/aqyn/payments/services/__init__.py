"""What may be done with payments: each deed one short transaction, with who did it and when handed in.

A deed that cannot be done raises a `Refusal` with one sentence and books nothing.
"""

from aqyn.payments.services.advice import LARGEST_PICTURE, advise
from aqyn.payments.services.arrivals import assign, give_back_arrival
from aqyn.payments.services.booking import (
    LineFacts,
    charge,
    discharge,
    open_payment,
    receive,
    reverse,
    set_due,
)
from aqyn.payments.services.keeping import add_fiscal_receipt, answer_advices, forget_payer
from aqyn.payments.services.refunds import let_go, owe_back, send_refund, tell_where
from aqyn.payments.services.statements import (
    book_unassigned,
    confirm,
    remove_statement,
    set_aside,
    take_up,
    upload,
)
from aqyn.payments.services.tables import as_columns, read_table
from aqyn.payments.services.ways import change_way, close_way, crew_way, make_way, reopen_way

__all__ = [
    "LARGEST_PICTURE",
    "LineFacts",
    "add_fiscal_receipt",
    "advise",
    "answer_advices",
    "as_columns",
    "assign",
    "book_unassigned",
    "change_way",
    "charge",
    "close_way",
    "confirm",
    "crew_way",
    "discharge",
    "forget_payer",
    "give_back_arrival",
    "let_go",
    "make_way",
    "open_payment",
    "owe_back",
    "read_table",
    "receive",
    "remove_statement",
    "reopen_way",
    "reverse",
    "send_refund",
    "set_aside",
    "set_due",
    "take_up",
    "tell_where",
    "upload",
]

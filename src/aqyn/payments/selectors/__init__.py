"""What may be read of payments: by the house's own views and by the apps above."""

from aqyn.payments.adapters import Instructions
from aqyn.payments.selectors.payments import payment, payment_by_reference, payments_of
from aqyn.payments.selectors.refunds import open_refunds, refunds_of, refunds_sent, still_owed
from aqyn.payments.selectors.standing import (
    Sums,
    WaySum,
    balances,
    entries_of,
    money_by_way,
    standing,
    standings,
    sums,
)
from aqyn.payments.selectors.ways import adapter_of, instructions, way, ways

__all__ = [
    "Instructions",
    "Sums",
    "WaySum",
    "adapter_of",
    "balances",
    "entries_of",
    "instructions",
    "money_by_way",
    "open_refunds",
    "payment",
    "payment_by_reference",
    "payments_of",
    "refunds_of",
    "refunds_sent",
    "standing",
    "standings",
    "still_owed",
    "sums",
    "way",
    "ways",
]

"""Claims on places: held, ordered, given back. The one module whose statements change what is taken.

The hot lane and the services call the same functions, each on its own connection (`rows.Database`).
"""

from aqyn.tickets.claims.again import take_again
from aqyn.tickets.claims.back import give_back_expired, give_back_holds, give_back_tickets
from aqyn.tickets.claims.holds import (
    Held,
    HoldAsked,
    HoldOutcome,
    KeyTaken,
    LockedSale,
    NoSale,
    buyer_of,
    claim,
    lock_all,
    lock_sales,
)
from aqyn.tickets.claims.orders import (
    FREE,
    HoldOver,
    NoHold,
    OrderAsked,
    Ordered,
    OrderOutcome,
    TicketMade,
    ToBePaid,
    order,
)
from aqyn.tickets.claims.rows import Contended, Database, of_django, of_postgresql, of_sqlite

__all__ = [
    "FREE",
    "Contended",
    "Database",
    "Held",
    "HoldAsked",
    "HoldOutcome",
    "HoldOver",
    "KeyTaken",
    "LockedSale",
    "NoHold",
    "NoSale",
    "OrderAsked",
    "OrderOutcome",
    "Ordered",
    "TicketMade",
    "ToBePaid",
    "buyer_of",
    "claim",
    "give_back_expired",
    "give_back_holds",
    "give_back_tickets",
    "lock_all",
    "lock_sales",
    "of_django",
    "of_postgresql",
    "of_sqlite",
    "order",
    "take_again",
]

"""Ways to pay, each an adapter. How to write another: docs/payment-adapters.md."""

from __future__ import annotations

from aqyn.payments.adapters.base import Adapter, Detail, Due, Instructions
from aqyn.payments.adapters.by_hand import AtDoor, Cash, Kaspi, Paper, Terminal, Transfer
from aqyn.payments.sentences import UnknownAdapter

__all__ = ["ADAPTERS", "Adapter", "Detail", "Due", "Instructions", "adapter"]

ADAPTERS: dict[str, Adapter] = {
    one.name: one for one in (Kaspi(), Transfer(), AtDoor(), Cash(), Terminal(), Paper())
}


def adapter(name: str) -> Adapter:
    """The adapter of this name. Raises UnknownAdapter."""
    try:
        return ADAPTERS[name]
    except KeyError:
        raise UnknownAdapter(name=name[:20]) from None

"""Where the pages of the sale lie, each part in a file of its own."""

from __future__ import annotations

from aqyn.tickets.urls import door, passes, shop
from aqyn.tickets.urls import studio as desk

PARTS = (shop, passes, door, desk)

public = [pattern for part in PARTS for pattern in part.public]
plain = [pattern for part in PARTS for pattern in part.plain]
studio = [pattern for part in PARTS for pattern in part.studio]

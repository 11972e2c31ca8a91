"""What a poster is to be: how large, in which language, and what it says of the hall's Wi-Fi."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Size(StrEnum):
    """A sheet for the wall, or a sheet of two cards to lay on seats."""

    A4 = "a4"
    A3 = "a3"
    CARD = "card"


@dataclass(frozen=True, slots=True)
class Wifi:
    """The hall's own network. `password` is "" where it asks for none."""

    name: str
    password: str = ""


@dataclass(frozen=True, slots=True)
class Choice:
    """`address`: of the show's live page, as a browser takes it. `language`: one of the interface's, as in a
    path."""

    address: str
    size: Size = Size.A4
    language: str = "kk"
    wifi: Wifi | None = None

"""What every way to pay can do. An adapter holds no state: its details lie in a `Way` row."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from aqyn.payments import sentences as refuse
from aqyn.ui import checks


@dataclass(frozen=True, slots=True)
class Detail:
    """One thing that an adapter needs to know. `label`: a msgid; `needed`: it cannot be left out."""

    name: str
    label: str
    needed: bool = False
    longest: int = 120


@dataclass(frozen=True, slots=True)
class Due:
    """What a payer is told about. `amount`: in minor units; `written`: as people read it."""

    reference: str
    amount: int
    currency: str
    written: str


@dataclass(frozen=True, slots=True)
class Instructions:
    """What the payer sees. `lines`: (label, value), each to be copied; `link`: where to pay, "" for nowhere;
    `code`: what a QR code holds, "" for none; `note`: one or two sentences."""

    lines: tuple[tuple[str, str], ...] = ()
    link: str = ""
    code: str = ""
    note: str = ""


class Adapter:
    """One kind of way to pay.

    `name`: as it stands in rows. `label`: a msgid. `public`: buyers may choose it; otherwise the crew alone
    books with it. `at_once`: places are confirmed before anything was paid, and what is owed is taken at the
    door. `details`: what the studio asks for.
    """

    name = ""
    label = ""
    public = True
    at_once = False
    details: tuple[Detail, ...] = ()

    def checked(self, said: Mapping[str, Any]) -> dict[str, str]:
        """The details made clean. Raises a Refusal."""
        clean = {}
        for detail in self.details:
            value = checks.one_line(str(said.get(detail.name, "")), _(detail.label), detail.longest)
            if detail.needed and not value:
                raise refuse.DetailMissing(name=_(detail.label))
            if value:
                clean[detail.name] = value
        return clean

    def instructions(self, details: Mapping[str, str], due: Due) -> Instructions:
        """What whoever pays this is told, in the language in force."""
        raise NotImplementedError

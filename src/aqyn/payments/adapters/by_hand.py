"""Ways in which people send the money themselves and the crew looks whether it came."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from aqyn.payments import sentences as refuse
from aqyn.payments.adapters.base import Adapter, Detail, Due, Instructions

REFERENCE = gettext_noop("Reference")
AMOUNT = gettext_noop("Amount")


class Transfer(Adapter):
    """A bank transfer, with the reference in its purpose."""

    name = "transfer"
    label = gettext_noop("Bank transfer")
    details = (
        Detail("receiver", gettext_noop("Receiver"), needed=True, longest=140),
        Detail("account", gettext_noop("Account number (IBAN, IIK)"), needed=True, longest=42),
        Detail("bank", gettext_noop("Bank"), longest=120),
        Detail("bic", gettext_noop("Bank code (BIC, BIK)"), longest=11),
        Detail("number", gettext_noop("Receiver’s number (BIN, IIN)"), longest=20),
        Detail("kbe", gettext_noop("Beneficiary code (KBE)"), longest=4),
        Detail("knp", gettext_noop("Purpose code (KNP)"), longest=4),
    )

    def checked(self, said: Mapping[str, Any]) -> dict[str, str]:
        clean = super().checked(said)
        account = "".join(clean["account"].split()).upper()
        if account[:2].isalpha() and not iban_fits(account):
            raise refuse.BadIban
        return clean | {"account": account}

    def instructions(self, details: Mapping[str, str], due: Due) -> Instructions:
        lines = [
            (_(detail.label), details[detail.name]) for detail in self.details if details.get(detail.name)
        ]
        lines += [(_("Purpose"), due.reference), (_(AMOUNT), due.written)]
        return Instructions(
            lines=tuple(lines),
            note=_("Write the reference into the purpose of the transfer: by it we know that it is yours."),
        )


class Kaspi(Adapter):
    """A Kaspi link, which is a QR code as well, or a transfer to a phone number."""

    name = "kaspi"
    label = gettext_noop("Kaspi")
    details = (
        Detail("link", gettext_noop("Link to pay (from Kaspi Pay)"), longest=300),
        Detail("phone", gettext_noop("Phone number"), longest=30),
        Detail("receiver", gettext_noop("Receiver"), longest=140),
    )

    def checked(self, said: Mapping[str, Any]) -> dict[str, str]:
        clean = super().checked(said)
        if not (clean.get("link") or clean.get("phone")):
            raise refuse.NeedsLinkOrPhone
        if clean.get("link") and not clean["link"].startswith("https://"):
            raise refuse.BadPayLink
        return clean

    def instructions(self, details: Mapping[str, str], due: Due) -> Instructions:
        lines = [
            (_(detail.label), details[detail.name])
            for detail in self.details
            if detail.name != "link" and details.get(detail.name)
        ]
        lines += [(_("Message"), due.reference), (_(AMOUNT), due.written)]
        link = details.get("link", "")
        return Instructions(
            lines=tuple(lines),
            link=link,
            code=link,
            note=_("Write the reference into the message: by it we know that it is yours."),
        )


class AtDoor(Adapter):
    """The places are confirmed, and paid for at the door."""

    name = "door"
    label = gettext_noop("At the door")
    at_once = True

    def instructions(self, details: Mapping[str, str], due: Due) -> Instructions:
        return Instructions(
            lines=((_(AMOUNT), due.written),), note=_("Your places are kept. Pay when you come in.")
        )


class OfCrew(Adapter):
    """Money that the crew takes itself."""

    public = False

    def instructions(self, details: Mapping[str, str], due: Due) -> Instructions:
        return Instructions(lines=((_(REFERENCE), due.reference), (_(AMOUNT), due.written)))


class Cash(OfCrew):
    name = "cash"
    label = gettext_noop("Cash")


class Terminal(OfCrew):
    name = "terminal"
    label = gettext_noop("Card terminal")


class Paper(OfCrew):
    name = "paper"
    label = gettext_noop("Sold on paper")


def iban_fits(account: str) -> bool:
    """Whether the check digits of an IBAN are right (ISO 13616-1: the rest by 97 is 1)."""
    if not (account.isascii() and account.isalnum() and 15 <= len(account) <= 34):
        return False
    turned = account[4:] + account[:4]
    return int("".join(str(int(letter, 36)) for letter in turned)) % 97 == 1

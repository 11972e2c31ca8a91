"""Why places are not held or ordered."""

from __future__ import annotations

from django.utils.translation import gettext_noop

from aqyn.core.places import MOST_PLACES, No, Refused
from aqyn.tickets.claims import HoldOver, KeyTaken, NoHold, NoSale
from aqyn.ui.refusal import Refusal


class BuyingRefusal(Refusal):
    """`code`: the word that the API says; `status`: of HTTP."""

    code = ""
    status = 409


class NothingAsked(BuyingRefusal):
    code, status = "empty", 400
    sentence = gettext_noop("Choose how many places you would like; at least one.")


class TooManyAsked(BuyingRefusal):
    code, status = "too_many", 400
    sentence = gettext_noop("At most %(most)s places can be held at once.")


class TooManyTypes(BuyingRefusal):
    code, status = "too_many", 400
    sentence = gettext_noop("At most %(most)s kinds of tickets can be held at once.")


class NoSuchType(BuyingRefusal):
    code, status = "no_such_type", 404
    sentence = gettext_noop("There is no such ticket for this show.")


class PriceIsOff(BuyingRefusal):
    code, status = "price", 400
    sentence = gettext_noop("This price cannot be taken. Look at the prices again.")


class NotOnSale(BuyingRefusal):
    code = "not_on_sale"
    sentence = gettext_noop("These places are not on sale now.")


class OverLimit(BuyingRefusal):
    code = "limit"
    sentence = gettext_noop("There is a limit for each buyer: you can still have %(left)s of these.")


class SoldOut(BuyingRefusal):
    code = "sold_out"
    sentence = gettext_noop("Sold out: not a single one of these places is left.")


class TooFewLeft(BuyingRefusal):
    code = "sold_out"
    sentence = gettext_noop("Only %(left)s of these places are left.")


class NoSuchSale(BuyingRefusal):
    code, status = "no_such_show", 404
    sentence = gettext_noop("There are no places on sale for such a show.")


class KeyWasTaken(BuyingRefusal):
    code, status = "key", 422
    sentence = gettext_noop("This Idempotency-Key came before with another wish.")


class NoSuchHold(BuyingRefusal):
    code, status = "no_such_hold", 404
    sentence = gettext_noop("There is no such hold.")


class WrongSecret(BuyingRefusal):
    code, status = "secret", 403
    sentence = gettext_noop("This secret does not open it.")


class HoldIsOver(BuyingRefusal):
    code, status = "hold_over", 410
    sentence = gettext_noop(
        "The time of this hold is over, and its places went back. Please hold them again."
    )


class NoName(BuyingRefusal):
    code, status = "name", 400
    sentence = gettext_noop("Write a name: the tickets are made out to it.")


class BadEmail(BuyingRefusal):
    code, status = "email", 400
    sentence = gettext_noop("This is not an e-mail address that a letter could reach.")


class WayNotOffered(BuyingRefusal):
    code, status = "payment", 400
    sentence = gettext_noop("This way to pay is not offered here. Choose one of those that are.")


class NotUnderstood(BuyingRefusal):
    code, status = "malformed", 400
    sentence = gettext_noop("What was sent could not be read.")


_WHY: dict[No, type[BuyingRefusal]] = {
    No.EMPTY: NothingAsked,
    No.NO_SUCH_TYPE: NoSuchType,
    No.PRICE: PriceIsOff,
    No.NOT_ON_SALE: NotOnSale,
}


def refusal_of(outcome: object) -> BuyingRefusal | None:
    """The sentence for an outcome of `claims`; None for one that is not a refusal."""
    match outcome:
        case Refused(No.TOO_MANY):
            return TooManyAsked(most=MOST_PLACES)
        case Refused(No.LIMIT, left=left):
            return OverLimit(left=left)
        case Refused(No.SOLD_OUT, left=left):
            return TooFewLeft(left=left) if left else SoldOut()
        case Refused(why):
            return _WHY[why]()
        case NoSale():
            return NoSuchSale()
        case KeyTaken():
            return KeyWasTaken()
        case NoHold():
            return NoSuchHold()
        case HoldOver():
            return HoldIsOver()
    return None

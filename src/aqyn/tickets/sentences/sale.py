"""Why a sale, its areas and its ticket types are not set up so."""

from __future__ import annotations

from django.utils.translation import gettext_noop

from aqyn.ui.refusal import Refusal


class NoSuchShow(Refusal):
    sentence = gettext_noop("There is no show “%(slug)s”.")


class NoSaleYet(Refusal):
    sentence = gettext_noop("There is no sale for this show yet.")


class SaleIsThere(Refusal):
    sentence = gettext_noop("This show has its sale already.")


class UnknownCurrency(Refusal):
    sentence = gettext_noop("“%(currency)s” is not a currency that people pay in, such as KZT.")


class CurrencyIsFixed(Refusal):
    sentence = gettext_noop("Places were held or sold already: the currency stays as it is.")


class PricesDoNotFit(Refusal):
    sentence = gettext_noop("%(currency)s has no coins as small as in these prices. Change the prices first.")


class BadHoldTime(Refusal):
    sentence = gettext_noop("Places are held for %(least)s to %(most)s minutes.")


class BadPayTime(Refusal):
    sentence = gettext_noop("Places are kept for payment from %(least)s to %(most)s hours.")


class BadReminder(Refusal):
    sentence = gettext_noop("The reminder goes out before the time to pay is over: choose fewer hours.")


class NoSuchWay(Refusal):
    sentence = gettext_noop("One of these ways to pay is not there any more.")


class NothingToSell(Refusal):
    sentence = gettext_noop("Add a ticket type before you open the sale.")


class NoWayToPay(Refusal):
    sentence = gettext_noop("Choose at least one way to pay before you open the sale.")


class NotAnnouncedYet(Refusal):
    sentence = gettext_noop("Announce the show first: the sale is on its page.")


class ShowIsCancelled(Refusal):
    sentence = gettext_noop("The show is cancelled: nothing is sold for it.")


class ShowIsOver(Refusal):
    sentence = gettext_noop("The show is over: nothing is sold for it.")


class SaleIsOpen(Refusal):
    sentence = gettext_noop("The sale is open already.")


class SaleIsNotOpen(Refusal):
    sentence = gettext_noop("The sale is not open.")


class SaleWasUsed(Refusal):
    sentence = gettext_noop("Places were held or sold: the sale can be closed, but not removed.")


class NoSuchArea(Refusal):
    sentence = gettext_noop("There is no such area.")


class NoAreaName(Refusal):
    sentence = gettext_noop("Give the area a name in at least one language.")


class AreaIsUsed(Refusal):
    sentence = gettext_noop("Ticket types let into this area: remove them first.")


class BadPlaces(Refusal):
    sentence = gettext_noop("An area has from 0 to %(most)s places for each channel.")


class UnknownChannel(Refusal):
    sentence = gettext_noop("“%(channel)s” is no channel that places are sold by.")


class BelowTaken(Refusal):
    sentence = gettext_noop("%(taken)s of these places are taken: there can be no fewer than that.")


class TooFewToMove(Refusal):
    sentence = gettext_noop("Only %(left)s places are free there to be moved.")


class NothingToMove(Refusal):
    sentence = gettext_noop("Choose at least one place to move, and another channel to move it to.")


class NoSuchType(Refusal):
    sentence = gettext_noop("There is no such ticket type.")


class NoTypeName(Refusal):
    sentence = gettext_noop("Give the ticket type a name in at least one language.")


class BadPrice(Refusal):
    sentence = gettext_noop("A price is 0 or more, and not as large as this.")


class FloorAbovePrice(Refusal):
    sentence = gettext_noop("The least price is at most the price that is suggested.")


class BadLimit(Refusal):
    sentence = gettext_noop("The limit for one buyer is from 1 to %(most)s.")


class BadQuantity(Refusal):
    sentence = gettext_noop("A ticket type has from 0 to %(most)s places.")


class WindowIsEmpty(Refusal):
    sentence = gettext_noop("The sale of a type ends after it begins.")


class AreaStays(Refusal):
    sentence = gettext_noop("Places of this type are taken: it stays in its area.")


class GuestsPayNothing(Refusal):
    sentence = gettext_noop("A type for guests has no price and no code.")


class TypeWasUsed(Refusal):
    sentence = gettext_noop("Places of this type were held or sold: it can be closed, not removed.")


class TypeIsClosed(Refusal):
    sentence = gettext_noop("This type is closed already.")


class TypeIsOpen(Refusal):
    sentence = gettext_noop("This type is not closed.")


class NoFaceForPage(Refusal):
    sentence = gettext_noop("No typeface on this machine draws Kazakh in Arabic script.")


class SignNotOnPage(Refusal):
    sentence = gettext_noop("No typeface on this machine draws “%(sign)s”.")


class PageBusy(Refusal):
    status = 503
    sentence = gettext_noop("Other pages are being set. Try again in a moment.")


class PageFailed(Refusal):
    status = 500
    sentence = gettext_noop("The page could not be set.")


class BadGuestLine(Refusal):
    sentence = gettext_noop("“%(line)s”: write a name, and after it +1 to +99 for those who come along.")


class NobodyWritten(Refusal):
    sentence = gettext_noop("Write at least one guest, a line for each.")


class TooManyLines(Refusal):
    sentence = gettext_noop("At most %(most)s lines at once.")


class NoPlacesChosen(Refusal):
    sentence = gettext_noop("Choose at least one place that is still there.")


class NothingToSend(Refusal):
    sentence = gettext_noop("The places of this order went back: there are no tickets to send.")

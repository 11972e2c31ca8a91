"""Why an order is not changed so."""

from __future__ import annotations

from django.utils.translation import gettext_noop

from aqyn.ui.refusal import Refusal


class NoSuchOrder(Refusal):
    sentence = gettext_noop("There is no such order.")


class OrderIsOver(Refusal):
    sentence = gettext_noop("This order was cancelled, or its places went back.")


class NotLapsed(Refusal):
    sentence = gettext_noop("The places of this order did not go back.")


class PlacesAreGone(Refusal):
    sentence = gettext_noop("There are not places enough any more to take these again.")


class NoSuchTicket(Refusal):
    sentence = gettext_noop("This order has no such ticket, or its place went back already.")


class NothingDue(Refusal):
    sentence = gettext_noop("Nothing is still to be paid for this order.")


class DueInThePast(Refusal):
    sentence = gettext_noop("The time to pay has to lie ahead.")


class BeyondPrice(Refusal):
    sentence = gettext_noop("The order costs less than that.")


class PlacesAreSold(Refusal):
    sentence = gettext_noop("Places were sold for this show: cancel it instead, so that everyone is told.")


class NotPostponed(Refusal):
    sentence = gettext_noop("The show was not put off, so these places cannot be given back here.")


class NoGuests(Refusal):
    sentence = gettext_noop("Write how many come: from 1 to %(most)s.")


class NotForGuests(Refusal):
    sentence = gettext_noop("This ticket type is not for guests.")


class ShowHasBegun(Refusal):
    sentence = gettext_noop("The show has begun; its places cannot be given back any more.")


class WasLetIn(Refusal):
    sentence = gettext_noop("Somebody came in with it; its places cannot be given back any more.")


class AskTheCrew(Refusal):
    sentence = gettext_noop("These places were paid for. Write to the house, and the crew gives them back.")


class IsForgotten(Refusal):
    sentence = gettext_noop("There is no address with this order, or its buyer was forgotten already.")

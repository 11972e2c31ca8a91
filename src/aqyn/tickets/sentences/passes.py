"""Why a ticket or a key for tickets is not changed so."""

from __future__ import annotations

from django.utils.translation import gettext_noop

from aqyn.ui.refusal import Refusal


class NoSuchTicket(Refusal):
    sentence = gettext_noop("There is no such ticket, or its place went back.")


class NoSuchKey(Refusal):
    sentence = gettext_noop("There is no such key.")


class KeyIsRevoked(Refusal):
    sentence = gettext_noop("This key was revoked already.")


class KeysAreUsedUp(Refusal):
    sentence = gettext_noop("All 255 keys of this house are used up.")


class PagesBusy(Refusal):
    sentence = gettext_noop("Many are being printed just now. Please try again in a moment.")


class PagesFailed(Refusal):
    sentence = gettext_noop("These pages could not be made here. It has been written down.")


class NotPaidYet(Refusal):
    sentence = gettext_noop("This order is not paid for yet; its tickets come then.")


class NoTickets(Refusal):
    sentence = gettext_noop("No tickets of this order are good any more.")

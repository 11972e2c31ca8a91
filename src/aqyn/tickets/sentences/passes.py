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

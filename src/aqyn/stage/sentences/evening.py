"""Why the hall was not opened or not closed."""

from __future__ import annotations

from django.utils.translation import gettext_noop

from aqyn.ui.refusal import Refusal


class NoSuchShow(Refusal):
    sentence = gettext_noop("There is no show “%(slug)s”.")


class NoSuchPerformance(Refusal):
    sentence = gettext_noop("This evening is no longer here; open the page again.")


class NotAnnounced(Refusal):
    sentence = gettext_noop("Announce the show before you open its hall: until then nobody would find it.")


class IsCancelled(Refusal):
    sentence = gettext_noop("This show is cancelled; its hall stays closed.")


class HallIsOpen(Refusal):
    sentence = gettext_noop("The hall is open; close it first.")


class RehearsalIsOn(Refusal):
    sentence = gettext_noop("A rehearsal is on; close it first.")


class HallIsShut(Refusal):
    sentence = gettext_noop("The hall is not open.")

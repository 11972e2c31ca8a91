"""Why what became of a show was not noted."""

from __future__ import annotations

from django.utils.translation import gettext_noop

from aqyn.ui.refusal import Refusal


class NoDateYet(Refusal):
    sentence = gettext_noop("Give the show its day and its start before it is announced.")


class IsAnnounced(Refusal):
    sentence = gettext_noop("The show is announced already.")


class NotAnnounced(Refusal):
    sentence = gettext_noop("Nobody was told of this show yet: change it, or remove it.")


class OtherDayIsPostponed(Refusal):
    sentence = gettext_noop("The show is announced: to move it to another day, postpone it.")


class ShowIsOver(Refusal):
    sentence = gettext_noop("The show is over: it can be postponed or cancelled no more.")


class IsCancelled(Refusal):
    sentence = gettext_noop("The show is cancelled: take that back first.")


class NotCancelled(Refusal):
    sentence = gettext_noop("The show is not cancelled.")


class NotPostponed(Refusal):
    sentence = gettext_noop("The show is not postponed.")


class SameDate(Refusal):
    sentence = gettext_noop(
        "That is when the show starts already: choose another time, or leave the day empty."
    )


class DateIsOver(Refusal):
    sentence = gettext_noop("The new date lies behind us: choose one that is still to come.")


class UndoFirst(Refusal):
    sentence = gettext_noop(
        "The show was postponed or cancelled since it was announced: take that back first."
    )

"""Why what the crew pressed changed nothing."""

from __future__ import annotations

from django.utils.translation import gettext_noop

from aqyn.core.live.steering import Cannot
from aqyn.ui.refusal import Refusal


class NotAPress(Refusal):
    sentence = gettext_noop("This is nothing that a console sends.")


class NotCrew(Refusal):
    sentence = gettext_noop("Sign in to lead the hall.")


class NoWheel(Refusal):
    sentence = gettext_noop("You do not hold the wheel; take it first.")


class PressedLate(Refusal):
    sentence = gettext_noop(
        "This came too late, so nothing was changed. Press it again if it is still meant."
    )


class ClockIsWrong(Refusal):
    sentence = gettext_noop("This console's clock is ahead of the house's; open the page again.")


class PressedBefore(Refusal):
    sentence = gettext_noop("Something newer was pressed already, so this changed nothing.")


class NobodyAsks(Refusal):
    sentence = gettext_noop("Nobody asks for the wheel any more.")


class AskedAlready(Refusal):
    sentence = gettext_noop("%(name)s asks for the wheel already.")


class CannotPress(Refusal):
    """Where the song is now this cannot be done; `code` says why."""

    def __init__(self, code: Cannot) -> None:
        self.sentence = STEERING[code]
        super().__init__()
        self.code = code


STEERING = {
    Cannot.UNREADABLE: NotAPress.sentence,
    Cannot.SHUT: gettext_noop("The hall is not open."),
    Cannot.NOTHING_CHOSEN: gettext_noop("Choose a song first."),
    Cannot.NOT_BEGUN: gettext_noop("Nothing is sung yet."),
    Cannot.OVER: gettext_noop("The song has ended."),
    Cannot.NOT_RUNNING: gettext_noop("The song is held already."),
    Cannot.NOT_HELD: gettext_noop("The song is not held, so it cannot go on."),
    Cannot.BY_HAND: gettext_noop("The song goes line by line; there is no clock."),
    Cannot.NOT_BY_HAND: gettext_noop("The song goes by the clock already."),
    Cannot.UNTIMED: gettext_noop("This is not timed; lead the song line by line."),
    Cannot.NO_LINE: gettext_noop("The song has no such line."),
    Cannot.NO_STEP: gettext_noop("Tonight's order has no such section."),
    Cannot.FIRST_LINE: gettext_noop("This is the first line."),
    Cannot.LAST_LINE: gettext_noop("No line follows."),
    Cannot.LAST_SECTION: gettext_noop("No section follows."),
    Cannot.SUNG_ALREADY: gettext_noop("This section is being sung, or was."),
    Cannot.ORDER_UNKNOWN: gettext_noop("The order names a section that the song does not have."),
    Cannot.ORDER_TOO_LONG: gettext_noop(
        "At most 64 sections can be sung in an order of their own, and only the first 64 of a song."
    ),
    Cannot.SECTION_MISSING: gettext_noop("The order leaves out the section that is being sung."),
    Cannot.NUDGE: gettext_noop("A nudge moves the words by at most 5 seconds."),
    Cannot.TEMPO: gettext_noop("The tempo lies between half and twice the recording's."),
    Cannot.LEAD: gettext_noop("The lead lies between 0 and 300 ms."),
    Cannot.TEXT_EMPTY: gettext_noop("Write a text first."),
    Cannot.TEXT_TOO_LONG: gettext_noop("A text for the hall has at most 280 letters."),
}
"""A sentence for each reason that `core.live.steering` gives."""

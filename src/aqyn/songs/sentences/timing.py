"""Why times that were sent from the sync desk were not kept."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_noop

from aqyn.ui.refusal import Refusal


class TimesAreNoJson(Refusal):
    sentence = gettext_noop(
        "Times are sent as JSON: each line by its number, with what it was and what it is now."
    )


class TooManyTimes(Refusal):
    sentence = gettext_noop("More was sent than the times of a song can be; at most %(most)s KiB are taken.")


class WordsChanged(Refusal):
    sentence = gettext_noop(
        "The words of this song were changed in the meantime. Load the page again: what you timed of its "
        "other lines stays in this browser until then."
    )


class TimedElsewhere(Refusal):
    """`lines`: what is there now of each line that was changed meanwhile, None for an untimed one."""

    sentence = gettext_noop("These lines were timed elsewhere in the meantime; nothing was changed.")

    def __init__(self, lines: Mapping[str, list[Any] | None]) -> None:
        super().__init__()
        self.lines = lines


class NothingToHear(Refusal):
    sentence = gettext_noop("Every word has been timed by a person; choose to hear all lines anew.")


class NotHeardYet(Refusal):
    sentence = gettext_noop("The house has not listened to this recording yet.")

"""Why something about words as they are being written, or about a reading of a line, was not done."""

from __future__ import annotations

from django.utils.translation import gettext_noop

from aqyn.songs.sentences.refusal import Refusal


class ReadingChanged(Refusal):
    """`there`: how the line reads now, "" where it has no such reading."""

    sentence = gettext_noop("Somebody else has changed this line meanwhile, so nothing was overwritten.")

    def __init__(self, there: str) -> None:
        super().__init__()
        self.there = there

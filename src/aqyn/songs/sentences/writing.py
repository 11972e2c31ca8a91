"""Why something about words as they are being written, or about a reading of a line, was not done."""

from __future__ import annotations

from django.utils.translation import gettext_noop

from aqyn.core.lyrics.merging import Merge
from aqyn.core.lyrics.model import LyricsError
from aqyn.songs.sentences.lyrics import lyrics_sentence
from aqyn.ui.refusal import Refusal


class ReadingChanged(Refusal):
    """`there`: how the line reads now, "" where it has no such reading."""

    sentence = gettext_noop("Somebody else has changed this line meanwhile, so nothing was overwritten.")

    def __init__(self, there: str) -> None:
        super().__init__()
        self.there = there


class WordsDiffer(Refusal):
    """`merge`: both sides' lines together, and where they differ; `mine`, `theirs`: the two texts whole."""

    sentence = gettext_noop(
        "Somebody else has changed the same lines meanwhile. Nothing was overwritten: choose what stays."
    )

    def __init__(self, *, mine: str, theirs: str, merge: Merge) -> None:
        super().__init__()
        self.mine, self.theirs, self.merge = mine, theirs, merge


class BadWords(Refusal):
    """`line`: the line of the text at fault, where one is."""

    sentence = gettext_noop("These words cannot be kept yet: %(fault)s")

    def __init__(self, error: LyricsError) -> None:
        super().__init__(fault=lyrics_sentence(error))
        self.line = error.line


class NoBase(Refusal):
    sentence = gettext_noop(
        "The page did not say which text it began from, so nothing was changed. Open it again."
    )


class TextIsNoJson(Refusal):
    sentence = gettext_noop("Words being written are sent as JSON: the text, and the base it began from.")


class NoSuchVersion(Refusal):
    sentence = gettext_noop("There is no version %(version)s of these words.")

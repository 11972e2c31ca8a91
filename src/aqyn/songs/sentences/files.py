"""Why a song is not to be had as a file, or a file of words not to be brought in."""

from __future__ import annotations

from django.utils.translation import gettext_noop

from aqyn.ui.refusal import Refusal


class NoTimesForFile(Refusal):
    sentence = gettext_noop("This song has no times yet, and %(format)s is nothing without them.")


class FileCannotHold(Refusal):
    sentence = gettext_noop("%(format)s cannot hold this song: %(fault)s")


class NoLyricsFile(Refusal):
    sentence = gettext_noop("Choose a file, or paste what is in it.")


class LyricsFileTooLarge(Refusal):
    sentence = gettext_noop("A file of words is at most %(most)s MiB.")


class LyricsFileLost(Refusal):
    sentence = gettext_noop("The file did not come back from the page whole; choose it again.")


class OtherLanguage(Refusal):
    sentence = gettext_noop("Its words are in another language or script than the song's own.")


class NoTimesInFile(Refusal):
    sentence = gettext_noop("There are no times in the file.")


class NoLineMet(Refusal):
    sentence = gettext_noop("No line of the file is one of the song's.")


class NoRecordingChosen(Refusal):
    sentence = gettext_noop("Times belong to a recording, and none is chosen.")


class LinesDoNotMeet(Refusal):
    sentence = gettext_noop(
        "Its lines match the song's neither by their words, nor by their number, nor by their times."
    )


class NoSuchLayerInFile(Refusal):
    sentence = gettext_noop("There is nothing in “%(tag)s” in this file that the song could take.")


class NothingChosen(Refusal):
    sentence = gettext_noop("Choose what to take of the file.")


class NothingToTake(Refusal):
    sentence = gettext_noop("Nothing of this would change the song.")


class SongChangedMeanwhile(Refusal):
    sentence = gettext_noop(
        "The song was changed meanwhile, so nothing was taken. This is how the file meets it now."
    )


class LookAgain(Refusal):
    sentence = gettext_noop(
        "You changed how the file is to meet the song: this is what would be taken now. Nothing was, so far."
    )


class WordsAreBeingWritten(Refusal):
    sentence = gettext_noop("The song's words are being written just now; keep them or take them back first.")


class WordsNotKept(Refusal):
    sentence = gettext_noop("These words cannot be kept as they are in the file: line %(line)s, “%(text)s”.")


class NothingEmbedded(Refusal):
    sentence = gettext_noop("There are no words inside this recording.")

"""Why something about a song, its words, its recordings or its times was not done."""

from __future__ import annotations

from django.utils.translation import gettext_noop

from aqyn.ui.refusal import Refusal


class NoSuchSong(Refusal):
    sentence = gettext_noop("There is no song “%(slug)s”.")


class NoSuchArtist(Refusal):
    sentence = gettext_noop("There is no artist “%(slug)s”.")


class LanguageStays(Refusal):
    sentence = gettext_noop("The song's language is changed together with its words, not here.")


class NoSuchLine(Refusal):
    sentence = gettext_noop("This line is no longer in the song; open the page again.")


class NoSuchRecording(Refusal):
    sentence = gettext_noop("This recording is no longer here; open the page again.")


class SlugTaken(Refusal):
    sentence = gettext_noop("There is already a song at “%(slug)s”.")


class NoTitle(Refusal):
    sentence = gettext_noop("Give the song a title in its own language.")


class NoWords(Refusal):
    sentence = gettext_noop("Write at least one line of the song.")


class LongLine(Refusal):
    sentence = gettext_noop("Line %(line)s is too long: at most %(most)s characters are taken.")


class TooManyLines(Refusal):
    sentence = gettext_noop("A song has at most %(most)s lines; this one has %(lines)s.")


class BadMark(Refusal):
    sentence = gettext_noop("Line %(line)s: a {ru:…} span must be closed and hold no other span.")


class BadYear(Refusal):
    sentence = gettext_noop("The year must lie between 1800 and 2200.")


class BadSection(Refusal):
    sentence = gettext_noop("“%(kind)s” is not a part of a song; known are %(known)s.")


class BadReach(Refusal):
    sentence = gettext_noop("A song is heard by its link or by everyone.")


class EmptyLine(Refusal):
    sentence = gettext_noop("A line cannot be empty.")


class MainIsNotOverruled(Refusal):
    sentence = gettext_noop("The words themselves are changed in the song's text, not here.")


class NothingWrittenHere(Refusal):
    sentence = gettext_noop("This line is already made by the house.")


class NotMade(Refusal):
    sentence = gettext_noop("The house cannot make this layer itself, so the line stays as you wrote it.")


class BadTimes(Refusal):
    sentence = gettext_noop("The times do not fit the song: %(fault)s")


class BadRecordingKind(Refusal):
    sentence = gettext_noop("“%(kind)s” is not a kind of recording; known are %(known)s.")


class SameRecording(Refusal):
    sentence = gettext_noop("The song already has this very recording.")

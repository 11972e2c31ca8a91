"""Every refusal of the songs app, each one class and one sentence, in the reader's language."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop


class Refusal(Exception):
    """Why a deed was not done, as one sentence in the language in force. Nothing was changed."""

    sentence = ""

    def __init__(self, **values: object) -> None:
        super().__init__(self.sentence)
        self.values = values

    def __str__(self) -> str:
        return _(self.sentence) % self.values if self.values else _(self.sentence)


class NoSuchSong(Refusal):
    sentence = gettext_noop("There is no song “%(slug)s”.")


class NoSuchLine(Refusal):
    sentence = gettext_noop("This line is no longer in the song; open the page again.")


class NoSuchRecording(Refusal):
    sentence = gettext_noop("This recording is no longer here; open the page again.")


class SlugTaken(Refusal):
    sentence = gettext_noop("There is already a song at “%(slug)s”.")


class BadSlug(Refusal):
    sentence = gettext_noop("“%(slug)s” cannot be an address: use small Latin letters, digits and hyphens.")


class NoTitle(Refusal):
    sentence = gettext_noop("Give the song a title in its own language.")


class NoWords(Refusal):
    sentence = gettext_noop("Write at least one line of the song.")


class TooMuch(Refusal):
    sentence = gettext_noop("“%(name)s” is too long: at most %(most)s characters are taken.")


class TooManyLines(Refusal):
    sentence = gettext_noop("A song has at most %(most)s lines; this one has %(lines)s.")


class BadCharacters(Refusal):
    sentence = gettext_noop("“%(name)s” holds a control character, which cannot be shown.")


class BadMark(Refusal):
    sentence = gettext_noop("Line %(line)s: a {ru:…} span must be closed and hold no other span.")


class BadTag(Refusal):
    sentence = gettext_noop("“%(tag)s” is not a language tag such as kk, ru or kk-Latn.")


class BadHue(Refusal):
    sentence = gettext_noop("The hue is a whole number from 0 to 359.")


class BadYear(Refusal):
    sentence = gettext_noop("The year must lie between 1800 and 2200.")


class BadLink(Refusal):
    sentence = gettext_noop("“%(link)s” is not an address that begins with https:// or http://.")


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


class NotYetPlayable(Refusal):
    sentence = gettext_noop("This recording is still being prepared.")


class SameRecording(Refusal):
    sentence = gettext_noop("The song already has this very recording.")


_MEDIA = {
    "not_found": gettext_noop("There is no such file."),
    "not_a_file": gettext_noop("This is not an ordinary file that may be read."),
    "empty": gettext_noop("The file is empty."),
    "too_large": gettext_noop("The file is larger than this house takes."),
    "too_long": gettext_noop("The recording is longer than this house takes."),
    "too_short": gettext_noop("The recording is too short to be a song."),
    "not_audio": gettext_noop("This file is not a sound recording."),
    "unsupported": gettext_noop(
        "This kind of recording is not accepted; send WAV, FLAC, MP3, M4A, AAC or OGG."
    ),
    "video": gettext_noop("This is a video; send its sound alone."),
    "no_sound": gettext_noop("The file has a place for sound, but no sound in it."),
    "silent": gettext_noop("The recording is silent from beginning to end."),
    "truncated": gettext_noop("The recording breaks off before its end; send it again."),
    "damaged": gettext_noop("The recording is damaged and cannot be played to its end."),
    "timed_out": gettext_noop("The recording took too long to prepare and was stopped."),
    "out_of_memory": gettext_noop("The recording needed too much memory and was stopped."),
    "too_much_output": gettext_noop("The recording grew too large while it was prepared and was stopped."),
    "disk_full": gettext_noop("There is no room left on the disk."),
    "cannot_write": gettext_noop("The data folder cannot be written to."),
    "cancelled": gettext_noop("The preparation was cancelled."),
    "interrupted": gettext_noop("The preparation was interrupted several times and was given up."),
    "crashed": gettext_noop("The preparation failed inside; the operator's log says where."),
}


def media_sentence(code: str, details: Mapping[str, Any] | None = None) -> str:
    """The sentence for a `MediaError` code, in the language in force; that of "crashed" for an unknown."""
    return _(_MEDIA.get(code, _MEDIA["crashed"]))

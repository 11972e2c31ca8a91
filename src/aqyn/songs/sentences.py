"""Every refusal of the songs app, each one class and one sentence, in the reader's language."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from aqyn.core.lyrics.model import LyricsError


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


class BadRecordingKind(Refusal):
    sentence = gettext_noop("“%(kind)s” is not a kind of recording; known are %(known)s.")


class SameRecording(Refusal):
    sentence = gettext_noop("The song already has this very recording.")


class FolderRefused(Refusal):
    """Everything that is wrong with a folder: `faults`, one sentence each."""

    def __init__(self, faults: Sequence[str]) -> None:
        super().__init__()
        self.faults = list(faults)

    def __str__(self) -> str:
        return "\n".join(self.faults)


class FolderMissing(Refusal):
    sentence = gettext_noop("“%(folder)s” is not a folder that can be read.")


class FileIsMissing(Refusal):
    sentence = gettext_noop("“%(file)s” is not in the folder.")


class FileIsNoFile(Refusal):
    sentence = gettext_noop("“%(file)s” is a link or something else than an ordinary file.")


class FileTooLarge(Refusal):
    sentence = gettext_noop("“%(file)s” is larger than %(most)s MiB.")


class FileUnreadable(Refusal):
    sentence = gettext_noop("“%(file)s” cannot be read: %(why)s.")


class NameLeavesFolder(Refusal):
    sentence = gettext_noop("“%(file)s” is not the plain name of a file in the folder.")


class BadToml(Refusal):
    sentence = gettext_noop("This is not TOML: %(why)s.")


class BadJson(Refusal):
    sentence = gettext_noop("“%(file)s” is not JSON: %(why)s.")


class BadTimingShape(Refusal):
    sentence = gettext_noop(
        "“%(file)s” does not hold the times of lines; docs/formats.md shows how it looks."
    )


class UnknownKey(Refusal):
    sentence = gettext_noop("The key “%(key)s” is not known; known are %(known)s.")


class WrongType(Refusal):
    sentence = gettext_noop("“%(key)s” does not hold what belongs there; docs/formats.md shows how it looks.")


class BadLine(Refusal):
    sentence = gettext_noop("Line %(line)s of the words is not a text, or has none.")


class MainTwice(Refusal):
    sentence = gettext_noop("Line %(line)s gives “%(tag)s” twice: that is the song's own layer.")


class BadState(Refusal):
    sentence = gettext_noop("The state “%(state)s” is not draft, link or public.")


class ManyAudioFiles(Refusal):
    sentence = gettext_noop("There are several sound files (%(files)s); name them under [[recordings]].")


class SongIsThere(Refusal):
    sentence = gettext_noop("There is already a song “%(slug)s”; say --replace to put this one in its place.")


class SongOfAnother(Refusal):
    sentence = gettext_noop("The song “%(slug)s” belongs to another artist.")


class FolderNotEmpty(Refusal):
    sentence = gettext_noop("“%(folder)s” is there already and is not an empty folder.")


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
    "unfit": gettext_noop("The song was changed meanwhile, and the sound no longer fits its words."),
    "crashed": gettext_noop("The preparation failed inside; the operator's log says where."),
}


def media_sentence(code: str, details: Mapping[str, Any] | None = None) -> str:
    """The sentence for a `MediaError` code, in the language in force; that of "crashed" for an unknown."""
    return _(_MEDIA.get(code, _MEDIA["crashed"]))


# The sentences of core.lyrics, which knows no language of ours; a test holds this list to its sources.
LYRICS = (
    gettext_noop("A {…} span opens inside another."),
    gettext_noop("A {…} span is not closed."),
    gettext_noop("A line's times are [start, end], or one [start, end, [syllables]] for each word."),
    gettext_noop("A word's times are [start, end] or [start, end, [syllable starts]] in whole milliseconds."),
    gettext_noop("There are times for %(timed)s lines, but the song has %(lines)s."),
    gettext_noop("it ends at %(end)s ms, after the end of the recording at %(duration)s ms."),
    gettext_noop("there are times for %(timed)s words, but it has %(words)s."),
    gettext_noop("it begins before the recording does."),
    gettext_noop("it begins before the line above it."),
    gettext_noop("it ends before it begins."),
    gettext_noop("it does not begin and end with its words."),
    gettext_noop("word %(word)s begins before the one in front of it has ended."),
    gettext_noop("word %(word)s ends before it begins."),
    gettext_noop("the syllables of word %(word)s do not follow one another."),
    gettext_noop("a syllable of word %(word)s begins after its end."),
    gettext_noop("this is not UTF-8 text."),
    gettext_noop("The file is longer than any song: %(most)s characters at most."),
    gettext_noop("there is a control character."),
    gettext_noop("A song has at most %(most)s lines."),
    gettext_noop("“%(text)s” is not a time such as [01:02.34]."),
    gettext_noop("No line of the file has a time such as [01:02.34]."),
    gettext_noop("“%(text)s” is not a time."),
    gettext_noop("The offset “%(text)s” is not a whole number of milliseconds."),
    gettext_noop("a line without words cannot be written."),
    gettext_noop("a line without times cannot begin with a bracket."),
    gettext_noop("words that look like a time in brackets cannot be written."),
    gettext_noop("there are not as many times as words."),
    gettext_noop("the times of its words do not follow one another."),
    gettext_noop("this is not a TTML file: it has no <tt> with a <body>."),
    gettext_noop("“%(tag)s” is not a language tag."),
    gettext_noop("there are no lines in the <body>."),
    gettext_noop("there are more elements here than lyrics need."),
    gettext_noop("a document type is not taken."),
    gettext_noop("this is not well-formed XML."),
    gettext_noop("it has other words than the song, “%(text)s”."),
)


def lyrics_sentence(error: LyricsError) -> str:
    """The sentence of a fault in words or times, with its line, in the language in force."""
    said = _(error.sentence) % error.values if error.values else _(error.sentence)
    return said if error.line is None else _("line %(line)s: %(fault)s") % {"line": error.line, "fault": said}

"""Every way a recording can be refused or a child process can fail, each with a stable code.

Upper layers translate by `code`; `details` holds the values their sentence needs.
"""

from __future__ import annotations

from typing import ClassVar

Detail = str | int | float


class MediaError(Exception):
    """One refusal: `code` for translating, `str(error)` an English sentence, `details` its values."""

    code: ClassVar[str] = "media"
    sentence: ClassVar[str] = "The sound could not be handled."

    def __init__(self, sentence: str | None = None, **details: Detail) -> None:
        super().__init__(sentence or self.sentence.format(**details))
        self.details = details


# The file is not one we can take.


class NotFound(MediaError):
    code = "not_found"
    sentence = "There is no such file."


class NotAFile(MediaError):
    code = "not_a_file"
    sentence = "This is not an ordinary file that may be read."


class Empty(MediaError):
    code = "empty"
    sentence = "The file is empty."


class TooLarge(MediaError):
    """`max_bytes`: the limit; `bytes`: the file's size."""

    code = "too_large"
    sentence = "The file has {bytes} bytes; at most {max_bytes} are accepted."


class TooLong(MediaError):
    """`max_seconds`: the limit."""

    code = "too_long"
    sentence = "The recording is longer than {max_seconds:g} seconds."


class TooShort(MediaError):
    """`min_seconds`: the limit; `seconds`: how long the recording is."""

    code = "too_short"
    sentence = "The recording lasts {seconds:.2f} s; it must last at least {min_seconds:g} s."


class NotAudio(MediaError):
    code = "not_audio"
    sentence = "This file is not a sound recording."


class Unsupported(MediaError):
    """`found`: what the file is, as far as it could be told."""

    code = "unsupported"
    sentence = "This kind of recording ({found}) is not accepted; send WAV, FLAC, MP3, M4A, AAC or OGG."


class Video(MediaError):
    code = "video"
    sentence = "This is a video; send its sound alone."


class NoSound(MediaError):
    code = "no_sound"
    sentence = "The file has a place for sound, but no sound in it."


class Silent(MediaError):
    code = "silent"
    sentence = "The recording is silent from beginning to end."


class Truncated(MediaError):
    """`promised`: seconds that the file's header claims; `found`: seconds that are there."""

    code = "truncated"
    sentence = "The recording is not whole: {found:.2f} of {promised:.2f} s are there."


class Damaged(MediaError):
    code = "damaged"
    sentence = "The recording is damaged and cannot be played to its end."


# The words cannot be heard in it.


class CannotHear(MediaError):
    code = "cannot_hear"
    sentence = "The words cannot be heard in this recording."


class NoWords(CannotHear):
    code = "no_words"
    sentence = "There are no words to listen for."


class TooManyWords(CannotHear):
    """`most`: the limit."""

    code = "too_many_words"
    sentence = "These are more words than the {most} that are listened for."


class UnknownLanguage(CannotHear):
    """`language`: its tag."""

    code = "unknown_language"
    sentence = "How words of the language {language} are spoken is not known here."


class HearsNothing(CannotHear):
    code = "hears_nothing"
    sentence = "Nobody can be heard singing in this recording."


class TooShortForWords(CannotHear):
    """`seconds`: how long the recording is; `words`: how many there are."""

    code = "too_short_for_words"
    sentence = "A recording of {seconds:.0f} s is too short for {words} words."


class WordsDoNotFit(CannotHear):
    code = "words_do_not_fit"
    sentence = "These words are not heard in this recording: in another order they would fit it as well."


# The work could not be done.


class TimedOut(MediaError):
    """`seconds`: the limit."""

    code = "timed_out"
    sentence = "The work took longer than {seconds:g} seconds and was stopped."


class OutOfMemory(MediaError):
    """`memory_mib`: the limit."""

    code = "out_of_memory"
    sentence = "The work needed more than {memory_mib} MiB of memory and was stopped."


class TooMuchOutput(MediaError):
    """`output_mib`: the limit."""

    code = "too_much_output"
    sentence = "The work wrote more than {output_mib} MiB and was stopped."


class DiskFull(MediaError):
    code = "disk_full"
    sentence = "There is no room left on the disk."


class CannotWrite(MediaError):
    code = "cannot_write"
    sentence = "The folder cannot be written to."


class Cancelled(MediaError):
    code = "cancelled"
    sentence = "The work was cancelled."


class Crashed(MediaError):
    """`log`: the child's last words, for the operator, not for the reader."""

    code = "crashed"
    sentence = "The work failed inside; the operator's log says where."


def error_for(code: str, sentence: str, details: dict[str, Detail]) -> MediaError:
    """The error a child reported, as the same class where this process knows it.

    A code whose class was never imported here becomes a `MediaError` that carries that code.
    """
    pending: list[type[MediaError]] = [MediaError]
    while pending:
        kind = pending.pop()
        if kind.code == code:
            return kind(sentence, **details)
        pending.extend(kind.__subclasses__())
    unknown = MediaError(sentence, **details)
    unknown.code = code  # type: ignore[misc]
    return unknown

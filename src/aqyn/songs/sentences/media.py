"""What is wrong with a sound file."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

MEDIA = {
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
    "unlike": gettext_noop(
        "These are not the same performance (%(sure)s %% alike), so no times were taken over."
    ),
    "timed": gettext_noop(
        "The recording has been given times of its own meanwhile, so none were taken over."
    ),
    "cannot_hear": gettext_noop("The words cannot be heard in this recording."),
    "no_words": gettext_noop("There are no words to listen for; write them first."),
    "too_many_words": gettext_noop("These are more words than the %(most)d that are listened for."),
    "unknown_language": gettext_noop(
        "How words of the language “%(language)s” are spoken is not known here."
    ),
    "hears_nothing": gettext_noop("Nobody can be heard singing in this recording."),
    "too_short_for_words": gettext_noop("A recording of %(seconds)d s is too short for %(words)d words."),
    "words_do_not_fit": gettext_noop(
        "What is sung here does not sound like these words. Are they of this recording?"
    ),
    "backend_missing": gettext_noop(
        "What this ear needs is not there any more; “Another ear” on the sync desk says what."
    ),
    "no_model": gettext_noop(
        "The file %(file)s does not hold the MMS model for alignment; docs/hearing.md says where to get it."
    ),
    "crashed": gettext_noop("The preparation failed inside; the operator's log says where."),
}


def media_sentence(code: str, details: Mapping[str, Any] | None = None) -> str:
    """The sentence for a `MediaError` code, in the language in force; that of "crashed" for an unknown."""
    said = _(MEDIA.get(code, MEDIA["crashed"]))
    return said % details if details and "%(" in said else said

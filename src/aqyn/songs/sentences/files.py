"""Why a song is not to be had as a file, or a file of words not to be brought in."""

from __future__ import annotations

from django.utils.translation import gettext_noop

from aqyn.songs.sentences.refusal import Refusal


class NoTimesForFile(Refusal):
    sentence = gettext_noop("This song has no times yet, and %(format)s is nothing without them.")


class FileCannotHold(Refusal):
    sentence = gettext_noop("%(format)s cannot hold this song: %(fault)s")

"""What is wrong with the chords of a line."""

from __future__ import annotations

from django.utils.translation import gettext_noop

from aqyn.ui.refusal import Refusal


class TooManyChords(Refusal):
    sentence = gettext_noop("Line %(line)s: a line has at most %(most)s chords.")


class BadChord(Refusal):
    sentence = gettext_noop("Line %(line)s: “%(chord)s” is not the name of a chord such as Am or G7/B.")


class ChordElsewhere(Refusal):
    sentence = gettext_noop("Line %(line)s: the chord %(chord)s stands over no letter of the line.")


class BadChords(Refusal):
    sentence = gettext_noop("Line %(line)s: “chords” is a list of chords, each [word, letter, name].")

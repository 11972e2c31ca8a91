"""Why something about a setlist, or about what was played, was not done."""

from __future__ import annotations

from django.utils.translation import gettext_noop

from aqyn.ui.refusal import Refusal


class NoSuchEntry(Refusal):
    sentence = gettext_noop("This is no longer on the setlist; open the page again.")


class SongNotHere(Refusal):
    sentence = gettext_noop("There is no song “%(slug)s” in the house.")


class NothingToAdd(Refusal):
    sentence = gettext_noop("Choose a song, or say what the talk is about.")


class NoTalkTitle(Refusal):
    sentence = gettext_noop("Give the talk a title: it is what the hall sees meanwhile.")


class TooManyEntries(Refusal):
    sentence = gettext_noop("A setlist holds at most %(most)s entries.")


class BadTempo(Refusal):
    sentence = gettext_noop("Beats a minute are a whole number from %(least)s to %(most)s.")


class BadOrder(Refusal):
    sentence = gettext_noop("The order names a part that the song does not have; open the page again.")


class TooManySteps(Refusal):
    sentence = gettext_noop("At most %(most)s parts can be sung in one song.")


class OrderStays(Refusal):
    sentence = gettext_noop("This song has more than %(most)s parts, so it is sung as it is written.")


class IsOnNow(Refusal):
    sentence = gettext_noop("The hall is there just now: go on to something else first.")


class OtherList(Refusal):
    sentence = gettext_noop("Somebody has changed the list meanwhile; look at it as it is now.")


class NothingToUndo(Refusal):
    sentence = gettext_noop("There is nothing here to undo.")


class NoSuchPlayed(Refusal):
    sentence = gettext_noop("This is no longer on the list; open the page again.")


class NothingPlayed(Refusal):
    sentence = gettext_noop("The list is empty: put in what was played before it is published.")

"""Why something that was told of a show was not taken."""

from __future__ import annotations

from django.utils.translation import gettext_noop

from aqyn.ui.refusal import Refusal


class NoSuchShow(Refusal):
    sentence = gettext_noop("There is no show “%(slug)s”.")


class NoSuchArtist(Refusal):
    sentence = gettext_noop("There is no artist “%(slug)s”.")


class SlugTaken(Refusal):
    sentence = gettext_noop("There is already a show at “%(slug)s”.")


class NoTitle(Refusal):
    sentence = gettext_noop("Give the show a title in at least one language.")


class NoCity(Refusal):
    sentence = gettext_noop("Say in which city it is, in at least one language.")


class BadCountry(Refusal):
    sentence = gettext_noop("“%(country)s” is not a country's code of two letters, such as KZ.")


class BadTimeZone(Refusal):
    sentence = gettext_noop("“%(zone)s” is not a time zone that the house knows, such as Asia/Almaty.")


class NoDay(Refusal):
    sentence = gettext_noop("Say on which day it is, not only at what time.")


class NoStart(Refusal):
    sentence = gettext_noop("Say when the show starts.")


class BadDate(Refusal):
    sentence = gettext_noop("The year of a show lies between %(first)s and %(last)s.")


class NoSuchTime(Refusal):
    sentence = gettext_noop("On that day clocks in %(zone)s leave out %(time)s: choose another time.")


class BadDoors(Refusal):
    sentence = gettext_noop("The doors open before the show starts, at most %(hours)s hours before.")


class BadEnd(Refusal):
    sentence = gettext_noop("The show ends after it starts, at most %(hours)s hours after.")


class TooManyActs(Refusal):
    sentence = gettext_noop("A show has at most %(most)s other acts.")


class ActWithoutName(Refusal):
    sentence = gettext_noop("Give every other act a name, not only a link.")

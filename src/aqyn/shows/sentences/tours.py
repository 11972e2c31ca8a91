"""Why something about a tour was not done."""

from __future__ import annotations

from django.utils.translation import gettext_noop

from aqyn.ui.refusal import Refusal


class NoSuchTour(Refusal):
    sentence = gettext_noop("There is no tour “%(slug)s”.")


class TourSlugTaken(Refusal):
    sentence = gettext_noop("There is already a tour at “%(slug)s”.")


class NoTourName(Refusal):
    sentence = gettext_noop("Give the tour a name in at least one language.")


class OtherArtistsTour(Refusal):
    sentence = gettext_noop("That tour is another artist's.")

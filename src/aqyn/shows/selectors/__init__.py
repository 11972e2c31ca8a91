"""What may be read of the shows: by the house's own views and by the apps above."""

from aqyn.shows.selectors.lists import (
    all_shows,
    any_ended,
    any_public,
    coming,
    gone,
    next_shows,
    public_show,
    public_shows,
    public_tours,
    shown,
    shows_of_tour,
    tour,
    tours,
)
from aqyn.shows.selectors.states import UNTOLD_LENGTH, is_over, over_at, state_of
from aqyn.shows.selectors.written import hue_of

__all__ = [
    "UNTOLD_LENGTH",
    "all_shows",
    "any_ended",
    "any_public",
    "coming",
    "gone",
    "hue_of",
    "is_over",
    "next_shows",
    "over_at",
    "public_show",
    "public_shows",
    "public_tours",
    "shown",
    "shows_of_tour",
    "state_of",
    "tour",
    "tours",
]

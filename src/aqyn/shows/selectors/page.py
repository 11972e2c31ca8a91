"""A show's public page: everything its template shows, chosen for one reader."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse

from aqyn.shows.models import Act, Show, Tour
from aqyn.shows.selectors.event import event_json_ld
from aqyn.shows.selectors.lists import shows_of_tour
from aqyn.shows.selectors.written import ShowCard, Texts, card
from aqyn.songs.selectors import public_songs
from aqyn.ui.ornament import SILENCE


@dataclass(frozen=True, slots=True)
class ShowPage:
    """What shows/show.html is given as `show`. `row` is what the slots are handed; `reason`: why it was put
    off or cancelled, if it was; `others`: the tour's other shows."""

    card: ShowCard
    row: Show
    about: Texts
    address: str
    acts: tuple[Act, ...]
    reason: Texts
    tour: Tour | None
    others: list[ShowCard]
    wave: tuple[int, ...]
    calendar_url: str
    picture_url: str
    json_ld: dict[str, Any]


def show_page(show: Show, *, code: str, now: datetime, origin: str = "") -> ShowPage:
    """The page for a reader whose interface is in `code`. `origin` as "https://madina.example"."""
    picture = reverse("shows-plain:picture", args=[show.slug])
    others = shows_of_tour(show.tour) if show.tour else []
    return ShowPage(
        card=card(show, code, now),
        row=show,
        about=show.about,
        address=show.address,
        acts=tuple(show.acts.all()),
        reason=_reason(show),
        tour=show.tour,
        others=[card(other, code, now) for other in others if other.pk != show.pk],
        wave=wave_of(show.artist.slug),
        calendar_url=f"{reverse('shows-plain:calendar', args=[show.slug])}?{urlencode({'language': code})}",
        picture_url=picture,
        json_ld=event_json_ld(show, code=code, origin=origin, picture=picture) if _dated(show) else {},
    )


def wave_of(artist_slug: str) -> tuple[int, ...]:
    """What the ornament of an artist's evenings is drawn from: her first song that can be heard."""
    songs = public_songs(artist_slug)
    lead = next((song for song in songs if song.duration_ms), songs[0] if songs else None)
    return tuple(lead.wave) if lead else SILENCE


def _reason(show: Show) -> Texts:
    cancellation = getattr(show, "cancellation", None)
    if cancellation is not None:
        return dict(cancellation.reason)
    put_off = list(show.postponements.all())
    return dict(put_off[-1].reason) if put_off else {}


def _dated(show: Show) -> bool:
    """A draft may have no date yet, and had none."""
    return bool(show.starts_at or show.postponements.all())

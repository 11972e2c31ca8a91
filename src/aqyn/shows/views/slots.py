"""What the shows put into the pages of others."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.utils import timezone

from aqyn.shows import selectors
from aqyn.shows.selectors.written import card
from aqyn.ui.languages import current_code

MOST_NEXT = 3
"""Shows on the artist's page; the others stand in the list of shows."""


def next_of(artist: Any) -> dict[str, Any] | None:
    """For the slot "artist.next": her next shows."""
    now, code = timezone.now(), current_code()
    coming = selectors.next_shows(artist.slug, now)
    if not coming:
        return None
    shown = [card(show, code, now) for show in coming[:MOST_NEXT]]
    return {"shows": shown, "more": len(coming) - len(shown)}


def desk_next(request: HttpRequest) -> dict[str, Any] | None:
    """For the slot "studio.next": drafts, shows that wait for a new date, and the next evening."""
    now, code = timezone.now(), current_code()
    shows = [card(show, code, now) for show in selectors.all_shows()]
    drafts = [show for show in shows if show.state == "draft"]
    undated = [show for show in shows if show.state == "postponed" and show.starts is None]
    coming = [show for show in shows if show.state in ("announced", "postponed") and show.starts]
    if not (drafts or undated or coming):
        return None
    return {"drafts": drafts, "undated": undated, "next": coming[:1]}


def any_public(request: HttpRequest) -> bool:
    """Whether there is a show to lead to."""
    return selectors.any_public()

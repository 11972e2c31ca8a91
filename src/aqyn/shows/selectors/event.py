"""A show for search engines: schema.org's MusicEvent."""

from __future__ import annotations

from typing import Any

from django.urls import reverse

from aqyn.core.texts import choose
from aqyn.shows.models import Show
from aqyn.shows.selectors.written import iso
from aqyn.ui.languages import WANTED

STATUS = "https://schema.org/Event"


def event_json_ld(show: Show, *, code: str, origin: str, picture: str) -> dict[str, Any]:
    """The show in the reader's language. One that was put off without a new date keeps its old one, as
    search engines ask."""
    wanted = WANTED[code]
    artist = {"@type": "MusicGroup", "name": choose(show.artist.name, wanted).text}
    before = [iso(row.old_starts_at, show) for row in show.postponements.all()]
    starts = iso(show.starts_at, show) if show.starts_at else before[-1]
    event: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "MusicEvent",
        "name": choose(show.title, wanted).text,
        "startDate": starts,
        "eventStatus": STATUS + _status(show),
        "eventAttendanceMode": "https://schema.org/OfflineEventAttendanceMode",
        "location": _place(show, wanted),
        "performer": [artist, *({"@type": "MusicGroup", **_act(act, wanted)} for act in show.acts.all())],
        "organizer": artist | {"url": f"{origin}/"},
        "url": origin + reverse("shows:show", args=[show.slug]),
        "image": origin + picture,
    }
    if show.doors_at:
        event["doorTime"] = iso(show.doors_at, show)
    if show.ends_at:
        event["endDate"] = iso(show.ends_at, show)
    if show.starts_at and before:
        event["previousStartDate"] = before if len(before) > 1 else before[0]
    if about := choose(show.about, wanted).text:
        event["description"] = about
    if show.tour:
        event["superEvent"] = {
            "@type": "EventSeries",
            "name": choose(show.tour.name, wanted).text,
            "url": origin + reverse("shows:tour", args=[show.tour.slug]),
        }
    return event


def _status(show: Show) -> str:
    if getattr(show, "cancellation", None) is not None:
        return "Cancelled"
    if not show.postponements.all():
        return "Scheduled"
    return "Rescheduled" if show.starts_at else "Postponed"


def _place(show: Show, wanted: tuple[str, ...]) -> dict[str, Any]:
    city = choose(show.city, wanted).text
    address = {"@type": "PostalAddress", "addressLocality": city}
    if show.address:
        address["streetAddress"] = show.address
    if show.country:
        address["addressCountry"] = show.country
    return {"@type": "MusicVenue", "name": choose(show.venue, wanted).text or city, "address": address}


def _act(act: Any, wanted: tuple[str, ...]) -> dict[str, str]:
    name = choose(act.name, wanted).text
    return {"name": name, "url": act.link} if act.link else {"name": name}

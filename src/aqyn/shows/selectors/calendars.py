"""Shows as calendars read them: iCalendar (RFC 5545), published (RFC 5546)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime, timedelta
from uuid import NAMESPACE_URL, uuid5
from zoneinfo import ZoneInfo

from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from icalendar import Calendar, Event

from aqyn.core.dates import written_time
from aqyn.core.moments import wall_time
from aqyn.core.texts import Chosen, choose
from aqyn.shows.models import Show
from aqyn.ui.languages import TAGS, WANTED

PRODUCT = "-//Aqyn//Shows//EN"
ASK_AGAIN = timedelta(hours=6)
"""How often a calendar that follows an artist is asked to look again (RFC 7986, 5.7)."""


def language_for(tag: str) -> str:
    """The interface language for a text language such as an artist's main one: "kk-Cyrl" → "kk"."""
    return {told: code for code, told in TAGS.items()}.get(tag, "en")


def calendar(shows: Sequence[Show], *, code: str, origin: str, name: str = "") -> bytes:
    """The shows as one calendar in the language `code`, with every time zone that it names.

    `name`: of a calendar that is followed; without one it is a single show to be taken over.
    """
    whole = Calendar()
    whole.add("prodid", PRODUCT)
    whole.add("version", "2.0")
    whole.add("method", "PUBLISH")
    if name:
        whole.add("name", name)
        # What calendars asked for before RFC 7986 named it, and still do.
        whole.add("x-wr-calname", name)
        whole.add("refresh-interval", ASK_AGAIN, parameters={"VALUE": "DURATION"})
    with translation.override(code):
        for show in shows:
            whole.add_component(_event(show, code, origin))
    if shows:
        first, last = _years(shows)
        whole.add_missing_timezones(first_date=date(first - 1, 1, 1), last_date=date(last + 2, 1, 1))
    body: bytes = whole.to_ical()
    return body


def _event(show: Show, code: str, origin: str) -> Event:
    zone, wanted = ZoneInfo(show.time_zone), WANTED[code]
    event = Event()
    # Never changes, whatever becomes of the show or of its address.
    event.add("uid", str(uuid5(NAMESPACE_URL, f"aqyn:show:{show.pk}:{show.created_at.isoformat()}")))
    event.add("dtstamp", show.changed_at.astimezone(UTC))
    event.add("created", show.created_at.astimezone(UTC))
    event.add("last-modified", show.changed_at.astimezone(UTC))
    event.add("sequence", show.sequence)
    event.add("status", _status(show))
    event.add("dtstart", _starts(show).astimezone(zone))
    if show.ends_at:
        event.add("dtend", show.ends_at.astimezone(zone))
    _add(event, "summary", _summary(show, wanted))
    _add(event, "location", _place(show, wanted))
    if about := _about(show, wanted):
        _add(event, "description", Chosen(about, TAGS[code]))
    event.add("url", origin + reverse("shows:show", args=[show.slug]))
    return event


def _starts(show: Show) -> datetime:
    """When it starts; while a new date is still to come, when it was to start."""
    return show.starts_at or list(show.postponements.all())[-1].old_starts_at


def _years(shows: Iterable[Show]) -> tuple[int, int]:
    years = [_starts(show).year for show in shows]
    return min(years), max(years)


def _status(show: Show) -> str:
    if getattr(show, "cancellation", None) is not None:
        return "CANCELLED"
    return "CONFIRMED" if show.starts_at else "TENTATIVE"


def _summary(show: Show, wanted: Sequence[str]) -> Chosen:
    title = choose(show.title, wanted)
    return Chosen(f"{title.text} · {choose(show.artist.name, wanted).text}", title.tag)


def _place(show: Show, wanted: Sequence[str]) -> Chosen:
    city = choose(show.city, wanted)
    told = (choose(show.venue, wanted).text, show.address, city.text)
    return Chosen(", ".join(part for part in told if part), city.tag)


def _about(show: Show, wanted: Sequence[str]) -> str:
    acts = ", ".join(choose(act.name, wanted).text for act in show.acts.all())
    told = [
        _why(show, wanted),
        _("Doors: %(time)s") % {"time": written_time(wall_time(show.doors_at, ZoneInfo(show.time_zone)))}
        if show.doors_at
        else "",
        _("With %(acts)s") % {"acts": acts} if acts else "",
        choose(show.about, wanted).text,
    ]
    return "\n\n".join(part for part in told if part)


def _why(show: Show, wanted: Sequence[str]) -> str:
    """What became of it, where that is not what was told first."""
    cancellation = getattr(show, "cancellation", None)
    put_off = list(show.postponements.all())
    if cancellation is not None:
        said, reason = _("Cancelled."), cancellation.reason
    elif put_off:
        said = _("Postponed.") if show.starts_at else _("Postponed; the new date is still to come.")
        reason = put_off[-1].reason
    else:
        return ""
    return f"{said} {choose(reason, wanted).text}".strip()


def _add(event: Event, name: str, told: Chosen) -> None:
    event.add(name, told.text, parameters={"LANGUAGE": told.tag} if told.tag else {})

"""What is told of a show or a tour, as it comes from a form or from the sample."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo, available_timezones

from aqyn.core.moments import moments
from aqyn.shows import sentences as refuse
from aqyn.ui import checks

FIRST_YEAR, LAST_YEAR = 1900, 2200
DOORS_BEFORE = timedelta(hours=12)
"""How long before its start the doors of a show may open."""
LONGEST_SHOW = timedelta(hours=16)
MOST_ACTS = 20
LONGEST_ADDRESS = 300
LONGEST_REASON = 1_000
LONGEST_ABOUT = 10_000
USUAL_ZONE = "Asia/Almaty"

_COUNTRY = re.compile(r"[A-Z]{2}")


@dataclass(frozen=True, slots=True)
class ActFacts:
    """Who else plays. `name`: texts by tag."""

    name: Mapping[str, str]
    link: str = ""


@dataclass(frozen=True, slots=True)
class ShowFacts:
    """What is told of a show. Texts by BCP 47 tag; times are moments, with their zone.

    Without a `slug` the show's address is made from its title. `tour`: a tour's slug. Without a `hue` the
    show has its artist's.
    """

    title: Mapping[str, str]
    city: Mapping[str, str]
    time_zone: str = USUAL_ZONE
    starts_at: datetime | None = None
    doors_at: datetime | None = None
    ends_at: datetime | None = None
    venue: Mapping[str, str] = field(default_factory=dict)
    address: str = ""
    country: str = ""
    about: Mapping[str, str] = field(default_factory=dict)
    acts: Sequence[ActFacts] = ()
    hue: int | None = None
    tour: str = ""
    slug: str = ""

    def checked(self) -> ShowFacts:
        """The same, made clean, its times in UTC. Raises a Refusal."""
        title, city = checks.short_texts(self.title, "title"), checks.short_texts(self.city, "city")
        if not title:
            raise refuse.NoTitle
        if not city:
            raise refuse.NoCity
        times = Times(self.starts_at, self.doors_at, self.ends_at).checked()
        return ShowFacts(
            title=title,
            city=city,
            time_zone=zone(self.time_zone).key,
            starts_at=times.starts_at,
            doors_at=times.doors_at,
            ends_at=times.ends_at,
            venue=checks.short_texts(self.venue, "venue"),
            address=checks.one_line(self.address, "address", LONGEST_ADDRESS),
            country=_country(self.country),
            about=checks.texts(self.about, "about", LONGEST_ABOUT),
            acts=_acts(self.acts),
            hue=checks.hue(self.hue),
            tour=self.tour,
            slug=checks.slug(self.slug) if self.slug else "",
        )


@dataclass(frozen=True, slots=True)
class Times:
    """When the doors open, when it starts and when it ends: moments, or None where nobody said."""

    starts_at: datetime | None = None
    doors_at: datetime | None = None
    ends_at: datetime | None = None

    def checked(self) -> Times:
        """The same in UTC, in their order. Raises a Refusal."""
        starts, doors, ends = (_utc(at) for at in (self.starts_at, self.doors_at, self.ends_at))
        if starts is None:
            if doors or ends:
                raise refuse.NoStart
            return Times()
        if doors and not starts - DOORS_BEFORE <= doors <= starts:
            raise refuse.BadDoors(hours=_hours(DOORS_BEFORE))
        if ends and not starts < ends <= starts + LONGEST_SHOW:
            raise refuse.BadEnd(hours=_hours(LONGEST_SHOW))
        return Times(starts, doors, ends)


def zone(name: str) -> ZoneInfo:
    """The time zone of this IANA name. Raises BadTimeZone."""
    if name not in zones():
        raise refuse.BadTimeZone(zone=str(name)[:64])
    return ZoneInfo(name)


@lru_cache(maxsize=1)
def zones() -> tuple[str, ...]:
    """Every time zone that lies somewhere, by its IANA name, in the order of the alphabet."""
    # What has no place in it ("EST5EDT", "Etc/GMT+5") would be chosen by mistake, except UTC itself.
    placed = (name for name in available_timezones() if "/" in name and not name.startswith("Etc/"))
    return (*sorted(placed), "UTC")


def moment(wall: datetime, where: ZoneInfo) -> datetime:
    """When that zone's clocks show this time. Raises BadDate, NoSuchTime.

    Of a time that comes twice, as where clocks are put back, it is the first.
    """
    if not FIRST_YEAR <= wall.year < LAST_YEAR:
        raise refuse.BadDate(first=FIRST_YEAR, last=LAST_YEAR)
    found = moments(wall, where)
    if not found:
        raise refuse.NoSuchTime(zone=where.key, time=f"{wall:%H:%M}")
    return found[0]


def reason(said: Mapping[str, str]) -> dict[str, str]:
    """Why a show was put off or cancelled: texts by tag, made clean."""
    return checks.texts(said, "reason", LONGEST_REASON)


def _utc(at: datetime | None) -> datetime | None:
    if at is None:
        return None
    if at.tzinfo is None:
        raise ValueError("A moment says its time zone.")
    # Times are told to the minute.
    there = at.astimezone(UTC).replace(second=0, microsecond=0)
    if not FIRST_YEAR <= there.year <= LAST_YEAR:
        raise refuse.BadDate(first=FIRST_YEAR, last=LAST_YEAR)
    return there


def _hours(length: timedelta) -> int:
    return length // timedelta(hours=1)


def _country(said: str) -> str:
    code = checks.one_line(said, "country").upper()
    if code and not _COUNTRY.fullmatch(code):
        raise refuse.BadCountry(country=code[:20])
    return code


def _acts(said: Sequence[ActFacts]) -> tuple[ActFacts, ...]:
    clean = [ActFacts(checks.short_texts(act.name, "name"), checks.link(act.link)) for act in said]
    told = tuple(act for act in clean if act.name or act.link)
    if len(told) > MOST_ACTS:
        raise refuse.TooManyActs(most=MOST_ACTS)
    if not all(act.name for act in told):
        raise refuse.ActWithoutName
    return told

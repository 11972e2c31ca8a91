"""Letters that the house drafts from what it knows of a show; whoever sends them makes them their own."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from aqyn.core.dates import written_day, written_time
from aqyn.core.texts import choose
from aqyn.reach import sentences as refuse
from aqyn.reach.models import Bulletin
from aqyn.reach.services.bulletins import make
from aqyn.shows import selectors as shows
from aqyn.stage.selectors import played
from aqyn.ui.languages import TAGS, WANTED

DRAFTED_IN = ("kk", "ru", "en")
"""The languages of the house; what is Kazakh in other scripts is made from Cyrillic as it is sent."""


def announce(*, show: str, house: str, now: datetime, actor: Any) -> Bulletin:
    """A draft to the artist's followers that says when and where the show is. Raises a Refusal."""
    row = _shown(show)
    told = _drafted(row, lambda code: _announced(row, code, house))
    return make(artist=row.artist.slug, show=show, subject=told[0], text=told[1], now=now, actor=actor)


def thank(*, show: str, house: str, now: datetime, actor: Any) -> Bulletin:
    """A draft of thanks to those who came, with the songs as they were really played. Raises a Refusal."""
    row = _shown(show)
    told = _drafted(row, lambda code: _thanked(row, code, house))
    return make(
        artist=row.artist.slug,
        show=show,
        audience="came",
        subject=told[0],
        text=told[1],
        now=now,
        actor=actor,
    )


def _drafted(row: Any, write: Callable[[str], tuple[str, str]]) -> tuple[dict[str, str], dict[str, str]]:
    subjects, texts = {}, {}
    main = row.artist.main_language
    for code in DRAFTED_IN:
        tag = TAGS[code]
        if tag in row.title or tag in row.artist.name or tag.split("-")[0] == main.split("-")[0]:
            with translation.override(code):
                subjects[tag], texts[tag] = write(code)
    return subjects, texts


def _announced(row: Any, code: str, house: str) -> tuple[str, str]:
    title, name = _said(row.title, code), _said(row.artist.name, code)
    city, venue = _said(row.city, code), _said(row.venue, code)
    subject = _("%(name)s: “%(show)s”, %(city)s") % {"name": name, "show": title, "city": city}
    facts = [_when(row, code), ", ".join(part for part in (venue, city, row.address) if part)]
    link = house + reverse("shows:show", args=[row.slug])
    parts = [
        _("Dear friend,"),
        _("%(name)s sings: “%(show)s”.") % {"name": name, "show": title},
        "\n".join(fact for fact in facts if fact),
        _said(row.about, code),
        _("All about the evening, and places: %(link)s") % {"link": link},
        name,
    ]
    return subject, "\n\n".join(part for part in parts if part)


def _thanked(row: Any, code: str, house: str) -> tuple[str, str]:
    title, name = _said(row.title, code), _said(row.artist.name, code)
    songs = [
        f"{number}. {_said(song.title, code)}"
        for number, song in enumerate(
            (
                one
                for evening in reversed(played.evenings(row, TAGS[code]))
                for one in evening.rows
                if one.kind == "song"
            ),
            1,
        )
    ]
    parts = [
        _("Dear friend,"),
        _("Thank you for the evening “%(show)s”. It was good to have you there.") % {"show": title},
        "\n".join([_("What we played:"), *songs]) if songs else "",
        _("The evening’s page: %(link)s") % {"link": house + reverse("shows:show", args=[row.slug])},
        name,
    ]
    return _("Thank you for “%(show)s”") % {"show": title}, "\n\n".join(part for part in parts if part)


def _when(row: Any, code: str) -> str:
    if row.starts_at is None:
        return ""
    zone = ZoneInfo(row.time_zone)
    starts = row.starts_at.astimezone(zone)
    day, time = written_day(starts.date(), TAGS[code]).whole, written_time(starts)
    if row.doors_at is None:
        return _("%(day)s, %(time)s") % {"day": day, "time": time}
    doors = written_time(row.doors_at.astimezone(zone))
    return _("%(day)s, %(time)s (doors %(doors)s)") % {"day": day, "time": time, "doors": doors}


def _said(texts: Mapping[str, str], code: str) -> str:
    return choose(texts, WANTED[code]).text


def _shown(slug: str) -> Any:
    row = shows.shown(slug)
    if row is None:
        raise refuse.NoSuchBulletin
    return row

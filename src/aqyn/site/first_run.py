"""The first evening of a house: the sample artist comes, and goes when the owner makes the house hers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.db import transaction

from aqyn.core.moments import wall_time
from aqyn.people import selectors as people
from aqyn.people import services as people_services
from aqyn.shows import selectors as shows
from aqyn.shows import services as show_services
from aqyn.site import sample
from aqyn.site.models import Sample
from aqyn.songs import selectors as songs
from aqyn.songs import services as song_services
from aqyn.stage import services as stage_services

KIND = "sample"
MAKER = "aqyn.site.sample.sound:make_song"


def install_sample(*, now: datetime) -> None:
    """Bring the sample artist and the words of her songs in, and leave a job for the sound of each.

    In one transaction: either all of it is there or none. Does nothing where an artist is already at home.
    """
    with transaction.atomic():
        if people.artists() or Sample.objects.exists():
            return
        facts = sample.artist()
        artist = people_services.make_artist(
            name=facts["names"],
            bio={tag: f"{line}\n\n{facts['bio'][tag].strip()}" for tag, line in facts["say"].items()},
            hue=facts["hue"],
        )
        slugs = [
            song_services.import_folder(sample.song_folder(name), artist=artist.slug, now=now).slug
            for name in sample.SONGS
        ]
        for name, slug in zip(sample.SONGS, slugs, strict=True):
            song_services.have_made(song=slug, kind=KIND, name=name, now=now)
        evening = _evening(artist.slug, now)
        _setlist(evening, dict(zip(sample.SONGS, slugs, strict=True)), now)
        Sample.objects.create(artist=artist, songs=slugs, shows=[evening], installed_at=now)


def _evening(artist: str, now: datetime) -> str:
    """Her evening, announced; its slug."""
    told = sample.show()
    zone = ZoneInfo(told["time_zone"])
    day = wall_time(now, zone).date() + timedelta(weeks=told["weeks"])
    day += timedelta(days=(told["weekday"] - day.isoweekday()) % 7)
    times = {name: datetime.combine(day, told[name], zone) for name in ("doors", "start", "end")}
    facts = show_services.ShowFacts(
        title=told["title"],
        city=told["city"],
        venue=told["venue"],
        about=told["about"],
        country=told["country"],
        time_zone=told["time_zone"],
        doors_at=times["doors"],
        starts_at=times["start"],
        ends_at=times["end"],
        acts=[show_services.ActFacts(name) for name in told["acts"]],
    )
    made = show_services.make_show(artist=artist, facts=facts, now=now)
    show_services.announce(show=made.slug, now=now)
    return made.slug


def _setlist(show: str, slugs: Mapping[str, str], now: datetime) -> None:
    """What she sings that evening; `slugs`: of her songs, by their names in the sample."""
    for told in sample.setlist():
        entry = stage_services.add_entry(
            show=show, song=slugs.get(told.get("song", ""), ""), title=told.get("talk"), now=now
        )
        stage_services.change_entry(
            entry=entry.pk,
            facts=stage_services.EntryFacts(
                title=told.get("talk", {}),
                encore=told.get("encore", False),
                order=told.get("order", ()),
                bpm=told.get("bpm"),
                note=told.get("note", ""),
            ),
            now=now,
        )


def sample_is_here() -> bool:
    """Whether the house still shows the sample artist, one of her songs or her evening."""
    return Sample.objects.exists()


def make_it_mine(
    *, name: Mapping[str, str], languages: Sequence[str], hue: int, actor: Any, now: datetime
) -> None:
    """The sample's songs, its evening and its artist go, with their files; the owner's own artist comes.

    `languages`: tags, the one that she writes in first. Where the owner has given the sample artist songs or
    shows of her own, those stay, and it is their artist who gets the new name. In one transaction.
    """
    with transaction.atomic():
        here = Sample.objects.select_related("artist").first()
        for show in shows.all_shows():
            if here is not None and show.slug in here.shows:
                show_services.remove_show(show=show.slug, now=now, actor=actor)
        for song in songs.all_songs():
            if here is not None and song.slug in here.songs:
                song_services.remove_song(song=song.slug, now=now, actor=actor)
        artist = here.artist if here is not None else None
        Sample.objects.all().delete()
        if artist is not None and not _has_works(artist):
            people_services.remove_artist(artist)
            artist = None
        if artist is None:
            people_services.make_artist(name=name, hue=hue, main_language=languages[0])
        else:
            people_services.change_artist(artist, name=name, bio={}, hue=hue, main_language=languages[0])


def _has_works(artist: Any) -> bool:
    """Whether songs, shows or tours are this artist's."""
    hers = any(show.artist_id == artist.pk for show in shows.all_shows())
    return hers or bool(songs.songs_of(artist.slug, drafts=True) or shows.tours(artist.slug))

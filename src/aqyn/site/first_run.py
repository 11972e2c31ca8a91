"""The first evening of a house: the sample artist comes, and goes when the owner makes the house hers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db import transaction

from aqyn.people import selectors as people
from aqyn.people import services as people_services
from aqyn.site import sample
from aqyn.site.models import Sample
from aqyn.songs import selectors as songs
from aqyn.songs import services as song_services

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
        Sample.objects.create(artist=artist, songs=slugs, installed_at=now)


def sample_is_here() -> bool:
    """Whether the house still shows the sample artist or one of her songs."""
    return Sample.objects.exists()


def make_it_mine(
    *, name: Mapping[str, str], languages: Sequence[str], hue: int, actor: Any, now: datetime
) -> None:
    """The sample's songs and its artist go, with their files; the owner's own artist comes.

    `languages`: tags, the one that she writes in first. Where the owner has given the sample artist songs of
    her own, those stay, and it is their artist who gets the new name. In one transaction.
    """
    with transaction.atomic():
        here = Sample.objects.select_related("artist").first()
        for song in songs.all_songs():
            if here is not None and song.slug in here.songs:
                song_services.remove_song(song=song.slug, now=now, actor=actor)
        artist = here.artist if here is not None else None
        Sample.objects.all().delete()
        if artist is not None and not songs.songs_of(artist.slug, drafts=True):
            people_services.remove_artist(artist)
            artist = None
        if artist is None:
            people_services.make_artist(name=name, hue=hue, main_language=languages[0])
        else:
            people_services.change_artist(artist, name=name, bio={}, hue=hue, main_language=languages[0])

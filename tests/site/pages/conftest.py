"""Artists and songs as rows, for the pages that compose them."""

from datetime import UTC, datetime

import pytest
from django.test import Client

from aqyn.people import services as people
from aqyn.people.models import Person, Role
from aqyn.songs.models import Encoding, Line, LineText, Publication, Recording, Section, Song

NOON = datetime(2026, 5, 1, 12, tzinfo=UTC)
WAVE = [int(digit) * 11 for digit in "1122334455667788998877665544332211223344556677889988776655443322"]


@pytest.fixture
def madina(db):
    return people.make_artist(
        name={"kk-Cyrl": "Мадина Иманқұлов", "ru": "Мадина Иманкулов", "en": "Madina Imankulov"},
        bio={
            "kk-Cyrl": "Алматыданмын.\n\nӘжемнің домбырасы.",
            "en": "I am from Almaty.\n\nMy grandmother's dombra.",
        },
        hue=28,
        slug="madina",
    )


@pytest.fixture
def make_song():
    """`make_song(artist, "slug", {"kk-Cyrl": "Ән"}, words=True, sound=True, reach="public")`."""

    def make(artist, slug, title, *, words=True, sound=True, reach="public", hue=None):
        song = Song.objects.create(artist=artist, slug=slug, title=title, hue=hue, created_at=NOON)
        if reach:
            Publication.objects.create(song=song, reach=reach, key=f"{slug:x<40}", at=NOON)
        if words:
            section = Section.objects.create(song=song, position=0)
            line = Line.objects.create(section=section, position=0, language="kk")
            LineText.objects.create(line=line, tag="kk-Cyrl", kind="main", text="Терезеде жанған шам")
        if sound:
            digest = f"{song.pk:064x}"
            recording = Recording.objects.create(
                song=song,
                file=f"{digest[:2]}/{digest}.wav",
                filename="song.wav",
                sha256=digest,
                bytes=1,
                container="wav",
                duration_ms=245_400,
                peaks=WAVE,
                created_at=NOON,
                preferred=True,
            )
            Encoding.objects.create(
                recording=recording, format="opus", file=f"{digest[:2]}/{digest}.opus", bytes=1, sha256=digest
            )
        return song

    return make


@pytest.fixture
def qyzylorda(madina, make_song):
    return make_song(
        madina, "qyzylorda", {"kk-Cyrl": "Қызылорда", "ru": "Кызылорда", "en": "Kyzylorda"}, hue=28
    )


@pytest.fixture
def visitor():
    return Client(headers={"Sec-Fetch-Site": "same-origin"}, SERVER_NAME="localhost")


def _signed_in(person):
    client = Client(headers={"Sec-Fetch-Site": "same-origin"}, SERVER_NAME="localhost")
    client.force_login(person)
    return client


@pytest.fixture
def owner(db):
    person = Person.objects.create(
        email="madina@example.org", name="Мадина", language="en", role=Role.OWNER, joined_at=NOON
    )
    return _signed_in(person)


@pytest.fixture
def crew(db):
    person = Person.objects.create(
        email="sanjar@example.org", name="Санжар", language="en", role=Role.CREW, joined_at=NOON
    )
    return _signed_in(person)

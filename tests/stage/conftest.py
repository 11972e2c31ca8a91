"""A singer, her songs with their times, an announced evening, and its setlist."""

import hashlib
from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client

from aqyn.core.lyrics.model import LayerText, Line, Section
from aqyn.people.models import Person, Role
from aqyn.people.services import make_artist
from aqyn.shows.models import Announcement, Show
from aqyn.songs import services as song_services
from aqyn.songs.models import Encoding, Recording, Song, Timing
from aqyn.songs.services import SongFacts
from aqyn.stage import services
from aqyn.stage.models import Entry

NOON = datetime(2026, 5, 1, 12, tzinfo=UTC)
EVENING = datetime(2026, 5, 20, 14, tzinfo=UTC)
WORDS = (
    Section(
        "verse",
        (
            Line("Терезеде жанған шам", "kk", {"en": LayerText("a lamp burns in the window")}),
            Line("{ru:море,} теңіз", "kk", {"en": LayerText("sea, the sea")}),
        ),
    ),
    Section("chorus", (Line("Қайтып кел, қайтып кел", "kk", {"en": LayerText("come back")}),), "Қайырма"),
    Section("verse", (Line("Жел соқса да, біз бармыз", "kk", {"en": LayerText("we are here")}),)),
)
TIMES = [(1_000, 3_000), (3_500, 5_000), (6_000, 8_000), (9_000, 11_000)]
LASTS = 15_000


@pytest.fixture
def noon():
    return NOON


@pytest.fixture
def evening():
    """When the show begins, and its hall is opened."""
    return EVENING


@pytest.fixture
def artist(db):
    return make_artist(name={"kk-Cyrl": "Мадина"}, hue=28, slug="madina")


@pytest.fixture
def write(artist):
    """Writes a song of three sections, public and timed by lines: `write("tereze")`."""

    def one(slug="tereze", *, state="public", times=TIMES, duration=LASTS, sections=WORDS, **facts):
        told = {"title": {"kk-Cyrl": "Терезе", "en": "Window"}, "language": "kk-Cyrl"} | facts
        song = song_services.write_song(
            artist="madina", facts=SongFacts(slug=slug, **told), sections=sections, now=NOON
        )
        if state != "draft":
            song_services.publish(song=slug, reach=state, now=NOON)
        if duration is not None:
            record(song, times, duration)
        return song

    return one


def record(song: Song, times, duration: int, *, preferred: bool = True) -> Recording:
    """A recording that a browser can play, its lines sung at these times."""
    name = hashlib.sha256(f"{song.slug} {preferred}".encode()).hexdigest()
    recording = Recording.objects.create(
        song=song,
        file=f"{name[:2]}/{name}.wav",
        filename="sound.wav",
        sha256=name,
        bytes=1,
        container="wav",
        duration_ms=duration,
        peaks=[20 + 7 * (i % 11) for i in range(400)],
        created_at=NOON,
        preferred=preferred,
    )
    Encoding.objects.create(
        recording=recording, format="opus", file=f"{name[:2]}/{name}.opus", bytes=1, sha256=name
    )
    lines = [line.pk for section in song.sections.all() for line in section.lines.all()]
    cues = {str(line): list(time) for line, time in zip(lines, times, strict=False)}
    Timing.objects.create(recording=recording, cues=cues)
    return recording


@pytest.fixture
def make_show(artist):
    """Makes an evening, announced unless it is told otherwise: `make_show("astana")`."""

    def one(slug="astana", *, announced=True, **facts):
        told = {
            "title": {"kk-Cyrl": "Көктем кеші", "en": "A spring evening"},
            "city": {"kk-Cyrl": "Астана", "en": "Astana"},
            "venue": {"en": "The Steppe House"},
            "time_zone": "Asia/Almaty",
            "doors_at": EVENING - timedelta(hours=1),
            "starts_at": EVENING,
        }
        show = Show.objects.create(
            artist=artist, slug=slug, created_at=NOON, changed_at=NOON, **(told | facts)
        )
        if announced:
            Announcement.objects.create(show=show, at=NOON)
        return show

    return one


@pytest.fixture
def show(make_show):
    return make_show()


@pytest.fixture
def setlist(show, write):
    """Its entries: the song "tereze", talk, the song "bridge", and "tereze" again as encore."""
    write("tereze")
    write("bridge", title={"kk-Cyrl": "Көпір", "en": "The Bridge"}, hue=200)
    services.add_entry(show="astana", song="tereze", now=NOON)
    services.add_entry(show="astana", title={"en": "About the sea"}, now=NOON)
    services.add_entry(show="astana", song="bridge", now=NOON)
    services.add_entry(show="astana", song="tereze", encore=True, now=NOON)
    return list(Entry.objects.filter(show=show))


@pytest.fixture
def visitor():
    return Client(headers={"Sec-Fetch-Site": "same-origin"}, SERVER_NAME="localhost")


@pytest.fixture
def person(db):
    return Person.objects.create(
        email="aru@example.kz", name="Ару", language="en", role=Role.CREW, joined_at=NOON
    )


@pytest.fixture
def crew(person):
    client = Client(headers={"Sec-Fetch-Site": "same-origin"}, SERVER_NAME="localhost")
    client.force_login(person)
    return client


@pytest.fixture
def later():
    """So many seconds after the hall was opened: `later(60)`."""
    return lambda seconds: EVENING + timedelta(seconds=seconds)

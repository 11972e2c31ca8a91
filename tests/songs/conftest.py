"""A singer, her songs, and the sounds that tests bring in."""

import math
import struct
import wave
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.test import Client
from tests.songs.sung import sing

from aqyn.core.lyrics.model import LayerText, Line, Section
from aqyn.core.lyrics.timing import Cue, LineCues
from aqyn.people.models import Person, Role
from aqyn.people.services import make_artist
from aqyn.songs import services, tasks
from aqyn.songs.models import Recording
from aqyn.songs.services import SongFacts

NOON = datetime(2026, 5, 1, 12, tzinfo=UTC)
WORDS = (
    Section(
        "verse", (Line("Терезеде жанған шам", "kk"), Line("{ru:море,} теңіз", "kk", {"en": LayerText("sea")}))
    ),
    Section("chorus", (Line("вернись домой", "ru", {"kk": LayerText("үйге қайт")}),), "Қайырма"),
)
CUES = (
    LineCues.of([Cue(100, 400, (100, 200, 300)), Cue(400, 500, (400,)), Cue(600, 700, (600,))]),
    LineCues(800, 1000),
    None,
)


@pytest.fixture
def noon():
    return NOON


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    settings.MEDIA = tmp_path / "media"
    return settings.MEDIA


@pytest.fixture
def artist(db):
    return make_artist(name={"kk-Cyrl": "Мадина"}, hue=28, slug="madina")


@pytest.fixture
def write(artist):
    """Writes a song: `write("tereze", state="public")`."""

    def one(slug="tereze", state="draft", sections=WORDS, **facts):
        told = {"title": {"kk-Cyrl": "Терезе", "en": "Window"}, "language": "kk-Cyrl"} | facts
        song = services.write_song(
            artist="madina", facts=SongFacts(slug=slug, **told), sections=sections, now=NOON
        )
        if state != "draft":
            services.publish(song=slug, reach=state, now=NOON)
        return song

    return one


@pytest.fixture
def visitor():
    return Client(headers={"Sec-Fetch-Site": "same-origin"}, SERVER_NAME="localhost")


@pytest.fixture
def crew(db):
    person = Person.objects.create(
        email="aru@example.kz", name="Ару", language="en", role=Role.CREW, joined_at=NOON
    )
    client = Client(headers={"Sec-Fetch-Site": "same-origin"}, SERVER_NAME="localhost")
    client.force_login(person)
    return client


def sound(path: Path, seconds: float = 1.2, pitch: float = 220.0) -> Path:
    """A wave file with a tone in it; another pitch is another file."""
    with wave.open(str(path), "wb") as out:
        out.setnchannels(1)
        out.setsampwidth(2)
        out.setframerate(8000)
        samples = (int(9000 * math.sin(2 * math.pi * pitch * i / 8000)) for i in range(int(8000 * seconds)))
        out.writeframes(b"".join(struct.pack("<h", sample) for sample in samples))
    return path


@pytest.fixture
def tone(tmp_path):
    return sound(tmp_path / "tone.wav")


@pytest.fixture
def heard(write, tone, transactional_db):
    """A song with a recording that can be played: `heard("public")`."""

    def one(state):
        song = write(state=state)
        services.attach_recording(song="tereze", source=tone, now=NOON, cues=CUES)
        assert tasks.run_next(now=NOON, stop=lambda: False)
        return song

    return one


@pytest.fixture
def snapshot(media):
    """Everything that a deed could have changed: every row of the app, every file."""
    from django.apps import apps

    def look():
        rows = {
            model.__name__: list(model.objects.order_by("pk").values())
            for model in apps.get_app_config("songs").get_models()
        }
        files = {str(p.relative_to(media)) for p in media.rglob("*") if p.is_file() and p.name != ".lock"}
        return rows, files

    return look


@pytest.fixture(scope="module")
def sung(tmp_path_factory):
    """The first lines of a sample song, with their sound."""
    return sing(tmp_path_factory.mktemp("sung"))


@pytest.fixture
def recording(write, sung, transactional_db):
    """A public song's recording that can be played and is not timed."""
    write(state="public", sections=sung.sections)
    services.attach_recording(song="tereze", source=sung.sound, now=NOON)
    assert tasks.run_next(now=NOON, stop=lambda: False)
    return Recording.objects.get()

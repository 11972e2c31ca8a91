"""Fills the house of AQYN_DATA with an evening: a timed song, an open hall, a console that holds the wheel.

Run within Django; says what a test needs to know as one line of JSON.
"""

import json
import sys
from datetime import UTC, datetime

from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore

from aqyn.core.lyrics.model import Line, Section
from aqyn.people.models import Person
from aqyn.people.services import make_artist
from aqyn.shows import services as shows
from aqyn.songs import services as songs
from aqyn.songs.models import Encoding, Recording, Timing
from aqyn.songs.services import SongFacts
from aqyn.stage import services as stage
from aqyn.stage.models import Performance

NOW = datetime.now(UTC)
FIRST = 10**10
"""The first position's number, above the seconds of any clock: so each press counts one."""
WORDS = (
    Section("verse", (Line("Терезеде жанған шам", "kk"), Line("Толқын қайтып келеді", "kk"))),
    Section("chorus", (Line("Қайтып кел, қайтып кел", "kk"),)),
)
TIMES = [(1_000, 200_000), (200_500, 400_000), (401_000, 599_000)]


def seed() -> dict:
    make_artist(name={"kk-Cyrl": "Мадина"}, hue=28, slug="madina")
    facts = SongFacts(slug="tereze", title={"kk-Cyrl": "Терезе"}, language="kk-Cyrl")
    song = songs.write_song(artist="madina", facts=facts, sections=WORDS, now=NOW)
    songs.publish(song="tereze", reach="public", now=NOW)
    record(song)
    facts = shows.ShowFacts(
        title={"en": "A spring evening"}, city={"en": "Astana"}, slug="astana", starts_at=NOW
    )
    shows.make_show(artist="madina", facts=facts, now=NOW)
    shows.announce(show="astana", now=NOW)
    entry = stage.add_entry(show="astana", song="tereze", now=NOW)
    stage.open_hall(show="astana", rehearsal=False, now=NOW)
    people = [crew(name) for name in ("aru", "bota")]
    Performance.objects.update(wheel_person=people[0], wheel_key="a" * 43, wheel_at=NOW, number=FIRST)
    return {"first": FIRST, "entry": entry.pk, "sessions": [session(person) for person in people]}


def record(song) -> None:
    recording = Recording.objects.create(
        song=song,
        file="aa/aa.wav",
        filename="sound.wav",
        sha256="aa",
        bytes=1,
        container="wav",
        duration_ms=600_000,
        peaks=[50] * 400,
        created_at=NOW,
        preferred=True,
    )
    Encoding.objects.create(recording=recording, format="opus", file="aa/aa.opus", bytes=1, sha256="aa")
    lines = [line.pk for section in song.sections.all() for line in section.lines.all()]
    cues = {str(line): list(time) for line, time in zip(lines, TIMES, strict=True)}
    Timing.objects.create(recording=recording, cues=cues)


def crew(name: str) -> Person:
    return Person.objects.create(
        email=f"{name}@madina.example", name=name.title(), role="crew", joined_at=NOW, language="en"
    )


def session(person: Person) -> str:
    store = SessionStore()
    store[SESSION_KEY] = str(person.pk)
    store[BACKEND_SESSION_KEY] = "django.contrib.auth.backends.ModelBackend"
    store[HASH_SESSION_KEY] = person.get_session_auth_hash()
    store.create()
    return store.session_key


if __name__ == "__main__":
    sys.stdout.write(json.dumps(seed()))

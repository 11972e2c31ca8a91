"""Puts songs into the house at AQYN_DATA, with sound made here; a script, to run beside an open house."""

from __future__ import annotations

import hashlib
import re
from datetime import UTC, datetime
from pathlib import Path

LINES = [
    ("kk", "Бекетте бір терезе түнде жанды,", "At a small station one window lit in the night;"),
    ("kk", "Пойыз өтті тоқтамай, үні талды.", "the train went by without stopping, its sound grew faint."),
    ("kk", "Қызылорда, Қызылорда,", "Kyzylorda, Kyzylorda,"),
    ("kk", "Терезеңде шам сөнбесін.", "may the lamp in your window not go out."),
    ("ru", "А кругом ракушек хруст.", "and all around the shells crunch."),
    ("kk", "Қайтып кел, {ru:вернись домой.}", "come back, come back home."),
    ("kk", "Жел соқса да, біз бармыз,", "Though the wind blows, we are here;"),
    ("kk", "Бірге тұрып айтармыз.", "we shall stand and sing together."),
]
NOW = datetime(2026, 1, 1, tzinfo=UTC)
SYLLABLE, PAUSE = 280, 60


def main() -> None:
    import django

    django.setup()
    from django.db import transaction

    from aqyn.people.models import Artist
    from aqyn.ui.pages import pages_changed

    with transaction.atomic():
        artist = Artist.objects.create(slug="aqyn", name={"kk-Cyrl": "Ақын", "en": "Aqyn"})
        timed = make_song(artist, "timed")
        make_recording(timed, words_cues(timed), 60_000)
        lines = make_song(artist, "lines")
        make_recording(
            lines, {key: [cues[0][0], cues[-1][1]] for key, cues in words_cues(lines).items()}, 60_000
        )
        untimed = make_song(artist, "untimed")
        make_recording(untimed, {}, 4_000)
        _preparing(make_song(artist, "preparing"))
        silent = make_song(artist, "silent")
        make_recording(silent, words_cues(silent), 60_000).encodings.update(file="00/" + "0" * 64 + ".opus")
        pages_changed()


def make_song(artist, slug):
    from aqyn.core.script import convert
    from aqyn.songs.models import Cause, LineText, Publication, Section, Song

    song = Song.objects.create(
        artist=artist,
        slug=slug,
        title={"kk-Cyrl": "Терезе", "en": "The Window"},
        story={"en": "Written on a train.", "kk": "Пойызда жазылды."},
        themes=[{"en": "light", "kk": "жарық"}],
        credits=[{"role": "words", "name": "Aqyn"}],
        hue=28,
        created_at=NOW,
    )
    Publication.objects.create(song=song, reach="public", key=slug, at=NOW)
    Cause.objects.create(
        song=song, title={"en": "A stove"}, text={"en": "For a school."}, link="https://example.org/"
    )
    for place in range(0, len(LINES), 4):
        section = Section.objects.create(song=song, position=place, kind="verse" if place else "chorus")
        for position, (language, text, english) in enumerate(LINES[place : place + 4]):
            line = section.lines.create(position=position, language=language)
            line.texts.create(tag="kk-Cyrl", kind=LineText.Kind.MAIN, text=text)
            line.texts.create(tag="en", kind=LineText.Kind.TRANSLATION, text=english)
            for tag in ("kk-Latn", "kk-Arab"):
                parts = re.split(r"(\{[^}]*\})", text)
                kazakh = [part if part.startswith("{") else convert(part, to=tag).text for part in parts]
                shown = "".join(kazakh) if language == "kk" else text
                line.texts.create(tag=tag, kind=LineText.Kind.PRONUNCIATION, text=shown, origin="made")
    return song


def words_cues(song) -> dict[str, list]:
    from aqyn.core.lyrics.model import parse_marked
    from aqyn.core.script import syllables
    from aqyn.songs.models import Line

    at, cues = 1500, {}
    for line in Line.objects.filter(section__song=song).order_by("section__position", "position"):
        row = []
        for word in parse_marked(line.texts.get(tag="kk-Cyrl").text, line.language):
            count = (
                len(list(syllables(word.text, "kk-Cyrl" if word.language == "kk" else word.language))) or 1
            )
            starts = [at + SYLLABLE * i for i in range(count)]
            at += SYLLABLE * count
            row.append([starts[0], at, starts])
            at += PAUSE
        cues[str(line.pk)] = row
        at += 300
    return cues


def make_recording(song, cues, duration_ms):
    from django.conf import settings

    from aqyn.songs.models import Encoding, Recording, Timing

    name = hashlib.sha256(song.slug.encode()).hexdigest()
    file = f"{name[:2]}/{name}.opus"
    path = settings.MEDIA / file
    path.parent.mkdir(parents=True, exist_ok=True)
    _write_sound(path, duration_ms)
    recording = Recording.objects.create(
        song=song,
        file=file,
        filename="sound.opus",
        sha256=name,
        bytes=path.stat().st_size,
        container="ogg",
        duration_ms=duration_ms,
        peaks=[20 + 7 * (i % 11) for i in range(400)],
        created_at=NOW,
        preferred=True,
    )
    Encoding.objects.create(recording=recording, format="opus", file=file, bytes=1, sha256=name)
    Timing.objects.create(recording=recording, cues=cues, source="seed")
    return recording


def _preparing(song) -> None:
    song.preparations.create(
        asked_at=NOW, leased_until=datetime(2100, 1, 1, tzinfo=UTC), step="measure", percent=40
    )


def _write_sound(path: Path, duration_ms: int) -> None:
    """A quiet tone of 220 Hz as Opus in Ogg."""
    import av
    import numpy as np

    rate = 48_000
    wave = (0.1 * np.sin(2 * np.pi * 220 * np.arange(rate * duration_ms // 1000) / rate)).astype(np.float32)
    with av.open(str(path), "w", format="ogg") as container:
        stream = container.add_stream("libopus", rate=rate, layout="mono")
        stream.bit_rate = 32_000
        for start in range(0, len(wave), 960):
            frame = av.AudioFrame.from_ndarray(wave[None, start : start + 960], format="flt", layout="mono")
            frame.sample_rate, frame.pts = rate, start
            container.mux(stream.encode(frame))
        container.mux(stream.encode(None))


if __name__ == "__main__":
    main()

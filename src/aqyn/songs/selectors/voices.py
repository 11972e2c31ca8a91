"""What the house has learnt of its singers' voices, from which recordings, as the studio shows it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from aqyn.core.hearing.sounds import SOUNDS
from aqyn.songs.models import Voice
from aqyn.songs.selectors.recordings import label

HOP_S = 0.02
"""How long a frame lasts of which sums are kept (core.hearing.features)."""


@dataclass(frozen=True, slots=True)
class Sound:
    """A class of sound: a letter for it, and its tooth in a picture 52 high, 16 to the next, as a path;
    `x` is its middle."""

    letter: str
    x: int
    path: str


@dataclass(frozen=True, slots=True)
class Lesson:
    """What one recording taught."""

    recording: int
    song: str
    title: dict[str, str]
    hue: int
    label: str
    at: datetime
    words: int
    seconds: int
    sounds: tuple[Sound, ...]


@dataclass(frozen=True, slots=True)
class Singer:
    """An artist of whose voice something was learnt; `sounds` of all lessons together."""

    slug: str
    name: dict[str, str]
    words: int
    seconds: int
    sounds: tuple[Sound, ...]
    lessons: tuple[Lesson, ...]


def learnt_voices() -> list[Singer]:
    """Each singer with what was learnt, the last lesson first."""
    rows = Voice.objects.select_related("recording__song__artist").order_by("-at", "-pk")
    by_artist: dict[str, list[Voice]] = {}
    for voice in rows:
        by_artist.setdefault(voice.recording.song.artist.slug, []).append(voice)
    return [_singer(slug, voices) for slug, voices in sorted(by_artist.items())]


def _singer(slug: str, voices: list[Voice]) -> Singer:
    frames = [sum(all_of) for all_of in zip(*(_frames(voice) for voice in voices), strict=True)]
    return Singer(
        slug,
        voices[0].recording.song.artist.name,
        sum(voice.words for voice in voices),
        round(sum(frames) * HOP_S),
        _sounds(frames),
        tuple(_lesson(voice) for voice in voices),
    )


def _lesson(voice: Voice) -> Lesson:
    recording, song, frames = voice.recording, voice.recording.song, _frames(voice)
    return Lesson(
        recording=recording.pk,
        song=song.slug,
        title=song.title,
        hue=song.artist.hue if song.hue is None else song.hue,
        label=label(recording),
        at=voice.at,
        words=voice.words,
        seconds=round(sum(frames) * HOP_S),
        sounds=_sounds(frames),
    )


def _frames(voice: Voice) -> list[float]:
    told = [float(count) for count in voice.learnt.get("frames", [])]
    return (told + [0.0] * len(SOUNDS))[: len(SOUNDS)]


def _sounds(frames: list[float]) -> tuple[Sound, ...]:
    most = max(frames, default=0) or 1
    teeth = []
    for place, (letter, count) in enumerate(zip(SOUNDS, frames, strict=True)):
        x, high = place * 16 + 8, 2 + round(46 * count / most)
        teeth.append(Sound(letter, x, f"M{x - 7} 50l7-{high} 7 {high}z"))
    return tuple(teeth)

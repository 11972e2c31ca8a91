"""Songs heard for the bench: plainly, with each line's start given, or after the singer's other songs."""

from __future__ import annotations

import resource
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from aqyn import media
from aqyn.media.backends.listening import hear_with
from aqyn.media.hearing import HeardWord, SungLine, hear
from aqyn.site.benches._scores import ScoredWord, densest_offset
from aqyn.site.benches._timed_songs import TimedSong, Times
from aqyn.site.terminal import progress

TAP_NOISE_S = 0.12
LEAST_AGREEING = 0.25
"""Below this share of words that agree on one offset, a song's offset is taken for unknown, and 0 is used."""


@dataclass(frozen=True, slots=True)
class Heard:
    """One song as it was heard: a row of words for each line, or the refusal's `code` and `sentence`.
    `cpu_s`: of processor time; `seconds`: of sound.
    """

    lines: tuple[tuple[HeardWord, ...], ...] = ()
    code: str = ""
    sentence: str = ""
    cpu_s: float = 0.0
    seconds: float = 0.0


def listen(
    song: TimedSong,
    lines: Sequence[SungLine],
    *,
    ear: Path,
    learnt: Sequence[Mapping[str, Any]] = (),
    backend: str = "",
    label: str = "",
) -> Heard:
    """What the house hears of a song's lines; a refusal is an answer too. Progress goes to standard error."""
    seconds, before = 0.0, _spent()
    try:
        seconds = media.probe(song.audio).duration_s
        before = _spent()
        with progress(label or song.name) as tell:
            if backend:
                heard = hear_with(backend, song.audio, lines, progress=tell)
            else:
                heard = hear(song.audio, lines, ear=ear, learnt=learnt, progress=tell)
    except media.MediaError as refusal:
        # What failed inside says where: whoever runs a bench is the one to put it right.
        sys.stderr.write(f"{song.name}: {refusal}\n{refusal.details.get('log', '')}")
        return Heard(code=refusal.code, sentence=str(refusal), cpu_s=_spent() - before, seconds=seconds)
    return Heard(heard.lines, cpu_s=_spent() - before, seconds=seconds)


def _spent() -> float:
    """User and system seconds of this process and of its children that have ended."""
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(each.ru_utime + each.ru_stime for each in used)


def scored(song: TimedSong, heard: Heard, *, inside_only: bool = False) -> list[ScoredWord]:
    """Each word's true and heard onset; with `inside_only` without the first word of each line."""
    return [
        ScoredWord(start, word.start_ms / 1000, word.sure, first=place == 0)
        for times, words in zip(song.times, heard.lines, strict=bool(heard.lines))
        for place, ((start, _), word) in enumerate(zip(times, words, strict=True))
        if place or not inside_only
    ]


def offset_of(song: TimedSong, heard: Heard) -> float:
    """Seconds to add to a song's times so that they fit its recording: where most of what was heard agrees.

    0.0 where the times are not shifted, or too few words agree on anything.
    """
    if not song.offset_unknown or not heard.lines:
        return 0.0
    offset, share = densest_offset([word.off_s for word in scored(song, heard)])
    return offset if share >= LEAST_AGREEING else 0.0


def tapped(song: TimedSong, *, seed: int, offset: float = 0.0) -> list[SungLine]:
    """The lines, each with its first word's true start as a hand would tap it: noise of 120 ms, never before
    the line above."""
    import numpy as np

    noise = np.random.default_rng(seed).normal(0.0, TAP_NOISE_S, len(song.lines))
    lines, before = [], 0
    for line, times, late in zip(song.lines, song.times, noise, strict=True):
        before = max(before, round((times[0][0] + offset + float(late)) * 1000))
        lines.append(replace(line, start_ms=before))
        before += 1
    return lines


def corrected(song: TimedSong, *, offset: float = 0.0) -> list[SungLine]:
    """The lines with all their true times, as a singer who corrected them leaves them."""
    return [
        replace(line, times=_whole_ms(times, offset))
        for line, times in zip(song.lines, song.times, strict=True)
    ]


def _whole_ms(times: Times, offset: float) -> tuple[tuple[int, int], ...]:
    spans = []
    for start, end in times:
        begin = max(0, round((start + offset) * 1000))
        spans.append((begin, max(begin + 1, round((end + offset) * 1000))))
    return tuple(spans)


def folds(songs: Sequence[TimedSong], count: int) -> list[tuple[TimedSong, tuple[TimedSong, ...]]]:
    """For each artist with more than `count` songs: every song once, with the `count` that follow it, by name
    and in a circle, to learn from."""
    by_artist: dict[str, list[TimedSong]] = {}
    for song in sorted(songs, key=lambda song: song.name):
        by_artist.setdefault(song.artist, []).append(song)
    return [
        (song, tuple(hers[(place + step) % len(hers)] for step in range(1, count + 1)))
        for hers in by_artist.values()
        if len(hers) > count
        for place, song in enumerate(hers)
    ]

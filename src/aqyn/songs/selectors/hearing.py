"""A song's lines as `media.hear` wants them: what is known of each, and what is to be heard."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from aqyn.core.lyrics.layers import shown_tag
from aqyn.core.lyrics.spreading import weight
from aqyn.core.lyrics.timing import Origin, origins
from aqyn.media.hearing import SungLine
from aqyn.songs.models import Hearing, Song, Timing
from aqyn.songs.selectors.lyrics import cut_words
from aqyn.songs.selectors.rows import LineRow, whole_songs


@dataclass(frozen=True, slots=True)
class ToHear:
    """A line: its id as text, its words as they are sung, the weights of their syllables (`spreading`)."""

    line: str
    language: str
    words: tuple[str, ...]
    weights: tuple[tuple[int, ...], ...]


def cues_of(timing: Timing | None, hearing: Hearing | None) -> dict[str, list[Any]]:
    """The times of a recording's lines by id as its desk shows them: those that are told, and before them
    what is proposed."""
    return {**(timing.cues if timing else {}), **(hearing.cues if hearing else {})}


def lines_to_hear(song: Song) -> list[ToHear]:
    """The lines of the song that have words, in its order."""
    [rows] = whole_songs(Song.objects.filter(pk=song.pk))
    lines = [_to_hear(line, rows.song.language) for line in rows.lines]
    return [line for line in lines if line.words]


def sung(line: ToHear, times: list[Any] | None, *, known: bool = True) -> SungLine:
    """The line as it is known: whole, from where it begins, or, untimed or not `known`, not at all."""
    if times is None or not known:
        return SungLine(line.language, line.words)
    if isinstance(times[0], int):
        return SungLine(line.language, line.words, start_ms=times[0])
    if not is_open(times):
        return SungLine(line.language, line.words, times=tuple((word[0], word[1]) for word in times))
    begins = None if origins(times)[0] == Origin.PROPOSED else times[0][0]
    return SungLine(line.language, line.words, start_ms=begins)


def walled(line: ToHear, times: list[Any] | None) -> SungLine:
    """The line as it stands now, proposed times and all."""
    if times is None or isinstance(times[0], int):
        return sung(line, times)
    return SungLine(line.language, line.words, times=tuple((word[0], word[1]) for word in times))


def is_open(times: list[Any] | None) -> bool:
    """Whether something of the line is to be heard: its words have no times, or such as no person gave."""
    if times is None or isinstance(times[0], int):
        return True
    told = origins(times)
    return Origin.PROPOSED in told or Origin.SPREAD in told[1:]


def learnable(times: list[Any] | None) -> bool:
    """Whether the line teaches anything: each word timed and found right, none approved that was doubtful."""
    if times is None or isinstance(times[0], int):
        return False
    told = set(origins(times))
    sure = [word[4] for word in times if word[3:] and word[3] == Origin.APPROVED]
    return not told & {Origin.PROPOSED, Origin.SPREAD, ""} and all(
        one is None or one >= DOUBTFUL for one in sure
    )


DOUBTFUL = 50
"""Below so many percent a word is striped on the desk (songs/sync/blocks.js)."""


def _to_hear(line: LineRow, main: str) -> ToHear:
    return ToHear(
        str(line.id),
        shown_tag(line.language, main),
        tuple(word.text for word in line.words(main)),
        tuple(tuple(map(weight, word)) for word in cut_words(line, main)),
    )

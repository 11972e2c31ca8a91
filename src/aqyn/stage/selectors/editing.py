"""The setlist as its editor shows it: how each song will be sung, what it lacks, how long it all takes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from aqyn.core.live import MOST_STEPS, Score
from aqyn.shows import selectors as shows
from aqyn.songs import selectors as songs
from aqyn.songs.selectors import SongCard, SungSection, SungSong
from aqyn.stage.models import Entry, Performance
from aqyn.stage.selectors.setlist import QUIET, entries, title_of
from aqyn.stage.selectors.words import planned_of, score_of_song


@dataclass(frozen=True, slots=True)
class Step:
    """A part of the song as it is to be sung; `number` is its place in the song as written."""

    number: int
    part: SungSection


@dataclass(frozen=True, slots=True)
class Row:
    """One entry. `lasts_ms`: as it is to be sung, None where nobody can know.

    `lacks`: "gone" (the song has left the house), "draft", "link", "preparing", "sound", "times". `order`:
    the steps' numbers as the form sends them; `as_written`: whether they are the song's own. `recording`: the
    one to be timed. `on`: an open hall is at it.
    """

    id: int
    number: int
    kind: str
    title: dict[str, str]
    encore: bool
    bpm: int | None
    note: str
    hue: int
    wave: Sequence[int]
    slug: str
    lacks: tuple[str, ...]
    recording: int | None
    parts: tuple[SungSection, ...]
    steps: tuple[Step, ...]
    order: str
    as_written: bool
    orderable: bool
    lasts_ms: int | None
    on: bool


@dataclass(frozen=True, slots=True)
class Choice:
    """A song that can be put on the list; `times`: how often it is there already."""

    card: SongCard
    times: int


@dataclass(frozen=True, slots=True)
class Editor:
    """The show and its setlist. `lasts_ms`: of all recordings as they are to be sung; `untold`: how many
    songs nobody knows the length of."""

    show: Any
    hue: int
    rows: list[Row]
    songs: int
    lasts_ms: int
    untold: int
    own: list[Choice]
    others: list[Choice]


def editor(slug: str) -> Editor | None:
    """The setlist of this show for its editor, None where there is no such show."""
    show = shows.shown(slug)
    if show is None:
        return None
    listed = entries(show)
    sung = songs.sung_songs(entry.song_id for entry in listed)
    going = Performance.objects.filter(show=show, closed_at=None).values_list("entry", flat=True).first()
    hue = shows.hue_of(show)
    rows = [
        _row(place, entry, sung.get(entry.song_id or 0), hue, going == entry.pk)
        for place, entry in enumerate(listed, 1)
    ]
    counts = [row.slug for row in rows if row.slug]
    choices = [Choice(card, counts.count(card.slug)) for card in songs.all_songs()]
    lengths = [row.lasts_ms for row in rows if row.kind == Entry.Kind.SONG]
    return Editor(
        show=show,
        hue=hue,
        rows=rows,
        songs=len(lengths),
        lasts_ms=sum(ms for ms in lengths if ms is not None),
        untold=lengths.count(None),
        own=[one for one in choices if one.card.artist_slug == show.artist.slug],
        others=[one for one in choices if one.card.artist_slug != show.artist.slug],
    )


def lasts_ms(score: Score, order: Sequence[int], duration: int | None) -> int | None:
    """How long a song takes in this order, empty as written; None where nobody can know."""
    if not order and duration is not None:
        return duration
    spans = [score.spans[number] for number in order] if order else score.spans
    lengths = [span[1] - span[0] for span in spans if span is not None]
    return sum(lengths) if lengths else None


def _row(number: int, entry: Entry, song: SungSong | None, hue: int, on: bool) -> Row:
    parts = song.sections if song else ()
    order = planned_of(entry, len(parts))
    shown = order or tuple(range(len(parts)))
    score = score_of_song(song) if song else None
    return Row(
        id=entry.pk,
        number=number,
        kind=entry.kind,
        title=title_of(entry),
        encore=entry.encore,
        bpm=entry.bpm,
        note=entry.note,
        hue=song.hue if song else hue,
        wave=song.wave if song else QUIET,
        slug=song.slug if song else "",
        lacks=_lacks(entry, song, score),
        recording=song.recording if song else None,
        parts=parts,
        steps=tuple(Step(one, parts[one]) for one in shown),
        order=" ".join(map(str, shown)),
        as_written=not order,
        orderable=1 <= len(parts) <= MOST_STEPS,
        lasts_ms=lasts_ms(score, order, song.duration_ms) if song and score else None,
        on=on,
    )


def _lacks(entry: Entry, song: SungSong | None, score: Score | None) -> tuple[str, ...]:
    if entry.kind == Entry.Kind.TALK:
        return ()
    if song is None or score is None:
        return ("gone",)
    waits = song.recording is None and song.preparing
    found = {
        "draft": song.reach == "draft",
        "link": song.reach == "link",
        "preparing": waits,
        "sound": song.recording is None and not waits,
        "times": not score.timed and not waits,
    }
    return tuple(name for name, lacking in found.items() if lacking)

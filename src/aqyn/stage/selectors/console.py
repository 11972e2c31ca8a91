"""What the crew's console is drawn from: the show, its setlist with the crew's notes, how it stands."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from aqyn.core.dates import WrittenDay, written_day, written_time
from aqyn.core.live import Position, State, where
from aqyn.core.live.sung import sung_lines
from aqyn.core.lyrics.model import Kind
from aqyn.core.script import direction
from aqyn.shows import selectors as shows
from aqyn.songs import selectors as songs
from aqyn.songs.selectors import SungSong
from aqyn.stage.models import Entry, Performance
from aqyn.stage.selectors.current import on_stage, open_performance
from aqyn.stage.selectors.setlist import QUIET, entries, title_of
from aqyn.stage.selectors.words import score_of_song


@dataclass(frozen=True, slots=True)
class ConsoleEntry:
    """One thing on the setlist. `timed`: the clock can lead it. `bpm` 0: nobody told its beats a minute."""

    id: int
    kind: str
    title: dict[str, str]
    encore: bool
    hue: int
    bpm: int
    note: str
    timed: bool


@dataclass(frozen=True, slots=True)
class Console:
    """A show as its crew drives it. `state` is that of the show (`shows.selectors.state_of`)."""

    slug: str
    title: dict[str, str]
    city: dict[str, str]
    venue: dict[str, str]
    hue: int
    wave: list[int]
    day: WrittenDay | None
    doors: str
    starts: str
    state: str
    entries: list[ConsoleEntry]
    position: Position
    performance: Performance | None


@dataclass(frozen=True, slots=True)
class Present:
    """What is sung at one moment, for a page without a script: the line and the next, "" where none is."""

    entry: ConsoleEntry | None
    tag: str
    line: str
    following: str
    over: bool

    @property
    def direction(self) -> str:
        return direction(self.tag) if self.tag else "ltr"


def console(slug: str, *, tag: str, now: datetime) -> Console | None:
    """The console of this show in any state; None where there is none. `tag`: how its day is written."""
    show = shows.shown(slug)
    position = on_stage(slug)
    if show is None or position is None:
        return None
    listed = entries(show)
    sung = songs.sung_songs(entry.song_id for entry in listed)
    hue = shows.hue_of(show)
    zone = ZoneInfo(show.time_zone)
    first = next((sung[entry.song_id] for entry in listed if entry.song_id in sung), None)
    return Console(
        slug=show.slug,
        title=show.title,
        city=show.city,
        venue=show.venue,
        hue=hue,
        wave=first.wave if first else list(QUIET),
        day=written_day(show.starts_at.astimezone(zone).date(), tag) if show.starts_at else None,
        doors=written_time(show.doors_at.astimezone(zone)) if show.doors_at else "",
        starts=written_time(show.starts_at.astimezone(zone)) if show.starts_at else "",
        state=shows.state_of(show, now),
        entries=[_entry(entry, sung.get(entry.song_id or 0), hue) for entry in listed],
        position=position,
        performance=open_performance(slug),
    )


def present(desk: Console, *, wanted: tuple[str, ...], now_ms: float) -> Present:
    """What is sung at `now_ms`, in the first script of the `wanted` ones that the song is written in."""
    at = desk.position
    entry = next((one for one in desk.entries if one.id == at.entry), None)
    over = at.state is State.OVER
    song = _song_of(at.entry) if entry else None
    if song is None:
        return Present(entry, "", "", "", over)
    score = score_of_song(song)
    steps = at.order or tuple(range(len(score.spans)))
    lines = sung_lines(score, steps, by_clock=False)
    scripts = {layer.tag for layer in song.layers if layer.kind is not Kind.TRANSLATION}
    tag = next((tag for tag in wanted if tag in scripts), song.language)
    if at.state is State.WAIT:
        return Present(entry, tag, "", _text(song, lines[0].line, tag) if lines else "", over)
    here = where(at, score, now_ms)
    if here.over:
        return Present(entry, tag, "", "", over=True)
    place = next((n for n, one in enumerate(lines) if (one.step, one.line) == (here.step, here.line)), None)
    if place is None:
        ahead = next((one.line for one in lines if one.step >= here.step), None)
        return Present(entry, tag, "", "" if ahead is None else _text(song, ahead, tag), over)
    following = _text(song, lines[place + 1].line, tag) if place + 1 < len(lines) else ""
    return Present(entry, tag, _text(song, here.line, tag), following, over)


def _entry(entry: Entry, song: SungSong | None, hue: int) -> ConsoleEntry:
    return ConsoleEntry(
        id=entry.pk,
        kind=entry.kind,
        title=title_of(entry),
        encore=entry.encore,
        hue=song.hue if song else hue,
        bpm=entry.bpm or 0,
        note=entry.note,
        timed=song is not None and score_of_song(song).timed,
    )


def _song_of(entry: int) -> SungSong | None:
    row = Entry.objects.filter(pk=entry).first()
    return songs.sung_songs([row.song_id]).get(row.song_id or 0) if row else None


def _text(song: SungSong, line: int, tag: str) -> str:
    row: Any = song.rows.lines[line]
    return " ".join(word.text for word in row.words(tag))

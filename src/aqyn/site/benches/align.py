"""How far the words that the house hears by itself are from where they are sung.

DIR holds a folder a song: audio.*, words.tsv (start, end, line, word), song.json (language, artist, source).
Each is heard by the very function behind "listen for me", and every word's onset is compared with its true
one. `--sample` does the same with the sample's songs, whose maker knows the times. A song that is refused has
no figures: it is named with the reason.

Times of songs whose source is UltraStar have an unknown constant offset: the median of a song's errors is
taken away before it is scored, and `offset_removed_s` says how much that was. All other songs are scored as
they are.

`--taps` gives the first word of every line, with noise of 120 ms, and scores only the words inside. `--learn
N` takes each artist with more than N songs: every song is heard after the house has learnt from N others of
them, rotating by name, and beside it as it was heard before. Where taps or learning need a true time of a
song with an unknown offset, the song is heard plainly first, and the offset is where most of its words agree.
"""

from __future__ import annotations

import argparse
import os
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from aqyn.media import MediaError, backends
from aqyn.media.hearing import learn
from aqyn.site.benches import _scores as scores
from aqyn.site.benches._ears import Heard, corrected, folds, listen, offset_of, scored, tapped
from aqyn.site.benches._scores import Figures, ScoredWord
from aqyn.site.benches._timed_songs import TimedSong, make_sample_song, read_songs
from aqyn.site.config import load
from aqyn.site.other_ears import bring_models, install_what_they_need
from aqyn.site.sample import SONGS

DEFAULT_SONGS = Path(__file__).resolve().parents[5] / "shared" / "data" / "songs"
SEED = 1


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The options of `aqyn bench align`."""
    parser.add_argument("dir", nargs="?", type=Path, metavar="DIR", help="songs with known times")
    parser.add_argument("--sample", action="store_true", help="the sample's songs; with DIR, both")
    parser.add_argument("--only", action="append", default=[], metavar="NAME", help="songs beginning so")
    given = parser.add_mutually_exclusive_group()
    given.add_argument("--taps", action="store_true", help="give each line's start, score what is inside")
    given.add_argument(
        "--learn", type=int, metavar="N", help="learn from N songs of the artist, score the rest"
    )
    parser.add_argument("--seed", type=int, default=SEED, help=f"of the noise of --taps ({SEED})")
    parser.add_argument("--backend", default="", metavar="NAME", help="another backend than our own")


@dataclass(frozen=True, slots=True)
class Session:
    """What one run hears with, and where what was heard of each song lies meanwhile."""

    folder: Path
    backend: str

    def hear(self, song: TimedSong, lines: Sequence[Any] = (), *, how: str = "", **more: Any) -> Heard:
        label = f"{song.name} ({how})" if how else song.name
        return listen(
            song, lines or song.lines, ear=self.ear(song), backend=self.backend, label=label, **more
        )

    def ear(self, song: TimedSong) -> Path:
        return self.folder / f"{song.name}.ear"


def run(args: argparse.Namespace) -> dict[str, Any]:
    """Figures of each song and over songs; keys: docs/benchmarks.md. Raises SystemExit with one sentence."""
    if args.learn is not None and args.learn < 1:
        raise SystemExit("--learn takes how many songs are learnt from: at least 1.")
    if args.backend:
        _check_backend(args.backend)
    with tempfile.TemporaryDirectory(prefix="aqyn-bench-") as name:
        folder = Path(name)
        songs = _songs(args, folder)
        session = Session(folder, args.backend)
        if args.learn is not None:
            return _learning(session, songs, args.learn)
        hear = _with_taps if args.taps else _plainly
        rows = [hear(session, song, args.seed) for song in songs]
    told = {"taps": args.taps, "seed": args.seed if args.taps else None, "learn": None}
    return _figures(rows, {**told, "backend": args.backend})


def _check_backend(name: str) -> None:
    if name not in backends.NAMES:
        raise SystemExit(f"There is no backend “{name}”; there are {', '.join(backends.NAMES)}.")
    # The bench opens no house: it reads where the model lies as a house would.
    bring_models(load(environ=os.environ))
    install_what_they_need()
    reason = backends.missing(name)
    if reason:
        raise SystemExit(reason)


def _songs(args: argparse.Namespace, folder: Path) -> list[TimedSong]:
    songs = []
    if args.dir or not args.sample:
        songs = read_songs(args.dir or DEFAULT_SONGS, args.only)
    if args.sample:
        names = [name for name in SONGS if not args.only or name.startswith(tuple(args.only))]
        try:
            songs += [make_sample_song(name, folder) for name in names]
        except MediaError as error:
            raise SystemExit(f"The sample could not be made: {error}") from error
    return songs


Row = tuple[Figures, list[ScoredWord]]
"""A song's figures, and the words that they come from."""


def _plainly(session: Session, song: TimedSong, seed: int) -> Row:
    return _row(song, session.hear(song))


def _with_taps(session: Session, song: TimedSong, seed: int) -> Row:
    offset = offset_of(song, session.hear(song, how="its offset")) if song.offset_unknown else 0.0
    heard = session.hear(song, tapped(song, seed=seed, offset=offset), how="tapped")
    return _row(song, heard, inside_only=True)


def _learning(session: Session, songs: Sequence[TimedSong], count: int) -> dict[str, Any]:
    """Every song of an artist with enough of them, heard before and after learning from `count` others."""
    turns = folds(songs, count)
    if not turns:
        raise SystemExit(
            f"No artist has more than {count} songs here, so there is none to score after learning."
        )
    before = {song.name: session.hear(song) for song, _ in turns}
    taught = {
        song.name: learn(session.ear(song), corrected(song, offset=offset_of(song, before[song.name])))
        for song, _ in turns
        # What was refused left no ear to learn with.
        if before[song.name].lines
    }
    rows = []
    for song, others in turns:
        voices = [taught[other.name] for other in others if other.name in taught]
        figures, words = _row(song, session.hear(song, learnt=voices, how="learnt"))
        rows.append(({**figures, "learnt_from": [other.name for other in others]}, words))
    plain = scores.over_songs([_row(song, before[song.name])[0] for song, _ in turns])
    told = {"taps": False, "seed": None, "learn": count, "backend": session.backend}
    return _figures(rows, {**told, "before_learning": plain})


def _row(song: TimedSong, heard: Heard, *, inside_only: bool = False) -> Row:
    words = scored(song, heard, inside_only=inside_only) if heard.lines else []
    removed = None
    if song.offset_unknown and words:
        words, removed = scores.without_offset(words)
    figures = {
        "name": song.name,
        **scores.song_figures(words),
        "offset_removed_s": None if removed is None else round(removed, 4),
        "cpu_s_per_min": round(heard.cpu_s / (heard.seconds / 60), 3) if heard.lines else None,
        "refused": heard.code or None,
        "reason": heard.sentence or None,
    }
    return figures, words


def _figures(rows: Sequence[Row], told: dict[str, Any]) -> dict[str, Any]:
    songs = [figures for figures, _ in rows]
    words = [word for _, some in rows for word in some]
    table = scores.reliability(words)
    return {
        **scores.over_songs(songs),
        "cpu_s_per_min": scores.mean_of(song["cpu_s_per_min"] for song in songs),
        "sure_within_03_of_all": scores.surest_within(words, 0.3),
        "calibration_error": scores.calibration_error(table),
        "heard": sum(song["refused"] is None for song in songs),
        "refused": {song["name"]: song["reason"] for song in songs if song["refused"]},
        "scored_words": len(words),
        "without_offset": [song["name"] for song in songs if song["offset_removed_s"] is not None],
        **told,
        "reliability": table,
        "songs": songs,
    }


COLUMNS = {
    "aae_s": "mean s",
    "median_s": "median",
    "within_01": "≤ 0.1",
    "within_03": "≤ 0.3",
    "within_1": "≤ 1 s",
    "line_within_03": "lines",
    "sure_within_03": "surest",
    "cpu_s_per_min": "cpu/min",
}


def shown(figures: dict[str, Any]) -> str:
    """The figures as a table: a row a song, one over songs, how right the confidence is, what was refused."""
    wide = max([len(song["name"]) for song in figures["songs"]] + [len("over songs (mean)")])
    lines = [" ".join([f"{'song':<{wide}}", *(f"{title:>7}" for title in COLUMNS.values())])]
    for song in figures["songs"]:
        tail = ""
        if song["offset_removed_s"] is not None:
            tail = f"  offset {song['offset_removed_s']:+.2f} s removed"
        lines.append(_line(song["name"], song, wide) + (f"  {song['reason']}" if song["refused"] else tail))
    mean = {**figures, "aae_s": figures["mean_song_aae_s"]}
    lines.append(_line("over songs (mean)", mean, wide))
    median = figures["median_song_aae_s"]
    lines.append(f"the median song's mean error: {'–' if median is None else f'{median:.3f} s'}")
    if figures.get("before_learning"):
        plain = figures["before_learning"]
        lines.append(_line("before learning", {**plain, "aae_s": plain["mean_song_aae_s"]}, wide))
    lines.append("")
    lines.append("how sure   words    said  within 0.3 s")
    for row in figures["reliability"]:
        lines.append(f"{row['sure']:>8} {row['words']:>7} {row['said']:>7.0%} {row['within_03']:>13.0%}")
    return "\n".join(lines) + "\n"


def _line(name: str, figures: Figures, wide: int) -> str:
    cells = []
    for key in COLUMNS:
        value = figures.get(key)
        share = key.startswith(("within", "line_within", "sure_within"))
        cells.append("–" if value is None else f"{value:.1%}" if share else f"{value:.3f}")
    return " ".join([f"{name:<{wide}}", *(f"{cell:>7}" for cell in cells)])

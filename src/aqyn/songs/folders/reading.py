"""`read_folder`: everything a folder says of a song, looked at before anything is written."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from typing import Any

from aqyn.core.lyrics.formats import enhanced_lrc, ttml
from aqyn.core.lyrics.formats.sheet import FormatError, Sheet, decoded
from aqyn.core.lyrics.model import LyricsError, Section, parse_marked, plain
from aqyn.core.lyrics.timing import LineCues, TimingError, check, from_json
from aqyn.core.script import slug as slug_of
from aqyn.songs import checks
from aqyn.songs import sentences as refuse
from aqyn.songs.facts import SongFacts
from aqyn.songs.folders.safe import checked_file, checked_folder, names_in, read_bytes
from aqyn.songs.folders.toml import facts_of, sections_of
from aqyn.songs.models import Recording

AUDIO = ("wav", "flac", "mp3", "m4a", "aac", "ogg", "oga", "opus", "mp4")
STATES = ("draft", "link", "public")
KEYS = {
    "slug", "title", "language", "hue", "state", "year", "story", "themes", "credits", "cause",
    "sections", "recordings",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class FolderRecording:
    """A sound file of the folder. `cues`: one entry for each line of the song, None where it has no times."""

    path: Path
    kind: str = "studio"
    name: str = ""
    filename: str = ""
    preferred: bool | None = None
    cues: tuple[LineCues | None, ...] | None = None
    timing_source: str = ""


@dataclass(frozen=True, slots=True)
class FolderSong:
    """A song as the folder tells it, checked."""

    facts: SongFacts
    sections: tuple[Section, ...]
    state: str = "draft"
    recordings: tuple[FolderRecording, ...] = ()
    loose_times: bool = False
    """There are times, but no sound that they belong to."""


@dataclass
class _Reader:
    """Reads on after a fault, so that all of them are told at once."""

    folder: Path
    faults: list[str] = field(default_factory=list)

    def attempt(self, file: str, deed: Callable[[], Any], default: Any = None) -> Any:
        try:
            return deed()
        except refuse.Refusal as refusal:
            said = str(refusal)
            self.faults.append(said if said.startswith(file) else f"{file}: {said}")
        except LyricsError as error:
            self.faults.append(f"{file}: {refuse.lyrics_sentence(error)}")
        return default


def read_folder(folder: Path, *, audio: Path | None = None, timing: Path | None = None) -> FolderSong:
    """The song in `folder`. `audio` and `timing` stand in for files that lie elsewhere.

    Raises FolderRefused with one sentence for each fault, naming the file.
    """
    place = checked_folder(folder)
    names = names_in(place)
    reader = _Reader(place)
    told = reader.attempt("song.toml", lambda: _toml(place, names), {}) or {}
    sheet_file = next((name for name in ("lyrics.ttml", "lyrics.lrc") if name in names), "")
    sheet: Sheet | None = (
        reader.attempt(sheet_file, lambda: _sheet(place, sheet_file)) if sheet_file else None
    )
    _stop(reader)

    language = reader.attempt("song.toml", lambda: checks.main_tag(told.get("language") or _said(sheet)))
    _stop(reader)
    sections: tuple[Section, ...] = reader.attempt(
        "song.toml" if "sections" in told else sheet_file or "song.toml",
        lambda: checks.sections(
            sections_of(told["sections"], language) if "sections" in told else _of_sheet(sheet, language)
        ),
        (),
    )
    facts = reader.attempt("song.toml", lambda: facts_of(_with_title(told, sheet, place), language).checked())
    state = told.get("state", "draft")
    if state not in STATES:
        reader.faults.append(f"song.toml: {refuse.BadState(state=str(state)[:20])}")
    _stop(reader)

    found = _recordings(reader, told, names, sections, sheet, sheet_file, audio, timing)
    _stop(reader)
    loose = not found and (sheet is not None or "timing.json" in names)
    return FolderSong(facts, sections, state, tuple(found), loose)


def read_sound(folder: Path, sections: Sequence[Section]) -> FolderRecording:
    """The sound and the times of `folder` for words that are known already. Raises FolderRefused."""
    place = checked_folder(folder)
    reader = _Reader(place)
    names = names_in(place)
    found = _recordings(reader, {}, names, sections, None, "", None, None)
    if not found and not reader.faults:
        reader.faults.append(str(refuse.FileIsMissing(file="audio.*")))
    _stop(reader)
    return found[0]


def _stop(reader: _Reader) -> None:
    if reader.faults:
        raise refuse.FolderRefused(reader.faults)


def _toml(folder: Path, names: Sequence[str]) -> dict[str, Any]:
    if "song.toml" not in names:
        return {}
    text = decoded(read_bytes(folder, "song.toml"))
    try:
        told = tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise refuse.BadToml(why=str(error)) from None
    if unknown := sorted(set(told) - KEYS):
        raise refuse.UnknownKey(key=unknown[0][:40], known=", ".join(sorted(KEYS)))
    return told


def _sheet(folder: Path, name: str) -> Sheet:
    text = decoded(read_bytes(folder, name))
    return ttml.read(text) if name.endswith(".ttml") else enhanced_lrc.read(text)


def _said(sheet: Sheet | None) -> str:
    return sheet.language if sheet is not None and sheet.language else "kk"


def _with_title(told: Mapping[str, Any], sheet: Sheet | None, folder: Path) -> dict[str, Any]:
    """What song.toml leaves out, from the lyrics file or the folder's own name."""
    whole = dict(told)
    title = (sheet.title if sheet is not None else "") or folder.name
    language = whole.get("language") or _said(sheet)
    whole.setdefault("title", {language: title})
    whole.setdefault("slug", slug_of(title) or "song")
    return whole


def _of_sheet(sheet: Sheet | None, language: str) -> tuple[Section, ...]:
    """The words of a lyrics file, in the language that the song is said to be in."""
    if sheet is None:
        raise refuse.NoWords
    primary = language.split("-")[0]
    unsaid = {"und", (sheet.language or "und").split("-")[0]} if sheet.language in ("", "und") else {"und"}
    return tuple(
        replace(
            section,
            lines=tuple(
                replace(line, language=primary if line.language in unsaid else line.language)
                for line in section.lines
            ),
        )
        for section in sheet.sections
    )


def _recordings(
    reader: _Reader,
    told: Mapping[str, Any],
    names: Sequence[str],
    sections: Sequence[Section],
    sheet: Sheet | None,
    sheet_file: str,
    audio: Path | None,
    timing: Path | None,
) -> list[FolderRecording]:
    rows = told.get("recordings", [])
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        reader.faults.append(f"song.toml: {refuse.WrongType(key='recordings')}")
        return []
    found = []
    for row in rows:
        recording = reader.attempt("song.toml", partial(_recording, reader.folder, row, sections))
        if recording is not None:
            found.append(recording)
    if rows:
        return found
    path = audio or reader.attempt("audio", lambda: _only_audio(reader.folder, names))
    if path is None:
        return []
    recording = FolderRecording(path, filename=path.name)
    if timing is not None or "timing.json" in names:
        file = timing.name if timing is not None else "timing.json"
        place = timing.parent if timing is not None else reader.folder
        timed = reader.attempt(file, lambda: _timed(place, file, sections))
        if timed is not None:
            cues, kind, name = timed
            recording = replace(recording, cues=cues, kind=kind, name=name, timing_source=file)
    elif sheet is not None:
        cues = reader.attempt(sheet_file, lambda: _from_sheet(sheet, sections))
        recording = replace(recording, cues=cues, timing_source=sheet_file)
    return [recording]


def _only_audio(folder: Path, names: Sequence[str]) -> Path | None:
    found = [name for name in names if name.startswith("audio.") and name[6:].lower() in AUDIO]
    if len(found) > 1:
        raise refuse.ManyAudioFiles(files=", ".join(found[:4]))
    return checked_file(folder, found[0]) if found else None


def _recording(folder: Path, row: Mapping[str, Any], sections: Sequence[Section]) -> FolderRecording:
    known = {"file", "kind", "name", "filename", "preferred", "timing", "timing_source"}
    if unknown := sorted(set(row) - known):
        raise refuse.UnknownKey(key=f"recordings.{unknown[0]}"[:60], known=", ".join(sorted(known)))
    for key in known - {"preferred"}:
        if not isinstance(row.get(key, ""), str):
            raise refuse.WrongType(key=f"recordings.{key}")
    if not isinstance(row.get("preferred", False), bool):
        raise refuse.WrongType(key="recordings.preferred")
    path = checked_file(folder, row.get("file", ""))
    cues = None
    if row.get("timing"):
        cues, _, _ = _timed(folder, row["timing"], sections)
    return FolderRecording(
        path,
        _kind(row.get("kind", "studio")),
        checks.one_line(row.get("name", ""), "name"),
        checks.one_line(row.get("filename", "") or path.name, "filename", 255),
        row.get("preferred"),
        cues,
        row.get("timing_source", row.get("timing", "")),
    )


def _kind(said: object) -> str:
    if said not in Recording.Kind.values:
        raise refuse.BadRecordingKind(kind=str(said)[:20], known=", ".join(Recording.Kind.values))
    return str(said)


def _timed(
    folder: Path, name: str, sections: Sequence[Section]
) -> tuple[tuple[LineCues | None, ...], str, str]:
    """(cues, kind, name) of a timing.json. Raises a Refusal or LyricsError, naming the file."""
    text = decoded(read_bytes(folder, name))
    try:
        told = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise refuse.BadJson(file=name, why=str(error)[:80]) from None
    if not isinstance(told, dict) or not isinstance(told.get("lines"), list):
        raise refuse.BadTimingShape(file=name)
    about = told.get("recording", {})
    if not isinstance(about, dict) or not isinstance(about.get("name", ""), str):
        raise refuse.BadTimingShape(file=name)
    cues = tuple(_cues(line, place) for place, line in enumerate(told["lines"], 1))
    check(cues, _counts(sections))
    return cues, _kind(about.get("kind", "studio")), checks.one_line(about.get("name", ""), "name")


def _cues(told: Any, place: int) -> LineCues | None:
    """One line of timing.json: {"words": […]}, {"start", "end"}, what they hold, or null."""
    if told is None:
        return None
    if isinstance(told, dict):
        known = [told["origin"], told.get("sure")] if "origin" in told else []
        told = told["words"] if "words" in told else [told.get("start"), told.get("end"), *known]
    try:
        return from_json(told)
    except TimingError as error:
        raise TimingError(error.sentence, place, **error.values) from None


def _counts(sections: Sequence[Section]) -> list[int]:
    return [len(line.words) for section in sections for line in section.lines]


def _from_sheet(sheet: Sheet, sections: Sequence[Section]) -> tuple[LineCues | None, ...]:
    """The times of a lyrics file for the words of song.toml; FormatError where it has other words."""
    lines = [line for section in sections for line in section.lines]
    theirs = sheet.lines
    if len(lines) != len(theirs):
        raise FormatError(
            "There are times for %(timed)s lines, but the song has %(lines)s.",
            timed=len(theirs),
            lines=len(lines),
        )
    cues = []
    for place, (mine, other, times) in enumerate(zip(lines, theirs, sheet.cues, strict=True), 1):
        count = len(parse_marked(other.text, "und"))
        if times is not None and times.words and count != len(mine.words):
            raise FormatError(
                "it has other words than the song, “%(text)s”.",
                place,
                text=plain(mine.text)[:60],
            )
        cues.append(times)
    check(cues, _counts(sections))
    return tuple(cues)

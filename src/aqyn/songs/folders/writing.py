"""`write_folder`: a song as the folder that `read_folder` reads back to the same song."""

from __future__ import annotations

import json
import os
import shutil
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from aqyn.core.lyrics.formats import enhanced_lrc, ttml
from aqyn.core.lyrics.formats.sheet import FormatError
from aqyn.core.lyrics.model import Line
from aqyn.core.lyrics.timing import to_json
from aqyn.songs.folders.toml import themes_by_tag
from aqyn.songs.models import LineText, Recording, Song
from aqyn.songs.selectors.rows import SongRows
from aqyn.songs.selectors.sheets import cues_of, sections_of_rows, sheet_of_rows
from aqyn.songs.sentences import FolderNotEmpty
from aqyn.songs.services.files import media_path


def write_folder(rows: SongRows, folder: Path) -> list[str]:
    """Write the song into `folder`, which must not be there yet or be empty; the names of its files.

    It appears whole or not at all. Raises FolderNotEmpty, OSError.
    """
    target = folder.expanduser().absolute()
    if target.exists() and (not target.is_dir() or any(target.iterdir())):
        raise FolderNotEmpty(folder=str(folder))
    target.parent.mkdir(parents=True, exist_ok=True)
    making = Path(tempfile.mkdtemp(prefix=f".{target.name}-", dir=target.parent))
    try:
        _fill(rows, making)
        for file in making.iterdir():
            with file.open("rb") as written:
                os.fsync(written.fileno())
        making.chmod(0o755)
        making.rename(target)
    except BaseException:
        shutil.rmtree(making, ignore_errors=True)
        raise
    return sorted(file.name for file in target.iterdir())


def _fill(rows: SongRows, folder: Path) -> None:
    recordings = sorted(rows.recordings, key=lambda r: (not r.preferred, r.pk))
    told = []
    for place, recording in enumerate(recordings, 1):
        ending = "" if place == 1 else f"-{place}"
        file = f"audio{ending}.{recording.container}"
        shutil.copyfile(media_path(recording.file), folder / file)
        about = {
            "file": file,
            "kind": recording.kind,
            "name": recording.name,
            "filename": recording.filename,
            "preferred": recording.preferred,
        }
        if hasattr(recording, "timing"):
            about |= {"timing": f"timing{ending}.json", "timing_source": recording.timing.source}
            (folder / f"timing{ending}.json").write_text(_timing(recording, rows), "utf-8")
        told.append(about)
    (folder / "song.toml").write_text(_toml(rows, told), "utf-8")
    sheet = sheet_of_rows(rows, recordings[0] if recordings else None)
    (folder / "lyrics.ttml").write_text(ttml.write(sheet), "utf-8")
    if any(sheet.cues):
        try:
            (folder / "lyrics.lrc").write_text(enhanced_lrc.write(sheet), "utf-8")
        except FormatError:
            # Words that LRC would read as times: TTML and song.toml hold them, LRC cannot.
            (folder / "lyrics.lrc").unlink(missing_ok=True)


def _timing(recording: Recording, rows: SongRows) -> str:
    lines = []
    for cues in cues_of(recording, rows.lines):
        if cues is None:
            lines.append("null")
        elif cues.words:
            lines.append(json.dumps({"words": to_json(cues)}))
        else:
            told = {"start": cues.start, "end": cues.end}
            known = {"origin": str(cues.origin), "sure": cues.sure} if cues.origin else {}
            lines.append(json.dumps(told | known))
    about = json.dumps({"kind": recording.kind, "name": recording.name}, ensure_ascii=False)
    listed = ",\n    ".join(lines)
    return f'{{\n  "recording": {about},\n  "lines": [\n    {listed}\n  ]\n}}\n'


def _toml(rows: SongRows, recordings: Sequence[Mapping[str, Any]]) -> str:
    song = rows.song
    out = [f"slug = {_string(song.slug)}", f"language = {_string(song.language)}"]
    out += [f"hue = {song.hue}"] if song.hue is not None else []
    out.append(f"state = {_string(rows.publication.reach if rows.publication else 'draft')}")
    out += [f"year = {song.year}"] if song.year is not None else []
    out += _table("title", song.title) + _table("story", song.story)
    if song.themes:
        themes = themes_by_tag(song.themes)
        out += [
            "",
            "[themes]",
            *(f"{t} = [{', '.join(map(_string, listed))}]" for t, listed in themes.items()),
        ]
    for credit in song.credits:
        out += ["", "[[credits]]", f"role = {_value(credit['role'])}", f"name = {_string(credit['name'])}"]
    out += _cause(song)
    for recording in recordings:
        out += [
            "",
            "[[recordings]]",
            *(f"{key} = {_value(value)}" for key, value in recording.items() if value != ""),
        ]
    for section in sections_of_rows(rows):
        out += ["", "[[sections]]", f"kind = {_string(section.kind)}"]
        out += [f"name = {_string(section.name)}"] if section.name else []
        out += ["lines = [", *(f"    {_inline(line, song)}," for line in section.lines), "]"]
    return "\n".join(out) + "\n"


def _cause(song: Song) -> list[str]:
    cause = getattr(song, "cause", None)
    if cause is None:
        return []
    out = ["", "[cause]"]
    out += [f"partner = {_string(cause.partner)}"] if cause.partner else []
    out += [f"link = {_string(cause.link)}"] if cause.link else []
    out += [f"title.{tag} = {_string(text)}" for tag, text in cause.title.items()]
    return out + [f"text.{tag} = {_string(text)}" for tag, text in cause.text.items()]


def _inline(line: Line, song: Song) -> str:
    told: dict[str, Any] = {"text": line.text}
    if line.language != song.language.split("-")[0]:
        told["language"] = line.language
    told |= {tag: reading.text for tag, reading in line.readings.items()}
    imported = [tag for tag, reading in line.readings.items() if reading.origin == LineText.Origin.IMPORTED]
    told |= {"imported": imported} if imported else {}
    told |= {"chords": [[c.word, c.at, c.name] for c in line.chords]} if line.chords else {}
    return _value(told)


def _table(name: str, texts: Mapping[str, str]) -> list[str]:
    return ["", f"[{name}]", *(f"{tag} = {_long(text)}" for tag, text in texts.items())] if texts else []


def _value(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int):
        return str(value)
    if isinstance(value, Mapping):
        return "{ " + ", ".join(f"{key} = {_value(inner)}" for key, inner in value.items()) + " }"
    if isinstance(value, list):
        return "[" + ", ".join(map(_value, value)) + "]"
    return _string(str(value))


def _string(text: str) -> str:
    # JSON's escapes are among TOML's; control characters never come this far.
    return json.dumps(text, ensure_ascii=False)


def _long(text: str) -> str:
    """A text of several paragraphs over several lines, so that it can be read in the file."""
    if "\n" not in text:
        return _string(text)
    return '"""\n' + text.replace("\\", "\\\\").replace('"', '\\"') + '"""'

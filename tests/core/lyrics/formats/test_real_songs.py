"""Real songs with word times go through every format and come back. They are read in place, never copied."""

import csv
import json
from itertools import groupby
from pathlib import Path

import pytest
from tests.core.lyrics.formats import held

from aqyn.core.lyrics.formats import FORMATS, Sheet, guess, vorbis
from aqyn.core.lyrics.model import Line, Section, escaped
from aqyn.core.lyrics.timing import Cue, LineCues, check

SONGS = Path(__file__).resolve().parents[5] / "shared" / "data" / "songs"
NAMES = sorted(folder.name for folder in SONGS.glob("*") if (folder / "words.tsv").is_file())


def sheet_of(folder: Path) -> Sheet:
    about = json.loads((folder / "song.json").read_text("utf-8"))
    with (folder / "words.tsv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
    language = about["language"].split("-")[0]
    lines, cues, at = [], [], 0
    for _, words in groupby(rows, key=lambda row: row["line"]):
        timed = []
        for row in words:
            start, end = (round(float(row[name]) * 1000) for name in ("start", "end"))
            start = max(start, at)
            at = max(start, end)
            timed.append((row["word"], Cue(start, at, (start,))))
        lines.append(Line(escaped(" ".join(word for word, _ in timed)), language))
        cues.append(LineCues.of([cue for _, cue in timed]))
    return Sheet((Section("verse", tuple(lines)),), tuple(cues), language, about["title"], about["artist"])


def rounded(sheet: Sheet) -> list[list[tuple[int, int]]]:
    return [
        [((w.start + 5) // 10 * 10, (w.end + 5) // 10 * 10) for w in cues.words]
        for cues in sheet.cues
        if cues
    ]


@pytest.mark.skipif(not NAMES, reason="shared/data/songs is not beside this checkout")
@pytest.mark.parametrize("name", NAMES or ["none"])
def test_a_real_song_comes_back_from_every_format(name):
    sheet = sheet_of(SONGS / name)
    check(sheet.cues, [len(line.words) for line in sheet.lines])
    back = {}
    for key, form in FORMATS.items():
        data = form.write(sheet)
        guessed, read = guess(data, f"{name}.{form.extension}")
        assert guessed.key == key
        assert form.read(data) == read
        back[key] = read
    assert back["ttml"] == sheet
    assert back["enhanced-lrc"] == sheet
    assert back["vorbis"] == sheet
    assert back["vtt"] == held.vtt(sheet)
    assert back["srt"] == held.srt(sheet)
    assert back["sylt"] == held.sylt(sheet)
    assert back["text"] == held.text(sheet)
    assert back["uslt"] == held.uslt(sheet)
    assert back["lrc"].lines == sheet.lines
    assert [cues.start for cues in back["lrc"].cues] == [cues.start for cues in sheet.cues]
    # ASS counts in hundredths.
    assert back["ass"].lines == sheet.lines
    assert [[(w.start, w.end) for w in cues.words] for cues in back["ass"].cues] == rounded(sheet)
    assert len(vorbis.unpacked(FORMATS["vorbis"].write(sheet))) == 5

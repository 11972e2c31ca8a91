"""The beginning of a sample song, really sung: what the house is to hear."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

from aqyn.core.lyrics.model import Line, Section
from aqyn.site.sample import song_folder
from aqyn.site.sample.sound import perform, score_of
from aqyn.site.sample.words import lines_of, read_song

LINES = 4


@dataclass(frozen=True)
class Sung:
    """`sound`: a file; `sections`: its words; `starts`: ms at which each word of each line is sung."""

    sound: Path
    sections: tuple[Section, ...]
    starts: list[list[int]]


def sing(folder: Path, lines: int = LINES, name: str = "qyzylorda") -> Sung:
    """Its first lines, sung and played into `folder`."""
    score = score_of(name)
    end = score.lines[lines - 1].end
    score = replace(
        score,
        lines=score.lines[:lines],
        chords=tuple(chord for chord in score.chords if chord.end <= end + 0.01),
        tune=tuple(note for note in score.tune if note.end <= end),
        length_s=end + 2,
    )
    made = perform(score, folder)
    words = [line for section in lines_of(read_song(song_folder(name))) for line in section][:lines]
    texts = [" ".join(word.text for word in line) for line in words]
    starts = [[round(word.start * 1000) for word in line] for line in made.times]
    return Sung(folder / "audio.wav", (Section("verse", tuple(Line(text, "kk") for text in texts)),), starts)

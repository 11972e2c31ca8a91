"""The bench of lyrics formats writes and reads a song of our own in each of them."""

import argparse

import pytest

from aqyn.core.lyrics.formats import FORMATS
from aqyn.core.lyrics.timing import check
from aqyn.site.benches import formats


def options(*words: str) -> argparse.Namespace:
    parser = argparse.ArgumentParser()
    formats.add_arguments(parser)
    return parser.parse_args(words)


def test_every_format_has_its_figures(monkeypatch):
    monkeypatch.setattr(formats, "LINES", 20)
    found = formats.run(options("--rounds", "1"))
    assert (found["lines"], found["words"], found["rounds"]) == (20, 120, 1)
    assert list(found["formats"]) == list(FORMATS)
    assert all(set(figures) == {"read_ms", "write_ms"} for figures in found["formats"].values())


def test_the_song_is_the_same_every_time_and_can_be_sung():
    song = formats.song(100)
    assert song == formats.song(100)
    check(song.cues, [len(line.words) for line in song.lines])
    assert len({line.text for line in song.lines}) > 25
    assert FORMATS["ttml"].read(FORMATS["ttml"].write(song)).cues == song.cues


def test_no_rounds_are_refused():
    with pytest.raises(SystemExit, match="at least 1"):
        formats.run(options("--rounds", "0"))

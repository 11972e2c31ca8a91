"""The bench of preparing sound runs the real thing, and says what it ran."""

import argparse
import wave

import pytest

from aqyn.site.benches import audio


def options(*words: str) -> argparse.Namespace:
    parser = argparse.ArgumentParser()
    audio.add_arguments(parser)
    return parser.parse_args(words)


def test_without_ffmpeg_there_is_no_figure_for_it(monkeypatch, tmp_path):
    monkeypatch.setenv("PATH", str(tmp_path))
    found = audio.run(options("--minutes", "0.1", "--repeat", "1"))
    assert found["cpu_s_per_min"] > 0
    assert (found["ffmpeg_cpu_s_per_min"], found["ratio"], found["ffmpeg"]) == (None, None, None)
    assert (found["minutes"], found["repeat"]) == (0.1, 1)


def test_a_file_that_is_no_sound_ends_in_one_sentence(tmp_path):
    page = tmp_path / "song.mp3"
    page.write_text("<!doctype html>")
    with pytest.raises(SystemExit, match=r"song\.mp3: This file is not a sound recording\."):
        audio.run(options("--file", str(page)))


def test_the_music_is_the_same_every_time(tmp_path):
    one = audio.write_music(tmp_path / "one.wav", seconds=3)
    two = audio.write_music(tmp_path / "two.wav", seconds=3)
    assert one.read_bytes() == two.read_bytes()
    with wave.open(str(one)) as file:
        assert (file.getnframes(), file.getframerate(), file.getnchannels()) == (132_300, 44_100, 2)

"""The bench of hearing hears real songs, and says what it was not given."""

import argparse
import json
from dataclasses import replace

import av
import numpy as np
import pytest

from aqyn.media import backends
from aqyn.media.errors import HearsNothing
from aqyn.media.hearing import Heard as HeardByHouse
from aqyn.media.hearing import HeardWord
from aqyn.site.benches import _ears, align
from aqyn.site.benches._ears import Heard, corrected, folds, offset_of, tapped
from aqyn.site.benches._timed_songs import TimedSong, read_songs, sample_song
from aqyn.site.cli import main
from aqyn.site.sample.sound import perform, score_of

TRUE = {"one": [(0.5, 1.0), (1.2, 1.5)], "two": [(4.0, 4.4)], "three": [(7.0, 7.5), (7.5, 8.0)]}


def options(*words: str) -> argparse.Namespace:
    parser = argparse.ArgumentParser()
    align.add_arguments(parser)
    return parser.parse_args(words)


def write_song(folder, name, *, artist="Madina", source="made here", language="kk-Cyrl"):
    """Nine seconds of quiet noise with three lines of words."""
    song = folder / name
    song.mkdir(parents=True)
    rows = ["start\tend\tline\tword"]
    for line, words in enumerate(TRUE.values()):
        rows += [f"{start}\t{end}\t{line}\tсөз" for start, end in words]
    (song / "words.tsv").write_text("\n".join(rows) + "\n", encoding="utf-8")
    facts = {"title": name, "artist": artist, "language": language, "source": source}
    (song / "song.json").write_text(json.dumps(facts), encoding="utf-8")
    noise = np.random.default_rng(1).normal(0, 3000, 9 * 8000).astype("<i2")
    with av.open(str(song / "audio.wav"), "w") as file:
        stream = file.add_stream("pcm_s16le", rate=8000, layout="mono")
        frame = av.AudioFrame.from_ndarray(noise[None], "s16", "mono")
        frame.sample_rate = 8000
        file.mux(stream.encode(frame))
        file.mux(stream.encode(None))
    return song


@pytest.fixture
def heard(monkeypatch):
    """What the house was asked to hear; it answers with the truth, 0.2 s late. Its real ear is tested
    elsewhere."""
    asked = []

    def hear(recording, lines, *, ear, learnt=(), progress=None):
        asked.append((recording.parent.name, lines, [dict(voice) for voice in learnt]))
        ear.write_text(recording.parent.name)
        if recording.parent.name == "mute":
            raise HearsNothing
        rows = tuple(
            tuple(HeardWord(round(start * 1000) + 200, round(end * 1000) + 200, 70) for start, end in line)
            for line in TRUE.values()
        )
        return HeardByHouse(rows)

    monkeypatch.setattr(_ears, "hear", hear)
    monkeypatch.setattr(align, "learn", lambda ear, lines: {"of": ear.read_text(), "lines": len(lines)})
    return asked


def test_every_song_has_its_figures(heard, tmp_path):
    write_song(tmp_path, "first")
    write_song(tmp_path, "second")
    found = align.run(options(str(tmp_path)))
    assert [song["name"] for song in found["songs"]] == ["first", "second"]
    assert (found["mean_song_aae_s"], found["within_01"], found["within_03"]) == (0.2, 0.0, 1.0)
    assert (found["line_within_03"], found["sure_within_03"]) == (1.0, 1.0)
    assert found["reliability"] == [{"sure": "61-70", "words": 10, "said": 0.7, "within_03": 1.0}]
    assert (found["scored_words"], found["refused"], found["without_offset"]) == (10, {}, [])
    assert json.loads(json.dumps(found)) == found


def test_an_unknown_offset_is_taken_away_and_told(heard, tmp_path):
    write_song(tmp_path, "beats", source="UltraStar Deluxe songs")
    found = align.run(options(str(tmp_path)))
    assert (found["mean_song_aae_s"], found["songs"][0]["offset_removed_s"]) == (0.0, 0.2)
    assert found["without_offset"] == ["beats"]
    assert "offset +0.20 s removed" in align.shown(found)


def test_a_refused_song_is_named_with_the_reason_and_counts_for_nothing(heard, tmp_path, capsys):
    write_song(tmp_path, "mute")
    write_song(tmp_path, "song")
    found = align.run(options(str(tmp_path)))
    assert found["refused"] == {"mute": "Nobody can be heard singing in this recording."}
    assert (found["heard"], found["mean_song_aae_s"]) == (1, 0.2)
    assert "Nobody can be heard" in align.shown(found)
    assert "mute: Nobody can be heard singing in this recording." in capsys.readouterr().err


def test_with_taps_line_starts_are_given_and_the_words_inside_are_scored(heard, tmp_path):
    write_song(tmp_path, "song")
    found = align.run(options(str(tmp_path), "--taps"))
    starts = [line.start_ms for line in heard[0][1]]
    assert all(abs(start - true * 1000) < 600 for start, true in zip(starts, (0.5, 4.0, 7.0), strict=True))
    assert starts != [500, 4000, 7000]
    assert (found["scored_words"], found["line_within_03"], found["seed"]) == (2, None, 1)


def test_taps_are_the_same_every_time_and_others_with_another_seed(tmp_path):
    write_song(tmp_path, "song")
    (song,) = read_songs(tmp_path)
    assert tapped(song, seed=1) == tapped(song, seed=1) != tapped(song, seed=2)


def test_each_song_of_an_artist_is_heard_after_others_of_her_own(heard, tmp_path):
    for name in ("a", "b", "c"):
        write_song(tmp_path, name)
    write_song(tmp_path, "other", artist="Somebody else")
    found = align.run(options(str(tmp_path), "--learn", "2"))
    taught = {song: [voice["of"] for voice in learnt] for song, _, learnt in heard if learnt}
    assert taught == {"a": ["b", "c"], "b": ["c", "a"], "c": ["a", "b"]}
    assert [song["learnt_from"] for song in found["songs"]] == [["b", "c"], ["c", "a"], ["a", "b"]]
    assert found["before_learning"]["mean_song_aae_s"] == 0.2
    assert "before learning" in align.shown(found)


def test_a_song_that_was_refused_teaches_nothing(heard, tmp_path):
    for name in ("a", "mute"):
        write_song(tmp_path, name)
    found = align.run(options(str(tmp_path), "--learn", "1"))
    assert [learnt for song, _, learnt in heard if song == "a"] == [[], []]
    assert found["heard"] == 1


def test_what_is_learnt_is_where_the_recording_is(tmp_path):
    write_song(tmp_path, "song", source="UltraStar")
    (song,) = read_songs(tmp_path)
    late = tuple(
        tuple(HeardWord(round(start * 1000) - 300, 0, 50) for start, _ in line) for line in song.times
    )
    offset = offset_of(song, Heard(late))
    assert offset == pytest.approx(-0.3)
    assert corrected(song, offset=offset)[0].times == ((200, 700), (900, 1200))
    assert offset_of(replace(song, offset_unknown=False), Heard(late)) == 0.0
    assert offset_of(song, Heard()) == 0.0


def test_songs_are_taken_in_a_circle():
    def song(name, artist):
        return TimedSong(name, artist, None, (), ())

    songs = [song("b", "x"), song("a", "x"), song("c", "x"), song("d", "y")]
    turns = [(turn.name, [other.name for other in others]) for turn, others in folds(songs, 1)]
    assert turns == [("a", ["b"]), ("b", ["c"]), ("c", ["a"])]


@pytest.mark.parametrize(
    ("spoil", "sentence"),
    [
        (lambda folder: (folder / "song" / "audio.wav").unlink(), r"not a whole song: it has no audio\.\*"),
        (lambda folder: (folder / "song" / "song.json").unlink(), r"it has no song\.json"),
        (lambda folder: (folder / "song" / "song.json").write_text("{}"), "language is missing"),
        (lambda folder: (folder / "song" / "song.json").write_text("["), "cannot be read"),
        (lambda folder: (folder / "song" / "words.tsv").write_text("start\tend\n"), "must have the columns"),
        (lambda folder: (folder / "song" / "words.tsv").write_text("start\tend\tline\tword\n"), "no words"),
        (
            lambda folder: (folder / "song" / "words.tsv").write_text("start\tend\tline\tword\nx\t1\t0\tw\n"),
            "could not convert",
        ),
        (lambda folder: (folder / "song" / "words.tsv").unlink(), "There is no song in"),
    ],
    ids=["no sound", "no facts", "no language", "no JSON", "other columns", "empty", "no number", "no song"],
)
def test_a_folder_that_is_no_song_ends_in_one_sentence(tmp_path, spoil, sentence):
    write_song(tmp_path, "song")
    spoil(tmp_path)
    with pytest.raises(SystemExit, match=sentence) as ended:
        align.run(options(str(tmp_path)))
    assert "\n" not in str(ended.value)


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["/nowhere"], "/nowhere is no folder of songs"),
        (["--learn", "0"], "at least 1"),
        (["--backend", "whisper"], "There is no backend “whisper”; there are mms."),
        (["--backend", "mms"], "get its model"),
    ],
)
def test_what_cannot_be_done_ends_in_one_sentence(words, sentence):
    backends.bring_model("mms", None)
    with pytest.raises(SystemExit, match=sentence):
        align.run(options(*words))


def test_the_command_shows_a_table_and_ends_with_one_object(heard, tmp_path, capsys):
    write_song(tmp_path, "song")
    assert main(["bench", "align", str(tmp_path), "--json"]) == 0
    *table, last = capsys.readouterr().out.splitlines()
    assert [line.split()[0] for line in table[:2]] == ["song", "song"]
    assert table[1].split()[1:6] == ["0.200", "0.200", "0.0%", "100.0%", "100.0%"]
    assert {"aae_s", "median_s", "within_03", "within_05", "within_1"} < set(json.loads(last)["songs"][0])
    assert {"median_song_aae_s", "line_within_03", "sure_within_03", "cpu_s_per_min"} < set(json.loads(last))


def test_with_too_few_songs_of_one_artist_nothing_is_learnt(heard, tmp_path):
    write_song(tmp_path, "song")
    with pytest.raises(SystemExit, match="No artist has more than 3 songs"):
        align.run(options(str(tmp_path), "--learn", "3"))


def test_a_song_that_is_not_asked_for_is_left_out(heard, tmp_path):
    write_song(tmp_path, "first")
    write_song(tmp_path, "second")
    found = align.run(options(str(tmp_path), "--only", "sec"))
    assert [song["name"] for song in found["songs"]] == ["second"]
    with pytest.raises(SystemExit, match="whose name begins with third"):
        align.run(options(str(tmp_path), "--only", "third"))


def test_a_file_that_is_no_recording_is_refused_like_a_song_that_cannot_be_heard(tmp_path):
    song = write_song(tmp_path, "song")
    (song / "audio.wav").write_text("<!doctype html>")
    found = align.run(options(str(tmp_path)))
    assert found["refused"] == {"song": "This file is not a sound recording."}
    assert (found["mean_song_aae_s"], found["cpu_s_per_min"], found["reliability"]) == (None, None, [])
    assert "–" in align.shown(found)


def test_the_samples_words_come_with_the_times_of_their_maker(tmp_path):
    score = score_of("teniz-more")
    timing = {
        "lines": [
            {
                "words": [
                    [round(line.start * 1000), round(line.end * 1000), [], "placed", 100] for _ in line.words
                ]
            }
            for line in score.lines
        ]
    }
    song = sample_song("teniz-more", tmp_path / "audio.wav", timing)
    assert {line.language for line in song.lines} == {"kk", "ru"}
    assert [len(line.words) for line in song.lines] == [len(times) for times in song.times]
    assert song.times[0][0] == pytest.approx((score.lines[0].start, score.lines[0].end), abs=0.001)


def test_the_house_itself_is_heard(tmp_path):
    """The one test that goes through the real ear: a sung line, made here."""
    score = score_of("qyzylorda")
    lines = 4
    short = replace(
        score,
        lines=score.lines[:lines],
        chords=tuple(chord for chord in score.chords if chord.end <= score.lines[lines - 1].end),
        tune=(),
        length_s=score.lines[lines - 1].end + 2,
    )
    song = tmp_path / "qyzylorda"
    song.mkdir()
    made = perform(short, song)
    rows = ["start\tend\tline\tword"]
    for number, (line, times) in enumerate(zip(short.lines, made.times, strict=True)):
        rows += [
            f"{time.start:.3f}\t{time.end:.3f}\t{number}\t{word.text}"
            for word, time in zip(line.words, times, strict=True)
        ]
    (song / "words.tsv").write_text("\n".join(rows) + "\n", encoding="utf-8")
    facts = {"artist": "Madina", "language": "kk-Cyrl", "source": "made here"}
    (song / "song.json").write_text(json.dumps(facts), encoding="utf-8")
    found = align.run(options(str(tmp_path)))
    assert found["scored_words"] == sum(len(line.words) for line in short.lines)
    assert found["songs"][0]["refused"] is None
    assert found["songs"][0]["median_s"] < 0.3
    assert found["cpu_s_per_min"] > 0

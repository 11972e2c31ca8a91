"""One recording becomes two files at one loudness, or nothing at all."""

import hashlib
import itertools
import json
import math
from pathlib import Path

import av
import numpy as np
import psutil
import pytest

from aqyn import media
from aqyn.media.scratch import PREFIX


@pytest.fixture
def folder(tmp_path):
    made = tmp_path / "media"
    made.mkdir()
    return made


def loudness_of(path: Path) -> tuple[float, float]:
    """(integrated LUFS, true peak dBTP) of a finished file, by FFmpeg's own meter."""
    with av.open(str(path)) as container:
        stream = container.streams.audio[0]
        graph = av.filter.Graph()
        meter = graph.add("ebur128", "metadata=1:peak=true")
        graph.link_nodes(graph.add_abuffer(template=stream), meter, graph.add("abuffersink")).configure()
        last = {}
        for frame in [*container.decode(stream), None]:
            graph.push(frame)
            while True:
                try:
                    last = graph.pull().metadata or last
                except (av.error.BlockingIOError, av.error.EOFError):
                    break
    peak = max(float(value) for name, value in last.items() if "true_peaks_ch" in name)
    return float(last["lavfi.r128.I"]), 20 * math.log10(peak)


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


# Loudness.


@pytest.mark.parametrize("channels", [1, 2, 6])
@pytest.mark.parametrize("level", [0.02, 0.15, 0.7])
def test_loud_and_quiet_of_any_number_of_channels_end_at_one_loudness(
    make_sound, make_tone, folder, tmp_path, channels, level
):
    source = make_sound(tmp_path / "x", make_tone(5, channels=channels, level=level), kind="sixteen.wav")
    made = media.prepare(source, folder)
    assert made.shortfall_lu == 0.0
    for file in (made.opus, made.aac):
        integrated, _ = loudness_of(file.path)
        assert integrated == pytest.approx(-14.0, abs=0.3)


@pytest.mark.parametrize("channels", [1, 2])
def test_the_measure_agrees_with_the_standards_own_tone(make_sound, folder, tmp_path, channels):
    # EBU Tech 3341, case 1: a 1 kHz stereo sine at -23 dBFS is -23.0 LUFS; its peak is -23 dBTP. One
    # channel is heard from both sides, so it is as loud.
    time = np.arange(48000 * 20) / 48000
    sine = np.stack([np.sin(2 * np.pi * 1000 * time)] * channels) * 10 ** (-23 / 20)
    source = make_sound(tmp_path / "x", sine, rate=48000, kind="float.wav")
    made = media.prepare(source, folder)
    assert made.loudness.integrated_lufs == pytest.approx(-23.0, abs=0.1)
    assert made.loudness.range_lu == pytest.approx(0.0, abs=0.1)
    assert made.loudness.true_peak_dbtp == pytest.approx(-23.0, abs=0.1)
    assert made.gain_db == pytest.approx(9.0, abs=0.1)


def test_a_peak_between_the_samples_is_seen(make_sound, folder, tmp_path):
    # A quarter of the sampling rate, 45 degrees off: samples reach 0.707 of the true peak. Faded in
    # and out, for a sudden edge rings higher.
    time = np.arange(48000 * 2)
    sine = np.stack([np.sin(np.pi / 2 * time + np.pi / 4) * np.hanning(len(time)) ** 0.1] * 2) * 0.5
    source = make_sound(tmp_path / "x", sine, rate=48000, kind="float.wav")
    assert np.abs(sine).max() == pytest.approx(0.3536, abs=1e-4)
    assert media.prepare(source, folder).loudness.true_peak_dbtp == pytest.approx(-6.02, abs=0.2)


def test_where_peaks_leave_no_room_the_recording_stays_quieter_and_says_so(
    make_sound, make_tone, folder, tmp_path
):
    sound = make_tone(6, level=0.03)
    sound[:, 100_000:100_050] = 0.8
    source = make_sound(tmp_path / "x", sound, kind="float.wav")
    made = media.prepare(source, folder)
    assert made.shortfall_lu > 6
    assert made.loudness.true_peak_dbtp + made.gain_db == pytest.approx(-1.0, abs=1e-9)
    assert made.loudness.integrated_lufs + made.gain_db + made.shortfall_lu == pytest.approx(-14.0, abs=1e-9)
    for file in (made.opus, made.aac):
        integrated, peak = loudness_of(file.path)
        assert integrated == pytest.approx(-14.0 - made.shortfall_lu, abs=0.3)
        assert peak < 0


def test_target_and_ceiling_are_the_callers(sounds, folder):
    made = media.prepare(sounds / "song.flac", folder, target_lufs=-23.0)
    assert loudness_of(made.opus.path)[0] == pytest.approx(-23.0, abs=0.3)
    low = media.prepare(sounds / "song.flac", folder, true_peak_dbtp=-20.0)
    assert low.loudness.true_peak_dbtp + low.gain_db == pytest.approx(-20.0, abs=1e-9)


# Time.

CLICKS = (0.0104, 1.0, 2.5)


def clicks(rate: int) -> np.ndarray:
    """Three short bursts over a soft floor: (1, samples)."""
    sound = np.random.default_rng(1).normal(0, 1e-4, (1, rate * 3))
    for second in CLICKS:
        start = round(second * rate)
        sound[0, start : start + rate // 1000] += 0.6
    return sound


def onsets(sound: np.ndarray, rate: int) -> list[float]:
    """When each burst begins: where it first reaches half of its own height."""
    level = np.abs(sound).max(axis=0)
    found = []
    for second in CLICKS:
        start = max(0, round((second - 0.1) * rate))
        part = level[start : start + rate // 5]
        found.append((start + int(np.argmax(part > part.max() / 2))) / rate)
    return found


@pytest.mark.parametrize("rate", [44100, 48000])
@pytest.mark.parametrize("kind", ["sixteen.wav", "song.flac", "song.mp3", "song.m4a", "opus.ogg"])
def test_both_files_begin_with_the_sources_first_sample(make_sound, hear, folder, tmp_path, kind, rate):
    if kind == "opus.ogg":
        rate = 48000
    source = make_sound(tmp_path / "x", clicks(rate), rate=rate, kind=kind)
    made = media.prepare(source, folder)
    for file in (made.opus, made.aac):
        for heard, true in zip(onsets(*hear(file.path)), CLICKS, strict=True):
            assert abs(heard - true) < 0.005


def test_what_players_need_to_begin_rightly_is_in_the_files(sounds, folder):
    made = media.prepare(sounds / "song.flac", folder)
    opus, aac = made.opus.path.read_bytes(), made.aac.path.read_bytes()
    # RFC 7845: pre-skip, in samples at 48 kHz, after magic, version and channels.
    head = opus.index(b"OpusHead")
    assert int.from_bytes(opus[head + 10 : head + 12], "little") == 312
    # ISO/IEC 14496-12: one edit, as long as the sound, that begins behind AAC's 1,024 samples.
    edits = aac.index(b"elst") + 4
    count, length, start = (int.from_bytes(aac[edits + at : edits + at + 4], "big") for at in (4, 8, 12))
    scale = int.from_bytes(aac[aac.index(b"mvhd") + 16 :][:4], "big")
    assert (count, length / scale, start) == (1, 3.0, 1024)
    # Fast start: the index before the sound.
    assert aac.index(b"moov") < aac.index(b"mdat")


def test_every_length_is_the_sources(sounds, folder):
    made = media.prepare(sounds / "sixteen.wav", folder)
    assert (made.duration_s, made.opus.duration_s, made.aac.duration_s) == (3.0, 3.0, 3.0)
    assert made.sample_rate == 48000


# Files.


@pytest.mark.parametrize(
    "name", ["song.mp3", "song.aac", "lossless.m4a", "vorbis.ogg", "opus.ogg", "twentyfour.wav"]
)
def test_every_kind_is_prepared(sounds, folder, name):
    before = (sounds / name).read_bytes()
    made = media.prepare(sounds / name, folder)
    assert names(folder) == sorted([made.opus.path.name, made.aac.path.name])
    for file, container, codec in ((made.opus, "ogg", "opus"), (made.aac, "m4a", "aac")):
        body = file.path.read_bytes()
        assert (file.sha256, file.bytes) == (hashlib.sha256(body).hexdigest(), len(body))
        assert file.path.stem == file.sha256[:32]
        found = media.probe(file.path)
        assert (found.container, found.codec, found.channels, found.sample_rate) == (
            container,
            codec,
            2,
            48000,
        )
        assert found.tags == {}
    assert (sounds / name).read_bytes() == before


def test_the_same_recording_gives_the_same_files_to_the_last_bit(sounds, folder):
    first = media.prepare(sounds / "song.mp3", folder)
    assert media.prepare(sounds / "song.mp3", folder) == first
    assert len(names(folder)) == 2


def test_the_bit_rates_are_what_was_asked(make_sound, folder, tmp_path):
    noise = np.random.default_rng(4).normal(0, 0.1, (2, 44100 * 20))
    made = media.prepare(make_sound(tmp_path / "x", noise, kind="song.flac"), folder)
    assert made.opus.bytes * 8 / 20 == pytest.approx(128_000, rel=0.15)
    assert made.aac.bytes * 8 / 20 == pytest.approx(160_000, rel=0.15)


# Peaks.


def test_peaks_draw_what_is_heard(make_sound, make_tone, folder, tmp_path):
    sound = make_tone(8)
    sound[:, : 44100 * 2] = 0
    sound[:, 44100 * 4 : 44100 * 6] *= 0.1
    made = media.prepare(make_sound(tmp_path / "x", sound, kind="song.flac"), folder)
    assert len(made.peaks) == 400
    assert all(type(peak) is int and 0 <= peak <= 99 for peak in made.peaks)
    assert max(made.peaks) == 99
    assert set(made.peaks[2:98]) == {0}
    # A tenth of the pressure is 0.1 ** 0.6 = 0.25 of the loudness.
    assert {round(peak / 99, 1) for peak in made.peaks[204:296]} <= {0.2, 0.3}
    assert min(made.peaks[304:398]) >= 95


# Nothing left behind.


@pytest.mark.parametrize(
    ("sound", "error"),
    [(np.zeros((2, 44100)), media.Silent), (np.full((2, 13000), 0.3), media.TooShort)],
)
def test_what_has_no_loudness_is_refused(make_sound, folder, tmp_path, sound, error):
    source = make_sound(tmp_path / "x", sound, kind="sixteen.wav")
    with pytest.raises(error):
        media.prepare(source, folder)
    assert names(folder) == []


def test_a_broken_recording_leaves_nothing(sounds, folder, tmp_path):
    source = tmp_path / "half.flac"
    source.write_bytes((sounds / "song.flac").read_bytes()[:60_000])
    with pytest.raises(media.Truncated):
        media.prepare(source, folder)
    assert names(folder) == []


def test_cancelling_half_way_leaves_nothing(make_sound, make_tone, folder, tmp_path):
    source = make_sound(tmp_path / "x", make_tone(120), kind="sixteen.wav")
    heard = []
    with pytest.raises(media.Cancelled):
        media.prepare(
            source, folder, progress=heard.append, cancelled=lambda: bool(heard) and heard[-1] > 0.4
        )
    assert 0.4 < heard[-1] < 1
    assert names(folder) == []
    assert psutil.Process().children(recursive=True) == []


def test_work_is_done_where_its_result_will_be(sounds, folder, own_temp_folder):
    # Elsewhere could be another file system, from which a rename is not all or nothing.
    seen = set()
    media.prepare(sounds / "song.flac", folder, progress=lambda _: seen.update(names(folder)))
    assert len(seen) == 1 and seen.pop().startswith(PREFIX)
    assert list(own_temp_folder.iterdir()) == []


def test_progress_runs_from_the_beginning_to_the_end(make_sound, make_tone, folder, tmp_path):
    source = make_sound(tmp_path / "x", make_tone(30), kind="song.mp3")
    heard = []
    media.prepare(source, folder, progress=heard.append)
    assert heard == sorted(heard)
    assert heard[0] < 0.1 and heard[-1] == 1.0
    assert max(later - sooner for sooner, later in itertools.pairwise(heard)) < 0.1


def test_a_folder_that_cannot_take_the_files_takes_neither(sounds, folder, tmp_path):
    with pytest.raises(media.CannotWrite):
        media.prepare(sounds / "song.flac", tmp_path / "missing")
    made = media.prepare(sounds / "song.flac", folder)
    other = tmp_path / "other"
    # The second name is taken by a folder: the first file must not stay alone.
    (other / made.aac.path.name / "x").mkdir(parents=True)
    with pytest.raises(media.CannotWrite):
        media.prepare(sounds / "song.flac", other)
    assert names(other) == [made.aac.path.name]


def test_what_prepare_says_can_be_kept_as_json(sounds, folder):
    made = media.prepare(sounds / "song.flac", folder)
    assert json.loads(json.dumps(made.peaks)) == list(made.peaks)
    assert math.isfinite(made.gain_db + made.loudness.range_lu)

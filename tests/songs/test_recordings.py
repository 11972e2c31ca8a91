"""Recordings are kept as they came, prepared once, and leave nothing behind."""

import hashlib
import os
import signal
import subprocess
import sys
import threading
from datetime import timedelta
from pathlib import Path

import pytest
from django.db import connection, transaction
from tests.songs.conftest import CUES, NOON, sound

from aqyn import media as sounds
from aqyn.songs import sentences as refuse
from aqyn.songs import services, tasks
from aqyn.songs.models import Encoding, Preparation, Recording, Waveform
from aqyn.songs.selectors import jobs, media_reach
from aqyn.songs.sentences.media import MEDIA


def never():
    return False


def attach(tone, **told):
    return services.attach_recording(song="tereze", source=tone, now=NOON, **told)


@pytest.mark.django_db(transaction=True)
def test_a_recording_is_kept_as_it_came_and_prepared(write, tone, media):
    write()
    recording = attach(tone, cues=CUES, timing_source="timing.json", name="Домада")
    assert (recording.preferred, recording.duration_ms, recording.filename) == (True, 1200, "tone.wav")
    assert (media / recording.file).read_bytes() == tone.read_bytes()
    assert recording.sha256 == hashlib.sha256(tone.read_bytes()).hexdigest()
    assert [job["state"] for job in jobs()] == ["waiting"]
    assert tasks.run_next(now=NOON, stop=never)
    assert not tasks.run_next(now=NOON, stop=never)
    assert [job["state"] for job in jobs(since=NOON)] == ["done"]
    recording.refresh_from_db()
    assert len(recording.peaks) == 400
    assert (len(recording.waveform.levels), max(recording.waveform.levels)) == (120, 255)
    for encoding in recording.encodings.all():
        kept = (media / encoding.file).read_bytes()
        assert (len(kept), hashlib.sha256(kept).hexdigest()) == (encoding.bytes, encoding.sha256)
    assert sorted(recording.encodings.values_list("format", flat=True)) == ["aac", "opus"]


@pytest.mark.django_db(transaction=True)
def test_preparing_again_keeps_it_playable_and_timed_and_draws_its_waveform(write, tone, media, snapshot):
    write()
    recording = attach(tone, cues=CUES)
    assert tasks.run_next(now=NOON, stop=never)
    before = snapshot()
    Waveform.objects.all().delete()
    old = recording.encodings.get(format="opus")
    other = f"ab/{'ab' * 32}.opus"
    (media / "ab").mkdir(exist_ok=True)
    (media / old.file).rename(media / other)
    recording.encodings.filter(pk=old.pk).update(file=other)
    services.prepare_again(recording=recording.pk, now=NOON)
    assert tasks.run_next(now=NOON, stop=never)
    after = snapshot()
    assert after[1] == before[1], "the file made by another encoder is gone"
    assert [after[0][name] for name in ("Encoding", "Timing", "Recording")] == [
        before[0][name] for name in ("Encoding", "Timing", "Recording")
    ]
    assert [row["levels"] for row in after[0]["Waveform"]] == [row["levels"] for row in before[0]["Waveform"]]


@pytest.mark.django_db(transaction=True)
def test_preparing_again_that_fails_or_is_cancelled_takes_nothing_away(write, tone, media):
    write()
    recording = attach(tone, cues=CUES)
    assert tasks.run_next(now=NOON, stop=never)
    services.cancel_preparation(
        preparation=services.prepare_again(recording=recording.pk, now=NOON).pk, now=NOON
    )
    (media / recording.file).write_bytes(b"RIFF")
    services.prepare_again(recording=recording.pk, now=NOON)
    assert tasks.run_next(now=NOON, stop=never)
    assert Preparation.objects.get(pk=Preparation.objects.last().pk).error == "not_audio"
    kept = Recording.objects.get()
    assert (kept.encodings.count(), bool(kept.timing.cues)) == (2, True)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(
    "content", [b"", b"\0" * 5000, b"RIFF\xff\xff\xff\xffWAVEfmt ", b"<?xml version='1.0'?>"]
)
def test_a_file_that_is_no_recording_leaves_nothing(write, tmp_path, snapshot, content):
    write()
    (tmp_path / "bad.wav").write_bytes(content)
    before = snapshot()
    with pytest.raises(sounds.MediaError):
        attach(tmp_path / "bad.wav")
    assert snapshot() == before


@pytest.mark.django_db(transaction=True)
def test_times_beyond_the_end_leave_nothing(write, tone, snapshot):
    from aqyn.core.lyrics.timing import LineCues

    write()
    before = snapshot()
    with pytest.raises(refuse.BadTimes):
        attach(tone, cues=(None, None, LineCues(0, 1300)))
    with pytest.raises(refuse.BadRecordingKind):
        attach(tone, kind="bootleg")
    assert snapshot() == before


@pytest.mark.django_db(transaction=True)
def test_the_same_sound_is_one_recording_of_a_song(write, tone, snapshot):
    write()
    attach(tone)
    before = snapshot()
    with pytest.raises(refuse.SameRecording):
        attach(tone)
    assert snapshot() == before


@pytest.mark.django_db(transaction=True)
def test_a_removed_recording_takes_its_files_unless_another_song_has_them(write, tone, media, snapshot):
    write()
    write("other")
    mine = attach(tone)
    services.attach_recording(song="other", source=tone, now=NOON)
    assert tasks.run_next(now=NOON, stop=never) and tasks.run_next(now=NOON, stop=never)
    assert len(snapshot()[1]) == 3
    services.remove_recording(recording=mine.pk, now=NOON)
    assert len(snapshot()[1]) == 3
    services.remove_song(song="other", now=NOON)
    assert snapshot()[1] == set()
    assert [p.name for p in media.iterdir()] == [".lock"]


@pytest.mark.django_db(transaction=True)
def test_files_stay_when_the_removal_is_rolled_back(write, tone, snapshot):
    write()
    mine = attach(tone)
    before = snapshot()
    with pytest.raises(RuntimeError), transaction.atomic():
        services.remove_recording(recording=mine.pk, now=NOON)
        raise RuntimeError
    assert snapshot() == before


@pytest.mark.django_db(transaction=True)
def test_one_recording_is_preferred_and_the_next_when_it_goes(write, tone, tmp_path):
    write()
    first = attach(tone)
    second = attach(sound(tmp_path / "b.wav", pitch=330))
    services.prefer_recording(recording=second.pk, now=NOON)
    assert list(Recording.objects.values_list("preferred", flat=True)) == [False, True]
    services.remove_recording(recording=second.pk, now=NOON)
    assert list(Recording.objects.values_list("pk", "preferred")) == [(first.pk, True)]


@pytest.mark.django_db(transaction=True)
def test_a_recording_that_cannot_be_prepared_goes_with_one_sentence(write, tone, media, snapshot):
    write()
    recording = attach(tone)
    (media / recording.file).write_bytes(tone.read_bytes()[:30])
    assert tasks.run_next(now=NOON, stop=never)
    [job] = jobs(since=NOON)
    assert (job["state"], job["sentence"]) == (
        "failed",
        "The recording is damaged and cannot be played to its end.",
    )
    assert not Recording.objects.exists()
    assert snapshot()[1] == set()


@pytest.mark.django_db(transaction=True)
def test_a_cancelled_preparation_takes_the_recording_away(write, tone, snapshot):
    write()
    attach(tone)
    services.cancel_preparation(preparation=Preparation.objects.get().pk, now=NOON)
    assert not tasks.run_next(now=NOON, stop=never)
    assert not Recording.objects.exists()
    assert snapshot()[1] == set()


@pytest.mark.django_db(transaction=True)
def test_cancelling_while_it_is_made_keeps_nothing_of_it(write, tone, monkeypatch, snapshot):
    write()
    attach(tone)
    monkeypatch.setattr(tasks, "RENEW_EVERY_S", 0.0)

    def stop():
        services.cancel_preparation(preparation=Preparation.objects.get().pk, now=NOON)
        return False

    assert tasks.run_next(now=NOON, stop=stop)
    assert not Encoding.objects.exists()
    assert Preparation.objects.get().error == "cancelled"
    assert snapshot()[1] == set()


@pytest.mark.django_db(transaction=True)
def test_stopping_the_house_is_no_attempt(write, tone):
    write()
    attach(tone)
    assert tasks.run_next(now=NOON, stop=lambda: True)
    job = Preparation.objects.get()
    assert (job.attempts, job.leased_until, job.finished_at) == (0, None, None)
    assert tasks.run_next(now=NOON, stop=never)
    assert Encoding.objects.count() == 2


@pytest.mark.django_db(transaction=True)
def test_a_job_whose_worker_dies_each_time_is_given_up(write, tone):
    write()
    attach(tone)
    now = NOON
    for _ in range(tasks.MOST_ATTEMPTS):
        assert tasks._take(now) is not None
        assert tasks._take(now) is None
        now += tasks.LEASE + timedelta(seconds=1)
    assert tasks.run_next(now=now, stop=never)
    assert Preparation.objects.get().error == "interrupted"


@pytest.mark.django_db(transaction=True)
def test_two_workers_never_do_the_same_job(write, tone, tmp_path):
    write()
    for number in range(6):
        attach(sound(tmp_path / f"{number}.wav", pitch=200 + 30 * number))
    taken, barrier = [], threading.Barrier(4)

    def work():
        barrier.wait()
        for _ in range(10):
            job = tasks._take(NOON)
            if job is not None:
                taken.append(job.pk)
        connection.close()

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(taken) == sorted(Preparation.objects.values_list("pk", flat=True))


@pytest.mark.django_db(transaction=True)
def test_a_worker_killed_in_the_middle_is_followed_by_one_that_finishes_once(
    write, tmp_path, media, settings
):
    write()
    recording = attach(sound(tmp_path / "long.wav", seconds=12))
    code = (
        "import django; django.setup()\n"
        "from django.conf import settings\n"
        "from django.db import connection\n"
        f"settings.MEDIA = __import__('pathlib').Path({str(media)!r})\n"
        "from aqyn.songs import tasks\n"
        "import datetime, os\n"
        "write = tasks._Watch.progress\n"
        "def tell(self, share):\n"
        "    write(self, share)\n"
        "    if share > 0.05: print('half', flush=True); __import__('time').sleep(60)\n"
        "tasks._Watch.progress = tell\n"
        f"tasks.run_next(now=datetime.datetime.fromisoformat({NOON.isoformat()!r}), stop=lambda: False)\n"
    )
    worker = subprocess.Popen(
        [sys.executable, "-c", code], env=_same_database(tmp_path), stdout=subprocess.PIPE, text=True
    )
    assert worker.stdout.readline() == "half\n"
    os.kill(worker.pid, signal.SIGKILL)
    worker.wait()
    worker.stdout.close()
    assert Preparation.objects.get().attempts == 1
    held_until = Preparation.objects.get().leased_until
    later = held_until + timedelta(seconds=1)
    assert not tasks.run_next(now=held_until - timedelta(seconds=1), stop=never)
    assert tasks.run_next(now=later, stop=never)
    assert not tasks.run_next(now=later, stop=never)
    assert Preparation.objects.get().attempts == 2
    assert recording.encodings.count() == 2
    left = [p.name for p in media.iterdir() if p.is_dir() and p.name.startswith(".")]
    assert left == []


def _same_database(tmp_path) -> dict[str, str]:
    """The environment of a process that works on this very test's database."""
    from urllib.parse import urlsplit, urlunsplit

    environment = {key: value for key, value in os.environ.items() if not key.startswith("AQYN_")}
    environment |= {"PYTHONPATH": os.pathsep.join(sys.path), "DJANGO_SETTINGS_MODULE": "aqyn.site.settings"}
    data = tmp_path / "data"
    data.mkdir()
    environment["AQYN_DATA"] = str(data)
    if connection.vendor == "sqlite":
        (data / "aqyn.sqlite3").symlink_to(Path(connection.settings_dict["NAME"]).absolute())
    else:
        there = urlsplit(os.environ["AQYN_DATABASE"])
        environment["AQYN_DATABASE"] = urlunsplit(there._replace(path="/" + connection.settings_dict["NAME"]))
    return environment


@pytest.mark.django_db(transaction=True)
def test_who_may_have_a_file(write, tone):
    write()
    recording = attach(tone)
    tasks.run_next(now=NOON, stop=never)
    opus = recording.encodings.get(format="opus").file
    assert media_reach("00/nothing.opus") is None
    assert media_reach(opus) == "private"
    services.publish(song="tereze", reach="link", now=NOON)
    assert media_reach(opus) == "private"
    services.publish(song="tereze", reach="public", now=NOON)
    assert (media_reach(opus), media_reach(recording.file)) == ("public", "private")
    services.withdraw(song="tereze", now=NOON)
    assert media_reach(opus) == "private"


def test_every_media_refusal_has_its_sentence():
    pending, codes = [sounds.MediaError], set()
    while pending:
        kind = pending.pop()
        # What a child that sets pages says is told by the refusals of those who print.
        if kind.__module__ != "aqyn.media.typesetting":
            codes.add(kind.code)
        pending.extend(kind.__subclasses__())
    assert codes - {"media"} <= set(MEDIA)


def test_the_original_is_never_named_by_its_sender(write, tmp_path, transactional_db):
    write()
    recording = attach(sound(tmp_path / "a.wav"), filename="../../etc/passwd")
    assert recording.filename == "passwd"
    assert Path(recording.file).suffix == ".wav"

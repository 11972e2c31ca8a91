"""Recordings on the song's page: brought in in one go, told, timed after another, taken away."""

import re

import numpy as np
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from tests.media.conftest import write_sound
from tests.media.test_comparing import RATE, later
from tests.media.test_comparing import song as sung
from tests.songs.conftest import CUES, NOON, sound

from aqyn.songs import services, tasks
from aqyn.songs.models import Recording, Timing

pytestmark = pytest.mark.django_db(transaction=True)
AT = "/studio/songs/tereze/recordings/"


def sent(path, name="Үйде.wav"):
    return SimpleUploadedFile(name, path.read_bytes())


def work():
    while tasks.run_next(now=NOON, stop=lambda: False):
        pass


def page(crew):
    return crew.get("/studio/songs/tereze/").content.decode()


def test_a_plain_form_brings_a_recording_in(write, crew, tone):
    write()
    assert "No recording yet." in page(crew)
    assert crew.post(AT, {"file": sent(tone), "kind": "live"})["Location"] == "/studio/songs/tereze/"
    recording = Recording.objects.get()
    assert (recording.kind, recording.filename) == ("live", "Үйде.wav")
    work()
    assert f"/studio/songs/tereze/recordings/{recording.pk}/sync/" in page(crew)
    assert f"/media/{recording.encodings.get(format='opus').file}" in page(crew)


def test_the_plain_form_says_what_is_wrong_and_keeps_nothing(write, crew, tone, snapshot):
    write()
    there = services.attach_recording(song="tereze", source=tone, now=NOON)
    before = snapshot()
    for told, status, sentence in (
        ({}, 400, "No file was submitted"),
        ({"file": SimpleUploadedFile("x.wav", b"x" * 5000)}, 422, "This file is not a sound recording."),
        ({"file": sent(tone)}, 409, "The song already has this very recording."),
        ({"file": sent(tone), "kind": "bootleg"}, 400, "not one of the available choices"),
        ({"file": sent(tone), "replaces": str(there.pk + 1)}, 400, "not one of the available choices"),
    ):
        answer = crew.post(AT, told)
        said = answer.content.decode()
        assert (answer.status_code, sentence in said or "required" in said) == (status, True)
    assert snapshot() == before


def test_a_full_disk_is_told_to_the_plain_form_too(write, crew, tone, monkeypatch, snapshot):
    import errno

    write()
    before = snapshot()

    def full(*_arguments, **_told):
        raise OSError(errno.ENOSPC, "no room")

    monkeypatch.setattr("django.core.files.uploadedfile.TemporaryUploadedFile.write", full, raising=False)
    monkeypatch.setattr("django.core.files.uploadhandler.TemporaryFileUploadHandler.receive_data_chunk", full)
    answer = crew.post(AT, {"file": sent(tone)})
    assert (answer.status_code, "The disk of the house is full" in answer.content.decode()) == (507, True)
    assert snapshot() == before


def test_the_new_one_takes_the_place_of_the_old_one(write, crew, tone, tmp_path):
    write()
    old = services.attach_recording(song="tereze", source=tone, now=NOON)
    work()
    crew.post(AT, {"file": sent(sound(tmp_path / "b.wav", pitch=330)), "replaces": old.pk})
    work()
    assert list(Recording.objects.values_list("filename", "preferred")) == [("Үйде.wav", True)]


def test_name_and_kind_are_changed_in_place(write, crew, tone, snapshot):
    write()
    recording = services.attach_recording(song="tereze", source=tone, now=NOON)
    assert crew.post(f"{AT}{recording.pk}/", {"name": " Той ", "kind": "demo"}).status_code == 302
    recording.refresh_from_db()
    assert (recording.name, recording.kind) == ("Той", "demo")
    before = snapshot()
    assert crew.post(f"{AT}{recording.pk}/", {"name": "x", "kind": "bootleg"}).status_code == 409
    assert crew.post(f"{AT}{recording.pk}/", {"name": "x" * 121, "kind": "demo"}).status_code == 409
    assert crew.post(f"{AT}999/", {"kind": "demo"}).status_code == 404
    assert snapshot() == before


def test_times_are_taken_from_another_and_the_page_says_so(write, crew, tmp_path):
    write()
    told = sung(1, 20.0)
    rows = []
    for seconds in (0.0, 1.24):
        moved = later(told, seconds)
        path = tmp_path / f"{seconds}.flac"
        write_sound(path, np.stack([moved, moved]), rate=RATE, kind="song.flac")
        rows.append(services.attach_recording(song="tereze", source=path, now=NOON))
    old, new = rows
    services.set_timing(recording=old.pk, cues=CUES, now=NOON)
    work()
    assert "Not timed" in page(crew)
    assert crew.post(f"{AT}{new.pk}/take/", {"source": old.pk}).status_code == 302
    work()
    assert "Times taken from “0.0.flac”, 1.24 s later, 100 % sure." in page(crew)
    before = Timing.objects.get(recording=new).cues
    asked = crew.post(f"{AT}{new.pk}/take/", {"source": old.pk})
    assert (asked.status_code, "has times already" in asked.content.decode()) == (409, True)
    assert Timing.objects.get(recording=new).cues == before
    assert crew.post(f"{AT}{new.pk}/take/", {"source": old.pk, "replacing": "yes"}).status_code == 302
    assert crew.post(f"{AT}{new.pk}/take/", {"source": "99"}).status_code == 404


def test_recordings_are_for_the_crew(write, visitor, tone, snapshot):
    write()
    row = services.attach_recording(song="tereze", source=tone, now=NOON)
    before = snapshot()
    for path in ("", f"{row.pk}/", f"{row.pk}/take/", f"{row.pk}/prefer/", f"{row.pk}/remove/"):
        assert visitor.post(AT + path)["Location"].startswith("/sign-in/")
    assert snapshot() == before


def test_each_recording_that_is_being_prepared_is_named_and_stopped_for_itself(write, crew, tmp_path):
    write("other")
    services.attach_recording(song="other", source=sound(tmp_path / "Басқа.wav", pitch=400), now=NOON)
    write()
    services.attach_recording(song="tereze", source=sound(tmp_path / "Үйде.wav"), now=NOON)
    second = services.attach_recording(
        song="tereze", source=sound(tmp_path / "Сахнада.wav", pitch=330), now=NOON
    )
    rows = re.findall(r'<div class="job waiting".*?</div>', page(crew), re.DOTALL)
    assert [re.findall(r"\w+\.wav", row) for row in rows] == [["Үйде.wav"] * 2, ["Сахнада.wav"] * 2]
    [stop] = re.findall(r'action="([^"]+)"', rows[0])
    crew.post(stop)
    assert list(Recording.objects.filter(song__slug="tereze")) == [second]

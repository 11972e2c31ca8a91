"""A recording comes in by pieces (tus 1.0.0): what was acknowledged stays, what is refused goes."""

import fcntl
import re
import signal
from base64 import b64encode
from contextlib import closing
from datetime import timedelta
from http.client import HTTPConnection
from pathlib import Path
from types import SimpleNamespace
from urllib.parse import urlencode

import pytest
from django.test import Client
from tests.songs.conftest import NOON, sound

from aqyn.site.backup import write_backup
from aqyn.songs import sentences as refuse
from aqyn.songs import services, tasks
from aqyn.songs.models import Preparation, Recording, Upload
from aqyn.songs.views.uploads import PIECE_TYPE

AT = "/studio/songs/tereze/uploads/"
TUS = {"Tus-Resumable": "1.0.0"}
PIECE = {**TUS, "Content-Type": PIECE_TYPE}


def told(**values):
    return ",".join(f"{key} {b64encode(str(value).encode()).decode()}" for key, value in values.items())


def begin(crew, length, **values):
    metadata = told(**({"filename": "Терезе.wav"} | values))
    answer = crew.post(AT, headers={**TUS, "Upload-Length": str(length), "Upload-Metadata": metadata})
    assert answer.status_code == 201, answer.content
    return answer["Location"].removeprefix("http://localhost")


def send(crew, at, offset, piece, **headers):
    sent = {**TUS, "Upload-Offset": str(offset), **headers}
    # Told by hand: the test client leaves the type out where there is no body.
    return crew.patch(at, data=piece, content_type=PIECE_TYPE, headers=sent, CONTENT_TYPE=PIECE_TYPE)


def offset(crew, at):
    return crew.head(at, headers=TUS).get("Upload-Offset")


def uploads_in(media):
    return sorted(path.name for path in (media / ".uploads").glob("*"))


@pytest.mark.django_db(transaction=True)
def test_a_recording_comes_in_by_pieces_and_becomes_one_of_the_song(write, crew, tone, media):
    write()
    body = tone.read_bytes()
    at = begin(crew, len(body), kind="demo", name="Үйде")
    assert offset(crew, at) == "0"
    first = send(crew, at, 0, body[:5000])
    assert (first.status_code, first["Upload-Offset"]) == (204, "5000")
    assert first["Upload-Expires"].endswith("GMT")
    assert (media / ".uploads" / at.rsplit("/", 1)[1]).read_bytes() == body[:5000]
    asked = crew.head(at, headers=TUS)
    assert (asked.status_code, asked["Upload-Offset"], asked["Upload-Length"], asked["Cache-Control"]) == (
        200,
        "5000",
        str(len(body)),
        "no-store",
    )
    last = send(crew, at, 5000, body[5000:])
    recording = Recording.objects.get()
    assert (last.status_code, last["Aqyn-Recording"]) == (204, str(recording.pk))
    assert (recording.kind, recording.name, recording.filename, recording.preferred) == (
        "demo",
        "Үйде",
        "Терезе.wav",
        True,
    )
    assert (media / recording.file).read_bytes() == body
    assert (Upload.objects.count(), uploads_in(media)) == (0, [])
    assert tasks.run_next(now=NOON, stop=lambda: False)
    assert recording.encodings.count() == 2
    assert crew.head(at, headers=TUS).status_code == 404


@pytest.mark.django_db(transaction=True)
def test_what_the_house_speaks_is_told_to_who_asks(write, crew):
    write()
    answer = crew.options(AT)
    assert (answer.status_code, answer["Tus-Version"], answer["Tus-Extension"], answer["Tus-Max-Size"]) == (
        204,
        "1.0.0",
        "creation,termination,expiration",
        str(300 << 20),
    )
    other = crew.post(AT, headers={"Tus-Resumable": "0.2.2", "Upload-Length": "9"})
    assert (other.status_code, other["Tus-Version"]) == (412, "1.0.0")
    assert crew.get(AT, headers=TUS).status_code == 405
    at = begin(crew, 100)
    over = {**PIECE, "X-HTTP-Method-Override": "PATCH", "Upload-Offset": "0"}
    answer = crew.post(at, data=b"x" * 10, content_type=PIECE_TYPE, headers=over)
    assert (answer.status_code, answer["Upload-Offset"]) == (204, "10")


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"Upload-Length": "0"}, 422),
        ({"Upload-Length": "-5"}, 400),
        ({"Upload-Length": "١٢"}, 400),
        ({"Upload-Length": "9" * 30}, 400),
        ({}, 400),
        ({"Upload-Length": str((300 << 20) + 1)}, 413),
        ({"Upload-Length": "9", "Upload-Metadata": "filename %%%"}, 400),
        ({"Upload-Length": "9", "Upload-Metadata": "kind " + b64encode(b"bootleg").decode()}, 422),
        ({"Upload-Length": "9", "Upload-Metadata": "replaces " + b64encode(b"77").decode()}, 404),
        ({"Upload-Length": "9", "Upload-Metadata": "replaces " + b64encode(b"x").decode()}, 400),
        ({"Upload-Length": "9", "Upload-Metadata": "filename " + b64encode(b"a\0b").decode()}, 422),
    ],
)
def test_an_upload_that_cannot_be_is_refused_in_one_sentence(write, crew, headers, status, snapshot):
    write()
    before = snapshot()
    sent = {name: value.encode().decode("latin-1") for name, value in headers.items()}
    answer = crew.post(AT, headers={**TUS, **sent})
    assert (answer.status_code, answer["Content-Type"]) == (status, "application/problem+json")
    assert answer.json()["status"] == status
    assert answer.json()["title"].count(".") == 1
    assert snapshot() == before


@pytest.mark.django_db(transaction=True)
def test_a_piece_that_does_not_fit_changes_nothing(write, crew, tone, snapshot, media):
    write()
    body = tone.read_bytes()
    at = begin(crew, len(body))
    send(crew, at, 0, body[:1000])
    kept = (media / ".uploads" / at.rsplit("/", 1)[1]).read_bytes
    before = snapshot()[1]
    for wrong in (0, 999, 1001, len(body)):
        answer = send(crew, at, wrong, body[1000:2000])
        assert (answer.status_code, "1000 bytes" in answer.json()["title"]) == (409, True)
    assert send(crew, at, 1000, body[1000:] + b"more").status_code == 413
    assert send(crew, at, "x", b"").status_code == 400
    plain = crew.patch(at, data=b"x", content_type="audio/wav", headers={**TUS, "Upload-Offset": "1000"})
    assert plain.status_code == 415
    assert (snapshot()[1], kept(), offset(crew, at)) == (before, body[:1000], "1000")


@pytest.mark.django_db(transaction=True)
def test_a_piece_may_have_eight_mebibytes_and_no_byte_more(write, crew):
    write()
    at = begin(crew, 20 << 20)
    assert send(crew, at, 0, bytes((8 << 20) + 1)).status_code == 413
    assert send(crew, at, 0, bytes(8 << 20)).status_code == 204
    assert offset(crew, at) == str(8 << 20)


@pytest.mark.django_db(transaction=True)
def test_two_who_bring_the_same_piece_are_told_apart(write, crew, media):
    write()
    at = begin(crew, 100)
    send(crew, at, 0, b"x" * 10)
    with (media / ".uploads" / at.rsplit("/", 1)[1]).open("rb") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        assert send(crew, at, 10, b"y").status_code == 423
    assert send(crew, at, 10, b"y").status_code == 204


@pytest.mark.django_db(transaction=True)
def test_nobody_but_the_crew_uploads(write, crew, visitor, snapshot):
    write()
    at = begin(crew, 100)
    before = snapshot()
    answers = [
        visitor.post(AT, headers={**TUS, "Upload-Length": "9"}),
        visitor.head(at, headers=TUS),
        send(visitor, at, 0, b"x"),
        visitor.delete(at, headers=TUS),
    ]
    assert [answer.status_code for answer in answers] == [401] * 4
    other = Client(headers={"Sec-Fetch-Site": "cross-site"}, SERVER_NAME="localhost")
    other.cookies = crew.cookies
    assert send(other, at, 0, b"x").status_code == 403
    assert snapshot() == before
    assert crew.head(at.replace("tereze", "other"), headers=TUS).status_code == 404


@pytest.mark.django_db(transaction=True)
def test_cancelling_leaves_nothing(write, crew, snapshot, media):
    write()
    before = snapshot()
    at = begin(crew, 100)
    send(crew, at, 0, b"x" * 10)
    assert crew.delete(at, headers=TUS).status_code == 204
    assert crew.delete(at, headers=TUS).status_code == 404
    assert send(crew, at, 10, b"x").status_code == 404
    assert snapshot() == before


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("body", [b"x" * 300, b"RIFF\xff\xff\xff\xffWAVEfmt ", b"<?xml version='1.0'?>"])
def test_a_file_that_is_no_recording_is_told_in_a_sentence_and_goes(write, crew, snapshot, body):
    write()
    before = snapshot()
    answer = send(crew, begin(crew, len(body)), 0, body)
    assert (answer.status_code, answer["Content-Type"]) == (422, "application/problem+json")
    assert answer.json()["title"].count(".") == 1
    assert snapshot() == before


@pytest.mark.django_db(transaction=True)
def test_the_same_recording_again_goes_and_the_first_stays(write, crew, tone, snapshot):
    write()
    services.attach_recording(song="tereze", source=tone, now=NOON)
    before, body = snapshot(), tone.read_bytes()
    answer = send(crew, begin(crew, len(body)), 0, body)
    assert (answer.status_code, answer.json()["title"]) == (422, "The song already has this very recording.")
    assert snapshot() == before


@pytest.mark.django_db(transaction=True)
def test_a_full_disk_is_told_and_what_had_arrived_stays(write, crew, tone, media):
    write()
    body = tone.read_bytes()
    at = begin(crew, len(body))
    place = media / ".uploads" / at.rsplit("/", 1)[1]
    place.symlink_to("/dev/full")
    answer = send(crew, at, 0, body)
    assert (answer.status_code, answer.json()["title"]) == (
        507,
        "There is no room left on the disk of the house; what has arrived stays for a day.",
    )
    place.unlink()
    assert send(crew, at, 0, body).status_code == 204


@pytest.mark.django_db(transaction=True)
def test_an_upload_larger_than_the_room_on_the_disk_is_not_begun(write, crew, monkeypatch, snapshot):
    write()
    before = snapshot()
    monkeypatch.setattr("shutil.disk_usage", lambda _path: SimpleNamespace(free=99))
    assert crew.post(AT, headers={**TUS, "Upload-Length": "100"}).status_code == 507
    assert snapshot() == before


@pytest.mark.django_db(transaction=True)
def test_a_crash_at_the_last_byte_is_made_good_by_an_empty_piece(write, crew, tone, media, monkeypatch):
    write()
    body = tone.read_bytes()
    at = begin(crew, len(body))

    def killed(*_arguments, **_told):
        raise KeyboardInterrupt

    with monkeypatch.context() as broken, pytest.raises(KeyboardInterrupt):
        broken.setattr("aqyn.media.probe", killed)
        send(crew, at, 0, body)
    assert offset(crew, at) == str(len(body))
    answer = send(crew, at, len(body), b"")
    assert (answer.status_code, answer["Aqyn-Recording"]) == (204, str(Recording.objects.get().pk))
    assert uploads_in(media) == []


@pytest.mark.django_db(transaction=True)
def test_what_nobody_goes_on_with_for_a_day_goes_by_itself(write, crew, media, monkeypatch):
    write()
    monkeypatch.setattr(tasks, "_tidied", None)
    body = b"x" * 10
    old, new = begin(crew, 100), begin(crew, 100)
    send(crew, old, 0, body)
    send(crew, new, 0, body)
    Upload.objects.filter(key=old.rsplit("/", 1)[1]).update(touched_at=NOON - timedelta(hours=25))
    Upload.objects.filter(key=new.rsplit("/", 1)[1]).update(touched_at=NOON - timedelta(hours=23))
    (media / ".uploads" / "without-a-row").write_bytes(b"x")
    assert not tasks.run_next(now=NOON, stop=lambda: False)
    assert [row.key for row in Upload.objects.all()] == [new.rsplit("/", 1)[1]] == uploads_in(media)
    with pytest.raises(refuse.UploadExpired):
        services.upload_state(song="tereze", key=new.rsplit("/", 1)[1], now=NOON + timedelta(hours=2))
    assert (Upload.objects.count(), uploads_in(media)) == (0, [])


@pytest.mark.django_db(transaction=True)
def test_a_removed_song_takes_what_was_on_its_way(write, crew, media):
    write()
    send(crew, begin(crew, 100), 0, b"x")
    services.remove_song(song="tereze", now=NOON)
    assert (Upload.objects.count(), uploads_in(media)) == (0, [])


@pytest.mark.django_db(transaction=True)
def test_so_many_may_be_on_their_way_and_no_more(write, crew):
    write()
    for _number in range(20):
        begin(crew, 100)
    assert crew.post(AT, headers={**TUS, "Upload-Length": "9"}).status_code == 429


@pytest.mark.django_db(transaction=True)
def test_a_new_master_takes_the_place_of_the_old_one(write, crew, tone, tmp_path):
    write()
    old = services.attach_recording(song="tereze", source=tone, now=NOON)
    body = sound(tmp_path / "new.wav", pitch=330).read_bytes()
    send(crew, begin(crew, len(body), replaces=old.pk), 0, body)
    new = Recording.objects.latest("pk")
    assert list(Recording.objects.values_list("pk", "preferred")) == [(old.pk, False), (new.pk, True)]
    job = Preparation.objects.get(kind="compare")
    assert (job.recording, job.source, job.details) == (new, old, {"replace": True})


def ask(house, method, path, cookie, body=None, **headers):
    sent = {"Cookie": cookie, "Origin": house.url, **TUS, **headers}
    return house.request(method, path, body=body, headers=sent)


def signed_in(house):
    """The cookie of the owner's browser, and the address of a song of hers."""
    cookie = ""

    def post(path, **form):
        headers = {"Content-Type": "application/x-www-form-urlencoded", "Cookie": cookie, "Origin": house.url}
        answer = house.request("POST", path, urlencode(form), headers)
        assert answer.status == 302, answer.content.decode()
        return answer

    key = post(house.key_path, name="Ару", email="aru@example.kz", language="kk")
    cookie = key.headers["Set-Cookie"].split(";")[0]
    post("/studio/artists/new/", **{"name_kk-Cyrl": "Ару", "hue": "28", "main_language": "kk-Cyrl"})
    new = house.get("/studio/songs/new/", {"Cookie": cookie}).content.decode()
    artist = re.search(r'name="artist"[^>]*value="([^"]+)"', new)[1]
    song = post("/studio/songs/new/", artist=artist, title="Терезе", language="kk-Cyrl", words="шам")
    return cookie, song.headers["Location"]


@pytest.mark.parametrize("moment", ["between", "within"])
def test_what_was_acknowledged_is_there_after_kill_9(open_house, tmp_path, moment, pytestconfig):
    if pytestconfig.getoption("--database") == "postgresql":
        pytest.skip("there a house that is opened again has another database")
    house = open_house()
    cookie, song = signed_in(house)
    body = sound(tmp_path / "long.wav", seconds=200).read_bytes()
    answer = ask(house, "POST", f"{song}uploads/", cookie, **{"Upload-Length": str(len(body))})
    assert answer.status == 201, answer.content
    at = answer.headers["Location"].removeprefix(house.url)
    piece = {"Content-Type": PIECE_TYPE, "Upload-Offset": "0"}
    assert ask(house, "PATCH", at, cookie, body[: 1 << 20], **piece).status == 204
    if moment == "within":
        # Half of the next piece is on its way when the house dies.
        half = HTTPConnection("127.0.0.1", house.port, timeout=20)
        half.putrequest("PATCH", at)
        for name, value in {"Cookie": cookie, "Origin": house.url, **TUS, "Content-Type": PIECE_TYPE}.items():
            half.putheader(name, value)
        half.putheader("Upload-Offset", str(1 << 20))
        half.putheader("Content-Length", str(1 << 20))
        half.endheaders(body[1 << 20 : 3 << 19])
    house.process.send_signal(signal.SIGKILL)
    house.process.wait()
    if moment == "within":
        half.close()
    again = open_house(data=house.data)
    there = int(ask(again, "HEAD", at, cookie).headers["Upload-Offset"])
    assert there >= 1 << 20
    assert next((house.data / "media" / ".uploads").iterdir()).read_bytes() == body[:there]
    rest = {"Content-Type": PIECE_TYPE, "Upload-Offset": str(there)}
    answer = ask(again, "PATCH", at, cookie, body[there:], **rest)
    assert (answer.status, list((house.data / "media" / ".uploads").iterdir())) == (204, [])
    [kept] = [path for path in (house.data / "media").rglob("*.wav") if not path.parent.name.startswith(".")]
    assert kept.read_bytes() == body


def test_a_piece_past_the_limit_is_refused_at_the_door(server):
    headers = {"Content-Length": str((8 << 20) + 1), "Cookie": "aqyn=abc"}
    with closing(HTTPConnection("127.0.0.1", server.port, timeout=20)) as connection:
        connection.putrequest("PATCH", "/studio/songs/tereze/uploads/x")
        for name, value in headers.items():
            connection.putheader(name, value)
        connection.endheaders()
        assert connection.getresponse().status == 413


@pytest.mark.django_db(transaction=True)
def test_a_backup_leaves_what_is_half_there_out(write, crew, tone, settings, tmp_path):
    from django.db import connection

    write()
    kept = services.attach_recording(song="tereze", source=tone, now=NOON)
    send(crew, begin(crew, 100), 0, b"x" * 10)
    if connection.vendor != "sqlite":
        pytest.skip("a backup is of a house on SQLite")
    data = Path(settings.MEDIA).parent
    (data / "aqyn.sqlite3").symlink_to(Path(connection.settings_dict["NAME"]).absolute())
    write_backup(data, tmp_path / "house.tar", now=NOON, progress=lambda _share: None)
    import tarfile

    with tarfile.open(tmp_path / "house.tar") as tar:
        names = tar.getnames()
    assert f"media/{kept.file}" in names
    assert [name for name in names if "uploads" in name] == []

"""Files that mean harm, through the whole way in: one sentence, no row and no file, or else a recording."""

import random
import struct

import numpy as np
import pytest
from tests.media.conftest import KINDS, tone, write_sound
from tests.media.test_hostile import REFUSALS, mutate
from tests.songs.conftest import NOON
from tests.songs.test_uploads import begin, send

from aqyn import media as sounds
from aqyn.core.lyrics.formats import id3, vorbis
from aqyn.songs import services, tasks
from aqyn.songs.models import Preparation, Recording
from aqyn.songs.sentences.media import MEDIA

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """Two seconds of the same tone in every accepted kind."""
    made = tmp_path_factory.mktemp("sounds")
    for name in KINDS:
        rate = 48000 if name == "opus.ogg" else 44100
        write_sound(made / name, tone(2, rate=rate), rate=rate, tags={"title": "Терезе", "lyrics": "шам"})
    return made


@pytest.fixture
def bring(write, crew, media):
    """Bring a body in by the tus way and have it prepared: "ok", or the code of the refusal.

    Whatever comes of it, no file stays that no row stands on.
    """
    write()
    sentences = {str(sentence): code for code, sentence in MEDIA.items()}

    def one(body):
        answer = send(crew, begin(crew, len(body)), 0, body)
        if answer.status_code != 204:
            assert answer.status_code == 422, answer.content
            assert not Recording.objects.exists()
            _nothing_left(media)
            return sentences[answer.json()["title"]]
        assert tasks.run_next(now=NOON, stop=lambda: False)
        job = Preparation.objects.latest("pk")
        found = job.error or "ok"
        assert Recording.objects.exists() == (found == "ok")
        for recording in Recording.objects.all():
            assert recording.waveform.levels
            services.remove_recording(recording=recording.pk, now=NOON)
        _nothing_left(media)
        return found

    return one


def _nothing_left(media):
    assert [path for path in media.rglob("*") if path.is_file() and path.name != ".lock"] == []


@pytest.mark.parametrize("name", KINDS)
def test_mutated_files_of_every_kind_are_recordings_or_refused_in_a_sentence(bring, folder, name):
    chance = random.Random(f"recordings {name}")
    body, other = (folder / name).read_bytes(), (folder / "song.mp3").read_bytes()
    assert bring(body) == "ok"
    found = {bring(mutate(body, chance, other)[: 4 << 20] or b"\0") for _ in range(5)}
    assert found <= REFUSALS


@pytest.mark.parametrize(
    "name", ["sixteen.wav", "song.flac", "song.m4a", "lossless.m4a", "opus.ogg", "song.mp3"]
)
def test_a_file_that_stops_half_way_is_refused(bring, folder, name):
    body = (folder / name).read_bytes()
    assert bring(body[: len(body) // 2]) in {"truncated", "damaged"}


def test_a_name_that_lies_is_never_asked(bring, folder, crew):
    body = (folder / "song.mp3").read_bytes()
    at = begin(crew, len(body), filename="../../../etc/passwd\u202egnp.wav")
    assert send(crew, at, 0, body).status_code == 204
    recording = Recording.objects.get()
    assert (recording.container, recording.file.endswith(".mp3")) == ("mp3", True)
    assert "/" not in recording.filename


def test_an_opus_that_claims_days_is_refused_before_it_is_decoded(bring, folder):
    body = bytearray((folder / "opus.ogg").read_bytes())
    at = body.rfind(b"OggS")
    body[at + 6 : at + 14] = struct.pack("<q", 48_000 * 864_000)
    # With its old checksum the page says nothing; the sound is all there.
    assert bring(bytes(body)) == "ok"
    body[at + 22 : at + 26] = bytes(4)
    body[at + 22 : at + 26] = struct.pack("<I", checksum(body[at:]))
    assert bring(bytes(body)) == "too_long"


def checksum(page):
    """That of an OGG page (RFC 3533, section 6): a CRC of 32 bits with the polynomial 04C11DB7."""
    found = 0
    for byte in page:
        found ^= byte << 24
        for _ in range(8):
            found = (found << 1 ^ 0x04C11DB7) & 0xFFFFFFFF if found & 0x80000000 else found << 1
    return found


def test_a_flac_of_half_an_hour_of_silence_in_a_few_kilobytes_is_cut_short(bring, tmp_path, settings):
    quiet = np.zeros((1, 8000 * 1800), np.float32)
    body = write_sound(tmp_path / "bomb", quiet, rate=8000, kind="song.flac").read_bytes()
    assert len(body) < 400_000
    assert bring(body) == "too_long"


def hostile_tags():
    large = id3.tag([id3.Frame("APIC", bytes(7 << 20))])
    return {
        "seven megabytes of a picture": large,
        "a size beyond the file": b"ID3\x04\0\0\x7f\x7f\x7f\x7f",
        "a size of nothing": b"ID3\x04\0\0\0\0\0\0",
        "tags in tags": b"ID3\x04\0\0\0\0\0\0" * 1000,
        "binary in a title": id3.tag([id3.Frame("TIT2", b"\x03" + bytes(range(256)) * 50)]),
        "orders to a terminal": id3.tag([id3.Frame("TIT2", "\x03\x1b]0;x\x07\u202e\u2066\0\0".encode())]),
        "ten thousand frames": id3.tag([id3.Frame("COMM", b"\x03eng\0x")] * 10_000),
        "a frame longer than its tag": b"ID3\x03\0\0\0\0\0\x0aTIT2\x7f\xff\xff\xff",
    }


@pytest.mark.parametrize("name", ["song.mp3", "song.aac"])
@pytest.mark.parametrize("tag", hostile_tags())
def test_hostile_tags_are_left_alone_or_refused(bring, folder, name, tag):
    found = bring(hostile_tags()[tag] + (folder / name).read_bytes())
    assert found in {"ok", "damaged", "not_audio"}
    if tag in ("a size of nothing", "binary in a title", "orders to a terminal"):
        assert found == "ok"


def test_hostile_comments_of_a_flac_are_left_alone_or_refused(bring, folder):
    body = (folder / "song.flac").read_bytes()
    for block in (
        vorbis.packed([vorbis.Comment("TITLE", "x")] * 9_000),
        vorbis.packed([vorbis.Comment("TITLE", "\x00\x1b[31m\u202e" * 1000)]),
        b"\xff\xff\xff\xff" * 20,
        b"",
    ):
        head = bytes([4]) + len(block).to_bytes(3, "big")
        # Behind STREAMINFO, which stays the first.
        assert bring(body[:42] + head + block + body[42:]) in {"ok", "damaged"}


def test_no_tag_reaches_the_page_as_anything_but_text(folder):
    body = id3.tag([id3.Frame("TIT2", "\x03<script>\x1b\u202eалма\0".encode())])
    path = folder / "tagged.mp3"
    path.write_bytes(body + (folder / "song.mp3").read_bytes())
    title = sounds.probe(path).tags["title"]
    path.unlink()
    assert title == "<script>алма"

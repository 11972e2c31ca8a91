"""Times that come with the words of a new song wait for its first recording that is as long as they are."""

from base64 import b64encode

import pytest
from tests.songs.conftest import NOON, sound
from tests.songs.test_beginning import begin as written
from tests.songs.test_beginning import file
from tests.songs.test_words import line_ids

from aqyn.core.lyrics.model import Line, Section
from aqyn.songs import services
from aqyn.songs.models import Recording, Song, Timing

pytestmark = pytest.mark.django_db(transaction=True)
AT = "/studio/songs/bekette-bir-tereze/"
LRC = "[00:00.10]Бекетте бір терезе\n[00:00.50]түнде жанды\n"
FIRST, LAST = [100, 500, "imported", 80], [500, 1200, "imported", 80]
NOT_TAKEN = "The times that came with the words were not taken: they go on to 0:01"


def begin(crew, words=LRC, name="tereze.lrc", **told):
    assert written(crew, words_file=file(name, words), **told).status_code == 302
    return Song.objects.get()


def upload(crew, path):
    """By pieces, in one of them."""
    body, tus = path.read_bytes(), {"Tus-Resumable": "1.0.0"}
    told = f"filename {b64encode(path.name.encode()).decode()}"
    headers = tus | {"Upload-Length": str(len(body)), "Upload-Metadata": told}
    at = crew.post(f"{AT}uploads/", headers=headers)["Location"].removeprefix("http://localhost")
    kind = "application/offset+octet-stream"
    answer = crew.patch(at, data=body, content_type=kind, headers=tus | {"Upload-Offset": "0"})
    assert answer.status_code == 204, answer.content


def times(recording=None):
    timing = Timing.objects.get(recording=recording) if recording else Timing.objects.get()
    return [timing.cues.get(str(line)) for line in line_ids(timing.recording.song)], timing.source


def waiting():
    return Song.objects.get().waiting_times


def test_times_wait_and_the_page_says_so(crew, artist):
    song = begin(crew)
    first, last = line_ids(song)
    assert waiting() == {
        "cues": {str(first): FIRST, str(last): [500, 500, "imported", 80]},
        "source": "LRC",
    }
    assert "the recording takes them as it comes in" in crew.get(AT).content.decode()


def test_a_recording_in_the_same_form_takes_them(crew, artist, tone):
    begin(crew, recording=file("a.wav", tone.read_bytes()))
    assert (times(), waiting()) == (([FIRST, LAST], "LRC"), {})


def test_a_recording_by_pieces_takes_them(crew, artist, tone):
    begin(crew)
    upload(crew, tone)
    assert (times(), waiting()) == (([FIRST, LAST], "LRC"), {})


def test_a_recording_by_its_own_form_takes_them(crew, artist, tone):
    begin(crew)
    crew.post(f"{AT}recordings/", {"file": file("a.wav", tone.read_bytes())})
    assert (times(), waiting()) == (([FIRST, LAST], "LRC"), {})


def test_times_longer_than_the_recording_wait_on_for_one_that_is_as_long(crew, artist, tmp_path, tone):
    begin(crew, LRC + "[00:01.05]\n")
    before = waiting()
    upload(crew, sound(tmp_path / "short.wav", seconds=1.0))
    assert (Timing.objects.count(), waiting()) == (0, before)
    assert NOT_TAKEN in crew.get(AT).content.decode()
    upload(crew, tone)
    long = Recording.objects.get(filename="tone.wav")
    assert times(long) == ([FIRST, [500, 1050, "imported", 80]], "LRC")
    assert waiting() == {}
    assert NOT_TAKEN not in crew.get(AT).content.decode()


def test_a_song_that_was_timed_meanwhile_lets_them_go(crew, artist, tmp_path, tone):
    song = begin(crew, LRC + "[00:01.05]\n")
    upload(crew, sound(tmp_path / "short.wav", seconds=1.0))
    first, _last = line_ids(song)
    change = services.timing.Change(None, [0, 300])
    services.set_lines(recording=Recording.objects.get().pk, lines={str(first): change}, now=NOON)
    assert NOT_TAKEN not in crew.get(AT).content.decode()
    upload(crew, tone)
    assert (Timing.objects.count(), waiting()) == (1, {})


def test_times_that_wait_follow_the_words(crew, artist, tone):
    words = "[00:00.10]<00:00.10>Бекетте <00:00.20>бір <00:00.30>терезе<00:00.40>\n[00:00.50]түнде жанды\n"
    song = begin(crew, words)
    lines = (Line("Жаңа жол", "kk"), Line("Бекетте терезе", "kk"), Line("түнде жанды", "kk"))
    changed = (Section("verse", lines),)
    services.change_words(song=song.slug, sections=changed, now=NOON)
    upload(crew, tone)
    cues, _source = times()
    assert (cues[0], [word[:2] for word in cues[1]], cues[2]) == (None, [[100, 200], [300, 400]], LAST)


def test_no_times_wait_once_their_lines_are_gone(crew, artist):
    song = begin(crew, "[00:00.10]Бекетте бір терезе\nтүнде жанды\n")
    changed = (Section("verse", (Line("түнде жанды", "kk"),)),)
    services.change_words(song=song.slug, sections=changed, now=NOON)
    assert waiting() == {}


def test_times_that_nobody_could_sing_are_no_song(crew, artist, snapshot):
    before = snapshot()
    words = file("a.lrc", "[00:05.00]<00:05.00>бір <00:03.00>терезе<00:06.00>\n")
    answer = written(crew, words_file=words)
    assert "line 1: the times of its words do not follow one another." in answer.content.decode()
    assert (answer.status_code, snapshot()) == (400, before)

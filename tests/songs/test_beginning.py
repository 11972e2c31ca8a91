"""The ten-minute path: words, perhaps a recording beside them, and nothing asked that can be asked later."""

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from tests.songs.conftest import NOON

from aqyn.songs import services, tasks
from aqyn.songs.models import LineText, Recording, Song

pytestmark = pytest.mark.django_db(transaction=True)
NEW = "/studio/songs/new/"
WORDS = "[chorus]\nБекетте [Am]бір терезе,\nтүнде жанды\n\n{ru:вернись домой}"
LRC = "[ti:Терезе]\n[00:01.00]Бекетте бір терезе\n[00:03.00]түнде жанды\n"


def file(name, body):
    return SimpleUploadedFile(name, body if isinstance(body, bytes) else body.encode())


def begin(crew, **told):
    """Write the song; a file with words is looked at first, as its page asks."""
    answer = crew.post(NEW, {"artist": "madina"} | told)
    page = answer.content.decode()
    if answer.status_code == 200 and 'name="carried"' in page:
        carried = re.search(r'name="carried" value="([^"]*)"', page)[1]
        name = re.search(r'name="filename" value="([^"]*)"', page)[1]
        left = {key: value for key, value in told.items() if key != "words_file"}
        if "recording" in left:
            left["recording"].seek(0)
        answer = crew.post(NEW, {"artist": "madina", "carried": carried, "filename": name} | left)
    return answer


def test_words_alone_become_a_song_with_the_first_line_as_its_title(crew, artist):
    answer = begin(crew, words=WORDS)
    assert answer["Location"] == "/studio/songs/bekette-bir-tereze/"
    song = Song.objects.get()
    assert (song.language, song.title) == ("kk-Cyrl", {"kk-Cyrl": "Бекетте бір терезе"})
    assert "in this language: Kazakh, Cyrillic" in crew.get(answer["Location"]).content.decode()


@pytest.mark.parametrize(
    ("words", "language"),
    [
        ("А кругом ракушек хруст", "ru"),
        ("[Am]Қайтып кел", "kk-Cyrl"),
        ("Terezeñde şam sönbesin", "kk-Latn"),
        ("تەرەزەڭدە شام", "kk-Arab"),
        ("[chorus]\na lamp in the {kk:терезеңде} night", "en"),
    ],
)
def test_the_language_is_told_by_the_letters(crew, artist, words, language):
    begin(crew, words=words)
    assert Song.objects.get().language == language


def test_what_somebody_says_goes_before_what_is_guessed(crew, artist):
    begin(crew, words="Бала бала", language="kk-Cyrl", title="Ән")
    assert Song.objects.get().title == {"kk-Cyrl": "Ән"}


def test_a_words_file_is_enough(crew, artist):
    begin(crew, words_file=file("terezе.lrc", LRC))
    song = Song.objects.get()
    assert (song.title, song.language) == ({"kk-Cyrl": "Терезе"}, "kk-Cyrl")
    main = LineText.objects.filter(kind="main").values_list("text", flat=True)
    assert list(main) == ["Бекетте бір терезе", "түнде жанды"]


def test_a_recording_beside_the_words_comes_in_one_go_without_scripts(crew, artist, tone):
    answer = begin(crew, words=WORDS, recording=file("Демо.wav", tone.read_bytes()))
    recording = Recording.objects.get()
    assert (recording.filename, recording.preferred) == ("Демо.wav", True)
    assert tasks.run_next(now=NOON, stop=lambda: False)
    page = crew.get(answer["Location"]).content.decode()
    assert "Time it, so that the words light up" in page
    services.publish(song=Song.objects.get().slug, reach="public", now=NOON)
    assert crew.get(f"/kk/songs/{Song.objects.get().slug}/").status_code == 200


def test_a_recording_that_is_none_leaves_the_song_and_says_why(crew, artist, media):
    answer = begin(crew, words=WORDS, recording=file("x.wav", b"RIFF but no sound"))
    assert "This file is not a sound recording." in crew.get(answer["Location"]).content.decode()
    assert (Song.objects.count(), Recording.objects.count()) == (1, 0)
    assert [path for path in media.rglob("*") if path.is_file() and path.name != ".lock"] == []


def test_a_script_is_told_where_the_recording_goes(crew, artist):
    answer = crew.post(NEW, {"artist": "madina", "words": "шам"}, headers={"Accept": "application/json"})
    assert answer.json() == {"page": "/studio/songs/sham/", "uploads": "/studio/songs/sham/uploads/"}
    answer = crew.post(NEW, {"artist": "madina", "words": ""}, headers={"Accept": "application/json"})
    assert (answer.status_code, answer["Content-Type"]) == (400, "application/problem+json")


@pytest.mark.parametrize(
    ("told", "sentence"),
    [
        ({}, "Write or paste the words, or choose a file with them."),
        ({"words": "{ru:море"}, "line 1: A {…} span is not closed."),
        ({"words": "шам", "words_file": file("a.txt", "сөз")}, "leave one of them out"),
        ({"words_file": file("a.txt", b"\xff\xfe\x00")}, "this is not UTF-8 text: save it as UTF-8"),
        (
            {"words_file": file("a.lrc", b"\xff\xfb\x90\x00" * 99)},
            "This is a recording, not a file of words.",
        ),
        ({"words_file": file("a.docx", b"PK\x03\x04" + bytes(99))}, "copy its words and paste them."),
        ({"words_file": file("a.rtf", r"{\rtf1 Terezede}")}, "copy its words and paste them."),
        ({"words": "шам\n" + "а" * 1001}, "Line 2 is too long: at most 1000 characters"),
        ({"words": "шам", "language": "tlh"}, "is not one of the available choices"),
    ],
)
def test_what_cannot_be_a_song_is_given_back_with_a_sentence(crew, artist, told, sentence, snapshot):
    before = snapshot()
    answer = begin(crew, **told)
    assert answer.status_code == 400
    assert sentence in answer.content.decode()
    assert snapshot() == before


def test_words_from_a_web_page_have_no_line_that_nobody_sees(crew, artist):
    said = "Бекетте бір\u00a0те\u00adрезе\r\n\u200b\r\nтүнде жанды\r\n"
    for told in ({"words": said}, {"words_file": file("a.txt", said)}):
        begin(crew, **told)
        song = Song.objects.last()
        main = LineText.objects.filter(kind="main", line__section__song=song)
        assert list(main.values_list("text", flat=True)) == ["Бекетте бір терезе", "түнде жанды"]
        assert song.sections.count() == 2


def test_a_first_line_without_letters_still_has_an_address(crew, artist):
    assert begin(crew, words="…", language="en")["Location"] == "/studio/songs/song/"


def test_a_file_is_told_before_anything_is_written(crew, artist, snapshot):
    before = snapshot()
    answer = crew.post(NEW, {"artist": "madina", "title": "Түн", "words_file": file("тереза.lrc", LRC)})
    page = answer.content.decode()
    assert answer.status_code == 200
    for told in (
        "LRC",
        "тереза.lrc",
        "<dt>Lines</dt><dd>2</dd>",
        "<dt>Timed</dt><dd>2</dd>",
        "Kazakh, Cyrillic",
    ):
        assert told in page
    assert "<li>Бекетте бір терезе</li><li>түнде жанды</li>" in page
    assert 'value="Түн"' in page
    assert snapshot() == before
    scripted = crew.post(
        NEW,
        {"artist": "madina", "words_file": file("тереза.lrc", LRC)},
        headers={"Accept": "application/json"},
    )
    assert (scripted.status_code, scripted.json()["title"]) == (409, "See first what the file holds.")
    assert snapshot() == before


def test_a_file_that_was_looked_at_can_be_left_out(crew, artist, snapshot):
    before = snapshot()
    answer = crew.post(NEW, {"artist": "madina", "words_file": file("тереза.lrc", LRC)})
    carried = re.search(r'name="carried" value="([^"]*)"', answer.content.decode())[1]
    left = crew.post(NEW, {"artist": "madina", "title": "Түн", "carried": carried, "leave": "1"})
    assert (left.status_code, 'name="carried"' in left.content.decode()) == (200, False)
    assert 'value="Түн"' in left.content.decode()
    assert "Write or paste the words" not in left.content.decode()
    assert snapshot() == before


def test_a_carried_file_that_was_changed_on_its_way_is_no_file(crew, artist, snapshot):
    before = snapshot()
    answer = crew.post(NEW, {"artist": "madina", "carried": "%%%", "filename": "a.lrc"})
    assert answer.status_code == 400
    assert "Write or paste the words" in answer.content.decode()
    assert snapshot() == before

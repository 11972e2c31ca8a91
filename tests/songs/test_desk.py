"""The desk: what the crew do with songs, and that nobody else does."""

import pytest
from django.test import Client
from tests.songs.conftest import NOON, sound

from aqyn.songs import services
from aqyn.songs.models import LineText, Publication, Song

pytestmark = pytest.mark.django_db


def test_the_crew_write_publish_and_remove_a_song_without_javascript(crew, visitor, artist):
    assert "No song yet." in crew.get("/studio/songs/").content.decode()
    assert crew.get("/studio/songs/new/").status_code == 200
    words = "Терезеде жанған шам\n\n[chorus]\nтеңіз {ru:море}"
    answer = crew.post(
        "/studio/songs/new/", {"artist": "madina", "title": "Терезе", "language": "kk-Cyrl", "words": words}
    )
    assert answer["Location"] == "/studio/songs/tereze/"
    assert visitor.get("/kk/songs/tereze/").status_code == 404
    assert crew.post("/studio/songs/tereze/reach/", {"reach": "link"}).status_code == 302
    assert f"/heard/{Publication.objects.get().key}/" in crew.get("/studio/songs/tereze/").content.decode()
    assert crew.post("/studio/songs/tereze/reach/", {"reach": "public"}).status_code == 302
    assert visitor.get("/kk/songs/tereze/").status_code == 200
    line = LineText.objects.filter(tag="kk-Latn").first().line_id
    page = f"/studio/songs/tereze/lines/{line}/"
    assert "made by the house" in crew.get(page).content.decode()
    crew.post(page, {"tag": "kk-Latn", "text": "Terezede!"})
    assert "Terezede!" in crew.get("/studio/songs/tereze/readings/").content.decode()
    crew.post(page, {"tag": "kk-Latn", "deed": "give-back"})
    assert "Terezede!" not in crew.get("/studio/songs/tereze/readings/").content.decode()
    assert crew.post(page, {"tag": "kk-Latn", "deed": "give-back"}).status_code == 409
    base = crew.get("/studio/songs/tereze/words/").context["base"]
    answer = crew.post("/studio/songs/tereze/words/", {"words": "жаңа сөз", "base": base, "deed": "keep"})
    assert answer.status_code == 302
    assert Song.objects.get().sections.count() == 1
    assert "This cannot be undone." in crew.get("/studio/songs/tereze/remove/").content.decode()
    assert crew.post("/studio/songs/tereze/remove/").status_code == 302
    assert not Song.objects.exists()


def test_two_songs_of_one_title_get_two_addresses(crew, artist):
    told = {"artist": "madina", "title": "Терезе", "language": "kk-Cyrl", "words": "а"}
    for slug in ("tereze", "tereze-2"):
        assert crew.post("/studio/songs/new/", told)["Location"] == f"/studio/songs/{slug}/"


def test_words_that_cannot_be_read_are_given_back_with_a_sentence(crew, artist):
    told = {"artist": "madina", "title": "Терезе", "language": "kk-Cyrl", "words": "а\n{ru:б"}
    answer = crew.post("/studio/songs/new/", told)
    assert answer.status_code == 400
    assert "line 2: A {…} span is not closed." in answer.content.decode()
    assert not Song.objects.exists()


def test_facts_are_told_anew_and_what_the_form_hides_stays(crew, write):
    song = write(
        title={"kk-Cyrl": "Терезе", "de": "Fenster"},
        credits=[{"role": {"kk": "Сөзі", "ru": "Слова"}, "name": "М"}],
        themes=[{"kk": "шам", "ru": "лампа"}],
        cause=services.CauseFacts({"kk": "Шам"}, {"kk": "Жарық"}, "Қор", "https://example.org"),
    )
    page = crew.get("/studio/songs/tereze/")
    form = page.context["form"]
    told = {name: form.initial.get(name, "") for name in form.fields}
    told = {name: "" if value is None else value for name, value in told.items()}
    assert crew.post("/studio/songs/tereze/", told).status_code == 302
    before = (song.title, song.credits, song.themes)
    song.refresh_from_db()
    assert (song.title, song.credits, song.themes) == before
    assert (song.cause.title, song.cause.text, song.cause.link) == (
        {"kk": "Шам"},
        {"kk": "Жарық"},
        "https://example.org",
    )
    answer = crew.post("/studio/songs/tereze/", told | {"slug": "shyraq", "hue": "200", "link": "ftp://x"})
    assert answer.status_code == 400
    assert "is not an address" in answer.content.decode()
    answer = crew.post(
        "/studio/songs/tereze/", told | {"slug": "shyraq", "hue": "200", "story.ru": "Ночь.\n\nПоезд."}
    )
    assert answer["Location"] == "/studio/songs/shyraq/"
    song.refresh_from_db()
    assert (song.slug, song.hue, song.story) == ("shyraq", 200, {"ru": "Ночь.\n\nПоезд."})


def test_recordings_are_preferred_and_removed_on_the_desk(heard, crew, tmp_path):
    song = heard("public")
    second = services.attach_recording(song="tereze", source=sound(tmp_path / "b.wav", pitch=99), now=NOON)
    assert "Being prepared" in crew.get("/studio/songs/tereze/").content.decode()
    at = f"/studio/songs/tereze/recordings/{second.pk}"
    assert crew.post(f"{at}/prefer/").status_code == 302
    assert song.recordings.get(preferred=True) == second
    job = second.preparations.get().pk
    assert crew.get(f"{at}/remove/").status_code == 200
    assert crew.post(f"/studio/songs/tereze/jobs/{job}/cancel/").status_code == 302
    assert crew.post(f"{at}/remove/").status_code == 404
    assert song.recordings.count() == 1
    assert song.recordings.get().preferred


@pytest.mark.parametrize(
    "path",
    [
        "",
        "new/",
        "tereze/",
        "tereze/words/",
        "tereze/readings/",
        "tereze/versions/",
        "tereze/remove/",
        "tereze/lines/1/",
        "tereze/page/",
    ],
)
def test_the_desk_is_for_those_who_are_signed_in(visitor, path, db):
    answer = visitor.get(f"/studio/songs/{path}")
    assert (answer.status_code, answer["Location"].split("?")[0]) == (302, "/sign-in/")


@pytest.mark.parametrize("path", ["tereze/reach/", "tereze/recordings/1/prefer/", "tereze/remove/"])
def test_a_deed_of_another_site_is_refused(crew, write, path, snapshot):
    write()
    before = snapshot()
    other = Client(headers={"Sec-Fetch-Site": "cross-site"}, SERVER_NAME="localhost")
    other.cookies = crew.cookies
    assert other.post(f"/studio/songs/{path}", {"reach": "public"}).status_code == 403
    assert snapshot() == before

"""What a visitor finds: the way to her language, the artist, her songs, an empty house."""

import json
import re

import pytest
from django.urls import reverse

from aqyn.people import services as people
from aqyn.ui.pages import public_query

LANGUAGES = ["kk", "kk-latn", "kk-arab", "ru", "en"]


def text(answer) -> str:
    return answer.content.decode()


@pytest.mark.parametrize(
    "asked, code",
    [
        ("ru-RU,ru;q=0.9", "ru"),
        ("kk-KZ", "kk"),
        ("kk-Arab", "kk-arab"),
        ("fr", "en"),
        ("", "en"),
        ("kk-Latn", "kk-latn"),
    ],
)
def test_the_first_address_leads_to_the_readers_language_and_is_never_kept(visitor, asked, code, db):
    answer = visitor.get("/", headers={"Accept-Language": asked})
    assert (answer.status_code, answer["Location"]) == (302, f"/{code}/")
    assert "Accept-Language" in answer["Vary"] and answer["Cache-Control"] == "no-store"


@pytest.mark.parametrize(
    "code, name, tag",
    [
        ("kk", "Мадина Иманқұлов", "kk-Cyrl"),
        ("kk-latn", "Madina İmanqūlov", "kk-Latn"),
        ("ru", "Мадина Иманкулов", "ru"),
        ("en", "Madina Imankulov", "en"),
    ],
)
def test_one_artists_house_opens_with_her_name_in_the_readers_letters(visitor, qyzylorda, code, name, tag):
    page = text(visitor.get(f"/{code}/"))
    assert f'<h1><span lang="{tag}" dir="ltr">{name}</span></h1>' in page
    assert f'<html lang="{tag}" dir="ltr" data-hue="28">' in page


def test_the_arabic_page_runs_from_the_right(visitor, qyzylorda):
    page = text(visitor.get("/kk-arab/"))
    assert '<html lang="kk-Arab" dir="rtl" data-hue="28">' in page
    assert re.search(r'<h1><span lang="kk-Arab" dir="rtl">\w+ \w+</span></h1>', page)


def test_the_one_button_plays_the_first_song_that_can_be_heard(visitor, madina, make_song):
    make_song(madina, "silent", {"en": "Silent"}, sound=False)
    make_song(madina, "heard", {"en": "Heard"})
    page = text(visitor.get("/en/"))
    assert re.findall(r'<a class="button" href="([^"]+)"', page) == ["/en/songs/heard/"]
    assert "Listen to “Heard”" in page


def test_a_song_without_sound_is_read(visitor, madina, make_song):
    make_song(madina, "silent", {"en": "Silent"}, sound=False)
    assert "Read “Silent”" in text(visitor.get("/en/"))


def test_drafts_and_songs_by_link_are_not_on_the_page(visitor, madina, make_song):
    make_song(madina, "draft", {"en": "Draft"}, reach=None)
    make_song(madina, "linked", {"en": "Linked"}, reach="link")
    for path in ("/en/", "/en/songs/", "/en/artists/madina/", "/sitemap.xml"):
        page = text(visitor.get(path))
        assert "Draft" not in page and "Linked" not in page and "draft" not in page and "linked" not in page


def test_each_song_has_its_own_hue_carpet_and_length(visitor, madina, make_song):
    make_song(madina, "one", {"en": "One"}, hue=262)
    page = text(visitor.get("/en/songs/"))
    assert 'href="/en/songs/one/" data-hue="262"' in page and "4:05" in page
    assert page.count('class="ornament"') == 1


def test_ids_of_carpets_do_not_repeat_within_a_page(visitor, madina, make_song):
    for number in range(3):
        make_song(madina, f"song-{number}", {"en": f"Song {number}"})
    found = re.findall(r'\bid="([^"]+)"', text(visitor.get("/en/")))
    assert len(found) == len(set(found)) > 10


def test_several_artists_are_a_list(visitor, qyzylorda):
    people.make_artist(name={"en": "Aigerim"}, slug="aigerim", hue=205)
    page = text(visitor.get("/en/"))
    assert 'href="/en/artists/madina/"' in page and 'href="/en/artists/aigerim/"' in page
    assert "1 song" in page and "0 songs" in page
    assert "Aigerim</span></h1>" in text(visitor.get("/en/artists/aigerim/"))


def test_an_empty_house_says_what_it_waits_for(visitor, db):
    page = text(visitor.get("/en/"))
    assert "This house waits for its singer" in page and 'href="/studio/"' in page
    assert "No song is open to all yet" in text(visitor.get("/en/songs/"))


def test_an_unknown_artist_is_not_found_in_the_houses_own_voice(visitor, madina):
    answer = visitor.get("/en/artists/nobody/")
    assert answer.status_code == 404
    assert "There is no such page" in text(answer) and 'href="/en/"' in text(answer)


@pytest.mark.parametrize("path", ["/kk/", "/kk/songs/", "/kk/artists/madina/"])
def test_every_page_names_itself_in_every_language(visitor, qyzylorda, path):
    page = text(visitor.get(path))
    found = dict(re.findall(r'<link rel="alternate" hreflang="([^"]+)" href="([^"]+)">', page))
    rest = path.removeprefix("/kk")
    assert found == {
        "kk": f"http://localhost/kk{rest}",
        "kk-Latn": f"http://localhost/kk-latn{rest}",
        "kk-Arab": f"http://localhost/kk-arab{rest}",
        "ru": f"http://localhost/ru{rest}",
        "en": f"http://localhost/en{rest}",
        "x-default": f"http://localhost/en{rest}",
    }
    assert f'<link rel="canonical" href="http://localhost{path}">' in page


def test_search_engines_read_who_sings(visitor, qyzylorda):
    page = text(visitor.get("/en/"))
    data = json.loads(re.search(r'<script type="application/ld\+json">(.*?)</script>', page).group(1))
    assert (data["@type"], data["name"]) == ("MusicGroup", "Madina Imankulov")
    assert data["alternateName"] == ["Мадина Иманкулов", "Мадина Иманқұлов"]
    assert data["track"] == [
        {
            "@type": "MusicRecording",
            "name": "Kyzylorda",
            "url": "http://localhost/en/songs/qyzylorda/",
            "inLanguage": "kk-Cyrl",
            "duration": "PT245S",
        }
    ]


def test_a_name_cannot_end_the_block_of_data(visitor, db):
    people.make_artist(name={"en": "</script><b>&"}, slug="odd")
    page = text(visitor.get("/en/"))
    assert "</script><b>" not in page and "\\u003c/script\\u003e\\u003cb\\u003e\\u0026" in page


@pytest.mark.parametrize("name", ["home", "songs", "artist"])
@pytest.mark.parametrize("code", LANGUAGES)
def test_public_pages_read_no_session_so_that_they_can_be_kept(visitor, qyzylorda, name, code):
    from django.urls import resolve

    path = (
        "/" + code + reverse(f"site:{name}", args=["madina"] if name == "artist" else []).removeprefix("/en")
    )
    assert public_query(resolve(f"/en{path.removeprefix('/' + code)}").func) == ()
    answer = visitor.get(path)
    assert answer.status_code == 200
    assert "Cookie" not in answer.get("Vary", "") and not answer.cookies


def test_the_page_asks_a_handful_of_rows_however_many_songs(
    visitor, madina, make_song, django_assert_num_queries
):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    make_song(madina, "song-0", {"en": "Song"})
    with CaptureQueriesContext(connection) as one:
        visitor.get("/en/")
    make_song(madina, "song-1", {"en": "Song"})
    make_song(madina, "song-2", {"en": "Song"})
    with django_assert_num_queries(len(one)):
        visitor.get("/en/")

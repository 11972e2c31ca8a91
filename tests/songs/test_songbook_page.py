"""The songbook's page: the list in its order, the book as an answer, and one sentence where there is none."""

import os
import re
import threading
import time

import pytest
from django.db import connection
from tests.conftest import children_of

from aqyn.core.lyrics.model import Line, Section
from aqyn.songs.songbook import cancelling, choice, forms, making

pytestmark = pytest.mark.django_db

URL = "/studio/songbook/"
SET = {"title": "Терезе", "first": "kk-Cyrl", "second": "", "beneath": "", "over": "nothing", "paper": "a5"}


def listed(answer):
    """The songs as the page lists them, those that are in the book with a plus."""
    found = re.findall(r'name="song" value="([\w-]+)"( checked)?', answer.content.decode())
    return [slug + ("+" if checked else "") for slug, checked in found]


@pytest.fixture
def songs(write):
    for slug in ("bir", "eki", "ush"):
        write(slug, title={"kk-Cyrl": slug})


def test_only_the_crew_makes_a_book(visitor, songs):
    assert visitor.get(URL).status_code == visitor.post(URL, SET | {"song": "bir"}).status_code == 302


def test_a_book_of_all_songs_is_one_click_away(crew, songs):
    answer = crew.get(URL)
    page = answer.content.decode()
    assert (answer.status_code, listed(answer)) == (200, ["bir+", "eki+", "ush+"])
    assert 'value="Мадина"' in page and '<option value="kk-Cyrl" selected>' in page
    assert URL in crew.get("/studio/songs/").content.decode()


def test_the_book_comes_as_a_file_under_its_title(crew, songs):
    answer = crew.post(URL, SET | {"song": ["ush", "bir"], "order": "ush eki bir"})
    assert answer["Content-Type"] == "application/pdf"
    assert answer["Content-Disposition"] == 'attachment; filename="tereze.pdf"'
    assert "no-store" in answer["Cache-Control"]
    assert answer.content.startswith(b"%PDF-")


def test_the_book_is_in_the_order_of_the_page(crew, songs, monkeypatch):
    made = []
    monkeypatch.setattr(
        "aqyn.songs.views.songbook.make_book", lambda choice, **_: made.append(choice) or b"%PDF-"
    )
    crew.post(URL, SET | {"song": ["bir", "ush"], "order": "ush nobody ush bir", "second": "kk-Latn"})
    [choice] = made
    assert (choice.songs, choice.second) == (["ush", "bir"], "kk-Latn")


@pytest.mark.parametrize(
    ("move", "wanted"),
    [
        ({"down": "bir"}, ["eki", "bir+", "ush+"]),
        ({"up": "ush"}, ["bir+", "ush+", "eki"]),
        ({"up": "bir"}, ["bir+", "eki", "ush+"]),
        ({"down": "ush"}, ["bir+", "eki", "ush+"]),
        ({"up": "nobody"}, ["bir+", "eki", "ush+"]),
    ],
)
def test_without_a_script_the_arrows_move_a_song_and_keep_the_choice(crew, songs, move, wanted):
    told = SET | {"song": ["bir", "ush"], "order": "bir eki ush", "title": "Менің әндерім"} | move
    answer = crew.post(URL, told)
    assert (answer.status_code, listed(answer)) == (200, wanted)
    assert 'value="Менің әндерім"' in answer.content.decode()
    assert 'class="errors"' not in answer.content.decode()


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"song": []}, "Choose at least one song for the book."),
        ({"title": "a" * 121}, "Ensure this value has at most 120 characters"),
        ({"title": "a\x07b"}, "holds a control character"),
        ({"title": " "}, "This field is required."),
        ({"first": "xx"}, "Select a valid choice."),
        ({"paper": "a0"}, "Select a valid choice."),
        ({"over": ""}, "This field is required."),
    ],
)
def test_what_cannot_be_a_book_is_told_in_one_sentence(crew, songs, wrong, sentence):
    told = SET | {"song": ["bir"]} | wrong
    answer = crew.post(URL, told)
    assert answer.status_code == 400 and sentence in answer.content.decode()
    problem = crew.post(URL, told, headers={"Accept": "application/pdf"})
    assert (problem.status_code, problem["Content-Type"]) == (400, "application/problem+json")
    assert sentence in problem.json()["title"]


def test_more_songs_than_a_book_holds_are_refused(crew, songs, monkeypatch):
    monkeypatch.setattr(forms, "MOST_SONGS", 2)
    answer = crew.post(URL, SET | {"song": ["bir", "eki", "ush"]}, headers={"Accept": "application/pdf"})
    assert answer.json()["title"] == "A book holds at most 2 songs; you chose 3."
    assert choice.MOST_SONGS == 300


def test_a_book_that_cannot_be_set_now_says_so_and_keeps_the_form(crew, songs, monkeypatch):
    monkeypatch.setattr(making, "WAIT_S", 0.01)
    with making._one_at_a_time:
        answer = crew.post(URL, SET | {"song": ["eki"]})
    assert (answer.status_code, listed(answer)) == (409, ["bir", "eki+", "ush"])
    assert "Another book is being set right now" in answer.content.decode()


def test_a_layer_beside_or_beneath_itself_is_shown_once(crew, songs, monkeypatch):
    made = []
    monkeypatch.setattr(
        "aqyn.songs.views.songbook.make_book", lambda choice, **_: made.append(choice) or b"%PDF-"
    )
    crew.post(URL, SET | {"song": ["bir"], "second": "en", "beneath": "en"})
    crew.post(URL, SET | {"song": ["bir"], "second": "kk-Cyrl"})
    assert [(choice.second, choice.beneath) for choice in made] == [("en", ""), ("", "")]


def test_a_house_without_songs_says_what_to_do(crew):
    assert "A book needs a song" in crew.get(URL).content.decode()
    assert crew.post(URL, SET).status_code == 400


def test_the_page_asks_as_often_for_many_songs_as_for_one(crew, write, django_assert_num_queries):
    from django.test.utils import CaptureQueriesContext

    counts = []
    for slugs in (["one"], ["two", "three"]):
        for slug in slugs:
            write(slug, sections=[Section("verse", (Line("шам", "kk"),))])
        crew.get(URL)
        asked = []
        for deed in (lambda: crew.get(URL), lambda: crew.post(URL, SET | {"song": ["one", "two"]})):
            with CaptureQueriesContext(connection) as queries:
                assert deed().status_code == 200
            asked.append(len(queries))
        counts.append(asked)
    assert counts[0] == counts[1]


def test_a_cancelled_book_leaves_no_process_and_frees_the_next_at_once(transactional_db, crew, write):
    long = tuple(Line(f"Терезеде жанған шам {n} өшпесін түнде", "kk") for n in range(400))
    songs = [f"long-{n}" for n in range(6)]
    for slug in songs:
        write(slug, sections=[Section("verse", long)])
    before, told = set(children_of(os.getpid())), []

    def asks(client, **more):
        told.append(client.post(URL, SET | {"song": songs} | more, headers={"Accept": "application/pdf"}))
        connection.close()

    first = threading.Thread(target=asks, args=(crew,), kwargs={"token": "one", "over": "dots"})
    first.start()
    while not set(children_of(os.getpid())) - before:
        assert first.is_alive()
        time.sleep(0.01)
    waiting = threading.Thread(target=asks, args=(crew,), kwargs={"token": "two"})
    waiting.start()
    for token in ("two", "one"):
        assert crew.post(URL + "cancel/", {"token": token}).status_code == 204
    first.join()
    waiting.join()
    assert [(answer.status_code, answer.json()["title"]) for answer in told] == [
        (409, "The book was cancelled.")
    ] * 2
    assert set(children_of(os.getpid())) == before
    assert crew.post(URL, SET | {"song": songs[:1], "token": "three"}).content.startswith(b"%PDF-")


def test_tokens_that_were_cancelled_are_few_and_short(crew):
    for token in ("", "a" * 65, *(f"t{n}" for n in range(cancelling.MOST + 3))):
        crew.post(URL + "cancel/", {"token": token})
    assert list(cancelling._cancelled) == [f"t{n}" for n in range(3, cancelling.MOST + 3)]


def test_only_the_crew_cancels_a_book(visitor, crew):
    assert visitor.post(URL + "cancel/", {"token": "mine"}).status_code == 302
    assert not cancelling.is_cancelled("mine")
    assert crew.get(URL + "cancel/").status_code == 405

"""The owner makes the house her own: the sample goes, her artist comes, once."""

from datetime import UTC, datetime

import pytest

from aqyn.people import selectors as people
from aqyn.shows import selectors as shows
from aqyn.site import first_run
from aqyn.songs import selectors as songs
from aqyn.stage import services as stage


@pytest.fixture
def sample_house(db):
    first_run.install_sample(now=datetime(2026, 5, 1, 12, tzinfo=UTC))


def artists() -> list[tuple[dict[str, str], int]]:
    return [(artist.name, artist.hue) for artist in people.artists()]


def test_the_desk_says_that_the_house_still_shows_the_sample(owner, crew, sample_house):
    assert 'href="/studio/make-it-mine/"' in owner.get("/studio/").content.decode()
    assert 'href="/studio/make-it-mine/"' not in crew.get("/studio/").content.decode()


def test_it_says_what_goes_before_it_goes(owner, sample_house):
    page = owner.get("/studio/make-it-mine/").content.decode()
    assert all(title in page for title in ("Kyzylorda", "One Light", "This cannot be undone."))
    assert len(songs.all_songs()) == 3


def test_making_it_mine_removes_the_sample_and_opens_the_owners_house(owner, sample_house):
    form = {"main": "ru", "name_ru": "  Айгерим   Сатпаева ", "name_en": "Aigerim Satpayeva", "hue": "205"}
    answer = owner.post("/studio/make-it-mine/", form)
    assert (answer.status_code, answer["Location"]) == (302, "/studio/")
    assert artists() == [({"ru": "Айгерим Сатпаева", "en": "Aigerim Satpayeva"}, 205)]
    assert people.artists()[0].main_language == "ru"
    assert songs.all_songs() == []
    assert "The house is yours. Begin with a song." in owner.get("/studio/").content.decode()


@pytest.mark.parametrize(
    "form, sentence",
    [
        ({"main": "kk-Cyrl", "name_en": "Aigerim", "hue": "205"}, "Write the name in Қазақша"),
        ({"main": "en", "name_en": "Aigerim", "hue": "360"}, "359"),
        ({"main": "en", "name_en": "   ", "hue": "1"}, "Write the name in English"),
        ({}, "This field is required."),
    ],
)
def test_what_cannot_be_is_refused_in_a_sentence_and_nothing_is_changed(owner, sample_house, form, sentence):
    before = artists()
    answer = owner.post("/studio/make-it-mine/", form)
    assert answer.status_code == 400 and sentence in answer.content.decode()
    assert artists() == before and len(songs.all_songs()) == 3


def test_the_sample_stays_while_its_hall_is_open(owner, sample_house):
    before = artists()
    [show] = shows.all_shows()
    stage.open_hall(show=show.slug, rehearsal=True, now=show.created_at)
    answer = owner.post("/studio/make-it-mine/", {"main": "en", "name_en": "Aigerim", "hue": "205"})
    assert answer.status_code == 409 and "A rehearsal is on; close it first." in answer.content.decode()
    assert (artists(), shows.all_shows(), len(songs.all_songs())) == (before, [show], 3)


def test_crew_may_not(crew, sample_house):
    answer = crew.post("/studio/make-it-mine/", {"main": "en", "name_en": "Aigerim", "hue": "205"})
    assert answer.status_code == 403 and len(songs.all_songs()) == 3


def test_a_house_that_is_already_ones_own_is_left_alone(owner, qyzylorda):
    answer = owner.post("/studio/make-it-mine/", {"main": "en", "name_en": "Aigerim", "hue": "205"})
    assert (answer.status_code, answer["Location"]) == (302, "/studio/")
    assert [artist.slug for artist in people.artists()] == ["madina"]

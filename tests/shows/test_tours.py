"""Several shows under one name."""

import pytest
from tests.shows.conftest import EVENING, NOON, facts

from aqyn.shows import selectors, services
from aqyn.shows.sentences import Refusal
from aqyn.ui.pages import page_generation

pytestmark = pytest.mark.django_db


def test_a_tour_is_its_shows_by_date_without_the_drafts(make):
    tour = services.make_tour(artist="madina", name={"kk": "Күзгі жол", "en": "Autumn Road"}, now=NOON)
    assert tour.slug == "kuzgi-jol"
    make("second", tour="kuzgi-jol")
    make("first", tour="kuzgi-jol", starts_at=EVENING.replace(day=3), doors_at=None, ends_at=None)
    make("draft", tour="kuzgi-jol", announced=False)
    make("other")
    assert [show.slug for show in selectors.shows_of_tour(tour)] == ["first", "second"]
    assert [show.slug for show in selectors.shows_of_tour(tour, drafts=True)] == ["first", "second", "draft"]
    assert selectors.public_tours() == [tour]


def test_a_removed_tour_leaves_its_shows(make):
    services.make_tour(artist="madina", name={"en": "Road"}, now=NOON)
    make(tour="road")
    services.remove_tour(tour="road", now=NOON)
    assert (selectors.shown("evening").tour, selectors.tours()) == (None, [])


def test_a_tour_is_named_anew_and_every_deed_drops_the_kept_pages(artist):
    before = page_generation()
    services.make_tour(artist="madina", name={"en": "Road"}, now=NOON)
    changed = services.change_tour(tour="road", name={"en": "River"}, slug="river", now=NOON)
    services.remove_tour(tour="river", now=NOON)
    assert (changed.name, changed.slug, page_generation()) == ({"en": "River"}, "river", before + 3)


def test_what_is_no_tour_is_refused(make, rows):
    services.make_tour(artist="madina", name={"en": "Road"}, now=NOON)
    services.make_tour(artist="madina", name={"en": "Road"}, now=NOON)
    before = rows()
    for deed, sentence in (
        (lambda: services.make_tour(artist="madina", name={"en": " "}, now=NOON), "Give the tour a name"),
        (lambda: services.make_tour(artist="nobody", name={"en": "X"}, now=NOON), "There is no artist"),
        (
            lambda: services.change_tour(tour="road", name={"en": "X"}, slug="road-2", now=NOON),
            "There is already a tour at “road-2”.",
        ),
        (lambda: services.remove_tour(tour="river", now=NOON), "There is no tour “river”."),
    ):
        with pytest.raises(Refusal, match=sentence):
            deed()
    assert rows() == before


def test_a_show_changes_its_tour(make):
    services.make_tour(artist="madina", name={"en": "Road"}, now=NOON)
    make()
    changed = services.change_show(show="evening", facts=facts(tour="road"), now=NOON)
    assert changed.tour.slug == "road"
    assert services.change_show(show="evening", facts=facts(), now=NOON).tour is None

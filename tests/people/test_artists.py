"""The artists of the house."""

import pytest
from django.db import IntegrityError, transaction

from aqyn.people import selectors, services
from aqyn.people.models import Artist
from aqyn.people.slugs import slug_for
from aqyn.ui.pages import page_generation

pytestmark = pytest.mark.django_db


def test_an_artist_is_made_with_a_slug_from_her_name_and_stands_last():
    first = services.make_artist(name={"kk-Cyrl": "Ерке", "en": "Erke"}, hue=200)
    second = services.make_artist(name={"en": "Erke", "ru": " "}, bio={"en": " Sings. "}, hue=361)
    assert [artist.slug for artist in selectors.artists()] == ["erke", "erke-2"]
    assert (second.name, second.bio, second.hue, second.position) == ({"en": "Erke"}, {"en": "Sings."}, 1, 1)
    assert selectors.artist("erke") == first
    assert selectors.artist("nobody") is None


def test_an_artist_called_new_does_not_hide_behind_the_form():
    assert slug_for({"en": "New"}, taken=()) == "new-2"


@pytest.mark.parametrize(
    ("name", "slug"),
    [
        ({"en": "Madina Imankulov"}, "madina-imankulov"),
        ({"kk-Latn": "Ğaşyq Jüregıñ"}, "gashyq-juregin"),
        ({"en": "!!!"}, "artist"),
    ],
)
def test_a_slug_is_plain_letters(name, slug):
    assert slug_for(name, taken=()) == slug


def test_every_change_of_an_artist_drops_the_kept_pages():
    before = page_generation()
    artist = services.make_artist(name={"en": "Erke"})
    services.change_artist(artist, name={"en": "Erkezhan"}, bio={}, hue=5, main_language="en")
    assert (artist.slug, artist.name, artist.hue) == ("erke", {"en": "Erkezhan"}, 5)
    services.remove_artist(artist)
    assert page_generation() == before + 3
    assert selectors.artists() == []


def test_a_hue_outside_the_wheel_is_refused_by_the_database():
    with pytest.raises(IntegrityError), transaction.atomic():
        Artist.objects.create(slug="x", name={}, hue=360)

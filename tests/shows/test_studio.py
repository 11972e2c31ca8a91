"""The crew's desk: a show is made, announced, put off, cancelled, taken back, removed."""

import pytest
from django.utils import timezone
from tests.shows.conftest import EVENING, HOUR, NOON

from aqyn.shows import selectors, services

pytestmark = pytest.mark.django_db
FAR = EVENING.replace(year=2100)
TOLD = {
    "title.kk-Cyrl": "Жалғыз жарық",
    "city.kk-Cyrl": "Астана",
    "day": "2100-11-13",
    "doors": "18:00",
    "start": "19:00",
    "time_zone": "Asia/Almaty",
    "hue": "28",
    "artist": "madina",
    "act.0.kk-Cyrl": "Түнгі керуен",
    "act.0.link": "https://caravan.example/",
}
DESK = "/studio/shows/jalgyz-jaryq/"


def state(slug="jalgyz-jaryq"):
    return selectors.state_of(selectors.shown(slug), timezone.now())


@pytest.fixture
def draft(crew, artist):
    assert crew.post("/studio/shows/new/", TOLD)["Location"] == DESK
    return selectors.shown("jalgyz-jaryq")


def press(crew, deed, told=None):
    """Do it, and give the page that follows."""
    answer = crew.post(f"{DESK}{deed}/", told or {})
    assert (answer.status_code, answer["Location"]) == (302, DESK)
    return crew.get(DESK).content.decode()


def test_an_empty_desk_says_what_to_do(crew, artist):
    page = crew.get("/studio/shows/").content.decode()
    assert "No show yet." in page and 'href="/studio/shows/new/"' in page


def test_a_house_without_an_artist_asks_for_her_first(crew):
    assert crew.get("/studio/shows/new/")["Location"] == "/studio/artists/new/"
    assert crew.get("/studio/tours/new/")["Location"] == "/studio/artists/new/"


def test_what_was_typed_is_the_show(crew, draft):
    assert (draft.starts_at, draft.doors_at, draft.ends_at) == (FAR, FAR - HOUR, None)
    assert (draft.title, draft.city, draft.hue) == ({"kk-Cyrl": "Жалғыз жарық"}, {"kk-Cyrl": "Астана"}, None)
    assert [(act.name, act.link) for act in draft.acts.all()] == [
        ({"kk-Cyrl": "Түнгі керуен"}, "https://caravan.example/")
    ]
    assert state() == "draft"
    assert "Jalğyz jaryq" in crew.get("/studio/shows/").content.decode()


@pytest.mark.parametrize(
    ("told", "sentence"),
    [
        ({"title.kk-Cyrl": " "}, "Give the show a title in at least one language."),
        ({"time_zone": "Astana"}, "is not a time zone that the house knows, such as Asia/Almaty."),
        ({"start": ""}, "Say when the show starts."),
        ({"artist": "nobody"}, "Select a valid choice."),
        ({"hue": "360"}, "less than or equal to 359"),
        ({"act.0.link": "caravan"}, "is not an address that begins with https:// or http://."),
        ({"act.0.kk-Cyrl": ""}, "Give every other act a name, not only a link."),
        ({"country": "kaz"}, "at most 2 characters"),
    ],
)
def test_what_cannot_be_is_told_on_the_page_and_makes_nothing(crew, artist, told, sentence):
    answer = crew.post("/studio/shows/new/", TOLD | told)
    page = answer.content.decode()
    assert answer.status_code == 400 and sentence in page
    # What was typed is still there.
    assert 'value="Астана"' in page
    assert selectors.all_shows() == []


def test_each_deed_is_done_and_taken_back(crew, draft):
    assert "Announced: everybody can see it now." in press(crew, "announcement")
    assert state() == "announced"
    told = {"day": "2100-11-20", "start": "19:00", "reason.kk-Cyrl": "Зал жөнделуде."}
    assert "It was to be:" in press(crew, "postponement", told)
    assert state() == "postponed"
    press(crew, "postponement/undo")
    assert (state(), selectors.shown("jalgyz-jaryq").starts_at) == ("announced", FAR)
    press(crew, "cancellation", {"reason.ru": "Заболела."})
    assert (state(), selectors.shown("jalgyz-jaryq").cancellation.reason) == (
        "cancelled",
        {"ru": "Заболела."},
    )
    press(crew, "cancellation/undo")
    assert "It is a draft again" in press(crew, "withdrawal")
    assert state() == "draft"


def test_a_show_is_put_off_to_a_day_still_to_come_with_the_times_left_standing(crew, draft):
    press(crew, "announcement")
    assert "Write the new day below" in press(crew, "postponement", {"doors": "18:00", "start": "19:00"})
    assert selectors.shown("jalgyz-jaryq").starts_at is None
    assert "has no new date yet" in crew.get("/studio/").content.decode()


def test_a_day_that_cannot_be_is_told_where_it_was_asked(crew, draft):
    press(crew, "announcement")
    answer = crew.post(DESK + "postponement/", {"day": "2020-01-01", "start": "19:00"})
    assert (answer.status_code, state()) == (409, "announced")
    assert "The new date lies behind us" in answer.content.decode()
    answer = crew.post(DESK + "postponement/", {"day": "2100-11-20"})
    assert (answer.status_code, state()) == (400, "announced")


@pytest.mark.parametrize(
    "deed", ["withdrawal", "postponement/undo", "cancellation/undo", "postponement", "cancellation"]
)
def test_what_cannot_become_of_a_draft_is_refused_in_a_sentence(crew, draft, deed):
    answer = crew.post(f"{DESK}{deed}/")
    assert answer.status_code == 409
    assert "Nobody was told of this show yet: change it, or remove it." in answer.content.decode()
    assert state() == "draft"


def test_an_announced_show_stays_on_its_day(crew, draft):
    press(crew, "announcement")
    answer = crew.post(DESK, TOLD | {"slug": "jalgyz-jaryq", "day": "2100-11-14"})
    assert answer.status_code == 400
    assert "to move it to another day, postpone it" in answer.content.decode()
    assert selectors.shown("jalgyz-jaryq").starts_at == FAR


def test_a_new_address_leads_to_the_show(crew, draft):
    answer = crew.post(DESK, TOLD | {"slug": "astana", "hue": "205"})
    assert answer["Location"] == "/studio/shows/astana/"
    assert (selectors.shown("astana").hue, selectors.shown("jalgyz-jaryq")) == (205, None)


def test_removing_asks_once_and_says_that_it_cannot_be_undone(crew, draft):
    page = crew.get(DESK + "remove/").content.decode()
    assert "This cannot be undone." in page and "cancel it instead" not in page
    assert selectors.all_shows() == [draft]
    press(crew, "announcement")
    assert "cancel it instead" in crew.get(DESK + "remove/").content.decode()
    assert crew.post(DESK + "remove/")["Location"] == "/studio/shows/"
    assert selectors.all_shows() == []


def test_a_tour_is_made_named_anew_and_removed(crew, draft):
    made = crew.post("/studio/tours/new/", {"artist": "madina", "name.en": "Autumn Road"})
    assert made["Location"] == "/studio/tours/autumn-road/"
    crew.post(DESK, TOLD | {"slug": "jalgyz-jaryq", "tour": "autumn-road"})
    page = crew.get("/studio/tours/autumn-road/").content.decode()
    assert "Jalğyz jaryq" in page and 'href="/en/tours/' not in page
    crew.post("/studio/tours/autumn-road/", {"name.en": "Winter Road", "slug": "winter"})
    refused = crew.post("/studio/tours/winter/", {"name.en": " ", "slug": "winter"})
    assert refused.status_code == 400 and "Give the tour a name" in refused.content.decode()
    crew.post("/studio/tours/winter/remove/")
    assert [tour.name for tour in selectors.tours()] == [{"en": "Winter Road"}]
    crew.post("/studio/tours/winter/remove/", {"sure": "on"})
    assert (selectors.tours(), selectors.all_shows()) == ([], [draft])


def test_the_form_offers_only_the_tours_of_the_shows_artist(crew, draft):
    from aqyn.people.services import make_artist

    make_artist(name={"en": "Erke"}, slug="erke")
    services.make_tour(artist="erke", name={"en": "Hers"}, now=NOON)
    assert "hers" not in crew.get(DESK).content.decode()
    assert crew.post(DESK, TOLD | {"slug": "jalgyz-jaryq", "tour": "hers"}).status_code == 400


@pytest.mark.parametrize(
    "path",
    [
        "",
        "page/",
        "announcement/",
        "withdrawal/",
        "postponement/",
        "postponement/undo/",
        "cancellation/",
        "cancellation/undo/",
        "remove/",
    ],
)
def test_a_show_that_is_not_here_is_not_found_and_strangers_are_sent_to_the_door(crew, visitor, artist, path):
    ask = crew.get if path in ("", "page/") else crew.post
    assert ask(f"/studio/shows/nowhere/{path}").status_code == 404
    answer = visitor.post(f"/studio/shows/nowhere/{path}")
    assert answer.status_code == 302 and answer["Location"].startswith("/sign-in/")


def test_a_deed_is_not_done_by_looking(crew, draft):
    for deed in ("announcement", "withdrawal", "postponement/undo", "cancellation/undo"):
        assert crew.get(f"{DESK}{deed}/").status_code == 405
    assert state() == "draft"


def test_nothing_is_put_or_deleted(crew, draft):
    for path in ("", "page/", "postponement/", "cancellation/", "remove/"):
        assert [crew.put(DESK + path).status_code, crew.delete(DESK + path).status_code] == [405, 405]
    assert state() == "draft"


def test_upper_apps_put_their_parts_beside_how_the_show_stands(crew, draft, monkeypatch):
    from aqyn.ui import slots

    seen = []
    monkeypatch.setitem(slots._parts, "studio.show", [])
    slots.register("studio.show", "ui/parts/theme.html", lambda show: seen.append(show))
    crew.get(DESK)
    assert seen == [draft]


def test_the_front_page_names_what_waits(crew, draft):
    assert "is a draft: nobody knows of this show yet." in crew.get("/studio/").content.decode()
    press(crew, "announcement")
    assert "The next show: “Jalğyz jaryq”" in crew.get("/studio/").content.decode()

"""The desk of a sale: begun in one form, told anew, opened; its areas and types."""

from datetime import UTC, datetime

import pytest
from tests.tickets.desk import crew_client, text_of

from aqyn.tickets.models import Quota, Sale, TicketType
from aqyn.tickets.selectors.sale import sale_of, types_of

DESK = "/studio/shows/evening/sale/"
START = {"currency": "KZT", "places": "300", "door": "20", "name": "Standing", "price": "5 000"}
FAR = datetime(2100, 11, 13, 14, tzinfo=UTC)


@pytest.fixture
def crew(db):
    return crew_client()


@pytest.fixture
def show(make_show):
    return make_show(starts_at=FAR, doors_at=None, ends_at=None)


@pytest.fixture
def sale(make_sale):
    return make_sale(places=10, door=2, guests=3)


@pytest.fixture
def type_(sale, make_type):
    return make_type(sale, price=5_000_00)


def quantities(sale):
    return dict(Quota.objects.filter(area__sale=sale).values_list("channel", "quantity"))


def test_the_desk_is_for_the_crew(client, sale):
    for page in ("sale/", "orders/", "guests/", "paper/", "settlement/", "settlement.csv", "settlement.pdf"):
        assert client.get(f"/studio/shows/evening/{page}").status_code in (302, 403)


@pytest.mark.parametrize("page", ["sale/", "orders/", "guests/", "paper/", "settlement/"])
def test_there_is_no_desk_of_a_show_that_is_not_there(crew, page):
    assert crew.get(f"/studio/shows/nowhere/{page}").status_code == 404


def test_a_sale_begins_with_one_form(crew, show):
    assert "No fee is added" in text_of(crew, DESK)
    assert crew.post(DESK, START)["Location"] == DESK
    sale = sale_of("evening")
    assert quantities(sale) == {"online": 280, "door": 20, "paper": 0, "guests": 0}
    assert [(row.name, row.price) for row in types_of(sale)] == [({"en": "Standing"}, 5_000_00)]
    assert sale.opened_at is None


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"price": "dear"}, "“dear” is not an amount in KZT, such as 5000.50."),
        ({"price": "1.005,001"}, "is not an amount in KZT"),
        ({"places": "0"}, "greater than or equal to 1"),
        ({"places": "1000000"}, "less than or equal to 200000"),
        ({"door": "301"}, "There are not so many places."),
        ({"currency": "TENGE"}, "Select a valid choice"),
        ({"name": ""}, "This field is required."),
    ],
)
def test_what_is_wrong_is_told_and_no_sale_begins(crew, show, wrong, said):
    answer = crew.post(DESK, START | wrong)
    assert answer.status_code == 400
    assert said in answer.content.decode()
    assert not Sale.objects.exists()


def test_the_sale_opens_and_closes(crew, show):
    crew.post(DESK, START | {"price": "0"})
    crew.post(f"{DESK}open/")
    assert "The sale is open" in text_of(crew, DESK)
    crew.post(f"{DESK}close/")
    assert "Open the sale again" in text_of(crew, DESK)


def test_a_sale_without_a_way_to_pay_says_so_and_stays_closed(crew, show):
    crew.post(DESK, START)
    answer = crew.post(f"{DESK}open/")
    assert answer.status_code == 409
    assert "Choose at least one way to pay" in answer.content.decode()
    assert Sale.objects.get().opened_at is None


def test_the_terms_are_told_anew(crew, sale, type_, way):
    told = {"currency": "KZT", "hold_minutes": "5", "pay_hours": "12", "remind_hours": "3", "ways": [way.pk]}
    assert crew.post(f"{DESK}terms/", told)["Location"] == DESK
    sale.refresh_from_db()
    assert (sale.hold_minutes, sale.pay_hours, sale.remind_hours) == (5, 12, 3)
    assert list(sale.ways.all()) == [way]


def test_a_reminder_after_the_end_is_told_of(crew, sale):
    told = {"currency": "KZT", "hold_minutes": "5", "pay_hours": "12", "remind_hours": "12"}
    answer = crew.post(f"{DESK}terms/", told)
    assert answer.status_code == 400
    assert "choose fewer hours" in answer.content.decode()


def test_the_currency_stays_once_a_place_was_held(crew, sale, type_, buy, way):
    buy(type_)
    told = {"currency": "EUR", "hold_minutes": "5", "pay_hours": "12", "remind_hours": "3"}
    crew.post(f"{DESK}terms/", told | {"ways": [way.pk]})
    sale.refresh_from_db()
    assert (sale.currency, sale.hold_minutes) == ("KZT", 5)


def test_the_numbers_of_the_page_are_told_anew(crew, sale, type_, buy):
    buy(type_, 3)
    told = crew.get(f"{DESK}counts/").json()
    names = [f"t{type_.pk}.{name}" for name in ("held", "waiting", "sold", "left")]
    # Nine left online and at the door; the three for guests are not for this type.
    assert [told["counts"][name] for name in names] == [0, 3, 0, 9]
    assert told["counts"]["all.taken"] == 3
    assert told["shares"]["all"] == 3 / 15


def test_an_area_is_told_anew_but_never_below_what_is_taken(crew, sale, type_, buy):
    buy(type_, 4)
    area = sale.areas.get()
    address = f"{DESK}areas/{area.pk}/"
    told = {"name.en": "Stalls", "online": "4", "door": "2", "paper": "5", "guests": "3"}
    assert crew.post(address, told).status_code == 302
    assert quantities(sale) == {"online": 4, "door": 2, "paper": 5, "guests": 3}
    answer = crew.post(address, told | {"online": "3"})
    assert answer.status_code == 400
    assert "4 of these places are taken" in answer.content.decode()
    assert quantities(sale)["online"] == 4


def test_places_move_from_channel_to_channel(crew, sale):
    area = sale.areas.get()
    move = f"{DESK}areas/{area.pk}/move/"
    assert crew.post(move, {"count": "4", "from_": "online", "to": "paper"}).status_code == 302
    assert quantities(sale) == {"online": 6, "door": 2, "paper": 4, "guests": 3}
    answer = crew.post(move, {"count": "7", "from_": "online", "to": "paper"})
    assert (answer.status_code, "Only 6 places are free" in answer.content.decode()) == (400, True)


def test_another_area_comes_and_goes(crew, sale):
    told = {"name.en": "Balcony", "online": "20", "door": "0", "paper": "0", "guests": "0"}
    crew.post(f"{DESK}areas/new/", told)
    area = sale.areas.last()
    assert area.name == {"en": "Balcony"}
    crew.post(f"{DESK}areas/{area.pk}/remove/")
    assert sale.areas.count() == 1


def test_a_type_is_told_in_the_clocks_of_the_show(crew, sale, way):
    sale.ways.add(way)
    told = {
        "name.kk-Cyrl": "Ерте",
        "area": sale.areas.get().pk,
        "price": "4 500,50",
        "floor": "1000",
        "limit": "4",
        "starts_at": "2026-11-03T10:00",
        "ends_at": "2026-11-05T23:59",
    }
    assert crew.post(f"{DESK}types/new/", told).status_code == 302
    row = TicketType.objects.get()
    assert (row.price, row.floor, row.limit) == (4_500_50, 1_000_00, 4)
    assert row.starts_at == datetime(2026, 11, 3, 5, tzinfo=UTC)
    page = text_of(crew, f"{DESK}types/{row.pk}/")
    assert 'value="2026-11-03T10:00"' in page and 'value="4500.50"' in page


def test_what_is_wrong_with_a_type_is_told(crew, sale):
    told = {"name.en": "Early", "area": sale.areas.get().pk, "price": "100", "floor": "200"}
    answer = crew.post(f"{DESK}types/new/", told)
    assert answer.status_code == 400
    assert "The least price is at most the price" in answer.content.decode()


def test_types_are_put_in_order_closed_and_removed(crew, sale, type_, make_type):
    other = make_type(sale, name={"en": "Seated"}, position=1)
    crew.post(f"{DESK}types/{other.pk}/move/", {"where": "up"})
    assert [row.pk for row in types_of(sale)] == [other.pk, type_.pk]
    crew.post(f"{DESK}types/{other.pk}/close/")
    assert "Closed" in text_of(crew, DESK)
    crew.post(f"{DESK}types/{other.pk}/reopen/")
    crew.post(f"{DESK}types/{other.pk}/remove/")
    assert [row.pk for row in types_of(sale)] == [type_.pk]


def test_a_type_of_another_show_is_not_touched(crew, sale, type_, make_show):
    make_show("other")
    answer = crew.post(f"/studio/shows/other/sale/types/{type_.pk}/close/")
    assert answer.status_code == 404
    assert TicketType.objects.get().closed_at is None


def test_the_shows_page_tells_how_the_sale_stands(crew, sale, type_, buy):
    buy(type_, 2)
    page = text_of(crew, "/studio/shows/evening/")
    assert "The sale is open" in page and 'href="/studio/shows/evening/orders/"' in page


def test_the_shows_page_leads_to_a_first_sale(crew, show):
    assert "Sell places" in text_of(crew, "/studio/shows/evening/")


@pytest.mark.parametrize("more", [0, 2])
def test_the_desk_asks_the_same_number_of_questions(
    crew, sale, type_, make_type, more, django_assert_num_queries
):
    for n in range(more):
        make_type(sale, name={"en": f"Type {n}"})
    crew.get(DESK)
    with django_assert_num_queries(22):
        assert crew.get(DESK).status_code == 200

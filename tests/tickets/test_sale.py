"""A sale is set up: areas, their places by channel, ticket types; and it opens and closes."""

from datetime import timedelta

import pytest

from aqyn.core.places import Wanted
from aqyn.shows import services as shows
from aqyn.tickets import claims
from aqyn.tickets.models import HoldItem, Quota, Sale, TicketType
from aqyn.tickets.selectors.sale import counts, on_offer, sale_of, types_of
from aqyn.tickets.sentences import sale as refuse
from aqyn.tickets.services import sale as setup
from aqyn.tickets.services.sale import SaleFacts, TypeFacts

from .conftest import EVENING, HOUR, MINUTE, NOON

FLOOR = {"kk-Cyrl": "Партер", "en": "Floor"}
STANDING = {"kk-Cyrl": "Тұрып тыңдау", "en": "Standing"}


@pytest.fixture
def show(make_show):
    return make_show()


@pytest.fixture
def area(show):
    setup.make_sale(show="evening", currency="KZT", now=NOON)
    return setup.add_area(show="evening", name=FLOOR, places={"online": 10, "door": 2})


@pytest.fixture
def type_(area):
    return setup.add_type(show="evening", facts=TypeFacts(area=area.pk, name=STANDING))


def hold(count, type_, channel="online", now=NOON):
    asked = claims.HoldAsked("evening", (Wanted(type_.pk, count),), "aru@example.kz", channel=channel)
    return claims.claim(claims.of_django(), [asked], now=now)[0]


def places(area):
    return dict(Quota.objects.filter(area=area).values_list("channel", "quantity"))


def test_an_area_has_a_number_of_places_for_every_channel(area):
    assert places(area) == {"online": 10, "door": 2, "paper": 0, "guests": 0}


def test_a_show_has_one_sale(area):
    with pytest.raises(refuse.SaleIsThere):
        setup.make_sale(show="evening", currency="KZT", now=NOON)


def test_a_sale_is_of_a_show_that_is_there(db):
    with pytest.raises(refuse.NoSuchShow):
        setup.make_sale(show="nowhere", currency="KZT", now=NOON)


@pytest.mark.parametrize("currency", ["", "tenge", "XXX"])
def test_a_currency_is_one_that_people_pay_in(show, currency):
    with pytest.raises(refuse.UnknownCurrency):
        setup.make_sale(show="evening", currency=currency, now=NOON)
    assert not Sale.objects.exists()


@pytest.mark.parametrize(
    ("told", "no"),
    [
        ({"hold_minutes": 0}, refuse.BadHoldTime),
        ({"hold_minutes": 241}, refuse.BadHoldTime),
        ({"pay_hours": 0}, refuse.BadPayTime),
        ({"pay_hours": 2161}, refuse.BadPayTime),
        ({"remind_hours": 48}, refuse.BadReminder),
        ({"ways": (4711,)}, refuse.NoSuchWay),
    ],
)
def test_times_and_ways_have_their_bounds(area, told, no):
    with pytest.raises(no):
        setup.change_sale(show="evening", facts=SaleFacts(**told), now=NOON)


def test_another_currency_keeps_the_numbers_of_prices(area):
    setup.add_type(show="evening", facts=TypeFacts(area=area.pk, name=STANDING, price=500_00, floor=100_00))
    setup.change_sale(show="evening", facts=SaleFacts(currency="JPY"), now=NOON)
    assert list(TicketType.objects.values_list("price", "floor")) == [(500, 100)]


def test_a_price_with_smaller_coins_than_the_currency_has_is_told_of(area):
    setup.add_type(show="evening", facts=TypeFacts(area=area.pk, name=STANDING, price=500_50))
    with pytest.raises(refuse.PricesDoNotFit):
        setup.change_sale(show="evening", facts=SaleFacts(currency="JPY"), now=NOON)
    assert (Sale.objects.get().currency, TicketType.objects.get().price) == ("KZT", 500_50)


def test_the_currency_stays_once_a_place_was_held(area, type_):
    setup.open_sale(show="evening", now=NOON)
    hold(1, type_)
    with pytest.raises(refuse.CurrencyIsFixed):
        setup.change_sale(show="evening", facts=SaleFacts(currency="EUR"), now=NOON)


def test_another_number_is_never_below_what_is_taken(area, type_):
    setup.open_sale(show="evening", now=NOON)
    hold(4, type_)
    setup.change_area(area=area.pk, places={"online": 4})
    with pytest.raises(refuse.BelowTaken) as no:
        setup.change_area(area=area.pk, name={"en": "Stalls"}, places={"door": 5, "online": 3})
    assert no.value.values == {"taken": 4}
    # Nothing of it was changed, neither the name nor the other channel.
    area.refresh_from_db()
    assert (area.name, places(area)) == (FLOOR, {"online": 4, "door": 2, "paper": 0, "guests": 0})


def test_only_free_places_move_to_another_channel(area, type_):
    setup.open_sale(show="evening", now=NOON)
    hold(4, type_)
    setup.move_places(area=area.pk, from_="online", to="paper", count=6)
    with pytest.raises(refuse.TooFewToMove) as no:
        setup.move_places(area=area.pk, from_="online", to="door", count=1)
    assert no.value.values == {"left": 0}
    assert places(area) == {"online": 4, "door": 2, "paper": 6, "guests": 0}


@pytest.mark.parametrize(
    ("told", "no"),
    [
        ({"from_": "online", "to": "online", "count": 1}, refuse.NothingToMove),
        ({"from_": "online", "to": "door", "count": 0}, refuse.NothingToMove),
        ({"from_": "online", "to": "balcony", "count": 1}, refuse.UnknownChannel),
        ({"from_": "online", "to": "door", "count": 10**9}, refuse.TooFewToMove),
    ],
)
def test_a_move_that_means_nothing_moves_nothing(area, told, no):
    with pytest.raises(no):
        setup.move_places(area=area.pk, **told)
    assert places(area) == {"online": 10, "door": 2, "paper": 0, "guests": 0}


@pytest.mark.parametrize("count", [-1, 200_001])
def test_places_of_an_area_have_a_bound(show, count):
    setup.make_sale(show="evening", currency="KZT", now=NOON)
    with pytest.raises(refuse.BadPlaces):
        setup.add_area(show="evening", name=FLOOR, places={"online": count})


def test_an_area_goes_only_while_nothing_lets_into_it(area, type_):
    with pytest.raises(refuse.AreaIsUsed):
        setup.remove_area(area=area.pk)
    setup.remove_type(type=type_.pk)
    setup.remove_area(area=area.pk)
    assert not Quota.objects.exists()


@pytest.mark.parametrize(
    ("told", "no"),
    [
        ({"name": {"en": "  "}}, refuse.NoTypeName),
        ({"price": -1}, refuse.BadPrice),
        ({"price": 10**12}, refuse.BadPrice),
        ({"price": 100, "floor": -1}, refuse.BadPrice),
        ({"price": 100, "floor": 101}, refuse.FloorAbovePrice),
        ({"quantity": 1_000_000}, refuse.BadQuantity),
        ({"limit": 0}, refuse.BadLimit),
        ({"starts_at": NOON, "ends_at": NOON}, refuse.WindowIsEmpty),
        ({"guests": True, "price": 1}, refuse.GuestsPayNothing),
        ({"area": 4711}, refuse.NoSuchArea),
    ],
)
def test_what_is_wrong_with_a_type_is_told_and_nothing_is_made(area, told, no):
    with pytest.raises(no):
        setup.add_type(show="evening", facts=TypeFacts(**({"area": area.pk, "name": STANDING} | told)))
    assert not TicketType.objects.exists()


def test_an_open_sale_is_never_left_without_a_way_to_pay(area, way):
    facts = TypeFacts(area=area.pk, name=STANDING, price=5_000_00)
    told = SaleFacts(ways=[way.pk])
    setup.change_sale(show="evening", facts=told, now=NOON)
    row = setup.add_type(show="evening", facts=facts)
    setup.open_sale(show="evening", now=NOON)
    with pytest.raises(refuse.NoWayToPay):
        setup.change_sale(show="evening", facts=SaleFacts(), now=NOON)
    assert list(row.sale.ways.all()) == [way]
    free = TypeFacts(area=area.pk, name=STANDING)
    setup.change_type(type=row.pk, facts=free)
    setup.change_sale(show="evening", facts=SaleFacts(), now=NOON)
    with pytest.raises(refuse.NoWayToPay):
        setup.add_type(show="evening", facts=facts)


def test_another_price_is_for_the_future_alone(area, way):
    area.sale.ways.add(way)
    row = setup.add_type(show="evening", facts=TypeFacts(area=area.pk, name=STANDING, price=5_000_00))
    Sale.objects.update(opened_at=NOON)
    assert hold(1, row).total == 5_000_00
    setup.change_type(type=row.pk, facts=TypeFacts(area=area.pk, name=STANDING, price=6_000_00))
    assert hold(1, row).total == 6_000_00
    assert list(HoldItem.objects.order_by("id").values_list("price", flat=True)) == [5_000_00, 6_000_00]


def test_a_type_has_never_fewer_places_than_are_taken(area, type_):
    setup.open_sale(show="evening", now=NOON)
    hold(3, type_)
    with pytest.raises(refuse.BelowTaken):
        setup.change_type(type=type_.pk, facts=TypeFacts(area=area.pk, name=STANDING, quantity=2))
    other = setup.add_area(show="evening", name={"en": "Balcony"}, places={})
    with pytest.raises(refuse.AreaStays):
        setup.change_type(type=type_.pk, facts=TypeFacts(area=other.pk, name=STANDING))
    with pytest.raises(refuse.TypeWasUsed):
        setup.remove_type(type=type_.pk)


def test_a_type_closes_and_opens_again(area, type_):
    setup.open_sale(show="evening", now=NOON)
    setup.close_type(type=type_.pk, now=NOON)
    assert on_offer("evening", now=NOON) == []
    with pytest.raises(refuse.TypeIsClosed):
        setup.close_type(type=type_.pk, now=NOON)
    setup.reopen_type(type=type_.pk)
    with pytest.raises(refuse.TypeIsOpen):
        setup.reopen_type(type=type_.pk)
    assert [row.state for row in on_offer("evening", now=NOON)] == ["on_sale"]


def test_types_stand_in_the_order_they_are_put_in(area, type_):
    others = [
        setup.add_type(show="evening", facts=TypeFacts(area=area.pk, name={"en": name})) for name in "AB"
    ]
    setup.move_type(type=others[1].pk, to=0)
    found = [row.name["en"] for row in types_of(sale_of("evening"))]
    assert found == ["B", "Standing", "A"]


def test_a_sale_opens_once_there_is_something_to_sell_and_a_way_to_pay(area):
    with pytest.raises(refuse.NothingToSell):
        setup.open_sale(show="evening", now=NOON)
    setup.add_type(show="evening", facts=TypeFacts(area=area.pk, name=STANDING, price=1))
    with pytest.raises(refuse.NoWayToPay):
        setup.open_sale(show="evening", now=NOON)


def test_a_sale_opens_for_a_show_that_will_be(area, type_):
    with pytest.raises(refuse.ShowIsOver):
        setup.open_sale(show="evening", now=EVENING + 3 * HOUR)
    shows.cancel(show="evening", now=NOON)
    with pytest.raises(refuse.ShowIsCancelled):
        setup.open_sale(show="evening", now=NOON)


def test_a_sale_opens_and_closes_and_opens_again(area, type_):
    setup.open_sale(show="evening", now=NOON)
    with pytest.raises(refuse.SaleIsOpen):
        setup.open_sale(show="evening", now=NOON)
    setup.close_sale(show="evening", now=NOON + HOUR)
    with pytest.raises(refuse.SaleIsNotOpen):
        setup.close_sale(show="evening", now=NOON + HOUR)
    assert [row.state for row in on_offer("evening", now=NOON)] == ["ended"]
    setup.open_sale(show="evening", now=NOON + 2 * HOUR)
    assert Sale.objects.get().opened_at == NOON


def test_a_sale_goes_only_before_the_first_hold(area, type_):
    setup.open_sale(show="evening", now=NOON)
    hold(1, type_)
    with pytest.raises(refuse.SaleWasUsed):
        setup.remove_sale(show="evening", now=NOON)


def test_a_sale_that_nobody_used_goes_with_all_of_it(area, type_):
    setup.remove_sale(show="evening", now=NOON)
    assert not Sale.objects.exists()
    assert not TicketType.objects.exists()


def test_buyers_are_told_how_many_are_left_only_where_few_are(area, type_):
    setup.open_sale(show="evening", now=NOON)
    assert [(row.left, row.state) for row in on_offer("evening", now=NOON)] == [(10, "on_sale")]
    setup.change_area(area=area.pk, places={"online": 51})
    assert [row.left for row in on_offer("evening", now=NOON)] == [None]
    setup.change_type(type=type_.pk, facts=TypeFacts(area=area.pk, name=STANDING, quantity=3))
    assert [row.left for row in on_offer("evening", now=NOON)] == [3]


def test_what_is_sold_out_has_places_again_once_a_hold_is_over(area, type_):
    setup.open_sale(show="evening", now=NOON)
    hold(10, type_)
    assert [(row.left, row.sold_out) for row in on_offer("evening", now=NOON)] == [(0, True)]
    later = on_offer("evening", now=NOON + 10 * MINUTE)
    assert [(row.left, row.state) for row in later] == [(10, "on_sale")]


def test_a_hidden_type_is_offered_to_those_who_say_its_code(area):
    setup.add_type(show="evening", facts=TypeFacts(area=area.pk, name=STANDING, code="Дос"))
    setup.add_type(show="evening", facts=TypeFacts(area=area.pk, name={"en": "Guests"}, guests=True))
    assert on_offer("evening", now=NOON) == []
    assert [row.hidden for row in on_offer("evening", code=" дос ", now=NOON)] == [True]


def test_a_window_says_soon_and_ended(area):
    day = timedelta(days=1)
    facts = TypeFacts(area=area.pk, name=STANDING, starts_at=NOON + day, ends_at=NOON + 2 * day)
    setup.add_type(show="evening", facts=facts)
    setup.open_sale(show="evening", now=NOON)
    states = [on_offer("evening", now=NOON + n * day)[0].state for n in range(3)]
    assert states == ["soon", "on_sale", "ended"]


def test_counts_tell_what_is_held_and_left(area, type_):
    setup.open_sale(show="evening", now=NOON)
    hold(3, type_)
    found = counts(sale_of("evening"))
    online = Quota.objects.get(area=area, channel="online")
    told = found.quotas[online.pk]
    assert (told.quantity, told.held, told.waiting, told.sold, told.left) == (10, 3, 0, 0, 7)
    assert (found.types[type_.pk].left, found.types[type_.pk].held) == (None, 3)
    assert (found.whole.quantity, found.whole.taken, found.whole.left) == (12, 3, 9)


@pytest.mark.parametrize("more", [0, 2])
def test_what_is_on_offer_is_asked_in_few_queries(area, type_, more, django_assert_num_queries):
    for n in range(more):
        other = setup.add_area(show="evening", name={"en": f"Area {n}"}, places={"online": 5})
        setup.add_type(show="evening", facts=TypeFacts(area=other.pk, name=STANDING))
    with django_assert_num_queries(4):
        assert len(on_offer("evening", now=NOON)) == 1 + more
    sale = sale_of("evening")
    with django_assert_num_queries(4):
        counts(sale)

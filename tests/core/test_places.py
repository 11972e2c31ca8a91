"""Who gets places: never more than there are, all of a wish or nothing of it."""

from copy import deepcopy

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from aqyn.core.places import MOST_ITEMS, MOST_PLACES, Given, No, Offer, Refused, Stock, Wanted, give

FLOOR, BALCONY, GIFT = 1, 2, 3
HALL, GALLERY = 10, 20


def stock(*, hall=5, gallery=2, **left):
    offers = {
        FLOOR: Offer(FLOOR, 5_000_00, None, HALL, None, True),
        BALCONY: Offer(BALCONY, 3_000_00, None, GALLERY, 2, True),
        GIFT: Offer(GIFT, 2_000_00, 500_00, HALL, None, True, code="Арал"),
    }
    return Stock(offers, {HALL: hall, GALLERY: gallery}, dict(left.get("left", {})))


def test_a_wish_is_given_at_its_price():
    there = stock()
    assert give(there, (Wanted(FLOOR, 2), Wanted(BALCONY, 1)), buyer="aru") == [
        Given(FLOOR, HALL, 2, 5_000_00),
        Given(BALCONY, GALLERY, 1, 3_000_00),
    ]
    assert (there.free, there.used) == ({HALL: 3, GALLERY: 1}, {("aru", BALCONY): 1})


def test_the_whole_wish_is_refused_where_one_part_of_it_is():
    there = stock()
    before = deepcopy(there)
    refused = give(there, (Wanted(FLOOR, 2), Wanted(BALCONY, 3)), buyer="aru")
    assert refused == Refused(No.LIMIT, BALCONY, 2)
    assert (there.free, there.left) == (before.free, before.left)
    assert give(there, (Wanted(FLOOR, 5),), buyer="aru") == [Given(FLOOR, HALL, 5, 5_000_00)]


def test_two_types_of_one_area_share_its_places():
    there = stock(hall=3)
    wanted = (Wanted(FLOOR, 2), Wanted(GIFT, 2, 600_00))
    assert give(there, wanted, buyer="aru", code="арал") == Refused(No.SOLD_OUT, GIFT, 1)


def test_a_type_may_have_fewer_places_than_its_area():
    there = stock(left={FLOOR: 1})
    assert give(there, (Wanted(FLOOR, 2),), buyer="aru") == Refused(No.SOLD_OUT, FLOOR, 1)


@pytest.mark.parametrize(
    ("wanted", "why"),
    [
        ((), No.EMPTY),
        ((Wanted(FLOOR, 0),), No.EMPTY),
        ((Wanted(FLOOR, 2), Wanted(FLOOR, -1)), No.EMPTY),
        ((Wanted(FLOOR, MOST_PLACES + 1),), No.TOO_MANY),
        (tuple(Wanted(number, 1) for number in range(MOST_ITEMS + 1)), No.TOO_MANY),
        ((Wanted(99, 1),), No.NO_SUCH_TYPE),
        ((Wanted(GIFT, 1),), No.NO_SUCH_TYPE),
        ((Wanted(FLOOR, 1, 1),), No.PRICE),
    ],
)
def test_what_cannot_be_given_says_why(wanted, why):
    refused = give(stock(hall=1_000), wanted, buyer="aru")
    assert isinstance(refused, Refused)
    assert refused.why is why


@pytest.mark.parametrize(("named", "paid"), [(None, 2_000_00), (500_00, 500_00), (9_999_00, 9_999_00)])
def test_a_buyer_names_the_price_from_the_floor_on(named, paid):
    assert give(stock(), (Wanted(GIFT, 1, named),), buyer="aru", code=" АРАЛ ") == [
        Given(GIFT, HALL, 1, paid)
    ]


def test_less_than_the_floor_is_not_taken():
    assert give(stock(), (Wanted(GIFT, 1, 499_99),), buyer="aru", code="Арал") == Refused(No.PRICE, GIFT)


def test_what_is_not_on_sale_is_not_given():
    there = stock()
    there.offers[FLOOR].on_sale = False
    assert give(there, (Wanted(FLOOR, 1),), buyer="aru") == Refused(No.NOT_ON_SALE, FLOOR)


WISHES = st.lists(
    st.tuples(
        st.sampled_from(["aru", "dana", "saule"]),
        st.lists(
            st.builds(Wanted, st.sampled_from([FLOOR, BALCONY, GIFT, 99]), st.integers(-1, 6)), max_size=4
        ).map(tuple),
    ),
    max_size=30,
)


@settings(max_examples=300, deadline=None, derandomize=True)
@given(WISHES, st.integers(0, 12), st.integers(0, 6), st.integers(0, 6))
def test_never_more_is_given_than_there_is(wishes, hall, gallery, floor):
    there = stock(hall=hall, gallery=gallery, left={FLOOR: floor})
    got = {FLOOR: 0, BALCONY: 0, GIFT: 0}
    of_buyer = {}
    for buyer, wanted in wishes:
        before = (dict(there.free), dict(there.left))
        outcome = give(there, wanted, buyer=buyer, code="арал")
        if isinstance(outcome, Refused):
            assert (there.free, there.left) == before
            continue
        for one in outcome:
            got[one.type] += one.quantity
            of_buyer[buyer, one.type] = of_buyer.get((buyer, one.type), 0) + one.quantity
    assert got[FLOOR] + got[GIFT] == hall - there.free[HALL] <= hall
    assert got[BALCONY] == gallery - there.free[GALLERY] <= gallery
    assert got[FLOOR] == floor - there.left[FLOOR] <= floor
    assert all(count <= 2 for (_buyer, type_), count in of_buyer.items() if type_ == BALCONY)

"""A buyer who wants to be forgotten: the name goes everywhere, places and money stay."""

import pytest
from django.utils import timezone
from tests.tickets.conftest import HOUR, MINUTE, NOON
from tests.tickets.desk import crew_client, text_of

from aqyn.core.passes.serials import letters
from aqyn.core.places import Wanted
from aqyn.payments import selectors as money
from aqyn.payments import services as payments
from aqyn.people.models import Person, Role
from aqyn.post.models import Letter
from aqyn.tickets.claims import HoldAsked
from aqyn.tickets.letters.writing import write_of_order
from aqyn.tickets.models import Hold, Order, Quota, Ticket
from aqyn.tickets.selectors.orders import buyers, state_of
from aqyn.tickets.services import buying
from aqyn.tickets.services.forgetting import forget_buyer
from aqyn.tickets.signals import buyer_forgetting

pytestmark = pytest.mark.django_db

PRICE = 5_000_00


@pytest.fixture
def floor(make_sale, make_type):
    return make_type(make_sale(places=9), price=PRICE, limit=2)


@pytest.fixture
def order(floor, buy):
    made = buy(floor, 2)
    payments.receive(payment=made.payment_id, amount=2 * PRICE + 7, now=NOON)
    write_of_order(made, "tickets", now=NOON)
    made.refresh_from_db()
    return made


def hold(floor, email="aru@example.kz", now=NOON + HOUR, count=1):
    asked = HoldAsked("evening", (Wanted(floor.pk, count),), email)
    return Hold.objects.get(pk=buying.hold_places(asked=asked, now=now).id)


def anything_of(text):
    """Every row of the sale, of payments and of letters that this stands in."""
    from django.apps import apps

    labels = ("tickets", "payments", "post", "reach")
    rows = [
        row
        for label in labels
        for one in apps.get_app_config(label).get_models()
        for row in one.objects.all()
    ]
    return [repr(row) for row in rows if text in repr([str(value) for value in vars(row).values()])]


def test_nothing_is_left_of_a_name_and_an_address(order):
    assert anything_of("aru@example.kz") and anything_of("Серікова")
    assert forget_buyer(email="aru@example.kz", now=NOON) == 1
    assert anything_of("aru@example.kz") == anything_of("Серікова") == []
    order.refresh_from_db()
    assert (order.name, order.email, order.hold.email) == ("—", "", "")
    assert not Letter.objects.exists()
    assert buyers("evening") == []


def test_places_and_money_stay_as_they_are(order):
    before = money.standing(order.payment_id), list(Ticket.objects.values_list("serial", "gone_at"))
    entries = [(one.kind, one.amount) for one in money.entries_of([order.payment_id])]
    forget_buyer(email="aru@example.kz", now=NOON)
    assert (money.standing(order.payment_id), list(Ticket.objects.values_list("serial", "gone_at"))) == before
    assert [(one.kind, one.amount) for one in money.entries_of([order.payment_id])] == entries
    assert [refund.amount for refund in money.open_refunds([order.payment_id])] == [7]
    assert (state_of(Order.objects.get(), NOON), Quota.objects.get(channel="online").taken) == (
        "confirmed",
        2,
    )


def test_others_are_not_touched(order, floor, buy):
    other = buy(floor, name="Дана", email="dana@example.kz")
    write_of_order(other, "order", now=NOON)
    forget_buyer(email="aru@example.kz", now=NOON)
    other.refresh_from_db()
    assert (other.name, other.email, other.hold.email) == ("Дана", "dana@example.kz", "dana@example.kz")
    assert Letter.objects.get().to == "dana@example.kz"


@pytest.mark.parametrize("said", ["ARU@example.KZ", " aru@example.kz "])
def test_an_address_is_known_however_it_is_written(order, said):
    assert forget_buyer(email=said, now=NOON) == 1
    assert anything_of("aru@example.kz") == []


def test_an_address_in_other_letters_is_found_whatever_their_case(floor, buy):
    made = buy(floor, email="дәулет@example.kz")
    Order.objects.update(email="Дәулет@Example.kz")
    write_of_order(Order.objects.get(pk=made.pk), "tickets", now=NOON)
    assert forget_buyer(email="ДӘУЛЕТ@example.kz", now=NOON) == 1
    assert anything_of("Example.kz") == []


def test_an_order_that_is_written_to_elsewhere_keeps_its_name(order):
    Order.objects.update(email="dana@example.kz")
    assert forget_buyer(email="aru@example.kz", now=NOON) == 0
    order.refresh_from_db()
    assert (order.name, order.email, order.hold.email) == ("Ару Серікова", "dana@example.kz", "")


def test_who_is_buying_just_now_goes_on_buying(floor):
    kept = hold(floor)
    over = hold(floor, now=NOON + HOUR - 11 * MINUTE)
    assert forget_buyer(email="aru@example.kz", now=NOON + HOUR) == 0
    kept.refresh_from_db()
    over.refresh_from_db()
    assert (kept.email, over.email) == ("aru@example.kz", "")
    done = buying.place_order(hold=kept.pk, name="Ару", language="kk", way=_way(floor), now=NOON + HOUR)
    assert done.email == "aru@example.kz"


def _way(floor):
    details = {"receiver": "Мадина", "account": "KZ86 125K ZT50 0410 0100"}
    row = payments.make_way(adapter="transfer", title={"en": "Transfer"}, details=details, now=NOON)
    floor.sale.ways.add(row)
    return str(row.pk)


def test_nobody_is_forgotten_by_no_address(order):
    forget_buyer(email="aru@example.kz", now=NOON)
    Order.objects.update(name="Kiosk")
    assert forget_buyer(email=" ", now=NOON) == 0
    assert Order.objects.get().name == "Kiosk"


def test_the_apps_above_are_told(order):
    told = []

    def hears(email, now, **_more):
        told.append((email, now))

    buyer_forgetting.connect(hears)
    try:
        forget_buyer(email="Aru@example.kz", now=NOON)
    finally:
        buyer_forgetting.disconnect(hears)
    assert told == [("aru@example.kz", NOON)]


def page_of(order):
    return f"/studio/orders/{letters(order.pk)}/"


@pytest.fixture
def owner(db):
    client = crew_client()
    Person.objects.update(role=Role.OWNER)
    return client


def test_an_owner_forgets_a_buyer_after_being_told_what_goes(owner, order):
    assert f"{page_of(order)}forget/" in text_of(owner, page_of(order))
    told = text_of(owner, f"{page_of(order)}forget/")
    assert "1 order is unnamed" in told and "1 refund is still to be sent" in told
    assert Order.objects.get().name == "Ару Серікова"
    assert owner.post(f"{page_of(order)}forget/").status_code == 302
    assert Order.objects.get().name == "—"
    page = text_of(owner, page_of(order))
    assert "The buyer is forgotten" in page and "forget/" not in page
    assert owner.post(f"{page_of(order)}forget/").status_code == 409


def test_the_crew_forgets_nobody(order):
    crew = crew_client()
    assert "forget/" not in text_of(crew, page_of(order))
    assert crew.get(f"{page_of(order)}forget/").status_code == 403
    assert crew.post(f"{page_of(order)}forget/").status_code == 403
    assert Order.objects.get().name == "Ару Серікова"


def test_it_is_told_that_places_still_wait_for_their_money(owner, floor, buy):
    made = buy(floor, now=timezone.now())
    assert "1 order still waits for its money" in text_of(owner, f"{page_of(made)}forget/")

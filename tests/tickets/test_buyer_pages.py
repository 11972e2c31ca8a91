"""What a buyer sees: the shop, what is held, the order and how it is paid, the tickets."""

import html
import io
import re

import pytest
from django.test import Client
from django.utils import timezone
from pypdf import PdfReader
from tests.tickets.conftest import HOUR, NOON

from aqyn.core.passes.codes import read
from aqyn.core.passes.serials import letters, serial
from aqyn.core.places import Wanted
from aqyn.payments import selectors as money
from aqyn.payments import services as payments
from aqyn.payments.models import Advice
from aqyn.shows.models import Show
from aqyn.tickets.claims import HoldAsked
from aqyn.tickets.models import Hold, Quota
from aqyn.tickets.numbers import secret_of
from aqyn.tickets.selectors.passes import code_of, public_keys
from aqyn.tickets.services import buying, orders

pytestmark = pytest.mark.django_db
SOON = timezone.now().replace(microsecond=0) + 240 * HOUR
PNG = b"\x89PNG\r\n\x1a\n" + b"0" * 100


@pytest.fixture
def buyer():
    return Client(headers={"Sec-Fetch-Site": "same-origin"}, SERVER_NAME="localhost")


@pytest.fixture
def floor(make_sale, make_type, way):
    sale = make_sale(places=60)
    # The pages look at the clock on the wall.
    Show.objects.update(starts_at=SOON, doors_at=SOON - HOUR, ends_at=SOON + 2 * HOUR)
    sale.refresh_from_db()
    sale.ways.add(way)
    return make_type(sale, price=5_000_00, limit=4)


def path(kind, row):
    return f"/en/{kind}s/{letters(row.pk)}/{secret_of(kind, row.pk)}/"


def text_of(answer):
    bare = re.sub(r"<[^>]+>", " ", answer.content.decode())
    return " ".join(html.unescape(bare).split())


@pytest.fixture
def held(floor):
    def one(count=2, now=None):
        asked = HoldAsked("evening", (Wanted(floor.pk, count),), "aru@example.kz", "en")
        found = buying.hold_places(asked=asked, now=now or timezone.now())
        return Hold.objects.get(pk=found.id)

    return one


def test_the_shop_shows_what_can_be_had_and_takes_a_form(buyer, floor):
    answer = buyer.get("/en/shows/evening/tickets/")
    page = answer.content.decode()
    assert answer.status_code == 200
    assert 'action="/api/v1/shows/evening/holds"' in page
    assert f'name="type-{floor.pk}"' in page
    assert "Standing 5 000 ₸" in text_of(answer).replace("\u00a0", " ")
    assert "No fee is added." in text_of(answer)
    assert '"availability":"https://schema.org/InStock"' in page


def test_what_is_hidden_is_shown_to_those_who_know_its_code(buyer, floor, make_type):
    make_type(floor.sale, name={"en": "Friends"}, price=0, code="Арал")
    assert "Friends" not in buyer.get("/en/shows/evening/tickets/").content.decode()
    assert "Friends" in buyer.get("/en/shows/evening/tickets/?code=арал").content.decode()
    assert "Nothing opens by this code." in text_of(buyer.get("/en/shows/evening/tickets/?code=no"))


def test_a_show_without_a_sale_has_no_shop(buyer, make_show):
    make_show("evening")
    assert buyer.get("/en/shows/evening/tickets/").status_code == 404


def test_the_way_to_the_tickets_stands_on_the_shows_page(buyer, floor):
    assert "Tickets, 5 000 ₸" in text_of(buyer.get("/en/shows/evening/")).replace("\u00a0", " ")


@pytest.mark.parametrize(
    ("query", "status", "sentence"),
    [
        ("why=sold_out", 409, "Sold out: not a single one of these places is left."),
        ("why=sold_out&left=2", 409, "Only 2 of these places are left."),
        ("why=limit&left=1", 409, "you can still have 1 of these"),
        ("why=empty", 400, "at least one"),
        ("why=<b>", 404, ""),
    ],
)
def test_a_refused_form_is_told_why_with_its_status(buyer, floor, query, status, sentence):
    answer = buyer.get(f"/en/shows/evening/tickets/refused/?{query}")
    assert answer.status_code == status
    assert sentence in text_of(answer)


def test_what_is_held_is_ordered_from_its_page(buyer, held):
    hold = held(3)
    answer = buyer.get(path("hold", hold))
    assert answer.status_code == 200
    assert answer["Cache-Control"] == "no-store"
    assert f'action="/api/v1/holds/{letters(hold.pk)}/order"' in answer.content.decode()
    assert "15 000 ₸" in text_of(answer).replace("\u00a0", " ")


def test_a_hold_that_is_over_says_so(buyer, held):
    assert buyer.get(path("hold", held(now=timezone.now() - HOUR))).status_code == 410


def test_a_wrong_secret_opens_nothing(buyer, held):
    hold = held()
    answer = buyer.get(f"/en/holds/{letters(hold.pk)}/{secret_of('order', hold.pk)}/")
    assert (answer.status_code, text_of(answer).count("This secret does not open it.")) == (403, 2)
    assert buyer.get("/en/holds/0000000000000/x/").status_code == 404
    assert buyer.get("/en/holds/no/x/").status_code == 404


def test_a_hold_is_given_back_by_its_buyer(buyer, held):
    hold = held(2)
    assert buyer.post(path("hold", hold) + "back/").status_code == 302
    assert Quota.objects.get(channel="online").taken == 0
    assert buyer.get(path("hold", hold)).status_code == 410


def test_an_order_leads_from_its_hold(buyer, floor, buy):
    order = buy(floor, now=timezone.now())
    answer = buyer.get(path("hold", order.hold))
    assert answer["Location"] == path("order", order)


def test_an_order_that_waits_tells_how_to_pay(buyer, floor, buy):
    order = buy(floor, 2, now=timezone.now())
    answer = buyer.get(path("order", order))
    said = text_of(answer)
    assert order.payment.reference in said
    assert "KZ86125KZT5004100100" in answer.content.decode()
    assert "Your places are kept until" in said
    assert answer["Cache-Control"] == "no-store"


def test_i_have_paid_is_told_to_the_crew_and_books_nothing(buyer, floor, buy):
    order = buy(floor, now=timezone.now())
    told = {"payer": "АРУ С.", "paid_at": f"{NOON.year}-11-02T12:30"}
    picture = io.BytesIO(PNG)
    picture.name = "receipt.png"
    answer = buyer.post(path("order", order) + "advice/", told | {"picture": picture})
    assert answer.status_code == 302
    advice = Advice.objects.get()
    assert (advice.payer, advice.paid_at, advice.picture[-4:]) == ("АРУ С.", NOON + HOUR / 2, ".png")
    order.refresh_from_db()
    assert order.confirmed_at is None


def test_money_can_be_on_its_way_when_time_runs_out_but_not_once_it_is_cancelled(buyer, floor, buy):
    order = buy(floor, now=timezone.now())
    orders.lapse_due(now=timezone.now() + 49 * HOUR)
    advice = path("order", order) + "advice/"
    assert "advice/" in buyer.get(path("order", order)).content.decode()
    assert buyer.post(advice, {"payer": "Ару"}).status_code == 302
    orders.cancel_order(order=order.pk, now=timezone.now())
    assert buyer.post(advice, {"payer": "Ару"}).status_code == 400
    assert Advice.objects.count() == 1


def test_what_is_no_picture_is_not_taken(buyer, floor, buy):
    order = buy(floor, now=timezone.now())
    file = io.BytesIO(b"<svg onload=alert(1)>")
    file.name = "receipt.png"
    answer = buyer.post(path("order", order) + "advice/", {"payer": "Ару", "picture": file})
    assert answer.status_code == 400
    assert "Only pictures (JPEG, PNG or WebP)" in text_of(answer)
    assert Advice.objects.count() == 0


@pytest.fixture
def paid(floor, buy):
    order = buy(floor, 2, now=timezone.now())
    payments.receive(payment=order.payment_id, amount=10_000_00, now=timezone.now())
    order.refresh_from_db()
    return order


def test_a_ticket_shows_the_code_that_lets_in(buyer, paid):
    ticket = paid.tickets.first()
    answer = buyer.get(path("order", paid) + f"{ticket.number}/")
    assert answer.status_code == 200
    assert '<svg xmlns="http://www.w3.org/2000/svg"' in answer.content.decode()
    assert serial(ticket.serial) in text_of(answer)
    assert read(code_of(ticket), public_keys()).serial == ticket.serial


def test_a_ticket_that_is_not_paid_shows_none(buyer, floor, buy):
    order = buy(floor, now=timezone.now())
    answer = buyer.get(path("order", order) + f"{order.tickets.get().number}/")
    assert 'class="code"' not in answer.content.decode()
    assert "The code is here once the order is paid." in text_of(answer)


def test_a_cancelled_ticket_shows_none(buyer, paid):
    ticket = paid.tickets.first()
    orders.cancel_places(order=paid.pk, tickets=[ticket.pk], now=timezone.now())
    answer = buyer.get(path("order", paid) + f"{ticket.number}/")
    assert 'class="code"' not in answer.content.decode()
    assert "This ticket is not good any more." in text_of(answer)
    assert "are owed to you" in text_of(buyer.get(path("order", paid)))


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("kk", ["Жалғыз жарық", "Мадина", "Тұрып тыңдау"]),
        ("kk-latn", ["Jalğyz jaryq"]),
        ("en", ["One Light"]),
    ],
)
def test_the_printed_tickets_say_all_of_it(buyer, paid, language, words):
    type(paid).objects.update(language=language, name="Әсем Ғабитқызы Ңөүұһі")
    name, secret = letters(paid.pk), secret_of("order", paid.pk)
    answer = buyer.get(f"/orders/{name}/{secret}/tickets.pdf")
    assert (answer.status_code, answer["Content-Type"]) == (200, "application/pdf")
    pages = [page.extract_text() for page in PdfReader(io.BytesIO(answer.content)).pages]
    assert len(pages) == 2
    for page, ticket in zip(pages, paid.tickets.all(), strict=True):
        for word in [*words, "Әсем Ғабитқызы Ңөүұһі", f"{ticket.number:04d}", serial(ticket.serial)]:
            assert word in " ".join(page.split())


def test_the_evening_goes_into_the_buyers_calendar(buyer, paid):
    name, secret = letters(paid.pk), secret_of("order", paid.pk)
    answer = buyer.get(f"/orders/{name}/{secret}/show.ics")
    assert b"BEGIN:VEVENT" in answer.content


def test_a_free_order_is_given_back_by_its_buyer_and_a_paid_one_is_not(buyer, floor, make_type, buy, paid):
    free = buy(make_type(floor.sale, price=0), now=timezone.now())
    assert buyer.post(path("order", free) + "back/").status_code == 302
    free.refresh_from_db()
    assert free.cancelled_at is not None
    answer = buyer.post(path("order", paid) + "back/")
    assert (answer.status_code, "the crew gives them back" in text_of(answer)) == (409, True)


def test_nothing_is_sold_once_the_evening_is_over(buyer, floor):
    before = timezone.now() - 48 * HOUR
    Show.objects.update(starts_at=before, doors_at=before, ends_at=before + HOUR)
    answer = buyer.get("/en/shows/evening/tickets/")
    assert "This evening is over." in text_of(answer)
    assert "<form" not in answer.content.decode()


def test_a_refund_that_was_taken_back_is_not_told_as_sent(buyer, floor, buy):
    order = buy(floor, now=timezone.now())
    payments.receive(payment=order.payment_id, amount=order.total + 700_00, now=timezone.now())
    refund = money.open_refunds([order.payment_id])[0]
    entry = payments.send_refund(refund=refund.pk, now=timezone.now()).entry_id
    assert "were sent back to you" in text_of(buyer.get(path("order", order)))
    payments.reverse(entry=entry, now=timezone.now())
    said = text_of(buyer.get(path("order", order)))
    assert ("were sent back to you" in said, said.count("on their way back")) == (False, 1)

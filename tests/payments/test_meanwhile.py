"""Two of the crew press at once: what neither was shown is not booked, and nobody waits who need not."""

import threading

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.db.models.signals import post_save
from tests.payments.conftest import NOON

from aqyn.payments import selectors, services
from aqyn.payments import sentences as refuse
from aqyn.payments.models import Advice, Entry, Statement, Way
from aqyn.payments.services import LineFacts

PNG = b"\x89PNG\r\n\x1a\n" + b"." * 40
SAID = "Something else was booked meanwhile"


@pytest.fixture
def meanwhile(monkeypatch):
    """Another of the crew books so much for a payment after the page has looked at it, and before it is held:
    `meanwhile(payment, 5_000_00)`, once."""

    def come(payment, amount):
        amounts, real = [amount], {name: getattr(services, name) for name in ("receive", "confirm")}

        def first(deed):
            def both(**told):
                while amounts:
                    real["receive"](payment=payment.pk, amount=amounts.pop(), now=NOON)
                return deed(**told)

            return both

        for name, deed in real.items():
            monkeypatch.setattr(services, name, first(deed))

    return come


@pytest.fixture
def uploaded(way):
    """A statement of these lines."""

    def one(*lines):
        content = "\n".join(["d;a;p;t", *lines]).encode()
        columns = {"date": 0, "amount": 1, "payer": 2, "text": 3}
        told = {"name": "a.csv", "content": content, "columns": columns}
        return services.upload(**told, way=way.pk, currency="KZT", now=NOON).statement

    return one


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("came", "amount", "said"),
    [
        (5_000_00, "5000", "paid already: all of it will be owed back"),
        (1_000_00, "5000", "1\xa0000\xa0₸ will be owed back"),
        (1_000_00, "3000", "1\xa0000\xa0₸ stays open"),
        (2_000_00, "3000", "Book it"),
    ],
)
def test_what_changed_after_the_page_had_looked_is_shown_anew(
    crew, make_payment, meanwhile, came, amount, said
):
    payment = make_payment(5_000_00)
    address = f"/studio/payments/{payment.reference}/receipts/"
    form = {"amount": amount, "key": "k", "note": "чек 7", "seen": ""}
    if amount != "5000":
        form |= {"seen": crew.post(address, form).context["seen"]}
    meanwhile(payment, came)
    answer = crew.post(address, form)
    page = answer.content.decode()
    assert (answer.status_code, SAID in page, said in page, 'value="чек 7"' in page) == (200, *[True] * 3)
    assert selectors.standing(payment.pk).received == came
    crew.post(address, form | {"seen": answer.context["seen"]})
    assert selectors.standing(payment.pk).received == came + int(amount) * 100


@pytest.mark.django_db
def test_a_ticked_transfer_that_fits_no_more_is_shown_anew_and_the_others_are_booked(
    crew, make_payment, meanwhile, uploaded
):
    one, two = make_payment(5_000_00), make_payment(700_00, name="Дана")
    statement = uploaded(f"02.11.2026;5000;x;{one.reference}", f"02.11.2026;700;y;{two.reference}")
    address = f"/studio/payments/statements/{statement.pk}/"
    form = {"row": []}
    for match, shown in crew.get(address).context["matches"]:
        form["row"].append(match.row.pk)
        form |= {f"for-{match.row.pk}": match.payment.reference, f"shown-{match.row.pk}": shown}
    meanwhile(one, 5_000_00)
    answer = crew.post(address, form)
    page = answer.content.decode()
    assert SAID in page
    assert "paid already: owed back" in page
    assert "1 payment is booked." in page
    assert selectors.standing(one.pk).received == 5_000_00
    assert selectors.standing(two.pk).settled
    ((match, shown),) = answer.context["matches"]
    assert (match.payment, match.chosen) == (one, True)
    crew.post(
        address,
        {"row": match.row.pk, f"for-{match.row.pk}": one.reference, f"shown-{match.row.pk}": shown},
    )
    assert selectors.standing(one.pk).received == 10_000_00


@pytest.mark.django_db
def test_parts_of_one_payment_are_booked_in_the_order_in_which_they_were_shown(crew, make_payment, uploaded):
    payment = make_payment(5_000_00)
    statement = uploaded(*(f"02.11.2026;{amount};x;{payment.reference}" for amount in (2_000, 3_000, 10)))
    address = f"/studio/payments/statements/{statement.pk}/"
    matched = crew.get(address).context["matches"]
    assert [one.fate.value for one, _shown in matched] == ["short", "fits", "double"]
    form = {"row": [one.row.pk for one, _shown in reversed(matched)]}
    for one, shown in matched:
        form |= {f"for-{one.row.pk}": payment.reference, f"shown-{one.row.pk}": shown}
    assert crew.post(address, form).status_code == 302
    assert selectors.standing(payment.pk).received == 5_010_00


@pytest.fixture
def media(settings, tmp_path):
    settings.MEDIA = tmp_path
    return tmp_path


@pytest.mark.django_db(transaction=True)
def test_nobody_waits_for_a_picture_to_reach_the_disk(make_payment, media, monkeypatch):
    within = []
    monkeypatch.setattr(
        "aqyn.payments.services.advice.os.fsync", lambda _file: within.append(connection.in_atomic_block)
    )
    file = SimpleUploadedFile("a.png", PNG)
    services.advise(payment=make_payment(100).pk, payer="Ару", paid_at=None, picture=file, now=NOON)
    assert within == [False]


@pytest.mark.django_db
def test_a_picture_whose_row_is_refused_is_taken_away(make_payment, media, monkeypatch):
    payment = make_payment(100)
    told = {"payment": payment.pk, "payer": "Ару", "paid_at": None, "now": NOON}

    def others(_file):
        """While the file is written, the payment is told of often enough by others."""
        for _time in range(5):
            Advice.objects.create(payment=payment, payer="Ару", at=NOON)

    monkeypatch.setattr("aqyn.payments.services.advice.os.fsync", others)
    with pytest.raises(refuse.TooManyAdvices):
        services.advise(**told, picture=SimpleUploadedFile("a.png", PNG))
    with pytest.raises(refuse.NoSuchPayment):
        services.advise(**told | {"payment": 0}, picture=SimpleUploadedFile("a.png", PNG))
    assert list(media.rglob("*.png")) == []


@pytest.fixture
def somebody_orders(way):
    """Somebody orders, over a connection of their own, while the account is held; True once they have."""
    done = []

    def order(**_sent):
        def buy():
            try:
                with connection.cursor() as cursor:
                    cursor.execute("SET lock_timeout = '2s'")
                lines = [LineFacts("thing", "1", 100)]
                told = {"payer_name": "Ару", "payer_email": "", "language": "kk", "currency": "KZT"}
                services.open_payment(**told, lines=lines, way=way.pk, due_at=None, now=NOON)
                done.append(True)
            finally:
                connection.close()

        buyer = threading.Thread(target=buy)
        buyer.start()
        buyer.join()

    for model in (Statement, Way):
        post_save.connect(order, sender=model)
    yield done
    for model in (Statement, Way):
        post_save.disconnect(order, sender=model)


@pytest.mark.django_db(transaction=True)
def test_whoever_orders_does_not_wait_for_a_statement_or_another_title(uploaded, way, somebody_orders):
    if connection.vendor == "sqlite":
        pytest.skip("SQLite writes one after the other in any case.")
    uploaded("02.11.2026;500;a;x")
    assert somebody_orders == [True]
    services.change_way(way=way.pk, title={"en": "Bank"}, details=way.details)
    assert somebody_orders == [True, True]
    assert Entry.objects.count() == 2

"""“I have paid”: told by a payer, looked at by the crew alone, forgotten with its payer."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from tests.payments.conftest import HOUR, NOON

from aqyn.payments import selectors, services
from aqyn.payments import sentences as refuse
from aqyn.payments.models import Advice, StatementRow
from aqyn.payments.selectors.queue import queue
from aqyn.payments.services.advice import picture_path

pytestmark = pytest.mark.django_db

PICTURES = {
    "jpg": b"\xff\xd8\xff\xe0" + b"." * 40,
    "png": b"\x89PNG\r\n\x1a\n" + b"." * 40,
    "webp": b"RIFF\x10\x00\x00\x00WEBPVP8 " + b"." * 40,
}
SAFE = {"Content-Security-Policy": "default-src 'none'; sandbox", "X-Content-Type-Options": "nosniff"}


@pytest.fixture
def media(settings, tmp_path):
    settings.MEDIA = tmp_path
    return tmp_path


@pytest.fixture
def told(make_payment, media):
    """`told(picture=…)`: the payer of a payment says that it is paid."""

    def one(payment=None, *, payer="Ару Серікова", picture=None, name="чек.png", **more):
        file = None if picture is None else SimpleUploadedFile(name, picture, "image/png")
        payment = payment or make_payment(5_000_00)
        facts = {"payer": payer, "paid_at": NOON, "picture": file, "now": NOON + HOUR}
        return services.advise(payment=payment.pk, **(facts | more))

    return one


def test_what_a_payer_says_books_nothing_and_comes_first(told, make_payment):
    make_payment(700_00, due_at=NOON), make_payment(800_00)
    advice = told(note="  Kaspi,  9:05 ")
    first = queue()[0]
    assert (first.payment, first.advices, first.standing.received) == (advice.payment, (advice,), 0)
    assert (advice.payer, advice.note, advice.paid_at) == ("Ару Серікова", "Kaspi, 9:05", NOON)
    services.answer_advices(payment=advice.payment_id, now=NOON)
    assert queue()[0].payment != advice.payment


def test_what_is_said_of_a_payment_that_is_paid_is_shown_too(told, make_payment):
    payment = make_payment(5_000_00)
    services.receive(payment=payment.pk, amount=5_000_00, now=NOON)
    assert queue() == []
    told(payment)
    assert [one.payment for one in queue()] == [payment]


@pytest.mark.parametrize("kind", PICTURES)
def test_a_picture_is_kept_by_what_it_is_and_shown_to_the_crew_alone(told, crew, kind):
    advice = told(picture=PICTURES[kind], name="../../evil.svg")
    assert advice.picture.startswith("receipts/")
    assert advice.picture.endswith(f".{kind}")
    assert picture_path(advice).read_bytes() == PICTURES[kind]
    address = f"/studio/payments/advices/{advice.pk}/picture/"
    answer = crew.get(address)
    assert b"".join(answer.streaming_content) == PICTURES[kind]
    assert answer["Content-Type"] == {"jpg": "image/jpeg"}.get(kind, f"image/{kind}")
    assert {name: answer[name] for name in SAFE} == SAFE
    assert "no-store" in answer["Cache-Control"]
    stranger = Client(headers={"Sec-Fetch-Site": "same-origin"}, SERVER_NAME="localhost")
    assert stranger.get(address)["Location"].startswith("/sign-in/")
    for guess in (f"/media/{advice.picture}", f"/{advice.picture}", f"/files/{advice.picture}"):
        assert stranger.get(guess).status_code == 404


@pytest.mark.parametrize(
    "picture",
    [
        b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>",
        b"%PDF-1.7",
        b"GIF89a",
        b"RIFF\x10\x00\x00\x00AVI ",
        b"MZ" + b"\0" * 40,
        b"\xff\xd8\xff" + b"\0" * (5 << 20),
    ],
)
def test_what_is_no_picture_or_too_large_is_refused(told, media, picture):
    with pytest.raises(refuse.BadPicture):
        told(picture=picture)
    assert Advice.objects.count() == 0
    assert list(media.rglob("*.*")) == []


def test_a_picture_that_is_gone_is_a_page_that_is_not_there(told, crew):
    advice = told(picture=PICTURES["png"])
    picture_path(advice).unlink()
    assert crew.get(f"/studio/payments/advices/{advice.pk}/picture/").status_code == 404
    assert crew.get("/studio/payments/advices/99/picture/").status_code == 404


def test_one_payment_may_be_told_of_five_times(told, make_payment, media):
    payment = make_payment(5_000_00)
    for _time in range(5):
        told(payment)
    with pytest.raises(refuse.TooManyAdvices):
        told(payment, picture=PICTURES["png"])
    assert Advice.objects.count() == 5
    assert list(media.rglob("*.png")) == []


def test_nobody_is_no_payer(told):
    with pytest.raises(refuse.NoPayer):
        told(payer=" \u200b ")


def test_a_payer_is_forgotten_and_the_book_stays(told, way, make_payment):
    payment, other = make_payment(5_000_00), make_payment(700_00, payer_email="dana@example.kz")
    advice, others = told(payment, picture=PICTURES["png"]), told(other, picture=PICTURES["png"])
    content = f"Дата;Сумма;Кто;Зачем\n02.11.2026;6000;Ару Серікова;{payment.reference}\n".encode()
    columns = {"date": 0, "amount": 1, "payer": 2, "text": 3}
    services.upload(name="a.csv", content=content, columns=columns, way=way.pk, currency="KZT", now=NOON)
    row = StatementRow.objects.get()
    services.confirm(choices={row.pk: payment.pk}, now=NOON)
    refund = services.owe_back(payment=payment.pk, amount=1_000_00, why="over", to="KZ1, Ару", now=NOON)
    before = selectors.sums()
    assert services.forget_payer(email=" ARU@example.kz", now=NOON) == 1
    for changed in (payment, row, refund):
        changed.refresh_from_db()
    assert (payment.payer_name, payment.payer_email) == ("—", "")
    assert (row.payer, row.text, refund.to) == ("", "", "")
    assert not picture_path(advice).exists()
    assert picture_path(others).exists()
    assert list(Advice.objects.all()) == [others]
    assert selectors.standing(payment.pk).received == 6_000_00
    assert selectors.sums() == before
    assert services.forget_payer(email="aru@example.kz", now=NOON) == 0


def test_to_forget_one_payer_leaves_anothers_transfer_as_it_is(way, make_payment):
    mine, other = make_payment(5_000_00), make_payment(5_000_00, name="Дана", payer_email="dana@example.kz")
    content = "Дата;Сумма;Кто;Зачем\n02.11.2026;5000;Дана;билет\n".encode()
    columns = {"date": 0, "amount": 1, "payer": 2, "text": 3}
    services.upload(name="a.csv", content=content, columns=columns, way=way.pk, currency="KZT", now=NOON)
    row = StatementRow.objects.get()
    wrong = services.confirm(choices={row.pk: mine.pk}, now=NOON).booked[0]
    services.reverse(entry=wrong.pk, now=NOON)
    for given in (False, True):
        if given:
            services.confirm(choices={row.pk: other.pk}, now=NOON)
        services.forget_payer(email=mine.payer_email, now=NOON)
        row.refresh_from_db()
        assert (row.payer, row.text) == ("Дана", "билет")
    services.forget_payer(email=other.payer_email, now=NOON)
    row.refresh_from_db()
    assert (row.payer, row.text) == ("", "")

"""A statement from its file to the book, as the crew's pages take it there."""

import io
import random

import pytest
from tests.payments.conftest import NOON

from aqyn.payments import selectors, services
from aqyn.payments.models import Statement

pytestmark = pytest.mark.django_db


def test_a_statement_goes_from_the_file_to_the_book(desk, way, make_payment):
    client, payment = desk(), make_payment(5_000_00)
    file = io.BytesIO(f"Дата;Сумма;Кто;Зачем\n02.11.2026;5000;Ару;{payment.reference}\n".encode())
    file.name = "шот.csv"
    answer = client.post("/studio/payments/statements/", {"file": file})
    assert answer.status_code == 200
    kept = answer.context["kept"]
    told = {f"column-{n}": meaning for n, meaning in enumerate(("date", "amount", "payer", "text"))}
    told |= {"kept": kept, "way": way.pk, "currency": "KZT"}
    answer = client.post("/studio/payments/statements/", told)
    statement = Statement.objects.get()
    assert answer["Location"] == f"/studio/payments/statements/{statement.pk}/"
    row = statement.rows.get()
    assert "fits exactly" in client.get(answer["Location"]).content.decode()
    assert selectors.standing(payment.pk).received == 0
    page = client.get(answer["Location"])
    (told,) = page.context["matches"]
    assert told[1] == f"{payment.reference}:500000:fits"
    form = {"row": row.pk, f"for-{row.pk}": payment.reference, f"shown-{row.pk}": told[1]}
    client.post(answer["Location"], form)
    assert selectors.standing(payment.pk).settled


@pytest.fixture
def uploaded(way):
    """A statement of these lines: `uploaded("02.11.2026;500;Aru;x")`."""

    def one(*lines):
        content = "\n".join(["d;a;p;t", *lines]).encode()
        columns = {"date": 0, "amount": 1, "payer": 2, "text": 3}
        return services.upload(
            name="a.csv", content=content, columns=columns, way=way.pk, currency="KZT", now=NOON
        ).statement

    return one


def test_what_the_crew_fills_in_is_shown_before_it_is_booked(crew, uploaded, make_payment):
    payment = make_payment(5_000_00)
    statement = uploaded("02.11.2026;6000;somebody;something")
    row, address = statement.rows.get(), f"/studio/payments/statements/{statement.pk}/"
    form = {"row": row.pk, f"for-{row.pk}": payment.reference, f"shown-{row.pk}": ""}
    answer = crew.post(address, form)
    page = answer.content.decode()
    assert answer.status_code == 200
    assert "Nothing is booked yet" in page
    assert 'too much for <bdi dir="ltr">5\xa0000\xa0₸</bdi>' in page
    assert selectors.standing(payment.pk).received == 0
    crew.post(address, form | {f"shown-{row.pk}": answer.context["matches"][0][1]})
    assert selectors.standing(payment.pk).received == 6_000_00


def test_what_changed_since_it_was_shown_is_shown_again(crew, uploaded, make_payment):
    payment = make_payment(5_000_00)
    statement = uploaded(f"02.11.2026;5000;Aru;{payment.reference}")
    row, address = statement.rows.get(), f"/studio/payments/statements/{statement.pk}/"
    shown = crew.get(address).context["matches"][0][1]
    services.receive(payment=payment.pk, amount=5_000_00, now=NOON)
    form = {"row": row.pk, f"for-{row.pk}": payment.reference, f"shown-{row.pk}": shown}
    assert "paid already: owed back" in crew.post(address, form).content.decode()
    assert selectors.standing(payment.pk).received == 5_000_00


def test_a_tick_without_a_payment_and_a_row_of_another_statement_book_nothing(crew, uploaded, make_payment):
    payment = make_payment(5_000_00)
    one, two = uploaded("02.11.2026;500;a;x"), uploaded("03.11.2026;500;b;y")
    mine, other = one.rows.get(), two.rows.get()
    address = f"/studio/payments/statements/{one.pk}/"
    assert crew.post(address, {"row": mine.pk, f"for-{mine.pk}": "сөз"}).status_code == 400
    form = {"row": other.pk, f"for-{other.pk}": payment.reference, f"shown-{other.pk}": "x"}
    answer = crew.post(address, form, follow=True)
    assert "booked or set aside meanwhile" in answer.content.decode()
    for nonsense in ("", "x", "-1", "9" * 30):
        crew.post(address, {"row": nonsense})
    assert selectors.standing(payment.pk).received == 0


def test_a_long_statement_is_shown_two_hundred_at_a_time(crew, uploaded, make_payment):
    payment = make_payment(5_000_00)
    lines = [f"02.11.2026;{n};Payer {n};text" for n in range(1, 451)]
    statement = uploaded(*lines, f"03.11.2026;5000;Aru;{payment.reference}")
    address = f"/studio/payments/statements/{statement.pk}/"
    first = crew.get(address)
    assert [one.payment for one, _shown in first.context["matches"]][:2] == [payment, None]
    assert len(first.context["matches"]) == 200
    last = crew.get(f"{address}?page=3").content.decode()
    assert "Page 3 of 3" in last
    assert "Payer 450" in last
    # The whole first page as its form sends it.
    form = {"row": first.context["matches"][0][0].row.pk}
    for one, shown in first.context["matches"]:
        form |= {
            f"for-{one.row.pk}": one.payment.reference if one.payment else "",
            f"shown-{one.row.pk}": shown,
        }
    assert crew.post(address, form).status_code == 302
    assert selectors.standing(payment.pk).settled


def test_what_is_set_aside_can_be_looked_at_again(crew, uploaded):
    statement = uploaded("02.11.2026;500;a;x")
    row, address = statement.rows.get(), f"/studio/payments/statements/{statement.pk}/"
    crew.post(f"/studio/payments/rows/{row.pk}/setting-aside/")
    assert "Look at it again" in crew.get(address).content.decode()
    crew.post(f"/studio/payments/rows/{row.pk}/taking-up/")
    assert "Look at it again" not in crew.get(address).content.decode()
    assert [one.row.pk for one, _shown in crew.get(address).context["matches"]] == [row.pk]


def test_twenty_thousand_rows_go_through_the_form_that_chooses_columns(desk, way):
    lines = (
        f"{n % 28 + 1:02}.11.2026;{n * 37 % 9000 + 100},50;Payer {n * 7919 % 10007};text {n * n % 100003}"
        for n in range(20_000)
    )
    file = io.BytesIO("\n".join(["d;a;p;t", *lines]).encode())
    file.name = "long.csv"
    client = desk()
    kept = client.post("/studio/payments/statements/", {"file": file}).context["kept"]
    told = {f"column-{n}": one for n, one in enumerate(("date", "amount", "payer", "text"))}
    answer = client.post(
        "/studio/payments/statements/", told | {"kept": kept, "way": way.pk, "currency": "kzt"}
    )
    assert answer.status_code == 302
    assert Statement.objects.get().rows.count() == 20_000


def test_what_cannot_be_packed_into_the_form_is_refused(desk):
    file = io.BytesIO(b"d;a\n1;" + random.Random(4).randbytes(4 << 20).hex().encode()[: 5 << 20][:-9])
    file.name = "dense.csv"
    content = file.getvalue().replace(b"00", b"\n1;")
    file = io.BytesIO(content[: 5 << 20])
    file.name = "dense.csv"
    answer = desk().post("/studio/payments/statements/", {"file": file})
    assert answer.status_code == 400
    assert 'role="alert"' in answer.content.decode()


@pytest.mark.parametrize("kept", ["", "x", "x:y:z"])
def test_a_form_that_was_tampered_with_is_asked_for_its_file(desk, kept):
    answer = desk().post("/studio/payments/statements/", {"kept": kept, "column-0": "date"})
    assert answer.status_code == 400
    assert "Choose the file once more." in answer.content.decode()


@pytest.mark.parametrize(
    ("told", "said"),
    [
        ({"currency": "XXX"}, "is not the code of a currency"),
        ({"way": "77"}, "There is no such way to pay."),
        ({"column-0": "amount"}, "Choose which column holds the date"),
        ({"column-1": "payer"}, "Choose which column holds the date"),
        ({"column-0": "amount", "column-1": "date"}, "cannot be read"),
    ],
)
def test_columns_that_cannot_be_right_are_asked_for_again(desk, way, told, said):
    client = desk()
    file = io.BytesIO(b"d;a\n02.11.2026;500\n")
    file.name = "a.csv"
    kept = client.post("/studio/payments/statements/", {"file": file}).context["kept"]
    usual = {"kept": kept, "way": way.pk, "currency": "KZT", "column-0": "date", "column-1": "amount"}
    answer = client.post("/studio/payments/statements/", usual | told)
    assert answer.status_code == 400
    assert said in answer.content.decode()
    assert Statement.objects.count() == 0


def test_a_picture_is_no_statement(desk):
    file = io.BytesIO(b"\x89PNG\r\n\x1a\n")
    file.name = "шот.csv"
    answer = desk().post("/studio/payments/statements/", {"file": file})
    assert answer.status_code == 400
    assert "This is not a table in CSV" in answer.content.decode()
    assert Statement.objects.count() == 0

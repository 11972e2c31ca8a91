"""Account statements: read, matched, and booked only as they were shown."""

import pytest
from tests.payments.conftest import HOUR, NOON

from aqyn.payments import selectors, services
from aqyn.payments import sentences as refuse
from aqyn.payments.models import Entry, Statement, StatementRow
from aqyn.payments.selectors.queue import arrivals, matches, open_rows

pytestmark = pytest.mark.django_db
COLUMNS = {"date": 0, "amount": 1, "payer": 2, "text": 3}
HEAD = "Дата;Сумма;Отправитель;Назначение"


def csv(*lines, head=HEAD):
    return "\n".join([head, *lines]).encode()


def upload(way, content, *, columns=COLUMNS, currency="KZT"):
    return services.upload(
        name="шот.csv", content=content, columns=columns, way=way.pk, currency=currency, now=NOON
    )


def proposed(statement):
    return [
        (one.row.number, one.payment and one.payment.reference, one.proposal.sure.value)
        for one in matches(statement)
    ]


def test_transfers_are_matched_by_reference_amount_and_name(way, make_payment):
    exact, short, named = (
        make_payment(5_000_00),
        make_payment(7_000_00, name="Дана Әлімқызы"),
        make_payment(3_000_00, name="Ерлан Қуатұлы"),
    )
    statement = upload(
        way,
        csv(
            f"02.11.2026;5 000,00;ИП Ветер;билет {exact.reference.lower().replace('-', ' ')}",
            f"02.11.2026;6 000;Дана;{short.reference}",
            "02.11.2026;3000.00;QUATULY ERLAN;концерт",
            "03.11.2026;12;Кто-то;за что-то",
            "03.11.2026;-900;Мадина;возврат",
        ),
    )
    assert proposed(statement) == [
        (2, exact.reference, "exact"),
        (3, short.reference, "reference"),
        (4, named.reference, "name"),
        (5, None, "none"),
    ]
    assert Entry.objects.filter(kind="receipt").count() == 0


def test_what_is_confirmed_is_booked_once(way, make_payment):
    payment = make_payment(5_000_00)
    statement = upload(way, csv(f"02.11.2026;5000;Ару;{payment.reference}"))
    row = StatementRow.objects.get()
    for booked, gone in ((1, []), (0, [row.pk])):
        entries, missed = services.confirm(choices={row.pk: payment.pk}, now=NOON)
        assert (len(entries), missed) == (booked, gone)
    assert selectors.standing(payment.pk).received == 5_000_00
    assert open_rows(statement) == []


def test_the_same_transfer_in_another_file_is_known(way, make_payment):
    line = "02.11.2026;5000;Ару;рахмет"
    upload(way, csv(line))
    second = upload(way, csv(line, "03.11.2026;100;Дана;тағы"))
    assert [row.payer for row in second.rows.all()] == ["Дана"]
    with pytest.raises(refuse.StatementIsHere):
        upload(way, csv(line))
    assert (Statement.objects.count(), StatementRow.objects.count()) == (2, 2)


def test_two_alike_transfers_in_one_file_are_two(way):
    statement = upload(way, csv("02.11.2026;500;Ару;х", "02.11.2026;500;Ару;х"))
    assert statement.rows.count() == 2


def test_two_payments_that_fit_alike_are_left_to_the_crew(way, make_payment):
    make_payment(5_000_00), make_payment(5_000_00)
    statement = upload(way, csv("02.11.2026;5000;Ару Серікова;х"))
    assert proposed(statement) == [(2, None, "none")]


def test_money_without_a_name_is_booked_assigned_or_returned(way, make_payment):
    payment = make_payment(5_000_00)
    upload(way, csv("02.11.2026;5000;Біреу;х", "02.11.2026;70;Біреу;у"))
    first, second = StatementRow.objects.order_by("number")
    entry = services.book_unassigned(row=first.pk, now=NOON)
    other = services.book_unassigned(row=second.pk, now=NOON)
    assert arrivals() == [entry, other]
    assert selectors.balances("KZT")["unassigned"] == -5_070_00
    services.assign(entry=entry.pk, payment=payment.pk, now=NOON + HOUR)
    assert selectors.standing(payment.pk).settled
    services.give_back_arrival(entry=other.pk, now=NOON + HOUR)
    assert arrivals() == []
    balances = selectors.balances("KZT")
    assert (balances["unassigned"], balances["money"], sum(balances.values())) == (0, 5_000_00, 0)
    with pytest.raises(refuse.RowIsTaken):
        services.assign(entry=other.pk, payment=payment.pk, now=NOON)
    with pytest.raises(refuse.RowIsTaken):
        services.set_aside(row=first.pk, now=NOON)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1251", "utf-16"])
@pytest.mark.parametrize("sign", [";", ",", "\t"])
def test_files_of_every_bank_are_read(db, encoding, sign):
    text = f"Выписка{sign}\nДата{sign}Сумма{sign}Кто\n02.11.2026{sign}500{sign}Дана\n"
    table = services.read_table(text.encode(encoding))
    assert table.head == ("Дата", "Сумма", "Кто")
    assert table.rows == (("02.11.2026", "500", "Дана"),)


def test_columns_are_chosen_once(way):
    upload(way, csv("02.11.2026;500;Ару;х"))
    assert services.read_table(csv("04.11.2026;700;Дана;у")).known == COLUMNS
    assert services.read_table(csv("04.11.2026;700", head="Күні;Сома")).known == {}


@pytest.mark.parametrize(
    ("content", "refusal"),
    [
        (b"\x89PNG\r\n\x1a\n" + b"0;1\n" * 20, refuse.NotATable),
        (b"%PDF-1.7\n1;2\n3;4", refuse.NotATable),
        (b"PK\x03\x04" + b"a;b\n" * 20, refuse.NotATable),
        (b"", refuse.NotATable),
        (b"just a line", refuse.NotATable),
        (b"a;b\n" + b"1;2\n" * 20_001, refuse.TooManyRows),
        (b";" * (5 << 20 | 1), refuse.StatementTooLarge),
    ],
)
def test_what_is_no_statement_is_refused(db, content, refusal):
    with pytest.raises(refusal):
        services.read_table(content)


@pytest.mark.parametrize(
    ("lines", "columns", "refusal"),
    [
        (["02.11.2026;500;Ару;х"], {"date": 0}, refuse.ColumnsMissing),
        (["02.11.2026;500;Ару;х"], {"date": 0, "amount": 9}, refuse.ColumnsMissing),
        (["вчера;500;Ару;х"], COLUMNS, refuse.RowUnread),
        (["02.11.2026;пятьсот;Ару;х"], COLUMNS, refuse.RowUnread),
        (["02.11.2026;-500;Ару;х"], COLUMNS, refuse.NothingCame),
        (["02.11.2026;500;Ару;USD"], COLUMNS | {"currency": 3}, refuse.StatementInOther),
    ],
)
def test_a_statement_that_cannot_be_read_changes_nothing(way, lines, columns, refusal):
    with pytest.raises(refusal):
        upload(way, csv(*lines), columns=columns)
    assert (Statement.objects.count(), StatementRow.objects.count()) == (0, 0)


def test_money_in_another_currency_is_not_booked(way, make_payment):
    payment = make_payment(5_000_00)
    upload(way, csv(f"02.11.2026;5000;Ару;{payment.reference}"), currency="USD")
    with pytest.raises(refuse.OtherCurrency):
        services.confirm(choices={StatementRow.objects.get().pk: payment.pk}, now=NOON)
    assert selectors.standing(payment.pk).received == 0


def test_a_payer_is_forgotten_and_the_book_stays(make_payment):
    payment = make_payment(5_000_00)
    services.receive(payment=payment.pk, amount=5_000_00, now=NOON)
    assert services.forget_payer(email="ARU@example.kz", now=NOON) == 1
    payment.refresh_from_db()
    assert (payment.payer_name, payment.payer_email) == ("—", "")
    assert selectors.standing(payment.pk).received == 5_000_00

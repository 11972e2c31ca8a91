"""Account statements: read, matched, and booked only as they were shown."""

import pytest
from tests.payments.conftest import HOUR, NOON

from aqyn.core.ledger.book import Fate
from aqyn.payments import selectors, services
from aqyn.payments import sentences as refuse
from aqyn.payments.models import Entry, Statement, StatementRow
from aqyn.payments.selectors.statements import (
    arrivals,
    arrivals_sent_back,
    matches,
    open_rows,
    rows_set_aside,
    statements,
)

pytestmark = pytest.mark.django_db
COLUMNS = {"date": 0, "amount": 1, "payer": 2, "text": 3}
HEAD = "Дата;Сумма;Отправитель;Назначение"


def csv(*lines, head=HEAD):
    return "\n".join([head, *lines]).encode()


def upload(way, content, *, columns=COLUMNS, currency="KZT"):
    done = services.upload(
        name="шот.csv", content=content, columns=columns, way=way.pk, currency=currency, now=NOON
    )
    return done.statement


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
        done = services.confirm(choices={row.pk: payment.pk}, now=NOON)
        assert (len(done.booked), list(done.gone), done.refused) == (booked, gone, {})
    assert selectors.standing(payment.pk).received == 5_000_00
    assert open_rows(statement) == []


def test_the_same_transfer_in_another_file_is_known(way, make_payment):
    line = "02.11.2026;5000;Ару;рахмет"
    upload(way, csv(line))
    second = upload(way, csv(line, "03.11.2026;100;Дана;тағы"))
    assert [row.payer for row in second.rows.all()] == ["Дана"]
    third = services.upload(
        name="3.csv", content=csv(line, line), columns=COLUMNS, way=way.pk, currency="KZT", now=NOON
    )
    assert (third.skipped, third.statement.rows.count()) == (1, 1)
    third.statement.delete()
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


def test_a_transfer_that_was_given_to_another_by_mistake_is_open_again(way, make_payment):
    mine, other = make_payment(5_000_00), make_payment(5_000_00, name="Дана")
    statement = upload(way, csv(f"02.11.2026;5000;Ару;{mine.reference}"))
    row = StatementRow.objects.get()
    wrong = services.confirm(choices={row.pk: other.pk}, now=NOON).booked[0]
    assert open_rows(statement) == []
    services.reverse(entry=wrong.pk, now=NOON, note="another's")
    assert [one.pk for one in open_rows(statement)] == [row.pk]
    assert [one.open_rows for one in statements()] == [1]
    services.confirm(choices={row.pk: mine.pk}, now=NOON)
    assert selectors.standing(mine.pk).settled
    assert selectors.standing(other.pk).received == 0
    assert open_rows(statement) == []


def test_money_without_a_name_that_went_to_another_is_without_one_again(way, make_payment):
    mine, other = make_payment(5_000_00), make_payment(5_000_00, name="Дана")
    upload(way, csv("02.11.2026;5000;Біреу;х"))
    entry = services.book_unassigned(row=StatementRow.objects.get().pk, now=NOON)
    wrong = services.assign(entry=entry.pk, payment=other.pk, now=NOON)
    with pytest.raises(refuse.ArrivalIsAnswered):
        services.reverse(entry=entry.pk, now=NOON)
    services.reverse(entry=wrong.pk, now=NOON)
    assert arrivals() == [entry]
    returned = services.give_back_arrival(entry=entry.pk, now=NOON)
    assert (arrivals(), arrivals_sent_back()) == ([], [(entry, returned)])
    services.reverse(entry=returned.pk, now=NOON)
    assert (arrivals(), arrivals_sent_back()) == ([entry], [])
    services.assign(entry=entry.pk, payment=mine.pk, now=NOON)
    assert selectors.standing(mine.pk).settled
    assert [one.agree for one in selectors.sums()] == [True]


def test_what_was_booked_as_without_a_name_or_set_aside_can_be_looked_at_again(way):
    statement = upload(way, csv("02.11.2026;5000;Біреу;х"))
    row = StatementRow.objects.get()
    for _twice in range(2):
        entry = services.book_unassigned(row=row.pk, now=NOON)
        assert open_rows(statement) == []
        services.reverse(entry=entry.pk, now=NOON)
        assert ([one.pk for one in open_rows(statement)], arrivals()) == ([row.pk], [])
    services.set_aside(row=row.pk, now=NOON)
    assert (open_rows(statement), rows_set_aside(statement)) == ([], [row])
    services.take_up(row=row.pk)
    assert [one.pk for one in open_rows(statement)] == [row.pk]
    with pytest.raises(refuse.NoSuchRow):
        services.take_up(row=row.pk + 1)


def test_what_becomes_of_each_transfer_is_told_before_anything_is_booked(way, make_payment):
    short, over, paid, late, twice = (make_payment(5_000_00, name=f"Ару {n}") for n in range(5))
    services.receive(payment=paid.pk, amount=5_000_00, now=NOON)
    services.discharge(payment=late.pk, amount=5_000_00, now=NOON)
    told = {short: "4000", over: "6000", paid: "5000", late: "5000", twice: "5000"}
    lines = [f"02.11.2026;{amount};x;{payment.reference}" for payment, amount in told.items()]
    statement = upload(way, csv(*lines, f"03.11.2026;5000;x;{twice.reference}"))
    found = {one.row.number: (one.proposal.sure.value, one.fate) for one in matches(statement)}
    assert found == {
        2: ("reference", Fate.SHORT),
        3: ("reference", Fate.OVER),
        4: ("reference", Fate.DOUBLE),
        5: ("reference", Fate.LATE),
        6: ("exact", Fate.FITS),
        7: ("reference", Fate.DOUBLE),
    }


def test_two_parts_of_one_payment_fit_together(way, make_payment):
    payment = make_payment(5_000_00)
    statement = upload(way, csv(*(f"0{n}.11.2026;2500;x;{payment.reference}" for n in (2, 3))))
    assert [one.fate for one in matches(statement)] == [Fate.SHORT, Fate.FITS]


def test_what_the_crew_says_goes_before_what_is_proposed(way, make_payment):
    named, said = make_payment(5_000_00), make_payment(5_000_00, name="Дана")
    services.receive(payment=said.pk, amount=5_000_00, now=NOON)
    statement = upload(way, csv(f"02.11.2026;5000;Ару;{named.reference}"))
    (told,) = matches(statement, {StatementRow.objects.get().pk: said.pk})
    assert (told.payment, told.fate, told.chosen) == (said, Fate.DOUBLE, True)


def test_one_transfer_that_cannot_be_booked_stops_no_other(way, make_payment):
    payment, foreign = make_payment(5_000_00), make_payment(10_00, currency="USD")
    statement = upload(way, csv("02.11.2026;10;x;y", f"02.11.2026;5000;x;{payment.reference}"))
    first, second = open_rows(statement)
    done = services.confirm(choices={first.pk: foreign.pk, second.pk: payment.pk}, now=NOON)
    assert [entry.payment_id for entry in done.booked] == [payment.pk]
    assert list(done.refused) == [first.pk]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1251", "utf-16"])
@pytest.mark.parametrize("sign", [";", ",", "\t"])
def test_files_of_every_bank_are_read(db, encoding, sign):
    text = f"Выписка{sign}\nДата{sign}Сумма{sign}Кто\n02.11.2026{sign}500{sign}Дана\n"
    table = services.read_table(text.encode(encoding))
    assert table.head == ("Дата", "Сумма", "Кто")
    assert table.rows == (("02.11.2026", "500", "Дана"),)


def test_a_file_without_a_head_loses_no_transfer(way):
    content = b"02.11.2026;500;Dana;x\n03.11.2026;700;Aru;y\n"
    assert services.read_table(content).head == ("1", "2", "3", "4")
    assert [row.amount for row in upload(way, content).rows.all()] == [500_00, 700_00]


def test_what_a_bank_writes_above_and_below_its_table_is_no_transfer(way):
    content = (
        "Выписка по счёту;;;;\nСчёт;KZ86125KZT5004100100;Валюта;KZT;\n\n"
        "Дата;Расход;Приход;Кто;Зачем\n"
        "02.11.2026 9:05;;500,00;Дана;за концерт\n"
        "02.11.2026;300,00;0,00;Мадина;аренда\n"
        "Итого;300,00;500,00;;\n"
    ).encode("cp1251")
    table = services.read_table(content)
    assert table.head == ("Дата", "Расход", "Приход", "Кто", "Зачем")
    statement = upload(way, content, columns={"date": 0, "amount": 2, "payer": 3, "text": 4})
    assert [(row.number, row.amount, row.payer) for row in statement.rows.all()] == [(5, 500_00, "Дана")]


def test_commas_in_a_purpose_do_not_part_a_row(way):
    content = csv(
        "02.11.2026;1,50;Серікова, Ару;бір, екі, үш, төрт", "02.11.2026;2,50;Әлі, Дана;бес, алты, жеті, сегіз"
    )
    assert services.read_table(content).head == ("Дата", "Сумма", "Отправитель", "Назначение")
    quoted = b'date,amount,payer\n2026-11-02,"1,234.50","Serikova, ""Aru"""\n'
    statement = upload(way, quoted, columns={"date": 0, "amount": 1, "payer": 2})
    assert [(row.amount, row.payer) for row in statement.rows.all()] == [(1_234_50, 'Serikova, "Aru"')]


@pytest.mark.parametrize(
    ("said", "day"),
    [
        ("02.11.2026", (2, 0)),
        ("2.11.2026 9:05", (2, 9)),
        ("02.11.2026 23:59:59", (2, 23)),
        ("02/11/2026", (2, 0)),
        ("02-11-2026", (2, 0)),
        ("02.11.26", (2, 0)),
        ("2026-11-02", (2, 0)),
        ("2026-11-02 10:00:00", (2, 10)),
        ("2026-11-02T10:00:00+05:00", (2, 5)),
    ],
)
def test_dates_of_every_bank_are_read(way, said, day):
    upload(way, csv(f"{said};500;Ару;х"))
    at = StatementRow.objects.get().paid_at
    assert (at.year, at.month, at.day, at.hour) == (2026, 11, *day)


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
        (b"", refuse.StatementIsEmpty),
        (b"\xef\xbb\xbf \n\n", refuse.StatementIsEmpty),
        (b"just a line", refuse.NotATable),
        (b"<html><table><tr><td>1;2</td>\n<td>3;4</td></html>", refuse.NotATable),
        (b"PNG;1\x00;2\n3;4;5\n", refuse.NotATable),
        ("Күні;Сома\n".encode(), refuse.NothingCame),
        (b'"' + b"a;b\n" * 60_000, refuse.NotATable),
        ((";".join("abcdefgh" * 10) + "\n").encode() * 3, refuse.NotATable),
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
        (["02.11.0001;500;Ару;х"], COLUMNS, refuse.RowUnread),
        (["31.02.2026;500;Ару;х"], COLUMNS, refuse.RowUnread),
        (["02.11.2026 25:00;500;Ару;х"], COLUMNS, refuse.RowUnread),
        ([f"02.11.2026;{'9' * 5_000};Ару;х"], COLUMNS, refuse.RowUnread),
        ([f"02.11.2026;{10**11};Ару;х"], COLUMNS, refuse.RowUnread),
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
    row = StatementRow.objects.get()
    done = services.confirm(choices={row.pk: payment.pk}, now=NOON)
    assert (done.booked, type(done.refused[row.pk])) == ((), refuse.OtherCurrency)
    assert selectors.standing(payment.pk).received == 0

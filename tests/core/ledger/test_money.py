"""Amounts are read as they were written, in every currency, and never as something else."""

import pytest
from hypothesis import given
from hypothesis import strategies as some

from aqyn.core.ledger.money import DIGITS, MOST, NARROW, WIDE, AmountError, known, plain, read, written

CURRENCIES = some.sampled_from(sorted(DIGITS))
AMOUNTS = some.integers(1 - MOST, MOST - 1)


@given(AMOUNTS, CURRENCIES)
def test_what_people_are_shown_is_read_back(amount, currency):
    assert read(written(amount, currency), currency) == amount


@given(AMOUNTS, CURRENCIES)
def test_what_programs_are_told_is_read_back(amount, currency):
    assert read(plain(amount, currency), currency) == amount


@given(AMOUNTS, CURRENCIES, some.sampled_from([",.", ".,", " ,", " .", "’.", "'.", NARROW + ",", WIDE + "."]))
def test_every_way_of_parting_thousands_is_read(amount, currency, marks):
    group, point = marks
    whole, part = divmod(abs(amount), 10 ** DIGITS[currency])
    text = f"{whole:,}".replace(",", group)
    if DIGITS[currency]:
        text += f"{point}{part:0{DIGITS[currency]}d}"
    assert read(f"{'-' if amount < 0 else ''}{text}", currency) == amount


@given(some.text(max_size=80), CURRENCIES)
def test_whatever_is_typed_is_an_amount_or_is_none(text, currency):
    try:
        amount = read(text, currency)
    except AmountError:
        return
    assert abs(amount) < MOST
    assert read(plain(amount, currency), currency) == amount


@pytest.mark.parametrize(
    ("text", "currency", "amount"),
    [
        ("12 000", "KZT", 12_000_00),
        ("12.000,50", "KZT", 12_000_50),
        ("12,000.50", "KZT", 12_000_50),
        ("1,5", "KZT", 1_50),
        ("12000 ₸", "KZT", 12_000_00),
        ("₸ 12 000", "KZT", 12_000_00),
        ("12 000 тг.", "KZT", 12_000_00),
        ("5000 теңге", "KZT", 5_000_00),
        ("+5 000,00 KZT", "KZT", 5_000_00),
        ("−5 $", "USD", -5_00),
        ("1.234", "KZT", 1_234_00),
        ("1.234", "KWD", 1_234),
        ("1.234", "JPY", 1_234),
        ("1 000 ₩", "KRW", 1_000),
        ("7,50", "EUR", 7_50),
        ("7,500", "KZT", 7_500_00),
        ("0,10", "KZT", 10),
    ],
)
def test_amounts_as_people_and_banks_write_them(text, currency, amount):
    assert read(text, currency) == amount


@pytest.mark.parametrize(
    "text",
    [
        *("", "-", "KZT", "abc", "12 USD", "1e5", "--5", "+-5", "5-", "12.", ".5", "1,2345", "1.234.56"),
        *("(500)", "0.500", "1.23,456", "12,34,567", "²", "9" * 5_000, str(MOST), "5 KZT KZT", "1\x002"),
    ],
)
def test_what_could_be_meant_otherwise_is_no_amount(text):
    with pytest.raises(AmountError):
        read(text, "KZT")


def test_a_minor_unit_that_there_is_not_is_no_amount():
    for text, currency in (("1.5", "JPY"), ("1.2345", "KWD"), ("1,505 5", "KZT")):
        with pytest.raises(AmountError):
            read(text, currency)


def test_amounts_are_written_as_people_read_them():
    assert written(12_000_00, "KZT") == f"12{WIDE}000{WIDE}₸"
    assert written(9_50, "EUR") == f"9.50{WIDE}€"
    assert written(-5_00, "USD") == f"−5{WIDE}$"
    assert written(1_234, "JPY") == f"1{WIDE}234{WIDE}¥"
    assert written(1_005, "KWD") == f"1.005{WIDE}KWD"
    assert (plain(12_000_00, "KZT"), plain(-5, "JPY"), plain(5, "BHD")) == ("12000.00", "-5", "0.005")


def test_currencies_are_those_of_the_standard():
    assert {known(code) for code in ("KZT", "USD", "JPY", "KWD")} == {True}
    assert {known(code) for code in ("kzt", "XXX", "ZZZ", "", "EURO")} == {False}
    assert {len(code) for code in DIGITS} == {3}
    assert set(DIGITS.values()) == {0, 2, 3}

"""References are found however a payer writes them, and a slip is noticed."""

import pytest
from hypothesis import assume, given
from hypothesis import strategies as some

from aqyn.core.ledger.references import ALPHABET, LENGTH, MOST, find, make

NUMBERS = some.integers(0, MOST - 1)
PLACES = some.integers(0, LENGTH)
# Words of a bank that no letter of a reference can run into.
AROUND = some.text("абвгдежз ,;:()/№ !\n", max_size=20)
LOOKS_LIKE = str.maketrans("ABEKMHPCTXY3", "АВЕКМНРСТХУЗ")


def letters_of(number):
    return make(number).replace("-", "")


def parted(letters):
    return f"{letters[:4]}-{letters[4:]}"


@given(NUMBERS)
def test_a_reference_is_found_again(number):
    assert find(make(number)) == [make(number)]


@given(NUMBERS, NUMBERS)
def test_two_numbers_never_have_one_reference(one, two):
    assert (make(one) == make(two)) == (one == two)


@given(NUMBERS, PLACES, some.sampled_from(ALPHABET))
def test_one_wrong_letter_is_noticed(number, place, letter):
    right = letters_of(number)
    assume(right[place] != letter)
    assert find(parted(right[:place] + letter + right[place + 1 :])) == []


@given(NUMBERS, PLACES, PLACES)
def test_two_letters_that_changed_places_are_noticed(number, one, two):
    letters = list(letters_of(number))
    assume(letters[one] != letters[two])
    letters[one], letters[two] = letters[two], letters[one]
    assert find(parted("".join(letters))) == []


@given(NUMBERS, AROUND, AROUND)
def test_it_is_found_inside_of_any_text(number, before, after):
    reference = make(number)
    assert find(f"{before} {reference}.{after}") == [reference]


@given(NUMBERS, some.sampled_from(["", " ", "–", "—", "_", ".", "‑", "−", " - ", "\u00a0", "  "]))
def test_any_mark_or_none_stands_between_the_groups(number, mark):
    letters = letters_of(number)
    assert find(f"{letters[:4]}{mark}{letters[4:]}") == [make(number)]


@given(NUMBERS)
def test_small_letters_and_letters_of_the_cyrillic_keyboard_are_taken(number):
    reference = make(number)
    assert find(reference.lower()) == [reference]
    assert find(reference.translate(LOOKS_LIKE)) == [reference]
    assert find(reference.translate(LOOKS_LIKE).lower()) == [reference]


@given(NUMBERS, NUMBERS)
def test_several_are_found_in_their_order_each_once(one, two):
    text = f"{make(one)}, {make(two)}; {make(one)}"
    assert find(text) == list(dict.fromkeys([make(one), make(two)]))


@given(some.text(max_size=200))
def test_whatever_a_bank_tells_only_right_references_are_found(text):
    for reference in find(text):
        assert find(reference) == [reference]


def test_a_word_before_a_reference_does_not_take_its_first_half_away():
    assert find(f"TEXT {make(123_456_789)}") == [make(123_456_789)]
    assert find(f"{make(123_456_789)} THANKS") == [make(123_456_789)]


def test_a_longer_run_of_letters_is_no_reference():
    letters = letters_of(123_456_789)
    assert find(f"{letters}A") == []
    assert find(f"A{letters}") == []


def test_the_first_and_the_last_number_have_one_and_no_number_beyond():
    assert (make(0), make(MOST - 1)) == ("2222-2222", "ZZZZ-ZZZ8")
    for number in (-1, MOST):
        with pytest.raises(ValueError, match="not a number of a reference"):
            make(number)

"""Whatever is booked, the accounts add up to nothing and a payment stands as its entries say."""

from hypothesis import given
from hypothesis import strategies as some

from aqyn.core.ledger.book import ACCOUNTS, KINDS, MONEY, Booked, Standing, balances, standing

AMOUNTS = some.integers(1, 10**12)
MOVEMENTS = some.lists(some.tuples(some.sampled_from(sorted(KINDS)), AMOUNTS, some.booleans()), max_size=40)


def booked(kind, amount, reversed_=False):
    debit, credit = KINDS[kind]
    return Booked(credit, debit, amount) if reversed_ else Booked(debit, credit, amount)


def of(movements):
    return [booked(*movement) for movement in movements]


@given(MOVEMENTS)
def test_the_accounts_add_up_to_nothing(movements):
    totals = balances(of(movements))
    assert sum(totals.values()) == 0
    assert sorted(totals) == sorted(ACCOUNTS)


@given(MOVEMENTS)
def test_what_is_reversed_leaves_nothing_behind(movements):
    both = of(movements) + [booked(kind, amount, not undone) for kind, amount, undone in movements]
    assert set(balances(both).values()) == {0}


@given(MOVEMENTS)
def test_the_order_of_entries_does_not_matter(movements):
    assert balances(of(movements)) == balances(reversed(of(movements)))


@given(MOVEMENTS)
def test_money_is_what_came_less_what_went(movements):
    came = sum((-n if undone else n) for kind, n, undone in movements if kind in ("receipt", "arrival"))
    went = sum((-n if undone else n) for kind, n, undone in movements if kind in ("refund", "return"))
    assert balances(of(movements))[MONEY] == came - went


@given(
    some.lists(
        some.tuples(some.sampled_from(["charge", "discharge", "receipt", "assign", "refund"]), AMOUNTS),
        max_size=30,
    )
)
def test_a_payment_stands_as_its_entries_say(movements):
    total = {kind: sum(n for one, n in movements if one == kind) for kind in KINDS}
    found = standing(booked(kind, amount) for kind, amount in movements)
    charged = total["charge"] - total["discharge"]
    received = total["receipt"] + total["assign"] - total["refund"]
    assert found == Standing(charged, received)
    assert found.due - found.owed == charged - received
    assert found.due == 0 or found.owed == 0
    assert found.settled == (received >= charged)


def test_no_kind_moves_money_to_where_it_is():
    assert all(debit != credit and {debit, credit} <= set(ACCOUNTS) for debit, credit in KINDS.values())


def test_a_payment_without_entries_owes_nothing():
    assert standing([]) == Standing(0, 0)
    assert standing([]).settled

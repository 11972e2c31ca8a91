"""One-time links: made, asked for, used once."""

import hashlib
from datetime import timedelta

import pytest

from aqyn.people import services
from aqyn.people.errors import LinkExpired, LinkUnknown, LinkUsed, LinkVoid, OwnerIsThere, TooMany
from aqyn.people.models import Allowance, Person, SignInLink
from aqyn.people.services.links import why_not
from aqyn.post.models import Bounce, Letter

pytestmark = pytest.mark.django_db


def ask(email, now, *, client="192.0.2.7", then=""):
    services.ask_for_link(
        email=email, client=client, house="https://madina.example", language="ru", then=then, now=now
    )


def token_in(letter):
    [link] = [word for word in letter.text.split() if word.startswith("https://madina.example/sign-in/")]
    return link.split("/sign-in/")[1].split("/")[0]


def test_a_link_lets_its_person_in_once(owner, noon):
    ask(owner.email, noon)
    token = token_in(Letter.objects.get())
    assert services.use_link(token=token, now=noon + timedelta(minutes=14)) == owner
    with pytest.raises(LinkUsed):
        services.use_link(token=token, now=noon + timedelta(minutes=14))


def test_only_the_fingerprint_of_a_link_is_kept(owner, noon):
    ask(owner.email, noon)
    token = token_in(Letter.objects.get())
    link = SignInLink.objects.get()
    assert link.token_sha256 == hashlib.sha256(token.encode()).hexdigest()
    assert token not in repr(list(SignInLink.objects.values()))


def test_a_link_runs_out_after_a_quarter_of_an_hour(owner, noon):
    ask(owner.email, noon)
    token = token_in(Letter.objects.get())
    with pytest.raises(LinkExpired):
        services.use_link(token=token, now=noon + timedelta(minutes=15))
    assert SignInLink.objects.get().used_at is None


def test_using_one_link_voids_the_others_of_that_person_alone(owner, helper, noon):
    for who in (owner, owner, helper):
        ask(who.email, noon)
    first, second = [token_in(letter) for letter in Letter.objects.filter(to=owner.email).order_by("pk")]
    other = token_in(Letter.objects.get(to=helper.email))
    services.use_link(token=second, now=noon)
    with pytest.raises(LinkVoid):
        services.use_link(token=first, now=noon)
    assert services.use_link(token=other, now=noon) == helper


def test_letters_whose_link_is_void_are_taken_back(owner, noon):
    ask(owner.email, noon)
    ask(owner.email, noon)
    services.use_link(token=token_in(Letter.objects.first()), now=noon)
    assert not Letter.objects.exists()


@pytest.mark.parametrize("token", ["", "x", "а" * 43, "../../etc", "\x00", "'; DROP TABLE", "a" * 5000])
def test_a_garbled_link_is_unknown(owner, noon, token):
    with pytest.raises(LinkUnknown):
        services.use_link(token=token, now=noon)


def test_a_stranger_leaves_nothing_but_a_count(owner, noon):
    ask("stranger@example.org", noon)
    assert not Letter.objects.exists()
    assert not SignInLink.objects.exists()
    assert sorted(Allowance.objects.values_list("used", flat=True)) == [1, 1, 1]


def test_a_removed_person_is_a_stranger(owner, helper, noon):
    ask(helper.email, noon)
    token = token_in(Letter.objects.get())
    services.remove_person(person_id=helper.pk, now=noon)
    with pytest.raises(LinkVoid):
        services.use_link(token=token, now=noon)
    ask(helper.email, noon)
    assert not Letter.objects.exists()


def test_an_address_that_bounced_gets_the_same_silence(owner, noon):
    Bounce.objects.create(address=owner.email, at=noon)
    ask(owner.email, noon)
    assert not Letter.objects.exists()


def test_the_letter_speaks_the_persons_language_and_goes_on_where_they_wanted(owner, noon):
    Person.objects.update(language="kk")
    ask(owner.email, noon, then="/studio/artists/?a=1&b=2")
    letter = Letter.objects.get()
    assert (letter.language, letter.to_name, letter.kind) == ("kk", "Мадина", "sign-in")
    assert letter.text.count("/?next=%2Fstudio%2Fartists%2F%3Fa%3D1%26b%3D2") == 1
    assert letter.expires_at == noon + timedelta(minutes=15)


def test_one_address_is_asked_for_five_times_an_hour(owner, noon):
    for n in range(5):
        ask(owner.email, noon, client=f"192.0.2.{n}")
    with pytest.raises(TooMany) as refused:
        ask(owner.email, noon + timedelta(minutes=10), client="192.0.2.99")
    assert refused.value.seconds == 50 * 60
    assert Letter.objects.count() == 5
    ask(owner.email, noon + timedelta(minutes=60))
    assert Letter.objects.count() == 6


def test_a_strangers_address_is_limited_like_a_known_one(noon):
    for _n in range(5):
        ask("stranger@example.org", noon)
    with pytest.raises(TooMany):
        ask("stranger@example.org", noon)


def test_one_network_asks_twenty_times_an_hour(noon):
    for n in range(20):
        ask(f"s{n}@example.org", noon, client=f"2001:db8:1:2::{n:x}")
    with pytest.raises(TooMany):
        ask("one@example.org", noon, client="2001:db8:1:2:ffff::1")
    ask("one@example.org", noon, client="2001:db8:1:3::1")


def test_the_counters_stay_few_and_are_forgotten(noon):
    for n in range(300):
        ask(f"s{n}@example.org", noon, client=f"10.0.{n}.1")
    for n in range(300, 320):
        with pytest.raises(TooMany):
            ask(f"s{n}@example.org", noon, client=f"10.1.{n}.1")
    assert Allowance.objects.count() == 601
    ask("later@example.org", noon + timedelta(hours=1))
    assert Allowance.objects.count() == 3


def test_counters_do_not_say_who_asked(noon):
    ask("stranger@example.org", noon)
    assert not Allowance.objects.filter(key__contains="stranger").exists()
    assert not Allowance.objects.filter(key__contains="192.0.2").exists()


def test_before_there_is_an_owner_the_first_link_makes_one(noon):
    token = services.first_link(noon).split("/")[2]
    person = services.become_first_owner(
        token=token, name="Мадина", email="madina@example.kz", language="kk", now=noon
    )
    assert (person.role, person.is_active) == ("owner", True)
    with pytest.raises(LinkUsed):
        services.become_first_owner(token=token, name="Б", email="b@example.kz", language="kk", now=noon)


def test_a_link_for_the_first_owner_opens_nothing_once_there_is_one(noon, owner):
    link = SignInLink.objects.create(
        kind="start",
        token_sha256=hashlib.sha256(b"t").hexdigest(),
        made_at=noon,
        expires_at=noon + timedelta(hours=1),
    )
    with pytest.raises(OwnerIsThere):
        services.become_first_owner(token="t", name="Б", email="b@example.kz", language="kk", now=noon)
    link.refresh_from_db()
    assert link.used_at is None
    assert Person.objects.count() == 1


def test_a_first_owners_link_signs_nobody_in(noon):
    token = services.first_link(noon).split("/")[2]
    with pytest.raises(LinkVoid):
        services.use_link(token=token, now=noon)
    assert SignInLink.objects.get().used_at is None


def test_each_start_gives_the_owner_a_link_for_a_day_and_voids_the_one_before(owner, helper, noon):
    old, new = (services.first_link(noon).split("/")[2] for _start in range(2))
    assert isinstance(why_not(old, now=noon), LinkVoid)
    with pytest.raises(LinkVoid):
        services.use_link(token=old, now=noon)
    assert services.use_link(token=new, now=noon + timedelta(hours=23)) == owner


def test_a_start_link_runs_out_after_a_day(owner, noon):
    token = services.first_link(noon).split("/")[2]
    with pytest.raises(LinkExpired):
        services.use_link(token=token, now=noon + timedelta(hours=24))


@pytest.mark.django_db(transaction=True)
def test_two_who_open_a_link_at_once_are_one(owner, at_once, noon):
    token = services.first_link(noon).split("/")[2]
    deed = f"""
from aqyn.people import services
from aqyn.people.errors import Refused
try:
    return services.use_link(token={token!r}, now=now).email
except Refused as problem:
    return type(problem).__name__
"""
    rows = (
        "from aqyn.people.models import SignInLink; return SignInLink.objects.exclude(used_at=None).count()"
    )
    results, used = at_once(deed, times=4, rows=rows)
    assert sorted(results) == ["LinkUsed", "LinkUsed", "LinkUsed", "madina@example.kz"]
    assert used == 1


@pytest.mark.django_db(transaction=True)
def test_two_who_claim_an_empty_house_at_once_make_one_owner(at_once, noon):
    token = services.first_link(noon).split("/")[2]
    deed = f"""
from aqyn.people import services
from aqyn.people.errors import Refused
try:
    return services.become_first_owner(
        token={token!r}, name="x", email=f"x{{n}}@example.kz", language="kk", now=now).role
except Refused as problem:
    return type(problem).__name__
"""
    rows = "from aqyn.people.models import Person; return Person.objects.count()"
    results, people = at_once(deed, times=3, rows=rows)
    assert sorted(results) == ["LinkUsed", "LinkUsed", "owner"]
    assert people == 1

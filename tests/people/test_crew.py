"""Inviting, changing and removing the crew."""

from datetime import timedelta

import pytest
from django.contrib.sessions.models import Session

from aqyn.people import selectors, services
from aqyn.people.errors import (
    EmailTaken,
    LastOwner,
    LinkExpired,
    LinkUnknown,
    LinkUsed,
    LinkVoid,
    TooManyInvitations,
)
from aqyn.people.models import Invitation, Person
from aqyn.post.models import Letter
from aqyn.post.services import NoAddress

pytestmark = pytest.mark.django_db


def invite(owner, now, **more):
    return services.invite(by=owner, role="crew", language="kk", now=now, **more)


def token_of(invitation):
    return selectors.invitation_path(invitation).split("/")[2]


def join(token, now, email="aigerim@example.kz"):
    return services.accept_invitation(token=token, name="Айгерім", email=email, language="kk", now=now)


def test_an_invitation_lets_one_person_in(owner, noon):
    invitation = invite(owner, noon)
    person = join(token_of(invitation), noon + timedelta(days=6))
    assert (person.name, person.role, person.email) == ("Айгерім", "crew", "aigerim@example.kz")
    with pytest.raises(LinkUsed):
        join(token_of(invitation), noon, email="b@example.kz")
    assert Person.objects.count() == 2


def test_an_invitation_is_shown_until_it_is_used_withdrawn_or_run_out(owner, noon):
    first, second, third = (invite(owner, noon) for _n in range(3))
    join(token_of(first), noon)
    services.withdraw_invitation(invitation_id=second.pk, now=noon)
    assert list(selectors.open_invitations(now=noon)) == [third]
    assert not selectors.open_invitations(now=noon + timedelta(days=7)).exists()


def test_the_token_of_an_invitation_is_not_in_its_row(owner, noon):
    token = token_of(invite(owner, noon))
    assert token not in repr(list(Invitation.objects.values()))


def test_an_invitation_that_was_withdrawn_says_so(owner, noon):
    invitation = invite(owner, noon)
    assert services.withdraw_invitation(invitation_id=invitation.pk, now=noon)
    assert not services.withdraw_invitation(invitation_id=invitation.pk, now=noon)
    with pytest.raises(LinkVoid):
        join(token_of(invitation), noon)


def test_an_invitation_runs_out_after_a_week(owner, noon):
    with pytest.raises(LinkExpired):
        join(token_of(invite(owner, noon)), noon + timedelta(days=7))


def test_a_garbled_invitation_is_unknown(owner, noon):
    with pytest.raises(LinkUnknown):
        join("garbled", noon)


def test_an_address_of_the_crew_is_not_invited_twice(owner, noon):
    with pytest.raises(EmailTaken):
        invite(owner, noon, email=owner.email, house="https://madina.example")
    invitation = invite(owner, noon)
    with pytest.raises(EmailTaken):
        join(token_of(invitation), noon, email=owner.email)
    assert join(token_of(invitation), noon).role == "crew"


def test_an_invitation_with_an_address_is_also_a_letter(owner, noon):
    invitation = invite(owner, noon, email="aigerim@example.kz", house="https://madina.example")
    letter = Letter.objects.get()
    assert (letter.to, letter.kind, letter.expires_at) == (
        "aigerim@example.kz",
        "invite",
        invitation.expires_at,
    )
    assert "https://madina.example" + selectors.invitation_path(invitation) in letter.text
    services.withdraw_invitation(invitation_id=invitation.pk, now=noon)
    assert not Letter.objects.exists()


def test_no_letter_leaves_a_house_that_does_not_know_its_address(owner, noon):
    with pytest.raises(NoAddress):
        invite(owner, noon, email="aigerim@example.kz", house=None)
    assert not Invitation.objects.exists()


def test_fifty_invitations_are_enough(owner, noon):
    for _n in range(50):
        invite(owner, noon)
    with pytest.raises(TooManyInvitations):
        invite(owner, noon)


def test_who_was_removed_and_is_invited_again_is_the_same_person(owner, helper, noon):
    services.remove_person(person_id=helper.pk, now=noon)
    again = join(token_of(invite(owner, noon)), noon, email=helper.email)
    assert (again.pk, again.is_active, again.name) == (helper.pk, True, "Айгерім")


def test_the_last_owner_stays_owner(owner, helper, noon):
    for deed in (
        lambda: services.change_role(person_id=owner.pk, role="crew"),
        lambda: services.remove_person(person_id=owner.pk, now=noon),
        lambda: services.erase_person(person_id=owner.pk, now=noon),
    ):
        with pytest.raises(LastOwner):
            deed()
        owner.refresh_from_db()
        assert (owner.role, owner.is_active) == ("owner", True)


def test_a_removed_owner_does_not_count_as_an_owner(owner, helper, noon):
    services.change_role(person_id=helper.pk, role="owner")
    services.remove_person(person_id=helper.pk, now=noon)
    with pytest.raises(LastOwner):
        services.remove_person(person_id=owner.pk, now=noon)


def test_an_owner_goes_where_another_stays(owner, helper, noon):
    services.change_role(person_id=helper.pk, role="owner")
    services.change_role(person_id=owner.pk, role="crew")
    assert [(p.name, p.role) for p in selectors.crew()] == [("Санжар", "owner"), ("Мадина", "crew")]


def test_removing_ends_every_session_and_can_be_undone(owner, helper, noon, visitor):
    there = visitor()
    there.force_login(helper)
    assert selectors.person_of_session(there.session.session_key) == helper
    services.remove_person(person_id=helper.pk, now=noon)
    assert selectors.person_of_session(there.session.session_key) is None
    assert selectors.removed() == [helper]
    assert services.bring_back(person_id=helper.pk)
    assert selectors.person_of_session(there.session.session_key) is None
    assert helper in selectors.crew()


def test_one_session_row_is_not_another_persons(owner, helper, visitor, noon):
    theirs = visitor()
    theirs.force_login(owner)
    device = services.note_sign_in(
        person=owner, session_key=theirs.session.session_key, user_agent="", now=noon
    )
    assert not services.sign_out_device(person=helper, device_id=device.pk)
    assert Session.objects.filter(session_key=theirs.session.session_key).exists()


@pytest.mark.django_db(transaction=True)
def test_two_owners_who_remove_each_other_at_once_leave_one(owner, helper, at_once):
    services.change_role(person_id=helper.pk, role="owner")
    deed = f"""
from aqyn.people import services
from aqyn.people.errors import LastOwner
try:
    if n % 2:
        services.remove_person(person_id={owner.pk}, now=now)
    else:
        services.change_role(person_id={helper.pk}, role="crew")
    return "done"
except LastOwner:
    return "last"
"""
    rows = (
        "from aqyn.people.models import Person; "
        "return Person.objects.filter(role='owner', removed_at=None).count()"
    )
    results, owners = at_once(deed, times=4, rows=rows)
    assert owners == 1
    assert "last" in results

"""A person's data, handed out and erased."""

import json

import pytest

from aqyn.people import services
from aqyn.people.models import Invitation, Person, SignInLink
from aqyn.people.signals import person_erasing, person_exporting
from aqyn.post import services as post
from aqyn.post.models import Letter

pytestmark = pytest.mark.django_db


@pytest.fixture
def an_upper_app():
    erased = []

    def exporting(sender, person, **kwargs):
        return {"songs": [f"by {person.name}"]}

    def erasing(sender, person, now, **kwargs):
        erased.append(person.email)

    person_exporting.connect(exporting)
    person_erasing.connect(erasing)
    yield erased
    person_exporting.disconnect(exporting)
    person_erasing.disconnect(erasing)


def test_ones_data_holds_every_section_and_no_key(owner, noon, an_upper_app):
    services.first_link(noon)
    services.invite(by=owner, role="crew", language="kk", now=noon)
    post.send(to=owner.email, subject="s", text="a key", kind="sign-in", now=noon)
    data = services.export_person(owner)
    assert set(data) == {"person", "devices", "links", "invitations", "letters", "desk", "songs"}
    assert data["songs"] == ["by Мадина"]
    assert data["person"]["email"] == "madina@example.kz"
    text = json.dumps(data)
    for secret in (owner.session_salt, "a key", *SignInLink.objects.values_list("token_sha256", flat=True)):
        assert secret not in text


def test_erasing_leaves_nothing_of_the_person(owner, helper, noon, an_upper_app):
    services.invite(by=helper, role="crew", language="kk", now=noon)
    post.send(to=helper.email, subject="s", text="t", kind="service", now=noon)
    services.erase_person(person_id=helper.pk, now=noon)
    assert an_upper_app == [helper.email]
    assert list(Person.objects.all()) == [owner]
    assert not Letter.objects.exists()
    assert Invitation.objects.get().invited_by is None


def test_a_receiver_that_fails_stops_the_erasure(owner, helper, noon):
    def failing(sender, **kwargs):
        raise RuntimeError("not now")

    person_erasing.connect(failing)
    try:
        with pytest.raises(RuntimeError):
            services.erase_person(person_id=helper.pk, now=noon)
    finally:
        person_erasing.disconnect(failing)
    helper.refresh_from_db()
    assert helper.is_active

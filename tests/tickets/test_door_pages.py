"""What a door asks the house, and the studio's page of the doors."""

import json
import uuid

import pytest
from django.test import Client
from django.utils import timezone
from tests.tickets.conftest import HOUR, NOON
from tests.tickets.test_doors import door, key, sale, standing, ticket_of  # noqa: F401

from aqyn.people.models import Person, Role
from aqyn.tickets.models import Door, Scan
from aqyn.tickets.services import doors

pytestmark = pytest.mark.django_db
FROM_HERE = {"HTTP_SEC_FETCH_SITE": "same-origin"}
STUDIO = "/studio/shows/evening/doors/"


@pytest.fixture
def crew(db):
    person = Person.objects.create(
        email="dana@example.kz", name="Дана", language="en", role=Role.CREW, joined_at=NOON
    )
    client = Client(headers={"Sec-Fetch-Site": "same-origin"}, SERVER_NAME="localhost")
    client.force_login(person)
    return client


@pytest.fixture
def at(door):  # noqa: F811
    """The door's address."""
    return f"/door/{doors.token_of(door.pk)}/"


@pytest.fixture
def tell(client, at):
    """Posts JSON to the door: its status and what it answers."""

    def one(name, told):
        body = told if isinstance(told, str) else json.dumps(told)
        answer = client.post(at + name, body, content_type="application/json", **FROM_HERE)
        return answer.status_code, answer.json()

    return one


def test_the_app_is_whole_and_kept_by_nobody_between(client, at):
    answer = client.get(at)
    assert answer.status_code == 200
    assert answer["Cache-Control"] == "private, no-store"
    assert answer["Referrer-Policy"] == "no-referrer"
    page = answer.content.decode()
    assert "Two doors that are both without a network can each admit a copy of the same ticket." in page
    manifest = client.get(at + "app.webmanifest").json()
    assert (manifest["short_name"], manifest["scope"]) == ("Main entrance", "./")
    worker = client.get(at + "worker.js")
    assert worker["Content-Type"].startswith("text/javascript")
    assert "tickets/door/judge.js" in worker.content.decode()


@pytest.mark.parametrize("name", ["", "worker.js", "app.webmanifest", "list"])
def test_a_link_that_is_no_doors_opens_nothing(client, name):
    answer = client.get(f"/door/{'0' * 26}/{name}")
    assert answer.status_code == 404
    assert "There is no such door." in answer.content.decode()


def test_the_list_is_sent_once_and_then_only_when_it_changed(client, at, sale, standing):  # noqa: F811
    first = client.get(at + "list")
    assert first.json()["door"] == "Main entrance"
    assert abs(int(first["Aqyn-Now"]) - timezone.now().timestamp() * 1000) < 60_000
    again = client.get(at + "list", HTTP_IF_NONE_MATCH=first["ETag"])
    assert (again.status_code, again.content, again["ETag"]) == (304, b"", first["ETag"])
    ticket_of(sale, standing)
    changed = client.get(at + "list", HTTP_IF_NONE_MATCH=first["ETag"])
    assert (changed.status_code, len(changed.json()["tickets"])) == (200, 1)


def test_what_a_door_tells_is_answered_by_key(tell):
    scan = {"key": key(1), "verdict": "forged", "text": "x", "at": 0}
    assert tell("scans", {"scans": [scan]}) == (
        200,
        {"taken": [key(1)], "refused": {}, "sold": {}, "closed": False},
    )


@pytest.mark.parametrize("told", ["", "{", "[]", "[" * 5000, '{"scans": 5}'])
def test_what_cannot_be_read_is_said_so(tell, told):
    assert tell("scans", told)[0] == 400
    assert Scan.objects.count() == 0


@pytest.mark.parametrize("counts", [None, "x", [[1]], [[1, -1]], [[1, 10**9]], [["1", 1]], [[True, 1]]])
def test_a_stock_that_cannot_be_read_is_said_so(tell, counts):
    assert tell("stock", {"counts": counts})[0] == 400


def test_a_door_takes_along_no_more_than_there_is(tell, door, standing):  # noqa: F811
    assert tell("stock", {"counts": [[standing.pk, 11]]}) == (
        409,
        {"why": "Only 10 of these places are left."},
    )
    assert tell("stock", {"counts": [[standing.pk, 10]]}) == (200, {})
    door.refresh_from_db()
    assert door.stock.items.get().quantity == 10


def test_a_closed_door_is_told_and_still_heard(client, at, tell, door):  # noqa: F811
    doors.close_door(door=door.pk, now=timezone.now())
    assert client.get(at).status_code == 410
    assert client.get(at + "list").status_code == 410
    scan = {"key": key(1), "verdict": "forged", "text": "x", "at": 0}
    status, answer = tell("scans", {"scans": [scan]})
    assert (status, answer["taken"], answer["closed"]) == (200, [key(1)], True)
    Door.objects.update(closed_at=timezone.now() - 25 * HOUR)
    assert tell("scans", {"scans": []})[0] == 410


def test_another_site_tells_nothing(client, at):
    scan = {"key": str(uuid.uuid4()), "verdict": "in", "at": 0}
    answer = client.post(at + "scans", json.dumps({"scans": [scan]}), content_type="application/json")
    assert (answer.status_code, Scan.objects.count()) == (403, 0)


def test_the_crew_makes_a_door_and_gets_its_link(crew, sale):  # noqa: F811
    answer = crew.post(STUDIO, {"name": " Main  entrance "})
    made = Door.objects.get()
    assert (made.name, answer["Location"]) == ("Main entrance", f"{STUDIO}{made.pk}/link/")
    page = crew.get(answer["Location"]).content.decode()
    assert f"/door/{doors.token_of(made.pk)}/" in page
    assert "<svg" in page


def test_a_door_without_a_name_is_refused_in_one_sentence(crew, sale):  # noqa: F811
    answer = crew.post(STUDIO, {"name": " "})
    assert (answer.status_code, Door.objects.count()) == (400, 0)
    assert "Give the door a name" in answer.content.decode()


def test_the_crew_closes_a_door_and_frees_what_it_had(crew, door, standing):  # noqa: F811
    doors.take_along(door=door.pk, counts={standing.pk: 2}, now=NOON)
    assert crew.post(f"{STUDIO}{door.pk}/close/")["Location"] == STUDIO
    assert crew.get(f"{STUDIO}{door.pk}/link/").status_code == 404
    assert crew.post(f"{STUDIO}{door.pk}/close/").status_code == 409
    assert crew.post(f"{STUDIO}{door.pk}/stock/")["Location"] == STUDIO
    door.refresh_from_db()
    assert (door.closed_at is not None, door.stock) == (True, None)


def test_doors_are_for_the_crew_and_for_shows_with_a_sale(crew, sale, make_show):  # noqa: F811
    assert Client().get(STUDIO)["Location"].startswith("/sign-in/")
    make_show("other")
    assert crew.get("/studio/shows/other/doors/").status_code == 404
    assert "/studio/shows/evening/orders/door-list.pdf" in crew.get(STUDIO).content.decode()
    assert "No door is made yet" in crew.get("/studio/shows/evening/").content.decode()

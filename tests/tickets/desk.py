"""What the tests of the desk share: somebody of the crew, and a page as text."""

from django.test import Client
from django.utils import timezone

from aqyn.people.models import Person, Role


def crew_client(language: str = "en") -> Client:
    """Somebody of the crew who is signed in and reads this language."""
    person = Person.objects.create(
        email="crew@example.kz", name="Ару", language=language, role=Role.CREW, joined_at=timezone.now()
    )
    client = Client(headers={"Sec-Fetch-Site": "same-origin"}, SERVER_NAME="localhost")
    client.force_login(person)
    return client


def text_of(client: Client, address: str, **told) -> str:
    answer = client.get(address, told)
    assert answer.status_code == 200, answer.status_code
    return answer.content.decode()

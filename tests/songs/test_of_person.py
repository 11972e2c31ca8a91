"""What a person did at the desk is theirs to take along, and their name goes from it with them."""

from aqyn.people import services as people
from aqyn.people.models import Person, Role
from aqyn.songs import services
from aqyn.songs.models import Version, WorkingText
from aqyn.songs.selectors.writing import kept_text


def test_what_one_wrote_and_sent_is_among_ones_data_and_unnamed_once_one_is_erased(write, noon):
    song = write()
    aru = Person.objects.create(email="aru@example.kz", name="Ару", role=Role.CREW, joined_at=noon)
    kept = kept_text(song)
    text = kept.replace("жанған", "сөнген")
    services.keep_words(song="tereze", base=kept, text=text, now=noon, actor=aru)
    services.save_text(song="tereze", base=text, text=text + "\nтағы", now=noon, actor=aru)
    services.begin_upload(song="tereze", length=9, filename="ән.wav", now=noon, actor=aru)
    at = noon.isoformat()
    assert people.export_person(aru)["desk"] == {
        "versions": [{"song": "tereze", "number": 2, "at": at}],
        "writing": [{"song": "tereze", "at": at}],
        "uploads": [{"song": "tereze", "filename": "ән.wav", "at": at}],
    }
    people.erase_person(person_id=aru.pk, now=noon)
    assert Version.objects.get(number=2).person is None
    assert WorkingText.objects.get().person is None

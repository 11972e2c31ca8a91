"""The studio's front page: what waits, for whom."""

import re
from datetime import UTC, datetime

from aqyn.post import services as post


def text(answer) -> str:
    return answer.content.decode()


def deeds(answer) -> list[str]:
    return re.findall(r'<span class="grow">([^<]+)</span>', text(answer))


def test_the_studio_is_for_those_who_are_signed_in(visitor, db):
    answer = visitor.get("/studio/")
    assert (answer.status_code, answer["Location"]) == (302, "/sign-in/?next=%2Fstudio%2F")


def test_what_waits_for_the_crew_is_said_in_sentences(crew, madina, make_song):
    make_song(madina, "wordless", {"en": "Wordless"}, words=False, sound=False, reach=None)
    make_song(madina, "silent", {"en": "Silent"}, sound=False)
    make_song(madina, "untimed", {"en": "Untimed"})
    answer = crew.get("/studio/")
    assert answer.status_code == 200
    assert deeds(answer) == [
        "“Wordless” has no words yet.",
        "“Untimed” has words and sound, but no times.",
        "“Silent” has no recording yet.",
    ]


def test_mail_is_the_owners_affair(owner, crew, qyzylorda):
    assert "No mail is set up, so no letter leaves by itself." in deeds(owner.get("/studio/"))
    assert "No mail is set up, so no letter leaves by itself." not in deeds(crew.get("/studio/"))


def test_letters_to_carry_by_hand_are_counted(owner, qyzylorda):
    now = datetime.now(UTC)
    post.send(to="fan@example.org", subject="Hello", text="Hello", kind="test", now=now)
    assert "1 letter waits to be carried by hand." in deeds(owner.get("/studio/"))


def test_the_desk_is_never_stored(owner, qyzylorda):
    assert owner.get("/studio/")["Cache-Control"] == "no-store"

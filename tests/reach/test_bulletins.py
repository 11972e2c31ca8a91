"""Letters to many: who gets one, in which language, and never twice."""

import pytest
from tests.reach.conftest import DAY, NOON

from aqyn.people import services as people
from aqyn.post import services as post
from aqyn.post.models import Bounce, Letter
from aqyn.reach import selectors, services, tasks
from aqyn.reach import sentences as refuse
from aqyn.reach.models import Bulletin, Copy

pytestmark = pytest.mark.django_db

WORDS = {
    "subject": {"kk-Cyrl": "Жаңа ән", "ru": "Новая песня"},
    "text": {
        "kk-Cyrl": "Тыңдаңыз:\nhttps://aru.example/kk/songs/jaryq/\n\nАру",
        "ru": "Слушайте <здесь>:\nhttps://aru.example/ru/?a=1&b=2.\n\nАру",
    },
}


def bulletin(**told):
    return services.make(artist="aru", now=NOON, actor=None, **(WORDS | told))


def begin(row, count):
    services.start(bulletin=row.pk, seen=count, now=NOON, actor=None)


def run(now=NOON):
    while tasks.run_next(now=now, stop=lambda: False):
        pass


def test_each_reader_gets_their_own_language_and_script(mail, follow):
    follow("kk@example.kz", language="kk")
    follow("ru@example.kz", language="ru")
    follow("en@example.kz", language="en")
    follow("arab@example.kz", language="kk-arab")
    begin(bulletin(), 4)
    run()
    assert {letter.to: letter.subject for letter in Letter.objects.all()} == {
        "kk@example.kz": "Жаңа ән",
        "ru@example.kz": "Новая песня",
        "en@example.kz": "Жаңа ән",
        "arab@example.kz": "جاڭا ءان",
    }
    arab = Letter.objects.get(to="arab@example.kz")
    assert "https://aru.example/kk/songs/jaryq/" in arab.text
    assert '<div lang="kk-Arab" dir="rtl">' in arab.html


def test_plain_text_becomes_paragraphs_and_links_and_nothing_else(mail, follow):
    follow("ru@example.kz", language="ru")
    begin(bulletin(), 1)
    run()
    html = Letter.objects.get().html
    link = "https://aru.example/ru/?a=1&amp;b=2"
    assert f'<p>Слушайте &lt;здесь&gt;:<br><a href="{link}" dir="ltr">{link}</a>.</p>\n<p>Ару</p>' in html
    assert 'href="https://aru.example/leave/' in html


def test_followers_of_one_city_however_they_wrote_it(mail, follow):
    follow("a@example.kz", city="Алматы")
    follow("b@example.kz", city="алматы")
    follow("c@example.kz", city="Астана")
    row = bulletin(city="Алматы")
    assert selectors.count(row, now=NOON) == 2
    begin(row, 2)
    run()
    assert sorted(Letter.objects.values_list("to", flat=True)) == ["a@example.kz", "b@example.kz"]


def test_who_left_bounced_or_never_said_yes_is_not_counted(mail, follow, aru):
    follow("in@example.kz", "left@example.kz", "bounced@example.kz")
    follow("asked@example.kz", confirmed_at=None)
    post.leave(address="left@example.kz", kind=people.letters_of(aru), now=NOON)
    Bounce.objects.create(address="bounced@example.kz", at=NOON)
    row = bulletin()
    assert selectors.count(row, now=NOON) == 1
    begin(row, 1)
    run()
    assert [letter.to for letter in Letter.objects.all()] == ["in@example.kz"]
    progress = selectors.progress(Bulletin.objects.get(), now=NOON)
    assert (progress.total, progress.written, progress.skipped) == (2, 1, {"bounced": 1})


def test_who_leaves_on_the_way_gets_none_and_is_counted(mail, follow, aru):
    follow("a@example.kz", "b@example.kz")
    row = bulletin()
    begin(row, 2)
    post.leave(address="b@example.kz", kind=people.letters_of(aru), now=NOON + DAY)
    run(NOON + DAY)
    assert [letter.to for letter in Letter.objects.all()] == ["a@example.kz"]
    assert selectors.progress(Bulletin.objects.get(), now=NOON).skipped == {"left": 1}


def test_who_follows_after_the_start_is_not_written_to(mail, follow):
    follow("a@example.kz")
    begin(bulletin(), 1)
    follow("late@example.kz", confirmed_at=NOON + DAY)
    run(NOON + DAY)
    assert [letter.to for letter in Letter.objects.all()] == ["a@example.kz"]


def test_the_outbox_stays_short_and_the_rest_follows(mail, follow):
    mail(per_minute=5)
    follow(*(f"r{n}@example.kz" for n in range(25)))
    begin(bulletin(), 25)
    run()
    assert Letter.objects.count() == 10
    Letter.objects.update(sent_at=NOON)
    run()
    assert Letter.objects.count() == 20
    Letter.objects.update(sent_at=NOON)
    run()
    assert Letter.objects.values("to").distinct().count() == Letter.objects.count() == 25
    assert Bulletin.objects.get().finished_at == NOON


def test_stopped_it_waits_and_resumed_it_goes_on_without_a_second_letter(mail, follow):
    mail(per_minute=1)
    follow(*(f"r{n}@example.kz" for n in range(4)))
    row = bulletin()
    begin(row, 4)
    run()
    assert services.stop(bulletin=row.pk, now=NOON, actor=None)
    Letter.objects.update(sent_at=NOON)
    run()
    assert Letter.objects.count() == 2
    assert services.resume(bulletin=row.pk, actor=None)
    run()
    assert Letter.objects.values("to").distinct().count() == Letter.objects.count() == 4


def test_a_forgotten_reader_is_unnamed_and_not_written_to_again(mail, follow):
    follow("a@example.kz")
    row = bulletin()
    begin(row, 1)
    run()
    people.forget_fan(email="a@example.kz")
    assert Copy.objects.get().address == selectors.unnamed("a@example.kz")
    assert not Letter.objects.exists()
    Bulletin.objects.update(finished_at=None)
    follow("a@example.kz")
    run()
    assert not Letter.objects.exists()


@pytest.mark.parametrize(
    ("told", "seen", "refusal"),
    [
        ({"subject": {}}, 1, refuse.NoWords),
        ({"subject": {"en": "s"}, "text": {"ru": "t"}}, 1, refuse.NoWords),
        ({}, 2, refuse.OtherNumber),
        ({"city": "Семей"}, 0, refuse.NoReaders),
    ],
)
def test_it_does_not_start(mail, follow, told, seen, refusal):
    follow("a@example.kz")
    row = bulletin(**told)
    with pytest.raises(refusal):
        begin(row, seen)
    assert Bulletin.objects.get().started_at is None


def test_without_mail_or_an_address_of_the_house_it_does_not_start(follow):
    follow("a@example.kz")
    row = bulletin()
    with pytest.raises(refuse.NoMail):
        begin(row, 1)
    post.set_mail_server(
        values={"host": "h", "port": 25, "security": "none", "from_address": "h@aru.example"}, now=NOON
    )
    with pytest.raises(refuse.NoHouseAddress):
        begin(row, 1)


def test_started_it_cannot_be_started_or_written_again(mail, follow):
    follow("a@example.kz")
    row = bulletin()
    begin(row, 1)
    with pytest.raises(refuse.HasBegun):
        begin(row, 1)
    with pytest.raises(refuse.HasBegun):
        services.change(bulletin=row.pk, audience="followers", city="", actor=None, **WORDS)
    with pytest.raises(refuse.HasBegun):
        services.remove(bulletin=row.pk, actor=None)


def test_the_announcement_is_drafted_from_the_shows_facts(show):
    row = services.announce(show="evening", house="https://aru.example", now=NOON, actor=None)
    assert set(row.subject) == {"kk-Cyrl", "en"}
    assert row.subject["en"] == "Aru: “One Light”, Astana"
    assert row.text["en"] == (
        "Dear friend,\n\nAru sings: “One Light”.\n\nFriday, 13 November 2026, 19:00 (doors 18:00)\n"
        "The Steppe House, Astana\n\nAll about the evening, and places: "
        "https://aru.example/en/shows/evening/\n\nAru"
    )
    assert "https://aru.example/kk/shows/evening/" in row.text["kk-Cyrl"]
    assert (row.audience, row.show, row.started_at) == ("followers", show, None)


def test_a_house_with_two_artists_writes_to_each_ones_own(mail, follow, aru):
    dana = people.make_artist(name={"kk-Cyrl": "Дана"}, hue=90, slug="dana")
    follow("both@example.kz", "aru@example.kz")
    follow("both@example.kz", artist=dana)
    post.leave(address="both@example.kz", kind=people.letters_of(aru), now=NOON)
    assert selectors.count(bulletin(), now=NOON) == 1
    other = services.make(artist="dana", now=NOON, actor=None, **WORDS)
    assert selectors.count(other, now=NOON) == 1

"""Following an artist by letter: asked twice, said once, left with one click."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client

from aqyn.people import selectors, services
from aqyn.people.errors import LinkExpired, LinkUnknown, TooManyFollow, TooManyRows
from aqyn.people.models import Fan
from aqyn.people.services import Told, allowances, fans
from aqyn.post import selectors as post_selectors
from aqyn.post import services as post
from aqyn.post.models import Leave, Letter

pytestmark = pytest.mark.django_db

NOON = datetime(2026, 5, 1, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)
SAULE = "saule@example.kz"
HOUSE = "http://localhost"
FORM = {"email": SAULE, "city": "Алматы", "language": "ru"}


@pytest.fixture
def aru(db):
    return services.make_artist(name={"kk-Cyrl": "Ару", "en": "Aru"}, hue=28, slug="aru")


@pytest.fixture
def dana(db):
    return services.make_artist(name={"kk-Cyrl": "Дана"}, hue=90, slug="dana")


@pytest.fixture
def desk(owner):
    client = Client(headers={"Sec-Fetch-Site": "same-origin"}, SERVER_NAME="localhost")
    client.force_login(owner)
    return client


def ask(artist="aru", email=SAULE, now=NOON, city="Алматы", language="ru"):
    services.ask_to_follow(artist=artist, email=email, city=city, language=language, house=HOUSE, now=now)


def token_of(letter):
    return re.search(r"/follow/([^/]+)/", letter.text)[1]


def follower(artist="aru", email=SAULE, now=NOON, city="Алматы", language="ru"):
    ask(artist, email, now, city, language)
    letter = Letter.objects.filter(to=email, kind="follow").order_by("-pk").first()
    return services.confirm_follow(token=token_of(letter), city=city, language=language, now=now)


def test_who_asks_follows_once_they_have_pressed_the_button_in_the_letters_page(aru, visitor):
    answer = visitor().post("/ru/artists/aru/follow/", FORM)
    assert (answer.status_code, answer["Location"]) == (303, "/ru/artists/aru/follow/sent/")
    letter = Letter.objects.get()
    assert (letter.to, letter.kind, letter.language) == (SAULE, "follow", "ru")
    page = f"/ru/follow/{token_of(letter)}/"
    for _look in range(2):
        assert visitor().get(page).status_code == 200
    assert not selectors.followers(aru).exists()
    assert visitor().post(page, {"city": "Астана", "language": "kk"}).status_code == 200
    fan = selectors.followers(aru).get()
    assert (fan.email, fan.city, fan.language) == (SAULE, "Астана", "kk")


def test_the_key_of_the_letter_is_kept_nowhere(aru):
    ask()
    token = token_of(Letter.objects.get())
    assert token not in str(Fan.objects.values().get())


def test_the_answer_is_the_same_for_a_stranger_a_follower_and_one_who_left(aru, visitor):
    follower(email="in@example.kz")
    follower(email="out@example.kz")
    post.leave(address="out@example.kz", kind=services.letters_of(aru), now=NOON)
    said = {
        (answer.status_code, answer["Location"], answer.content)
        for email in ("in@example.kz", "out@example.kz", "new@example.kz")
        for answer in [visitor().post("/en/artists/aru/follow/", FORM | {"email": email})]
    }
    assert len(said) == 1


def test_an_address_is_asked_once_an_hour_for_one_artist(aru, dana):
    for minute in (0, 10, 59):
        ask(now=NOON + timedelta(minutes=minute))
    assert Letter.objects.count() == 1
    ask("dana", now=NOON)
    ask(now=NOON + HOUR)
    assert Letter.objects.count() == 3


def test_what_a_follower_told_is_not_changed_by_whoever_types_the_address(aru):
    follower()
    ask(now=NOON + 2 * HOUR, city="Nowhere", language="en")
    fan = selectors.followers(aru).get()
    assert (fan.city, fan.language) == ("Алматы", "ru")


def test_the_letter_answers_for_seven_days_and_a_row_without_an_answer_goes(aru, visitor):
    ask()
    token = token_of(Letter.objects.get())
    late = NOON + fans.VALID
    with pytest.raises(LinkExpired):
        services.confirm_follow(token=token, city="", language="ru", now=late)
    with pytest.raises(LinkUnknown):
        services.confirm_follow(token="x" + token, city="", language="ru", now=NOON)
    ask(email="other@example.kz", now=late)
    assert [fan.email for fan in Fan.objects.all()] == ["other@example.kz"]
    assert visitor().get(f"/en/follow/{token}/").status_code == 404


def test_saying_yes_twice_is_no_harm(aru):
    fan = follower()
    token = token_of(Letter.objects.get())
    again = services.confirm_follow(token=token, city="Алматы", language="ru", now=NOON + HOUR)
    assert again.confirmed_at == fan.confirmed_at


def test_the_whole_house_asks_so_often_and_no_more(aru, monkeypatch, visitor):
    monkeypatch.setattr(allowances, "FOLLOW_PER_HOUSE", 2)
    ask(email="a@example.kz")
    ask(email="b@example.kz")
    with pytest.raises(TooManyFollow):
        ask(email="c@example.kz")
    assert Letter.objects.count() == 2
    ask(email="c@example.kz", now=NOON + HOUR)


def test_an_address_that_bounced_is_asked_nothing_and_nobody_sees_it(aru, visitor):
    from aqyn.post.models import Bounce

    Bounce.objects.create(address=SAULE, at=NOON)
    answer = visitor().post("/en/artists/aru/follow/", FORM)
    assert answer.status_code == 303
    assert not Letter.objects.exists()


def test_a_wrong_address_gets_one_sentence_and_nothing_is_sent(aru, visitor):
    answer = visitor().post("/en/artists/aru/follow/", FORM | {"email": "saule"})
    assert answer.status_code == 422
    assert not Fan.objects.exists()
    assert visitor().post("/en/artists/nobody/follow/", FORM).status_code == 404


def test_a_page_of_another_site_asks_for_nobody(aru):
    answer = Client(headers={"Sec-Fetch-Site": "cross-site"}).post("/en/artists/aru/follow/", FORM)
    assert answer.status_code == 403
    assert not Fan.objects.exists()


def test_a_follower_leaves_one_artist_and_keeps_the_other(aru, dana):
    follower("aru")
    follower("dana")
    path = post_selectors.leave_path(address=SAULE, kind=services.letters_of(aru))
    assert Client().post(path, {"List-Unsubscribe": "One-Click"}).status_code == 200
    assert [selectors.followers(artist).count() for artist in (aru, dana)] == [0, 1]


def test_who_left_can_come_back_by_the_leave_page_or_by_following_again(aru, visitor):
    follower()
    kind = services.letters_of(aru)
    path = post_selectors.leave_path(address=SAULE, kind=kind)
    visitor().post(path)
    visitor().post(path, {"return": "1"})
    assert selectors.followers(aru).count() == 1
    visitor().post(path)
    follower(now=NOON + 2 * HOUR)
    assert selectors.followers(aru).count() == 1
    assert not Leave.objects.exists()
    assert post.send(to=SAULE, subject="s", text="t", kind=kind, now=NOON)


def test_the_leave_page_shows_what_is_kept_and_takes_it_away(aru, dana, visitor):
    follower("aru")
    follower("dana")
    post.send(to=SAULE, subject="news", text="t", kind=services.letters_of(aru), now=NOON)
    post.send(to=SAULE, subject="ticket", text="t", kind="service", now=NOON)
    path = post_selectors.leave_path(address=SAULE, kind=services.letters_of(aru))
    shown = visitor().get(path).content.decode()
    assert "Алматы" in shown
    token = path.split("/")[2]
    assert visitor().post(f"/follow/{token}/forgetting/").status_code == 200
    assert not Fan.objects.exists()
    assert [letter.subject for letter in Letter.objects.all()] == ["ticket"]
    assert visitor().post("/follow/made-up/forgetting/").status_code == 404


def test_a_list_from_elsewhere_asks_each_new_reader_once_and_makes_nobody_a_follower(aru):
    follower(email="in@example.kz")
    follower(email="out@example.kz")
    post.leave(address="gone@example.kz", kind=services.letters_of(aru), now=NOON)
    Letter.objects.all().delete()
    rows = [
        *(Told("New@Example.kz", "Шымкент", "kk"), Told("new@example.kz"), Told("in@example.kz")),
        *(Told("gone@example.kz"), Told("not an address"), Told("two@example.kz", "", "Klingon")),
    ]
    done = services.import_fans(artist="aru", rows=rows, house=HOUSE, now=NOON)
    assert (done.asked, done.known, done.left, done.wrong) == (2, 2, 1, 1)
    assert {letter.to: letter.language for letter in Letter.objects.all()} == {
        "new@example.kz": "kk",
        "two@example.kz": "kk",
    }
    # Without a mail server's own number: thirty a minute, and half of it for such a list.
    assert sorted((letter.due_at - NOON).seconds for letter in Letter.objects.all()) == [0, 4]
    assert selectors.followers(aru).count() == 2
    with pytest.raises(TooManyRows):
        services.import_fans(artist="aru", rows=[Told("a@b.kz")] * 5_001, house=HOUSE, now=NOON)


def test_the_studio_counts_finds_and_hands_out_the_list(aru, desk):
    follower(email="a@example.kz", city="Алматы", language="kk")
    follower(email="b@example.kz", city="алматы", language="kk")
    follower(email="c@example.kz", city="=1+1", language="ru")
    assert selectors.cities_of(aru) == [("Алматы", 2), ("=1+1", 1)]
    assert selectors.languages_of(aru) == [("kk", 2), ("ru", 1)]
    assert sorted(selectors.spellings(aru, "АЛМАТЫ")) == ["Алматы", "алматы"]
    page = desk.get("/studio/artists/aru/followers/?q=АЛМ").content.decode()
    assert "a@example.kz" in page
    assert "c@example.kz" not in page
    file = desk.get("/studio/artists/aru/followers.csv")
    assert file.content.decode().splitlines() == [
        "email,city,language,since",
        "a@example.kz,Алматы,kk,2026-05-01",
        "b@example.kz,алматы,kk,2026-05-01",
        "c@example.kz,'=1+1,ru,2026-05-01",
    ]


def test_a_file_with_a_heading_and_semicolons_is_read(aru, desk):
    from django.core.files.uploadedfile import SimpleUploadedFile

    def send(body):
        return desk.post(
            "/studio/artists/aru/followers/list/", {"file": SimpleUploadedFile("list.csv", body)}, follow=True
        )

    send("E-mail;Город\nd@example.kz;Семей\n".encode())
    assert Fan.objects.get().city == "Семей"
    assert "not a list" in send(b"\xff\xfe\x00").content.decode()
    assert "not a list" in send(b"nothing here\n").content.decode()
    assert Fan.objects.count() == 1


def test_the_list_is_for_the_owner_alone(aru, helper):
    crew = Client(headers={"Sec-Fetch-Site": "same-origin"}, SERVER_NAME="localhost")
    crew.force_login(helper)
    assert crew.get("/studio/artists/aru/followers.csv").status_code == 403
    assert crew.get("/studio/artists/aru/followers/").status_code == 403


@pytest.mark.parametrize("path", ["/en/artists/aru/", "/kk-arab/artists/aru/", "/en/artists/aru/follow/"])
def test_the_form_stands_on_the_artists_page(aru, visitor, path):
    page = visitor().get(path).content.decode()
    assert "/artists/aru/follow/" in page or 'name="email"' in page
    assert 'name="email"' in page

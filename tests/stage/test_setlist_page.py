"""The setlist's editor: every deed through its forms, and back again."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st

from aqyn.songs import services as song_services
from aqyn.stage import services
from aqyn.stage.forms import reordered
from aqyn.stage.models import Entry, Performance
from aqyn.stage.selectors.editing import editor
from aqyn.stage.selectors.setlist import entries, snapshot, title_of

pytestmark = pytest.mark.django_db
PAGE = "/studio/stage/astana/setlist/"


def order(show):
    return [entry.pk for entry in entries(show)]


def test_an_empty_list_says_what_to_do_next(show, crew):
    assert "Put the first song on it" in crew.get(PAGE).content.decode()


def test_strangers_are_sent_to_sign_in_and_unknown_shows_answer_404(show, visitor, crew):
    assert visitor.get(PAGE).status_code == 302
    assert visitor.post(PAGE + "add/", {"talk": "Hello"}).status_code == 302
    assert crew.get("/studio/stage/nowhere/setlist/").status_code == 404
    assert Entry.objects.count() == 0


def test_songs_and_talk_are_added_by_their_buttons(write, show, crew):
    write()
    for told in ({"song": "tereze"}, {"talk": "About the sea"}, {"song": "tereze"}):
        assert crew.post(PAGE + "add/", told).status_code == 302
    assert [(title_of(e), e.kind) for e in entries(show)] == [
        ({"kk-Cyrl": "Терезе", "en": "Window"}, "song"),
        ({"en": "About the sea"}, "talk"),
        ({"kk-Cyrl": "Терезе", "en": "Window"}, "song"),
    ]


@pytest.mark.parametrize("told", [{"song": "nothing"}, {"talk": " "}, {}])
def test_what_cannot_be_added_is_said_on_the_page(show, crew, told):
    answer = crew.post(PAGE + "add/", told)
    assert (answer.status_code, 'role="alert"' in answer.content.decode()) == (409, True)


def test_an_entry_goes_up_and_down_by_its_buttons(setlist, show, crew):
    window, talk, bridge, encore = (entry.pk for entry in setlist)
    crew.post(f"{PAGE}{talk}/move/", {"where": "up"})
    assert order(show) == [talk, window, bridge, encore]
    crew.post(f"{PAGE}{talk}/move/", {"where": "down"})
    crew.post(f"{PAGE}{bridge}/move/", {"where": "down"})
    assert order(show) == [window, talk, encore, bridge]


def test_the_list_is_dragged_into_an_order_and_not_into_another_list(setlist, show, crew):
    pks = order(show)
    crew.post(PAGE + "order/", {"order": " ".join(map(str, pks[::-1]))})
    assert order(show) == pks[::-1]
    for said in ("", "1 2", "x y", "9" * 5000, f"{pks[0]} {pks[0]}"):
        assert crew.post(PAGE + "order/", {"order": said}).status_code == 409
    assert order(show) == pks[::-1]


def test_the_parts_of_a_song_are_repeated_left_out_and_exchanged(setlist, crew):
    pk, told = setlist[0].pk, {"order": "0 1 2"}
    for deed, becomes in (
        ({"do": "again 1"}, [0, 1, 1, 2]),
        ({"do": "out 3"}, [0, 1, 1]),
        ({"do": "up 1"}, [1, 0, 1]),
        ({"do": "add", "part": "2"}, [1, 0, 1, 2]),
        ({"do": "down 0"}, [0, 1, 1, 2]),
        ({"do": "keep"}, [0, 1, 1, 2]),
        ({"do": "written"}, []),
    ):
        answer = crew.post(f"{PAGE}{pk}/", told | deed)
        assert (answer.status_code, Entry.objects.get(pk=pk).order) == (302, becomes)
        told = {"order": " ".join(map(str, becomes))}
    assert answer["Location"] == f"{PAGE}?open={pk}#entry-{pk}"


@given(
    st.lists(st.integers(0, 5), min_size=1, max_size=8),
    st.sampled_from(["up", "down", "again", "out"]),
    st.integers(-1, 9),
)
def test_a_button_changes_the_order_by_no_more_than_it_says(order, name, place):
    after = reordered(order, f"{name} {place}")
    grown = {"again": [0, 1], "out": [-1, 0]}.get(name, [0])
    assert len(after) - len(order) in grown
    assert set(after) <= set(order) and after


@pytest.mark.parametrize(
    "deed", ["", "up", "up x", "up -1", "up ²", "add", "add x", "sing 1", "out " + "9" * 5000]
)
def test_a_button_that_does_not_exist_changes_nothing(deed):
    assert reordered([0, 1], deed) == [0, 1]


def test_what_is_told_of_a_song_is_kept(setlist, crew):
    told = {"order": "0 1 2", "encore": "on", "bpm": "92", "note": "capo 2"}
    crew.post(f"{PAGE}{setlist[0].pk}/", told)
    row = Entry.objects.get(pk=setlist[0].pk)
    assert (row.encore, row.bpm, row.note, row.order) == (True, 92, "capo 2", [])
    page = crew.get(PAGE).content.decode()
    assert "92 beats a minute" in page and "capo 2" in page


def test_talk_is_called_something_in_each_language(setlist, crew):
    told = {"title.en": "Of the sea", "title.kk-Cyrl": "Теңіз туралы"}
    crew.post(f"{PAGE}{setlist[1].pk}/", told)
    assert Entry.objects.get(pk=setlist[1].pk).title == {"kk-Cyrl": "Теңіз туралы", "en": "Of the sea"}


def test_what_is_wrong_is_said_at_its_field_and_what_was_typed_stays(setlist, show, crew):
    before = snapshot(show)
    for told, said, status in (
        ({"order": "0 1", "bpm": "9"}, "9", 400),
        ({"order": "0 x", "note": "slow"}, "slow", 400),
        ({"order": "0 7", "note": "fast"}, "fast", 409),
    ):
        answer = crew.post(f"{PAGE}{setlist[0].pk}/", told)
        assert answer.status_code == status
        assert f'value="{said}"' in answer.content.decode()
        assert f'id="more-{setlist[0].pk}" open' in answer.content.decode()
    assert snapshot(show) == before


def test_an_entry_that_somebody_else_took_off_is_said_to_be_gone(setlist, crew, noon):
    services.remove_entry(entry=setlist[0].pk, now=noon)
    for path in ("", "move/", "remove/"):
        answer = crew.post(f"{PAGE}{setlist[0].pk}/{path}", {"where": "up"})
        assert (answer.status_code, "no longer on the setlist" in answer.content.decode()) == (409, True)


def test_every_deed_is_undone(setlist, show, crew):
    pks = order(show)
    for path, told in (
        (f"{pks[0]}/remove/", {}),
        (f"{pks[1]}/move/", {"where": "up"}),
        (f"{pks[0]}/", {"order": "2 1", "note": "new"}),
        ("add/", {"song": "bridge"}),
        ("order/", {"order": " ".join(map(str, pks[::-1]))}),
    ):
        before = snapshot(show)
        crew.post(PAGE + path, told)
        assert snapshot(show) != before
        assert 'id="undo"' in crew.get(PAGE).content.decode()
        crew.post(PAGE + "undo/")
        assert snapshot(show) == before
        assert 'id="undo"' not in crew.get(PAGE).content.decode()


def test_nothing_is_undone_over_somebody_elses_deed_or_twice(setlist, show, crew, noon):
    crew.post(f"{PAGE}{setlist[0].pk}/remove/")
    services.move_entry(entry=setlist[3].pk, to=0, now=noon)
    here = snapshot(show)
    for _time in range(2):
        assert crew.post(PAGE + "undo/").status_code == 409
    assert snapshot(show) == here


def test_what_the_hall_is_at_has_no_button_to_take_it_off(setlist, crew, evening):
    performance = services.open_hall(show="astana", rehearsal=False, now=evening)
    Performance.objects.filter(pk=performance.pk).update(entry=setlist[0])
    page = crew.get(PAGE).content.decode()
    assert page.count("remove/") == 3
    assert crew.post(f"{PAGE}{setlist[0].pk}/remove/").status_code == 409


def test_each_song_says_what_it_lacks_with_a_way_to_mend_it(write, show, crew, noon):
    write("draft", state="draft")
    write("link", state="link")
    write("silent", duration=None)
    write("untimed", times=[])
    write("gone")
    for slug in ("draft", "link", "silent", "untimed", "gone"):
        services.add_entry(show="astana", song=slug, now=noon)
    song_services.remove_song(song="gone", now=noon)
    assert [row.lacks for row in editor("astana").rows] == [
        ("draft",),
        ("link",),
        ("sound", "times"),
        ("times",),
        ("gone",),
    ]
    page = crew.get(PAGE).content.decode()
    assert 'href="/studio/songs/draft/"' in page and "/sync/" in page


def test_the_evening_lasts_as_long_as_its_songs_as_they_are_sung(setlist, write, show, noon):
    assert (editor("astana").lasts_ms, editor("astana").songs) == (45_000, 3)
    services.change_entry(entry=setlist[0].pk, facts=services.EntryFacts(order=[1, 1]), now=noon)
    write("silent", duration=None)
    services.add_entry(show="astana", song="silent", now=noon)
    page = editor("astana")
    assert (page.lasts_ms, page.untold) == (2 * 3_000 + 30_000, 1)


def test_songs_of_others_stand_apart_and_say_how_often_they_are_on_the_list(setlist, crew):
    page = editor("astana")
    assert [(one.card.slug, one.times) for one in page.own] == [("tereze", 2), ("bridge", 1)]
    assert page.others == []


def test_the_page_asks_the_database_as_often_for_many_entries_as_for_few(setlist, crew, noon):
    def asked():
        with CaptureQueriesContext(connection) as queries:
            crew.get(PAGE)
        return len(queries)

    crew.get(PAGE)
    few = asked()
    for _time in range(5):
        services.add_entry(show="astana", song="tereze", now=noon)
    assert asked() == few

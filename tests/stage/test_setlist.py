"""The setlist: what stands on it, in which order, and how each song is to be sung."""

import pytest

from aqyn.core.live import MOST_STEPS
from aqyn.core.lyrics.model import Line, Section
from aqyn.songs import services as song_services
from aqyn.songs.models import Song
from aqyn.stage import sentences as refuse
from aqyn.stage import services
from aqyn.stage.models import Entry, Performance
from aqyn.stage.selectors.setlist import entries, snapshot, title_of
from aqyn.stage.services import EntryFacts
from aqyn.ui.pages import page_generation
from aqyn.ui.sentences import BadCharacters, TooMuch

pytestmark = pytest.mark.django_db


def names(show):
    return [title_of(entry).get("en") for entry in entries(show)]


def test_the_same_song_may_stand_on_it_twice_and_talk_between(setlist, show):
    assert names(show) == ["Window", "About the sea", "The Bridge", "Window"]
    assert [(e.position, e.kind, e.encore) for e in setlist] == [
        (0, "song", False),
        (1, "talk", False),
        (2, "song", False),
        (3, "song", True),
    ]


def test_an_entry_is_moved_to_a_place_and_past_an_end_to_that_end(setlist, show, noon):
    window, talk, bridge, encore = (entry.pk for entry in setlist)
    services.move_entry(entry=encore, to=0, now=noon)
    assert [e.pk for e in entries(show)] == [encore, window, talk, bridge]
    services.move_entry(entry=encore, to=99, now=noon)
    services.move_entry(entry=bridge, to=-3, now=noon)
    assert [e.pk for e in entries(show)] == [bridge, window, talk, encore]
    assert [e.position for e in entries(show)] == [0, 1, 2, 3]


def test_the_whole_list_is_put_in_order_or_not_at_all(setlist, show, noon):
    pks = [entry.pk for entry in setlist]
    services.order_entries(show="astana", entries=pks[::-1], now=noon)
    assert [e.pk for e in entries(show)] == pks[::-1]
    for others in (pks[1:], [*pks, pks[0]], [*pks[1:], 10_000]):
        with pytest.raises(refuse.OtherList):
            services.order_entries(show="astana", entries=others, now=noon)
    assert [e.pk for e in entries(show)] == pks[::-1]


def test_a_song_is_told_how_it_is_sung(setlist, noon):
    facts = EntryFacts(encore=True, order=[0, 1, 2, 1], bpm=92, note="  capo 2,\n no drums ")
    row = services.change_entry(entry=setlist[0].pk, facts=facts, now=noon)
    row.refresh_from_db()
    assert (row.encore, row.order, row.bpm, row.note) == (True, [0, 1, 2, 1], 92, "capo 2, no drums")


def test_the_order_as_written_is_not_kept(setlist, noon):
    row = services.change_entry(entry=setlist[0].pk, facts=EntryFacts(order=[0, 1, 2]), now=noon)
    assert row.order == []


@pytest.mark.parametrize(
    ("facts", "why"),
    [
        (EntryFacts(order=[0, 3]), refuse.BadOrder),
        (EntryFacts(order=[0, -1]), refuse.BadOrder),
        (EntryFacts(order=[1] * (MOST_STEPS + 1)), refuse.TooManySteps),
        (EntryFacts(bpm=19), refuse.BadTempo),
        (EntryFacts(bpm=401), refuse.BadTempo),
        (EntryFacts(note="x" * 501), TooMuch),
        (EntryFacts(note="\x07"), BadCharacters),
    ],
)
def test_what_cannot_be_sung_is_refused_and_nothing_changes(setlist, show, noon, facts, why):
    before = snapshot(show)
    with pytest.raises(why):
        services.change_entry(entry=setlist[0].pk, facts=facts, now=noon)
    assert snapshot(show) == before


def test_a_song_of_more_parts_than_an_order_can_name_is_sung_as_written(write, show, noon):
    write("long", sections=[Section("verse", (Line("сөз", "kk"),))] * (MOST_STEPS + 1), duration=None)
    entry = services.add_entry(show="astana", song="long", now=noon)
    with pytest.raises(refuse.OrderStays):
        services.change_entry(entry=entry.pk, facts=EntryFacts(order=[0]), now=noon)
    services.change_entry(entry=entry.pk, facts=EntryFacts(order=range(MOST_STEPS + 1)), now=noon)


def test_talk_needs_a_title(setlist, show, noon):
    with pytest.raises(refuse.NoTalkTitle):
        services.change_entry(entry=setlist[1].pk, facts=EntryFacts(title={"en": "  "}), now=noon)
    with pytest.raises(refuse.NothingToAdd):
        services.add_entry(show="astana", title={"en": ""}, now=noon)
    assert len(entries(show)) == 4


def test_unknown_shows_songs_and_entries_are_said_to_be_so(show, noon):
    with pytest.raises(refuse.NoSuchShow):
        services.add_entry(show="nowhere", title={"en": "Talk"}, now=noon)
    with pytest.raises(refuse.SongNotHere):
        services.add_entry(show="astana", song="nothing", now=noon)
    with pytest.raises(refuse.NoSuchEntry):
        services.remove_entry(entry=1, now=noon)


def test_a_setlist_is_full_some_time(show, noon, monkeypatch):
    monkeypatch.setattr("aqyn.stage.services.setlist.MOST_ENTRIES", 1)
    services.add_entry(show="astana", title={"en": "Talk"}, now=noon)
    with pytest.raises(refuse.TooManyEntries):
        services.add_entry(show="astana", title={"en": "More"}, now=noon)
    assert Entry.objects.count() == 1


def test_a_song_that_leaves_the_house_leaves_its_name_on_the_list(setlist, show, noon):
    song_services.remove_song(song="tereze", now=noon)
    assert names(show) == ["Window", "About the sea", "The Bridge", "Window"]
    assert [entry.song_id for entry in entries(show)][::3] == [None, None]


def test_what_the_open_hall_is_at_stays_on_the_list(setlist, show, noon):
    performance = services.open_hall(show="astana", rehearsal=True, now=noon)
    Performance.objects.filter(pk=performance.pk).update(entry=setlist[0])
    with pytest.raises(refuse.IsOnNow):
        services.remove_entry(entry=setlist[0].pk, now=noon)
    services.close_hall(show="astana", now=noon)
    services.remove_entry(entry=setlist[0].pk, now=noon)
    assert names(show) == ["About the sea", "The Bridge", "Window"]


def test_every_deed_drops_the_kept_pages(setlist, noon):
    pk = setlist[0].pk
    for deed in (
        lambda: services.move_entry(entry=pk, to=1, now=noon),
        lambda: services.change_entry(entry=pk, facts=EntryFacts(), now=noon),
        lambda: services.remove_entry(entry=pk, now=noon),
        lambda: services.add_entry(show="astana", song="bridge", now=noon),
    ):
        before = page_generation()
        deed()
        assert page_generation() > before


def test_a_removed_entry_comes_back_as_it_was_with_its_number(setlist, show, noon):
    services.change_entry(entry=setlist[0].pk, facts=EntryFacts(order=[1], bpm=80, note="slow"), now=noon)
    before = snapshot(show)
    services.remove_entry(entry=setlist[0].pk, now=noon)
    services.restore_setlist(show="astana", before=before, after=snapshot(show), now=noon)
    assert snapshot(show) == before


def test_what_was_added_and_moved_is_undone(setlist, show, noon):
    before = snapshot(show)
    entry = services.add_entry(show="astana", title={"en": "More"}, now=noon)
    services.move_entry(entry=entry.pk, to=0, now=noon)
    services.restore_setlist(show="astana", before=before, after=snapshot(show), now=noon)
    assert snapshot(show) == before


def test_nothing_is_undone_over_what_somebody_else_did(setlist, show, noon):
    before = snapshot(show)
    services.remove_entry(entry=setlist[0].pk, now=noon)
    after = snapshot(show)
    services.move_entry(entry=setlist[3].pk, to=0, now=noon)
    here = snapshot(show)
    with pytest.raises(refuse.OtherList):
        services.restore_setlist(show="astana", before=before, after=after, now=noon)
    assert snapshot(show) == here


def test_what_comes_back_names_a_song_that_has_gone_meanwhile(setlist, show, noon):
    before = snapshot(show)
    services.remove_entry(entry=setlist[0].pk, now=noon)
    after = snapshot(show)
    Song.objects.filter(slug="tereze").delete()
    services.restore_setlist(
        show="astana",
        before=before,
        after=[one | ({"song_id": None} if one["encore"] else {}) for one in after],
        now=noon,
    )
    assert names(show)[0] == "Window"

"""What is remembered of public songs, and that nothing of it outlives a change."""

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from tests.songs.conftest import NOON, WORDS

from aqyn.core.lyrics.model import Line, Section
from aqyn.songs import selectors, services
from aqyn.songs.models import LineText, Preparation
from aqyn.songs.selectors import known

pytestmark = pytest.mark.django_db(transaction=True)
OTHER = [Section("verse", (Line("жаңа сөз", "kk"),))]


def words(slug="tereze", **where):
    page = selectors.song_page(slug, code="kk", **where)
    return page and [[w.text for w in line.words] for part in page.sections for line in part.lines]


def asked(look):
    with CaptureQueriesContext(connection) as queries:
        look()
    return len(queries)


def test_a_public_song_is_read_once_until_the_pages_change(write):
    write(state="public")
    first, again = asked(words), asked(words)
    assert (first > again, again) == (True, 2)
    services.change_words(song="tereze", sections=OTHER, now=NOON)
    assert words() == [["жаңа", "сөз"]]
    services.change_words(song="tereze", sections=WORDS, now=NOON)
    assert asked(words) == first


def test_a_withdrawn_song_is_not_shown_though_it_is_remembered(write):
    song = write(state="public")
    assert words() and len(selectors.public_songs()) == 1
    # Without the word that the pages have changed: the right to see it is asked of the database each time.
    song.publication.delete()
    assert words() is None
    assert selectors.public_songs() == []


def test_a_draft_and_a_song_by_link_are_read_each_time(write):
    song = write(state="link")
    for where in ({"draft": True}, {"slug": "", "key": song.publication.key}):
        before = words(**where)
        LineText.objects.filter(kind="main").update(text="бір")
        assert words(**where) != before
        assert asked(lambda: words(**where)) == asked(lambda: words(**where))  # noqa: B023
        LineText.objects.filter(kind="main").update(text="екі")


def test_nothing_is_remembered_of_a_change_that_is_taken_back(write):
    write(state="public")
    before = words()
    with transaction.atomic():
        services.change_words(song="tereze", sections=OTHER, now=NOON)
        assert words() == [["жаңа", "сөз"]]
        transaction.set_rollback(True)
    # This counts to the number that was taken back, and holds other words.
    services.overrule_line(
        line=LineText.objects.filter(kind="main").first().line_id, tag="en", text="x", now=NOON
    )
    assert words() == before


def test_more_songs_than_are_remembered_are_all_there_in_their_order(write, monkeypatch):
    monkeypatch.setattr(known, "MOST", 1)
    for slug in ("a", "b", "c"):
        write(slug, state="public", sections=[Section("verse", (Line(slug, "kk"),))])
    for _again in range(2):
        assert [card.slug for card in selectors.public_songs()] == ["a", "b", "c"]
        assert [words(slug) for slug in ("c", "b", "a")] == [[["c"]], [["b"]], [["a"]]]


def test_a_remembered_song_tells_how_far_its_sound_is_now(write, tone):
    write(state="public")
    services.attach_recording(song="tereze", source=tone, now=NOON)
    assert selectors.song_page("tereze", code="kk").preparing.percent == 0
    Preparation.objects.update(percent=64)
    assert selectors.song_page("tereze", code="kk").preparing.percent == 64
    Preparation.objects.update(finished_at=NOON)
    assert selectors.song_page("tereze", code="kk").preparing is None

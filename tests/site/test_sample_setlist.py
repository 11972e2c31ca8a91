"""What the sample artist sings on her evening: it comes with the sample and goes with it."""

from datetime import UTC, datetime

import pytest

from aqyn.shows.selectors import all_shows
from aqyn.site.first_run import install_sample, make_it_mine
from aqyn.stage.models import Entry
from aqyn.stage.selectors.setlist import entries, title_of
from aqyn.stage.selectors.words import planned_of, score_of_entry

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 5, 1, 9, tzinfo=UTC)


def test_the_sample_sings_three_songs_speaks_once_and_comes_back_for_more():
    install_sample(now=NOW)
    [show] = all_shows()
    told = [(title_of(entry)["kk-Cyrl"], entry.kind, entry.encore, entry.bpm) for entry in entries(show)]
    assert told == [
        ("Жабық мектеп", "song", False, 96),
        ("Теңіз, море", "song", False, 66),
        ("Түнгі бекет туралы", "talk", False, None),
        ("Қызылорда", "song", False, 84),
        ("Қызылорда", "song", True, 84),
    ]
    encore = entries(show)[-1]
    score = score_of_entry(encore)
    assert score is not None
    assert planned_of(encore, len(score.spans)) == (2, 3, 4, 5, 5)


def test_the_setlist_goes_with_the_sample():
    install_sample(now=NOW)
    make_it_mine(name={"kk-Cyrl": "Ару"}, languages=["kk-Cyrl"], hue=10, actor=None, now=NOW)
    assert Entry.objects.count() == 0

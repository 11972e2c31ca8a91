"""What a phone loads of a show, over HTTP, from a real house: kept for all, told anew when it changes."""

from __future__ import annotations

import gzip
import json
import time

import pytest
from tests.site.test_evening import Owner

SHOW = "/live/jalgyz-jaryq/"


@pytest.fixture(scope="module")
def house(open_house):
    """A house with the sample artist's evening, its hall open."""
    house = open_house(sample=True)
    # The worker brings the sample in once the house is open.
    for _attempt in range(600):
        if house.get(SHOW + "setlist.json").status == 200:
            break
        time.sleep(0.1)
    return house


@pytest.fixture(scope="module")
def owner(house):
    """She has opened the hall: from then on its songs are told."""
    owner = Owner(house)
    assert setlist(house)[1]["entries"] == []
    assert owner.post("/studio/stage/jalgyz-jaryq/open/").status == 302
    return owner


def setlist(house, **headers):
    answer = house.get(SHOW + "setlist.json", headers=headers)
    return answer, json.loads(answer.content) if answer.status == 200 else None


def test_a_phone_asks_again_and_is_told_only_what_changed(house, owner):
    answer, told = setlist(house)
    etag = answer.headers["ETag"]
    assert (answer.status, answer.headers["Cache-Control"]) == (200, "no-cache")
    assert setlist(house, **{"If-None-Match": etag})[0].status == 304
    ids = [entry["id"] for entry in told["entries"]]
    moved = owner.post(f"/studio/stage/jalgyz-jaryq/setlist/{ids[0]}/move/", where="down")
    assert moved.status == 302
    answer, told = setlist(house, **{"If-None-Match": etag})
    assert answer.status == 200
    assert [entry["id"] for entry in told["entries"]] == [ids[1], ids[0], *ids[2:]]


def test_the_words_of_a_song_come_small_and_whole(house, owner):
    _answer, told = setlist(house)
    assert len(told["entries"]) > 2
    for entry in told["entries"]:
        if entry["words"] is None:
            continue
        answer = house.get(entry["words"], headers={"Accept-Encoding": "gzip"})
        words = json.loads(gzip.decompress(answer.content))
        assert (words["entry"], words["hue"]) == (entry["id"], entry["hue"])
        assert len(answer.content) < 10_000


def test_a_wrong_key_opens_nothing_and_is_not_kept(house):
    for path in ("setlist.json", "songs/1.json", "notices/1.json"):
        assert house.get(f"{SHOW}{path}?rehearsal=wrong").status == 404
    assert setlist(house)[0].status == 200

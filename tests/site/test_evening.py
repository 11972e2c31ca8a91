"""One evening over HTTP, in a real house: the owner comes in, writes a song, and visitors see each change."""

from __future__ import annotations

import re
from urllib.parse import urlencode

import pytest


class Owner:
    """A browser of the owner's, signed in by the link that `up` printed."""

    def __init__(self, house) -> None:
        self.house = house
        self.cookie = ""
        answer = self.post(house.key_path, name="Айгүл", email="aigul@example.org", language="kk")
        assert answer.status == 302
        self.cookie = answer.headers["Set-Cookie"].split(";")[0]

    def post(self, path: str, **form: str):
        headers = {
            "Content-Type": "application/x-www-form-urlencoded",
            "Sec-Fetch-Site": "same-origin",
            "Cookie": self.cookie,
        }
        return self.house.request("POST", path, body=urlencode(form), headers=headers)

    def get(self, path: str):
        return self.house.get(path, headers={"Cookie": self.cookie})


@pytest.fixture
def house(open_house):
    return open_house()


def test_what_the_owner_changes_the_next_visitor_sees(house):
    page = "/kk/songs/jol/kk-Latn/"

    def visitor() -> str:
        """As two visitors in a row see it: the second one from the page cache."""
        first, second = house.get(page), house.get(page)
        assert (first.status, first.content) == (second.status, second.content)
        return first.content.decode() if first.status == 200 else str(first.status)

    owner = Owner(house)
    owner.post("/studio/artists/new/", **{"name_kk-Cyrl": "Айгүл", "hue": "28", "main_language": "kk-Cyrl"})
    new = owner.get("/studio/songs/new/").content.decode()
    artist = re.search(r'name="artist"[^>]*value="([^"]+)"', new)
    assert artist, new
    made = owner.post(
        "/studio/songs/new/",
        title="Жол",
        words="Жол бойында\nжалғыз ағаш",
        language="kk-Cyrl",
        artist=artist[1],
    )
    assert made.status == 302
    assert visitor() == "404"
    owner.post("/studio/songs/jol/reach/", reach="public")
    assert "jalğyz" in visitor()
    desk = owner.get("/studio/songs/jol/readings/").content.decode()
    line = re.findall(r"/studio/songs/jol/lines/(\d+)/", desk)[-1]
    assert (
        owner.post(f"/studio/songs/jol/lines/{line}/", **{"tag": "kk-Latn", "text": "jalghyz aghash"}).status
        == 302
    )
    assert "jalghyz" in visitor()
    owner.post("/studio/songs/jol/reach/", reach="draft")
    assert visitor() == "404"
    assert owner.get("/studio/songs/jol/page/").status == 200

"""What programs read: favicon, share picture, robots.txt, sitemap."""

import struct
from xml.etree import ElementTree

from aqyn.people import services as people

MAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
LINK = "{http://www.w3.org/1999/xhtml}link"


def test_the_sitemap_holds_every_public_page_in_every_language(visitor, qyzylorda):
    answer = visitor.get("/sitemap.xml")
    assert answer["Content-Type"] == "application/xml"
    entries = ElementTree.fromstring(answer.content).findall(f"{MAP}url")
    found = {entry.findtext(f"{MAP}loc"): entry.findall(LINK) for entry in entries}
    pages = ["/", "/songs/", "/songs/qyzylorda/"]
    codes = {"kk": "kk", "kk-latn": "kk-Latn", "kk-arab": "kk-Arab", "ru": "ru", "en": "en"}
    assert set(found) == {f"http://localhost/{code}{page}" for code in codes for page in pages}
    for links in found.values():
        assert [link.get("hreflang") for link in links] == list(codes.values())
        assert all(link.get("href") in found for link in links)


def test_several_artists_are_in_the_sitemap(visitor, qyzylorda):
    people.make_artist(name={"en": "Aigerim"}, slug="aigerim")
    assert b"http://localhost/kk/artists/aigerim/" in visitor.get("/sitemap.xml").content


def test_robots_may_read_all_but_the_studio_and_find_the_sitemap(visitor, db):
    lines = visitor.get("/robots.txt").content.decode().splitlines()
    assert lines == [
        "User-agent: *",
        "Disallow: /studio/",
        "Disallow: /sign-in/",
        "Sitemap: http://localhost/sitemap.xml",
    ]


def test_the_favicon_is_svg_in_the_artists_hue(visitor, qyzylorda):
    answer = visitor.get("/favicon.svg")
    assert answer["Content-Type"] == "image/svg+xml"
    red = answer.content
    ElementTree.fromstring(red)
    people.change_artist(
        qyzylorda.artist, name=qyzylorda.artist.name, bio={}, hue=205, main_language="kk-Cyrl"
    )
    assert visitor.get("/favicon.svg").content != red


def test_a_house_without_artists_has_a_favicon_too(visitor, db):
    assert visitor.get("/favicon.svg").status_code == 200


def test_a_shared_link_shows_the_carpet_as_a_png(visitor, qyzylorda):
    page = visitor.get("/en/").content.decode()
    assert '<meta property="og:image" content="http://localhost/artists/madina/picture.png">' in page
    answer = visitor.get("/artists/madina/picture.png")
    assert answer["Content-Type"] == "image/png"
    assert struct.unpack(">II", answer.content[16:24]) == (1200, 630)


def test_there_is_no_picture_of_nobody(visitor, db):
    assert visitor.get("/artists/nobody/picture.png").status_code == 404

"""Slots: who registers is seen, in order, and only where there is something to show."""

import pytest
from django.test import RequestFactory

from aqyn.ui import slots


@pytest.fixture(autouse=True)
def own_slots(monkeypatch):
    """Slots as they are before any app has filled one."""
    monkeypatch.setattr(slots, "_parts", {})


def part(label: str, url: str = "/x/"):
    return lambda obj: {"label": label, "url": url, "current": ""}


LINK = "ui/parts/nav_link.html"


def test_parts_stand_in_their_order_and_then_in_that_of_their_registration():
    slots.register("aside", LINK, part("last"), order=200)
    slots.register("aside", LINK, part("first"), order=1)
    slots.register("aside", LINK, part("second"), order=100)
    slots.register("aside", LINK, part("third"), order=100)
    found = slots.render("aside", object())
    assert [found.index(word) for word in ("first", "second", "third", "last")] == sorted(
        found.index(word) for word in ("first", "second", "third", "last")
    )


def test_a_part_without_anything_to_show_is_left_out():
    slots.register("aside", LINK, lambda obj: None)
    assert slots.render("aside", object()) == ""


def test_a_slot_that_nobody_filled_is_empty():
    assert slots.render("nobody", object()) == ""


def test_the_object_reaches_the_part():
    slots.register("aside", LINK, lambda song: {"label": song["title"], "url": "/", "current": ""})
    assert ">Қызылорда</a>" in slots.render("aside", {"title": "Қызылорда"})


def test_what_a_part_shows_is_escaped():
    slots.register("aside", LINK, part("<b>"))
    assert "&lt;b&gt;" in slots.render("aside", None)


def test_registering_twice_shows_once():
    context = part("once")
    slots.register("aside", LINK, context)
    slots.register("aside", LINK, context)
    assert slots.render("aside", None).count("once") == 1


@pytest.mark.parametrize(
    "path, current",
    [("/en/songs/", ' aria-current="page"'), ("/en/songs/one/", ' aria-current="true"'), ("/en/", "")],
)
def test_a_link_marks_the_page_it_leads_to_and_the_pages_under_it(path, current):
    slots.register_link("nav", "Songs", "site:songs")
    request = RequestFactory().get(path)
    assert slots.render("nav", request).strip() == f'<a href="/en/songs/"{current}>Songs</a>'


def test_a_link_is_shown_to_those_whom_it_is_for():
    slots.register_link("nav", "Mail", "site:songs", shown=lambda request: request.path == "/owner/")
    assert slots.render("nav", RequestFactory().get("/crew/")) == ""
    assert "Mail" in slots.render("nav", RequestFactory().get("/owner/"))


def test_a_link_to_a_page_that_does_not_exist_is_left_out():
    slots.register_link("nav", "Nowhere", "nobody:nothing")
    assert slots.render("nav", RequestFactory().get("/")) == ""

"""The song page for everyone: screen readers, thumbs, paper, slow lines."""

from __future__ import annotations

import json

import pytest
from tests.journeys.song_page import PHONE, SMALL, at, cues, opened, plays


def test_a_screen_reader_reads_a_line_once(browser, singing_house):
    with opened(browser, singing_house, "/en/songs/timed/kk-Cyrl/?under=kk-Latn") as page:
        at(page, cues(page, 0)[1][0] + 100)
        nodes = page.context.new_cdp_session(page).send("Accessibility.getFullAXTree")["nodes"]
        by_id = {node["nodeId"]: node for node in nodes}

        def name(node):
            return node.get("name", {}).get("value", "")

        lines = [
            node
            for node in nodes
            if node.get("role", {}).get("value") == "button" and name(node).startswith(("Бекетте", "Пойыз"))
        ]
        assert [name(node) for node in lines] == [
            "Бекетте бір терезе түнде жанды,",
            "Пойыз өтті тоқтамай, үні талды.",
        ]
        item = by_id[lines[0]["parentId"]]
        while item["role"]["value"] != "listitem":
            item = by_id[item["parentId"]]
        said = [name(by_id[child]) for child in item["childIds"] if not by_id[child]["ignored"]]
        assert said.count("Бекетте бір терезе түнде жанды,") == 1
        assert not any("Bekette" in name(node) for node in nodes if not node["ignored"])
        assert page.locator("[aria-live]:not([role=alert])").count() == 0


@pytest.mark.parametrize(
    "path", ["/en/songs/timed/kk-Cyrl/", "/kk-arab/songs/timed/?under=kk-Latn", "/ru/songs/lines/"]
)
@pytest.mark.parametrize("scheme", ["dark", "light"])
def test_axe_finds_nothing_serious(browser, singing_house, path, scheme):
    from axe_playwright_python.sync_playwright import Axe

    with opened(browser, singing_house, path, color_scheme=scheme, bypass_csp=True) as page:
        at(page, 5000)
        page.wait_for_timeout(700)
        found = Axe().run(page).response["violations"]
        serious = [
            (v["id"], [n["html"][:120] for n in v["nodes"]])
            for v in found
            if v["impact"] in ("serious", "critical")
        ]
        assert serious == []


def test_every_target_is_large_enough_for_a_thumb(browser, singing_house):
    with opened(browser, singing_house, viewport=PHONE) as page:
        page.click("[data-act=tools]")
        assert page.evaluate(SMALL) == []


def test_on_a_phone_the_player_goes_along_at_the_foot(browser, singing_house):
    with opened(browser, singing_house, viewport=PHONE) as page:
        page.evaluate("scrollTo({ top: 900, behavior: 'instant' })")
        page.wait_for_selector(".player.docked")
        page.wait_for_timeout(500)
        play = page.locator(".play").bounding_box()
        assert play["y"] + play["height"] <= PHONE["height"] and play["y"] > PHONE["height"] - 90
        page.locator(".play").click()
        plays(page)
        page.evaluate("scrollTo({ top: 0, behavior: 'instant' })")
        page.wait_for_selector(".player:not(.docked)")


def test_on_paper_there_are_two_readings_side_by_side_in_black(browser, singing_house):
    with opened(browser, singing_house, color_scheme="dark") as page:
        at(page, 5000)
        page.emulate_media(media="print")
        page.wait_for_timeout(700)
        for hidden in (".controls", ".tools", ".cover", ".lyrics-head", ".pool", ".after", "header.bar"):
            assert page.locator(hidden).first.is_hidden(), hidden
        left, right = (
            page.locator(f".line[data-line] .{row}").first.bounding_box() for row in ("main", "under")
        )
        assert right["x"] > left["x"] + left["width"] - 1 and abs(right["y"] - left["y"]) < 12
        ink = page.evaluate(
            """[...new Set([...document.querySelectorAll('.line[data-line] *')]
              .map(e => getComputedStyle(e).color))]"""
        )
        assert ink == ["rgb(0, 0, 0)"]
        assert page.evaluate(
            "[...document.querySelectorAll('.word')].every(w => getComputedStyle(w).transform === 'none')"
        )
        assert page.pdf(prefer_css_page_size=True).startswith(b"%PDF")


def test_the_page_is_light(browser, singing_house):
    """All that crosses the wire but the sound, headers too, in a browser that keeps nothing yet."""
    visitor = browser.new_context()
    page = visitor.new_page()
    wire = visitor.new_cdp_session(page)
    addresses, bytes_of = {}, {}
    wire.on(
        "Network.requestWillBeSent",
        lambda said: addresses.update({said["requestId"]: said["request"]["url"]}),
    )
    wire.on(
        "Network.loadingFinished",
        lambda said: bytes_of.update({said["requestId"]: said["encodedDataLength"]}),
    )
    wire.send("Network.enable")
    page.goto(singing_house.url + "/kk/songs/timed/?under=en")
    page.wait_for_selector("aqyn-lyrics.ready")
    page.wait_for_load_state("networkidle")
    visitor.close()
    weights = {addresses[one]: size for one, size in bytes_of.items() if "/media/" not in addresses[one]}
    assert any("singing.js" in address for address in weights)
    assert sum(weights.values()) <= 150 * 1024, json.dumps(weights, indent=1)

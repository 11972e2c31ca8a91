"""The keys of the console: the same ones in its script, on its page of keys and in the guide."""

import re
from pathlib import Path

ROOT = Path(__file__).parents[2]
STAGE = ROOT / "src" / "aqyn" / "stage"
SCRIPT = (STAGE / "static" / "stage" / "console" / "keys.js").read_text("utf-8")
DEEDS = (STAGE / "static" / "stage" / "console" / "deeds.js").read_text("utf-8")
PAGE = (STAGE / "templates" / "stage" / "parts" / "console_keys.html").read_text("utf-8")
GUIDE = (ROOT / "docs" / "console.md").read_text("utf-8")


def keys_of_the_script():
    """{(shift, code): deed}, with the one key that goes by its letter."""
    found = {(False, "?"): "help"}
    for shift, name in ((False, "KEYS"), (True, "SHIFTED")):
        table = re.search(rf"export const {name} = \{{(.*?)\}};", SCRIPT, re.S).group(1)
        found |= {(shift, code): deed for code, deed in re.findall(r"(\w+): '([\w-]+)'", table)}
    return found


def keys_of_the_guide():
    rows = re.findall(r"^\| ((?:`[^`]+` ?)+)\| \*\*([\w-]+)\*\*", GUIDE, re.M)
    found = {}
    for keys, deed in rows:
        codes = re.findall(r"`([^`]+)`", keys)
        shift = codes[0] == "Shift"
        found |= {(shift, code): deed for code in codes[shift:]}
    return found


def test_the_guide_tells_every_key_and_no_other():
    assert len(keys_of_the_script()) > 15
    assert keys_of_the_guide() == keys_of_the_script()


def test_the_page_of_keys_tells_every_deed_that_a_key_does():
    assert sorted(re.findall(r'data-deed="([\w-]+)"', PAGE)) == sorted(set(keys_of_the_script().values()))


def test_every_key_does_something():
    done = set(re.findall(r"^  '?([\w-]+)'?: desk =>", DEEDS, re.M))
    assert set(keys_of_the_script().values()) - done == set()


def test_the_guide_tells_the_limits_of_the_script():
    assert (
        re.search(r"export const TWICE = (\d+)", SCRIPT).group(1)
        in re.search(r"twice within (\d+) ms", GUIDE).groups()
    )
    press = (STAGE / "static" / "stage" / "console" / "press.js").read_text("utf-8")
    assert "export const LIMIT = 1500;" in press and "within 1.5 s" in GUIDE
    line = (STAGE / "static" / "stage" / "console" / "line.js").read_text("utf-8")
    assert "const QUIET = 3500;" in line and "at the latest 3.5 s" in GUIDE

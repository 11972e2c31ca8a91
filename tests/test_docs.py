import re
from pathlib import Path

import pytest

from aqyn.site.config import SETTABLE

ROOT = Path(__file__).parents[1]
DOCS = ROOT / "docs"
PAGES = sorted([ROOT / "README.md", *DOCS.rglob("*.md")])
SOURCES = [
    ROOT / "aqyn",
    ROOT / ".ci" / "run",
    *sorted((ROOT / "src").rglob("*.py")),
    ROOT / "tests" / "conftest.py",
]


def documented() -> str:
    return "\n".join(page.read_text("utf-8") for page in PAGES)


@pytest.mark.parametrize("key", SETTABLE)
def test_every_setting_has_its_row(key):
    rows = [
        line
        for line in (DOCS / "settings.md").read_text("utf-8").splitlines()
        if line.startswith(f"| `{key}`")
    ]
    assert len(rows) == 1
    assert f"`AQYN_{key.upper()}`" in rows[0]


def test_no_setting_is_documented_that_does_not_exist():
    rows = re.findall(r"^\| `(\w+)` \| `AQYN_", (DOCS / "settings.md").read_text("utf-8"), re.M)
    assert sorted(rows) == sorted(SETTABLE)


def test_every_environment_variable_that_is_read_is_documented():
    text = documented()
    named = {
        name for source in SOURCES for name in re.findall(r"\bAQYN_[A-Z_]*[A-Z]\b", source.read_text("utf-8"))
    }
    assert sorted(name for name in named if f"`{name}`" not in text and f"{name}=" not in text) == []


def test_every_command_is_documented():
    text = (DOCS / "operator-guide.md").read_text("utf-8")
    commands = [
        f.stem.replace("_", "-")
        for f in (ROOT / "src/aqyn/site/commands").glob("*.py")
        if f.stem != "__init__"
    ]
    assert commands, "no command found"
    assert [name for name in commands if f"`./aqyn {name}" not in text] == []


def test_every_bench_is_documented():
    text = (DOCS / "benchmarks.md").read_text("utf-8")
    benches = [f.stem for f in (ROOT / "src/aqyn/site/benches").glob("*.py") if not f.stem.startswith("_")]
    assert [name for name in benches if f"`./aqyn bench {name}" not in text] == []


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_every_link_between_pages_leads_somewhere(page):
    links = re.findall(r"\]\((?!https?:|mailto:|#)([^)#\s]+)", page.read_text("utf-8"))
    assert [link for link in links if not (page.parent / link).exists()] == []


def test_every_page_can_be_reached_from_the_readme():
    seen, queue = set(), [ROOT / "README.md"]
    while queue:
        page = queue.pop()
        if page in seen:
            continue
        seen.add(page)
        for link in re.findall(r"\]\((?!https?:|mailto:|#)([^)#\s]+\.md)", page.read_text("utf-8")):
            queue.append((page.parent / link).resolve())
    assert [page.relative_to(ROOT).as_posix() for page in PAGES if page not in seen] == []

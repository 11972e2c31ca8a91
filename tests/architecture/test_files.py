"""How the source is laid out: the same few files in every app, none of them long."""

from pathlib import Path

import pytest
from django.apps import apps

ROOT = Path(__file__).parents[2]
SOURCE = ROOT / "src" / "aqyn"
LONGEST = 400
# Made by a program, never read from top to bottom.
MADE = {"src/aqyn/ui/static/ui/css/hues.css"}
KINDS = {".py", ".js", ".css", ".html"}
FILES = [
    file
    for folder in (SOURCE, ROOT / "tests")
    for file in sorted(folder.rglob("*"))
    if file.suffix in KINDS and "migrations" not in file.parts
]

# DESIGN, Layout. Each may be a file or a folder by noun.
USUAL = {
    "models",
    "selectors",
    "services",
    "forms",
    "views",
    "urls",
    "tasks",
    "api",
    "signals",
    "apps",
    "migrations",
}
USUAL |= {"templates", "static", "__init__", "__pycache__"}
EXTRA = {
    "payments": {"adapters", "sentences"},
    "reach": {"sentences"},
    "tickets": {"claims", "letters", "numbers", "parts", "passes", "sentences", "settlement"},
    "people": {"access", "devices", "errors", "slugs", "tokens"},
    "post": {"addresses", "delivery", "errors", "kinds", "smtp"},
    "shows": {"facts", "sentences"},
    "stage": {"parts", "poster", "screen", "sentences", "telling"},
    "songs": {"checks", "facts", "folders", "makers", "sentences", "songbook", "templatetags"},
}
CAPABILITIES = [
    app for app in apps.get_app_configs() if app.name.startswith("aqyn.") and app.label not in ("ui", "site")
]


def test_no_file_is_long():
    long = {
        file.relative_to(ROOT).as_posix(): length
        for file in FILES
        if (length := len(file.read_text("utf-8").splitlines())) > LONGEST
    }
    assert {name: length for name, length in long.items() if name not in MADE} == {}


@pytest.mark.parametrize("app", CAPABILITIES, ids=lambda app: app.label)
def test_an_app_holds_the_usual_files(app):
    found = {entry.name.split(".")[0] for entry in Path(app.path).iterdir() if not entry.name.startswith(".")}
    assert found <= USUAL | EXTRA.get(app.label, set())


@pytest.mark.parametrize("app", CAPABILITIES, ids=lambda app: app.label)
def test_templates_and_static_files_lie_under_the_apps_name(app):
    for kind in ("templates", "static"):
        folder = Path(app.path) / kind
        if folder.exists():
            assert {entry.name for entry in folder.iterdir()} == {app.label}

"""A recogniser that the settings name is told to the media layer, and what it needs installed once."""

from pathlib import Path

import pytest

from aqyn.media import backends
from aqyn.site import other_ears
from aqyn.site.config import load
from aqyn.site.extras import NotInstalled


@pytest.fixture(autouse=True)
def nothing_is_brought():
    yield
    for name in backends.NAMES:
        backends.bring_model(name, None)


@pytest.fixture
def asked(monkeypatch):
    """Which parts were asked for."""
    parts = []
    monkeypatch.setattr(other_ears, "ensure", parts.append)
    monkeypatch.setattr(other_ears, "find_spec", lambda module: None)
    return parts


@pytest.mark.parametrize(
    ("said", "file"),
    [("/models/model.pt", "/models/model.pt"), ("model.pt", "/house/model.pt"), ("", None)],
    ids=["absolute", "from the data folder on", "none"],
)
def test_the_setting_says_where_the_model_lies(said, file):
    environ = {"AQYN_HEARING_MODEL": said} if said else {}
    other_ears.bring_models(load(environ=environ, data=Path("/house")))
    assert backends.model_of("mms") == (Path(file) if file else None)


def test_what_a_model_needs_is_installed(asked, tmp_path):
    model = tmp_path / "model.pt"
    model.touch()
    backends.bring_model("mms", model)
    other_ears.install_what_they_need()
    assert asked == ["hearing"]


def test_nothing_is_installed_for_a_model_that_is_not_there(asked, tmp_path):
    other_ears.install_what_they_need()
    backends.bring_model("mms", tmp_path / "model.pt")
    other_ears.install_what_they_need()
    assert asked == []


def test_what_was_put_in_by_hand_is_left_alone(asked, tmp_path, monkeypatch):
    model = tmp_path / "model.pt"
    model.touch()
    backends.bring_model("mms", model)
    monkeypatch.setattr(other_ears, "find_spec", lambda module: module)
    other_ears.install_what_they_need()
    assert asked == []


def test_where_it_cannot_be_installed_the_house_opens_all_the_same(asked, tmp_path, monkeypatch, capsys):
    def fail(name):
        raise NotInstalled("The part “hearing” could not be installed.")

    model = tmp_path / "model.pt"
    model.touch()
    backends.bring_model("mms", model)
    monkeypatch.setattr(other_ears, "ensure", fail)
    other_ears.install_what_they_need()
    assert capsys.readouterr().err == (
        "The part “hearing” could not be installed. Until then Aqyn listens without MMS.\n"
    )

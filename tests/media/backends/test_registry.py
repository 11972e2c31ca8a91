"""What must be there before another backend listens, said in one sentence."""

import subprocess
import sys
from pathlib import Path

import pytest

from aqyn.media import backends
from aqyn.media.backends.listening import BackendMissing, hear_with
from aqyn.media.hearing import SungLine


@pytest.fixture(autouse=True)
def nothing_is_brought():
    yield
    for name in backends.NAMES:
        backends.bring_model(name, None)


def test_without_a_model_it_says_where_to_name_one():
    assert backends.model_of("mms") is None
    assert backends.missing("mms") == (
        "To listen with MMS, get its model and name the file as “hearing_model” in aqyn.toml; "
        "docs/hearing.md says where it is."
    )


def test_a_model_that_is_not_there_is_named(tmp_path):
    backends.bring_model("mms", tmp_path / "model.pt")
    assert backends.missing("mms").startswith(f"“hearing_model” names {tmp_path}/model.pt, which is no file;")


def test_what_is_not_installed_is_named(tmp_path, monkeypatch):
    model = tmp_path / "model.pt"
    model.touch()
    backends.bring_model("mms", model)
    monkeypatch.setattr(backends, "find_spec", lambda name: None)
    assert "what it needs must be installed (torch, torchaudio)" in backends.missing("mms")
    monkeypatch.setattr(backends, "find_spec", lambda name: object())
    assert backends.missing("mms") == ""


@pytest.mark.parametrize("deed", [backends.missing, lambda name: backends.bring_model(name, Path("x"))])
def test_another_name_is_an_error(deed):
    with pytest.raises(KeyError):
        deed("whisper")


def test_who_listens_with_it_all_the_same_is_told_so(tmp_path):
    with pytest.raises(BackendMissing, match="get its model"):
        hear_with("mms", tmp_path / "song.wav", [SungLine("kk", ("сыр",))])


def test_asking_loads_neither_numpy_nor_a_recogniser():
    program = (
        "import sys; from aqyn.media import backends; backends.missing('mms');"
        "assert not {'numpy', 'torch'} & set(sys.modules)"
    )
    subprocess.run([sys.executable, "-c", program], env={"PYTHONPATH": ":".join(sys.path)}, check=True)

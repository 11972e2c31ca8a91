"""What is installed, when, and what an interruption leaves."""

import subprocess
import sys

import pytest

from aqyn.site import extras


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """An environment, made once, from lock files that ask for nothing and so for no network."""
    folder = tmp_path_factory.mktemp("made")
    locks = folder / "requirements"
    locks.mkdir()
    for name in ("installer", "base"):
        (locks / f"{name}.lock").write_text("# nothing\n")
    environment = folder / "an environment"
    (environment / "bin").mkdir(parents=True)
    (environment / "half-made").touch()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(extras, "REQUIREMENTS", locks)
        extras.make_environment(environment)
    return environment, locks


@pytest.fixture
def environment(made, monkeypatch):
    environment, locks = made
    monkeypatch.setattr(extras, "REQUIREMENTS", locks)
    monkeypatch.setattr(sys, "prefix", str(environment))
    return environment


def lock(name, text):
    (extras.REQUIREMENTS / f"{name}.lock").write_text(text)


def test_a_half_made_environment_was_made_anew(environment):
    assert not (environment / "half-made").exists()
    assert subprocess.run([environment / "bin" / "python", "-c", ""], check=False).returncode == 0
    assert (environment / ".aqyn" / "base.lock").read_text() == "# nothing\n"


def test_a_whole_environment_is_left_as_it_is(environment):
    (environment / "mark").touch()
    extras.make_environment(environment)
    assert (environment / "mark").exists()


def test_an_extra_is_installed_when_its_lock_is_new(environment, capfd):
    lock("jury", "# nothing\n")
    extras.ensure("jury")
    assert "Installing the part “jury”" in capfd.readouterr().err
    extras.ensure("jury")
    assert capfd.readouterr().err == ""
    lock("jury", "# something else\n")
    assert not (environment / ".aqyn" / "jury.lock").read_text().startswith("# something")
    extras.ensure("jury")
    assert "Installing the part “jury”" in capfd.readouterr().err


def test_an_installation_that_fails_leaves_no_stamp(environment):
    lock("touring", "no-hash-for-this==1.0\n")
    with pytest.raises(extras.NotInstalled, match="The part “touring” could not be installed"):
        extras.ensure("touring")
    assert not (environment / ".aqyn" / "touring.lock").exists()


def test_pip_leaves_once_uv_is_there_and_comes_back_when_it_is_asked_for(environment):
    python = environment / "bin" / "python"

    def has_pip():
        return subprocess.run([python, "-c", "import pip"], check=False, capture_output=True).returncode == 0

    assert has_pip()
    (environment / "bin" / "uv").symlink_to("/bin/true")
    lock("plots", "# nothing\n")
    extras.ensure("plots")
    assert not has_pip()
    (environment / "bin" / "uv").unlink()
    lock("plots", "# another nothing\n")
    extras.ensure("plots")
    assert has_pip()


def test_a_foreign_environment_is_left_alone(environment, tmp_path, monkeypatch):
    monkeypatch.setattr(sys, "prefix", str(tmp_path))
    lock("stripe", "no-hash-for-this==1.0\n")
    extras.ensure("stripe")
    assert list(tmp_path.iterdir()) == []

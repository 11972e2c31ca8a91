"""The one script at the root, under dash, with Pythons that are not what it needs."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SHELL = shutil.which("dash") or "/bin/sh"


@pytest.fixture
def clone(tmp_path):
    """A clone without an environment, in a folder with a space in its name."""
    root = tmp_path / "a clone"
    (root / "src" / "aqyn" / "site").mkdir(parents=True)
    shutil.copy(ROOT / "aqyn", root)
    shutil.copytree(ROOT / "requirements", root / "requirements")
    shutil.copy(ROOT / "src/aqyn/site/extras.py", root / "src/aqyn/site")
    return root


@pytest.fixture
def machine(tmp_path):
    """A PATH with a shell's tools and no Python but those the test puts there."""
    folder = tmp_path / "bin"
    folder.mkdir()
    for tool in ("dirname", "readlink", "cmp", "sh"):
        (folder / tool).symlink_to(shutil.which(tool))
    return folder


def fake_python(machine, name, body):
    file = machine / name
    file.write_text(f"#!{SHELL}\n{body}\n")
    file.chmod(0o755)


def run(clone, machine, *arguments, **environment):
    return subprocess.run(
        [SHELL, str(clone / "aqyn"), *arguments],
        env={"PATH": str(machine), "HOME": str(clone), **environment},
        cwd="/",
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


TOO_OLD = 'case "$2" in *"%d.%d"*) echo 3.9;; *version_info*) exit 1;; *) exit 0;; esac'
NO_VENV = 'case "$2" in *"%d.%d"*) echo 3.11;; *ensurepip*) exit 1;; *) exit 0;; esac'


def test_a_machine_without_python_is_told_what_to_install(clone, machine):
    done = run(clone, machine, "up")
    assert done.returncode == 2
    assert done.stderr == (
        "Aqyn needs Python 3.11 or newer: install it,"
        " on Debian or Ubuntu with: apt install python3 python3-venv\n"
    )


def test_a_python_that_is_too_old_is_named(clone, machine):
    fake_python(machine, "python3", TOO_OLD)
    done = run(clone, machine, "up")
    assert done.returncode == 2
    assert done.stderr.startswith("Aqyn needs Python 3.11 or newer, and this machine has 3.9: install it,")
    assert len(done.stderr.splitlines()) == 1


def test_a_python_without_venv_is_told_what_to_install(clone, machine):
    fake_python(machine, "python3", NO_VENV)
    done = run(clone, machine, "up")
    assert done.returncode == 2
    assert done.stderr == (
        "Aqyn needs Python's venv module: install python3-venv,"
        " on Debian or Ubuntu with: apt install python3-venv\n"
    )
    assert not (clone / ".venv").exists()


def test_an_environment_that_stands_is_used_as_it_is(clone, machine):
    stands(clone)
    done = run(clone, machine, "backup", "a file", AQYN_DATA="/x")
    assert (done.returncode, done.stdout) == (0, f"{clone}/src -P -m aqyn backup a file\n")


def test_a_new_lock_is_installed_and_a_python_is_looked_for(clone, machine):
    stands(clone)
    (clone / "requirements" / "base.lock").write_text("another\n")
    done = run(clone, machine, "up")
    assert (done.returncode, "Aqyn needs Python 3.11" in done.stderr) == (2, True)


def test_an_environment_whose_python_has_gone_is_not_used(clone, machine):
    stands(clone)
    (clone / ".venv" / "bin" / "python").unlink()
    done = run(clone, machine, "up")
    assert (done.returncode, "Aqyn needs Python 3.11" in done.stderr) == (2, True)


def test_the_script_can_be_called_through_a_link(clone, machine, tmp_path):
    stands(clone)
    (tmp_path / "link").symlink_to(clone / "aqyn")
    done = subprocess.run(
        [str(tmp_path / "link"), "up"],
        env={"PATH": str(machine)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stdout) == (0, f"{clone}/src -P -m aqyn up\n")


def stands(clone):
    """An installed environment whose Python says how it was called."""
    stamps = clone / ".venv" / ".aqyn"
    stamps.mkdir(parents=True)
    shutil.copy(clone / "requirements" / "base.lock", stamps)
    python = clone / ".venv" / "bin" / "python"
    python.parent.mkdir()
    python.write_text(f'#!{SHELL}\n[ "$1" = -c ] || echo "$PYTHONPATH $*"\n')
    python.chmod(0o755)
    assert os.access(clone / "aqyn", os.X_OK)

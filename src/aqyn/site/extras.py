"""The parts that the house is installed from: `base` always, the others when they are first used.

Imports nothing that is installed: `./aqyn` runs this file with a bare Python to make the environment.
"""

from __future__ import annotations

import contextlib
import fcntl
import filecmp
import os
import shutil
import subprocess
import sys
import sysconfig
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[3]
REQUIREMENTS = ROOT / "requirements"
STAMPS = ".aqyn"


class NotInstalled(Exception):
    """One sentence: what could not be installed."""


def ensure(name: str) -> None:
    """Installs requirements/`name`.lock into this environment, unless this very lock was installed before.

    Progress is shown as it goes. A run that is cut off leaves no stamp, so the next one installs again.
    Raises NotInstalled. An environment that `./aqyn` did not make is left as it is.
    """
    environment = Path(sys.prefix)
    if (environment / STAMPS).is_dir() and not _is_installed(environment, name):
        with _alone():
            _say(f"Installing the part “{name}”, which is used for the first time.")
            _install(environment, name)
            _lighten(environment)


def make_environment(environment: Path) -> None:
    """Makes `environment`, or what is missing in it, with `base` installed. Raises NotInstalled.

    One that was left half-made, or whose Python has gone since, is made anew.
    """
    with _alone():
        if not _is_whole(environment):
            _say("Making Aqyn's own Python environment; this happens once.")
            _run(
                [sys.executable, "-m", "venv", "--clear", str(environment)],
                f"{environment} could not be made",
            )
            # uv is quick; where it has no wheel, pip takes the same lock files.
            if not _done(
                [*_pip(environment), "install", "--quiet", "--only-binary", ":all:", *_locked("installer")]
            ):
                _say("uv is not to be had for this machine; going on with pip, which takes longer.")
            (environment / STAMPS).mkdir(exist_ok=True)
        if not _is_installed(environment, "base"):
            _say("Installing what Aqyn stands on.")
            _install(environment, "base")
            _lighten(environment)


@contextlib.contextmanager
def _alone() -> Iterator[None]:
    """Two starts at once would tear each other's environment apart: the second waits for the first."""
    with (REQUIREMENTS / "installer.lock").open("rb") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _is_whole(environment: Path) -> bool:
    return (environment / STAMPS).is_dir() and _done([str(_python(environment)), "-c", ""])


def _is_installed(environment: Path, name: str) -> bool:
    stamp = environment / STAMPS / f"{name}.lock"
    return stamp.exists() and filecmp.cmp(REQUIREMENTS / f"{name}.lock", stamp, shallow=False)


def _install(environment: Path, name: str) -> None:
    if not (_with_uv(environment, name) or _done([*_pip(environment), "install", *_locked(name)])):
        raise NotInstalled(
            f"The part “{name}” could not be installed; put right what is said above and start again."
        )
    stamp = environment / STAMPS / f"{name}.lock"
    fresh = stamp.with_suffix(".new")
    shutil.copyfile(REQUIREMENTS / f"{name}.lock", fresh)
    fresh.replace(stamp)


def _with_uv(environment: Path, name: str) -> bool:
    uv = environment / "bin" / "uv"
    if not uv.exists():
        return False
    # Compiled at once: otherwise the first start does it, while somebody waits for the first song.
    command = [str(uv), "pip", "install", "--compile-bytecode", "--python", str(_python(environment))]
    command += ["--require-hashes", "-r"]
    chosen = os.environ | _index_of_pip(environment)
    return (
        subprocess.run([*command, str(REQUIREMENTS / f"{name}.lock")], check=False, env=chosen).returncode
        == 0
    )


def _index_of_pip(environment: Path) -> dict[str, str]:
    """uv does not read pip's settings: the index that this machine's owner chose there is handed on."""
    if any(name in os.environ for name in ("UV_DEFAULT_INDEX", "UV_INDEX_URL", "UV_CONFIG_FILE")):
        return {}
    index = os.environ.get("PIP_INDEX_URL", "")
    if not index:
        asked = [*_pip(environment), "config", "get", "global.index-url"]
        told = subprocess.run(asked, capture_output=True, text=True, check=False)
        index = told.stdout.strip() if told.returncode == 0 else ""
    return {"UV_DEFAULT_INDEX": index} if index else {}


def _locked(name: str) -> list[str]:
    return ["--no-compile", "--require-hashes", "-r", str(REQUIREMENTS / f"{name}.lock")]


def _python(environment: Path) -> Path:
    return environment / "bin" / "python"


def _lighten(environment: Path) -> None:
    """Take out what only installing needs: 27 MB that venv brings. Where uv is, pip comes back when it is
    asked for."""
    unused = ["setuptools"] if sys.version_info < (3, 12) else []
    if (environment / "bin" / "uv").exists():
        unused.append("pip")
    if unused and (_packages(environment) / "pip").exists():
        _done([*_pip(environment), "uninstall", "--quiet", "--yes", *unused])


def _packages(environment: Path) -> Path:
    return Path(sysconfig.get_path("purelib", vars={"base": str(environment)}))


def _pip(environment: Path) -> list[str]:
    if not (_packages(environment) / "pip").exists():
        _done([str(_python(environment)), "-m", "ensurepip", "--default-pip"], quietly=True)
    return [str(_python(environment)), "-m", "pip", "--disable-pip-version-check"]


def _run(command: list[str], failure: str) -> None:
    if not _done(command):
        raise NotInstalled(f"{failure}; put right what is said above and start again.")


def _done(command: list[str], *, quietly: bool = False) -> bool:
    said = subprocess.DEVNULL if quietly else None
    try:
        return subprocess.run(command, check=False, stdout=said).returncode == 0
    except OSError:
        return False


def _say(line: str) -> None:
    sys.stderr.write(f"{line}\n")
    sys.stderr.flush()


if __name__ == "__main__":
    try:
        make_environment(Path(sys.argv[1]))
    except NotInstalled as error:
        _say(str(error))
        raise SystemExit(2) from None

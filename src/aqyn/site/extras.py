"""The parts that the house is installed from: `base` always, the others when they are first used.

Imports nothing that is installed: `./aqyn` runs this module in a bare environment to install `base`.
"""

from __future__ import annotations

import filecmp
import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[3]
REQUIREMENTS = ROOT / "requirements"


class NotInstalled(Exception):
    """One sentence: which part could not be installed."""


def ensure(name: str) -> None:
    """Installs requirements/`name`.lock into this environment, unless this very lock was installed before.

    Progress is shown as it goes. A run that is cut off leaves no stamp, so the next one installs again.
    Raises NotInstalled. An environment that `./aqyn` did not make is left as it is.
    """
    stamps = Path(sys.prefix) / ".aqyn"
    if not stamps.is_dir():
        return
    lock, stamp = REQUIREMENTS / f"{name}.lock", stamps / f"{name}.lock"
    if stamp.exists() and filecmp.cmp(lock, stamp, shallow=False):
        return
    if name != "base":
        sys.stderr.write(f"Installing the part “{name}”, which is used for the first time.\n")
        sys.stderr.flush()
    if not (_with_uv(lock) or _with_pip(lock)):
        raise NotInstalled(
            f"The part “{name}” could not be installed: see above, and start again when that is put right."
        )
    fresh = stamp.with_suffix(".new")
    shutil.copyfile(lock, fresh)
    fresh.replace(stamp)


def _with_uv(lock: Path) -> bool:
    uv = Path(sys.prefix) / "bin" / "uv"
    if not uv.exists():
        return False
    command = [str(uv), "pip", "install", "--python", sys.executable, "--require-hashes", "-r", str(lock)]
    return subprocess.run(command, check=False, env=os.environ | _index_of_pip()).returncode == 0


def _with_pip(lock: Path) -> bool:
    command = [*_PIP, "install", "--no-compile", "--require-hashes", "-r", str(lock)]
    return subprocess.run(command, check=False).returncode == 0


def _index_of_pip() -> dict[str, str]:
    """uv does not read pip's settings: the index that this machine's owner chose there is handed on."""
    if any(name in os.environ for name in ("UV_DEFAULT_INDEX", "UV_INDEX_URL", "UV_CONFIG_FILE")):
        return {}
    index = os.environ.get("PIP_INDEX_URL", "")
    if not index:
        told = subprocess.run(
            [*_PIP, "config", "get", "global.index-url"], capture_output=True, text=True, check=False
        )
        index = told.stdout.strip() if told.returncode == 0 else ""
    return {"UV_DEFAULT_INDEX": index} if index else {}


_PIP = [sys.executable, "-m", "pip", "--disable-pip-version-check"]


if __name__ == "__main__":
    try:
        ensure(sys.argv[1])
    except NotInstalled as error:
        sys.stderr.write(f"{error}\n")
        raise SystemExit(2) from None

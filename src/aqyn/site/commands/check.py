"""Look over the source: format, lint, types, layers, migrations, documents."""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
import time

from aqyn.site.extras import ROOT, ensure

_PYTHON = [sys.executable, "-m"]
STEPS: dict[str, list[str]] = {
    "format": [*_PYTHON, "ruff", "format", "--check", "."],
    "lint": [*_PYTHON, "ruff", "check", "."],
    "types": [*_PYTHON, "mypy"],
    "layers": [
        sys.executable,
        "-c",
        "import sys; from importlinter.cli import lint_imports_command as c; sys.exit(c())",
    ],
    "migrations": [*_PYTHON, "django", "makemigrations", "--check", "--dry-run"],
    "documents": [*_PYTHON, "pytest", "-q", "tests/test_docs.py", "tests/architecture"],
}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("step", nargs="*", metavar="STEP", help=f"only these: {', '.join(STEPS)}")


def run(args: argparse.Namespace) -> int:
    from aqyn.site.house import Refused

    unknown = [step for step in args.step if step not in STEPS]
    if unknown:
        raise Refused(f"“{unknown[0]}” is no step of the check; there are {', '.join(STEPS)}.")
    ensure("dev")
    failed = [name for name in args.step or STEPS if not _passes(name)]
    if failed:
        sys.stdout.write(f"To be put right: {', '.join(failed)}.\n")
    return 1 if failed else 0


def _passes(name: str) -> bool:
    """Runs one step and tells its verdict and its time; what it said only where it failed."""
    begun = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="aqyn-check-") as data:
        environment = {key: value for key, value in os.environ.items() if not key.startswith("AQYN_")}
        environment |= {"AQYN_DATA": data, "DJANGO_SETTINGS_MODULE": "aqyn.site.settings"}
        environment |= {"PYTHONPATH": str(ROOT / "src")}
        done = subprocess.run(
            STEPS[name],
            cwd=ROOT,
            env=environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            check=False,
        )
    took = time.monotonic() - begun
    sys.stdout.write(f"{name:<12} {'in order' if done.returncode == 0 else 'FAILED':<9} {took:6.1f} s\n")
    if done.returncode:
        sys.stdout.write(done.stdout)
    sys.stdout.flush()
    return done.returncode == 0

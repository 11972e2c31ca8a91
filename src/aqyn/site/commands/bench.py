"""Measure the house: ./aqyn bench NAME [--json]."""

from __future__ import annotations

import argparse
import json
import os
import pkgutil
import platform
import sys
from importlib import import_module
from pathlib import Path
from typing import Any

from aqyn.site import benches


def add_arguments(parser: argparse.ArgumentParser) -> None:
    subparsers = parser.add_subparsers(dest="bench", required=True, metavar="NAME", title="benches")
    for module in sorted(pkgutil.iter_modules(benches.__path__), key=lambda found: found.name):
        if module.name.startswith("_"):
            continue
        bench = import_module(f"{benches.__name__}.{module.name}")
        first_line = (bench.__doc__ or "").strip().splitlines()[0]
        subparser = subparsers.add_parser(module.name, help=first_line, description=bench.__doc__)
        subparser.add_argument("--json", action="store_true", help="one JSON object on the last line")
        bench.add_arguments(subparser)
        subparser.set_defaults(module=bench)


def run(args: argparse.Namespace) -> int:
    figures: dict[str, Any] = args.module.run(args)
    # A bench whose figures are a table draws it itself.
    table = getattr(args.module, "shown", None)
    if table is not None:
        sys.stdout.write(table(figures))
    else:
        sys.stdout.writelines(f"{key:>24}  {_shown(value)}\n" for key, value in figures.items())
    if args.json:
        told = {"bench": args.bench, **figures, "machine": machine()}
        sys.stdout.write(json.dumps(told, ensure_ascii=False) + "\n")
    return 0


def machine() -> dict[str, Any]:
    """What the figures were taken on."""
    return {
        "cores": len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count(),
        "processor": _processor(),
        "memory_gib": round(os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30, 1),
        "python": platform.python_version(),
        "system": f"{platform.system()} {platform.release()}",
    }


def _processor() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text("utf-8").splitlines()
    except OSError:
        return platform.processor() or platform.machine()
    return next(
        (line.split(":", 1)[1].strip() for line in lines if line.startswith("model name")), platform.machine()
    )


def _shown(value: Any) -> str:
    if isinstance(value, float):
        return f"{value:,.2f}"
    if isinstance(value, dict):
        return ", ".join(f"{key} {_shown(inner)}" for key, inner in value.items())
    return str(value)

"""The command line: `./aqyn COMMAND …`. Commands are found by their files in `site/commands`."""

from __future__ import annotations

import argparse
import pkgutil
import sys
from collections.abc import Sequence
from importlib import import_module
from types import ModuleType

from aqyn.site import commands
from aqyn.site.config import ConfigError
from aqyn.site.extras import NotInstalled
from aqyn.site.house import Refused

REFUSED = 2
INTERRUPTED = 130


def main(argv: Sequence[str] | None = None) -> int:
    """Runs one command; its exit status: 0 done, 1 failed, 2 refused with one sentence on stderr."""
    given = list(sys.argv[1:] if argv is None else argv)
    known = command_names()
    # Only the command that was asked for is loaded, unless somebody wants to read about all of them.
    wanted = [name for name in given[:1] if name in known] or known
    parser, modules = _parser(wanted, known)
    args, rest = parser.parse_known_args(given)
    module = modules[args.command]
    if rest and not getattr(module, "TAKES_MORE", False):
        parser.error(f"unrecognized arguments: {' '.join(rest)}")
    args.rest = rest
    refusals = (ConfigError, Refused, NotInstalled, *getattr(module, "REFUSALS", ()))
    try:
        return module.run(args) or 0
    except refusals as refusal:
        sys.stderr.write(f"{refusal}\n")
        return REFUSED
    except KeyboardInterrupt:
        sys.stderr.write("\n")
        return INTERRUPTED


def command_names() -> list[str]:
    """Every command there is, as it is typed."""
    return sorted(
        module.name.replace("_", "-")
        for module in pkgutil.iter_modules(commands.__path__)
        if not module.name.startswith("_")
    )


def _parser(wanted: list[str], known: list[str]) -> tuple[argparse.ArgumentParser, dict[str, ModuleType]]:
    parser = argparse.ArgumentParser(
        prog="./aqyn", description="A singer's own house on the web.", allow_abbrev=False
    )
    subparsers = parser.add_subparsers(
        dest="command", required=True, metavar="COMMAND", title="commands", prog="./aqyn"
    )
    modules = {}
    for name in wanted:
        module = import_module(f"{commands.__name__}.{name.replace('-', '_')}")
        first_line = (module.__doc__ or "").strip().splitlines()[0]
        subparser = subparsers.add_parser(
            name, help=first_line, description=module.__doc__, allow_abbrev=False
        )
        module.add_arguments(subparser)
        modules[name] = module
    return parser, modules

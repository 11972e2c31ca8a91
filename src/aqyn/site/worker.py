"""The background worker: a child process of `aqyn up` that does what has been asked for in rows."""

from __future__ import annotations

import logging
import os
import signal
import sys
import threading
from collections.abc import Callable
from datetime import UTC, datetime
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Protocol

from aqyn.site.house import FIRST_RUN, open_house
from aqyn.site.parent import die_with_parent

logger = logging.getLogger("aqyn.worker")

NICE = 10
IDLE_SECONDS = 0.3
LONGEST_REST_SECONDS = 30.0
ENDING_SECONDS = 3.0


class RunNext(Protocol):
    """Does one due job under a lease; True if there was one."""

    def __call__(self, *, now: datetime, stop: Callable[[], bool]) -> bool: ...


def main(parent: int) -> None:
    """Works until SIGTERM, or until `parent` is gone."""
    die_with_parent(parent)
    # Whoever waits for an answer comes first.
    os.nice(NICE)
    stop = threading.Event()
    # Ctrl-C goes to everyone at the terminal; our parent hears it too and tells us when to end.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, lambda _signal, _frame: stop.set())
    sys.stdout.reconfigure(line_buffering=True)  # type: ignore[union-attr]
    config = open_house()
    threads = [
        threading.Thread(target=_work, args=(name, run_next, stop), name=name, daemon=True)
        for name, run_next in found_tasks().items()
    ]
    # At once, so that the work it leaves is there when the others first look.
    if (config.data / FIRST_RUN).exists() and not _install_sample(config.data):
        threads.append(threading.Thread(target=_go_on_installing, args=(config.data, stop), daemon=True))
    for thread in threads:
        thread.start()
    stop.wait()
    for thread in threads:
        thread.join(ENDING_SECONDS / len(threads))
    # A job that has not ended is taken up again when its lease runs out.
    os._exit(0)


def found_tasks() -> dict[str, RunNext]:
    """The `run_next` of every app that has a `tasks` module with one, by the app's label."""
    from django.apps import apps

    found = {}
    for app in apps.get_app_configs():
        if app.name.startswith("aqyn.") and find_spec(f"{app.name}.tasks"):
            run_next = getattr(import_module(f"{app.name}.tasks"), "run_next", None)
            if run_next is not None:
                found[app.label] = run_next
    return found


def _work(name: str, run_next: RunNext, stop: threading.Event) -> None:
    from django.db import close_old_connections

    rest = 1.0
    while not stop.is_set():
        close_old_connections()
        try:
            did = run_next(now=datetime.now(UTC), stop=stop.is_set)
        except Exception:
            logger.exception("A job of “%s” broke off; trying again in %.0f s.", name, rest)
            stop.wait(rest)
            rest = min(rest * 2, LONGEST_REST_SECONDS)
        else:
            rest = 1.0
            if not did:
                stop.wait(IDLE_SECONDS)


def _install_sample(folder: Path) -> bool:
    """Whether the sample is in the house now."""
    from aqyn.site.first_run import install_sample

    try:
        install_sample(now=datetime.now(UTC))
    except Exception:
        logger.exception("The sample could not be brought in; trying again.")
        return False
    (folder / FIRST_RUN).unlink(missing_ok=True)
    return True


def _go_on_installing(folder: Path, stop: threading.Event) -> None:
    from django.db import close_old_connections

    rest = 1.0
    while not stop.wait(rest):
        close_old_connections()
        if _install_sample(folder):
            return
        rest = min(rest * 2, LONGEST_REST_SECONDS)


if __name__ == "__main__":
    main(int(sys.argv[1]))

"""Opening a house: its settings, its folder, its database. Every command that touches one begins so."""

from __future__ import annotations

import fcntl
import os
from pathlib import Path
from typing import IO, Any

from aqyn.site.config import Config, ConfigError, load
from aqyn.site.extras import ensure

LOCK = "lock"
FIRST_RUN = "first-run"
"""Lies in a data folder that was made with the sample in mind, until the sample is in it."""


class Refused(Exception):
    """One sentence for the operator: why the command did nothing."""


def open_house(data: Path | None = None, **overrides: Any) -> Config:
    """The settings in force, handed on to child processes, with Django set up on them. Raises ConfigError."""
    config = load(environ=os.environ, data=data, **overrides)
    os.environ["AQYN_DATA"] = str(config.data)
    for key, value in overrides.items():
        if value is not None:
            os.environ[f"AQYN_{key.upper()}"] = str(value)
    make_folder(config.data)
    if config.database:
        ensure("postgresql")
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "aqyn.site.settings")
    import django

    django.setup()
    return config


def make_folder(folder: Path) -> None:
    """Sees to it that the folder is there and can be written. Raises ConfigError."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        probe = folder / f".probe-{os.getpid()}"
        probe.touch()
        probe.unlink()
    except OSError as error:
        raise ConfigError(f"The data folder “{folder}” cannot be written: {error.strerror}.") from None
    for name in ("aqyn.sqlite3", "secret", LOCK, "media"):
        if (folder / name).exists() and not os.access(folder / name, os.W_OK):
            raise ConfigError(f"“{name}” in the data folder “{folder}” cannot be written by this user.")


def lock_folder(folder: Path) -> IO[str]:
    """The folder's lock, held until it is closed or the process ends. Raises Refused if another has it."""
    lock = (folder / LOCK).open("a+", encoding="ascii")
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        lock.seek(0)
        holder = lock.read(20).strip()
        lock.close()
        named = f" (process {holder})" if holder.isdigit() else ""
        raise Refused(f"Another Aqyn{named} is already open on “{folder}”; close it first.") from None
    lock.seek(0)
    lock.truncate()
    lock.write(f"{os.getpid()}\n")
    lock.flush()
    return lock


def migrate() -> bool:
    """Brings the database to the shape the code expects. Returns whether it was empty before.

    Raises Refused where the database cannot be reached or is newer than this code.
    """
    from django.core.management import call_command
    from django.db import DatabaseError, connection
    from django.db.migrations.executor import MigrationExecutor

    try:
        executor = MigrationExecutor(connection)
        applied = set(executor.loader.applied_migrations)
        unknown = sorted(
            f"{app}.{name}"
            for app, name in applied - set(executor.loader.disk_migrations)
            if app in executor.loader.migrated_apps
        )
        if unknown:
            raise Refused(
                f"This database was written by a newer Aqyn (it knows {unknown[-1]}); update first."
            )
        if executor.migration_plan(executor.loader.graph.leaf_nodes()):
            call_command("migrate", verbosity=0, interactive=False)
    except DatabaseError as error:
        reason = str(error).strip().splitlines()[0]
        raise Refused(f"The database cannot be opened: {reason}") from None
    return not applied

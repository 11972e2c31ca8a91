"""What the operator may set: `aqyn.toml` in the data folder, then `AQYN_*`. An unknown key is an error."""

from __future__ import annotations

import ipaddress
import os
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit


class ConfigError(Exception):
    """One sentence for the operator: what is wrong, and where."""


@dataclass(frozen=True, slots=True)
class Config:
    """The settings of one house. Each has its row in docs/settings.md, and a test holds it there."""

    data: Path = field(
        metadata={"about": "The one folder that holds the database, the media and `aqyn.toml`."}
    )
    host: str = field(default="127.0.0.1", metadata={"about": "Address to listen on; `0.0.0.0` for all."})
    port: int = field(default=8000, metadata={"about": "Port to listen on."})
    public_url: str = field(
        default="",
        metadata={"about": "The address the world uses, such as `https://madina.example`. Empty: as asked."},
    )
    trusted_proxies: tuple[str, ...] = field(
        default=(),
        metadata={"about": "Addresses or networks whose X-Forwarded-For and X-Forwarded-Proto are believed."},
    )
    database: str = field(
        default="",
        metadata={"about": "`postgresql://…` to use PostgreSQL; empty for SQLite in the data folder."},
    )
    page_cache_mib: int = field(default=32, metadata={"about": "Memory for finished public pages, in MiB."})
    recording_max_mib: int = field(default=300, metadata={"about": "Largest recording taken, in MiB."})
    recording_max_seconds: int = field(
        default=1200, metadata={"about": "Longest recording taken, in seconds."}
    )
    hearing_model: str = field(
        default="",
        metadata={"about": "The file of the MMS model, to listen with it; empty: our own ear alone."},
    )

    @property
    def allowed_host(self) -> str | None:
        """The host name of `public_url`, or None where none is set."""
        return urlsplit(self.public_url).hostname if self.public_url else None

    @property
    def hearing_model_file(self) -> Path | None:
        """The file that `hearing_model` names, from the data folder on, or None where none is named."""
        return self.data / Path(self.hearing_model).expanduser() if self.hearing_model else None


SETTABLE = tuple(f.name for f in fields(Config) if f.name != "data")


def load(*, environ: Mapping[str, str], data: Path | None = None, **overrides: Any) -> Config:
    """The settings in force: the file, over it `AQYN_*`, over it what the command line said.

    Raises ConfigError with one sentence for an unknown key, a wrong type or a value out of range.
    """
    folder = Path(data or environ.get("AQYN_DATA") or "data").expanduser().absolute()
    values: dict[str, Any] = {}
    file = folder / "aqyn.toml"
    if file.is_file():
        values |= _from_file(file)
    values |= _from_environment(environ)
    values |= {key: value for key, value in overrides.items() if value is not None}
    return _checked(folder, values)


def current() -> Config:
    """The settings of this process, as `aqyn` handed them over in its environment."""
    return load(environ=os.environ)


def _from_file(file: Path) -> dict[str, Any]:
    try:
        values = tomllib.loads(file.read_text("utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ConfigError(f"{file.name} cannot be read: {error}.") from None
    for key in values:
        if key not in SETTABLE:
            raise ConfigError(f"{file.name} has the unknown key “{key}”; known are {', '.join(SETTABLE)}.")
    return values


# Not settings of the house but of one run: where the data lies, and what tests and CI say.
_NOT_SETTINGS = {"AQYN_DATA"}


def _from_environment(environ: Mapping[str, str]) -> dict[str, Any]:
    values: dict[str, Any] = {}
    for name, text in environ.items():
        if not name.startswith("AQYN_") or name in _NOT_SETTINGS:
            continue
        key = name.removeprefix("AQYN_").lower()
        if key not in SETTABLE:
            raise ConfigError(
                f"{name} is not a setting; known are {', '.join('AQYN_' + k.upper() for k in SETTABLE)}."
            )
        values[key] = text
    return values


def _checked(folder: Path, values: dict[str, Any]) -> Config:
    kinds = {f.name: f.type for f in fields(Config)}
    for key, value in values.items():
        if kinds[key] == "int":
            try:
                values[key] = int(value) if not isinstance(value, bool) else None
            except (TypeError, ValueError):
                values[key] = None
            if values[key] is None or values[key] < 0:
                raise ConfigError(f"“{key}” must be a whole number of 0 or more, not “{value}”.")
        elif kinds[key] == "tuple[str, ...]":
            parts = value.replace(",", " ").split() if isinstance(value, str) else list(value)
            for part in parts:
                try:
                    ipaddress.ip_network(part, strict=False)
                except ValueError:
                    raise ConfigError(f"“{key}” takes addresses or networks; “{part}” is neither.") from None
            values[key] = tuple(parts)
        elif not isinstance(value, str):
            raise ConfigError(f"“{key}” must be text, not “{value}”.")
    config = Config(data=folder, **values)
    if not config.port <= 65535:
        raise ConfigError(f"“port” must lie between 0 and 65535, not {config.port}.")
    if config.public_url:
        url = urlsplit(config.public_url)
        if url.scheme not in ("http", "https") or not url.hostname or url.path not in ("", "/"):
            raise ConfigError(
                f"“public_url” must be an address such as https://madina.example, not “{config.public_url}”."
            )
    if config.database and urlsplit(config.database).scheme not in ("postgresql", "postgres"):
        raise ConfigError("“database” must begin with postgresql:// or be left out.")
    return config

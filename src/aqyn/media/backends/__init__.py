"""Other ears than our own: recognisers that may be installed, each by its name.

Nothing is fetched here, ever: a backend reads a model from a file of this machine that the operator named.
The site says which with `bring_model` when it starts; `missing` tells in one sentence what is not there yet.
Importing this loads neither numpy nor a recogniser: `listening` does, in a child process.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import NamedTuple

from aqyn.media.runner import Limits


@dataclass(frozen=True, slots=True)
class Kind:
    """A backend that may be had: `title` for people, `module`: where its `load(model)` is, `needs`: the
    modules that must be installed, `setting`: which setting names its model, `limits` of the child that runs
    it."""

    title: str
    module: str
    needs: tuple[str, ...]
    setting: str
    limits: Limits


KINDS: Mapping[str, Kind] = {
    "mms": Kind(
        title="MMS",
        module="aqyn.media.backends.mms",
        needs=("torch", "torchaudio"),
        setting="hearing_model",
        # Its 1.2 GB of weights, and as much again while a stretch of sound goes through them.
        limits=Limits(seconds=7200.0, memory_mib=6144),
    ),
}
NAMES = tuple(KINDS)

_models: dict[str, Path] = {}


class Lack(NamedTuple):
    """What a backend cannot do without: `code` is one of `LACKS`, `values` are those of its sentence."""

    code: str
    values: Mapping[str, str]


LACKS: Mapping[str, str] = {
    "model": (
        "To listen with {title}, get its model and name the file as “{setting}” in aqyn.toml; "
        "docs/hearing.md says where it is."
    ),
    "file": "“{setting}” names {file}, which is no file; docs/hearing.md says where to get it.",
    "modules": (
        "To listen with {title}, what it needs must be installed ({needs}): starting Aqyn anew does it, and "
        "docs/hearing.md says how to install smaller builds."
    ),
}
"""Upper layers translate by the code."""


def bring_model(name: str, file: Path | None) -> None:
    """Have the backend `name` read its model from `file`; None takes it away. Raises KeyError on other
    names."""
    KINDS[name]
    if file is None:
        _models.pop(name, None)
    else:
        _models[name] = file


def model_of(name: str) -> Path | None:
    """The file that the backend's model is read from, or None where none was brought."""
    return _models.get(name)


def missing(name: str) -> str:
    """One sentence: what must be done before the backend `name` can listen; "" where it can.

    Raises KeyError on other names.
    """
    lacks = lack(name)
    return "" if lacks is None else LACKS[lacks.code].format(**lacks.values)


def lack(name: str) -> Lack | None:
    """The first thing that the backend `name` still lacks, or None. Raises KeyError on other names."""
    kind, model = KINDS[name], _models.get(name)
    if model is None:
        return Lack("model", {"title": kind.title, "setting": kind.setting})
    if not model.is_file():
        return Lack("file", {"setting": kind.setting, "file": str(model)})
    if any(find_spec(module) is None for module in kind.needs):
        return Lack("modules", {"title": kind.title, "needs": ", ".join(kind.needs)})
    return None

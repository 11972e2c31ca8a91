"""The recognisers that the settings name: told to `media.backends`, and installed when they are first
wanted."""

from __future__ import annotations

import sys
from importlib.util import find_spec

from aqyn.media import backends
from aqyn.site.config import Config
from aqyn.site.extras import NotInstalled, ensure


def bring_models(config: Config) -> None:
    """Tell the media layer where the models lie that the settings name."""
    backends.bring_model("mms", config.hearing_model_file)


def install_what_they_need() -> None:
    """Install what the named models need, where they are there and it is not.

    It takes gigabytes: nothing is done for a model that is not there, nor where the operator put smaller
    builds in by hand. Where it fails the house opens without it, and says so.
    """
    for name, kind in backends.KINDS.items():
        model = backends.model_of(name)
        if model is None or not model.is_file() or all(find_spec(module) for module in kind.needs):
            continue
        try:
            ensure("hearing")
        except NotInstalled as error:
            sys.stderr.write(f"{error} Until then Aqyn listens without {kind.title}.\n")

"""What the words of an evening can be read in, as setlist.json tells it: how it is offered."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import gettext as _

Layers = Sequence[dict[str, str]]


def to_sing(layers: Layers) -> list[dict[str, str]]:
    """Those to sing from: each language and script once.

    A translation into a language that is sung anyhow, as of the Russian lines of a Kazakh song, is for
    beneath. As `toSing` in static/stage/hall/texts.js.
    """
    sung = {_language(layer) for layer in layers if layer["kind"] != "translation"}
    return [layer for layer in layers if layer["kind"] != "translation" or _language(layer) not in sung]


def name_of(layer: dict[str, str], layers: Layers) -> str:
    """What it is called in a list of all; a translation whose name another one has says that it is one."""
    taken = [other["name"] for other in layers if other is not layer]
    if layer["kind"] == "translation" and layer["name"] in taken:
        return f"{layer['name']} · {_('translation')}"
    return layer["name"]


def _language(layer: dict[str, str]) -> str:
    return layer["tag"].split("-")[0]

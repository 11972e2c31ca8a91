"""A poster's values, as poster.typ takes them: all that is to be printed, and nothing that is not text.

A run is `{"text", "lang", "left"}`: its language as two or three letters, and whether it is read from right
to left. A poster has `size`, `colours`, `ornament` and `teeth` (SVG), the runs `artist`, `title`, `facts`
(when and where), `call` and `point` and `read` (what to do: in the poster's language, the call in two others
too), `layers` (what the words can be read in) and `open`; `address` as it is typed in, `code` that says it;
and `wifi`: None, or its `name`, `password`, `code`, the run `join`, `labels` and the sentences `stay`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from django.utils.translation import gettext, override

from aqyn.core.script import direction
from aqyn.core.texts import choose
from aqyn.stage.poster.choice import Choice, Wifi
from aqyn.stage.poster.codes import code, in_ascii, to_type, wifi_text
from aqyn.stage.selectors.layers import to_sing
from aqyn.stage.selectors.poster import PosterFacts
from aqyn.ui.carpet import fold
from aqyn.ui.colour import hex_colour
from aqyn.ui.languages import TAGS, WANTED
from aqyn.ui.ornament import ornament

Value = dict[str, Any]
TEETH = 36
"""Of half a side: the song from the middle outwards, as on its carpet."""
INK, QUIET, FELT, CODE = (0.235, 0.04), (0.46, 0.04), (0.365, 0.115), (0.19, 0.05)
OTHERS = {"kk": ("ru", "en"), "ru": ("kk", "en"), "en": ("kk", "ru")}
"""The languages whose call stands beneath that of the poster's own."""


def poster_values(show: PosterFacts, choice: Choice) -> Value:
    """The whole poster."""
    hue, beneath = show.hue, OTHERS[choice.language.split("-")[0]]
    dark = hex_colour(*CODE, hue)
    with override(choice.language):
        point = gettext("Point your phone's camera at the code.")
        read = gettext("Every word as it is sung, in the script you read:")
        opened = gettext("Open the page")
    return {
        "size": str(choice.size),
        "colours": {
            "ink": hex_colour(*INK, hue),
            "quiet": hex_colour(*QUIET, hue),
            "felt": hex_colour(*FELT, hue),
        },
        "ornament": ornament(show.wave, hue=hue, border=False),
        "teeth": _teeth(show.wave, hex_colour(*FELT, hue)),
        "artist": _chosen(show.artist, choice.language),
        "title": _chosen(show.title, choice.language),
        "facts": [_chosen(fact, choice.language) for fact in show.facts],
        "call": list(_calls((choice.language, *beneath))),
        "point": [_run(point, TAGS[choice.language])],
        "read": [_run(read, TAGS[choice.language])],
        "open": _run(opened, TAGS[choice.language]),
        "layers": [_run(layer["name"], layer["tag"]) for layer in to_sing(show.layers)],
        "address": to_type(choice.address),
        "code": code(in_ascii(choice.address), colour=dark),
        "wifi": _wifi(choice.wifi, (choice.language, *beneath), dark) if choice.wifi else None,
    }


def needs_arabic(values: Value) -> bool:
    """Whether the poster cannot do without Arabic letters; the name of a layer may be left out."""
    wifi = values["wifi"] or {}
    runs = [values["artist"], values["title"], *values["facts"], *values["call"], *wifi.get("stay", ())]
    return any(run["left"] for run in runs)


def _run(text: str, tag: str) -> Value:
    return {"text": text, "lang": tag.split("-")[0].lower(), "left": direction(tag) == "rtl"}


def _chosen(texts: dict[str, str], language: str) -> Value:
    chosen = choose(texts, WANTED[language])
    return _run(chosen.text, chosen.tag or TAGS[language])


def _calls(languages: Sequence[str]) -> Iterator[Value]:
    for language in languages:
        with override(language):
            yield _run(gettext("Sing with the hall"), TAGS[language])


def _wifi(wifi: Wifi, languages: Sequence[str], dark: str) -> Value:
    first = languages[0]
    with override(first):
        join = gettext("Join the hall's Wi-Fi")
        labels = gettext("Network"), gettext("Password"), gettext("Address")
    return {
        "name": wifi.name,
        "password": wifi.password,
        "code": code(wifi_text(wifi.name, wifi.password), colour=dark),
        "join": _run(join, TAGS[first]),
        "labels": [_run(label, TAGS[first]) for label in labels],
        "stay": list(_stay(languages)),
    }


def _stay(languages: Sequence[str]) -> Iterator[Value]:
    for language in languages:
        with override(language):
            stay = gettext("If your phone asks whether to stay on a network without internet: stay.")
            data = gettext("If the page does not come, turn off mobile data.")
        yield _run(f"{stay} {data}", TAGS[language])


def _teeth(wave: Sequence[float], colour: str) -> str:
    """The fringe of the carpet: half of the song's teeth and their mirror, 10 units tall."""
    half = fold(wave, TEETH)
    path = "".join(
        f"M{10 * place} 0l5 {1.6 + 8.4 * loud:.1f} 5-{1.6 + 8.4 * loud:.1f}z"
        for place, loud in enumerate([*half, *reversed(half)])
    )
    box = f'viewBox="0 0 {20 * TEETH} 10" preserveAspectRatio="none"'
    return f'<svg xmlns="http://www.w3.org/2000/svg" {box}><path fill="{colour}" d="{path}"/></svg>'

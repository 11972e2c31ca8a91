"""A ticket's values, as ticket.typ takes them: all that is printed, and nothing that is not text.

A run is `{"text", "lang", "left"}`: its language as two or three letters, and whether it is read from right
to left.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext, override

from aqyn.core.passes.serials import serial
from aqyn.core.script import direction
from aqyn.core.texts import choose
from aqyn.shows.selectors.page import wave_of
from aqyn.shows.selectors.written import card
from aqyn.tickets.models import Order, Ticket
from aqyn.tickets.passes.qr import qr_svg
from aqyn.tickets.selectors.passes import code_of, current_key
from aqyn.ui.colour import hex_colour
from aqyn.ui.languages import TAGS, WANTED
from aqyn.ui.ornament import ornament

Value = dict[str, Any]
# Lightness and chroma, and how far from the show's hue: paper is lit from where its light falls.
_COLOURS = {
    "ink": ((0.235, 0.04), 0),
    "quiet": ((0.42, 0.05), 0),
    "paper": ((0.955, 0.03), 34),
    "line": ((0.8, 0.05), 34),
}


def ticket_values(order: Order, tickets: Sequence[Ticket], *, language: str, now: Any) -> Value:
    """The pages of these tickets in the interface's language `language`."""
    show, key, tag = order.sale.show, current_key(), TAGS[language]
    facts = card(show, language, now)
    with override(language):
        door = run(gettext("Show this code at the door."), tag)
    when = []
    if facts.starts:
        when = [run(f"{facts.starts.day.whole}, {facts.starts.time}", tag)]
    place = [chosen_run(texts, language) for texts in (facts.city, facts.venue) if texts]
    return {
        "colours": {name: hex_colour(*of, (facts.hue + turn) % 360) for name, (of, turn) in _COLOURS.items()},
        "ornament": ornament(wave_of(show.artist.slug), hue=facts.hue, border=False),
        "title": chosen_run(facts.title, language),
        "artist": chosen_run(facts.artist_name, language),
        "when": when,
        "place": place,
        "door": door,
        "holder": run(order.name, tag_of(order.name, tag)),
        "tickets": [
            {
                "type": chosen_run(ticket.type.name, language),
                "number": f"{ticket.number:04d}",
                "serial": serial(ticket.serial),
                "code": str(qr_svg(code_of(ticket, key))),
            }
            for ticket in tickets
        ],
    }


def needs_arabic(values: Value) -> bool:
    """Whether something of it is read from right to left."""
    return any(run["left"] for run in _runs(values))


def without(values: Value, sign: str) -> Value:
    """The same without a sign that no typeface draws."""

    def clean(value: Any) -> Any:
        if isinstance(value, dict):
            if value.keys() == {"text", "lang", "left"}:
                return value | {"text": "".join(value["text"].split(sign)).strip() or "—"}
            return {name: clean(one) for name, one in value.items()}
        return [clean(one) for one in value] if isinstance(value, list) else value

    cleaned: Value = clean(values)
    return cleaned


def _runs(value: Any) -> list[Value]:
    if isinstance(value, dict):
        if value.keys() == {"text", "lang", "left"}:
            return [value]
        return [run for one in value.values() for run in _runs(one)]
    return [run for one in value for run in _runs(one)] if isinstance(value, list) else []


def chosen_run(texts: Mapping[str, str], language: str) -> Value:
    chosen = choose(texts, WANTED[language])
    return run(chosen.text, chosen.tag or TAGS[language])


def run(text: str, tag: str) -> Value:
    return {"text": text, "lang": tag.split("-")[0], "left": direction(tag) == "rtl"}


def tag_of(name: str, otherwise: str) -> str:
    """A name is in whatever script its bearer writes."""
    arabic = any("\u0600" <= letter <= "\u06ff" for letter in name)
    if arabic:
        return "kk-Arab"
    return "kk-Cyrl" if otherwise == "kk-Arab" else otherwise

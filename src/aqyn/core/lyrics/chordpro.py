"""ChordPro's directives: a line that is one `{name}` or `{name: value}` from end to end.

`{ru:…}` is a span of another language all the same: what is in braces is a directive only if it is the whole
line and its name is one of ChordPro's, and none of these is the tag of a language that anyone sings in, save
`st` (Sesotho) for which `{subtitle: …}` is there. A name that is not known, but for ChordPro's own `x_…`, is
words.

Names from the ChordPro 6 documentation (chordpro.org, "ChordPro directives").
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from aqyn.core.lyrics.model import SECTION_KINDS

_NAME = re.compile(r"([A-Za-z_][A-Za-z0-9_]*)(?:-[A-Za-z0-9_]+!?)?(?![^\s:])")
_LABEL = re.compile(r"label\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|(\S+))")
_SHORT = {
    **{"soc": "start_of_chorus", "eoc": "end_of_chorus", "sov": "start_of_verse", "eov": "end_of_verse"},
    **{"sob": "start_of_bridge", "eob": "end_of_bridge", "sot": "start_of_tab", "eot": "end_of_tab"},
    **{"sog": "start_of_grid", "eog": "end_of_grid"},
}
#: Environments whose lines are not sung.
_NOT_SUNG = frozenset({"tab", "grid", "abc", "ly", "svg", "textblock"})
_OTHERS = """
title t subtitle sorttitle artist composer lyricist arranger copyright album year key time tempo
duration capo meta tag comment c comment_italic ci comment_box cb highlight image define chord
transpose diagrams new_song ns new_page np new_physical_page npp column_break colb columns col
pagetype titles grid g no_grid ng textfont tf textsize ts textcolour chordfont cf chordsize cs
chordcolour titlefont titlesize chorusfont chorussize tabfont tabsize
"""
_SAID = frozenset(_OTHERS.split())


@dataclass(frozen=True, slots=True)
class Directive:
    """What a directive asks for: to start or end a part of this kind, to sing one again, or only to be said.

    Of a start `skipped` says that its lines are not sung. `label` is how the part is called, or "".
    """

    deed: Literal["start", "end", "again", "said"]
    kind: str = ""
    label: str = ""
    skipped: bool = False


def directive(line: str) -> Directive | None:
    """The directive that the line is; None for words."""
    inside = line[1:-1].strip()
    found = _NAME.match(inside)
    if not found or line[0] != "{" or line[-1] != "}" or "{" in inside or "}" in inside:
        return None
    name, value = found[1].lower(), inside[found.end() :].strip().removeprefix(":").strip()
    name = _SHORT.get(name, name)
    if name == "chorus":
        return Directive("again", "chorus", _label(value))
    for opening in ("start", "end"):
        if name.startswith(f"{opening}_of_"):
            part = name.removeprefix(f"{opening}_of_")
            kind = part if part in SECTION_KINDS or part in _NOT_SUNG else "verse"
            deed: Literal["start", "end"] = "start" if opening == "start" else "end"
            label = _label(value) or (part.replace("_", " ") if kind != part else "")
            return Directive(deed, kind, label, kind in _NOT_SUNG)
    return Directive("said") if name in _SAID or name.startswith("x_") else None


def _label(value: str) -> str:
    named = _LABEL.fullmatch(value)
    return " ".join((next(filter(None, named.groups()), "") if named else value).split())

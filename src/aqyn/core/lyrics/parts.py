"""Headings over the parts of a song, and which part one means when it stands alone."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Generic, TypeVar

from aqyn.core.lyrics.chords import is_chord
from aqyn.core.lyrics.layers import CONVERTED
from aqyn.core.lyrics.model import SECTION_KINDS
from aqyn.core.script import convert

#: How often a part is sung in a row at most: `[chorus] ×16`.
MOST_TIMES = 16
#: Parts that are often only played: without words they are left out, not looked for above.
PLAYED = frozenset({"intro", "outro", "interlude", "solo", "соло", "instrumental", "инструментал", "break"})

_HEADING = re.compile(r"\[([^\[\]{}]{1,120})\] ?(?:\(?[×xXхХ] ?([0-9]{1,3})\)?)?")
_TIMES_INSIDE = re.compile(r"(.*\S) [×xXхХ] ?([0-9]{1,3})")
_KAZAKH = {
    "шумақ": "verse",
    "қайырма": "chorus",
    "қайырмасы": "chorus",
    "өткел": "bridge",
    "кіріспе": "intro",
    "соңы": "outro",
}
_RUSSIAN = {
    "куплет": "verse",
    "припев": "chorus",
    "бридж": "bridge",
    "вступление": "intro",
    "концовка": "outro",
    "кода": "outro",
    "проигрыш": "interlude",
}
# Who writes a song in another script writes its headings so too.
_SAID = (
    _RUSSIAN
    | _KAZAKH
    | {convert(word, to=tag).text: kind for word, kind in _KAZAKH.items() for tag in CONVERTED}
)

# The usual word for a kind of part is the first that means it.
_USUAL = {
    "kk": {kind: word for word, kind in reversed(_KAZAKH.items())},
    "ru": {kind: word for word, kind in reversed(_RUSSIAN.items())},
}


def usual(kind: str, tag: str) -> str:
    """The heading over a part of this kind in a song of this language and script ("kk-Latn"): "qaiyrma".

    It is the kind itself, in English, in other languages and where a language has no word for it here.
    """
    word = _USUAL.get(tag.split("-")[0], {}).get(kind)
    if word is None:
        return kind
    return convert(word, to=tag).text if tag in CONVERTED else word


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading as it was read: the kind of its part, the author's own name for it, how often it is sung.

    `label` is what it says, for finding its part again; `number` the one in "Chorus 2", where there is one.
    """

    kind: str
    name: str = ""
    label: str = ""
    number: int | None = None
    times: int = 1

    @property
    def played(self) -> bool:
        return not PLAYED.isdisjoint(re.findall(r"\w+", self.label) if self.name else [self.kind])


def heading(line: str) -> Heading | None:
    """The heading that a line is: brackets around anything but a chord, perhaps with ×2 in or behind them."""
    found = _HEADING.fullmatch(" ".join(line.split()))
    if not found or is_chord(found[1].strip()):
        return None
    said, times = found[1], found[2]
    inside = _TIMES_INSIDE.fullmatch(said)
    if inside and times is None:
        said, times = inside[1], inside[2]
    return called(said, 1 if times is None else int(times)) if said.strip() else None


def called(said: str, times: int = 1, kind: str = "") -> Heading:
    """The heading that says this: "Chorus 2:" is the second chorus, what is no kind the part's own name."""
    label = " ".join(said.split())
    bare = re.sub(r"[\s\d:.-]", "", label).lower()
    number = re.search("[0-9]+", label)
    known = bare if bare in SECTION_KINDS else _SAID.get(bare, "")
    own = "" if known or kind not in ("", "verse") else label
    return Heading(
        kind or known or "verse",
        own,
        label.rstrip(":. ").casefold(),
        int(number[0][:4]) if number and not own else None,
        times,
    )


T = TypeVar("T")


@dataclass
class Parts(Generic[T]):
    """The parts of a song that were written out so far, for a heading that stands alone."""

    by_label: dict[str, T] = field(default_factory=dict)
    by_kind: dict[str, list[T]] = field(default_factory=dict)

    def add(self, head: Heading, part: T) -> None:
        if head.label:
            self.by_label[head.label] = part
        if not head.name:
            self.by_kind.setdefault(head.kind, []).append(part)

    def meant(self, head: Heading) -> T | None:
        """The last part under the same heading; else the n-th of the kind for "Chorus n"; else its last."""
        if head.label in self.by_label:
            return self.by_label[head.label]
        of_kind = [] if head.name else self.by_kind.get(head.kind, [])
        if head.number is not None:
            return of_kind[head.number - 1] if 0 < head.number <= len(of_kind) else None
        return of_kind[-1] if of_kind else None

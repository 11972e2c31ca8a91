"""A song's words as text: as they were kept, as they are being written, and every version between."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.core.paginator import Page, Paginator

from aqyn.core.lyrics.difference import Deed, difference
from aqyn.core.lyrics.model import Chord, Line, LyricsError, Section
from aqyn.core.lyrics.pasted import read_pasted, write_pasted
from aqyn.songs.models import Song, Version, WorkingText
from aqyn.songs.selectors.rows import SectionRow, sections_of

A_PAGE = 30
"""Versions shown at once."""


@dataclass(frozen=True, slots=True)
class VersionRow:
    """One version in the list. `person` is "" where the words came in some other way than the desk.

    `changed`: how many lines differ from the version before it.
    """

    number: int
    at: datetime
    person: str
    changed: int
    current: bool


@dataclass(frozen=True, slots=True)
class TextRow:
    """The text that a writer opens. `pending`: the song does not sing it yet; then, since when and whose."""

    text: str
    pending: bool
    at: datetime | None = None
    person: str = ""


def kept_text(song: Song, sections: Sequence[SectionRow] | None = None) -> str:
    """The song's words as text: as they were typed when they were last kept, if these are still the words."""
    words = words_of(sections_of(song) if sections is None else sections)
    primary = song.language.split("-")[0]
    last = last_version(song)
    if last is not None and _says(last.text, words, primary):
        return last.text
    return write_pasted(words, primary, song.language).rstrip("\n")


def open_text(song: Song, sections: Sequence[SectionRow] | None = None) -> TextRow:
    """What is being written; otherwise the words as they were kept."""
    there = WorkingText.objects.filter(song=song).select_related("person").first()
    if there is None:
        return TextRow(kept_text(song, sections), pending=False)
    return TextRow(there.text, True, there.at, there.person.name if there.person else "")


def words_of(sections: Sequence[SectionRow]) -> tuple[Section, ...]:
    """The main words of these rows, without their other readings."""
    return tuple(
        Section(
            section.kind,
            tuple(
                Line(
                    line.texts[line.main].text,
                    line.language,
                    chords=tuple(Chord(*chord) for chord in line.chords),
                )
                for line in section.lines
                if line.has(line.main)
            ),
            section.name,
        )
        for section in sections
    )


def last_version(song: Song) -> Version | None:
    return Version.objects.filter(song=song).order_by("-number").first()


def versions(song: Song, page: int | str = 1) -> tuple[list[VersionRow], Page[Version]]:
    """A page of the versions, from the newest on."""
    found = Version.objects.filter(song=song).order_by("-number")
    shown = Paginator(found.select_related("person"), A_PAGE).get_page(page)
    some = list(shown.object_list)
    olders = [*some[1:], found.filter(number__lt=some[-1].number).first()] if some else []
    newest = shown.number == 1 and bool(some) and some[0].text == kept_text(song)
    rows = [
        VersionRow(
            number=version.number,
            at=version.at,
            person=version.person.name if version.person else "",
            changed=changed_lines(older.text if older else "", version.text),
            current=newest and place == 0,
        )
        for place, (version, older) in enumerate(zip(some, olders, strict=True))
    ]
    return rows, shown


def changed_lines(before: str, after: str) -> int:
    """How many lines of words one sees changed, added, taken away or moved."""
    told = (Deed.CHANGED, Deed.ADDED, Deed.REMOVED, Deed.MOVED_HERE)
    return sum(change.deed in told and bool(change.old or change.new) for change in difference(before, after))


def version_numbers(song: Song) -> list[int]:
    """The numbers of all its versions, from the newest on."""
    return list(Version.objects.filter(song=song).order_by("-number").values_list("number", flat=True))


def version_text(song: Song, number: int) -> str | None:
    return Version.objects.filter(song=song, number=number).values_list("text", flat=True).first()


def _says(text: str, words: tuple[Section, ...], primary: str) -> bool:
    try:
        return _sung(read_pasted(text, primary)) == _sung(words)
    except LyricsError:
        return False


def _sung(sections: Sequence[Section]) -> list[tuple[object, ...]]:
    return [
        (section.kind, section.name, [(line.language, line.words, line.chords) for line in section.lines])
        for section in sections
    ]

"""`song.toml`: what its keys mean, each looked at for its type before it is used."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from aqyn.core.lyrics.model import Chord, LayerText, Line, Section
from aqyn.songs import checks
from aqyn.songs import sentences as refuse
from aqyn.songs.facts import CauseFacts, SongFacts

LINE_KEYS = {"text", "language", "imported", "chords"}
# Those that are no text.
LISTS = {"imported", "chords"}
SHORT = {"latn": "kk-Latn", "arab": "kk-Arab"}


def facts_of(told: Mapping[str, Any], language: str) -> SongFacts:
    """The facts of the file, not yet looked at beyond their types. Raises a Refusal naming the key."""
    cause = told.get("cause")
    return SongFacts(
        slug=_of(told, "slug", str, ""),
        title=_texts(told.get("title", {}), "title"),
        language=language,
        hue=_of(told, "hue", int, None),
        year=_of(told, "year", int, None),
        story=_texts(told.get("story", {}), "story"),
        themes=_themes(told.get("themes", {})),
        credits=[_credit(one) for one in _of(told, "credits", list, [])],
        cause=None if cause is None else _cause(cause),
    )


def _of(told: Mapping[str, Any], key: str, kind: type, default: Any) -> Any:
    value = told.get(key, default)
    if value is not default and (not isinstance(value, kind) or isinstance(value, bool)):
        raise refuse.WrongType(key=key)
    return value


def _texts(told: Any, key: str) -> dict[str, str]:
    if not isinstance(told, dict) or not all(isinstance(value, str) for value in told.values()):
        raise refuse.WrongType(key=key)
    return told


def _themes(told: Any) -> list[dict[str, str]]:
    """Lists by language (`kk = ["а", "ә"]`) as one text for each theme; a shorter list leaves some out."""
    if not isinstance(told, dict):
        raise refuse.WrongType(key="themes")
    for listed in told.values():
        if (
            not isinstance(listed, list)
            or not all(isinstance(one, str) for one in listed)
            or len(listed) > 50
        ):
            raise refuse.WrongType(key="themes")
    count = max((len(listed) for listed in told.values()), default=0)
    return [
        {tag: listed[place] for tag, listed in told.items() if place < len(listed)} for place in range(count)
    ]


def themes_by_tag(themes: Sequence[Mapping[str, str]]) -> dict[str, list[str]]:
    """The other way round. A theme that a language does not tell is an empty text there."""
    tags = dict.fromkeys(tag for theme in themes for tag in theme)
    lists = {tag: [theme.get(tag, "") for theme in themes] for tag in tags}
    for listed in lists.values():
        while listed and not listed[-1]:
            listed.pop()
    return lists


def _credit(told: Any) -> dict[str, Any]:
    if not isinstance(told, dict) or set(told) - {"role", "name"} or not isinstance(told.get("name"), str):
        raise refuse.WrongType(key="credits")
    role = told.get("role", "")
    if isinstance(role, dict):
        _texts(role, "credits.role")
    elif not isinstance(role, str):
        raise refuse.WrongType(key="credits.role")
    return told


def _cause(told: Any) -> CauseFacts:
    if not isinstance(told, dict) or set(told) - {"title", "text", "partner", "link"}:
        raise refuse.WrongType(key="cause")
    return CauseFacts(
        title=_texts(told.get("title", {}), "cause.title"),
        text=_texts(told.get("text", {}), "cause.text"),
        partner=_of(told, "partner", str, ""),
        link=_of(told, "link", str, ""),
    )


def sections_of(told: Any, language: str) -> tuple[Section, ...]:
    """The words: `[[sections]]` with `kind`, `name`, `lines`, whose other keys are readings by tag."""
    if not isinstance(told, list):
        raise refuse.WrongType(key="sections")
    place = 0
    sections = []
    for section in told:
        if not isinstance(section, dict) or not isinstance(section.get("lines"), list):
            raise refuse.WrongType(key="sections")
        if unknown := sorted(set(section) - {"kind", "name", "lines"}):
            raise refuse.UnknownKey(key=f"sections.{unknown[0]}"[:60], known="kind, lines, name")
        lines = []
        for line in section["lines"]:
            place += 1
            lines.append(_line(line, language, place))
        kind, name = _of(section, "kind", str, "verse"), _of(section, "name", str, "")
        sections.append(Section(kind, tuple(lines), name))
    return tuple(sections)


def _line(told: Any, main: str, place: int) -> Line:
    told = {"text": told} if isinstance(told, str) else told
    if not isinstance(told, dict) or not all(
        isinstance(value, str) for key, value in told.items() if key not in LISTS
    ):
        raise refuse.BadLine(line=place)
    imported = told.get("imported", [])
    if not isinstance(imported, list) or not told.get("text", "").strip():
        raise refuse.BadLine(line=place)
    readings = {}
    for key, value in told.items():
        if key in LINE_KEYS:
            continue
        tag = checks.tag(SHORT.get(str(key), str(key)))
        if tag == main:
            raise refuse.MainTwice(line=place, tag=tag)
        readings[tag] = LayerText(value, "imported" if key in imported else "written")
    language = told.get("language", main.split("-")[0])
    return Line(told["text"], language, readings, _chords(told.get("chords", []), place))


def _chords(told: Any, place: int) -> tuple[Chord, ...]:
    def is_one(chord: Any) -> bool:
        return isinstance(chord, list) and [type(part) for part in chord] == [int, int, str]

    if not isinstance(told, list) or not all(map(is_one, told)):
        raise refuse.BadChords(line=place)
    return tuple(Chord(*chord) for chord in told)

"""WebVTT: a time `00:01:02.340 --> 00:01:04.500`, and text with times of words `<00:01:03.000>` inside it.

The first word begins with its line; a time inside a word begins a syllable, one right behind a word is its
end, where that is not the start of the next. Languages of words are `<lang ru>…</lang>`; those of the
song, its title and artist are notes (`NOTE Language: kk`), which other readers pass over. It cannot carry:
lines without times (they are left out); other layers; sections; syllable starts in another number than the
word's own syllables; a line of another language whose words are in several.

Two lines of text under one time are two lines of the song where the second begins at a time of its own,
otherwise one line, broken for the screen. Styles, regions, settings, and who sings (`<v>`) are dropped.
https://www.w3.org/TR/webvtt1/
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from itertools import groupby

from aqyn.core.lyrics.formats.clock import clock, milliseconds
from aqyn.core.lyrics.formats.sheet import FormatError, Sheet, refuse_strange
from aqyn.core.lyrics.formats.subtitles import Subtitle, sheet_of, subtitles, written
from aqyn.core.lyrics.formats.words import Token, sung, timed_tokens, untimed_tokens
from aqyn.core.lyrics.model import Line, canonical_tag
from aqyn.core.lyrics.timing import LineCues

_FIRST = re.compile(r"WEBVTT(?:[ \t].*)?")
_TOLD = re.compile(r"(?:NOTE\s+)?(Language|Title|Artist):(.*)")
_TAG = re.compile(r"[A-Za-z]{2,3}(?:[-_][A-Za-z0-9]{2,8})*")
_PARTS = re.compile(r"<([^<>]*)>|[^<]+|<")
_STAMP = re.compile(r"(?:(\d{1,4}):)?(\d{2}):(\d{2})\.(\d{3})")
_LOOKS = re.compile(r"/?(?:c|i|b|u|v|ruby|rt|lang)?(?:[.\s].*)?", re.DOTALL)


def read(text: str) -> Sheet:
    """The sheet of a WebVTT file, times to the millisecond. Raises FormatError naming the line at fault."""
    refuse_strange(text)
    if not _FIRST.fullmatch(text.split("\n", 1)[0]):
        raise FormatError("this is not a WebVTT file: it does not begin with WEBVTT.", 1)
    told = _told(text)
    language = told.get("Language", "")
    language = canonical_tag(language) if _TAG.fullmatch(language) else ""
    lines = (
        line
        for one in subtitles(text, after_blank=False)
        for line in sung(_tokens(one, language.split("-")[0]), one.start, one.end, one.number)
    )
    return sheet_of(lines, language=language, title=told.get("Title", ""), artist=told.get("Artist", ""))


def _told(text: str) -> dict[str, str]:
    """What the notes above the first time say of the song."""
    told: dict[str, str] = {}
    for line in text.split("\n"):
        if "-->" in line:
            break
        if found := _TOLD.fullmatch(line.strip()):
            told.setdefault(found[1], html.unescape(found[2]).strip())
    return told


def _tokens(one: Subtitle, main: str) -> Iterator[Token]:
    languages = [main]
    aside = False  # in the small text over a word, which is another reading of it
    for part in _PARTS.finditer(one.text):
        inside = part[1]
        if inside is None:
            if not aside:
                yield html.unescape(part[0]), languages[-1]
        elif stamp := _STAMP.fullmatch(inside):
            time = milliseconds(*stamp.groups())
            if time is None:
                raise FormatError("“%(text)s” is not a time.", one.number, text=part[0][:20])
            yield time
        elif inside == "/lang":
            languages = languages[:-1] or [main]
        elif inside.startswith("lang"):
            tag = inside.partition(" ")[2].strip()
            languages.append(canonical_tag(tag) if _TAG.fullmatch(tag) else main)
        elif inside in ("rt", "/rt"):
            aside = inside == "rt"
        elif not _LOOKS.fullmatch(inside):
            yield html.unescape(part[0]), languages[-1]


def write(sheet: Sheet) -> str:
    """The file. Raises FormatError naming the line that it cannot hold."""
    main = sheet.language.split("-")[0] or "und"
    told = (("Language", sheet.language), ("Title", sheet.title), ("Artist", sheet.artist))
    notes = [f"NOTE {name}: {_escaped(' '.join(said.split()))}\n" for name, said in told if said.strip()]
    cues = written(
        sheet, lambda line, cues: f"{clock(cues.start)} --> {clock(cues.end)}\n{_text(line, cues, main)}\n"
    )
    return "\n".join(["WEBVTT\n", *notes, *cues])


def _text(line: Line, cues: LineCues, main: str) -> str:
    words = line.words
    tokens = list(timed_tokens(words, cues)) if cues.words else list(untimed_tokens(words))
    if cues.words:
        # The first word begins with the line and the last one ends with it; only where that leaves no time
        # at all has the word to say that it is timed.
        tokens = tokens[: len(tokens) - 1] if len(tokens) == 3 else tokens[1:-1]
    said = "".join(f"<{clock(t)}>" if isinstance(t, int) else _escaped(t[0]) for t in tokens)
    spoken = zip(said.split(" "), words, strict=True)
    runs = groupby(spoken, key=lambda one: one[1].language.split("-")[0])
    return " ".join(_run(" ".join(text for text, _ in run), language, main) for language, run in runs)


def _run(text: str, language: str, main: str) -> str:
    return text if language == main else f"<lang {language}>{text}</lang>"


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")

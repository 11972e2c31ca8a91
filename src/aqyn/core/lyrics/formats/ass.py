"""ASS karaoke (Advanced SubStation Alpha): a `Dialogue:` a line, `{\\kf40}` before each syllable with how
long it lasts in hundredths of a second.

It carries lines, words and syllables to 10 ms, the song's language and title. It cannot carry: lines without
times (they are left out); languages of lines and words; other layers; sections; the artist; words with a
brace or a backslash; syllable starts in another number than the word's own syllables.

`\\k`, `\\kf`, `\\K`, `\\ko` and `\\kt` are read, all other marks are dropped, and drawings with them. A `\\N`
begins another line of the song where its words have times, otherwise the line was broken for the screen.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from aqyn.core.lyrics.formats.clock import milliseconds
from aqyn.core.lyrics.formats.sheet import (
    LONGEST_WRITTEN,
    FormatError,
    Sheet,
    refuse_long,
    refuse_strange,
    refuse_wide,
)
from aqyn.core.lyrics.formats.subtitles import Sung, sheet_of, written
from aqyn.core.lyrics.formats.words import Token, sung, timed_tokens
from aqyn.core.lyrics.model import Line, canonical_tag
from aqyn.core.lyrics.timing import LONGEST_MS, LineCues

_SECTION = re.compile(r"\[([^\[\]]{1,60})\]")
_TIME = re.compile(r"(\d{1,4}):(\d{1,3}):(\d{1,2})(?:[.:,](\d{1,9}))?")
_PARTS = re.compile(r"\{([^{}]*)\}|[^{]+|\{")
_MARK = re.compile(r"\\(kt|k[fo]?|K|p)\s*(\d{1,8})")
_TAG = re.compile(r"[A-Za-z]{2,3}(?:[-_][A-Za-z0-9]{2,8})*")
_FIELDS = ("layer", "start", "end", "style", "name", "marginl", "marginr", "marginv", "effect", "text")

_HEAD = """\
[Script Info]
{about}ScriptType: v4.00+
WrapStyle: 0
ScaledBorderAndShadow: yes
PlayResX: 1920
PlayResY: 1080

[V4+ Styles]
Format: Name, Fontname, Fontsize, PrimaryColour, SecondaryColour, OutlineColour, BackColour, Bold, Italic, \
Underline, StrikeOut, ScaleX, ScaleY, Spacing, Angle, BorderStyle, Outline, Shadow, Alignment, MarginL, \
MarginR, MarginV, Encoding
Style: Lyrics,Arial,72,&H00FFFFFF,&H00A0A0A0,&H00000000,&H80000000,0,0,0,0,100,100,0,0,1,3,1,2,80,80,80,1

[Events]
Format: Layer, Start, End, Style, Name, MarginL, MarginR, MarginV, Effect, Text
"""


def read(text: str) -> Sheet:
    """The sheet of an ASS or SSA file, times to 10 ms. Raises FormatError naming the line at fault."""
    refuse_strange(text)
    lines: list[Sung] = []
    told: dict[str, str] = {}
    fields: Sequence[str] = _FIELDS
    part = ""
    for number, raw in enumerate(text.split("\n"), 1):
        line = raw.strip()
        if heading := _SECTION.fullmatch(line):
            part = heading[1].lower()
            continue
        name, colon, said = line.partition(":")
        name = name.strip().lower()
        if not colon:
            continue
        if part == "script info":
            told.setdefault(name, said.strip())
        elif name == "format" and part == "events":
            fields = _fields(said, number)
        elif name == "dialogue":
            lines.extend(_dialogue(said, fields, number))
            refuse_long(lines)
    language = told.get("language", "")
    return sheet_of(
        lines,
        language=canonical_tag(language) if _TAG.fullmatch(language) else "",
        title=told.get("title", ""),
    )


def _fields(said: str, number: int) -> Sequence[str]:
    fields = [field.strip().lower() for field in said.split(",")]
    if not {"start", "end", "text"} <= set(fields) or fields[-1] != "text":
        raise FormatError("its format has to name Start, End and, as the last, Text.", number)
    return fields


def _dialogue(said: str, fields: Sequence[str], number: int) -> Iterator[Sung]:
    refuse_wide(len(said), number, LONGEST_WRITTEN)
    values = said.split(",", len(fields) - 1)
    if len(values) < len(fields):
        raise FormatError("it has fewer fields than its format names.", number)
    one = dict(zip(fields, values, strict=True))
    start, end = _time(one["start"], number), _time(one["end"], number)
    if end < start:
        raise FormatError("it ends before it begins.", number)
    return sung(_tokens(one["text"], start, number), start, end, number)


def _time(said: str, number: int) -> int:
    found = _TIME.fullmatch(said.strip())
    time = milliseconds(*found.groups()) if found else None
    if time is None:
        raise FormatError("“%(text)s” is not a time such as 0:01:02.34.", number, text=said.strip()[:20])
    return time


def _tokens(text: str, start: int, number: int) -> Iterator[Token]:
    at, timed, drawing = start, False, False
    for part in _PARTS.finditer(text):
        if part[1] is None:
            if not drawing:
                yield part[0].replace("\\N", "\n").replace("\\n", " ").replace("\\h", " "), ""
            continue
        for mark, figure in _MARK.findall(part[1]):
            if mark == "p":
                drawing = figure != "0"
                continue
            lasts = int(figure) * 10
            at, timed = (start + lasts, True) if mark == "kt" else (at, True)
            yield at
            at += 0 if mark == "kt" else lasts
            if at > LONGEST_MS:
                raise FormatError("“%(text)s” is not a time.", number, text=figure)
    if timed:
        yield at


def write(sheet: Sheet) -> str:
    """The file. Raises FormatError naming the line that it cannot hold."""
    told = (("Title", sheet.title), ("Language", sheet.language))
    about = "".join(f"{name}: {' '.join(said.split())}\n" for name, said in told if said.strip())
    return _HEAD.format(about=about) + "".join(written(sheet, _event))


def _event(line: Line, cues: LineCues) -> str:
    if any(set(word.text) & set("{}\\") for word in line.words):
        raise FormatError("words with a brace or a backslash cannot be written.")
    text = _karaoke(line, cues) if cues.words else " ".join(word.text for word in line.words)
    start, end = _hundredths(cues.start), _hundredths(cues.end)
    return f"Dialogue: 0,{_clock(start)},{_clock(end)},Lyrics,,0,0,0,,{text}\n"


def _karaoke(line: Line, cues: LineCues) -> str:
    tokens = list(timed_tokens(line.words, cues))
    times = [_hundredths(token) for token in tokens if isinstance(token, int)]
    lasting = (after - time for time, after in pairwise(times))
    # The last time ends the last word: nothing begins there.
    return "".join(
        f"{{\\kf{next(lasting)}}}" if isinstance(token, int) else token[0] for token in tokens[:-1]
    )


def _hundredths(time: int) -> int:
    """Each time is rounded by itself, so that no error grows along a line."""
    return (time + 5) // 10


def _clock(hundredths: int) -> str:
    seconds, rest = divmod(hundredths, 100)
    return f"{seconds // 3600}:{seconds // 60 % 60:02}:{seconds % 60:02}.{rest:02}"

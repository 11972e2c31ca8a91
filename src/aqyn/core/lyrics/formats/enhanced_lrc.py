"""Enhanced LRC (A2): LRC with a time before each word, `[00:12.00]<00:12.00>Te<00:12.40>re<00:13.10>`.

A time inside a word begins a syllable; one right behind a word, before a space or the end, is the word's
end; where it is missing, a word lasts until the next. It cannot carry: languages of lines and spans; other
layers; kinds and names of sections; syllable starts in another number than the word's own syllables;
overlapping lines.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from aqyn.core.lyrics.formats import lrc
from aqyn.core.lyrics.formats.lrc import Entry
from aqyn.core.lyrics.formats.sheet import FormatError, Sheet, syllables_of
from aqyn.core.lyrics.formats.words import Token, cues_of, spoken
from aqyn.core.lyrics.model import Line, escaped
from aqyn.core.lyrics.timing import LineCues, shifted

_STAMP = re.compile(rf"<{lrc.STAMP}>")


def read(text: str) -> Sheet:
    """The sheet of an Enhanced LRC file; a line without word times is read as LRC reads it.

    A word without a time lies evenly between those that have one. Raises FormatError.
    """
    parsed = lrc.parse(text)
    offset = int(parsed.tags.get("offset", "0"))

    def body(entry: Entry, first: int, end: int, start: int) -> tuple[str, LineCues]:
        words = spoken(_tokens(entry, offset), entry.number)
        marked = escaped(" ".join(word.text for word in words))
        if not _STAMP.search(entry.text):
            return marked, LineCues(start, end)
        # A line sung again keeps the pace of its first time.
        cues = cues_of(words, first + end - start, entry.number)
        return marked, cues if start == first else shifted(cues, start - first)

    return lrc.sheet_of(parsed, body)


def write(sheet: Sheet, digits: int | None = None) -> str:
    """The file. `digits` after the second: 2, 3, or as many as its times need. Raises FormatError."""
    if digits is None:
        timed = [cues for cues in sheet.cues if cues]
        words = [word for cues in timed for word in cues.words]
        times = [time for cues in timed for time in (cues.start, cues.end)]
        times += [time for word in words for time in (word.start, word.end, *word.starts)]
        digits = lrc.digits_for(times)
    most = digits

    def body(line: Line, cues: LineCues | None, place: int) -> str:
        text = " ".join(word.text for word in line.words)
        if _STAMP.search(text):
            raise FormatError("words that look like a time in brackets cannot be written.", place)
        if cues is None or not cues.words:
            return text
        if len(cues.words) != len(line.words):
            raise FormatError("there are not as many times as words.", place)
        out = []
        for at, (word, cue) in enumerate(zip(line.words, cues.words, strict=True), 1):
            parts = syllables_of(word.text, word.language, len(cue.starts))
            starts = cue.starts if len(parts) > 1 else cue.starts[:1]
            after = cues.words[at].start if at < len(cues.words) else None
            end = f"<{lrc.stamp(cue.end, most)}>" if cue.end != after else ""
            out.append(
                "".join(f"<{lrc.stamp(s, most)}>{p}" for s, p in zip(starts, parts, strict=True)) + end
            )
        return " ".join(out)

    return lrc.written(sheet, digits, body)


def _tokens(entry: Entry, offset: int) -> Iterator[Token]:
    at = 0
    if entry.starts and _STAMP.search(entry.text):
        # The first word begins with its line, if it says nothing else.
        yield entry.starts[0]
    for found in _STAMP.finditer(entry.text):
        yield entry.text[at : found.start()], ""
        yield max(0, lrc.milliseconds(found, entry.number) - offset)
        at = found.end()
    yield entry.text[at:], ""

"""Enhanced LRC (A2): LRC with a time before each word, `[00:12.00]<00:12.00>Te<00:12.40>re<00:13.10>`.

A time inside a word begins a syllable; one right behind a word, before a space or the end, is the word's
end; where it is missing, a word lasts until the next. It cannot carry: languages of lines and spans; other
layers; kinds and names of sections; syllable starts in another number than the word's own syllables;
overlapping lines.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from aqyn.core.lyrics.formats import lrc
from aqyn.core.lyrics.formats.lrc import Entry
from aqyn.core.lyrics.formats.sheet import FormatError, Sheet, syllables_of
from aqyn.core.lyrics.model import Line, escaped
from aqyn.core.lyrics.timing import Cue, LineCues

_STAMP = re.compile(rf"<{lrc.STAMP}>")
_TOKEN = re.compile(rf"<{lrc.STAMP}>|\s+|[^<\s]+|<")


def read(text: str) -> Sheet:
    """The sheet of an Enhanced LRC file; a line without word times is read as LRC reads it.

    A word without a time lies evenly between those that have one. Raises FormatError.
    """
    parsed = lrc.parse(text)
    offset = int(parsed.tags.get("offset", "0"))

    def body(entry: Entry, first: int, end: int, start: int) -> tuple[str, LineCues]:
        words = _words(entry, offset)
        marked = escaped(" ".join(word.text for word in words))
        if not any(word.starts for word in words):
            return marked, LineCues(start, end)
        # A line sung again keeps the pace of its first time.
        return marked, _cues(words, start - first, end, entry.number)

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


@dataclass(slots=True)
class _Word:
    text: str = ""
    starts: list[int] = field(default_factory=list)
    end: int | None = None


def _words(entry: Entry, offset: int) -> list[_Word]:
    """The words of a line with what the file says of their times."""
    words: list[_Word] = []
    waiting: int | None = None  # a time that has been read but not what it belongs to
    open_word: _Word | None = None
    for token in _TOKEN.finditer(entry.text):
        if token[1]:
            time = max(0, lrc.milliseconds(token, entry.number) - offset)
            if waiting is not None and open_word is None and words and words[-1].end is None:
                words[-1].end = waiting
            waiting = time
        elif token[0].isspace():
            if open_word is not None and waiting is not None:
                open_word.end, waiting = waiting, None
            open_word = None
        else:
            if open_word is None:
                open_word = _Word()
                words.append(open_word)
            open_word.text += token[0]
            if waiting is not None:
                open_word.starts.append(waiting)
                waiting = None
    if waiting is not None and words and words[-1].end is None:
        words[-1].end = waiting
    return words


def _cues(words: Sequence[_Word], shift: int, end: int, number: int) -> LineCues:
    starts = _filled([word.starts[0] if word.starts else None for word in words], words)
    cues = []
    for place, word in enumerate(words):
        begins = starts[place]
        following = starts[place + 1] if place + 1 < len(words) else None
        if word.end is not None:
            until = word.end
        elif following is not None:
            until = following
        else:
            until = max(end - shift, *word.starts, begins)
        if not begins <= until or (following is not None and until > following):
            raise FormatError("the times of its words do not follow one another.", number)
        syllables = word.starts or [begins]
        if syllables != sorted(syllables) or syllables[-1] > until:
            raise FormatError("the times of its words do not follow one another.", number)
        cues.append(Cue(begins + shift, until + shift, tuple(start + shift for start in syllables)))
    return LineCues.of(cues)


def _filled(starts: list[int | None], words: Sequence[_Word]) -> list[int]:
    """Starts for words that have none: at the end of the word in front, or evenly between neighbours."""
    known: list[int | None] = list(starts)
    for place in range(1, len(known)):
        if known[place] is None and words[place - 1].end is not None:
            known[place] = words[place - 1].end
    places = [place for place, start in enumerate(known) if start is not None]
    filled = []
    for place in range(len(known)):
        left = max((p for p in places if p <= place), default=places[0])
        right = min((p for p in places if p >= place), default=places[-1])
        low, high = known[left] or 0, known[right] or 0
        share = (place - left) / (right - left) if right > left else 0
        filled.append(round(low + (high - low) * max(0.0, share)))
    return filled

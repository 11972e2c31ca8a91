"""Words put together from runs of text and the times between them, as most formats write them.

A time in front of a word is its start, inside a word the start of a syllable, right behind a word (before a
space or the end) the word's end; a word without an end lasts until the next one.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from aqyn.core.lyrics.formats.sheet import FormatError, refuse_wide, syllables_of
from aqyn.core.lyrics.model import Line, Word, marked
from aqyn.core.lyrics.timing import Cue, LineCues

# A time in milliseconds, or text and the language that it is in.
Token = int | tuple[str, str]

_PIECES = re.compile(r"\s+|\S+")


@dataclass(slots=True)
class Spoken:
    """A word and what is said of its times."""

    text: str = ""
    language: str = ""
    starts: list[int] = field(default_factory=list)
    end: int | None = None


def spoken(tokens: Iterable[Token], number: int) -> list[Spoken]:
    """The words of the line `number` of the file. A word is in the language that it begins in.

    Raises FormatError where it is too long.
    """
    length = 0
    words: list[Spoken] = []
    waiting: int | None = None  # a time that has been read but not what it belongs to
    word: Spoken | None = None
    written: list[str] = []
    for token in tokens:
        if isinstance(token, int):
            if waiting is not None and word is None and words and words[-1].end is None:
                words[-1].end = waiting
            waiting = token
            continue
        length += len(token[0])
        refuse_wide(length, number)
        text = token[0]
        for piece in (text,) if text.isalnum() else _PIECES.findall(text):
            if piece.isspace():
                if word is not None:
                    word.text = "".join(written)
                    if waiting is not None:
                        word.end, waiting = waiting, None
                word = None
                continue
            if word is None:
                word, written = Spoken(language=token[1]), []
                words.append(word)
            written.append(piece)
            if waiting is not None:
                word.starts.append(waiting)
                waiting = None
    if word is not None:
        word.text = "".join(written)
    if waiting is not None and words and words[-1].end is None:
        words[-1].end = waiting
    return words


def cues_of(words: Sequence[Spoken], end: int, number: int) -> LineCues:
    """The times of these words, of which the first has one, in a line that ends at `end`.

    A word without a time lies evenly between those that have one. Raises FormatError naming the line
    `number` where times go backwards.
    """
    starts = _filled(words, end)
    cues = []
    for place, word in enumerate(words):
        begins = starts[place]
        following = starts[place + 1] if place + 1 < len(words) else None
        if word.end is not None:
            until = word.end
        elif following is not None:
            until = following
        else:
            until = max(end, begins, *word.starts)
        syllables = word.starts or [begins]
        backwards = following is not None and until > following
        if backwards or syllables != sorted(syllables) or syllables[-1] > until:
            raise FormatError("the times of its words do not follow one another.", number)
        cues.append(Cue(begins, until, tuple(syllables)))
    return LineCues.of(cues)


def _filled(words: Sequence[Spoken], end: int) -> list[int]:
    """The starts of the words: one without is at the end of the word in front, or between its neighbours."""
    known = [word.starts[0] if word.starts else None for word in words]
    for place in range(1, len(known)):
        if known[place] is None:
            known[place] = words[place - 1].end
    filled: list[int] = []
    at, low = 0, known[0] or 0
    # The last word may say its end and not its start.
    last = end if words[-1].end is None else words[-1].end
    # A line that the file leaves open ends no earlier than what is sung in it.
    last = max(last, *(time for time in known if time is not None))
    for place, time in enumerate([*known[1:], last], 1):
        if time is not None:
            # Words from `at` up to here lie evenly between the two times.
            filled += [low + (time - low) * step // (place - at) for step in range(place - at)]
            at, low = place, time
    return filled


def sung(
    tokens: Iterable[Token], start: int, end: int, number: int
) -> Iterator[tuple[list[Spoken], LineCues]]:
    """The lines of one subtitle from `start` to `end`, whose text may hold "\\n"; the first word of one with
    times begins with it.

    A line of its text is a line of the song where it begins at a time of its own. Otherwise the line was
    only too long for the screen, and goes on. Raises FormatError naming the line `number` of the file.
    """
    told = list(tokens)
    timed = any(isinstance(token, int) for token in told)
    lines = [spoken(part, number) for part in _parted([start, *told] if timed else told)]
    lines = [words for words in lines if words]
    for place, words in enumerate(lines):
        until = lines[place + 1][0].starts[0] if place + 1 < len(lines) else end
        yield words, cues_of(words, until, number) if timed else LineCues(start, end)


def _parted(tokens: Iterable[Token]) -> Iterator[list[Token]]:
    line: list[Token] = []
    broken = False  # at the beginning of a line of text
    for token in tokens:
        if isinstance(token, int):
            if broken:
                yield line
                line = []
            broken = False
            line.append(token)
            continue
        text, language = token
        for place, part in enumerate(text.split("\n")):
            if place:
                line.append((" ", language))
                broken = True
                # A time right before the break is the end of one line and the start of the next.
                if len(line) > 1 and isinstance(time := line[-2], int):
                    yield line
                    line, broken = [time], False
            if part.strip():
                broken = False
            if part:
                line.append((part, language))
    yield line


def line_of(words: Sequence[Spoken], main: str) -> Line:
    """The words as a line of a song in `main`; of another language where all of them are in that one."""
    primary = main.split("-")[0] or "und"
    languages = {word.language or primary for word in words}
    language = languages.pop().split("-")[0] if len(languages) == 1 else primary
    return Line(
        marked([Word(w.text, w.language.split("-")[0] or primary) for w in words], language), language
    )


def timed_tokens(words: Sequence[Word], cues: LineCues) -> Iterator[Token]:
    """What `spoken` reads back to these words and times, spaces between the words.

    A word's end is left out where the next one begins at it. Raises FormatError where there is not one cue
    for each word.
    """
    if len(cues.words) != len(words):
        raise FormatError("there are not as many times as words.")
    for place, (word, cue) in enumerate(zip(words, cues.words, strict=True), 1):
        parts = syllables_of(word.text, word.language, len(cue.starts))
        for start, part in zip(cue.starts, parts, strict=False):
            yield start
            yield part, word.language
        last = place == len(words)
        if last or cue.end != cues.words[place].start:
            yield cue.end
        if not last:
            yield " ", ""


def untimed_tokens(words: Sequence[Word]) -> Iterator[Token]:
    """The words with spaces between them."""
    for place, word in enumerate(words):
        if place:
            yield " ", ""
        yield word.text, word.language

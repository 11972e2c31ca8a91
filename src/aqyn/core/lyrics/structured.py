"""Lines as OpenSubsonic's `songLyrics` tells them: words and syllables by their bytes in the line.

https://opensubsonic.netlify.app/docs/extensions/songlyrics/ (versions 1 and 2). Times are whole milliseconds.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from aqyn.core.lyrics.timing import LineCues

Words = Sequence[Sequence[str]]
"""The words of a line, each cut into its syllables; joined they are the word."""


def line_text(words: Words) -> str:
    """The line as it is shown, and as bytes are counted in it."""
    return " ".join("".join(parts) for parts in words)


def cue_line(index: int, words: Words, times: LineCues | None) -> dict[str, Any] | None:
    """The `cueLine` of the line at `index`, or None where these very words have no times of their own.

    One cue for each syllable where a word has as many starts as syllables, otherwise for the word.
    `byteStart` and `byteEnd` are the first and the last byte of its text in the UTF-8 of `value`.
    """
    if times is None or not times.words or len(times.words) != len(words):
        return None
    cues, at = [], 0
    for parts, word in zip(words, times.words, strict=True):
        cut = len(parts) == len(word.starts)
        texts, starts = (parts, word.starts) if cut else (["".join(parts)], (word.start,))
        for text, start, end in zip(texts, starts, [*starts[1:], word.end], strict=True):
            size = len(text.encode())
            cues.append(
                {"start": start, "end": end, "value": text, "byteStart": at, "byteEnd": at + size - 1}
            )
            at += size
        at += len(" ")
    return {
        "index": index,
        "start": times.start,
        "end": times.end,
        "value": line_text(words),
        "cue": cues,
    }

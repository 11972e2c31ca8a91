"""Which word is lit, and how far, at a moment of the song: the rule that the page and the hall follow.

The player in the browser does the same sums; tests/core/lyrics/test_light.py is their specification.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from aqyn.core.lyrics.timing import Cue, LineCues


@dataclass(frozen=True, slots=True)
class Light:
    """Every word before `word` (from 0) is lit, those after it are not, `word` itself by `share`, 0.0 to 1.0.

    `word` is -1 for a line without word times: there `share` is that of the whole line, 0 or 1.
    """

    word: int
    share: float


def light(line: LineCues, t: float, sizes: Sequence[Sequence[int]] = ()) -> Light:
    """How far the line is lit at `t` ms.

    Between two words the earlier one stays full. Within a word the light moves evenly through each syllable,
    and a syllable takes the part of the word that its letters do: `sizes[i]` are the lengths of the syllables
    of word i. Without sizes, or with another number of them than of syllable starts, all are taken as equal.
    A line whose words are not timed is lit as a whole when it begins: a sweep would claim what nobody knows.
    """
    if not line.words:
        return Light(-1, 1.0 if t >= line.start else 0.0)
    at = bisect_right([word.start for word in line.words], t) - 1
    if at < 0:
        return Light(0, 0.0)
    return Light(at, _share(line.words[at], t, sizes[at] if at < len(sizes) else ()))


def _share(cue: Cue, t: float, sizes: Sequence[int]) -> float:
    if t >= cue.end:
        return 1.0
    starts = cue.starts
    if len(sizes) != len(starts) or min(sizes) < 0 or not sum(sizes):
        sizes = [1] * len(starts)
    at = bisect_right(starts, t) - 1
    until = starts[at + 1] if at + 1 < len(starts) else cue.end
    within = (t - starts[at]) / (until - starts[at]) if until > starts[at] else 1.0
    return min(1.0, (sum(sizes[:at]) + sizes[at] * within) / sum(sizes))


def carried(lit: Light, words: Sequence[str], other: Sequence[str]) -> Light:
    """The light of the main layer's `words` on another reading of the same line, `other`.

    With as many words, word by word. With another number (the author overruled the line, or it is a
    translation) by characters: where a third of the main line's letters are lit, a third of the other's are.
    """
    if lit.word < 0 or not other:
        return Light(-1, lit.share)
    if len(words) == len(other):
        return lit
    lengths = [len(word) for word in words]
    done = sum(lengths[: lit.word]) + lengths[lit.word] * lit.share
    left = done / max(1, sum(lengths)) * sum(len(word) for word in other)
    for place, word in enumerate(other):
        if left < len(word):
            return Light(place, left / len(word))
        left -= len(word)
    return Light(len(other) - 1, 1.0)

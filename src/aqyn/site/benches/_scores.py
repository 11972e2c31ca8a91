"""How far heard words are from where they are sung, and how right it was to be sure. Nothing is read or run
here."""

from __future__ import annotations

import statistics
from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

WITHIN_S = {"within_01": 0.1, "within_03": 0.3, "within_05": 0.5, "within_1": 1.0}
"""Seconds that an onset may be off, by the key that tells the share of words which are not further off."""

SUREST = 0.4
"""The share of the words that is asked for `sure_within_03`: those that were heard most surely."""

Figures = dict[str, Any]


class ScoredWord(NamedTuple):
    """A word's true and heard onset in seconds, how sure it was heard (1 to 99), whether it begins a line."""

    true_s: float
    heard_s: float
    sure: int
    first: bool

    @property
    def off_s(self) -> float:
        """Seconds by which it was heard too late."""
        return self.heard_s - self.true_s


def without_offset(words: Sequence[ScoredWord]) -> tuple[list[ScoredWord], float]:
    """The words with the median of their errors taken from what was heard, and that median in seconds."""
    offset = statistics.median(word.off_s for word in words)
    return [word._replace(heard_s=word.heard_s - offset) for word in words], offset


def song_figures(words: Sequence[ScoredWord]) -> Figures:
    """One song's figures: `aae_s`, `median_s` (of absolute errors), `bias_s` (median of signed ones), shares
    within each of `WITHIN_S`, the same for line starts, and `sure_within_03`. None where no word was scored.
    """
    off = [abs(word.off_s) for word in words]
    starts = [abs(word.off_s) for word in words if word.first]
    return {
        "words": len(words),
        "aae_s": _rounded(statistics.fmean(off) if off else None),
        "median_s": _rounded(statistics.median(off) if off else None),
        "bias_s": _rounded(statistics.median(word.off_s for word in words) if words else None),
        **{key: share_within(off, seconds) for key, seconds in WITHIN_S.items()},
        "line_aae_s": _rounded(statistics.fmean(starts) if starts else None),
        "line_within_03": share_within(starts, 0.3),
        "sure_within_03": surest_within(words, 0.3),
    }


def share_within(off: Sequence[float], seconds: float) -> float | None:
    """The share of absolute errors that are not larger than `seconds`."""
    # Times are whole milliseconds: half of one is given, so that a float's last digit decides nothing.
    return _rounded(sum(each <= seconds + 0.0005 for each in off) / len(off)) if off else None


def surest_within(words: Sequence[ScoredWord], seconds: float, share: float = SUREST) -> float | None:
    """The share of the surest `share` of the words whose onset is not further off than `seconds`.

    Of words that are equally sure, where not all of them belong to that share, each counts for its part: the
    order in which words are given changes nothing.
    """
    if not words:
        return None
    room = wanted = share * len(words)
    right = 0.0
    for sure in sorted({word.sure for word in words}, reverse=True):
        alike = [abs(word.off_s) for word in words if word.sure == sure]
        taken = min(room, len(alike))
        right += taken * sum(off <= seconds + 0.0005 for off in alike) / len(alike)
        room -= taken
        if room <= 0:
            break
    return _rounded(right / wanted)


def reliability(words: Iterable[ScoredWord]) -> list[Figures]:
    """How often words were right, by how sure it was of them, in tens (1–10 … 91–99); only tens with words.

    `said`: the mean chance that was told; `within_03`: the share that was within 0.3 s.
    """
    tens: dict[int, list[ScoredWord]] = {}
    for word in words:
        tens.setdefault((word.sure - 1) // 10, []).append(word)
    return [
        {
            "sure": f"{10 * ten + 1}-{min(99, 10 * ten + 10)}",
            "words": len(alike),
            "said": _rounded(statistics.fmean(word.sure for word in alike) / 100),
            "within_03": share_within([abs(word.off_s) for word in alike], 0.3),
        }
        for ten, alike in sorted(tens.items())
    ]


def calibration_error(table: Sequence[Figures]) -> float | None:
    """How far what was told is from what was so, in the mean over words (expected calibration error)."""
    words = sum(row["words"] for row in table)
    if not words:
        return None
    return _rounded(sum(row["words"] * abs(row["said"] - row["within_03"]) for row in table) / words)


def over_songs(songs: Sequence[Figures]) -> Figures:
    """Figures over songs: `median_song_aae_s`, `mean_song_aae_s`, and the mean over songs of every share.

    Songs without a figure (refused, or with no word to score) are left out of it; None where all are.
    """
    errors = [song["aae_s"] for song in songs if song.get("aae_s") is not None]
    keys = (*WITHIN_S, "line_aae_s", "line_within_03", "sure_within_03")
    return {
        "median_song_aae_s": _rounded(statistics.median(errors) if errors else None),
        "mean_song_aae_s": _rounded(statistics.fmean(errors) if errors else None),
        **{key: mean_of(song.get(key) for song in songs) for key in keys},
    }


def mean_of(values: Iterable[float | None]) -> float | None:
    """The mean of those that are there."""
    there = [value for value in values if value is not None]
    return _rounded(statistics.fmean(there) if there else None)


def densest_offset(errors: Sequence[float], *, width: float = 0.15, most: float = 1.5) -> tuple[float, float]:
    """Where most errors lie together: the median of the fullest window of ±`width` seconds among errors of at
    most `most`, and the share of all errors in it. (0.0, 0.0) where none is that small.

    Unlike a median it is still right when half of a song was heard elsewhere.
    """
    near = sorted(error for error in errors if abs(error) <= most)
    best: list[float] = []
    begin = 0
    for end, error in enumerate(near):
        while error - near[begin] > 2 * width:
            begin += 1
        if end + 1 - begin > len(best):
            best = near[begin : end + 1]
    if not best:
        return 0.0, 0.0
    return statistics.median(best), len(best) / len(errors)


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, 4)

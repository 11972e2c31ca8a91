"""FFmpeg's filters as a pipe: frames in, frames out of one or more ends."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from typing import cast

import av.error
from av.audio.frame import AudioFrame
from av.filter import Graph as FilterGraph
from av.filter.context import FilterContext

from aqyn.media.inside.reading import Recording

# Both encodings and every measurement: Opus knows no other rate above it.
HERTZ = 48_000

# Samples let in before the ends are asked what came out.
_BATCH = 32_768

Step = tuple[str, str]


def to_stereo(channels: int, hertz: int = HERTZ) -> list[Step]:
    """Steps to stereo floats at `hertz`.

    One channel goes to both sides unchanged, as every player does it (FFmpeg alone would take 3 dB
    off); more than two are mixed down by FFmpeg's matrix, scaled so that nothing can clip.
    """
    # Larger frames first: a call from Python costs more than a filter's work on a small one.
    steps = [("asetnsamples", "n=8192:p=0")]
    if channels == 1:
        steps.append(("pan", "stereo|c0=c0|c1=c0"))
    return [
        *steps,
        ("aresample", f"{hertz}"),
        ("aformat", f"sample_fmts=flt:channel_layouts=stereo:sample_rates={hertz}"),
    ]


def through(
    recording: Recording,
    branches: Sequence[Sequence[Step]],
    *,
    trunk: Sequence[Step] = (),
    hertz: int = HERTZ,
) -> Iterator[tuple[int, AudioFrame]]:
    """The whole recording as stereo floats at `hertz`, through `trunk`, then through each branch.

    Yields (number of the branch, frame), the ends flushed. Raises `Recording.frames`' errors.
    """
    graph: Graph | None = None
    waiting = 0
    for frame in recording.frames():
        if graph is None:
            graph = Graph(frame, [*to_stereo(recording.channels, hertz), *trunk], branches)
        graph.push(frame)
        waiting += frame.samples
        # Asking an end that has nothing yet costs more than all that Python does besides.
        if waiting >= _BATCH:
            waiting = 0
            yield from graph.pull()
    if graph is not None:
        graph.push(None)
        yield from graph.pull()


class Graph:
    """One way in, one end for each branch. Made from the first frame, which knows more than headers do."""

    def __init__(self, first: AudioFrame, trunk: Sequence[Step], branches: Sequence[Sequence[Step]]) -> None:
        self._graph = FilterGraph()
        self._graph.threads = 1
        self._source = self._graph.add_abuffer(
            sample_rate=first.sample_rate,
            format=first.format.name,
            layout=first.layout.name,
            time_base=Fraction(1, first.sample_rate),
        )
        last = self._lay(self._source, trunk)
        if len(branches) > 1:
            split = self._graph.add("asplit", str(len(branches)))
            last.link_to(split)
            starts = [(split, output) for output in range(len(branches))]
        else:
            starts = [(last, 0)]
        self._ends: list[FilterContext] = []
        for (start, output), steps in zip(starts, branches, strict=True):
            self._ends.append(self._lay(start, [*steps, ("abuffersink", "")], output))
        self._graph.configure()

    def push(self, frame: AudioFrame | None) -> None:
        """Let a frame in; None says that the sound is over."""
        self._source.push(frame)

    def pull(self) -> Iterator[tuple[int, AudioFrame]]:
        """What has come out at the ends since the last time, as (number of the end, frame)."""
        for branch, end in enumerate(self._ends):
            while True:
                try:
                    out = end.pull()
                except (av.error.BlockingIOError, av.error.EOFError):
                    break
                yield branch, cast(AudioFrame, out)

    def _lay(self, start: FilterContext, steps: Sequence[Step], output: int = 0) -> FilterContext:
        for name, arguments in steps:
            node = self._graph.add(name, arguments or None)
            start.link_to(node, output)
            start, output = node, 0
        return start

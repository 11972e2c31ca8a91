"""Two encodings of one recording, made in a single reading of it."""

from __future__ import annotations

import hashlib
import os
from contextlib import ExitStack
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import cast

import av
from av.audio.frame import AudioFrame
from av.audio.stream import AudioStream

from aqyn.media.channel import report
from aqyn.media.errors import Damaged
from aqyn.media.inside.beside import Beside
from aqyn.media.inside.chain import HERTZ, Step, through
from aqyn.media.inside.reading import Recording


@dataclass(frozen=True, slots=True)
class Format:
    """One of the two: FFmpeg's names, its frame size and sample format, and the muxer's options."""

    encoder: str
    muxer: str
    bit_rate: int
    frame: int
    samples: str
    options: dict[str, str]
    codec_options: dict[str, str]


# bitexact: no version strings and no random serial number, so the same sound gives the same file.
OPUS = Format("libopus", "opus", 128_000, 960, "flt", {"fflags": "+bitexact"}, {"vbr": "on"})
AAC = Format(
    "aac",
    "ipod",
    160_000,
    1024,
    "fltp",
    {"fflags": "+bitexact", "movflags": "+faststart", "use_editlist": "1"},
    # At this rate FFmpeg's "fast" search leaves less noise in nearly every band than its default,
    # at two fifths of the time (docs/media.md has the figures).
    {"aac_coder": "fast"},
)


def encode(
    source: Path, targets: dict[Path, Format], *, gain_db: float, max_seconds: float, done: float
) -> int:
    """Write every target from one decoding, `gain_db` louder; how many 48 kHz samples went in.

    Each encoder works in a thread of its own. `done`: the share of the whole work that was done before, for
    the progress. Raises `Recording`'s errors.
    """
    volume: list[Step] = [("volume", f"volume={gain_db:.6f}dB:precision=float")]
    branches: list[list[Step]] = [
        [("aformat", f"sample_fmts={kind.samples}"), ("asetnsamples", f"n={kind.frame}:p=0")]
        for kind in targets.values()
    ]
    samples = 0
    with Recording(source, max_seconds=max_seconds) as recording, ExitStack() as files:
        outputs = [_Output(path, kind) for path, kind in targets.items()]
        for output in outputs:
            files.callback(output.close)
        with ExitStack() as threads:
            encoders = [threads.enter_context(Beside(output.write)) for output in outputs]
            for branch, out in through(recording, branches, trunk=volume):
                encoders[branch].put(out)
                samples += out.samples if branch == 0 else 0
                report(done + (0.99 - done) * recording.fraction)
        for output in outputs:
            output.finish()
    return samples


def describe(path: Path, *, seconds: float) -> dict[str, str | int | float]:
    """`name`, `sha256`, `bytes`, `duration_s` of a finished file, after it has reached the disk.

    Raises Damaged where the file does not last `seconds` (within 20 ms): then something was lost.
    """
    with path.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
        size = file.tell()
        os.fsync(file.fileno())
    with av.open(f"file:{path}", "r") as container:
        stream = container.streams.audio[0]
        duration = float((stream.duration or 0) * (stream.time_base or Fraction(0)))
        if stream.codec_context.name == "opus":
            # FFmpeg counts the pre-skip in, which no player plays (RFC 7845, sections 4 and 5.1).
            duration -= int.from_bytes((stream.codec_context.extradata or b"")[10:12], "little") / HERTZ
    if abs(duration - seconds) > 0.02:
        raise Damaged(f"The encoded recording lasts {duration:.3f} s instead of {seconds:.3f} s.")
    return {"name": path.name, "sha256": digest, "bytes": size, "duration_s": duration}


class _Output:
    """One of the files while it is written."""

    def __init__(self, path: Path, kind: Format) -> None:
        self._container = av.open(f"file:{path}", "w", format=kind.muxer, options=kind.options)
        self._stream = cast(
            AudioStream,
            self._container.add_stream(kind.encoder, rate=HERTZ, layout="stereo", options=kind.codec_options),
        )
        self._stream.bit_rate = kind.bit_rate
        self._stream.codec_context.format = kind.samples
        self._stream.time_base = Fraction(1, HERTZ)

    def write(self, frame: AudioFrame) -> None:
        self._container.mux(self._stream.encode(frame))

    def finish(self) -> None:
        """What the encoder still holds back."""
        self._container.mux(self._stream.encode(None))

    def close(self) -> None:
        self._container.close()

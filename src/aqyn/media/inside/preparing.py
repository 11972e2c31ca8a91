"""The whole work on one recording: measure, choose one gain, encode twice."""

from __future__ import annotations

import base64
from pathlib import Path
from typing import Any

from aqyn.media.channel import report
from aqyn.media.errors import Damaged
from aqyn.media.inside.chain import HERTZ
from aqyn.media.inside.encoding import AAC, OPUS, describe, encode
from aqyn.media.inside.measuring import levels, measure, outline

# Measuring is about this share of the processor time.
MEASURING = 0.12


def prepare(
    source: str, *, target_lufs: float, true_peak_dbtp: float, max_seconds: float, steps: int
) -> dict[str, Any]:
    """Leave recording.opus and recording.m4a in the working folder; the rest of `aqyn.media.Prepared`."""
    path = Path(source)
    found = measure(path, max_seconds=max_seconds, share=MEASURING)
    wanted = target_lufs - found.integrated_lufs
    # One gain for the whole recording. Where it would push a peak over the ceiling the recording
    # stays that much quieter: its dynamics are the singer's.
    gain = min(wanted, true_peak_dbtp - found.true_peak_dbtp)
    opus, aac = Path("recording.opus").absolute(), Path("recording.m4a").absolute()
    samples = encode(path, {opus: OPUS, aac: AAC}, gain_db=gain, max_seconds=max_seconds, done=MEASURING)
    if samples != found.samples:
        raise Damaged("The file changed while it was being read.")
    report(1.0)
    return {
        "opus": describe(opus, seconds=found.seconds),
        "aac": describe(aac, seconds=found.seconds),
        "loudness": {
            "integrated_lufs": found.integrated_lufs,
            "range_lu": found.range_lu,
            "true_peak_dbtp": found.true_peak_dbtp,
        },
        "gain_db": gain,
        "shortfall_lu": wanted - gain,
        "levels": base64.b64encode(levels(found.energy)).decode(),
        "peaks": outline(found.energy, found.samples, steps),
        "duration_s": found.seconds,
        "sample_rate": HERTZ,
    }

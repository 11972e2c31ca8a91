"""The probe itself: decodes the whole recording once, and says what it is."""

from __future__ import annotations

import hashlib
import math
from pathlib import Path
from typing import Any

from aqyn.media.channel import report
from aqyn.media.errors import Damaged, Silent
from aqyn.media.inside.reading import Recording
from aqyn.media.inside.samples import peak_of
from aqyn.media.inside.tags import clean_tags

# Full scale is 1: nothing above -70 dBFS anywhere is nothing that R128 would count (its absolute gate).
SILENCE = 10 ** (-70 / 20)


def probe(path: str, *, max_seconds: float) -> dict[str, Any]:
    """The fields of `aqyn.media.Probe`."""
    loud = False
    with Recording(Path(path), max_seconds=max_seconds) as recording:
        for frame in recording.frames():
            # One sound above the floor settles it; only floats can hold what is no number at all.
            if not loud or recording.codec.startswith("pcm_f"):
                peak = peak_of(frame)
                if not math.isfinite(peak):
                    raise Damaged("The recording holds values that are not sound.")
                loud = loud or peak > SILENCE
            report(0.95 * recording.fraction)
        if not loud:
            raise Silent
        found = {
            "container": recording.container,
            "codec": recording.codec,
            "duration_s": recording.seconds,
            "sample_rate": recording.sample_rate,
            "channels": recording.channels,
            "tags": clean_tags(recording.metadata),
        }
    with Path(path).open("rb") as file:
        digest = hashlib.file_digest(file, "sha256")
        size = file.tell()
    return {**found, "bytes": size, "sha256": digest.hexdigest()}

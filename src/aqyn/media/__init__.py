"""Sound in, sound out: what a recording is, how loud it is, and the two files a browser plays.

Everything heavy happens in child processes with limits on time, memory and output; importing this
package loads neither FFmpeg nor numpy. Every refusal is a `MediaError` with a stable `code`.
"""

from aqyn.media.comparing import COMPARE_LIMITS, Comparison, compare
from aqyn.media.errors import (
    Cancelled,
    CannotWrite,
    Crashed,
    Damaged,
    DiskFull,
    Empty,
    MediaError,
    NoSound,
    NotAFile,
    NotAudio,
    NotFound,
    OutOfMemory,
    Silent,
    TimedOut,
    TooLarge,
    TooLong,
    TooMuchOutput,
    TooShort,
    Truncated,
    Unsupported,
    Video,
)
from aqyn.media.preparing import PREPARE_LIMITS, EncodedFile, Loudness, Prepared, prepare
from aqyn.media.probing import Probe, probe
from aqyn.media.runner import Limits, run_child
from aqyn.media.words import WORDS_LIMITS, embedded_lyrics

__all__ = [
    "COMPARE_LIMITS",
    "PREPARE_LIMITS",
    "WORDS_LIMITS",
    "Cancelled",
    "CannotWrite",
    "Comparison",
    "Crashed",
    "Damaged",
    "DiskFull",
    "Empty",
    "EncodedFile",
    "Limits",
    "Loudness",
    "MediaError",
    "NoSound",
    "NotAFile",
    "NotAudio",
    "NotFound",
    "OutOfMemory",
    "Prepared",
    "Probe",
    "Silent",
    "TimedOut",
    "TooLarge",
    "TooLong",
    "TooMuchOutput",
    "TooShort",
    "Truncated",
    "Unsupported",
    "Video",
    "compare",
    "embedded_lyrics",
    "prepare",
    "probe",
    "run_child",
]

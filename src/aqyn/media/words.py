"""`embedded_lyrics`: the words that a recording's own file carries, found in a child process."""

from __future__ import annotations

from base64 import b64decode
from pathlib import Path

from aqyn.media.probing import MAX_BYTES, check_file
from aqyn.media.runner import Limits, run_child

WORDS_LIMITS = Limits(seconds=30.0, memory_mib=384, output_mib=1)


def embedded_lyrics(
    path: Path, *, max_bytes: int = MAX_BYTES, limits: Limits = WORDS_LIMITS
) -> dict[str, bytes]:
    """What was found, by the keys of `core.lyrics.formats.FORMATS` that read it; empty where nothing is.

    "uslt" and "sylt": the body of the longest such ID3 frame. "vorbis": a block of comments, without what is
    no words. "text": what an MP4 has as its lyrics, which may be an LRC. Each has 1 MiB at most; a longer one
    is left out, as is a tag that cannot be read. Raises what `probe` raises of a file that is no recording.
    """
    found = run_child("aqyn.media.inside.words:words", check_file(path, max_bytes=max_bytes), limits=limits)
    return {key: b64decode(body) for key, body in found.items()}

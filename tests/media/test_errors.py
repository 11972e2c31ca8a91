"""Every way to fail has a code, a sentence and a line in the manual."""

import re
from pathlib import Path

import pytest

from aqyn import media
from aqyn.media.errors import error_for
from aqyn.media.preparing import PREPARE_LIMITS
from aqyn.media.probing import MAX_BYTES, MAX_SECONDS, PROBE_LIMITS
from aqyn.media.runner import ORDINARY

MANUAL = (Path(__file__).parents[2] / "docs" / "media.md").read_text()
CLASSES = [
    getattr(media, name)
    for name in media.__all__
    if isinstance(getattr(media, name), type) and issubclass(getattr(media, name), media.MediaError)
]
KINDS = [kind for kind in CLASSES if kind is not media.MediaError]


def test_no_two_errors_share_a_code():
    assert len({kind.code for kind in CLASSES}) == len(CLASSES)


def test_the_manual_lists_every_error_and_no_other():
    rows = re.findall(r"^\| `(\w+)` \| `(\w+)` \| (.*?) \|", MANUAL, re.MULTILINE)
    assert {(code, name) for code, name, _ in rows} == {(kind.code, kind.__name__) for kind in KINDS}


@pytest.mark.parametrize("kind", KINDS)
def test_an_error_crosses_from_child_to_parent_whole(kind):
    copy = error_for(kind.code, "One sentence.", {"found": "AIFF"})
    assert type(copy) is kind
    assert (str(copy), copy.details) == ("One sentence.", {"found": "AIFF"})


def test_the_manual_tells_the_limits_in_force():
    assert f"| {MAX_SECONDS:,.0f} s | `max_seconds`" in MANUAL
    assert MAX_BYTES == 1024**3 and "| 1 GiB | `max_bytes`" in MANUAL
    for name, limits in (
        ("probing", PROBE_LIMITS),
        ("preparing", PREPARE_LIMITS),
        ("any other child", ORDINARY),
    ):
        told = (
            f"{limits.seconds:.0f} s, {limits.memory_mib} MiB of memory, {limits.output_mib} MiB in any file"
        )
        assert f"| {name} | {told} |" in MANUAL

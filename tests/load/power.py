"""Power that goes: what a program wrote and waited for, and its files as a cut at any moment leaves them.

`strace` notes every write and every sync with its time. After a cut all is there that was written before a
sync that had come back; of what was written since, each piece may be there, in part, or not at all, in any
order.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

SECTOR = 512
COMMAND = ("strace", "-f", "--seccomp-bpf", "-qq", "-ttt", "-T", "-y", "-xx", "-s", "70000")
CALLS = ("pwrite64", "write", "fsync", "fdatasync", "ftruncate", "unlink")

_LINE = re.compile(r"^(\d+) +(\d+\.\d+) (.*)$")
_WHOLE = re.compile(r"^(\w+)\((.*)\) += (-?\d+).*?(?:<(\d+\.\d+)>)?$", re.S)
_BEGUN = re.compile(r"^(\w+)\((.*?) *<unfinished \.\.\.>$", re.S)
_WENT_ON = re.compile(r"^<\.\.\. (\w+) resumed>(.*)\) += (-?\d+).*?(?:<(\d+\.\d+)>)?$", re.S)
_FILE = re.compile(r"^\d+<([^>]*)>")
_TEXT = re.compile(r'"((?:\\x[0-9a-f]{2})*)"')


@dataclass(frozen=True, slots=True)
class Deed:
    """One write, truncation, removal or sync of a file, from `began` to `ended`, seconds since 1970."""

    began: float
    ended: float
    call: str
    file: str
    at: int = 0
    data: bytes = b""


def watched(trace: Path, program: Iterable[str]) -> list[str]:
    """The command that runs `program` and notes what it writes in `trace`."""
    return [*COMMAND, "-e", f"trace={','.join(CALLS)}", "-o", str(trace), *program]


def read_trace(trace: Path, names: Iterable[str]) -> list[Deed]:
    """What was done to the files with these names, in the order in which it began."""
    wanted, deeds = set(names), []
    begun: dict[tuple[str, str], tuple[float, str]] = {}
    for line in trace.read_text("ascii", errors="replace").splitlines():
        found = _LINE.match(line)
        if found is None:
            continue
        thread, time, said = found.group(1), float(found.group(2)), found.group(3)
        if part := _BEGUN.match(said):
            begun[thread, part.group(1)] = (time, part.group(2))
            continue
        began = time
        if part := _WENT_ON.match(said):
            call, rest, result, _took = part.groups()
            began, first = begun.pop((thread, call), (time, ""))
            arguments, ended = first + rest, time
        elif part := _WHOLE.match(said):
            call, arguments, result, took = part.groups()
            ended = time + float(took or 0)
        else:
            continue
        if int(result) >= 0 and (deed := _deed(began, ended, call, arguments)) and deed.file in wanted:
            deeds.append(deed)
    return sorted(deeds, key=lambda deed: deed.began)


def _deed(began: float, ended: float, call: str, arguments: str) -> Deed | None:
    if call == "unlink":
        path = _bytes(_TEXT.search(arguments)).decode()
        return Deed(began, ended, call, Path(path).name)
    file = _FILE.match(arguments)
    if file is None:
        return None
    name = Path(bytes.fromhex(file.group(1).replace("\\x", "")).decode(errors="replace")).name
    if call == "pwrite64":
        data = _bytes(_TEXT.search(arguments))
        return Deed(began, ended, call, name, int(arguments.rsplit(",", 1)[1]), data)
    if call == "write":
        return None
    if call == "ftruncate":
        return Deed(began, ended, call, name, int(arguments.rsplit(",", 1)[1]))
    return Deed(began, ended, "sync", name)


def _bytes(found: re.Match[str] | None) -> bytes:
    return bytes.fromhex(found.group(1).replace("\\x", "")) if found else b""


def cut(
    deeds: list[Deed], at: float, chance: random.Random, before: Mapping[str, bytes] | None = None
) -> dict[str, bytes]:
    """The files as the power that went at `at` leaves them. `before`: what was on the disk when the program
    began."""
    files = {name: bytearray(content) for name, content in (before or {}).items()}
    for name in {deed.file for deed in deeds}:
        mine = [deed for deed in deeds if deed.file == name and deed.began <= at]
        synced = max((deed.began for deed in mine if deed.call == "sync" and deed.ended <= at), default=0.0)
        whole = [deed for deed in mine if deed.call != "sync" and deed.ended <= synced]
        loose = [deed for deed in mine if deed.call != "sync" and deed.ended > synced]
        for deed in whole:
            _do(files, deed, deed.data)
        kept = [deed for deed in loose if chance.random() < 0.5]
        if chance.random() < 0.3:
            chance.shuffle(kept)
        for deed in kept:
            sectors = range(0, len(deed.data), SECTOR)
            torn = chance.random() < 0.3
            for start in [s for s in sectors if not torn or chance.random() < 0.5]:
                piece = Deed(deed.began, deed.ended, deed.call, name, deed.at + start)
                _do(files, piece, deed.data[start : start + SECTOR])
            if not deed.data:
                _do(files, deed, b"")
    return {name: bytes(content) for name, content in files.items()}


def _do(files: dict[str, bytearray], deed: Deed, data: bytes) -> None:
    if deed.call == "unlink":
        files.pop(deed.file, None)
        return
    content = files.setdefault(deed.file, bytearray())
    if deed.call == "ftruncate":
        del content[deed.at :]
        content.extend(bytes(deed.at - len(content)))
        return
    content.extend(bytes(max(0, deed.at + len(data) - len(content))))
    content[deed.at : deed.at + len(data)] = data

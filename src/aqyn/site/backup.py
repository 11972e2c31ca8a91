"""One file that holds the whole house: the database as of one moment, the media, the settings, each hashed.

The file is a plain tar. `manifest.json` comes last, since hashes are known only when everything was read; a
backup without it was cut short and is refused.
"""

from __future__ import annotations

import hashlib
import io
import json
import os
import shutil
import sqlite3
import tarfile
import tempfile
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path, PurePosixPath

FORMAT = 1
DATABASE = "aqyn.sqlite3"
MANIFEST = "manifest.json"
# The secret goes along: without it every session, and later every ticket's signature, would be void.
SETTINGS = ("aqyn.toml", "secret")
_CHUNK = 1 << 20


class BackupError(Exception):
    """One sentence for the operator: why nothing was written or restored."""


@dataclass(frozen=True, slots=True)
class Summary:
    """What a backup holds: how many files, how many bytes, and when it was made (ISO 8601, UTC)."""

    files: int
    size: int
    made_at: str


def write_backup(data: Path, target: Path, *, now: datetime, progress: Callable[[float], None]) -> Summary:
    """Writes the house in `data` to `target`, which must not exist yet; the server may go on running.

    The database is copied by SQLite's online backup, so it is whole and of one moment. Media files never
    change once they are there; they are linked aside before and after the copy, so that one deleted meanwhile
    is still at hand.
    The file appears under its name only when it is complete and on the disk. Raises BackupError.
    """
    if target.exists():
        raise BackupError(f"{target} is there already; choose another name.")
    if not (data / DATABASE).is_file():
        raise BackupError(f"There is no Aqyn in {data}.")
    if not target.parent.is_dir():
        raise BackupError(f"There is no folder {target.parent}.")
    part = target.with_name(f".{target.name}.{os.getpid()}.part")
    try:
        with tempfile.TemporaryDirectory(prefix=".backup-", dir=data) as aside_name:
            aside = Path(aside_name)
            _link_media(data / "media", aside / "media")
            _copy_database(data / DATABASE, aside / DATABASE, lambda share: progress(share * 0.3))
            _link_media(data / "media", aside / "media")
            for name in SETTINGS:
                if (data / name).is_file():
                    shutil.copy2(data / name, aside / name)
            summary = _pack(aside, part, now=now, progress=lambda share: progress(0.3 + share * 0.7))
        os.link(part, target)  # refuses where somebody made the name meanwhile; rename would overwrite
    except FileExistsError:
        raise BackupError(f"{target} is there already; choose another name.") from None
    except OSError as error:
        raise BackupError(f"The backup could not be written: {error.strerror or error}.") from None
    finally:
        part.unlink(missing_ok=True)
    return summary


def read_backup(source: Path, data: Path, *, replace: bool, progress: Callable[[float], None]) -> Summary:
    """Brings the house in `source` back into `data`; what stood there is moved aside, never deleted.

    Everything is unpacked beside `data` and checked against its hash before `data` is touched. A house that
    is already there is refused unless `replace` is given. Raises BackupError; then `data` is as it was.
    """
    if not source.is_file():
        raise BackupError(f"There is no file {source}.")
    occupied = data.exists() and any(entry.name != "lock" for entry in data.iterdir())
    if occupied and not replace:
        raise BackupError(
            f"{data} is not empty; --replace puts the backup in its place and keeps the old one beside it."
        )
    try:
        data.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(prefix=f".{data.name}-restore-", dir=data.parent) as beside_name:
            beside = Path(beside_name) / "house"
            beside.mkdir(mode=0o700)
            summary = _unpack(source, beside, progress=progress)
            if occupied:
                data.rename(_free_name(data))
            elif data.exists():
                shutil.rmtree(data)
            beside.rename(data)
    except OSError as error:
        raise BackupError(f"The backup could not be restored: {error.strerror or error}.") from None
    return summary


def _copy_database(source: Path, target: Path, progress: Callable[[float], None]) -> None:
    def step(_status: int, remaining: int, total: int) -> None:
        progress(1 - remaining / total if total else 1.0)

    with closing(sqlite3.connect(source, timeout=20)) as here, closing(sqlite3.connect(target)) as there:
        here.backup(there, pages=2000, progress=step)
        verdict = there.execute("PRAGMA integrity_check").fetchone()[0]
    if verdict != "ok":
        raise BackupError(f"The database is damaged ({verdict}); the backup was not written.")


def _link_media(source: Path, target: Path) -> None:
    for file in _files(source):
        link = target / file.relative_to(source)
        link.parent.mkdir(parents=True, exist_ok=True)
        if link.exists():
            continue
        try:
            os.link(file, link)
        except FileNotFoundError:
            continue  # deleted since it was listed
        except OSError:
            shutil.copy2(file, link)  # a file system without hard links


def _files(folder: Path) -> Iterator[Path]:
    # Names with a leading dot are half-written files and work folders that no row refers to yet.
    return (
        file
        for file in sorted(folder.rglob("*"))
        if file.is_file()
        and not file.is_symlink()
        and not any(part.startswith(".") for part in file.relative_to(folder).parts)
    )


def _pack(folder: Path, target: Path, *, now: datetime, progress: Callable[[float], None]) -> Summary:
    files = list(_files(folder))
    total = sum(file.stat().st_size for file in files) or 1
    done = 0
    entries: list[dict[str, object]] = []
    with target.open("xb") as raw:
        with tarfile.open(fileobj=raw, mode="w", format=tarfile.PAX_FORMAT) as tar:
            for file in files:
                name = file.relative_to(folder).as_posix()
                digest = hashlib.sha256()
                with file.open("rb") as stream:
                    for chunk in iter(lambda: stream.read(_CHUNK), b""):
                        digest.update(chunk)
                    stream.seek(0)
                    info = tarfile.TarInfo(name)
                    info.size = file.stat().st_size
                    info.mtime = int(now.timestamp())
                    info.mode = 0o600
                    tar.addfile(info, stream)
                entries.append({"name": name, "bytes": info.size, "sha256": digest.hexdigest()})
                done += info.size
                progress(done / total)
            manifest = {"aqyn_backup": FORMAT, "made_at": now.isoformat(), "files": entries}
            body = json.dumps(manifest, ensure_ascii=False, indent=1).encode()
            info = tarfile.TarInfo(MANIFEST)
            info.size, info.mtime, info.mode = len(body), int(now.timestamp()), 0o600
            tar.addfile(info, io.BytesIO(body))
        raw.flush()
        os.fsync(raw.fileno())
    return Summary(
        files=len(entries), size=sum(int(str(e["bytes"])) for e in entries), made_at=now.isoformat()
    )


def _unpack(source: Path, folder: Path, *, progress: Callable[[float], None]) -> Summary:
    total = source.stat().st_size or 1
    hashes: dict[str, tuple[int, str]] = {}
    manifest: dict[str, object] | None = None
    try:
        with tarfile.open(source, "r:") as tar:
            for info in tar:
                name = _safe_name(info)
                stream = tar.extractfile(info)
                if stream is None:
                    raise BackupError(
                        f"{source.name} is not a backup of Aqyn: “{info.name}” is not a plain file."
                    )
                if name == MANIFEST:
                    manifest = json.loads(stream.read(1 << 26))
                    continue
                target = folder / name
                target.parent.mkdir(parents=True, exist_ok=True)
                digest, size = hashlib.sha256(), 0
                with target.open("xb") as out:
                    for chunk in iter(lambda stream=stream: stream.read(_CHUNK), b""):  # type: ignore[misc]
                        digest.update(chunk)
                        size += len(chunk)
                        out.write(chunk)
                    out.flush()
                    os.fsync(out.fileno())
                target.chmod(0o600)
                hashes[name] = (size, digest.hexdigest())
                progress(min(1.0, (info.offset_data + info.size) / total))
    except (tarfile.TarError, ValueError, EOFError, FileExistsError) as error:
        raise BackupError(
            f"{source.name} is damaged or not a backup of Aqyn ({error}); nothing was changed."
        ) from None
    return _checked(source, manifest, hashes)


def _checked(source: Path, manifest: dict[str, object] | None, hashes: dict[str, tuple[int, str]]) -> Summary:
    if not isinstance(manifest, dict) or "aqyn_backup" not in manifest:
        raise BackupError(f"{source.name} was cut short or is not a backup of Aqyn; nothing was changed.")
    if manifest["aqyn_backup"] != FORMAT:
        raise BackupError(f"{source.name} was made by a newer Aqyn; nothing was changed.")
    listed = {str(e["name"]): (e["bytes"], e["sha256"]) for e in manifest.get("files", [])}  # type: ignore[attr-defined]
    for name in sorted(listed.keys() | hashes.keys()):
        if listed.get(name) != hashes.get(name):
            raise BackupError(f"“{name}” in {source.name} does not agree with its hash; nothing was changed.")
    if DATABASE not in hashes:
        raise BackupError(f"{source.name} holds no database; nothing was changed.")
    return Summary(len(hashes), sum(size for size, _ in hashes.values()), str(manifest.get("made_at", "")))


def _safe_name(info: tarfile.TarInfo) -> str:
    path = PurePosixPath(info.name)
    if not info.isreg() or path.is_absolute() or ".." in path.parts or not path.parts:
        raise BackupError(
            f"The backup holds the entry “{info.name}”, which no backup of Aqyn has; nothing was changed."
        )
    return path.as_posix()


def _free_name(data: Path) -> Path:
    number = 1
    while (name := data.with_name(f"{data.name}.before-restore-{number}")).exists():
        number += 1
    return name

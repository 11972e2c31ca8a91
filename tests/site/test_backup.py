import hashlib
import io
import json
import os
import sqlite3
import subprocess
import sys
import tarfile
import threading
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest

from aqyn.site.backup import BackupError, read_backup, write_backup

NOW = datetime(2026, 11, 23, 19, 0, tzinfo=UTC)


def ignore(_share: float) -> None: ...


@pytest.fixture
def house(tmp_path) -> Path:
    data = tmp_path / "data"
    (data / "media" / "ab").mkdir(parents=True)
    with closing(sqlite3.connect(data / "aqyn.sqlite3")) as db:
        db.execute("PRAGMA journal_mode=WAL")
        db.execute("CREATE TABLE song (title TEXT)")
        db.execute("INSERT INTO song VALUES ('Қызылорда')")
        db.commit()
    (data / "media" / "ab" / "abcd.opus").write_bytes(bytes(range(256)) * 5000)
    (data / "aqyn.toml").write_text("port = 8001\n")
    (data / "secret").write_text("s3cret")
    return data


def contents(data: Path) -> dict[str, bytes | list]:
    found: dict[str, bytes | list] = {
        f.relative_to(data).as_posix(): f.read_bytes()
        for f in data.rglob("*")
        if f.is_file() and not f.name.startswith("aqyn.sqlite3")
    }
    with closing(sqlite3.connect(data / "aqyn.sqlite3")) as db:
        found["rows"] = db.execute("SELECT title FROM song ORDER BY rowid").fetchall()
    return found


def rebuilt(source: Path, target: Path, change) -> Path:
    """A copy of a backup; `change(name, body)` gives each entry's new body, or None to leave it out."""
    with tarfile.open(source) as old, tarfile.open(target, "w") as new:
        for info in old:
            body = change(info.name, old.extractfile(info).read())
            if body is not None:
                info.size = len(body)
                new.addfile(info, io.BytesIO(body))
    return target


def test_what_was_backed_up_comes_back(house, tmp_path):
    before = contents(house)
    shares: list[float] = []
    summary = write_backup(house, tmp_path / "night.tar", now=NOW, progress=shares.append)
    assert summary.files == 4
    assert shares == sorted(shares) and shares[-1] == 1.0
    read_backup(tmp_path / "night.tar", tmp_path / "elsewhere" / "data", replace=False, progress=ignore)
    assert contents(tmp_path / "elsewhere" / "data") == before
    assert contents(house) == before
    assert not list(house.glob(".backup-*"))


def test_work_in_progress_beside_the_media_is_left_out(house, tmp_path):
    (house / "media" / ".aqyn-media-x").mkdir()
    (house / "media" / ".aqyn-media-x" / "half.opus").write_bytes(b"half")
    (house / "media" / ".lock").touch()
    assert write_backup(house, tmp_path / "night.tar", now=NOW, progress=ignore).files == 4


def test_the_manifest_names_the_hash_of_each_file(house, tmp_path):
    write_backup(house, tmp_path / "night.tar", now=NOW, progress=ignore)
    with tarfile.open(tmp_path / "night.tar") as tar:
        manifest = json.load(tar.extractfile("manifest.json"))
        for entry in manifest["files"]:
            assert hashlib.sha256(tar.extractfile(entry["name"]).read()).hexdigest() == entry["sha256"]
    assert manifest["made_at"] == "2026-11-23T19:00:00+00:00"


def test_a_backup_never_overwrites_a_file(house, tmp_path):
    (tmp_path / "night.tar").write_text("dear to somebody")
    with pytest.raises(BackupError, match="is there already"):
        write_backup(house, tmp_path / "night.tar", now=NOW, progress=ignore)
    assert (tmp_path / "night.tar").read_text() == "dear to somebody"


def test_restoring_never_overwrites_without_being_told_to(house, tmp_path):
    write_backup(house, tmp_path / "night.tar", now=NOW, progress=ignore)
    (house / "media" / "ab" / "new.opus").write_bytes(b"made since")
    before = contents(house)
    with pytest.raises(BackupError, match="--replace"):
        read_backup(tmp_path / "night.tar", house, replace=False, progress=ignore)
    assert contents(house) == before
    read_backup(tmp_path / "night.tar", house, replace=True, progress=ignore)
    assert "media/ab/new.opus" not in contents(house)
    assert contents(house.with_name("data.before-restore-1")) == before


@pytest.mark.parametrize(
    "damage", ["one byte", "missing file", "extra file", "no manifest", "cut short", "not a tar"]
)
def test_a_damaged_backup_changes_nothing(house, tmp_path, damage):
    whole = tmp_path / "night.tar"
    write_backup(house, whole, now=NOW, progress=ignore)
    bad = tmp_path / "bad.tar"
    if damage == "one byte":
        rebuilt(whole, bad, lambda n, b: b[:-1] + bytes([b[-1] ^ 1]) if n.endswith(".opus") else b)
    elif damage == "missing file":
        rebuilt(whole, bad, lambda n, b: None if n.endswith(".opus") else b)
    elif damage == "extra file":
        rebuilt(whole, bad, lambda n, b: b)
        with tarfile.open(bad, "a") as tar:
            tar.addfile(tarfile.TarInfo("media/stranger"))
    elif damage == "no manifest":
        rebuilt(whole, bad, lambda n, b: None if n == "manifest.json" else b)
    elif damage == "cut short":
        bad.write_bytes(whole.read_bytes()[: whole.stat().st_size // 2])
    else:
        bad.write_bytes(b"PK\x03\x04" + os.urandom(3000))
    before = contents(house)
    with pytest.raises(BackupError, match="nothing was changed"):
        read_backup(bad, house, replace=True, progress=ignore)
    assert contents(house) == before
    assert sorted(p.name for p in tmp_path.iterdir()) == ["bad.tar", "data", "night.tar"]


@pytest.mark.parametrize("name", ["../escaped", "/tmp/escaped", "media/../../escaped"])
def test_an_entry_that_leads_out_of_the_folder_is_refused(house, tmp_path, name):
    bad = tmp_path / "bad.tar"
    with tarfile.open(bad, "w") as tar:
        tar.addfile(tarfile.TarInfo(name))
    with pytest.raises(BackupError, match="no backup of Aqyn has"):
        read_backup(bad, tmp_path / "fresh", replace=False, progress=ignore)
    assert not (tmp_path / "escaped").exists() and not (tmp_path / "fresh").exists()


def test_a_link_in_a_backup_is_refused(tmp_path):
    bad = tmp_path / "bad.tar"
    link = tarfile.TarInfo("media")
    link.type, link.linkname = tarfile.SYMTYPE, "/etc"
    with tarfile.open(bad, "w") as tar:
        tar.addfile(link)
    with pytest.raises(BackupError, match="no backup of Aqyn has"):
        read_backup(bad, tmp_path / "fresh", replace=False, progress=ignore)


def test_a_backup_taken_while_songs_are_written_is_of_one_moment(house, tmp_path):
    stop = threading.Event()

    def write() -> None:
        with closing(sqlite3.connect(house / "aqyn.sqlite3", timeout=20)) as db:
            while not stop.is_set():
                with db:  # two rows at once: a copy with an odd number of them would be torn
                    db.execute("INSERT INTO song VALUES ('a'), ('b')")

    writer = threading.Thread(target=write)
    writer.start()
    try:
        for night in range(5):
            write_backup(house, tmp_path / f"{night}.tar", now=NOW, progress=ignore)
    finally:
        stop.set()
        writer.join()
    for night in range(5):
        read_backup(tmp_path / f"{night}.tar", tmp_path / f"back-{night}", replace=False, progress=ignore)
        with closing(sqlite3.connect(tmp_path / f"back-{night}" / "aqyn.sqlite3")) as db:
            assert db.execute("SELECT count(*) % 2 FROM song").fetchone() == (1,)


def test_a_backup_that_is_killed_leaves_no_file_under_its_name(house, tmp_path):
    (house / "media" / "big.opus").write_bytes(os.urandom(1 << 20) * 40)
    code = (
        "import sys; from pathlib import Path; from datetime import datetime, UTC; import os, signal\n"
        "from aqyn.site.backup import write_backup\n"
        "def progress(share):\n    if share > 0.5: os.kill(os.getpid(), signal.SIGKILL)\n"
        "write_backup(Path(sys.argv[1]), Path(sys.argv[2]), now=datetime.now(UTC), progress=progress)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, house, tmp_path / "night.tar"], env=os.environ | {"PYTHONPATH": "src"}
    )
    assert done.returncode == -9
    assert not (tmp_path / "night.tar").exists()
    write_backup(house, tmp_path / "night.tar", now=NOW, progress=ignore)

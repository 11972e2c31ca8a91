"""A scratch folder goes when its owner goes, and not before."""

import pytest

from aqyn.media.scratch import PREFIX, clear_abandoned, scratch_folder


def test_a_folder_is_empty_private_and_then_gone(tmp_path):
    with scratch_folder(tmp_path) as folder:
        assert list(folder.iterdir()) == []
        assert folder.stat().st_mode & 0o777 == 0o700
        (folder / "deep").mkdir()
        (folder / "deep" / "file").write_text("x")
    assert list(tmp_path.iterdir()) == []


def test_a_folder_goes_although_its_owner_failed(tmp_path):
    with pytest.raises(LookupError), scratch_folder(tmp_path):
        raise LookupError
    assert list(tmp_path.iterdir()) == []


def test_a_folder_in_use_is_left_alone(tmp_path):
    with scratch_folder(tmp_path) as folder, scratch_folder(tmp_path) as other:
        assert clear_abandoned(tmp_path) == 0
        assert sorted(tmp_path.iterdir()) == sorted([folder, other])


def test_an_abandoned_folder_is_cleared_and_nothing_else(tmp_path):
    abandoned = tmp_path / f"{PREFIX}gone"
    abandoned.mkdir()
    (abandoned / "half.opus").write_text("x")
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    (elsewhere / "song").write_text("x")
    (tmp_path / f"{PREFIX}link").symlink_to(elsewhere)
    (tmp_path / "mine.opus").write_text("x")
    with scratch_folder(tmp_path):
        assert not abandoned.exists()
    assert sorted(path.name for path in tmp_path.iterdir()) == [f"{PREFIX}link", "elsewhere", "mine.opus"]
    assert (elsewhere / "song").read_text() == "x"

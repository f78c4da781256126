"""A file is written whole, or nothing of it is there afterwards: neither a part of it nor folders made for it."""

import errno
from pathlib import Path

import pytest

from opencompact.errors import OutputError
from opencompact.statistics import Workspace
from opencompact.tables import write_text


@pytest.fixture
def full_disk(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(path: Path, content: bytes) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(Path, "write_bytes", refuse)


def test_on_a_full_disk_no_folder_is_left(tmp_path: Path, full_disk: None) -> None:
    with pytest.raises(OutputError, match="no space is left"):
        write_text(tmp_path / "a" / "b" / "c.txt", "words")
    assert [*tmp_path.iterdir()] == []


def test_a_workspace_that_cannot_be_made_leaves_no_folder(tmp_path: Path, full_disk: None) -> None:
    with pytest.raises(OutputError):
        Workspace.create(tmp_path / "workspace")
    assert not (tmp_path / "workspace").exists()


def test_what_was_there_stays(tmp_path: Path, full_disk: None) -> None:
    (tmp_path / "kept").mkdir()
    (tmp_path / "kept" / "c.txt").touch()
    with pytest.raises(OutputError):
        write_text(tmp_path / "kept" / "c.txt", "words")
    assert [path.name for path in (tmp_path / "kept").iterdir()] == ["c.txt"]

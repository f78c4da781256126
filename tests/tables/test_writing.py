"""A file is written whole, or nothing of it is there afterwards: neither a part of it nor folders made for it."""

import errno
import os
import threading
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


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no pipes with a name")
def test_a_pipe_is_written_to_and_stays_a_pipe(tmp_path: Path) -> None:
    """As /dev/null and /dev/stdout: put aside by an administrator's command they would be gone for everybody."""
    pipe, heard = tmp_path / "pipe", []
    os.mkfifo(pipe)
    listener = threading.Thread(target=lambda: heard.append(pipe.read_text()), daemon=True)
    listener.start()
    write_text(pipe, "words")
    listener.join(10)
    assert heard == ["words"]
    assert pipe.is_fifo()
    assert [*tmp_path.iterdir()] == [pipe]


def test_a_link_stays_a_link_to_what_is_written(tmp_path: Path) -> None:
    target, link = tmp_path / "target.txt", tmp_path / "link.txt"
    target.write_text("before")
    link.symlink_to(target)
    write_text(link, "words")
    assert link.is_symlink()
    assert target.read_text() == "words"

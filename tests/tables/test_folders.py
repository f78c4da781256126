"""A folder is whole or not there, and takes the place of nothing that was not written so."""

import subprocess
import sys
from pathlib import Path

import pytest

from opencompact.errors import InputError, OutputError
from opencompact.tables.folders import check_replaceable, digest_of, replace_folder


def write(folder: Path, **files: str) -> None:
    with replace_folder(folder, "sheets") as new:
        for name, text in files.items():
            (new / name).write_text(text)


def fail(folder: Path) -> None:
    with replace_folder(folder, "sheets") as new:
        (new / "a").write_text("2")
        raise RuntimeError


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir() if not path.name.startswith("."))


def test_a_folder_appears_whole_and_is_its_owners_alone(tmp_path: Path) -> None:
    write(tmp_path / "out", a="1", b="2")
    assert names(tmp_path / "out") == ["a", "b"]
    assert [path.name for path in tmp_path.iterdir()] == ["out"]
    assert (tmp_path / "out").stat().st_mode & 0o777 == 0o700
    assert (tmp_path / "out" / "a").stat().st_mode & 0o777 == 0o600


def test_what_fails_half_way_leaves_nothing(tmp_path: Path) -> None:
    with pytest.raises(RuntimeError):
        fail(tmp_path / "out")
    assert list(tmp_path.iterdir()) == []


KILLED = """
import os, signal, sys
from pathlib import Path
from opencompact.tables.folders import replace_folder
with replace_folder(Path(sys.argv[1]), "sheets") as new:
    (new / "a").write_text("of somebody")
    os.kill(os.getpid(), signal.SIGKILL)
"""


def test_what_a_killed_run_left_is_gone_after_the_next_one(tmp_path: Path) -> None:
    subprocess.run([sys.executable, "-c", KILLED, str(tmp_path / "out")], check=False)
    (left,) = tmp_path.iterdir()
    assert (left / "a").read_text() == "of somebody"
    assert left.stat().st_mode & 0o077 == 0
    with pytest.raises(RuntimeError):
        fail(tmp_path / "out")
    assert left.exists()  # it may be what stood there before, and nothing has taken its place
    write(tmp_path / "out", a="1")
    assert [path.name for path in tmp_path.iterdir()] == ["out"]


def test_what_another_run_writes_and_what_is_not_ours_stays(tmp_path: Path) -> None:
    own = replace_folder(tmp_path / "out", "sheets")
    with own as new:
        others = [new, tmp_path / ".out.mine", tmp_path / ".other.0-1.x", tmp_path / ".out"]
        for path in others[1:]:
            path.mkdir()
        write(tmp_path / "out", a="1")  # another run of the same folder, while this process lives
        assert all(path.exists() for path in others)
        assert sorted(path.name for path in tmp_path.iterdir()) == sorted(["out", *(path.name for path in others)])
        (tmp_path / "out" / "a").unlink()
        (tmp_path / "out" / ".written.json").unlink()
        (tmp_path / "out").rmdir()


def test_what_was_written_so_is_replaced_as_a_whole(tmp_path: Path) -> None:
    write(tmp_path / "out", a="1", b="2")
    write(tmp_path / "out", b="3")
    assert names(tmp_path / "out") == ["b"]
    assert (tmp_path / "out" / "b").read_text() == "3"
    assert len(list(tmp_path.iterdir())) == 1


def test_a_failure_leaves_what_stood_there(tmp_path: Path) -> None:
    write(tmp_path / "out", a="1")
    with pytest.raises(RuntimeError):
        fail(tmp_path / "out")
    assert (tmp_path / "out" / "a").read_text() == "1"


def test_an_empty_folder_may_be_filled(tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    write(tmp_path / "out", a="1")
    assert names(tmp_path / "out") == ["a"]


def test_the_folder_one_stands_in_has_a_name_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "out").mkdir()
    monkeypatch.chdir(tmp_path / "out")
    write(Path(), a="1")
    assert names(tmp_path / "out") == ["a"]
    assert [path.name for path in tmp_path.iterdir()] == ["out"]


def refused(folder: Path) -> str:
    before = {path.name: digest_of(path) for path in folder.iterdir()} if folder.is_dir() else None
    with pytest.raises(InputError) as found:
        write(folder, a="new")
    assert before is None or before == {path.name: digest_of(path) for path in folder.iterdir()}
    return str(found.value.problem)


def test_nothing_else_is_replaced(tmp_path: Path) -> None:
    theirs = tmp_path / "theirs"
    theirs.mkdir()
    (theirs / "letter.txt").write_text("mine")
    assert "was not written by this command" in refused(theirs)

    ours = tmp_path / "ours"
    write(ours, a="1")
    (ours / "letter.txt").write_text("mine")
    assert "letter.txt" in refused(ours)

    changed = tmp_path / "changed"
    write(changed, a="1")
    (changed / "a").write_text("a note in the margin")
    assert "was changed" in refused(changed)

    with replace_folder(tmp_path / "other", "reviews") as new:
        (new / "a").write_text("1")
    assert "was not written by this command" in refused(tmp_path / "other")

    file = tmp_path / "file"
    file.write_text("x")
    assert "no folder" in refused(file)
    (tmp_path / "link").symlink_to(ours)
    assert "no folder" in refused(tmp_path / "link")


def test_a_place_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    check_replaceable(tmp_path / "new", "sheets")
    with pytest.raises(OutputError):
        write(tmp_path / "file" / "out", a="1")

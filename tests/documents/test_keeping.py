"""What was read of texts is kept beside a workspace: the same as what was read, and never stale."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from opencompact.documents import Shelf, keeping, shelf
from opencompact.documents.shelf import _stocked

SAMPLES = Path(__file__).parent / "samples"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with two texts."""
    made = tmp_path / "texts"
    made.mkdir()
    for name in ("en.txt", "ru.txt"):
        shutil.copy(SAMPLES / name, made / name)
    return made


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    made = tmp_path / "workspace"
    made.mkdir()
    return made


def as_by_another_process(folder: Path, workspace: Path) -> Shelf:
    """The shelf, with nothing of it in memory."""
    _stocked.cache_clear()
    return shelf(folder, workspace)


def read_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(path: Path) -> None:
        raise AssertionError(f"{path} is read again")

    monkeypatch.setattr("opencompact.documents.reader.read", refuse)


def test_what_is_kept_is_what_was_read(folder: Path, workspace: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    once = as_by_another_process(folder, workspace)
    read_nothing(monkeypatch)
    again = as_by_another_process(folder, workspace)
    assert any(provision.wording for provision in once.provisions())
    assert repr(again) == repr(once)  # a wording does not count where two provisions are compared


def test_a_changed_text_is_read_again_and_the_older_one_is_forgotten(folder: Path, workspace: Path) -> None:
    as_by_another_process(folder, workspace)
    [before] = (workspace / "cache").glob("texts.*.json")
    text = folder / "en.txt"
    text.write_text(text.read_text("utf-8").replace("281 million", "282 million"), "utf-8")
    words = "".join(each.wording or "" for each in as_by_another_process(folder, workspace).provisions())
    assert "282 million" in words
    assert [before] != list((workspace / "cache").glob("texts.*.json"))
    assert not before.exists()


def test_other_rules_read_again(folder: Path, workspace: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    as_by_another_process(folder, workspace)
    monkeypatch.setattr(keeping, "_program", lambda: "other rules")
    read_nothing(monkeypatch)
    with pytest.raises(AssertionError, match="read again"):
        as_by_another_process(folder, workspace)


def test_a_spoiled_file_is_as_none(folder: Path, workspace: Path) -> None:
    once = as_by_another_process(folder, workspace)
    [kept] = (workspace / "cache").glob("texts.*.json")
    kept.write_text('[{"symbol": "A/RES/1"}]', "utf-8")
    assert repr(as_by_another_process(folder, workspace)) == repr(once)


def test_why_a_text_cannot_be_read_is_told_each_time(folder: Path, workspace: Path) -> None:
    (folder / "blank.txt").write_bytes(b"")
    first = as_by_another_process(folder, workspace)
    assert len(first.failures) == len(as_by_another_process(folder, workspace).failures) == 1
    assert not list(workspace.glob("cache/texts.*"))

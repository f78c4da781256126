"""The store keeps what it has: through a kill at any moment, two imports at once, a full disk and a read-only folder."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from opencompact.errors import OutputError, StoreError
from opencompact.statistics import Workspace
from opencompact.statistics.importing import import_file, import_folder
from opencompact.statistics.store import writing

# A process that dies, as by kill -9, at its n-th step on the file system below the workspace.
DYING = """
import os, signal, sys
folder, files, step = sys.argv[1], sys.argv[2], int(sys.argv[3])
from pathlib import Path
from opencompact.statistics.importing import import_folder
import opencompact.statistics.sources.iom_missing_migrants, opencompact.statistics.incidents
count = 0
def watch(event, arguments):
    global count
    if event in ("open", "os.rename", "os.mkdir", "os.rmdir", "os.remove", "shutil.rmtree") and folder in str(arguments[0]):
        count += 1
        if count == step:
            os.kill(os.getpid(), signal.SIGKILL)
sys.addaudithook(watch)
import_folder(Path(folder), Path(files))
print(count)
"""


def contents(folder: Path) -> dict[str, bytes]:
    """Every file of a workspace that counts, with its bytes."""
    named = json.loads((folder / "manifest.json").read_text())
    kept = [path for path in folder.rglob("*") if path.is_file() and path.name != "lock"]
    folders = {f"parts/{part['source']}/{part['vintage']}/{part['table']}" for part in named["parts"]}
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in kept
        if path.name == "manifest.json" or path.parent.relative_to(folder).as_posix() in folders
    }


def test_the_same_file_twice_changes_nothing(folder: Path, incident_file: Callable, incident_line: Callable) -> None:
    path = incident_file("2026-02-06", [incident_line(1, "2026-01-03", dead=2)])
    import_file(folder, path)
    before = contents(folder)
    report = import_file(folder, path)
    assert report.unchanged == 1
    assert contents(folder) == before


@pytest.mark.slow
def test_a_process_killed_at_any_step_leaves_the_store_as_it_was_or_as_it_should_be(
    tmp_path: Path, folder: Path, incident_file: Callable, incident_line: Callable
) -> None:
    import_file(folder, incident_file("2026-01-06", [incident_line(1, "2026-01-03", dead=2)]))
    before = contents(folder)
    later = incident_file("2026-02-28", [incident_line(1, "2026-02-03", dead=3)])
    files = later.parent
    outcomes = []
    for step in range(1, 60, 2):
        run = subprocess.run([sys.executable, "-c", DYING, str(folder), str(files), str(step)], capture_output=True)
        if run.returncode == 0:
            break
        assert run.returncode == -signal.SIGKILL, run.stderr.decode()
        now = contents(folder)
        outcomes.append(now == before)
        value = Workspace(folder).values("missing.dead", "001", "2026", origin="_T", breakdown="_T")["value"].to_list()
        assert value == ([2.0] if now == before else [3.0])
        if now != before:
            break
    assert len(outcomes) > 6, "it was killed at many steps"
    assert all(outcomes[:-1])
    import_folder(folder, files)
    assert Workspace(folder).values("missing.dead", "001", "2026", origin="_T", breakdown="_T")["value"].to_list() == [
        3.0
    ]
    assert not list(folder.glob("staging-*")), "what the killed ones left is removed"


@pytest.mark.slow
def test_a_process_killed_at_a_random_moment_leaves_the_store_readable(
    folder: Path, incident_file: Callable, incident_line: Callable
) -> None:
    import random

    first = incident_file("2026-01-06", [incident_line(1, "2026-01-03", dead=2)])
    import_file(folder, first)
    for day in range(10, 28):
        incident_file(f"2026-02-{day}", [incident_line(n, f"2026-02-{day}") for n in range(400)])
    before = contents(folder)
    command = [sys.executable, "-m", "opencompact.cli", "import", "--all", str(first.parent), "-w", str(folder)]
    chance = random.Random(7)
    for _ in range(4):
        process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        try:
            process.wait(timeout=chance.uniform(0.6, 2.0))
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
        assert contents(folder) == before or Workspace(folder).editions().height == 19, "all of it, or nothing"
    assert Workspace(folder).values("missing.dead", "001", "2026", origin="_T", breakdown="_T").height == 1


@pytest.mark.slow
def test_two_imports_at_once_both_end_with_both_files(
    folder: Path, incident_file: Callable, incident_line: Callable
) -> None:
    for month in range(1, 9):
        incident_file(f"2026-{month:02}-28", [incident_line(n, f"2026-{month:02}-05") for n in range(50)])
    files = sorted(incident_file("2026-09-28", [incident_line(1, "2026-09-05")]).parent.iterdir())
    commands = [
        [sys.executable, "-m", "opencompact.cli", "import", str(path), "-w", str(folder), "--json"]
        for path in files[:4]
    ] + [
        [sys.executable, "-m", "opencompact.cli", "import", "--all", str(files[0].parent), "-w", str(folder), "--json"]
    ]
    running = [subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) for command in commands]
    for process in running:
        _, said = process.communicate(timeout=120)
        assert process.returncode == 0, said.decode()
    editions = Workspace(folder).editions()
    assert editions.height == 9
    assert editions["vintage"].n_unique() == 9


def test_a_second_import_is_told_to_wait_and_gives_up_after_its_patience(folder: Path) -> None:
    told = []
    second = writing(folder, patience=0.1, told=lambda: told.append(1))
    with writing(folder), pytest.raises(StoreError, match="Another import"), second:
        pass
    assert told == [1]


def test_a_folder_that_is_no_workspace_is_an_error_that_says_how_to_make_one(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="opencompact init"):
        Workspace(tmp_path)


def test_a_damaged_manifest_is_an_error_with_its_file(folder: Path) -> None:
    (folder / "manifest.json").write_text('{"format": 1, "parts": [', encoding="utf-8")
    with pytest.raises(StoreError, match="damaged") as caught:
        Workspace(folder)
    assert caught.value.exit_code == 7
    assert str(caught.value.place).endswith("manifest.json")


def test_making_a_workspace_twice_keeps_what_is_there(
    folder: Path, incident_file: Callable, incident_line: Callable
) -> None:
    import_file(folder, incident_file("2026-02-06", [incident_line(1, "2026-01-03")]))
    assert Workspace.create(folder).editions().height == 1


def test_a_disk_that_fills_up_leaves_the_store_as_it_was(
    folder: Path, incident_file: Callable, incident_line: Callable, monkeypatch: pytest.MonkeyPatch
) -> None:
    import errno

    import polars as pl

    import_file(folder, incident_file("2026-02-06", [incident_line(1, "2026-01-03")]))
    before = contents(folder)

    def full(*_: object, **__: object) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(pl.DataFrame, "write_parquet", full)
    with pytest.raises(OutputError, match="no space is left") as caught:
        import_file(folder, incident_file("2026-03-06", [incident_line(1, "2026-02-03")]))
    assert caught.value.exit_code == 8
    assert contents(folder) == before
    assert not list(folder.glob("staging-*"))


@pytest.mark.skipif(os.geteuid() != 0, reason="only root may mount a small disk")
def test_a_really_full_disk_leaves_the_store_as_it_was(
    tmp_path: Path, incident_file: Callable, incident_line: Callable
) -> None:
    disk = tmp_path / "disk"
    disk.mkdir()
    mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=48k", "tmpfs", str(disk)], capture_output=True)
    if mounted.returncode != 0:
        pytest.skip("this machine does not let root mount a small disk")
    try:
        folder = disk / "workspace"
        Workspace.create(folder)
        before = contents(folder)
        lines = [incident_line(n, f"2026-01-{1 + n % 28:02}", dead=n) for n in range(20_000)]
        with pytest.raises(OutputError, match="space"):
            import_file(folder, incident_file("2026-02-06", lines))
        assert contents(folder) == before
    finally:
        subprocess.run(["umount", str(disk)], check=True)


@pytest.mark.skipif(os.geteuid() != 0, reason="only root may mount a disk")
def test_a_read_only_workspace_can_be_asked_and_not_written(
    tmp_path: Path, incident_file: Callable, incident_line: Callable
) -> None:
    disk = tmp_path / "disk"
    disk.mkdir()
    if subprocess.run(["mount", "-t", "tmpfs", "tmpfs", str(disk)], capture_output=True).returncode != 0:
        pytest.skip("this machine does not let root mount a disk")
    try:
        folder = disk / "workspace"
        Workspace.create(folder)
        import_file(folder, incident_file("2026-02-06", [incident_line(1, "2026-01-03")]))
        subprocess.run(["mount", "-o", "remount,ro", str(disk)], check=True)
        assert Workspace(folder).values("missing.dead").height > 0
        with pytest.raises(OutputError, match="can only be read") as caught:
            import_file(folder, incident_file("2026-03-06", [incident_line(1, "2026-02-03")]))
        assert caught.value.remedy
    finally:
        subprocess.run(["umount", str(disk)], check=True)


def test_a_folder_that_cannot_be_written_is_one_sentence(tmp_path: Path) -> None:
    blocked = tmp_path / "a file"
    blocked.write_text("no folder", encoding="utf-8")
    with pytest.raises(OutputError) as caught:
        Workspace.create(blocked / "workspace")
    assert caught.value.exit_code == 8

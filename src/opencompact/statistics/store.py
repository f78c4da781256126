"""The store: immutable Parquet files by source and vintage, and one manifest that says which of them count.

A workspace is a folder:

    manifest.json                          the only file that is ever replaced, in one atomic step
    parts/<source>/<vintage>/<table>/      what one file of an edition gave: observations.parquet, set_aside.parquet,
                                           coverage.json and further tables; never changed once named in the manifest
    staging-…/                             a part being written; nothing reads it, the next import removes it
    lock                                   held by the one process that imports

A process killed at any moment leaves the manifest as it was, and so the store; what the manifest does not name does
not exist. Readers take no lock: they read the manifest once, and what it names never changes.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import IO, Any

import polars as pl

from opencompact.errors import OutputError, StoreError
from opencompact.language import said
from opencompact.statistics.sources.contract import Coverage
from opencompact.tables import write_text
from opencompact.tables.locking import held
from opencompact.tables.refusals import reason, room

FORMAT = 1


@dataclass(frozen=True)
class Part:
    """What one file gave to an edition (`source` at `vintage`); `table` tells parts of one edition apart.

    In the unit of the file (`rows` or `cells`): read = kept + set_aside.
    """

    source: str
    vintage: str
    table: str
    file: str
    sha256: str
    digest: str
    unit: str
    read: int
    kept: int
    set_aside: int
    observations: int
    indicators: tuple[str, ...]
    tables: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    derived: bool = False
    dated: bool = True

    @property
    def edition(self) -> str:
        """The edition's name: "iom.missing-migrants@2025-04-29"."""
        return f"{self.source}@{self.vintage}"

    @property
    def folder(self) -> str:
        """Where it lies, relative to the workspace."""
        return f"parts/{self.source}/{self.vintage}/{self.table}"


@dataclass(frozen=True)
class FileRecord:
    """What became of one imported file.

    outcome: "kept", "same edition" (another format of what is there), "no observations", "set aside" (a whole file,
    with the reason), "not recognised" or "failed".
    """

    file: str
    sha256: str
    digest: str
    outcome: str
    reason: str | None = None
    source: str | None = None
    table: str | None = None
    vintage: str | None = None
    unit: str = "rows"
    read: int = 0
    kept: int = 0
    set_aside: int = 0


@dataclass(frozen=True)
class Manifest:
    """Everything that a workspace holds."""

    parts: tuple[Part, ...] = ()
    files: tuple[FileRecord, ...] = ()

    def file_called(self, name: str, sha256: str) -> FileRecord | None:
        """The record of a file of this name and these bytes; a name without a folder stands for it in any folder.

        Bytes alone do not say what a file is: the same placeholder stands for many indicators, by its name.
        """
        here = [record for record in self.files if record.sha256 == sha256]
        same = (record for record in here if name in (record.file, record.file.rpartition("/")[2]))
        return next(same, None)

    def part(self, source: str, vintage: str, table: str) -> Part | None:
        """The part of that name."""
        key = (source, vintage, table)
        return next((part for part in self.parts if (part.source, part.vintage, part.table) == key), None)


@dataclass(frozen=True)
class Shapes:
    """Which cells a part speaks about: what its reader declared, and the breakdowns that stand in it.

    `shapes` holds (indicator, frequency, shape): frequency A, Q or M; shape as `editions.shape` makes it.
    """

    declared: tuple[Coverage, ...]
    shapes: frozenset[tuple[str, str, str]]

    def of(self, indicator: str) -> Shapes:
        """What it says of one indicator."""
        return Shapes(
            tuple(entry for entry in self.declared if entry.indicators is None or indicator in entry.indicators),
            frozenset(entry for entry in self.shapes if entry[0] == indicator),
        )


class Store:
    """The files of a workspace. `Workspace` is what other rooms use."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.manifest = read_manifest(folder)

    def path(self, part: Part, name: str) -> Path:
        """A file of a part: "observations.parquet", "set_aside.parquet", "incidents.parquet", "coverage.json"."""
        return self.folder / part.folder / name

    def shapes(self, part: Part) -> Shapes:
        """What a part covers. Raises StoreError where the file is damaged."""
        content = _load(self.path(part, "coverage.json"))
        return Shapes(
            tuple(_coverage(entry) for entry in content["coverage"]),
            frozenset((str(a), str(b), str(c)) for a, b, c in content["shapes"]),
        )


def create(folder: Path) -> None:
    """An empty workspace; one that is there already stays as it is. Raises OutputError where it cannot be written."""
    if not (folder / "manifest.json").exists():
        _write_manifest(folder, Manifest())


def read_manifest(folder: Path) -> Manifest:
    """What the workspace holds now. Raises StoreError where the folder is no workspace or is damaged."""
    path = folder / "manifest.json"
    if not path.exists():
        raise StoreError(
            "There is no workspace here.",
            file=folder,
            remedy=said("Make one with 'opencompact init {folder}', or name another with --workspace.", folder=folder),
        )
    content = _load(path)
    if content.get("format") != FORMAT:
        raise StoreError(
            "The workspace was written by another version of OpenCompact.",
            file=path,
            value=content.get("format"),
            remedy="Make a new one with 'opencompact init' and import the files again.",
        )
    try:
        return Manifest(
            tuple(Part(**_tuples(entry)) for entry in content["parts"]),
            tuple(FileRecord(**entry) for entry in content["files"]),
        )
    except (KeyError, TypeError) as problem:
        raise _damaged(path, problem) from problem


def _tuples(entry: Mapping[str, Any]) -> dict[str, Any]:
    return {key: tuple(value) if isinstance(value, list) else value for key, value in entry.items()}


def _load(path: Path) -> Any:
    try:
        return json.loads(path.read_text("utf-8"))
    except (OSError, ValueError) as problem:
        raise _damaged(path, problem) from problem


def _damaged(path: Path, problem: Exception) -> StoreError:
    return StoreError(
        said(
            "The workspace is damaged: {reason}.", reason=reason(problem) if isinstance(problem, OSError) else problem
        ),
        file=path,
        remedy="Make a new one with 'opencompact init' and import the files again.",
    )


def _coverage(entry: Mapping[str, Any]) -> Coverage:
    from datetime import date

    return Coverage(
        date.fromisoformat(entry["start"]),
        date.fromisoformat(entry["end"]),
        None if entry["areas"] is None else frozenset(entry["areas"]),
        None if entry["indicators"] is None else frozenset(entry["indicators"]),
    )


class Writing:
    """One import: parts are staged, and all of them appear at once with `commit`, or none."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self.manifest = read_manifest(folder)
        self._staging = Path(tempfile.mkdtemp(prefix="staging-", dir=folder))
        self._staged: list[tuple[Part, Path]] = []

    def stage(self, part: Part, tables: Mapping[str, pl.DataFrame], shapes: Shapes) -> None:
        """Writes a part where nobody looks yet. `tables`: name of the file without suffix → table."""
        target = self._staging / str(len(self._staged))
        target.mkdir()
        for name, table in tables.items():
            path = target / f"{name}.parquet"
            table.write_parquet(path, compression="zstd", compression_level=3, row_group_size=1 << 17, statistics=True)
            _sync(path)
        _write(target / "coverage.json", json.dumps(_as_json(shapes), ensure_ascii=False))
        self._staged.append((part, target))
        self.manifest = replace(self.manifest, parts=(*self.manifest.parts, part))

    def record(self, record: FileRecord) -> None:
        """Notes what became of a file; a later record of a file of the same name and bytes takes the place of the first."""
        others = [known for known in self.manifest.files if (known.file, known.sha256) != (record.file, record.sha256)]
        self.manifest = replace(self.manifest, files=(*others, record))

    def staged_observations(self, part: Part) -> Path:
        """Where the observations of a part lie, be it staged in this import or there before."""
        folder = next((path for known, path in self._staged if known == part), self._folder / part.folder)
        return folder / "observations.parquet"

    def commit(self) -> None:
        """Moves the staged parts to their places and names them in the manifest: the one step that counts."""
        if self.manifest == read_manifest(self._folder):
            return
        for part, staged in self._staged:
            target = self._folder / part.folder
            if target.exists():
                shutil.rmtree(target)
            target.parent.mkdir(parents=True, exist_ok=True)
            staged.rename(target)
        _write_manifest(self._folder, self.manifest)

    def close(self) -> None:
        """Removes what was staged and not committed."""
        shutil.rmtree(self._staging, ignore_errors=True)


def _as_json(shapes: Shapes) -> dict[str, object]:
    def listed(codes: frozenset[str] | None) -> list[str] | None:
        return None if codes is None else sorted(codes)

    return {
        "coverage": [
            {**asdict(entry), "start": str(entry.start), "end": str(entry.end)}
            | {"areas": listed(entry.areas), "indicators": listed(entry.indicators)}
            for entry in shapes.declared
        ],
        "shapes": sorted(shapes.shapes),
    }


def _write_manifest(folder: Path, manifest: Manifest) -> None:
    parts = sorted(manifest.parts, key=lambda part: (part.source, part.vintage, part.table))
    files = sorted(manifest.files, key=lambda record: (record.file, record.sha256))
    content = {"format": FORMAT, "parts": [asdict(part) for part in parts], "files": [asdict(file) for file in files]}
    write_text(folder / "manifest.json", json.dumps(content, ensure_ascii=False, indent=1) + "\n")


def _write(path: Path, text: str) -> None:
    path.write_text(text, "utf-8")
    _sync(path)


def _sync(path: Path) -> None:
    with path.open("rb+") as stream:
        os.fsync(stream.fileno())


@contextmanager
def writing(folder: Path, *, patience: float = 600, told: Callable[[], None] | None = None) -> Iterator[Writing]:
    """The right to write to a workspace, of which one process has it at a time.

    Waits up to `patience` seconds for another import to end (`told` is called once when it has to wait).
    Raises StoreError where there is no workspace or the wait was too long, OutputError where nothing can be written.
    """
    read_manifest(folder)
    with _errors_of_the_disk(folder), (folder / "lock").open("a") as lock:
        _wait_for(lock, folder, patience, told)
        _remove_leftovers(folder)
        session = Writing(folder)
        try:
            yield session
        finally:
            session.close()


@contextmanager
def _errors_of_the_disk(folder: Path) -> Iterator[None]:
    try:
        yield
    except (OSError, pl.exceptions.ComputeError) as problem:
        raise OutputError(
            said(
                "The workspace cannot be written: {reason}. It is as it was before.",
                reason=reason(_of_the_system(problem)),
            ),
            file=folder,
            remedy=room(_of_the_system(problem)),
        ) from problem


def _of_the_system(problem: Exception) -> OSError:
    """What the system refused; Polars hides its number in a sentence of its own ("… (os error 28)")."""
    if isinstance(problem, OSError) and problem.errno is not None:
        return problem
    number = re.search(r"os error (\d+)", str(problem))
    return OSError(int(number[1]), "") if number else OSError(str(problem))


def _wait_for(lock: IO[str], folder: Path, patience: float, told: Callable[[], None] | None) -> None:
    deadline = time.monotonic() + patience
    while not held(lock):
        if told is not None:
            told()
            told = None
        if time.monotonic() > deadline:
            raise StoreError("Another import is at work in this workspace.", file=folder, remedy="Wait until it ends.")
        time.sleep(0.05)


def _remove_leftovers(folder: Path) -> None:
    """Removes what an import that was killed has left: staging folders, and parts that the manifest does not name."""
    named = {folder / part.folder for part in read_manifest(folder).parts}
    leftovers = [*folder.glob("staging-*"), *folder.glob(".manifest.json.*.part")]
    leftovers += [path for path in folder.glob("parts/*/*/*") if path not in named]
    for path in leftovers:
        shutil.rmtree(path) if path.is_dir() else path.unlink()

"""A folder that is whole or not there: written beside its name, and put in the place of what was written so before, of nothing else."""

from __future__ import annotations

import hashlib
import json
import os
import platform
import re
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from opencompact.errors import InputError, OutputError
from opencompact.language import said
from opencompact.tables.refusals import reason_of_writing, room

LIST = ".written.json"
"""The file that says which files were written, and with what content (SHA-256)."""


@contextmanager
def replace_folder(folder: Path, kind: str) -> Iterator[Path]:
    """An empty folder to write files to; it takes the name of `folder` when the block ends well, and is removed when not.

    What stands there already is replaced only where it was written so before, as the same kind, and nobody has changed or added anything.
    Only its owner can read it. What a run left that was killed while it wrote the same folder is removed when this one ends well. Raises InputError where the place is taken by anything else, OutputError where it cannot be written.
    """
    folder = Path(os.path.abspath(folder))
    check_replaceable(folder, kind)
    made: Path | None = None
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        made = _beside(folder)
        yield made
        _seal(made, kind)
        put_in_place(made, folder, made.with_name(f"{made.name}-old"))
        _clean(folder)
    except OSError as problem:
        raise OutputError(
            said("The folder cannot be written: {reason}.", reason=reason_of_writing(problem)),
            file=folder,
            remedy=room(problem),
        ) from problem
    finally:
        if made is not None:
            shutil.rmtree(made, ignore_errors=True)


def check_replaceable(folder: Path, kind: str) -> None:
    """Raises InputError where something stands in the place of a folder that was not written as this kind, or was changed since."""
    if not folder.exists() and not folder.is_symlink():
        return
    problem = said("This is no folder.") if not folder.is_dir() or folder.is_symlink() else _foreign(folder, kind)
    if problem:
        raise InputError(problem, file=folder, remedy="Choose another folder, or empty this one yourself.")


def _foreign(folder: Path, kind: str) -> str:
    """What in a folder was not written so, told; "" where there is nothing."""
    present = {path.name for path in folder.iterdir()}
    if not present:
        return ""
    try:
        listed = json.loads((folder / LIST).read_text("utf-8"))
        files = dict(listed["files"]) if listed["kind"] == kind else {}
    except (OSError, ValueError, KeyError, TypeError):
        files = {}
    if not files:
        return said("The folder is not empty, and was not written by this command: nothing in it is replaced.")
    for name in sorted(present - {LIST}):
        if name not in files:
            return said("The folder holds a file that was not written by this command: {name}.", name=name)
        if digest_of(folder / name) != files[name]:
            return said("A file in the folder was changed since it was written: {name}.", name=name)
    return ""


def _beside(folder: Path) -> Path:
    """An empty hidden folder beside another, its owner's alone; its name says which process of which machine writes it."""
    return Path(tempfile.mkdtemp(dir=folder.parent, prefix=f".{folder.name}.{_machine()}-{os.getpid()}."))


def _machine() -> str:
    """A short sign of this machine, fit for a name."""
    return hashlib.sha256(platform.node().encode()).hexdigest()[:8]


def _clean(folder: Path) -> None:
    """Removes what processes of this machine that are no more have left beside a folder while they wrote it."""
    pattern = re.compile(rf"\.{re.escape(folder.name)}\.{_machine()}-(\d+)\.[^.]+")
    for path in folder.parent.iterdir():
        match = pattern.fullmatch(path.name)
        if match and path.is_dir() and not path.is_symlink() and not _runs(int(match[1])):
            shutil.rmtree(path, ignore_errors=True)


def _runs(process: int) -> bool:
    """Whether a process of this machine runs, or that cannot be known."""
    if os.name == "nt":  # there a signal of any number ends the process
        return True
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except OSError:
        return True
    return True


def digest_of(path: Path) -> str:
    """The SHA-256 of a file's content, 64 hexadecimal digits; "" where it is none."""
    if not path.is_file():
        return ""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def _seal(made: Path, kind: str) -> None:
    files = {path.name: digest_of(path) for path in sorted(made.iterdir())}
    (made / LIST).write_text(json.dumps({"kind": kind, "files": files}, ensure_ascii=False, indent=1), "utf-8")
    for path in made.iterdir():
        path.chmod(0o600)
        with path.open("rb") as stream:
            os.fsync(stream.fileno())


def put_in_place(made: Path, folder: Path, aside: Path) -> None:
    """Moves a folder that is whole to its name; what stood there waits at `aside`, and is put back where that fails."""
    if not folder.exists():
        made.rename(folder)
        return
    folder.rename(aside)
    try:
        made.rename(folder)
    except OSError:
        aside.rename(folder)
        raise
    shutil.rmtree(aside, ignore_errors=True)

"""Writing that is whole or not at all."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from opencompact.tables.refusals import unwritable


@contextmanager
def replace_atomically(path: Path, mode: int = 0o644) -> Iterator[Path]:
    """A path beside `path` to write to; it takes the name of `path` when the block ends well, and is removed when not,
    with the folders that were made for it. Until then its owner alone can read it; `mode` says who may afterwards.
    A link stays a link to what is written; a device or a pipe (/dev/null, /dev/stdout) is written to, never put aside.

    Raises OutputError where the folder cannot be written to or the disk is full.
    """
    if path.exists() and not path.is_file() and not path.is_dir():
        with _into_device(path) as written:
            yield written
        return
    path = path.resolve() if path.is_symlink() else path
    temporary: Path | None = None
    made = [folder for folder in path.parents if not folder.exists()]
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.", suffix=".part")
        os.close(handle)
        temporary = Path(name)
        yield temporary
        with temporary.open("rb+") as stream:
            os.fsync(stream.fileno())
        temporary.chmod(mode)
        temporary.replace(path)
        temporary, made = None, []
    except OSError as problem:
        raise unwritable(path, problem) from problem
    finally:
        if temporary is not None:
            temporary.unlink(missing_ok=True)
        for folder in made:
            with suppress(OSError):  # it was not made, or another process has put something there
                folder.rmdir()


@contextmanager
def _into_device(path: Path) -> Iterator[Path]:
    """A file of our own whose content goes into a device or a pipe when it is whole."""
    with tempfile.TemporaryDirectory() as folder:
        whole = Path(folder) / "whole"
        whole.touch(0o600)
        yield whole
        try:
            with whole.open("rb") as source, path.open("wb") as device:
                shutil.copyfileobj(source, device)
        except OSError as problem:
            raise unwritable(path, problem) from problem


def write_bytes(path: Path, content: bytes) -> None:
    """Writes a whole file, or leaves what was there."""
    with replace_atomically(path) as temporary:
        temporary.write_bytes(content)


def write_text(path: Path, content: str) -> None:
    """Writes a whole UTF-8 file with Unix line ends, or leaves what was there."""
    write_bytes(path, content.encode("utf-8"))

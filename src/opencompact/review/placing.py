"""Where a review is put: written beside its place, put there in one step, by one process at a time.

A process that was killed leaves `.NAME.….part` beside the place, or in the moment between two renames `.NAME.old`; the next
build there removes the one and puts the other back.
"""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from opencompact.errors import OutputError, UsageError
from opencompact.language import said
from opencompact.tables.folders import put_in_place
from opencompact.tables.locking import alone
from opencompact.tables.refusals import reason_of_writing, room

MANIFEST = "manifest.json"


@contextmanager
def place(out: Path, waiting: Callable[[], None] | None = None) -> Iterator[Path]:
    """The right to write to `out`, of which one process has it at a time; what a killed one left is cleared first.

    Raises UsageError where `out` holds something that is no review, OutputError where nothing can be written there.
    """
    with _errors_of_the_disk(out):
        out.parent.mkdir(parents=True, exist_ok=True)
        with alone(out.with_name(f".{out.name}.lock"), waiting):
            _clear_leftovers(out)
            _refuse_other_things(out)
            yield out


@contextmanager
def replaced(out: Path) -> Iterator[Path]:
    """A folder beside `out` to write to; it takes the place of `out` when the block ends well, and is removed when not.

    To be used within `place`.
    """
    folder = Path(tempfile.mkdtemp(prefix=f".{out.name}.", suffix=".part", dir=out.parent))
    try:
        yield folder
        folder.chmod(0o755)
        put_in_place(folder, out, _aside(out))
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def take_over(source: Path, target: Path) -> None:
    """The same file under another name where the disk allows it, else a copy."""
    target.parent.mkdir(parents=True, exist_ok=True)
    try:
        os.link(source, target)
    except OSError:
        shutil.copyfile(source, target)


def _aside(out: Path) -> Path:
    return out.with_name(f".{out.name}.old")


def _clear_leftovers(out: Path) -> None:
    aside = _aside(out)
    if aside.exists():
        if out.exists():
            shutil.rmtree(aside, ignore_errors=True)
        else:
            aside.rename(out)
    for left in out.parent.glob(f".{out.name}.*.part"):
        shutil.rmtree(left, ignore_errors=True)


def _refuse_other_things(out: Path) -> None:
    if out.exists() and (not out.is_dir() or (any(out.iterdir()) and not (out / MANIFEST).is_file())):
        raise UsageError(
            "There is something here that is no review.", file=out, remedy="Name a folder that is new or empty."
        )


@contextmanager
def _errors_of_the_disk(out: Path) -> Iterator[None]:
    try:
        yield
    except OSError as problem:
        raise OutputError(
            said(
                "The review cannot be written: {reason}. What was there before is as it was.",
                reason=reason_of_writing(problem),
            ),
            file=out,
            remedy=room(problem),
        ) from problem

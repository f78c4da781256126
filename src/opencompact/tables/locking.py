"""One process at a time: a file that is held while the process lives, and let go when it ends, however it ends."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO


@contextmanager
def alone(path: Path, waiting: Callable[[], None] | None = None) -> Iterator[None]:
    """Holds the file `path`, which is there for so long; waits for whoever holds it, and calls `waiting` once if so.

    Raises OSError where the file cannot be made.
    """
    stream = _hold(path, waiting)
    try:
        yield
    finally:
        with suppress(OSError):  # Windows does not remove what is open
            path.unlink()
        stream.close()


def _hold(path: Path, waiting: Callable[[], None] | None) -> IO[str]:
    while True:
        stream = path.open("a")
        while not held(stream):
            if waiting is not None:
                waiting()
                waiting = None
            time.sleep(0.05)
        if _is(stream, path):
            return stream
        stream.close()


def _is(stream: IO[str], path: Path) -> bool:
    """Whether the file held is the one of that name: who held it before has removed it."""
    try:
        return os.path.samestat(os.fstat(stream.fileno()), path.stat())
    except OSError:
        return False


def held(stream: IO[str]) -> bool:
    """Whether this process now holds the open file; another one may not meanwhile."""
    try:
        if sys.platform == "win32":
            import msvcrt

            msvcrt.locking(stream.fileno(), msvcrt.LK_NBLCK, 1)
        else:
            import fcntl

            fcntl.flock(stream.fileno(), fcntl.LOCK_EX | fcntl.LOCK_NB)
    except (BlockingIOError, PermissionError):
        return False
    return True

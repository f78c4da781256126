"""A register kept in a file, so that the next search of the same records need not make it ready again.

The file is a second copy of people's records: it is written only where somebody names it, for its owner's eyes alone. It is used as
long as its fingerprint is that of the records, of the day and of this program, and its digest that of what it holds; it is made anew otherwise. The
digest finds damage and what was changed by hand; it is keyed by nothing secret, and no protection against whoever forges it too. The file holds Python
objects, which could be made to run anything when they are read; so nothing is read from it but arrays, dates and the classes of this room.
Own.
"""

from __future__ import annotations

import datetime
import hashlib
import pickle
import re
import zlib
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import IO, Any, NamedTuple

from opencompact.errors import InputError
from opencompact.missing.candidates.register import Register
from opencompact.missing.evidence.compare import Setting
from opencompact.missing.records.reading import Reading
from opencompact.tables import replace_atomically

OURS = ("opencompact.missing.", "opencompact.language.", "opencompact.errors")
OTHERS = {
    ("builtins", "set"),
    ("builtins", "frozenset"),
    ("datetime", "date"),
    ("datetime", "datetime"),
    ("pathlib", "PosixPath"),
    ("pathlib", "WindowsPath"),
    ("pathlib._local", "PosixPath"),
    ("pathlib._local", "WindowsPath"),
    ("numpy", "dtype"),
    ("numpy", "ndarray"),
    ("numpy._core.multiarray", "_reconstruct"),
    ("numpy._core.multiarray", "scalar"),
    ("numpy._core.numeric", "_frombuffer"),
}


class Ready(NamedTuple):
    """A file of records as it was read, its register with the index of its keys, and how often each value is met in it."""

    reading: Reading
    register: Register
    setting: Setting


def fingerprint(files: Sequence[Path | None], *stated: str | None, today: datetime.date) -> str:
    """What a register depends on: the contents of the files, what was stated beside them, the day (ages are told on one), this program."""
    found = hashlib.sha256(f"{_program()} {today} {stated}".encode())
    for file in files:
        found.update(b"-" if file is None else hashlib.sha256(file.read_bytes()).digest())
    return found.hexdigest()


@cache
def _program() -> int:
    """A number that is another one when a file of this room is."""
    found = 0
    for file in sorted(Path(__file__).parents[1].rglob("*")):
        if file.suffix in (".py", ".toml", ".tsv", ".csv"):
            found = zlib.crc32(file.read_bytes(), found)
    return found


def keep(path: Path, ready: Ready, of: str) -> None:
    """Writes a register to a file that its owner alone can read, whole or not at all. Raises OutputError."""
    with replace_atomically(path, mode=0o600) as unfinished, unfinished.open("wb") as stream:
        stream.write(of.encode() + b"\n" + b"0" * DIGITS + b"\n")
        digested = _Digested(stream)
        pickle.dump(tuple(ready), digested, protocol=5)
        stream.seek(len(of) + 1)
        stream.write(digested.digest.hexdigest().encode())


DIGITS = 64
"""Hexadecimal digits of a digest (SHA-256, FIPS 180-4)."""


class _Digested:
    """A stream that works out the digest of what is written to it."""

    def __init__(self, stream: IO[bytes]) -> None:
        self.stream, self.digest = stream, hashlib.sha256()

    def write(self, content: Any) -> int:
        """Writes, as a file does."""
        self.digest.update(content)
        return self.stream.write(content)


def check_index(path: Path) -> None:
    """Raises InputError where there is another file than `keep` writes: it is not written over."""
    if not path.exists():
        return
    with path.open("rb") as stream:
        start = stream.readline(128)
    if not re.fullmatch(rb"[0-9a-f]{64}\n", start):
        raise InputError(
            "This file is no index of records: it is not written over.", file=path, remedy="Name another file."
        )


def kept(path: Path, of: str) -> Ready | None:
    """The register that a file holds; None where there is none, where it is of something else, was changed, or cannot be read."""
    try:
        with path.open("rb") as stream:
            if stream.readline(128) != of.encode() + b"\n":
                return None
            digest = stream.readline(DIGITS + 1)
            start = stream.tell()
            if digest != hashlib.file_digest(stream, "sha256").hexdigest().encode() + b"\n":
                return None
            stream.seek(start)
            ready = Ready(*_Own(stream).load())
            return ready if isinstance(ready.register, Register) else None
    except Exception:  # whatever is wrong with it, it is made anew
        return None


class _Own(pickle.Unpickler):
    """Reads nothing but what `keep` writes."""

    def __init__(self, stream: IO[bytes]) -> None:
        super().__init__(stream)

    def find_class(self, module: str, name: str) -> Any:
        """A class of this room, or one of `OTHERS`; never a function, nor what a module has from elsewhere."""
        if (module, name) in OTHERS:
            return super().find_class(module, name)
        if module.startswith(OURS) and "." not in name:
            found = super().find_class(module, name)
            if isinstance(found, type) and found.__module__ == module:
                return found
        raise pickle.UnpicklingError(f"{module}.{name}")

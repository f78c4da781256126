"""Which program made something: what an earlier build wrote is taken over only from the same one."""

from __future__ import annotations

import hashlib
from functools import cache
from importlib.metadata import version
from importlib.resources import files
from pathlib import Path

from opencompact import __version__

# What sets, draws and writes.
TOOLS = ("babel", "fonttools", "jinja2", "polars", "python-docx", "typst")
DRAWS = ("look", "language", "tables", "review", "statistics/sdmx")
COMPOSES = (*DRAWS, "compact", "statistics", "documents", "actions")


def digest(*parts: str) -> str:
    """A short text that is another where a part is another."""
    return hashlib.sha256("\x1f".join(parts).encode()).hexdigest()[:16]


@cache
def drawn_by() -> str:
    """What turns a composed page and a table into files: the text of these rooms, the versions of their tools."""
    return _of(DRAWS)


@cache
def made_by() -> str:
    """What turns observations into a review: the same, and what reads, finds and composes."""
    return _of(COMPOSES)


def _of(rooms: tuple[str, ...]) -> str:
    root = Path(str(files("opencompact")))
    found = sorted({path for room in rooms for path in (root / room).rglob("*") if path.is_file()})
    parts = [f"{path.relative_to(root)} {_content(path)}" for path in found if path.suffix != ".pyc"]
    return digest(__version__, *(f"{tool} {version(tool)}" for tool in TOOLS), *parts)


def _content(path: Path) -> str:
    """Text by what stands in it; fonts, boundaries and other large files, which come with the version, by their size."""
    if path.suffix in (".py", ".toml", ".csv", ".po", ".html", ".css", ".typ", ".xml", ".txt"):
        return hashlib.sha256(path.read_bytes()).hexdigest()
    return str(path.stat().st_size)

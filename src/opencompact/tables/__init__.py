"""Files in and out, row by row, with the place of every fault; atomic writing."""

import importlib
from typing import TYPE_CHECKING, Any

from opencompact.tables.atomic import replace_atomically, write_bytes, write_text

if TYPE_CHECKING:
    from opencompact.tables.encoding import decode
    from opencompact.tables.raw import ROW, RawTable, unique_headings
    from opencompact.tables.reading import read_table

__all__ = [
    "ROW",
    "RawTable",
    "decode",
    "read_table",
    "replace_atomically",
    "unique_headings",
    "write_bytes",
    "write_text",
]

_MODULES = {"encoding": ("decode",), "raw": ("ROW", "RawTable", "unique_headings"), "reading": ("read_table",)}


def __getattr__(name: str) -> Any:
    """Readers load when they are asked for: who only writes a file need not wait for Polars."""
    for module, names in _MODULES.items():
        if name in names:
            return getattr(importlib.import_module(f"opencompact.tables.{module}"), name)
    raise AttributeError(name)

"""Files in and out, row by row, with the place of every fault; atomic writing."""

from typing import TYPE_CHECKING, Any

from opencompact.tables.atomic import replace_atomically, write_bytes, write_text

if TYPE_CHECKING:
    from opencompact.tables.reading import ROW, RawTable, decode, read_table, unique_headings

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


def __getattr__(name: str) -> Any:
    """Readers load when they are asked for: who only writes a file need not wait for Polars."""
    if name in __all__:
        from opencompact.tables import reading

        return getattr(reading, name)
    raise AttributeError(name)

"""Files in and out, row by row, with the place of every fault; atomic writing."""

from opencompact.tables.atomic import replace_atomically, write_bytes, write_text
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

"""Files in and out, row by row, with the place of every fault; atomic writing."""

from opencompact.tables.atomic import replace_atomically, write_bytes, write_text

__all__ = ["replace_atomically", "write_bytes", "write_text"]

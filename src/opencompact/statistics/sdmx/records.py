"""The observations of a data message as they stand: one row each, one column of text a component, nothing translated."""

from __future__ import annotations

from dataclasses import dataclass

import polars as pl

Record = dict[str, str | None]


VALUE = "OBS_VALUE"


@dataclass(frozen=True)
class Raw:
    """A data message.

    table:      `row` (1 = the first observation; for CSV the line) and one text column a component.
    dimensions: those that the message itself marks as such; None where it does not say (structure-specific XML, CSV).
    deleted:    rows that the message says are deleted, and so are none.
    """

    table: pl.DataFrame
    dimensions: frozenset[str] | None
    deleted: pl.DataFrame


def frame(records: list[Record], dimensions: frozenset[str] | None) -> Raw:
    """Records as a table, numbered from 1."""
    columns = dict.fromkeys(name for record in records for name in record)
    data = {name: [record.get(name) for record in records] for name in columns}
    table = pl.DataFrame(data, schema=dict.fromkeys(columns, pl.String)).with_row_index("row", offset=1)
    table = table.cast({"row": pl.Int64})
    return Raw(table, dimensions, table.clear())

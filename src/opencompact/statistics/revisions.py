"""Revisions: how the same cell of the same source changed from one vintage to the next."""

from __future__ import annotations

import polars as pl

from opencompact.statistics.observations import CELL

_BREAKDOWNS = ("sex", "age", "migratory_status", "origin", "breakdown")


def revisions_of(observations: pl.DataFrame) -> pl.DataFrame:
    """Pairs of successive vintages of one source in which a cell's value differs: totals first, largest relative change first.

    observations: values of all editions, as `Workspace.values(…, all_editions=True)` gives them. A value for a part of
    a period (status P) is not compared: it grew, it was not revised.

    Columns: those of a cell, source, earlier_vintage, vintage, earlier, value, difference (value − earlier, in the
    unit), percent (difference / earlier × 100, null where earlier is 0), unit.
    """
    comparable = observations.filter(pl.col("value").is_not_null(), pl.col("status") != "P")
    one_each = comparable.unique(subset=[*CELL, "source", "vintage"], keep="first", maintain_order=True)
    key = [*CELL, "source"]
    paired = one_each.sort("vintage").with_columns(
        pl.col("value").shift(1).over(key).alias("earlier"),
        pl.col("vintage").shift(1).over(key).alias("earlier_vintage"),
    )
    difference = pl.col("value") - pl.col("earlier")
    changed = paired.filter(pl.col("earlier").is_not_null(), difference != 0).with_columns(
        difference.alias("difference"),
        pl.when(pl.col("earlier") != 0).then(100 * difference / pl.col("earlier")).alias("percent"),
    )
    columns = [*key, "earlier_vintage", "vintage", "earlier", "value", "difference", "percent", "unit"]
    parts = pl.sum_horizontal(pl.col(name) != "_T" for name in _BREAKDOWNS)
    return changed.select(columns).sort(
        parts, pl.col("percent").abs(), *CELL, descending=[False, True] + [False] * len(CELL), nulls_last=True
    )

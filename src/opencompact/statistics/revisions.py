"""Revisions: how the same cell of the same source changed from one vintage to the next."""

from __future__ import annotations

import polars as pl

from opencompact.statistics.incidents import WITHOUT_SEA
from opencompact.statistics.observations import CELL

_BREAKDOWNS = ("sex", "age", "migratory_status", "origin", "breakdown")


def revisions_of(observations: pl.DataFrame) -> pl.DataFrame:
    """Pairs of successive vintages of one source in which a cell's value differs: totals first, largest relative change first.

    observations: values of all editions, as `Workspace.values(…, all_editions=True)` gives them. Not compared are a
    value for a part of a period (status P: it grew, it was not revised), one that leaves out what the other edition
    counts (note `incidents.WITHOUT_SEA`), and a label of a breakdown where the two editions divide that area and period
    into other labels: people moved from one to the other, their number was not revised.

    Columns: those of a cell, source, earlier_vintage, vintage, earlier, value, difference (value − earlier, in the
    unit), percent (difference / earlier × 100, null where earlier is 0), unit.
    """
    counted_alike = ~pl.col("note").str.contains(WITHOUT_SEA, literal=True).fill_null(False)
    comparable = observations.filter(pl.col("value").is_not_null(), pl.col("status") != "P", counted_alike)
    one_each = comparable.unique(subset=[*CELL, "source", "vintage"], keep="first", maintain_order=True)
    key = [*CELL, "source"]
    paired = (
        _with_labels(one_each)
        .sort("vintage")
        .with_columns(
            pl.col("value", "_labels").shift(1).over(key).name.map(lambda name: f"{name}_before"),
            pl.col("vintage").shift(1).over(key).alias("earlier_vintage"),
        )
        .rename({"value_before": "earlier"})
    )
    difference = pl.col("value") - pl.col("earlier")
    divided_alike = pl.col("_labels") == pl.col("_labels_before")
    changed = paired.filter(pl.col("earlier").is_not_null(), difference != 0, divided_alike).with_columns(
        difference.alias("difference"),
        pl.when(pl.col("earlier") != 0).then(100 * difference / pl.col("earlier")).alias("percent"),
    )
    columns = [*key, "earlier_vintage", "vintage", "earlier", "value", "difference", "percent", "unit"]
    parts = pl.sum_horizontal(pl.col(name) != "_T" for name in _BREAKDOWNS)
    return changed.select(columns).sort(
        parts, pl.col("percent").abs(), *CELL, descending=[False, True] + [False] * len(CELL), nulls_last=True
    )


def _with_labels(cells: pl.DataFrame) -> pl.DataFrame:
    """With `_labels`: every label into which the edition divides the cell's indicator, area and period by these keys."""
    keyed = cells.with_columns(pl.col("breakdown").str.replace_all("=[^;]*", "").alias("_keys"))
    divided = ["indicator", "area", "period", "source", "vintage", "_keys"]
    labels = keyed.group_by(divided).agg(pl.col("breakdown").unique().sort().str.join("\n").alias("_labels"))
    return keyed.join(labels, on=divided, maintain_order="left")

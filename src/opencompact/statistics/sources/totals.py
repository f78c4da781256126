"""Totals that a publisher leaves to its readers: over origins, over the months of a year, over regions and the world.

Counts only. A computed total says so in its note, which begins with "computed", and gives way to a published one.
"""

from __future__ import annotations

from functools import lru_cache

import polars as pl

from opencompact import compact
from opencompact.statistics.notes import SEPARATOR
from opencompact.statistics.observations import CELL

_GROUPS = ("region", "subregion", "intermediate-region", "sdg-region", "group", "union")


def sums(frame: pl.DataFrame, over: str, what: str) -> pl.DataFrame:
    """Sums of `value` over the column `over`, which becomes the total (`_T`); the note says how many `what` were added.

    frame: observations or some of their columns, one row a cell.
    """
    key = [name for name in (*CELL, "unit") if name in frame.columns and name != over]
    return (
        frame.filter(pl.col("value").is_not_null())
        .group_by(key)
        .agg(pl.col("value").sum(), pl.len().alias("_n"))
        .select(
            *key,
            "value",
            pl.lit("_T").alias(over),
            pl.format(f"computed: sum over {{}} {what}", "_n").alias("note"),
        )
    )


def of_groups(frame: pl.DataFrame) -> pl.DataFrame:
    """Sums over the members of each M49 region and group, and over the world, status E.

    A zero of nothing but zeros of low reliability (status U) is one itself, and its note is theirs after its own.

    The world is the sum of all areas of the frame, unknown and stateless among them; a region is the sum of those of its
    members that have a value, and its note says how many of how many.
    """
    key = [name for name in (*CELL, "unit") if name in frame.columns and name != "area"]
    counted = frame.filter(pl.col("value").is_not_null()).select(*key, "area", "value", _doubt(frame).alias("_doubt"))
    world = (
        counted.group_by(key)
        .agg(pl.col("value").sum(), pl.len().alias("_n"), _doubt_of_all())
        .select(
            *key,
            "value",
            "_doubt",
            pl.lit("001").alias("area"),
            pl.format("computed: sum over {} areas", "_n").alias("note"),
        )
    )
    membership = _membership(compact.areas_known())
    regions = (
        counted.join(membership, left_on="area", right_on="member")
        .group_by(*key, "group", "size")
        .agg(pl.col("value").sum(), pl.len().alias("_n"), _doubt_of_all())
        .select(
            *key,
            "value",
            "_doubt",
            pl.col("group").alias("area"),
            pl.format("computed: sum over {} of {} areas", "_n", "size").alias("note"),
        )
    )
    doubted = pl.col("_doubt").is_not_null()
    return (
        pl.concat([world, regions])
        .with_columns(
            pl.when(doubted).then(pl.lit("U")).otherwise(pl.lit("E")).alias("status"),
            pl.concat_str(
                "note",
                pl.when(doubted & (pl.col("_doubt") != "")).then("_doubt"),
                separator=SEPARATOR,
                ignore_nulls=True,
            ).alias("note"),
        )
        .drop("_doubt")
    )


def _doubt(frame: pl.DataFrame) -> pl.Expr:
    """The note of a zero of low reliability, perhaps an empty one; null of every other value."""
    if "status" not in frame.columns:
        return pl.lit(None, pl.String)
    note = pl.col("note").fill_null("") if "note" in frame.columns else pl.lit("")
    return pl.when((pl.col("value") == 0) & (pl.col("status") == "U")).then(note)


def _doubt_of_all() -> pl.Expr:
    """The note of the first where all are zeros of low reliability, else null."""
    return pl.when(pl.col("_doubt").is_not_null().all()).then(pl.col("_doubt").first()).alias("_doubt")


@lru_cache(maxsize=4)
def _membership(_: int) -> pl.DataFrame:
    """Pairs of group and member, with the number of members of the group."""
    pairs = [
        (area.code, member, len(area.members))
        for area in compact.areas()
        if area.kind in _GROUPS
        for member in area.members
    ]
    return pl.DataFrame(pairs, schema={"group": pl.String, "member": pl.String, "size": pl.Int64}, orient="row")


def without_gaps(observations: pl.DataFrame) -> pl.DataFrame:
    """Totals (`_T`), status A and confidentiality F where frames of different columns were put together."""
    total = ("sex", "age", "migratory_status", "origin", "breakdown")
    return observations.with_columns(
        *(pl.col(name).fill_null("_T") for name in total),
        pl.col("status").fill_null("A"),
        pl.col("confidentiality").fill_null("F"),
    )

"""Shares that no file of the newest revision holds: computed from two indicators when they are asked for.

A share is computed cell by cell from current values, and never where the denominator is missing or zero. Its vintage,
file and row are those of the numerator; its note names the denominator's edition. A share that a publisher gives is kept
where none can be computed from an edition as new.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import polars as pl

from opencompact.statistics.observations import CELL, SCHEMA, observations

_JOINED = ["area", "period", "age"]


@dataclass(frozen=True)
class Share:
    """numerator / denominator × 100; `by_sex`: by the same sex, else the numerator's `sex` over both."""

    numerator: str
    denominator: str
    by_sex: bool = True
    sex: str = "_T"


#: Indicator → how it is computed.
SHARES = {
    "migrants.share": Share("migrants", "population"),
    "migrants.women-share": Share("migrants", "migrants", by_sex=False, sex="F"),
    "emigrants.share": Share("emigrants", "population"),
}


def computed_share(indicator: str, read: Callable[[str], pl.DataFrame | None]) -> pl.DataFrame:
    """Observations of a share, percent. read: current values of an indicator, None where nothing is loaded."""
    share = SHARES[indicator]
    numerator, denominator = read(share.numerator), read(share.denominator)
    if numerator is None or denominator is None:
        return pl.DataFrame(schema=SCHEMA)
    parts, wholes = _totals(numerator), _totals(denominator)
    on = [*_JOINED, "sex"]
    if not share.by_sex:
        on = _JOINED
        parts = parts.filter(pl.col("sex") == share.sex).with_columns(pl.lit("_T").alias("sex"))
        wholes = wholes.filter(pl.col("sex") == "_T")
    joined = parts.join(wholes.select(*on, "value", "source", "vintage", "status"), on=on, suffix="_whole")
    usable = joined.filter(pl.col("value").is_not_null(), pl.col("value_whole") > 0)
    note = pl.concat_str(
        pl.lit(f"computed: {share.numerator} / {share.denominator} of "), "source_whole", pl.lit("@"), "vintage_whole"
    )
    return observations(
        usable.with_columns(
            (100 * pl.col("value") / pl.col("value_whole")).alias("value"),
            note.alias("note"),
            pl.lit(None, pl.Float64).alias("lower"),
            pl.lit(None, pl.Float64).alias("upper"),
        ),
        indicator=indicator,
        unit="percent",
    )


def _totals(values: pl.DataFrame) -> pl.DataFrame:
    """Values by area, period, sex and age alone."""
    return values.filter(
        pl.all_horizontal(pl.col(name) == "_T" for name in ("migratory_status", "origin", "breakdown"))
    )


def newest_of(published: pl.DataFrame, computed: pl.DataFrame) -> pl.DataFrame:
    """One value a cell: the one of the newer vintage, the published one where both are as new."""
    both = pl.concat([published, computed]).sort("vintage", descending=True, maintain_order=True)
    return both.unique(subset=CELL, keep="first", maintain_order=True).sort(CELL)

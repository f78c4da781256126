"""Shares that no file of the newest revision holds: computed from two indicators when they are asked for.

A share is computed cell by cell from current values, and never where the denominator is missing or zero. Its vintage,
file and row are those of the numerator; its note names the denominator's edition. A share that a publisher gives is kept
where none can be computed from an edition as new.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import polars as pl

from opencompact.statistics import editions
from opencompact.statistics.observations import CELL, SCHEMA, observations
from opencompact.statistics.sources.unhcr_share import refugees_per_population

_JOINED = ["area", "period", "age"]


@dataclass(frozen=True)
class Share:
    """numerator / denominator × 100; `by_sex`: by the same sex, else the numerator's `sex` over both.

    `published_first`: what a publisher gives stands, however old, and the share is computed only where there is nothing.
    """

    numerator: str
    denominator: str
    by_sex: bool = True
    sex: str = "_T"
    published_first: bool = False


REFUGEES_SHARE = "10.7.4"
#: Counted with the refugees of 10.7.4, by where they come from.
PROTECTED = "protection.other"

#: Indicator → how it is computed.
SHARES = {
    "migrants.share": Share("migrants", "population"),
    "migrants.women-share": Share("migrants", "migrants", by_sex=False, sex="F"),
    "emigrants.share": Share("emigrants", "population"),
    REFUGEES_SHARE: Share("refugees.origin", "population", published_first=True),
}


def computed_share(indicator: str, read: Callable[[str], pl.DataFrame | None]) -> pl.DataFrame:
    """Observations of a share, percent (10.7.4: per 100,000).

    read: current values of an indicator, None where nothing is loaded.
    """
    if indicator == REFUGEES_SHARE:
        return _refugees_share(read)
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


def _refugees_share(read: Callable[[str], pl.DataFrame | None]) -> pl.DataFrame:
    refugees, population = read("refugees.origin"), read("population")
    if refugees is None or population is None:
        return pl.DataFrame(schema=SCHEMA)
    return refugees_per_population(refugees, population, protected=read(PROTECTED))


def _totals(values: pl.DataFrame) -> pl.DataFrame:
    """Values by area, period, sex and age alone."""
    return values.filter(
        pl.all_horizontal(pl.col(name) == "_T" for name in ("migratory_status", "origin", "breakdown"))
    )


def one_of(indicator: str, published: pl.DataFrame, computed: pl.DataFrame) -> pl.DataFrame:
    """One value a cell: the one of the newer vintage, the published one where both are as new.

    A share that is `published_first` is computed only where nothing is published; a user's own value always stands.
    """
    both = pl.concat([published, computed])
    if not SHARES[indicator].published_first:
        own = pl.col("source") == editions.OWN
        both = both.sort(own, "vintage", descending=True, maintain_order=True)
    return both.unique(subset=CELL, keep="first", maintain_order=True).sort(CELL)

"""What a number is measured in where its table does not say: the indicator's own scale, if the numbers can only be on it."""

from __future__ import annotations

from typing import NamedTuple

import polars as pl

from opencompact.compact import Catalogue
from opencompact.errors import UnknownCodeError

NOT_STATED = "not stated"


class Scale(NamedTuple):
    """A scale with two ends; on some only whole numbers stand."""

    least: float
    most: float
    whole: bool = False


# What is measured on them cannot be published as a count: the numbers of a table show whether they are on the scale.
SCALES: dict[str, Scale] = {
    "percent": Scale(0, 100),
    "index 0-100": Scale(0, 100),
    "index 0-10": Scale(0, 10),
    "index 0-1": Scale(0, 1),
    "yes or no": Scale(0, 1, whole=True),
    "level of policy": Scale(1, 4, whole=True),
}
# Numbers of which none is greater may be hundredths of what they are to say: 0.4 for 40 per cent.
_FRACTION = 1


def with_units(rows: pl.DataFrame, catalogue: Catalogue) -> pl.DataFrame:
    """Observations whose `unit` is the indicator's own where their table states none, or one that is in no list.

    The indicator's is taken only where it is a scale with two ends and every number of the table (one source, one indicator)
    stands on it. A rate, an amount and a count may each be published for another: of these the unit stays as it is. The `note`
    of a row whose unit was taken says so.
    """
    listed = [word.id for word in catalogue.units]
    unlisted = ~pl.col("unit").is_in(listed)
    groups = (
        rows.filter(unlisted)
        .group_by("indicator", "source", "unit")
        .agg(
            pl.col("value").min().alias("least"),
            pl.col("value").max().alias("most"),
            (pl.col("value") == pl.col("value").floor()).all().alias("whole"),
        )
    )
    taken = [
        {"indicator": name, "source": source, "unit": unit, "own": own}
        for name, source, unit, least, most, whole in groups.iter_rows()
        if (own := _scale_of(name, catalogue)) and least is not None and _stands_on(SCALES[own], least, most, whole)
    ]
    if not taken:
        return rows
    found = pl.DataFrame(taken, schema=dict.fromkeys(("indicator", "source", "unit", "own"), pl.String))
    joined = rows.join(found, on=["indicator", "source", "unit"], how="left", maintain_order="left")
    said = pl.format("the table's unit is {}; that of the indicator is taken", "unit")
    note = pl.concat_str([pl.col("note"), said], separator="; ", ignore_nulls=True)
    return joined.with_columns(
        pl.when(pl.col("own").is_null()).then("note").otherwise(note).alias("note"),
        pl.coalesce("own", "unit").alias("unit"),
    ).select(rows.columns)


def _scale_of(indicator: str, catalogue: Catalogue) -> str | None:
    """The unit of an indicator if it is a scale with two ends."""
    try:
        unit = catalogue.indicator(indicator).unit
    except UnknownCodeError:
        return None
    return unit if unit in SCALES else None


def _stands_on(scale: Scale, least: float, most: float, whole: bool) -> bool:
    """Whether numbers from `least` to `most` are on a scale, and cannot be fractions of it."""
    if not scale.least <= least <= most <= scale.most or (scale.whole and not whole):
        return False
    return scale.most < 100 or most > _FRACTION

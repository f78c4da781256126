"""The synthetic sample: tidy tables whose first column says that they are synthetic, its second which source they play."""

from __future__ import annotations

from datetime import date

import polars as pl

from opencompact.statistics.areas import WORLD
from opencompact.statistics.observations import SCHEMA
from opencompact.statistics.sources.contract import Coverage, Reading, Recognition, set_aside
from opencompact.statistics.sources.file import SourceFile

MARK = "synthetic"
NOTE = "synthetic: made up, of a place that does not exist"


def recognise(file: SourceFile) -> Recognition | None:
    """By the first two columns of the header, and the source and table that the first row names."""
    if file.header()[:2] != [MARK, "table"]:
        return None
    from opencompact.statistics.sample.places import register

    register()
    source, _, table = str(file.csv()["table"][0]).rpartition("/")
    return Recognition(source, table)


def read(file: SourceFile, recognition: Recognition) -> Reading:
    """Every row is an observation, or an incident from which observations are counted."""
    table = file.csv()
    if recognition.table == "incidents":
        return _incidents(table)
    typed = [
        pl.col(name).cast(kind, strict=False)
        for name, kind in SCHEMA.items()
        if name in table.columns and name not in ("row", "source", "vintage", "file")
    ]
    return Reading(
        table.select(pl.col("row").cast(pl.Int64), *typed, pl.lit(NOTE).alias("note")),
        set_aside(),
        read=table.height,
        vintage=str(table["vintage"][0]),
    )


def _incidents(table: pl.DataFrame) -> Reading:
    from opencompact.statistics.incidents import INCIDENTS, counts
    from opencompact.statistics.sample.places import world

    incidents = table.with_columns(
        pl.concat_list("origins").list.drop_nulls().alias("origins"),
        pl.col("date").str.to_date(),
        *(pl.lit(None, kind).alias(name) for name, kind in INCIDENTS.items() if name not in table.columns),
    ).select(pl.col(name).cast(kind) for name, kind in INCIDENTS.items())
    years = incidents["date"].dt.year()
    covered = Coverage(date(int(str(years.min())), 1, 1), date(int(str(years.max())), 12, 31))
    counted = counts(incidents, covered).filter(pl.col("area") != world())  # the same as "001", which becomes theirs
    counted = counted.with_columns(pl.col("area").replace(WORLD, world()), pl.lit(NOTE).alias("note"))
    return Reading(
        counted,
        set_aside(),
        read=table.height,
        kept=table.height,
        vintage=str(table["vintage"][0]),
        coverage=(covered,),
        tables={"incidents": incidents},
    )

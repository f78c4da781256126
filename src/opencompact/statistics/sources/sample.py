"""The synthetic sample: tidy tables whose first column says that they are synthetic, its second which source they play."""

from __future__ import annotations

import polars as pl

from opencompact.statistics.observations import SCHEMA
from opencompact.statistics.sources.contract import Reading, Recognition, set_aside
from opencompact.statistics.sources.file import SourceFile

MARK = "synthetic"


def recognise(file: SourceFile) -> Recognition | None:
    """By the first two columns of the header, and the source and table that the first row names."""
    if file.header()[:2] != [MARK, "table"]:
        return None
    from opencompact.statistics.sample.places import register

    register()
    source, _, table = str(file.csv()["table"][0]).rpartition("/")
    return Recognition(source, table)


def read(file: SourceFile, recognition: Recognition) -> Reading:
    """Every row is an observation."""
    table = file.csv()
    typed = [
        pl.col(name).cast(kind, strict=False)
        for name, kind in SCHEMA.items()
        if name in table.columns and name not in ("row", "source", "vintage", "file")
    ]
    return Reading(
        table.select(pl.col("row").cast(pl.Int64), *typed),
        set_aside(),
        read=table.height,
        vintage=str(table["vintage"][0]),
    )

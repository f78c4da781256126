"""Third parties' reductions of published tables, for cross-checks: sums by year, beside the publishers' own."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path
from typing import Any

import polars as pl

from opencompact.errors import InvalidDataError
from opencompact.statistics import areas
from opencompact.statistics.observations import observations
from opencompact.statistics.sources import contract
from opencompact.statistics.sources.contract import Reading, Recognition, set_aside
from opencompact.statistics.sources.file import SourceFile

_INCIDENTS = "derived.missing-migrants"


@cache
def _definition() -> dict[str, Any]:
    return tomllib.loads(Path(__file__).with_suffix(".toml").read_text("utf-8"))


def recognise(file: SourceFile) -> Recognition | None:
    """By the columns; the points by the keys that their JSON begins with."""
    if file.format == "json":
        points = b'"regions"' in file.head[:200] and b'"points"' in file.content
        return Recognition(_INCIDENTS, "points", derived=True) if points else None
    for identifier in (_INCIDENTS, "derived.wdi"):
        found = contract.recognise_by_columns(file, contract.source(identifier))
        if found is not None:
            return found
    return None


def read(file: SourceFile, recognition: Recognition) -> Reading:
    """Sums by year of one of the tables; a row without a number, a year or an indicator is set aside."""
    rows = _TABLES[recognition.table](file)
    usable = pl.all_horizontal(pl.col(name).is_not_null() for name in ("area", "period", "value", "indicator"))
    kept = rows.filter(usable)
    last = kept["period"].max()
    if not isinstance(last, str):
        raise InvalidDataError("No row has an area, a year and a number.", file=file.name, remedy="Check the file.")
    sums = kept.group_by("indicator", "unit", "area", "period", "breakdown").agg(pl.col("value").sum())
    if recognition.table == "cleaned":
        world = sums.group_by("indicator", "unit", "period", "breakdown").agg(pl.col("value").sum())
        sums = pl.concat([sums, world.with_columns(pl.lit(areas.WORLD).alias("area"))], how="diagonal")
    return Reading(
        observations=observations(sums),
        set_aside=set_aside(rows.filter(~usable), reason="no area, year, number, or no indicator of this name"),
        read=rows.height,
        kept=kept.height,
        vintage=f"{last}-12-31",
        dated=False,
    )


def _counted(rows: pl.DataFrame, value: str, year: pl.Expr, area: pl.Expr, subset: str | None) -> pl.DataFrame:
    return rows.select(
        pl.col("row").cast(pl.Int64),
        area.alias("area"),
        year.alias("period"),
        pl.col(value).cast(pl.Float64, strict=False).alias("value"),
        pl.lit("missing.dead-and-missing").alias("indicator"),
        pl.lit("persons").alias("unit"),
        pl.lit(f"subset={subset}" if subset else "_T").alias("breakdown"),
        pl.col(value).cast(pl.String).alias("content"),
    )


def _europe(file: SourceFile) -> pl.DataFrame:
    year = pl.col("Incident year").str.extract(r"^(\d{4})$")
    return _counted(file.csv(), "No. dead/missing", year, pl.lit(areas.WORLD), "towards Europe")


def _cleaned(file: SourceFile) -> pl.DataFrame:
    known = pl.coalesce(areas.translated("geo"), pl.lit("UNK"))
    return _counted(file.csv(), "dead", pl.col("t").str.extract(r"^(\d{4})"), known, None)


def _points(file: SourceFile) -> pl.DataFrame:
    listed = file.json()["points"]
    rows = pl.DataFrame(
        {"row": range(1, len(listed) + 1), "total": [point[2] for point in listed], "year": [str(p[3]) for p in listed]}
    )
    year = pl.col("year").str.extract(r"^(\d{4})$")
    return _counted(rows, "total", year, pl.lit(areas.WORLD), None)


def _selected(file: SourceFile) -> pl.DataFrame:
    meaning = _definition()["variables"]
    named = {
        key: pl.col("var").replace_strict(
            {name: entry[key] for name, entry in meaning.items()}, default=None, return_dtype=pl.String
        )
        for key in ("indicator", "unit")
    }
    return file.csv().select(
        "row",
        areas.translated("geo").alias("area"),
        pl.col("t").str.extract(r"^(\d{4})$").alias("period"),
        pl.col("v").cast(pl.Float64, strict=False).alias("value"),
        named["indicator"].alias("indicator"),
        named["unit"].alias("unit"),
        pl.lit("_T").alias("breakdown"),
        pl.concat_list(pl.col("geo", "var", "t", "v").fill_null("")).list.join(",").alias("content"),
    )


_TABLES = {"europe": _europe, "cleaned": _cleaned, "points": _points, "selected": _selected}

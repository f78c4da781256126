"""IDMC's tables: disaster events added up by country, year and hazard; conflict by country and year."""

from __future__ import annotations

import polars as pl

from opencompact.statistics.observations import breakdown, observations
from opencompact.statistics.sources.contract import Reading, Recognition, recognise_by_columns, set_aside, source
from opencompact.statistics.sources.file import SourceFile
from opencompact.statistics.sources.meaning import definition, last_day_in, number
from opencompact.statistics.sources.totals import of_groups, sums, without_gaps

_EMPTY = "empty: not known, not 0"


def recognise(file: SourceFile) -> Recognition | None:
    """By the columns; the updates by the fields of their JSON. The table with more columns goes first."""
    if file.format == "json":
        known = b'"displacement_type"' in file.head and b'"standard_popup_text"' in file.head
        table = source("idmc.gidd").table("updates_sample")
        return Recognition("idmc.gidd", table.name, table.without_observations) if known else None
    header = set(file.header())
    if header == {"geo", "t", "cause", "sex", "age", "n"}:
        return Recognition("idmc.gidd", "people_by_sex_and_age")
    found = recognise_by_columns(file, source("idmc.gidd"))
    return None if found is not None and found.table == "flows_by_cause" and len(header) != 4 else found


def read(file: SourceFile, recognition: Recognition) -> Reading:
    """One of the tables."""
    table = file.csv()
    match recognition.table:
        case "disaster_events":
            return _events(table)
        case "conflict_by_country_year":
            return _conflict(table)
        case "flows_by_cause":
            return _flows(table)
        case _:
            return _by_sex_and_age(table)


def _events(table: pl.DataFrame) -> Reading:
    """Events added up by country, year and hazard. An event is never an observation, but stays as a row of `events`.

    The number of people still displaced at the end of the year (from 2019) is told for some events and empty for the others.
    """
    names = {"new_displacement": "displacement.disaster.new", "total_displacement": "displacement.disaster"}
    cells = [
        table.select(
            "row",
            pl.lit(indicator).alias("indicator"),
            pl.col("iso3").alias("area"),
            pl.col("year").alias("period"),
            breakdown(hazard=pl.col("hazard_type_name")).alias("breakdown"),
            pl.col(column).alias("content"),
            number(column).alias("value"),
        )
        for column, indicator in names.items()
    ]
    told = pl.concat(cells).filter(pl.col("value").is_not_null())
    by_hazard = (
        told.group_by("indicator", "area", "period", "breakdown")
        .agg(pl.col("value").sum(), pl.len().alias("_n"))
        .with_columns(pl.format("computed: sum over {} events", "_n").alias("note"))
        .drop("_n")
    )
    total = sums(by_hazard, "breakdown", "hazards")
    silent = table.join(told.select("row").unique(), on="row", how="anti")
    empty = cells[1].filter(pl.col("value").is_null())
    aside = [
        set_aside(silent.select("row"), reason=_EMPTY),
        set_aside(
            pl.DataFrame({"row": [None]}, schema={"row": pl.Int64}),
            column="total_displacement",
            reason=_EMPTY,
            count=empty.height,
        ),
    ]
    found = pl.concat([by_hazard, total], how="diagonal")
    events = table.rename({"row": "file_row"})
    return _reading(found, aside, table, kept=table.height - silent.height, events=events)


def _conflict(table: pl.DataFrame) -> Reading:
    """New displacements in the year, and people displaced at its end, by conflict and violence."""
    names = {"new_displacement": "displacement.conflict.new", "total_displacement": "displacement.conflict"}
    values, aside = [], []
    for column, indicator in names.items():
        cells = table.select(
            "row",
            pl.lit(indicator).alias("indicator"),
            pl.col("iso3").alias("area"),
            pl.col("year").alias("period"),
            pl.col(column).alias("content"),
            number(column).alias("value"),
        )
        values.append(cells.filter(pl.col("value").is_not_null()).drop("content"))
        empty = cells.filter(pl.col("value").is_null())
        aside.append(set_aside(empty, column=column, reason=_EMPTY))
    found = pl.concat(values)
    silent = table.join(found.select("row").unique(), on="row", how="anti").select("row")
    return _reading(found, [*aside, set_aside(silent, reason=_EMPTY)], table)


def _flows(table: pl.DataFrame) -> Reading:
    """New displacements by cause: conflict, or the hazard of a disaster (their sum is the disaster total)."""
    conflict = pl.col("cause") == "conflict"
    hazard = pl.when(~conflict).then(pl.col("cause").str.head(1).str.to_uppercase() + pl.col("cause").str.slice(1))
    told = table.select(
        "row",
        pl.when(conflict)
        .then(pl.lit("displacement.conflict.new"))
        .otherwise(pl.lit("displacement.disaster.new"))
        .alias("indicator"),
        pl.col("geo").alias("area"),
        pl.col("t").alias("period"),
        breakdown(hazard=hazard.replace(definition("idmc")["hazards"])).alias("breakdown"),
        number("n").alias("value"),
    )
    found = told.filter(pl.col("value").is_not_null())
    total = sums(found.filter(pl.col("breakdown") != "_T").drop("row"), "breakdown", "hazards")
    aside = [set_aside(told.filter(pl.col("value").is_null()).select("row"), reason=_EMPTY)]
    return _reading(pl.concat([found, total], how="diagonal"), aside, table)


def _by_sex_and_age(table: pl.DataFrame) -> Reading:
    """People displaced at the end of the year by sex and age; children and adults are sums of the age groups."""
    codes = definition("idmc")
    told = table.select(
        "row",
        pl.format("displacement.{}", "cause").alias("indicator"),
        pl.col("geo").alias("area"),
        pl.col("t").alias("period"),
        pl.col("sex").replace_strict(codes["sexes"], default=None).alias("sex"),
        pl.col("age").replace_strict(codes["ages"], default=None).alias("age"),
        number("n").alias("value"),
    )
    odd = told.filter(pl.any_horizontal(pl.col("sex", "age", "value").is_null()) | ~pl.col("indicator").is_in(_CAUSES))
    found = told.join(odd.select("row"), on="row", how="anti")
    known = found.filter(pl.col("sex") != "_U").drop("row")
    by_sex = sums(known, "age", "ages")
    children = pl.col("age").is_in(["Y0T4", "Y5T11", "Y12T17"])
    adults = known.with_columns(pl.when(children).then(pl.lit("Y0T17")).otherwise(pl.lit("Y_GE18")).alias("age"))
    by_majority = (
        adults.group_by("indicator", "area", "period", "sex", "age")
        .agg(pl.col("value").sum())
        .with_columns(pl.lit("computed: sum over ages").alias("note"))
    )
    both = sums(pl.concat([known, by_majority], how="diagonal"), "sex", "sexes")
    aside = [set_aside(odd.select("row"), reason="no number, or a cause, sex or age that is not known")]
    return _reading(pl.concat([found, by_sex, by_majority, both], how="diagonal"), aside, table)


_CAUSES = ["displacement.conflict", "displacement.disaster"]


def _reading(
    found: pl.DataFrame,
    aside: list[pl.DataFrame],
    table: pl.DataFrame,
    kept: int | None = None,
    events: pl.DataFrame | None = None,
) -> Reading:
    own = found.drop("row") if "row" in found.columns else found
    whole = observations(pl.concat([found, of_groups(own)], how="diagonal"), unit="persons").with_columns(_unit())
    tables = {} if events is None else {"events": events}
    whole = without_gaps(whole)
    return Reading(whole, set_aside(*aside), table.height, last_day_in(whole), kept=kept, tables=tables, dated=False)


def _unit() -> pl.Expr:
    """New displacements are movements in a year, of which one person may make several; totals are people at its end."""
    movements = pl.col("indicator").str.ends_with(".new")
    return pl.when(movements).then(pl.lit("displacements")).otherwise("unit").cast(pl.String).alias("unit")

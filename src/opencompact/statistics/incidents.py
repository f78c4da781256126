"""Incidents in which people died or went missing, and the observations that are counted from them.

Where an incident counts (docs/reference/sources.md):

* for the world, always;
* for a country, where the file names exactly one ("Country of Incident"), at sea as on land; never by its coordinates;
* for an M49 or SDG region, where that country is one of its members, or where the file names the region or a part of it
  ("UNSD Geographical Grouping"; an incident at sea is "Uncategorized" there). So a region has what its members have. A
  file that names no country leaves the incidents at sea out of its regions, and the values say so.

A person counts once in each breakdown, so that the parts add up to the total: an incident with several causes, routes
or countries of origin counts under "Several …" (origin `OOO`), one of which it is not known under "Not known" (`UNK`).
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

import polars as pl

from opencompact.statistics import areas
from opencompact.statistics.observations import breakdown, observations
from opencompact.statistics.sources.contract import Coverage
from opencompact.statistics.store import Part, Shapes

#: Columns of a table of incidents: one row is one row of the file.
INCIDENTS: dict[str, pl.DataType | type[pl.DataType]] = {
    "row": pl.Int64,  # of the file
    "id": pl.String,  # as the file has it; not always unique
    "type": pl.String,  # Incident, Split Incident, Cumulative Incident; null where the file does not say
    "date": pl.Date,  # first day of what is known
    "precision": pl.String,  # day, month or year
    "latitude": pl.Float64,
    "longitude": pl.Float64,
    "dead": pl.Int64,  # persons; null where not known
    "missing": pl.Int64,
    "total": pl.Int64,  # dead and missing
    "survivors": pl.Int64,
    "females": pl.Int64,  # among the dead and missing; null where not known, or more than the total
    "males": pl.Int64,
    "children": pl.Int64,
    "route": pl.String,
    "cause": pl.String,
    "origins": pl.List(pl.String),  # ISO3 codes; [] where not known
    "origin_region": pl.String,  # "Southern Asia", "Southern Asia (presumed)"
    "region": pl.String,  # IOM's own: "Mediterranean"
    "group": pl.String,  # M49 code of the region of the incident; null at sea
    "country": pl.String,  # ISO3 where the file names exactly one
    "place": pl.String,
    "quality": pl.Int64,  # of the sources, 1 to 5; the lowest where several are given
    "information": pl.String,
    "url": pl.String,
}

#: Note of a region's value in a file that names no country: it is not what a file with countries counts for a region.
WITHOUT_SEA = "without incidents at sea"

_MEASURES = {
    "dead": "missing.dead",
    "missing": "missing.missing",
    "total": "missing.dead-and-missing",
    "survivors": "missing.survivors",
}


_COUNTED = [
    *("date", "precision", "route", "cause", "region", "origin_region", "origins"),
    *(*_MEASURES, "females", "males", "children"),
]


def counts(incidents: pl.DataFrame, coverage: Coverage) -> pl.DataFrame:
    """Observations by year and month, area, and one breakdown at a time: route, cause, origin, region, sex, age.

    Indicators: missing.dead, .missing, .dead-and-missing, .survivors, and 10.7.3 (dead and missing, by year).
    Sex and age are of the dead and missing, by year. A period that the file covers in part has status P and says so
    in its note. A sum is over what is known; where nothing is known there is no observation.
    """
    placed = _placed(_with_people_taken_back(incidents))
    world = placed.filter(pl.col("area") == areas.WORLD)
    every, yearly = ["%Y", "%Y-%m"], ["%Y"]
    tables = [
        _sums(placed, every),
        _sums(placed, every, breakdown(route=_one_label("route"))),
        _sums(placed, every, breakdown(cause=_one_label("cause"))),
        _sums(world, yearly, breakdown(region=_one_label("region"))),
        _sums(placed, yearly, breakdown(**{"origin-region": _one_label("origin_region")})),
        _sums(placed, yearly, origin=_one_origin()),
        _persons(placed, "females", sex="F"),
        _persons(placed, "males", sex="M"),
        _persons(placed, "children", age="Y0T17"),
    ]
    counted = pl.concat(tables, how="diagonal")
    official = counted.filter(
        pl.col("indicator") == "missing.dead-and-missing", pl.col("period").str.len_chars() == 4
    ).with_columns(pl.lit("10.7.3").alias("indicator"))
    return observations(_with_status(_totals_named(pl.concat([counted, official])), coverage), unit="persons")


def _with_people_taken_back(incidents: pl.DataFrame) -> pl.DataFrame:
    """Fewer dead and missing than dead: the publisher takes back people counted as missing elsewhere, and sums are less by them.

    So the dead and the missing of a year add up to its total, as they do in the publisher's own file.
    """
    taken_back = pl.col("missing").is_null() & (pl.col("total") < pl.col("dead"))
    return incidents.with_columns(
        pl.when(taken_back).then(pl.col("total") - pl.col("dead")).otherwise("missing").alias("missing")
    )


def _placed(incidents: pl.DataFrame) -> pl.DataFrame:
    """One row an incident and area that it counts for."""
    around = {group: list(areas.groups_around(group)) for group in incidents["group"].drop_nulls().unique()}
    home = {country: [country, *areas.groups_with(country)] for country in incidents["country"].drop_nulls().unique()}
    lists = pl.List(pl.String)
    named = [
        pl.col(column).replace_strict(codes, default=[], return_dtype=lists)
        for column, codes in (("group", around), ("country", home))
    ]
    everywhere = pl.concat_list(pl.lit(areas.WORLD), *named).list.unique()
    return incidents.select(*_COUNTED, everywhere.alias("area")).explode("area")


def _one_label(column: str) -> pl.Expr:
    """The label, "Not known" where there is none, "Several" where several are joined by a comma without a space."""
    several = pl.col(column).str.contains(r",\S")
    return (
        pl.when(pl.col(column).is_null())
        .then(pl.lit("Not known"))
        .when(several)
        .then(pl.lit("Several"))
        .otherwise(column)
    )


def _one_origin() -> pl.Expr:
    number = pl.col("origins").list.len()
    return (
        pl.when(number == 1)
        .then(pl.col("origins").list.first())
        .when(number == 0)
        .then(pl.lit("UNK"))
        .otherwise(pl.lit("OOO"))
    )


def _sums(
    placed: pl.DataFrame, periods: Sequence[str], by: pl.Expr | None = None, origin: pl.Expr | None = None
) -> pl.DataFrame:
    """Sums of every measure by period, area and, at will, one breakdown or the origin."""
    keys = ["period", "area"]
    if by is not None:
        placed, keys = placed.with_columns(by.alias("breakdown")), [*keys, "breakdown"]
    if origin is not None:
        placed, keys = placed.with_columns(origin.alias("origin")), [*keys, "origin"]
    tables = []
    for form in periods:
        known = placed if form == "%Y" else placed.filter(pl.col("precision") != "year")
        sums = (
            known.with_columns(pl.col("date").dt.strftime(form).alias("period"))
            .group_by(keys)
            .agg(_sum_of_known(column).alias(indicator) for column, indicator in _MEASURES.items())
        )
        tables.append(sums.unpivot(index=keys, variable_name="indicator", value_name="value").drop_nulls("value"))
    return pl.concat(tables)


def _persons(placed: pl.DataFrame, column: str, **cell: str) -> pl.DataFrame:
    """Persons of one sex or age among the dead and missing, by year."""
    sums = placed.group_by(pl.col("date").dt.strftime("%Y").alias("period"), "area").agg(
        _sum_of_known(column).alias("value")
    )
    return sums.drop_nulls("value").with_columns(
        pl.lit("missing.dead-and-missing").alias("indicator"),
        *(pl.lit(code).alias(name) for name, code in cell.items()),
    )


def _sum_of_known(column: str) -> pl.Expr:
    """The sum of what is known; none where nothing is, or where more people are taken back than were counted."""
    return pl.when((pl.col(column).count() > 0) & (pl.col(column).sum() >= 0)).then(pl.col(column).sum())


def _totals_named(counted: pl.DataFrame) -> pl.DataFrame:
    return counted.with_columns(pl.col("breakdown", "origin", "sex", "age").fill_null("_T"))


def _with_status(counted: pl.DataFrame, coverage: Coverage) -> pl.DataFrame:
    end = coverage.end.isoformat()
    last = pl.col("period") == pl.lit(end).str.head(pl.col("period").str.len_chars())
    in_part = last & ~_ends_with(coverage.end)
    names_countries = pl.lit(coverage.areas is None)
    notes = [
        pl.when(in_part).then(pl.lit(f"to {end}")),
        pl.when(~names_countries & (pl.col("area") != areas.WORLD)).then(pl.lit(WITHOUT_SEA)),
    ]
    together = pl.concat_str(notes, separator="; ", ignore_nulls=True)
    return counted.with_columns(
        pl.when(in_part).then(pl.lit("P")).otherwise(pl.lit("A")).alias("status"),
        pl.when(together != "").then(together).alias("note"),
    )


def _ends_with(day: date) -> pl.Expr:
    """Whether a period that holds the day ends with it."""
    next_day = day + timedelta(days=1)
    ends_year, ends_month = next_day.year != day.year, next_day.month != day.month
    return pl.when(pl.col("period").str.len_chars() == 4).then(pl.lit(ends_year)).otherwise(pl.lit(ends_month))


def current_incidents(
    parts: Sequence[tuple[Part, Shapes, pl.DataFrame]], *, start: str | None = None, end: str | None = None
) -> pl.DataFrame:
    """Incidents of each day from the newest edition of a source that covers it: INCIDENTS, source, vintage, file.

    Editions are compared within their source: what one source covers says nothing of what another has.
    """
    newest_first = sorted(parts, key=lambda entry: entry[0].vintage, reverse=True)
    tables = []
    for source in sorted({part.source for part, _, _ in parts}):
        tables += _of_one_source([entry for entry in newest_first if entry[0].source == source])
    found = pl.concat(tables).sort("source", "date", "vintage", "row")
    if start is not None:
        found = found.filter(pl.col("date") >= date.fromisoformat(start))
    if end is not None:
        found = found.filter(pl.col("date") <= date.fromisoformat(end))
    return found


def _of_one_source(newest_first: Sequence[tuple[Part, Shapes, pl.DataFrame]]) -> list[pl.DataFrame]:
    taken = pl.lit(False)
    tables = []
    for part, what, incidents in newest_first:
        marked = incidents.filter(~taken).with_columns(
            pl.lit(part.source).alias("source"), pl.lit(part.vintage).alias("vintage"), pl.lit(part.file).alias("file")
        )
        tables.append(marked)
        for entry in what.declared:
            taken = taken | pl.col("date").is_between(entry.start, entry.end)
    return tables

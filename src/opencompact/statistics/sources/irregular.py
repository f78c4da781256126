"""Border detections by month and nationality, with the sums that a reader asks for; asylum applicants in Europe."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import polars as pl

from opencompact.statistics.observations import breakdown, observations
from opencompact.statistics.sources.contract import Reading, Recognition, recognise_by_columns, set_aside, source
from opencompact.statistics.sources.file import SourceFile
from opencompact.statistics.sources.meaning import definition, last_day_in, month_of_day, number
from opencompact.statistics.sources.totals import sums, without_gaps

_IDS = ("frontex.detections", "us-cbp.encounters", "panama.darien", "eurostat.asylum-applicants")
_BAD = "no number, or no day"


def recognise(file: SourceFile) -> Recognition | None:
    """By the columns; the two tables of days, nationalities and numbers by their names too."""
    header = file.header()
    if header == ["t", "nat", "n"]:
        names = {"irreg_honduras_nat": "honduras.irregular-entries", "irreg_mexico_nat": "mexico.irregular-events"}
        return next((Recognition(identifier, table) for table, identifier in names.items() if table in file.name), None)
    for identifier in _IDS:
        found = recognise_by_columns(file, source(identifier))
        if found is not None and len(header) == len(source(identifier).table(found.table).columns):
            return found
    return None


def read(file: SourceFile, recognition: Recognition) -> Reading:
    """One of the tables."""
    table = file.csv()
    match recognition.table:
        case "eu_asyapp":
            return _asylum(table)
        case "irreg_darien_dmg":
            return _by_sex_and_age(table)
        case name:
            return _detections(table, definition("irregular")["meanings"][name])


def _detections(table: pl.DataFrame, meaning: Mapping[str, Any]) -> Reading:
    """Monthly rows as they stand, then sums by the slices of the meaning, by month and by whole year."""
    keys: Mapping[str, str] = meaning["keys"]
    rows = table.select(
        "row",
        number("n").alias("value"),
        month_of_day("t").alias("period"),
        pl.col("nat").replace(definition("irregular")["special_areas"]).alias("origin"),
        *(pl.col(column).alias(key) for column, key in keys.items()),
    )
    odd = rows.filter(pl.col("value").is_null() | pl.col("period").is_null())
    rows = _years_in_january(rows.join(odd.select("row"), on="row", how="anti"))
    leaves = _leaves(rows, list(keys.values()))
    found = [leaves, *(_slice(rows, names) for names in meaning["slices"])]
    constant = {"area": meaning["area"], "indicator": "border-detections", "unit": "crossings"}
    whole = _reading_of(pl.concat(found, how="diagonal"), constant, meaning.get("route"), meaning.get("note"))
    return Reading(
        whole,
        set_aside(odd.select("row"), reason=_BAD),
        table.height,
        last_day_in(whole),
        kept=rows.height,
        dated=False,
    )


def _years_in_january(rows: pl.DataFrame) -> pl.DataFrame:
    """A year of which only January has rows, and which is over, was published as one count: its period is the year."""
    year = pl.col("period").str.head(4)
    only_january = (pl.col("period").str.slice(5) == "01").all().over(year) & (year < year.max())
    return rows.with_columns(pl.when(only_january).then(year).otherwise(pl.col("period")).alias("period"))


def _leaves(rows: pl.DataFrame, keys: list[str]) -> pl.DataFrame:
    """The rows as they stand; rows of one cell (two names under one code of nationality) are added and say so."""
    cell = ["period", "origin", *keys]
    return (
        rows.group_by(cell)
        .agg(pl.col("value").sum(), pl.col("row").min(), pl.len().alias("_n"))
        .select(
            "period",
            pl.col("origin").fill_null("_T"),
            breakdown(**{key: pl.col(key) for key in keys}).alias("breakdown")
            if keys
            else pl.lit("_T").alias("breakdown"),
            "value",
            pl.when(pl.col("_n") == 1).then("row").alias("row"),
            pl.when(pl.col("_n") > 1).then(pl.format("computed: sum over {} rows of one code", "_n")).alias("note"),
        )
    )


def _slice(rows: pl.DataFrame, names: list[str]) -> pl.DataFrame:
    """Sums over everything but `names`, as observations of a breakdown; `origin` is one of our columns, the others are keys."""
    keys = {name: pl.col(name) for name in names if name != "origin"}
    return _added(rows, names).select(
        "period",
        (pl.col("origin") if "origin" in names else pl.lit("_T")).alias("origin"),
        (breakdown(**keys) if keys else pl.lit("_T")).alias("breakdown"),
        "value",
        "note",
    )


def _added(rows: pl.DataFrame, names: list[str]) -> pl.DataFrame:
    """Sums by month and by year over everything but `names`.

    A year is added up where the slice is told from its January or before to its December or after. Months without any row
    are months in which nothing was recorded.
    """
    told = rows.filter(pl.all_horizontal(pl.lit(True), *(pl.col(name).is_not_null() for name in names)))
    monthly = told.filter(pl.col("period").str.len_chars() == 7)
    first, last = monthly["period"].min(), monthly["period"].max()
    year = pl.col("period").str.head(4)
    yearly = monthly.filter((year + "-01" >= first) & (year + "-12" <= last)).with_columns(year.alias("period"))
    return (
        pl.concat([told, yearly])
        .group_by("period", *names)
        .agg(pl.col("value").sum(), pl.len().alias("_n"))
        .with_columns(pl.format("computed: sum over {} rows", "_n").alias("note"))
    )


def _reading_of(
    found: pl.DataFrame, constant: Mapping[str, str], route: str | None, remark: str | None
) -> pl.DataFrame:
    """Observations; a slice that is a leaf already (no breakdown, one row) is not repeated."""
    cell = ["period", "origin", "breakdown"]
    whole = found.unique(cell, keep="first", maintain_order=True)
    if route:
        whole = whole.with_columns(pl.lit(f"route={route}").alias("breakdown"))
    if remark:
        whole = whole.with_columns(pl.concat_str("note", pl.lit(remark), separator="; ", ignore_nulls=True))
    return without_gaps(observations(whole, **constant))


def _by_sex_and_age(table: pl.DataFrame) -> Reading:
    """Men, women, boys and girls who crossed the Darien, by month and by year."""
    people = definition("irregular")["people"]
    rows = table.select(
        "row",
        number("n").alias("value"),
        month_of_day("t").alias("period"),
        pl.col("demog").replace_strict({name: code[0] for name, code in people.items()}, default=None).alias("sex"),
        pl.col("demog").replace_strict({name: code[1] for name, code in people.items()}, default=None).alias("age"),
    )
    odd = rows.filter(pl.any_horizontal(pl.col("value", "period", "sex", "age").is_null()))
    rows = rows.join(odd.select("row"), on="row", how="anti")
    yearly = _added(rows, ["sex", "age"]).filter(pl.col("period").str.len_chars() == 4)
    found = pl.concat([rows, yearly.drop("_n")], how="diagonal")
    ages, sexes = sums(found.drop("row", "note"), "age", "ages"), sums(found.drop("row", "note"), "sex", "sexes")
    whole = without_gaps(
        observations(
            pl.concat([found, ages, sexes], how="diagonal").with_columns(pl.lit("route=Darien").alias("breakdown")),
            indicator="border-detections",
            area="PAN",
            unit="crossings",
        )
    )
    return Reading(whole, set_aside(odd.select("row"), reason=_BAD), table.height, last_day_in(whole), dated=False)


def _asylum(table: pl.DataFrame) -> Reading:
    """Applicants by country, year, citizenship and sex, with sums over each."""
    rows = table.select(
        "row",
        number("n").alias("value"),
        pl.lit("asylum.applicants").alias("indicator"),
        pl.col("geo").alias("area"),
        pl.col("t").alias("period"),
        pl.col("nat").replace(definition("irregular")["special_areas"]).alias("origin"),
        pl.col("sex").replace_strict(definition("irregular")["sexes"], default=None).alias("sex"),
    )
    odd = rows.filter(pl.col("value").is_null() | pl.col("sex").is_null())
    rows = rows.join(odd.select("row"), on="row", how="anti")
    both = sums(rows.drop("row"), "sex", "sexes")
    by_sex = sums(rows.drop("row"), "origin", "origins")
    total = sums(by_sex.drop("note"), "sex", "sexes")
    whole = without_gaps(observations(pl.concat([rows, both, by_sex, total], how="diagonal"), unit="persons"))
    return Reading(whole, set_aside(odd.select("row"), reason=_BAD), table.height, last_day_in(whole), dated=False)

"""The Global SDG Indicators Database in DDF format: one series a file, codes of the database turned into ours."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date

import polars as pl

from opencompact.compact import area, areas
from opencompact.errors import OpenCompactError
from opencompact.statistics.observations import breakdown, observations
from opencompact.statistics.sources.contract import Reading, Recognition, set_aside, source
from opencompact.statistics.sources.file import SourceFile
from opencompact.statistics.sources.meaning import definition, last_day_in, number
from opencompact.statistics.sources.totals import without_gaps

_ID = "unsd.sdg-database"


def recognise(file: SourceFile) -> Recognition | None:
    """By the header: the dimensions, then the series; code lists and concepts by theirs."""
    header = file.header()
    if header[:2] == ["concept", "concept_type"]:
        return _without("concepts")
    if len(header) == 2 and header[1] == "name" and file.path.name.startswith(f"ddf--entities--{header[0]}"):
        return _without("entities")
    known = {"geo_area", "nature", "units", "year"} <= set(header) and header[-1] in definition("unsd_sdg")["series"]
    return Recognition(_ID, header[-1]) if known else None


def _without(table: str) -> Recognition:
    return Recognition(_ID, table, source(_ID).table(table).without_observations)


def read(file: SourceFile, recognition: Recognition) -> Reading:
    """One series. A row of a group that M49 no longer has is set aside; the letter N is a value that is missing."""
    codes = definition("unsd_sdg")
    series = codes["series"][recognition.table]
    table = file.csv()
    natures = {code: status for code, (status, _) in codes["natures"].items()}
    words = {code: word or None for code, (_, word) in codes["natures"].items()}
    content = pl.col(recognition.table)
    found = table.select(
        "row",
        content.alias("content"),
        number(recognition.table).alias("value"),
        pl.col("year").alias("period"),
        pl.col("geo_area").replace_strict(_areas(table["geo_area"]), default=None).alias("area"),
        pl.col("geo_area"),
        _coded(table, "sex", "sexes"),
        _coded(table, "age", "ages"),
        _coded(table, "migratory_status", "migratory_statuses"),
        _breakdown(table, series.get("key")),
        pl.col("nature").replace_strict(natures, default=None).alias("status"),
        pl.col("nature").replace_strict(words, default=None).alias("note"),
    )
    unknown = pl.any_horizontal(pl.col("sex", "age", "migratory_status", "status").is_null())
    elsewhere = found.filter(pl.col("area").is_null())
    odd = found.filter(
        pl.col("area").is_not_null() & (unknown | (pl.col("value").is_null() & (pl.col("content") != "N")))
    )
    kept = found.join(pl.concat([elsewhere, odd]).select("row"), on="row", how="anti")
    missing = pl.when(pl.col("value").is_null()).then(pl.lit("O")).otherwise("status").alias("status")
    whole = observations(kept.with_columns(missing, _unit(series["unit"])), indicator=series["indicator"])
    group = pl.col("geo_area").replace(codes["former_groups"])
    aside = set_aside(
        elsewhere.select("row", "content", (pl.lit("no area of M49 today: ") + group).alias("reason")),
        set_aside(odd.select("row", "content"), reason="no number, or a code that is not known"),
    )
    release = _release(file)
    return Reading(without_gaps(whole), aside, table.height, release or last_day_in(whole), dated=release is not None)


def _release(file: SourceFile) -> str | None:
    """The release that the folder is named after (`…-2020-10`), as the last day of its month: the files do not say it.

    The files of a release lie in one folder, those of its series in `datapoints` below it.
    """
    names = [folder.name for folder in file.path.absolute().parents][:2]
    found = next((match for name in names if (match := re.search(r"\b(\d{4})-(0[1-9]|1[0-2])$", name))), None)
    if found is None:
        return None
    year, month = int(found[1]), int(found[2])
    return date(year, month, monthrange(year, month)[1]).isoformat()


def _unit(unit: str) -> pl.Expr:
    """A country has something or has it not; of a group it is told how many countries have it."""
    groups = [each.code for each in areas() if each.is_group]
    counted = pl.col("area").is_in(groups) & (pl.lit(unit) == "yes or no")
    return pl.when(counted).then(pl.lit("number")).otherwise(pl.lit(unit)).alias("unit")


def _areas(codes: pl.Series) -> dict[str, str]:
    """The areas of these M49 codes, with or without leading zeros; those that are no area are left out."""
    found = {}
    for code in codes.drop_nulls().unique():
        try:
            found[code] = area(code.zfill(3)).code
        except OpenCompactError:
            continue
    return found


def _coded(table: pl.DataFrame, column: str, codes: str) -> pl.Expr:
    if column not in table.columns:
        return pl.lit("_T").alias(column)
    return pl.col(column).replace_strict(definition("unsd_sdg")[codes], default=None).alias(column)


def _breakdown(table: pl.DataFrame, series: str | None) -> pl.Expr:
    codes = definition("unsd_sdg")
    keys: dict[str, pl.Expr] = {
        key: pl.when(pl.col(column) != codes["totals"][column]).then(
            pl.col(column).str.strip_prefix("domain").str.to_uppercase()
        )
        for column, key in codes["keys"].items()
        if column in table.columns
    }
    if series:
        keys["series"] = pl.lit(series)
    return (breakdown(**keys) if keys else pl.lit("_T")).alias("breakdown")

"""IOM's Missing Migrants Project: one row an incident, under four different headers and as the API's JSON."""

from __future__ import annotations

import html
import re
import tomllib
from collections.abc import Iterable
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Any

import polars as pl

from opencompact.errors import InvalidDataError
from opencompact.statistics import areas
from opencompact.statistics.incidents import INCIDENTS, counts
from opencompact.statistics.sources.contract import Coverage, Reading, Recognition, set_aside
from opencompact.statistics.sources.file import SourceFile

SOURCE = "iom.missing-migrants"
_NEEDED = {"id", "dead", "missing", "coordinates", "date", "region", "quality"}
_NUMBERS = ["dead", "missing", "total", "survivors", "females", "males", "children"]


@cache
def _definition() -> dict[str, dict[str, Any]]:
    return tomllib.loads(Path(__file__).with_suffix(".toml").read_text("utf-8"))


@cache
def _names() -> dict[str, str]:
    """What a column is called in some file → what we call it."""
    return {theirs: ours for ours, listed in _definition()["columns"].items() for theirs in listed}


def recognise(file: SourceFile) -> Recognition | None:
    """By the columns that every edition has; the API's answer by its fields."""
    if file.format == "json":
        fields = re.findall(r'"(\w+)":', file.head[:4096].decode("utf-8", errors="replace"))
        return Recognition(SOURCE, _answer(file)) if _known(fields) else None
    return Recognition(SOURCE, "incidents") if _known(file.header()) else None


def _answer(file: SourceFile) -> str:
    """The API answers a year at a time: each answer is a table of its own."""
    year = re.search(rb'"reported_date": "(\d{4})-', file.head)
    return f"api-{year[1].decode()}" if year else "api"


def _known(fields: Iterable[str]) -> bool:
    return {_names().get(field) for field in fields} >= _NEEDED


def read(file: SourceFile, recognition: Recognition) -> Reading:
    """Incidents, and what is counted from them. A row without date, month and year, in its number as well, is set aside."""
    typed = _typed(_rows(file))
    negative = _negative(typed)
    rows = _with_totals(typed.with_columns(pl.when(pl.col(name) >= 0).then(pl.col(name)) for name in _NUMBERS))
    undated = rows.filter(pl.col("date").is_null())
    dated = rows.filter(pl.col("date").is_not_null())
    incidents, impossible = _without_impossible_breakdowns(dated)
    coverage = _coverage(file, incidents)
    aside = set_aside(
        set_aside(
            undated.with_columns(
                pl.concat_list("id", pl.col("total").cast(pl.String)).list.join(": ").alias("content")
            ),
            reason="no date, month or year",
        ),
        impossible,
        negative,
    )
    return Reading(
        observations=counts(incidents, coverage),
        set_aside=aside,
        read=rows.height,
        kept=incidents.height,
        vintage=_vintage(file, coverage),
        dated=file.format != "json",
        coverage=(coverage,),
        tables={"incidents": incidents.select(*INCIDENTS)},
        notes=_notes(coverage),
    )


def _rows(file: SourceFile) -> pl.DataFrame:
    """The file's rows under our names, as text; columns that it does not have are empty."""
    if file.format == "json":
        answer = [{key: html.unescape(str(text or "")) for key, text in record.items()} for record in file.json()]
        table = pl.DataFrame(answer, infer_schema_length=None).with_row_index("row", offset=1).cast({"row": pl.Int64})
    elif file.format == "xlsx":
        table = file.sheet(file.sheets[0])
    else:
        table = file.csv()
    text = table.select(
        "row", *(pl.col(column).alias(_names()[column]) for column in table.columns if column in _names())
    )
    absent = [
        pl.lit(None, pl.String).alias(name) for name in dict.fromkeys(_names().values()) if name not in text.columns
    ]
    cells = pl.col(pl.String).str.strip_chars()
    return text.with_columns(absent).with_columns(pl.when(cells != "").then(cells))


def _typed(rows: pl.DataFrame) -> pl.DataFrame:
    day = pl.coalesce(
        pl.col("date").str.extract(r"^(\d{4}-\d{2}-\d{2})").str.to_date("%Y-%m-%d", strict=False),
        pl.col("date").str.extract(r"(\d{2}/\d{2}/\d{4})").str.to_date("%m/%d/%Y", strict=False),
        pl.col("date").str.to_date("%B %d, %Y", strict=False),
    )
    # The publisher numbers incidents by year (2020.MMP01074): in every row that has a date or a year it is the same.
    year = pl.coalesce(pl.col("year"), pl.col("id").str.extract(r"^(\d{4})\.MMP\d")).str.head(4)
    month = pl.col("month").str.head(3)
    month_start = (year + " " + month + " 1").str.to_date("%Y %b %d", strict=False)
    year_start = (year + "-01-01").str.to_date("%Y-%m-%d", strict=False)
    point = pl.col("coordinates").str.split_exact(",", 1)
    return rows.with_columns(
        pl.coalesce(day, month_start, year_start).alias("date"),
        pl.when(day.is_not_null())
        .then(pl.lit("day"))
        .when(month_start.is_not_null())
        .then(pl.lit("month"))
        .otherwise(pl.lit("year"))
        .alias("precision"),
        *(_number(name) for name in _NUMBERS),
        point.struct.field("field_0").str.strip_chars().cast(pl.Float64, strict=False).alias("latitude"),
        point.struct.field("field_1").str.strip_chars().cast(pl.Float64, strict=False).alias("longitude"),
        _presumed("origin_region").alias("origin_region"),
        _presumed("cause").alias("cause"),
        _codes("origins").alias("origins"),
        areas.translated("country").alias("country"),
        pl.coalesce(
            pl.col("group").replace_strict(_definition()["groups"], default=None, return_dtype=pl.String),
            areas.translated("group"),
        ).alias("group"),
        pl.col("quality").str.extract_all(r"\d").list.eval(pl.element().cast(pl.Int64)).list.min().alias("quality"),
    )


def _with_totals(rows: pl.DataFrame) -> pl.DataFrame:
    """The dead and missing as published, also where one of the two was set aside; where no total is given, their sum."""
    return rows.with_columns(
        pl.coalesce("total", pl.sum_horizontal("dead", "missing", ignore_nulls=True)).alias("total")
    )


def _negative(rows: pl.DataFrame) -> pl.DataFrame:
    """Cells with fewer people than none: the cell is set aside and the row kept, its total as the publisher has it."""
    return set_aside(
        *(
            rows.filter(pl.col(name) < 0).select(
                "row",
                pl.lit(name).alias("column"),
                pl.lit("a number of people cannot be negative").alias("reason"),
                pl.concat_list("id", pl.col(name).cast(pl.String)).list.join(": ").alias("content"),
            )
            for name in _NUMBERS
        )
    )


def _number(name: str) -> pl.Expr:
    """A count that may be written with thousands separators or as a decimal ("1,022", "3.0")."""
    return pl.col(name).str.replace_all(",", "", literal=True).cast(pl.Float64, strict=False).cast(pl.Int64).alias(name)


def _presumed(name: str) -> pl.Expr:
    return pl.col(name).str.replace_all(" (P)", " (presumed)", literal=True)


def _codes(name: str) -> pl.Expr:
    """Codes of the countries in a cell; they are joined by commas without a space (names may hold ", ")."""
    return pl.col(name).map_batches(_code_lists, return_dtype=pl.List(pl.String))


def _code_lists(cells: pl.Series) -> pl.Series:
    lists = {cell: [] if cell == "Unknown" else _countries(cell) for cell in cells.unique().drop_nulls()}
    return cells.replace_strict(lists, default=[], return_dtype=pl.List(pl.String))


def _countries(cell: str) -> list[str]:
    """Codes of the countries that a cell names: joined by "," in the workbook, by ", " in the other downloads."""
    found = []
    for piece in re.split(r",(?! )", cell):
        names = [piece] if areas.code_or_none(piece) else piece.split(", ")
        found += [_definition()["origins"].get(name) or areas.code_or_none(name) or "OOO" for name in names]
    return found


def _without_impossible_breakdowns(rows: pl.DataFrame) -> tuple[pl.DataFrame, pl.DataFrame]:
    """More women and men, or more children, than people: the breakdown is set aside, and the row kept."""
    sexes = pl.sum_horizontal("females", "males", ignore_nulls=True) > pl.col("total")
    children = pl.col("children") > pl.col("total")
    aside = [
        rows.filter(impossible).select(
            "row",
            pl.lit(", ".join(names)).alias("column"),
            pl.lit(reason).alias("reason"),
            pl.concat_list(pl.col(*names, "total").cast(pl.String).fill_null("not known"))
            .list.join(", ")
            .alias("content"),
        )
        for impossible, names, reason in (
            (sexes, ["females", "males"], "more women and men than dead and missing"),
            (children, ["children"], "more children than dead and missing"),
        )
    ]
    cleaned = rows.with_columns(
        pl.when(~sexes).then(pl.col("females", "males")), pl.when(~children).then(pl.col("children"))
    )
    return cleaned, set_aside(*aside)


def _coverage(file: SourceFile, incidents: pl.DataFrame) -> Coverage:
    """From the start of its first year to its last incident; to the end of that month where only a few days are left.

    A file without countries covers regions and the world only.
    """
    first, last = incidents["date"].min(), incidents["date"].max()
    if not isinstance(first, date) or not isinstance(last, date):
        raise InvalidDataError(
            "No incident has a date.", file=file.name, column="date", remedy="Check that this is the publisher's file."
        )
    month_end = (last.replace(day=1) + timedelta(days=32)).replace(day=1) - timedelta(days=1)
    named = _date_in_name(file)
    complete = (month_end - last).days < 7 and (named or month_end) >= month_end and not _still_growing(file, last)
    countries = incidents["country"].null_count() < incidents.height
    known = None if countries else frozenset(areas.groups())
    return Coverage(date(first.year, 1, 1), month_end if complete else last, known)


def _date_in_name(file: SourceFile) -> date | None:
    """The day of a download, which its publisher writes into its name."""
    found = re.search(r"\d{4}-\d{2}-\d{2}(?=T|--|\b)", Path(file.name).name)
    return date.fromisoformat(found[0]) if found else None


def _still_growing(file: SourceFile, last: date) -> bool:
    """Whether more incidents of the last month may be to come: always, but at the end of a year, or if it was later."""
    return _date_in_name(file) is None and last.month != 12


def _vintage(file: SourceFile, coverage: Coverage) -> str:
    """The day of the download where the name says it, else the earliest that it can be.

    That is the last day that the file covers; of an answer of the API at least the day after the newest download whose
    form is older than the API's.
    """
    named = _date_in_name(file)
    if named is not None or file.format != "json":
        return (named or coverage.end).isoformat()
    earliest = date.fromisoformat(str(_definition()["api"]["newer_than"])) + timedelta(days=1)
    return max(coverage.end, earliest).isoformat()


def _notes(coverage: Coverage) -> tuple[str, ...]:
    if (coverage.end.month, coverage.end.day) == (12, 31):
        return ()
    return (f"Covers {coverage.end.year} only to {coverage.end.isoformat()}.",)

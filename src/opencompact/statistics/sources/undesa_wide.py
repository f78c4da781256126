"""UN DESA's wide tables: the 2020 workbook (areas × blocks of years) and the tables of the 2019 revision.

Every value stands in a cell of its own, so they are counted by cells. `..` is not available, `~` withheld (fewer than
five people) and kept as a suppressed value. Headings among the areas, and groups of countries that have no M49 code, are
set aside; so is an area that stands in the same table a second time, as region and as SDG region.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Iterable
from pathlib import Path

import polars as pl

from opencompact.errors import InvalidDataError
from opencompact.statistics import areas
from opencompact.statistics.observations import CELL, observations
from opencompact.statistics.sources.contract import Reading, set_aside
from opencompact.statistics.sources.file import SourceFile

_SEXES = {"mf": "_T", "m": "M", "f": "F"}
_HEADER_ROW = 11
_TILDE = "~"
_META = {
    "indicator": pl.String,
    "unit": pl.String,
    "sex": pl.String,
    "factor": pl.Float64,
    "breakdown": pl.String,
    "age": pl.String,
    "origin": pl.String,
}


def is_workbook(file: SourceFile) -> bool:
    """Whether a workbook is the one by sex and destination."""
    if "Table 1" not in file.sheets or "Notes" not in file.sheets:
        return False
    cells = file.cells("Table 1")
    return cells.height > _HEADER_ROW and "Location code" in cells.row(_HEADER_ROW - 1)


def in_thousands(file: SourceFile) -> bool:
    """Whether an age table counts the population (in thousands, with decimals) and not migrants."""
    first = file.head.decode("utf-8", errors="replace").splitlines()[1].split(",")
    return "." in first[2]


def read(file: SourceFile, table: str) -> Reading:
    """Values of a wide table, by cells."""
    return _reading(file, _TABLES[table](file))


def _workbook(file: SourceFile) -> pl.DataFrame:
    """All cells of tables 1 to 6."""
    definition = tomllib.loads(Path(__file__).with_name("undesa_migrant_stock.toml").read_text("utf-8"))
    tables = []
    for entry in definition["blocks"]:
        sheet = file.cells(entry["sheet"])
        name, code, kind = (sheet.columns[index] for index in (1, 3, 4))
        columns = _columns_of_blocks(sheet.row(_HEADER_ROW - 1), entry["of"], sheet.columns)
        rows = sheet[_HEADER_ROW:].with_row_index("row", offset=_HEADER_ROW + 1)
        cells = rows.select(
            "row",
            pl.col(name).str.strip_chars().alias("name"),
            areas.located(code).alias("area"),
            ("type of data: " + pl.col(kind).replace("", None)).alias("note"),
            *columns["name_of_column"],
        ).unpivot(index=["row", "name", "area", "note"], variable_name="name_of_column", value_name="content")
        tables.append(
            cells.join(columns, on="name_of_column").with_columns(
                pl.concat_str(pl.lit(f"{entry['sheet']}, "), "column").alias("column")
            )
        )
    return pl.concat(tables)


def _columns_of_blocks(header: Iterable[str | None], blocks: list[dict[str, object]], names: list[str]) -> pl.DataFrame:
    """What each column of years holds: a new block begins where the years begin again."""
    listed, block, before = [], -1, "9999"
    for name, year in zip(names, header, strict=True):
        if year is None or not re.fullmatch(r"\d{4}(-\d{4})?", year):
            continue
        block += year <= before
        before = year
        meta = {"factor": 1.0, "breakdown": "_T", "age": "_T", "origin": "_T", **blocks[block]}
        listed.append({"name_of_column": name, "column": f"{year} ({block + 1})", "period": year[-4:], **meta})
    schema = dict.fromkeys(("name_of_column", "column", "period"), pl.String) | _META
    return pl.DataFrame(listed, schema=schema)


def _by_age(indicator: str, factor: float) -> Callable[[SourceFile], pl.DataFrame]:
    """A table of areas and years × sex and age: columns "25-29_(mf)", "75+_(f)", "Total_(m)"."""

    def cells(file: SourceFile) -> pl.DataFrame:
        long = _long(file, ["Year", "Destination"])
        age = pl.col("column").str.extract(r"^(.*)_\(")
        return long.with_columns(
            pl.col("Year").str.head(4).alias("period"),
            pl.lit(indicator).alias("indicator"),
            pl.lit("persons").alias("unit"),
            pl.lit(factor).alias("factor"),
            pl.when(age == "Total")
            .then(pl.lit("_T"))
            .when(age.str.ends_with("+"))
            .then("Y_GE" + age.str.strip_chars_end("+"))
            .otherwise("Y" + age.str.replace("-", "T"))
            .alias("age"),
            _sex().alias("sex"),
        )

    return cells


def _by_origin(file: SourceFile) -> pl.DataFrame:
    """A table of destinations and years × countries of origin; "Other South" and "Other North" are kept apart."""
    long = _long(file, ["Year", "Destination"])
    other = pl.col("column").is_in(["Other South", "Other North"])
    return long.with_columns(
        pl.col("Year").str.head(4).alias("period"),
        pl.lit("migrants").alias("indicator"),
        pl.lit("persons").alias("unit"),
        pl.when(pl.col("column") == "Total")
        .then(pl.lit("_T"))
        .when(other)
        .then(pl.lit("OOO"))
        .otherwise(areas.translated("column"))
        .alias("origin"),
        pl.when(other).then("other=" + pl.col("column")).alias("breakdown"),
    )


def _by_period(kinds: dict[str, tuple[str, str, str]]) -> Callable[[SourceFile], pl.DataFrame]:
    """A table of areas × years or spans of years: columns "2019_pct_(mf)"; `kinds`: what "pct" means."""

    def cells(file: SourceFile) -> pl.DataFrame:
        long = _long(file, ["Destination"])
        kind = pl.col("column").str.extract(r"_([a-z]+)(?:_rc)?_\(").fill_null("")
        meanings = [
            kind.replace_strict({key: kinds[key][place] for key in kinds}, default=None, return_dtype=pl.String).alias(
                name
            )
            for place, name in enumerate(("indicator", "unit", "breakdown"))
        ]
        period = pl.col("column").str.extract(r"(\d{4})_")
        return long.with_columns(*meanings, period.alias("period"), _sex().alias("sex"))

    return cells


def _sex() -> pl.Expr:
    return pl.col("column").str.extract(r"\((\w+)\)$").replace_strict(_SEXES, default=None, return_dtype=pl.String)


def _long(file: SourceFile, index: list[str]) -> pl.DataFrame:
    """One row a cell: row, name and area of the destination, column, content, and the other index columns."""
    rows = file.csv()
    named = rows.with_columns(pl.col("Destination").str.strip_chars().alias("name")).with_columns(
        areas.translated("name").alias("area")
    )
    return named.unpivot(
        on=[column for column in rows.columns if column not in ("row", *index)],
        index=list(dict.fromkeys(["row", "name", "area", *index])),
        variable_name="column",
        value_name="content",
    )


_TABLES: dict[str, Callable[[SourceFile], pl.DataFrame]] = {
    "destination": _workbook,
    "age": _by_age("migrants", 1.0),
    "population": _by_age("population", 1000.0),
    "origin-destination-2019": _by_origin,
    "refugees": _by_period(
        {
            "est": ("refugees.hosted", "persons", "including=asylum seekers"),
            "pct": ("refugees.share-migrants", "percent", "_T"),
            "annual": ("refugees.growth-rate", "percent a year", "_T"),
        }
    ),
    "growth": _by_period({"": ("migrants.growth-rate", "percent a year", "_T")}),
}


def _reading(file: SourceFile, cells: pl.DataFrame) -> Reading:
    """Each cell becomes an observation, or is set aside for the first reason that holds."""
    absent = [pl.lit(None, kind).alias(name) for name, kind in _OPTIONAL.items() if name not in cells.columns]
    judged = (
        cells.with_columns(absent)
        .with_columns(
            pl.col("sex", "age", "origin", "breakdown").fill_null("_T"),
            pl.col("content").str.replace_all(r"\s", "").cast(pl.Float64, strict=False).alias("number"),
        )
        .with_columns(_reason().alias("reason"))
        .sort("row", maintain_order=True)
    )
    cell = pl.struct(name for name in CELL if name != "migratory_status")
    judged = judged.with_columns(
        pl.when(pl.col("reason").is_null() & ~cell.is_first_distinct().over("reason"))
        .then(pl.lit("the same area stands in the table a second time, under another heading"))
        .otherwise("reason")
        .alias("reason")
    )
    kept = judged.filter(pl.col("reason").is_null())
    suppressed = pl.col("content") == _TILDE
    values = kept.with_columns(
        (pl.col("number") * pl.col("factor").fill_null(1.0)).alias("value"),
        pl.when(suppressed).then(pl.lit("Q")).when(_imputed()).then(pl.lit("I")).otherwise(pl.lit("A")).alias("status"),
        pl.when(suppressed).then(pl.lit("C")).otherwise(pl.lit("F")).alias("confidentiality"),
    )
    last = values["period"].max()
    if last is None:
        raise InvalidDataError("No cell has an area, a year and a number.", file=file.name, remedy="Check the file.")
    return Reading(
        observations=observations(values),
        set_aside=set_aside(judged.filter(pl.col("reason").is_not_null())),
        read=judged.height,
        unit="cells",
        vintage=f"{last!s}-12-31",
        dated=False,
    )


_OPTIONAL = dict.fromkeys(("sex", "age", "origin", "breakdown", "note"), pl.String) | {"factor": pl.Float64}


def _imputed() -> pl.Expr:
    return pl.col("note").str.contains(r"\bI\b").fill_null(False)


def _reason() -> pl.Expr:
    content = pl.col("content").str.strip_chars()
    return (
        pl.when(content.is_null() | (content == ""))
        .then(pl.lit("empty"))
        .when(content == "..")
        .then(pl.lit("not available or not reported separately (..)"))
        .when(pl.col("area").is_null())
        .then(pl.lit("a heading, or a group of countries without an M49 code: ") + pl.col("name").fill_null("no name"))
        .when(pl.col("origin").is_null())
        .then(pl.lit("the country of origin is in no list"))
        .when(pl.any_horizontal(pl.col(name).is_null() for name in ("period", "indicator")))
        .then(pl.lit("the year, or what the column holds, cannot be told"))
        .when(pl.col("number").is_null() & (content != _TILDE))
        .then(pl.lit("not a number"))
    )

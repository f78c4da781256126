"""World Bank remittances: series of WDI, bilateral matrices, costs by corridor, KNOMAD's flows. Counted by cells."""

from __future__ import annotations

import re
import tomllib
from datetime import date, datetime
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

_WORLDBANK, _KNOMAD = "worldbank.remittances", "worldbank.knomad"
_MILLION = 1e6
_GROUP = "a group of economies that is no area of M49, or a name in no list: "


@cache
def _definition() -> dict[str, Any]:
    return tomllib.loads(Path(__file__).with_suffix(".toml").read_text("utf-8"))


def recognise(file: SourceFile) -> Recognition | None:
    """A WDI download by its series, KNOMAD's by its title, a matrix by its corner and the economies in its header."""
    if file.format not in ("xlsx", "xls"):
        if file.header()[:3] == ["", "Afghanistan", "Albania"]:
            return Recognition(_WORLDBANK, "bilateral-2018")
        return contract.recognise_by_columns(file, contract.source(_WORLDBANK))
    first = file.cells(file.sheets[0]).head(5)
    words = " ".join(str(cell) for row in first.rows() for cell in row[:4] if cell)
    if file.sheets[0] == "Data" and any(series in words for series in _definition()["series"]):
        return Recognition(_WORLDBANK, "wdi-" + _series(file).lower())
    for pattern, source, table in (
        ("Bilateral Remittance Estimates for 2017", _WORLDBANK, "bilateral-2017"),
        ("Remittance inflows (US$ million)", _KNOMAD, "inflows"),
        ("Remittance outflows (US$ million)", _KNOMAD, "outflows"),
    ):
        if pattern in words:
            return Recognition(source, table)
    return None


def _series(file: SourceFile) -> str:
    return str(file.cells("Data").row(4)[3])


def read(file: SourceFile, recognition: Recognition) -> Reading:
    """Values of one of the tables."""
    if recognition.table.startswith("wdi-"):
        return _wdi(file)
    if recognition.table == "corridor-costs":
        return _corridors(file)
    if recognition.table.startswith("bilateral-"):
        return _matrix(file, recognition.table)
    return _flows(file, recognition.table)


def _wdi(file: SourceFile) -> Reading:
    """One series: economies × years below a header on row 4, with the day of the last update on row 2."""
    sheet = file.sheet("Data", header_row=4)
    years = [name for name in sheet.columns if re.fullmatch(r"\d{4}", name)]
    cells = sheet.unpivot(on=years, index=["row", "Country Code"], variable_name="column", value_name="content")
    country = pl.when(_is_country("Country Code")).then("Country Code")
    group = pl.col("Country Code").replace_strict(_definition()["areas"], default=None, return_dtype=pl.String)
    placed = cells.with_columns(
        pl.coalesce(group, country).alias("area"),
        pl.col("column").alias("period"),
        pl.col("Country Code").alias("name"),
    )
    updated = str(file.cells("Data").row(1)[1])[:10]
    return _reading(
        file, placed, updated, _definition()["series"][_series(file)], doubt_zero=True, described=file.sheets[1:]
    )


def _is_country(column: str) -> pl.Expr:
    from opencompact import compact

    return pl.col(column).is_in([area.code for area in compact.areas() if not area.is_group])


def _flows(file: SourceFile, table: str) -> Reading:
    """KNOMAD: economies by name × years; totals and notes below them."""
    sheet = file.sheets[0]
    cells = file.cells(sheet)
    header = next(index for index, row in enumerate(cells.rows()) if str(row[0]).startswith("Remittance "))
    wide = file.sheet(sheet, header_row=header + 1)
    name = wide.columns[1]
    long = wide.unpivot(on=wide.columns[2:], index=["row", name], variable_name="column", value_name="content")
    text = pl.col(name).str.strip_chars()
    world = pl.when(text == "World").then(pl.lit(areas.WORLD))
    group = text.is_in(["Low-and Middle-Income Countries", "Low- and Middle-Income Countries"])
    placed = long.with_columns(
        pl.coalesce(world, pl.when(~group).then(areas.translated(name))).alias("area"),
        pl.col("column").str.extract(r"^(\d{4})$").alias("period"),
        text.alias("name"),
    ).filter(pl.col("name").is_in(_economies(wide, name)))
    dated = re.search(r"Date: (\w+ \d{4})", " ".join(str(row[0]) for row in cells.rows()[-6:]))
    if dated is None:
        raise InvalidDataError(
            "The notes below the table do not say its date.", file=file.name, remedy="Give --vintage."
        )
    meaning = {"indicator": f"remittances.{'received' if table == 'inflows' else 'sent'}", "unit": "US dollars"}
    prose = cells.height - wide.filter(pl.col(name).is_in(_economies(wide, name))).height
    return _reading(file, placed, _end_of_month(dated[1]), meaning, factor=_MILLION, doubt_zero=True, prose=prose)


def _economies(wide: pl.DataFrame, name: str) -> pl.Series:
    """Names of rows that are not notes: those that have a cell in some year."""
    filled = wide.filter(
        pl.any_horizontal(pl.col(wide.columns[2:]).is_not_null()) | areas.translated(name).is_not_null()
    )
    return filled[name].str.strip_chars()


def _matrix(file: SourceFile, table: str) -> Reading:
    """Sending economies (rows) × receiving ones (columns), US$ million; WORLD is the sum over one or the other."""
    if file.format == "text":
        wide, prose, described = file.csv(), 0, []
        found = re.search(r"(\d{4})([A-Z][a-z]{2})(\d{4})", file.name)
        if found is None:
            raise InvalidDataError(
                "The year of the matrix stands only in its name, as in Bilateralremittancematrix2018Oct2019.csv.",
                file=file.name,
                remedy="Give the file the name that it has at its publisher.",
            )
        year, edition = found[1], f"{found[2]} {found[3]}"
    else:
        whole = file.sheet(file.sheets[0], header_row=2)
        wide = whole.filter(pl.col(whole.columns[2]).is_not_null())
        prose, described = whole.height - wide.height + 1, file.sheets[1:]
        title = str(file.cells(file.sheets[0]).row(0)[0])
        year, edition = re.findall(r"for (\d{4})", title)[0], re.findall(r"\((\w+ \d{4}) Version\)", title)[0]
    sender = wide.columns[1]
    long = wide.unpivot(on=wide.columns[2:], index=["row", sender], variable_name="column", value_name="content")
    placed = long.with_columns(
        areas.translated("column").alias("area"),
        areas.translated(sender).alias("origin"),
        pl.lit(year).alias("period"),
        pl.concat_str(sender, pl.lit(" → "), "column").alias("name"),
        pl.lit("estimate from numbers of migrants and incomes").alias("note"),
    ).with_columns(pl.col("origin").replace(areas.WORLD, "_T"))
    meaning = {"indicator": "remittances.bilateral", "unit": "US dollars"}
    return _reading(
        file,
        placed,
        _end_of_month(edition),
        meaning,
        factor=_MILLION,
        status="E",
        prose=prose,
        described=described,
    )


def _corridors(file: SourceFile) -> Reading:
    """Average total cost by corridor and quarter; five lines of footer."""
    wide = file.csv()
    corridors = wide.filter(pl.col("Series Code").is_not_null())
    footer = wide.filter(pl.col("Series Code").is_null())
    dates = footer[:, 1].str.extract(r"Last Updated: (\d{2}/\d{2}/\d{4})").drop_nulls()
    if dates.is_empty():
        raise InvalidDataError("The footer does not say when it was updated.", file=file.name, remedy="Give --vintage.")
    quarters = [name for name in wide.columns if re.match(r"\d{4}Q\d ", name)]
    codes = ["Sending Countries Code", "Receiving Countries  Code"]
    long = corridors.unpivot(on=quarters, index=["row", *codes], variable_name="column", value_name="content")
    negative = pl.col("content").str.starts_with("-")
    placed = long.with_columns(
        areas.translated(codes[1]).alias("area"),
        areas.translated(codes[0]).alias("origin"),
        pl.col("column").str.replace(r"^(\d{4})(Q\d).*$", "$1-$2").alias("period"),
        pl.concat_str(pl.col(codes), separator=" → ").alias("name"),
        pl.when(negative)
        .then(pl.lit("negative as published: the exchange rate gave more than the fee took"))
        .alias("note"),
    )
    vintage = datetime.strptime(dates[0], "%m/%d/%Y").date().isoformat()
    meaning = {"indicator": "remittances.corridor-cost", "unit": "percent"}
    return _reading(file, placed, vintage, meaning, prose=footer.height)


def _end_of_month(text: str) -> str:
    """The last day of "June 2023" or "Oct 2019"."""
    first = datetime.strptime(text[:3] + text[-5:], "%b %Y").date()
    after = date(first.year + first.month // 12, first.month % 12 + 1, 1)
    return date.fromordinal(after.toordinal() - 1).isoformat()


def _reading(
    file: SourceFile,
    cells: pl.DataFrame,
    vintage: str,
    meaning: dict[str, str],
    *,
    factor: float = 1.0,
    status: str = "A",
    doubt_zero: bool = False,
    prose: int = 0,
    described: list[str] | None = None,
) -> Reading:
    """Each cell becomes an observation, or is set aside for the first reason that holds.

    doubt_zero: a zero is of low reliability. Of flows in a year the publisher writes 0 where nothing was reported: between and
    after hundreds of millions (Venezuela 2017 to 2020, Syria from 2011 on), which no economy stops receiving from one year to the next.

    cells: row, column, content, area, period, name (of the place, for the reason), perhaps origin and note.
    prose: lines of titles, notes and footer; described: sheets that describe the economies or the series.
    """
    if "origin" not in cells.columns:
        cells = cells.with_columns(pl.lit("_T").alias("origin"))
    number = pl.col("content").str.strip_chars().cast(pl.Float64, strict=False)
    content = pl.col("content").str.strip_chars()
    reason = (
        pl.when(content.is_null() | (content == ""))
        .then(pl.lit("empty"))
        .when(content.is_in(["..", "-", "N/A"]))
        .then(pl.lit("no value (") + content + ")")
        .when(pl.col("area").is_null() | pl.col("origin").is_null())
        .then(pl.lit(_GROUP) + pl.col("name"))
        .when(pl.col("period").is_null())
        .then(pl.lit("no indicator for this column"))
        .when(number.is_null())
        .then(pl.lit("not a number"))
    )
    judged = cells.with_columns(reason.alias("reason"), (number * factor).alias("value"))
    kept = judged.filter(pl.col("reason").is_null())
    if doubt_zero:
        zero = pl.col("value") == 0
        kept = kept.with_columns(
            pl.when(zero).then(pl.lit("U")).otherwise(pl.lit(status)).alias("status"),
            pl.when(zero).then(pl.lit("0 may stand for no data")).alias("note"),
        )
    else:
        kept = kept.with_columns(pl.lit(status).alias("status"))
    aside = [judged.filter(pl.col("reason").is_not_null())]
    beside = _beside(file, prose, described or [])
    return Reading(
        observations=observations(kept, **meaning),
        set_aside=set_aside(*aside, beside),
        read=cells.height + int(beside["count"].sum()),
        unit="cells",
        vintage=vintage,
    )


def _beside(file: SourceFile, prose: int, described: list[str]) -> pl.DataFrame:
    """What stands beside the values: lines of prose, and sheets that describe them."""
    entries: list[tuple[str, int]] = [("titles, notes and footer", prose)]
    entries += [(f"sheet '{sheet}': a description, no values", file.cells(sheet).height) for sheet in described]
    counted = [entry for entry in entries if entry[1]]
    return pl.DataFrame(counted, schema={"reason": pl.String, "count": pl.Int64}, orient="row")

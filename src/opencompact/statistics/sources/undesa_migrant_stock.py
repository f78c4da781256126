"""UN DESA's migrant stock: a tidy table by origin, destination and sex (2020, 2024), and wide tables (`undesa_wide`)."""

from __future__ import annotations

import polars as pl

from opencompact.errors import InvalidDataError
from opencompact.statistics import areas
from opencompact.statistics.observations import observations
from opencompact.statistics.sources import contract, undesa_wide
from opencompact.statistics.sources.contract import Reading, Recognition, set_aside
from opencompact.statistics.sources.file import SourceFile

SOURCE = "undesa.migrant-stock"
_TYPES = ["type_b", "type_c", "type_r", "type_i"]


def recognise(file: SourceFile) -> Recognition | None:
    """The workbook by its reference number, age tables by their size, the others by their columns."""
    if file.format == "xlsx":
        return Recognition(SOURCE, "destination") if undesa_wide.is_workbook(file) else None
    if {"Year", "Destination", "0-4_(mf)", "75+_(f)"} <= set(file.header()):
        return Recognition(SOURCE, "population" if undesa_wide.in_thousands(file) else "age")
    return contract.recognise_by_columns(file, contract.source(SOURCE))


def read(file: SourceFile, recognition: Recognition) -> Reading:
    """Migrants by destination, origin and sex, as in the file and summed up; or what a wide table holds."""
    if recognition.table != "origin-destination":
        return undesa_wide.read(file, recognition.table)
    rows = file.csv()
    typed = _typed(rows)
    known = typed.filter(_placed())
    aside = typed.filter(~_placed()).select(
        "row", pl.concat_list(pl.col("geo", "from", "t", "sex", "n").fill_null("")).list.join(",").alias("content")
    )
    last = known["t"].max()
    if last is None:
        raise InvalidDataError("No row has a year, an area and a number.", file=file.name, remedy="Check the file.")
    return Reading(
        observations=_observed(known),
        set_aside=set_aside(aside, reason="the destination, origin, sex, year or number is in no list"),
        read=rows.height,
        vintage=f"{last!s}-12-31",
        dated=False,
    )


def _typed(rows: pl.DataFrame) -> pl.DataFrame:
    flags = [pl.when(pl.col(name) == "1").then(pl.lit(name[-1].upper())) for name in _TYPES]
    return rows.with_columns(
        areas.translated("geo").alias("area"),
        areas.translated("from").alias("origin"),
        pl.col("sex").replace_strict({"female": "F", "male": "M"}, default=None).alias("code"),
        pl.col("n").cast(pl.Float64, strict=False).alias("value"),
        pl.col("t").str.extract(r"^(\d{4})$").alias("period"),
        pl.concat_str(flags, separator=" ", ignore_nulls=True).alias("type"),
    )


def _placed() -> pl.Expr:
    return pl.all_horizontal(pl.col(name).is_not_null() for name in ("area", "origin", "code", "value", "period"))


def _observed(known: pl.DataFrame) -> pl.DataFrame:
    """The cells of the file; both sexes; all origins; regions and the world; and the same people by where they are from."""
    cells = known.select("row", "area", "period", "origin", "value", "type", pl.col("code").alias("sex"))
    by_origin = _summed(cells, ["area", "period", "origin"])
    totals = _summed(cells, ["area", "period", "sex"])
    both = _summed(totals, ["area", "period"])
    computed = [by_origin, totals, both]
    computed += [_in_groups(table, "area") for table in (by_origin, totals, both)]
    migrants = [
        cells.with_columns(
            pl.when(pl.col("type").str.contains("I")).then(pl.lit("I")).otherwise(pl.lit("A")).alias("status"),
            pl.when(pl.col("type") != "").then("type of data: " + pl.col("type")).alias("note"),
        ),
        *(table.with_columns(pl.lit("computed: sum of the table's cells").alias("note")) for table in computed),
    ]
    return pl.concat(
        [
            observations(pl.concat(migrants, how="diagonal"), indicator="migrants", unit="persons"),
            observations(
                _emigrants(cells), indicator="emigrants", unit="persons", note="computed: sum over destinations"
            ),
        ]
    ).with_columns(pl.col("sex", "origin").fill_null("_T"), pl.col("status").fill_null("A"))


def _summed(cells: pl.DataFrame, keys: list[str]) -> pl.DataFrame:
    return cells.group_by(keys).agg(pl.col("value").sum())


def _in_groups(table: pl.DataFrame, column: str) -> pl.DataFrame:
    """The same for the world and each M49 and SDG region, summed over its members."""
    members = pl.DataFrame(
        [(group, member) for group, listed in areas.groups().items() for member in listed],
        schema={"group": pl.String, column: pl.String},
        orient="row",
    )
    keys = [name for name in table.columns if name not in ("value", column)]
    regions = table.join(members.filter(pl.col("group") != areas.WORLD), on=column)
    world = table.with_columns(pl.lit(areas.WORLD).alias("group"))
    placed = pl.concat([regions, world.select(regions.columns)])
    return placed.group_by("group", *keys).agg(pl.col("value").sum()).rename({"group": column})


def _emigrants(cells: pl.DataFrame) -> pl.DataFrame:
    """People by where they are from, whatever their destination; regions are summed over the countries in them."""
    from_country = cells.select(pl.col("origin").alias("area"), "period", "sex", "value")
    named = _summed(from_country, ["area", "period", "sex"])
    tables = [named, _summed(named, ["area", "period"])]
    return pl.concat([*tables, *(_in_groups(table, "area") for table in tables)], how="diagonal")

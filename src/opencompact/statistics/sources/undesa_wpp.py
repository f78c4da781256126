"""UN DESA's World Population Prospects: population, births, deaths and net migration (2024); age and sex (2019)."""

from __future__ import annotations

import re
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

_KEYS = ["row", "area", "period"]


@cache
def _definition() -> dict[str, Any]:
    return tomllib.loads(Path(__file__).with_suffix(".toml").read_text("utf-8"))


def recognise(file: SourceFile) -> Recognition | None:
    """By the columns; estimates and projections, women and men have the same ones and are told apart."""
    found = contract.recognise_by_columns(file, contract.source("undesa.wpp"))
    if found is None or found.reason is not None:
        return found
    first = dict(zip(file.header(), file.header(2), strict=False))
    years = [name for name in first if re.fullmatch(r"\d{4}", name)] or [first.get("year", "0")]
    parts = [found.table, *(["projected"] if years[0] >= "2024" and found.table != "population" else [])]
    sex = re.search(r"pop([FM])", file.name)
    if found.table == "age" and sex is not None:
        parts.append({"F": "women", "M": "men"}[sex[1]])
    return Recognition(found.source, "-".join(parts))


def read(file: SourceFile, recognition: Recognition) -> Reading:
    """One of the tables; a row is a place and a year (2024) or a place and an age group (2019)."""
    revision, vintage = _revision(file)
    rows = _placed(file)
    unplaced = rows.filter(pl.col("area").is_null())
    known = rows.filter(pl.col("area").is_not_null())
    by_age = recognition.table.startswith("age")
    if by_age:
        observed = _by_age(known, file)
    else:
        years = known.with_columns(pl.col("year").alias("period"))
        observed = _population(years) if recognition.table == "population" else _measures(years)
    projected = pl.col("period").cast(pl.Int32) >= revision + by_age * 2
    status = pl.when(projected).then(pl.lit("F")).otherwise(pl.lit("E"))
    return Reading(
        observations=observations(observed.with_columns(status.alias("status"))),
        set_aside=set_aside(
            unplaced.select("row", pl.col("country_code").alias("content"), pl.col("why").alias("reason")),
        ),
        read=rows.height,
        vintage=vintage,
    )


def _placed(file: SourceFile) -> pl.DataFrame:
    """The rows with their area, or why they have none; a group that stands there under two codes has the first."""
    rows = file.csv().with_columns(areas.located("country_code").alias("area"))
    first = pl.col("country_code").first().over("area") == pl.col("country_code")
    known = pl.col("area").is_not_null()
    return rows.with_columns(
        pl.when(known & first).then("area"),
        pl.when(known)
        .then(pl.lit("the same group stands in the table under another code"))
        .otherwise(pl.lit("a group of countries without an M49 code"))
        .alias("why"),
    )


def _revision(file: SourceFile) -> tuple[int, str]:
    """The revision's year, which stands only in the file's name, and the day it came out."""
    found = re.search(r"wpp_?(\d{4})", file.name, re.IGNORECASE)
    day = _definition()["revisions"].get(found[1]) if found else None
    if found is None or day is None:
        raise InvalidDataError(
            "The name of the file does not say which revision it is of.",
            file=file.name,
            rule="vintage",
            remedy="Give it a name that begins with the revision, as wpp2024_mig1dt.csv.",
        )
    return int(found[1]), day


def _thousand(name: str) -> pl.Expr:
    return pl.col(name).cast(pl.Float64, strict=False).mul(1000).round(3)


def _population(years: pl.DataFrame) -> pl.DataFrame:
    """Women, men and both (with their 95 and 80 % intervals), and the low and high variants."""
    both = (_thousand("popM") + _thousand("popF")).round(3)
    cells: list[tuple[pl.Expr, str, str, str | None]] = [
        (_thousand("popF"), "F", "_T", None),
        (_thousand("popM"), "M", "_T", None),
        (both, "_T", "_T", "95"),
        (both, "_T", "interval=80 percent", "80"),
        (_thousand("pop_low"), "_T", "variant=low", None),
        (_thousand("pop_high"), "_T", "variant=high", None),
    ]
    tables = [
        years.select(
            *_KEYS,
            value.alias("value"),
            pl.lit(sex).alias("sex"),
            pl.lit(breakdown).alias("breakdown"),
            *_bounds("pop", level),
        )
        for value, sex, breakdown, level in cells
    ]
    return pl.concat(tables).drop_nulls("value").with_columns(_meaning("population"))


def _bounds(stem: str, level: str | None) -> list[pl.Expr]:
    """The bounds of an interval of that level, persons; null where there is none."""
    if level is None:
        return [pl.lit(None, pl.Float64).alias(name) for name in ("lower", "upper")]
    return [_thousand(f"{stem}_{level}{end}").alias(name) for end, name in (("l", "lower"), ("u", "upper"))]


def _meaning(indicator: str, unit: str = "persons") -> list[pl.Expr]:
    return [pl.lit(indicator).alias("indicator"), pl.lit(unit).alias("unit")]


def _measures(years: pl.DataFrame) -> pl.DataFrame:
    """Births, deaths, change, migration and their rates; of projected net migration also the intervals."""
    tables = []
    for name, meaning in _definition()["measures"].items():
        if name not in years.columns:
            continue
        value = pl.col(name).cast(pl.Float64, strict=False) * meaning["factor"]
        levels = ["95", "80"] if f"{name}_95l" in years.columns else [None]
        for level in levels:
            breakdown = "interval=80 percent" if level == "80" else "_T"
            tables.append(
                years.select(
                    *_KEYS,
                    value.alias("value"),
                    pl.lit(breakdown).alias("breakdown"),
                    *_bounds(name, level),
                    *_meaning(meaning["indicator"], meaning["unit"]),
                )
            )
    return pl.concat(tables).drop_nulls("value")


def _by_age(known: pl.DataFrame, file: SourceFile) -> pl.DataFrame:
    """One sex by five-year age groups, and all ages together; both sexes where the other file lies beside this one."""
    sex = re.search(r"pop([FM])", file.name)
    if sex is None:
        raise InvalidDataError(
            "Whether these are women or men stands only in the name of the file.",
            file=file.name,
            remedy="Give it the name that it has at its publisher, as wpp2019_popF.tsv.",
        )
    own = _long(known).with_columns(pl.lit(sex[1]).alias("sex"))
    tables = [own, _all_ages(own)]
    other = file.path.with_name(file.path.name.replace("popF", "popM"))
    if sex[1] == "F" and other.exists():
        men = _placed(SourceFile(other))
        both = pl.concat([own.drop("row"), _long(men.filter(pl.col("area").is_not_null())).drop("row")], how="diagonal")
        summed = both.group_by("area", "period", "age").agg(pl.col("value").sum(), pl.len())
        pairs = summed.filter(pl.col("len") == 2).with_columns(
            pl.lit("_T").alias("sex"), pl.lit("computed: women and men").alias("note")
        )
        tables += [pairs.drop("len"), _all_ages(pairs)]
    return pl.concat(tables, how="diagonal").with_columns(_meaning("population"))


def _long(known: pl.DataFrame) -> pl.DataFrame:
    years = [name for name in known.columns if re.fullmatch(r"\d{4}", name)]
    age = pl.col("age").str.strip_chars()
    return (
        known.unpivot(on=years, index=["row", "area", "age"], variable_name="period", value_name="content")
        .with_columns(
            _thousand("content").alias("value"),
            pl.when(age.str.ends_with("+"))
            .then("Y_GE" + age.str.strip_chars_end("+"))
            .otherwise("Y" + age.str.replace("-", "T"))
            .alias("age"),
        )
        .drop("content")
        .drop_nulls("value")
    )


def _all_ages(table: pl.DataFrame) -> pl.DataFrame:
    return (
        table.group_by("area", "period", "sex")
        .agg(pl.col("value").sum())
        .with_columns(pl.lit("_T").alias("age"), pl.lit("computed: all ages").alias("note"))
    )

"""Our observations under the global structure of the SDGs, in which migratory status is one of the composite breakdowns."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

import polars as pl

from opencompact.statistics.sdmx.encoding import frequency_of, number_text, recoded, time_period
from opencompact.tables import replace_atomically


@cache
def definition() -> Mapping[str, Any]:
    """The whole of global_sdg.toml."""
    return tomllib.loads(files(__package__).joinpath("global_sdg.toml").read_text("utf-8"))


@cache
def global_series() -> Mapping[str, Mapping[str, str]]:
    """SERIES code → `indicator`, `unit` and, where the indicator has several series, `key`."""
    from opencompact.statistics.sources.meaning import definition as of_source

    ours = {name.upper(): entry for name, entry in of_source("unsd_sdg")["series"].items()}
    return {**ours, **definition()["more_series"]}


def as_global(observations: pl.DataFrame) -> tuple[pl.DataFrame, pl.DataFrame]:
    """The observations under IAEG-SDGs:SDG, as text, and those that it has no place for with the reason.

    Migratory status goes to COMPOSITE_BREAKDOWN (MS_MIGRANT, MS_NOMIGRANT …), so it cannot be crossed with another
    composite breakdown. The second table has the columns of an observation and `reason`.
    """
    codes = definition()
    table = observations.with_columns(_series().alias("SERIES"), *_areas(observations), *_keys())
    reasons = _reasons(observations, codes)
    judged = table.with_columns(reasons.alias("reason"))
    good = judged.filter(pl.col("reason").is_null())
    refused = judged.filter(pl.col("reason").is_not_null()).select(*observations.columns, "reason")
    return _encoded(good, codes).sort(codes["dimensions"]), refused


def write_global_csv(observations: pl.DataFrame, path: Path) -> pl.DataFrame:
    """Writes what the global structure has a place for as SDMX-CSV 2.0; gives the observations that it has none for.

    These have the columns of an observation and `reason`.
    """
    encoded, refused = as_global(observations)
    head = [
        pl.lit("datastructure").alias("STRUCTURE"),
        pl.lit(definition()["structure"]).alias("STRUCTURE_ID"),
        pl.lit("I").alias("ACTION"),
    ]
    with replace_atomically(path) as temporary:
        encoded.select(*head, pl.all()).write_csv(temporary)
    return refused


def _series() -> pl.Expr:
    """The series: as the breakdown says it, else the only series of the indicator."""
    only: dict[str, str] = {}
    for series, entry in global_series().items():
        if "key" not in entry:
            only[entry["indicator"]] = series
    said = pl.col("breakdown").str.extract(r"(?:^|;)series=([^;]+)")
    known = pl.when(said.is_in(list(global_series()))).then(said)
    return pl.coalesce(known, pl.col("indicator").replace_strict(only, default=None, return_dtype=pl.String))


def _areas(observations: pl.DataFrame) -> list[pl.Expr]:
    """REF_AREA: M49 without leading zeros, as the SDG database writes it."""
    from opencompact.compact import area
    from opencompact.errors import OpenCompactError

    codes: dict[str, str] = {}
    for code in observations["area"].drop_nulls().unique():
        try:
            m49 = area(code).m49
        except OpenCompactError:
            continue
        if m49:
            codes[code] = m49.lstrip("0")
    found = (
        pl.col("area").replace_strict(codes, default=None, return_dtype=pl.String) if codes else pl.lit(None, pl.String)
    )
    return [found.alias("REF_AREA")]


def _keys() -> list[pl.Expr]:
    return [
        pl.col("breakdown").str.extract(rf"(?:^|;){key}=([^;]+)").fill_null("_T").alias(entry["dimension"])
        for key, entry in definition()["keys"].items()
    ]


def _reasons(observations: pl.DataFrame, codes: Mapping[str, Any]) -> pl.Expr:
    placed = "|".join(["series", *codes["keys"]])
    rest = pl.col("breakdown").str.replace_all(rf"(^|;)({placed})=[^;]*", "").str.strip_chars(";")
    return (
        pl.when(pl.col("SERIES").is_null()).then(pl.lit("the SDG database has no series for it"))
        .when(pl.col("REF_AREA").is_null()).then(pl.lit("the area has no M49 code"))
        .when(pl.col("origin") != "_T").then(pl.lit("the SDG structure has no dimension of origin"))
        .when(~rest.is_in(["", "_T"])).then(pl.format("the SDG structure has no dimension for: {}", rest))
        .when(~pl.col("migratory_status").is_in(list(codes["migratory_status"]))).then(pl.lit("no composite breakdown for this migratory status"))
        .when(~pl.col("unit").is_in(list(codes["units"]))).then(pl.format("no code of UNIT_MEASURE for: {}", "unit"))
    )  # fmt: skip


def _encoded(good: pl.DataFrame, codes: Mapping[str, Any]) -> pl.DataFrame:
    periods = good["period"].unique().to_list()
    fixed = {name: pl.lit("_T") for name in codes["dimensions"]}
    fixed |= {
        "FREQ": recoded("period", periods, {one: frequency_of(one) or "_O" for one in periods}),
        "REPORTING_TYPE": pl.lit("N"),
        "SERIES": pl.col("SERIES"),
        "REF_AREA": pl.col("REF_AREA"),
        "SEX": pl.col("sex"),
        "AGE": pl.col("age"),
        "COMPOSITE_BREAKDOWN": pl.col("migratory_status").replace_strict(
            codes["migratory_status"], return_dtype=pl.String
        ),
        "TIME_PERIOD": recoded("period", periods, {one: time_period(one) for one in periods}),
        **{entry["dimension"]: pl.col(entry["dimension"]) for entry in codes["keys"].values()},
    }
    return good.select(
        *(expression.alias(name) for name, expression in fixed.items()),
        number_text("value").alias("OBS_VALUE"),
        pl.col("unit").replace_strict(codes["units"], return_dtype=pl.String).alias("UNIT_MEASURE"),
        pl.lit("0").alias("UNIT_MULT"),
        pl.col("status").alias("OBS_STATUS"),
        pl.col("confidentiality").alias("CONF_STATUS"),
        pl.col("status").replace_strict(codes["natures"], default="C", return_dtype=pl.String).alias("NATURE"),
        pl.col("note").alias("COMMENT_OBS"),
        pl.col("source").alias("SOURCE_DETAIL"),
    )

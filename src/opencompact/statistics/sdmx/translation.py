"""The codes of a message as codes of ours; what is none of ours, with its reason."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import polars as pl

from opencompact.statistics import areas
from opencompact.statistics.observations import breakdown
from opencompact.statistics.sdmx.definition import Definition
from opencompact.statistics.sdmx.encoding import breakdown_of, indicator_of, period_of
from opencompact.statistics.sdmx.global_sdg import global_series
from opencompact.statistics.sdmx.mapping import StructureMapping, known
from opencompact.statistics.sdmx.records import Raw
from opencompact.statistics.sdmx.roles import Roles
from opencompact.statistics.sdmx.structure import statuses


def translated(raw: Raw, roles: Roles, mapping: StructureMapping, definition: Definition | None) -> pl.DataFrame:
    """The observations with our columns, and `reason` where one is none of ours."""
    table = raw.table.with_columns(
        pl.col(name).replace(codes) for name, codes in mapping.codes.items() if name in raw.table.columns
    )
    wrong = _wrong_code(raw.table, definition)
    columns = {column: pl.col(component) for column, component in roles.columns.items()}
    columns["_multiplier"] = pl.col("UNIT_MULT") if "UNIT_MULT" in table.columns else pl.lit("0")
    columns["_source"] = (
        pl.col("DATA_SOURCE") if mapping.decode and "DATA_SOURCE" in table.columns else pl.lit(None, pl.String)
    )
    named = table.select(
        "row",
        *(expression.alias(f"said {column}") for column, expression in columns.items()),
        _breakdown(roles, mapping, "migratory_status" in roles.columns).alias("breakdown"),
        wrong.alias("wrong"),
    )
    translated = _translated(named, roles, mapping)
    reasons = (
        pl.when(pl.col("wrong").is_not_null()).then(pl.col("wrong"))
        .when(pl.col("indicator").is_null()).then(pl.format("no indicator of ours: {}", _text(named, "indicator")))
        .when(pl.col("area").is_null()).then(pl.format("no area of ours: {}", _text(named, "area")))
        .when(pl.col("origin").is_null()).then(pl.format("no area of ours: {}", _text(named, "origin")))
        .when(pl.col("period").is_null()).then(pl.lit("no period"))
        .when(pl.col("no_number")).then(pl.lit("no number"))
    )  # fmt: skip
    return translated.with_columns(reasons.alias("reason"), _text(named, "value").alias("content"))


def _text(named: pl.DataFrame, column: str) -> pl.Expr:
    name = f"said {column}"
    return (pl.col(name) if name in named.columns else pl.lit(None, pl.String)).fill_null("empty")


def _wrong_code(table: pl.DataFrame, definition: Definition | None) -> pl.Expr:
    """The first component whose code is not in its list, in words; null where all are."""
    checks = [
        pl.when(pl.col(name).is_not_null() & ~pl.col(name).is_in(list(codes))).then(
            pl.format("{} is no code of " + name, pl.col(name))
        )
        for name, codes in (definition.codes if definition else {}).items()
        if name in table.columns
    ]
    return pl.coalesce(checks) if checks else pl.lit(None, pl.String)


def _breakdown(roles: Roles, mapping: StructureMapping, composite: bool) -> pl.Expr:
    """The keys of the breakdown, totals left out; with our own codes, the breakdown as it was."""
    if mapping.decode:
        return (
            pl.col("BREAKDOWN").map_elements(breakdown_of, return_dtype=pl.String)
            if "BREAKDOWN" in roles.keys
            else pl.lit("_T")
        )
    totals = known()["codes"]["totals"]
    keys = {
        key: pl.when(~pl.col(component).is_in(totals)).then(pl.col(component)) for component, key in roles.keys.items()
    }
    if composite and mapping.columns.get("migratory_status"):
        component = mapping.columns["migratory_status"]
        statuses_ = list(known()["codes"]["migratory_status"])
        keys[component.lower().replace("_", "-")] = pl.when(~pl.col(component).is_in([*totals, *statuses_])).then(
            pl.col(component)
        )
    return breakdown(**keys) if keys else pl.lit("_T")


_NO_COUNTERPART = {"_T": "_T", "TOTAL": "_T", "_Z": "_T", "_X": "_T"}


@dataclass(frozen=True)
class _Message:
    """What a message says, by our columns: as it stands, and in codes of ours."""

    named: pl.DataFrame
    roles: Roles

    def said(self, column: str) -> pl.Expr:
        return pl.col(f"said {column}") if column in self.roles.columns else pl.lit(None, pl.String)

    def distinct(self, column: str) -> list[str]:
        return self.named[f"said {column}"].drop_nulls().unique().to_list() if column in self.roles.columns else []

    def number(self, column: str) -> pl.Expr:
        return self.said(column).cast(pl.Float64, strict=False)

    def replaced(self, column: str, meaning: Mapping[str, str | None]) -> pl.Expr:
        if not meaning:
            return pl.lit(None, pl.String)
        return self.said(column).replace_strict(meaning, default=None, return_dtype=pl.String)

    def replaced_or_total(self, column: str, meaning: Mapping[str, str | None]) -> pl.Expr:
        return self.replaced(column, meaning).fill_null("_T") if column in self.roles.columns else pl.lit("_T")


def _translated(named: pl.DataFrame, roles: Roles, mapping: StructureMapping) -> pl.DataFrame:
    message = _Message(named, roles)
    frame = named.with_columns(**_numbers(message), **_cell(message, mapping))
    return frame.with_columns(**_standing(message)).with_columns(
        pl.when(pl.col("note") != "").then("note").alias("note")
    )


def _numbers(message: _Message) -> dict[str, pl.Expr]:
    """The value with its multiplier, its bounds, and whether something stands there that is no number."""
    said, number = message.said("value"), message.number("value")
    multiplier = pl.col("said _multiplier").cast(pl.Float64, strict=False).fill_null(0)
    value = pl.when(number.is_finite()).then(number) * (10.0**multiplier)
    empty = said.is_null() | said.is_in(["", "NaN"])
    return {
        "value": value,
        "no_number": ~empty & value.is_null(),
        "lower": message.number("lower"),
        "upper": message.number("upper"),
    }


def _cell(message: _Message, mapping: StructureMapping) -> dict[str, pl.Expr]:
    """What is counted, where, when, of whom and in what."""
    codes, roles, said, distinct = known()["codes"], message.roles, message.said, message.distinct
    total = dict.fromkeys(codes["totals"], "_T")
    as_given = mapping.decode or "MIG" in roles.columns.get("migratory_status", "")
    statuses_ = {
        code: codes["migratory_status"].get(code, code if as_given else "_T") for code in distinct("migratory_status")
    }
    sex = said("sex").replace(codes["sex"]).fill_null("_T") if "sex" in roles.columns else pl.lit("_T")
    # Of an area, NA is Namibia: only a counterpart may be a total, and only by the codes that no area has.
    origins = {**areas.codes(distinct("origin")), **_NO_COUNTERPART}
    return {
        "indicator": _indicator(said("indicator"), distinct("indicator"), mapping),
        "area": message.replaced("area", areas.codes(distinct("area"))),
        "origin": message.replaced("origin", origins) if "origin" in roles.columns else pl.lit("_T"),
        "period": message.replaced("period", {text: period_of(text) for text in distinct("period")}),
        "sex": sex,
        "age": message.replaced_or_total("age", {text: total.get(text, text) for text in distinct("age")}),
        "migratory_status": message.replaced_or_total("migratory_status", statuses_),
        "confidentiality": said("confidentiality").fill_null("F"),
        "unit": _unit(said("unit"), distinct("unit"), said("indicator"), distinct("indicator"), mapping),
    }


def _standing(message: _Message) -> dict[str, pl.Expr]:
    """The status as one of ours, and what else is to be said of a value."""
    status = message.said("status").fill_null("A")
    missing = pl.col("value").is_null() & status.is_in([code for code, rule in statuses().items() if rule == "yes"])
    free = ~pl.col("confidentiality").is_in(["C", "N", "S", "D", "A"])
    odd = ~status.is_in(list(statuses()))
    note = pl.concat_str(
        message.said("note"),
        pl.when(odd).then(pl.format("status given as {}", status)),
        pl.when(pl.col("said _source").is_not_null()).then(pl.format("source: {}", "said _source")),
        separator="; ",
        ignore_nulls=True,
    )
    return {
        "status": pl.when(missing & free).then(pl.lit("O")).when(odd).then(pl.lit("A")).otherwise(status),
        "note": note,
    }


def _indicator(said: pl.Expr, texts: list[str], mapping: StructureMapping) -> pl.Expr:
    if mapping.indicator:
        return pl.lit(mapping.indicator)
    if mapping.series:
        found = {text: series["indicator"] for text in texts if (series := global_series().get(text))}
        return said.replace_strict(found, default=None, return_dtype=pl.String) if found else pl.lit(None, pl.String)
    if mapping.decode:
        return said.replace_strict({text: indicator_of(text) for text in texts}, default=None, return_dtype=pl.String)
    return said


def _unit(unit: pl.Expr, texts: list[str], series: pl.Expr, names: list[str], mapping: StructureMapping) -> pl.Expr:
    if mapping.unit:
        return pl.lit(mapping.unit)
    if mapping.decode and texts:
        return unit.replace_strict({text: breakdown_of(text) for text in texts}, default=None, return_dtype=pl.String)
    if mapping.series:
        found = {name: known_["unit"] for name in names if (known_ := global_series().get(name))}
        return series.replace_strict(found, default=None, return_dtype=pl.String) if found else unit
    return unit.fill_null("not stated")

"""The observation: one row is one value of an indicator for an area, a period and a cell, from a source at a vintage."""

from __future__ import annotations

import polars as pl

#: Columns of every observation table, in order. Meaning and code lists: docs/reference/sources.md.
SCHEMA: dict[str, type[pl.DataType]] = {
    "indicator": pl.String,  # id of the catalogue: "10.7.3", "migrants", "refugees.hosted"
    "area": pl.String,  # ISO 3166 alpha-3, or M49 for groups; "001" the world
    "period": pl.String,  # ISO 8601: 2023, 2023-Q1, 2023-05
    "value": pl.Float64,  # null when missing or suppressed
    "status": pl.String,  # SDMX OBS_STATUS
    "confidentiality": pl.String,  # SDMX CONF_STATUS
    "unit": pl.String,  # persons, percent, US dollars …
    "sex": pl.String,  # F, M, _T
    "age": pl.String,  # Y0T17, Y_GE65, _T
    "migratory_status": pl.String,  # MIGRANT, NONMIGRANT, _T
    "origin": pl.String,  # the counterpart area, or _T
    "breakdown": pl.String,  # "key=value;key=value" with sorted keys, or _T
    "lower": pl.Float64,
    "upper": pl.Float64,
    "note": pl.String,
    "source": pl.String,
    "vintage": pl.String,
    "file": pl.String,
    "row": pl.Int64,  # 1-based row of the file; null where the value is computed from several rows
}

#: What says which value is meant; two observations of one edition never share it.
CELL = ["indicator", "area", "period", "sex", "age", "migratory_status", "origin", "breakdown"]

_DEFAULTS: dict[str, object] = {
    "status": "A",
    "confidentiality": "F",
    "sex": "_T",
    "age": "_T",
    "migratory_status": "_T",
    "origin": "_T",
    "breakdown": "_T",
}


def observations(frame: pl.DataFrame, **constants: object) -> pl.DataFrame:
    """`frame` with all columns of an observation table, in order and typed.

    A column is taken from `constants` if named there, else from `frame`, else it is the total (`_T`), status `A`,
    confidentiality `F`, or null. Columns of `frame` that no observation has are left out. `source`, `vintage` and
    `file` may be left out by a reader: the import writes them.
    """
    columns = []
    for name, kind in SCHEMA.items():
        if name in constants:
            column = pl.lit(constants[name], dtype=kind)
        elif name in frame.columns:
            column = pl.col(name).cast(kind)
        else:
            column = pl.lit(_DEFAULTS.get(name), dtype=kind)
        columns.append(column.alias(name))
    return frame.select(columns)


def no_observations() -> pl.DataFrame:
    """An observation table without rows."""
    return pl.DataFrame(schema=SCHEMA)


def breakdown(**keys: pl.Expr) -> pl.Expr:
    """The `breakdown` column from one expression a key: "cause=Drowning;route=Sahara", keys sorted, `_T` if none.

    A key whose value is null in a row is left out of that row. `;` and `=` inside a value become `,` and `:`.
    """
    parts = []
    for key in sorted(keys):
        value = (
            keys[key].cast(pl.String).str.replace_all(";", ",", literal=True).str.replace_all("=", ":", literal=True)
        )
        parts.append(pl.when(value.is_not_null()).then(pl.lit(f"{key}=") + value))
    joined = pl.concat_str(parts, separator=";", ignore_nulls=True)
    return pl.when(joined == "").then(pl.lit("_T")).otherwise(joined)

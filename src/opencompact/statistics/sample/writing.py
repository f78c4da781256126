"""The sample as files, as a publisher would offer them: two vintages of one table, so that there is a revision to show."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import polars as pl

from opencompact.statistics.sample.generator import SEED, incidents, tables
from opencompact.statistics.sample.groups import group_rows

SOURCES = {
    "population": "sample.people",
    "movement": "sample.people",
    "protection": "sample.protection",
    "money": "sample.money",
    "goals": "sample.goals",
    "incidents": "sample.incidents",
}
VINTAGE = "2025-06-30"
EARLIER_VINTAGE = "2023-06-30"
COLUMNS = (
    "indicator", "area", "period", "value", "unit", "sex", "age", "migratory_status", "origin", "breakdown",
    "status", "confidentiality", "lower", "upper",
)  # fmt: skip
_DEFAULTS = {
    "sex": "_T",
    "age": "_T",
    "migratory_status": "_T",
    "origin": "_T",
    "breakdown": "_T",
    "status": "A",
    "confidentiality": "F",
}


def write_sample(folder: Path, seed: int = SEED) -> list[Path]:
    """Writes the sample's tables as CSV files into a folder; the same seed gives the same bytes."""
    folder.mkdir(parents=True, exist_ok=True)
    written = []
    for name, rows in tables(seed).items():
        whole = [*rows, *group_rows(rows)]
        written.append(_write(folder / f"synthetic-{name}.csv", name, whole, VINTAGE))
        if name == "movement":
            before = [_before(row) for row in whole if str(row["period"]) < "2024"]
            written.append(_write(folder / f"synthetic-{name}-2023.csv", name, before, EARLIER_VINTAGE))
    written.append(
        _write_table(folder / "synthetic-incidents.csv", "incidents", pl.DataFrame(incidents(seed)), VINTAGE)
    )
    return written


def _before(row: dict[str, Any]) -> dict[str, Any]:
    """The row as an earlier edition had it: counts of 2015 and later were a little lower."""
    revised = row["unit"] in ("persons", "displacements") and row["value"] is not None and row["period"] >= "2015"
    return row | {"value": round(row["value"] * 0.98)} if revised else row


def _write(path: Path, name: str, rows: list[dict[str, Any]], vintage: str) -> Path:
    columns = {column: [row.get(column, _DEFAULTS.get(column)) for row in rows] for column in COLUMNS}
    return _write_table(path, name, pl.DataFrame(columns, strict=False, infer_schema_length=None), vintage)


def _write_table(path: Path, name: str, table: pl.DataFrame, vintage: str) -> Path:
    marked = table.select(
        pl.lit("made up, of places that do not exist").alias("synthetic"),
        pl.lit(f"{SOURCES[name]}/{name}").alias("table"),
        pl.lit(vintage).alias("vintage"),
        pl.all(),
    )
    marked.write_csv(path)
    return path

"""The data of a review: every observation that it used, once in each format, with its source, file and row."""

from __future__ import annotations

import hashlib
from array import array
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path

import polars as pl

from opencompact import compact
from opencompact.errors import OpenCompactError
from opencompact.review.holdings import Holdings
from opencompact.statistics.observations import SCHEMA

FORMATS = ("csv", "parquet", "sdmx")


def digest(frame: pl.DataFrame) -> str:
    """What a table holds, as a short text that changes when it does."""
    hashed = array("Q", frame.hash_rows(seed=0).to_list()).tobytes()  # NumPy would be imported for this alone
    return hashlib.sha256(hashed + ",".join(frame.columns).encode()).hexdigest()[:16]


def csv_tables(holdings: Holdings) -> dict[str, pl.DataFrame]:
    """File name → table: one an indicator, the list of incidents, an index of them all."""
    tables = {f"{name}.csv": table.drop("line") for name, table in holdings.tables.items()}
    incidents = holdings.incidents()
    if incidents.height:
        flat = incidents.drop("line").with_columns(pl.col("origins").list.join(" "))
        tables["incidents.csv"] = flat
    index = [
        {"file": name, "name": _name(name.removesuffix(".csv")), "rows": table.height}
        for name, table in sorted(tables.items())
    ]
    tables["index.csv"] = pl.DataFrame(index, schema={"file": pl.String, "name": pl.String, "rows": pl.Int64})
    return tables


def observations(holdings: Holdings) -> pl.DataFrame:
    """Every observation that the review used, one table."""
    tables = [table.select(list(SCHEMA)) for table in holdings.tables.values()]
    return pl.concat(tables) if tables else pl.DataFrame(schema=SCHEMA)


def write_sdmx(rows: pl.DataFrame, folder: Path, prepared: str) -> None:
    """SDMX-CSV 2.0, SDMX-ML 2.1 and the structure that explains both; headers bear the day `prepared`."""
    from opencompact.statistics.sdmx import write_csv, write_ml21

    moment = datetime.fromisoformat(prepared).replace(tzinfo=UTC)
    structure = write_csv(rows, folder / "observations.csv")
    write_ml21(rows, folder / "observations.xml", folder / "structure.xml", structure, moment)


def _name(indicator: str) -> str:
    if indicator == "incidents":
        return "Incidents in which people died or disappeared"
    try:
        return compact.catalogue().indicator(indicator).name("en")
    except OpenCompactError:
        return indicator


def digests(holdings: Holdings) -> Mapping[str, str]:
    """What each table of the review holds, by indicator; `incidents` among them."""
    found = {name: digest(table) for name, table in holdings.tables.items()}
    incidents = holdings.incidents()
    if incidents.height:
        found["incidents"] = digest(incidents.with_columns(pl.col("origins").list.join(" ")))
    return found

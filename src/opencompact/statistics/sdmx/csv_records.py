"""Data messages of SDMX in CSV 1.0 and 2.0."""

from __future__ import annotations

import re

import polars as pl

from opencompact.statistics.sdmx.records import VALUE, Raw

_LEADING = ("DATAFLOW", "STRUCTURE", "STRUCTURE_ID", "STRUCTURE_NAME", "ACTION", "SERIES_KEY", "OBS_KEY")


def csv_records(content: bytes) -> Raw:
    """The observations of a CSV message; `row` is the line."""
    first = content.removeprefix(b"\xef\xbb\xbf").split(b"\n", 1)[0]
    separator = max(",;\t", key=lambda mark: first.count(mark.encode()))
    table = (
        pl.read_csv(content, separator=separator, infer_schema=False)
        .with_row_index("row", offset=2)
        .cast({"row": pl.Int64})
    )
    names = table.columns
    paired = "STRUCTURE_NAME" in names
    components = [name for name in names if _plain_name(name) not in _LEADING and name != "row"]
    kept = components[::2] if paired else components
    labelled = [name for name in names if ": " in name]
    texts = [
        (pl.col(name).str.split(": ").list.first() if labelled else pl.col(name)).alias(_component(name))
        for name in kept
    ]
    action = next((name for name in names if _plain_name(name) == "ACTION"), None)
    gone = table.filter(pl.col(action).str.to_uppercase() == "D") if action else table.clear()
    found = table.join(gone.select("row"), on="row", how="anti").select("row", *texts)
    if separator == ";" and VALUE in found.columns:
        found = found.with_columns(pl.col(VALUE).str.replace(",", ".", literal=True))
    return Raw(found, None, gone.select("row"))


def _plain_name(column: str) -> str:
    return re.sub(r"\[.*\]$", "", column.split(": ")[0])


def _component(column: str) -> str:
    return _plain_name(column)

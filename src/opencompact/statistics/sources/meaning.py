"""What stands in a definition beside its sources: the tables that say what columns and codes mean; and plain numbers."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any

import polars as pl

from opencompact.statistics.editions import last_day


@cache
def definition(name: str) -> Mapping[str, Any]:
    """The whole of `<name>.toml`."""
    return tomllib.loads(files(__package__).joinpath(f"{name}.toml").read_text("utf-8"))


def number(column: str) -> pl.Expr:
    """A number written plainly; null for anything else, which the reader must set aside."""
    return pl.col(column).str.strip_chars().cast(pl.Float64, strict=False)


def last_day_in(observations: pl.DataFrame) -> str:
    """The last day of the last period: the vintage of a file that does not say its own."""
    last = observations.select(last_day().max()).item()
    return str(last) if last is not None else "1970-01-01"


def month_of_day(column: str) -> pl.Expr:
    """Days since 1970-01-01 (as R writes a date) as a month, `2009-01`."""
    return pl.col(column).cast(pl.Int32, strict=False).cast(pl.Date).dt.strftime("%Y-%m")

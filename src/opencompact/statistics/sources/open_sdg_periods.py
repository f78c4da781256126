"""The years of Open SDG tables, which often are none: 2013 Q1, 2007/08 to 2008/09, 2021/22 [Note 5]."""

from __future__ import annotations

import re
from functools import cache

import polars as pl


def with_periods(table: pl.DataFrame) -> pl.DataFrame:
    """`period`, `span` (a span of several years, else null) and `said` (what the file says, where it is not the period)."""
    years = {text: period_of(text) for text in table["Year"].drop_nulls().unique()}
    parts = {
        name: {text: found[place] if found else None for text, found in years.items()}
        for place, name in enumerate(("period", "span", "said"))
    }
    return table.with_columns(
        pl.col("Year").replace_strict(values, default=None, return_dtype=pl.String).alias(name)
        for name, values in parts.items()
    )


@cache
def period_of(text: str) -> tuple[str, str | None, str | None] | None:
    """A year or a quarter; for a financial year its first year, for a span of years its last; None for anything else.

    >>> period_of("2013 Q1"), period_of("2021/22 [Note 5]"), period_of("1980 to 1990")
    (('2013-Q1', None, None), ('2021', None, '2021/22 [Note 5]'), ('1990', '1980 to 1990', '1980 to 1990'))
    """
    plain = re.sub(r"\s*(\[[^\]]*\]|\*+)$", "", text)
    said = None if plain == text else text
    if re.fullmatch(r"\d{4}", plain):
        return plain, None, said
    quarter = re.fullmatch(r"(\d{4})[ -]?Q([1-4])", plain)
    if quarter:
        return f"{quarter[1]}-Q{quarter[2]}", None, said
    if _financial(plain):
        return plain[:4], None, text
    span = re.fullmatch(r"(\d{4}(?:/\d{2})?)\s*(?:to|-|–)\s*(\d{4}(?:/\d{2})?)", plain)
    if span and all(re.fullmatch(r"\d{4}", part) or _financial(part) for part in span.groups()) and span[1] < span[2]:
        return span[2][:4], plain, text
    return None


def _financial(text: str) -> bool:
    years = re.fullmatch(r"\d{2}(\d{2})/(\d{2})", text)
    return years is not None and (int(years[1]) + 1) % 100 == int(years[2])

"""Our values as SDMX identifiers, and back without loss.

An SDMX code may hold only letters, digits and `_ @ $ -` (SDMX 2.1, common:IDType). Our ids hold dots, breakdowns hold equals
signs, semicolons, blanks and any letter. Each such character has one replacement, so a code reads well and can be read back
with no list at hand.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

import polars as pl

TOTAL = "_T"
CODE = re.compile(r"[A-Za-z0-9_@$\-]+")
_INDICATOR = {".": "_"}
_BREAKDOWN = {" ": "_", "=": "$"}


def indicator_code(indicator: str) -> str:
    """`10.7.3` as `10_7_3`."""
    return _escape(indicator, _INDICATOR)


def indicator_of(code: str) -> str:
    """`10_7_3` as `10.7.3`."""
    return _unescape(code, _INDICATOR)


def breakdown_code(breakdown: str) -> str:
    """`cause=Drowning;route=Central Mediterranean` as `cause$Drowning@3Broute$Central_Mediterranean`."""
    return breakdown if breakdown == TOTAL else _escape(breakdown, _BREAKDOWN)


def breakdown_of(code: str) -> str:
    """The reverse of `breakdown_code`."""
    return code if code == TOTAL else _unescape(code, _BREAKDOWN)


def _escape(text: str, short: Mapping[str, str]) -> str:
    return "".join(
        short[letter]
        if letter in short
        else letter
        if letter.isascii() and (letter.isalnum() or letter == "-")
        else "".join(f"@{byte:02X}" for byte in letter.encode())
        for letter in text
    )


def _unescape(code: str, short: Mapping[str, str]) -> str:
    back = {mark: letter for letter, mark in short.items()}
    spelled = re.sub("|".join(map(re.escape, back)), lambda mark: back[mark[0]], code)
    return re.sub(
        "(?:@[0-9A-F]{2})+", lambda run: bytes.fromhex(run[0].replace("@", "")).decode(errors="replace"), spelled
    )


# --- periods -------------------------------------------------------------------------------------------------------------

# An interval of whole years ("2007/2009", ISO 8601) is a time range in SDMX: a start and a duration.
_YEARS = re.compile(r"(\d{4})/(\d{4})")
_RANGE = re.compile(r"(\d{4})-01-01/P(\d+)Y")
_FREQUENCIES = {
    r"\d{4}": "A",
    r"\d{4}-S[12]": "S",
    r"\d{4}-Q[1-4]": "Q",
    r"\d{4}-(0[1-9]|1[0-2])": "M",
    r"\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])": "D",
    r"\d{4}/\d{4}": "_O",
}


def frequency_of(period: str) -> str | None:
    """The code of CL_FREQ that a period has by its form; None where it is no period of ours."""
    return next((code for form, code in _FREQUENCIES.items() if re.fullmatch(form, period)), None)


def time_period(period: str) -> str:
    """A period as SDMX writes it: `2007/2009` as `2007-01-01/P3Y`, `2024-S1` and all others as they are."""
    years = _YEARS.fullmatch(period)
    return f"{years[1]}-01-01/P{int(years[2]) - int(years[1]) + 1}Y" if years else period


def period_of(time: str) -> str:
    """A period of SDMX as we write it: ranges of years as intervals, `2014-01-01T00:00:00` as its date, `2013-A1` as 2013."""
    years = _RANGE.fullmatch(time)
    if years:
        return f"{years[1]}/{int(years[1]) + int(years[2]) - 1}" if int(years[2]) > 1 else years[1]
    reporting = re.fullmatch(r"(\d{4})-A1", time)
    if reporting:
        return reporting[1]
    month = re.fullmatch(r"(\d{4})-?M(\d{1,2})", time)
    if month:
        return f"{month[1]}-{int(month[2]):02d}"
    return re.sub(r"T00:00:00(\.0+)?Z?$", "", time)


# --- columns -------------------------------------------------------------------------------------------------------------


def recoded(column: str, values: Iterable[str | None], recode: Mapping[str, str]) -> pl.Expr:
    """`column` with each of its distinct `values` replaced as `recode` says; what it does not name stays."""
    changed = {value: recode[value] for value in values if value is not None and recode.get(value, value) != value}
    if not changed:
        return pl.col(column)
    return pl.col(column).replace(list(changed), list(changed.values()))


def number_text(column: str) -> pl.Expr:
    """Numbers as the shortest text that reads back to the same double; whole ones without a point."""
    return pl.col(column).cast(pl.String).str.strip_suffix(".0")

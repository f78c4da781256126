"""The series of UNSD's country profiles: footnotes, nature and censored values, none of them lost."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import polars as pl

from opencompact.compact import area
from opencompact.errors import InvalidDataError, OpenCompactError
from opencompact.language import said
from opencompact.statistics.observations import observations
from opencompact.statistics.sources.contract import Reading, Recognition, set_aside
from opencompact.statistics.sources.file import SourceFile
from opencompact.statistics.sources.meaning import definition
from opencompact.statistics.sources.totals import without_gaps

_ID = "unsd.country-profiles"


def recognise(file: SourceFile) -> Recognition | None:
    """By the fields at the top of the JSON; the table is the series."""
    if file.format != "json" or b'"refAreas"' not in file.head:
        return None
    series = re.search(rb'"seriesCode"\s*:\s*"(\w+)"', file.head)
    known = series is not None and series[1].decode().lower() in definition("unsd_sdg")["series"]
    return Recognition(_ID, series[1].decode().lower()) if known and series else None


def read(file: SourceFile, recognition: Recognition) -> Reading:
    """One series; a row is a value, counted from the first in the file."""
    content = file.json()
    series = definition("unsd_sdg")["series"][recognition.table]
    try:
        rows = list(_values(content, series.get("key")))
        vintage = _vintage(content["release"])
    except (KeyError, TypeError, ValueError) as problem:
        raise InvalidDataError(
            said("The profile has not the form that it had in 2019: {reason}.", reason=problem),
            file=file.name,
            rule="profile",
            remedy="Check that it is whole.",
        ) from problem
    found = pl.DataFrame(rows, schema=_SCHEMA, orient="row")
    kept = found.filter(pl.col("problem").is_null())
    aside = set_aside(found.filter(pl.col("problem").is_not_null()).select("row", "content", reason="problem"))
    whole = without_gaps(observations(kept, indicator=series["indicator"], unit=series["unit"]))
    return Reading(whole, aside, found.height, vintage)


_SCHEMA = {
    "row": pl.Int64,
    "area": pl.String,
    "period": pl.String,
    "value": pl.Float64,
    "status": pl.String,
    "lower": pl.Float64,
    "upper": pl.Float64,
    "note": pl.String,
    "sex": pl.String,
    "age": pl.String,
    "breakdown": pl.String,
    "content": pl.String,
    "problem": pl.String,
}


def _values(content: dict[str, Any], series: str | None) -> Iterator[tuple[object, ...]]:
    number = 0
    for place in content["refAreas"]:
        code = _area(place)
        for entry in place["data"]:
            number += 1
            status, lower, upper, problem = _status(entry)
            sex, age, unknown = _cell(entry)
            if code is None:
                problem = f"no area of M49 today: {place['geoAreaName']}"
            yield (
                number, code, str(entry["timePeriod"]), entry["value_numeric_part"], status, lower, upper, _note(entry),
                sex, age, f"series={series}" if series else "_T", entry["value_detail"], problem or unknown,
            )  # fmt: skip


def _area(place: dict[str, Any]) -> str | None:
    try:
        return area(place["ISO3"] or place["geoAreaCode"]).code
    except OpenCompactError:
        return None


def _status(entry: dict[str, Any]) -> tuple[str, float | None, float | None, str | None]:
    """OBS_STATUS, lower and upper bound, and a problem if there is one.

    A censored value (">=80") keeps its number, of low reliability, and the number is its bound.
    """
    status, _ = definition("unsd_sdg")["natures"][entry["natureCode"].lower()]
    value, detail = entry["value_numeric_part"], str(entry["value_detail"])
    if value is None:
        return "O", None, None, None
    if not entry["value_is_censored"]:
        return status, None, None, None if _says(detail, value) else f"the value is {value}, its text {detail}"
    if detail.startswith((">", "≥")):
        return "U", value, None, None
    return "U", None, value, None if detail.startswith(("<", "≤")) else "a censored value whose text gives no bound"


def _says(detail: str, value: float) -> bool:
    try:
        return abs(float(detail) - value) < 1e-9
    except ValueError:
        return False


def _cell(entry: dict[str, Any]) -> tuple[str, str, str | None]:
    """Sex and age (in this format SDMX codes, some with a line end behind them), and a problem if one is not known."""
    sex, age = entry.get("sexCode", "_T").strip(), entry.get("ageCode", "_T").strip()
    known = sex in ("_T", "F", "M") and re.fullmatch(r"_T|Y\d+(T\d+)?|Y_(GE|LT)\d+|M\d+T\d+", age)
    return sex, age, None if known else "a code of sex or age that is not known"


def _note(entry: dict[str, Any]) -> str | None:
    censored = f"published as {entry['value_detail']}" if entry["value_is_censored"] else None
    _, nature = definition("unsd_sdg")["natures"][entry["natureCode"].lower()]
    parts = [censored, nature, (entry["footnotes"] or "").strip(), (entry["timeDetail"] or "").strip()]
    return "; ".join(part for part in parts if part) or None


def _vintage(release: str) -> str:
    """`2019.Q2.G.01` as the last day of that quarter."""
    year, quarter = re.match(r"(\d{4})\.Q([1-4])", release).groups()  # type: ignore[union-attr]
    return f"{year}-{('03-31', '06-30', '09-30', '12-31')[int(quarter) - 1]}"

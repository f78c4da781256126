"""What the indicators say, next to what was promised: the newest values of a workspace, each with its period and source."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.conf import settings

from opencompact import compact
from opencompact.errors import OpenCompactError, UnknownCodeError
from opencompact.review.telling import told
from opencompact.statistics.assessment import TOTAL, Point

if TYPE_CHECKING:
    import polars as pl

    from opencompact.statistics.current import Current

# How the tables' own note of a value begins whose period had not ended, with the day to which it is counted.
_PARTIAL = "to "
# The store's engine answers one question at a time.
_lock = threading.Lock()


@dataclass(frozen=True)
class Value:
    """The newest total of an indicator in an area, with the row that it stands in; `value` is None where it is withheld or missing.

    `note` is what the table says of the value: that only a part of its period is counted, above all. `breakdown` is which series
    stands for the indicator where its table has several and no total.
    """

    indicator: compact.Indicator
    area: str
    period: str
    value: float | None
    unit: str
    status: str
    source: str
    vintage: str
    file: str = ""
    row: int | None = None
    note: str = ""
    breakdown: str = TOTAL

    @property
    def until(self) -> str:
        """The day to which it is counted, where that is a part of its period only; empty where the period is whole."""
        part, _, _ = (self.note or "").partition(";")
        return part.removeprefix(_PARTIAL) if part.startswith(_PARTIAL) else ""


@dataclass(frozen=True)
class Spread:
    """What an indicator says without an area: of the world, of its regions, and of how many areas there are values.

    `by_country` is true where its tables have values of one country with another alone, as prices of corridors are.
    """

    indicator: compact.Indicator
    world: Value | None
    regions: tuple[Value, ...]
    areas: int
    by_country: bool = False


def _current() -> Current:
    """The current values of the workspace as it now is: what is imported while the service runs is seen."""
    folder = Path(settings.WORKSPACE)
    return _opened(folder, _changed(folder))


def make_ready() -> None:
    """Makes the current values ready where an import has not, so that no visitor waits for them."""
    if settings.WORKSPACE:
        _current()


def _changed(folder: Path) -> int:
    try:
        return (folder / "manifest.json").stat().st_mtime_ns
    except OSError:
        return 0


@lru_cache(maxsize=1)
def _opened(folder: Path, changed: int) -> Current:
    from opencompact.statistics import Workspace
    from opencompact.statistics.current import Current

    return Current(Workspace(folder)).ensure()


def latest(id: str, areas: Sequence[str]) -> list[Value]:
    """The newest total of an indicator in each area that has one; nothing where no workspace is loaded."""
    return list(_newest(id, tuple(areas), _stamp())) if settings.WORKSPACE and areas else []


def everywhere(id: str) -> list[Value]:
    """The newest total of an indicator in every area that has one, by code."""
    return list(_newest(id, None, _stamp())) if settings.WORKSPACE else []


def series(id: str, area: str) -> list[Value]:
    """The totals of an indicator in an area, the newest period first."""
    if not settings.WORKSPACE:
        return []
    return [_value(id, row) for row in _totals(id, (area,)).sort("period", descending=True).iter_rows(named=True)]


def _stamp() -> int:
    return _changed(Path(settings.WORKSPACE))


# Tables do not change when actions do: what was read holds until the workspace is another one.
@lru_cache(maxsize=4096)
def _newest(id: str, areas: tuple[str, ...] | None, stamp: int) -> tuple[Value, ...]:
    """What a review would tell of each area, by the same rule, as far as it is of everybody."""
    by_area: dict[str, list[dict[str, Any]]] = {}
    for row in _of_everybody(id, areas).iter_rows(named=True):
        by_area.setdefault(row["area"], []).append(row)
    name = compact.catalogue().indicator(id).canonical
    found = []
    for area in sorted(by_area):
        rows = by_area[area]
        point = told(name, rows)
        if point is not None:
            found.append(next(_value(id, row) for row in rows if _is_of(row, point)))
        elif withheld := [row for row in rows if row["value"] is None]:
            found.append(_value(id, max(withheld, key=lambda row: str(row["period"]))))
    return tuple(found)


def _is_of(row: dict[str, Any], point: Point) -> bool:
    """Whether a row is the one of which a point was made."""
    return (row["period"], row["file"] or "", row["row"] or 0, row["value"]) == (
        point.period,
        point.file,
        point.row,
        point.value,
    )


def _of_everybody(id: str, areas: tuple[str, ...] | None) -> pl.DataFrame:
    """Rows in which no group of people is counted apart: of an area with a total that alone, of others each of their series."""
    import polars as pl

    rows = _rows(id, areas, ("sex", "age", "migratory_status", "origin"))
    total = (pl.col("breakdown") == TOTAL) & pl.col("value").is_not_null()
    return rows.filter((pl.col("breakdown") == TOTAL) | ~total.any().over("area"))


def _totals(id: str, areas: tuple[str, ...] | None) -> pl.DataFrame:
    """Rows in which nothing is broken down."""
    return _rows(id, areas, ("sex", "age", "migratory_status", "origin", "breakdown"))


def _rows(id: str, areas: tuple[str, ...] | None, whole: Sequence[str]) -> pl.DataFrame:
    import polars as pl

    from opencompact.statistics.units import with_units

    name = compact.catalogue().indicator(id).canonical
    wanted = [pl.col(column) == TOTAL for column in whole]
    if areas is not None:
        wanted.append(pl.col("area").is_in(areas))
    try:
        with _lock:
            current = _current()
            found = current.scan([name]).filter(*wanted).collect() if name in current.keys else _nothing()
    except OpenCompactError:
        return _nothing()
    return with_units(found, compact.catalogue())


def _nothing() -> pl.DataFrame:
    from opencompact.statistics.observations import no_observations

    return no_observations()


def _value(id: str, row: dict[str, Any]) -> Value:
    named = ("area", "period", "value", "unit", "status", "source", "vintage", "file", "row", "note", "breakdown")
    return Value(compact.catalogue().indicator(id), *(row[name] for name in named))


def of_objective(number: int, area: str) -> list[tuple[compact.Indicator, Value | None, bool]]:
    """Every indicator under an objective, with its newest value in the area where there is one.

    Last is whether there are values of the area with single countries alone, as prices of corridors are.
    """
    found: list[tuple[compact.Indicator, Value | None, bool]] = []
    for entry in compact.catalogue().indicators(number):
        values = latest(entry.id, [area])
        found.append((entry, values[0], False) if values else (entry, None, by_country(entry.id, area)))
    return found


def by_country(id: str, area: str | None = None) -> bool:
    """Whether an indicator has values of an area (of any) with single countries alone: a review tells them one by one."""
    return bool(settings.WORKSPACE) and _by_country(id, area, _stamp())


@lru_cache(maxsize=4096)
def _by_country(id: str, area: str | None, stamp: int) -> bool:
    import polars as pl

    rows = _rows(id, None if area is None else (area,), ())
    return rows.filter(pl.col("value").is_not_null(), pl.col("origin") != TOTAL).height > 0


def of_the_world(number: int) -> list[Spread]:
    """Every indicator under an objective, with what it says of the world and its regions."""
    return [_spread(entry) for entry in compact.catalogue().indicators(number)]


def _spread(entry: compact.Indicator) -> Spread:
    values = {value.area: value for value in everywhere(entry.id)}
    found = [value for code in _wholes() if (value := values.get(code)) is not None and value.value is not None]
    world = next((value for value in found if compact.area(value.area).kind == "world"), None)
    places = [code for code in values if _is_country(code)]
    regions = tuple(value for value in found if value is not world)
    return Spread(entry, world, regions, len(places), not values and by_country(entry.id))


def _wholes() -> list[str]:
    """The world and its regions: of the sample the fictional ones, else the real ones."""
    known = [area for area in compact.areas() if area.fictional == settings.SYNTHETIC]
    return [area.code for kind in ("world", "region") for area in known if area.kind == kind]


def _is_country(code: str) -> bool:
    try:
        return compact.area(code).kind == "country"
    except UnknownCodeError:
        return False

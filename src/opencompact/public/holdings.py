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
from opencompact.statistics.assessment.series import UNRELIABLE

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

    `note` is what the table says of the value: that only a part of its period is counted, above all.
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

    @property
    def until(self) -> str:
        """The day to which it is counted, where that is a part of its period only; empty where the period is whole."""
        part, _, _ = (self.note or "").partition(";")
        return part.removeprefix(_PARTIAL) if part.startswith(_PARTIAL) else ""


@dataclass(frozen=True)
class Spread:
    """What an indicator says without an area: of the world, of its regions, and of how many areas there are values."""

    indicator: compact.Indicator
    world: Value | None
    regions: tuple[Value, ...]
    areas: int


# A total: nothing is broken down.
_WHOLE = dict.fromkeys(("sex", "age", "migratory_status", "origin", "breakdown"), "_T")


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
    rows = _whole_periods(_known(_totals(id, areas))).sort("period").group_by("area").last()
    return tuple(_value(id, row) for row in rows.sort("area").iter_rows(named=True))


def _known(rows: pl.DataFrame) -> pl.DataFrame:
    """The rows that a review would tell: of an area that has others no zero that may be silence, of none a rate above its base."""
    import polars as pl

    from opencompact.statistics.rates import base_of

    silent = ((pl.col("value") == 0) & (pl.col("status") == UNRELIABLE)).fill_null(value=False)
    bases = {unit: base for unit in rows["unit"].unique() if (base := base_of(unit)) is not None}
    highest = pl.col("unit").replace_strict(bases, default=None, return_dtype=pl.Float64)
    slips = (pl.col("value") > highest).fill_null(value=False)
    return rows.filter(~slips).filter(~silent | silent.all().over("area"))


def _whole_periods(rows: pl.DataFrame) -> pl.DataFrame:
    """Of an area that has years the years only, and of these the whole ones: a part of a year beside a year looks like a fall."""
    import polars as pl

    month = pl.col("period").str.contains("-", literal=True)
    begun = pl.col("note").fill_null("").str.starts_with(_PARTIAL)
    for part in (month, begun):
        rows = rows.filter(~part | part.all().over("area"))
    return rows


def _totals(id: str, areas: tuple[str, ...] | None) -> pl.DataFrame:
    import polars as pl

    from opencompact.statistics.units import with_units

    name = compact.catalogue().indicator(id).canonical
    wanted = [pl.col(column) == code for column, code in _WHOLE.items()]
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
    named = ("area", "period", "value", "unit", "status", "source", "vintage", "file", "row", "note")
    return Value(compact.catalogue().indicator(id), *(row[name] for name in named))


def of_objective(number: int, area: str) -> list[tuple[compact.Indicator, Value | None]]:
    """Every indicator under an objective, with its newest value in the area where there is one."""
    found = []
    for entry in compact.catalogue().indicators(number):
        values = latest(entry.id, [area])
        found.append((entry, values[0] if values else None))
    return found


def of_the_world(number: int) -> list[Spread]:
    """Every indicator under an objective, with what it says of the world and its regions."""
    return [_spread(entry) for entry in compact.catalogue().indicators(number)]


def _spread(entry: compact.Indicator) -> Spread:
    values = {value.area: value for value in everywhere(entry.id)}
    found = [value for code in _wholes() if (value := values.get(code)) is not None and value.value is not None]
    world = next((value for value in found if compact.area(value.area).kind == "world"), None)
    places = [code for code in values if _is_country(code)]
    return Spread(entry, world, tuple(value for value in found if value is not world), len(places))


def _wholes() -> list[str]:
    """The world and its regions: of the sample the fictional ones, else the real ones."""
    known = [area for area in compact.areas() if area.fictional == settings.SYNTHETIC]
    return [area.code for kind in ("world", "region") for area in known if area.kind == kind]


def _is_country(code: str) -> bool:
    try:
        return compact.area(code).kind == "country"
    except UnknownCodeError:
        return False

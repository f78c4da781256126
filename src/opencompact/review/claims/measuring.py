"""A recipe applied to the values of a workspace, as one edition after the other knew them."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from functools import cached_property
from typing import Any

import polars as pl

from opencompact.errors import NoDataError, UnknownCodeError
from opencompact.review.claims.recipes import Recipe
from opencompact.statistics import Workspace


@dataclass(frozen=True)
class Row:
    """One published value: of which indicator, in which period, from which edition, in which file and line of it.

    `cells` tells how many values it stands for, where several areas, ages or corridors were taken together; `row` is None
    where the value is a total over many lines of the file.
    """

    indicator: str
    period: str
    value: float
    source: str
    vintage: str
    file: str
    row: int | None
    cells: int = 1

    def as_dict(self) -> dict[str, Any]:
        return asdict(self)


Rows = tuple[Row, ...]


@dataclass(frozen=True)
class Measured:
    """A value, from which source at which vintage, for which period, and the rows that it was made of.

    `between` are the two published years where the value was read off between them; `parts` are the summands.
    """

    value: float
    source: str
    vintage: str
    period: str
    rows: Rows
    between: tuple[str, str] | None = None
    parts: tuple[tuple[str, float], ...] = ()
    until: str | None = None


@dataclass
class Series:
    """The values of one indicator for one cell and area, by edition (source and vintage) and period."""

    values: dict[tuple[str, str], dict[str, Row]] = field(default_factory=dict)

    @property
    def editions(self) -> list[tuple[str, str]]:
        return list(self.values)

    def periods(self) -> list[str]:
        return sorted({period for values in self.values.values() for period in values})


class Measures:
    """Reads each indicator of a workspace once."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace
        self._known: dict[tuple[str, tuple[str, ...], str, tuple[str, ...], str, bool], Series | None] = {}

    @cached_property
    def _undated(self) -> frozenset[tuple[str, str]]:
        rows = self._workspace.editions().filter(~pl.col("dated")).select("source", "vintage").iter_rows()
        return frozenset(rows)

    def undated(self, measured: Measured) -> bool:
        """Whether the files of a value's edition state no date, so that its vintage is the last day of its data."""
        return any((source, measured.vintage) in self._undated for source in measured.source.split(", "))

    def loaded(self, recipe: Recipe) -> bool:
        """Whether anything is loaded of what the recipe cannot do without."""
        needed = [name for name in (*recipe.indicators, recipe.of) if name and name not in recipe.optional]
        return all(self.series(name, recipe, "001") is not None for name in needed)

    def series(self, indicator: str, recipe: Recipe, area: str, *, whole: bool = False) -> Series | None:
        """The indicator's values for the recipe's cell (`whole`: for everybody), or None where nothing is loaded."""
        areas = recipe.areas or (area,)
        sex, ages, breakdown = ("_T", (), "_T") if whole else (recipe.sex, recipe.ages, recipe.breakdown)
        key = (indicator, areas, sex, ages, breakdown, recipe.average)
        if key not in self._known:
            self._known[key] = self._read(indicator, areas, sex, ages, breakdown, average=recipe.average)
        return self._known[key]

    def _read(
        self, indicator: str, areas: tuple[str, ...], sex: str, ages: tuple[str, ...], breakdown: str, *, average: bool
    ) -> Series | None:
        try:
            found = self._workspace.values(
                indicator, None if average else list(areas), sex=sex, age=list(ages or ("_T",)), all_editions=True
            )
        except (NoDataError, UnknownCodeError):
            return None
        cell = (pl.col("origin") == "_T") | pl.lit(average)
        found = found.filter(
            cell
            & (pl.col("breakdown") == breakdown)
            & (pl.col("migratory_status") == "_T")
            & pl.col("value").is_not_null()
        )
        if not average:
            found = _one_a_cell(found)
        return _series(indicator, found, len(areas) * max(1, len(ages)), average=average)


def _one_a_cell(rows: pl.DataFrame) -> pl.DataFrame:
    """One row a cell and edition: two files of one edition may hold the same cell, published in one, added up from another."""
    published_first = rows.sort(pl.col("note").is_not_null(), maintain_order=True)
    cell = ["source", "vintage", "period", "area", "sex", "age"]
    return published_first.unique(subset=cell, keep="first", maintain_order=True)


def _series(indicator: str, rows: pl.DataFrame, cells: int, *, average: bool) -> Series:
    """One value an edition and period: the mean of the rows, or the sum of them where all cells are there."""
    series = Series()
    together = rows.group_by("source", "vintage", "period").agg(
        pl.col("value").mean().alias("mean"),
        pl.col("value").sum().alias("sum"),
        pl.len().alias("cells"),
        pl.col("file").first(),
        pl.col("row").first(),
    )
    for row in together.sort("source", "vintage", "period").iter_rows(named=True):
        if average or row["cells"] == cells:
            line = row["row"] if row["cells"] == 1 else None
            edition = (row["source"], row["vintage"])
            value = row["mean"] if average else row["sum"]
            published = Row(indicator, row["period"], value, *edition, row["file"], line, row["cells"])
            series.values.setdefault(edition, {})[row["period"]] = published
    return series


def measure(
    measures: Measures, recipe: Recipe, area: str, period: str, written: str
) -> dict[tuple[str, str], Measured]:
    """What each edition says for that period, by (source, vintage); empty where none says anything.

    `written` is when the text was: a span that runs until then is counted until then and not beyond.
    """
    if recipe.kind == "parts":
        return _parts(measures, recipe, area, period)
    series = measures.series(recipe.indicators[0], recipe, area)
    if series is None:
        return {}
    found: dict[tuple[str, str], Measured] = {}
    for edition in series.editions:
        if recipe.kind == "total":
            measured = _total(series, edition, period, written)
        elif recipe.kind == "growth":
            measured = _growth(series, edition, period, recipe.interpolate)
        else:
            measured = _at(series, edition, period, recipe.interpolate)
        if measured and recipe.kind == "share":
            measured = _share(measured, measures.series(recipe.of or "", recipe, area, whole=True), edition, recipe)
        if measured and recipe.kind == "rest":
            measured = _rest(measured, measures.series(recipe.of or "", recipe, area, whole=True), edition)
        if measured:
            found[edition] = measured
    return found


def _at(series: Series, edition: tuple[str, str], period: str, interpolate: bool) -> Measured | None:
    values = series.values.get(edition, {})
    if period in values:
        return Measured(values[period].value, *edition, period, (values[period],))
    years = sorted(int(name) for name in values if len(name) == 4)
    if not (interpolate and len(period) == 4 and years and years[0] < int(period) < years[-1]):
        return None
    before, after = max(year for year in years if year < int(period)), min(year for year in years if year > int(period))
    low, high = values[str(before)], values[str(after)]
    value = low.value + (high.value - low.value) * (int(period) - before) / (after - before)
    return Measured(value, *edition, period, (low, high), between=(str(before), str(after)))


def _growth(series: Series, edition: tuple[str, str], period: str, interpolate: bool) -> Measured | None:
    first, _, last = period.partition("/")
    start, end = _at(series, edition, first[:4], interpolate), _at(series, edition, last[:4], interpolate)
    if start is None or end is None or not start.value:
        return None
    growth = 100 * (end.value / start.value - 1)
    return Measured(growth, *edition, period, start.rows + end.rows, between=end.between or start.between)


def _total(series: Series, edition: tuple[str, str], period: str, written: str) -> Measured | None:
    """The years of a span added up; its last year by month, where the text was written within it."""
    first, _, last = period.partition("/")
    last = last or first
    if not last[:4].isdecimal():
        return None
    values = series.values.get(edition, {})
    wanted = [str(year) for year in range(int(first[:4]), int(last[:4]) + 1)]
    until = None
    if written[:4] == last[:4] and len(written) >= 7 and "/" in period:
        until = last[:7] if len(last) >= 7 else written[:7]
        wanted = [*wanted[:-1], *(f"{last[:4]}-{month:02d}" for month in range(1, int(until[5:7]) + 1))]
    there = [name for name in wanted if name in values]
    years = [name for name in wanted if len(name) == 4]
    if not there or any(name not in values for name in years) or (until and until not in values):
        return None
    total = sum(values[name].value for name in there)
    rows = tuple(values[name] for name in there)
    return Measured(total, *edition, period, rows, until=until)


def _share(measured: Measured, whole: Series | None, edition: tuple[str, str], recipe: Recipe) -> Measured | None:
    of = _at(whole, edition, measured.period, recipe.interpolate) if whole else None
    if of is None or not of.value:
        return None
    return Measured(
        100 * measured.value / of.value, *edition, measured.period, measured.rows + of.rows, measured.between
    )


def _rest(measured: Measured, whole: Series | None, edition: tuple[str, str]) -> Measured | None:
    """What a share leaves of the whole, in the newest edition of the whole: people whom a percentage does not cover."""
    editions = sorted(whole.editions, key=lambda one: one[1], reverse=True) if whole else []
    of = next((one for e in editions if whole and (one := _at(whole, e, measured.period, True))), None)
    if of is None:
        return None
    left = of.value * (1 - measured.value / 100)
    return Measured(left, *edition, measured.period, measured.rows + of.rows, of.between)


def _parts(measures: Measures, recipe: Recipe, area: str, period: str) -> dict[tuple[str, str], Measured]:
    """Several indicators added up, each in its newest edition."""
    parts: list[tuple[str, Measured]] = []
    for indicator in recipe.indicators:
        series = measures.series(indicator, recipe, area)
        editions = sorted(series.editions, key=lambda edition: edition[1]) if series else []
        there = [measured for edition in editions if series and (measured := _at(series, edition, period, False))]
        if there:
            parts.append((indicator, there[-1]))
        elif indicator not in recipe.optional:
            return {}
    sources = ", ".join(dict.fromkeys(measured.source for _, measured in parts))
    vintage = max(measured.vintage for _, measured in parts)
    total = Measured(
        sum(measured.value for _, measured in parts),
        sources,
        vintage,
        period,
        tuple(row for _, measured in parts for row in measured.rows),
        parts=tuple((indicator, measured.value) for indicator, measured in parts),
    )
    return {(sources, vintage): total}

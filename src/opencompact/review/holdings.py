"""What is held of one area: its rows by indicator, its series, who it is compared with, where its people came from.

Each indicator has one table, the one that is handed out as CSV beside the review; every point knows its line there.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from math import log
from typing import Any

import polars as pl

from opencompact import compact
from opencompact.review.library import Library
from opencompact.review.telling import FORECAST, Cell, cell_of, course, headline, incomplete
from opencompact.statistics.assessment import TOTAL, Point, series, year_of
from opencompact.statistics.assessment.series import point
from opencompact.statistics.observations import CELL as KEY
from opencompact.statistics.observations import no_observations
from opencompact.statistics.rates import above_base
from opencompact.statistics.sources import contract
from opencompact.statistics.units import with_units

CELL = ("sex", "age", "migratory_status", "origin", "breakdown")
WORLD = "001"
# Of these the review also tells where people and money from the area went: rows of other areas with this one as origin.
BILATERAL = frozenset({"migrants", "refugees.hosted", "remittances.corridor-cost", "missing.dead-and-missing"})
# Of these a country is set beside others like it, by name.
COMPARED = frozenset({"17.3.2"})
COMPARABLE = 8
# Of these a region also tells where people from its countries went.
MEMBERS_TOLD = frozenset({"migrants", "migrants.share"})
PATHS = frozenset({"migrants.share"})
# Of these a group also tells each way to one of its countries, at the newest period.
CORRIDORS = frozenset({"remittances.corridor-cost"})
SENT_ABROAD = frozenset({"migrants", "refugees.hosted"})
COMPARED_WITH = "2000"
_OBSERVED = (pl.col("origin") == TOTAL) & (pl.col("status") != FORECAST)
PARTIAL = "to "  # with the day to which a part of a period is counted
FIRST_LINE = 2  # line 1 is the header
_NOTHING = no_observations().with_row_index("line", FIRST_LINE)


@dataclass(frozen=True)
class Counterpart:
    """The other end of a movement: its code, the newest point and the one it is compared with."""

    code: str
    point: Point
    earlier: Point | None


@dataclass(frozen=True)
class Corridor:
    """A way from one country to another (of people, of money) and its newest point."""

    origin: str
    area: str
    point: Point


class Holdings:
    """The rows of one area, with region and world beside it; of a group also those of its countries in `by_country`."""

    def __init__(self, library: Library, area: compact.Area, by_country: Collection[str] = MEMBERS_TOLD) -> None:
        self.library = library
        self.area = area
        self.by_country = MEMBERS_TOLD | set(by_country)
        self._tables: dict[str, pl.DataFrame] = {}
        self._headlines: dict[str, Mapping[str, str]] = {}
        self._index: dict[str, dict[Cell, list[dict[str, Any]]]] = {}
        self._slips: dict[str, dict[Cell, list[dict[str, Any]]]] = {}
        self._others: dict[str, dict[tuple[str, Cell], list[dict[str, Any]]]] = {}
        self._points: dict[tuple[str, str, Cell], tuple[Point, ...]] = {}
        self._incidents: pl.DataFrame | None = None

    @cached_property
    def world(self) -> compact.Area | None:
        """The world that the area is part of; None for the world itself."""
        if self.area.kind == "world":
            return None
        if self.area.fictional:
            return next(each for each in compact.areas() if each.fictional and each.kind == "world")
        return compact.area(WORLD)

    @cached_property
    def region(self) -> compact.Area | None:
        """The region that a country is compared with; None for a group."""
        code = self.area.sdg_region or self.area.subregion or self.area.region
        return compact.area(code) if code and not self.area.is_group else None

    @property
    def beside(self) -> tuple[compact.Area, ...]:
        """Region and world, as far as there are any."""
        return tuple(each for each in (self.region, self.world) if each is not None)

    @cached_property
    def comparable(self) -> list[str]:
        """For a country: others of its region and income group whose population is nearest to its own."""
        if self.area.is_group or self.region is None:
            return []
        newest = self.library.populations
        own = newest.get(self.area.code)
        alike = [
            code
            for code in self.region.members
            if code != self.area.code
            and newest.get(code)
            and (self.area.fictional or compact.area(code).income_group == self.area.income_group)
        ]
        return sorted(alike, key=lambda code: abs(log(newest[code] / own)))[:COMPARABLE] if own else []

    @property
    def synthetic(self) -> bool:
        return self.area.fictional

    def table(self, indicator: str) -> pl.DataFrame:
        """Every row of the indicator that the review uses, sorted, with its `line` in the CSV that is handed out."""
        if indicator not in self._tables:
            self._tables[indicator] = self._by_indicator.get(indicator, _NOTHING)
        return self._tables[indicator]

    @cached_property
    def _every(self) -> pl.DataFrame:
        """The rows of all indicators: sorted and numbered at once, because a query for each costs several times as much.

        What is read around the area comes by cell: only indicators of which more is read are sorted again.
        """
        around, *more = self._read()
        added_to = pl.col("indicator").is_in(list(set().union(*(part["indicator"].unique() for part in more))))
        mixed = pl.concat([around.filter(added_to), *more]).unique(KEY, keep="first").sort(KEY)
        whole = pl.concat([around.filter(~added_to), mixed]).sort("indicator", maintain_order=True)
        whole = with_units(whole, compact.catalogue(workspace=self.library.workspace.folder))
        line = pl.int_range(FIRST_LINE, pl.len() + FIRST_LINE, dtype=pl.UInt32).over("indicator").alias("line")
        return whole.select(line, pl.all())

    @cached_property
    def _by_indicator(self) -> dict[str, pl.DataFrame]:
        return by_indicator(self._every)

    def _read(self) -> Iterator[pl.DataFrame]:
        """The area and those beside it; where people from here went; countries alike; for a group, its members."""
        library, group = self.library, self.area.is_group
        yield library.around(self.area.code, [each.code for each in self.beside])
        yield library.of_origins([self.area.code], BILATERAL)
        if self.comparable:
            yield library.totals(self.comparable, COMPARED)
        if not group:
            return
        members = by_indicator(library.totals(self.area.members))
        yield from (self._of_members(members[name], name) for name in self.by_country & members.keys())
        if self.area.kind != "world":
            sent = by_indicator(library.of_origins(self.area.members, SENT_ABROAD))
            yield from map(self._sent_by_members, sent.values())
        yield from map(self._ways_to_members, CORRIDORS)

    def _ways_to_members(self, indicator: str) -> pl.DataFrame:
        """For a group: every way to one of its countries (for the world, to any), at the newest period of the indicator."""
        found = self.library.counterparts(indicator).filter(~pl.col("area").is_in(_groups()))
        if self.area.kind != "world":
            found = found.filter(pl.col("area").is_in(self.area.members))
        return found.filter(pl.col("period") == max(found["period"], key=year_of)) if found.height else found

    def _of_members(self, found: pl.DataFrame, indicator: str) -> pl.DataFrame:
        """For a group: its countries, at the newest period of each and the newest counted in full; of some, at every period."""
        found = found.filter(pl.col("status") != FORECAST, pl.col("value").is_not_null())
        if indicator in PATHS or found.is_empty():
            return found
        over = found.filter(~pl.col("note").fill_null("").str.starts_with(PARTIAL))
        last = [
            each.sort("period").group_by("area", "breakdown", maintain_order=True).last().select(found.columns)
            for each in (found, over)
        ]
        return pl.concat(last).unique(KEY, keep="first", maintain_order=True)

    def _sent_by_members(self, found: pl.DataFrame) -> pl.DataFrame:
        """For a region: where people from its countries went, at the newest period and the one it is compared with."""
        kept = [max(found["period"], key=year_of), COMPARED_WITH]
        return found.filter(pl.col("period").is_in(kept), *_one_cell(TOTAL), ~pl.col("area").is_in(_groups()))

    def own(self, indicator: str) -> pl.DataFrame:
        """The rows of the area alone."""
        self.table(indicator)
        return self._own.get(indicator, _NOTHING)

    @cached_property
    def _own(self) -> dict[str, pl.DataFrame]:
        return by_indicator(self._every.filter(pl.col("area") == self.area.code))

    def index(self, indicator: str) -> Mapping[Cell, list[dict[str, Any]]]:
        """(sex, age, status, breakdown) → the area's rows in which no counterpart is named and nothing is projected."""
        self.table(indicator)
        if indicator not in self._index:
            found = self._index.setdefault(indicator, {})
            for row in self._observed.get(indicator, _NOTHING).iter_rows(named=True):
                kept = self._slips.setdefault(indicator, {}) if above_base(row["value"], row["unit"]) else found
                kept.setdefault(cell_of(row), []).append(row)
        return self._index[indicator]

    @cached_property
    def _observed(self) -> dict[str, pl.DataFrame]:
        return by_indicator(self._every.filter(_OBSERVED, pl.col("area") == self.area.code))

    def slips(self, indicator: str) -> tuple[Point, ...]:
        """What is left out of the series that stands for the indicator: rates above their own base, slips of a unit."""
        cell, rows = self.headline(indicator), self._slips.get(indicator, {})
        key = (cell["sex"], cell["age"], cell["migratory_status"], cell["breakdown"])
        return series(rows.get(key, []))

    def incomplete(self, indicator: str) -> Point | None:
        """The newest value of the area that no page tells, because its edition is not complete."""
        cell = self.headline(indicator)
        key = (cell["sex"], cell["age"], cell["migratory_status"], cell["breakdown"])
        return incomplete(indicator, self.index(indicator).get(key, ()))

    def headline(self, indicator: str) -> Mapping[str, str]:
        """The cell that stands for the indicator: the total, else the cell with the newest and most values."""
        if indicator not in self._headlines:
            self._headlines[indicator] = self._headline(indicator)
        return self._headlines[indicator]

    def unit(self, indicator: str) -> str | None:
        """The unit of the rows that stand for the indicator, which may be another than the catalogue's."""
        cell = self.headline(indicator)
        rows = self.index(indicator).get((cell["sex"], cell["age"], cell["migratory_status"], cell["breakdown"]))
        return str(rows[0]["unit"]) if rows and rows[0]["unit"] else None

    def _headline(self, indicator: str) -> Mapping[str, str]:
        sex, age, status, breakdown = headline(indicator, self.index(indicator))
        return {"sex": sex, "age": age, "migratory_status": status, "origin": TOTAL, "breakdown": breakdown}

    def points(self, indicator: str, area: str | None = None, **cell: str) -> tuple[Point, ...]:
        """The series of one cell, the headline where none is named, oldest first; points without a value included."""
        wanted = (dict.fromkeys(CELL, TOTAL) | cell) if cell else self.headline(indicator)
        place = area or self.area.code
        key = (wanted["sex"], wanted["age"], wanted["migratory_status"], wanted["breakdown"])
        if (indicator, place, key) not in self._points:
            own = place == self.area.code
            rows = self.index(indicator).get(key, ()) if own else self._rows_of(indicator, place, key)
            self._points[indicator, place, key] = course(indicator, rows)
        return self._points[indicator, place, key]

    def _rows_of(self, indicator: str, area: str, cell: Cell) -> list[dict[str, Any]]:
        """The rows of another area in one cell."""
        self.table(indicator)
        if indicator not in self._others:
            found = self._others.setdefault(indicator, {})
            for row in self._observed_beside.get(indicator, _NOTHING).iter_rows(named=True):
                if not above_base(row["value"], row["unit"]):
                    found.setdefault((row["area"], cell_of(row)), []).append(row)
        return self._others[indicator].get((area, cell), [])

    @cached_property
    def _observed_beside(self) -> dict[str, pl.DataFrame]:
        return by_indicator(self._every.filter(_OBSERVED, pl.col("area") != self.area.code))

    def total(self, indicator: str, area: str | None = None) -> tuple[Point, ...]:
        """The series of the total cell."""
        return self.points(indicator, area, origin=TOTAL)

    def cells(self, indicator: str) -> list[dict[str, Any]]:
        """The rows of the area in which no counterpart is named, as the assessment takes them."""
        return [row for rows in self.index(indicator).values() for row in rows]

    def origins(self, indicator: str, since: str = COMPARED_WITH, breakdown: str = TOTAL) -> list[Counterpart]:
        """Where people (or money) came from, largest first, at the newest period; groups are left out."""
        frame = self.own(indicator).filter(pl.col("origin") != TOTAL, *_one_cell(breakdown))
        return _ranked(frame.filter(~pl.col("origin").is_in(_groups())), "origin", since)

    def destinations(self, indicator: str, since: str = COMPARED_WITH) -> list[Counterpart]:
        """Where people (or money) from here went, largest first, at the newest period; groups are left out."""
        from_here = [self.area.code, *self.area.members] if self.area.is_group else [self.area.code]
        frame = self.table(indicator).filter(pl.col("origin").is_in(from_here), *_one_cell(TOTAL))
        frame = frame.filter(~pl.col("area").is_in(_groups()))
        if self.area.is_group and frame.height:
            frame = frame.group_by("area", "period").agg(
                pl.col("value").sum(), pl.col("source", "vintage", "file").first(), pl.lit("E").alias("status")
            )
        return _ranked(frame, "area", since)

    def corridors(self, indicator: str) -> list[Corridor]:
        """For a group: each way to one of its countries at the newest period."""
        frame = self.table(indicator).filter(pl.col("origin") != TOTAL, *_one_cell(TOTAL))
        frame = frame.filter(~pl.col("area").is_in(_groups()), ~pl.col("origin").is_in(_groups()))
        return [Corridor(row["origin"], row["area"], point(row)) for row in frame.iter_rows(named=True)]

    def incidents(self) -> pl.DataFrame:
        """Incidents that count for the area, with their `line` in the table that is handed out; all, for the world."""
        if self._incidents is None:
            frame = _of_one_world(self.library.incidents(), fictional=self.area.fictional)
            if frame.height and self.area.kind != "world":
                codes = [self.area.code, *self.area.members]
                frame = frame.filter(pl.col("country").is_in(codes) | pl.col("group").is_in(_parts_of(self.area)))
            self._incidents = frame.with_row_index("line", FIRST_LINE) if frame.height else frame
        return self._incidents

    def used_files(self) -> set[tuple[str, str, str]]:
        """(source, vintage, file) of every row in the tables read so far."""
        named = ("source", "vintage", "file")
        read = self._every.filter(pl.col("indicator").is_in(list(self._tables))) if self._tables else _NOTHING
        tables = [read] if self._incidents is None or self._incidents.is_empty() else [read, self._incidents]
        return {row for table in tables for row in table.select(named).unique().iter_rows()}

    @property
    def tables(self) -> dict[str, pl.DataFrame]:
        """The tables read so far that have rows, by indicator."""
        return {name: table for name, table in sorted(self._tables.items()) if table.height}

    def members(self, indicator: str) -> dict[str, tuple[Point, ...]]:
        """For a group: the series of each member that has one, in the group's headline cell."""
        cell = self.headline(indicator)
        found = {code: self.points(indicator, code, **cell) for code in self.area.members}
        return {code: points for code, points in found.items() if points}


def by_indicator(rows: pl.DataFrame) -> dict[str, pl.DataFrame]:
    """Indicator → its rows, in the order in which they stand."""
    parts = rows.partition_by("indicator", as_dict=True, maintain_order=True)
    return {str(key[0]): part for key, part in parts.items()}


def _of_one_world(incidents: pl.DataFrame, *, fictional: bool) -> pl.DataFrame:
    """The incidents of the real world, or of the sample's: a workspace may hold both, a review never does."""
    made_up = [entry.id for entry in contract.sources().values() if entry.synthetic]
    return incidents.filter(pl.col("source").is_in(made_up) == fictional) if incidents.height else incidents


def _parts_of(area: compact.Area) -> list[str]:
    """The group itself and the groups all of whose members are its own."""
    if not area.is_group:
        return []
    members = set(area.members)
    return [each.code for each in compact.areas() if each.is_group and each.members and set(each.members) <= members]


def _groups() -> list[str]:
    return [each.code for each in compact.areas() if each.is_group]


def _one_cell(breakdown: str) -> list[pl.Expr]:
    named = [pl.col(name) == TOTAL for name in ("sex", "age", "migratory_status")]
    return [*named, pl.col("breakdown") == breakdown, pl.col("value").is_not_null()]


def _ranked(frame: pl.DataFrame, column: str, since: str) -> list[Counterpart]:
    if frame.is_empty():
        return []
    newest = max(frame["period"].unique(), key=lambda period: (year_of(period), period))
    before = {row[column]: point(row) for row in frame.filter(pl.col("period") == since).iter_rows(named=True)}
    now = frame.filter(pl.col("period") == newest).sort("value", column, descending=[True, False])
    return [Counterpart(row[column], point(row), before.get(row[column])) for row in now.iter_rows(named=True)]

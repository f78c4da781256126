"""What a workspace holds now, read for reviews: some areas, some origins, the totals of some areas at a time."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Sequence
from functools import cached_property

import polars as pl

from opencompact import compact
from opencompact.errors import NoDataError, UnknownCodeError
from opencompact.statistics.current import Current
from opencompact.statistics.workspace import Workspace

TOTAL = pl.all_horizontal(pl.col(name) == "_T" for name in ("sex", "age", "migratory_status", "origin"))


class Library:
    """The current values of a workspace, for as many reviews as wanted."""

    def __init__(self, workspace: Workspace) -> None:
        self.workspace = workspace
        self.loaded = frozenset(workspace.indicators())
        self.editions = workspace.editions()
        self.undated = frozenset(self.editions.filter(~pl.col("dated")).select("source", "vintage").iter_rows())
        self._incidents: pl.DataFrame | None = None
        self._told_of: dict[str, frozenset[str]] = {}

    @cached_property
    def ready(self) -> Current:
        """The current values as they lie ready; an import makes them, or the first review after it."""
        return Current(self.workspace).ensure()

    @property
    def current(self) -> pl.LazyFrame:
        """Every current value: the columns of an observation table, by area, indicator and cell."""
        return self.ready.scan()

    @cached_property
    def state(self) -> str:
        """What the workspace holds, as a short text that changes when it does."""
        manifest = (self.workspace.folder / "manifest.json").read_bytes()
        return f"{self.ready.state} {hashlib.sha256(manifest).hexdigest()}"

    def around(self, area: str, beside: Sequence[str]) -> pl.DataFrame:
        """Every current value of an area, and of those beside it what `totals` gives: read together, in one go."""
        wanted = (pl.col("area") == area) | _yearly_total()
        return self.current.filter(pl.col("area").is_in([area, *beside]) & wanted).collect()

    def of_origins(self, origins: Collection[str], indicators: Collection[str]) -> pl.DataFrame:
        """Every current value of these indicators whose counterpart is one of these areas, whatever area reports it."""
        return self.ready.scan(indicators).filter(pl.col("origin").is_in(list(origins))).collect()

    def counterparts(self, indicator: str) -> pl.DataFrame:
        """Every current value of one indicator that names a counterpart."""
        return self.ready.scan([indicator]).filter(pl.col("origin") != "_T").collect()

    def totals(self, areas: Collection[str], indicators: Collection[str] | None = None) -> pl.DataFrame:
        """Current values of these areas a year, without breakdown by sex, age, status or origin."""
        wanted = pl.col("area").is_in(list(areas)) & _yearly_total()
        return self.ready.scan(indicators).filter(wanted).collect()

    def told_of(self, indicator: str) -> frozenset[str]:
        """The countries of which the tables that tell of several have a value of an indicator.

        A table of one country alone, a national one, says nothing of another by being silent about it.
        """
        if indicator not in self._told_of:
            self._told_of[indicator] = self._countries_told_of(indicator) if indicator in self.loaded else frozenset()
        return self._told_of[indicator]

    def _countries_told_of(self, indicator: str) -> frozenset[str]:
        groups = [each.code for each in compact.areas() if each.is_group]
        told = self.ready.scan([indicator]).filter(pl.col("value").is_not_null(), ~pl.col("area").is_in(groups))
        by_source = told.group_by("source").agg(pl.col("area").unique()).collect()
        return frozenset(code for areas in by_source["area"].to_list() if len(areas) > 1 for code in areas)

    @cached_property
    def populations(self) -> dict[str, float]:
        """Area → its newest population that is no projection."""
        wanted = (
            (pl.col("indicator") == "population") & TOTAL & (pl.col("breakdown") == "_T") & (pl.col("status") != "F")
        )
        read = self.ready.scan(["population"]).filter(wanted).select("area", "period", "value")
        found = read.collect().drop_nulls().sort("period")
        return dict(found.select("area", "value").iter_rows())

    def incidents(self) -> pl.DataFrame:
        """Incidents in which people died or went missing; no rows where no list is loaded."""
        if self._incidents is None:
            try:
                self._incidents = self.workspace.incidents()
            except NoDataError:
                self._incidents = pl.DataFrame()
        return self._incidents

    def revisions(self, indicator: str, area: str) -> pl.DataFrame:
        """How the values of an area changed between editions; no rows where there is one edition only."""
        held = self.editions.filter(pl.col("indicators").list.contains(indicator)).select("source", "vintage").unique()
        if not held["source"].is_duplicated().any():
            return pl.DataFrame()
        try:
            return self.workspace.revisions(indicator, area=area)
        except (NoDataError, UnknownCodeError):
            return pl.DataFrame()


def _yearly_total() -> pl.Expr:
    return TOTAL & (pl.col("period").str.len_chars() == 4)

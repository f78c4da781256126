"""What a workspace holds now, read for reviews: some areas, some origins, the totals of some areas at a time."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from functools import cached_property
from typing import Any

import polars as pl

from opencompact.errors import NoDataError, UnknownCodeError
from opencompact.statistics.current import Current
from opencompact.statistics.workspace import Workspace

KEPT = 4
TOTAL = pl.all_horizontal(pl.col(name) == "_T" for name in ("sex", "age", "migratory_status", "origin"))


class Library:
    """The current values of a workspace, for as many reviews as wanted."""

    def __init__(self, workspace: Workspace) -> None:
        self.workspace = workspace
        self.loaded = frozenset(workspace.indicators())
        self.editions = workspace.editions()
        self.undated = frozenset(self.editions.filter(~pl.col("dated")).select("source", "vintage").iter_rows())
        self._areas: dict[tuple[str, ...], dict[str, pl.DataFrame]] = {}
        self._origins: dict[tuple[tuple[str, ...], tuple[str, ...]], dict[str, pl.DataFrame]] = {}
        self._totals: dict[tuple[str, ...], dict[str, pl.DataFrame]] = {}
        self._incidents: pl.DataFrame | None = None

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

    def of_areas(self, areas: Sequence[str]) -> dict[str, pl.DataFrame]:
        """Indicator → every current value of these areas."""
        key = tuple(sorted(areas))
        if key not in self._areas:
            self._areas[key] = _by_indicator(self.current.filter(pl.col("area").is_in(key)))
            _forget(self._areas)
        return self._areas[key]

    def of_origins(self, origins: Sequence[str], indicators: Sequence[str]) -> dict[str, pl.DataFrame]:
        """Indicator → every current value whose counterpart is one of these areas, whatever area reports it."""
        key = (tuple(sorted(origins)), tuple(sorted(indicators)))
        if key not in self._origins:
            wanted = pl.col("origin").is_in(key[0]) & pl.col("indicator").is_in(key[1])
            self._origins[key] = _by_indicator(self.ready.scan(indicators).filter(wanted))
            _forget(self._origins)
        return self._origins[key]

    def counterparts(self, indicator: str) -> pl.DataFrame:
        """Every current value of one indicator that names a counterpart."""
        return self.ready.scan([indicator]).filter(pl.col("origin") != "_T").collect()

    def totals(self, areas: Sequence[str]) -> dict[str, pl.DataFrame]:
        """Indicator → current values of these areas without breakdown by sex, age, status or origin."""
        key = tuple(sorted(areas))
        if key not in self._totals:
            wanted = pl.col("area").is_in(key) & TOTAL & (pl.col("period").str.len_chars() == 4)
            self._totals[key] = _by_indicator(self.current.filter(wanted))
            _forget(self._totals)
        return self._totals[key]

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


def _forget(kept: dict[Any, Any]) -> None:
    """Drops the oldest entries beyond the few that one review asks for again."""
    while len(kept) > KEPT:
        del kept[next(iter(kept))]


def _by_indicator(frame: pl.LazyFrame) -> dict[str, pl.DataFrame]:
    parts = frame.collect().partition_by("indicator", as_dict=True, maintain_order=True)
    return {str(key[0]): part for key, part in parts.items()}

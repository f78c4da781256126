"""A workspace as the other rooms see it: values, editions, revisions, incidents."""

from __future__ import annotations

import difflib
from collections.abc import Callable, Sequence
from dataclasses import asdict
from functools import cached_property
from pathlib import Path
from typing import Any

import polars as pl

from opencompact import compact
from opencompact.errors import NoDataError, UsageError
from opencompact.language import said
from opencompact.statistics import editions
from opencompact.statistics.asking import Codes, listed, refuse_unknown_key, unknown_indicator
from opencompact.statistics.asking import filters as asked
from opencompact.statistics.observations import CELL, no_observations
from opencompact.statistics.revisions import revisions_of
from opencompact.statistics.shares import PROTECTED, SHARES, computed_share, one_of
from opencompact.statistics.sources import contract
from opencompact.statistics.store import Part, Shapes, Store, create


class Workspace:
    """The observations that were imported into a folder, opened for reading.

    What it shows is the state of the moment it was opened: an import that ends later is seen by the next one opened.
    Raises StoreError where the folder is no workspace or is damaged.
    """

    def __init__(self, folder: Path | str) -> None:
        self.folder = Path(folder)
        self._store = Store(self.folder)
        self._shapes: dict[Part, Shapes] = {}

    @classmethod
    def create(cls, folder: Path | str) -> Workspace:
        """An empty workspace in a folder, or the one that is there."""
        create(Path(folder))
        return cls(folder)

    @property
    def parts(self) -> tuple[Part, ...]:
        """What is loaded: one part a table of an edition."""
        return self._store.manifest.parts

    def path(self, part: Part, name: str) -> Path:
        """A file of a part: `store.Store.path`."""
        return self._store.path(part, name)

    def indicators(self) -> list[str]:
        """Ids of the indicators of which there is at least one observation."""
        return sorted({indicator for part in self._store.manifest.parts for indicator in part.indicators})

    def editions(self) -> pl.DataFrame:
        """What is loaded, one row a table of an edition.

        Columns: edition, source, vintage, table, name, publisher, licence, file, sha256, unit (rows or cells), read,
        kept, set_aside (read = kept + set_aside), observations, indicators (list), derived, notes (list), dated (False
        where the vintage is only the earliest that it can be).
        """
        rows = []
        for part in self._store.manifest.parts:
            entry = contract.source(part.source)
            described = {"name": entry.name, "publisher": entry.publisher, "licence": entry.licence}
            rows.append({"edition": part.edition, **asdict(part), **described})
        schema: dict[str, Any] = {
            "edition": pl.String, "source": pl.String, "vintage": pl.String, "table": pl.String, "name": pl.String,
            "publisher": pl.String, "licence": pl.String, "file": pl.String, "sha256": pl.String, "unit": pl.String,
            "read": pl.Int64, "kept": pl.Int64, "set_aside": pl.Int64, "observations": pl.Int64,
            "indicators": pl.List(pl.String), "derived": pl.Boolean, "notes": pl.List(pl.String),
            "dated": pl.Boolean,
        }  # fmt: skip
        return pl.DataFrame([{name: row[name] for name in schema} for row in rows], schema=schema)

    def files(self) -> pl.DataFrame:
        """Every file that was imported, kept or not: the columns of `store.FileRecord`."""
        records = [asdict(record) for record in self._store.manifest.files]
        numbers = ("read", "kept", "set_aside")
        names = ("file", "sha256", "digest", "outcome", "reason", "source", "table", "vintage", "unit", *numbers)
        schema = {name: pl.Int64 if name in numbers else pl.String for name in names}
        return pl.DataFrame(records, schema=schema)

    def set_aside(self, edition: str) -> pl.DataFrame:
        """What was set aside of an edition ("iom.missing-migrants@2025-04-29", or a source's id for its newest one).

        Columns: edition, table, file, row, column, reason, content, count. Raises NoDataError where it is not loaded.
        """
        parts = self._parts_of(edition)
        tables = [
            pl.read_parquet(self._store.path(part, "set_aside.parquet")).select(
                pl.lit(part.edition).alias("edition"),
                pl.lit(part.table).alias("table"),
                pl.lit(part.file).alias("file"),
                *contract.SET_ASIDE,
            )
            for part in parts
        ]
        return pl.concat(tables)

    def _parts_of(self, edition: str) -> list[Part]:
        parts = [part for part in self._store.manifest.parts if edition in (part.edition, part.source)]
        if not parts:
            loaded = sorted({part.edition for part in self._store.manifest.parts})
            source = edition.partition("@")[0]
            near = difflib.get_close_matches(edition, loaded, n=3) or [name for name in loaded if source in name][-3:]
            raise NoDataError(
                "No edition of this name is loaded.",
                value=edition,
                remedy=said("Near ones: {names}.", names=", ".join(near))
                if near
                else "'opencompact sources --loaded' lists those that are.",
            )
        newest = max(part.vintage for part in parts)
        return [part for part in parts if part.vintage == newest]

    def values(
        self,
        indicator: str,
        area: Codes = None,
        period: Codes = None,
        *,
        sex: Codes = None,
        age: Codes = None,
        origin: Codes = None,
        migratory_status: Codes = None,
        breakdown: Codes = None,
        source: Codes = None,
        vintage: Codes = None,
        all_editions: bool = False,
    ) -> pl.DataFrame:
        """Values of an indicator: the current one of each cell, or those of all editions.

        Columns: `observations.SCHEMA`. Which one is current: `statistics.editions`. A filter is a code or several:

        area, origin:  ISO 3166 alpha-3, M49 (with or without zeros) or the English name
        period:        "2023", "2023-Q1", or a span of years "2015..2023"
        breakdown:     "route=Central Mediterranean", or a key alone ("route") for every value of it; "_T" for none
        source, vintage: only from these; what is current is then found among them

        Raises UnknownCodeError for an indicator or an area that is in no list, NoDataError where nothing is loaded of
        the indicator. An empty table means: loaded, and no value in these cells.
        """
        conditions = asked(area, period, sex, age, origin, migratory_status, breakdown)
        published = self.published_as(indicator)
        if source or vintage or all_editions:
            parts = self._parts_with(published, source, vintage)
            self._refuse_unknown_key(breakdown, published, parts)
            found = self._found(published, parts, conditions)
            if all_editions:
                values = found.sort(*CELL, "source", "vintage")
            else:
                values = self._chosen(indicator, parts, found)
            return values.with_columns(pl.lit(indicator).alias("indicator"))
        if published in self.indicators() or indicator not in SHARES:
            self._refuse_unknown_key(breakdown, published, self._parts_with(published, None, None))
        return self.current(indicator, conditions, asked(area, period, None, None, None, None, None))

    def current(
        self,
        indicator: str,
        conditions: Sequence[pl.Expr] = (),
        places: Sequence[pl.Expr] = (),
        read: Callable[[str, Sequence[pl.Expr]], pl.DataFrame] | None = None,
    ) -> pl.DataFrame:
        """The current value of each cell of an indicator that meets the conditions, in the order of the cells.

        places: those of the conditions that are on area and period alone: the parts of a share are read by them.
        read: gives current values of a part of a share, if they lie ready. Raises as `values` does.
        """
        published = self.published_as(indicator)
        shares = self._shares(indicator, conditions, places, read or self.current) if indicator in SHARES else None
        if shares is not None and published not in self.indicators() and (read or not shares.is_empty()):
            return shares  # an empty one is made ready too: what it is computed from is loaded, and has no value for it
        parts = self._parts_with(published, None, None)
        values = self._chosen(indicator, parts, self._found(published, parts, conditions))
        if shares is not None:
            values = one_of(indicator, values, shares)
        return values.with_columns(pl.lit(indicator).alias("indicator"))

    def _found(self, published: str, parts: Sequence[Part], conditions: Sequence[pl.Expr]) -> pl.DataFrame:
        """What stands in the files of the parts, under the id that it was published as."""
        files = [self._store.path(part, "observations.parquet") for part in parts]
        if not files:
            return no_observations()
        return pl.scan_parquet(files).filter(pl.col("indicator") == published, *conditions).collect()

    def _chosen(self, indicator: str, parts: Sequence[Part], found: pl.DataFrame) -> pl.DataFrame:
        shaped = [(part, self._shape(part).of(self.published_as(indicator))) for part in parts]
        return editions.current(found, shaped, self.declared_order(indicator))

    def _refuse_unknown_key(self, breakdown: Codes, published: str, parts: Sequence[Part]) -> None:
        if breakdown is not None and parts:
            known = (shape for part in parts for _, _, shape in self._shape(part).of(published).shapes)
            refuse_unknown_key(breakdown, known)

    def _shares(
        self,
        indicator: str,
        conditions: Sequence[pl.Expr],
        places: Sequence[pl.Expr],
        read: Callable[[str, Sequence[pl.Expr]], pl.DataFrame],
    ) -> pl.DataFrame:
        """The computed values of an indicator that is a share."""
        loaded = self.indicators()
        totals = [pl.col(name) == "_T" for name in ("origin", "breakdown", "migratory_status")]

        def part_of_share(part: str) -> pl.DataFrame | None:
            if part not in loaded:
                return None
            if part == PROTECTED:  # by origin over all who host them: its areas are not those that are asked for
                return read(part, (pl.col("breakdown") == "_T",))
            return read(part, (*places, *totals))

        return computed_share(indicator, part_of_share).filter(*conditions)

    def _parts_with(self, indicator: str, source: Codes, vintage: Codes) -> list[Part]:
        loaded = [part for part in self._store.manifest.parts if indicator in part.indicators]
        if not loaded:
            self._refuse(indicator)
        for identifier in listed(source):
            contract.source(identifier)
        vintages = sorted({part.vintage for part in loaded})
        for day in listed(vintage):
            if day not in vintages:
                raise NoDataError(
                    "No edition of this date has the indicator.",
                    value=day,
                    remedy=said("Loaded are: {vintages}.", vintages=", ".join(vintages)),
                )
        return [
            part
            for part in loaded
            if part.source in (listed(source) or [part.source]) and part.vintage in (listed(vintage) or [part.vintage])
        ]

    @cached_property
    def _catalogue(self) -> dict[str, compact.Indicator]:
        """What ships, with the official list that the workspace keeps."""
        return {entry.id: entry for entry in compact.catalogue(workspace=self.folder).indicators()}

    def published_as(self, indicator: str) -> str:
        """The id under which values are stored: that of the indicator that the catalogue says is the same."""
        entry = self._catalogue.get(indicator)
        return entry.same_as if entry is not None and entry.same_as else indicator

    def declared_order(self, indicator: str) -> list[str]:
        """The sources of an indicator in the order that the catalogue declares; [] for one that is in no catalogue.

        `national.open-sdg` stands for the platform of any country.
        """
        if indicator not in self._catalogue:
            return []
        declared = self._catalogue[indicator].sources
        return [member for identifier in declared for member in contract.members(identifier)]

    def _refuse(self, indicator: str) -> None:
        if indicator in self._catalogue:
            raise NoDataError(
                "Nothing is loaded of this indicator.",
                value=indicator,
                remedy="'opencompact sources' says which files give it; 'opencompact import' loads them.",
            )
        raise unknown_indicator(indicator, [*self.indicators(), *self._catalogue])

    def _shape(self, part: Part) -> Shapes:
        if part not in self._shapes:
            self._shapes[part] = self._store.shapes(part)
        return self._shapes[part]

    def revisions(self, indicator: str, *, area: Codes = None, period: Codes = None) -> pl.DataFrame:
        """How values changed from one vintage of a source to the next: `statistics.revisions.revisions_of`."""
        values = self.values(indicator, area, period, all_editions=True)
        parts = [part for part in self._store.manifest.parts if self.published_as(indicator) in part.indicators]
        sources = {part.source for part in parts if part.dated}  # what has no date is compared with its like alone
        undated = {(part.source, part.vintage) for part in parts if not part.dated and part.source in sources}
        comparable = [(source, vintage) not in undated for source, vintage in values.select("source", "vintage").rows()]
        return revisions_of(values.filter(comparable))

    def incidents(self, *, start: str | None = None, end: str | None = None) -> pl.DataFrame:
        """Incidents in which people died or went missing, from the newest edition that covers the day (see `iom`).

        start, end: ISO days, both included. Raises NoDataError where no edition with incidents is loaded.
        """
        from opencompact.statistics.incidents import current_incidents

        parts = [part for part in self._store.manifest.parts if "incidents" in part.tables and not part.derived]
        if not parts:
            raise NoDataError(
                "No list of incidents is loaded.",
                remedy="Import a file of IOM's Missing Migrants Project: 'opencompact sources' says where it is offered.",
            )
        tables = [
            (part, self._shape(part), pl.read_parquet(self._store.path(part, "incidents.parquet"))) for part in parts
        ]
        return current_incidents(tables, start=start, end=end)

    def sql(self, query: str) -> pl.DataFrame:
        """What DuckDB answers to a question about the tables `observations` (all editions) and `editions`.

        >>> Workspace("workspace").sql("SELECT source, count(*) FROM observations GROUP BY source")  # doctest: +SKIP
        """
        import duckdb

        files = [str(self._store.path(part, "observations.parquet")) for part in self._store.manifest.parts]
        with duckdb.connect() as connection:
            connection.register("editions", self.editions())
            if files:
                connection.read_parquet(files).create_view("observations")
            else:
                connection.register("observations", no_observations())
            try:
                answer = connection.sql(query)
                # By rows: DuckDB 2.0.0's Arrow stream leaks, and says so on standard error when the process ends.
                return pl.DataFrame(answer.fetchall(), answer.columns, orient="row", infer_schema_length=None)
            except duckdb.Error as problem:
                raise UsageError(
                    said("DuckDB cannot answer this: {reason}", reason=str(problem).splitlines()[0]),
                    value=query,
                    remedy="The tables are 'observations' and 'editions'.",
                ) from problem

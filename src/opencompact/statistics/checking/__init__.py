"""Validation of a user's own table: everything that one would hate to publish, each with its place and its remedy.

`check_file` reads a tidy table (one row, one value) and returns a Report: findings, and the observations where no
finding is an error. The 17 faults that the peers were measured on, and what lets each through, are in the tests.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

import polars as pl

from opencompact.compact import Catalogue, catalogue
from opencompact.errors import UsageError
from opencompact.language import said
from opencompact.statistics.checking.cells import NUMBER, check_cells
from opencompact.statistics.checking.codes import check_codes
from opencompact.statistics.checking.findings import Finding, gathered, in_order
from opencompact.statistics.checking.keys import check_duplicates, check_totals
from opencompact.statistics.checking.magnitudes import check_copies, check_ranges, check_slips, check_small_counts
from opencompact.statistics.checking.periods import check_periods
from opencompact.statistics.checking.populations import Populations, check_populations
from opencompact.statistics.checking.sdmx_messages import read_message
from opencompact.statistics.checking.statuses import WITHHELD, check_statuses, check_units
from opencompact.statistics.checking.table import REQUIRED, TidyTable, tidy
from opencompact.statistics.checking.workbooks import check_workbook
from opencompact.statistics.observations import CELL, breakdown, observations
from opencompact.statistics.reasons import recalled
from opencompact.tables import ROW, read_table

__all__ = ["Finding", "Report", "check_file"]


@dataclass(frozen=True)
class Report:
    """What a check found. `observations` is None where there is an error: such a table is not imported.

    `repeated` are the rows that say again what an earlier one has said, and are no observations.
    """

    file: Path
    rows: int
    findings: tuple[Finding, ...]
    observations: pl.DataFrame | None
    repeated: tuple[int, ...] = ()

    @property
    def errors(self) -> int:
        """How many findings stop an import."""
        return sum(finding.count for finding in self.findings if finding.severity == "error")

    @property
    def warnings(self) -> int:
        """How many findings a person should look at."""
        return sum(finding.count for finding in self.findings) - self.errors


def check_file(
    path: Path,
    *,
    today: date,
    indicator: str | None = None,
    area: str | None = None,
    unit: str | None = None,
    sheet: str | None = None,
    definitions: Catalogue | None = None,
    populations: Populations | None = None,
) -> Report:
    """Checks a tidy CSV, XLSX, Parquet or JSON table, or an SDMX data message (XML, JSON, CSV).

    `indicator`, `area` and `unit` stand for columns that the table does not have. `today` decides what lies in the
    future; `populations`, by area and year, what is more people than live there. Raises InputError where the file cannot be read at all.
    """
    message = read_message(path, indicator) if path.is_file() else None
    raw = message[0] if message else read_table(path, sheet)
    given = {name: value for name, value in (("indicator", indicator), ("area", area), ("unit", unit)) if value}
    table = tidy(raw, given)
    if not message and not set(REQUIRED) <= {*table.headings, *given}:
        _refuse_publishers_file(path)
    if message:
        _tell_set_aside(table, message[1])
    check_cells(table)
    definitions = definitions or catalogue()
    check_workbook(table, {entry.id: entry.unit for entry in definitions.indicators()})
    check_codes(table, definitions)
    if table.open_sdg:
        _tell_form(table)
    check_periods(table, today)
    check_statuses(table)
    check_units(table)
    check_duplicates(table)
    numbers = _numbers(table, definitions)
    if numbers.height:
        check_ranges(table, numbers)
        check_totals(table, numbers)
        check_slips(table, numbers)
        check_copies(table, numbers)
        check_small_counts(table, numbers)
        check_populations(table, numbers, populations or {})
    findings = tuple(in_order(gathered(set(table.findings))))
    sound = not any(finding.severity == "error" for finding in findings)
    if not sound:
        return Report(path, raw.cells.height, findings, None)
    kept = _observations(table, definitions)
    repeated = table.cells.filter(~pl.col(ROW).is_in(kept["row"].to_list()))[ROW]
    return Report(path, raw.cells.height, findings, kept, tuple(repeated))


def _refuse_publishers_file(path: Path) -> None:
    """A publisher's own file is not tidy and need not be: it is imported as it is."""
    from opencompact.statistics.sources import contract
    from opencompact.statistics.sources.file import SourceFile

    found = contract.recognise(SourceFile(path))
    if found is None or found.reason is not None or contract.source(found.source).generic:
        return
    if contract.source(found.source).module == "open_sdg":  # a country may well check the tables of its own platform
        return
    raise UsageError(
        said("This is a file of {source} as its publisher gives it, not a table of your own.", source=found.source),
        file=path,
        rule="publishers-file",
        remedy=said("Import it as it is: 'opencompact import {file}'.", file=path.name),
    )


def _tell_set_aside(table: TidyTable, aside: pl.DataFrame) -> None:
    """What a message says that is no observation of ours: an import would set it aside."""
    for row, reason, content in aside.select("row", "reason", "content").iter_rows():
        table.find(
            "sdmx-set-aside",
            "error",
            said("The observation is none of ours: {reason}.", reason=recalled(reason)),
            "Correct the code, or write a mapping: 'opencompact manual explanation/sdmx' shows how.",
            row=row,
            value=content,
        )


def _tell_form(table: TidyTable) -> None:
    """Says once how a table in the form of Open SDG was read."""
    read = ", ".join(f"{label} as {code}" for label, code in sorted(table.labels.items())[:12])
    table.find(
        "open-sdg-form",
        "warning",
        said("The table has the form of Open SDG: an empty category is read as the total, {read}.", read=read)
        if read
        else "The table has the form of Open SDG: an empty category is read as the total.",
        "Nothing to do if that is meant.",
    )


def _units(definitions: Catalogue) -> pl.DataFrame:
    units = {entry.id: entry.unit for entry in definitions.indicators()}
    return pl.DataFrame(
        {"indicator": list(units), "catalogue_unit": list(units.values())},
        schema={"indicator": pl.String, "catalogue_unit": pl.String},
    )


def _numbers(table: TidyTable, definitions: Catalogue) -> pl.DataFrame:
    """The rows with a number, with their unit: the row's own, else the catalogue's."""
    cells = table.cells
    for name in ("indicator", "period", "unit"):
        if name not in cells.columns:
            cells = cells.with_columns(pl.lit(None, pl.String).alias(name))
    if "value" not in cells.columns:
        return cells.clear()
    plain = pl.col("value").str.contains(rf"^{NUMBER.pattern}$")
    bounds = [pl.col(name).cast(pl.Float64, strict=False) for name in ("lower", "upper") if name in cells.columns]
    finite = pl.col("value").cast(pl.Float64, strict=False).is_finite()
    return (
        cells.filter(plain & finite)
        .join(_units(definitions), on="indicator", how="left")
        .with_columns(
            pl.col("value").cast(pl.Float64).alias("number"),
            pl.coalesce("unit", "catalogue_unit").alias("unit"),
            *bounds,
        )
        .sort(ROW)
    )


def _observations(table: TidyTable, definitions: Catalogue) -> pl.DataFrame:
    """The table as observations; columns of the user's own go to `breakdown`, keys sorted. A repeated row is one."""
    cells = table.cells.join(_units(definitions), on="indicator", how="left")
    unit = pl.coalesce(*([pl.col("unit")] if "unit" in cells.columns else []), "catalogue_unit")
    totals = [
        pl.col(name).fill_null("_T") for name in ("sex", "age", "migratory_status", "origin") if name in cells.columns
    ]
    keys = {name: pl.when(pl.col(name) != "_T").then(pl.col(name)) for name in table.breakdowns}
    said_status = pl.col("status") if "status" in cells.columns else pl.lit(None, pl.String)
    free = pl.col("confidentiality").fill_null("F") if "confidentiality" in cells.columns else pl.lit("F")
    withheld, empty = free.is_in(WITHHELD), pl.col("value").is_null()
    status = (
        pl.when(empty & withheld & said_status.fill_null("A").is_in(["A", "O"])).then(pl.lit("Q"))
        .when(said_status.is_not_null()).then(said_status)
        .when(empty).then(pl.lit("O"))
        .otherwise(pl.lit("A"))
    )  # fmt: skip
    frame = cells.with_columns(
        *totals,
        unit.alias("unit"),
        (breakdown(**keys) if keys else pl.lit("_T")).alias("breakdown"),
        status.alias("status"),
        free.alias("confidentiality"),
        pl.col(ROW).alias("row"),
    )
    found = observations(frame, file=table.raw.file.name)
    return found.unique(subset=CELL, keep="first", maintain_order=True)

"""A user's own tidy table: checked in full before one value of it is kept."""

from __future__ import annotations

from datetime import date

import polars as pl

from opencompact.errors import InvalidDataError, OpenCompactError
from opencompact.language import counted, said
from opencompact.statistics.checking import check_file
from opencompact.statistics.checking.periods import last_day
from opencompact.statistics.checking.populations import populations_of
from opencompact.statistics.checking.table import recognised_columns
from opencompact.statistics.sources.contract import Reading, Recognition, set_aside
from opencompact.statistics.sources.file import SourceFile

WANTED = {"indicator", "area", "period", "value"}


def recognise(file: SourceFile) -> Recognition | None:
    """A table whose headings mean at least indicator, area, period and value."""
    try:
        columns = recognised_columns(file.path)
    except OpenCompactError:
        return None
    return Recognition("own.table", f"table {file.path.stem}") if columns >= WANTED else None


def read(file: SourceFile, recognition: Recognition) -> Reading:
    """The table's observations. Raises InvalidDataError with the first error where there is one."""
    known = recognition.details
    workspace = known.get("workspace")
    report = check_file(
        file.path,
        today=date.today(),
        definitions=known.get("catalogue"),
        populations=populations_of(workspace) if workspace else None,
    )
    if report.observations is None:
        first = report.findings[0]
        more = report.errors
        others = counted(" It has {n:,} error in all.", " It has {n:,} errors in all.", more) if more > 1 else ""
        raise InvalidDataError(
            said("{problem}{others}", problem=first.message, others=others),
            file=file.name,
            sheet=first.sheet,
            row=first.row,
            column=first.column,
            value=first.value,
            rule=first.rule,
            remedy=said(
                "{remedy} 'opencompact check {file}' lists them all.", remedy=first.remedy, file=file.path.name
            ),
        )
    notes = tuple(str(finding) for finding in report.findings[:20])
    repeated = pl.DataFrame({"row": report.repeated}, schema={"row": pl.Int64})
    aside = set_aside(repeated, reason="it repeats an earlier row")
    dated = report.observations["vintage"].count() > 0
    vintage = _vintage(report.observations)
    return Reading(report.observations, aside, report.rows, vintage, notes=notes, dated=dated)


def _vintage(observations: pl.DataFrame) -> str:
    """The newest date in the table's own column `vintage`; without one, the last day that it speaks of."""
    said_dates = observations["vintage"].drop_nulls()
    if len(said_dates):
        return str(said_dates.max())
    return max(last_day(period) for period in observations["period"].unique()).isoformat()

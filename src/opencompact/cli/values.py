"""`opencompact values` and `revisions`: numbers, each with its source and its vintage."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from opencompact.cli.indicators import unit_named
from opencompact.cli.output import columns_named, json_option, number, print_json, print_table, say
from opencompact.cli.workspace import workspace_option
from opencompact.language import counted, said

if TYPE_CHECKING:
    import polars as pl

Decorated = TypeVar("Decorated", bound=Callable[..., Any])

_DIMENSIONS = ("sex", "age", "migratory_status", "origin")
_DETAILS = ("confidentiality", "lower", "upper", "note", "file", "row")


def _several(name: str, *, help: str) -> Callable[[Decorated], Decorated]:
    return click.option(name, multiple=True, help=help)


@click.command(epilog="Example: opencompact values 10.7.3 --area MEX --period 2019..2024 --json")
@click.argument("indicator")
@_several(
    "--area", help="ISO 3166 alpha-3, M49 or the English name; 001 is the world. May be repeated, as all filters."
)
@_several("--period", help="2023, 2023-Q1, 2023-05, or years as 2015..2023.")
@_several("--sex", help="F, M, or _T for both.")
@_several("--age", help="Y0T17, Y_GE65 …, or _T for all.")
@_several("--origin", help="Where people or money come from, or _T for all.")
@_several("--migratory-status", help="MIGRANT, NONMIGRANT, or _T for all.")
@_several("--breakdown", help="A key (route), a key with its value (route=Central Mediterranean), or _T for none.")
@_several("--source", help="Only from this source.")
@_several("--vintage", help="Only from the edition of this date.")
@click.option("--all-editions", is_flag=True, help="Values of all editions, not only the current one of each cell.")
@click.option("--details", is_flag=True, help="With --json: also confidentiality, lower, upper, note, file and row.")
@workspace_option
@json_option
def values(
    indicator: str, all_editions: bool, details: bool, workspace: Path, as_json: bool, **filters: tuple[str, ...]
) -> None:
    """Print values of an indicator: the current one of every cell, with its source and vintage.

    Without filters all cells are shown: total and every breakdown. The current value of a cell comes from the newest
    edition that covers it, in the order of sources that the catalogue declares.

    With --json: a list of objects with indicator, area, period, value, unit, status, source, vintage, and one key per
    breakdown: sex, age, migratory_status, origin, and those of the source (route, cause …); _T is the total. A value that
    is withheld is null with status Q. --details adds confidentiality, lower, upper, note, file and row.
    """
    from opencompact.compact import catalogue
    from opencompact.statistics import Workspace
    from opencompact.statistics.notes import recalled
    from opencompact.statistics.sample import places

    places.register_if_asked((*filters["area"], *filters["origin"]))
    chosen = {name: list(codes) or None for name, codes in filters.items()}
    opened = Workspace(workspace)
    found = opened.values(indicator, all_editions=all_editions, **chosen)
    found = _with_status(found)
    if as_json:
        print_json(_objects(found if details else found.drop(_DETAILS)))
        return
    if found.is_empty():
        say("No value: the indicator is loaded, and has none in these cells.")
        return
    broken_down = [name for name in (*_DIMENSIONS, "breakdown") if (found[name] != "_T").any()]
    columns = ["area", "period", *broken_down, "value", "unit", "status", "note", "source", "vintage"]
    rows = [[_shown(cell) for cell in row] for row in found.select(columns).rows()]
    known = catalogue(workspace=workspace)
    for row in rows:
        row[columns.index("note")] = recalled(str(row[columns.index("note")] or ""))
        row[columns.index("unit")] = unit_named(str(row[columns.index("unit")] or ""), known)
    print_table(columns_named(columns), rows, right=[columns.index("value")])
    chosen_from = _chosen(found, opened.declared_order(indicator), all_editions=all_editions)
    say(counted("{n:,} value. {chosen}", "{n:,} values. {chosen}", len(rows), chosen=chosen_from))


def _with_status(found: pl.DataFrame) -> pl.DataFrame:
    """A value that is withheld says so in its status too: Q, missing because suppressed."""
    import polars as pl

    withheld = pl.col("value").is_null() & ~pl.col("confidentiality").is_in(["F"]) & (pl.col("status") == "A")
    return found.with_columns(pl.when(withheld).then(pl.lit("Q")).otherwise("status").alias("status"))


def _objects(found: pl.DataFrame) -> list[dict[str, Any]]:
    """As --json shows them: the keys of `breakdown` are keys of the object."""
    objects = []
    for row in found.to_dicts():
        breakdown = row.pop("breakdown")
        if breakdown != "_T":
            row |= dict(pair.split("=", 1) for pair in breakdown.split(";"))
        objects.append(row)
    keys = dict.fromkeys(key for row in objects for key in row)
    return [{key: row.get(key, "_T" if key not in found.columns else None) for key in keys} for row in objects]


def _shown(cell: object) -> object:
    if isinstance(cell, float):
        return number(cell, ",.0f" if cell.is_integer() else ",.4g" if abs(cell) < 100 else ",.1f")
    return cell


def _chosen(found: pl.DataFrame, order: list[str], *, all_editions: bool) -> str:
    """Which editions the values are from and, of several, why these."""
    from opencompact.statistics.editions import OWN

    counts = found.group_by("source", "vintage").len().sort("source", "vintage").rows()
    editions = ", ".join(f"{source}@{vintage} ({number:,})" for source, vintage, number in counts)
    if all_editions:
        return said("From {editions}.", editions=editions)
    sources = list(dict.fromkeys(source for source, _vintage, _number in counts))
    ordered = [source for source in (OWN, *order) if source in sources]
    if len(counts) < 2:
        return said("Current ones, chosen from {editions}.", editions=editions)
    return said(
        "Current ones, chosen from {editions}: in each cell the newest edition that covers it, of the first of {sources} "
        "that has a value there.",
        editions=editions,
        sources=", ".join([*ordered, *(source for source in sources if source not in ordered)]),
    )


@click.command(epilog="Example: opencompact revisions 10.7.3 --area 001")
@click.argument("indicator")
@_several("--area", help="ISO 3166 alpha-3, M49 or the English name.")
@_several("--period", help="2023, or years as 2015..2023.")
@click.option(
    "--top",
    default=40,
    show_default=True,
    type=click.IntRange(0),
    help="How many to print, the largest changes first (0: all).",
)
@workspace_option
@json_option
def revisions(
    indicator: str, area: tuple[str, ...], period: tuple[str, ...], top: int, workspace: Path, as_json: bool
) -> None:
    """List how past values changed from one vintage of a source to the next.

    Values of a part of a period are left out: they grow, they are not revised.
    """
    from opencompact.statistics import Workspace
    from opencompact.statistics.sample import places

    places.register_if_asked(area)
    found = Workspace(workspace).revisions(indicator, area=list(area) or None, period=list(period) or None)
    if as_json:
        print_json(_objects(found))
        return
    shown = found.head(top) if top else found
    dimensions = [name for name in (*_DIMENSIONS, "breakdown") if (shown[name] != "_T").any()]
    columns = ["area", "period", *dimensions, "source", "earlier_vintage", "vintage", "earlier", "value", "percent"]
    rows = [[*(_shown(cell) for cell in row[:-1]), _percent(row[-1])] for row in shown.select(columns).rows()]
    print_table(columns_named(columns), rows, right=[columns.index(name) for name in ("earlier", "value", "percent")])
    say("{n:,} of {count:,} revisions.", n=len(rows), count=found.height)


def _percent(change: float | None) -> str:
    return "" if change is None else f"{number(change, '+.1f')} %"

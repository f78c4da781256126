"""Rules about the number of people that there are: no count of people is above the world's, few are above their area's."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from pathlib import Path

import polars as pl

from opencompact.language import said
from opencompact.statistics.checking.table import TidyTable
from opencompact.tables import ROW

_PEOPLE = ("persons", "people")
#: (area, year) → people who live there.
Populations = Mapping[tuple[str, int], float]


def check_populations(table: TidyTable, numbers: pl.DataFrame, populations: Populations) -> None:
    """A count of people above the world's population is an error; above its area's, as far as that is known, a warning."""
    people = numbers.filter(pl.col("unit").str.strip_chars().str.to_lowercase().is_in(_PEOPLE))
    if people.is_empty():
        return
    area = pl.col("area") if "area" in people.columns else pl.lit(None, pl.String)
    year = pl.col("period").str.head(4).cast(pl.Int32, strict=False)
    for row, code, when, number in people.select(ROW, area.alias("area"), year, "number").iter_rows():
        if number > world_population(when):
            table.find(
                "above-the-world",
                "error",
                said("There are fewer people in the world: at most {people:,.0f}.", people=world_population(when)),
                "Check the value and its unit.",
                row=row,
                column="value",
                value=f"{number:.15g}",
            )
        elif number > (lives := populations.get((code, when), float("inf"))):
            table.find(
                "above-the-area",
                "warning",
                said("More people than live in {area}: {people:,.0f} in {year}.", area=code, people=lives, year=when),
                "Check the value and its unit.",
                row=row,
                column="value",
                value=f"{number:.15g}",
            )


def world_population(year: int | None) -> float:
    """An upper bound of the people alive in a year: those of the next year that is listed, at the end of the list its last."""
    known = _world()
    return next(
        (people for listed, people in known.items() if year is not None and year <= listed), max(known.values())
    )


@cache
def _world() -> dict[int, float]:
    text = files("opencompact.statistics.checking").joinpath("populations.toml").read_text("utf-8")
    return {int(year): float(people) for year, people in tomllib.loads(text)["world"].items()}


def populations_of(workspace: Path) -> Populations:
    """The populations that a workspace holds; none where there is no workspace, or none is loaded in it."""
    from opencompact.errors import NoDataError, StoreError
    from opencompact.statistics.workspace import Workspace

    try:
        found = Workspace(workspace).values(
            "population", sex="_T", age="_T", origin="_T", migratory_status="_T", breakdown="_T"
        )
    except (NoDataError, StoreError):
        return {}
    yearly = found.filter(pl.col("period").str.len_chars() == 4, pl.col("value").is_not_null())
    return {(area, int(period)): value for area, period, value in yearly.select("area", "period", "value").iter_rows()}

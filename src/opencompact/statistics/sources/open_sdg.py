"""National SDG files of Open SDG sites: years that are no years, columns by many names, placeholders that look like data."""

from __future__ import annotations

import re

import polars as pl

from opencompact.compact import area
from opencompact.errors import OpenCompactError
from opencompact.statistics.observations import observations
from opencompact.statistics.sources.contract import Reading, Recognition, set_aside
from opencompact.statistics.sources.file import SourceFile
from opencompact.statistics.sources.meaning import definition, last_day_in
from opencompact.statistics.sources.open_sdg_cells import MARK, one_value_a_cell, with_categories, with_values
from opencompact.statistics.sources.open_sdg_periods import with_periods
from opencompact.statistics.sources.totals import without_gaps

_OURS = ("row", "Year", "Value")
_FILE = re.compile(r"indicator_(\d+)-([0-9a-z]+)-(\d+)(?:-([a-z]+))?\.csv(?:\.gz)?")


def recognise(file: SourceFile) -> Recognition | None:
    """By the name that Open SDG prescribes and the columns Year and Value; the country by a folder above it."""
    named = _FILE.fullmatch(file.path.name)
    header = file.header()
    if not named or header[:1] != ["Year"] or "Value" not in header:
        return None
    place = next(filter(None, map(_place, (folder.name for folder in list(file.path.parents)[:3]))), None)
    if place is None:
        return None
    source, country = place
    indicator = ".".join(named.groups()[:3])
    table = "-".join(part for part in named.groups() if part)
    details = {"country": country, "indicator": indicator, "part": f"{indicator}.{named[4]}" if named[4] else None}
    table = table if source != "national.open-sdg" else f"{country}-{table}"
    return Recognition(source, table, _placeholder(file), details=details)


def _place(folder: str) -> tuple[str, str] | None:
    for name, (source, country) in definition("open_sdg")["folders"].items():
        if folder.lower() in (name, source):
            return source, country
    try:
        return ("national.open-sdg", area(folder).code) if re.fullmatch("[A-Z]{3}", folder) else None
    except OpenCompactError:
        return None


def _placeholder(file: SourceFile) -> str | None:
    """Why the file holds no observations, if it does not: no rows, a sentence, a row of the site's template."""
    if file.lines > 20:
        return None
    words = definition("open_sdg")["placeholders"]
    rows = _trimmed(file.csv())
    if rows.is_empty():
        return "no rows below the header"
    said = [
        year for year in rows["Year"].drop_nulls() if any(re.match(one, year.lower()) for one in words["sentences"])
    ]
    if len(said) == rows.height:
        return f"a sentence in place of data: {said[0]}"
    if rows.width == 3 and rows.select("Year", "Value").rows() == [("2015", "0")]:
        return "the template of the site: one row of 2015 with the value 0"
    groups = rows["Group"].drop_nulls().unique().sort().to_list() if "Group" in rows.columns else []
    if groups == words["template_groups"] and set(rows["Value"]) <= {"1", "2", "3"}:
        return "the template of the site: groups A and B with the values 1 to 3"
    return None


def read(file: SourceFile, recognition: Recognition) -> Reading:
    """One indicator of one country."""
    table = _trimmed(file.csv()).rename(lambda name: name if name in _OURS else MARK + name)
    details = recognition.details
    roles = _roles(table, str(details["indicator"]))
    found = with_periods(table)
    found = with_values(found, roles, str(details["indicator"]), file)
    found = with_categories(found, roles, dict(details))
    empty = pl.all_horizontal(pl.col(name).is_null() for name in table.columns if name != "row")
    reasons = (
        pl.when(empty).then(pl.lit("an empty row"))
        .when(pl.col("Year").is_null()).then(pl.lit("no year"))
        .when(pl.col("period").is_null()).then(pl.format("no period: {}", "Year"))
        .when(pl.col("value").is_null() & pl.col("Value").is_not_null()).then(pl.lit("no number"))
    )  # fmt: skip
    judged = found.with_columns(reasons.alias("reason"))
    kept, conflicts = one_value_a_cell(judged.filter(pl.col("reason").is_null()))
    whole = without_gaps(observations(kept, indicator=details["indicator"], area=details["country"]))
    aside = [
        set_aside(frame.select("row", "reason", pl.col("Value").alias("content")))
        for frame in (judged.filter(pl.col("reason").is_not_null()), conflicts)
    ]
    aside += [
        set_aside(pl.DataFrame({"column": [column.removeprefix(MARK)], "reason": [role.removeprefix("left out: ")], "count": [table[column].count()]}))
        for column, role in roles.items() if role.startswith("left out") and table[column].count()
    ]  # fmt: skip
    return Reading(whole, set_aside(*aside), table.height, last_day_in(whole), notes=_notes(table, roles), dated=False)


def _trimmed(table: pl.DataFrame) -> pl.DataFrame:
    """No blanks around cells (a no-break space is a blank too), and null where nothing is left."""
    plain = pl.col(pl.String).str.replace_all("\u00a0", " ", literal=True).str.strip_chars()
    return table.with_columns(plain).with_columns(pl.when(pl.col(pl.String) != "").then(pl.col(pl.String)).name.keep())


def _roles(table: pl.DataFrame, indicator: str) -> dict[str, str]:
    """Each column of the file but Year and Value, and what it is: one of ours, left out, or a key of the breakdown."""
    codes = definition("open_sdg")
    own = codes.get("columns_of", {}).get(indicator, {})
    columns = {name: name.removeprefix(MARK) for name in table.columns if name not in _OURS}
    return {
        name: own.get(said.lower(), codes["columns"].get(said.lower(), f"key:{_key(said)}"))
        for name, said in columns.items()
    }


def _key(name: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-")


def _notes(table: pl.DataFrame, roles: dict[str, str]) -> tuple[str, ...]:
    """What a column says that has one value throughout and so breaks nothing down."""
    constant = [
        name
        for name, role in roles.items()
        if role.startswith("key:") and table[name].n_unique() == 1 and table[name][0]
    ]
    return tuple(f"{name.removeprefix(MARK)}: {table[name][0]}" for name in constant)

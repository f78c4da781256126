"""National SDG files of Open SDG sites: years that are no years, columns by many names, placeholders that look like data."""

from __future__ import annotations

import re
from functools import cache
from typing import Any

import polars as pl

from opencompact.compact import area
from opencompact.errors import InvalidDataError, OpenCompactError
from opencompact.language import said
from opencompact.statistics.observations import CELL, breakdown, observations
from opencompact.statistics.sources.contract import Reading, Recognition, set_aside
from opencompact.statistics.sources.file import SourceFile
from opencompact.statistics.sources.meaning import definition, last_day_in, number
from opencompact.statistics.sources.totals import without_gaps

_OURS = ("row", "Year", "Value")
# The columns of the file bear this mark while ours are made beside them: a file may have a column "status" or "unit" too.
_MARK = "in the file: "
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
    table = _trimmed(file.csv()).rename(lambda name: name if name in _OURS else _MARK + name)
    details = recognition.details
    roles = _roles(table, str(details["indicator"]))
    found = _periods(table)
    found = _values(found, roles, str(details["indicator"]), file)
    found = _dimensions(found, roles, dict(details))
    empty = pl.all_horizontal(pl.col(name).is_null() for name in table.columns if name != "row")
    reasons = (
        pl.when(empty).then(pl.lit("an empty row"))
        .when(pl.col("Year").is_null()).then(pl.lit("no year"))
        .when(pl.col("period").is_null()).then(pl.format("no period: {}", "Year"))
        .when(pl.col("value").is_null() & pl.col("Value").is_not_null()).then(pl.lit("no number"))
    )  # fmt: skip
    judged = found.with_columns(reasons.alias("reason"))
    kept, conflicts = _one_value_a_cell(judged.filter(pl.col("reason").is_null()))
    whole = without_gaps(observations(kept, indicator=details["indicator"], area=details["country"]))
    aside = [
        set_aside(frame.select("row", "reason", pl.col("Value").alias("content")))
        for frame in (judged.filter(pl.col("reason").is_not_null()), conflicts)
    ]
    aside += [
        set_aside(pl.DataFrame({"column": [column.removeprefix(_MARK)], "reason": [role.removeprefix("left out: ")], "count": [table[column].count()]}))
        for column, role in roles.items() if role.startswith("left out") and table[column].count()
    ]  # fmt: skip
    return Reading(whole, set_aside(*aside), table.height, last_day_in(whole), notes=_notes(table, roles))


def _trimmed(table: pl.DataFrame) -> pl.DataFrame:
    """No blanks around cells (a no-break space is a blank too), and null where nothing is left."""
    plain = pl.col(pl.String).str.replace_all("\u00a0", " ", literal=True).str.strip_chars()
    return table.with_columns(plain).with_columns(pl.when(pl.col(pl.String) != "").then(pl.col(pl.String)).name.keep())


def _roles(table: pl.DataFrame, indicator: str) -> dict[str, str]:
    """Each column of the file but Year and Value, and what it is: one of ours, left out, or a key of the breakdown."""
    codes = definition("open_sdg")
    own = codes.get("columns_of", {}).get(indicator, {})
    columns = {name: name.removeprefix(_MARK) for name in table.columns if name not in _OURS}
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
    return tuple(f"{name.removeprefix(_MARK)}: {table[name][0]}" for name in constant)


# --- periods -------------------------------------------------------------------------------------------------------------


def _periods(table: pl.DataFrame) -> pl.DataFrame:
    """`period`, `span` (a span of several years, else null) and `said` (what the file says, where it is not the period)."""
    years = {text: _period(text) for text in table["Year"].drop_nulls().unique()}
    parts = {
        name: {text: found[place] if found else None for text, found in years.items()}
        for place, name in enumerate(("period", "span", "said"))
    }
    return table.with_columns(
        pl.col("Year").replace_strict(values, default=None, return_dtype=pl.String).alias(name)
        for name, values in parts.items()
    )


@cache
def _period(text: str) -> tuple[str, str | None, str | None] | None:
    """A year or a quarter; for a financial year its first year, for a span of years its last; None for anything else.

    >>> _period("2013 Q1"), _period("2021/22 [Note 5]"), _period("1980 to 1990")
    (('2013-Q1', None, None), ('2021', None, '2021/22 [Note 5]'), ('1990', '1980 to 1990', '1980 to 1990'))
    """
    plain = re.sub(r"\s*(\[[^\]]*\]|\*+)$", "", text)
    said = None if plain == text else text
    if re.fullmatch(r"\d{4}", plain):
        return plain, None, said
    quarter = re.fullmatch(r"(\d{4})[ -]?Q([1-4])", plain)
    if quarter:
        return f"{quarter[1]}-Q{quarter[2]}", None, said
    if _financial(plain):
        return plain[:4], None, text
    span = re.fullmatch(r"(\d{4}(?:/\d{2})?)\s*(?:to|-|–)\s*(\d{4}(?:/\d{2})?)", plain)
    if span and all(re.fullmatch(r"\d{4}", part) or _financial(part) for part in span.groups()) and span[1] < span[2]:
        return span[2][:4], plain, text
    return None


def _financial(text: str) -> bool:
    years = re.fullmatch(r"\d{2}(\d{2})/(\d{2})", text)
    return years is not None and (int(years[1]) + 1) % 100 == int(years[2])


# --- values --------------------------------------------------------------------------------------------------------------


def _values(table: pl.DataFrame, roles: dict[str, str], indicator: str, file: SourceFile) -> pl.DataFrame:
    """`value`, `status`, `unit` and `note`."""
    codes = definition("open_sdg")
    factor = _translated(table, roles, "multiplier", codes["multipliers"], file)
    status = _translated(table, roles, "status", codes["statuses"], file)
    units = [name for name, role in roles.items() if role == "unit"]
    unit = pl.coalesce(pl.col(units)) if units else pl.lit(None, dtype=pl.String)
    ours = unit.str.to_lowercase().replace({**codes["units"], **codes["units_of"].get(indicator, {})})
    value = number("Value") * factor.cast(pl.Float64).fill_null(1)
    return table.with_columns(
        value.alias("value"),
        pl.when(pl.col("Value").is_null()).then(pl.lit("O")).otherwise(status.fill_null("A")).alias("status"),
        ours.fill_null("not stated").alias("unit"),
        pl.when(pl.col("said").is_not_null()).then(pl.format("the file says {}", "said")).alias("note"),
    )


def _translated(
    table: pl.DataFrame, roles: dict[str, str], role: str, codes: dict[str, Any], file: SourceFile
) -> pl.Expr:
    """The codes of a column of that role. Raises InvalidDataError for a word that is in no list: it would change values."""
    column = next((name for name, found in roles.items() if found == role), None)
    if column is None:
        return pl.lit(None)
    for word in table[column].drop_nulls().unique():
        if word.lower() not in codes:
            raise InvalidDataError(
                said("This {role} is not known.", role=role),
                file=file.name,
                row=table.filter(pl.col(column) == word)["row"][0],
                column=column.removeprefix(_MARK),
                value=word,
                rule=f"open-sdg/{role}",
                remedy=said("Use one of: {codes}.", codes=", ".join(codes)),
            )
    return pl.col(column).str.to_lowercase().replace_strict(codes, default=None)


# --- dimensions ----------------------------------------------------------------------------------------------------------


def _dimensions(table: pl.DataFrame, roles: dict[str, str], details: dict[str, Any]) -> pl.DataFrame:
    """`sex`, `age`, `migratory_status`, `origin` and `breakdown`; a text that has no code becomes a key of the breakdown."""
    keys: dict[str, pl.Expr] = {"span": pl.col("span")}
    ours: dict[str, pl.Expr] = {}
    if details["part"]:
        keys["part"] = pl.lit(details["part"])
    if table["unit"].n_unique() > 1:
        keys["unit"] = pl.col("unit")
    for column, role in roles.items():
        texts = table[column].drop_nulls().unique().to_list()
        said = pl.col(column)
        if role.startswith("left out") or role in ("unit", "multiplier", "status") or not texts:
            continue
        if role == "people":
            people = definition("open_sdg")["people"]
            ours["sex"] = _replaced(said, {text: people.get(text.lower(), [None, None])[0] for text in texts})
            ours["age"] = _replaced(said, {text: people.get(text.lower(), [None, None])[1] for text in texts})
            keys["people"] = _rest(said, [text for text in texts if text.lower() not in people])
        elif role == "domain":
            keys["domain"] = said.str.extract(r"(?i)domain\s*(\d)")
        elif role in ("sex", "age", "migratory_status", "origin"):
            coded = {text: _code(role, text, details["country"]) for text in texts}
            ours[role] = _replaced(said, coded)
            keys[role.replace("_", "-")] = _rest(said, [text for text in texts if _keeps_text(role, text, coded[text])])
        elif len(texts) > 1 or table[column].null_count():
            named = [text for text in texts if not _is_total(text, details["country"])]
            keys[role.removeprefix("key:")] = _rest(said, named)
    if "sex" in ours:
        column = next(name for name, role in roles.items() if role in ("sex", "people"))
        children = pl.col(column).str.to_lowercase().is_in(definition("open_sdg")["children"]["words"])
        age = ours.get("age", pl.lit("_T"))
        ours["age"] = pl.when(children & (age.fill_null("_T") == "_T")).then(pl.lit("Y0T17")).otherwise(age)
    return table.with_columns(
        *(expression.fill_null("_T").alias(name) for name, expression in ours.items()),
        breakdown(**keys).alias("breakdown"),
    )


def _replaced(column: pl.Expr, codes: dict[str, str | None]) -> pl.Expr:
    return column.replace_strict(codes, default=None, return_dtype=pl.String)


def _rest(column: pl.Expr, texts: list[str]) -> pl.Expr:
    """The column where it has one of these texts, else null."""
    return pl.when(column.is_in(texts)).then(column)


def _keeps_text(role: str, text: str, code: str | None) -> bool:
    """Whether a text stays in the breakdown: it has no code, or shares one with another text of migratory status."""
    if code is None:
        return True
    return role == "migratory_status" and text.lower() in definition("open_sdg")["migratory_details"]["texts"]


def _code(role: str, text: str, country: str) -> str | None:
    codes = definition("open_sdg")
    if role == "age":
        return _age(text)
    if _is_total(text, country):
        return "_T"
    if role == "origin":
        try:
            return area(text).code
        except OpenCompactError:
            return None
    found: str | None = codes["sexes" if role == "sex" else "migratory_statuses"].get(text.lower())
    return found


def _is_total(text: str, country: str) -> bool:
    codes = definition("open_sdg")["totals"]
    return text == area(country).name() or any(re.match(one, text.lower()) for one in codes["patterns"])


def _age(text: str) -> str | None:
    for entry in definition("open_sdg")["ages"]:
        found = re.match(entry["pattern"], text.lower())
        if found:
            a, b = (*found.groups(), None, None)[:2]
            code: str = entry["code"].replace("{a-1}", str(int(a) - 1) if a else "")
            return code.replace("{a}", a or "").replace("{b}", b or "")
    return None


def _one_value_a_cell(table: pl.DataFrame) -> tuple[pl.DataFrame, pl.DataFrame]:
    """The rows that are the only ones of their cell, and the others with the reason.

    A row that repeats an earlier one is set aside; where the values differ all of them are: the labels that would tell
    them apart are missing in the file.
    """
    cell = [name for name in CELL if name in table.columns]
    first = pl.col("row").min().over(cell)
    kinds = pl.col("value").n_unique().over(cell)
    reason = (
        pl.when(kinds > 1).then(pl.lit("other rows of the same cell have other values, and no label tells them apart"))
        .when(pl.col("row") != first).then(pl.format("the same as row {}", first))
    )  # fmt: skip
    judged = table.with_columns(reason.alias("reason"))
    return judged.filter(pl.col("reason").is_null()), judged.filter(pl.col("reason").is_not_null())

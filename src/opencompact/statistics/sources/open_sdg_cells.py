"""The values and categories of Open SDG tables: words by which a country says what our codes say."""

from __future__ import annotations

import re
from typing import Any

import polars as pl

from opencompact.compact import area
from opencompact.errors import InvalidDataError, OpenCompactError
from opencompact.language import said
from opencompact.statistics.observations import CELL, breakdown
from opencompact.statistics.sources.file import SourceFile
from opencompact.statistics.sources.meaning import definition, number

# The columns of the file bear this mark while ours are made beside them: a file may have a column "status" or "unit" too.
MARK = "in the file: "


def with_values(table: pl.DataFrame, roles: dict[str, str], indicator: str, file: SourceFile) -> pl.DataFrame:
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
                column=column.removeprefix(MARK),
                value=word,
                rule=f"open-sdg/{role}",
                remedy=said("Use one of: {codes}.", codes=", ".join(codes)),
            )
    return pl.col(column).str.to_lowercase().replace_strict(codes, default=None)


def with_categories(table: pl.DataFrame, roles: dict[str, str], details: dict[str, Any]) -> pl.DataFrame:
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
        return age_of(text)
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


def age_of(text: str) -> str | None:
    """The code of an age in words; None for what is none."""
    for entry in definition("open_sdg")["ages"]:
        found = re.match(entry["pattern"], text.lower())
        if found:
            a, b = (*found.groups(), None, None)[:2]
            code: str = entry["code"].replace("{a-1}", str(int(a) - 1) if a else "")
            return code.replace("{a}", a or "").replace("{b}", b or "")
    return None


def one_value_a_cell(table: pl.DataFrame) -> tuple[pl.DataFrame, pl.DataFrame]:
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

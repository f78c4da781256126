"""Rules about codes: indicators, areas, sex, age, migratory status, statuses, and the user's own categories."""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable, Iterable

import polars as pl

from opencompact.compact import Catalogue, area
from opencompact.errors import UnknownCodeError
from opencompact.language import counted, one_of, said
from opencompact.statistics.checking.ages import fault_of_age
from opencompact.statistics.checking.categories import check_categories
from opencompact.statistics.checking.lists import code_list, words
from opencompact.statistics.checking.open_sdg import check_regions, is_label
from opencompact.statistics.checking.table import TidyTable
from opencompact.tables import ROW

_LISTS = {"sex": "CL_SEX", "migratory_status": "CL_MIG_STATUS"}


def fault(column: str, text: str) -> str | None:
    """What to write instead of a code of `sex`, `age` or `migratory_status` that is in no list; None for one that is."""
    if column == "age":
        return fault_of_age(text, words()["age"])
    return _listed(text, code_list(_LISTS[column]), words()[column])


def check_codes(table: TidyTable, catalogue: Catalogue) -> None:
    """Every code is one of its list; a near one is named. Categories of the user's own must not differ by a letter."""
    known = tuple(sorted(indicator.id for indicator in catalogue.indicators()))
    checks: dict[str, Callable[[str], str | None]] = {
        "indicator": lambda text: _listed(text, known, {}),
        "area": _area,
        "origin": lambda text: None if text == "_T" else _area(text),
        "sex": lambda text: fault("sex", text),
        "age": lambda text: fault("age", text),
        "migratory_status": lambda text: fault("migratory_status", text),
        "status": lambda text: _listed(text, code_list("CL_OBS_STATUS"), words()["status"]),
        "confidentiality": lambda text: _listed(text, code_list("CL_CONF_STATUS"), {}),
    }
    for column, wrong in checks.items():
        if column not in table.cells.columns:
            continue
        for text in table.cells[column].drop_nulls().unique().sort().to_list():
            if (remedy := wrong(text)) and not is_label(table, column, text, meant_by(remedy)):
                _report(table, column, text, remedy)
        _read_labels(table, column, wrong)
        if column in ("indicator", "area"):
            for (row,) in table.cells.filter(pl.col(column).is_null()).select(ROW).iter_rows():
                table.find(
                    "code-missing",
                    "error",
                    said("The row does not say its {column}.", column=column),
                    said("Fill in the {column}.", column=column),
                    row=row,
                    column=column,
                )
    if table.open_sdg:
        check_regions(table)
    check_categories(table)


_MEANT = re.compile(r"Write ([A-Z0-9_]+)(?:\.$| \()")


def meant_by(remedy: str) -> str | None:
    """The code that a remedy names."""
    match = _MEANT.match(remedy)
    return match[1] if match else None


def _read_labels(table: TidyTable, column: str, wrong: Callable[[str], str | None]) -> None:
    """Goes on with the code that is meant, so that the rules about totals and sizes see the same groups as a reader."""
    if column not in ("sex", "age", "migratory_status", "area", "origin", "status"):
        return
    meant = {
        text: code
        for text in table.cells[column].drop_nulls().unique().to_list()
        if (remedy := wrong(text)) and (code := meant_by(remedy))
    }
    if meant:
        table.cells = table.cells.with_columns(pl.col(column).replace(meant))


def _report(table: TidyTable, column: str, text: str, remedy: str) -> None:
    rows = table.cells.filter(pl.col(column) == text)[ROW].to_list()
    times = (
        counted(
            " It stands in {n:,} row, from row {row}.",
            " It stands in {n:,} rows, from row {row}.",
            len(rows),
            row=rows[0],
        )
        if len(rows) > 1
        else ""
    )
    table.find(
        f"unknown-{column.replace('_', '-')}",
        "error",
        said("The code is in no list of {column}.{times}", column=column.replace("_", " "), times=times),
        remedy,
        row=rows[0],
        column=column,
        value=text,
    )


def _listed(text: str, codes: Iterable[str], words: dict[str, tuple[str, ...]]) -> str | None:
    codes = tuple(codes)
    if text in codes:
        return None
    lowered = text.lower()
    for code in codes:
        if code.lower() == lowered:
            return said("Write {code}.", code=code)
    meaning = {word: code for code, forms in words.items() for word in forms}
    if meant := difflib.get_close_matches(lowered, meaning, n=1, cutoff=0.8):  # "male" is near "female": best one first
        return said("Write {meaning}.", meaning=meaning[meant[0]])
    near = difflib.get_close_matches(text, codes, n=3, cutoff=0.6)
    return (
        said("Did you mean {near}?", near=one_of(near))
        if near
        else said("Use one of: {choices}", choices=", ".join(codes[:12]) + (" …" if len(codes) > 12 else ""))
    )


def _area(text: str) -> str | None:
    try:
        found = area(text)
    except UnknownCodeError as unknown:
        return unknown.remedy or said("Use an ISO 3166 alpha-3 or an M49 code.")
    return None if found.code == text else said("Write {code}.", code=found.code)

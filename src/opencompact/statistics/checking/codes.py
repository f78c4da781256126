"""Rules about codes: indicators, areas, sex, age, migratory status, statuses, and the user's own categories."""

from __future__ import annotations

import difflib
import re
import tomllib
from collections import defaultdict
from collections.abc import Callable, Iterable
from functools import cache
from importlib.resources import files

import polars as pl

from opencompact.compact import Catalogue, area
from opencompact.errors import UnknownCodeError
from opencompact.language import counted, said
from opencompact.statistics.checking.cells import breakdown_columns
from opencompact.statistics.checking.table import TidyTable
from opencompact.tables import ROW

_WORDS = {
    "sex": {
        "F": (
            "female",
            "females",
            "women",
            "woman",
            "girls",
            "f",
            "w",
            "femme",
            "femmes",
            "mujer",
            "mujeres",
            "femenino",
        ),
        "M": ("male", "males", "men", "man", "boys", "m", "homme", "hommes", "hombre", "hombres", "masculino"),
        "_T": ("total", "both", "both sexes", "all", "t", "bothsexes", "persons"),
        "_U": ("unknown", "not known", "unspecified"),
    },
    "migratory_status": {
        "MIGRANT": (
            "migrant",
            "migrants",
            "immigrant",
            "immigrants",
            "foreign-born",
            "foreign born",
            "ms_migrant",
            "migper",
        ),
        "NONMIGRANT": (
            "non-migrant",
            "non-migrants",
            "nonmigrants",
            "native",
            "native-born",
            "nationals",
            "nonmig",
            "ms_nomigrant",
            "non migrant",
        ),
        "_T": ("total", "all", "both"),
        "_U": ("unknown", "not known"),
    },
    "age": {"_T": ("total", "all", "all ages"), "_U": ("unknown", "not known")},
}

_LISTS = {"sex": "CL_SEX", "migratory_status": "CL_MIG_STATUS"}


@cache
def code_list(name: str) -> tuple[str, ...]:
    """The codes of an SDMX list that we use: CL_SEX, CL_MIG_STATUS, CL_OBS_STATUS, CL_CONF_STATUS."""
    lists = tomllib.loads(files("opencompact.statistics.sdmx").joinpath("codes.toml").read_text(encoding="utf-8"))
    return tuple(lists[name]["codes"])


def fault(column: str, text: str) -> str | None:
    """What to write instead of a code of `sex`, `age` or `migratory_status` that is in no list; None for one that is."""
    if column == "age":
        return _age(text)
    return _listed(text, code_list(_LISTS[column]), _WORDS[column])


def check_codes(table: TidyTable, catalogue: Catalogue) -> None:
    """Every code is one of its list; a near one is named. Categories of the user's own must not differ by a letter."""
    known = {indicator.id for indicator in catalogue.indicators()}
    checks: dict[str, Callable[[str], str | None]] = {
        "indicator": lambda text: _listed(text, known, {}),
        "area": _area,
        "origin": lambda text: None if text == "_T" else _area(text),
        "sex": lambda text: fault("sex", text),
        "age": lambda text: fault("age", text),
        "migratory_status": lambda text: fault("migratory_status", text),
        "status": lambda text: _listed(text, code_list("CL_OBS_STATUS"), {}),
        "confidentiality": lambda text: _listed(text, code_list("CL_CONF_STATUS"), {}),
    }
    for column, wrong in checks.items():
        if column not in table.cells.columns:
            continue
        for text in table.cells[column].drop_nulls().unique().sort().to_list():
            if (remedy := wrong(text)) and not _label(table, column, text, remedy):
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
    for column in breakdown_columns(table):
        _categories(table, column)


_MEANT = re.compile(r"Write ([A-Z0-9_]+)(?:\.$| \()")


def _label(table: TidyTable, column: str, text: str, remedy: str) -> bool:
    """Whether this is how Open SDG's tables write a category: 'Female', 'Total', '0 to 17', and no slip of it."""
    if not table.open_sdg or column not in ("sex", "age", "migratory_status") or not _MEANT.match(remedy):
        return False
    words = {word.capitalize() for forms in _WORDS[column].values() for word in forms if len(word) > 1}
    known = text in words or (column == "age" and text[:1].isdigit())
    if known:
        meant = _MEANT.match(remedy)
        table.labels[text] = meant[1] if meant else text
    return known


def _read_labels(table: TidyTable, column: str, wrong: Callable[[str], str | None]) -> None:
    """Goes on with the code that is meant, so that the rules about totals and sizes see the same groups as a reader."""
    if column not in ("sex", "age", "migratory_status", "area"):
        return
    meant = {
        text: match[1]
        for text in table.cells[column].drop_nulls().unique().to_list()
        if (remedy := wrong(text)) and (match := _MEANT.match(remedy))
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
        said("Did you mean {near}?", near=" or ".join(near))
        if near
        else said("Use one of: {choices}", choices=", ".join(codes[:12]) + (" …" if len(codes) > 12 else ""))
    )


def _area(text: str) -> str | None:
    try:
        found = area(text)
    except UnknownCodeError as unknown:
        return unknown.remedy or said("Use an ISO 3166 alpha-3 or an M49 code.")
    return None if found.code == text else said("Write {code}.", code=found.code)


_AGE = re.compile(
    r"_T|_U|_Z|_O|Y\d{1,3}|Y(\d{1,3})T(\d{1,3})|Y_(GE|GT|LE|LT)\d{1,3}|M\d{1,3}|M\d{1,3}T\d{1,3}|D\d{1,3}(T\d{1,3})?"
)


def _age(text: str) -> str | None:
    if match := _AGE.fullmatch(text):
        backwards = match[1] is not None and int(match[1]) > int(match[2])
        return said("The first age is above the last.") if backwards else None
    if match := re.fullmatch(r"\s*(\d{1,3})\s*(?:-|–|to|a|à|至)\s*(\d{1,3})\s*(?:years?)?", text, re.IGNORECASE):
        return said("Write Y{first}T{last}.", first=int(match[1]), last=int(match[2]))
    if match := re.fullmatch(
        r"(?:>=|≥)?\s*(\d{1,3})\s*(?:\+|and over|or more|and older|y?\+)", text, re.IGNORECASE
    ) or re.fullmatch(r"(?:>=|≥)\s*(\d{1,3})()", text):
        return said("Write Y_GE{age}.", age=int(match[1]))
    if match := re.fullmatch(r"(?:<|under|below|less than)\s*(\d{1,3})", text, re.IGNORECASE):
        return said("Write Y_LT{age} (or Y0T{last}).", age=int(match[1]), last=int(match[1]) - 1)
    if _AGE.fullmatch(text.upper()):
        return said("Write {text}.", text=text.upper())
    lowered = text.lower()
    for code, words in _WORDS["age"].items():
        if lowered in words:
            return said("Write {code}.", code=code)
    return said("Write ages as Y0T17, Y18T64, Y_GE65, and _T for all ages.")


def _categories(table: TidyTable, column: str) -> None:
    """Categories that differ only in case, or by one letter where one of them is rare."""
    counts = dict(table.cells[column].drop_nulls().value_counts().iter_rows())
    by_fold: dict[str, list[str]] = defaultdict(list)
    for text in counts:
        by_fold[text.casefold()].append(text)
    for forms in by_fold.values():
        usual = max(forms, key=lambda form: (counts[form], form))
        for form in forms:
            if form != usual:
                _category(table, column, form, usual, said("in another case"), "error")
    texts = sorted(text for text in counts if len(text) >= 4)
    for rare in texts:
        if len(counts) > 400 or any(character.isdigit() for character in rare):
            continue
        others = [text for text in texts if counts[text] > counts[rare] and text.casefold() != rare.casefold()]
        near = difflib.get_close_matches(rare, others, n=1, cutoff=0.85)
        if near and _one_slip(rare, near[0]):
            _category(
                table,
                column,
                rare,
                near[0],
                said("with a letter changed"),
                "error" if counts[near[0]] >= 3 * counts[rare] else "warning",
            )


def _one_slip(a: str, b: str) -> bool:
    """Whether one letter more, less or other, or two swapped, makes one word of the other."""
    if abs(len(a) - len(b)) > 1:
        return False
    head = next((i for i, (x, y) in enumerate(zip(a, b, strict=False)) if x != y), min(len(a), len(b)))
    tail_a, tail_b = a[head:], b[head:]
    return (
        tail_a[1:] == tail_b[1:]
        or tail_a[1:] == tail_b
        or tail_a == tail_b[1:]
        or (tail_a[2:] == tail_b[2:] and tail_a[:2] == tail_b[:2][::-1])
    )


def _category(table: TidyTable, column: str, form: str, usual: str, how: str, severity: str) -> None:
    rows = table.cells.filter(pl.col(column) == form)[ROW].to_list()
    table.find(
        "category-spelling",
        "error" if severity == "error" else "warning",
        said("The category looks like {usual!r} {how}, and would become a group of its own.", usual=usual, how=how),
        said("Write {usual!r}, or make sure that they differ.", usual=usual),
        row=rows[0],
        column=column,
        value=form,
    )

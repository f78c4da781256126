"""Tables in the form of Open SDG: `Year` first, categories, `Value` last; an empty category is the total, words are codes."""

from __future__ import annotations

import re

import polars as pl

from opencompact.compact import area
from opencompact.errors import UnknownCodeError
from opencompact.language import said
from opencompact.statistics.checking.lists import words
from opencompact.statistics.checking.table import TidyTable
from opencompact.tables import ROW

_REGIONS = "GeoCode"
_LABELLED = ("sex", "age", "migratory_status", "origin", "status")


def is_label(table: TidyTable, column: str, text: str, meant: str | None) -> bool:
    """Whether a word is how this table writes a code: 'Female', '0 to 17', 'Haiti'; not where it writes it in two ways."""
    if not table.open_sdg or column not in _LABELLED or meant is None:
        return False
    if column == "sex" and (len(text) < 2 or text.casefold() not in _known_words(column)):
        return False
    if table.labels.get(text) == meant:
        return True
    if _usual_form(table, column, text) != text:
        return False
    table.labels[text] = meant
    return True


def _usual_form(table: TidyTable, column: str, text: str) -> str:
    """How the column writes this word most often, whatever its case."""
    counts: dict[str, int] = dict(table.cells[column].drop_nulls().value_counts().iter_rows())
    forms = [form for form in counts if form.casefold() == text.casefold()]
    return max(forms, key=lambda form: (counts[form], form))


def _known_words(column: str) -> set[str]:
    return {word for forms in words()[column].values() for word in forms}


def check_regions(table: TidyTable) -> None:
    """Codes of regions within the country are in no list that ships; a word that is no area is an error."""
    if _REGIONS not in table.cells.columns:
        return
    found = table.cells.drop_nulls(_REGIONS).group_by(_REGIONS, maintain_order=True).agg(pl.col(ROW).first())
    codes = [(text, row) for text, row in found.iter_rows() if re.search(r"\d", text)]
    if codes:
        table.find(
            "region-codes",
            "warning",
            said("Codes of regions within a country are in no list that ships: {n} different ones.", n=len(codes)),
            "Check them against the map that will show them.",
            row=codes[0][1],
            column=_REGIONS,
            value=codes[0][0],
        )
    for text, row in found.iter_rows():
        if re.search(r"\d", text):
            continue
        try:
            area(text)
        except UnknownCodeError as unknown:
            table.find(
                "unknown-area",
                "error",
                said("The code is in no list of {column}.{times}", column=_REGIONS, times=""),
                unknown.remedy or said("Use an ISO 3166 alpha-3 or an M49 code."),
                row=row,
                column=_REGIONS,
                value=text,
            )

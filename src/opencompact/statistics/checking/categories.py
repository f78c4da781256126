"""Rules about categories of the user's own: two that differ by a letter or its case are one, and would become two groups."""

from __future__ import annotations

import difflib
from collections import defaultdict

import polars as pl

from opencompact.language import said
from opencompact.statistics.checking.cells import breakdown_columns
from opencompact.statistics.checking.table import TidyTable
from opencompact.tables import ROW


def check_categories(table: TidyTable) -> None:
    """The user's own categories, column by column."""
    for column in breakdown_columns(table):
        _categories(table, column)


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

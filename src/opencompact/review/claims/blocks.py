"""What a review shows of the texts: the hooks of its pages, filled from a shelf, and the page of the ledger."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Sequence
from functools import cache

from opencompact.documents import Shelf
from opencompact.documents import blocks as texts
from opencompact.look.blocks import Block, Page
from opencompact.review.claims.ledger import Entry
from opencompact.review.links import Links


def links_of_texts(stock: Shelf) -> Links:
    """The hooks of a review for the provisions of an objective and the examples of its area."""

    @cache  # the same for every area
    def provisions(objective: int, language: str) -> tuple[Block, ...]:
        return texts.provisions_of_objective(stock, objective, language)

    return Links(
        provisions=provisions,
        examples=texts.examples_of_area,
        state=f"texts {stock.state}",
    )


def ledger_page(entries: Sequence[Entry], language: str) -> Page:
    """The page of the ledger in a language: every figure of the texts, what it is today, and why the two differ.

    The source of a value links to its rows: the caller writes `ledger_files(entries)` beside the site.
    """
    told = [
        texts.Told(
            entry.claim,
            entry.check.status,
            entry.check.value,
            entry.check.source,
            entry.check.vintage,
            entry.check.explanation(language),
            f"file:{rows_file(entry)}" if entry.check.rows else None,
        )
        for entry in entries
    ]
    return texts.ledger_page(told, language)


def rows_file(entry: Entry) -> str:
    """The path, from the root of a site, of the rows behind a check."""
    return f"data/claims/{re.sub(r'[^A-Za-z0-9]+', '-', entry.claim.id)}.csv"


def ledger_files(entries: Sequence[Entry]) -> dict[str, str]:
    """The rows that today's value of each claim was made of: path from the root of a site → CSV, one published value a line."""
    return {rows_file(entry): _csv(entry) for entry in entries if entry.check.rows}


def _csv(entry: Entry) -> str:
    text = io.StringIO()
    rows = [row.as_dict() for row in entry.check.rows]
    writer = csv.DictWriter(text, list(rows[0]), lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue()

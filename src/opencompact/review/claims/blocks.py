"""What a review shows of the texts: the hooks of its pages, filled from a shelf, and the page of the ledger."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from opencompact.documents import Shelf
from opencompact.documents import blocks as texts
from opencompact.look.blocks import Page
from opencompact.review.claims.ledger import Entry
from opencompact.review.links import Links


def links_of_texts(stock: Shelf) -> Links:
    """The hooks of a review for the provisions of an objective and the examples of its area."""
    return Links(
        provisions=partial(texts.provisions_of_objective, stock),
        examples=texts.examples_of_area,
        state=f"texts {stock.state}",
    )


def ledger_page(entries: Sequence[Entry], language: str) -> Page:
    """The page of the ledger in a language: every figure of the texts, what it is today, and why the two differ."""
    told = [
        texts.Told(
            entry.claim,
            entry.check.status,
            entry.check.value,
            entry.check.source,
            entry.check.vintage,
            entry.check.explanation(language),
        )
        for entry in entries
    ]
    return texts.ledger_page(told, language)

"""Citations."""

from __future__ import annotations

from opencompact.documents.grammar import Grammar
from opencompact.documents.model import Citation


def citations_in(text: str, rules: Grammar, own: str) -> tuple[Citation, ...]:
    return ()

"""The figures of the texts, checked: each claim against the values of a workspace, today's and those of its own time."""

from opencompact.review.claims.blocks import ledger_files, ledger_page, links_of_texts
from opencompact.review.claims.checking import Check, check
from opencompact.review.claims.keeping import kept_ledger
from opencompact.review.claims.ledger import Entry, ledger

__all__ = ["Check", "Entry", "check", "kept_ledger", "ledger", "ledger_files", "ledger_page", "links_of_texts"]

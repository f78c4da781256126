"""The ledger: every claim of the texts with what the values of a workspace say of it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from opencompact.documents.claims import Claim, subjects
from opencompact.review.claims.checking import Check, check
from opencompact.review.claims.measuring import Measures
from opencompact.statistics import Workspace


@dataclass(frozen=True)
class Entry:
    """A claim and its check; `written` is the date of the text."""

    claim: Claim
    check: Check
    written: str | None

    def subject(self, language: str = "en") -> str | None:
        """What the figure is about, in a language; None for one that is in no list."""
        known = subjects().get(self.claim.subject)
        return known.name(language) if known else None

    def as_dict(self, language: str = "en") -> dict[str, Any]:
        return {**self.claim.as_dict(), "check": self.check.as_dict(language)}


def ledger(claims: Iterable[Claim], workspace: Workspace | None, dates: dict[str, str | None]) -> tuple[Entry, ...]:
    """Checks claims against a workspace, in their order; `dates` are the dates of the texts by symbol.

    Without a workspace every claim is there, and none is checked.
    """
    measures = Measures(workspace) if workspace is not None else None
    return tuple(
        Entry(claim, check(claim, dates.get(claim.document), measures), dates.get(claim.document)) for claim in claims
    )

"""What kinship searches say of pairs of records, to stand in their ledgers.

Own; the entries are those of `evidence.compare.dna_evidence`, with their sources there.
"""

from __future__ import annotations

from collections.abc import Container, Mapping
from dataclasses import dataclass

from opencompact.missing.evidence.ledger import Evidence


@dataclass(frozen=True)
class Dna:
    """Evidence of a kinship search: (id sought, id found) → an entry of the ledger; `stated` are the ids by which each result names
    the person missing, and its remains."""

    entries: Mapping[tuple[str, str], Evidence]
    stated: tuple[tuple[tuple[str, ...], str], ...] = ()

    def about(self, ids: Container[str]) -> list[tuple[str, str]]:
        """(missing, remains) of the results that name one of these records."""
        return [(names[0], remains) for names, remains in self.stated if remains in ids or any(n in ids for n in names)]

    def without(self, ids: Container[str]) -> Dna:
        """All but what these records' DNA says."""
        entries = {pair: one for pair, one in self.entries.items() if pair[0] not in ids and pair[1] not in ids}
        return Dna(
            entries, tuple(one for one in self.stated if one[1] not in ids and not any(n in ids for n in one[0]))
        )

    def unplaced(self, sought: Container[str], found: Container[str]) -> list[tuple[str, str]]:
        """(missing, remains) of the results that name no record sought, or none found: they say nothing here."""
        return [
            (names[0], remains)
            for names, remains in self.stated
            if remains not in found or not any(name in sought for name in names)
        ]

"""Precision and recall of what the rules find, against paragraphs that were labelled by hand.

Labels are a CSV with the columns document, paragraph, kinds, addressees, objectives, citations, notes, claims (value:unit) and
half; several in a cell are separated by spaces. What each means is told beside the labels.
"""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from opencompact.documents.claims import Claim, claims_in
from opencompact.documents.model import Document, Paragraph
from opencompact.documents.provisions import Provision, provisions_in


@dataclass(frozen=True)
class Measure:
    """How many labels were found, how many were found that are none, how many were missed."""

    right: int
    extra: int
    missing: int

    @property
    def precision(self) -> float:
        return self.right / (self.right + self.extra) if self.right + self.extra else 1.0

    @property
    def recall(self) -> float:
        return self.right / (self.right + self.missing) if self.right + self.missing else 1.0


@dataclass(frozen=True)
class Found:
    """What the rules find in a paragraph."""

    paragraph: Paragraph
    provision: Provision | None
    claims: tuple[Claim, ...]


Labels = list[dict[str, str]]

WHAT: Mapping[str, Callable[[Found], set[str]]] = {
    "kinds": lambda found: set(found.provision.kinds) if found.provision else set(),
    "addressees": lambda found: set(found.provision.addressees) if found.provision else set(),
    "objectives": lambda found: (
        {str(reason.number) for reason in found.provision.objectives} if found.provision else set()
    ),
    "citations": lambda found: {entry.symbol or "" for entry in found.paragraph.citations if entry.kind != "paragraph"},
    "notes": lambda found: {note.mark for note in found.paragraph.footnotes},
    "claims": lambda found: {f"{claim.value:.10g}:{claim.unit}" for claim in found.claims},
}


def labels_of(path: Path) -> Labels:
    """The rows of a file of labels."""
    with path.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def found_in(documents: Iterable[Document]) -> dict[tuple[str, str], Found]:
    """Everything that the rules find, by symbol and place."""
    return {(document.symbol, found.paragraph.place): found for document in documents for found in _found(document)}


def _found(document: Document) -> Iterator[Found]:
    provisions = {entry.paragraph: entry for entry in provisions_in(document)}
    claims = claims_in(document)
    for paragraph in document.paragraphs:
        own = tuple(claim for claim in claims if claim.paragraph == paragraph.place)
        yield Found(paragraph, provisions.get(paragraph.place), own)


def measure(labels: Labels, found: Mapping[tuple[str, str], Found], what: str, half: str | None = None) -> Measure:
    """Right, extra and missing over the labelled paragraphs, of one half of them or of all."""
    right = extra = missing = 0
    for row in labels:
        if half in (None, row["half"]):
            got, want = WHAT[what](found[row["document"], row["paragraph"]]), _wanted(row, what)
            right, extra, missing = right + len(got & want), extra + len(got - want), missing + len(want - got)
    return Measure(right, extra, missing)


def _wanted(row: Mapping[str, str], what: str) -> set[str]:
    if what != "claims":
        return set(row[what].split())
    pairs = (entry.split(":") for entry in row[what].split())
    return {f"{float(value):.10g}:{unit}" for value, unit in pairs}

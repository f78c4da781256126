"""The shelf: the texts that OpenCompact knows. Their structure ships with it; their wording is there where a user has them.

Texts are looked for in the folder that OPENCOMPACT_DOCUMENTS names, else in `documents` of the workspace. For a workspace
what was read is kept in its cache (`documents.keeping`).
"""

from __future__ import annotations

import os
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path

from opencompact.compact import workspace_folder
from opencompact.documents import keeping
from opencompact.documents.claims import Claim
from opencompact.documents.clauses import Kind
from opencompact.documents.examples import CountryExample, examples
from opencompact.documents.model import Document
from opencompact.documents.provisions import Provision
from opencompact.documents.structure import TextStructure, shipped, structure_of
from opencompact.errors import OpenCompactError

KINDS_OF_FILE = {".txt", ".docx", ".html", ".htm", ".pdf"}


@dataclass(frozen=True)
class Shelf:
    """The texts, by symbol, and what could not be read among the files of a user."""

    texts: dict[str, TextStructure]
    failures: tuple[OpenCompactError, ...] = ()

    @property
    def state(self) -> str:
        """Changes when what the shelf tells changes."""
        return ";".join(f"{text.symbol}:{text.loaded}:{len(text.provisions)}" for text in self.texts.values())

    def provisions(
        self, objective: int | None = None, kind: Kind | None = None, symbol: str | None = None
    ) -> tuple[Provision, ...]:
        """Provisions, narrowed to an objective, a kind of clause, a text."""
        return tuple(
            provision
            for text in self.texts.values()
            if symbol in (None, text.symbol)
            for provision in text.provisions
            if (objective is None or provision.bears_on(objective)) and (kind is None or kind in provision.kinds)
        )

    def claims(self, symbol: str | None = None) -> tuple[Claim, ...]:
        """The figures that the texts state."""
        return tuple(claim for text in self.texts.values() if symbol in (None, text.symbol) for claim in text.claims)

    def dates(self) -> dict[str, str | None]:
        return {text.symbol: text.date for text in self.texts.values()}

    def provision(self, identifier: str) -> Provision | None:
        """The provision of an id: `A/RES/76/266#14`."""
        symbol, _, paragraph = identifier.partition("#")
        return self.texts[symbol].provision(paragraph) if symbol in self.texts else None

    def answers(self, identifier: str) -> tuple[Provision, ...]:
        """The provisions of other texts that answer or cite this one."""
        return self._answering.get(identifier, ())

    @cached_property
    def _answering(self) -> dict[str, tuple[Provision, ...]]:
        found: dict[str, dict[str, Provision]] = {}
        for entry in self.provisions():
            for link in entry.links:
                found.setdefault(link.to, {})[entry.id] = entry
        return {identifier: tuple(entries.values()) for identifier, entries in found.items()}


def documents_folder(workspace: Path | None = None) -> Path | None:
    """Where a user's texts are: OPENCOMPACT_DOCUMENTS, else `documents` in the workspace; None where there is neither."""
    named = os.environ.get("OPENCOMPACT_DOCUMENTS")
    folder = Path(named) if named else workspace_folder(workspace) / "documents"
    return folder if folder.is_dir() else None


def shelf(folder: Path | None = None, workspace: Path | None = None) -> Shelf:
    """The shelf with the wording of the texts in a folder, where one is given or found."""
    folder = folder or documents_folder(workspace)
    if folder is None:
        return _stocked((), (), None)
    paths = sorted(path for path in folder.iterdir() if path.suffix.lower() in KINDS_OF_FILE and path.is_file())
    return _stocked(tuple(paths), tuple(path.stat().st_mtime_ns for path in paths), workspace)


@cache
def _stocked(paths: tuple[Path, ...], _changed: tuple[int, ...], workspace: Path | None) -> Shelf:
    known = {text.symbol: text for text in shipped()}
    read_now, failures = _read_or_kept(paths, workspace)
    return Shelf(known | {text.symbol: text for text in read_now}, tuple(failures))


def _read_or_kept(
    paths: tuple[Path, ...], workspace: Path | None
) -> tuple[list[TextStructure], list[OpenCompactError]]:
    """The texts as they are kept in the cache of the workspace, else as they are read now and kept from now on.

    Where a text cannot be read nothing is kept, so that the reason is told each time.
    """
    place = _place(paths, workspace)
    texts = keeping.kept(place) if place else None
    if texts is not None:
        return texts, []
    documents, failures = _read_all(paths)
    texts = [structure_of(document, list(documents.values())) for document in documents.values()]
    if place and not failures:
        keeping.keep(place, texts)
    return texts, failures


def _place(paths: tuple[Path, ...], workspace: Path | None) -> Path | None:
    if not paths or workspace is None or not workspace.is_dir():
        return None
    try:
        return keeping.place(workspace / "cache", paths)
    except OSError:
        return None


def _read_all(paths: Iterable[Path]) -> tuple[dict[str, Document], list[OpenCompactError]]:
    """Every file that can be read; of two copies of a text, the one with more footnotes."""
    from opencompact.documents.reader import read

    documents: dict[str, Document] = {}
    failures: list[OpenCompactError] = []
    for path in paths:
        try:
            document = read(path)
        except OpenCompactError as failure:
            failures.append(failure)
            continue
        known = documents.get(document.symbol)
        if known is None or _notes(document) > _notes(known):
            documents[document.symbol] = document
    return documents, failures


def _notes(document: Document) -> int:
    return sum(len(paragraph.footnotes) for paragraph in document.paragraphs)


def provisions_for(objective: int, kind: Kind | None = None) -> tuple[Provision, ...]:
    """Every provision that bears on an objective, of the texts on the shelf; with wording where a text is loaded."""
    return shelf().provisions(objective, kind)


def country_examples(area: str, objective: int | None = None) -> tuple[CountryExample, ...]:
    """What the texts say that a country did, by its code; narrowed to an objective."""
    return tuple(
        example
        for example in examples()
        if area in example.areas and (objective is None or objective in example.objectives)
    )

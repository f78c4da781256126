"""The indicator catalogue: what ships, what a user adds, and the official list when it is there."""

from __future__ import annotations

import difflib
import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass, replace
from functools import cache, cached_property
from pathlib import Path
from typing import TypeVar

from opencompact.compact.catalogue_file import CatalogueFile, read_catalogue
from opencompact.compact.indicators import Indicator, Question, Tier, Word
from opencompact.compact.official_list import ListState, official_list
from opencompact.errors import UnknownCodeError
from opencompact.language import one_of, said

W = TypeVar("W", bound=Word)

DEFINITIONS = Path(__file__).parent / "definitions"


@dataclass(frozen=True)
class Catalogue:
    """Indicators by id, in the order of their files, with the words that they share."""

    entries: tuple[Indicator, ...]
    units: tuple[Word, ...]
    questions: tuple[Question, ...]
    official_list: ListState

    @cached_property
    def content(self) -> str:
        """Every definition as one text, which is another where one of them is another."""
        return json.dumps([asdict(entry) for entry in self.entries], default=sorted)  # sets have no order

    def indicators(
        self, objective: int | None = None, tier: Tier | None = None, *, official: bool | None = None
    ) -> tuple[Indicator, ...]:
        """The indicators under an objective, of a tier, on or off the official list; all where nothing is asked."""
        return tuple(
            entry
            for entry in self.entries
            if (objective is None or objective in entry.objectives)
            and (tier is None or entry.tier == tier)
            and (official is None or entry.official == official)
        )

    def indicator(self, id: str) -> Indicator:
        """The indicator of an id or official code; raises UnknownCodeError, with near ids, for any other."""
        found = self._by_code.get(id)
        if found is not None:
            return found
        near = difflib.get_close_matches(id, [entry.id for entry in self.entries], n=3, cutoff=0.5)
        raise UnknownCodeError(
            "There is no such indicator.",
            value=id,
            rule="indicator",
            remedy=said("Did you mean {near}?", near=one_of(near)) if near else "'opencompact indicators' lists them.",
        )

    @cached_property
    def _by_code(self) -> dict[str, Indicator]:
        """The first indicator of each id and official code: a file of a hundred thousand actions asks for each of its rows."""
        found: dict[str, Indicator] = {}
        for entry in self.entries:
            for code in (entry.id, entry.official_code):
                if code:
                    found.setdefault(code, entry)
        return found

    def unit(self, id: str) -> Word:
        """The unit of an id, for its name; raises UnknownCodeError for one that no file of the catalogue defines."""
        for word in self.units:
            if word.id == id:
                return word
        raise UnknownCodeError("There is no such unit.", value=id, rule="unit")

    def with_file(self, extra: CatalogueFile, state: ListState | None = None) -> Catalogue:
        """This catalogue with the indicators of a file added; one of an id that is here takes the place of it.

        What the file leaves out (sources, computation, questions, short names) stays as it was here.
        """
        fresh = {entry.id: entry for entry in extra.indicators}
        known = {entry.id: entry for entry in self.entries}
        merged = [_completed(fresh[i], known.get(i)) for i in fresh]
        return Catalogue(
            entries=(*merged, *(entry for entry in self.entries if entry.id not in fresh)),
            units=_merged(self.units, extra.units),
            questions=_merged(self.questions, extra.questions),
            official_list=state or self.official_list,
        )


def catalogue(extra: Path | None = None, *, workspace: Path | None = None) -> Catalogue:
    """The catalogue that ships, with the official list of a workspace and the indicators of a file of the user's own.

    Raises InputError and InvalidDataError, with the place, for a file that is not a catalogue.
    """
    found = _shipped()
    if workspace is not None:
        kept = official_list(workspace)
        found = found if kept is None else found.with_file(*kept)
    return found.with_file(read_catalogue(extra)) if extra is not None else found


@cache
def _shipped() -> Catalogue:
    vocabulary = read_catalogue(DEFINITIONS / "vocabulary.toml", shipped=True)
    found = Catalogue((), vocabulary.units, vocabulary.questions, ListState(loaded=False))
    for name in ("indicators_context", "indicators_sdg"):
        found = found.with_file(read_catalogue(DEFINITIONS / f"{name}.toml", shipped=True))
    return found


def _completed(entry: Indicator, known: Indicator | None) -> Indicator:
    if known is None:
        return entry
    own_short = entry.short_names != entry.names
    return replace(
        entry,
        short_names=entry.short_names if own_short else known.short_names,
        targets=entry.targets or known.targets,
        disaggregations=entry.disaggregations or known.disaggregations,
        sources=entry.sources or known.sources,
        computation=entry.computation or known.computation,
        questions=entry.questions or known.questions,
        same_as=entry.same_as or known.same_as,
    )


def _merged(known: Iterable[W], fresh: Iterable[W]) -> tuple[W, ...]:
    return tuple({word.id: word for word in (*known, *fresh)}.values())

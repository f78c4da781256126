"""Reading a catalogue file, checked in full. The format is described in docs/reference/catalogue-format.md."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from opencompact.compact.catalogue_checks import (
    Shared,
    check_unique,
    indicator_of,
    questions_of,
    words_of,
)
from opencompact.compact.catalogue_faults import CatalogueFaults, Faults
from opencompact.compact.catalogue_records import REMEDY_FORMAT, records_of_table, records_of_toml
from opencompact.compact.indicators import Indicator, Question, Word
from opencompact.errors import InputError

_VOCABULARY = Path(__file__).parent / "definitions" / "vocabulary.toml"


@dataclass(frozen=True)
class CatalogueFile:
    """What a catalogue file holds; `rows` are the rows on which its indicators begin."""

    path: Path
    indicators: tuple[Indicator, ...]
    units: tuple[Word, ...] = ()
    computations: tuple[Word, ...] = ()
    questions: tuple[Question, ...] = ()
    rows: tuple[int, ...] = ()


def read_catalogue(path: Path, *, shipped: bool = False) -> CatalogueFile:
    """Reads and checks a catalogue file.

    Raises InputError where it cannot be read and CatalogueFaults (an InvalidDataError with the first fault, and all of
    them in `.faults`) where what it says cannot be right.
    """
    document = records_of_toml(path) if path.suffix.lower() == ".toml" else records_of_table(path)
    faults = Faults(path)
    units = {word.id: word for word in words_of(document.get("unit", ()), faults)}
    computations = {word.id: word for word in words_of(document.get("computation", ()), faults)}
    questions = {question.id: question for question in questions_of(document.get("question", ()), faults)}
    shared = Shared(units, computations, questions)
    if path != _VOCABULARY:
        shared = _vocabulary().with_words(shared)
    records = document.get("indicator", ())
    indicators = tuple(indicator_of(record, faults, shared, shipped) for record in records)
    check_unique(records, faults)
    if not (records or units or computations or questions):
        raise InputError("There is no indicator in this file.", file=path, remedy=REMEDY_FORMAT)
    if faults.found:
        raise CatalogueFaults(sorted(faults.found, key=lambda fault: fault.place.row or 0))
    return CatalogueFile(
        path=path,
        indicators=indicators,
        units=tuple(units.values()),
        computations=tuple(computations.values()),
        questions=tuple(questions.values()),
        rows=tuple(record.row for record in records),
    )


@cache
def _vocabulary() -> Shared:
    found = read_catalogue(_VOCABULARY, shipped=True)
    return Shared(
        {word.id: word for word in found.units},
        {word.id: word for word in found.computations},
        {word.id: word for word in found.questions},
    )

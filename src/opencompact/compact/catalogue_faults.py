"""The faults of a catalogue file, each with its place, and the questions that every entry is asked."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from opencompact.compact.catalogue_records import Record
from opencompact.errors import InvalidDataError
from opencompact.language import counted, said


@dataclass
class Faults:
    """The faults of a file, with what is needed to say where each is."""

    path: Path
    found: list[InvalidDataError] = field(default_factory=list)

    def add(self, record: Record, column: str, value: object, rule: str, problem: str, remedy: str) -> None:
        self.found.append(
            InvalidDataError(
                problem, file=self.path, row=record.row, column=column, value=value, rule=rule, remedy=remedy
            )
        )


class CatalogueFaults(InvalidDataError):
    """A catalogue file with faults: the message is the first one, `faults` are all of them."""

    def __init__(self, faults: Iterable[InvalidDataError]) -> None:
        self.faults = tuple(faults)
        first = self.faults[0]
        more = len(self.faults) - 1
        others = counted("({n} more fault in this file.)", "({n} more faults in this file.)", more)
        remedy = said("{remedy} {others}", remedy=first.remedy, others=others) if more else first.remedy
        super().__init__(
            first.problem,
            file=first.place.file,
            row=first.place.row,
            column=first.place.column,
            value=first.value,
            rule=first.rule,
            remedy=remedy,
        )


def required_text(record: Record, key: str, faults: Faults) -> bool:
    """Whether the entry has text under a key; a fault where it has none."""
    value = record.values.get(key)
    if isinstance(value, str) and value:
        return True
    faults.add(
        record, key, value, "required", said("This is missing or is not text."), said('Write {key} = "…".', key=key)
    )
    return False


def one_of(record: Record, key: str, allowed: Iterable[str], faults: Faults) -> bool:
    """Whether the entry has one of the allowed words under a key; a fault where it has another."""
    value = record.values.get(key)
    if value in tuple(allowed):
        return True
    faults.add(
        record,
        key,
        value,
        key,
        said("This is not a {key}.", key=key),
        said("Use one of: {allowed}.", allowed=", ".join(allowed)),
    )
    return False


def subset_of(record: Record, key: str, allowed: tuple[str, ...], faults: Faults) -> tuple[str, ...]:
    """The allowed words in the list under a key; a fault for each other."""
    values = record.values.get(key, [])
    if not isinstance(values, list):
        faults.add(record, key, values, key, said("This is not a list."), said("Write it as a list."))
        return ()
    for value in values:
        if value not in allowed:
            faults.add(
                record,
                key,
                value,
                key,
                said("The catalogue does not know this."),
                said("Use: {allowed}.", allowed=", ".join(allowed)),
            )
    return tuple(value for value in values if value in allowed)

"""Files of records made ready for the commands: read, accounted for, searched."""

from __future__ import annotations

import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from opencompact.cli.output import say
from opencompact.language import said

if TYPE_CHECKING:
    from opencompact.missing.candidates import Search
    from opencompact.missing.records.reading import Reading


def read_file(
    path: Path, mapping: Path | None, kind: str = "sought", quiet: bool = False, recipient: str | None = None
) -> Reading:
    from opencompact.errors import Place, plain
    from opencompact.missing.records.reading import allowed, read_mapping, read_records

    reading = read_records(path, read_mapping(mapping, kind=kind) if mapping is None else read_mapping(mapping))
    reading = allowed(reading, recipient=recipient)
    if not quiet:
        for line in (*reading.set_aside, *reading.unread)[:20]:
            say(
                "{place}: {problem} ({value}) {remedy}",
                place=Place(path.name, None, line.row, line.column).words(),
                problem=plain(line.reason),
                value=shortened(line.value),
                remedy=plain(line.remedy),
                err=True,
            )
    return reading


SHOWN = 60


def shortened(text: str) -> str:
    """As much of a cell as helps to find it."""
    return text if len(text) <= SHOWN else f"{text[:SHOWN]}…"


def make_ready(first: Reading, second: Reading, dna: Path | None, itself: bool = False) -> Search:
    from opencompact.missing.candidates import Register, Search, read_dna, setting_of

    today = datetime.date.today()
    sought = Register(first.records, today)
    found = sought if itself else Register(second.records, today)
    setting = setting_of(first.records, second.records, today)
    return Search(sought, found, setting, itself=itself, dna=read_dna(dna) if dna else None)


def position(place_of: dict[str, int], record: str, reading: Reading) -> int:
    """Where a record of a file is. Raises NoDataError where it is not, or was set aside, with the reason."""
    import difflib

    from opencompact.errors import NoDataError, plain

    if record not in place_of:
        file = reading.file
        for line in reading.set_aside:
            if line.value == record:
                raise NoDataError(
                    said("The record was set aside: {reason}", reason=plain(line.reason)),
                    file=file,
                    row=line.row,
                    value=record,
                    remedy=line.remedy,
                )
        near = difflib.get_close_matches(record, place_of, n=1)
        raise NoDataError(
            "The file has no such record.",
            file=file,
            value=record,
            remedy=said("Did you mean {near}?", near=near[0]) if near else "Check the id.",
        )
    return place_of[record]

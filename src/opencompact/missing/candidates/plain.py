"""Whether two files are lists of plain columns: names, sex, birth, country and place of many people, and nothing else.

Of such lists `columns.link` learns from the lists themselves what agreement tells; `missing candidates` takes its rates as given, and says where
the other way is the better one.
Own.
"""

from __future__ import annotations

from collections.abc import Sequence

from opencompact.missing.records.record import Record

LEAST = 200
"""Fewer records a side teach too little."""
PARTS = frozenset(("given", "father", "grandfather", "family"))


def are_plain_lists(sought: Sequence[Record], found: Sequence[Record]) -> bool:
    """Whether no record of two files of some size says anything that linking by columns leaves out."""
    return min(len(sought), len(found)) >= LEAST and all(
        is_plain(record) for side in (sought, found) for record in side
    )


def is_plain(record: Record) -> bool:
    """Whether a record says no more than the parts of a name, sex, birth, country and one place without a day."""
    beyond = (
        record.age,
        record.languages,
        record.route,
        record.companions,
        record.means,
        record.stature,
        record.traits,
        record.marks,
        record.objects,
        record.medical,
        record.teeth,
        record.documents,
        record.phones,
        record.reporter_phones,
    )
    journey = len(record.stops) > 1 or any(stop.days for stop in record.stops)
    return not any(beyond) and not journey and record.kind != "remains" and {one.kind for one in record.names} <= PARTS

"""Two records of one side that name another given name each: of relatives who travelled together, rather than of one person.

A person is reported under the given name. What brothers and sisters share (the rest of the name, the mother, the origin, the journey, its day and its
place) then says nothing for one person, and the names say how seldom somebody is told of under another given name altogether; one day of birth says no more than how few of a family are twins. A nickname that is told
counts as a given name; a name that begins "father of" or "mother of" tells none, and neither do names of syllables, in which the family's comes first.
Own; the share is a judgement.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import replace

from opencompact.language import N_
from opencompact.missing.evidence.ledger import Evidence
from opencompact.missing.evidence.parameters import Parameters
from opencompact.missing.names.comparison import score
from opencompact.missing.names.nameless import names_nobody
from opencompact.missing.names.parts import SYLLABIC
from opencompact.missing.names.prepared import prepare
from opencompact.missing.records.record import Record

SHARED = ("mother", "companions", "origin", "languages", "time", "place", "departure", "journey")
"""Fields that relatives who travel together share."""
MEETS = -1.0
"""Two parts of names that are not one name are far below this (nats), two that may be one above it."""
_WHOLE = ("full", "document", "given")


def given_names(record: Record) -> tuple[str, ...]:
    """The given names that a record tells, folded: the first part of each name that stands first."""
    names = (name for name in record.names if name.kind in _WHOLE and not names_nobody(name.text))
    return tuple(dict.fromkeys(given for name in names if (given := _given(name.text))))


def _given(name: str) -> str:
    parts = [part for part in prepare(name).spellings[0].parts if part.weight > 0]
    if not parts or parts[0].kind == "kunya" or parts[0].script in SYLLABIC:
        return ""
    return next((part.text for part in parts if part.weight >= 1), "")


def parts_named(record: Record) -> tuple[str, ...]:
    """Every name of a person's own that a record tells, whole and part by part."""
    own = (name.text for name in record.names if name.kind != "mother" and not names_nobody(name.text))
    each = [(text, *(part.text for part in prepare(text).spellings[0].parts if part.weight > 0)) for text in own]
    return tuple(dict.fromkeys(text for texts in each for text in texts))


def name_others(one: Record, other: Record) -> bool:
    """Whether both records tell a given name, and neither's is any name of the other."""
    return all(
        bool(given := given_names(first)) and not _meet(given, parts_named(second))
        for first, second in ((one, other), (other, one))
    )


def _meet(given: Iterable[str], named: tuple[str, ...]) -> bool:
    return any(score(one, other) > MEETS for one in given for other in named)


def at_most(field: str, parameters: Parameters) -> float:
    """What a field says at most (ln LR) of two records that name other given names; it counts whole."""
    if field == "names":
        return math.log(parameters["again"]["another"])
    if field == "age":
        return -math.log(parameters["again"]["twins"])
    return 0.0 if field in SHARED else math.inf


def as_of_relatives(entry: Evidence, parameters: Parameters) -> Evidence:
    """An entry of two such records: within what it says at most, and why."""
    most = at_most(entry.field, parameters)
    if entry.ln_likelihood_ratio <= most:
        return entry
    return replace(entry, ln_likelihood_ratio=most, reason=_WHY.get(entry.field, SHARED_BY_RELATIVES), values={})


OTHERS = N_("The given names are others, and a person is seldom told of under another given name altogether.")
SHARED_BY_RELATIVES = N_(
    "The given names are others: what relatives who travel together share says nothing for one person."
)
TWINS = N_(
    "The given names are others, and brothers and sisters may be twins: one birth says no more than how few are."
)
_WHY = {"names": OTHERS, "age": TWINS}

"""Two records that name another given name each: of relatives who travelled together, rather than of one person.

A person is reported under the given name, whether it stands before the family's or behind it. What brothers and sisters share (the rest of the name, the mother, the origin, the journey, its day and its
place) then says nothing for one person, and the names say how seldom somebody is told of under another given name altogether; one day of birth says no more than how few of a family are twins. A nickname that is told
counts as a given name; a name that begins "father of" or "mother of" tells none. The family's name stands first where it alone is in capitals, before a
comma, and in names of syllables. Where nothing says which comes first, names of one beginning and other parts behind may be of two of a family: then
neither they nor what relatives share says anything for one person.

Who is found and speaks, or has a paper, is told under the own given name too. Of one who is sought and one who is found the same holds where they name others and
another part of their names, or the mother's name, may be the same; without that they are strangers, of whom the names say enough. Own; the shares are judgements.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterable
from dataclasses import replace
from functools import lru_cache

from opencompact.language import N_
from opencompact.missing.evidence.again import REMAINS, is_told_again, role_of
from opencompact.missing.evidence.ledger import Evidence
from opencompact.missing.evidence.parameters import Parameters
from opencompact.missing.evidence.slips import slipped
from opencompact.missing.names.comparison import score
from opencompact.missing.names.nameless import names_nobody
from opencompact.missing.names.parts import SYLLABIC
from opencompact.missing.names.prepared import prepare
from opencompact.missing.records.record import Record

MAYBE, SURE, ALIVE, BODY = 1, 2, 3, 4
"""Two given names may be others, if the family's is written first; they are others; they are, and one is sought whose relative is found alive, or among
remains."""
LEVELS = (MAYBE, SURE, ALIVE, BODY)
SHARED = ("mother", "companions", "origin", "languages", "time", "place", "departure", "journey")
"""Fields that relatives who travel together share."""
MEETS = -3.0
"""Two parts of names that are not one name stand below this (nats; all but nine of 668 pairs of given names of the synthetic world), two that may be one, by a slip too
(Aminata, Ainata), above it."""
_WHOLE = ("full", "document", "given")


def given_names(record: Record) -> tuple[str, ...]:
    """The given names that a record tells, folded: the first part of each name that stands first, or what stands behind the family's."""
    return _told(record, lambda name: _parts(name)[0])


def second_names(record: Record) -> tuple[str, ...]:
    """What stands second in names of which nothing says whether the given name comes first, folded."""
    return () if any(name.kind == "given" for name in record.names) else _told(record, lambda name: _parts(name)[1])


def _told(record: Record, part: Callable[[str], str]) -> tuple[str, ...]:
    names = (name for name in record.names if name.kind in _WHOLE and not names_nobody(name.text))
    return tuple(dict.fromkeys(one for name in names if (one := part(name.text))))


@lru_cache(maxsize=50_000)
def _parts(name: str) -> tuple[str, str]:
    """The given name, and what would be it if the family's came first; "" where none is told."""
    turned = _family_behind(name)
    parts = [part for part in prepare(turned or name).spellings[0].parts if part.weight > 0]
    if not parts or parts[0].kind == "kunya":
        return "", ""
    if parts[0].script in SYLLABIC:
        return "".join(part.text for part in parts[1:]), ""
    whole = [part.text for part in parts if part.weight >= 1]
    return (whole[0] if whole else ""), (whole[1] if len(whole) > 1 and not turned else "")


def _family_behind(name: str) -> str:
    """A name with the family's put last, where it stands in capitals or before a comma; "" where neither is so."""
    family, comma, given = name.partition(",")
    if comma and given.strip() and family.strip():
        return f"{given} {family}"
    words = name.split()
    capitals = [word for word in words if word.isupper() and len(re.findall(r"[^\W\d_]", word)) > 1]
    if not capitals or len(capitals) == len(words):
        return ""
    return " ".join([*(word for word in words if word not in capitals), *capitals])


def parts_named(record: Record) -> tuple[str, ...]:
    """Every name of a person's own that a record tells, whole and part by part."""
    own = (name.text for name in record.names if name.kind != "mother" and not names_nobody(name.text))
    return tuple(dict.fromkeys([*(text for name in own for text in _whole_and_parts(name)), *given_names(record)]))


@lru_cache(maxsize=50_000)
def _whole_and_parts(name: str) -> tuple[str, ...]:
    return (name, *(part.text for part in prepare(name).spellings[0].parts if part.weight > 0))


def names_apart(one: Record, other: Record) -> int:
    """SURE where both records tell a given name and neither's is any name of the other, nor one slip of the pen from it; MAYBE where the names begin alike and both tell another part
    behind, that is no name of the other; else 0."""
    if _apart(given_names, one, other):
        return SURE
    begin_alike = _meet(given_names(one), given_names(other))
    return MAYBE if begin_alike and _apart(second_names, one, other) else 0


def as_relatives(one: Record, other: Record) -> int:
    """How two records are to be taken for two of a family, one of `LEVELS`; 0 where they are not: those of one side as their names are apart, one
    sought and one found only where they surely are and may be of one family."""
    apart = names_apart(one, other)
    if is_told_again(one, other):
        return apart
    if apart != SURE or not of_one_family(one, other):
        return 0
    return BODY if REMAINS in (role_of(one), role_of(other)) else ALIVE


def of_one_family(one: Record, other: Record) -> bool:
    """Whether some part of the names, or the mother's name, may be the same."""
    return any(_meet(named(one), named(other)) for named in (parts_named, mothers))


def mothers(record: Record) -> tuple[str, ...]:
    """The mother's names; what was written only to fill the field is none."""
    return tuple(name.text for name in record.names if name.kind == "mother" and not names_nobody(name.text))


def _apart(of: Callable[[Record], tuple[str, ...]], one: Record, other: Record) -> bool:
    return all(
        bool(told := of(first)) and not _meet(told, parts_named(second)) and not slipped(told, parts_named(second))
        for first, second in ((one, other), (other, one))
    )


def _meet(given: Iterable[str], named: tuple[str, ...]) -> bool:
    return any(score(one, other) > MEETS for one in given for other in named)


def at_most(field: str, parameters: Parameters, apart: int = SURE) -> float:
    """What a field says at most (ln LR) of two records that are `as_relatives`; it counts whole."""
    if field == "names":
        return 0.0 if apart == MAYBE else math.log(parameters["again"][_ANOTHER[apart]])
    if field == "age":
        return -math.log(parameters["again"]["twins"])
    return 0.0 if field in SHARED else math.inf


_ANOTHER = {SURE: "another", ALIVE: "another_found", BODY: "another_remains"}


def as_of_relatives(entry: Evidence, parameters: Parameters, apart: int = SURE) -> Evidence:
    """An entry of two such records: within what it says at most, and why."""
    most = at_most(entry.field, parameters, apart)
    if entry.ln_likelihood_ratio <= most:
        return entry
    reasons = _WHY[apart]
    return replace(entry, ln_likelihood_ratio=most, reason=reasons.get(entry.field, reasons[""]), values={})


OTHERS = N_("The given names are others, and a person is seldom told of under another given name altogether.")
SHARED_BY_RELATIVES = N_(
    "The given names are others: what relatives who travel together share says nothing for one person."
)
TWINS = N_(
    "The given names are others, and brothers and sisters may be twins: one birth says no more than how few are."
)
BEGIN_ALIKE = N_(
    "The names begin alike and go on otherwise: if the family's is written first, these are two of a family. They say nothing."
)
OF_A_FAMILY = N_(
    "The names may be of two of a family: what relatives who travel together share says nothing for one person."
)
OR_TWINS = N_("The names may be of two of a family, who may be twins: one birth says no more than how few are.")
_SURELY = {"names": OTHERS, "age": TWINS, "": SHARED_BY_RELATIVES}
_WHY = {
    MAYBE: {"names": BEGIN_ALIKE, "age": OR_TWINS, "": OF_A_FAMILY},
    SURE: _SURELY,
    ALIVE: _SURELY,
    BODY: _SURELY,
}

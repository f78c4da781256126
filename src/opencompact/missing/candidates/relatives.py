"""The fast twin of `evidence.relatives`: which pairs name other given names, over arrays of pairs.

Own; the method is that of `missing.evidence.relatives`.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cache
from itertools import chain

import numpy as np
from numpy.typing import NDArray

from opencompact.missing.candidates.naming import Spellings, Values, prepare_values, spellings_of
from opencompact.missing.candidates.register import Register
from opencompact.missing.candidates.scoring import NameScores
from opencompact.missing.evidence.again import REMAINS, SOUGHT
from opencompact.missing.evidence.relatives import (
    ALIVE,
    BODY,
    MAYBE,
    MEETS,
    SURE,
    given_names,
    parts_named,
    second_names,
)
from opencompact.missing.evidence.slips import slipped, that_may_slip
from opencompact.missing.names.likeness import NEVER

Ints = NDArray[np.int32]
Levels = NDArray[np.int8]
Flags = NDArray[np.bool_]
Others = Callable[[Ints, Ints], Levels | None]


def named_otherwise(left: Register, right: Register) -> Others:
    """Of pairs (row of `left`, row of `right`) how they are to be taken for two of a family (`evidence.relatives.as_relatives`), or 0; None where no pair can
    be. Pairs of one sought and one found are asked only of `exact` registers: it only takes from them, and of those that are kept."""
    if not left.sides & right.sides and not left.exact:
        return lambda _rows, _columns: None
    sides, other_sides = (side.roles == SOUGHT for side in (left, right))
    apart, kin = names_apart_of(left, right), of_one_family(left, right)

    def told(rows: Ints, columns: Ints) -> Levels:
        out, same = np.zeros(len(rows), np.int8), sides[rows] == other_sides[columns]
        at = np.arange(len(rows)) if left.exact else np.flatnonzero(same)
        out[at] = apart(rows[at], columns[at])
        across = np.flatnonzero(~same & (out > 0))
        out[across] = np.where(out[across] == SURE, _level(left, right, rows[across], columns[across]), 0)
        across = across[out[across] > 0]
        out[across[~kin(rows[across], columns[across])]] = 0
        return out

    return told


def _level(left: Register, right: Register, rows: Ints, columns: Ints) -> Levels:
    dead = (left.roles[rows] == REMAINS) | (right.roles[columns] == REMAINS)
    return np.where(dead, BODY, ALIVE).astype(np.int8)


def of_one_family(left: Register, right: Register) -> Callable[[Ints, Ints], Flags]:
    """`evidence.relatives.of_one_family` of pairs; made when it is first asked for."""

    @cache
    def scores() -> tuple[NameScores, NameScores]:
        named = NameScores(*_values(parts_named, left), *_values(parts_named, right), least=NEVER)
        return named, NameScores(*left.mothers, *right.mothers, least=NEVER)

    def told(rows: Ints, columns: Ints) -> Flags:
        out = np.zeros(len(rows), np.bool_)
        for each in scores():
            at = np.flatnonzero(~out & each.named[0][rows] & each.named[1][columns])
            out[at] = each(rows[at], columns[at]) > MEETS
        return out

    return told


def names_apart_of(left: Register, right: Register) -> Callable[[Ints, Ints], Levels]:
    """`evidence.relatives.names_apart` of pairs, of whichever sides; made when it is first asked for."""

    @cache
    def scores() -> tuple[tuple[NameScores, NameScores], tuple[NameScores, NameScores], NameScores]:
        first, second = ([_values(of, side) for of in _KINDS] for side in (left, right))
        given, behind = (
            (NameScores(*first[k], *second[2], least=NEVER), NameScores(*first[2], *second[k], least=NEVER))
            for k in (0, 1)
        )
        return given, behind, NameScores(*first[0], *second[0], least=NEVER)

    slips = tuple(cache(lambda of=of: slipped_of(of, left, right)) for of in (given_names, second_names))

    def told(rows: Ints, columns: Ints) -> Levels:
        given, behind, begin = scores()
        out = np.zeros(len(rows), np.int8)
        sure = _apart(given, slips[0](), rows, columns)
        at = np.flatnonzero(~sure & begin.named[0][rows] & begin.named[1][columns])
        at = at[begin(rows[at], columns[at]) > MEETS]
        out[at[_apart(behind, slips[1](), rows[at], columns[at])]] = MAYBE
        out[sure] = SURE
        return out

    return told


_KINDS = (given_names, second_names, parts_named)
_Told = Callable[..., Sequence[str]]


def slipped_of(of: _Told, left: Register, right: Register) -> Callable[[Ints, Ints], Flags]:
    """`evidence.slips.slipped` of pairs, from either side. Few names are a slip from any of the other file: only their pairs are looked at."""
    given, named = ([[fn(record) for record in side.records] for side in (left, right)] for fn in (of, parts_named))
    may = [that_may_slip(chain.from_iterable(given[one]), chain.from_iterable(named[1 - one])) for one in (0, 1)]
    held = [np.array([not may[one].isdisjoint(names) for names in given[one]], np.bool_) for one in (0, 1)]

    def told(rows: Ints, columns: Ints) -> Flags:
        out = held[0][rows] | held[1][columns]
        for at in np.flatnonzero(out).tolist():
            row, column = rows[at], columns[at]
            out[at] = slipped(given[0][row], named[1][column]) or slipped(given[1][column], named[0][row])
        return out

    return told


def _apart(
    scores: tuple[NameScores, NameScores], slips: Callable[[Ints, Ints], Flags], rows: Ints, columns: Ints
) -> Flags:
    """Whether both sides tell such a name, and neither's is any name of the other, nor a slip of the pen from one."""
    out = np.ones(len(rows), np.bool_)
    for one in scores:
        at = np.flatnonzero(out)
        known = one.named[0][rows[at]] & one.named[1][columns[at]]
        out[at] = known & (one(rows[at], columns[at]) <= MEETS)
    at = np.flatnonzero(out)
    out[at] = ~slips(rows[at], columns[at])
    return out


def _values(of: Callable[..., Sequence[str]], side: Register) -> tuple[Values, Spellings]:
    """The names that a function gives of each record, each a spelling of its own."""
    numbers: dict[str, int] = {}
    records = [[[numbers.setdefault(text, len(numbers))] for text in of(record)] for record in side.records]
    return prepare_values(list(numbers)), spellings_of(records)

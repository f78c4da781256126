"""What an action refers to: the plan, review or pledge that it names, the paragraphs that it cites. They must exist.

One rule for forms, files, the check and submission; where to look is the caller's to say (`Known`).
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass, field

from opencompact import compact
from opencompact.actions.fields import Field, fields_of
from opencompact.actions.model import KINDS, Action
from opencompact.errors import InvalidDataError, Place
from opencompact.language import said

#: The Global Compact for Safe, Orderly and Regular Migration, and its paragraph of the first objective.
COMPACT, FIRST_OBJECTIVE = "A/RES/73/195", 17


@dataclass(frozen=True)
class Known:
    """What there is: the kind of the action that an identifier names, the places of a text that is loaded.

    The kind is None where there is no such action, and "" where that cannot be told from here.

    Of a text that is not loaded there are no places, and nothing is said of its paragraphs.
    """

    kind_of: Callable[[str], str | None]
    places: Callable[[str], Collection[str]]


def cited(provision: str) -> tuple[str, str]:
    """The text and the place within it that a paragraph is cited by: `A/79/590#2(c)` → A/79/590 and 2.c."""
    symbol, _hash, place = provision.partition("#")
    return symbol, re.sub(r"\((\w+)\)", r".\1", place)


def derived_provisions(action: Action) -> tuple[str, ...]:
    """The paragraphs that an action without one of its own answers: each of its objectives is one of the Compact.

    Objective n stands in paragraph 16 + n of A/RES/73/195. They are told, and never kept as if somebody had written them.
    """
    return () if action.provisions else tuple(objective_provision(number) for number in action.objectives)


def objective_provision(number: int) -> str:
    """The paragraph of the Compact that an objective is."""
    return f"{COMPACT}#{FIRST_OBJECTIVE + number - 1}"


def provision_objective(provision: str) -> int | None:
    """The objective that a paragraph is, as it is cited; None for any other paragraph."""
    symbol, place = cited(provision)
    number = int(place) - FIRST_OBJECTIVE + 1 if place.isascii() and place.isdecimal() else 0
    return number if symbol == COMPACT and 1 <= number <= len(compact.objectives()) else None


def reference_faults(action: Action, known: Known) -> list[InvalidDataError]:
    """What an action names or cites that does not exist, or is of another kind than it must be."""
    named = [_named(each, name, known.kind_of(name)) for each, name in _names(action)]
    return [fault for fault in (*named, *provision_faults(action, known)) if fault is not None]


def provision_faults(action: Action, known: Known) -> list[InvalidDataError]:
    """The paragraphs that an action cites of loaded texts and that these do not have, each with the nearest."""
    found = []
    for provision in action.provisions:
        symbol, place = cited(provision)
        places = known.places(symbol)
        if places and place not in places:
            near = nearest(place, places)
            remedy = said("The nearest is {symbol} ¶{place}.", symbol=symbol, place=near)
            problem = said("The text has no such paragraph.")
            value = said("{symbol} ¶{place}", symbol=symbol, place=place)
            found.append(InvalidDataError(problem, column="provisions", value=value, rule="action.provisions", remedy=remedy))  # fmt: skip
    return found


def nearest(place: str, places: Collection[str]) -> str:
    """The place of a text that is nearest to one that it does not have: the same in its annex, its paragraph, the next number."""
    for near in (f"annex.{place}", place.removeprefix("annex."), place.partition(".")[0]):
        if near in places:
            return near
    if place.isdecimal():
        numbers = sorted((int(each) for each in places if each.isdecimal()), key=lambda n: abs(n - int(place)))
        if numbers:
            return str(numbers[0])
    ordered = sorted(places)
    return next(iter(difflib.get_close_matches(place, ordered, n=1, cutoff=0)), ordered[0])


def _names(action: Action) -> Iterator[tuple[Field, str]]:
    """The fields of an action that name another one, with what they name."""
    for each in fields_of(type(action)):
        if each.names and (name := getattr(action, each.name)):
            yield each, name


def _named(each: Field, name: str, kind: str | None) -> InvalidDataError | None:
    if kind in (each.names, ""):
        return None
    wanted = said(KINDS[each.names].label)
    remedy = said("Give the identifier of an action of the kind “{kind}”.", kind=wanted)
    problem = said("There is no action of this identifier.")
    if kind is not None:
        problem = said("It names an action of another kind: “{kind}”.", kind=said(KINDS[kind].label))
    return InvalidDataError(problem, column=each.name, value=name, rule=f"action.{each.name}", remedy=remedy)


@dataclass
class Named:
    """What the actions of a file name, gathered row by row: whatever is named may stand further down in the same file."""

    _kinds: dict[str, str] = field(default_factory=dict)
    _wanted: dict[tuple[str, str], list[tuple[Field, Place]]] = field(default_factory=dict)

    def take(self, place: Place, action: Action) -> None:
        """Remembers what the row at a place is and what it names."""
        if action.id:
            self._kinds[action.id] = action.kind
        for each, name in _names(action):
            self._wanted.setdefault((name, each.names), []).append((each, place))

    def elsewhere(self) -> list[str]:
        """The identifiers that are named and are no row of the file."""
        return sorted({name for name, _kind in self._wanted if name not in self._kinds})

    def faults(self, kind_of: Callable[[str], str | None]) -> Iterator[tuple[Place, InvalidDataError]]:
        """What is named and is not there, or is of another kind, and by which row; `kind_of` knows what is not in the file."""
        for (name, _kind), places in self._wanted.items():
            found = self._kinds.get(name) or kind_of(name)
            for each, place in places:
                if fault := _named(each, name, found):
                    yield place, fault

"""What a comparison takes from one register, whatever it is compared with: worked out once and kept with the register.

One new record is compared with a hundred thousand in milliseconds because nothing here is done again for it.
Own; the methods are those of `missing.evidence`, with their sources there.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from opencompact.missing.candidates.coded import Coded
from opencompact.missing.candidates.register import Register
from opencompact.missing.evidence.again import SOUGHT, role_of
from opencompact.missing.evidence.age import FoundBirths
from opencompact.missing.evidence.concepts import beside_sites, listed
from opencompact.missing.evidence.marks import concept_weight, missed_mark
from opencompact.missing.evidence.parameters import Parameters
from opencompact.missing.evidence.routes import Ends
from opencompact.missing.evidence.stature import stature_terms
from opencompact.missing.evidence.teeth import LATER
from opencompact.missing.evidence.where_when import delay_density
from opencompact.missing.records.places import Point
from opencompact.missing.records.sayings import plain

Ints = NDArray[np.int32]
Floats = NDArray[np.float64]
Days = tuple[Ints, Ints]
"""Of distinct intervals of days: the first day, and how many days."""
TOOTH_STATES = tuple(LATER)


class Side:
    """One register under parameters, in a year. Everything is made when it is first asked for."""

    def __init__(self, register: Register, parameters: Parameters, year: int) -> None:
        self.register, self.parameters, self.year = register, parameters, year
        self._statures: dict[str, Floats] = {}
        self._traits: dict[str, tuple[tuple[str, ...], Ints]] = {}

    @cached_property
    def last_days(self) -> Days:
        """The distinct intervals of last contacts."""
        return _spans(self.register.last_days)

    @cached_property
    def found_days(self) -> Days:
        """The distinct intervals of discoveries."""
        return _spans(self.register.found_days)

    @cached_property
    def are_sought(self) -> NDArray[np.bool_]:
        """Whether each record is of a person sought."""
        return np.array([role_of(record) == SOUGHT for record in self.register.records], bool)

    @cached_property
    def radii(self) -> Floats:
        """km within which each distinct place of discovery lies."""
        return np.array([found[2] for found in self.register.found.values])

    @cached_property
    def ends(self) -> Ends:
        """The distinct places of discovery, as ends of ways."""
        return Ends([Point(found[0], found[1]) for found in self.register.found.values])

    @cached_property
    def departing(self) -> Side:
        """The side of people found as if they had been found at their departure."""
        return Side(self.register.at_departures(), self.parameters, self.year)

    @cached_property
    def departure_delays(self) -> Floats:
        """The density of the delay from departure to discovery of each record; 0 where one is unknown."""
        departures, codes = self.register.journeyed.days.codes, self.register.found_days.codes
        (starts, lengths), (found, found_lengths) = self.register.journeyed.spans, self.found_days
        known = np.flatnonzero((departures >= 0) & (codes >= 0))
        since, until = departures[known], codes[known]
        out = np.zeros(len(codes))
        out[known] = delay_density(found[until] - starts[since], lengths[since], found_lengths[until], self.parameters)
        return out

    @cached_property
    def births(self) -> FoundBirths:
        """The distinct births, as those of people found."""
        return FoundBirths(self.register.birth.values, self.year, self.parameters)

    @cached_property
    def charts(self) -> NDArray[np.int8]:
        """The distinct dental charts (charts, 86 tooth numbers): the number of a state, -1 where a tooth is not on it."""
        return charts(self.register.teeth.values)

    def stature(self, usual: str) -> Floats:
        """`stature_terms` of the distinct statures."""
        if usual not in self._statures:
            self._statures[usual] = stature_terms(self.register.stature.values, usual, self.parameters)
        return self._statures[usual]

    def trait(self, trait: str) -> tuple[tuple[str, ...], Ints]:
        """The distinct words of a trait, and which one each record has; -1 unknown."""
        if trait not in self._traits:
            self._traits[trait] = _trait_codes(self.register.traits, trait)
        return self._traits[trait]

    @cached_property
    def weights(self) -> dict[str, Floats]:
        """What each word of marks and of objects says when it is shared, and when it is not; its kind and place (words, 5)."""
        return {kind: word_weights(list(self.register.words), self.parameters[kind]) for kind in ("marks", "objects")}

    @cached_property
    def missed(self) -> Floats:
        """What each mark says where the other side does not have it."""
        words, settings, sets = list(self.register.words), self.parameters["marks"], self.register.marks
        each = [frozenset(words[word] for word in sets.held[start:end]) for start, end in sets.ranges]
        rates = settings["recall"], settings["frequency"], settings.get("shares")
        return np.array([missed_mark(mark, *rates) for mark in each], np.float64)


def side_of(register: Register, parameters: Parameters, year: int) -> Side:
    """The side of a register; kept with it until it is asked for under other parameters or in another year."""
    side = register.worked_out
    if not isinstance(side, Side) or side.parameters is not parameters or side.year != year:
        side = register.worked_out = Side(register, parameters, year)
    return side


def word_weights(words: Sequence[str], settings: Parameters) -> Floats:
    """`concept_weight` of each word, what kind of word it is, and of a part of the body its bit and those of the parts about it: shape (words, 5)."""
    known, rates = listed(), (settings["recall"], settings["frequency"], settings.get("shares"))
    told = [
        (
            *concept_weight(word, *rates),
            UNLISTED if word not in known.every else SITE if word in known.sites else WORD_SIDES.get(word, 0),
            _bits((word,)) if word in known.sites else 0,
            _bits(beside_sites(word)) if word in known.sites else 0,
        )
        for word in words
    ]
    return np.array(told, float).reshape(-1, 5)


LEFT, RIGHT, UNLISTED, SITE = 1, 2, 4, 8
WORD_SIDES = {"left": LEFT, "right": RIGHT}


def _bits(sites: Iterable[str]) -> int:
    """Parts of the body as bits."""
    every = sorted(listed().sites)
    return sum(1 << every.index(site) for site in sites)


def charts(values: Sequence[Any]) -> NDArray[np.int8]:
    """Dental charts as numbers of states, by FDI number."""
    numbers = {state: number for number, state in enumerate(TOOTH_STATES)}
    found = np.full((len(values), 86), -1, np.int8)
    for row, chart in enumerate(values):
        for tooth, state in chart:
            found[row, tooth] = numbers[state]
    return found


def _spans(days: Coded) -> Days:
    spans = np.array(days.values, np.int32).reshape(-1, 2)
    return spans[:, 0], spans[:, 1] - spans[:, 0] + 1


def _trait_codes(traits: Coded, trait: str) -> tuple[tuple[str, ...], Ints]:
    numbers: dict[str, int] = {}
    said = [dict(value).get(trait) for value in traits.values]
    of = [-1 if word is None else numbers.setdefault(plain(word), len(numbers)) for word in said]
    return tuple(numbers), np.array([*of, -1], np.int32)[traits.codes]

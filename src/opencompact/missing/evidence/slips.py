"""Two written names that one slip of the pen parts: a letter left out, put in, exchanged for another or for its neighbour.

Two names that are both well known are two names, however near (Kamal, Jamal). Own; one edit is the optimal string alignment of Damerau (1964, CACM 7:171).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from functools import lru_cache

from rapidfuzz.distance import OSA

from opencompact.missing.names.vocabulary import known_as

SHORTEST = 4
"""Letters that the shorter of the two has at least: in shorter ones a letter is half the name."""


def slipped(given: Iterable[str], named: Iterable[str]) -> bool:
    """Whether some of these given names is a slip of the pen from some of those names."""
    others = tuple(named)
    return any(is_slip(one, other) for one in given for other in others)


@lru_cache(maxsize=200_000)
def is_slip(one: str, other: str) -> bool:
    """Whether one slip of the pen parts two names in Latin letters, of which one at least is no well-known name."""
    if not (_may_slip(one) and _may_slip(other)) or OSA.distance(one, other, score_cutoff=1) != 1:
        return False
    return not (known_as(one, "LATIN") and known_as(other, "LATIN"))


def _may_slip(name: str) -> bool:
    return len(name) >= SHORTEST and name.isascii() and name.isalpha() and name.islower()


def that_may_slip(given: Iterable[str], named: Iterable[str]) -> set[str]:
    """Those of the given names that are a slip from some of the others, found by what is left without one letter (Garbe's symmetric deletion)."""
    by_rest: dict[str, list[str]] = defaultdict(list)
    for name in filter(_may_slip, set(named)):
        for rest in _without_a_letter(name):
            by_rest[rest].append(name)
    return {
        one
        for one in filter(_may_slip, set(given))
        if any(is_slip(one, other) for rest in _without_a_letter(one) for other in by_rest.get(rest, ()))
    }


def _without_a_letter(name: str) -> set[str]:
    return {name, *(name[:at] + name[at + 1 :] for at in range(len(name)))}

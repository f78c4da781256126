"""Where on the body a mark is: the side, and parts of the body that are told for one another, as the wrist is for the hand or the arm.

A motif on the back is seldom that on the chest: what two marks share then says as much less as parts of the body are seldom told wrongly. Lists own
(`concepts.toml`); the share of parts told wrongly is a judgement, in `parameters.toml`.
"""

from __future__ import annotations

import itertools
import math
from functools import cache

from opencompact.missing.evidence.concepts import beside_sites, listed

SIDES = frozenset(("left", "right"))


def other_side(first: frozenset[str], second: frozenset[str]) -> bool:
    """Whether one description names only the left of the body and the other only the right."""
    return {first & SIDES, second & SIDES} == {frozenset(("left",)), frozenset(("right",))}


def other_site(first: frozenset[str], second: frozenset[str]) -> bool:
    """Whether both name parts of the body, and none of the one is or borders on a part of the other."""
    here, there = first & listed().sites, second & listed().sites
    return bool(here and there) and not any(beside_sites(one) & there for one in here)


@cache
def meeting() -> float:
    """The probability that the parts of the body of two marks are the same or border on one another, by how often each is named."""
    often = {site: listed().frequencies[site] for site in listed().sites}
    met = math.fsum(often[a] * often[b] for a, b in itertools.product(often, repeat=2) if b in beside_sites(a))
    return met / math.fsum(often.values()) ** 2


def displaced_log_ratio(displaced: float) -> float:
    """ln LR of two parts of the body that do not meet: `displaced` is the share of true pairs of which one part is told wrongly. Fellegi & Sunter 1969."""
    return math.log(displaced / (1 - meeting()))

"""Rates by their base: per 1,000 people, per 100,000 workers. One rule for what is checked and for what is told."""

from __future__ import annotations

import re
from functools import lru_cache


@lru_cache(maxsize=256)
def base_of(unit: str | None) -> float | None:
    """The number of people or things that a rate is relative to ("per 100,000 workers" → 100000); None of other units.

    A percentage has none here: what is set in relation to a hundred of something else may well be above it.
    """
    found = re.match(r"(?:rate )?per (\d[\d,.\s]*\d)\b", (unit or "").strip().lower())
    return float(re.sub(r"\D", "", found[1])) if found else None


def above_base(value: float | None, unit: str | None) -> bool:
    """Whether a rate is above its own base, more than one for each: a slip of its unit, mostly a number in place of a rate."""
    base = base_of(unit)
    return value is not None and base is not None and value > base

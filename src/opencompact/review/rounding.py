"""How exactly a number is told: decimals of a column, three figures of a sentence, and never more people than there are."""

from __future__ import annotations

from collections.abc import Iterable

# Below this, an amount is said in digits; above, with the language's word for million or billion.
LARGE = 1_000_000


def decimals_of(values: Iterable[float]) -> int:
    """The fewest decimals, two at most, that show every one of the values; 0 for counts."""
    small = [value for value in values if value != round(value) and abs(value) < LARGE]
    exact = (d for d in (0, 1, 2) if all(abs(round(value, d) - value) < 5e-4 for value in small))
    return next(exact, 2)


def rounded(value: float, figures: int = 3) -> float:
    """Three significant figures; whole: the number that a sentence shows and that its plural form goes with."""
    if value == 0:
        return 0
    digits = len(str(int(abs(value))))
    return round(value, figures - digits) if digits > figures else round(value)


def rounded_down(people: float) -> float:
    """Three significant figures and no more people than there are: what stands behind "at least" must be true."""
    step: int = 10 ** max(0, len(str(int(people))) - 3)
    return people // step * step

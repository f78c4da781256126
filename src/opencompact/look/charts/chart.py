"""What all charts share: the roles that give a colour its meaning, how numbers are written, targets."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias

# Who or what a mark stands for. A role has the same colour everywhere: people (women, men, children), places (the area, its
# region, the world: the last two in greys), else `first`, `second`, `third` of a few that stand side by side (confirmed dead
# and missing, in and out), `signal` for the one thing to look at, `context` for the rest.
Role: TypeAlias = Literal[
    "area", "region", "world", "women", "men", "children", "first", "second", "third", "signal", "context"
]

# Why a mark has no value; each has its own pattern and word, and none is drawn as zero.
NoValue: TypeAlias = Literal["missing", "suppressed", "not-applicable"]


class Chart:
    """A chart or map: a frozen dataclass that says what is shown, in words and values; `draw` makes its picture."""


@dataclass(frozen=True)
class Number:
    """How a chart writes its numbers.

    `percent` values are in percent (3.6, not 0.036). `pattern` is put around the number ("US$ {}"), in the chart's language.
    `decimals` None means as few as tell the ticks or values apart. Long numbers are shortened (2.4M, 240万) when `compact`.
    `whole` are counts of what has no halves, people above all.
    """

    kind: Literal["number", "percent"] = "number"
    decimals: int | None = None
    pattern: str = "{}"
    compact: bool = True
    whole: bool = False


@dataclass(frozen=True)
class Target:
    """A line to reach or to stay under, at `value`, with a few words; `period` where it is due in one (2030)."""

    value: float
    label: str
    period: str | None = None


@dataclass(frozen=True)
class Key:
    """What a role stands for in this chart: an entry of its legend."""

    role: Role
    label: str

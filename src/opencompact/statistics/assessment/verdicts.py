"""The five words of an assessment, and the reasons why a method refuses to say one."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Verdict(StrEnum):
    """How an area stands on an indicator. The words shown for each are the review's, in six languages."""

    FAST_ENOUGH = "fast enough"
    TOO_SLOWLY = "too slowly"
    NO_CLEAR_CHANGE = "no clear change"
    AWAY = "away"
    UNKNOWN = "cannot be said"


class Direction(StrEnum):
    """Which way is better. `NEITHER` is a statement too: a number of migrants is not better when it rises or falls."""

    UP = "up"
    DOWN = "down"
    PARITY = "parity"
    NEITHER = "neither"


class Reason(StrEnum):
    """Why nothing can be said."""

    NO_VALUE = "there is no value"
    ONE_POINT = "there are no two points a year apart since the base year"
    TOO_FEW_POINTS = "there are too few points for an interval"
    AFTER_BREAK = "there are too few points since the values are comparable"
    NO_DIRECTION = "nothing says which direction is better"
    NO_TARGET = "no text states a target"
    PARITY = "growth says nothing about nearness to parity"
    BASE_ZERO = "the first value is zero"
    TARGET_ZERO = "the target is zero"
    NEGATIVE = "a value is negative"
    SIGN_CHANGE = "the values differ in sign"
    BASE_IS_TARGET = "the first value equals the target"
    TARGET_YEAR_PASSED = "the year of the target is not after the first value"


@dataclass(frozen=True)
class Refused:
    """A method's answer where it is not defined: the reason, never a guess."""

    reason: Reason

    reached: bool = False
    verdict: Verdict = Verdict.UNKNOWN

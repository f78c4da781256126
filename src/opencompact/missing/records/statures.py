"""Statures as people say them: "171", "1.71 m", "1m71", "5'7\"", "一米七", "метр семьдесят", "about 170"; in cm.

Own grammar over the words of `measures.toml`; a stature said roughly is ± 3 % by judgement.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import Any

from opencompact.errors import InvalidDataError
from opencompact.language import N_
from opencompact.missing.records.amounts import (
    KINDS,
    MEASURED,
    ONLY_WORDS,
    UNKNOWN,
    Ends,
    Rule,
    listed,
    rules_of,
    unknown_words,
    within,
)
from opencompact.missing.records.intervals import Range
from opencompact.missing.records.numbers import NUMBER, literals, number_words, put_together
from opencompact.missing.records.phrases import Phrase, Phrases, read
from opencompact.missing.records.sayings import folded, is_unknown

SHORTEST, TALLEST = 25, 250
_CM_OF_FOOT, _CM_OF_INCH = 30.48, 2.54
_LENGTHS = {"metres": "m", "centimetres": "c", "feet": "f", "inches": "i", "size": "z"}
# The orders in which numbers and units say a length, the longest first.
_LENGTH_RULES = ("mNc", "m&Nc", "m&N", "mN", "NmNc", "Nm&Nc", "Nm&N", "NmN", "Nm", "NfNi", "NfN", "Nf", "Nc", "N")


@cache
def _phrases() -> Phrases:
    kinds = {name: kind for name, kind in KINDS.items() if name not in ("years", "months", "weeks")}
    return Phrases([*number_words(), *unknown_words(), *listed(_LENGTHS), *listed(kinds)], literals())


@cache
def _rules() -> list[Rule]:
    return [
        (re.compile("X+"), lambda _: UNKNOWN),
        (re.compile("A?z(?:&?z)*"), lambda _: ONLY_WORDS),
        *rules_of(MEASURED, SHORTEST, TALLEST, 0.03),
    ]


@lru_cache(maxsize=50_000)
def read_stature(text: str) -> Range | None:
    """A stature in cm: "171", "1.71 m", "1m71", "5'7\"", "一米七", "about 170"; None for "does not know".

    Raises InvalidDataError for what cannot be read, for a size said only in words, and outside 25–250 cm.
    """
    phrases = None if is_unknown(text) else _phrases().split(folded(text))
    measured = None if phrases is None else _measured(put_together(phrases))
    ends: Any = UNKNOWN if is_unknown(text) else read(measured, _rules()) if measured else None
    if ends == ONLY_WORDS:
        raise InvalidDataError(
            "The stature is said in words alone: it counts neither for nor against anyone.",
            column="stature",
            value=text,
            remedy="Ask for centimetres, or for somebody of the same stature who can be measured.",
        )
    if ends is None:
        raise InvalidDataError(
            "The stature cannot be read.",
            column="stature",
            value=text,
            remedy="Write 171, 1.71 m, 165-175, 'about 170', 5'7\" or 'unknown'.",
        )
    return (
        None if ends == UNKNOWN else within(ends, text, "stature", N_("The stature is impossible."), SHORTEST, TALLEST)
    )


def _measured(phrases: list[Phrase]) -> list[Phrase]:
    """The phrases with every length in one: 1 m 71, 171 cm, 5 ft 7 in, and a number alone, which is in metres below 3."""
    found: list[Phrase] = []
    at = 0
    while at < len(phrases):
        match = next((m for m in (_length(phrases[at:], pattern) for pattern in _LENGTH_RULES) if m), None)
        if match is None:
            found.append(phrases[at])
            at += 1
        else:
            found.append(Phrase("", (MEASURED,), match[0]))
            at += match[1]
    return found


def _length(phrases: list[Phrase], pattern: str) -> tuple[Ends, int] | None:
    """The length that the first phrases say in the order of a pattern, and how many phrases say it."""
    if len(phrases) < len(pattern) or any(
        kind not in phrase.kinds for kind, phrase in zip(pattern, phrases, strict=False)
    ):
        return None
    numbers = [phrase for kind, phrase in zip(pattern, phrases, strict=False) if kind == NUMBER]
    (low, high), after = numbers[0].value, numbers[-1].value[0] if len(numbers) > 1 else 0.0
    if pattern.startswith("m"):  # "метр семьдесят"
        (low, high), after = (1, 1), low
    if "f" in pattern:
        cm = round(_CM_OF_FOOT * low + _CM_OF_INCH * after, 1)
        return ((cm - 1.3, cm + 1.3), len(pattern)) if after < 12 else None  # told to the inch
    if "m" in pattern:
        if after >= 100:
            return None
        # 一米七 and "1 m 7" are a metre and seventy; 1 m 07 is written with its nought.
        tenths = 10 if 0 < after < 10 and "c" not in pattern and not numbers[-1].text.startswith("0") else 1
        return (100 * low + tenths * after, 100 * high + tenths * after), len(pattern)
    metres = low < 3 and "c" not in pattern
    return (100 * low, 100 * high) if metres else (low, high), len(pattern)

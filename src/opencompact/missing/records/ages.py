"""Ages as people say them: "about 20", "vingt ans", "la trentaine", "за сорок", "三十多岁", "child", "18 months".

Own grammar over the words of `measures.toml`; the stages of life there have each its source.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import Any

from opencompact.errors import InvalidDataError
from opencompact.language import N_
from opencompact.missing.records.amounts import (
    KINDS,
    UNKNOWN,
    Ends,
    Rule,
    listed,
    rules_of,
    table,
    unknown_words,
    within,
)
from opencompact.missing.records.intervals import Range
from opencompact.missing.records.numbers import NUMBER, literals, number_words, put_together
from opencompact.missing.records.phrases import Phrase, Phrases, read
from opencompact.missing.records.sayings import folded, is_unknown

OLDEST = 110
_PARTS = {"e": (0, 3), "d": (3, 6), "l": (6, 9)}
_AGE = "(?:NH?U(?:H|&?NM)?|NM|NW|N)"


@cache
def _phrases() -> Phrases:
    lists = table()
    stages = [
        (word, "L", (float(stage["years"][0]), float(stage["years"][1])))
        for stage in lists["stages"]
        for word in stage["words"]
    ]
    counted = [
        (word, kind, (float(start), float(start)))
        for name, kind in (("decades", "D"), ("collectives", "C"))
        for start, listed in lists[name].items()
        for word in listed
    ]
    duals = [
        (word, NUMBER, (n, n)) for n, name in ((1.0, "one_year"), (2.0, "two_years")) for word in lists["words"][name]
    ]
    return Phrases([*number_words(), *stages, *counted, *duals, *unknown_words(), *listed(KINDS)], literals())


def _decade(phrases: list[Phrase]) -> Ends | None:
    """ "in her late twenties" → 26–29; "за тридцать" is not one, "30 с лишним" is."""
    bases = [phrase.value[0] for phrase in phrases if phrase.kinds[0] in ("D", NUMBER)]
    first, last = _decades(phrases)[0], _decades(phrases)[-1]
    return (first[0], last[1]) if all(base % 10 == 0 for base in bases) and first[0] <= last[1] else None


def _decades(phrases: list[Phrase]) -> list[Ends]:
    found, part = [], (0, 9)
    for phrase in phrases:
        kind = phrase.kinds[0]
        if kind in _PARTS:
            part = _PARTS[kind]
        elif kind in ("D", NUMBER):
            found.append((phrase.value[0] + part[0], phrase.value[0] + part[1]))
            part = (0, 9)
    return found


def _collective(phrases: list[Phrase]) -> Ends:
    value = next(phrase.value[0] for phrase in phrases if phrase.kinds[0] == "C")
    half = max(2.0, 0.15 * value)
    return value - half, value + half


def _stage(phrases: list[Phrase]) -> Ends:
    stages = [phrase.value for phrase in phrases if phrase.kinds[0] == "L"]
    return min(low for low, _ in stages), max(high for _, high in stages)


@cache
def _rules() -> list[Rule]:
    return [
        (re.compile("X+"), lambda _: UNKNOWN),
        (re.compile("A?[edl]?E?D(?:&[edl]?E?D)?|E?[edl]?D|NTU?|[edl]E?NU?|ENT?"), _decade),
        (re.compile("A?CU?R?"), _collective),
        *rules_of(_AGE, 0, OLDEST, 0.15),
        (re.compile("A?L(?:&?L)*"), _stage),
    ]


@lru_cache(maxsize=50_000)
def read_age(text: str) -> Range | None:
    """An age in completed years, as a range: "about 20" → 17–23, "la trentaine" → 30–39, "child" → 0–17.

    None for "does not know". Raises InvalidDataError for what cannot be read or lies outside 0–110.
    """
    phrases = None if is_unknown(text) else _phrases().split(folded(text))
    if phrases is not None:
        phrases = put_together(phrases)
        if any({NUMBER, "D", "C"} & set(phrase.kinds) for phrase in phrases):
            # "young man of 20", "adult, 25–35": the number says more than the stage.
            phrases = [Phrase(one.text, ("",)) if "L" in one.kinds else one for one in phrases]
    ends: Any = UNKNOWN if is_unknown(text) else read(phrases, _rules()) if phrases else None
    if ends is None:
        raise InvalidDataError(
            "The age cannot be read.",
            column="age",
            value=text,
            remedy="Write 20, 20-25, 'about 20', 'over 30', 'child' or 'unknown'.",
        )
    return None if ends == UNKNOWN else within(ends, text, "age", N_("The age is impossible."), 0, OLDEST)

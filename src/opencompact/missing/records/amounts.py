"""Amounts as people say them, in any unit: a number, a range, about, over, under. The words are in `measures.toml`.

What they say together is one small grammar, the same for six languages. Nothing is guessed: what no rule reads is refused with its
value, so that a person decides.
Own grammar over the words of `measures.toml`; a saying is wider than its number by judgement.
"""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib.resources import files
from typing import Any

from opencompact.errors import InvalidDataError
from opencompact.language import said
from opencompact.missing.records.intervals import Range
from opencompact.missing.records.numbers import NUMBER
from opencompact.missing.records.phrases import Phrase, Reader
from opencompact.missing.records.sayings import words

# The kind of each list of `measures.toml`, one character; the first list that a word stands in is tried first.
KINDS = {
    "between": "B",
    "and": "&",
    "plus_minus": "P",
    "half": "H",
    "something": "T",
    "years": "U",
    "months": "M",
    "weeks": "W",
    "about": "A",
    "roughly": "R",
    "over": "O",
    "over_after": "o",
    "under": "V",
    "under_after": "v",
    "early": "e",
    "mid": "d",
    "late": "l",
    "in_its": "E",
    "nothing": "",
}
MEASURED = "S"
"""The kind of a length that was put together from its numbers and units."""
UNKNOWN, ONLY_WORDS = "unknown", "only words"
"""What a rule gives where a saying says that nothing is known, or says a size without a number."""

Ends = tuple[float, float]
Rule = tuple[re.Pattern[str], Reader]


@cache
def table() -> dict[str, Any]:
    """The lists of `measures.toml`."""
    return tomllib.loads(files("opencompact.missing.records").joinpath("measures.toml").read_text(encoding="utf-8"))


def listed(kinds: dict[str, str]) -> list[tuple[str, str, None]]:
    """(word, kind, None) of each word of some lists."""
    return [(word, kind, None) for name, kind in kinds.items() for word in table()["words"][name]]


@cache
def unknown_words() -> tuple[tuple[str, str, None], ...]:
    """The words for what is not known, as phrases; a sign alone is none."""
    return tuple((word, "X", None) for word in words()["unknown"] if len(word) > 1)


def rules_of(amount: str, lowest: float, highest: float, slack: float) -> list[Rule]:
    """Rules for an amount: alone, a range, about, over, under; `slack` is the half-width of "about" as a share."""

    def alone(phrases: list[Phrase]) -> Ends | None:
        return None if _is_to(phrases) else amounts(phrases)[0]

    def about(phrases: list[Phrase]) -> Ends:
        low, high = amounts(phrases)[0]
        half = max(2.0, slack * (low + high) / 2)
        return max(lowest, low - half), min(highest, high + half)

    def between(phrases: list[Phrase]) -> Ends:
        first, last = amounts(phrases)
        return first[0], last[1]

    def more_or_less(phrases: list[Phrase]) -> Ends:
        (low, high), (off, _) = amounts(phrases)
        return max(lowest, low - off), min(highest, high + off)

    return [
        (re.compile(pattern), rule)
        for pattern, rule in (
            (amount, alone),
            (f"B?{amount}&{amount}R?|A?{amount}&{amount}R?|{amount}P?&{amount}", between),
            (f"{amount}P{amount}", more_or_less),
            (f"A+{amount}R?|{amount}R+|NRU|UN|A{amount}A", about),
            (f"[OB]{amount}|{amount}o|OA{amount}", lambda phrases: (amounts(phrases)[0][0], highest)),
            (f"V{amount}|{amount}v", lambda phrases: (lowest, amounts(phrases)[0][1])),
        )
    ]


def _is_to(phrases: list[Phrase]) -> bool:
    """Whether an "a" is no short "años" but "to": "6 a 12 meses" are months, where "6 a 3 mo" are years and months."""
    return any(
        one.text == "a" and one.kinds[0] == "U" and last.kinds[0] == "M" and len(last.text) > 2
        for one, _, last in zip(phrases, phrases[1:], phrases[2:], strict=False)
    )


def amounts(phrases: list[Phrase]) -> list[Ends]:
    """The amounts in order; a number of months is in years, and what stands after years does not matter to completed ones."""
    found: list[Ends] = []
    for at, phrase in enumerate(phrases):
        following = phrases[at + 1].kinds[0] if at + 1 < len(phrases) else ""
        if following == "&" and [one.kinds[0] for one in phrases[at + 2 : at + 4]] in ([NUMBER, "M"], [NUMBER, "W"]):
            following = phrases[at + 3].kinds[0]  # "6-12 months": the unit is said once
        before = {one.kinds[0] for one in phrases[max(0, at - 2) : at]}
        if phrase.kinds[0] == "S":
            found.append(phrase.value)
        elif phrase.kinds[0] == NUMBER and following in ("M", "W"):
            if "U" not in before:
                found.append((phrase.value[0] // 12, phrase.value[1] // 12) if following == "M" else (0.0, 0.0))
        elif phrase.kinds[0] == NUMBER:
            found.append(phrase.value)
    return found


def within(ends: Ends, text: str, field: str, problem: str, lowest: float, highest: float) -> Range:
    """The range of an amount. Raises InvalidDataError with `problem` where it lies outside what a body can be, or its ends are exchanged."""
    if not lowest <= ends[0] <= ends[1] <= highest:
        raise InvalidDataError(
            problem,
            column=field,
            value=text,
            remedy=said(
                "It lies between {lowest:g} and {highest:g}, the lower end first.", lowest=lowest, highest=highest
            ),
        )
    return Range(ends[0], ends[1], text)

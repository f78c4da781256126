"""Ages and statures as people say them: "about 20", "vingt ans", "la trentaine", "за сорок", "三十多岁", "1m71", "5'7\"".

The words are in `measures.toml`; what they say together is one small grammar, the same for six languages. Nothing is guessed:
what no rule reads is refused with its value, so that a person decides.
"""

from __future__ import annotations

import re
import tomllib
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any

from opencompact.errors import InvalidDataError
from opencompact.language import N_, said
from opencompact.missing.records.intervals import Range
from opencompact.missing.records.numbers import NUMBER, literals, number_words, put_together
from opencompact.missing.records.phrases import Phrase, Phrases, Reader, read
from opencompact.missing.records.sayings import folded, is_unknown, words

OLDEST = 110
SHORTEST, TALLEST = 25, 250
_CM_OF_FOOT, _CM_OF_INCH = 30.48, 2.54
# The kind of each list of `measures.toml`, one character; the first list that a word stands in is tried first.
_KINDS = {
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
_LENGTHS = {"metres": "m", "centimetres": "c", "feet": "f", "inches": "i", "size": "z"}
_PARTS = {"e": (0, 3), "d": (3, 6), "l": (6, 9)}


@cache
def _table() -> dict[str, Any]:
    return tomllib.loads(files("opencompact.missing.records").joinpath("measures.toml").read_text(encoding="utf-8"))


@cache
def _ages() -> Phrases:
    table = _table()
    stages = [
        (word, "L", (float(stage["years"][0]), float(stage["years"][1])))
        for stage in table["stages"]
        for word in stage["words"]
    ]
    counted = [
        (word, kind, (float(start), float(start)))
        for name, kind in (("decades", "D"), ("collectives", "C"))
        for start, listed in table[name].items()
        for word in listed
    ]
    duals = [
        (word, NUMBER, (n, n)) for n, name in ((1.0, "one_year"), (2.0, "two_years")) for word in table["words"][name]
    ]
    unknown = [(word, "X", None) for word in words()["unknown"] if len(word) > 1]
    return Phrases([*number_words(), *stages, *counted, *duals, *unknown, *_listed(_KINDS)], literals())


@cache
def _statures() -> Phrases:
    unknown = [(word, "X", None) for word in words()["unknown"] if len(word) > 1]
    kinds = {name: kind for name, kind in _KINDS.items() if name not in ("years", "months", "weeks")}
    return Phrases([*number_words(), *unknown, *_listed(_LENGTHS), *_listed(kinds)], literals())


def _listed(kinds: dict[str, str]) -> list[tuple[str, str, None]]:
    return [(word, kind, None) for name, kind in kinds.items() for word in _table()["words"][name]]


Ends = tuple[float, float]
Rule = tuple[re.Pattern[str], Reader]
_AGE = "(?:NH?U(?:H|&?NM)?|NM|NW|N)"
_STATURE = "S"


def _grammar(amount: str, lowest: float, highest: float, slack: float) -> list[Rule]:
    """Rules for an amount: alone, a range, about, over, under; `slack` is the half-width of "about" as a share."""

    def about(phrases: list[Phrase]) -> Ends:
        low, high = _amounts(phrases)[0]
        half = max(2.0, slack * (low + high) / 2)
        return max(lowest, low - half), min(highest, high + half)

    def between(phrases: list[Phrase]) -> Ends:
        first, last = _amounts(phrases)
        return first[0], last[1]

    def more_or_less(phrases: list[Phrase]) -> Ends:
        (low, high), (off, _) = _amounts(phrases)
        return max(lowest, low - off), min(highest, high + off)

    return [
        (re.compile(pattern), rule)
        for pattern, rule in (
            (amount, lambda phrases: _amounts(phrases)[0]),
            (f"B?{amount}&{amount}R?|A?{amount}&{amount}R?|{amount}P?&{amount}", between),
            (f"{amount}P{amount}", more_or_less),
            (f"A+{amount}R?|{amount}R+|NRU|UN|A{amount}A", about),
            (f"[OB]{amount}|{amount}[oT]|OA{amount}", lambda phrases: (_amounts(phrases)[0][0], highest)),
            (f"V{amount}|{amount}v", lambda phrases: (lowest, _amounts(phrases)[0][1])),
        )
    ]


def _amounts(phrases: list[Phrase]) -> list[Ends]:
    """The amounts in order; a number of months is in years, and what stands after years does not matter to completed ones."""
    found: list[Ends] = []
    for at, phrase in enumerate(phrases):
        following = phrases[at + 1].kinds[0] if at + 1 < len(phrases) else ""
        before = {one.kinds[0] for one in phrases[max(0, at - 2) : at]}
        if phrase.kinds[0] == "S":
            found.append(phrase.value)
        elif phrase.kinds[0] == NUMBER and following in ("M", "W"):
            if "U" not in before:
                found.append((phrase.value[0] // 12, phrase.value[1] // 12) if following == "M" else (0.0, 0.0))
        elif phrase.kinds[0] == NUMBER:
            found.append(phrase.value)
    return found


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


UNKNOWN, ONLY_WORDS = "unknown", "only words"
"""What a rule gives where a saying says that nothing is known, or says a size without a number."""


@cache
def _age_rules() -> list[Rule]:
    return [
        (re.compile("X+"), lambda _: UNKNOWN),
        (re.compile("A?[edl]?E?D(?:&[edl]?E?D)?|E?[edl]?D|NTU?|[edl]E?NU?|ENT?"), _decade),
        (re.compile("A?CU?R?"), _collective),
        *_grammar(_AGE, 0, OLDEST, 0.15),
        (re.compile("A?L(?:&?L)*"), _stage),
    ]


@cache
def _stature_rules() -> list[Rule]:
    return [
        (re.compile("X+"), lambda _: UNKNOWN),
        (re.compile("A?z(?:&?z)*"), lambda _: ONLY_WORDS),
        *_grammar(_STATURE, SHORTEST, TALLEST, 0.03),
    ]


@lru_cache(maxsize=50_000)
def read_age(text: str) -> Range | None:
    """An age in completed years, as a range: "about 20" → 17–23, "la trentaine" → 30–39, "child" → 0–17.

    None for "does not know". Raises InvalidDataError for what cannot be read or lies outside 0–110.
    """
    phrases = None if is_unknown(text) else _ages().split(folded(text))
    if phrases is not None:
        phrases = put_together(phrases)
        if any({NUMBER, "D", "C"} & set(phrase.kinds) for phrase in phrases):
            # "young man of 20", "adult, 25–35": the number says more than the stage.
            phrases = [Phrase(one.text, ("",)) if "L" in one.kinds else one for one in phrases]
    ends: Any = UNKNOWN if is_unknown(text) else read(phrases, _age_rules()) if phrases else None
    if ends is None:
        raise InvalidDataError(
            "The age cannot be read.",
            column="age",
            value=text,
            remedy="Write 20, 20-25, 'about 20', 'over 30', 'child' or 'unknown'.",
        )
    return None if ends == UNKNOWN else _within(ends, text, "age", N_("The age is impossible."), 0, OLDEST)


@lru_cache(maxsize=50_000)
def read_stature(text: str) -> Range | None:
    """A stature in cm: "171", "1.71 m", "1m71", "5'7\"", "一米七", "about 170"; None for "does not know".

    Raises InvalidDataError for what cannot be read, for a size said only in words, and outside 25–250 cm.
    """
    phrases = None if is_unknown(text) else _statures().split(folded(text))
    measured = None if phrases is None else _measured(put_together(phrases))
    ends: Any = UNKNOWN if is_unknown(text) else read(measured, _stature_rules()) if measured else None
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
        None if ends == UNKNOWN else _within(ends, text, "stature", N_("The stature is impossible."), SHORTEST, TALLEST)
    )


def _within(ends: Ends, text: str, field: str, problem: str, lowest: float, highest: float) -> Range:
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
            found.append(Phrase("", ("S",), match[0]))
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


_LENGTH_RULES = ("mNc", "m&Nc", "m&N", "mN", "NmNc", "Nm&Nc", "Nm&N", "NmN", "Nm", "NfNi", "NfN", "Nf", "Nc", "N")

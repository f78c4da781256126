"""The common space of sounds: every letter of every script is a set of sounds that it may stand for.

Two letters are as near as their nearest sounds; a letter is left out as cheaply as its weakest sound. Costs are in nats:
the negative logarithm of how often one is met for the other, relative to the best case. The tables beside this module
are the facts: `sounds.tsv` (the sounds, and the cost of leaving one out), `confusions.tsv` (sounds that are heard or
written for one another), `letters/*.tsv` (the letters of a script). The model is the weighted edit distance of Ristad and
Yianilos (1998) with letters tied through the sounds they share.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from importlib.resources import files

import numpy as np
from numpy.typing import NDArray

SILENCE = "∅"
UNRELATED = 6.0
"""The cost of two sounds that are never written for one another."""

SURELY = 3.0
"""A consonant that is not left out for less than this is firm; so far from all sounds of the other, it is lost."""

LIKELY = 0.25
"""Sounds of a letter that cost no more than this are its likely ones."""

_INFORMATION = {"consonant": 1.7, "weak": 0.8, "vowel": 0.5}

Slot = tuple[tuple[str, float], ...]
"""A letter as sounds with their costs; the likeliest costs nothing."""


@dataclass(frozen=True)
class Alphabet:
    """All slots of all scripts, numbered, and what it costs to put one for another.

    `cost` (n, n), `gap` (n,) in nats; `written` (n,): `gap` between two names in Arabic letters, where a long vowel that is
    written tells names apart; `information` (n,) in nats: what a letter tells about which name it is; `hard` (n,):
    consonants that are hardly ever left out; `own` and `near` (n,): bits of the sounds that a letter has, and of those
    that cost less than `SURELY` to be put for it.
    """

    slots: tuple[Slot, ...]
    cost: NDArray[np.float32]
    gap: NDArray[np.float32]
    written: NDArray[np.float32]
    information: NDArray[np.float32]
    near: NDArray[np.uint64]
    own: NDArray[np.uint64]
    hard: NDArray[np.bool_]

    def nearest_sounds(self, one: int, other: int) -> tuple[str, str]:
        """The two sounds through which two letters were equated."""
        pairs = (
            (cost_one + cost_other + sound_cost(a, b), a, b)
            for a, cost_one in self.slots[one]
            for b, cost_other in self.slots[other]
        )
        _cost, a, b = min(pairs)
        return a, b


def rows(name: str) -> list[dict[str, str]]:
    """The rows of a table beside this module, as dictionaries."""
    text = files("opencompact.missing.names").joinpath(name).read_text(encoding="utf-8")
    head, *lines = [line.split("\t") for line in text.splitlines() if line and not line.startswith("#")]
    return [dict(zip(head, line + [""] * (len(head) - len(line)), strict=True)) for line in lines]


@cache
def _sounds() -> dict[str, tuple[str, float]]:
    return {row["sound"]: (row["kind"], float(row["gap"])) for row in rows("sounds.tsv")}


VOWEL_SOUNDS = sum(kind == "vowel" for kind, _gap in _sounds().values())
"""How many of the sounds are vowels; they stand first in `sounds.tsv`."""


@cache
def _confusions() -> dict[tuple[str, str], float]:
    costs = {}
    for row in rows("confusions.tsv"):
        costs[row["one"], row["other"]] = costs[row["other"], row["one"]] = float(row["cost"])
    return costs


def sound_cost(one: str, other: str) -> float:
    """What it costs to hear or write one sound for the other; silence costs what leaving the sound out does."""
    if one == other:
        return 0.0
    if SILENCE in (one, other):
        return _sounds()[other if one == SILENCE else one][1]
    known = _confusions().get((one, other))
    if known is not None:
        return known
    both_vowels = _sounds()[one][0] == _sounds()[other][0] == "vowel"
    return 1.5 if both_vowels else UNRELATED


@cache
def _reasons() -> dict[tuple[str, str], str]:
    reasons = {}
    for row in rows("confusions.tsv"):
        reasons[row["one"], row["other"]] = reasons[row["other"], row["one"]] = row["why"]
    return reasons


def confusion(one: str, other: str) -> str:
    """Why one sound is met for the other, in a few words."""
    if one == other:
        return "a less usual reading of the letter"
    if SILENCE in (one, other):
        return "left out"
    return _reasons().get((one, other), "unlike sounds")


def parse_slots(text: str) -> tuple[Slot, ...]:
    """`"j:8|∅:4 u"` → two slots: j or, half as often, nothing; then u."""
    slots = []
    for word in text.split():
        weighted = [choice.partition(":")[::2] for choice in word.split("|")]
        shares = {sound: float(weight or 10) for sound, weight in weighted}
        most = max(shares.values())
        costs = [(round(math.log(most / share), 3), sound) for sound, share in shares.items()]
        slots.append(tuple((sound, cost) for cost, sound in sorted(costs)))
    return tuple(slots)


class _Numbering:
    """Gives every distinct slot its number."""

    def __init__(self) -> None:
        self.numbers: dict[Slot, int] = {}

    def number(self, slot: Slot) -> int:
        return self.numbers.setdefault(slot, len(self.numbers))


_numbering = _Numbering()


@dataclass(frozen=True)
class LetterTable:
    """The letters of one script as numbered slots; longest match first."""

    name: str
    anywhere: dict[str, tuple[int, ...]]
    start: dict[str, tuple[int, ...]]
    end: dict[str, tuple[int, ...]]
    longest: int

    @cached_property
    def beginning(self) -> dict[str, tuple[int, ...]]:
        """The letters as they sound at the beginning of a word."""
        return {**self.anywhere, **self.start}

    @cached_property
    def ending(self) -> dict[str, tuple[int, ...]]:
        """The letters as they sound at the end of a word."""
        return {**self.anywhere, **self.end}

    @cached_property
    def _lengths(self) -> dict[str, tuple[int, ...]]:
        """How many letters the entries that begin with a letter have, the longest first."""
        lengths: dict[str, set[int]] = {}
        for letters in (*self.anywhere, *self.start, *self.end):
            lengths.setdefault(letters[0], set()).add(len(letters))
        return {letter: tuple(sorted(found, reverse=True)) for letter, found in lengths.items()}

    def spell(self, word: str) -> list[int]:
        """The slots of a word; letters that the table does not have are passed over."""
        spelled: list[int] = []
        lengths, end, at = self._lengths, len(word), 0
        while at < end:
            for length in lengths.get(word[at], ()):
                stop = at + length
                places = self.beginning if at == 0 else self.ending if stop == end else self.anywhere
                found = places.get(word[at:stop]) if stop <= end else None
                if found is not None:
                    spelled += found
                    at = stop
                    break
            else:
                at += 1
        return spelled

    def find(self, letter: str, *, first: bool, last: bool) -> tuple[int, ...]:
        """The slots of a letter at the beginning, within or at the end of a word; none where the table has none."""
        places = self.beginning if first else self.ending if last else self.anywhere
        return places.get(letter, ())


TABLES = (
    "latin", "arabic", "kurdish", "hebrew", "cyrillic", "greek", "georgian", "armenian", "ethiopic", "indic", "bengali",
    "hangul", "mandarin", "cantonese", "minnan", "japanese", "thai", "myanmar", "kana",
)  # fmt: skip


@cache
def _tables() -> dict[str, LetterTable]:
    """All tables, read at once and in this order, so that the numbers of slots never change between runs."""
    tables = {}
    for name in TABLES:
        places: dict[str, dict[str, tuple[int, ...]]] = {"": {}, "start": {}, "end": {}}
        for row in rows(f"letters/{name}.tsv"):
            numbers = tuple(_numbering.number(slot) for slot in parse_slots(row["sounds"]))
            places[row["where"]][row["letter"]] = numbers
        longest = max(len(letter) for place in places.values() for letter in place)
        tables[name] = LetterTable(name, places[""], places["start"], places["end"], longest)
    return tables


def table(name: str) -> LetterTable:
    """The letter table of a script, or of a romanisation of Han characters."""
    return _tables()[name]


@cache
def alphabet() -> Alphabet:
    """All slots with their costs: computed once from the tables, in well under a second."""
    _tables()
    slots = tuple(_numbering.numbers)
    sounds = [SILENCE, *_sounds()]
    near = np.array([[sound_cost(a, b) if a != b else 0.0 for b in sounds] for a in sounds])
    own = np.full((len(slots), len(sounds)), np.inf)
    for number, slot in enumerate(slots):
        for sound, cost in slot:
            own[number, sounds.index(sound)] = cost
    spoken = own.copy()
    spoken[:, 0] = np.inf
    reach = np.min(spoken[:, :, None] + near[None, :, :], axis=1)
    cost = np.min(reach[:, None, :] + spoken[None, :, :], axis=2)
    np.fill_diagonal(cost, 0.0)
    gap = np.minimum(own[:, 0], np.min(spoken + near[0][None, :], axis=1))
    cost = np.minimum(cost, gap[:, None] + gap[None, :])
    written = _written(cost, gap)
    information = np.array([_information(slot) for slot in slots])
    bits = np.uint64(1) << np.arange(len(sounds), dtype=np.uint64)
    return Alphabet(
        slots,
        cost.astype(np.float32),
        gap.astype(np.float32),
        written.astype(np.float32),
        information.astype(np.float32),
        near=np.where(reach < SURELY, bits, np.uint64(0)).sum(axis=1, dtype=np.uint64),
        own=np.where(spoken < SURELY, bits, np.uint64(0)).sum(axis=1, dtype=np.uint64),
        hard=gap >= SURELY,
    )


ONE_VOWEL = 0.45
"""Two written long vowels no dearer than this for one another are one vowel: ى and ي."""


def _written(cost: NDArray[np.float64], gap: NDArray[np.float64]) -> NDArray[np.float64]:
    """What leaving out costs between two names in Arabic letters, by the column `left_out` of their table.

    Raises in `cost` what a written long vowel costs for the hidden vowel, or for another long vowel: two letters that stand
    side by side only in such pairs, because no other script has them.
    """
    arabic = table("arabic").anywhere
    dear: dict[int, float] = {}
    for row in rows("letters/arabic.tsv"):
        if row["left_out"]:
            dear[_numbering.numbers[parse_slots(row["sounds"])[0]]] = float(row["left_out"])
    written = gap.copy()
    for number, nats in dear.items():
        written[number] = nats
        for hidden in arabic["◌"]:
            cost[number, hidden] = cost[hidden, number] = nats
        for other, as_dear in dear.items():
            if cost[number, other] > ONE_VOWEL:
                cost[number, other] = cost[other, number] = max(cost[number, other], min(nats, as_dear))
    return written


def own_sounds(slots: Sequence[int]) -> int:
    """The bits of all sounds that a reading may have."""
    return int(np.bitwise_or.reduce(alphabet().own[list(slots)])) if slots else 0


@cache
def _classes() -> dict[str, str]:
    return {row["sound"]: row["class"] for row in rows("sounds.tsv")}


def sound_classes(sound: str) -> tuple[str, ...]:
    """The classes of consonants that a sound is kept in for blocking; "" where it may be left out."""
    return tuple(_classes().get(sound, "").split("|"))


@cache
def firm() -> NDArray[np.bool_]:
    """Which letters are consonants in every likely reading, and seldom weakened."""
    return np.array([_is_firm(slot) for slot in alphabet().slots])


def _is_firm(slot: Slot) -> bool:
    likely = [sound for sound, cost in slot if cost <= LIKELY]
    return all(sound_classes(sound) != ("",) and "" not in sound_classes(sound) for sound in likely)


def _information(slot: Slot) -> float:
    """Consonants tell more than vowels; a letter that may be silent tells less."""
    shares = {sound: math.exp(-cost) for sound, cost in slot}
    told = sum(share * _INFORMATION[_sounds()[sound][0]] for sound, share in shares.items() if sound != SILENCE)
    return told / sum(shares.values())

"""Two names side by side: which parts were equated, through which sounds, what each says, and what is left.

The sum of log likelihood ratios is that of Fellegi & Sunter (1969, JASA 64:1183); the steps are traced back through the weighted edit distance of
`distance.py` (Wagner & Fischer 1974, JACM 21:168). The relations of parts are our own.
"""

from __future__ import annotations

import math
from dataclasses import asdict, dataclass, field

import numpy as np
from numpy.typing import NDArray

from opencompact.missing.names.arrays import Lexicon, Rolls, encode
from opencompact.missing.names.distance import MOST_SLOTS
from opencompact.missing.names.kernel import MOST_EDGES, spelling_score
from opencompact.missing.names.likeness import OTHER_VOWELS
from opencompact.missing.names.model import DEFAULT, Weights, costs
from opencompact.missing.names.prepared import Element, Spelling, prepare
from opencompact.missing.names.readings import Reading
from opencompact.missing.names.sounds import SILENCE, alphabet, confusion


@dataclass(frozen=True)
class Step:
    """One sound read for another: `one` and `other` in IPA (∅ where one has none), the cost in nats, and why it is cheap."""

    one: str
    other: str
    cost: float
    why: str


@dataclass(frozen=True)
class AlignedPart:
    """Parts of two names that were equated.

    `relation`: same (same letters), sound (read alike), near (near in sound), known (two spellings of one well-known name),
    kindred (forms of one name, or a nickname), initial; `together`: written as one on one side and apart on the other;
    `log_likelihood_ratio` and `information` (what the part tells, by its rarity) in nats; `systems`: how each was read.
    """

    one: str
    other: str
    relation: str
    together: bool
    log_likelihood_ratio: float
    information: float
    systems: tuple[str, str]
    steps: tuple[Step, ...]


@dataclass(frozen=True)
class Comparison:
    """What two names say for or against their being one person's.

    `log_likelihood_ratio` in nats: above zero for, below zero against; `left_out` are the parts of each without
    counterpart; `disputed` where both have such parts, or bear two well-known names that
    differ in their vowels alone; `reordered` where equated parts stand in another order.
    """

    one: str
    other: str
    log_likelihood_ratio: float
    parts: tuple[AlignedPart, ...]
    left_out: tuple[tuple[str, ...], tuple[str, ...]]
    reordered: bool = False
    disputed: bool = False

    @property
    def likelihood_ratio(self) -> float:
        """How many times likelier the two names are if they are one person's than if they are two persons'."""
        return math.exp(self.log_likelihood_ratio)

    def as_dict(self) -> dict[str, object]:
        """The comparison as `--json` shows it; keys are stable."""
        return {**asdict(self), "score": self.log_likelihood_ratio, "likelihood_ratio": self.likelihood_ratio}


def score(one: str, other: str, weights: Weights = DEFAULT) -> float:
    """The log likelihood ratio of two names, in nats."""
    return compare(one, other, weights).log_likelihood_ratio


def compare(one: str, other: str, weights: Weights = DEFAULT) -> Comparison:
    """Compares two names in any scripts and explains the score; never fails, whatever the texts hold."""
    names = [prepare(one), prepare(other)]
    lexicon, rolls = encode(names)
    first = len(names[0].spellings)
    best: Comparison | None = None
    for s, left in enumerate(names[0].spellings):
        for t, right in enumerate(names[1].spellings):
            found = _Alignment.of(lexicon, rolls, s, first + t, weights)
            if best is None or found.score > best.log_likelihood_ratio:
                best = found.comparison(one, other, left, right, weights)
    if best is None:
        raise AssertionError("every name has a spelling, be it empty")
    return best


@dataclass
class _Alignment:
    """What the kernel found: the score, and the chosen pairs of elements with their ratios."""

    score: float
    edges: NDArray[np.int64]
    ratios: NDArray[np.float32]
    first: tuple[int, int] = field(default=(0, 0))

    @classmethod
    def of(cls, lexicon: Lexicon, rolls: Rolls, s: int, t: int, weights: Weights) -> _Alignment:
        row = np.empty((3, MOST_SLOTS), np.float32)
        gains = np.empty((MOST_EDGES, 2), np.float32)
        edges = np.empty((MOST_EDGES, 8), np.int64)
        rest = np.empty(MOST_EDGES + 1, np.float32)
        chosen, best = np.empty(MOST_EDGES, np.int64), np.empty(MOST_EDGES, np.int64)
        side = (rolls.spellings, rolls.occurrences, rolls.hefts, rolls.weights)
        found, size = spelling_score(
            *lexicon, *side, s, *side, t, *costs(weights), row, gains, edges, rest, chosen, best
        )  # fmt: skip
        picked = best[: max(size, 0)]
        first = (int(rolls.spellings[s, 0]), int(rolls.spellings[t, 0]))
        return cls(float(found), edges[picked], gains[picked, 1], first)

    def comparison(self, one: str, other: str, left: Spelling, right: Spelling, weights: Weights) -> Comparison:
        order = np.argsort(self.edges[:, 1], kind="stable")
        parts = [
            _aligned(
                left.elements[int(edge[6]) - self.first[0]],
                right.elements[int(edge[7]) - self.first[1]],
                float(ratio),
                weights,
            )
            for edge, ratio in zip(self.edges[order], self.ratios[order], strict=True)
        ]
        lost = _left_out(left, self.edges[:, 0]), _left_out(right, self.edges[:, 3])
        full = [edge for edge in self.edges[order] if edge[2]]
        starts = [int(edge[4]) for edge in full]
        both_lost = all(sum(weight for _text, weight in side) >= 0.5 for side in lost)
        turned = both_lost and any(_turned(edge, left, right, self.edges) for edge in full)
        return Comparison(
            one,
            other,
            round(self.score, 4),
            tuple(parts),
            (tuple(text for text, _w in lost[0]), tuple(text for text, _w in lost[1])),
            reordered=turned or starts != sorted(starts),
            disputed=both_lost or bool((self.ratios == -OTHER_VOWELS).any()),
        )


def _left_out(spelling: Spelling, masks: NDArray[np.int64]) -> list[tuple[str, float]]:
    used = int(np.bitwise_or.reduce(masks)) if len(masks) else 0
    return [
        (part.text, 0.0 if part.bound and index and not (used >> index - 1) & 1 else part.weight)
        for index, part in enumerate(spelling.parts)
        if not (used >> index) & 1
    ]


def _turned(edge: NDArray[np.int64], left: Spelling, right: Spelling, edges: NDArray[np.int64]) -> bool:
    """Whether a part stands before all that is disputed on one side, and behind all of it on the other."""
    sides = ((left, edges[:, 0], int(edge[1])), (right, edges[:, 3], int(edge[4])))
    behind = [{place > at for place in _lost_places(spelling, masks)} for spelling, masks, at in sides]
    return sorted(map(sorted, behind)) == [[False], [True]]


def _lost_places(spelling: Spelling, masks: NDArray[np.int64]) -> list[int]:
    used = int(np.bitwise_or.reduce(masks))
    full = (index for index, part in enumerate(spelling.parts) if part.weight >= 1 and not part.bound)
    return [index for index in full if not (used >> index) & 1]


def _aligned(one: Element, other: Element, ratio: float, weights: Weights) -> AlignedPart:
    distance, steps, systems = min(
        (_traced(a, b) for a in one.readings for b in other.readings), key=lambda found: found[0]
    )
    return AlignedPart(
        one.text,
        other.text,
        _relation(one, other, distance, weights),
        one.span != other.span,
        round(ratio, 4),
        round((one.information + other.information) / 2, 4),
        systems,
        steps,
    )


def _relation(one: Element, other: Element, distance: float, weights: Weights) -> str:
    if one.text == other.text:
        return "same"
    if "initial" in (one.kind, other.kind):
        return "initial"
    if one.concept >= 0 and one.concept == other.concept:
        return "known"
    if set(one.groups) & set(other.groups) and distance > weights.kindred / 2:
        return "kindred"
    return "sound" if distance < 0.7 else "near"


def _traced(one: Reading, other: Reading) -> tuple[float, tuple[Step, ...], tuple[str, str]]:
    """The distance of two readings, and the steps of the best alignment that cost anything."""
    letters = alphabet()
    a, b = one.slots, other.slots
    table = np.zeros((len(a) + 1, len(b) + 1))
    table[1:, 0] = np.cumsum([letters.gap[x] for x in a])
    table[0, 1:] = np.cumsum([letters.gap[y] for y in b])
    for i, x in enumerate(a, 1):
        for j, y in enumerate(b, 1):
            table[i, j] = min(
                table[i - 1, j - 1] + letters.cost[x, y],
                table[i - 1, j] + letters.gap[x],
                table[i, j - 1] + letters.gap[y],
            )
    return float(table[-1, -1]) + one.cost + other.cost, _steps(table, a, b), (one.system, other.system)


def _steps(table: NDArray[np.float64], a: tuple[int, ...], b: tuple[int, ...]) -> tuple[Step, ...]:
    letters = alphabet()
    i, j = len(a), len(b)
    steps = []
    while i or j:
        if i and j and math.isclose(table[i, j], table[i - 1, j - 1] + letters.cost[a[i - 1], b[j - 1]], abs_tol=1e-5):
            i, j = i - 1, j - 1
            sounds, cost = letters.nearest_sounds(a[i], b[j]), letters.cost[a[i], b[j]]
        elif i and math.isclose(table[i, j], table[i - 1, j] + letters.gap[a[i - 1]], abs_tol=1e-5):
            i -= 1
            sounds, cost = (letters.slots[a[i]][0][0], SILENCE), letters.gap[a[i]]
        else:
            j -= 1
            sounds, cost = (SILENCE, letters.slots[b[j]][0][0]), letters.gap[b[j]]
        if cost >= 0.05:
            steps.append(Step(*sounds, round(float(cost), 3), confusion(*sounds)))
    return tuple(reversed(steps))

"""The fast twin of `evidence.compare`: the same fields, over arrays of pairs, from tables of distinct values.

Most fields have few distinct values, so what two values say is worked out once with the functions of `missing.evidence` and looked
up for every pair. Two steps are coarser than there, and are made good when the kept pairs are compared again: births are
taken to a part of a year, places of discovery to a tenth of a degree.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numba import njit
from numpy.typing import NDArray

from opencompact.missing.candidates.blocking import CheapTables, cheap_tables
from opencompact.missing.candidates.register import Coded, Register, Sets
from opencompact.missing.evidence.age import birth_table
from opencompact.missing.evidence.compare import Setting
from opencompact.missing.evidence.groups import group_likelihood_ratio
from opencompact.missing.evidence.marks import concept_weight
from opencompact.missing.evidence.routes import ways, widths
from opencompact.missing.evidence.sex import compare_sex
from opencompact.missing.evidence.stature import stature_terms
from opencompact.missing.evidence.teeth import LATER, tooth_probability
from opencompact.missing.evidence.where_when import delay_table, place_parts
from opencompact.missing.records.places import Point
from opencompact.missing.records.sayings import plain

Ints = NDArray[np.int32]
Floats = NDArray[np.float64]
Field = Callable[[Ints, Ints], Floats]


@dataclass(frozen=True)
class Table:
    """ln LR of distinct values of the left (rows) and right (columns)."""

    left: Ints
    right: Ints
    values: NDArray[np.float32]

    def __call__(self, rows: Ints, columns: Ints) -> Floats:
        padded = np.pad(self.values, ((0, 1), (0, 1)))  # the last row and column: unknown says nothing
        return padded[self.left[rows], self.right[columns]].astype(float)


def tabled(left: Coded, right: Coded, say: Callable[[Any, Any], float]) -> Table:
    """A table from what two values say."""
    values = np.array([[say(a, b) for b in right.values] for a in left.values], np.float32)
    return Table(left.codes, right.codes, values.reshape(len(left.values), len(right.values)))


class Comparison:
    """Everything but names, for pairs (row of `left`, row of `right`)."""

    def __init__(self, left: Register, right: Register, setting: Setting) -> None:
        self.left, self.right, self.setting = left, right, setting
        parameters = setting.parameters
        self.sex = tabled(left.sex, right.sex, lambda a, b: _ln(compare_sex(a, b, parameters)))
        self.age = Table(
            left.birth.codes,
            right.birth.codes,
            birth_table(left.birth.values, right.birth.values, setting.today.year, parameters),
        )
        self.origin = tabled(left.origin, right.origin, self._origin)
        self.share: Mapping[str, float] = {k: v for k, v in parameters["dependence"].items() if k != "source"}
        self.fields: dict[str, Field] = {
            "sex": self.sex,
            "age": self.age,
            "origin": self.origin,
            "time": _time(left, right, parameters),
            "place": _place(left, right, parameters),
            "stature": _stature(left, right, parameters),
            "traits": _traits(left, right, setting),
            "marks": _described(left, right, left.marks, right.marks, parameters["marks"]),
            "objects": _described(left, right, left.objects, right.objects, parameters["objects"]),
            "teeth": _teeth(left.teeth, right.teeth, parameters["teeth"]),
            "numbers": _numbers(left.numbers, right.numbers, parameters["identifiers"]),
        }

    def __call__(self, rows: Ints, columns: Ints) -> Floats:
        """The sum of ln likelihood ratios of every field but names."""
        total = np.zeros(len(rows))
        for name, field in self.fields.items():
            total += self.share.get(name, 1.0) * field(rows, columns)
        return total

    def cheap(self) -> CheapTables:
        """Sex, age and origin for the rough order of blocking."""
        tables = [(table.left, table.right, table.values) for table in (self.sex, self.age, self.origin)]
        return cheap_tables(tables, len(self.left), len(self.right))

    def _origin(self, first: tuple[str, ...], second: tuple[str, ...]) -> float:
        shared = set(first) & set(second)
        known = self.setting.origins
        frequency = min(0.9, max(0.005, sum(known.get(code, 0.125) for code in shared or second)))
        return math.log(group_likelihood_ratio(bool(shared), frequency, self.setting.parameters["group"]["error"]))


def _ln(evidence: Any) -> float:
    return 0.0 if evidence is None else float(evidence.ln_likelihood_ratio)


def _time(left: Register, right: Register, parameters: Mapping[str, Any]) -> Field:
    starts, lengths = _spans(left.last_days)
    found, found_lengths = _spans(right.found_days)

    def say(rows: Ints, columns: Ints) -> Floats:
        a, b = left.last_days.codes[rows], right.found_days.codes[columns]
        known = np.flatnonzero((a >= 0) & (b >= 0))
        out = np.zeros(len(rows))
        a, b = a[known], b[known]
        out[known] = delay_table(found[b] - starts[a], lengths[a], found_lengths[b], parameters)
        return out

    return say


def _spans(days: Coded) -> tuple[Ints, Ints]:
    spans = np.array(days.values, np.int32).reshape(-1, 2)
    return spans[:, 0], spans[:, 1] - spans[:, 0] + 1


def _place(left: Register, right: Register, parameters: Mapping[str, Any]) -> Field:
    radius = np.array([found[2] for found in right.found.values])
    points = [Point(found[0], found[1]) for found in right.found.values]
    kilometres = np.maximum(0.0, ways(left.last.values, points) - radius) if points else np.zeros((0, 0))
    width = widths(left.last.values, points, radius) if points else kilometres
    same, other = place_parts(kilometres, width, parameters)
    settings = parameters["place"]
    starts, found_ends = _spans(left.last_days)[0], np.array([d[1] for d in right.found_days.values], np.int32)

    def say(rows: Ints, columns: Ints) -> Floats:
        a, b = left.last.codes[rows], right.found.codes[columns]
        known = np.flatnonzero((a >= 0) & (b >= 0))
        out = np.zeros(len(rows))
        a, b = a[known], b[known]
        p, q = left.last_days.codes[rows[known]], right.found_days.codes[columns[known]]
        dated = (p >= 0) & (q >= 0)
        reach = np.full(len(known), np.inf)
        if dated.any():
            reach[dated] = settings["speed"] * (np.maximum(found_ends[q[dated]] - starts[p[dated]], 0) + 2.0)
        slowed = np.exp(-np.maximum(kilometres[a, b] / reach - 1, 0.0))
        out[known] = np.log((1 - settings["error"]) * same[a, b] * slowed / other[a, b] + settings["error"])
        return out

    return say


def _stature(left: Register, right: Register, parameters: Mapping[str, Any]) -> Field:
    terms = [
        stature_terms(side.stature.values, usual, parameters) for side, usual in ((left, "living"), (right, "unknown"))
    ]

    def say(rows: Ints, columns: Ints) -> Floats:
        a, b = left.stature.codes[rows], right.stature.codes[columns]
        known = np.flatnonzero((a >= 0) & (b >= 0))
        out = np.zeros(len(rows))
        first, second = terms[0][a[known]], terms[1][b[known]]
        # The population of the known sex: of the person sought if told, else of the one found.
        population = np.where(first[:, 2:3] >= 0, first[:, 3:5], second[:, 3:5])
        spread = population[:, 1] ** 2
        x, y = first[:, 0] - population[:, 0], second[:, 0] - population[:, 0]
        va, vb = first[:, 1] + spread, second[:, 1] + spread
        determinant = va * vb - spread**2
        joint = -0.5 * (vb * x * x - 2 * spread * x * y + va * y * y) / determinant - 0.5 * np.log(determinant)
        told = joint + 0.5 * (x * x / va + y * y / vb) + 0.5 * np.log(va * vb)
        out[known] = np.clip(told, math.log(1e-12), parameters["stature"]["most"])
        return out

    return say


def _traits(left: Register, right: Register, setting: Setting) -> Field:
    tables = []
    for trait, error in setting.parameters["traits"]["errors"].items():
        first_side, second_side = (_trait_codes(side.traits, trait) for side in (left, right))

        def say(first: str, second: str, error: float = error, trait: str = trait) -> float:
            share = min(0.95, max(0.02, setting.traits.get(trait, {}).get(second, 0.2)))
            return 0.5 * math.log((1 - error) / share if first == second else error / (1 - share))

        tables.append(tabled(first_side, second_side, say))
    return lambda rows, columns: np.sum([table(rows, columns) for table in tables], axis=0)


def _trait_codes(traits: Coded, trait: str) -> Coded:
    numbers: dict[str, int] = {}
    of = [
        -1 if trait not in dict(value) else numbers.setdefault(plain(dict(value)[trait]), len(numbers))
        for value in traits.values
    ]
    codes = np.array([*of, -1], np.int32)[traits.codes]
    return Coded(tuple(numbers), codes)


def _described(left: Register, right: Register, first: Sets, second: Sets, settings: Mapping[str, float]) -> Field:
    """Concepts of marks or objects: the two registers number their words each in its own way."""
    shared = {word: number for number, word in enumerate(left.words)}
    renumbered = np.array([shared.setdefault(word, len(shared)) for word in right.words], np.int64)
    weights = [concept_weight(word, settings["recall"], settings["frequency"]) for word in shared]
    gain, loss = np.array(weights).reshape(-1, 2).T.copy()
    ordered = _reordered(second, renumbered)

    def say(rows: Ints, columns: Ints) -> Floats:
        return np.asarray(
            _shared(
                first.ranges, first.held, ordered.ranges, ordered.held, rows, columns, gain, loss, settings["least"]
            )
        )

    return say


def _reordered(sets: Sets, numbers: NDArray[np.int64]) -> Sets:
    held = numbers[sets.held] if len(sets.held) else sets.held
    owner = np.repeat(np.arange(len(sets.ranges)), np.diff(sets.ranges, axis=1).ravel())
    return Sets(sets.ranges, held[np.lexsort((held, owner))])


@njit(cache=True)
def _shared(ranges, held, ranges_2, held_2, rows, columns, gain, loss, least):  # type: ignore[no-untyped-def]
    """As `evidence.marks.description_likelihood_ratio`."""
    out = np.zeros(len(rows))
    for k in range(len(rows)):
        i, end = ranges[rows[k], 0], ranges[rows[k], 1]
        j, end_2 = ranges_2[columns[k], 0], ranges_2[columns[k], 1]
        if i == end or j == end_2:
            continue
        of_second = end_2 - j < end - i
        won = lost = 0.0
        while i < end or j < end_2:
            if j == end_2 or (i < end and held[i] < held_2[j]):
                lost += 0.0 if of_second else loss[held[i]]
                i += 1
            elif i == end or held_2[j] < held[i]:
                lost += loss[held_2[j]] if of_second else 0.0
                j += 1
            else:
                won += gain[held[i]]
                i += 1
                j += 1
        out[k] = min(9.210340371976184, max(least, won + max(lost, least)))
    return out


def _teeth(left: Coded, right: Coded, settings: Mapping[str, Any]) -> Field:
    """Each chart as codes of 86 numbers; -1 where a tooth is not on it."""
    states = list(LATER)
    table = np.array(
        [
            [
                math.log(
                    tooth_probability(a, b, error=settings["error"], new_work=settings["new_work"])
                    / settings["frequencies"][b]
                )
                for b in states
            ]
            for a in states
        ]
    )
    charts = [_charts(side.values, states) for side in (left, right)]
    dependence = settings["dependence"]

    def say(rows: Ints, columns: Ints) -> Floats:
        return np.asarray(dependence * _tooth_by_tooth(left.codes[rows], right.codes[columns], *charts, table))

    return say


def _charts(values: Sequence[Any], states: Sequence[str]) -> NDArray[np.int8]:
    charts = np.full((len(values), 86), -1, np.int8)
    for row, chart in enumerate(values):
        for tooth, state in chart:
            charts[row, tooth] = states.index(state)
    return charts


@njit(cache=True)
def _tooth_by_tooth(a, b, charts, charts_2, table):  # type: ignore[no-untyped-def]
    out = np.zeros(len(a))
    for k in range(len(a)):
        if a[k] >= 0 and b[k] >= 0:
            for tooth in range(charts.shape[1]):
                x, y = charts[a[k], tooth], charts_2[b[k], tooth]
                if x >= 0 and y >= 0:
                    out[k] += table[x, y]
    return out


def _numbers(first: Sets, second: Sets, settings: Mapping[str, float]) -> Field:
    same = math.log((1 - settings["error"]) / settings["chance"])
    return lambda rows, columns: np.asarray(
        same * _any_shared(first.ranges, first.held, second.ranges, second.held, rows, columns)
    )


@njit(cache=True)
def _any_shared(ranges, held, ranges_2, held_2, rows, columns):  # type: ignore[no-untyped-def]
    out = np.zeros(len(rows))
    for k in range(len(rows)):
        for i in range(ranges[rows[k], 0], ranges[rows[k], 1]):
            for j in range(ranges_2[columns[k], 0], ranges_2[columns[k], 1]):
                if held[i] == held_2[j]:
                    out[k] = 1.0
    return out

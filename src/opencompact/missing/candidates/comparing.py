"""The fast twin of `evidence.compare`: the same fields, over arrays of pairs, from tables of distinct values.

Most fields have few distinct values, so what two values say is worked out once with the functions of `missing.evidence` and looked
up for every pair. Two steps are coarser than there, and are made good when the kept pairs are compared again (`exactly`): births are
taken to a part of a year, places of discovery to a tenth of a degree.
Own tables; the methods are those of `missing.evidence`, with their sources there.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

import numpy as np
from numba import njit
from numpy.typing import NDArray

from opencompact.missing.candidates.births import birth_ratios
from opencompact.missing.candidates.blocking import CheapTables, cheap_tables
from opencompact.missing.candidates.coded import Coded, Sets
from opencompact.missing.candidates.crowding import crowding, timing
from opencompact.missing.candidates.descriptions import described, marked
from opencompact.missing.candidates.going import Journey
from opencompact.missing.candidates.naming import Spellings, Values
from opencompact.missing.candidates.register import Register
from opencompact.missing.candidates.relatives import Others, named_otherwise, names_apart_of
from opencompact.missing.candidates.scoring import NameScores
from opencompact.missing.candidates.sides import TOOTH_STATES, Side, side_of
from opencompact.missing.candidates.tables import Field, Table, directly, tabled, tabled_where_small
from opencompact.missing.candidates.told_again import beside_one_another
from opencompact.missing.candidates.travelled import departed, travelled
from opencompact.missing.evidence.again import SOUGHT
from opencompact.missing.evidence.compare import Setting, counts_for
from opencompact.missing.evidence.groups import group_likelihood_ratio, languages_log_ratio, origin_frequency
from opencompact.missing.evidence.ledger import unless_mistaken
from opencompact.missing.evidence.relatives import LEVELS, SURE, at_most
from opencompact.missing.evidence.sex import compare_sex
from opencompact.missing.evidence.stature import statures_log_ratio
from opencompact.missing.evidence.teeth import came_back, tooth_probability
from opencompact.missing.evidence.telephones import are_other_sexes, telephone_log_ratio
from opencompact.missing.evidence.traits import trait_log_ratio

Array = NDArray[Any]
Ints = NDArray[np.int32]
Floats = NDArray[np.float64]


class Comparison:
    """Everything but names, for pairs (row of `left`, row of `right`); either both registers are `exact` or neither is."""

    def __init__(self, left: Register, right: Register, setting: Setting) -> None:
        self.left, self.right, self.setting = left, right, setting
        parameters = setting.parameters
        first, second = (side_of(side, parameters, setting.today.year) for side in (left, right))
        self.sex = tabled(left.sex, right.sex, lambda a, b: _ln(compare_sex(a, b, parameters)))
        self.age = _exact_ages(left, right, setting) if left.exact else _ages(left, second)
        self.origin = tabled(left.origin, right.origin, self._origin)
        journey = Journey(first, second)
        time, place, kept = beside_one_another(left, right, journey.time, journey.place, journey.kept, setting)
        self.fields: dict[str, Field] = {
            "sex": self.sex,
            "age": self.age,
            "mother": named(left.mothers, right.mothers, parameters["mother"]),
            "companions": named(left.companions, right.companions, parameters["companions"]),
            "origin": self.origin,
            "languages": tabled(
                left.languages, right.languages, lambda a, b: languages_log_ratio(a, b, parameters["languages"])
            ),
            "time": time,
            "place": place,
            "departure": departed(first, second, setting.journeys, kept),
            "journey": travelled(first, second, setting.journeys),
            "stature": _stature(first, second),
            "traits": _traits(first, second, setting),
            "marks": marked(first, second),
            "objects": described(first, second),
            "teeth": _teeth(first, second),
            "numbers": _numbers(left.documents, right.documents, parameters["identifiers"]),
            "telephones": _telephones(left, right, parameters["identifiers"]),
        }
        self.namesakes = tabled(
            left.origin, right.origin, lambda a, b: self._origin(a, b, parameters["group"]["namesakes"])
        )
        self.crowding, self.timing = crowding(journey, setting), timing(journey, setting)
        self.counts = {name: counts_for(name, parameters) for name in ("names", *self.fields)}
        self.others: Others = named_otherwise(left, right)

    def __call__(self, rows: Ints, columns: Ints, names: Floats | None = None) -> Floats:
        """The sum of ln likelihood ratios of every field, of names those given (none)."""
        apart = self.others(rows, columns) if names is not None else None

        def within(field: str, told: Floats) -> Floats:
            """Of two who are to be taken for two of a family no more than `evidence.relatives` lets a field say."""
            if apart is None or at_most(field, self.setting.parameters) == math.inf:
                return told
            most = [math.inf, *(at_most(field, self.setting.parameters, level) for level in LEVELS)]
            return np.minimum(told, np.array(most)[apart])

        total = np.zeros(len(rows)) if names is None else within("names", self.counts["names"] * names)
        for field in self.fields:
            total += within(field, self.counts[field] * self.told(field, rows, columns, names))
        return total

    def told(self, field: str, rows: Ints, columns: Ints, names: Floats | None = None) -> Floats:
        """ln likelihood ratios of a field as it is told beside these of names and among the others of the register."""
        alike = None if names is None else names > 0
        if field == "origin" and alike is not None:
            return np.where(alike, self.namesakes(rows, columns), self.origin(rows, columns))
        if field == "place":
            return self.crowding(rows, columns, self.fields[field](rows, columns), alike)
        if field == "time":
            return self.timing(rows, columns, self.fields[field](rows, columns))
        return self.fields[field](rows, columns)

    def cheap(self) -> CheapTables:
        """Sex, age and origin for the rough order of blocking."""
        known = (self.sex, self.age, self.origin)
        tables = [(table.left, table.right, table.values) for table in known if isinstance(table, Table)]
        return cheap_tables(tables, len(self.left), len(self.right))

    def _origin(self, first: tuple[str, ...], second: tuple[str, ...], least: float = 0.005) -> float:
        shared = set(first) & set(second)
        frequency = max(least, 0.005, min(0.9, origin_frequency(first, second, self.setting.origins)))
        return math.log(group_likelihood_ratio(bool(shared), frequency, self.setting.parameters["group"]["error"]))


def named(left: tuple[Values, Spellings], right: tuple[Values, Spellings], settings: Mapping[str, float]) -> Field:
    """Names other than the person's own, within what they may say. `evidence.compare.compare_mothers`, `compare_companions`."""
    scores, most = NameScores(*left, *right, least=settings["least"]), settings.get("most", math.inf)
    return lambda rows, columns: np.minimum(scores(rows, columns), most)


def _ln(evidence: Any) -> float:
    return 0.0 if evidence is None else float(evidence.ln_likelihood_ratio)


def _ages(left: Register, right: Side) -> Table:
    return Table(left.birth.codes, right.register.birth.codes, right.births.table(left.birth.values))


def _exact_ages(left: Register, right: Register, setting: Setting) -> Field:
    def say(a: Ints, b: Ints) -> Floats:
        return birth_ratios(left.birth.values, right.birth.values, a, b, setting.today, setting.parameters)

    return directly(left.birth, right.birth, say)


def _stature(left: Side, right: Side) -> Field:
    terms, settings = (left.stature("living"), right.stature("unknown")), left.parameters["stature"]

    def say(a: Ints, b: Ints) -> Floats:
        return statures_log_ratio(terms[0][a], terms[1][b], settings)

    return tabled_where_small(left.register.stature, right.register.stature, say)


def _traits(left: Side, right: Side, setting: Setting) -> Field:
    tables = []
    for trait, error in setting.parameters["traits"]["errors"].items():
        first_side, second_side = (Coded(*side.trait(trait)) for side in (left, right))

        def say(first: str, second: str, error: float = error, trait: str = trait) -> float:
            return 0.5 * (trait_log_ratio(trait, first, second, error, setting.traits.get(trait, {})) or 0.0)

        tables.append(tabled(first_side, second_side, say))
    return lambda rows, columns: np.sum([table(rows, columns) for table in tables], axis=0)


def _teeth(left: Side, right: Side) -> Field:
    """Tooth by tooth, for the teeth that are on both charts."""
    settings = left.parameters["teeth"]
    table = np.array([[_tooth(a, b, settings) for b in TOOTH_STATES] for a in TOOTH_STATES])
    back, dependence = np.array([[came_back(a, b) for b in TOOTH_STATES] for a in TOOTH_STATES]), settings["dependence"]
    codes = left.register.teeth.codes, right.register.teeth.codes

    def say(rows: Ints, columns: Ints) -> Floats:
        a, b, out = codes[0][rows], codes[1][columns], np.zeros(len(rows))
        known = np.flatnonzero((a >= 0) & (b >= 0))
        told, both = _tooth_by_tooth(a[known], b[known], left.charts, right.charts, table, back, dependence)
        out[known] = np.where(both, unless_mistaken(told, settings["mistaken"]), 0.0)
        return out

    return say


def _tooth(before: str, after: str, settings: Mapping[str, Any]) -> float:
    same = tooth_probability(before, after, error=settings["error"], new_work=settings["new_work"])
    return math.log(same / settings["frequencies"][after])


@njit(cache=True)
def _tooth_by_tooth(
    a: Ints, b: Ints, charts: Array, charts_2: Array, table: Floats, back: Array, dependence: float
) -> tuple[Floats, NDArray[np.bool_]]:
    """As `evidence.teeth.compare_teeth` of charts that are right, and whether a tooth is on both."""
    out, both = np.zeros(len(a)), np.zeros(len(a), np.bool_)
    for k in range(len(a)):
        worst = 0.0
        for tooth in range(charts.shape[1]):
            x, y = charts[a[k], tooth], charts_2[b[k], tooth]
            if x >= 0 and y >= 0:
                both[k] = True
                out[k] += dependence * table[x, y]
                if back[x, y]:
                    worst = min(worst, table[x, y])
        out[k] += (1 - dependence) * worst
    return out, both


def _numbers(first: Sets, second: Sets, settings: Mapping[str, float]) -> Field:
    same = math.log((1 - settings["error"]) / settings["chance"])
    return lambda rows, columns: np.asarray(
        same * _any_shared(first.ranges, first.held, second.ranges, second.held, rows, columns)
    )


def _telephones(left: Register, right: Register, settings: Mapping[str, float]) -> Field:
    """`evidence.telephones.compare_telephones`."""
    own, family = (telephone_log_ratio(is_own, settings) for is_own in (True, False))
    other_sex = tabled(left.sex, right.sex, lambda a, b: float(are_other_sexes(a, b)))
    apart, sides = names_apart_of(left, right), [side.roles == SOUGHT for side in (left, right)]

    def say(rows: Ints, columns: Ints) -> Floats:
        both = [
            _any_shared(first.ranges, first.held, second.ranges, second.held, rows, columns)
            for first, second in zip(left.telephones, right.telephones, strict=True)
        ]
        told = np.where(both[0] > 0, own, family * both[1])
        at = np.flatnonzero(told > 0)
        level, one_side = apart(rows[at], columns[at]), sides[0][rows[at]] == sides[1][columns[at]]
        told[at] = np.where(level > 0, np.minimum(told[at], family), told[at])
        told[at[(level == SURE) | (one_side & (level > 0)) | (other_sex(rows[at], columns[at]) > 0)]] = 0.0
        return np.asarray(told)

    return say


@njit(cache=True)
def _any_shared(ranges: Ints, held: Ints, ranges_2: Ints, held_2: Ints, rows: Ints, columns: Ints) -> Floats:
    out = np.zeros(len(rows))
    for k in range(len(rows)):
        for i in range(ranges[rows[k], 0], ranges[rows[k], 1]):
            for j in range(ranges_2[columns[k], 0], ranges_2[columns[k], 1]):
                one, other = held[i], held_2[j]  # `evidence.groups.number_code`
                country, country_2 = one >> 1 & 0x7FFF, other >> 1 & 0x7FFF
                known = country == country_2 or country == 0 or country_2 == 0
                if one >> 16 == other >> 16 and one & 1 == other & 1 and known:
                    out[k] = 1.0
    return out

"""What a pair that is confirmed to be one person tells of the rates of error: the ways in which what is recorded can have come about.

The ways are those that the evidence itself weighs (`evidence.sex`, `age`, `groups`, … , with their sources there): where a field says
(1 − e) R + e for a rate of error e, it was told rightly, by R, or otherwise, by 1. Own, after Dawid & Skene 1979 (Appl Stat 28:20)
for two tellings of which neither is the truth.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Callable, Iterator

import numpy as np

from opencompact.missing.evidence.age import STEP as YEARS
from opencompact.missing.evidence.age import birth_of_found, birth_range, births_of_missing, missing_about
from opencompact.missing.evidence.compare import Setting, compare_mothers, compare_names
from opencompact.missing.evidence.concepts import concepts
from opencompact.missing.evidence.departure import compare_departure
from opencompact.missing.evidence.deviations import MeasuredTwice, Measurement
from opencompact.missing.evidence.groups import compare_origin, numbers_of, same_number
from opencompact.missing.evidence.learning import Case, Way
from opencompact.missing.evidence.marks import marks_likelihood_ratio, marks_of, rates_of
from opencompact.missing.evidence.sites import SIDES
from opencompact.missing.evidence.stature import CHILD, stature_of, stature_terms
from opencompact.missing.evidence.teeth import LATER
from opencompact.missing.evidence.trait_words import TRAITS, trait_classes
from opencompact.missing.evidence.traits import are_alike
from opencompact.missing.evidence.where_when import compare_place, compare_time
from opencompact.missing.records.record import Record
from opencompact.missing.records.teeth import STATES

Cases = Iterator[Case]


def cases_of_sex(sought: Record, found: Record, setting: Setting) -> Cases:
    """Who of the two told the sex wrongly, if anyone did: the truth is a woman or a man. How many of those confirmed are women is learned
    beside it."""
    if sought.sex is None or found.sex is None:
        return
    ways = []
    for true in ("F", "M"):
        wrong = [(f"sex.errors.{told.how}", told.value != true) for told in (sought.sex, found.sex)]
        ways.append(_way([*wrong, (WOMEN, true == "F")]))
    yield Case(tuple(ways))


WOMEN = "women"
"""The share of women among those confirmed: learned to tell the rates of error, and no parameter."""


def cases_of_age(sought: Record, found: Record, setting: Setting) -> Cases:
    """Whether the birth lies in both ranges, or outside the one, the other, or both: by the ages of people who disappear."""
    first, second = birth_range(sought, setting.today), birth_of_found(found, sought, setting.today)
    if first is None or second is None:
        return
    settings = setting.parameters["age"]
    about = round(missing_about(sought, found, setting.today))
    grid, density = births_of_missing(about, settings["median"], settings["log_sd"])
    parts = []
    for low, high, how in (first, second):
        middle, width, spread = (low + high) / 2, max(high - low, YEARS), settings["spread"][how]
        beyond = np.abs(grid - middle) - width / 2 - 1e-9
        outside = np.exp(-np.maximum(beyond, 0.0) / spread) / (2 * spread)
        parts.append(((beyond <= 0) / width, np.where(beyond > 0, outside, 0.0)))
    names = [f"age.outside.{how}" for _, _, how in (first, second)]
    yield Case(
        tuple(
            _way([(names[0], bool(a)), (names[1], bool(b))], float(np.dot(density, parts[0][a] * parts[1][b])))
            for a, b in itertools.product((0, 1), repeat=2)
        )
    )


def cases_of_traits(sought: Record, found: Record, setting: Setting) -> Cases:
    """Whether a colour or a build is told otherwise, where both tellings are read."""
    for trait in TRAITS:
        first, second = sought.trait(trait) or "", found.trait(trait) or ""
        if trait_classes(trait, first) and trait_classes(trait, second):
            yield Case((_way([(f"traits.errors.{trait}", not are_alike(trait, first, second))]),))


def cases_of_told(sought: Record, found: Record, setting: Setting) -> Cases:
    """Whether an origin, the days, the places and the departures were told rightly, or otherwise: then they may still fit by chance, as those
    of two people would."""
    parameters, journeys = setting.parameters, setting.journeys
    for rate, entry in (
        ("group.error", compare_origin(sought, found, parameters, setting.origins)),
        ("time.error", compare_time(sought, found, parameters)),
        ("place.error", compare_place(sought, found, parameters)),
        ("departure.error", compare_departure(sought, found, parameters, journeys.days, journeys.departed)),
    ):
        if entry:
            error = float(parameters[rate.partition(".")[0]]["error"])
            rightly = max(0.0, (math.exp(entry.ln_likelihood_ratio) - error) / (1 - error))
            yield Case((Way(rightly, (), (rate,)), Way(1.0, (rate,))))


def cases_of_names(sought: Record, found: Record, setting: Setting) -> Cases:
    """Whether the names are one name told in two ways, or another name altogether; the mother's likewise."""
    for field, compared in (("names", compare_names), ("mother", compare_mothers)):
        unbounded = {**setting.parameters, field: {**setting.parameters[field], "least": -math.inf}}
        entry = compared(sought, found, unbounded)
        if entry:
            ratio = math.exp(min(entry.ln_likelihood_ratio, MOST))
            yield Case((Way(ratio, (), (f"{field}.least",)), Way(1.0, (f"{field}.least",))))


MOST = 500.0  # ln LR: as large as a number of double precision can bear beside others


def cases_of_numbers(sought: Record, found: Record, setting: Setting) -> Cases:
    """Whether numbers of one kind, of a telephone or of a document of one country, are the same."""
    pairs = list(itertools.product(numbers_of(sought), numbers_of(found)))
    alike = [pair for pair in pairs if same_number(pair[0]._replace(number=pair[1].number), pair[1])]
    if alike:
        yield Case((_way([("identifiers.error", not any(same_number(*pair) for pair in alike))]),))


def cases_of_marks(sought: Record, found: Record, setting: Setting) -> Cases:
    """Which marks of the side that tells of fewer the other side has, or has one like it by chance, and on which side of the body."""
    first, second = marks_of(sought), marks_of(found)
    if not first or not second:
        return
    matched = marks_likelihood_ratio(first, second, **rates_of(setting.parameters["marks"]))[1]
    fewer = min(len(first), len(second))
    for pair in matched:
        yield Case((Way(math.exp(pair.gain), ("marks.recall",)), Way(1.0, (), ("marks.recall",))))
    yield from [Case((Way(1.0, (), ("marks.recall",)),))] * (fewer - len(matched))
    for pair in matched:
        if pair.turned or len(pair.shared & SIDES) == 1:
            yield Case((_way([("marks.turned", pair.turned)]),))
        if pair.placed:
            yield Case((_way([("marks.displaced", pair.displaced)]),))


def cases_of_objects(sought: Record, found: Record, setting: Setting) -> Cases:
    """Which words for clothing and objects of the side that names fewer the other side names."""
    first, second = concepts(sought.objects), concepts(found.objects)
    shared = len(first & second)
    yield from [Case((_way([("objects.recall", at < shared)]),)) for at in range(min(len(first), len(second)))]


def cases_of_teeth(sought: Record, found: Record, setting: Setting) -> Cases:
    """Tooth by tooth: charted wrongly, or as it is, unchanged or treated since. Neighbours share their fate, so that each counts less."""
    first, second = dict(sought.teeth), dict(found.teeth)
    counts = float(setting.parameters["teeth"]["dependence"])
    for tooth in sorted(first.keys() & second.keys()):
        before, after = first[tooth], second[tooth]
        ways = [Way(1 / len(STATES), ("teeth.error",))]
        if after in LATER[before] and len(LATER[before]) > 1:
            changed, others = after != before, len(LATER[before]) - 1
            ways.append(_way([("teeth.error", False), ("teeth.new_work", changed)], 1 / others if changed else 1.0))
        elif after in LATER[before]:
            ways.append(Way(1.0, (), ("teeth.error",)))
        yield Case(tuple(ways), counts)


def statures_of(sought: Record, found: Record, setting: Setting) -> MeasuredTwice | None:
    """The two statures of a grown person; None where one is unknown, or a child's."""
    measured, terms = [], []
    for record, usual in ((sought, "living"), (found, "unknown")):
        stature = stature_of(record, setting.today)
        if stature is None:
            return None
        how = record.stature_how if record.stature_how != "unknown" else usual
        measured.append(Measurement(f"stature.errors.{how}", stature[0].middle, stature[0].width ** 2 / 12))
        terms.append(stature_terms([stature], usual, setting.parameters)[0])
    if any(one[5] == CHILD for one in terms):
        return None
    of = terms[0] if terms[0][2] >= 0 else terms[1]  # the population of the known sex, as `compare_stature` has it
    return MeasuredTwice(measured[0], measured[1], float(of[3]), float(of[4]))


FIELDS: tuple[Callable[[Record, Record, Setting], Cases], ...] = (
    cases_of_sex,
    cases_of_age,
    cases_of_traits,
    cases_of_told,
    cases_of_names,
    cases_of_numbers,
    cases_of_marks,
    cases_of_objects,
    cases_of_teeth,
)
"""What tells of rates, each of its own: no rate is told by two of them."""


def _way(events: list[tuple[str, bool]], weight: float = 1.0) -> Way:
    return Way(weight, tuple(name for name, took in events if took), tuple(name for name, took in events if not took))

"""The law of likelihood ratios: over two different people their mean is one, or less where a field says less than it could.

Σ P(what is seen | two people) × P(what is seen | one person) / P(what is seen | two people) = 1 (Good 1950, *Probability and the Weighing of Evidence*, ch. 6). Each field is
looked at twice: by summing or integrating over what the other record may say, and by lot, two people drawn as the model has them.
"""

from __future__ import annotations

import itertools
import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from opencompact.missing.evidence.age import STEP, birth_likelihood, birth_table, births_of_missing
from opencompact.missing.evidence.concepts import listed
from opencompact.missing.evidence.groups import group_likelihood_ratio
from opencompact.missing.evidence.marks import marks_likelihood_ratio, rates_of
from opencompact.missing.evidence.parameters import defaults
from opencompact.missing.evidence.sex import sex_likelihood_ratio
from opencompact.missing.evidence.stature import stature_terms, statures_log_ratio
from opencompact.missing.evidence.teeth import LATER, tooth_probability
from opencompact.missing.evidence.traits import trait_log_ratio
from opencompact.missing.records.intervals import Range

PARAMETERS = defaults()
UNBOUNDED = {**PARAMETERS["stature"], "most": math.inf}
PAIRS = list(itertools.product([None, "F", "M"], repeat=2))
SHARES = st.lists(st.floats(0.1, 1), min_size=2, max_size=5).map(lambda some: [one / sum(some) for one in some])


def _statures(middles: np.ndarray, sex: str | None, how: str, ages: tuple[float, float] | None) -> np.ndarray:
    values = [(Range(float(one), float(one)), how, sex, ages) for one in middles]
    return stature_terms(values, how)  # type: ignore[arg-type]


@pytest.mark.parametrize(("sex", "other"), PAIRS)
@pytest.mark.parametrize("ages", [(20.0, 20.0), (13.0, 14.0), (15.0, 17.0)])
def test_statures(sex: str | None, other: str | None, ages: tuple[float, float]) -> None:
    """Of every sex told, of a child and of the grown: ∬ LR p(x) p(y) dx dy = 1."""
    sides = (
        _statures(np.linspace(60, 280, 111), sex, "living", (20.0, 20.0)),
        _statures(np.linspace(40, 260, 111), other, "bone", ages),
    )
    weights = []
    for side in sides:
        deviation = np.sqrt(side[:, 1] + side[:, 4] ** 2)
        density = np.exp(-0.5 * ((side[:, 0] - side[:, 3]) / deviation) ** 2) / deviation / math.sqrt(2 * math.pi)
        weights.append(density * np.gradient(side[:, 0]))
    rows, columns = np.indices((111, 111)).reshape(2, -1)
    told = statures_log_ratio(sides[0][rows], sides[1][columns], UNBOUNDED)
    assert (np.exp(told) * weights[0][rows] * weights[1][columns]).sum() == pytest.approx(1, abs=1e-4)


@pytest.mark.parametrize(("sex", "other"), PAIRS)
def test_statures_by_lot(sex: str | None, other: str | None) -> None:
    """Two people of their own populations, each measured with its error."""
    rng = np.random.default_rng(4)
    several = _statures(np.array([170.0]), sex, "living", None)[0], _statures(np.array([170.0]), other, "body", None)[0]
    first, second = (
        np.column_stack([rng.normal(one[3], math.hypot(math.sqrt(one[1]), one[4]), 200_000), *(np.full(200_000, x) for x in one[1:])])
        for one in several
    )  # fmt: skip
    ratios = np.exp(statures_log_ratio(first, second, UNBOUNDED))
    assert ratios.mean() == pytest.approx(1, abs=5 * ratios.std() / math.sqrt(len(ratios)))
    assert np.exp(statures_log_ratio(first, second, PARAMETERS["stature"])).mean() <= 1.01


HOW = list(PARAMETERS["age"]["spread"])


@pytest.mark.parametrize(("how", "other"), list(itertools.product(HOW, repeat=2)))
@pytest.mark.parametrize(("width", "width_2"), [(0.003, 12.0), (1.0, 1.0), (15.0, 0.003)])
def test_ages(how: str, other: str, width: float, width_2: float) -> None:
    """Over all statements of one width that there may be of somebody else, each as often as the births of the missing make it."""
    grid, density = births_of_missing(2023, PARAMETERS["age"]["median"], PARAMETERS["age"]["log_sd"])
    starts = np.arange(1750.0, 2190.0, STEP)
    errors = {name: PARAMETERS["age"][name][other] for name in ("spread", "outside")}
    often = birth_likelihood(grid, starts[:, None], starts[:, None] + width_2, **errors) @ density
    sought = [(float(low), low + width, how, 2023, False) for low in (1950, 1985, 2005)]
    told = birth_table(sought, [(low, low + width_2, other, 2023, False) for low in starts.tolist()], 2023)
    assert (np.exp(told.astype(float)) @ often / often.sum()).tolist() == pytest.approx([1, 1, 1], abs=0.005)


def test_ages_by_lot() -> None:
    """Two people missing in one year, each born as the missing are and told of rightly or wrongly."""
    rng = np.random.default_rng(5)
    age = PARAMETERS["age"]
    births = 2023 - rng.lognormal(math.log(age["median"]), age["log_sd"], (2, 1_500))
    told = []
    for born, how, width in zip(births, ("reported", "skeletal"), (2.0, 10.0), strict=True):
        beyond = rng.exponential(age["spread"][how], len(born)) * rng.choice([-1, 1], len(born))
        middle = born + rng.uniform(-width / 2, width / 2, len(born))
        wrong = rng.random(len(born)) < age["outside"][how]
        middle[wrong] = (born + np.sign(beyond) * (np.abs(beyond) + width / 2))[wrong]
        told.append([(float(one - width / 2), float(one + width / 2), how, 2023, False) for one in middle])
    ratios = np.exp(birth_table(told[0], told[1], 2023).astype(float))
    # Every one with every other; the error is that of as many people as there are, not of as many pairs.
    spread = ratios.mean(axis=1).std() / math.sqrt(len(ratios)) + ratios.mean(axis=0).std() / math.sqrt(len(ratios))
    assert ratios.mean() == pytest.approx(1, abs=4 * spread)


@given(st.floats(0.01, 0.99), st.floats(0, 0.3), st.floats(0, 0.3), st.sampled_from("FM"))
def test_sexes(share: float, error: float, sought_error: float, sought: str) -> None:
    """Sexes of those found as often as they are recorded."""
    told = (
        of * sex_likelihood_ratio(sought, found, error=error, share_female=share, sought_error=sought_error)
        for found, of in (("F", share), ("M", 1 - share))
    )
    assert math.fsum(told) == pytest.approx(1)


@given(st.sampled_from(sorted(LATER)), st.floats(0, 0.3), st.floats(0, 0.3))
def test_a_tooth(before: str, error: float, new_work: float) -> None:
    often = PARAMETERS["teeth"]["frequencies"]
    told = (
        tooth_probability(before, after, error=error, new_work=new_work) / often[after] * often[after]
        for after in LATER
    )
    assert math.fsum(told) == pytest.approx(1)


@given(SHARES, st.floats(0.01, 0.4), st.data())
def test_traits(shares: list[float], error: float, data: st.DataObject) -> None:
    """Of colours that nobody confuses, each as often as the register has it; bounds of a share may only make it less."""
    classes = ["black", "blond", "red", "grey", "white"][: len(shares)]
    known = dict(zip(classes, shares, strict=True))
    first = data.draw(st.sampled_from(classes))
    ratios = {one: math.exp(trait_log_ratio("hair", first, one, error, known) or 0.0) for one in classes}
    back = {one: math.exp(trait_log_ratio("hair", one, first, error, known) or 0.0) for one in classes}
    assert ratios == pytest.approx(back)
    mean = math.fsum(known[one] * ratio for one, ratio in ratios.items())
    # Where colours differ less often than they are told wrongly no rate fits them, and what is left of one is bounded below.
    assert (
        mean == pytest.approx(1) or error / (1 - math.fsum(one**2 for one in shares)) * (1 - known[first]) > 1 - error
    )
    # Before two people were told apart by how seldom they meet, grey beside black hair had a mean of 1.25.
    rare = {"black": 0.78, "brown": 0.2, "grey": 0.02}
    told = [rare[one] * math.exp(trait_log_ratio("hair", "grey", one, 0.1, rare) or 0.0) for one in rare]
    assert math.fsum(told) == pytest.approx(1)


@given(st.floats(0.005, 0.95), st.floats(0, 0.5))
def test_an_origin(frequency: float, error: float) -> None:
    told = frequency * group_likelihood_ratio(True, frequency, error)
    assert told + (1 - frequency) * group_likelihood_ratio(False, frequency, error) == pytest.approx(1)


MOTIFS = ("cross", "heart", "star", "rose", "bird", "lion", "snake", "anchor", "name", "dragon", "burn", "fracture")


def _marks(rng: np.random.Generator, most: int) -> tuple[frozenset[str], ...]:
    """Marks of somebody: each a motif as often as the list has it, else a scar, mostly with its part of the body and sometimes its side."""
    often = np.array([listed().frequencies[motif] for motif in MOTIFS])
    sites = sorted(listed().sites)
    of_sites = np.array([listed().frequencies[site] for site in sites])
    marks = []
    for _ in range(rng.integers(1, most + 1)):
        mark = {str(rng.choice([*MOTIFS, "scar"], p=[*often, 1 - often.sum()]))}
        if rng.random() < 0.8:
            mark |= {str(rng.choice(sites, p=of_sites / of_sites.sum())), *(["left", "right"][: rng.integers(0, 2)])}
        marks.append(frozenset(mark))
    return tuple(dict.fromkeys(marks))


@pytest.mark.parametrize("most", [1, 3, 6])
def test_marks_by_lot(most: int) -> None:
    """However many marks there are to choose from: before their ways to be put together were counted it was 1.18 where each had one to a few."""
    rng, rates = np.random.default_rng(6), rates_of(PARAMETERS["marks"])
    ratios = np.exp(
        [marks_likelihood_ratio(_marks(rng, most), _marks(rng, most), **rates)[0] for _ in range(4_000 // most)]
    )
    assert ratios.mean() <= 1 + 4 * ratios.std() / math.sqrt(len(ratios))
    assert ratios.mean() > 0.4

"""Laws that any correct computation obeys, on pedigrees and profiles that Hypothesis makes up."""

from __future__ import annotations

import itertools
import math
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from opencompact.errors import OpenCompactError
from opencompact.missing import joint, kinship
from opencompact.missing.kinship import network, theta, urn
from opencompact.missing.kinship.case import (
    Family,
    Hypothesis,
    Marker,
    Pedigree,
    Person,
    Profile,
)
from opencompact.missing.kinship.distribution import log10_ratios
from opencompact.missing.kinship.mutation import Mutation, MutationModel, matrix_of
from opencompact.missing.kinship.search import Scan
from opencompact.missing.kinship.tables import genotype_probabilities, table_of

FEW = settings(max_examples=settings.default.max_examples // 4)
MODELS = ["none", "equal", "proportional", "stepwise", "onestep", "dawid"]


@st.composite
def markers(draw, most: int = 4, models: list[str] = MODELS, x: bool = False) -> Marker:
    size = draw(st.integers(2, most))
    weights = np.array(draw(st.lists(st.integers(1, 20), min_size=size, max_size=size)), float)
    frequencies = weights / weights.sum()
    alleles = tuple(str(10 + number) for number in range(size))
    name = draw(st.sampled_from(models))
    mutation = None
    if name != "none":
        model = MutationModel(name, 0.01, 1e-4, 0.3)
        mutation = Mutation(*(matrix_of(model, alleles, frequencies) for _ in range(2)), model, model)
    return Marker("L", alleles, frequencies, draw(st.booleans()) if x else False, mutation)


@st.composite
def pedigrees(draw, least: int = 3, most: int = 5) -> Pedigree:
    """Any pedigree: everyone after the first man and woman is a founder or a child of two earlier ones."""
    people = [Person("p0", sex="male"), Person("p1", sex="female")]
    for number in range(2, draw(st.integers(least, most))):
        men = [p.id for p in people if p.sex == "male"]
        women = [p.id for p in people if p.sex == "female"]
        child = draw(st.integers(0, 3)) > 0
        father, mother = (draw(st.sampled_from(men)), draw(st.sampled_from(women))) if child else (None, None)
        people.append(Person(f"p{number}", father, mother, draw(st.sampled_from(["male", "female"]))))
    inbreeding = {"p0": 0.25} if draw(st.booleans()) else {}
    return Pedigree(tuple(people), inbreeding)


@st.composite
def questions(draw, **options) -> tuple[Pedigree, Marker, dict[str, Profile]]:
    pedigree = draw(pedigrees())
    marker = draw(markers(**options))
    profiles = {}
    for person in pedigree.members:
        if draw(st.booleans()):
            copies = 1 if marker.x_linked and person.sex == "male" else 2
            call = tuple(sorted(draw(st.integers(0, len(marker.alleles) - 1)) for _ in range(copies)))
            profiles[person.id] = Profile(person.id, {"L": call}, person.sex)
    return pedigree, marker, profiles


def by_enumeration(pedigree: Pedigree, marker: Marker, profiles: dict[str, Profile]) -> float:
    """P(profiles | pedigree) by going through every allele of everyone."""
    size = len(marker.alleles)
    identity = np.eye(size)
    female = marker.mutation.female if marker.mutation else identity
    male = marker.mutation.male if marker.mutation else identity
    p = marker.frequencies
    single = {m.id: marker.x_linked and m.sex == "male" for m in pedigree.members}
    spaces = [
        [(None, b) for b in range(size)] if single[m.id] else list(itertools.product(range(size), repeat=2))
        for m in pedigree.members
    ]
    total = 0.0
    for chosen in itertools.product(*spaces):
        alleles = {m.id: pair for m, pair in zip(pedigree.members, chosen, strict=True)}
        weight = 1.0
        for m in pedigree.members:
            a, b = alleles[m.id]
            if m.is_founder:
                f = 0.0 if marker.x_linked else pedigree.founder_inbreeding.get(m.id, 0.0)
                weight *= p[b] if a is None else (1 - f) * p[a] * p[b] + f * (a == b) * p[a]
            else:
                for copy, parent, matrix in ((a, m.father, male), (b, m.mother, female)):
                    if copy is not None:
                        given_ = [x for x in alleles[parent] if x is not None]
                        weight *= sum(matrix[x, copy] for x in given_) / len(given_)
            if m.id in profiles:
                seen = tuple(sorted(x for x in (a, b) if x is not None))
                weight *= seen == profiles[m.id].calls["L"]
            if weight == 0:
                break
        total += weight
    return total


@FEW
@given(questions(most=3, x=True))
def test_the_likelihood_is_the_sum_over_all_alleles_of_everyone(question) -> None:
    pedigree, marker, profiles = question
    expected = by_enumeration(pedigree, marker, profiles)
    found = kinship.ln_likelihood([pedigree], profiles, marker)
    assert math.exp(found) == pytest.approx(expected, rel=1e-10)
    if expected == 0:
        assert found == -math.inf


@FEW
@given(questions(x=True), st.randoms(use_true_random=False))
def test_relabelling_people_or_alleles_changes_nothing(question, random) -> None:
    pedigree, marker, profiles = question
    before = kinship.ln_likelihood([pedigree], profiles, marker)
    names = [f"q{number}" for number in range(len(pedigree.members))]
    random.shuffle(names)
    new = dict(zip([m.id for m in pedigree.members], names, strict=True))
    members = [
        Person(new[m.id], m.father and new[m.father], m.mother and new[m.mother], m.sex) for m in pedigree.members
    ]
    random.shuffle(members)
    order = list(range(len(marker.alleles)))
    random.shuffle(order)
    place = {old: number for number, old in enumerate(order)}
    mutation = marker.mutation and Mutation(
        marker.mutation.female[np.ix_(order, order)], marker.mutation.male[np.ix_(order, order)]
    )
    other = replace(
        marker,
        alleles=tuple(marker.alleles[o] for o in order),
        frequencies=marker.frequencies[order],
        mutation=mutation,
    )
    moved = {
        new[one]: Profile(new[one], {"L": tuple(sorted(place[a] for a in profile.calls["L"]))}, profile.sex)
        for one, profile in profiles.items()
    }
    inbreeding = {new[one]: f for one, f in pedigree.founder_inbreeding.items()}
    after = kinship.ln_likelihood([Pedigree(tuple(members), inbreeding)], moved, other)
    assert after == pytest.approx(before, abs=1e-11)


@FEW
@given(questions(x=True))
def test_adding_an_untyped_leaf_changes_nothing(question) -> None:
    pedigree, marker, profiles = question
    more = Pedigree((*pedigree.members, Person("leaf", "p0", "p1", "female")), pedigree.founder_inbreeding)
    before = kinship.ln_likelihood([pedigree], profiles, marker)
    assert kinship.ln_likelihood([more], profiles, marker) == pytest.approx(before, abs=1e-12)


@FEW
@given(questions())
def test_the_ratio_of_identical_propositions_is_one(question) -> None:
    pedigree, marker, profiles = question
    case = kinship.Case(
        "same",
        "kinship_lr",
        (marker,),
        hypotheses=(Hypothesis("H1", (pedigree,)), Hypothesis("H2", (pedigree,))),
        profiles=profiles,
    )
    result = kinship.likelihood_ratios(case)
    if result.ln_likelihood["H2"] > -math.inf:
        assert result.LR["H1"] == 1.0
        assert result.log10_LR["H1"] == 0.0


@FEW
@given(questions(most=7, x=True))
def test_tables_sum_to_one_and_are_ratios_of_likelihoods(question) -> None:
    pedigree, marker, profiles = question
    target = pedigree.members[-1]
    profiles = {one: profile for one, profile in profiles.items() if one != target.id}
    relatives = kinship.ln_likelihood([pedigree], profiles, marker)
    if relatives == -math.inf:
        return
    family = Family("F", pedigree, (target.id,), profiles)
    probabilities = genotype_probabilities(family, target.id, marker)
    assert sum(probabilities.values()) == pytest.approx(1.0, abs=1e-10)
    for name, probability in probabilities.items():
        call = tuple(sorted(marker.index(allele) for allele in name.split("/")))
        both = kinship.ln_likelihood([pedigree], {**profiles, target.id: Profile("t", {"L": call}, target.sex)}, marker)
        assert probability == pytest.approx(math.exp(both - relatives), rel=1e-9, abs=1e-14)


@pytest.mark.parametrize("model", ["none", "proportional"])
def test_alleles_nobody_showed_are_lumped_right_where_the_person_may_be_inbred(model: str) -> None:
    p = np.array([0.3, 0.25, 0.2, 0.1, 0.06, 0.05, 0.04])
    alleles = tuple(str(n) for n in range(7))
    stated = MutationModel(model, 0.01)
    mutation = None if model == "none" else Mutation(*(matrix_of(stated, alleles, p),) * 2, stated, stated)
    marker = Marker("L", alleles, p, False, mutation)
    people = (
        Person("f", sex="male"),
        Person("m", sex="female"),
        Person("a", "f", "m", "male"),
        Person("b", "f", "m", "female"),
        Person("t", "a", "b", "male"),
    )
    family = Family("F", Pedigree(people), ("t",), {"b": Profile("b", {"L": (0, 2)}, "female")})
    ratios = table_of(family, "t", marker)
    assert ratios.values.shape[1] < 7, "the alleles nobody showed are one state"
    full = ratios.full()[0]
    relatives = kinship.ln_likelihood([family.pedigree], family.profiles, marker)
    for a, b in itertools.combinations_with_replacement(range(7), 2):
        both = kinship.ln_likelihood([family.pedigree], {**family.profiles, "t": Profile("t", {"L": (a, b)})}, marker)
        expected = math.exp(both - relatives) / (p[a] * p[b] * (1 if a == b else 2))
        assert full[a, b] == pytest.approx(expected, rel=1e-11)


@FEW
@given(questions(most=3, x=True), st.sampled_from([0.01, 0.1, 0.4]))
def test_theta_by_partitions_is_theta_by_quadrature(question, value: float) -> None:
    pedigree, marker, profiles = question
    locus = theta.lumped(marker, theta.seen_alleles(profiles, marker))
    opened, folded, inbred = theta.open_network([pedigree], profiles, marker, locus)
    draws, _ = urn.urn_of(value, locus.frequencies).after(folded)
    for part, _ in theta.autozygous_or_not(opened, inbred):
        if part.draws and len(part.draws) <= 6:
            assert urn._by_quadrature(part, draws) == pytest.approx(urn._by_partition(part, draws), abs=1e-10)


@FEW
@given(questions(most=3))
def test_a_very_small_theta_is_no_theta(question) -> None:
    pedigree, marker, profiles = question
    without = kinship.ln_likelihood([pedigree], profiles, marker)
    with_theta = kinship.ln_likelihood([pedigree], profiles, marker, 1e-9)
    assert with_theta == pytest.approx(without, abs=1e-5)


def test_theta_draws_as_balding_and_nichols_wrote() -> None:
    """P(aa) = p (theta + (1 - theta) p), Balding and Nichols (1994), equation 1."""
    marker = Marker("L", ("a", "b"), np.array([0.1, 0.9]))
    alone = Pedigree((Person("x", sex="male"),))
    found = kinship.ln_likelihood([alone], {"x": Profile("x", {"L": (0, 0)})}, marker, 0.03)
    assert math.exp(found) == pytest.approx(0.1 * (0.03 + 0.97 * 0.1), rel=1e-12)


@FEW
@given(questions(most=4, x=True))
def test_splitting_by_meiosis_gives_the_same(question) -> None:
    pedigree, marker, profiles = question
    before = kinship.ln_likelihood([pedigree], profiles, marker)
    largest, network.LARGEST_TABLE = network.LARGEST_TABLE, 20
    try:
        after = kinship.ln_likelihood([pedigree], profiles, marker)
    except OpenCompactError:
        return
    finally:
        network.LARGEST_TABLE = largest
    assert after == pytest.approx(before, abs=1e-11)


def test_an_untyped_grandparent_matters_only_where_frequencies_are_not_kept() -> None:
    p = np.array([0.5, 0.3, 0.2])
    alleles = ("10", "11", "12")
    short = Pedigree((Person("f", sex="male"), Person("m", sex="female"), Person("c", "f", "m", "male")))
    long = Pedigree(
        (Person("g", sex="male"), Person("h", sex="female"), Person("f", "g", "h", "male"), *short.members[1:])
    )
    seen = {"c": Profile("c", {"L": (0, 2)})}
    differences = {}
    for name in ("proportional", "dawid", "equal", "stepwise"):
        model = MutationModel(name, 0.02, 0.0, 0.1)
        marker = Marker("L", alleles, p, False, Mutation(*(matrix_of(model, alleles, p),) * 2, model, model))
        first, second = (kinship.ln_likelihood([pedigree], seen, marker) for pedigree in (short, long))
        differences[name] = abs(first - second)
    assert max(differences["proportional"], differences["dawid"]) < 1e-12
    assert min(differences["equal"], differences["stepwise"]) > 1e-5


def test_the_search_is_the_pair_by_pair_likelihood_ratio(event) -> None:
    case = kinship.case_of(event)
    matrix = kinship.pairwise(case)
    for row, remains in enumerate(case.remains):
        for column, (family, person) in enumerate(case.missing):
            stranger = Pedigree((Person("stranger", sex=remains.sex),))
            total = 0.0
            for marker in case.markers:
                as_person = kinship.ln_likelihood([family.pedigree], {**family.profiles, person: remains}, marker)
                apart = {**family.profiles, "stranger": remains}
                total += as_person - kinship.ln_likelihood([family.pedigree, stranger], apart, marker)
            assert matrix.log10_LR[row, column] * math.log(10) == pytest.approx(total, abs=1e-10)


@pytest.mark.parametrize("floor", [-3.0, 0.0])
def test_the_kernel_keeps_exactly_the_best_pairs(event, floor: float) -> None:
    case = kinship.case_of(event)
    matrix = kinship.pairwise(case).log10_LR
    expected = {(r, m) for r in range(3) for m in range(3) if matrix[r, m] >= floor}
    for bounded in (False, True):
        found = kinship.search(case, floor=floor, bounded=bounded)
        assert {(hit.remains, hit.missing) for hit in found.hits} == expected
        for hit in found.hits:
            assert hit.log10_LR == pytest.approx(matrix[hit.remains, hit.missing], abs=1e-10)


@pytest.mark.parametrize("bounded", [False, True])
def test_the_scan_agrees_with_a_plain_sum(bounded: bool) -> None:
    random = np.random.default_rng(7)
    rows = random.normal(-0.5, 0.8, (70, 1 + 9 * 12))
    rows[:, 0] = 0.0
    rows[random.random(rows.shape) < 0.02] = -np.inf
    rows[:, 0] = 0.0
    offsets = (1 + np.arange(9) * 12 + random.integers(0, 12, (300, 9))).astype(np.uint16)
    offsets[random.random(offsets.shape) < 0.1] = 0
    scores = rows[:, offsets].sum(axis=2)
    scan = Scan(offsets, 0.5, 300, 300, bounded)
    scan.add(rows[:40])
    scan.add(rows[40:])
    found = {(r, m): score for r, m, score in scan.hits()}
    assert set(found) >= {(int(r), int(m)) for m, r in np.argwhere(scores >= 0.5)}
    assert all(scores[m, r] >= 0.5 - 2e-4 for r, m in found), "only rounding is let through, for the exact second look"
    best = Scan(offsets, -99.0, 3, 2, bounded)
    best.add(rows)
    kept = {(r, m) for r, m, _ in best.hits()}
    for r in range(300):
        top = [m for m in np.argsort(-scores[:, r])[:3] if scores[m, r] > -99]
        assert {(r, int(m)) for m in top} <= kept
    for m in range(70):
        top = [r for r in np.argsort(-scores[m])[:2] if scores[m, r] > -99]
        assert {(int(r), m) for r in top} <= kept


def every_assignment(case: kinship.Case) -> dict[tuple[str, ...], float]:
    """ln-likelihood of every assignment, computed on the whole pedigrees, nothing shared with the joint room."""
    people = [person for _, person in case.missing]
    found = {}
    for chosen in itertools.product([*people, "*"], repeat=len(case.remains)):
        taken = [one for one in chosen if one != "*"]
        if len(set(taken)) < len(taken):
            continue
        placed = {person: profile for person, profile in zip(chosen, case.remains, strict=True) if person != "*"}
        total = 0.0
        for family in case.families:
            own = {person: profile for person, profile in placed.items() if person in family.missing}
            total += sum(
                kinship.ln_likelihood([family.pedigree], {**family.profiles, **own}, marker) for marker in case.markers
            )
        for person, profile in zip(chosen, case.remains, strict=True):
            if person == "*":
                alone = Pedigree((Person("alone", sex=profile.sex),))
                total += sum(kinship.ln_likelihood([alone], {"alone": profile}, marker) for marker in case.markers)
        found[chosen] = total
    return found


def test_joint_marginals_sum_to_one_and_are_those_of_every_assignment(event) -> None:
    case = kinship.case_of(event)
    result = joint.identify(case)
    every = every_assignment(case)
    assert result.exact
    assert result.number == len(every)
    top = max(every.values())
    weights = {chosen: math.exp(value - top) for chosen, value in every.items()}
    total = sum(weights.values())
    columns = [*result.missing, "*"]
    assert result.marginal.sum(axis=1) == pytest.approx(np.ones(3), abs=1e-12)
    for row in range(3):
        for column, person in enumerate(columns):
            expected = sum(weight for chosen, weight in weights.items() if chosen[row] == person) / total
            assert result.marginal[row, column] == pytest.approx(expected, abs=1e-12)
    for one in result.assignments:
        assert one.ln_likelihood == pytest.approx(every[tuple(one.assignment.values())], abs=1e-10)
    posteriors = [one.posterior for one in result.assignments]
    assert posteriors == sorted(posteriors, reverse=True)
    assert sum(posteriors) == pytest.approx(1.0, abs=1e-12)


def test_other_evidence_and_the_prior_are_multiplied_in(event) -> None:
    event["other_likelihood_ratios"] = {"V1": {"B1": 20.0}, "V2": {"C": 0.0}}
    event["prior"] = {"kind": "event", "missing": 5, "remains": 4}
    case = kinship.case_of(event)
    result = joint.identify(case)
    every = every_assignment(case)
    top = max(every.values())
    pair, alone = 1 / 5, 1 - 3 / 5
    weights = {}
    for chosen, value in every.items():
        other = 20.0 if chosen[0] == "B1" else 1.0
        other *= 0.0 if chosen[1] == "C" else 1.0
        prior = math.prod(alone if one == "*" else pair for one in chosen)
        weights[chosen] = math.exp(value - top) * other * prior
    total = sum(weights.values())
    for one in result.assignments:
        chosen = tuple(one.assignment.values())
        assert one.posterior == pytest.approx(weights[chosen] / total, rel=1e-9)
    assert not any(one.assignment["V2"] == "C" for one in result.assignments)
    assert not result.symmetric or result.symmetric[0].missing == ("B1", "B2")


def test_a_closed_event_leaves_no_remains_unassigned(event) -> None:
    event["prior"] = {"kind": "event", "closed": True}
    result = joint.identify(kinship.case_of(event))
    assert result.marginal[:, -1] == pytest.approx(np.zeros(3), abs=1e-12)
    assert all("*" not in one.assignment.values() for one in result.assignments if one.posterior > 0)


@pytest.mark.slow
def test_the_sampler_is_within_its_stated_error_of_the_exact_sum(reference, monkeypatch) -> None:
    from opencompact.missing.joint import event as room

    case = kinship.read_case(reference / "kinship" / "d_symmetricSibs.json")
    exact = joint.identify(case)
    monkeypatch.setattr(room, "fits_exactly", lambda slots, blocks: False)
    sampled = joint.identify(case, seed=3, sweeps=4000)
    assert exact.exact
    assert not sampled.exact
    assert 0 < sampled.standard_error < 0.05
    assert sampled.left_out < 0.01
    assert np.abs(sampled.marginal - exact.marginal).max() < max(5 * sampled.standard_error, 0.005)
    assert sampled.best.ln_likelihood == pytest.approx(exact.best.ln_likelihood, abs=1e-9)


def test_dropout_of_a_sample_is_weighed_in_the_table(event) -> None:
    event["samples"] = {"V1": {"dropout": 0.2}}
    event["genotypes_victims"]["V1"]["TH01"] = ["10", "10"]
    case = kinship.case_of(event)
    family, person = case.missing[0]
    found = 10 ** log10_ratios(case, (family, person), case.remains[0])["TH01"]
    marker = case.markers[0]
    p, d = marker.frequencies, 0.2
    full = table_of(family, person, marker).full()[0] * np.outer(p, p)
    seen = np.zeros((4, 4))
    seen[0, :] = seen[:, 0] = d * (1 - d)
    seen[0, 0] = 1 - d * d
    assert found == pytest.approx((seen * full).sum() / (seen * np.outer(p, p)).sum(), rel=1e-10)


def test_a_typing_error_of_one_says_nothing(event) -> None:
    event["samples"] = {"V1": {"typing_error": 1.0}, "V2": {"typing_error": 0.01}}
    case = kinship.case_of(event)
    matrix = kinship.pairwise(case).log10_LR
    assert matrix[0] == pytest.approx(np.zeros(3), abs=1e-12)
    certain = dict(event)
    certain["samples"] = {}
    assert np.all(np.abs(matrix[1]) < np.abs(kinship.pairwise(kinship.case_of(certain)).log10_LR[1]))


def test_what_is_left_out_of_a_large_event_is_bounded(monkeypatch) -> None:
    """With mutation every pair is possible; cut into parts, no marginal moves by more than what is said."""
    from opencompact.missing.joint import event as room

    case = kinship.case_of(kinship.example(1))
    whole = joint.identify(case)
    monkeypatch.setattr(room, "fits_exactly", lambda slots, blocks: slots <= 3)
    parts = joint.identify(case)
    assert whole.exact
    assert not parts.exact
    assert parts.standard_error == 0.0, "the parts are summed exactly"
    assert 0 < parts.left_out < 1e-3
    assert np.abs(parts.marginal - whole.marginal).max() <= 2 * parts.left_out + 1e-12
    assert parts.best.ln_LR_vs_null == pytest.approx(whole.best.ln_LR_vs_null, abs=1e-9)


def test_only_a_family_that_changed_is_computed_again(event) -> None:
    cache = kinship.TableCache()
    first = kinship.search(kinship.case_of(event), floor=-5, cache=cache)
    assert cache.computed == 3
    assert kinship.search(kinship.case_of(event), floor=-5, cache=cache) == first
    assert cache.computed == 3
    event["genotypes_references"]["W"]["FGA"] = ["10", "13"]
    again = kinship.case_of(event)
    changed = kinship.search(again, floor=-5, cache=cache)
    assert cache.computed == 4
    assert changed == kinship.search(again, floor=-5)
    event["markers"][0]["mutation"]["rate"] = 0.003
    kinship.search(kinship.case_of(event), floor=-5, cache=cache)
    assert cache.computed == 7, "with other markers nothing is used again"


def test_streamed_hits_are_those_of_the_search(event) -> None:
    case = kinship.case_of(event)
    blocks = list(kinship.stream(case, floor=-3.0, block=1))
    assert len(blocks) == 3
    streamed = [hit for block in blocks for hit in block]
    assert sorted(streamed, key=lambda hit: -hit.log10_LR) == list(kinship.search(case, floor=-3.0).hits)

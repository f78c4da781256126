"""Chance hits of poor samples and under theta; profiles that are one and the same; linked markers: said with every result."""

from __future__ import annotations

import itertools
import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from opencompact.missing import joint, kinship
from opencompact.missing.joint import counting
from opencompact.missing.kinship import chance, strangers
from opencompact.missing.kinship.case import Pedigree, Person, Profile
from opencompact.missing.kinship.distribution import log10_ratios
from opencompact.missing.kinship.theta import log10_ratio


def test_a_stranger_whose_sample_loses_alleles_is_read_as_the_search_would_read_it(event) -> None:
    case = kinship.case_of(event)
    target, d = case.missing[2], 0.2
    marker = case.markers[2]
    p, found = marker.frequencies, dict[tuple[int, ...], float]()
    for a, b in itertools.product(range(len(p)), repeat=2):
        for call, chance_of in {(a, b): (1 - d) ** 2, (a,): d * (1 - d), (b,): d * (1 - d)}.items():
            seen = tuple(sorted(set(call)))
            found[seen] = found.get(seen, 0.0) + p[a] * p[b] * chance_of
        if a == b:
            found[(a,)] += p[a] * p[a] * (1 - d * d - (1 - d) ** 2 - d * (1 - d))
    expected = []
    for seen, weight in found.items():
        profile = Profile("x", {marker.name: (seen * 2)[:2] if len(seen) == 1 else seen}, "male", d, 0.05)
        expected.append((weight, 10 ** log10_ratios(case, target, profile)[marker.name]))
    weights, ratios = np.array(expected).T
    chances, values = strangers.readings(*target, marker, d, 0.05, 0.0)
    for power in (1, 2, 3):
        assert (chances * values**power).sum() == pytest.approx((weights * ratios**power).sum() / weights.sum())


@pytest.mark.parametrize("dropout", [0.0, 0.15])
def test_under_theta_a_stranger_is_of_the_same_subpopulation(event, dropout: float) -> None:
    for marker in event["markers"]:
        marker["mutation"] = None
    event["theta"] = 0.05
    case = kinship.case_of(event)
    family, person = case.missing[2]
    marker = case.markers[2]
    relatives = kinship.ln_likelihood([family.pedigree], family.profiles, marker, 0.05)
    alone = Pedigree((Person("x", sex="male"),))
    expected = []
    for call in itertools.combinations_with_replacement(range(len(marker.alleles)), 2):
        seen = Profile("x", {marker.name: call}, "male", dropout)
        profiles = {**family.profiles, "x": seen}
        apart = kinship.ln_likelihood([family.pedigree, alone], profiles, marker, 0.05)
        expected.append((np.exp(apart - relatives), 10 ** log10_ratio(family, person, seen, marker, 0.05)))
    weights, ratios = np.array(expected).T
    if not dropout:
        assert weights.sum() == pytest.approx(1.0, abs=1e-12)
        assert (weights * ratios).sum() == pytest.approx(1.0, abs=1e-12)
    chances, values = strangers.readings(family, person, marker, dropout, 0.0, 0.05)
    assert chances.sum() == pytest.approx(1.0, abs=1e-12)
    for power in (1, 2, 3):
        assert (chances * values**power).sum() == pytest.approx((weights * ratios**power).sum() / weights.sum())


def test_theta_makes_strong_chance_hits_likelier(event) -> None:
    case = kinship.case_of(event)
    target = case.missing[0]
    without = chance.distribution(case, target).at_least(0.5)
    with_theta = chance.distribution(replace(case, theta=0.1), target).at_least(0.5)
    assert without != pytest.approx(with_theta, rel=1e-3)


def test_every_remains_counts_with_the_markers_and_the_dropout_it_has(event) -> None:
    event["samples"] = {"V2": {"dropout": 0.3}}
    case = kinship.case_of(event)
    target = case.missing[0]
    expected = 0.0
    for remains in case.remains:
        quality = strangers.quality_of(remains, case.markers)
        expected += chance.distribution(case, target, quality).at_least(0.4)
    found = kinship.chance_hits(case, target, 0.4)
    assert found.searched == 3
    assert found.expected == pytest.approx(expected, rel=1e-12)
    assert len({strangers.quality_of(remains, case.markers) for remains in case.remains}) == 3


@pytest.fixture
def kit(event: dict[str, Any]) -> dict[str, Any]:
    """The synthetic event with nine markers, two of which are known to be linked."""
    names = ["vWA", "D12S391", "L1", "L2", "L3", "L4"]
    event["markers"] += [{**event["markers"][2], "name": name} for name in names]
    for person in ("V1", "V2"):
        event["genotypes_victims"][person] = {
            one["name"]: [one["alleles"][0], one["alleles"][1]] for one in event["markers"]
        }
    event["genotypes_victims"]["V3"] |= {"vWA": ["11", "13"]}
    return event


def test_two_remains_with_one_profile_are_told_with_every_result(kit) -> None:
    case = kinship.case_of(kit)
    (same,) = kinship.same_profiles(case)
    assert (same.remains, same.relatives, same.markers) == (("V1", "V2"), (), 9)
    p = [one["frequencies"] for one in kit["markers"]]
    assert same.log10_rarity == pytest.approx(-sum(np.log10(2 * q[0] * q[1]) for q in p))
    assert joint.identify(case).same_profiles == (same,)
    assert kinship.evidence_sheet(case, "V1", "C").same_profile == ("V2",)
    assert kinship.evidence_sheet(case, "V3", "C").same_profile == ()
    (finding,) = [one for one in kinship.cautions(case) if one.rule == "kinship.same-profile"]
    assert "parts of one body" in finding.message


def test_a_degraded_sample_of_the_same_person_is_recognised(kit) -> None:
    kit["samples"] = {"V2": {"dropout": 0.2}}
    kit["genotypes_victims"]["V2"]["FGA"] = ["10", "10"]
    kit["genotypes_victims"]["V2"]["SE33"] = ["11", None]
    del kit["genotypes_victims"]["V2"]["L4"]
    (same,) = kinship.same_profiles(kinship.case_of(kit))
    assert (same.remains, same.markers) == (("V1", "V2"), 8)
    kit["samples"] = {}
    assert kinship.same_profiles(kinship.case_of(kit)) == [], "without drop-out FGA says that they are two people"


def test_of_very_many_remains_those_that_are_equal_are_found(kit, monkeypatch) -> None:
    from opencompact.missing.kinship import sameness

    case = kinship.case_of(kit)
    compared = kinship.same_profiles(case)
    monkeypatch.setattr(sameness, "MOST_COMPARED", 1)
    assert kinship.same_profiles(case) == compared


def test_remains_with_the_profile_of_a_relative_point_to_contamination(kit) -> None:
    kit["genotypes_references"]["S"] = kit["genotypes_victims"]["V1"]
    (same,) = kinship.same_profiles(kinship.case_of(kit))
    assert (same.remains, same.relatives) == (("V1", "V2"), ("A/S",))
    message = kinship.cautions(kinship.case_of(kit))[0].message
    assert "contaminated or exchanged sample" in message


def test_few_markers_do_not_make_two_remains_one_person(event) -> None:
    event["genotypes_victims"]["V2"] = event["genotypes_victims"]["V1"]
    assert kinship.same_profiles(kinship.case_of(event)) == []


def test_linked_markers_are_said_where_both_are_typed(kit) -> None:
    (pair,) = kinship.linked_in(kinship.case_of(kit))
    assert (pair.markers, pair.recombination) == (("vWA", "D12S391"), 0.089)
    for person in ("V1", "V2"):
        del kit["genotypes_victims"][person]["D12S391"]
    assert kinship.linked_in(kinship.case_of(kit)) == [], "V3 shows vWA, nobody shows both"


def test_markers_on_x_are_linked_to_each_other(event) -> None:
    for name in ("DXS10103", "DXS10101"):
        event["markers"].append({**event["markers"][0], "name": name, "chromosome": "X", "mutation": None})
        event["genotypes_victims"]["V1"][name] = ["10"]
    (linked,) = kinship.linked_in(kinship.case_of(event))
    assert linked.markers == ("DXS10103", "DXS10101")


def test_the_sexes_leave_as_many_assignments_as_one_counts_one_by_one() -> None:
    sexes = ("male", "female", "unknown")
    for remains in itertools.combinations_with_replacement(sexes, 3):
        for missing in itertools.combinations_with_replacement(sexes, 3):
            counted = 0
            for chosen in itertools.product([*range(3), None], repeat=3):
                taken = [place for place in chosen if place is not None]
                fits = all(
                    "unknown" in (remains[row], missing[place]) or remains[row] == missing[place]
                    for row, place in enumerate(chosen)
                    if place is not None
                )
                counted += fits and len(set(taken)) == len(taken)
            assert counting.assignments(remains, missing) == counted


def test_the_blind_search_counts_what_the_reference_counts(reference: Path) -> None:
    for name in ("b01_search_20x12", "b02_search_12x6_prop", "d_exclusionExample"):
        file = reference / "kinship" / f"{name}.json"
        expected = json.loads(file.read_text())["expected"]["n_assignments"]["size"]
        assert counting.sex_consistent(kinship.read_case(file)) == expected

"""Each fault of a case is named with the person, the marker and the value; nothing is guessed or dropped silently."""

from __future__ import annotations

import copy
import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from opencompact.cli.kinship import kinship as command
from opencompact.errors import InputError, InvalidDataError, NoDataError, UsageError
from opencompact.missing import joint, kinship


def fault(stated: dict[str, Any]) -> InvalidDataError:
    with pytest.raises(InvalidDataError) as caught:
        kinship.case_of(stated)
    return caught.value


def test_someone_who_is_their_own_ancestor(event) -> None:
    event["families"][0]["members"][0].update(father="B1", mother="M")
    error = fault(event)
    assert error.rule == "kinship.own-ancestor"
    assert error.value in {"F", "B1"}


def test_an_allele_that_the_marker_does_not_know(event) -> None:
    event["genotypes_references"]["S"]["TH01"] = ["10", "17.3"]
    error = fault(event)
    assert (error.rule, error.value) == ("kinship.allele-unknown", "17.3")
    assert "S" in str(error)
    assert "TH01" in str(error)


def test_a_rare_allele_gets_the_frequency_that_the_case_states_for_it(event) -> None:
    event["genotypes_references"]["S"]["TH01"] = ["10", "17.3"]
    event["rare_alleles"] = {"frequency": 0.01}
    case = kinship.case_of(event)
    marker = case.markers[0]
    assert marker.frequencies[marker.index("17.3")] == pytest.approx(0.01 / 1.01)
    assert [finding.rule for finding in case.findings] == ["kinship.rare-allele"]


@pytest.mark.parametrize(("frequencies", "value"), [([0.2, 0.3, 0.1, 0.3], 0.9), ([0.2, 0.3, 0.0, 0.5], 0.0)])
def test_frequencies_that_do_not_add_up(event, frequencies: list[float], value: float) -> None:
    event["markers"][0]["frequencies"] = frequencies
    error = fault(event)
    assert error.rule == "kinship.frequencies"
    assert error.value == pytest.approx(value)
    assert "TH01" in str(error)


def test_a_sex_that_contradicts_amelogenin(event) -> None:
    event["genotypes_victims"]["V1"]["AMEL"] = ["X", "X"]
    error = fault(event)
    assert error.rule == "kinship.sex-contradiction"
    assert "V1" in str(error)


def test_amelogenin_tells_a_sex_that_is_not_stated(event) -> None:
    event["genotypes_victims"]["V3"]["Amelogenin"] = ["X", "X"]
    assert kinship.case_of(event).remains[2].sex == "female"


def test_two_alleles_of_a_man_on_x(event) -> None:
    event["markers"][1]["chromosome"] = "X"
    event["genotypes_victims"]["V1"]["FGA"] = ["10", "12"]
    for person in ("S", "V2"):
        table = "genotypes_references" if person == "S" else "genotypes_victims"
        event[table][person]["FGA"] = ["12", "12"]
    event["genotypes_victims"]["V3"].pop("FGA")
    error = fault(event)
    assert error.rule == "kinship.sex-contradiction"
    assert (error.value, "V1" in str(error)) == ("10/12", True)


def test_a_call_on_x_of_someone_of_unknown_sex(event) -> None:
    event["markers"][1]["chromosome"] = "X"
    for table, person in (("genotypes_references", "S"), ("genotypes_victims", "V1"), ("genotypes_victims", "V2")):
        event[table][person]["FGA"] = ["12"]
    assert fault(event).rule == "kinship.x-sex-unknown"


def test_relatives_who_cannot_be_related_as_stated(event) -> None:
    for marker in event["markers"]:
        marker["mutation"] = None
    event["genotypes_references"]["S"] = {"TH01": ["10", "10"], "FGA": ["11", "11"], "SE33": ["10", "10"]}
    case = kinship.case_of(event)
    for ask in (kinship.pairwise, joint.identify):
        with pytest.raises(InvalidDataError) as caught:
            ask(case)
        assert caught.value.rule == "kinship.relatives-impossible"
        assert "TH01" in str(caught.value)
        assert "S 10/10" in str(caught.value)
    finding = next(one for one in kinship.findings(case) if one.rule == "kinship.relatives-impossible")
    assert finding.level == "error"
    assert "at all markers" in finding.message
    assert "M, S contradict each other" in finding.message


@pytest.mark.parametrize("place", ["families", "victims"])
def test_the_same_person_twice(event, place: str) -> None:
    if place == "families":
        event["families"][0]["members"].append(copy.deepcopy(event["families"][0]["members"][2]))
    else:
        event["victims"].append({"id": "V1", "sex": "male"})
    error = fault(event)
    assert error.rule == "kinship.person-twice"
    assert error.value in {"B1", "V1"}


def test_one_profile_under_two_names_is_pointed_out(event) -> None:
    more = [copy.deepcopy(event["markers"][0]) for _ in range(6)]
    for number, marker in enumerate(more):
        marker["name"] = f"L{number}"
    event["markers"] += more
    for person in ("V1", "V2"):
        event["genotypes_victims"][person] = {marker["name"]: marker["alleles"][:2] for marker in event["markers"]}
    finding = next(one for one in kinship.findings(kinship.case_of(event)) if one.rule == "kinship.same-profile")
    assert "V1" in finding.message
    assert "V2" in finding.message


def test_a_person_id_that_two_families_have_must_name_its_family(event) -> None:
    event["genotypes_references"]["F"] = {"TH01": ["10", "11"]}
    error = fault(event)
    assert error.rule == "kinship.person-ambiguous"
    assert "Write family/person" in str(error)


def test_tri_allelic_and_off_ladder_calls_are_set_aside_and_said(event) -> None:
    event["genotypes_victims"]["V1"]["TH01"] = ["10", "11", "12"]
    event["genotypes_victims"]["V2"]["FGA"] = ["12", "OL"]
    case = kinship.case_of(event)
    assert {(one.rule, one.person, one.marker) for one in case.findings} == {
        ("kinship.tri-allelic", "V1", "TH01"),
        ("kinship.off-ladder", "V2", "FGA"),
    }
    assert "TH01" not in case.remains[0].calls
    assert "FGA" not in case.remains[1].calls


def test_other_spellings_of_a_locus_are_the_same_locus(event) -> None:
    event["genotypes_victims"]["V1"]["THO1"] = event["genotypes_victims"]["V1"].pop("TH01")
    event["genotypes_victims"]["V2"]["se 33"] = event["genotypes_victims"]["V2"].pop("SE33")
    case = kinship.case_of(event)
    assert set(case.remains[0].calls) == set(case.remains[1].calls) == {"TH01", "FGA", "SE33"}


def test_a_call_at_a_marker_that_the_case_does_not_define(event) -> None:
    event["genotypes_victims"]["V1"]["D99S99"] = ["10", "11"]
    error = fault(event)
    assert (error.rule, error.value) == ("kinship.marker-unknown", "D99S99")


@pytest.mark.parametrize(
    ("change", "rule"),
    [
        (lambda c: c.update(format="other"), "kinship.format"),
        (lambda c: c.update(theta=1.5), "kinship.theta"),
        (lambda c: c.update(markers=[]), "kinship.no-markers"),
        (lambda c: c["markers"][0].update(mutation={"model": "equal", "rate": 3}), "kinship.mutation-rate"),
        (lambda c: c["markers"][0].update(mutation={"model": "magic", "rate": 0.1}), "kinship.mutation-model"),
        (lambda c: c["markers"][0].update(mutation={"model": "custom", "matrix": [[1]]}), "kinship.mutation-matrix"),
        (lambda c: c["families"][0]["members"][2].update(father=None), "kinship.one-parent"),
        (lambda c: c["families"][0]["members"][2].update(father="nobody"), "kinship.parent-unknown"),
        (lambda c: c["families"][0]["members"][2].update(father="M", mother="F"), "kinship.parent-sex"),
        (lambda c: c["families"][0].update(founder_inbreeding={"S": 0.1}), "kinship.founder-inbreeding"),
        (lambda c: c["missing"].append("nobody"), "kinship.person-unknown"),
        (lambda c: c["missing"].append("S"), "kinship.missing-typed"),
        (lambda c: c["victims"][0].update(sex="x"), "kinship.sex"),
        (lambda c: c.update(samples={"V1": {"dropout": 2}}), "kinship.probability"),
        (lambda c: c.update(prior={"kind": "event", "missing": 1}), "kinship.prior"),
        (lambda c: c.update(other_likelihood_ratios={"V9": {"C": 2}}), "kinship.person-unknown"),
        (lambda c: c["families"][0].update(population="Utopia"), "kinship.population-unknown"),
        (lambda c: c["genotypes_victims"]["V1"].update(TH01=["10"]), "kinship.one-allele"),
        (lambda c: c.update(victims="all"), "kinship.shape"),
    ],
)
def test_other_contradictions_are_named_by_their_rule(event, change, rule: str) -> None:
    change(event)
    assert fault(event).rule == rule


def test_a_hypothesis_that_leaves_out_a_typed_person(event) -> None:
    stated = {
        "format": "kinship-reference/1",
        "markers": event["markers"],
        "hypotheses": [
            {"name": "H1", "components": [{"members": event["families"][0]["members"]}]},
            {"name": "H2", "components": [{"members": event["families"][0]["members"][:2]}]},
        ],
        "genotypes": {"S": {"TH01": ["10", "11"]}},
    }
    assert fault(stated).rule == "kinship.person-left-out"


def test_a_file_that_is_no_json(tmp_path: Path) -> None:
    file = tmp_path / "case.json"
    file.write_text("{")
    with pytest.raises(InputError):
        kinship.read_case(file)
    with pytest.raises(InputError):
        kinship.read_case(tmp_path / "absent.json")


def test_check_lists_findings_and_fails_where_something_cannot_be(event, tmp_path: Path) -> None:
    file = tmp_path / "case.json"
    file.write_text(json.dumps(event))
    result = CliRunner().invoke(command, ["check", str(file), "--json"], catch_exceptions=False)
    assert result.exit_code == 0
    assert "findings" in json.loads(result.stdout)
    for marker in event["markers"]:
        marker["mutation"] = None
    event["genotypes_references"]["S"]["TH01"] = ["10", "10"]
    event["genotypes_references"]["A/M"]["TH01"] = ["13", "13"]
    file.write_text(json.dumps(event))
    failed = CliRunner().invoke(command, ["check", str(file)])
    assert isinstance(failed.exception, InvalidDataError)
    assert failed.exception.exit_code == 4


@pytest.mark.parametrize("place", ["case", "family", "case by two names"])
def test_someone_who_is_listed_as_missing_twice(event, place: str) -> None:
    if place == "family":
        event["missing"].remove("C")
        event["families"][1]["missing"] = ["C", "C"]
    else:
        event["missing"].append("C" if place == "case" else "B/C")
    error = fault(event)
    assert (error.rule, error.value) == ("kinship.person-twice", "C")


def test_a_theta_that_is_a_word(event) -> None:
    event["theta"] = "much"
    assert (fault(event).rule, fault(event).value) == ("kinship.theta", "much")


def test_hypotheses_are_asked_of_a_case_that_has_none(event) -> None:
    with pytest.raises(NoDataError) as caught:
        kinship.likelihood_ratios(kinship.case_of(event))
    assert caught.value.rule == "kinship.no-hypotheses"


@pytest.mark.parametrize("asked", ["search", "joint", "power"])
def test_a_case_in_which_nobody_is_missing_is_said_to_be_one(event, asked: str, tmp_path: Path) -> None:
    file = tmp_path / "case.json"
    file.write_text(json.dumps({**event, "missing": []}))
    failed = CliRunner().invoke(command, [asked, str(file)])
    assert isinstance(failed.exception, NoDataError)
    assert failed.exception.rule == "kinship.missing-unknown"


def test_numbers_that_make_no_sense_are_refused(event) -> None:
    case = kinship.case_of(event)
    target = kinship.find_missing(case, "C")
    asks = {
        "kinship.simulations": lambda: kinship.power(case, target, simulations=0),
        "kinship.floor": lambda: kinship.search(case, floor=float("nan")),
        "kinship.top": lambda: kinship.search(case, per_missing=0),
    }
    for rule, ask in asks.items():
        with pytest.raises(UsageError) as caught:
            ask()
        assert caught.value.rule == rule
    with pytest.raises(UsageError):
        joint.identify(case, listed=-1)


def test_a_missing_person_whose_id_two_families_share_is_asked_for_by_family(event) -> None:
    event["families"].append({**copy.deepcopy(event["families"][1]), "name": "Z"})
    event["missing"][-1:] = ["B/C", "Z/C"]
    event["genotypes_references"].pop("W")
    case = kinship.case_of(event)
    with pytest.raises(UsageError) as caught:
        kinship.find_missing(case, "C")
    assert "B/C, Z/C" in str(caught.value)
    family, person = kinship.find_missing(case, "Z/C")
    assert (family.name, person) == ("Z", "C")

"""What a forensic doctor meets at the terminal: odd files are named, and no result says more than it knows."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from opencompact.cli.kinship import kinship as command
from opencompact.errors import InvalidDataError, NoDataError, UsageError
from opencompact.missing import joint, kinship


def run(case: dict[str, Any], folder: Path, *arguments: str) -> Any:
    file = folder / "case.json"
    file.write_text(json.dumps(case))
    name, *more = arguments
    return CliRunner().invoke(command, [name, str(file), *more])


@pytest.mark.parametrize(
    ("change", "rule", "value"),
    [
        (lambda c: c.update(prior={"kind": "event", "missing": "many"}), "kinship.number", "many"),
        (lambda c: c.update(prior={"kind": "event", "remains": 7.5}), "kinship.number", 7.5),
        (lambda c: c["markers"][0].update(frequencies=["a", "b", "c", "d"]), "kinship.frequencies", None),
        (lambda c: c.update(samples={"V1": {"dropout": 1.0}}), "kinship.probability", 1.0),
        (lambda c: c.update(samples={"V1": {"dropout": "often"}}), "kinship.probability", "often"),
        (lambda c: c.update(samples={"V1": {"haplotypes": {"Y": "x"}}}), "kinship.haplotype", None),
        (lambda c: c.update(samples={"V1": {"haplotypes": {"Z": {}}}}), "kinship.haplotype-kind", "Z"),
        (lambda c: c.update(haplotype_databases={"Y": {"size": 0}}), "kinship.number", 0),
        (lambda c: c["families"][0].update(members="everyone"), "kinship.members", "everyone"),
        (lambda c: c["victims"].append({"id": "*", "sex": "male"}), "kinship.person-name", "*"),
        (lambda c: c["families"][1]["members"][2].update(id="*"), "kinship.person-name", "*"),
        (lambda c: c.update(other_likelihood_ratios={"V1": {"C": "strong"}}), "kinship.other-likelihood-ratio", "strong"),
    ],
)  # fmt: skip
def test_what_makes_no_sense_is_named_with_its_value(event, change, rule: str, value: object) -> None:
    change(event)
    with pytest.raises(InvalidDataError) as caught:
        kinship.case_of(event)
    assert caught.value.rule == rule
    if value is not None:
        assert caught.value.value == value


@pytest.mark.parametrize("asked", ["search", "joint"])
def test_a_case_without_remains_is_said_to_be_one(event, asked: str, tmp_path: Path) -> None:
    event |= {"victims": [], "genotypes_victims": {}}
    failed = run(event, tmp_path, asked)
    assert isinstance(failed.exception, NoDataError)
    assert failed.exception.rule == "kinship.no-remains"


def test_evidence_on_a_pair_of_two_sexes_is_refused_as_the_search_refuses_it(event, tmp_path: Path) -> None:
    event["victims"][0]["sex"] = "female"
    for asked in ("evidence", "table"):
        failed = run(event, tmp_path, asked, "--remains", "V1", "--missing", "C")
        assert isinstance(failed.exception, UsageError)
        assert failed.exception.rule == "kinship.sexes-differ"
    assert kinship.pairwise(kinship.case_of(event)).as_dict()["LR"]["values"][0][2] is None


def test_the_posterior_of_a_sheet_is_that_of_the_search(event) -> None:
    case = kinship.case_of(event)
    ranked = {(hit.remains, hit.missing): hit for hit in kinship.rank(case, kinship.search(case, floor=-99.0))}
    for (remains, missing), hit in ranked.items():
        assert kinship.evidence_sheet(case, remains, missing).posterior == pytest.approx(hit.posterior)
    both = kinship.evidence_sheet(case, "V1", "B1")
    assert both.symmetric == ("B2",)
    assert both.posterior < 0.5, "what cannot be told from another cannot be more probable than not"


def test_search_says_whom_the_dna_cannot_tell_apart(event, tmp_path: Path) -> None:
    shown = run(event, tmp_path, "search", "--floor", "-5").stdout
    assert "V1 fit B1, B2 of family A equally" in shown


def test_synthetic_people_are_said_to_be_so_at_the_terminal_and_in_json(event, tmp_path: Path) -> None:
    for asked in (["search"], ["joint"], ["table"], ["evidence", "--remains", "V1", "--missing", "C"]):
        assert "Synthetic data: these people do not exist." in run(event, tmp_path, *asked).stdout
        assert json.loads(run(event, tmp_path, *asked, "--json").stdout)["synthetic"] is True
    del event["synthetic"]
    assert "Synthetic" not in run(event, tmp_path, "search").stdout


def test_joint_says_how_many_assignments_it_weighed(event, tmp_path: Path) -> None:
    case = kinship.case_of(event)
    result = joint.identify(case)
    assert result.evaluated == result.number == 34
    assert "34 assignments weighed, 34 possible; exact." in run(event, tmp_path, "joint").stdout
    found = json.loads(run(event, tmp_path, "joint", "--json").stdout)
    assert (found["joint"]["n_evaluated"], found["joint"]["n_nonzero"]) == (34, 34)


def test_remains_with_one_profile_stand_together_where_the_likeliest_are_named(event, tmp_path: Path) -> None:
    event["markers"] += [{**event["markers"][2], "name": f"L{number}"} for number in range(6)]
    profile = {one["name"]: one["alleles"][:2] for one in event["markers"]}
    event["genotypes_victims"] |= {"V1": profile, "V2": profile}
    shown = run(event, tmp_path, "joint").stdout
    assert "V1 / V2" in shown
    assert "V1, V2 have one profile (9 markers" in shown
    for asked in (["search", "--json"], ["joint", "--json"]):
        found = json.loads(run(event, tmp_path, *asked).stdout)
        assert found["same_profiles"][0]["remains"] == ["V1", "V2"]
        assert "kinship.same-profile" in {finding["rule"] for finding in found["findings"]}
    said = run(event, tmp_path, "evidence", "--remains", "V1", "--missing", "C").stdout
    assert "The same profile was found in V2" in said


def test_haplotype_values_written_as_numbers_and_as_text_are_one(event) -> None:
    event["samples"] = {
        "S": {"haplotypes": {"Y": {"DYS19": 14, "DYS390": "24.0"}}},
        "V1": {"haplotypes": {"Y": {"DYS19": "14", "DYS390": 24}}},
    }
    event["haplotype_databases"] = {"Y": {"size": 1000}}
    (line,) = kinship.evidence_sheet(kinship.case_of(event), "V1", "B1").lineages
    assert (line.shared, line.differences) == (2, 0)

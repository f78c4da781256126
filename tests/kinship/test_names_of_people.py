"""People of several families who bear one id, ids that hold a slash, and the order in which a file lists the missing."""

from __future__ import annotations

import copy
import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from opencompact.cli.kinship import kinship as command
from opencompact.errors import InvalidDataError
from opencompact.missing import joint, kinship
from opencompact.missing.kinship import sheet


@pytest.fixture
def shared(event: dict[str, Any]) -> dict[str, Any]:
    """The synthetic event with a third family that calls the one it misses C, as family B does."""
    event["families"].append({**copy.deepcopy(event["families"][1]), "name": "Z"})
    event["missing"][-1:] = ["B/C", "Z/C"]
    calls = event["genotypes_references"].pop("W")
    other = {"TH01": ["12", "12"], "FGA": ["11", "11"], "SE33": ["11", "15"]}
    event["genotypes_references"] |= {"B/W": calls, "Z/W": other}
    return event


def run(file: Path, *arguments: str) -> Any:
    name, *more = arguments
    return CliRunner().invoke(command, [name, str(file), *more], catch_exceptions=False)


def test_only_an_id_that_families_share_bears_the_family(shared) -> None:
    assert kinship.case_of(shared).labels == ("B1", "B2", "B/C", "Z/C")


def test_joint_keeps_people_of_one_id_apart_everywhere(shared) -> None:
    result = joint.identify(kinship.case_of(shared))
    assert result.missing == ("B1", "B2", "B/C", "Z/C")
    named = {person for one in result.assignments for person in one.assignment.values()}
    assert named == {"B1", "B2", "B/C", "Z/C", "*"}
    for one in result.assignments:
        taken = [person for person in one.assignment.values() if person != "*"]
        assert len(set(taken)) == len(taken), "nobody is two remains"
    for row in range(3):
        for column, person in enumerate(result.missing):
            expected = sum(one.posterior for one in result.assignments if one.assignment[result.remains[row]] == person)
            assert result.marginal[row, column] == pytest.approx(expected, abs=1e-12)
    assert {one.missing for one in result.identified} == set(result.missing)
    for one in result.identified:
        having = [a.ln_LR_vs_null for a in result.assignments if a.assignment[one.remains] == one.missing]
        lacking = [a.ln_LR_vs_null for a in result.assignments if a.assignment[one.remains] != one.missing]
        assert one.ln_GLR == pytest.approx(max(having) - max(lacking))


def test_every_command_names_them_apart_and_takes_the_name_back(shared, tmp_path: Path) -> None:
    file = tmp_path / "case.json"
    file.write_text(json.dumps(shared))
    found = json.loads(run(file, "search", "--floor", "-5", "--json").stdout)
    assert found["pairwise"]["LR"]["columns"] == ["B1", "B2", "B/C", "Z/C"]
    assert {"B/C", "Z/C"} <= {hit["missing"] for hit in found["hits"]}
    streamed = [json.loads(line) for line in run(file, "search", "--floor", "-5", "--stream").stdout.splitlines()]
    assert {"B/C", "Z/C"} <= {hit["missing"] for hit in streamed}
    for name in ("B/C", "Z/C"):
        assert json.loads(run(file, "table", "--missing", name, "--json").stdout)["missing"] == name
        asked = run(file, "evidence", "--remains", "V1", "--missing", name, "--json")
        assert json.loads(asked.stdout)["missing"] == name
    powers = json.loads(run(file, "power", "--simulations", "20", "--whom", "--json").stdout)
    assert {one["missing"] for one in powers["power"]} == {"B1", "B2", "B/C", "Z/C"}
    assert set(powers["whom_to_sample"]) == {"B1", "B2", "B/C", "Z/C"}


def test_the_sheet_bears_the_full_name_in_its_title_and_the_id_beside_its_family(shared) -> None:
    found = kinship.evidence_sheet(kinship.case_of(shared), "V1", "Z/C")
    assert "missing person Z/C" in sheet.as_sheet(found, "en").title
    assert "C of family Z" in next(sheet.sentences(found, "en"))


def test_other_evidence_is_for_one_of_the_two(shared) -> None:
    plain = joint.identify(kinship.case_of(shared)).marginal_flat
    shared["other_likelihood_ratios"] = {"V1": {"Z/C": 0.0}}
    found = joint.identify(kinship.case_of(shared)).marginal_flat
    assert found[0, 3] == 0.0 < plain[0, 3]
    assert found[0, 2] >= plain[0, 2] > 0
    shared["other_likelihood_ratios"] = {"V1": {"C": 0.0}}
    with pytest.raises(InvalidDataError) as caught:
        kinship.case_of(shared)
    assert caught.value.rule == "kinship.person-ambiguous"
    assert "Write B/C or Z/C." in str(caught.value)


def test_a_sample_is_that_of_one_family_where_it_says_so(shared) -> None:
    shared["samples"] = {"Z/W": {"dropout": 0.3}, "nobody": {"dropout": 0.1}}
    case = kinship.case_of(shared)
    assert [family.profiles["W"].dropout for family in case.families[1:]] == [0.0, 0.3]
    assert [(one.rule, one.person) for one in case.findings] == [("kinship.sample-unused", "nobody")]
    shared["samples"] = {"W": {"dropout": 0.3}}
    case = kinship.case_of(shared)
    assert [family.profiles["W"].dropout for family in case.families[1:]] == [0.3, 0.3]
    assert [(one.rule, one.person) for one in case.findings] == [("kinship.sample-shared", "W")]


def test_an_id_may_hold_a_slash(event) -> None:
    text = json.dumps(event).replace('"C"', '"2019/0034"')
    case = kinship.case_of(json.loads(text))
    assert case.labels == ("B1", "B2", "2019/0034")
    assert kinship.find_missing(case, "2019/0034")[0].name == "B"
    assert kinship.find_missing(case, "B/2019/0034")[0].name == "B"


def test_one_person_has_one_profile(event) -> None:
    event["genotypes_references"]["M"] = event["genotypes_references"]["A/M"]
    with pytest.raises(InvalidDataError) as caught:
        kinship.case_of(event)
    assert (caught.value.rule, caught.value.value) == ("kinship.person-twice", "A/M, M")


def test_columns_stand_in_the_order_in_which_the_file_lists_the_missing(event) -> None:
    before = kinship.case_of(event)
    event["missing"] = ["C", "B2", "B1"]
    case = kinship.case_of(event)
    assert kinship.pairwise(case).columns == joint.identify(case).missing == ("C", "B2", "B1")
    again = kinship.pairwise(case).log10_LR[:, ::-1]
    assert again == pytest.approx(kinship.pairwise(before).log10_LR, abs=1e-12)
    assert joint.identify(case).marginal_flat[:, [2, 1, 0, 3]] == pytest.approx(
        joint.identify(before).marginal_flat, abs=1e-12
    )


def test_the_sex_that_amelogenin_shows_is_known_at_markers_on_x_wherever_it_stands(event) -> None:
    event["markers"].append({**event["markers"][0], "name": "DXS8378", "chromosome": "X", "mutation": None})
    event["genotypes_victims"]["V3"] |= {"DXS8378": ["10", "12"], "AMEL": ["X", "X"]}
    remains = kinship.case_of(event).remains_called("V3")
    assert (remains.sex, remains.calls["DXS8378"]) == ("female", (0, 2))


def test_dropout_of_a_marker_may_be_stated_by_another_name_of_it(event) -> None:
    event["samples"] = {"V1": {"dropout_by_marker": {"THO1": 0.25}}}
    assert kinship.case_of(event).remains_called("V1").dropout_at("TH01") == 0.25
    event["samples"] = {"V1": {"dropout_by_marker": {"TPOX": 0.25}}}
    with pytest.raises(InvalidDataError) as caught:
        kinship.case_of(event)
    assert (caught.value.rule, caught.value.value) == ("kinship.marker-unknown", "TPOX")

"""Blind search, joint identification and genotype tables against dvir and pedprobr, case by case."""

import json
import math
from pathlib import Path

import pytest
from click.testing import CliRunner

from opencompact.cli.kinship import kinship as command

PAIRWISE = [
    "b01_search_20x12",
    "b02_search_12x6_prop",
    "d_KETPchap481",
    "d_KETPchap484",
    "d_KETPexer497",
    "d_KETPexer498",
    "d_example1",
    "d_example2",
    "d_exclusionExample",
    "d_fire",
    "d_grave",
    "d_icmp",
    "d_planecrash",
    "d_planecrash_nomut",
    "d_symmetricSibs",
    "j01a",
    "j01b",
    "j01c",
    "j02a",
    "j02b",
    "j02c",
]
WITHOUT_JOINT = {"b01_search_20x12", "b02_search_12x6_prop", "d_exclusionExample", "d_planecrash"}
LONG = {"d_grave", "d_icmp"}
JOINT = [
    pytest.param(name, marks=pytest.mark.slow) if name in LONG else name
    for name in PAIRWISE
    if name not in WITHOUT_JOINT
]


def run(*arguments: str) -> dict:
    result = CliRunner().invoke(command, list(arguments), catch_exceptions=False)
    assert result.exit_code == 0, result.output
    return json.loads(result.stdout)


def number(value: float | str) -> float:
    return {"-Inf": -math.inf, "Inf": math.inf, "NaN": math.nan}[value] if isinstance(value, str) else float(value)


@pytest.mark.parametrize("name", PAIRWISE)
def test_the_pairwise_matrix_agrees_with_the_reference(reference: Path, name: str) -> None:
    file = reference / "kinship" / f"{name}.json"
    expected = json.loads(file.read_text())["expected"]["pairwise"]
    found = run("search", str(file), "--json")["pairwise"]
    for key in ("LR", "log10_LR"):
        assert found[key]["rows"] == expected[key]["rows"]
        assert found[key]["columns"] == expected[key]["columns"]
        for ours, theirs in zip(found[key]["values"], expected[key]["values"], strict=True):
            assert [value is None for value in ours] == [value is None for value in theirs]
            for our, their in zip(ours, theirs, strict=True):
                if their is None:
                    continue
                if key == "LR":
                    assert number(our) == pytest.approx(number(their), rel=2e-9)
                else:
                    assert number(our) * math.log(10) == pytest.approx(number(their) * math.log(10), abs=1e-9)
                    assert isinstance(our, str) == isinstance(their, str)


@pytest.mark.parametrize("name", JOINT)
def test_the_joint_posterior_agrees_with_the_reference(reference: Path, name: str) -> None:
    file = reference / "kinship" / f"{name}.json"
    whole = json.loads(file.read_text())["expected"]
    expected = whole["joint"]
    printed = run("joint", str(file), "--json")
    found = printed["joint"]
    ours = {tuple(sorted(one["assignment"].items())): one for one in found["assignments"]}
    assert len(ours) == found["n_nonzero"] == expected["n_nonzero"]
    # Of the largest events the peer evaluated only the assignments of pairs with an LR above zero.
    counted = "n_of_possible_pairs" if "LR > 0" in expected["call"] else "n_evaluated"
    assert found[counted] == expected["n_evaluated"]
    assert printed["n_assignments"]["size"] == whole["n_assignments"]["size"]
    for theirs in expected["assignments"]:
        our = ours[tuple(sorted(theirs["assignment"].items()))]
        for key in ("ln_likelihood", "ln_LR_vs_null", "posterior_flat_prior"):
            assert our[key] == pytest.approx(theirs[key], abs=1e-9)
    marginal = found["marginal_posterior"]
    assert marginal["rows"] == expected["marginal_posterior"]["rows"]
    assert marginal["columns"] == expected["marginal_posterior"]["columns"]
    for our, theirs in zip(marginal["values"], expected["marginal_posterior"]["values"], strict=True):
        assert our == pytest.approx(theirs, abs=1e-9)


@pytest.mark.parametrize("name", ["x01_table_dropout", "x02_table_dropout_step"])
def test_the_genotype_table_agrees_with_the_reference(reference: Path, name: str) -> None:
    file = reference / "kinship" / f"{name}.json"
    expected = json.loads(file.read_text())["expected"]
    found = run("table", str(file), "--json")
    for marker, genotypes in expected["genotype_probability_given_relatives"].items():
        assert found["genotype_probability_given_relatives"][marker] == pytest.approx(genotypes, abs=1e-9)
    assert found["LR_per_marker_with_dropout"] == pytest.approx(expected["LR_per_marker_with_dropout"], rel=1e-9)
    assert found["log10_LR_with_dropout"] == pytest.approx(expected["log10_LR_with_dropout"], abs=1e-9)


def test_brothers_who_cannot_be_told_apart_are_named(reference: Path) -> None:
    found = run("joint", str(reference / "kinship" / "d_symmetricSibs.json"), "--json")
    named = {tuple(match["missing"]): match for match in found["symmetric_matches"]}
    assert named["M1", "M2"]["remains"] == ["V1", "V2"]
    assert named["M1", "M2"]["posterior"] > 0.999999
    assert named["M1", "M2"]["reason"] == "full siblings"
    assert named["M3", "M4"]["remains"] == ["V3"]


def test_the_mother_without_blood_relatives_is_found_only_jointly(reference: Path) -> None:
    file = str(reference / "kinship" / "j01b.json")
    alone = {(hit["remains"], hit["missing"]): hit["log10_LR"] for hit in run("search", file, "--json")["hits"]}
    assert alone["V2", "cM"] == pytest.approx(0.0, abs=1e-9)
    found = {one["missing"]: one for one in run("joint", file, "--json")["identified"]}
    assert found["cM"]["remains"] == "V2"
    assert found["cM"]["posterior"] > 0.999999
    assert math.exp(found["cM"]["ln_GLR"]) == pytest.approx(14723693.3506753, rel=1e-6)


def test_true_matches_come_first_in_the_blind_search(reference: Path) -> None:
    file = reference / "kinship" / "b02_search_12x6_prop.json"
    truth = json.loads(file.read_text())["truth"]
    strong = [hit for hit in run("search", str(file), "--json")["hits"] if hit["log10_LR"] > 4]
    assert len(strong) >= 3
    for hit in strong:
        assert truth[hit["remains"]] == hit["missing"]
        assert hit["expected_chance_hits"] < 1e-3

"""Every likelihood of the reference cases, named after them: forrel, pedprobr and Familias computed these numbers."""

import json
import math
from pathlib import Path

import pytest
from click.testing import CliRunner

from opencompact.cli.kinship import kinship as command

NAMES = [
    "k01_parent_child",
    "k02_full_sibs",
    "k03_half_sibs",
    "k04_avuncular",
    "k05_grandparent",
    "k06_first_cousins",
    "k07_double_first_cousins",
    "k08_second_cousins",
    "k09_pc_mut_equal",
    "k10_pc_mut_proportional",
    "k11_pc_mut_stepwise",
    "k12_sibs_mut_stepwise",
    "k13_gp_mut_equal",
    "k14_pc_no_mut_exclusion",
    "k15_pc_mut_onestep",
    "k16_pc_mut_dawid",
    "k17_two_sibs_grandparent",
    "k18_two_sibs_grandparent_step",
    "k19_both_parents",
    "k20_both_parents_mut",
    "k21_spouse_two_children",
    "k22_sib_and_cousin",
    "k23_half_and_full_sib",
    "k24_uncle_and_cousin",
    "k25_inbred_cousin_parents",
    "k26_inbred_cousin_parents_mut",
    "k27_incest_sib_mating",
    "k28_founder_inbreeding",
    "k29_six_hypotheses",
    "k30_missing_and_partial",
    "k31_snp90_half_sibs",
    "k32_x_father_daughter",
    "k33_x_paternal_half_sisters",
    "k34_x_full_sisters",
    "k35_x_mother_son_mut",
    "k36_x_paternal_grandmother",
    "s01_silent_pc",
    "s02_silent_pc_mut",
    "s03_silent_sibs",
    "t01_theta_pc",
    "t02_theta_sibs",
    "t03_theta_half_sibs",
    "t04_theta_multi",
    "t05_theta_mut",
]


def run(*arguments: str) -> dict:
    result = CliRunner().invoke(command, list(arguments), catch_exceptions=False)
    assert result.exit_code == 0, result.output
    return json.loads(result.stdout)


def number(value: float | str) -> float:
    return {"-Inf": -math.inf, "Inf": math.inf, "NaN": math.nan}[value] if isinstance(value, str) else float(value)


@pytest.mark.parametrize("name", NAMES)
def test_the_likelihoods_agree_with_the_reference(reference: Path, name: str) -> None:
    file = reference / "kinship" / f"{name}.json"
    expected = json.loads(file.read_text())["expected"]
    found = run("lr", str(file), "--json")
    tolerance = 1e-6 if name.startswith("s") else 1e-9
    for hypothesis, markers in expected["ln_likelihood_per_marker"].items():
        ours = found["ln_likelihood_per_marker"][hypothesis]
        assert ours.keys() == markers.keys()
        for marker, value in markers.items():
            assert number(ours[marker]) == pytest.approx(number(value), abs=tolerance), (hypothesis, marker)
    scale = len(next(iter(expected["ln_likelihood_per_marker"].values())))
    for key in ("ln_likelihood", "log10_LR"):
        for hypothesis, value in expected[key].items():
            assert number(found[key][hypothesis]) == pytest.approx(number(value), abs=tolerance * scale)
            if isinstance(value, str):
                assert found[key][hypothesis] == value, "an infinity is written as the reference writes it"
    for hypothesis, value in expected["LR"].items():
        assert number(found["LR"][hypothesis]) == pytest.approx(number(value), rel=tolerance * scale)


def test_no_reference_case_is_left_out(reference: Path) -> None:
    files = {path.stem for path in (reference / "kinship").glob("[kst][0-9]*.json")}
    assert files == set(NAMES)

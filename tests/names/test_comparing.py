"""Names in every script: one name in other letters is near, another is far, the order and the side do not matter."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import settings as examples
from hypothesis import strategies as st

from opencompact.missing import names

# Common given names and their usual spellings: facts of language, nobody's name.
SAME = [
    ("محمد", "Mohamed"), ("محمد", "Mouhamed"), ("عبد الرحمن", "Abdulrahman"), ("ተስፋይ", "Tesfay"), ("Юлия", "Yulia"),
    ("মোহাম্মদ", "Mohammad"), ("Ousmane", "Usman"), ("Diallo", "Jallow"),
]  # fmt: skip


@pytest.mark.parametrize(("one", "other"), SAME)
def test_a_name_in_another_script_or_spelling_is_nearer_than_another_name(one: str, other: str) -> None:
    near = names.compare(one, other).log_likelihood_ratio
    assert near > names.compare(one, "Ekaterina").log_likelihood_ratio
    assert near > 0


@pytest.mark.parametrize(("one", "other"), SAME)
def test_the_side_does_not_matter(one: str, other: str) -> None:
    there, back = names.compare(one, other), names.compare(other, one)
    assert there.log_likelihood_ratio == pytest.approx(back.log_likelihood_ratio, abs=1e-3)


def test_a_common_name_says_less_than_a_rare_one() -> None:
    common = names.compare("Mohamed", "Mohamed").log_likelihood_ratio
    assert 0 < common < names.compare("Gebremedhin", "Gebremedhin").log_likelihood_ratio


@examples(max_examples=examples.default.max_examples // 2)
@given(st.text(max_size=60), st.text(max_size=60))
def test_no_text_crashes_the_comparison(one: str, other: str) -> None:
    assert isinstance(names.compare(one, other).log_likelihood_ratio, float)


def test_the_command_gives_json_and_scores_a_file(tmp_path: Path) -> None:
    def run(*arguments: str) -> str:
        command = [sys.executable, "-m", "opencompact.cli", "names", *arguments]
        return subprocess.run(command, check=True, capture_output=True, text=True).stdout

    assert json.loads(run("compare", "محمد", "Mohamed", "--json"))
    (tmp_path / "pairs.tsv").write_text("name1\tname2\tkept\nمحمد\tMohamed\tx\nمحمد\tPedro\ty\n", encoding="utf-8")
    run("score", str(tmp_path / "pairs.tsv"), "--out", str(tmp_path / "scored.tsv"))
    heading, first, second = (tmp_path / "scored.tsv").read_text(encoding="utf-8").splitlines()
    assert heading.split("\t") == ["name1", "name2", "kept", "score"]
    assert float(first.split("\t")[3]) > float(second.split("\t")[3])

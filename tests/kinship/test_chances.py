"""DNA is no more certain than what it rests on: a table shows neither certainty nor nothing."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from opencompact.cli.kinship.group import chance
from opencompact.cli.main import opencompact
from opencompact.cli.speaking import speaking


@pytest.mark.parametrize(
    ("posterior", "shown"),
    [(1.0, "> 0.999999"), (0.9999995, "> 0.999999"), (0.0, "< 0.000001"), (1e-9, "< 0.000001"), (0.5, "0.500000")],
)
def test_a_posterior_is_neither_certain_nor_nothing(posterior: float, shown: str) -> None:
    assert chance(posterior) == shown


def test_it_is_written_as_the_language_writes_numbers() -> None:
    with speaking("fr"):
        assert chance(1.0) == "> 0,999999"


def test_search_and_joint_never_print_certainty(tmp_path: Path) -> None:
    case = tmp_path / "event.json"
    for arguments in (["example", "--out", str(case)], ["search", str(case)], ["joint", str(case)]):
        done = CliRunner().invoke(opencompact, ["kinship", *arguments])
        assert done.exit_code == 0
        assert "1.000000" not in done.output
    found = json.loads(CliRunner().invoke(opencompact, ["kinship", "search", str(case), "--json"]).output)
    assert max(hit["posterior"] for hit in found["hits"]) > 0.999999  # JSON keeps the number as it was computed

"""The commands on files of actions."""

import json
import subprocess
import sys
from pathlib import Path

from click.testing import CliRunner

from opencompact import actions
from opencompact.cli.main import opencompact

GOOD = "kind,id,title,language,objectives\npledge,a,A pledge,en,8\n"


def run(*arguments: str) -> tuple[int, str]:
    result = CliRunner().invoke(opencompact, ["actions", *arguments])
    return result.exit_code, result.output


def test_a_template_passes_the_check(tmp_path: Path) -> None:
    for name in ("pledges.xlsx", "pledges.csv"):
        out = tmp_path / name
        assert run("template", "pledge", "--out", str(out))[0] == 0
        code, output = run("check", str(out))
        assert (code, "rows read 0" in output) == (0, True)


def test_faults_are_told_and_the_exit_code_says_so(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text(GOOD + "pledge,b,Another,en,99\n")
    code, output = run("check", str(path), "--json")
    content = json.loads(output)
    assert code == 4
    assert content["rows"] == 2
    assert [(f["row"], f["column"], f["value"]) for f in content["faults"]] == [(3, "objectives", "99")]


def test_progress_counts_by_kind(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text(GOOD)
    code, output = run("progress", str(path), "--json")
    assert (code, json.loads(output)["pledge"]["states"]["promised"]) == (0, 1)


def test_a_file_is_converted_without_loss(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text(GOOD)
    for source, target in (("a.csv", "b.json"), ("b.json", "c.xlsx"), ("c.xlsx", "d.csv")):
        assert run("convert", str(tmp_path / source), "--out", str(tmp_path / target))[0] == 0
    assert "A pledge" in (tmp_path / "d.csv").read_text()


def test_a_file_of_the_sample_is_known_as_such_when_that_is_said(
    tmp_path: Path, sample: tuple[actions.Action, ...]
) -> None:
    """In a process of its own, which nobody has told of the sample's areas."""
    path = tmp_path / "sample.csv"
    path.write_text("".join(actions.csv_lines(sample)), encoding="utf-8")
    asked = [sys.executable, "-m", "opencompact.cli", "actions", "check", str(path)]
    told = subprocess.run([*asked, "--sample"], capture_output=True, text=True, check=False)
    assert (told.returncode, f"without fault {len(sample)}" in told.stdout) == (0, True)
    untold = subprocess.run(asked, capture_output=True, text=True, check=False)
    assert (untold.returncode, "--sample" in untold.stdout) == (4, True)


def test_the_schema_is_printed() -> None:
    code, output = run("schema")
    assert (code, json.loads(output)["required"]) == (0, ["actions"])

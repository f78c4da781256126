"""The commands of `opencompact missing`, and the tutorial as it is printed."""

import json
import re
import shlex
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from opencompact.cli.main import main
from opencompact.cli.missing import missing
from opencompact.errors import InputError, NoDataError

TUTORIAL = Path(__file__).parents[2] / "docs/tutorial/candidates.md"


def run(*arguments: str) -> Result:
    result = CliRunner().invoke(missing, arguments)
    if result.exception and not isinstance(result.exception, SystemExit):
        raise result.exception
    assert result.exit_code == 0, result.output
    return result


def test_the_tutorial_does_what_it_says(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    judged: list[str] = []
    said = {}
    commands = re.findall(r"^\$ opencompact missing (.+)$", TUTORIAL.read_text(encoding="utf-8"), re.MULTILINE)
    for command in commands:
        arguments = [judged[-1] if word == "<id>" else word for word in shlex.split(command)]
        output = run(*arguments).output
        said[command] = output
        if arguments[0] == "judge":
            judged.append(output.split()[0])
    assert len(commands) == 11
    assert len(judged) == 2
    last = json.loads(said["decisions --json"])
    assert last["people"] == [["R000006", "S000006"]]
    assert (last["events"], [one["by"] for one in last["standing"]]) == (3, ["Dr B. Example"])
    lines = [json.loads(line) for line in Path("candidates.jsonl").read_text(encoding="utf-8").splitlines()]
    assert any(one["sought"] == "S000006" and one["found"] == "R000006" and one["rank"] == 1 for one in lines)


def test_candidates_as_json_account_for_every_row(world_folder: Path) -> None:
    output = run(
        "candidates", str(world_folder / "sought.csv"), str(world_folder / "found.csv"), "--top", "2", "--json",
        "--truth", str(world_folder / "truth.csv"),
    ).stdout  # fmt: skip
    content = json.loads(output)
    for file in content["files"]:
        assert file["rows"] == file["records"] + file["set_aside"]
        assert file["synthetic"] is True
    assert content["truth"]["compared"] >= 0.98
    one = content["pairs"][0]
    total = sum(entry["log10_likelihood_ratio"] for entry in one["evidence"])
    assert one["log10_likelihood_ratio"] == pytest.approx(total, abs=0.01)


def test_one_new_report_is_searched_for(world_folder: Path, tmp_path: Path) -> None:
    rows = (world_folder / "sought.csv").read_text(encoding="utf-8").splitlines()
    report = tmp_path / "report.csv"
    report.write_text("\n".join(rows[:2]) + "\n", encoding="utf-8")
    content = json.loads(run("search", str(report), str(world_folder / "found.csv"), "--top", "3", "--json").stdout)
    assert content["candidates"] == 3
    assert content["search_seconds"] > 0


def test_a_record_that_is_not_there_is_named_with_its_neighbour(world_folder: Path) -> None:
    with pytest.raises(NoDataError) as error:
        run("explain", str(world_folder / "sought.csv"), str(world_folder / "found.csv"), "S999999", "R000001")
    assert error.value.value == "S999999"


def test_a_file_that_is_not_there_is_one_sentence(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as stopped:
        main(["missing", "candidates", "nowhere.csv", "nowhere.csv"])
    assert stopped.value.code == InputError.exit_code
    assert "Traceback" not in capsys.readouterr().err


def test_the_calibration_command_prints_what_came_true() -> None:
    content = json.loads(run("calibrate", "--seed", "101", "--size", "100", "--json").stdout)
    assert sum(one["pairs"] for one in content["bins"]) > 0
    assert 0 <= content["brier"] < 0.2

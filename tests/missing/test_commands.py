"""The commands of `opencompact missing`, and the tutorial as it is printed."""

import json
import re
import shlex
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from opencompact.cli.main import main
from opencompact.cli.missing import missing
from opencompact.errors import InputError, NoDataError, UsageError

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
    assert len(commands) == 14
    assert "* Fewer than 10 people tell of it: it is not written." in said["learn world/sought.csv world/found.csv"]
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
    assert content["ready_seconds"] > 0


def test_check_lists_what_is_to_be_mended_and_accounts_for_every_row(tmp_path: Path) -> None:
    table = tmp_path / "found.csv"
    table.write_text(
        "id,name,age,found_place,birth_date,found_date,note\n1,Amina,30,at sea,,,x\n2,Omar,ten or so and more,Sabha,,,\n"
        "3,Ali,60,,1990-01-01,2023-01-01,\n1,Again,20,,,,\n",
        encoding="utf-8",
    )
    content = json.loads(run("check", str(table), "--kind", "found", "--json").stdout)
    assert (content["rows"], content["rows_kept"], content["rows_set_aside"]) == (4, 3, 1)
    assert (content["cells_not_read"], content["findings"], content["columns_not_used"]) == (2, 1, ["note"])
    told = [(line["what"], line["row"], line["column"]) for line in content["lines"]]
    assert told == [
        ("set aside", 5, None),
        ("not read", 2, "found_place"),
        ("not read", 3, "age"),
        ("finding", 4, "age"),
    ]
    out = tmp_path / "to-mend.csv"
    run("check", str(table), "--out", str(out))
    assert len(out.read_text(encoding="utf-8").splitlines()) == 5
    with pytest.raises(InputError, match="not written over"):
        run("check", str(table), "--out", str(table))


def test_one_mapping_serves_both_files_and_each_keeps_its_kind(tmp_path: Path) -> None:
    for name in ("sought", "found"):
        (tmp_path / f"{name}.csv").write_text("Wer,Wie alt\nAmina Deng,30\n", encoding="utf-8")
    (tmp_path / "map.toml").write_text('[columns]\nname = "Wer"\nage = "Wie alt"\n')
    files = (str(tmp_path / "sought.csv"), str(tmp_path / "found.csv"))
    with pytest.raises(InputError, match="No column") as refused:
        run("candidates", *files)
    assert "--mapping" in str(refused.value.remedy)
    content = json.loads(run("candidates", *files, "--mapping", str(tmp_path / "map.toml"), "--json").stdout)
    assert [(file["rows"], file["records"]) for file in content["files"]] == [(1, 1), (1, 1)]
    assert content["candidates"] == 1


def test_candidates_are_not_written_over_a_file_that_is_read(world_folder: Path) -> None:
    sought = world_folder / "sought.csv"
    with pytest.raises(InputError, match="not written over"):
        run("candidates", str(sought), str(world_folder / "found.csv"), "--out", str(sought))


def test_dna_that_names_no_record_is_told(world_folder: Path, tmp_path: Path) -> None:
    hits = [
        {"missing": "F1/S000001", "family": "F1", "remains": "R000001", "log10_LR": 3.0},
        {"missing": "nobody", "family": "F2", "remains": "R000001", "log10_LR": 3.0},
    ]
    (tmp_path / "dna.json").write_text(json.dumps({"hits": hits}))
    arguments = (str(world_folder / "sought.csv"), str(world_folder / "found.csv"), "--dna", str(tmp_path / "dna.json"))
    errors = run("candidates", *arguments, "--json").stderr
    assert "2 of 2 results name no record" in errors
    assert "nobody – R000001" in errors


def test_a_table_is_as_wide_as_the_environment_says(world_folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    files = (str(world_folder / "sought.csv"), str(world_folder / "found.csv"))
    ids = [path.read_text(encoding="utf-8").splitlines()[1].split(",")[0] for path in map(Path, files)]
    widest = []
    for columns in ("90", "140"):
        monkeypatch.setenv("COLUMNS", columns)
        table = run("explain", *files, *ids).output.split("All evidence")[0]
        widest.append(max(map(len, table.splitlines())))
    assert widest[0] <= 90 < widest[1] <= 140


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


def test_calibration_counts_what_people_judged_and_nothing_else(world_folder: Path, tmp_path: Path) -> None:
    sought, found, file = world_folder / "sought.csv", world_folder / "found.csv", tmp_path / "decisions.jsonl"
    true = [tuple(line.split(",")[:2]) for line in (world_folder / "truth.csv").read_text("utf-8").splitlines()[1:]]
    (a, b), (c, d), (e, f) = true[:3]
    for left, right, verdict in ((a, b, "same"), (c, d, "same"), (a, f, "not-same"), (e, f, "undecided")):
        judge(file, left, right, verdict, "Dr 1", "a chart")
    arguments = ("calibrate", str(sought), str(found), "--decisions", str(file))
    told = json.loads(run(*arguments, "--json").stdout)
    assert told["true_pairs"] == 2
    assert 1 <= sum(one["pairs"] for one in told["bins"]) <= 3
    assert told["leads"] <= 2
    assert told["leads_not_judged"] > 0
    assert "judged to be one person, in all: 2." in " ".join(run(*arguments).stdout.split())


def test_calibration_on_decisions_takes_both_files_and_decisions_about_them(world_folder: Path, tmp_path: Path) -> None:
    sought, found, file = world_folder / "sought.csv", world_folder / "found.csv", tmp_path / "decisions.jsonl"
    judge(file, "P", "Q", "same", "Dr 1", "teeth")
    alone = CliRunner().invoke(missing, ["calibrate", str(sought)])
    assert isinstance(alone.exception, UsageError)
    of_others = CliRunner().invoke(missing, ["calibrate", str(sought), str(found), "--decisions", str(file)])
    assert isinstance(of_others.exception, NoDataError)


def judge(file: Path, left: str, right: str, verdict: str, by: str, why: str, *more: str) -> Result:
    stated = () if "--sought" in more else ("--without-records", "--evidence", "seen by two")
    return run("judge", left, right, verdict, "--by", by, "--why", why, "--decisions", str(file), *stated, *more)


def test_who_disagrees_is_told_and_nothing_is_hidden(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "240")  # what runs the tests may have said another width
    file = tmp_path / "decisions.jsonl"
    first = judge(file, "P", "Q", "same", "Dr 1", "teeth").stdout.split()[0]
    told = judge(file, "P", "Q", "not-same", "Dr 2", "age")
    assert f"Dr 1 judged otherwise ({first}): both stand" in told.stderr
    second = told.stdout.split()[0]
    run("withdraw", first, "--by", "Dr 1", "--why", "a slip", "--decisions", str(file))
    content = json.loads(run("decisions", "--json", "--decisions", str(file)).stdout)
    assert [one["id"] for one in content["standing"]] == [second]
    assert [(one["id"], one["state"]) for one in content["history"]] == [(first, "withdrawn"), (second, "stands")]
    assert content["history"][0]["ended"]["why"] == "a slip"
    shown = run("decisions", "--all", "--decisions", str(file)).stdout
    assert "withdrawn, by Dr 1: a slip" in shown
    assert "3 events, 1 decision that stands, 0 people, 0 conflicts." in shown
    assert first not in run("decisions", "--decisions", str(file)).stdout


def test_the_evidence_kept_with_a_decision_is_what_the_person_saw(world_folder: Path, tmp_path: Path) -> None:
    files = [str(world_folder / f"{name}.csv") for name in ("sought", "found")]
    pair = json.loads(run("candidates", *files, "--top", "1", "--json").stdout)["pairs"][0]
    file = tmp_path / "decisions.jsonl"
    judge(file, pair["sought"], pair["found"], "same", "Dr 1", "x", "--sought", files[0], "--found", files[1])
    (kept,) = json.loads(run("decisions", "--json", "--decisions", str(file)).stdout)["history"]
    seen = {one["field"]: one for one in kept["evidence"]}
    for entry in pair["evidence"]:
        assert seen[entry["field"]]["reason"] == entry["reason"]
        assert "{" not in entry["reason"]
        sides = ("left", "right") if kept["left"] == pair["sought"] else ("right", "left")
        assert [seen[entry["field"]][side] for side in sides] == [entry["sought"], entry["found"]]


def test_a_terminal_obeys_no_code_of_a_record(tmp_path: Path) -> None:
    file = tmp_path / "decisions.jsonl"
    judge(file, "P", "Q", "same", "Dr \x1b[31m1", "a\x1b[2Jb\x9bc\u2028d")
    result = run("decisions", "--decisions", str(file))
    assert "\x1b" not in result.output
    assert "\x9b" not in result.output
    assert "a\ufffd[2Jb" in result.stdout


def test_what_a_crash_left_is_said(tmp_path: Path) -> None:
    file = tmp_path / "decisions.jsonl"
    judge(file, "P", "Q", "same", "Dr 1", "x")
    with file.open("a", encoding="utf-8") as stream:
        stream.write('{"event": "judg')
    assert "row 2: the last line is not finished" in run("decisions", "--decisions", str(file)).stderr


def test_a_record_set_aside_is_not_called_absent(tmp_path: Path) -> None:
    sought, found = tmp_path / "sought.csv", tmp_path / "found.csv"
    sought.write_text("id,name,consent\nC1,Ali Hassan,no\nC13,Omar,\n", encoding="utf-8")
    found.write_text("id,name\nR1,Ali Hassan\n", encoding="utf-8")
    with pytest.raises(NoDataError) as error:
        run("explain", str(sought), str(found), "C1", "R1")
    assert "set aside: Its giver has not agreed" in str(error.value)
    assert "Did you mean" not in str(error.value)


def test_a_cell_that_cannot_be_read_is_shown_no_longer_than_helps(tmp_path: Path) -> None:
    sought, found = tmp_path / "sought.csv", tmp_path / "found.csv"
    sought.write_text(f"id,name,sex\nC1,Ali,{'x' * 10_000}\n", encoding="utf-8")
    found.write_text("id,name\nR1,Ali Hassan\n", encoding="utf-8")
    assert len(run("candidates", str(sought), str(found)).stderr) < 400


@pytest.mark.parametrize("command", [("world", "--size", "1", "--out", "w"), ("calibrate", "--size", "50")])
def test_a_seed_below_zero_is_refused_with_its_option(command: tuple[str, ...]) -> None:
    told = CliRunner().invoke(missing, [*command, "--seed", "-1"])
    assert told.exit_code == 2
    assert "--seed" in told.output


def test_pairs_of_the_truth_that_do_not_count_are_told(world_folder: Path, tmp_path: Path) -> None:
    lines = (world_folder / "truth.csv").read_text(encoding="utf-8").splitlines()
    truth = tmp_path / "truth.csv"
    truth.write_text("\n".join([*lines, lines[1], "S999999,R000001", "nobody,"]) + "\n", encoding="utf-8")
    arguments = ("candidates", str(world_folder / "sought.csv"), str(world_folder / "found.csv"), "--truth", str(truth))
    told = json.loads(run(*arguments, "--json").stdout)["truth"]
    assert (told["pairs"], told["not_in_files"], told["stated_again"]) == (len(lines) - 1, 2, 1)
    output = " ".join(run(*arguments, "--top", "1").output.split())
    assert "2 pairs of the truth name no record of each file" in output
    assert "1 line of the truth says again" in output


def test_a_page_of_a_longer_answer_is_not_taken_for_the_whole(tmp_path: Path) -> None:
    page = tmp_path / "answers.json"
    answers = [{"id": "1", "name": "Sample"}, {"id": "2", "name": "Other"}]
    page.write_text(json.dumps({"count": 1200, "next": "https://example.org/?start=2", "results": answers}))
    assert json.loads(run("check", str(page), "--json").stdout)["answers_not_in_file"] == 1198
    assert "1198 answers are not in it" in " ".join(run("check", str(page)).output.split())


def test_a_decision_says_on_what_evidence_it_rests(world_folder: Path, tmp_path: Path) -> None:
    file = tmp_path / "decisions.jsonl"
    files = ("--sought", str(world_folder / "sought.csv"), "--found", str(world_folder / "found.csv"))
    bare = ("--by", "Dr 1", "--why", "x", "--decisions", str(file))
    pair = (world_folder / "truth.csv").read_text(encoding="utf-8").splitlines()[1].split(",")[:2]
    unseen = ("--without-records",)
    for more in ((), files[:2], ("--evidence", "x"), unseen, (*unseen, "--evidence", " "), (*unseen, *files)):
        with pytest.raises(UsageError):
            run("judge", *pair, "same", *bare, *more)
    assert not file.exists()
    run("judge", *pair, "undecided", *bare, *unseen)
    run("judge", *pair, "same", *bare, *files, "--evidence", "DNA of the mother, report 12")
    kept = json.loads(run("decisions", "--decisions", str(file), "--json").stdout)["history"][-1]["evidence"]
    assert kept[0] == {
        "field": "stated",
        "log10_likelihood_ratio": None,
        "reason": "DNA of the mother, report 12",
        "left": "",
        "right": "",
    }
    assert len(kept) > 3

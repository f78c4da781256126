"""The commands init, import, sources, values and revisions: text for people, JSON that stays, exit codes by kind."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from opencompact.cli.main import main, opencompact


@pytest.fixture
def run(tmp_path: Path) -> Callable[..., Result]:
    def call(*arguments: str | Path) -> Result:
        workspace = {"OPENCOMPACT_WORKSPACE": str(tmp_path / "workspace")}
        return CliRunner().invoke(opencompact, [str(part) for part in arguments], env=workspace, catch_exceptions=False)

    return call


@pytest.fixture
def ready(
    run: Callable[..., Result], folder: Path, incident_file: Callable, incident_line: Callable
) -> Callable[..., Result]:
    path = incident_file("2026-02-06", [incident_line(n, f"2026-01-{n:02}", dead=n) for n in range(28, 32)])
    assert run("import", path).exit_code == 0
    return run


def test_init_says_what_to_do_next(run: Callable[..., Result], tmp_path: Path) -> None:
    said = run("init", tmp_path / "fresh")
    assert "opencompact import" in said.output
    assert (tmp_path / "fresh" / "manifest.json").exists()


def test_an_import_ends_with_its_account(
    run: Callable[..., Result], folder: Path, incident_file: Callable, incident_line: Callable
) -> None:
    path = incident_file("2026-02-06", [incident_line(1, "2026-01-03")])
    path.with_name("table.csv").write_text("a,b\n1,2\n", encoding="utf-8")
    said = json.loads(run("import", "--all", path.parent, "--json").output)
    assert said["summary"]["kept"]["rows_read"] == 1
    assert said["summary"]["not recognised"]["rows_set_aside"] == 1
    assert said["unchanged"] == 0
    text = run("import", "--all", path.parent).output
    assert "Read = kept + set aside" in text
    assert "1 file was there already" in text


def test_values_as_json_are_a_list_of_objects_with_stable_keys(ready: Callable[..., Result]) -> None:
    found = json.loads(
        ready("values", "missing.dead", "--area", "World", "--period", "2026", "--origin", "_T", "--json").output
    )
    keys = {
        "indicator",
        "area",
        "period",
        "value",
        "unit",
        "status",
        "source",
        "vintage",
        "sex",
        "age",
        "migratory_status",
        "origin",
    }
    breakdowns = {"route", "cause", "region", "origin-region"}
    assert all(keys | breakdowns == set(entry) for entry in found)
    details = json.loads(ready("values", "missing.dead", "--area", "001", "--details", "--json").output)
    assert {"confidentiality", "lower", "upper", "note", "file", "row"} < set(details[0])
    total = [
        entry
        for entry in found
        if {"route", "cause", "region", "origin-region"} <= set(entry)
        and entry["route"] == entry["cause"] == entry["region"] == entry["origin-region"] == "_T"
    ]
    assert [(entry["area"], entry["value"], entry["status"]) for entry in total] == [("001", 118.0, "P")]
    assert [entry["value"] for entry in found if entry["cause"] == "Drowning"] == [118.0]


def test_values_as_text_say_which_edition_was_chosen(ready: Callable[..., Result]) -> None:
    said = ready("values", "10.7.3", "--area", "001").output
    assert "chosen from iom.missing-migrants@2026-02-06" in said


def test_revisions_are_listed(ready: Callable[..., Result], incident_file: Callable, incident_line: Callable) -> None:
    ready(
        "import", incident_file("2026-03-06", [incident_line(n, f"2026-01-{n:02}", dead=2 * n) for n in range(28, 32)])
    )
    found = json.loads(ready("revisions", "missing.dead", "--area", "001", "--json").output)
    assert {entry["percent"] for entry in found} == {100.0}
    assert "revisions" in ready("revisions", "missing.dead", "--area", "001").output


def test_sources_say_where_each_file_is_offered_and_what_was_set_aside(ready: Callable[..., Result]) -> None:
    assert "iom.missing-migrants" in ready("sources").output
    one = json.loads(ready("sources", "undesa.migrant-stock", "--json").output)[0]
    assert one["offered_at"].startswith("https://")
    assert one["tables"][0]["called"].endswith(".xlsx")
    assert json.loads(ready("sources", "--loaded", "--json").output)[0]["kept"] == 4
    assert json.loads(ready("sources", "--files", "--json").output)[0]["outcome"] == "kept"
    assert json.loads(ready("sources", "--set-aside", "iom.missing-migrants@2026-02-06", "--json").output) == []


@pytest.mark.parametrize(
    ("arguments", "code", "says"),
    [
        (["values", "10.7.33"], 5, "10.7.3"),
        (["values", "10.7.3", "--area", "Atlantiss"], 5, "area"),
        (["values", "MISSING.dead"], 5, "Near ones: missing.dead"),
        (["values", "10.7.3", "--sex", "female"], 5, "Write F."),
        (["values", "10.7.3", "--age", "0-17"], 5, "Write Y0T17."),
        (["values", "10.7.3", "--migratory-status", "migrants"], 5, "Write MIGRANT."),
        (["values", "10.7.3", "--period", "20x"], 2, "2015..2023"),
        (["values", "10.7.3", "--period", "2026..2020"], 2, "2020..2026"),
        (["values", "10.7.3", "--vintage", "2020"], 6, "2026-02-06"),
        (["values", "missing.dead", "--breakdown", "rout=Sahara"], 5, "route"),
        (["values", "remittances.sent"], 6, "opencompact sources"),
        (["values", "10.7.3", "-w", "nowhere"], 7, "opencompact init"),
        (["import", "absent.csv"], 3, "absent.csv"),
        (["import", "--all", "absent"], 3, "absent"),
        (["sources", "iom"], 5, "iom.missing-migrants"),
        (["review", "Mexco", "--out", "never"], 5, "MEX (Mexico)"),
        (["review", "MEX", "--out", "never", "-w", "nowhere"], 7, "opencompact init"),
        (["demo", "--area", "Mexco", "--out", "never"], 5, "MEX (Mexico)"),
        (["demo", "--area", "MEX", "--out", "never"], 2, "--data FOLDER"),
        (["sources", "--set-aside", "iom.missing-migrants@1999-01-01"], 6, "2026-02-06"),
    ],
)
def test_each_kind_of_error_has_its_exit_code_and_one_sentence(
    ready: Callable[..., Result],
    folder: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    arguments: list[str],
    code: int,
    says: str,
) -> None:
    monkeypatch.setenv("OPENCOMPACT_WORKSPACE", str(folder))
    with pytest.raises(SystemExit) as stopped:
        main(arguments)
    said = capsys.readouterr().err
    assert stopped.value.code == code
    assert says in said
    assert said.startswith("Error: ")
    assert "Traceback" not in said


@pytest.mark.parametrize("command", ["init", "import", "sources", "values", "revisions"])
def test_help_has_an_example(run: Callable[..., Result], command: str) -> None:
    assert f"Example: opencompact {command}" in run(command, "--help").output


def test_a_fault_of_ours_is_a_sentence_and_no_traceback(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    from opencompact.statistics import Workspace

    def stumble(*_: object, **__: object) -> None:
        raise ZeroDivisionError("division by zero")

    monkeypatch.setattr(Workspace, "values", stumble)
    for flags in ([], ["--json"]):
        with pytest.raises(SystemExit) as stopped:
            main(["values", "migrants", "-w", str(folder), *flags])
        said = capsys.readouterr().err
        assert stopped.value.code == 1
        assert "division by zero" in said
        assert "Traceback" not in said
    monkeypatch.setenv("OPENCOMPACT_TRACE", "1")
    with pytest.raises(ZeroDivisionError):
        main(["values", "migrants", "-w", str(folder)])


def test_a_long_table_is_printed_at_once_each_row_on_one_line(capsys: pytest.CaptureFixture[str]) -> None:
    from opencompact.cli.output import print_table
    from opencompact.cli.tables import LONG

    rows = [["墨西哥" if number == 7 else "MEX", number, "x" * 300] for number in range(LONG + 1)]
    print_table(["area", "value", "note"], rows, right=[1])
    lines = capsys.readouterr().out.splitlines()
    assert len(lines) == LONG + 2
    assert lines[0] == "area     value   note"
    assert lines[1].startswith("MEX          0   xxx")
    assert lines[8].startswith("墨西哥       7   xxx")


def test_words_that_are_to_be_copied_are_not_broken(capsys: pytest.CaptureFixture[str]) -> None:
    from opencompact.cli.output import print_table

    address = "https://example.org/" + "a" * 120
    print_table(["source", "offered at", "what"], [["iom.missing-migrants", address, "many words " * 30]] * 2)
    printed = capsys.readouterr().out.split()
    assert printed.count(address) == 2
    assert printed.count("iom.missing-migrants") == 2


def test_one_value_is_one_and_none_is_said_in_words(ready: Callable[..., Result]) -> None:
    one = ready("values", "missing.dead", "--area", "001", "--period", "2026-01", "--breakdown", "_T", "--origin", "_T")
    assert "1 value. " in one.output
    assert "1 values" not in one.output
    none = ready("values", "missing.dead", "--area", "MEX")
    assert none.exit_code == 0
    assert "No value: the indicator is loaded" in none.output
    assert "nowhere" not in none.output


def test_a_file_that_is_there_already_is_one(
    ready: Callable[..., Result], incident_file: Callable, incident_line: Callable
) -> None:
    path = incident_file("2020-01-08", [incident_line(1, "2019-05-01")])
    ready("import", str(path))
    assert "1 file was there already and changed nothing." in ready("import", str(path)).output


def test_what_is_loaded_says_which_sources_do_not_state_their_date(
    ready: Callable[..., Result], tmp_path: Path
) -> None:
    assert "do not state their date" not in ready("sources", "--loaded").output
    (tmp_path / "own.csv").write_text("indicator,area,period,value\nmigrants,MEX,2020,5\n", "utf-8")
    ready("import", tmp_path / "own.csv")
    assert "the last day of their data: own.table." in ready("sources", "--loaded").output

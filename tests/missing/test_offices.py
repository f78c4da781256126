"""Two offices that both number from 1: a name before the ids of one, everywhere the same, and nothing rewritten."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from opencompact.cli.missing import missing
from opencompact.errors import InputError, NoDataError
from opencompact.missing.records.reading import read_mapping, read_records

DECISION = ("--by", "Dr A", "--why", "teeth")


def run(*arguments: str) -> Result:
    result = CliRunner(env={"COLUMNS": "160"}).invoke(missing, arguments)
    if result.exception and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result


@pytest.fixture
def offices(tmp_path: Path) -> tuple[str, ...]:
    """A camp and a mortuary that both number from 1, as they came, and a mapping of one line."""
    (tmp_path / "camp.csv").write_text("id,kind,name\n1,sought,Sira Dembo\n2,sought,Ali Zerihun\n", encoding="utf-8")
    (tmp_path / "mortuary.csv").write_text(
        "id,kind,name\n1,remains,Ali Zerihun\n2,remains,Sira Dembo\n", encoding="utf-8"
    )
    (tmp_path / "camp.toml").write_text('id_prefix = "camp"\n', encoding="utf-8")
    return str(tmp_path / "camp.csv"), str(tmp_path / "mortuary.csv"), "--mapping-sought", str(tmp_path / "camp.toml")


def test_the_name_of_an_office_stands_before_its_ids_in_every_command(offices: tuple[str, ...], tmp_path: Path) -> None:
    files, mapping, kept = offices[:2], offices[2:], str(tmp_path / "decisions.jsonl")
    pairs = json.loads(run("candidates", *offices, "--top", "1", "--json").stdout)["pairs"]
    assert {(one["sought"], one["found"]) for one in pairs} == {("camp:1", "2"), ("camp:2", "1")}
    assert json.loads(run("explain", *files, "camp:1", "2", *mapping, "--json").stdout)["sought"] == "camp:1"
    looked_at = ("--sought", files[0], "--found", files[1], *mapping, "--decisions", kept)
    run("judge", "camp:1", "2", "same", *DECISION, *looked_at)
    run("judge", "camp:2", "1", "same", *DECISION, *looked_at)
    told = json.loads(run("decisions", "--decisions", kept, "--json").stdout)
    assert told["people"] == [["1", "camp:2"], ["2", "camp:1"]]
    again = run("candidates", *offices, "--top", "1", "--decisions", kept, "--json")
    assert again.stderr == ""
    assert {one["found"] for one in json.loads(again.stdout)["pairs"]} == {"1", "2"}


def test_who_forgets_the_name_is_told_which_record_is_meant(offices: tuple[str, ...]) -> None:
    with pytest.raises(NoDataError) as error:
        run("explain", *offices[:2], "1", "2", *offices[2:])
    assert error.value.remedy == "Did you mean camp:1?"


@pytest.mark.parametrize("prefix", ["a b", "camp:", "x" * 41])
def test_a_name_that_could_not_be_typed_is_refused(prefix: str, tmp_path: Path) -> None:
    mapping = tmp_path / "mapping.toml"
    mapping.write_text(f'id_prefix = "{prefix}"\n', encoding="utf-8")
    with pytest.raises(InputError) as error:
        read_mapping(mapping)
    assert (error.value.place.column, error.value.value) == ("id_prefix", prefix)


def test_a_record_without_an_id_has_the_name_of_its_office_too(tmp_path: Path) -> None:
    table = tmp_path / "list.csv"
    table.write_text("name\nSira Dembo\n", encoding="utf-8")
    (tmp_path / "camp.toml").write_text('id_prefix = "camp"\n', encoding="utf-8")
    (one,) = read_records(table, read_mapping(tmp_path / "camp.toml")).records
    assert one.id == "camp:list.csv:2"


def test_a_decision_knows_the_files_it_was_made_on_and_others_of_these_ids_are_told(
    offices: tuple[str, ...], tmp_path: Path
) -> None:
    """A second camp numbers as the first did: what was judged of camp:1 may be of somebody else."""
    files, mapping, kept = offices[:2], offices[2:], str(tmp_path / "decisions.jsonl")
    looked_at = ("--sought", files[0], "--found", files[1], *mapping, "--decisions", kept)
    run("judge", "camp:1", "2", "same", *DECISION, *looked_at)
    (one,) = json.loads(run("decisions", "--decisions", kept, "--json").stdout)["history"]
    assert one["records_seen"] is True
    assert one["evidence"][-1] == {
        "field": "records",
        "log10_likelihood_ratio": None,
        "reason": "",
        "left": "mortuary.csv, row 3",
        "right": "camp.csv, row 2",
    }
    other = tmp_path / "other.csv"
    other.write_text("id,kind,name\n1,sought,Omar Keita\n", encoding="utf-8")
    told = run("candidates", str(other), files[1], *mapping, "--decisions", kept).stderr
    assert "1 record was in another file when it was judged (camp:1: camp.csv, row 2)" in " ".join(told.split())
    (tmp_path / "third.csv").write_text("id,kind,name\n7,sought,Omar Keita\n", encoding="utf-8")
    (tmp_path / "fourth.csv").write_text("id,kind,name\n8,remains,Omar Keita\n", encoding="utf-8")
    strangers = run("candidates", str(tmp_path / "third.csv"), str(tmp_path / "fourth.csv"), "--decisions", kept).stderr
    assert "1 of 1 decision that stands names no record of these files (2 – camp:1)" in " ".join(strangers.split())


def test_a_decision_without_the_records_says_so(tmp_path: Path) -> None:
    kept = str(tmp_path / "decisions.jsonl")
    told = run("judge", "A", "B", "same", *DECISION, "--without-records", "--evidence", "DNA", "--decisions", kept)
    assert "Nobody looked whether there are such records" in told.stderr
    one = told.stdout.split()[0]
    listed = run("decisions", "--decisions", kept).stdout
    assert f"1 decision was taken without the records: {one}." in " ".join(listed.split())
    assert json.loads(run("decisions", "--decisions", kept, "--json").stdout)["standing"][0]["records_seen"] is False

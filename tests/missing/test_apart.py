"""One id, one record: what a person judged of one is never taken for another of the same number in the other file."""

from pathlib import Path

import pytest
from click.testing import CliRunner

from opencompact.cli.missing import missing
from opencompact.errors import InvalidDataError


@pytest.fixture
def files(tmp_path: Path) -> tuple[str, str]:
    """Two files that both number their records from 1."""
    (tmp_path / "a.csv").write_text("id,kind,name\n1,sought,Sira Dembo\n2,sought,Ali Zerihun\n", encoding="utf-8")
    (tmp_path / "b.csv").write_text(
        "id,kind,sex,name\n9,remains,F,\n2,remains,,Sira Dembo\n3,remains,,Ali Zerihun\n", encoding="utf-8"
    )
    return str(tmp_path / "a.csv"), str(tmp_path / "b.csv")


DECISION = ("--by", "Dr A", "--why", "name")


@pytest.mark.parametrize("command", ["candidates", "search", "explain", "judge"])
def test_an_id_that_stands_in_both_files_is_refused_with_its_place(
    command: str, files: tuple[str, str], tmp_path: Path
) -> None:
    kept = tmp_path / "decisions.jsonl"
    arguments = {
        "candidates": (*files, "--json"),
        "search": (*files, "--json"),
        "explain": (*files, "1", "9"),
        "judge": ("1", "2", "same", *DECISION, "--sought", files[0], "--found", files[1], "--decisions", str(kept)),
    }[command]
    refused = CliRunner().invoke(missing, [command, *arguments]).exception
    assert isinstance(refused, InvalidDataError)
    assert (Path(str(refused.place.file)).name, refused.place.row, refused.place.column, refused.value) == (
        "b.csv",
        3,
        "id",
        "2",
    )
    assert 'id_prefix = "camp"' in str(refused.remedy)
    assert not kept.exists()


def test_two_records_of_one_file_can_be_judged(files: tuple[str, str], tmp_path: Path) -> None:
    kept = tmp_path / "decisions.jsonl"
    arguments = ["1", "2", "not-same", *DECISION, "--sought", files[0], "--found", files[0], "--decisions", str(kept)]
    assert CliRunner().invoke(missing, ["judge", *arguments]).exit_code == 0
    assert kept.exists()


def test_a_record_that_was_set_aside_keeps_its_id_to_itself(tmp_path: Path) -> None:
    """A decision may name it: its number is not free for another person."""
    (tmp_path / "a.csv").write_text("id,name,consent\n1,Sira Dembo,no\n2,Ali Zerihun,\n", encoding="utf-8")
    (tmp_path / "b.csv").write_text("id,name\n1,Sira Dembo\n", encoding="utf-8")
    told = CliRunner().invoke(missing, ["candidates", str(tmp_path / "a.csv"), str(tmp_path / "b.csv")])
    assert isinstance(told.exception, InvalidDataError)


@pytest.mark.parametrize("command", ["candidates", "search", "explain"])
def test_files_the_other_way_round_are_refused(command: str, tmp_path: Path) -> None:
    """The column kind says who is sought: a journey from a discovery to a last contact is none."""
    found, sought = tmp_path / "found.csv", tmp_path / "sought.csv"
    found.write_text("id,kind,name\nR1,remains,Sira Dembo\nR2,found,Ali Zerihun\n", encoding="utf-8")
    sought.write_text("id,kind,name\nS1,sought,Sira Dembo\n", encoding="utf-8")
    more = ("R1", "S1") if command == "explain" else ("--json",)
    refused = CliRunner().invoke(missing, [command, str(found), str(sought), *more]).exception
    assert isinstance(refused, InvalidDataError)
    assert (refused.place.row, refused.place.column, refused.value) == (2, "kind", "remains")
    assert "sought.csv first, then found.csv" in str(refused.remedy)
    right = CliRunner().invoke(missing, [command, str(sought), str(found), *more[::-1]])
    assert right.exit_code == 0


def test_two_files_of_people_found_may_be_compared(tmp_path: Path) -> None:
    """Somebody seen alive, and remains: neither file is of people sought."""
    first, second = (tmp_path / name for name in ("alive.csv", "remains.csv"))
    first.write_text("id,kind,name\nA1,found,Sira Dembo\n", encoding="utf-8")
    second.write_text("id,kind,name\nR1,remains,Sira Dembo\n", encoding="utf-8")
    assert CliRunner().invoke(missing, ["explain", str(first), str(second), "A1", "R1"]).exit_code == 0

"""Made-up people say that they are, wherever they show, and never stand beside people who are looked for."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from opencompact.cli.missing import missing
from opencompact.errors import InvalidDataError

NOTICE = "Synthetic data: these people do not exist."


def run(*arguments: str) -> Result:
    result = CliRunner().invoke(missing, arguments, catch_exceptions=False)
    assert result.exit_code == 0, result.output
    return result


@pytest.fixture
def files(world_folder: Path, tmp_path: Path) -> tuple[str, str]:
    """Eight people sought and eight found of the synthetic world."""
    paths = [tmp_path / f"{name}.csv" for name in ("sought", "found")]
    for path in paths:
        rows = (world_folder / path.name).read_text(encoding="utf-8").splitlines()[:9]
        path.write_text("\n".join(rows) + "\n", encoding="utf-8")
    return str(paths[0]), str(paths[1])


def first_ids(files: tuple[str, str]) -> tuple[str, str]:
    one, other = (Path(file).read_text(encoding="utf-8").splitlines()[1].split(",")[0] for file in files)
    return one, other


def test_every_surface_says_that_its_people_are_made_up(files: tuple[str, str], tmp_path: Path) -> None:
    ids, decided = first_ids(files), str(tmp_path / "decisions.jsonl")
    judged = ("judge", *ids, "same", "--by", "Dr A", "--why", "x", "--sought", files[0], "--found", files[1])
    told = [
        run(*arguments).stdout
        for arguments in (
            ("candidates", *files),
            ("candidates", *files, "--out", str(tmp_path / "out.jsonl")),
            ("duplicates", files[0]),
            ("search", *files),
            ("explain", *files, *ids),
            ("check", files[0]),
            (*judged, "--decisions", decided),
            ("decisions", "--decisions", decided),
        )
    ]
    assert [NOTICE in output for output in told] == [True] * len(told)
    assert "Données synthétiques" in run("explain", *files, *ids, "--lang", "fr").stdout
    for line in (tmp_path / "out.jsonl").read_text(encoding="utf-8").splitlines():
        assert json.loads(line)["synthetic"] is True
    assert json.loads(run("explain", *files, *ids, "--json").stdout)["synthetic"] is True
    content = json.loads(run("decisions", "--json", "--decisions", decided).stdout)
    assert [one["synthetic"] for one in (*content["standing"], *content["history"])] == [True, True]


def test_real_people_are_not_called_made_up(tmp_path: Path) -> None:
    table, decided = tmp_path / "found.csv", str(tmp_path / "decisions.jsonl")
    table.write_text("id,name,sex\nA,Ali Hassan,M\nB,Ali Hasan,M\n", encoding="utf-8")
    run("judge", "A", "B", "undecided", "--by", "Dr A", "--why", "x", "--sought", str(table), "--found", str(table), "--decisions", decided)  # fmt: skip
    for arguments in (
        ("candidates", str(table), str(table)),
        ("check", str(table)),
        ("decisions", "--decisions", decided),
    ):
        assert "Synthetic" not in run(*arguments).stdout
    assert json.loads(run("explain", str(table), str(table), "A", "B", "--json").stdout)["synthetic"] is False


@pytest.mark.parametrize("command", ["candidates", "search", "explain", "judge"])
def test_made_up_people_never_stand_beside_real_ones(files: tuple[str, str], tmp_path: Path, command: str) -> None:
    real = tmp_path / "real.csv"
    real.write_text("id,name,sex\nA,Ali Hassan,M\n", encoding="utf-8")
    made = first_ids(files)[1]
    arguments = {
        "explain": (str(real), files[1], "A", made),
        "judge": ("A", made, "same", "--by", "x", "--why", "x", "--sought", str(real), "--found", files[1]),
    }
    with pytest.raises(InvalidDataError, match="not put side by side") as refused:
        run(command, *arguments.get(command, (str(real), files[1])))
    assert (refused.value.place.row, refused.value.value) == (2, "A")


def test_a_file_of_both_is_refused_too(files: tuple[str, str]) -> None:
    with Path(files[0]).open("a", encoding="utf-8") as stream:
        stream.write("A,sought,,Ali\n")
    with pytest.raises(InvalidDataError, match="not put side by side"):
        run("duplicates", files[0])

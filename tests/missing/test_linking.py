"""`opencompact missing link`: two lists of plain columns as files, in and out."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import numpy as np
import pytest
from click.testing import CliRunner, Result

from opencompact.cli.missing import missing
from opencompact.errors import InvalidDataError, UsageError
from opencompact.missing.candidates.lists import plan_of, read_list, with_whole_names
from opencompact.missing.world.people import people

HEADINGS = ["id", "given_name", "father_name", "sex", "birth_year", "nationality", "consent", "synthetic"]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two hundred people who never lived, in their own script; the first eighty once more in Latin letters among others."""
    folder = tmp_path_factory.mktemp("lists")
    everyone = people(np.random.default_rng(8), 400)
    left = [
        [f"L{p.number}", p.given.native, p.father.native, p.sex, p.birth.year, p.country, "", "yes"]
        for p in everyone[:200]
    ]
    right = [
        [f"R{p.number}", p.given.spellings[-1], p.father.spellings[0], p.sex, p.birth.year, p.country, "", "yes"]
        for p in [*everyone[:80], *everyone[200:]]
    ]
    for name, rows in (("left", left), ("right", right)):
        with (folder / f"{name}.csv").open("w", encoding="utf-8", newline="") as stream:
            csv.writer(stream).writerows([HEADINGS, *rows])
    with (folder / "truth.csv").open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream).writerows([["left", "right"], *[[f"L{p.number}", f"R{p.number}"] for p in everyone[:80]]])
    return folder


def run(*words: object) -> Result:
    done = CliRunner(env={"COLUMNS": "200"}).invoke(missing, ["link", *map(str, words)])
    if done.exception and not isinstance(done.exception, SystemExit):
        raise done.exception
    return done


def test_pairs_of_two_files_are_found_and_measured(folder: Path, tmp_path: Path) -> None:
    out = tmp_path / "pairs.csv"
    done = run(folder / "left.csv", folder / "right.csv", "--truth", folder / "truth.csv", "--out", out, "--json")
    assert done.exit_code == 0, done.output
    told = json.loads(done.output)
    assert told["truth"]["recall"] > 0.9
    assert told["truth"]["precision"] > 0.9
    assert told["synthetic"] is True
    rows = list(csv.DictReader(out.open(encoding="utf-8")))
    right = sum(row["left"][1:] == row["right"][1:] for row in rows)
    assert right / 80 == pytest.approx(told["truth"]["recall"])
    assert right / len(rows) == pytest.approx(told["truth"]["precision"])
    assert len({row["left"] for row in rows}) == len({row["right"] for row in rows}) == len(rows)
    # What the columns say adds up to the whole.
    for row in rows:
        parts = sum(float(row[name]) for name in [*told["columns"], "turned"])
        assert parts == pytest.approx(float(row["ln_likelihood_ratio"]), abs=0.01)


def test_synthetic_people_are_said_to_be_so_in_words(folder: Path) -> None:
    done = run(folder / "left.csv", folder / "right.csv")
    assert "Synthetic data" in done.output
    assert "a person decides" in done.output


def test_real_and_synthetic_people_are_not_put_side_by_side(folder: Path, tmp_path: Path) -> None:
    real = tmp_path / "real.csv"
    real.write_text("id,given_name,sex\n1,Amina,F\n", encoding="utf-8")
    with pytest.raises(InvalidDataError, match="synthetic") as refused:
        run(folder / "left.csv", real)
    assert refused.value.place.file == str(folder / "left.csv")


def test_real_and_synthetic_people_are_not_in_one_list(tmp_path: Path) -> None:
    file = tmp_path / "people.csv"
    file.write_text("id,given_name,synthetic\n1,Amina,yes\n2,Idris,\n", encoding="utf-8")
    with pytest.raises(InvalidDataError, match="synthetic"):
        read_list(file)


def test_whose_giver_refused_is_not_compared(tmp_path: Path) -> None:
    file = tmp_path / "people.csv"
    file.write_text(
        "id,given_name,consent\n1,Amina,\n2,Idris,no\n3,Salma,share: Red Cross yes\n4,Omar,perhaps\n", encoding="utf-8"
    )
    assert read_list(file).ids == ("1", "3")
    assert read_list(file, recipient="Red Cross").ids == ("3",)
    assert read_list(file).refused == 2


def test_cells_that_cannot_be_read_are_counted_and_unknown(tmp_path: Path) -> None:
    file = tmp_path / "people.csv"
    file.write_text(
        "id,given_name,sex,birth_date,pays\n1,Amina,femme,2003-05-31,ኤርትራ\n2,Idris,yes,spring,Atlantis\n",
        encoding="utf-8",
    )
    side = read_list(file)
    assert dict(side.unread) == {"birth_date": 1, "sex": 1}
    assert side.table.select("sex", "country", "birth_year", "birth_date").rows() == [
        ("F", "ERI", 2003, "2003-05-31"),
        (None, "atlantis", None, None),
    ]


def test_an_id_that_stands_twice_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "people.csv"
    file.write_text("id,given_name\n1,Amina\n1,Idris\n", encoding="utf-8")
    with pytest.raises(InvalidDataError, match="another row") as refused:
        run(file, file)
    assert (refused.value.place.row, refused.value.place.column) == (2, "id")


def test_whole_names_are_compared_with_parts_put_together(tmp_path: Path) -> None:
    whole, parts = tmp_path / "whole.csv", tmp_path / "parts.csv"
    whole.write_text("id,name\n1,Amina Yusuf Ali\n", encoding="utf-8")
    parts.write_text("id,given_name,father_name,family_name\n7,Amina,Yusuf,\n", encoding="utf-8")
    sides = with_whole_names(read_list(whole), read_list(parts))
    assert plan_of(*sides).names == ("name",)
    assert sides[1].table["name"].to_list() == ["Amina Yusuf"]


def test_lists_without_a_common_column_of_names_are_refused(tmp_path: Path) -> None:
    one, other = tmp_path / "one.csv", tmp_path / "other.csv"
    one.write_text("id,sex,given_name\n1,F,\n", encoding="utf-8")
    other.write_text("id,sex,given_name\n2,F,Amina\n", encoding="utf-8")
    with pytest.raises(InvalidDataError, match="no column of names"):
        run(one, other)


@pytest.mark.parametrize(
    ("rows", "words", "problem", "file"),
    [
        ("", (), "no rows", "one.csv"),
        ("1,Amina,F,no\n2,Omar,M,no\n", (), "set aside", "one.csv"),
        ("1,Amina,F,\n", ("--recipient", "Red Cross"), "set aside", "one.csv"),
        ("1,Amina,F,share: Red Cross yes\n", ("--recipient", "Red Cross"), "set aside", "other.csv"),
    ],
)
def test_a_list_of_nobody_is_refused_for_what_it_is(
    rows: str, words: tuple[str, ...], problem: str, file: str, tmp_path: Path
) -> None:
    one, other = tmp_path / "one.csv", tmp_path / "other.csv"
    one.write_text(f"id,given_name,sex,consent\n{rows}", encoding="utf-8")
    other.write_text("id,given_name,sex\n2,Amina,F\n", encoding="utf-8")
    with pytest.raises(InvalidDataError, match=problem) as refused:
        run(one, other, *words)
    assert Path(str(refused.value.place.file)).name == file


def test_a_list_beside_itself_is_refused(tmp_path: Path) -> None:
    one = tmp_path / "one.csv"
    one.write_text("id,given_name\n1,Amina\n", encoding="utf-8")
    with pytest.raises(UsageError, match="same file"):
        run(one, one)


def test_a_list_of_one_row_finds_the_person_and_not_the_brother(tmp_path: Path) -> None:
    """One row has taught nobody that most people are in both lists: who shares two of three names alone is not told as likely."""
    everyone = people(np.random.default_rng(4), 150)
    headings = "id,given_name,father_name,family_name,sex,birth_year,nationality\n"
    lines = [
        f"R{p.number},{p.given.spellings[0]},{p.father.spellings[0]},{p.family.spellings[0] if p.family else ''},{p.sex},{p.birth.year},{p.country}\n"
        for p in everyone
    ]
    right = tmp_path / "right.csv"
    person = "Zerihun,Mekuria,Hailemichael,M,1991,ETH\n"
    right.write_text(headings + "".join(lines) + f"X,{person}", encoding="utf-8")
    told = {}
    for name, row in {"same": person, "brother": "Abeba,Mekuria,Hailemichael,F,1984,SDN\n"}.items():
        left = tmp_path / f"{name}.csv"
        left.write_text(headings + f"L,{row}", encoding="utf-8")
        told[name] = json.loads(run(left, right, "--least", 0, "--json").output)
    assert [pair["right"] for pair in told["same"]["pairs"]] == ["X"]
    assert told["same"]["pairs"][0]["probability"] > 0.95
    assert all(pair["probability"] < 0.5 for pair in told["brother"]["pairs"])
    assert told["same"]["few_rows"] == 1
    assert "too few to learn from" in run(left, right).output


def test_of_many_rows_nothing_is_said_of_few(folder: Path) -> None:
    done = run(folder / "left.csv", folder / "right.csv", "--json")
    assert json.loads(done.output)["few_rows"] is None

"""Lists of plain columns: who puts them side by side as records is told of the way that is made for lists."""

from pathlib import Path

import pytest
from click.testing import CliRunner

from opencompact.cli.missing import missing
from opencompact.missing.candidates.plain import LEAST, is_plain
from opencompact.missing.records.reading import read_records

GIVEN = (
    "Abel",
    "Binta",
    "Chidi",
    "Dawit",
    "Efua",
    "Farah",
    "Goma",
    "Hawa",
    "Idris",
    "Jamila",
    "Kofi",
    "Lemlem",
    "Musa",
    "Nadia",
)
FAMILY = (
    "Okafor",
    "Tesfaye",
    "Diallo",
    "Mensah",
    "Warsame",
    "Keita",
    "Osman",
    "Haile",
    "Bah",
    "Sow",
    "Kamara",
    "Yusuf",
    "Abebe",
)


def _list(path: Path, size: int, more: str = "", says: str = "") -> Path:
    rows = [f"{path.stem}{k},{GIVEN[k % 14]},{FAMILY[k % 13]},{1960 + k % 45}{says}" for k in range(size)]
    path.write_text("\n".join([f"id,given_name,family_name,birth_year{more}", *rows]), encoding="utf-8")
    return path


def _told(*files: Path) -> str:
    done = CliRunner().invoke(missing, ["candidates", *map(str, files), "--top", "1"], catch_exceptions=False)
    assert done.exit_code == 0
    return " ".join(done.output.split())


def test_two_lists_of_names_and_births_are_told_of_linking(tmp_path: Path) -> None:
    told = _told(_list(tmp_path / "a.csv", LEAST), _list(tmp_path / "b.csv", LEAST))
    assert "opencompact missing link" in told
    assert "errs less" in told


@pytest.mark.parametrize(("size", "more", "says"), [(LEAST - 1, "", ""), (LEAST, ",tattoos", ",rose on the left arm")])
def test_few_records_and_what_a_list_does_not_look_at_are_for_candidates(
    tmp_path: Path, size: int, more: str, says: str
) -> None:
    assert "missing link" not in _told(_list(tmp_path / "a.csv", size, more, says), _list(tmp_path / "b.csv", LEAST))


def test_a_day_of_the_last_contact_is_a_journey_and_no_plain_column(tmp_path: Path) -> None:
    dated = _list(tmp_path / "a.csv", 2, ",last_contact_place,last_contact_date", ",Agadez,2023-05-01")
    placed = _list(tmp_path / "b.csv", 2, ",last_contact_place", ",Agadez")
    assert [is_plain(record) for record in read_records(dated).records] == [False, False]
    assert [is_plain(record) for record in read_records(placed).records] == [True, True]

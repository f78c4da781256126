"""A cell of names as offices fill it: one person, a friend of somebody, a family, two who travelled together."""

from pathlib import Path

import pytest
from click.testing import CliRunner

from opencompact.cli.missing import missing
from opencompact.missing.candidates.recorded import recorded
from opencompact.missing.evidence.compare import full_names
from opencompact.missing.records.name_cells import read_names
from opencompact.missing.records.reading import read_records


@pytest.mark.parametrize(
    ("cell", "people"),
    [
        (
            "Famille BAH : Ibrahima (32 ans), Kadiatou (28 ans) et bébé Aissatou (8 mois)",
            ("Ibrahima BAH", "Kadiatou BAH", "Aissatou BAH"),
        ),
        ("Robel et Yonas", ("Robel", "Yonas")),
        ("آدم أبكر وإدريس هارون", ("آدم أبكر", "إدريس هارون")),
        ("María González y Pedro Ruiz", ("María González", "Pedro Ruiz")),
        ("Фатима и Ахмед", ("Фатима", "Ахмед")),
        ("张三、李四", ("张三", "李四")),
        ("Moussa Traoré + 2 enfants", ("Moussa Traoré",)),
        ("Kadiatou et son bébé", ("Kadiatou",)),
        ("Kadiatou Bah e figlia", ("Kadiatou Bah",)),
        ("Fatima and her 2 children", ("Fatima",)),
        ("Robel Berhane, Yonas Kidane, Selam Kidane", ("Robel Berhane", "Yonas Kidane", "Selam Kidane")),
    ],
)
def test_several_people_in_one_cell_are_told_and_each_keeps_a_name(cell: str, people: tuple[str, ...]) -> None:
    found = read_names((cell,))
    assert found.several
    assert found.names == people


@pytest.mark.parametrize(
    "cell",
    [
        "TRAORE, Moussa",
        "Berhane Kidane, Robel Yonas",
        "José Ortega y Gasset",
        "Santiago Ramón y Cajal",
        "Joao da Costa e Silva",
        "محمد علي وليد حسن",
        "Ahmed fils de Omar",
        "Ami Diop",
        "Mari Diallo",
        "Juan de la Cruz",
        "SOW Fatoumata née BARRY",
        "Le Van Con",
    ],
)
def test_the_name_of_one_person_stays_as_it_is(cell: str) -> None:
    found = read_names((cell,))
    assert (found.names, found.others, found.several, found.apart) == ((cell,), (), False, False)


@pytest.mark.parametrize(
    ("cell", "own", "other"),
    [
        ("ami de Robel", (), "ami de Robel"),
        ("inconnu, ami de Robel", ("inconnu",), "ami de Robel"),
        ("Yonas, frère de Robel", ("Yonas",), "frère de Robel"),
        ("Yonas (brother of Robel)", ("Yonas",), "brother of Robel"),
        ("Robel's friend", (), "Robel's friend"),
        ("صديق روبل", (), "صديق روبل"),
        ("друг Робеля", (), "друг Робеля"),
    ],
)
def test_the_name_of_a_friend_is_no_name_of_the_person(cell: str, own: tuple[str, ...], other: str) -> None:
    found = read_names((cell,))
    assert (found.names, found.others, found.several) == (own, (other,), False)


@pytest.mark.parametrize(
    ("parts", "apart"),
    [
        (("HAROUN Idriss", "ABAKAR Adam"), True),
        (("Mohamed Ahmad", "Muhammad Ahmed"), False),  # spellings of one name
        (("Robel Berhane", "ሮቤል ብርሃነ"), False),  # one name in two scripts
        (("Robel Berhane", "Robi"), False),  # a nickname has nothing in common with a name, and need not
    ],
)
def test_names_of_one_cell_that_have_nothing_in_common_may_be_of_several(parts: tuple[str, ...], apart: bool) -> None:
    found = read_names(parts)
    assert (found.names, found.apart) == (parts, apart)


def _sought(folder: Path, *names: str) -> Path:
    file = folder / "sought.csv"
    rows = "".join(f'{at},"{name}"\n' for at, name in enumerate(names, 1))
    file.write_text(f"id,name\n{rows}", encoding="utf-8")
    return file


def test_every_import_tells_of_rows_that_are_several_people(tmp_path: Path) -> None:
    file = _sought(tmp_path, "Robel et Yonas", "HAROUN Idriss; ABAKAR Adam", "inconnu, ami de Robel", "Awa Traoré")
    found = tmp_path / "found.csv"
    found.write_text("id,kind,name\nR1,found,Robel Berhane\n", encoding="utf-8")
    assert [(line.row, line.column) for line in read_records(file).findings] == [(2, "name"), (3, "name"), (4, "name")]
    runner = CliRunner(env={"COLUMNS": "160"})
    for command in (["check", str(file)], ["candidates", str(file), str(found)]):
        told = " ".join(runner.invoke(missing, command).output.split())
        assert "sought.csv, row 2, column name: Several people stand in one row" in told
        assert "sought.csv, row 3, column name: Names in this cell have nothing in common" in told
        assert "sought.csv, row 4, column name: “ami de Robel” tells of somebody else" in told


def test_a_friends_name_counts_for_nobody_and_a_row_of_several_says_so_in_the_reader_s_language(tmp_path: Path) -> None:
    one, other, _ = read_records(_sought(tmp_path, "inconnu, ami de Robel", "Robel et Yonas", "Awa")).records
    assert full_names(one) == ()
    assert full_names(other) == ("Robel", "Yonas")
    assert len(other.notes) == 1
    assert [row[1:] for row in recorded(other, one, "fr") if "plusieurs personnes" in row[1]] != []

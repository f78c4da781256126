"""Headings that no mapping knows, and what they are likely meant to be."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from opencompact.cli.missing import missing
from opencompact.errors import InputError
from opencompact.missing.records.headings import field_meant
from opencompact.missing.records.mapping import read_mapping
from opencompact.missing.records.reading import read_records


@pytest.mark.parametrize(
    ("heading", "field"),
    [
        ("Nom de la personne recherchée", "name"),
        ("Sexe de la personne", "sex"),
        ("Date of birth (if known, else year)", "birth_date"),
        ("12. Nationalité déclarée", "nationality"),
        ("失踪者姓名", "name"),
        ("الجنسية الحالية", "nationality"),
        ("Date naissance (jj/mm/aaaa)", "birth_date"),
        ("Fecha nacimiento desaparecido", "birth_date"),
        ("Lieu dernier contact connu", "last_contact_place"),
        ("Tél famille", "reporter_phone"),
        ("Tel. no.", "phone"),
        ("Tel du frère", "reporter_phone"),
        ("Teléfono de la madre", "reporter_phone"),
        ("Nom du père (en majuscules)", "father_name"),
        ("Телефон семьи", "reporter_phone"),
        ("La famille", None),
        ("Comment", None),
        ("", None),
        ("Remarks of the officer", None),
        ("Nom complet du demandeur", "reporter"),
        ("Phone number of the relative", "reporter_phone"),
        ("Âge du déclarant", None),
        ("Nom de famille du disparu", "family_name"),
        ("Data di nascita (gg/mm/aaaa)", "birth_date"),
    ],
)
def test_the_field_of_the_longest_known_heading_within_one_is_offered(heading: str, field: str | None) -> None:
    assert field_meant(heading) == field


def test_a_mapping_is_offered_line_by_line_and_can_be_used_as_it_stands(tmp_path: Path) -> None:
    file, mapping = tmp_path / "f.csv", tmp_path / "m.toml"
    file.write_text("id,sexe,Nom de la personne recherchée,note\n1,femme,Amina Yusuf,x\n", encoding="utf-8")
    runner = CliRunner(env={"COLUMNS": "160"})
    told = runner.invoke(missing, ["check", str(file)]).output
    line = next(line.strip() for line in told.splitlines() if line.strip().startswith("name = "))
    assert line == 'name = "Nom de la personne recherchée"'
    mapping.write_text(f"[columns]\n{line}\n", encoding="utf-8")
    content = json.loads(runner.invoke(missing, ["check", str(file), "--mapping", str(mapping), "--json"]).output)
    assert content["columns_not_used"] == ["note"]
    assert content["columns_likely_meant"] == {}


def test_a_date_of_birth_without_its_joining_word_is_read(tmp_path: Path) -> None:
    file = tmp_path / "f.csv"
    file.write_text("id,nom,Date naissance,Tél.\n1,Amina Yusuf,31/05/1999,+216 22 123 459\n", encoding="utf-8")
    (record,) = read_records(file).records
    assert record.birth is not None
    assert record.birth.start.year == 1999
    assert record.phones == ("+216 22 123 459",)


def test_no_name_before_ids_is_what_it_says(tmp_path: Path) -> None:
    mapping = tmp_path / "m.toml"
    mapping.write_text('id_prefix = ""\n', encoding="utf-8")
    assert read_mapping(mapping).id_of("7") == "7"


def test_offered_lines_take_nothing_away_and_stand_once(tmp_path: Path) -> None:
    """A line of a mapping says all columns of its field: the second surname must not cost the first, nor "Nom" what it is beside "Prénom"."""
    file, mapping = tmp_path / "f.csv", tmp_path / "m.toml"
    file.write_text(
        "id,Prénom,Nom,Nom complet au camp,Autres nom de famille,Signes,Signes vus par la mère,Nom du demandeur local\n"
        "1,Awa,Traoré,Awa Sissoko,Keita,cicatrice,brûlure,Moussa\n",
        encoding="utf-8",
    )
    runner = CliRunner(env={"COLUMNS": "160"})
    lines = [line.strip() for line in runner.invoke(missing, ["check", str(file)]).output.splitlines() if " = " in line]
    assert sorted(lines) == [
        'family_name = ["Nom", "Autres nom de famille"]',
        'marks = ["Signes", "Signes vus par la mère"]',
        'name = "Nom complet au camp"',
        'reporter = "Nom du demandeur local"',
    ]
    mapping.write_text("[columns]\n" + "\n".join(lines) + "\n", encoding="utf-8")
    (record,) = read_records(file, read_mapping(mapping)).records
    assert {(name.kind, name.text) for name in record.names} == {
        ("full", "Awa Sissoko"), ("given", "Awa"), ("family", "Traoré"), ("family", "Keita")
    }  # fmt: skip
    assert [mark.words for mark in record.marks] == ["cicatrice", "brûlure"]
    assert record.reporter == "Moussa"


def test_nom_beside_prenom_stays_the_family_name_where_a_mapping_names_another_column_as_the_name(
    tmp_path: Path,
) -> None:
    file, mapping = tmp_path / "f.csv", tmp_path / "m.toml"
    file.write_text("Prénom,Nom,Nom au camp\nAwa,Traoré,Awa Sissoko\n", encoding="utf-8")
    mapping.write_text('[columns]\nname = "Nom au camp"\n', encoding="utf-8")
    (record,) = read_records(file, read_mapping(mapping)).records
    assert ("family", "Traoré") in {(name.kind, name.text) for name in record.names}


TITLED = "Croissant-Rouge, demandes, 2023\n;;Dernier contact;\nNom;Sexe;Date;Taille\nAwa Traoré;Fém.;2023;165\n"
"""A title with the signs that part columns elsewhere, a row of groups with one heading that is known, and the headings."""


def test_headings_below_a_title_are_found_and_told(tmp_path: Path) -> None:
    file = tmp_path / "f.csv"
    file.write_text(TITLED, encoding="utf-8")
    reading = read_records(file)
    (record,) = reading.records
    assert (record.row, record.names[0].text, record.sex and record.sex.value) == (4, "Awa Traoré", "F")
    assert reading.rows == 1
    assert [(line.row, line.column) for line in reading.findings] == [(3, None)]


def test_headings_below_a_title_are_found_in_a_workbook(tmp_path: Path) -> None:
    import openpyxl

    workbook = openpyxl.Workbook()
    assert workbook.active is not None
    for row in (
        ["Prefettura di Agrigento"],
        [],
        ["N. salma", "Cognome e nome", "Sesso"],
        ["CMO 1", "Kadiatou Bah", "donna"],
    ):
        workbook.active.append(row)
    workbook.save(tmp_path / "f.xlsx")
    reading = read_records(tmp_path / "f.xlsx")
    (record,) = reading.records
    assert (record.id, record.names[0].text, record.sex and record.sex.value) == ("CMO 1", "Kadiatou Bah", "F")
    assert [line.row for line in reading.findings] == [3]


def test_a_mapping_may_say_in_which_row_the_headings_stand(tmp_path: Path) -> None:
    file, mapping = tmp_path / "f.csv", tmp_path / "m.toml"
    file.write_text(TITLED, encoding="utf-8")
    mapping.write_text("header_row = 3\n", encoding="utf-8")
    reading = read_records(file, read_mapping(mapping))
    assert (len(reading.records), reading.findings) == (1, ())
    mapping.write_text("header_row = 40\n", encoding="utf-8")
    with pytest.raises(InputError) as error:
        read_records(file, read_mapping(mapping))
    assert error.value.place.row == 40


@pytest.mark.parametrize("row", ["0", "true", '"5"', "51"])
def test_a_row_that_can_hold_no_headings_is_refused(row: str, tmp_path: Path) -> None:
    mapping = tmp_path / "m.toml"
    mapping.write_text(f"header_row = {row}\n", encoding="utf-8")
    with pytest.raises(InputError) as error:
        read_mapping(mapping)
    assert error.value.value == "header_row"


def test_rows_that_hold_words_of_headings_are_no_heading(tmp_path: Path) -> None:
    file = tmp_path / "f.csv"
    file.write_text(
        "id,name,age,age_how,birth_how\n1,Ali,20,dental,document\n2,Omar,30,teeth,passport\n", encoding="utf-8"
    )
    reading = read_records(file)
    assert [record.id for record in reading.records] == ["1", "2"]
    assert reading.findings == ()

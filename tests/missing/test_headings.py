"""Headings that no mapping knows, and what they are likely meant to be."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from opencompact.cli.missing import missing
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
        ("Телефон семьи", "reporter_phone"),
        ("La famille", None),
        ("Comment", None),
        ("", None),
        ("Remarks of the officer", None),
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

"""Headings that no mapping knows, and what they are likely meant to be."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from opencompact.cli.missing import missing
from opencompact.missing.records.headings import field_meant


@pytest.mark.parametrize(
    ("heading", "field"),
    [
        ("Nom de la personne recherchée", "name"),
        ("Sexe de la personne", "sex"),
        ("Date of birth (if known, else year)", "birth_date"),
        ("12. Nationalité déclarée", "nationality"),
        ("失踪者姓名", "name"),
        ("الجنسية الحالية", "nationality"),
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

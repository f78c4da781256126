"""Files of other programs become cases; what they set aside they say."""

from __future__ import annotations

import json
from pathlib import Path

import openpyxl
import pytest
from click.testing import CliRunner

from opencompact.cli.kinship import kinship as command
from opencompact.errors import InputError, InvalidDataError
from opencompact.missing import kinship
from opencompact.missing.kinship import importing

SYSTEM = ['"L1"', "0.001", "0.002", "4", "4", "3", "0.1", "0.1", "1e-006", "1e-006", "#FALSE#", "0"]
SYSTEM += ["3\t(DatabaseSize = 1000 , Dropout probability = 0 , Minor allele frequency = 0 )"]
SYSTEM += ['"10"', "0.5", '"11"', "0.3", '"12"', "0.2"]


def person(name: str, man: bool, calls: list[int]) -> list[str]:
    return [
        f'"{name}"',
        "#FALSE#",
        "-1",
        "#FALSE#",
        "#TRUE#" if man else "#FALSE#",
        str(len(calls) // 3),
        *map(str, calls),
    ]


def project() -> str:
    lines = ['"Output from Familias, version 3.3.1"', '"DO NOT EDIT!"', "3.3.1", '""', "3"]
    lines += person("AF", True, [0, 1, 0]) + person("MO", False, []) + person("CH", True, [1, 2, 0])
    lines += ['"Known relations"', "0", "0", "0", "2"]
    lines += ["0", '"H1"', "0", "0", "2", "0", "2", "1", "2"]
    lines += ["1", '"H2"', "0", "0", "1", "1", "2"]
    lines += ["#FALSE# (#Databases: 1 ;Theta/Kinship/Fst: 0.02 )", "1", "#TRUE#", '"synthetic"', *SYSTEM, "[Advanced]"]
    return "\n".join(lines)


def test_a_familias_project_becomes_hypotheses(tmp_path: Path) -> None:
    file = tmp_path / "paternity.fam"
    file.write_text(project())
    case = kinship.case_of(importing.read_familias(file))
    assert case.theta == 0.02
    assert [hypothesis.name for hypothesis in case.hypotheses] == ["H1", "H2"]
    marker = case.markers[0]
    assert marker.mutation is not None
    assert (marker.mutation.female_model.rate, marker.mutation.male_model.rate) == (0.001, 0.002)
    assert marker.mutation.female_model.model == "stepwise"
    assert case.profiles["CH"].calls == {"L1": (1, 2)}
    child = case.hypothesis("H2").components[0].person("CH")
    assert child.father == "father of CH", "Familias may state one parent; the other is an untyped founder"
    # One shared allele of frequency 0.3: 1 / (4 · 0.3) = 0.833 before theta and mutation.
    assert kinship.likelihood_ratios(case).LR["H1"] == pytest.approx(0.833, abs=0.02)


def test_a_familias_file_that_ends_too_early_names_its_line(tmp_path: Path) -> None:
    file = tmp_path / "short.fam"
    file.write_text("\n".join(project().splitlines()[:40]))
    with pytest.raises(InvalidDataError) as caught:
        importing.read_familias(file)
    assert caught.value.rule == "kinship.familias"


def test_a_ped_file_becomes_families(tmp_path: Path) -> None:
    file = tmp_path / "family.ped"
    file.write_text(
        "F1 1 0 0 1 0  0 0  0 0\nF1 2 0 0 2 0  10 11  8 8\nF1 3 1 2 1 0  0 0  0 0\nF1 4 1 9 2 0  10 12  8 9\n"
    )
    names = tmp_path / "family.dat"
    names.write_text("M TH01\nM TPOX\n")
    stated = importing.read_linkage(file, names, missing=["F1/3"])
    assert stated["genotypes_references"]["F1/4"] == {"TH01": ["10", "12"], "TPOX": ["8", "9"]}
    members = {member["id"]: member for member in stated["families"][0]["members"]}
    assert members["9"] == {"id": "9", "father": None, "mother": None, "sex": "female"}
    assert stated["missing"] == ["F1/3"]


def test_a_ped_line_of_the_wrong_length_is_named(tmp_path: Path) -> None:
    file = tmp_path / "family.ped"
    file.write_text("F1 1 0 0 1 10 11\nF1 2 0 0 2 10\n")
    with pytest.raises(InvalidDataError) as caught:
        importing.read_linkage(file)
    assert caught.value.place.row == 2


WIDE = 'Specimen ID,Sex,Specimen Category,TH01,FGA,,AMEL,DYS391\nV1,M,Unidentified,"9,9.3",20,21,X Y,10\nV2,F,Unidentified,6,22,22,X,\n'


def test_profiles_in_codis_columns(tmp_path: Path) -> None:
    file = tmp_path / "profiles.csv"
    file.write_text(WIDE)
    profiles = importing.read_profiles(file)
    assert profiles.genotypes["V1"]["TH01"] == ["9", "9.3"]
    assert profiles.genotypes["V1"]["FGA"] == ["20", "21"]
    assert profiles.genotypes["V2"]["TH01"] == ["6", "6"], "one peak is a homozygote"
    assert profiles.haplotypes["V1"] == {"DYS391": "10"}
    assert profiles.about["V1"]["role"] == "Unidentified"


@pytest.mark.parametrize("heading", [["FGA 1", "FGA 2"], ["FGA", "FGA"], ["FGA", ""], ["FGA_1", "FGA_2"]])
def test_two_columns_a_locus_in_a_workbook(tmp_path: Path, heading: list[str]) -> None:
    book = openpyxl.Workbook()
    book.active.append(["Sample Name", *heading])
    book.active.append(["V1", 20, 22.2])
    file = tmp_path / "profiles.xlsx"
    book.save(file)
    assert importing.read_profiles(file).genotypes == {"V1": {"FGA": ["20", "22.2"]}}


def test_profiles_in_rows_of_sample_and_marker(tmp_path: Path) -> None:
    file = tmp_path / "export.txt"
    file.write_text("Sample Name\tMarker\tAllele 1\tAllele 2\nV1\tD3S1358\t15\t16\nV1\tAMEL\tX\t\n")
    profiles = importing.read_profiles(file)
    assert profiles.genotypes["V1"]["D3S1358"] == ["15", "16"]
    assert profiles.about["V1"]["sex"] == "female"


def test_a_sample_with_two_different_calls_is_named(tmp_path: Path) -> None:
    file = tmp_path / "export.csv"
    file.write_text("Sample,Marker,Allele1,Allele2\nV1,FGA,20,21\nV1,FGA,20,22\n")
    with pytest.raises(InvalidDataError) as caught:
        importing.read_profiles(file)
    assert caught.value.rule == "kinship.call-twice"
    assert caught.value.place.row == 3


@pytest.mark.parametrize(
    ("file", "population", "locus", "loci"),
    [
        ("NIST1036_frequencies_long.csv", "AfAm", "TH01", 29),
        ("FBI2015_frequencies_long.csv", "Caucasian", "D3S1358", 23),
        ("FBI_Moretti2016.xlsx", "Navajo", "FGA", 25),
        ("UK_DNA17_frequencies_long.csv", "White_-_EA1_&_EA2", "vWA", 16),
        ("kit-tables/NGM_Holland.csv", "NGM_Holland", "SE33", 15),
        ("kit-tables/Identifiler_NIST.csv", "Identifiler_NIST", "TPOX", 15),
        ("mispitools/China.csv", "China", "PENTA D", 70),
        ("norSTR/NorskDB_v2023.txt", "NorskDB_v2023", "D1S1656", 50),
    ],
)
def test_published_frequency_tables_are_read(data: Path, file: str, population: str, locus: str, loci: int) -> None:
    found = importing.read_frequencies(data / "str-allele-frequencies" / file)
    table = found.populations[population]
    assert abs(len(table) - loci) <= 1
    if locus in table:
        assert sum(table[locus].values()) == pytest.approx(1.0, abs=0.02)


def test_a_frequency_table_becomes_markers_that_add_up(data: Path) -> None:
    table = importing.read_frequencies(data / "str-allele-frequencies/NIST1036_frequencies_long.csv").populations[
        "Hisp"
    ]
    markers = importing.markers_of(
        table, mutation={"model": "stepwise", "rate": 0.002, "range": 0.1}, loci=["THO1", "vWA"]
    )
    assert [marker["name"] for marker in markers] == ["THO1", "vWA"]
    for marker in markers:
        assert sum(marker["frequencies"]) == pytest.approx(1.0, abs=1e-12)


def test_remains_and_families_from_two_files_are_searched(event, tmp_path: Path) -> None:
    families = {key: value for key, value in event.items() if not key.endswith("victims") and key != "victims"}
    (tmp_path / "families.json").write_text(json.dumps(families))
    lines = ["Sample,Sex,TH01,FGA,SE33"]
    for remains in event["victims"]:
        calls = event["genotypes_victims"][remains["id"]]
        cells = [" ".join(calls.get(marker, [])) for marker in ("TH01", "FGA", "SE33")]
        lines.append(",".join([remains["id"], remains["sex"], *cells]))
    (tmp_path / "remains.csv").write_text("\n".join(lines))
    both = ["--remains", str(tmp_path / "remains.csv"), "--families", str(tmp_path / "families.json"), "--json"]
    result = CliRunner().invoke(command, ["search", *both], catch_exceptions=False)
    found = json.loads(result.stdout)["pairwise"]["log10_LR"]["values"]
    expected = kinship.pairwise(kinship.case_of(event)).log10_LR.tolist()
    assert found == [pytest.approx(row, abs=1e-12) for row in expected]


def test_a_project_is_imported_and_computed_from_the_command_line(tmp_path: Path) -> None:
    (tmp_path / "p.fam").write_text(project())
    out = tmp_path / "case.json"
    done = CliRunner().invoke(command, ["import", str(tmp_path / "p.fam"), "--out", str(out)], catch_exceptions=False)
    assert "2 hypotheses written" in done.output
    ratio = CliRunner().invoke(command, ["lr", str(out), "--json"], catch_exceptions=False)
    assert json.loads(ratio.stdout)["LR"]["H1"] == pytest.approx(0.833, abs=0.02)


@pytest.mark.parametrize("name", ["absent.fam", "absent.ped", "absent.csv", "broken.xlsx"])
def test_a_file_that_is_absent_or_broken_is_named(tmp_path: Path, name: str) -> None:
    (tmp_path / "broken.xlsx").write_bytes(b"PK no workbook")
    table = tmp_path / "table.csv"
    table.write_text("population,locus,allele,frequency\nhere,L1,10,0.5\nhere,L1,11,0.5\n")
    with pytest.raises(InputError) as caught:
        importing.case_from(tmp_path / name, table)
    assert name in str(caught.value)

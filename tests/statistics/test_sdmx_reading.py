"""Any SDMX file is told for what it is; data comes in with its structure and a mapping, and nothing is dropped."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

import polars as pl
import pytest

from opencompact.errors import InputError, InvalidDataError
from opencompact.statistics import sdmx
from opencompact.statistics.accounting import account
from opencompact.statistics.observations import observations
from opencompact.statistics.sdmx import StructureMapping
from opencompact.statistics.sources.contract import reader, recognise
from opencompact.statistics.sources.file import SourceFile

WHEN = datetime(2026, 11, 21, tzinfo=UTC)


@pytest.fixture(scope="module")
def samples(data: Path) -> Path:
    return data / "sdmx-samples"


def own_observations() -> pl.DataFrame:
    rows = [
        ("10.7.3", "MEX", "2020", 0.0, "A", "F", "_T", "_T", "_T"),
        ("10.7.3", "MEX", "2021", None, "O", "F", "_T", "_T", "_T"),
        ("10.7.3", "MEX", "2022", None, "Q", "C", "_T", "_T", "_T"),
        ("10.7.3", "MEX", "2023", None, "M", "F", "_T", "_T", "_T"),
        ("10.7.3", "001", "2023-Q1", 1 / 3, "E", "F", "_T", "_T", "cause=Drowning;route=Central Mediterranean"),
        ("refugees.hosted", "BGD", "2024-05", 12345678.0, "P", "F", "MMR", "MIGRANT", "_T"),
    ]
    names = [
        "indicator",
        "area",
        "period",
        "value",
        "status",
        "confidentiality",
        "origin",
        "migratory_status",
        "breakdown",
    ]
    frame = pl.DataFrame(rows, schema=names, orient="row", infer_schema_length=None)
    return observations(frame, unit="persons", source="example.source", vintage="2026-01-01", file="x.csv", row=1)


CELLS = ["indicator", "area", "period", "value", "status", "confidentiality", "unit", "sex", "age", "migratory_status", "origin", "breakdown", "lower", "upper"]  # fmt: skip


@pytest.mark.parametrize("form", ["csv", "xml"])
def test_what_we_write_we_read_back(tmp_path: Path, form: str) -> None:
    table = own_observations()
    sdmx.write_csv(table, tmp_path / "data.csv")
    sdmx.write_ml21(table, tmp_path / "data.xml", tmp_path / "structure.xml", prepared=WHEN)
    found = sdmx.read(tmp_path / f"data.{form}", tmp_path / "structure.xml")
    assert set(found.observations.select(CELLS).rows()) == set(table.select(CELLS).rows())
    assert (found.read, found.set_aside.height) == (6, 0)
    assert found.observations["note"].unique().to_list() == ["source: example.source"]
    without_structure = sdmx.read(tmp_path / f"data.{form}")
    assert without_structure.observations.equals(found.observations)


def test_our_own_export_can_be_imported(tmp_path: Path) -> None:
    sdmx.write_csv(own_observations(), tmp_path / "data.csv")
    file = SourceFile(tmp_path / "data.csv")
    recognition = recognise(file)
    assert recognition is not None
    assert (recognition.source, recognition.reason) == ("sdmx.files", None)
    reading = reader(recognition.source).read(file, recognition)
    assert reading.read == 6 == reading.observations["row"].n_unique() + account(reading)


KINDS = {
    "ECB_EXR__1__structure.xml": "structure",
    "ESTAT__GOV_10Q_GGNFA.xml": "structure",
    "ESTAT__demography-structure.xml": "structure",
    "IAEG-SDGs__metadatastructure-0.xml": "structure",
    "UNICEF__GLOBAL_DATAFLOW-structure.xml": "structure",
    "UNSD__codelist_partial.xml": "structure",
    "sdmx-json__structure-message__samples__constructed-sample.json": "structure",
    "v3__json__structure__generated-sample.json": "structure",
    "v3__json__metadata__generated-sample.json": "metadata",
    "sdmx-json__data-message__tools__schemas__sdmx-json-data-schema.json": "schema",
    "sdg_global_content_constraints.csv": "constraints",
}


def test_every_sample_is_told_for_what_it_is(samples: Path) -> None:
    files = sorted(samples.iterdir())
    assert len(files) == 29
    for path in files:
        recognition = recognise(SourceFile(path))
        assert recognition is not None, path.name
        assert recognition.source == "sdmx.files"
        assert recognition.reason, path.name
        expected = KINDS.get(path.name)
        if expected:
            assert recognition.table == expected
        else:
            assert "without a mapping beside it" in recognition.reason


def test_the_generic_and_the_structure_specific_form_say_the_same(samples: Path) -> None:
    generic = sdmx.read(samples / "opensdg__1-1-1--structure.xml")
    specific = sdmx.read(samples / "opensdg__1-1-1--structure-specific.xml")
    assert generic.observations.equals(specific.observations)
    expected = [("GBR", "2020", "_T", 100.0), ("GBR", "2021", "_T", 120.0), ("GBR", "2020", "M", 50.0)]
    assert specific.observations.select("area", "period", "sex", "value").rows()[:3] == expected
    assert set(specific.observations.select("indicator", "unit", "breakdown").rows()) == {("1.1.1", "percent", "_T")}


EXCHANGE = StructureMapping(
    structure="ECB:ECB_EXR1",
    indicator="context",
    unit="rate",
    columns={"area": "CURRENCY"},
    codes={"CURRENCY": {"USD": "USA", "NZD": "NZL", "RUB": "RUS"}},
)


def test_generic_xml_with_its_structure(samples: Path) -> None:
    found = sdmx.read(samples / "ECB_EXR__1__M.USD.EUR.SP00.A.xml", samples / "ECB_EXR__1__structure.xml", EXCHANGE)
    raw = (samples / "ECB_EXR__1__M.USD.EUR.SP00.A.xml").read_text().count("<generic:Obs>")
    assert found.read == raw == found.observations.height
    assert found.observations["period"].str.contains(r"^\d{4}-\d{2}$").all()
    first = found.observations.row(0, named=True)
    assert (first["area"], first["unit"]) == ("USA", "rate")
    assert first["breakdown"] == "currency-denom=EUR;exr-suffix=A;exr-type=SP00"


@pytest.mark.parametrize("name", ["exr__exr-flat.json", "exr__exr-time-series.json", "constructed-sample-full.json"])
def test_json_in_its_two_forms(samples: Path, name: str) -> None:
    found = sdmx.read(samples / f"sdmx-json__data-message__samples__{name}", mapping=EXCHANGE)
    days = (
        found.observations.filter((pl.col("period") == "2013-01-18") & pl.col("value").is_not_null())
        .select("area", "value")
        .unique()
        .sort("area")
        .rows()
    )
    assert days == [("NZL", 1.5931), ("RUS", 40.3426)]
    assert found.read == found.observations.height + found.set_aside.height


def test_json_of_the_first_version_with_a_missing_status(samples: Path) -> None:
    mapping = StructureMapping(structure="OECD:PART2", indicator="context", unit="index", columns={"period": "PER"})
    found = sdmx.read(samples / "OECD__data-PART2-all-all.json", mapping=mapping)
    content = json.loads((samples / "OECD__data-PART2-all-all.json").read_text())
    assert found.read == len(content["dataSets"][0]["observations"])
    assert "AUS" in set(found.observations["area"])
    assert "no area of ours: OME" in set(found.set_aside["reason"]) or found.set_aside.is_empty()


def test_measures_as_types_of_an_observation(samples: Path) -> None:
    mapping = StructureMapping(structure="ESTAT:DEMOGRAPHY", columns={"indicator": "DEMO"}, unit="as given")
    found = sdmx.read(samples / "ESTAT__demography-xs.xml", samples / "ESTAT__demography-structure.xml", mapping)
    belgium = found.observations.filter(
        (pl.col("area") == "BEL") & (pl.col("period") == "2008") & (pl.col("sex") == "_T")
    )
    births = belgium.filter(pl.col("indicator") == "LBIRTHST").row(0, named=True)
    assert (births["value"], births["status"]) == (124_991, "P")


def test_a_zero_and_a_missing_value_of_the_world_bank(samples: Path) -> None:
    mapping = StructureMapping(
        structure="WBG_WITS:TARIFF_TRAINS",
        indicator="context",
        unit="percent",
        columns={"area": "REPORTER"},
        ignore=("PARTNER",),
    )
    found = sdmx.read(samples / "WB__gh-78.xml", mapping=mapping)
    assert found.observations.select("area", "period", "value").rows() == [("USA", "1989", 0.0)]


def test_labels_and_commas_in_csv(samples: Path) -> None:
    mapping = StructureMapping(
        structure="ESTAT:NA_MAIN",
        indicator="context",
        unit="x",
        columns={"area": "DIM_1", "period": "DIM_3"},
        codes={"DIM_1": {"A": "MEX"}},
    )
    for number in (1, 4, 5, 6, 7):
        found = sdmx.read(samples / f"v3__csv__example-0{number}.csv", mapping=mapping)
        assert found.observations["value"].to_list() == [12.4, 10.8], number
        assert found.observations["row"].to_list() == [2, 3]
    with pytest.raises(InvalidDataError, match="says the value"):
        sdmx.read(samples / "v3__csv__example-02.csv", mapping=mapping)


def test_without_a_structure_what_is_guessed_is_said(samples: Path) -> None:
    mapping = StructureMapping(
        structure="ESTAT:NA_MAIN",
        indicator="context",
        unit="x",
        columns={"area": "DIM_1", "period": "DIM_3"},
        codes={"DIM_1": {"A": "MEX"}},
    )
    found = sdmx.read(samples / "v3__csv__example-01.csv", mapping=mapping)
    assert any(
        note.startswith("no structure was given: taken as breakdowns") and "DIM_2" in note for note in found.notes
    )


def test_a_message_that_says_no_indicator_names_the_remedy(samples: Path) -> None:
    with pytest.raises(InvalidDataError, match=r"says the indicator.*Write a mapping"):
        sdmx.read(samples / "ECB_EXR__1__M.USD.EUR.SP00.A.xml")


def test_nonsense_in_the_right_form_is_a_sentence(samples: Path) -> None:
    with pytest.raises(InvalidDataError, match=r"cannot be understood|says the"):
        sdmx.read(samples / "v3__json__data__generated-sample.json")
    with pytest.raises(InvalidDataError, match="an SDMX structure"):
        sdmx.read(samples / "ECB_EXR__1__structure.xml")


def test_a_truncated_message_is_refused_with_its_line(tmp_path: Path) -> None:
    sdmx.write_ml21(own_observations(), tmp_path / "data.xml", tmp_path / "structure.xml", prepared=WHEN)
    whole = (tmp_path / "data.xml").read_bytes()
    (tmp_path / "data.xml").write_bytes(whole[: len(whole) * 2 // 3])
    with pytest.raises(InvalidDataError) as refused:
        sdmx.read(tmp_path / "data.xml")
    assert refused.value.place.row is not None


def test_an_entity_bomb_does_not_explode(tmp_path: Path) -> None:
    levels = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 12))
    bomb = f'<!DOCTYPE a [<!ENTITY l0 "ha">{levels}]><message:GenericData xmlns:message="http://www.sdmx.org/x">&l11;</message:GenericData>'
    (tmp_path / "bomb.xml").write_text(bomb)
    with pytest.raises(InvalidDataError):
        sdmx.read(tmp_path / "bomb.xml", mapping=EXCHANGE)


THREE = """<?xml version="1.0" encoding="UTF-8"?>
<mes:StructureSpecificData xmlns:mes="http://www.sdmx.org/resources/sdmxml/schemas/v3_0/message"
    xmlns:com="http://www.sdmx.org/resources/sdmxml/schemas/v3_0/common"
    xmlns:dss="http://www.sdmx.org/resources/sdmxml/schemas/v3_0/data/structurespecific"
    xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xmlns:ns1="urn:x">
  <mes:Header><mes:Structure structureID="S" dimensionAtObservation="{at}"><com:Structure>
    urn:sdmx:org.sdmx.infomodel.datastructure.DataStructure=OFFICE:MIGRATION(1.0.0)</com:Structure></mes:Structure></mes:Header>
  <mes:DataSet dss:structureRef="S" xsi:type="ns1:DataSetType" dss:action="Replace" SOURCE_DETAIL="census">{data}</mes:DataSet>
</mes:StructureSpecificData>"""
SERIES = """
  <Group xsi:type="ns1:Sibling" REF_AREA="KE" UNIT_MULT="3"/>
  <Series REF_AREA="KE" INDICATOR="migrants" SEX="F"><Obs TIME_PERIOD="2020" OBS_VALUE="1.5" OBS_STATUS="A"/>
    <Obs TIME_PERIOD="2021" OBS_STATUS="O"/></Series>
  <Series REF_AREA="ZZ" INDICATOR="migrants" SEX="F"><Obs TIME_PERIOD="2020" OBS_VALUE="9"/></Series>"""
FLAT = """
  <Obs REF_AREA="KE" INDICATOR="migrants" SEX="F" TIME_PERIOD="2020" OBS_VALUE="1.5" UNIT_MULT="3" OBS_STATUS="A"/>
  <Obs REF_AREA="KE" INDICATOR="migrants" SEX="F" TIME_PERIOD="2021" OBS_STATUS="O" UNIT_MULT="3"/>
  <Obs REF_AREA="ZZ" INDICATOR="migrants" SEX="F" TIME_PERIOD="2020" OBS_VALUE="9"/>"""


@pytest.mark.parametrize(("at", "data"), [("TIME_PERIOD", SERIES), ("AllDimensions", FLAT)])
def test_xml_of_version_three_in_series_and_flat(tmp_path: Path, at: str, data: str) -> None:
    (tmp_path / "data.xml").write_text(THREE.format(at=at, data=data), "utf-8")
    found = sdmx.read(tmp_path / "data.xml")
    assert found.reference == "OFFICE:MIGRATION"
    cells = found.observations.select("indicator", "area", "period", "sex", "value", "status").rows()
    assert cells == [("migrants", "KEN", "2020", "F", 1500.0, "A"), ("migrants", "KEN", "2021", "F", None, "O")]
    assert found.set_aside.select("row", "reason").rows() == [(3, "no area of ours: ZZ")]


def test_codes_that_the_structure_does_not_know_are_set_aside(tmp_path: Path) -> None:
    table = own_observations()
    sdmx.write_ml21(table, tmp_path / "data.xml", tmp_path / "structure.xml", prepared=WHEN)
    text = (tmp_path / "data.xml").read_text("utf-8").replace('OBS_STATUS="P"', 'OBS_STATUS="p"')
    (tmp_path / "data.xml").write_text(text, "utf-8")
    found = sdmx.read(tmp_path / "data.xml", tmp_path / "structure.xml")
    assert found.set_aside["reason"].to_list() == ["p is no code of OBS_STATUS"]
    assert found.read == found.observations.height + 1


def test_a_deleted_observation_is_none(tmp_path: Path) -> None:
    sdmx.write_csv(own_observations(), tmp_path / "data.csv")
    lines = (tmp_path / "data.csv").read_text("utf-8").splitlines()
    lines[1] = lines[1].replace(",I,", ",D,", 1)
    (tmp_path / "data.csv").write_text("\n".join(lines) + "\n", "utf-8")
    found = sdmx.read(tmp_path / "data.csv")
    assert found.set_aside.select("row", "reason").rows() == [(2, "the message says that it is deleted")]


def test_a_mapping_beside_a_file_lets_it_in(tmp_path: Path) -> None:
    (tmp_path / "figures.xml").write_text(THREE.format(at="TIME_PERIOD", data=SERIES), "utf-8")
    file = SourceFile(tmp_path / "figures.xml")
    before = recognise(file)
    assert before is not None
    assert before.reason is not None
    mapping = 'structure = "OFFICE:MIGRATION"\nvintage = "2022-03-01"\npublisher = "An office"\nunit = "persons"\n'
    (tmp_path / "office.mapping.toml").write_text(mapping, "utf-8")
    recognition = recognise(file)
    assert recognition is not None
    reading = reader(recognition.source).read(file, recognition)
    assert (reading.vintage, reading.read, account(reading)) == ("2022-03-01", 3, 1)
    assert "publisher: An office" in reading.notes


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ('structure = "A:B"\nunits = "x"', "Did you mean 'unit'"),
        ('structure = "A:B"\n[columns]\narae = "GEO"', "Did you mean 'area'"),
        ('indicator = "x"', "whose data it explains"),
    ],
)
def test_a_wrong_word_in_a_mapping_is_named(tmp_path: Path, text: str, sentence: str) -> None:
    (tmp_path / "a.mapping.toml").write_text(text, "utf-8")
    with pytest.raises(InvalidDataError, match=sentence):
        sdmx.read_mapping(tmp_path / "a.mapping.toml")


def test_a_mapping_that_is_no_toml_is_told(tmp_path: Path) -> None:
    (tmp_path / "a.mapping.toml").write_text("structure = ", "utf-8")
    with pytest.raises(InputError, match="no TOML"):
        sdmx.read_mapping(tmp_path / "a.mapping.toml")


def test_structures_of_three_kinds_are_understood(samples: Path) -> None:
    ecb = sdmx.read_definitions(samples / "ECB_EXR__1__structure.xml")["ECB:ECB_EXR1"]
    assert ecb.dimensions == ("FREQ", "CURRENCY", "CURRENCY_DENOM", "EXR_TYPE", "EXR_SUFFIX", "TIME_PERIOD")
    population = sdmx.read_definitions(samples / "ESTAT__demography-structure.xml")["ESTAT:DEMOGRAPHY"]
    assert population.codes["SEX"] == {"F": {"en": "Female"}, "M": {"en": "Male"}, "T": {"en": "Total"}}
    unicef = sdmx.read_definitions(samples / "UNICEF__GLOBAL_DATAFLOW-structure.xml")
    assert all(definition.dimensions for definition in unicef.values())
    made = sdmx.read_definitions(samples / "sdmx-json__structure-message__samples__constructed-sample.json")
    assert all(definition.dimensions for definition in made.values())
    with pytest.raises(InvalidDataError, match="no data structure definition"):
        sdmx.read_definitions(samples / "UNSD__codelist_partial.xml")


def test_migratory_status_travels_in_the_composite_breakdown_of_the_sdgs(tmp_path: Path, samples: Path) -> None:
    rows = [
        {"migratory_status": "MIGRANT", "breakdown": "series=SL_EMP_FTLINJUR", "value": 4.5},
        {"migratory_status": "NONMIGRANT", "breakdown": "series=SL_EMP_FTLINJUR", "value": 3.0},
        {"migratory_status": "_T", "breakdown": "series=SL_EMP_FTLINJUR", "value": 3.2},
        {"migratory_status": "_T", "breakdown": "occupation=farm;series=SL_EMP_FTLINJUR", "value": 3.2},
    ]
    table = observations(
        pl.DataFrame(rows), indicator="8.8.1", area="AFG", period="2020", unit="per 100000 workers", source="s"
    )
    refused = sdmx.write_global_csv(table, tmp_path / "sdg.csv")
    assert refused["reason"].to_list() == ["the SDG structure has no dimension for: occupation=farm"]
    written = pl.read_csv(tmp_path / "sdg.csv", infer_schema=False)
    assert written["COMPOSITE_BREAKDOWN"].to_list() == ["MS_MIGRANT", "MS_NOMIGRANT", "_T"]
    assert written.select("STRUCTURE_ID", "SERIES", "REF_AREA").unique().rows() == [
        ("IAEG-SDGs:SDG(1.14)", "SL_EMP_FTLINJUR", "4")
    ]
    constraints = pl.read_csv(samples / "sdg_global_content_constraints.csv", infer_schema=False)
    permitted = constraints.filter(pl.col("SERIES") == "SL_EMP_FTLINJUR")["COMPOSITE_BREAKDOWN"].item().split(";")
    assert set(written["COMPOSITE_BREAKDOWN"]) <= set(permitted)
    back = sdmx.read(tmp_path / "sdg.csv")
    assert set(back.observations.select("migratory_status", "value").rows()) == {
        ("MIGRANT", 4.5),
        ("NONMIGRANT", 3.0),
        ("_T", 3.2),
    }


def test_csv_of_the_first_version(tmp_path: Path) -> None:
    lines = [
        "DATAFLOW,REF_AREA,INDICATOR,TIME_PERIOD,OBS_VALUE,UNIT_MULT",
        "UNSD:DF(1.0),484,migrants,2020,1.2,6",
        "UNSD:DF(1.0),NA,migrants,2020,,6",
    ]
    (tmp_path / "data.csv").write_text("\n".join(lines) + "\n", "utf-8")
    found = sdmx.read(tmp_path / "data.csv")
    assert found.reference == "UNSD:DF"
    # Namibia's alpha-2 code is no word for a missing value.
    assert found.observations.select("area", "value", "status").rows() == [
        ("MEX", 1_200_000.0, "A"),
        ("NAM", None, "O"),
    ]


@pytest.mark.slow
def test_real_tables_go_out_and_come_back_value_for_value(data: Path, tmp_path: Path) -> None:
    files = [
        data / "unsd-sdg-global-database-2020-10" / "datapoints" / "ddf--datapoints--sl_emp_injur--by--geo_area--migratory_status--nature--sex--units--year.csv.gz",
        data / "unhcr-refugee-statistics" / "demographics.csv.gz",
        data / "irregular-movements" / "irreg_darien_nat.csv.gz",
        data / "national-open-sdg" / "canada" / "indicator_10-3-1.csv",
    ]  # fmt: skip
    readings = []
    for path in files:
        recognition = recognise(SourceFile(path))
        assert recognition is not None
        readings.append(reader(recognition.source).read(SourceFile(path), recognition).observations)
    table = pl.concat(readings)
    sdmx.write_ml21(table, tmp_path / "data.xml", tmp_path / "structure.xml", prepared=WHEN)
    back = sdmx.read(tmp_path / "data.xml", tmp_path / "structure.xml")
    assert back.set_aside.is_empty()
    assert set(back.observations.select(CELLS).rows()) == set(table.select(CELLS).rows())

"""What is written as SDMX says what was measured, and an independent library reads it back value for value."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import ClassVar

import polars as pl
import pytest

from opencompact.errors import InvalidDataError
from opencompact.statistics import sdmx
from opencompact.statistics.observations import observations
from opencompact.statistics.sdmx.encoding import breakdown_of, indicator_of, period_of
from opencompact.statistics.sdmx.structure import CodeList, Names, Structure

WHEN = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)
ALL_SIX = {"en", "ar", "zh", "es", "fr", "ru"}


class Fictional:
    """A naming of our own: two countries and the world, two indicators."""

    areas: ClassVar = {"AAX": "First <Land> & Co", "BBX": "Second Land", "001": "World"}
    indicators: ClassVar = {"10.7.3": "Deaths", "refugees.hosted": "Refugees"}

    def area(self, code: str) -> Names | None:
        return {"en": self.areas[code], "ar": "بلد"} if code in self.areas else None

    def indicator(self, indicator: str) -> Names | None:
        return {"en": self.indicators[indicator]} if indicator in self.indicators else None


def four_kinds_of_nothing() -> pl.DataFrame:
    """Missing, zero, suppressed and not applicable, beside values with bounds, notes and breakdowns."""
    rows = [
        {"indicator": "10.7.3", "area": "AAX", "period": "2020", "value": 0.0},
        {"indicator": "10.7.3", "area": "AAX", "period": "2021", "value": None, "status": "O"},
        {"indicator": "10.7.3", "area": "AAX", "period": "2022", "value": None, "status": "Q", "confidentiality": "C"},
        {"indicator": "10.7.3", "area": "AAX", "period": "2023", "value": None, "status": "M"},
        {"indicator": "10.7.3", "area": "AAX", "period": "2024", "value": None, "status": "A", "confidentiality": "S"},
        {"indicator": "10.7.3", "area": "001", "period": "2023-Q1", "value": 1 / 3, "lower": 0.1, "upper": 1e-9},
        {"indicator": "10.7.3", "area": "001", "period": "2023-05", "value": 1e15, "status": "E", "note": 'a "<&>\n\tb'},
        {"indicator": "refugees.hosted", "area": "BBX", "period": "2007/2009", "value": -2.5, "origin": "AAX", "sex": "F"},
        {
            "indicator": "refugees.hosted",
            "area": "BBX",
            "period": "2024",
            "value": 12345678.0,
            "age": "Y0T17",
            "migratory_status": "MIGRANT",
            "breakdown": "cause=Drowning (sea);route=Méditerranée_1",
        },
    ]  # fmt: skip
    frame = pl.DataFrame(rows, infer_schema_length=None)
    filled = frame.with_columns(
        pl.col("status").fill_null("A"),
        pl.col("confidentiality").fill_null("F"),
        *(pl.col(name).fill_null("_T") for name in ("origin", "sex", "age", "migratory_status", "breakdown")),
    )
    return observations(filled, unit="persons", source="example.source", vintage="2026-01-01", file="x.csv", row=1)


def structure(table: pl.DataFrame) -> Structure:
    return sdmx.structure_of(table, Fictional())


def as_rows(table: pl.DataFrame) -> set[tuple[object, ...]]:
    """What travels, as comparable rows."""
    return set(table.drop("file", "row").rows())


def from_sdmx1(message: object) -> pl.DataFrame:
    """What the independent library understood, as observations again."""
    rows = []
    for observation in message.data[0].obs:  # type: ignore[attr-defined]
        said = {name: str(value.value) for name, value in observation.key.values.items()}
        attributes = dict(observation.attached_attribute)
        if getattr(observation, "series_key", None):
            attributes |= observation.series_key.attrib
            said |= {name: str(value.value) for name, value in observation.series_key.values.items()}
        said |= {name: str(getattr(value, "value", value)) for name, value in attributes.items()}
        value = observation.value
        number = None if value is None or value == "" else float(value)
        rows.append(_as_observation(said, number))
    return observations(pl.DataFrame(rows, infer_schema_length=None))


def _as_observation(said: dict[str, str], value: float | None) -> dict[str, object]:
    empty = {"", "None"}
    text = {name: None if entry in empty else entry for name, entry in said.items()}
    return {
        "indicator": indicator_of(said["INDICATOR"]),
        "area": said["REF_AREA"],
        "period": period_of(said["TIME_PERIOD"]),
        "value": value,
        "status": said["OBS_STATUS"],
        "confidentiality": said["CONF_STATUS"],
        "unit": breakdown_of(said["UNIT_MEASURE"]),
        "sex": said["SEX"],
        "age": said["AGE"],
        "migratory_status": said["MIG_STATUS"],
        "origin": said["COUNTERPART_AREA"],
        "breakdown": breakdown_of(said["BREAKDOWN"]),
        "lower": float(text["LOWER_BOUND"]) if text.get("LOWER_BOUND") else None,
        "upper": float(text["UPPER_BOUND"]) if text.get("UPPER_BOUND") else None,
        "note": text.get("COMMENT_OBS"),
        "source": said["DATA_SOURCE"],
        "vintage": said["VINTAGE"],
    }


def test_an_independent_library_reads_ml21_back_value_for_value(tmp_path: Path) -> None:
    import sdmx as independent

    table = four_kinds_of_nothing()
    sdmx.write_ml21(table, tmp_path / "data.xml", tmp_path / "structure.xml", structure(table), WHEN)
    definition = independent.read_sdmx(tmp_path / "structure.xml").structure["OBSERVATIONS"]
    message = independent.read_sdmx(tmp_path / "data.xml", structure=definition)
    assert as_rows(from_sdmx1(message)) == as_rows(table)


def test_an_independent_library_reads_csv_back_value_for_value(tmp_path: Path) -> None:
    import sdmx as independent

    # That reader splits the file into lines before it looks at quotes, so a note with a line break is not for it.
    table = four_kinds_of_nothing().with_columns(pl.col("note").str.replace_all(r"\s", " "))
    sdmx.write_csv(table, tmp_path / "data.csv", structure(table))
    sdmx.write_ml21(table, tmp_path / "data.xml", tmp_path / "structure.xml", structure(table), WHEN)
    definition = independent.read_sdmx(tmp_path / "structure.xml").structure["OBSERVATIONS"]
    message = independent.read_sdmx(tmp_path / "data.csv", structure=definition)
    assert as_rows(from_sdmx1(message)) == as_rows(table)


@pytest.mark.parametrize("name", ["data.csv", "data.xml"])
def test_a_second_independent_library_reads_both_back_value_for_value(tmp_path: Path, name: str) -> None:
    from pysdmx.io import get_datasets

    table = four_kinds_of_nothing()
    sdmx.write_csv(table, tmp_path / "data.csv", structure(table))
    sdmx.write_ml21(table, tmp_path / "data.xml", tmp_path / "structure.xml", structure(table), WHEN)
    read = get_datasets(tmp_path / name, tmp_path / "structure.xml")[0].data.astype(object)
    read = read.where(read.notna(), "")
    rows = [
        {key: repr(cell) if isinstance(cell, float) else str(cell) for key, cell in row.items()}
        for row in read.to_dict("records")
    ]
    found = [_as_observation(row, float(row["OBS_VALUE"]) if row["OBS_VALUE"] else None) for row in rows]
    assert as_rows(observations(pl.DataFrame(found, infer_schema_length=None))) == as_rows(table)


def test_both_messages_are_valid_by_the_schemas_of_sdmx(tmp_path: Path) -> None:
    from pysdmx.io.xml.doc_validation import validate_doc

    table = four_kinds_of_nothing()
    sdmx.write_ml21(table, tmp_path / "data.xml", tmp_path / "structure.xml", structure(table), WHEN)
    validate_doc((tmp_path / "structure.xml").read_text("utf-8"))
    validate_doc((tmp_path / "data.xml").read_text("utf-8"))
    with pytest.raises(Exception, match=r"not expected|not allowed|not a valid"):
        validate_doc((tmp_path / "data.xml").read_text("utf-8").replace("<message:Test>false", "<message:Test>maybe"))


def test_the_structure_names_its_codes_in_the_six_languages(tmp_path: Path) -> None:
    import sdmx as independent

    table = four_kinds_of_nothing()
    sdmx.write_ml21(table, tmp_path / "data.xml", tmp_path / "structure.xml", structure(table), WHEN)
    message = independent.read_sdmx(tmp_path / "structure.xml")
    for name in ("CL_SEX", "CL_OBS_STATUS", "CL_CONF_STATUS", "CL_MIG_STATUS", "CL_FREQ", "CL_AGE"):
        for code in message.codelist[name]:
            assert set(code.name.localizations) == ALL_SIX, (name, code)
    assert message.codelist["CL_AGE"]["Y0T17"].name.localizations["fr"] == "De 0 à 17 ans"
    assert message.codelist["CL_AREA"]["AAX"].name.localizations["en"] == "First <Land> & Co"
    assert "MIG_STATUS" in [one.id for one in message.structure["OBSERVATIONS"].dimensions.components]


def test_the_same_observations_give_the_same_bytes(tmp_path: Path) -> None:
    table = four_kinds_of_nothing()
    for name, rows in (("a", table), ("b", table.reverse())):
        sdmx.write_csv(rows, tmp_path / f"{name}.csv", structure(table))
        sdmx.write_ml21(rows, tmp_path / f"{name}.xml", tmp_path / f"{name}-dsd.xml", structure(table), WHEN)
    for suffix in (".csv", ".xml", "-dsd.xml"):
        assert (tmp_path / f"a{suffix}").read_bytes() == (tmp_path / f"b{suffix}").read_bytes()


WRONG = [
    ({"sex": "X"}, "unknown-code", "SEX"),
    ({"area": "ZZZ"}, "unknown-code", "REF_AREA"),
    ({"indicator": "10.7.9"}, "unknown-code", "INDICATOR"),
    ({"age": "0-17"}, "unknown-code", "AGE"),
    ({"migratory_status": "ALIEN"}, "unknown-code", "MIG_STATUS"),
    ({"status": "?"}, "unknown-code", "OBS_STATUS"),
    ({"period": "2020/21"}, "bad-period", "TIME_PERIOD"),
    ({"period": "2020-13"}, "bad-period", "TIME_PERIOD"),
    ({"area": None}, "missing-dimension", "REF_AREA"),
    ({"unit": None}, "missing-attribute", "UNIT_MEASURE"),
    ({"value": float("nan")}, "not-finite", "OBS_VALUE"),
    ({"value": None, "status": "A"}, "status-against-value", "OBS_STATUS"),
    ({"value": 3.0, "status": "O"}, "status-against-value", "OBS_STATUS"),
    ({"period": "2021"}, "duplicate-key", "key"),
    ({"note": "a\x0bb"}, "unwritable-character", "COMMENT_OBS"),
]


@pytest.mark.parametrize(("change", "rule", "component"), WRONG)
def test_nothing_wrong_is_written(tmp_path: Path, change: dict[str, object], rule: str, component: str) -> None:
    table = four_kinds_of_nothing()
    with_one_wrong_row = table.with_columns(
        pl.when(pl.int_range(pl.len()) == 0)
        .then(pl.lit(value, dtype=table.schema[column]))
        .otherwise(column)
        .alias(column)
        for column, value in change.items()
    )
    definition = structure(with_one_wrong_row)
    found = sdmx.faults(with_one_wrong_row, definition)
    assert (rule, component) in [(fault.rule, fault.component) for fault in found]
    with pytest.raises(InvalidDataError) as refused:
        sdmx.write_csv(with_one_wrong_row, tmp_path / "data.csv", definition)
    assert refused.value.remedy
    assert refused.value.place.file == "x.csv"
    with pytest.raises(InvalidDataError):
        sdmx.write_ml21(with_one_wrong_row, tmp_path / "data.xml", tmp_path / "dsd.xml", definition, WHEN)
    assert list(tmp_path.iterdir()) == []


def test_an_attribute_of_a_series_may_not_change_within_it(tmp_path: Path) -> None:
    table = four_kinds_of_nothing()
    first = pl.int_range(pl.len()) == 0
    changing = table.with_columns(pl.when(first).then(pl.lit("percent")).otherwise("unit").alias("unit"))
    loose = structure(changing)
    assert sdmx.faults(changing, loose) == []
    of_series = tuple(
        replace(one, attachment="series") if one.id == "UNIT_MEASURE" else one for one in loose.components
    )
    strict = replace(loose, components=of_series)
    assert [(fault.rule, fault.component) for fault in sdmx.faults(changing, strict)] == [
        ("attachment", "UNIT_MEASURE")
    ]
    assert sdmx.faults(table, strict) == []
    sdmx.write_ml21(table, tmp_path / "data.xml", tmp_path / "dsd.xml", strict, WHEN)
    series = (tmp_path / "data.xml").read_text("utf-8").count("<Series ")
    assert (tmp_path / "data.xml").read_text("utf-8").count('UNIT_MEASURE="persons"') == series < table.height


def test_codes_are_legal_identifiers_and_read_back() -> None:
    texts = [
        "route=Central Mediterranean;cause=a=b",
        "ключ=значение",
        "key=a_b@c$d.e",
        "_T",
        "10.c.1",
        "asylum-seekers.hosted",
    ]
    for text in texts:
        assert sdmx.encoding.CODE.fullmatch(sdmx.encoding.breakdown_code(text))
        assert sdmx.encoding.breakdown_of(sdmx.encoding.breakdown_code(text)) == text
        assert sdmx.encoding.indicator_of(sdmx.encoding.indicator_code(text)) == text


def test_an_empty_table_gives_a_file_with_a_header_only(tmp_path: Path) -> None:
    table = four_kinds_of_nothing().clear()
    sdmx.write_csv(table, tmp_path / "data.csv", structure(table))
    sdmx.write_ml21(table, tmp_path / "data.xml", tmp_path / "dsd.xml", structure(table), WHEN)
    assert len((tmp_path / "data.csv").read_text().splitlines()) == 1
    assert isinstance(structure(table).codelists["CL_SEX"], CodeList)

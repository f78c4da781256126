"""`opencompact check` reads SDMX data messages with the same rules as a table."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path

import polars as pl
import pytest

from opencompact.errors import InvalidDataError
from opencompact.statistics import sdmx
from opencompact.statistics.checking import check_file
from opencompact.statistics.observations import observations

TODAY = date(2026, 11, 21)


class Naming:
    """English names of what the table holds."""

    def area(self, code: str) -> dict[str, str]:
        return {"en": code}

    def indicator(self, indicator: str) -> dict[str, str]:
        return {"en": indicator}


def table(women: float = 51.0) -> pl.DataFrame:
    rows = [
        {"area": "MEX", "period": str(year), "sex": sex, "value": value, "breakdown": f"registered={kind}"}
        for year in range(2015, 2021)
        for kind in ("on time", "late")
        for sex, value in (("_T", 100.0), ("F", women if year == 2017 else 51.0), ("M", 49.0))
    ]
    frame = pl.DataFrame(rows)
    return observations(frame, indicator="missing.dead", unit="persons", source="a.b", vintage="2026-01-01")


def _csv(content: pl.DataFrame, path: Path) -> Path:
    sdmx.write_csv(content, path / "data.csv", sdmx.structure_of(content, Naming()))
    return path / "data.csv"


def _xml(content: pl.DataFrame, path: Path) -> Path:
    structure = sdmx.structure_of(content, Naming())
    sdmx.write_ml21(content, path / "data.xml", path / "structure.xml", structure, datetime(2026, 1, 1, tzinfo=UTC))
    return path / "data.xml"


@pytest.mark.parametrize("write", [_csv, _xml])
def test_a_sound_message_has_no_error_and_a_wrong_part_has_one(
    tmp_path: Path, write: Callable[[pl.DataFrame, Path], Path]
) -> None:
    sound = check_file(write(table(), tmp_path), today=TODAY)
    assert sound.errors == 0
    assert sound.observations is not None
    assert sound.rows == sound.observations.height == 36
    assert set(sound.observations["breakdown"]) == {"registered=on time", "registered=late"}
    faulty = check_file(write(table(women=81.0), tmp_path), today=TODAY)
    found = [finding for finding in faulty.findings if finding.severity == "error"]
    assert {finding.rule for finding in found} == {"parts-do-not-add-up"}
    assert len(found) == 2


def test_a_code_that_is_in_no_list_is_an_error_with_its_place(tmp_path: Path) -> None:
    path = _csv(table(), tmp_path)
    path.write_text(path.read_text("utf-8").replace(",MEX,", ",QQQ,", 1), "utf-8")
    found = [one for one in check_file(path, today=TODAY).findings if one.rule == "sdmx-set-aside"]
    assert [(one.row, "QQQ" in one.message) for one in found] == [(2, True)]


def test_a_structure_is_no_table_of_data(data: Path) -> None:
    with pytest.raises(InvalidDataError, match="structure"):
        check_file(data / "sdmx-samples" / "ESTAT__demography-structure.xml", today=TODAY)

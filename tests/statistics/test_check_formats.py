"""The seventeen faults that pass the peers (CSV, XLSX, Parquet, SDMX-CSV): each is found in each."""

from __future__ import annotations

import csv
from collections.abc import Callable
from datetime import date
from pathlib import Path

import openpyxl
import polars as pl
import pytest

from opencompact.errors import InvalidDataError
from opencompact.statistics.checking import check_file

Rows = list[list[str]]
HEADING = ["indicator", "area", "period", "sex", "value", "unit"]
SDMX = ["SERIES", "REF_AREA", "TIME_PERIOD", "SEX", "OBS_VALUE", "UNIT_MEASURE"]


def sound() -> Rows:
    return [
        ["16.9.1", "MEX", str(year), sex, str(value + year % 5), "percent"]
        for year in range(2018, 2024)
        for sex, value in (("_T", 50), ("F", 52), ("M", 48))
    ]


def as_csv(folder: Path, heading: list[str], rows: Rows) -> Path:
    path = folder / "table.csv"
    with path.open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream).writerows([heading, *rows])
    return path


def as_xlsx(folder: Path, heading: list[str], rows: Rows) -> Path:
    workbook = openpyxl.Workbook()
    sheet = workbook.active
    assert sheet is not None
    for row in (heading, *rows):
        sheet.append([_typed(cell) for cell in row])
    workbook.save(folder / "table.xlsx")
    return folder / "table.xlsx"


def _typed(cell: str) -> object:
    try:
        return float(cell) if cell else None
    except ValueError:
        return cell


def as_parquet(folder: Path, heading: list[str], rows: Rows) -> Path:
    pl.DataFrame(rows, schema=heading, orient="row").write_parquet(folder / "table.parquet")
    return folder / "table.parquet"


def as_sdmx(folder: Path, heading: list[str], rows: Rows) -> Path:
    codes = ["OBS_VALU" if name == "valu" else SDMX[HEADING.index(name)] for name in heading]
    return as_csv(folder, ["DATAFLOW", *codes], [["OFFICE:BIRTHS(1.0)", *row] for row in rows])


FORMATS = [as_csv, as_xlsx, as_parquet, as_sdmx]


def cell(row: int, column: int, text: str) -> Callable[[Rows], None]:
    def change(rows: Rows) -> None:
        rows[row][column] = text

    return change


def parts(rows: Rows) -> None:
    for row, text in ((3, "100"), (4, "80"), (5, "80")):
        rows[row][4] = text


def tenth(rows: Rows) -> None:
    for row in (9, 10, 11):
        rows[row][4] = str(float(rows[row][4]) / 10)


def without_totals(rows: Rows) -> None:
    rows[:] = [row for row in rows if row[3] != "_T"]


FAULTS: list[tuple[str, Callable[[Rows], None], str]] = [
    ("two values for one cell", lambda rows: rows.append(["16.9.1", "MEX", "2020", "F", "77", "percent"]), "duplicate"),
    ("140 percent", cell(4, 4, "140"), "percentage-impossible"),
    ("-5 percent", cell(4, 4, "-5"), "percentage-impossible"),
    ("a letter missing", cell(4, 3, "Femal"), "unknown-sex"),
    ("another case", cell(4, 3, "female"), "unknown-sex"),
    ("parts beside their total", parts, "total-outside-parts"),
    ("a year in another unit", tenth, "unit-slip"),
    ("a year to come", cell(4, 2, "2105"), "period-impossible"),
    ("a span among years", cell(4, 2, "2019/20"), "period-form"),
    ("no such area", cell(4, 1, "ZZX"), "unknown-area"),
    ("no total", without_totals, "total-missing"),
    ("a bound", cell(4, 4, "<5"), "bounded-number"),
    ("a decimal comma", cell(4, 4, "52,4"), "number-as-text"),
    ("a comma for thousands", cell(4, 4, "1,204"), "number-as-text"),
    ("a stray blank", cell(4, 3, "F "), "stray-blanks"),
    ("an empty row", lambda rows: rows.insert(5, [""] * 6), "empty-row"),
]
#: What a reader of SDMX sets aside before the rules see it: an error all the same.
SET_ASIDE = {"unknown-area", "bounded-number", "number-as-text", "empty-row"}


@pytest.mark.parametrize("write", FORMATS)
def test_a_sound_table_has_no_findings(tmp_path: Path, write: Callable[[Path, list[str], Rows], Path]) -> None:
    assert check_file(write(tmp_path, HEADING, sound()), today=date(2026, 11, 21)).findings == ()


@pytest.mark.parametrize("write", FORMATS)
@pytest.mark.parametrize(("change", "rule"), [fault[1:] for fault in FAULTS], ids=[fault[0] for fault in FAULTS])
def test_each_fault_is_found_in_each_format(
    tmp_path: Path, write: Callable[[Path, list[str], Rows], Path], change: Callable[[Rows], None], rule: str
) -> None:
    rows = sound()
    change(rows)
    found = check_file(write(tmp_path, HEADING, rows), today=date(2026, 11, 21)).findings
    expected = "sdmx-set-aside" if write is as_sdmx and rule in SET_ASIDE else rule
    assert expected in {finding.rule.removesuffix("-conflicting") for finding in found}


@pytest.mark.parametrize("write", FORMATS)
def test_a_wrong_heading_stops_in_each_format(tmp_path: Path, write: Callable[[Path, list[str], Rows], Path]) -> None:
    path = write(tmp_path, [*HEADING[:4], "valu", "unit"], sound())
    if write is as_sdmx:
        with pytest.raises(InvalidDataError, match="value of its observations"):
            check_file(path, today=date(2026, 11, 21))
    else:
        assert "heading-missing" in {one.rule for one in check_file(path, today=date(2026, 11, 21)).findings}

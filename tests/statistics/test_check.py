"""`opencompact check` finds what lets a wrong table be published: the peers' 17 faults and more."""

from __future__ import annotations

import json
import subprocess
import sys
import tomllib
from collections.abc import Callable
from datetime import date
from importlib.resources import files
from pathlib import Path

import polars as pl
import pytest

from opencompact.errors import InputError, UsageError
from opencompact.statistics import Workspace
from opencompact.statistics.checking import Report, check_file
from opencompact.statistics.checking.populations import populations_of
from opencompact.statistics.importing import import_file

TODAY = date(2026, 11, 21)
HEADING = "indicator,area,period,sex,value"


def sound_rows() -> list[list[str]]:
    """Six years of births registered, in percent, women's and men's about the total."""
    return [
        ["16.9.1", "MEX", str(year), sex, str(value + shift)]
        for year, value in zip(range(2015, 2021), (80, 81, 83, 84, 85, 87), strict=True)
        for sex, shift in (("_T", 0), ("F", 1), ("M", -1))
    ]


def counts() -> list[list[str]]:
    """Six years of deaths, in persons: parts add up."""
    return [
        ["missing.dead", "MEX", str(year), sex, str(value)]
        for year in range(2015, 2021)
        for sex, value in (("_T", 100 + year - 2015), ("F", 40), ("M", 60 + year - 2015))
    ]


Write = Callable[..., Report]


@pytest.fixture
def checked(tmp_path: Path) -> Write:
    def write(rows: list[list[str]], heading: str = HEADING, **options: str) -> Report:
        path = tmp_path / "table.csv"
        path.write_text("\n".join([heading, *(",".join(row) for row in rows)]) + "\n", encoding="utf-8")
        return check_file(path, today=TODAY, **options)

    return write


def rules(report: Report) -> set[str]:
    return {finding.rule for finding in report.findings}


def only(report: Report, rule: str) -> list[tuple[int | None, str | None, str | None, str]]:
    return [(f.row, f.column, f.value, f.severity) for f in report.findings if f.rule == rule]


def changed(rows: list[list[str]], index: int, column: int, value: str) -> list[list[str]]:
    rows[index][column] = value
    return rows


@pytest.mark.parametrize("rows", [sound_rows(), counts()])
def test_a_sound_table_has_no_findings_and_becomes_observations(checked: Write, rows: list[list[str]]) -> None:
    report = checked(rows)
    assert report.findings == ()
    assert report.observations is not None
    assert report.observations.height == 18
    assert report.observations["row"].to_list() == list(range(2, 20))


def test_a_number_beyond_every_number_is_an_error_and_is_not_imported(checked: Write, tmp_path: Path) -> None:
    report = checked([["migrants", "TUR", "2023", "", "1e400"], ["migrants", "TUR", "2022", "", "-1E999"]])
    assert [(row, column) for row, column, *_ in only(report, "number-endless")] == [(2, "value"), (3, "value")]
    assert report.observations is None
    bounds = checked([["migrants", "TUR", "2023", "5", "1e400"]], "indicator,area,period,value,upper")
    assert only(bounds, "number-endless") == [(2, "upper", "1e400", "error")]


def test_no_country_has_more_people_than_the_world(checked: Write) -> None:
    rows = [["migrants", "TUR", "2024", "", "999999999999"], ["migrants", "TUR", "1950", "", "3000000000"]]
    report = checked([*rows, ["population", "001", "2024", "", "8161972573"]])
    assert only(report, "above-the-world") == [
        (2, "value", "999999999999", "error"),
        (3, "value", "3000000000", "error"),
    ]


def test_more_people_than_live_in_the_area_are_a_warning_where_its_population_is_loaded(tmp_path: Path) -> None:
    path = tmp_path / "mine.csv"
    path.write_text(f"{HEADING}\nemigrants,NIU,2023,,5000\nmigrants,NIU,2023,,500\n", "utf-8")
    lives = {("NIU", 2023): 1800.0}
    assert only(check_file(path, today=TODAY, populations=lives), "above-the-area") == [(2, "value", "5000", "warning")]
    assert only(check_file(path, today=TODAY), "above-the-area") == []


def test_the_populations_of_the_workspace_are_those_compared_with(tmp_path: Path) -> None:
    workspace, people, mine = tmp_path / "w", tmp_path / "people.csv", tmp_path / "mine.csv"
    people.write_text("indicator,area,period,value\npopulation,NIU,2023,1800\n", "utf-8")
    mine.write_text("indicator,area,period,value\nmigrants,NIU,2023,5000\n", "utf-8")
    Workspace.create(workspace)
    assert populations_of(tmp_path / "nowhere") == populations_of(workspace) == {}
    import_file(workspace, people)
    assert populations_of(workspace) == {("NIU", 2023): 1800.0}
    notes = import_file(workspace, mine).notes
    assert any("More people than live in NIU" in note for note in notes)


def test_of_three_rows_in_a_cell_the_copy_and_the_conflict_are_both_told(checked: Write) -> None:
    rows = [["migrants", "TUR", "2023", "", value] for value in ("12", "12", "13")]
    report = checked(rows)
    assert only(report, "duplicate") == [(3, "value", "12", "warning")]
    assert only(report, "duplicate-conflicting") == [(4, "value", "13", "error")]


@pytest.mark.parametrize(
    ("text", "remedy"),
    [
        ("20/05/2020", "Write year-month-day: 2020-05-20."),
        ("05/20/2020", "Write year-month-day: 2020-05-20."),
        ("03/05/2020", "Write year-month-day: 2020-05-03 or 2020-03-05."),
        ("05/05/2020", "Write year-month-day: 2020-05-05."),
        ("31/02/2020", "Give a day of the calendar."),
    ],
)
def test_the_remedy_of_a_day_names_days_that_there_are(checked: Write, text: str, remedy: str) -> None:
    report = checked([["migrants", "TUR", text, "", "12"]])
    assert [finding.remedy for finding in report.findings if finding.rule == "period-form"] == [remedy]


def test_the_remedy_of_a_mark_gives_each_code_the_meaning_that_sdmx_gives_it(checked: Write) -> None:
    report = checked([["migrants", "TUR", "2020", "", ".."]])
    remedy = next(finding.remedy for finding in report.findings if finding.rule == "missing-mark")
    assert "M not applicable" in remedy
    codes = tomllib.loads(files("opencompact.statistics.sdmx").joinpath("codes.toml").read_text("utf-8"))
    assert "not applicable" in str(codes["CL_OBS_STATUS"]["codes"]["M"]["en"])


# The faults that 17 of open-sdg.md's table name, one by one.


def test_two_values_for_one_cell(checked: Write) -> None:
    report = checked([*sound_rows(), ["16.9.1", "MEX", "2016", "F", "55"]])
    assert only(report, "duplicate-conflicting") == [(20, "value", "55", "error")]


@pytest.mark.parametrize("value", ["140", "-5"])
def test_an_impossible_percentage(checked: Write, value: str) -> None:
    assert only(checked(changed(sound_rows(), 4, 4, value)), "percentage-impossible") == [(6, "value", value, "error")]


def test_a_rate_above_its_own_base(checked: Write) -> None:
    rows = [
        ["8.8.1", "MEX", str(year), "_T", value] for year, value in ((2015, "1100"), (2016, "947196"), (2017, "900"))
    ]
    assert only(checked(rows), "rate-above-its-base") == [(3, "value", "947196", "warning")]


def test_a_negative_count(checked: Write) -> None:
    assert only(checked(changed(counts(), 4, 4, "-3")), "count-negative") == [(6, "value", "-3", "error")]


@pytest.mark.parametrize("text", ["Femal", "female", "f", "Women"])
def test_a_sex_that_is_misspelt_or_in_another_case(checked: Write, text: str) -> None:
    report = checked(changed(sound_rows(), 1, 3, text))
    assert only(report, "unknown-sex") == [(3, "sex", text, "error")]
    assert any("Write F." in finding.remedy for finding in report.findings)


def test_a_misspelt_category_of_the_users_own(checked: Write) -> None:
    rows = [[*row, "Urban" if i else "Uban"] for i, row in enumerate(counts())]
    assert only(checked(rows, HEADING + ",place"), "category-spelling") == [(2, "place", "Uban", "error")]
    rows = [[*row, "Urban" if i else "urban"] for i, row in enumerate(counts())]
    assert only(checked(rows, HEADING + ",place"), "category-spelling") == [(2, "place", "urban", "error")]


def test_parts_that_do_not_add_up(checked: Write) -> None:
    rows = changed(changed(counts(), 1, 4, "80"), 2, 4, "80")
    assert only(checked(rows), "parts-do-not-add-up") == [(2, "value", "100", "error")]


def test_a_percentage_of_the_total_outside_its_parts(checked: Write) -> None:
    assert only(checked(changed(sound_rows(), 0, 4, "60")), "total-outside-parts") == [(2, "value", "60", "error")]


def test_a_tenfold_slip_in_one_cell_and_in_all_of_a_year(checked: Write) -> None:
    one = checked(changed(counts(), 7, 4, "400"))
    assert only(one, "decimal-slip") == [(9, "value", "400", "warning")]
    rows = [[*row[:4], str(int(row[4]) / 10)] if row[2] == "2018" else row for row in counts()]
    assert {row for row, *_ in only(checked(rows), "unit-slip")} == {11, 12, 13}


@pytest.mark.parametrize("period", ["2105", "2019-13", "2021-02-30", "0219"])
def test_an_impossible_period(checked: Write, period: str) -> None:
    report = checked(changed(sound_rows(), 0, 2, period))
    assert {"period-impossible", "period-form"} & rules(report)
    assert report.errors


@pytest.mark.parametrize(
    ("period", "remedy"),
    [
        ("2019/20", "Write one year (2019"),
        ("2013 Q1", "2013-Q1"),
        ("31/12/2019", "2019-12-31"),
        ("2021/22 [Note 5]", "2021"),
        ("43830", "spreadsheet"),
    ],
)
def test_a_period_that_is_not_iso_8601(checked: Write, period: str, remedy: str) -> None:
    report = checked(changed(sound_rows(), 0, 2, period))
    assert [remedy in f.remedy for f in report.findings if f.rule == "period-form"] == [True]


def test_years_and_quarters_mixed(checked: Write) -> None:
    assert only(checked(changed(sound_rows(), 17, 2, "2020-Q2")), "period-mixed")[0][3] == "warning"


def test_an_area_that_is_in_no_list(checked: Write) -> None:
    report = checked(changed(sound_rows(), 0, 1, "MXE"))
    assert only(report, "unknown-area") == [(2, "area", "MXE", "error")]
    named = checked(changed(sound_rows(), 0, 1, "Mexico"))
    assert any("Write MEX." in finding.remedy for finding in named.findings)


def test_no_total_row(checked: Write) -> None:
    report = checked([row for row in counts() if row[3] != "_T"])
    assert len(only(report, "total-missing")) == 6
    assert report.errors == 0


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("<5", "bounded-number"),
        ('"1,204"', "number-as-text"),
        ('"52,4"', "number-as-text"),
        ("12 %", "number-as-text"),
        ("٥٢", "number-as-text"),
        ("..", "missing-mark"),
        ("N", "not-a-number"),
        ("83 b", "number-as-text"),
        ("#REF!", "formula"),
        ("=A1*2", "formula"),
        ("NaN", "missing-mark"),
        ("inf", "number-as-text"),
    ],
)
def test_a_number_that_is_text(checked: Write, text: str, rule: str) -> None:
    report = checked(changed(sound_rows(), 4, 4, text))
    assert (6, "value", text.strip('"'), "error") in only(report, rule)
    assert report.observations is None


def test_stray_blanks(checked: Write) -> None:
    assert only(checked(changed(sound_rows(), 1, 3, "F ")), "stray-blanks") == [(3, "sex", "F ", "error")]
    assert only(checked(changed(sound_rows(), 1, 3, "F\u200b")), "stray-blanks") == [(3, "sex", "F\u200b", "error")]


def test_an_empty_row(checked: Write) -> None:
    rows = sound_rows()
    rows.insert(3, ["", "", "", "", ""])
    assert only(checked(rows), "empty-row") == [(5, None, None, "error")]


def test_wrong_headings(checked: Write) -> None:
    assert only(checked(sound_rows(), "indicator,area,Year,sex,value"), "heading-form") == [
        (None, "Year", "Year", "warning")
    ]
    missing = checked(sound_rows(), "indicator,area,period,sex,valeu")
    assert only(missing, "heading-missing") == [(1, "valeu", "valeu", "error")]


def test_sdmx_headings_are_read(checked: Write) -> None:
    report = checked(sound_rows(), "INDICATOR,REF_AREA,TIME_PERIOD,SEX,OBS_VALUE")
    assert report.findings == ()


def test_placeholders_that_look_like_data(checked: Write) -> None:
    template = [["10.7.1", "ARM", str(2000 + i), group, str(i % 3 + 1)] for i, group in enumerate("ABAB")]
    assert "placeholder" in rules(checked(template, "indicator,area,period,Group,value"))
    one = checked([["2015", "0"]], "Year,Value", indicator="10.7.1", area="USA")
    assert "placeholder" in rules(one)
    sentence = checked([["There is no data for this indicator yet", ""]], "Year,Value", indicator="10.7.1", area="GBR")
    assert "placeholder" in rules(sentence)


def test_a_withheld_value_that_is_there_all_the_same(checked: Write) -> None:
    rows = [[*row, "C" if i == 1 else "F"] for i, row in enumerate(counts())]
    assert only(checked(rows, HEADING + ",confidentiality"), "withheld-value-given") == [(3, "value", None, "error")]


def test_a_gap_says_why(checked: Write) -> None:
    assert "gap-unexplained" in rules(checked(changed(counts(), 1, 4, "")))
    rows = [[*row, ""] for row in counts()]
    rows[1][4:] = ["", "L"]
    report = checked(rows, HEADING + ",status")
    assert "gap-unexplained" not in rules(report)
    assert report.observations is not None
    assert report.observations.row(1, named=True)["value"] is None
    assert report.observations.row(1, named=True)["status"] == "L"


def test_zero_is_a_value_and_not_a_gap(checked: Write) -> None:
    rows = changed(changed(counts(), 1, 4, "0"), 2, 4, "100")
    report = checked(rows)
    assert report.observations is not None
    assert report.observations.row(1, named=True)["value"] == 0


def test_two_units_for_one_indicator(checked: Write) -> None:
    rows = [[*row, "thousands" if i == 5 else "persons"] for i, row in enumerate(counts())]
    assert only(checked(rows, HEADING + ",unit"), "units-mixed") == [(7, "unit", "thousands", "error")]


def test_names_of_persons_do_not_belong_in_statistics(checked: Write) -> None:
    rows = [[*row, "x"] for row in counts()]
    assert only(checked(rows, HEADING + ",Family name"), "personal-data") == [(None, "Family name", None, "error")]


def test_ages_add_up_where_they_cover_the_whole(checked: Write) -> None:
    rows = [
        ["missing.dead", "MEX", "2020", age, value] for age, value in (("_T", "100"), ("Y0T17", "30"), ("Y_GE18", "50"))
    ]
    assert only(checked(rows, "indicator,area,period,age,value"), "parts-do-not-add-up") == [
        (2, "value", "100", "error")
    ]
    partial = [row for row in rows if row[3] != "Y_GE18"]
    assert checked(partial, "indicator,area,period,age,value").errors == 0


def test_a_column_of_the_users_own_is_a_breakdown(checked: Write) -> None:
    rows = [[*row, "_T"] for row in counts()] + [["missing.dead", "MEX", "2020", "_T", "20", "Desert"]]
    report = checked(rows, HEADING + ",route")
    assert report.observations is not None
    assert report.observations["breakdown"].unique().sort().to_list() == ["_T", "route=Desert"]


# Files that cannot be read.


def test_files_that_cannot_be_read_say_so_in_a_sentence(tmp_path: Path) -> None:
    cases = {
        "latin.csv": (f"{HEADING}\n".encode() + b"16.9.1,MEX,2015,\xe9,3\n", "not UTF-8"),
        "empty.csv": (b"", "empty"),
        "cut.csv.gz": (b"\x1f\x8b\x08\x00abc", "truncated"),
        "cut.xlsx": (b"PK\x03\x04abc", "truncated"),
        "page.csv": (b"<html><body>Not found</body></html>", "page"),
        "quote.csv": (b'indicator,value\n"a,1\n', "taken apart"),
        "report.pdf.csv": (b"%PDF-1.7", "document"),
    }
    for name, (content, said) in cases.items():
        (tmp_path / name).write_bytes(content)
        with pytest.raises(InputError, match=said) as error:
            check_file(tmp_path / name, today=TODAY)
        assert error.value.remedy
    with pytest.raises(InputError, match="no such file"):
        check_file(tmp_path / "absent.csv", today=TODAY)


def test_the_same_table_as_csv_xlsx_parquet_and_json_has_the_same_observations(tmp_path: Path) -> None:
    frame = pl.DataFrame(counts(), schema=HEADING.split(","), orient="row").with_columns(
        pl.col("value").cast(pl.Float64)
    )
    frame.write_csv(tmp_path / "t.csv")
    frame.write_parquet(tmp_path / "t.parquet")
    (tmp_path / "t.json").write_text(json.dumps(frame.to_dicts()))
    import openpyxl

    book = openpyxl.Workbook()
    for row in [frame.columns, *frame.rows()]:
        book.active.append(list(row))
    book.save(tmp_path / "t.xlsx")
    seen = []
    for kind in ("csv", "xlsx", "parquet", "json"):
        report = check_file(tmp_path / f"t.{kind}", today=TODAY)
        assert report.findings == (), kind
        assert report.observations is not None
        seen.append(report.observations.drop("file", "row"))
    assert all(table.equals(seen[0]) for table in seen)


def test_a_number_kept_as_text_in_a_workbook_is_told(tmp_path: Path) -> None:
    import openpyxl

    book = openpyxl.Workbook()
    for row in [HEADING.split(","), *counts()]:
        book.active.append(list(row))
    book.save(tmp_path / "t.xlsx")
    report = check_file(tmp_path / "t.xlsx", today=TODAY)
    assert ("number-as-text", "warning") in {(f.rule, f.severity) for f in report.findings}


def test_the_command_gives_findings_as_data_and_an_exit_code(tmp_path: Path) -> None:
    path = tmp_path / "t.csv"
    path.write_text(HEADING + "\n16.9.1,MEX,2015,_T,140\n")
    ran = subprocess.run(
        [sys.executable, "-m", "opencompact.cli", "check", str(path), "--json"], capture_output=True, text=True
    )
    assert ran.returncode == 4
    (finding,) = json.loads(ran.stdout)["findings"]
    assert (finding["row"], finding["column"], finding["rule"], finding["severity"]) == (
        2,
        "value",
        "percentage-impossible",
        "error",
    )
    assert finding["remedy"]


def test_an_own_table_is_imported_only_when_it_has_no_error(tmp_path: Path) -> None:
    from opencompact.statistics.sources import contract, own_table
    from opencompact.statistics.sources.file import SourceFile

    path = tmp_path / "own.csv"
    path.write_text(HEADING + "\n" + "\n".join(",".join(row) for row in sound_rows()) + "\n")
    file = SourceFile(path)
    recognition = contract.recognise(file)
    assert recognition is not None
    assert recognition.source == "own.table"
    reading = own_table.read(file, recognition)
    assert (reading.read, reading.observations.height, reading.vintage) == (18, 18, "2020-12-31")
    path.write_text(HEADING + "\n16.9.1,MEX,2015,_T,140\n")
    from opencompact.errors import InvalidDataError

    with pytest.raises(InvalidDataError, match="between 0 and 100") as error:
        own_table.read(SourceFile(path), recognition)
    assert (error.value.place.row, error.value.place.column) == (2, "value")


def test_two_columns_of_one_name_are_an_error(checked: Write) -> None:
    report = checked([["16.9.1", "MEX", "2020", "80", "81"]], "indicator,area,period,value,value")
    assert only(report, "heading-twice") == [(None, "value (2)", None, "error")]


def test_a_title_above_the_heading_is_told_in_one_sentence(checked: Write) -> None:
    from opencompact.errors import InvalidDataError

    with pytest.raises(InvalidDataError, match="title above it") as caught:
        checked(
            [["", "", "", ""], ["indicator", "area", "period", "value"], ["16.9.1", "MEX", "2020", "80"]], "Births,,,"
        )
    assert caught.value.place.row == 3


def test_lines_as_old_macs_end_them_and_very_long_cells_are_read(tmp_path: Path) -> None:
    path = tmp_path / "old.csv"
    path.write_bytes(b"indicator,area,period,value\r16.9.1,MEX,2020,80\r")
    assert check_file(path, today=TODAY).errors == 0
    path.write_text("indicator,area,period,value,note\n16.9.1,MEX,2020,80," + "x" * 200_000 + "\n", encoding="utf-8")
    assert check_file(path, today=TODAY).errors == 0


def test_json_without_an_end_of_brackets_is_a_sentence(tmp_path: Path) -> None:
    path = tmp_path / "deep.json"
    path.write_text("[" * 100_000, encoding="utf-8")
    with pytest.raises(InputError, match=r"deep\.json"):
        check_file(path, today=TODAY)


def test_a_publishers_own_file_is_told_to_be_imported_as_it_is(data: Path) -> None:
    path = data / "iom-missing-migrants" / "MissingMigrants-Global-2026-05-06--19_42_11.csv"
    with pytest.raises(UsageError, match=r"a file of iom\.missing-migrants") as caught:
        check_file(path, today=date(2026, 11, 21))
    assert "opencompact import" in str(caught.value.remedy)


def test_a_point_for_thousands_in_a_number_of_people_is_an_error(tmp_path: Path) -> None:
    path = tmp_path / "table.csv"
    lines = ["1.204", "1.204.500", "52.4"]
    rows = [f"migrants;MEX;{2020 + index};{text}" for index, text in enumerate(lines)]
    path.write_text("\n".join(["indicator;area;period;value", *rows]) + "\n", encoding="utf-8")
    found = {(one.row, one.rule): one for one in check_file(path, today=date(2026, 11, 21)).findings}
    assert found[(2, "point-for-thousands")].remedy == "Write 1204 if it is meant, else round it."
    assert found[(3, "number-as-text")].remedy == "Write 1204500."
    assert found[(4, "count-not-whole")].severity == "warning"


@pytest.mark.parametrize(
    ("period", "remedy"), [("2020-13", "no month 13"), ("2019-20", "Write one year"), ("2563", "calendar")]
)
def test_months_that_are_none_and_years_of_another_calendar(tmp_path: Path, period: str, remedy: str) -> None:
    path = tmp_path / "table.csv"
    path.write_text(f"indicator,area,period,value\nmigrants,MEX,{period},5\n", encoding="utf-8")
    (finding,) = check_file(path, today=date(2026, 11, 21)).findings
    assert remedy in finding.remedy

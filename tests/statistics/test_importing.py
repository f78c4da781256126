"""An import accounts for every row of every file, and says in a sentence what is wrong with a bad one."""

from __future__ import annotations

import gzip
from collections.abc import Callable
from datetime import date
from pathlib import Path

import polars as pl
import pytest

from opencompact.errors import InputError, InvalidDataError, UsageError
from opencompact.statistics import Workspace
from opencompact.statistics.importing import DERIVED, Options, import_file, import_folder, summary
from opencompact.statistics.sources.contract import Reading, recognise, set_aside, sources
from opencompact.statistics.sources.file import SourceFile


def test_the_same_table_in_another_format_is_the_same_edition(
    folder: Path, incident_file: Callable, incident_line: Callable
) -> None:
    path = incident_file("2026-02-06", [incident_line(1, "2026-01-03")])
    packed = path.with_name(path.name + ".gz")
    packed.write_bytes(gzip.compress(path.read_bytes(), mtime=0))
    report = import_folder(folder, path.parent)
    assert [record.outcome for record in report.files] == ["kept", "same edition"]
    assert Workspace(folder).editions().height == 1


def test_two_different_tables_of_one_edition_are_refused(
    folder: Path, incident_file: Callable, incident_line: Callable
) -> None:
    import_file(folder, incident_file("2026-02-06", [incident_line(1, "2026-01-03")]))
    other = incident_file("2026-02-06", [incident_line(1, "2026-01-03", dead=9)])
    with pytest.raises(InvalidDataError, match="--vintage"):
        import_file(folder, other)
    import_file(folder, other, Options(vintage="2026-02-07"))
    assert set(Workspace(folder).editions()["vintage"]) == {"2026-02-06", "2026-02-07"}


def test_a_file_at_fault_is_listed_and_the_others_are_imported(
    folder: Path, incident_file: Callable, incident_line: Callable
) -> None:
    path = incident_file("2026-02-06", [incident_line(1, "2026-01-03")])
    cut = gzip.compress(path.read_bytes() * 50, mtime=0)[:-20]
    path.with_name("cut.csv.gz").write_bytes(cut)
    path.with_name("latin.csv").write_bytes("Main ID,Number Dead\n1,é\n".encode("latin-1"))
    path.with_name("cut.xlsx").write_bytes(b"PK\x03\x04xl/ and then nothing")
    report = import_folder(folder, path.parent)
    assert {record.file: record.outcome for record in report.files} == {
        path.name: "kept",
        "cut.csv.gz": "failed",
        "cut.xlsx": "failed",
        "latin.csv": "not recognised",
    }
    assert {type(failure).__name__ for failure in report.failures} == {"InputError"}
    assert Workspace(folder).editions().height == 1


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("absent.csv", None, "There is no such file"),
        ("cut.csv.gz", gzip.compress(b"Main ID,Number Dead\n" * 999, mtime=0)[:-30], "ends before"),
        ("cut.xlsx", b"PK\x03\x04xl/worksheets", "cannot be opened"),
        ("table.csv", b"a,b\n1,2\n", "knows a table of this form"),
        ("empty.csv", b"", "is empty"),
        ("page.csv", b"<!doctype html><html></html>", "a page"),
        ("program.csv", b"\x7fELF\x02\x01\x00\x00", "binary"),
    ],
)
def test_a_file_that_cannot_be_read_is_one_sentence_with_its_name(
    folder: Path, tmp_path: Path, name: str, content: bytes | None, says: str
) -> None:
    path = tmp_path / name
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(InputError, match=says) as caught:
        import_file(folder, path)
    assert name in str(caught.value)
    assert caught.value.remedy
    assert Workspace(folder).files().is_empty()


def test_text_that_is_not_utf_8_names_the_line(folder: Path, incident_file: Callable, incident_line: Callable) -> None:
    path = incident_file("2026-02-06", [incident_line(1, "2026-01-03")])
    path.write_bytes(path.read_bytes().replace(b"A place", "Mediterran\xe9e".encode("latin-1")))
    with pytest.raises(InputError, match="UTF-8") as caught:
        import_file(folder, path)
    assert caught.value.place.row == 2


def test_a_file_that_was_cut_within_a_row_is_truncated(
    folder: Path, incident_file: Callable, incident_line: Callable
) -> None:
    path = incident_file("2026-02-06", [incident_line(1, "2026-01-03"), incident_line(2, "2026-01-04")])
    content = path.read_bytes().rstrip(b"\n")
    path.write_bytes(content)
    import_file(folder, path)  # a last line without its end is whole
    path.write_bytes(content[: content.rfind(b",", 0, -60)])
    with pytest.raises(InputError, match="ends within a row") as caught:
        import_file(folder, path)
    assert caught.value.place.row == 3


def test_a_folder_without_all_says_so_and_an_absent_one_too(folder: Path, tmp_path: Path) -> None:
    with pytest.raises(InputError, match="--all"):
        import_file(folder, tmp_path)
    with pytest.raises(InputError, match="no such folder"):
        import_folder(folder, tmp_path / "absent")


def test_a_file_that_begins_well_and_ends_badly_is_no_traceback(
    folder: Path, incident_file: Callable, incident_line: Callable
) -> None:
    path = incident_file("2026-02-06", [incident_line(1, "2026-01-03"), 'a,"quote that never ends'])
    with pytest.raises((InvalidDataError, InputError)):
        import_file(folder, path)
    assert Workspace(folder).files().is_empty()


def test_a_vintage_that_is_no_day_is_refused(folder: Path, incident_file: Callable, incident_line: Callable) -> None:
    path = incident_file("2026-02-06", [incident_line(1, "2026-01-03")])
    with pytest.raises(UsageError, match="2025-04-29"):
        import_file(folder, path, Options(vintage="yesterday"))


def test_an_account_that_does_not_close_is_refused(
    folder: Path, incident_file: Callable, incident_line: Callable, monkeypatch: pytest.MonkeyPatch
) -> None:
    from opencompact.statistics.sources import iom_missing_migrants as reader

    honest = reader.read

    def careless(*arguments: object) -> Reading:
        found = honest(*arguments)
        return Reading(found.observations, set_aside(), found.read + 1, found.vintage, kept=found.kept)

    monkeypatch.setattr(reader, "read", careless)
    with pytest.raises(InvalidDataError, match="2 rows read, 1 kept, 0 set aside"):
        import_file(folder, incident_file("2026-02-06", [incident_line(1, "2026-01-03")]))


def test_two_values_in_one_cell_are_refused_with_their_row(
    folder: Path, incident_file: Callable, incident_line: Callable, monkeypatch: pytest.MonkeyPatch
) -> None:
    from opencompact.statistics.sources import iom_missing_migrants as reader

    honest = reader.read

    def twice(*arguments: object) -> Reading:
        found = honest(*arguments)
        doubled = pl.concat(
            [found.observations, found.observations.head(1).with_columns(pl.lit(7, pl.Int64).alias("row"))]
        )
        return Reading(doubled, found.set_aside, found.read, found.vintage, kept=found.kept)

    monkeypatch.setattr(reader, "read", twice)
    with pytest.raises(InvalidDataError, match="1 value stands in a cell that has a value already"):
        import_file(folder, incident_file("2026-02-06", [incident_line(1, "2026-01-03")]))


def test_every_source_says_who_publishes_it_where_and_under_which_licence() -> None:
    for entry in sources().values():
        assert entry.publisher
        assert entry.name
        assert entry.licence
        assert entry.offered_at
        assert entry.offered_at.startswith("http") or all(table.called for table in entry.tables), entry.id


def test_every_source_that_the_catalogue_names_exists() -> None:
    from opencompact import compact

    named = {identifier for indicator in compact.catalogue().indicators() for identifier in indicator.sources}
    assert named <= set(sources())


def test_a_file_is_told_by_its_content_and_not_by_its_name(tmp_path: Path) -> None:
    path = tmp_path / "MissingMigrants-Global-2026-05-06--19_42_11.csv"
    path.write_text("a,b\n1,2\n", encoding="utf-8")
    assert recognise(SourceFile(path)) is None


@pytest.mark.slow
def test_every_row_of_every_file_is_accounted_for(data: Path, folder: Path) -> None:
    report = import_folder(folder, data)
    assert [str(failure) for failure in report.failures] == []
    files = [path for path in data.rglob("*") if path.is_file()]
    opened = Workspace(folder)
    assert sorted(opened.files()["file"]) == sorted(path.relative_to(data).as_posix() for path in files)
    for record in opened.files().iter_rows(named=True):
        assert record["read"] == record["kept"] + record["set_aside"], record["file"]
        assert record["outcome"] == "kept" or record["reason"], record["file"]
        assert record["outcome"] not in ("not recognised", "failed"), record["file"]
    for edition in set(opened.editions()["edition"]):
        parts = opened.editions().filter(pl.col("edition") == edition)
        aside = opened.set_aside(edition)
        assert aside["reason"].null_count() == 0, edition
        for part in parts.iter_rows(named=True):
            entries = aside.filter(pl.col("table") == part["table"])
            if part["unit"] == "rows":
                entries = entries.filter(pl.col("column").is_null())
            assert entries["count"].sum() == part["set_aside"], part["file"]
    derived = {record.file: record.reason for record in report.files if "derived_" in record.file}
    assert set(derived.values()) == {DERIVED}
    totals = summary(report.files)
    assert totals["no observations"]["files"] > 50
    again = import_folder(folder, data)
    assert again.unchanged == len(files)


@pytest.mark.slow
def test_reductions_of_third_parties_agree_with_the_publisher_where_they_should(data: Path, folder: Path) -> None:
    import_folder(folder, data / "iom-missing-migrants", Options(include_derived=True))
    opened = Workspace(folder)
    cell = {"origin": "_T", "sex": "_T", "age": "_T"}
    points = opened.values(
        "missing.dead-and-missing", "001", source="derived.missing-migrants", **cell, all_editions=True
    )
    yearly = dict(
        points.filter(pl.col("breakdown") == "_T", pl.col("vintage") == "2026-12-31").select("period", "value").rows()
    )
    assert (yearly["2024"], yearly["2025"], yearly["2026"]) == (9200, 7927, 3599)
    cleaned = points.filter(pl.col("breakdown") == "_T", pl.col("vintage") == "2025-12-31")
    assert cleaned["value"].sum() == 75_068
    current = opened.values("missing.dead-and-missing", "001", "2024", breakdown="_T", **cell)
    assert current["source"].to_list() == ["iom.missing-migrants"], "never the source of record"


def test_a_table_of_ones_own_with_the_line_ends_of_old_macs_is_recognised(tmp_path: Path) -> None:

    path = tmp_path / "old.csv"
    path.write_bytes(b"indicator,area,period,value\r16.9.1,MEX,2020,80\r")
    found = recognise(SourceFile(path))
    assert found is not None
    assert found.source == "own.table"


def test_every_source_says_what_its_files_are_called() -> None:
    from opencompact.statistics.sources.contract import sources

    for source in sources().values():
        assert all((source.publisher, source.name, source.licence, source.offered_at)), source.id
        assert all(table.called for table in source.tables), source.id


def test_an_indicator_of_the_official_list_can_be_imported_and_asked_for_once_it_is_loaded(
    folder: Path, tmp_path: Path
) -> None:
    from opencompact import compact
    from opencompact.errors import NoDataError, UnknownCodeError

    table = tmp_path / "own.csv"
    table.write_text("indicator,area,period,value,vintage\nc.1,MEX,2020,5,2021-03-31\n", encoding="utf-8")
    with pytest.raises(InvalidDataError, match="in no list of indicator"):
        import_file(folder, table)
    with pytest.raises(UnknownCodeError):
        Workspace(folder).values("c.1")
    listed = tmp_path / "list.csv"
    listed.write_text(
        "id,objectives,tier,official,name_en,unit,direction\nc.1,1,core,true,People counted,persons,up\n", "utf-8"
    )
    compact.load_official_list(listed, folder, today=date(2026, 11, 21), incomplete=True)
    with pytest.raises(NoDataError):
        Workspace(folder).values("c.1")
    import_file(folder, table)
    found = Workspace(folder).values("c.1")
    assert found.select("value", "unit", "source", "vintage").row(0) == (5.0, "persons", "own.table", "2021-03-31")


def test_categories_of_ones_own_keep_the_marks_of_the_breakdown_apart(folder: Path, tmp_path: Path) -> None:
    table = tmp_path / "own.csv"
    table.write_text("indicator,area,period,route,value\nmigrants,MEX,2020,a;b=c,5\n", encoding="utf-8")
    import_file(folder, table)
    assert Workspace(folder).values("migrants")["breakdown"].to_list() == ["route=a,b:c"]


def test_rows_of_ones_own_that_repeat_each_other_are_kept_once_and_accounted_for(folder: Path, tmp_path: Path) -> None:
    table = tmp_path / "own.csv"
    table.write_text("indicator,area,period,value\n" + "migrants,MEX,2020,5\n" * 3 + "migrants,MEX,2021,6\n", "utf-8")
    record = import_file(folder, table).files[0]
    assert (record.read, record.kept, record.set_aside) == (4, 2, 2)
    aside = Workspace(folder).set_aside("own.table")
    assert aside.select("row", "reason").rows() == [(3, "it repeats an earlier row"), (4, "it repeats an earlier row")]


def test_missing_zero_suppressed_and_not_applicable_stay_four_things(folder: Path, tmp_path: Path) -> None:
    table = tmp_path / "own.csv"
    rows = ["2019,,,", "2020,,,C", "2021,0,A,F", "2022,,M,F", "2023,,A,N"]
    lines = ["indicator,area,period,value,status,confidentiality", *(f"migrants,MEX,{row}" for row in rows)]
    table.write_text("\n".join(lines) + "\n", "utf-8")
    import_file(folder, table)
    found = Workspace(folder).values("migrants", "MEX").select("period", "value", "status", "confidentiality").rows()
    assert found == [
        ("2019", None, "O", "F"),
        ("2020", None, "Q", "C"),
        ("2021", 0.0, "A", "F"),
        ("2022", None, "M", "F"),
        ("2023", None, "Q", "N"),
    ]


def test_a_share_that_its_parts_have_no_value_for_is_made_ready_as_an_empty_one(folder: Path, tmp_path: Path) -> None:
    from opencompact.statistics.current import Current

    table = tmp_path / "own.csv"
    table.write_text("indicator,area,period,value\nmigrants,MEX,2020,5\n", "utf-8")
    import_file(folder, table)
    current = Current(Workspace(folder))
    assert "migrants.women-share" in current.prepare()
    assert current.scan(["migrants.women-share"]).collect().is_empty()


def test_what_is_set_aside_whole_is_counted_by_its_records_and_not_its_lines(folder: Path, tmp_path: Path) -> None:
    files = tmp_path / "lists"
    files.mkdir()
    header = "ISO3166-1-Alpha-3,M49,name\n"
    (files / "countries.csv").write_text(header + 'MEX,484,"Mexico,\nUnited"\nBGD,050,Bangladesh', "utf-8")
    (files / "framework.json").write_text('[{"objective": 1, "title": "a"}, {"objective": 2, "title": "b"}]', "utf-8")
    (files / "notes.md").write_text("# Notes\n\nA text.\n", "utf-8")
    read = {record.file: (record.read, record.kept, record.set_aside) for record in import_folder(folder, files).files}
    assert read == {"countries.csv": (2, 0, 2), "framework.json": (2, 0, 2), "notes.md": (3, 0, 3)}


def test_a_workbook_without_observations_is_counted_without_its_titles_and_headings(tmp_path: Path) -> None:
    from openpyxl import Workbook

    book = Workbook()
    countries = book.active
    for row in (("Countries",), (), ("code", "name", "group"), ("MEX", "Mexico", "LAC"), ("BGD", "Bangladesh", None)):
        countries.append(row)
    book.create_sheet("notes").append(("A sentence.",))
    book.save(tmp_path / "lists.xlsx")
    assert SourceFile(tmp_path / "lists.xlsx").records == 2 + 1


def test_the_published_lists_are_counted_as_their_publishers_count_them(data: Path) -> None:
    lists = {"country-reference/UNSD-M49-en.csv": 249, "idmc-displacement/idu_events_sample.json.gz": 113}
    assert {name: SourceFile(data / name).records for name in lists} == lists


def test_files_of_the_same_bytes_are_told_apart_by_their_names(folder: Path, tmp_path: Path) -> None:
    for country in ("uk", "armenia"):
        for indicator in ("10-7-1", "10-7-2"):
            path = tmp_path / "sites" / country / f"indicator_{indicator}.csv"
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text("Year,Value\n2019,5\n", encoding="utf-8")
    report = import_folder(folder, tmp_path / "sites")
    assert (len(report.files), report.unchanged) == (4, 0)
    assert {record.file for record in report.files} == {
        f"{country}/indicator_{indicator}.csv" for country in ("uk", "armenia") for indicator in ("10-7-1", "10-7-2")
    }
    assert Workspace(folder).values("10.7.1")["area"].to_list() == ["ARM", "GBR"]
    assert import_folder(folder, tmp_path / "sites").unchanged == 4
    assert import_file(folder, tmp_path / "sites" / "uk" / "indicator_10-7-1.csv").unchanged == 1


def test_what_a_reader_of_the_values_should_know_is_told_at_once(folder: Path, tmp_path: Path) -> None:
    table = tmp_path / "own.csv"
    table.write_text("indicator,area,period,value\n" + "migrants,MEX,2020,5\n" * 2, "utf-8")
    (note,) = import_file(folder, table).notes
    assert "The row repeats row 2." in note


def test_an_edition_says_whether_its_date_is_known(folder: Path, tmp_path: Path) -> None:
    table = tmp_path / "own.csv"
    table.write_text("indicator,area,period,value\nmigrants,MEX,2020,5\n", "utf-8")
    import_file(folder, table)
    assert Workspace(folder).editions().select("vintage", "dated").rows() == [("2020-12-31", False)]
    import_file(folder, table, Options(vintage="2021-06-30"))
    assert ("2021-06-30", True) in Workspace(folder).editions().select("vintage", "dated").rows()

"""Days and places that cannot be: refused with row, column, value and remedy, and never evidence."""

from __future__ import annotations

import datetime
from pathlib import Path

import pytest

from opencompact.missing.records.reading import Reading, read_mapping, read_records

TODAY = datetime.date(2026, 11, 21)


def _read(folder: Path, **cells: str) -> Reading:
    file = folder / "a.csv"
    file.write_text(
        ",".join(["id", "kind", "name", *cells]) + "\n" + ",".join(["1", "sought", "Ali", *cells.values()]) + "\n"
    )
    return read_records(file, today=TODAY)


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("birth_date", "2027-05-01"),
        ("birth_year", "2027"),
        ("last_contact_date", "2026-11-22"),
        ("found_date", "December 2026"),
        ("departure_date", "2031"),
        ("age_date", "2027-01-01"),
    ],
)
def test_a_day_to_come_is_refused(tmp_path: Path, column: str, value: str) -> None:
    reading = _read(tmp_path, **{"age": "20", column: value})
    told = [line for line in reading.unread if line.column == column]
    assert [(line.row, line.value, line.reason) for line in told] == [(2, value, "This day is still to come.")]
    assert told[0].remedy
    assert reading.records[0].birth is None
    assert all(stop.days is None for stop in reading.records[0].stops)


@pytest.mark.parametrize("value", ["2026-11-21", "November 2026", "2026"])
def test_today_and_what_holds_it_are_read(tmp_path: Path, value: str) -> None:
    reading = _read(tmp_path, last_contact_date=value)
    assert not reading.unread
    assert reading.records[0].stops[0].days is not None


def test_who_was_born_too_early_to_be_alive_is_not_read(tmp_path: Path) -> None:
    assert [line.column for line in _read(tmp_path, birth_date="1890-01-01").unread] == ["birth_date"]
    read = _read(tmp_path, birth_date="1890-01-01", last_contact_date="1950-01-01")
    assert not read.unread
    assert read.records[0].birth is not None


def test_a_departure_after_the_last_contact_is_a_finding(tmp_path: Path) -> None:
    reading = _read(tmp_path, departure_date="2022-01-01", last_contact_date="2021-01-01")
    assert [(line.row, line.column, line.value) for line in reading.findings] == [(2, "departure_date", "2022-01-01")]
    assert not _read(tmp_path, departure_date="2021", last_contact_date="2021-01-01").findings


@pytest.mark.parametrize("value", ["0;0", "0.0 0.0", "0 0 0 0", "0.0000 0.0000 12.5 5"])
@pytest.mark.parametrize("column", ["coordinates", "last_contact_place"])
def test_nought_and_nought_are_no_place(tmp_path: Path, column: str, value: str) -> None:
    reading = _read(tmp_path, **{column: value})
    assert [(line.row, line.column, line.value) for line in reading.unread] == [(2, column, value)]
    assert "no place" in str(reading.unread[0].reason)
    assert not any(stop.place for stop in reading.records[0].stops)


def test_a_point_on_the_equator_or_the_first_meridian_is_a_place(tmp_path: Path) -> None:
    for value in ("0.0 9.5", "5.6 0.0"):
        reading = _read(tmp_path, coordinates=value)
        assert not reading.unread
        assert reading.records[0].stops[0].place is not None


@pytest.mark.parametrize(
    ("order", "value", "read", "told"),
    [
        ("day-month", "05/13/2023", "2023-05-13", True),
        ("month-day", "13/05/2023", "2023-05-13", True),
        ("day-month", "13/05/2023", "2023-05-13", False),
        ("day-month", "05/04/2023", "2023-04-05", False),
        ("unknown", "05/13/2023", "2023-05-13", False),
    ],
)
def test_a_day_in_the_other_order_than_the_mapping_says_is_told(
    tmp_path: Path, order: str, value: str, read: str, told: bool
) -> None:
    (tmp_path / "m.toml").write_text(f'day_order = "{order}"\n')
    file = tmp_path / "a.csv"
    file.write_text(f"id,kind,name,last_contact_date\n1,sought,Ali,{value}\n")
    reading = read_records(file, read_mapping(tmp_path / "m.toml"), today=TODAY)
    assert str(reading.records[0].stops[0].days.start) == read
    assert [line.column for line in reading.findings] == (["last_contact_date"] if told else [])


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("hair", "zzz"),
        ("eyes", "closed"),
        ("skin", "#REF!"),
        ("build", "=1+1"),
        ("means", "magic carpet"),
        ("route", "over there"),
    ],
)
def test_a_cell_of_which_nothing_can_be_read_is_listed_and_kept(tmp_path: Path, column: str, value: str) -> None:
    reading = _read(tmp_path, **{column: value})
    assert [(line.row, line.column, line.value) for line in reading.unread] == [(2, column, value)]
    assert "says nothing" in reading.unread[0].reason
    kept = reading.records[0]
    assert value in (kept.trait(column), kept.route, *kept.means)


@pytest.mark.parametrize(
    ("column", "value"),
    [("hair", "noirs"), ("eyes", "карие"), ("means", "قارب"), ("route", "Agadez - Sabha"), ("route", "地中海")],
)
def test_what_can_be_read_is_not_listed(tmp_path: Path, column: str, value: str) -> None:
    assert not _read(tmp_path, **{column: value}).unread

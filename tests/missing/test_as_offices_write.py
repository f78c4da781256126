"""Dates and ages as offices write them: years of two digits, months of a sheet, births beside ages in one column, Italian lists."""

import datetime
from pathlib import Path
from typing import cast

import pytest

from opencompact.errors import InvalidDataError
from opencompact.missing.records.ages import read_age
from opencompact.missing.records.dates import read_days
from opencompact.missing.records.mapping import read_mapping
from opencompact.missing.records.places import Point, distance
from opencompact.missing.records.reading import Reading, read_records
from opencompact.missing.records.whereabouts import read_place
from opencompact.missing.records.written_dates import DayOrder, year_of


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("7-mag-23", "2023-05-07", "2023-05-07"),
        ("7 May 23", "2023-05-07", "2023-05-07"),
        ("ene-22", "2022-01-01", "2022-01-31"),
        ("mag. 2023", "2023-05-01", "2023-05-31"),
        ("8 maggio 2023", "2023-05-08", "2023-05-08"),
        ("né le 1er janvier 1995", "1995-01-01", "1995-01-01"),
        ("nato il 3 maggio 1999", "1999-05-03", "1999-05-03"),
        ("مواليد 1998", "1998-01-01", "1998-12-31"),
        ("شهر ٥ / ٢٠٢٣", "2023-05-01", "2023-05-31"),
        ("15/03/45", "1945-03-15", "1945-03-15"),  # 2015 March 45, 2045: no other day has been
        ("5-7 May 2023", "2023-05-05", "2023-05-07"),
        ("May-July 2023", "2023-05-01", "2023-07-31"),
    ],
)
def test_days_as_offices_write_them(text: str, start: str, end: str) -> None:
    days = read_days(text)
    assert days is not None
    assert (str(days.start), str(days.end)) == (start, end)


@pytest.mark.parametrize(
    ("text", "order", "day"),
    [
        ("10/05/23", "day-month", "2023-05-10"),
        ("10/05/23", "month-day", "2023-10-05"),
        ("12.5.98", "day-month", "1998-05-12"),
    ],
)
def test_a_year_of_two_digits_is_read_in_the_order_that_the_mapping_says(text: str, order: str, day: str) -> None:
    days = read_days(text, order=cast(DayOrder, order))
    assert days is not None
    assert str(days.start) == str(days.end) == day


@pytest.mark.parametrize("text", ["10/05/23", "23-05-14", "13/13/23", "22-ene", "31/02/98"])
def test_what_may_be_several_days_or_none_is_refused(text: str) -> None:
    with pytest.raises(InvalidDataError):
        read_days(text)


def test_a_year_of_two_digits_is_the_last_that_has_begun() -> None:
    now = datetime.date.today().year
    assert year_of(now % 100) == now
    assert year_of((now + 1) % 100) == now - 99
    assert year_of(98) == 1998


def test_about_a_year_stays_about_it_behind_a_word_for_born() -> None:
    about = read_days("vers 1998")
    born = read_days("né vers 1998")
    assert about is not None
    assert born is not None
    assert (born.start, born.end) == (about.start, about.end)


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("6-12 mesi", 0, 1),
        ("6 a 12 meses", 0, 1),
        ("18-30 months", 1, 2),
        ("1 an et 6 mois", 1, 1),
        ("trentina", 25.5, 34.5),  # about thirty, as "une trentaine"
        ("circa 20", 17, 23),
        ("neonata", 0, 0),
    ],
)
def test_ages_as_offices_write_them(text: str, low: float, high: float) -> None:
    age = read_age(text)
    assert age is not None
    assert (age.low, age.high) == (low, high)


def _read(folder: Path, text: str, mapping: str = "") -> Reading:
    (folder / "f.csv").write_text(text, encoding="utf-8")
    (folder / "m.toml").write_text(mapping, encoding="utf-8")
    return read_records(folder / "f.csv", read_mapping(folder / "m.toml"))


def test_births_and_ages_of_one_column_go_into_their_own_fields(tmp_path: Path) -> None:
    reading = _read(
        tmp_path,
        "id,Naissance ou âge\n1,19 ans\n2,vers 1998\n3,15/03/2001\n4,98\n5,la vingtaine\n",
        'day_order = "day-month"\n[columns]\nbirth_date = "Naissance ou âge"\n',
    )
    one, two, three, four, five = reading.records
    assert one.birth is None
    assert one.age is not None
    assert one.age.years.low == one.age.years.high == 19
    assert two.birth is not None
    assert two.age is None
    assert three.birth is not None
    assert three.birth.start == datetime.date(2001, 3, 15)
    assert (four.birth, four.age) == (None, None)
    assert five.age is not None
    assert five.age.years.low == 20
    assert [(line.row, line.column) for line in reading.unread] == [(5, "birth_date")]  # 98 may be either
    assert reading.rows == reading.kept + len(reading.set_aside)


def test_births_under_the_heading_of_ages_are_births(tmp_path: Path) -> None:
    one, two, three = _read(tmp_path, "id,age\n1,né en 1998\n2,20\n3,1998\n").records
    assert [record.birth.start.year if record.birth else None for record in (one, two, three)] == [1998, None, 1998]
    assert two.age is not None


def test_what_people_tell_of_a_birth_is_not_by_documents(tmp_path: Path) -> None:
    """A day stands in papers; "about 1998" is what a mother tells. Of remains nobody tells but a paper."""
    reading = _read(
        tmp_path,
        "id,kind,birth_date,birth_how\n1,sought,about 1998,\n2,sought,1998-03-17,\n3,remains,1998,\n4,found,1998,\n5,sought,1998,passport\n",
    )
    assert [record.birth_how for record in reading.records] == [
        "reported", "documents", "documents", "reported", "documents"
    ]  # fmt: skip


def test_an_italian_list_is_read_without_a_mapping(tmp_path: Path) -> None:
    reading = _read(
        tmp_path,
        "N. salma,Cognome e nome,Sesso,Età apparente,Nazionalità presunta,Data rinvenimento,Luogo rinvenimento,Altezza cm,Segni particolari\n"
        "CMO 7,Kadiatou Bah,donna,trentina,Guinea,8 maggio 2023,Lampedusa,164,cicatrice\n",
    )
    (one,) = reading.records
    assert reading.unread == ()
    assert reading.columns_not_used == ()
    assert (one.id, one.sex and one.sex.value, one.nationality) == ("CMO 7", "F", ("GIN",))
    assert one.stature is not None
    assert one.stature.low == 164


@pytest.mark.parametrize(
    ("text", "latitude", "longitude", "least"),
    [
        # The farthest shores of islands: of 60 to 100 km the middle and half the length, not a town's 15 km.
        ("Tenerife", 28.3, -16.6, 40),
        ("Gran Canaria", 28.0, -15.6, 25),
        ("Fuerteventura", 28.4, -14.0, 45),
        ("Lesbos", 39.2, 26.3, 30),
        ("Kerkennah", 34.7, 11.2, 15),
        ("largo di Lampedusa", 35.5, 12.6, 50),
        ("frontière tuniso-libyenne", 32.2, 11.0, 120),
        # Towns on the routes.
        ("Massawa", 15.6, 39.5, 0),
        ("Zintan", 31.9, 12.3, 0),
        ("Maungdaw", 20.8, 92.4, 0),
        ("Las Palmas", 28.1, -15.4, 0),
        ("Mytilene", 39.1, 26.6, 0),
    ],
)
def test_islands_and_towns_of_the_routes(text: str, latitude: float, longitude: float, least: float) -> None:
    place = read_place(text)
    assert place is not None
    assert place.point is not None
    assert distance(place.point, Point(latitude, longitude)) < 15
    assert place.radius >= least

"""Dates in words with the signs of dates in digits, and the thirteenth month: one reading, or none."""

import datetime

import pytest

from opencompact.errors import InvalidDataError
from opencompact.missing.records.dates import read_days


@pytest.mark.parametrize("sign", ["/", "-", " - ", " "])
@pytest.mark.parametrize("month", ["May", "mai", "mayo", "май", "أيار", "Мая"])
def test_a_month_and_its_year_are_parted_by_any_sign(month: str, sign: str) -> None:
    for text in (f"{month}{sign}2023", f"2023{sign}{month}"):
        days = read_days(text)
        assert days is not None
        assert (str(days.start), str(days.end)) == ("2023-05-01", "2023-05-31")


@pytest.mark.parametrize("text", ["5-May-2023", "05/mai/2023", "2023-May-05", "5/мая/2023", "2023/أيار/5"])
def test_so_are_a_day_and_its_month(text: str) -> None:
    days = read_days(text)
    assert days is not None
    assert str(days.start) == str(days.end) == "2023-05-05"


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("spring-2023", "2023-03-01", "2023-05-31"),
        ("mid-May-2023", "2023-05-09", "2023-05-23"),
        ("May-2023 to Oct-2023", "2023-05-01", "2023-10-31"),
        ("May-July 2023", "2023-05-01", "2023-07-31"),
        ("2020-May 2021", "2020-01-01", "2021-05-31"),
        ("5-7 May 2023", "2023-05-05", "2023-05-07"),
        ("1 May-5 June 2023", "2023-05-01", "2023-06-05"),
        ("2021-2023", "2021-01-01", "2023-12-31"),
    ],
)
def test_between_two_dates_a_sign_says_to(text: str, start: str, end: str) -> None:
    days = read_days(text)
    assert days is not None
    assert (str(days.start), str(days.end)) == (start, end)


@pytest.mark.parametrize("text", ["May to 2023", "from May to 2023", "с мая по 2023"])
def test_a_month_of_no_year_is_no_beginning(text: str) -> None:
    with pytest.raises(InvalidDataError, match="cannot be read"):
        read_days(text)


def test_the_thirteenth_month_makes_a_day_ambiguous_where_it_has_that_day() -> None:
    for text in ("1-13-2015 EC", "13/6/2015 EC"):
        with pytest.raises(InvalidDataError, match="two ways"):
            read_days(text)
    pagumen = read_days("1-13-2015 EC", order="day-month")
    assert pagumen is not None
    assert str(pagumen.start) == "2023-09-06"
    meskerem = read_days("1-13-2015 EC", order="month-day")
    assert meskerem is not None
    assert str(meskerem.start) == "2022-09-23"
    one, other = read_days("8-13-2015 EC"), read_days("13-8-2015 EC")
    assert one is not None
    assert other is not None
    assert (one.start, one.end) == (other.start, other.end)


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("20 Tir 1402", "2023-07-11", "2023-07-11"),
        ("20 Tir 2014", "2022-01-28", "2022-01-28"),
        ("Dhu al-Hijja 1444", "2023-06-18", "2023-07-20"),
        ("Tabaski 2023", "2023-06-27", "2023-07-03"),
        ("Tabaski 1444", "2023-06-27", "2023-07-03"),
        (
            "between Tabaski 2022 and Christmas 2022",
            "2022-07-08",
            "2023-01-07",
        ),  # the Orthodox Christmas of that winter
        ("Navidad 2022", "2022-12-25", "2023-01-07"),
        ("after Christmas 2022", "2022-12-26", "2026-12-26"),  # for who keeps the 25th it is over
        ("Meskel 2015 EC", "2022-09-27", "2022-09-27"),
    ],
)
def test_months_and_feasts_are_of_the_calendar_that_has_them(text: str, start: str, end: str) -> None:
    days = read_days(text)
    assert days is not None
    assert (str(days.start), str(days.end)) == (start, end)


def test_a_feast_whose_year_may_be_of_two_calendars_is_refused() -> None:
    with pytest.raises(InvalidDataError, match="cannot be read"):
        read_days("Meskel 2015")


@pytest.mark.parametrize(
    "text", ["don't remember", "ne se souvient pas", "no recuerda", "не помнит", "لا يتذكر", "不记得"]
)
def test_who_does_not_remember_does_not_know(text: str) -> None:
    assert read_days(text) is None


@pytest.mark.parametrize(
    "text", ["winter 2022", "hiver 2022", "invierno de 2022", "зима 2022", "شتاء 2022", "2022年冬"]
)
def test_the_winter_of_a_year_is_that_in_which_it_begins_or_ends(text: str) -> None:
    found = read_days(text)
    assert (found.start, found.end) == (datetime.date(2021, 12, 1), datetime.date(2023, 2, 28))


@pytest.mark.parametrize("text", ["winter 2022-2023", "winter 2022/2023", "hiver 2022-2023"])
def test_a_winter_of_two_years_is_one(text: str) -> None:
    found = read_days(text)
    assert (found.start, found.end) == (datetime.date(2022, 12, 1), datetime.date(2023, 2, 28))


def test_the_other_seasons_lie_in_their_year() -> None:
    found = read_days("autumn 2022")
    assert (found.start, found.end) == (datetime.date(2022, 9, 1), datetime.date(2022, 11, 30))

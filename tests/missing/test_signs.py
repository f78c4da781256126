"""The signs with which people write numbers and points in other scripts are read, and what is more than one point is refused."""

import pytest

from opencompact.errors import InvalidDataError
from opencompact.missing.records.ages import read_age
from opencompact.missing.records.places import Point, read_point
from opencompact.missing.records.statures import read_stature
from opencompact.missing.records.whereabouts import read_place


@pytest.mark.parametrize(
    ("text", "stature"), [("١٫٧٠", 170), ("۱٫۷۰ m", 170), ("1½ m", 150), ("1 ½ m", 150), ("1,70 м", 170), ("١٧٠", 170)]
)
def test_a_stature_in_any_signs(text: str, stature: float) -> None:
    read = read_stature(text)
    assert read is not None
    assert (read.low, read.high) == (stature, stature)


@pytest.mark.parametrize(("text", "years"), [("2½", 2.5), ("18 ½ years", 18.5), ("¼", 0.25), ("½", 0.5), ("٢٫٥", 2.5)])
def test_a_fraction_is_one_number_and_no_range(text: str, years: float) -> None:
    read = read_age(text)
    assert read is not None
    assert (read.low, read.high) == (years, years)


@pytest.mark.parametrize(
    ("text", "point"),
    [
        ("٣٤٫٥، ١٢٫٦", (34.5, 12.6)),
        ("34.5，12.6", (34.5, 12.6)),
        ("34.5、12.6", (34.5, 12.6)),
        ("\u221234.5, 12.6", (-34.5, 12.6)),
        ("34,5; 12,6", (34.5, 12.6)),
        ("34º30′S 12º36′W", (-34.5, -12.6)),
        ("34.5 12.6 120 5", (34.5, 12.6)),
        ("34.5, 12.6, 120", (34.5, 12.6)),
    ],
)
def test_a_point_in_any_signs(text: str, point: tuple[float, float]) -> None:
    for read in (read_point(text), read_place(text)):
        assert read is not None
        assert read.point == Point(*point)


@pytest.mark.parametrize(
    "text", ["34.5, 12.6; 35, 13", "34.5 12.6; 35 13", "34.5, 12.6\n35, 13", "34.5, 12.6 / 35, 13", "34.5 12.6 35 13"]
)
def test_no_point_is_dropped_in_silence(text: str) -> None:
    with pytest.raises(InvalidDataError):
        read_point(text)
    with pytest.raises(InvalidDataError, match="more than one point"):
        read_place("34.5, 12.6; 35, 13")


@pytest.mark.parametrize("text", ["34.5 12.6 0 5", "34.512345 12.612345 35 13", "34.5 12.6 350 13"])
def test_the_height_and_accuracy_of_a_form_are_no_second_point(text: str) -> None:
    point = read_point(text)
    assert point is not None
    assert point.point is not None
    assert round(point.point.latitude, 1) == 34.5


@pytest.mark.parametrize(
    ("text", "country"),
    [
        ("طرابلس، لبنان", "LBN"),
        ("طرابلس", "LBY"),
        ("Tripoli，Lebanon", "LBN"),
        ("的黎波里、黎巴嫩", "LBN"),
        ("Tripoli, France", "FRA"),
        ("Agadez, Niger", "NER"),
    ],
)
def test_a_town_is_in_the_country_that_is_named_with_it(text: str, country: str) -> None:
    place = read_place(text)
    assert place is not None
    assert place.country == country


@pytest.mark.parametrize("text", ["1000000 km south of Sabha", "3000 miles from Sabha", "9999999 km of Sabha"])
def test_nobody_is_so_far_from_a_town(text: str) -> None:
    place = read_place(text)
    assert place is not None
    assert place.point is None
    near = read_place("500 km south of Sabha")
    assert near is not None
    assert near.point is not None

"""Times and ways between a last contact and a discovery, known well or roughly."""

from __future__ import annotations

import datetime
import itertools
import math
from dataclasses import replace

import pytest

from opencompact.missing.candidates.explaining import reason_of
from opencompact.missing.evidence.distances import place_likelihood_ratio
from opencompact.missing.evidence.routes import distances_from, way
from opencompact.missing.evidence.where_when import compare_place, compare_time, delay_likelihood_ratio
from opencompact.missing.records.dates import read_days
from opencompact.missing.records.intervals import Days
from opencompact.missing.records.places import Point
from opencompact.missing.records.record import Record, Stop
from opencompact.missing.records.whereabouts import read_place


def test_a_discovery_before_the_last_contact_speaks_against() -> None:
    day = datetime.date(2023, 5, 1)
    last = Days(day, day)
    soon = Days(day + datetime.timedelta(5), day + datetime.timedelta(5))
    before = Days(day - datetime.timedelta(90), day - datetime.timedelta(90))
    assert delay_likelihood_ratio(last, soon) > 1 > delay_likelihood_ratio(last, before) > 0


@pytest.mark.parametrize(
    ("last", "found"),
    [
        ("2013", "2013-06-01"),
        ("2013", "2013-03-01"),
        ("spring 2013", "2013-04-01"),
        ("2013-05", "2013-05-14"),
        ("2013", "2013"),
        ("2013-05-01", "2013-05-14"),
        ("2012", "2013-05"),
        ("2014", "2013"),
    ],
)
def test_a_time_known_roughly_is_the_mean_over_all_its_days(last: str, found: str) -> None:
    first, second = read_days(last), read_days(found)
    assert first is not None
    assert second is not None
    ratios = []
    for i in range(first.length):
        for j in range(second.length):
            days = (second.start - first.start).days + j - i
            density = 0.6 / 20 * math.exp(-days / 20) + 0.4 / 240 * math.exp(-days / 240) if days >= 0 else 0.0
            ratios.append(0.98 * density * 1460 + 0.02)
    assert delay_likelihood_ratio(first, second) == pytest.approx(math.fsum(ratios) / len(ratios), rel=1e-9)


@pytest.mark.parametrize(
    ("last", "found", "begins", "values"),
    [
        ("2023-05-02", "2023-05", "Days from the last contact to the discovery: at most", {"most": 29}),
        ("2023-05", "2023-06-03", "Days from the last contact to the discovery: {least}", {"least": 3, "most": 33}),
        ("2023-05", "2023-04-20", "The discovery is before", {"least": 11, "most": 41}),
        ("2023-05-02", "2023-05-01", "The discovery is before", {"days": 1}),
    ],
)
def test_the_days_between_are_told_as_they_are_known(last: str, found: str, begins: str, values: dict) -> None:
    told = compare_time(
        Record("a", "sought", stops=(Stop(None, read_days(last)),)),
        Record("b", "remains", stops=(Stop(None, read_days(found), "found"),)),
    )
    assert told is not None
    assert told.reason.startswith(begins)
    assert told.values == values


def test_a_wide_place_says_less_than_an_exact_one() -> None:
    found = Record("b", "remains", stops=(Stop(read_place("Sabha"), None, "found"),))
    told = [
        compare_place(Record("a", "sought", stops=(Stop(read_place(place), None),)), found)
        for place in ("27.04, 14.43", "Sabha", "near Sabha", "between Agadez and Sabha")
    ]
    ratios = [one.ln_likelihood_ratio for one in told if one]
    assert len(ratios) == 4
    assert ratios == sorted(ratios, reverse=True)
    assert all(a > b + 0.1 for a, b in itertools.pairwise(ratios))
    assert told[3].values == {"least": 0, "most": pytest.approx(1300, abs=300)}


def test_the_way_follows_the_routes() -> None:
    agadez = read_place("Agadez")
    assert agadez is not None
    lampedusa = Point(35.5, 12.6)
    kilometres = way(agadez, lampedusa)
    assert kilometres is not None
    assert 2000 < kilometres < 3500
    assert distances_from("Agadez")["Lampedusa"] < distances_from("Lampedusa")["Agadez"]


def test_near_is_better_than_far_and_far_is_worse_without_the_time_to_get_there() -> None:
    assert place_likelihood_ratio(5, 10) > place_likelihood_ratio(400, 10) > place_likelihood_ratio(4000, 10)
    assert place_likelihood_ratio(2500, 3) < place_likelihood_ratio(2500, 60)


def test_a_record_with_two_stops_has_its_last_one_counted() -> None:
    days = [Days(datetime.date(2023, m, 1), datetime.date(2023, m, 1)) for m in (1, 4)]
    sought = Record("a", "sought", stops=(Stop(None, days[0]), Stop(None, days[1])))
    found = Record(
        "b", "remains", stops=(Stop(None, Days(datetime.date(2023, 4, 20), datetime.date(2023, 4, 20)), "found"),)
    )
    assert compare_time(sought, found).values["days"] == 19


def _journey(last: tuple[str, str | None], found: tuple[str, str | None]) -> tuple[float, float]:
    """Likelihood ratios of the time and of the place of two (place, day)."""
    stops = [Stop(read_place(place), read_days(day) if day else None) for place, day in (last, found)]
    sought = Record("a", "sought", stops=(stops[0],))
    remains = Record("b", "remains", stops=(replace(stops[1], kind="found"),))
    told = compare_time(sought, remains), compare_place(sought, remains)
    return tuple(math.exp(one.ln_likelihood_ratio) if one else 1.0 for one in told)


@pytest.mark.parametrize(
    ("last", "found"),
    [
        (("Zuwara", "2023-05-01"), ("Tijuana", "2023-05-03")),  # 14,000 km in two days
        (("Tripoli", "2023-05-01"), ("Dakar", "2023-05-01")),
        (("Sabha", "2023-05-01"), ("Sabha", "2022-05-01")),  # found before the last contact
        (("Sabha", "2023-05-01"), ("Sabha", "2003-05-01")),
    ],
)
def test_of_an_impossible_journey_neither_time_nor_place_speaks_for(last: tuple, found: tuple) -> None:
    time, place = _journey(last, found)
    assert min(time, place) < 0.11
    assert max(time, place) <= 1.05


def test_a_journey_that_there_was_time_for_has_both_counted_in_full() -> None:
    last, found = ("Sabha", "2023-05-01"), ("Sabha", "2023-05-11")
    assert _journey(last, found) == pytest.approx(
        (_journey((last[0], last[1]), ("?", found[1]))[0], _journey((last[0], None), (found[0], None))[1])
    )


def test_a_time_that_may_be_in_order_leaves_the_place_its_weight() -> None:
    """Of a year that holds the discovery most days are later than it; yet no date need be wrong."""
    _, alone = _journey(("Sabha", None), ("Sabha", None))
    _, place = _journey(("Sabha", "2023"), ("Sabha", "2023-03-01"))
    assert place > 0.9 * alone


def test_where_one_must_be_wrong_the_sentence_says_so() -> None:
    sought = Record("a", "sought", stops=(Stop(read_place("Sabha"), read_days("2023-05-01")),))
    found = Record("b", "remains", stops=(Stop(read_place("Sabha"), read_days("2022-05-01"), "found"),))
    told = compare_place(sought, found)
    assert told is not None
    text = reason_of(told, "en")
    assert text.startswith(
        "The way from the last contact to the place of discovery, as people go and not in a straight line, is about 0 km."
    )
    assert "one of them must be wrong" in text


@pytest.mark.parametrize(
    ("last", "found"),
    [
        (("Libya", "2023"), ("Italy", "2023")),
        (("Senegal", "2023-05-01"), ("El Hierro", "2023-05-20")),
        (("Morocco", "2023-05-01"), ("Spain", "2023-05-10")),
    ],
)
def test_onward_from_a_country_is_nothing_against(last: tuple, found: tuple) -> None:
    assert _journey(last, found)[1] >= 0.95


def test_a_country_far_beyond_what_the_days_allow_is_against() -> None:
    assert _journey(("Libya", "2023-05-01"), ("Mexico", "2023-05-02"))[1] < 0.1

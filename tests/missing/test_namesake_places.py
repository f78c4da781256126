"""A place whose name several towns have: each of them is weighed, in the ledger and in its fast twin, and whoever reads the file is told."""

from __future__ import annotations

import datetime
import math
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from opencompact.missing.candidates.comparing import Comparison
from opencompact.missing.candidates.register import Register
from opencompact.missing.candidates.search import setting_of
from opencompact.missing.evidence.compare import Setting, compare
from opencompact.missing.evidence.departure import nearness
from opencompact.missing.evidence.where_when import compare_place, compare_time
from opencompact.missing.records.dates import read_days
from opencompact.missing.records.places import Place, Point, distance
from opencompact.missing.records.reading import read_records
from opencompact.missing.records.record import Record, Stop
from opencompact.missing.records.whereabouts import read_place

TODAY = datetime.date(2024, 1, 1)
HERE, THERE = Point(15.5, -88.0), Point(4.7, -6.6)


def two(share: float, here: Point = HERE, there: Point = THERE) -> Place:
    """A name of two places, of which the first is meant with this probability."""
    one, other = Place("", here, 15.0), Place("", there, 15.0)
    return Place("Twins", here, 15.0, others=((share, one), (1 - share, other)))


def sought(place: Place | str, day: str | None = None, name: str = "s") -> Record:
    where = read_place(place) if isinstance(place, str) else place
    return Record(name, "sought", stops=(Stop(where, read_days(day) if day else None, "last-contact"),))


def remains(place: Place | str, day: str | None = None, name: str = "r") -> Record:
    where = read_place(place) if isinstance(place, str) else place
    return Record(name, "remains", stops=(Stop(where, read_days(day) if day else None, "found"),))


def ratio(first: Place, second: Place) -> float:
    entry = compare_place(sought(first), remains(second))
    assert entry is not None
    return math.exp(entry.ln_likelihood_ratio)


def test_what_two_places_say_is_their_mean_by_share() -> None:
    here, there, found = Place("", HERE, 15.0), Place("", THERE, 15.0), Place("", Point(15.6, -88.1), 1.0)
    assert ratio(two(0.7), found) == pytest.approx(0.7 * ratio(here, found) + 0.3 * ratio(there, found))
    assert ratio(found, two(0.7)) == pytest.approx(0.7 * ratio(found, here) + 0.3 * ratio(found, there))


def test_a_place_in_no_list_says_nothing() -> None:
    place, found = two(0.7), Place("", Point(15.6, -88.1), 1.0)
    less = replace(place, others=tuple((0.9 * share, one) for share, one in place.others))
    assert ratio(less, found) == pytest.approx(0.9 * ratio(place, found) + 0.1)


def test_the_wrong_namesake_never_speaks_as_strongly_against_as_a_place_that_is_sure() -> None:
    """Somebody last heard of in the smaller of two towns is found there: the larger, 9,000 km away, must not hide it."""
    here, found = Place("", HERE, 15.0), Place("", THERE, 1.0)
    assert ratio(here, found) < 0.1
    assert ratio(two(0.95), found) > 1


@pytest.mark.parametrize(
    ("said", "countries"),
    [
        ("Nara", {"JPN", "MLI"}),
        ("León", {"MEX", "NIC", "ESP"}),
        ("Valencia", {"VEN", "ESP"}),
        ("San Pedro", {"HND", "CIV"}),
        ("San Miguel, Mexico", {"MEX"}),
    ],
)
def test_all_of_a_name_are_kept_with_their_shares(said: str, countries: set[str]) -> None:
    place = read_place(said)
    assert place is not None
    assert len(place.others) > 1
    shares = [share for share, _ in place.others]
    assert shares == sorted(shares, reverse=True)
    assert 0.9 < sum(shares) <= 1
    assert countries <= {one.country for _, one in place.others}


@pytest.mark.parametrize("said", ["Agadez", "Lampedusa", "Kumasi", "Dhaka", "San Pedro Sula", "Valencia, Spain"])
def test_the_only_town_of_its_name_has_no_others(said: str) -> None:
    assert read_place(said).others == ()  # type: ignore[union-attr]


def test_what_is_said_by_a_place_of_several_is_said_by_each() -> None:
    """ "30 km north of León": north of each of them, and as wide."""
    place, leon = read_place("30 km north of León"), read_place("León")
    assert place is not None
    assert leon is not None
    assert [share for share, _ in place.others] == [share for share, _ in leon.others]
    for (_, moved), (_, town) in zip(place.others, leon.others, strict=True):
        assert distance(moved.point, town.point) == pytest.approx(30, abs=1)
        assert moved.point.latitude > town.point.latitude


def test_the_other_end_of_a_way_says_which_is_meant() -> None:
    place = read_place("between León and Managua")
    assert place is not None
    assert place.others == ()
    assert distance(place.point, Point(12.4, -86.9)) < 20  # León of Nicaragua


def test_two_who_say_the_same_name_mean_the_same_place() -> None:
    place, sure = two(0.6), Place("", HERE, 15.0)
    assert nearness([place], [place], 50.0)[0, 0] == pytest.approx(1)
    assert nearness([place], [sure], 50.0)[0, 0] == pytest.approx(0.6)
    assert nearness([sure], [place], 50.0)[0, 0] == pytest.approx(0.6)


def test_an_impossible_way_to_one_of_two_leaves_the_days_their_weight() -> None:
    """Found in the other country on the next day: that the place is another of its name is likelier than that it is wrong."""
    found = remains(Place("", THERE, 1.0), "2023-05-02")
    sure = compare_time(sought(Place("", HERE, 15.0), "2023-05-01"), found)
    either = compare_time(sought(two(0.9), "2023-05-01"), found)
    assert sure is not None
    assert either is not None
    assert sure.ln_likelihood_ratio < 0.1 < 2 < either.ln_likelihood_ratio


def test_the_reader_is_told_that_there_are_several(tmp_path: Path) -> None:
    file = tmp_path / "sought.csv"
    file.write_text(
        'id,kind,last_contact_place,departure_place\n1,sought,León,Agadez\n2,sought,"León, Nicaragua",Valencia\n3,sought,Tripoli,\n',
        encoding="utf-8",
    )
    told = read_records(file).findings
    assert [(line.row, line.column, line.value) for line in told] == [
        (2, "last_contact_place", "León"),
        (3, "departure_place", "Valencia"),
    ]
    assert "Each is weighed" in told[0].reason
    assert "country" in told[0].remedy


def test_a_town_of_the_own_country_weighs_more(tmp_path: Path) -> None:
    """A Nicaraguan's León: 8 of 100 of the people of that name live in Nicaragua's, 82 in Mexico's. Ten times as likely, it is about as likely as not."""
    file = tmp_path / "sought.csv"
    file.write_text("id,kind,last_contact_place,nationality\n1,sought,León,NIC\n2,sought,León,MEX\n3,sought,León,SEN\n")
    places = [record.stops[0].place for record in read_records(file).records]
    shares = [{one.country: share for share, one in place.others} for place in places if place]
    alone = {one.country: share for share, one in read_place("León").others}  # type: ignore[union-attr]
    assert shares[2] == alone
    assert shares[1]["MEX"] > 0.95
    assert shares[0]["NIC"] / shares[0]["MEX"] == pytest.approx(10 * alone["NIC"] / alone["MEX"], rel=0.01)
    assert sum(shares[0].values()) == pytest.approx(sum(alone.values()), abs=0.001)


def test_the_ledger_tells_how_many_places_there_are() -> None:
    entry = compare_place(sought("León"), remains("Managua"))
    assert entry is not None
    assert entry.values["number"] == len(read_place("León").others)  # type: ignore[union-attr]
    assert entry.values["what"].values["least"] < 150  # to León of Nicaragua, not of Mexico


def _registers() -> tuple[list[Record], list[Record]]:
    """People of two origins who tell places of one name and of several, with days, departures and ways."""
    told = ["León", "Valencia", "San Pedro", "Managua", "Tripoli", "Nara", "Kayes", "Mexico", "near San Pedro, Mexico"]
    left, right = [], []
    for number, place in enumerate(told):
        codes = (("NIC", "MEX", "MLI")[number % 3],)
        contact = sought(place, f"2023-05-{number + 1:02}", f"s{number}")
        left_on = Stop(read_place(told[(number + 5) % 9]), read_days(f"2023-05-{number + 11:02}"), "departure")
        left.append(replace(contact, nationality=codes, stops=(*contact.stops, *([left_on] if number % 3 else []))))
        stops = (
            Stop(read_place(told[-number - 1]), read_days(f"2023-06-{number + 3:02}"), "found"),
            Stop(read_place(told[(number + 4) % 9]), read_days(f"2023-05-{number + 12:02}"), "departure"),
            Stop(read_place(told[(number + 2) % 9]), None, "transit"),
        )
        kept = stops if number % 2 else (stops[0], stops[2])
        right.append(Record(f"r{number}", "remains", nationality=codes if number % 4 else (), stops=kept))
    return left, right


def _apart(field: str, left: list[Record], right: list[Record], setting: Setting) -> float:
    """How far the fast twin is from the ledger, over all pairs."""
    one, other = (Register(side, TODAY, exact=True) for side in (left, right))
    rows, columns = (grid.ravel().astype(np.int32) for grid in np.mgrid[0 : len(left), 0 : len(right)])
    fast = Comparison(one, other, setting).told(field, rows, columns)
    slow = []
    for a, b in zip(rows.tolist(), columns.tolist(), strict=True):
        told = {entry.field: entry.ln_likelihood_ratio for entry in compare(left[a], right[b], setting).evidence}
        share = setting.parameters["dependence"]["share"].get(field, 1.0)
        slow.append(told.get(field, 0.0) / share)
    assert np.ptp(slow) > 0.1
    return float(np.abs(fast - slow).max())


@pytest.mark.parametrize("field", ["place", "time", "departure", "journey"])
def test_the_fast_twin_weighs_several_places_as_the_ledger_does(field: str) -> None:
    left, right = _registers()
    assert _apart(field, left, right, setting_of(left, right, TODAY)) < 1e-4


def test_the_fast_twin_weighs_several_places_of_two_reports_as_the_ledger_does() -> None:
    left, _ = _registers()
    again = [replace(record, id=f"t{number}") for number, record in enumerate(left)]
    assert _apart("place", left, again, setting_of(left, again, TODAY)) < 1e-4

"""Everyone of one boat fits everyone who looks for somebody of that boat: neither its day nor its place tells them apart."""

import datetime
import math

import numpy as np
import pytest

from opencompact.missing.candidates.explaining import reason_of
from opencompact.missing.candidates.register import Register
from opencompact.missing.candidates.search import Search, setting_of
from opencompact.missing.evidence.compare import Setting, compare
from opencompact.missing.evidence.crowded_days import crowded_days, fits_no_better
from opencompact.missing.evidence.ledger import Ledger
from opencompact.missing.evidence.parameters import defaults
from opencompact.missing.evidence.where_when import delay_density, delay_likelihood_ratio
from opencompact.missing.records.dates import read_days
from opencompact.missing.records.intervals import Days
from opencompact.missing.records.record import Record, Stop
from opencompact.missing.records.whereabouts import read_place

from .conftest import TODAY

LEFT = datetime.date(2023, 5, 3)


def stop(kind: str, place: str, day: datetime.date) -> Stop:
    return Stop(read_place(place), Days(day, day), kind)


def sought(number: int, with_departure: bool = False) -> Record:
    stops = (stop("last-contact", "Zuwara", LEFT), *((stop("departure", "Zuwara", LEFT),) if with_departure else ()))
    return Record(f"s{number}", "sought", stops=stops)


def body(number: int, left: datetime.date = LEFT, after: int = 7) -> Record:
    found = stop("found", "Lampedusa", left + datetime.timedelta(days=after))
    return Record(f"r{number}", "remains", stops=(stop("departure", "Zuwara", left), found))


def told(ledger: Ledger, field: str) -> float:
    return next(entry.ln_likelihood_ratio for entry in ledger.evidence if entry.field == field)


BOAT = [body(number) for number in range(40)]


@pytest.mark.parametrize("with_departure", [False, True])
def test_everyone_of_one_boat_is_nearly_no_evidence_for_everyone(with_departure: bool) -> None:
    """Of forty who left on one day from one place each fits each: what is told of the journey can tell nothing, whichever column holds it."""
    people = [sought(number, with_departure) for number in range(40)]
    setting = setting_of(people, BOAT, TODAY)
    whole = compare(people[0], BOAT[21], setting).ln_likelihood_ratio
    assert abs(whole) < math.log(3)
    assert compare(people[0], BOAT[21], Setting(TODAY)).ln_likelihood_ratio > math.log(100)


def test_the_sentence_says_why_the_days_say_less() -> None:
    setting = setting_of([sought(0)], BOAT, TODAY)
    by_departure = next(entry for entry in compare(sought(0), BOAT[0], setting).evidence if entry.field == "time")
    by_discovery = next(entry for entry in compare(sought(0, True), BOAT[0], setting).evidence if entry.field == "time")
    assert reason_of(by_departure, "en").endswith("Others departed in the same days, so that this says less.")
    assert reason_of(by_discovery, "en").endswith("Others were found in the same days, so that this says less.")


def test_one_who_left_on_another_day_than_the_boat_is_told_apart() -> None:
    """Among forty of another boat, three months before, the one who left on the day of the last contact fits alone."""
    earlier = [body(number, LEFT - datetime.timedelta(days=90)) for number in range(40)]
    setting = setting_of([sought(0)], [*earlier, BOAT[0]], TODAY)
    fits, does_not = (told(compare(sought(0, True), one, setting), "time") for one in (BOAT[0], earlier[0]))
    alone = told(compare(sought(0, True), BOAT[0], Setting(TODAY, setting.parameters)), "time")
    assert fits == pytest.approx(alone)
    assert does_not < math.log(0.05)


def test_of_one_person_alone_there_are_no_others() -> None:
    days = crowded_days([BOAT[0]])
    density = np.array([0.03])
    assert fits_no_better(density, density, days.people, defaults()["time"]) == pytest.approx([1.0])


def test_others_who_are_spread_over_the_window_take_nothing_away() -> None:
    """A body on every day of the window: the mean of a density over it is one in the window, as was assumed before."""
    start, window = LEFT - datetime.timedelta(days=30), round(defaults()["time"]["window"])
    found = [body(number, start + datetime.timedelta(days=number), 0) for number in range(window)]
    one = np.array([LEFT.toordinal()], np.int32), np.array([1], np.int32)
    fitting = crowded_days(found).fitting(*one, defaults())
    assert fitting == pytest.approx([1.0], abs=0.02)  # a density, added up over every day
    assert fits_no_better(np.zeros(1), fitting, window, defaults()["time"]) == pytest.approx([1.0], abs=0.03)


def test_without_a_register_days_count_as_they_are() -> None:
    days = read_days("2023-05-03"), read_days("2023-05-10")
    plain = math.log(delay_likelihood_ratio(*days, defaults()))
    assert told(compare(sought(0, True), BOAT[0], Setting(TODAY)), "time") == pytest.approx(plain)


@pytest.mark.parametrize("with_departure", [False, True])
def test_the_fast_twin_counts_the_days_of_others_as_the_ledger_does(with_departure: bool) -> None:
    people = [sought(number, with_departure) for number in range(3)]
    found = [*BOAT[:10], *(body(40 + n, LEFT + datetime.timedelta(days=40 * n), 3) for n in range(5))]
    search = Search(Register(people, TODAY, True), Register(found, TODAY, True), setting_of(people, found, TODAY))
    rows, columns = (each.ravel().astype(np.int32) for each in np.meshgrid(range(3), range(15), indexing="ij"))
    fast = search.compare.told("time", rows, columns)
    slow = [told(compare(people[a], found[b], search.setting), "time") for a, b in zip(rows, columns, strict=True)]
    assert fast == pytest.approx(slow, abs=1e-5)


@pytest.mark.parametrize("last", ["2023-05-03", "2023-04", "2021", "1999-12-31", "2024-02-01"])
def test_what_is_added_up_is_the_density_of_each_discovery(last: str) -> None:
    """Exact days, a month and a year of discovery, two of one day: each has the mean density of the delays from the last contact to it."""
    when = [read_days(text) for text in ("2023-05-10", "2023-05-10", "2023-06", "2022", "2023-09-01")]
    found = [Record(f"r{n}", "remains", stops=(Stop(None, days, "found"),)) for n, days in enumerate(when)]
    days = read_days(last)
    one, length = (np.array([n], np.int32) for n in (days.start.toordinal(), days.length))
    each = [
        delay_density(*(np.array([n], np.int32) for n in ((other.start - days.start).days, days.length, other.length)))
        for other in when
    ]
    assert crowded_days(found).fitting(one, length, defaults()) == pytest.approx(sum(each), abs=1e-9)


@pytest.mark.parametrize(
    ("last", "day", "nothing"),
    [
        (("Zuwara", LEFT + datetime.timedelta(days=5)), "time", "Tijuana"),
        (("Zuwara", LEFT + datetime.timedelta(days=40)), "place", "Lampedusa"),
    ],
)
def test_a_way_that_cannot_be_counts_once_however_many_were_found(
    last: tuple[str, datetime.date], day: str, nothing: str
) -> None:
    """Where the places must be wrong the days add exactly nothing, and where the days must be wrong the places: not less for the crowd."""
    person = Record("s", "sought", stops=(stop("last-contact", *last),))
    one = Record("r", "remains", stops=(stop("found", nothing, LEFT + datetime.timedelta(days=7)),))
    others = [
        Record(f"o{n}", "remains", stops=(stop("found", nothing, LEFT + datetime.timedelta(days=n)),))
        for n in range(20)
    ]
    setting = setting_of([person], [one, *others], TODAY)
    assert told(compare(person, one, setting), day) == pytest.approx(0.0, abs=0.01)
    first, second = Register([person], TODAY), Register([one, *others], TODAY)
    search = Search(first, second, setting)
    rows, columns = np.zeros(21, np.int32), np.arange(21, dtype=np.int32)
    slow = [search.ledger(0, column).ln_likelihood_ratio for column in columns.tolist()]
    np.testing.assert_allclose(search.exact(rows, columns), slow, atol=1e-4)

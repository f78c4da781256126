"""One entry that was told wrongly altogether does not bury a true pair; an age of no other date is that of the time when it was told."""

import datetime
import math
from dataclasses import replace

import numpy as np
import pytest

from opencompact.missing.candidates.register import Register
from opencompact.missing.candidates.search import Search, setting_of
from opencompact.missing.evidence.age import age_likelihood_ratio, compare_age
from opencompact.missing.evidence.compare import Setting, compare
from opencompact.missing.evidence.ledger import unless_mistaken
from opencompact.missing.evidence.parameters import defaults
from opencompact.missing.evidence.stature import compare_stature
from opencompact.missing.evidence.teeth import compare_teeth
from opencompact.missing.records.ages import read_age
from opencompact.missing.records.agreement import check_stature
from opencompact.missing.records.dates import read_days
from opencompact.missing.records.intervals import Days, Range
from opencompact.missing.records.record import Age, PersonName, Record, Sex, Stop
from opencompact.missing.records.statures import read_stature

from .conftest import TODAY

UPPER = (11, 12, 13, 14, 15, 16, 17, 18)


def person(kind: str, **told: object) -> Record:
    sex, birth = Sex("M", "documents"), read_days("1999-03-17")
    names = (PersonName("Amanuel Tesfalidet Okbay"),)
    return Record(kind, kind, names=names, sex=sex, birth=birth, birth_how="documents", **told)  # type: ignore[arg-type]


def test_digits_exchanged_in_a_stature_do_not_outweigh_name_and_birth() -> None:
    sought, found = person("sought", stature=Range(170, 170)), person("found", stature=Range(107, 107))
    whole = compare(sought, found, Setting(TODAY)).ln_likelihood_ratio
    without = compare(replace(sought, stature=None), found, Setting(TODAY)).ln_likelihood_ratio
    assert whole - without == pytest.approx(math.log(defaults()["stature"]["mistaken"]), abs=0.01)
    assert whole > math.log(1000)


def test_two_measurements_of_one_man_say_what_they_said() -> None:
    """A share of 0.015 that says nothing hardly changes what 170 and 172 cm say, and 150 and 190 cm still speak strongly against."""
    near, far = (
        compare_stature(person("sought", stature=Range(a, a)), person("found", stature=Range(b, b)))
        for a, b in ((170, 172), (150, 190))
    )
    assert near is not None
    assert far is not None
    assert near.ln_likelihood_ratio > 0
    assert math.log(0.014) < far.ln_likelihood_ratio < math.log(0.02)


def test_a_chart_of_another_person_is_one_error_however_many_teeth_it_has() -> None:
    def told(teeth: tuple[int, ...]) -> float:
        before = Record("a", "sought", teeth=tuple((tooth, "missing") for tooth in teeth))
        after = Record("b", "remains", teeth=tuple((tooth, "sound") for tooth in teeth))
        evidence = compare_teeth(before, after)
        assert evidence is not None
        return evidence.ln_likelihood_ratio

    assert told(UPPER[:1]) > told(UPPER[:2]) > told(UPPER) > math.log(0.01)
    assert told(UPPER) == pytest.approx(math.log(0.01), abs=0.01)


@pytest.mark.parametrize("year", [1998, 1909, 1819])
def test_a_year_of_birth_with_digits_exchanged_is_one_error(year: int) -> None:
    ratio = age_likelihood_ratio((1989.0, 1989.003, "documents"), (year, year + 0.003, "documents"), 2023)
    assert ratio == pytest.approx(defaults()["age"]["mistaken"], rel=0.01)


def test_what_may_be_mistaken_is_still_one_on_average_for_two_other_people() -> None:
    """Of a likelihood ratio r with mean one under two people, (1 - m) r + m has mean one as well; what is beyond all numbers is m."""
    ratios = np.array([0.0, 0.5, 2.5])
    with np.errstate(divide="ignore"):
        told = np.exp(unless_mistaken(np.log(ratios), 0.2))
    assert told == pytest.approx([0.2, 0.6, 2.2])
    assert float(told.mean()) == pytest.approx(1)


def aged(kind: str, year: int, dated: bool) -> Record:
    day = read_days(f"{year}-01-01")
    stops = (Stop(None, day, "last-contact" if kind == "sought" else "found"),) if dated else ()
    return Record(kind, kind, age=Age(read_age("25"), day), stops=stops)


def age_ratio(one: Record, other: Record) -> float:
    evidence = compare_age(one, other, datetime.date(2026, 11, 28))
    assert evidence is not None
    return math.exp(evidence.ln_likelihood_ratio)


@pytest.mark.parametrize("year", [2020, 2010, 2000, 1990])
def test_an_age_of_no_other_date_is_compared_among_the_missing_of_its_own_time(year: int) -> None:
    """Who was 25 in 1990 is 61 today, which few of those who disappear are: that makes two people of 25 no likelier to be one."""
    undated, dated = (age_ratio(aged("sought", year, known), aged("found", year, known)) for known in (False, True))
    assert undated == pytest.approx(dated, rel=1e-9)


def test_a_birth_of_no_other_date_says_no_more_for_being_long_ago() -> None:
    def born(year: int) -> float:
        day = read_days(f"{year}-05-01")
        return age_ratio(Record("a", "sought", birth=day), Record("b", "found", birth=day))

    assert born(1950) == pytest.approx(born(2000), rel=0.05)


def test_the_fast_twin_knows_mistakes_and_undated_ages() -> None:
    sought = [aged("sought", 1990, False), aged("sought", 2010, True), person("sought", stature=Range(170, 170))]
    found = [aged("found", 1990, False), aged("found", 2000, False), person("found", stature=Range(107, 107))]
    sought += [replace(person("sought"), teeth=tuple((tooth, "missing") for tooth in UPPER))]
    found += [replace(person("found"), teeth=tuple((tooth, "sound") for tooth in UPPER))]
    registers = [
        Register([replace(one, id=f"{n}") for n, one in enumerate(side)], TODAY, True) for side in (sought, found)
    ]
    search = Search(*registers, setting_of(*(register.records for register in registers), TODAY))
    for field in ("age", "stature", "teeth"):
        for row in range(4):
            rows, columns = np.full(4, row, np.int32), np.arange(4, dtype=np.int32)
            fast = search.compare.told(field, rows, columns)
            ledgers = [compare(search.sought.records[row], one, search.setting) for one in search.found.records]
            slow = [next((x.ln_likelihood_ratio for x in one.evidence if x.field == field), 0.0) for one in ledgers]
            assert fast * search.compare.counts[field] == pytest.approx(slow, abs=1e-5)


@pytest.mark.parametrize(
    ("stature", "age", "doubted"),
    [
        ("107", "24", True),
        ("107", "5", False),
        ("107", "child", False),
        ("170", "24", False),
        ("130", "24", False),
        ("100-170", "24", False),
        ("170", "7", True),
        ("107", "", False),
    ],
)
def test_a_stature_that_hardly_anybody_of_the_age_has_is_told(stature: str, age: str, doubted: bool) -> None:
    told: list[str] = []
    of = Age(read_age(age)) if age else None
    check_stature(read_stature(stature), None, of, Days(TODAY, TODAY), lambda field, *_: told.append(field))
    assert told == ["stature"] * doubted


def test_the_age_is_that_on_the_day_of_the_last_contact() -> None:
    """Born in 1999, 107 cm are a child's in 2004 and hardly a man's in 2023."""
    birth = read_days("1999-03-17")

    def told(day: str) -> int:
        found: list[str] = []
        check_stature(Range(107, 107), birth, None, read_days(day), lambda field, *_: found.append(field))
        return len(found)

    assert (told("2004-05-03"), told("2023-05-03")) == (0, 1)

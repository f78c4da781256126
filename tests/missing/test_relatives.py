"""Two reports of one side that name another given name each: relatives who travelled together are not told as one person."""

from __future__ import annotations

import datetime
import itertools
import math
from dataclasses import replace

import numpy as np
import pytest

from opencompact.missing.candidates import Register, Search, setting_of
from opencompact.missing.candidates.comparing import Comparison
from opencompact.missing.candidates.exactly import exact_scores
from opencompact.missing.candidates.explaining import SHARED_TOO, explain
from opencompact.missing.candidates.relatives import named_otherwise
from opencompact.missing.candidates.repeats import Sameness
from opencompact.missing.evidence.compare import Setting, compare
from opencompact.missing.evidence.parameters import defaults
from opencompact.missing.evidence.relatives import (
    ALIVE,
    BODY,
    LEVELS,
    MAYBE,
    SHARED,
    SHARED_BY_RELATIVES,
    SURE,
    as_relatives,
    names_apart,
)
from opencompact.missing.evidence.slips import that_may_slip
from opencompact.missing.records.dates import read_days
from opencompact.missing.records.intervals import Range
from opencompact.missing.records.record import Age, PersonName, Record, Sex, Stop
from opencompact.missing.records.whereabouts import read_place

from .conftest import TODAY


def report(number: str, *names: str, kind: str = "sought", age: float | None = 25) -> Record:
    """A young man last heard of at Zarzis on one day, or found there; `nickname:` and other kinds stand before a name."""
    read = [PersonName(text, *([sort] if sort else [])) for sort, _, text in (name.rpartition(":") for name in names)]  # type: ignore[arg-type]
    stop = "last-contact" if kind == "sought" else "found"
    return Record(
        id=number,
        kind=kind,  # type: ignore[arg-type]
        names=tuple(read),
        sex=Sex("M"),
        age=None if age is None else Age(Range(age, age + 1)),
        stops=(Stop(read_place("Zarzis"), read_days("2023-05-03"), stop),),  # type: ignore[arg-type]
    )


@pytest.mark.parametrize(
    ("one", "other", "apart"),
    [
        (["Robel Kidane"], ["Yonas Kidane Habte"], SURE),
        (["given:Robel", "father:Kidane"], ["Yonas Kidane"], SURE),
        (["روبيل كيداني"], ["Yonas Kidane"], SURE),
        # Spellings of one name, an initial, and a given name that stands behind.
        (["Mohamed Hassan"], ["Muhammad Hasan Ali"], False),
        (["Samir Haddad"], ["سمير حداد"], False),
        (["R. Kidane"], ["Robel Kidane"], False),
        # A slip of the pen is no other given name.
        (["Aminata Diarra"], ["Ainata Diarra"], False),
        (["Yaya Ousmane Traoré"], ["Yya Ousmane Traoré"], False),
        (["Yusuf Traoré"], ["Yunus Traoré"], SURE),
        (["Kidane, Robel"], ["Robel Kidane"], False),
        # What is told as a nickname is another given name of the same person.
        (["Robel Kidane", "nickname:Yonas"], ["Yonas Kidane"], False),
        # The family's name stands first: in capitals, before a comma, in names of syllables, or in a field of its own.
        (["KIDANE Robel"], ["KIDANE Yonas"], SURE),
        (["DIALLO Mamadou"], ["Ousmane Diallo"], SURE),
        (["Kidane, Robel"], ["Yonas Kidane"], SURE),
        (["family:Kidane", "given:Robel"], ["KIDANE Yonas"], SURE),
        (["王小明"], ["王大山"], SURE),
        (["王小明"], ["李大山"], SURE),
        (["王小明"], ["Wang Xiaoming"], False),
        (["KIDANE Robel"], ["Robel Kidane"], False),
        # Nothing says which comes first: two of a family, or two sons of other fathers, or one told by his father's name and by his family's.
        (["Kidane Robel"], ["Kidane Yonas"], MAYBE),
        (["Kidane Robel Habte"], ["ኪዳኔ ዮናስ ሀብቴ"], MAYBE),
        (["Kidane Robel", "Kidane Haile"], ["Kidane Haile"], False),
        (["Robel Kidane Habte"], ["Robel Habte"], False),
        (["given:Robel", "father:Kidane"], ["Robel Habte"], False),
        (["KIDANE Robel"], ["HABTE Robel"], False),
        # "Father of Ahmed" is no given name, and a family name alone is none either.
        (["Abu Ahmed"], ["Omar Hassan"], False),
        (["family:Kidane"], ["Yonas Habte"], False),
        (["unknown"], ["Yonas Habte"], False),
    ],
)
def test_who_is_told_of_under_another_given_name(one: list[str], other: list[str], apart: int) -> None:
    first, second = report("1", *one), report("2", *other)
    assert names_apart(first, second) == apart
    assert names_apart(second, first) == apart


def test_brothers_whose_family_name_is_written_first_are_two_people() -> None:
    """They share a mother, a telephone, a day and a place: neither these nor their names say anything for one person."""
    one, other = (
        replace(
            report(n, name, "mother:Letebrhan Gebre", age=age), phones=("+291 7 123 459",), reporter_phones=("+291 7 645 318",)
        )
        for n, name, age in (("1", "Kidane Robel", 25), ("2", "Kidane Yonas", 23))
    )  # fmt: skip
    ledger = compare(one, other, Setting(TODAY))
    told = {entry.field: entry.ln_likelihood_ratio for entry in ledger.evidence}
    assert told["names"] <= 0
    assert max(told["time"], told["place"], told["mother"], told["telephones"]) <= 0
    assert ledger.ln_likelihood_ratio < math.log(10)
    reasons = {entry.field: entry.reason for entry in ledger.evidence}
    assert "written first" in reasons["names"]
    assert "two of a family" in reasons["place"]
    # A brother's body with the number of the house in its pocket is not the brother who is sought.
    found = replace(report("f", "KIDANE Yonas", kind="remains"), phones=("+291 7 645 318",))
    sought = replace(report("s", "Robel Kidane"), reporter_phones=("+291 7 645 318",))
    assert {e.field: e.ln_likelihood_ratio for e in compare(sought, found, Setting(TODAY)).evidence}["telephones"] == 0


def test_brothers_who_travelled_together_are_two_people() -> None:
    """Of all they share nothing speaks for one person, and another given name speaks against it."""
    brothers = [report("1", "Robel Kidane"), report("2", "Yonas Kidane Habte")]
    ledger = compare(brothers[0], brothers[1], Setting(TODAY))
    told = {entry.field: entry.ln_likelihood_ratio for entry in ledger.evidence}
    assert told["names"] <= math.log(defaults()["again"]["another"])
    assert told["time"] <= 0 >= told["place"]
    assert "given names" in next(entry.reason for entry in ledger.evidence if entry.field == "names")
    alike = compare(brothers[0], report("2", "Robel Kidane Habte"), Setting(TODAY))
    assert alike.ln_likelihood_ratio > ledger.ln_likelihood_ratio + math.log(1000)
    for records in (brothers, [*brothers, *(report(f"o{n}", f"Ali{n} Hassan", age=30) for n in range(40))]):
        register = Register(records, TODAY)
        assert Sameness(register, setting_of(records, records, TODAY))(0, 1) < 0.05


def test_twins_are_two_people() -> None:
    """One day of birth, which says a hundred of two strangers, says fifty of two of a family: one in fifty of these are twins."""
    born = read_days("1999-03-17")
    twins = [
        replace(report(n, name), birth=born, age=None) for n, name in (("1", "Robel Kidane"), ("2", "Yonas Kidane"))
    ]
    alike = replace(report("3", "Robel Kidane"), birth=born, age=None)
    told, other = (
        {entry.field: entry.ln_likelihood_ratio for entry in compare(twins[0], one, Setting(TODAY)).evidence}
        for one in (twins[1], alike)
    )
    assert told["age"] == pytest.approx(math.log(50))
    assert other["age"] > math.log(80)
    register = Register(twins, TODAY)
    assert Sameness(register, setting_of(twins, twins, TODAY))(0, 1) < 0.05


def test_one_person_told_of_by_two_relatives_stays_one() -> None:
    reports = [report("1", "Robel Kidane"), report("2", "Robel Kidane Habte")]
    assert Sameness(Register(reports, TODAY), setting_of(reports, reports, TODAY))(0, 1) > 0.9


def test_brothers_are_rivals_for_the_one_who_was_found() -> None:
    """He bears the name of one of them, and is not taken for both."""
    sought = [report("1", "Robel Kidane"), report("2", "Yonas Kidane Habte")]
    found = [report("f", "Robel Kidane", kind="remains"), report("g", "Ali Omar", kind="remains", age=50)]
    first, second = Register(sought, TODAY), Register(found, TODAY)
    search = Search(first, second, setting_of(sought, found, TODAY))
    told = {row[0].sought: row for row in search.candidates(5)}
    assert all(not one.also_sought for row in told.values() for one in row)
    assert sum(one.probability for row in told.values() for one in row if one.found == "f") <= 1 + 1e-6


def test_the_fast_twin_says_what_the_ledger_says_of_relatives() -> None:
    names = [
        "Robel Kidane", "Yonas Kidane Habte", "روبيل كيداني", "Abu Ahmed", "王小明", "nickname:Yonas", "given:Robel",
        "family:Kidane", "R. Kidane", "Mohamed Ali", "Kidane Robel", "Kidane Yonas", "KIDANE Yonas", "王大山", "Robel Habte",
        "Robeel Kidane", "Ronas Kidane", "Samir Kidane", "Sameer Kidane", "Kidane Ronas",
    ]  # fmt: skip
    kinds = ["sought", "found", "remains"]
    everyone = [report(f"{kind}{n}", name, kind=kind) for kind in kinds for n, name in enumerate(names)]
    everyone += [
        replace(report(n, name), birth=read_days("1999-03-17"), age=None)
        for n, name in (("t", "Robel Kidane"), ("u", "Yonas Kidane"))
    ]
    phones = ("+291 7 123 459", "+291 7 645 318")
    everyone += [
        replace(report(f"{kind}{n}p", name, kind=kind), phones=phones[:own], reporter_phones=phones[: 1 - own])
        for kind in ("sought", "found")
        for n, name in enumerate(["Kidane Robel", "Kidane Yonas", "Yonas Kidane", "KIDANE Robel"])
        for own in (0, 1)
    ]
    everyone += [report("none"), report("two", "Robel Kidane", "nickname:Yonas Habte", age=None)]
    setting = setting_of(everyone, everyone, datetime.date(2026, 1, 1))
    register = Register(everyone, TODAY)
    pairs = list(itertools.combinations(range(len(everyone)), 2))
    rows, columns = np.array(pairs, np.int32).T.copy()
    slow = np.array([compare(everyone[a], everyone[b], setting).ln_likelihood_ratio for a, b in pairs])
    np.testing.assert_allclose(exact_scores(register, register, rows, columns, setting), slow, atol=1e-4)
    same_side = np.array([(everyone[a].kind == "sought") == (everyone[b].kind == "sought") for a, b in pairs])
    exact = Register(everyone, TODAY, exact=True)
    others, of_one_side = (named_otherwise(one, one)(rows, columns) for one in (exact, register))
    assert others is not None
    assert of_one_side is not None
    expected = [as_relatives(everyone[a], everyone[b]) for a, b in pairs]
    assert others.tolist() == expected
    assert of_one_side.tolist() == [s * level for level, s in zip(expected, same_side.tolist(), strict=True)]
    assert all(expected.count(level) > 10 for level in (0, *LEVELS))


@pytest.mark.parametrize(
    ("one", "other", "apart"),
    [
        ("Carlos", "Caros", False),
        ("Samuel", "Sauel", False),
        ("Yusuf", "Yuuf", False),
        ("Carlos", "Samuel", True),
        ("Kamal", "Jamal", True),  # both well known
        ("Samir", "Samira", True),
        ("Rahim", "Karim", True),  # two letters
    ],
)
def test_one_slip_of_the_pen_makes_nobody_his_own_brother(one: str, other: str, apart: bool) -> None:
    found = as_relatives(report("1", f"{one} Rojas Diaz"), report("2", f"{other} Rojas Diaz", kind="found"))
    assert found == (ALIVE if apart else 0)
    told = that_may_slip([one.lower()], [other.lower(), "rojas"])
    assert told == (set() if apart else {one.lower()})


@pytest.mark.parametrize(("kind", "level", "most"), [("found", ALIVE, 0.05), ("remains", BODY, 0.1)])
def test_a_brother_who_was_found_is_not_the_one_who_is_sought(kind: str, level: int, most: float) -> None:
    """Who is found alive, or bears a paper, is told under the own given name; all that the two share is what brothers share."""
    sought, found = report("1", "Robel Kidane Habte"), report("2", "Yonas Kidane Habte", kind=kind)
    assert as_relatives(sought, found) == as_relatives(found, sought) == level
    ledger = compare(sought, found, Setting(TODAY))
    told = {entry.field: entry.ln_likelihood_ratio for entry in ledger.evidence}
    assert told["names"] == pytest.approx(math.log(most))
    assert told["time"] <= 0 >= told["place"]
    # Of 1 sought and 1 found one pair in a hundred is one person: what is left (sex, age) must not make a lead of it.
    assert ledger.ln_likelihood_ratio < math.log(5)
    same = compare(sought, report("2", "Robel Kidane", kind=kind), Setting(TODAY))
    assert same.ln_likelihood_ratio > ledger.ln_likelihood_ratio + math.log(1000)


def test_what_relatives_share_is_explained_once() -> None:
    """Time and place have one reason; it is told in full with the first, and no entry counts otherwise for it."""
    ledger = compare(report("1", "Robel Kidane"), report("2", "Yonas Kidane", kind="found"), Setting(TODAY))
    lines = {line.field: line for line in explain(ledger, "en").lines}
    assert lines["Time"].reason == SHARED_BY_RELATIVES
    assert lines["Place"].reason == SHARED_TOO
    assert lines["Time"].likelihood_ratio == lines["Place"].likelihood_ratio == "1.00"


@pytest.mark.parametrize(
    ("one", "other", "related"),
    [
        (["Robel Kidane"], ["Yonas Kidane"], True),
        (["Robel Kidane", "mother:Saba Tesfay"], ["Yonas Habte", "mother:Saba Tesfay"], True),
        (["KIDANE Robel"], ["KIDANE Yonas"], True),
        # Strangers, of whom the names say enough; a nickname that is told; names of which nothing says where the given one stands.
        (["Robel Kidane"], ["Yonas Habte"], False),
        (["Robel Kidane", "nickname:Yonas"], ["Yonas Kidane"], False),
        (["Kidane Robel"], ["Kidane Yonas"], False),
        (["Robel Kidane"], ["family:Kidane"], False),
    ],
)
def test_who_may_be_of_one_family_across_two_sides(one: list[str], other: list[str], related: bool) -> None:
    sought, found = report("1", *one), report("2", *other, kind="found")
    assert bool(as_relatives(sought, found)) is related
    told = {entry.field: entry.ln_likelihood_ratio for entry in compare(sought, found, Setting(TODAY)).evidence}
    assert (told["time"] > 0) is not related


def test_only_exact_registers_ask_whose_brother_was_found() -> None:
    sought, found = [report("1", "Robel Kidane")], [report("2", "Yonas Kidane", kind="found")]
    row = np.zeros(1, np.int32)
    for exact, told in ((False, None), (True, [ALIVE])):
        first, second = Register(sought, TODAY, exact=exact), Register(found, TODAY, exact=exact)
        apart = named_otherwise(first, second)(row, row)
        assert (None if apart is None else apart.tolist()) == told


def test_every_shared_field_is_one_of_the_comparison() -> None:
    register = Register([report("1", "Robel Kidane")], TODAY)
    assert set(SHARED) <= set(Comparison(register, register, Setting(TODAY)).fields)

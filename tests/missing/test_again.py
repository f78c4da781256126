"""Records of one side: two reports of a person, two records of a body, two sightings; each told in whichever order."""

from __future__ import annotations

import datetime
import itertools
import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from opencompact.missing.candidates import Register, setting_of
from opencompact.missing.candidates.comparing import Comparison
from opencompact.missing.evidence.again import (
    ALIVE,
    REMAINS,
    SOUGHT,
    compare_place_again,
    compare_time_again,
    days_log_ratio,
    told_of,
)
from opencompact.missing.evidence.compare import Setting, compare
from opencompact.missing.evidence.parameters import defaults
from opencompact.missing.records.dates import read_days
from opencompact.missing.records.record import Record, Stop
from opencompact.missing.records.whereabouts import read_place

from .conftest import TODAY


def record(name: str, kind: str, day: str | None, place: str | None = None) -> Record:
    stop = "last-contact" if kind == "sought" else "found"
    days, where = (read_days(day) if day else None), (read_place(place) if place else None)
    return Record(id=name, kind=kind, stops=(Stop(where, days, stop),))  # type: ignore[arg-type]


def ratio(one: Record, other: Record, field: str, setting: Setting | None = None) -> float:
    ledger = compare(one, other, setting or Setting(TODAY))
    return sum(entry.ln_likelihood_ratio for entry in ledger.evidence if entry.field == field)


def test_a_body_found_once_does_not_travel() -> None:
    """Zarzis on one day and Lampedusa nine days later is no journey of a body; the same beach on the same day is one discovery."""
    first = record("1", "remains", "2023-05-11", "Zarzis")
    again, elsewhere = record("2", "remains", "2023-05-11", "Zarzis"), record("3", "remains", "2023-05-20", "Lampedusa")
    for field in ("time", "place"):
        assert ratio(first, again, field) > ratio(first, elsewhere, field) + 1
    assert ratio(first, record("4", "remains", "2024-05-11", "Agadez"), "time") < -2
    assert ratio(first, record("4", "remains", "2024-05-11", "Agadez"), "place") < -2


def test_two_reports_of_one_last_contact_say_what_they_share() -> None:
    """Nothing was said of it before: a report has no discovery to compare."""
    first = record("1", "sought", "2023-05-01", "Zuwara")
    assert ratio(first, record("2", "sought", "2023-05-03", "Zuwara"), "time") > 1
    assert ratio(first, record("2", "sought", "2023-05-03", "Zuwara"), "place") > 1
    assert ratio(first, record("3", "sought", "2021-05-03", "Dakar"), "time") < -2
    assert ratio(first, record("3", "sought", "2021-05-03", "Dakar"), "place") < -2


def test_who_was_alive_later_than_the_remains_were_found_is_another() -> None:
    alive, remains = record("1", "found", "2023-05-01"), record("2", "remains", "2023-04-01")
    assert ratio(alive, remains, "time") < -3
    assert ratio(alive, record("3", "remains", "2023-05-11"), "time") > 0


KINDS = st.sampled_from([("sought", "sought"), ("remains", "remains"), ("found", "found"), ("found", "remains")])


@given(KINDS, st.integers(-400, 400), st.integers(0, 60), st.sampled_from(["Zuwara", "near Sabha", "Libya", "between Agadez and Sabha"]))  # fmt: skip
def test_the_order_of_two_records_makes_no_difference(
    kinds: tuple[str, str], gap: int, length: int, place: str
) -> None:
    start = datetime.date(2023, 1, 1) + datetime.timedelta(gap)
    end = start + datetime.timedelta(length)
    one = record("1", kinds[0], "2023-01-01", "Lampedusa")
    other = record("2", kinds[1], f"{start} to {end}", place)
    for compared in (compare_time_again, compare_place_again):
        there, back = compared(one, other), compared(other, one)
        assert there is not None
        assert back is not None
        assert there.ln_likelihood_ratio == pytest.approx(back.ln_likelihood_ratio, abs=1e-6)


@pytest.mark.parametrize(
    ("one", "other"), [(SOUGHT, SOUGHT), (REMAINS, REMAINS), (ALIVE, ALIVE), (ALIVE, REMAINS), (REMAINS, ALIVE)]
)
def test_the_days_of_one_person_are_a_density(one: int, other: int) -> None:
    """Over all days on which the second may be told the density sums to one: the LR less its error, over the window."""
    settings = defaults()["again"]
    gaps = np.arange(-40_000, 40_001, dtype=np.int32)
    ones = np.ones(len(gaps), np.int32)
    roles = np.full(len(gaps), one, np.int32), np.full(len(gaps), other, np.int32)
    told = np.exp(days_log_ratio(*roles, 0 * gaps, ones, gaps, ones, defaults()))
    density = (told - settings["error"]) / (1 - settings["error"]) / settings["window"]
    # Journeys in either order are summed day by day and not integrated: a day counts from its start.
    assert density.sum() == pytest.approx(1.0, abs=0.03)


def test_of_a_wreck_one_day_and_one_beach_say_no_more_than_how_few_share_them() -> None:
    wreck = [record(f"w{n}", "remains", "2023-05-11", "Zarzis") for n in range(40)]
    others = [record(f"o{n}", "remains", f"202{n % 4}-0{1 + n % 9}-1{n % 9}", "Lampedusa") for n in range(40)]
    everyone = [*wreck, *others]
    setting = setting_of(everyone, everyone, TODAY)
    assert setting.discovered.records == 80
    day, beach = (ratio(wreck[0], wreck[1], field, setting) for field in ("time", "place"))
    # Half of the records are of that day, and nearly all of those of that beach.
    assert math.exp(day) < 2.5
    assert math.exp(beach) < 1.4
    alone = ratio(wreck[0], wreck[1], "time")
    assert alone > 3
    assert told_of([]).shares(wreck[0].stops[0], setting.parameters["again"])[0] < 0.01


def test_the_fast_twin_says_what_the_ledger_says_of_records_of_one_side() -> None:
    days = ["2023-05-11", "2023-05", "2021-01-01", "spring 2023", None]
    places = ["Zarzis", "Lampedusa", "Libya", "between Agadez and Sabha", None]
    kinds = ["sought", "found", "remains"]
    everyone = [
        record(f"{n}", kind, day, place) for n, (kind, day, place) in enumerate(itertools.product(kinds, days, places))
    ]
    setting = setting_of(everyone, everyone, TODAY)
    register = Register(everyone, TODAY, exact=True)
    compared = Comparison(register, register, setting)
    pairs = [
        (a, b)
        for a in range(len(everyone))
        for b in range(len(everyone))
        if (everyone[a].kind == "sought") == (everyone[b].kind == "sought")
    ]
    rows, columns = np.array(pairs, np.int32).T.copy()
    for field in ("time", "place"):
        slow = [ratio(everyone[a], everyone[b], field, setting) for a, b in pairs]
        share = setting.parameters["dependence"]["share"].get(field, 1.0)
        assert np.count_nonzero(slow) > 500
        np.testing.assert_allclose(share * compared.told(field, rows, columns), slow, atol=1e-6)

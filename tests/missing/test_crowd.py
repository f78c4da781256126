"""A place tells the less the more others are found as near; names, origin and way are not three proofs of one thing."""

import datetime
import math
from dataclasses import replace

import numpy as np
import pytest

from opencompact.missing.candidates import setting_of
from opencompact.missing.evidence.compare import Setting, compare
from opencompact.missing.evidence.crowd import NEAR, STEP, STEPS, Crowd, crowd_of
from opencompact.missing.evidence.groups import BESIDES, compare_origin
from opencompact.missing.evidence.parameters import defaults
from opencompact.missing.evidence.where_when import compare_place, window_of
from opencompact.missing.records.intervals import Days
from opencompact.missing.records.places import Place, Point
from opencompact.missing.records.record import PersonName, Record, Stop

from .conftest import TODAY

DAY = datetime.date(2023, 5, 1)
TRIPOLI, DAKAR = Point(32.89, 13.19), Point(14.69, -17.45)


def at(kind: str, point: Point, days: int = 0) -> Stop:
    day = DAY + datetime.timedelta(days=days)
    return Stop(Place("there", point, 1.0), Days(day, day), kind)


def sought(origin: str = "ERI", name: str = "") -> Record:
    names = (PersonName(name),) if name else ()
    return Record("s", "sought", names=names, nationality=(origin,), stops=(at("last-contact", TRIPOLI),))


def found(origin: str | None, point: Point = TRIPOLI, days: int = 10, name: str = "", number: int = 0) -> Record:
    names = (PersonName(name),) if name else ()
    own = (origin,) if origin else ()
    return Record(f"r{number}", "remains", names=names, nationality=own, stops=(at("found", point, days),))


def told(entries: object, field: str) -> float:
    return next(entry.ln_likelihood_ratio for entry in entries.evidence if entry.field == field)  # type: ignore[attr-defined]


def crowd(near: int, far: int, origin: str | None = None) -> Crowd:
    people = [found(origin, TRIPOLI if n < near else DAKAR, number=n) for n in range(near + far)]
    return crowd_of(people)


def test_where_many_are_found_a_place_tells_less() -> None:
    one, other = sought(), found(None)
    places = [
        told(compare(one, other, Setting(TODAY, crowd=crowd(near, 100 - near))), "place") for near in (0, 5, 20, 80)
    ]
    assert places == sorted(places, reverse=True)
    # Of four in five people nearly nothing follows from being found there; the density of one person is spread over ways, so it may even be less.
    assert places[-1] < 0.5 < 3 < places[0]


def test_without_a_register_a_place_counts_as_it_is() -> None:
    one, other = sought(), found(None)
    alone = compare_place(one, other)
    assert alone is not None
    assert told(compare(one, other, Setting(TODAY)), "place") == alone.ln_likelihood_ratio


def test_others_of_the_same_origin_are_those_that_count_where_the_origin_is_the_same() -> None:
    """All Eritreans are found at Tripoli and everyone else at Dakar: that an Eritrean is found at Tripoli tells the origin, nothing more."""
    register = [found("ERI", TRIPOLI, number=n) for n in range(40)]
    register += [found("SEN", DAKAR, number=100 + n) for n in range(160)]
    setting = Setting(TODAY, crowd=crowd_of(register))
    same, unknown, other = (told(compare(sought(), found(origin), setting), "place") for origin in ("ERI", None, "SDN"))
    assert same < unknown - 1
    assert unknown == other
    # Where the names are alike, an unknown origin is that of the person sought.
    named = compare(sought(name="Tesfay Gebremariam"), found(None, name="Tesfai Gebremariam"), setting)
    assert told(named, "names") > 0
    assert told(named, "place") == pytest.approx(same)
    stranger = compare(sought(name="Tesfay Gebremariam"), found(None, name="Ousmane Diallo"), setting)
    assert told(stranger, "place") == pytest.approx(unknown)


def test_what_is_counted_is_a_density() -> None:
    """It adds up to one over all distances, and is largest where people are."""
    whole, own = crowd(30, 70, "ERI").tables(
        [Place("Tripoli", TRIPOLI, 1.0)], [(0, ("ERI",)), (0, ("SOM",))], 2000.0, 20.0
    )
    assert np.exp(whole).sum() * STEP == pytest.approx(1)
    assert np.exp(own).sum(axis=-1) * STEP == pytest.approx(np.ones(2))
    assert np.exp(whole[0, :3]).sum() * STEP > 0.15
    farthest = NEAR * math.expm1(STEP * STEPS)
    assert farthest > 20_015  # half way round the earth
    # Nobody of the register is from Somalia: what is known of all is all that is known of them.
    assert own[1] == pytest.approx(whole[0])


def test_a_reader_is_told_how_many_others_are_as_near() -> None:
    entry = next(
        each
        for each in compare(sought(), found(None), Setting(TODAY, crowd=crowd(60, 40))).evidence
        if each.field == "place"
    )
    assert entry.values["percent"] == "60 %"


def test_names_that_are_alike_tell_the_origin_already() -> None:
    one, other = sought(), found("ERI")
    alone, beside = (compare_origin(one, other, None, {"ERI": 0.1}, alike) for alike in (False, True))
    assert alone is not None
    assert beside is not None
    rightly = [0.9 * (1 - BESIDES * (1 - share)) / share for share in (0.1, defaults()["group"]["namesakes"])]
    assert alone.ln_likelihood_ratio == pytest.approx(math.log(rightly[0] + 0.1))
    assert beside.ln_likelihood_ratio == pytest.approx(math.log(rightly[1] + 0.1))
    differ = [compare_origin(one, found("SEN"), None, {}, alike) for alike in (False, True)]
    assert differ[0] == differ[1]


def test_the_days_of_others_are_those_of_the_register() -> None:
    """Discoveries of ninety days: whoever is found within them is told little by the day; a few records hardly change what is usual."""
    many = [found(None, days=n % 90, number=n) for n in range(900)]
    assert window_of(many, defaults()) == pytest.approx((900 * 89 + 20 * 1460) / 920, rel=0.01)
    assert window_of(many[:2], defaults()) > 1300
    assert window_of([replace(record, stops=()) for record in many], defaults()) == 1460
    one = sought()
    usual, narrow = (
        told(compare(one, many[10], setting), "time") for setting in (Setting(TODAY), setting_of([one], many, TODAY))
    )
    assert usual - narrow == pytest.approx(math.log(1460 / window_of(many, defaults())), abs=0.05)

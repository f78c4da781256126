"""Departures, places passed, means and routes: one journey, counted once, by how rarely it is told, and never much against."""

from __future__ import annotations

import datetime
import itertools
import math
import re

import numpy as np
import pytest

from opencompact.missing.candidates import Register, setting_of
from opencompact.missing.candidates.comparing import Comparison
from opencompact.missing.candidates.explaining import reason_of
from opencompact.missing.evidence.compare import Setting, compare
from opencompact.missing.evidence.departure import compare_departure, departure_days, same_density
from opencompact.missing.evidence.journey import compare_journey, journeys_of
from opencompact.missing.evidence.journey_words import named_on_the_way
from opencompact.missing.evidence.parameters import defaults
from opencompact.missing.evidence.where_when import compare_place, compare_time, last_known
from opencompact.missing.records.agreement import check_departure
from opencompact.missing.records.dates import read_days
from opencompact.missing.records.record import Record, Stop
from opencompact.missing.records.whereabouts import read_place

TODAY = datetime.date(2026, 11, 21)
Told = tuple[str | None, str | None]


def _record(
    kind: str, *passed: str, number: int = 0, means: str = "", route: str | None = None, **stops: Told
) -> Record:
    """A record; `stops` are place and days by kind of stop (departure, last_contact, found)."""
    told = [
        Stop(read_place(place) if place else None, read_days(days) if days else None, name.replace("_", "-"))
        for name, (place, days) in stops.items()
    ]
    told += [Stop(read_place(place), None, "transit") for place in passed]
    return Record(f"{kind}{number}", kind, stops=tuple(told), means=tuple(filter(None, [means])), route=route)


def _departure(sought: Record, found: Record, register: list[Record] | None = None) -> float | None:
    journeys = journeys_of(register or [], defaults())
    told = compare_departure(sought, found, None, journeys.days, journeys.departed)
    return None if told is None else told.ln_likelihood_ratio


ZUWARA = ("Zuwara", "2023-05-03")


def test_the_density_of_two_tellings_is_one_over_all_days_and_the_mean_over_intervals() -> None:
    settings, one = defaults()["departure"], np.ones(1, np.int32)
    apart = np.arange(-2000, 2001, dtype=np.int32)
    assert same_density(apart, one, one, settings).sum() == pytest.approx(1)
    n, m, start = 5, 31, -7
    each = [start + j - i for i in range(n) for j in range(m)]
    mean = same_density(np.array(each, np.int32), one, one, settings).mean()
    whole = same_density(*(np.array([x], np.int32) for x in (start, n, m)), settings)[0]
    assert whole == pytest.approx(mean, rel=1e-9)


def test_the_same_departure_says_much_and_less_the_rougher_it_is_known() -> None:
    sought = _record("sought", departure=ZUWARA)
    tellings = [ZUWARA, ("Zuwara", "spring 2023"), ("Libya", "2023"), ("Libya", None)]
    said = [_departure(sought, _record("remains", departure=told)) for told in tellings]
    assert said == sorted(said, reverse=True)
    assert said[0] == defaults()["departure"]["most"]
    assert 0 < said[-1] < math.log(2)


def test_another_departure_is_hardly_against_since_a_journey_has_several() -> None:
    sought = _record("sought", departure=("Asmara", "2022-01-10"))
    other = _departure(sought, _record("remains", departure=ZUWARA))
    assert other == pytest.approx(math.log(defaults()["departure"]["error"]))
    told = compare_departure(sought, _record("remains", departure=ZUWARA))
    assert told is not None
    assert reason_of(told, "en").endswith("A journey may have several departures: that these differ says little.")


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (None, ZUWARA),
        (ZUWARA, None),
        (("Zuwara", None), (None, "2023-05-03")),
        (("nowhere known", None), ("Zuwara", None)),
    ],
)
def test_what_one_side_does_not_tell_says_nothing(first: Told | None, second: Told | None) -> None:
    sought, found = (
        _record(kind, **({"departure": told} if told else {}))
        for kind, told in (("sought", first), ("remains", second))
    )
    assert _departure(sought, found) is None


def test_a_day_on_which_many_of_the_register_left_says_little() -> None:
    sought, found = _record("sought", departure=ZUWARA), _record("remains", departure=ZUWARA)
    wreck = [_record("remains", number=n, departure=ZUWARA) for n in range(200)]
    spread = [
        _record("remains", number=n, departure=("Sfax", str(datetime.date(2020, 1, 1) + datetime.timedelta(7 * n))))
        for n in range(200)
    ]
    assert abs(_departure(sought, found, wreck)) < math.log(1.5)
    assert _departure(sought, found, spread) == defaults()["departure"]["most"]


def test_the_days_of_a_register_keep_their_number() -> None:
    settings = defaults()["departure"]
    days = [read_days(text) for text in ("2023-05-03", "2023-05", "spring 2023")]
    spread = departure_days([one for one in days if one], settings)
    assert spread.cumulative[-1] == pytest.approx(3, abs=0.01)
    assert spread.density(np.array([spread.first - 400], np.int32), np.ones(1, np.int32), settings)[0] == pytest.approx(
        settings["weight"] / settings["window"] / (3 + settings["weight"])
    )


def test_departure_last_contact_and_discovery_are_counted_once() -> None:
    """Whoever was found two days after a departure, and told it, tells hardly more than the departure alone."""
    alone = _departure(
        _record("sought", departure=(None, "2023-05-03")), _record("remains", departure=(None, "2023-05-03"))
    )
    sought = _record("sought", departure=(None, "2023-05-03"), last_contact=(None, "2023-05-03"))
    found = _record("remains", departure=(None, "2023-05-03"), found=(None, "2023-05-05"))
    time, departure = compare_time(sought, found), _departure(sought, found)
    assert time is not None
    assert time.ln_likelihood_ratio > 3
    assert time.ln_likelihood_ratio + departure < alone + math.log(1.5) + 0.7  # `alone` is cut at `most`


def test_a_journey_that_cannot_be_tells_nothing_in_favour() -> None:
    sought = _record("sought", departure=ZUWARA, last_contact=("Zuwara", "2024-05-03"))
    found = _record("remains", departure=ZUWARA, found=("Zuwara", "2023-05-05"))
    assert _departure(sought, found) < math.log(1.5)


def test_the_last_that_is_known_is_the_later_of_last_contact_and_departure() -> None:
    later = last_known(_record("sought", departure=ZUWARA, last_contact=("Tripoli", "2023-05-01")))
    assert later is not None
    assert (later.kind, later.place.text) == ("departure", "Zuwara")
    earlier = last_known(_record("sought", departure=ZUWARA, last_contact=("Lampedusa", "2023-05-09")))
    assert earlier.place.text == "Lampedusa"
    unknown = last_known(_record("sought", departure=(None, "2023-05-03"), last_contact=("Tripoli", "2023-05-01")))
    assert (unknown.place.text, str(unknown.days.start)) == ("Tripoli", "2023-05-03")


def test_a_last_contact_from_nowhere_is_where_the_departure_was_just_before() -> None:
    near = last_known(_record("sought", departure=ZUWARA, last_contact=(None, "2023-05-04")))
    assert (near.place.text, str(near.days.start)) == ("Zuwara", "2023-05-04")
    assert last_known(_record("sought", departure=ZUWARA, last_contact=(None, "2023-09-04"))).place is None


def test_a_departure_of_the_one_found_alone_is_where_the_journey_is_met() -> None:
    sought = _record("sought", last_contact=("Zuwara", "2023-05-02"))
    found = _record("remains", found=("Lampedusa", "2023-07-20"))
    known = _record("remains", departure=ZUWARA, found=("Lampedusa", "2023-07-20"))
    for compared in (compare_time, compare_place):
        plain, met = compared(sought, found), compared(sought, known)
        assert met.ln_likelihood_ratio > plain.ln_likelihood_ratio + 1
        assert "to the departure of the person found" in reason_of(met, "en")
    assert compare_time(sought, known).values == {"days": 1}


def test_a_departure_before_the_last_contact_changes_nothing() -> None:
    sought = _record("sought", last_contact=("Zuwara", "2023-05-09"))
    found = _record("remains", found=("Lampedusa", "2023-05-20"))
    known = _record("remains", departure=ZUWARA, found=("Lampedusa", "2023-05-20"))
    assert compare_time(sought, known) == compare_time(sought, found)
    assert compare_place(sought, known) == compare_place(sought, found)


def test_a_departure_that_others_saw_is_no_finding_one_of_a_year_later_is() -> None:
    def findings(departure: str, last: str) -> int:
        told: list[str] = []
        stops = _record("sought", departure=(None, departure), last_contact=(None, last)).stops
        check_departure(stops, lambda field, *_: told.append(field))
        return len(told)

    assert findings("2023-05-03", "2023-05-01") == 0
    assert findings("2024-05-03", "2023-05-01") == 1


@pytest.mark.parametrize(
    ("said", "named"),
    [
        ("left Zuwara by rubber boat", [{"rubber boat"}]),
        ("canot pneumatique", [{"rubber boat"}]),
        ("bote neumático", [{"rubber boat"}]),
        ("резиновая лодка", [{"rubber boat"}]),
        ("قارب مطاطي", [{"rubber boat"}]),
        ("乘橡皮艇和卡车", [{"rubber boat"}, {"truck"}]),
        ("a boat", [{"rubber boat", "wooden boat", "metal boat"}]),
        ("walked, then by truck", [{"on foot"}, {"truck"}]),
        ("не на лодке", []),
        ("not by boat", []),
        ("with a magic carpet", []),
    ],
)
def test_means_are_one_in_every_language(said: str, named: list[set[str]]) -> None:
    assert named_on_the_way("means", said) == frozenset(map(frozenset, named))


@pytest.mark.parametrize(
    ("said", "named"),
    [
        ("Central Mediterranean", [{"central mediterranean"}]),
        ("Méditerranée centrale", [{"central mediterranean"}]),
        ("центральное Средиземноморье", [{"central mediterranean"}]),
        ("地中海中部", [{"central mediterranean"}]),
        ("وسط البحر المتوسط", [{"central mediterranean"}]),
        ("selva del Darién", [{"darien"}]),
        ("Mediterranean", [{"central mediterranean", "western mediterranean", "eastern mediterranean"}]),
        ("over the mountains", []),
    ],
)
def test_routes_are_one_in_every_language(said: str, named: list[set[str]]) -> None:
    assert named_on_the_way("routes", said) == frozenset(map(frozenset, named))


def _journey(sought: Record, found: Record, register: list[Record] | None = None) -> float:
    told = compare_journey(sought, found, None, journeys_of(register or [], defaults()))
    return 0.0 if told is None else told.ln_likelihood_ratio


def test_a_town_that_everyone_passes_says_nothing_and_a_rare_one_more() -> None:
    everyone = [_record("found", "Agadez", number=n) for n in range(100)]
    register = [*everyone, _record("found", "Kidal", number=100)]
    common = _journey(_record("sought", "Agadez", "Sabha"), _record("found", "Agadez"), register)
    rare = _journey(_record("sought", "Kidal", "Sabha"), _record("found", "Kidal"), register)
    assert 0 <= common < 0.1
    assert rare == defaults()["journey"]["most"]


def test_one_road_is_counted_once() -> None:
    road = ("Agadez", "Dirkou", "Madama", "Qatrun", "Sabha")
    assert _journey(_record("sought", *road), _record("found", *road)) == pytest.approx(
        _journey(_record("sought", "Sabha"), _record("found", "Sabha"))
    )


def test_the_words_of_a_route_and_the_last_contact_are_places_passed() -> None:
    passed = _record("found", "Sabha")
    assert _journey(_record("sought", route="Agadez → Sabha → Zuwara"), passed) > 0
    assert _journey(_record("sought", route="via Agadez and Sabha"), passed) > 0
    assert _journey(_record("sought", last_contact=("Sabha", None)), passed) > 0
    assert _journey(_record("sought", route="Agadez → Zuwara"), passed) == 0


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ({"means": "truck"}, {"means": "rubber boat"}),
        ({"means": "magic carpet"}, {"means": "magic carpet"}),
        ({"route": "Sahara"}, {"route": "Central Mediterranean"}),
        ({"route": "some road"}, {"route": "Darién"}),
        ({"route": "Sahara"}, {}),
    ],
)
def test_what_may_follow_or_is_in_no_list_says_nothing(first: dict, second: dict) -> None:
    assert compare_journey(_record("sought", **first), _record("found", **second)) is None


def test_routes_that_nobody_takes_one_after_the_other_are_a_little_against() -> None:
    apart = _journey(_record("sought", route="Darién"), _record("found", route="Central Mediterranean"))
    assert apart == pytest.approx(math.log(defaults()["journey"]["elsewhere"]))


def test_a_boat_says_less_than_a_wooden_boat() -> None:
    rare = [_record("found", number=n, means="rubber boat") for n in range(60)]
    told = [
        _journey(_record("sought", means=said), _record("found", means="pirogue"), rare)
        for said in ("boat", "wooden boat")
    ]
    assert 0 <= told[0] < told[1]


def test_the_way_is_told_in_sentences() -> None:
    sought = _record("sought", "Sabha", means="بقارب مطاطي", route="وسط البحر المتوسط")
    found = _record("found", "Sabha", means="rubber dinghy", route="Central Mediterranean")
    told = compare_journey(sought, found)
    assert told is not None
    assert told.ln_likelihood_ratio <= defaults()["journey"]["most"]
    assert reason_of(told, "en") == (
        "Both passed: Sabha. Both travelled by: rubber boat. Both name the route: Central Mediterranean."
    )
    assert "橡皮艇" in reason_of(told, "zh")


def _various() -> tuple[list[Record], list[Record]]:
    """Records of which each tells something else of its journey."""
    departures: list[Told | None] = [
        None,
        ZUWARA,
        ("Sfax", "May 2023"),
        ("between Zuwara and Tripoli", None),
        (None, "2023-05-01"),
        ("nowhere", "2023-05-03"),
    ]
    lasts: list[Told | None] = [None, ("Tripoli", "2023-05-02"), (None, "2023-05-04"), ("Libya", "2023")]
    ends: list[Told | None] = [None, ("Lampedusa", "2023-05-09"), ("Pozzallo", "2022")]
    ways = itertools.cycle(
        [
            ((), "", None),
            (("Sabha", "Agadez"), "boat", "Sahara"),
            (("Agadez",), "canot", "Darién"),
            ((), "truck; pirogue", None),
        ]
    )

    def made(kind: str, last: str, others: list[Told | None]) -> list[Record]:
        records = []
        for number, (departure, other) in enumerate(itertools.product(departures, others)):
            passed, means, route = next(ways)
            stops = {"departure": departure, last: other}
            known = {name: told for name, told in stops.items() if told}
            records.append(_record(kind, *passed, number=number, means=means, route=route, **known))
        return records

    return made("sought", "last_contact", lasts), made("remains", "found", ends)


@pytest.mark.parametrize("field", ["time", "place", "departure", "journey"])
def test_the_fast_journeys_are_those_of_the_ledger(field: str) -> None:
    sought, found = _various()
    setting = setting_of(sought, found, TODAY)
    compared = Comparison(Register(sought, TODAY, exact=True), Register(found, TODAY, exact=True), setting)
    rows, columns = (one.ravel().astype(np.int32) for one in np.indices((len(sought), len(found))))
    fast = compared.told(field, rows, columns)  # nobody here has a name
    slow = [_told(sought[a], found[b], setting, field) for a, b in zip(rows, columns, strict=True)]
    assert np.count_nonzero(slow) > 20
    np.testing.assert_allclose(fast, slow, atol=1e-5)


def _told(sought: Record, found: Record, setting: Setting, field: str) -> float:
    entry = next((one for one in compare(sought, found, setting).evidence if one.field == field), None)
    share = setting.parameters["dependence"]["share"].get(field, 1.0)
    return entry.ln_likelihood_ratio / share if entry else 0.0


def test_beside_a_way_that_is_compared_little_of_the_journey_is_left() -> None:
    sought, found = _record("sought", "Kidal"), _record("found", "Kidal")
    placed = (
        _record("sought", "Kidal", last_contact=("Tripoli", None)),
        _record("found", "Kidal", found=("Lampedusa", None)),
    )
    assert _journey(*placed) == pytest.approx(defaults()["journey"]["beside_place"] * _journey(sought, found))


@pytest.mark.parametrize("code", ["ar", "zh", "es", "fr", "ru"])
def test_every_sentence_of_a_journey_is_told_in_the_readers_language(code: str) -> None:
    sought = _record("sought", departure=ZUWARA, last_contact=("Tripoli", "2023-05-01"), means="boat", route="Darién")
    found = _record(
        "remains",
        "Tripoli",
        departure=("Sfax", "2023-06-01"),
        found=("Lampedusa", "2023-06-09"),
        means="pirogue",
        route="Sahara",
    )
    alone = _record("sought", last_contact=("Zuwara", "2023-05-02"))
    told = [compared(sought, found) for compared in (compare_time, compare_place, compare_departure, compare_journey)]
    told += [compared(alone, found) for compared in (compare_time, compare_place)]
    for entry in told:
        assert entry is not None
        words = set(re.findall(r"[a-z]{3,}", reason_of(entry, code))) & set(
            re.findall(r"[a-z]{3,}", reason_of(entry, "en"))
        )
        assert not words & {"the", "departure", "both", "journey", "boat", "other", "days", "last", "found", "that"}


def test_a_departure_from_where_everyone_departs_is_no_nearness() -> None:
    """Nobody was found at Zuwara, and everyone departed from there: the others are those who departed."""
    sought = _record("sought", last_contact=("Zuwara", "2023-05-02"))
    wreck = [_record("remains", number=n, departure=ZUWARA, found=("Lampedusa", "2023-05-20")) for n in range(60)]
    elsewhere = [
        _record("remains", number=n, departure=("Sfax", "2023-01-03"), found=("Lampedusa", "2023-05-20"))
        for n in range(60)
    ]

    def place(register: list[Record]) -> float:
        entry = next(
            one
            for one in compare(sought, wreck[0], setting_of([sought], register, TODAY)).evidence
            if one.field == "place"
        )
        return entry.ln_likelihood_ratio

    assert place(wreck) < math.log(2) < math.log(20) < place(elsewhere)

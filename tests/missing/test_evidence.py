"""Each field's likelihood ratio: right where a reference exists, neutral where nothing is known, lawful everywhere."""

from __future__ import annotations

import datetime
import json
import math
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from opencompact.errors import InvalidDataError
from opencompact.language import told
from opencompact.missing.candidates import Register
from opencompact.missing.candidates.comparing import Comparison
from opencompact.missing.candidates.explaining import explain, reason_of
from opencompact.missing.evidence.age import age_likelihood_ratio, birth_table, compare_age
from opencompact.missing.evidence.compare import Setting
from opencompact.missing.evidence.ledger import Evidence, Ledger, Prior, posterior
from opencompact.missing.evidence.marks import (
    compare_marks,
)
from opencompact.missing.evidence.parameters import defaults
from opencompact.missing.evidence.sex import sex_likelihood_ratio
from opencompact.missing.evidence.stature import compare_stature, grown_by
from opencompact.missing.evidence.teeth import LATER, compare_teeth, tooth_probability
from opencompact.missing.evidence.traits import (
    conditional_tables,
    confusion_matrix,
    joint_likelihood_ratios,
    trait_likelihood_ratios,
)
from opencompact.missing.evidence.where_when import compare_time
from opencompact.missing.records.ages import read_age
from opencompact.missing.records.dates import read_days
from opencompact.missing.records.intervals import Days, Range
from opencompact.missing.records.record import Age, Mark, Record, Sex, Stop
from opencompact.missing.records.statures import read_stature
from opencompact.missing.records.teeth import STATES, check_tooth, read_chart


@pytest.fixture(scope="module")
def n01(reference: Path) -> dict:
    return json.loads((reference / "kinship/n01_mispitools_nongenetic.json").read_text())


def test_n01_sex(n01: dict) -> None:
    for case in n01["sex"]:
        for seen in "FM":
            ratio = sex_likelihood_ratio(
                case["mp_sex"], seen, error=case["error_rate"], share_female=case["prop_female"]
            )
            assert ratio == pytest.approx(case[f"LR_if_remains_{seen}"], rel=1e-12)


def test_n01_hair(n01: dict) -> None:
    confusion = np.array(n01["hair"]["matrix"])
    assert confusion_matrix(confusion / confusion.diagonal()[:, None]) == pytest.approx(confusion, rel=1e-12)
    ratios = trait_likelihood_ratios(confusion, n01["cpt"][0]["hair_population"])
    assert ratios == pytest.approx(np.array(n01["hair"]["LR_matrix_default"]), rel=1e-12)


def test_n01_conditional_probability_tables(n01: dict) -> None:
    for case in n01["cpt"]:
        same, other = conditional_tables(
            sex=case["mp_sex"],
            hair=case["mp_hair"] - 1,
            share_female=case["prop_female"],
            sex_error=case["eps_sex"],
            age_error=case["eps_age"],
            age_share=2 * case["age_tol"] / 80,
            hair_confusion=np.array(n01["hair"]["matrix"]),
            hair_frequencies=case["hair_population"],
        )
        assert same == pytest.approx(np.array(case["P_given_H1"]), rel=1e-12)
        assert other == pytest.approx(np.array(case["P_given_H2"]), rel=1e-12)
        assert np.log10(same / other) == pytest.approx(np.array(case["log10_LR"]), rel=1e-9)


def test_n01_pigmentation(n01: dict) -> None:
    table = n01["pigmentation"]["table"]
    names = ("hair_colour", "skin_colour", "eye_colour")
    population = {tuple(row[name] for name in names): row["f_h_s_y"] for row in table}
    person = tuple(str(n01["pigmentation"]["mp"][name]) for name in ("hair", "skin", "eye"))
    ratios = joint_likelihood_ratios(person, population, tuple(n01["pigmentation"]["error_rates"].values()))
    for row in table:
        assert ratios[tuple(row[name] for name in names)] == pytest.approx(row["LR"], rel=1e-12)


def test_ages_that_agree_speak_for_and_ages_far_apart_against() -> None:
    narrow = age_likelihood_ratio((2000.0, 2001.0, "documents"), (1999.0, 2002.0, "dental"), 2023)
    wide = age_likelihood_ratio((2000.0, 2001.0, "documents"), (1983.0, 2005.0, "skeletal"), 2023)
    apart = age_likelihood_ratio((2000.0, 2001.0, "documents"), (1960.0, 1970.0, "skeletal"), 2023)
    assert narrow > wide > 1 > apart > 0


def aged(kind: str, years: tuple[int, int], day: str, how: str) -> Record:
    """A record of an age, last heard of or found on a day."""
    stop = Stop(None, read_days(day), "last-contact" if kind == "sought" else "found")
    return Record("a", kind, age=Age(Range(*years), None, how), stops=(stop,))


def test_remains_died_between_the_last_contact_and_the_discovery() -> None:
    """Aged 20 in 2013, bones of someone of 18 to 23 found in 2023: she may have died at once."""
    sought = aged("sought", (20, 20), "2013-06-01", "reported")
    bones, living = (aged(kind, (18, 23), "2023-06-01", "skeletal") for kind in ("remains", "found"))
    told = [compare_age(sought, found, datetime.date(2024, 1, 1)) for found in (bones, living)]
    assert told[0].ln_likelihood_ratio > 0 > told[1].ln_likelihood_ratio
    assert told[0].reason.startswith("The ages agree")
    assert told[1].values == {"years": 6.0}
    never = compare_age(aged("sought", (45, 45), "2013-06-01", "reported"), bones, datetime.date(2024, 1, 1))
    assert never.ln_likelihood_ratio < -1


def test_the_fast_ages_are_those_of_the_ledger_for_old_remains() -> None:
    today = datetime.date(2024, 1, 1)
    sought = [aged("sought", (age, age), f"{year}-01-01", "reported") for age in (17, 25, 40) for year in (2005, 2015)]
    found = [
        aged(kind, (18, 25), f"{year}-01-01", "skeletal") for kind in ("remains", "found") for year in (2014, 2023)
    ]
    fast = birth_table(*(Register(side, today).birth.values for side in (sought, found)), today.year)
    slow = [[compare_age(a, b, today).ln_likelihood_ratio for b in found] for a in sought]
    assert fast == pytest.approx(np.array(slow), abs=0.15)


def test_a_date_of_birth_within_a_range_shares_no_years() -> None:
    born = Record("a", "sought", birth=read_days("1999-05-03"))
    told = compare_age(born, aged("found", (20, 25), "2023-06-01", "external"), datetime.date(2024, 1, 1))
    assert told.reason.startswith("The date of birth lies within")


@given(st.floats(1950, 2010), st.floats(0.3, 20), st.floats(1950, 2010), st.floats(0.3, 20))
def test_the_age_ratio_is_symmetric(a: float, wa: float, b: float, wb: float) -> None:
    first, second = (a, a + wa, "reported"), (b, b + wb, "skeletal")
    assert age_likelihood_ratio(first, second, 2023) == pytest.approx(age_likelihood_ratio(second, first, 2023))


def test_unknown_never_counts() -> None:
    nothing, something = Record("a", "sought"), Record("b", "remains", marks=(Mark("scar", "left knee"),))
    assert compare_marks(nothing, something) is None
    assert compare_time(nothing, something) is None
    assert compare_teeth(nothing, something) is None


def test_a_tooth_that_was_lost_does_not_come_back() -> None:
    before = Record("a", "sought", teeth=((36, "missing"), (11, "sound"), (21, "filled")))
    possible = Record("b", "remains", teeth=((36, "missing"), (11, "filled"), (21, "filled")))
    impossible = Record("c", "remains", teeth=((36, "sound"), (11, "sound"), (21, "sound")))
    assert (
        compare_teeth(before, possible).ln_likelihood_ratio > 0 > compare_teeth(before, impossible).ln_likelihood_ratio
    )
    assert compare_teeth(before, impossible).values["never"] == 2


def test_one_tooth_that_came_back_counts_in_full_and_further_ones_as_the_rest() -> None:
    """0.05 of charts err in a tooth, in one of six states; 0.78 of the teeth of others are sound; one chart in a hundred is another person's."""
    teeth = (11, 21, 36)
    once = math.log(0.05 / 6 / 0.78)

    def told(before: str, after: str, count: int) -> float:
        first, second = (tuple((tooth, state) for tooth in teeth[:count]) for state in (before, after))
        told = compare_teeth(Record("a", "sought", teeth=first), Record("b", "remains", teeth=second))
        return math.log((math.exp(told.ln_likelihood_ratio) - 0.01) / 0.99)

    assert told("missing", "sound", 1) == pytest.approx(once)
    assert told("missing", "sound", 3) == pytest.approx(once * (1 + 2 * 0.6))
    assert told("filled", "sound", 1) == pytest.approx(once * 0.6)


@pytest.mark.parametrize("before", STATES)
def test_tooth_probabilities_sum_to_one(before: str) -> None:
    assert sum(tooth_probability(before, after, error=0.03, new_work=0.02) for after in STATES) == pytest.approx(1)
    assert before in LATER[before]


@pytest.mark.parametrize(("number", "state"), [(19, "sound"), (90, "sound"), (56, "sound"), (11, "golden")])
def test_a_chart_that_fdi_does_not_know_is_refused(number: int, state: str) -> None:
    with pytest.raises(InvalidDataError):
        check_tooth(number, state)


def test_the_ledger_adds_up_and_a_prior_makes_it_a_posterior() -> None:
    ledger = Ledger((Evidence("a", 2.0, ""), Evidence("b", -1.0, "")), Prior(sought=100, found=50, closed=1.0))
    assert ledger.ln_likelihood_ratio == 1.0
    odds = math.e * 0.01 / 0.99
    assert ledger.posterior == pytest.approx(odds / (1 + odds))
    assert posterior(-math.inf, 0.5) == 0
    assert posterior(5000.0, 1e-12) == 1


def test_a_date_of_birth_that_is_only_reported_is_less_sure_and_explain_says_how_each_is_known() -> None:
    def evidence(how: str) -> Evidence:
        day = Days(datetime.date(1990, 5, 1), datetime.date(1990, 5, 1))
        other = Days(datetime.date(1991, 1, 1), datetime.date(1991, 1, 1))
        return compare_age(
            Record("a", "sought", birth=day, birth_how=how),
            Record("b", "found", birth=other),
            datetime.date(2024, 1, 1),
        )

    by_documents, reported = evidence("documents"), evidence("reported")
    assert reported.ln_likelihood_ratio > by_documents.ln_likelihood_ratio
    assert (reported.left, reported.right) == ("born 1990-05-01 (reported)", "born 1991-01-01 (by documents)")
    assert (reported.reason, reported.values) == ("Days between the two dates of birth: {days}.", {"days": 245})
    line = explain(Ledger((reported,)), "fr").lines[0]
    assert line.sought == "naissance\N{NO-BREAK SPACE}: 1er mai 1990 (déclaré)"
    year = compare_age(
        Record("a", "sought", birth=Days(datetime.date(1990, 1, 1), datetime.date(1990, 12, 31)), birth_how="reported"),
        Record("b", "found", birth=Days(datetime.date(1990, 5, 1), datetime.date(1990, 5, 1))),
        datetime.date(2024, 1, 1),
    )
    assert told(year.left, "fr") == "naissance\N{NO-BREAK SPACE}: 1990 (déclaré)"
    assert (year.right, year.reason) == (
        "born 1990-05-01 (by documents)",
        "The date of birth lies within what the other record says.",
    )


@given(st.dictionaries(st.sampled_from([11, 12, 13, 21, 36, 37, 46]), st.sampled_from(STATES), min_size=1))
def test_the_page_shows_every_tooth_of_a_chart(chart: dict[int, str]) -> None:
    record = Record("a", "sought", teeth=tuple(sorted(chart.items())))
    shown = compare_teeth(record, record)
    assert shown is not None
    parts = told(shown.left, "en").split(", ")
    sound: set[int] = set()
    for part in parts:
        numbers = part.removesuffix(" sound").split("–")
        if all(number.isdigit() for number in numbers):
            sound |= set(range(int(numbers[0]), int(numbers[-1]) + 1))
    assert sound == {tooth for tooth, state in chart.items() if state == "sound"}
    assert all(f"{tooth} {state}" in parts for tooth, state in chart.items() if state != "sound")


def test_the_tooth_that_cannot_have_changed_is_named() -> None:
    before = Record("a", "sought", teeth=((11, "filled"), (36, "missing")))
    after = Record("b", "remains", teeth=((11, "filled"), (36, "sound")))
    shown = compare_teeth(before, after)
    assert told(shown.right, "en") == "11 filled, 36 sound"
    assert "cannot have changed so: 1 (36)" in reason_of(shown, "en")


def test_a_stature_is_shown_as_it_is_known() -> None:
    def shown(low: float, high: float) -> str:
        record = Record("a", "sought", stature=Range(low, high))
        return told(compare_stature(record, record).left, "en")

    assert (shown(170, 170), shown(160, 180), shown(167, 173)) == ("170 cm", "160–180 cm", "167–173 cm")


def _statures(age: str, stature: str, found_age: str | None, found_stature: str, found: str) -> Evidence | None:
    """What is said of a boy last heard of in May 2010, and of remains found later."""
    boy = Record(
        "a",
        "sought",
        sex=Sex("M"),
        age=Age(read_age(age)),
        stature=read_stature(stature),
        stature_how="living",
        stops=(Stop(None, read_days("2010-05-01"), "last-contact"),),
    )
    remains = Record(
        "b",
        "remains",
        sex=Sex("M"),
        age=Age(read_age(found_age)) if found_age else None,
        stature=read_stature(found_stature),
        stature_how="bone",
        stops=(Stop(None, read_days(found), "found"),),
    )
    return compare_stature(boy, remains, today=datetime.date(2026, 11, 21))


def test_a_child_that_grew_as_children_do_is_not_spoken_against() -> None:
    """138.6 cm at 10 and 176.8 cm when grown are both the median of boys: 130 cm leads to about 165."""
    assert abs(_statures("10", "130", "20-25", "165", "2022").ln_likelihood_ratio) < 0.7
    assert _statures("10", "130", "20-25", "165", "2022").values["apart"] in ("1", "2", "3")
    assert _statures("10", "130", "20-25", "175", "2022").ln_likelihood_ratio > math.log(0.5)
    assert _statures("14", "150", "16-18", "168", "2012-10").ln_likelihood_ratio > math.log(0.5)


def test_two_children_of_one_age_are_told_apart_by_their_stature() -> None:
    alike = _statures("10", "130", "9-11", "131", "2010-06-01").ln_likelihood_ratio
    apart = _statures("10", "130", "9-11", "155", "2010-06-01").ln_likelihood_ratio
    assert alike > 0 > math.log(0.5) > apart


def test_of_a_child_and_of_an_age_that_is_unknown_nothing_is_said() -> None:
    assert _statures("10", "130", None, "131", "2010-06-01") is None
    assert _statures("19", "170", None, "171", "2010-06-01") is not None


def test_the_grown_are_compared_as_they_were_measured() -> None:
    assert _statures("30", "170", "30-40", "170", "2010-06-01").values["apart"] == "0"
    assert grown_by((20.0, 20.0), "M", defaults()["stature"]["growth"]) == (1.0, 0.0, 0.0)


@pytest.mark.parametrize(
    ("sex", "age", "factor"),
    [("M", 10.0, 176.8 / 138.6), ("F", 12.0, 163.3 / 151.2), ("M", 0.5, 176.8 / 67.6), ("F", 1.5, 163.3 / 80.7)],
)
def test_who_is_at_the_median_grows_to_the_median(sex: str, age: float, factor: float) -> None:
    assert grown_by((age, age), sex, defaults()["stature"]["growth"])[0] == pytest.approx(factor)


def test_the_fast_statures_of_children_are_those_of_the_ledger() -> None:
    generator = np.random.default_rng(7)
    today = datetime.date(2026, 11, 21)

    def one(number: int, kind: str) -> Record:
        low = float(generator.integers(1, 30))
        return Record(
            f"{kind}{number}",
            kind,
            sex=Sex(["F", "M"][number % 2]) if number % 5 else None,
            age=Age(Range(low, low + float(generator.integers(0, 6)))) if number % 4 else None,
            stature=Range(*[float(generator.integers(80, 180))] * 2),
            stops=(Stop(None, read_days("2020-05"), "last-contact" if kind == "sought" else "found"),),
        )

    first, second = ([one(number, kind) for number in range(20)] for kind in ("sought", "remains"))
    fast = Comparison(Register(first, today), Register(second, today), Setting(today)).fields["stature"]
    rows, columns = (side.ravel().astype(np.int32) for side in np.indices((20, 20)))
    told = [compare_stature(first[a], second[b], today=today) for a, b in zip(rows, columns, strict=True)]
    assert {one is None for one in told} == {True, False}
    assert fast(rows, columns) == pytest.approx([one.ln_likelihood_ratio if one else 0.0 for one in told], abs=1e-4)


@pytest.mark.parametrize("text", ["11 gold crown", "11: porcelain crown", "11 crowned", "11 metal cap"])
def test_what_a_crown_is_made_of_does_not_hide_it(text: str) -> None:
    assert read_chart(text) == ((11, "crowned"),)


def test_a_material_alone_is_no_state_of_a_tooth() -> None:
    with pytest.raises(InvalidDataError):
        read_chart("11 gold")
    with pytest.raises(InvalidDataError):
        read_chart("11 gold missing")

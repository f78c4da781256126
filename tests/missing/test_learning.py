"""Error rates that were planted are found again from pairs confirmed to be one person, with an interval that holds them."""

import datetime
import math
import random
from collections.abc import Iterator

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.special import betainc

from opencompact.missing.evidence.compare import Setting
from opencompact.missing.evidence.deviations import MeasuredTwice, Measurement, learn_deviations
from opencompact.missing.evidence.learned_rates import LearnedRate, learn_rates
from opencompact.missing.evidence.learning import Case, Learned, Way, learn_from_cases, prior_weight
from opencompact.missing.records.intervals import Days, Range
from opencompact.missing.records.record import Age, Mark, PersonName, Record, Sex, Stop

TODAY = datetime.date(2026, 11, 28)
PAIRS = 400


def learned_from(pairs: list[tuple[Record, Record]]) -> dict[str, LearnedRate]:
    return {one.name: one for one in learn_rates([[pair] for pair in pairs], Setting(TODAY))}


def told_of_sex(seed: int, wrong: float, how: str = "external") -> list[tuple[Record, Record]]:
    """Families tell the sex rightly; who examines the body tells it wrongly of this share."""
    rng = random.Random(seed)
    pairs = []
    for number in range(PAIRS):
        true = rng.choice("FM")
        seen = true if rng.random() >= wrong else "FM"[true == "F"]
        pairs.append(
            (
                Record(f"S{number}", "sought", sex=Sex(true, "reported")),
                Record(f"R{number}", "remains", sex=Sex(seen, how)),
            )
        )
    return pairs


def test_a_planted_rate_of_sex_told_wrongly_is_learned_of_the_side_that_errs() -> None:
    """One in twelve: who of the two errs is not in the data, and follows from what is known of either (1 in 500, 1 in 50)."""
    pairs = told_of_sex(1, 0.08)
    wrong = sum(one.sex.value != other.sex.value for one, other in pairs if one.sex and other.sex)
    told = learned_from(pairs)
    examined, family = told["sex.errors.external"], told["sex.errors.reported"]
    assert (examined.default, examined.people, examined.rate.cases) == (0.02, PAIRS, pytest.approx(PAIRS))
    # Counted with the default as so many earlier cases; what the family errs in is a fifteenth of that at most.
    counted = (wrong + 0.02 * examined.rate.prior_weight) / (PAIRS + examined.rate.prior_weight)
    assert counted * 14 / 15 < examined.value < counted
    assert examined.low < 0.08 < examined.high
    assert examined.low > 0.02
    assert family.value < 0.005


def test_the_interval_holds_the_planted_rate_as_often_as_it_says() -> None:
    """Of 100 worlds; 95 % of the time, a little less for the weight of the default. Three standard errors are 6.5."""
    learned = [learned_from(told_of_sex(seed, 0.08))["sex.errors.external"] for seed in range(100)]
    assert sum(one.low <= 0.08 <= one.high for one in learned) >= 88


def test_the_interval_is_that_of_a_beta_distribution_where_it_is_known_what_came_about() -> None:
    """Then nothing is missing: all cases count, and below the interval lies a fortieth."""
    cases = [Case((Way(1.0, ("e",)),))] * 30 + [Case((Way(1.0, (), ("e",)),))] * 70
    one = learn_from_cases(cases, {"e": 0.1}, 20)["e"]
    assert (one.value, one.worth) == (pytest.approx((30 + 2) / 120), pytest.approx(100))
    for end, below in ((one.low, 0.025), (one.high, 0.975)):
        assert betainc(32, 88, end) == pytest.approx(below, abs=1e-6)
    assert one.share == pytest.approx(20 / 120)


def test_what_cannot_be_told_apart_is_worth_nothing() -> None:
    """Of either rate alone the data say no more than that one of the two is so high."""
    either = [Case((Way(1.0, ("a",), ("b",)), Way(1.0, ("b",), ("a",))))] * 5
    neither = [Case((Way(1.0, (), ("a", "b")), Way(1.0, ("a", "b"))))] * 95
    told = learn_from_cases([*either, *neither], {"a": 0.01, "b": 0.01})
    assert told["a"].value == pytest.approx(told["b"].value)
    known = learn_from_cases([Case((Way(1.0, ("a",)),))] * 5 + [Case((Way(1.0, (), ("a",)),))] * 95, {"a": 0.01})
    assert told["a"].worth < known["a"].worth / 4
    assert told["a"].high > told["a"].value * 3


@given(st.integers(0, 60), st.integers(1, 60), st.floats(0.001, 0.5))
def test_a_rate_lies_between_its_default_and_what_was_counted(happened: int, did_not: int, default: float) -> None:
    cases = [Case((Way(1.0, ("e",)),))] * happened + [Case((Way(1.0, (), ("e",)),))] * did_not
    one = learn_from_cases(cases, {"e": default})["e"]
    counted = happened / (happened + did_not)
    assert min(default, counted) - 1e-9 <= one.value <= max(default, counted) + 1e-9
    assert one.low <= one.value <= one.high


def test_a_case_counts_as_it_is_weighed_and_one_that_cannot_be_not_at_all() -> None:
    twice, impossible = Case((Way(1.0, ("e",)),), 2.0), Case((Way(0.0, ("e",)),))
    one = learn_from_cases([twice, impossible], {"e": 0.1}, 20)["e"]
    assert (one.cases, one.value) == (2.0, pytest.approx(4 / 22))
    assert learn_from_cases([impossible], {"e": 0.1}) == {}


def test_a_rare_error_is_not_overturned_by_one_case() -> None:
    assert (prior_weight(0.25), prior_weight(0.02), prior_weight(0.002)) == (20, 25, 250)
    assert prior_weight(0.998) == pytest.approx(250)


def test_the_same_rates_are_learned_where_women_and_men_are_exchanged() -> None:
    exchanged = {"F": "M", "M": "F"}
    pairs = told_of_sex(3, 0.1)
    other = [
        tuple(Record(one.id, one.kind, sex=Sex(exchanged[one.sex.value], one.sex.how)) for one in pair if one.sex)
        for pair in pairs
    ]
    first, second = learned_from(pairs), learned_from(other)  # type: ignore[arg-type]
    for name in ("sex.errors.external", "sex.errors.reported"):
        assert first[name].value == pytest.approx(second[name].value, rel=1e-3)


def test_whoever_was_reported_three_times_counts_once() -> None:
    found = Record("R", "remains", sex=Sex("M", "external"))
    reports = [(Record(f"S{n}", "sought", sex=Sex("F", "reported")), found) for n in range(3)]
    (one,) = [x for x in learn_rates([reports], Setting(TODAY)) if x.name == "sex.errors.external"]
    assert (one.people, one.rate.cases) == (1, pytest.approx(1))
    assert not one.enough


def _ages(outside: int, pairs: int) -> Iterator[tuple[Record, Record]]:
    """People of 30 by their papers; the examiner says 28 to 32, and of some 40 to 44."""
    for number in range(pairs):
        low = 40 if number < outside else 28
        yield (
            Record(f"S{number}", "sought", birth=Days(datetime.date(1993, 6, 1), datetime.date(1993, 6, 1))),
            Record(
                f"R{number}",
                "found",
                age=Age(Range(low, low + 4), Days(datetime.date(2023, 6, 5), datetime.date(2023, 6, 5)), "external"),
            ),
        )


def test_ages_outside_the_stated_range_are_learned() -> None:
    """20 of 100, with the default 0.1 as 20 cases; documents err one time in thirty, and bear a small part of it."""
    one = learned_from(list(_ages(20, 100)))["age.outside.external"]
    assert 0.8 * 22 / 120 < one.value < 22 / 120 + 0.01
    assert one.low < 0.2 < one.high


def test_colours_told_otherwise_are_counted_and_a_word_in_no_list_is_not() -> None:
    """30 of 100, the default 0.1 as 20 cases: 32 of 120."""
    colours = ["black"] * 70 + ["blond"] * 30 + ["#REF!"] * 50
    pairs = [
        (Record(f"S{n}", "sought", traits=(("hair", "noir"),)), Record(f"R{n}", "remains", traits=(("hair", one),)))
        for n, one in enumerate(colours)
    ]
    one = learned_from(pairs)["traits.errors.hair"]
    assert (one.people, one.value) == (100, pytest.approx(32 / 120))


def test_days_before_the_last_contact_are_dates_told_wrongly() -> None:
    """A discovery a year before the last contact can be nothing else; one a week later nearly never is."""

    def found(days: int) -> Record:
        day = datetime.date(2023, 5, 1) + datetime.timedelta(days=days)
        return Record("R", "found", stops=(Stop(None, Days(day, day), "found"),))

    last = datetime.date(2023, 5, 1)
    sought = Record("S", "sought", stops=(Stop(None, Days(last, last), "last-contact"),))
    one = learned_from([(sought, found(-365 if n < 10 else 7)) for n in range(100)])["time.error"]
    assert one.value == pytest.approx((10 + 0.5) / 125, rel=0.05)


def test_another_name_altogether_is_learned_as_what_names_say_at_most_against() -> None:
    pairs = [
        (
            Record(f"S{n}", "sought", names=(PersonName("Amina Traore"),)),
            Record(f"R{n}", "found", names=(PersonName("Amina Traore" if n >= 20 else "Zoltan Bognar"),)),
        )
        for n in range(200)
    ]
    one = learned_from(pairs)["names.least"]
    assert one.default == -6.0
    assert one.rate.value == pytest.approx((20 + 0.5) / (200 + one.rate.prior_weight), rel=0.02)
    assert one.low < one.value < one.high < 0


def test_marks_that_the_other_side_lacks_are_learned() -> None:
    """Of each two marks one is found again, the default 0.55 counting as 20 cases; left for right is seen in each fifth pair of roses. A rose
    is rare: that one is like the other by chance takes next to nothing."""
    pairs = [
        (
            Record(f"S{n}", "sought", marks=(Mark("tattoo", "rose left arm"), Mark("scar", "knee"))),
            Record(f"R{n}", "remains", marks=(Mark("tattoo", f"rose {side} arm"), Mark("piercing", "ear"))),
        )
        for n, side in enumerate(["right", "left", "left", "left", "left"] * 20)
    ]
    told = learned_from(pairs)
    assert told["marks.recall"].value == pytest.approx((100 + 11) / 220, rel=0.03)
    assert told["marks.turned"].value == pytest.approx((20 + 2) / 120)


def _teeth(states: list[tuple[str, str]]) -> dict[str, LearnedRate]:
    return learned_from(
        [
            (Record(f"S{n}", "sought", teeth=((36, before),)), Record(f"R{n}", "remains", teeth=((36, after),)))
            for n, (before, after) in enumerate(states)
        ]
    )


def test_teeth_that_cannot_have_come_back_were_charted_wrongly() -> None:
    """Of 100 that were missing 10 are sound again. An error says one of six states, so that one in six of them is not seen."""
    one = _teeth([("missing", "sound")] * 10 + [("missing", "missing")] * 90)["teeth.error"]
    assert one.low < 10 / 100 * 6 / 5 < one.high
    assert one.value > 1.5 * one.default


def test_teeth_that_changed_as_teeth_do_were_treated_where_charts_hardly_err() -> None:
    """One in five, of 100 that were missing and of 100 that were sound; none came back."""
    changed = [("missing", "implant")] * 20 + [("sound", "filled")] * 20
    told = _teeth(changed + [("missing", "missing")] * 80 + [("sound", "sound")] * 80)
    assert told["teeth.error"].value < told["teeth.error"].default
    assert told["teeth.new_work"].low < 20 / 100 < told["teeth.new_work"].high


def _measured(seed: int, first: float, second: float, people: int = 200) -> list[MeasuredTwice]:
    rng = np.random.default_rng(seed)
    true = rng.normal(171, 7.5, people)
    told = zip(
        (true + rng.normal(0, first, people)).tolist(), (true + rng.normal(0, second, people)).tolist(), strict=True
    )
    return [MeasuredTwice(Measurement("a", a), Measurement("b", b), 171, 7.5) for a, b in told]


def test_planted_errors_of_measurement_are_learned_and_held_by_their_intervals() -> None:
    """4 and 8 cm where 4 and 4.5 were taken: of 60 worlds; 95 % of the time. Three standard errors are 8.5."""
    told = [learn_deviations(_measured(seed, 4, 8), {"a": 4.0, "b": 4.5}) for seed in range(60)]
    for name, planted in (("a", 4), ("b", 8)):
        assert sum(one[name].low <= planted <= one[name].high for one in told) >= 0.86 * 60
    assert np.mean([one["b"].value for one in told]) == pytest.approx(8, abs=0.5)


def test_what_is_learned_of_two_measurements_is_the_spread_of_their_difference() -> None:
    """Of a population so wide that it says nothing, with equal errors: half the variance of the difference each, to the weight of the default."""
    rng = np.random.default_rng(1)
    apart = rng.normal(0, 5, 2000)
    pairs = [MeasuredTwice(Measurement("a", x), Measurement("a", 0.0), 0.0, 1e6) for x in apart.tolist()]
    one = learn_deviations(pairs, {"a": 3.0})["a"]
    assert one.value**2 == pytest.approx(float(np.mean(apart**2)) / 2, rel=0.02)
    assert (one.cases, one.worth) == (4000, pytest.approx(2000, rel=0.02))  # one difference of two errors
    assert one.low < 5 / math.sqrt(2) < one.high


def test_errors_of_statures_are_learned_of_grown_people_by_how_each_is_known() -> None:
    """A width of 6 cm is that of the statement, and no error; a child's stature tells nothing."""
    pairs = []
    for number, pair in enumerate(_measured(2, 4, 9)):
        height, bone = pair.first.value, pair.second.value
        sex = Sex("M", "dna")
        pairs.append(
            (
                Record(f"S{number}", "sought", sex=sex, stature=Range(height, height), stature_how="living"),
                Record(f"R{number}", "remains", sex=sex, stature=Range(bone - 3, bone + 3), stature_how="bone"),
            )
        )
    one = learned_from(pairs)["stature.errors.bone"]
    assert (one.default, one.people) == (4.5, 200)
    assert one.low < math.sqrt(9**2 - 6**2 / 12) < one.high
    boy = Age(Range(9, 9), Days(TODAY, TODAY), "documents")
    children = [(Record(a.id, a.kind, sex=a.sex, age=boy, stature=a.stature), b) for a, b in pairs]
    assert "stature.errors.bone" not in learned_from(children)


def test_what_nobody_tells_of_is_not_learned() -> None:
    assert learned_from([(Record("S", "sought"), Record("R", "remains"))]) == {}
    assert isinstance(Learned(0.1, 20, 0, 0, 0.1, 0, 1).share, float)

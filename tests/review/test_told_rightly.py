"""What a number is of: totals that are computed, zeros that may be silence, one series under two names, steps of a group."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from opencompact import compact
from opencompact.review import Library
from opencompact.review.figures import leaps, steps_of_group
from opencompact.review.findings import Finding, Findings, _unit_of
from opencompact.review.holdings import Holdings
from opencompact.review.pages.indicator import told_by
from opencompact.review.pages.members import _are_answers
from opencompact.review.titles import little
from opencompact.review.together import of_everybody
from opencompact.statistics import Workspace
from opencompact.statistics.assessment import Direction, Goal, Point, Reason, Verdict, assess, known
from opencompact.statistics.importing import import_file
from opencompact.statistics.sample import places


def points(*values: tuple[int, float], status: str = "A") -> tuple[Point, ...]:
    return tuple(Point(str(year), year, value, status) for year, value in values)


def test_a_zero_that_may_be_silence_enters_no_method() -> None:
    silent = points(*((year, 0.0) for year in range(2015, 2019)), status="U")
    counted = points((2019, 40.0), (2020, 30.0), (2021, 25.0), (2022, 20.0), (2023, 12.0))
    as_counted = points(*((year, 0.0) for year in range(2015, 2019)))
    assert assess((*as_counted, *counted), Goal(Direction.DOWN)).verdict is not Verdict.FAST_ENOUGH
    found = assess((*silent, *counted), Goal(Direction.DOWN))
    assert (found.count, found.verdict) == (5, Verdict.FAST_ENOUGH)


def test_a_zero_that_was_counted_stays() -> None:
    counted = points((2015, 0.0), (2016, 3.0))
    assert known(counted) == counted
    assert assess(counted, Goal(Direction.DOWN)).reason is not Reason.NO_VALUE


def test_a_step_of_a_region_that_doubles_in_a_year_is_told_and_one_of_a_country_is_not() -> None:
    share = points((2003, 0.957), (2004, 1.143), (2005, 2.915), (2006, 2.885))  # 17.3.2 of Sub-Saharan Africa
    assert [(before.period, after.period) for before, after in steps_of_group(share)] == [("2004", "2005")]
    assert steps_of_group(points((2004, 3.0), (2005, 1.0)))
    assert steps_of_group(points((2000, 1.0), (2005, 3.0))) == ()
    assert leaps(share) == ()


@pytest.mark.parametrize(
    ("first", "last", "unit", "expected"),
    [(48.0, 48.4, "percent", True), (49.4, 48.0, "percent", False), (100_000, 104_000, "persons", True)],
)
def test_little_of_a_percentage_is_less_than_half_a_point(first: float, last: float, unit: str, expected: bool) -> None:
    assert little(first, last, unit) is expected


def finding(identifier: str, values: tuple[Point, ...]) -> Finding:
    indicator = compact.catalogue().indicator(identifier)
    made: Any = Finding(indicator, "_T", "percent", values, {}, assess(values, Goal(Direction.DOWN)), None, (), None)  # type: ignore[arg-type]
    return made


def test_a_rounded_series_is_told_by_the_fuller_one() -> None:
    rounded = finding("10.c.1", points((2011, 6.0), (2015, 5.6), (2017, 4.9), (2018, 4.1)))
    fuller = points((2011, 5.966), (2014, 4.476), (2015, 5.587), (2017, 4.86), (2018, 4.056), (2020, 4.18))
    full = finding("remittances.cost.receiving", fuller)
    assert told_by(rounded, [rounded, full]) is full
    assert told_by(full, [rounded, full]) is None
    other = finding("10.c.1", points((2011, 6.0), (2015, 5.6), (2017, 4.9), (2018, 4.4)))
    assert told_by(other, [full]) is None


def test_answers_of_a_group_are_a_number_of_its_countries() -> None:
    assert _unit_of("yes or no", points((2018, 129.0), (2019, 141.0))) == "number"
    assert _unit_of("yes or no", points((2018, 0.0), (2019, 1.0))) == "yes or no"
    assert _unit_of("persons", points((2018, 2.0))) == "persons"


@pytest.fixture(scope="module")
def homicides(data: Path, tmp_path_factory: pytest.TempPathFactory) -> Holdings:
    folder = tmp_path_factory.mktemp("homicides")
    Workspace.create(folder)
    points = data / "unsd-sdg-global-database-2020-10" / "datapoints"
    for series in ("vc_ihr_psrc", "vc_ihr_psrcn"):
        import_file(folder, points / f"ddf--datapoints--{series}--by--geo_area--nature--sex--units--year.csv.gz")
    return Holdings(Library(Workspace(folder)), compact.area("MEX"), {"16.1.1"})


def test_the_rate_of_homicides_of_all_is_the_victims_over_the_people(homicides: Holdings) -> None:
    found = {each.period: each.number for each in of_everybody(homicides, "16.1.1")}
    women, men = (3769.26144, 5.84654), (32915.73856, 53.33004)  # counts and rates of 2018 in the UNSD table
    assert found["2018"] == pytest.approx((women[0] + men[0]) / (women[0] / women[1] + men[0] / men[1]))
    assert women[1] < found["2018"] < men[1]
    told = Findings(homicides, compact.catalogue(), 2026).of(compact.catalogue().indicator("16.1.1"))
    assert told.computed
    assert told.points[-1].number == found[told.points[-1].period]


def test_a_rate_whose_table_has_a_total_is_not_computed(homicides: Holdings) -> None:
    assert of_everybody(homicides, "17.3.2") == ()


def test_countries_answer_yes_or_no_where_the_world_is_told_by_the_number_that_answer_yes() -> None:
    assert _are_answers({"NER": points((2016, 1.0)), "TCD": points((2016, 0.0)), "MLI": ()})
    assert not _are_answers({"NER": points((2016, 1.0)), "TCD": points((2016, 438_643.6))})


def test_the_largest_group_is_of_a_place_that_has_a_name(sample: Workspace) -> None:
    from opencompact.review.account import Account
    from opencompact.review.holdings import Counterpart
    from opencompact.review.rankings import groups_of_people
    from opencompact.review.words import Words

    area = compact.area(places.focus())
    holdings = Holdings(Library(sample), area)
    account = Account(holdings, Findings(holdings, compact.catalogue(), 2026), Words("en"), "2026-11-21")

    def figure(*codes: str) -> Any:
        found = [Counterpart(code, *points((2024, 1000.0 - n)), None) for n, code in enumerate(codes)]
        message = {
            "largest": "The largest group of refugees came from {area}",
            "subtitle": "Refugees by origin, {year}",
        }
        return groups_of_people(account, "refugees.hosted", found, since="2010", anchored="x", **message)

    assert figure("STA", "SYR", "AFG").title == "The largest group of refugees came from Syria"
    assert figure("SYR", "STA").subtitle == "Refugees by origin, 2024"
    assert figure() is None

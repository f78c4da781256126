"""A review never says two things of one number: titles and assessments, leads and sections, the matrix and the pages it leads to."""

from __future__ import annotations

import re
from types import SimpleNamespace
from typing import Any

import pytest

from opencompact import compact
from opencompact.look.blocks import Facts, Figure, Table
from opencompact.review import Library
from opencompact.review.account import Account, newest
from opencompact.review.findings import Finding, Findings
from opencompact.review.holdings import Holdings
from opencompact.review.pages import deaths, glance, objectives
from opencompact.review.pages.assessed import assessed
from opencompact.review.pages.deaths_when import _counted_to, _days, in_years
from opencompact.review.rounding import rounded_down
from opencompact.review.titles import judged_title
from opencompact.review.words import Words
from opencompact.statistics import Workspace
from opencompact.statistics.assessment import Direction, Point, Verdict
from opencompact.statistics.sample import places

OBJECTIVES = [each.number for each in compact.objectives()]


def account_of(workspace: Workspace, area: str) -> Account:
    judged = {each.canonical for each in compact.catalogue().indicators() if each.direction != "neither"}
    holdings = Holdings(Library(workspace), compact.area(area), judged)
    return Account(holdings, Findings(holdings, compact.catalogue(), 2026), Words("en"), "2026-11-21")


@pytest.fixture(scope="module")
def fictional(sample: Workspace) -> Account:
    return account_of(sample, places.focus())


@pytest.fixture(scope="module")
def mexican(real: Workspace) -> Account:
    return account_of(real, "MEX")


def judged(account: Account) -> list[Finding]:
    found = [account.findings.of(each) for each in compact.catalogue().indicators()]
    return [each for each in found if each.judged and newest(each.points) is not None]


def contradictions(account: Account) -> list[tuple[str, str]]:
    """(indicator, title) where a title says another direction than the assessment's word."""
    found = []
    for each in judged(account):
        title, verdict = judged_title(account, "X", each), each.assessment.verdict
        better = {Direction.UP: "up", Direction.DOWN: "down"}.get(each.assessment.goal.direction)
        risen = "up" if re.search(r": up by|times the figure", title) else "down" if ": down by" in title else ""
        if verdict is Verdict.NO_CLEAR_CHANGE and risen:
            found.append((each.id, title))
        if verdict is Verdict.AWAY and risen and risen == better:
            found.append((each.id, title))
        if verdict in (Verdict.FAST_ENOUGH, Verdict.TOO_SLOWLY) and risen and risen != better:
            found.append((each.id, title))
        if verdict in (Verdict.AWAY, Verdict.FAST_ENOUGH, Verdict.TOO_SLOWLY) and "little changed" in title:
            found.append((each.id, title))
    return found


def test_a_title_never_says_the_contrary_of_its_assessment(fictional: Account) -> None:
    assert len(judged(fictional)) > 8
    assert contradictions(fictional) == []


def test_a_title_of_real_data_never_says_the_contrary_of_its_assessment(mexican: Account) -> None:
    assert len(judged(mexican)) > 8
    assert contradictions(mexican) == []


@pytest.mark.parametrize("number", OBJECTIVES)
def test_the_lead_of_an_objective_counts_each_series_that_is_judged_once(fictional: Account, number: int) -> None:
    page = next(each for each in objectives.pages(fictional) if each.slug == objectives.slug(number))
    lead = "".join(span.text for span in page.lead)
    said = lead.partition("which way is better:")[2]
    under = [each for each in fictional.findings.under(number) if each.judged and newest(each.points) is not None]
    series = {tuple((point.period, point.value) for point in each.points if point.value is not None) for each in under}
    counted = 1 if "The one that says which way is better " in lead else sum(map(int, re.findall(r"\d+", said)))
    assert counted == len(series)


@pytest.mark.parametrize("number", OBJECTIVES)
def test_the_newest_year_of_the_matrix_is_one_that_the_pages_tell(mexican: Account, number: int) -> None:
    coverage = mexican.findings.coverage[number - 1]
    told = {
        point.period[:4]
        for each in mexican.findings.under(number)
        if (point := newest(each.points)) is not None and not point.partial
    }
    if told:
        assert coverage.newest is not None
        assert coverage.newest[:4] == max(told)


def test_the_dead_and_the_missing_of_a_year_are_the_total_of_its_title_and_of_its_table(mexican: Account) -> None:
    page = deaths.page(mexican)
    figure = next(block for block in page.blocks if isinstance(block, Figure) and block.anchor == "by-year")
    assert {"2023", "448"} <= set(re.findall(r"\d+", figure.title))
    assert figure.table is not None
    rows = [[getattr(cell, "text", cell).replace(",", "") for cell in row] for row in figure.table.rows]
    assert ["2023", "414", "34", "448"] in rows
    assert all(int(dead) + int(missing) == int(both) for _year, dead, missing, both in rows)


def test_what_would_be_collected_is_told_once_for_all_that_it_would_fill(mexican: Account) -> None:
    for page in objectives.pages(mexican):
        tables = [block for block in page.blocks if getattr(block, "columns", ()) and len(block.columns) == 3]
        for table in tables:
            if table.columns[2].title == "What would fill it":
                pairs = [(str(row[0]), str(row[2])) for row in table.rows]
                assert len(pairs) == len(set(pairs))


def test_of_a_percentage_a_change_is_told_in_points_or_as_a_share_of_itself(fictional: Account) -> None:
    parts = [
        row[2]
        for each in judged(fictional)
        if each.unit.startswith("percent")
        for block in assessed(fictional, each)
        if isinstance(block, Table)
        for row in block.rows[:2]
        if row[2] != "–"
    ]
    assert parts
    assert all("points a year" in part or "of itself a year" in part for part in map(str, parts))


@pytest.mark.parametrize(("people", "said"), [(2427, 2420), (2422, 2420), (999, 999), (74_376, 74_300), (7, 7)])
def test_at_least_so_many_are_never_more_than_there_are(people: int, said: int) -> None:
    assert rounded_down(people) == said


def test_at_a_glance_a_minimum_is_the_number_of_its_page(fictional: Account) -> None:
    people = rounded_down(sum(each.number for each in in_years(fictional)))
    told = fictional.words.rough(people)
    (facts,) = (block for block in glance.page(fictional).blocks if isinstance(block, Facts))
    (fact,) = (each for each in facts.facts if "minimum figures" in each.detail)
    assert told in fact.detail
    assert told in "".join(span.text for span in deaths.page(fictional).lead)


def test_each_year_that_is_counted_in_part_is_told_with_its_own_day() -> None:
    years = [
        Point("2024", 2024, 316.0),
        Point("2025", 2025, 519.0, "P", note="to 2025-09-08"),
        Point("2026", 2026, 8.0, "P", note="to 2026-05-03"),
    ]
    account: Any = SimpleNamespace(words=Words("en"), holdings=SimpleNamespace(total=lambda _indicator: years))
    said = "".join(span.text for span in deaths._part_of_a_year(account))
    assert "2025 ends on 8 September 2025" in said
    assert "2026 ends on 3 May 2026" in said
    columns: Any = [(each.period, each, None, each) for each in years]
    assert _counted_to(account, columns) == "not counted to its end"  # two days have no room in a legend
    (note,) = _days(account, columns)
    assert "".join(span.text for span in note) == "2025: counted to 8 September 2025; 2026: counted to 3 May 2026"
    assert _counted_to(account, columns[:2]) == "counted to 8 September 2025"
    assert _days(account, columns[:2]) == ()


@pytest.mark.parametrize(
    ("note", "day"),
    [("to 2026-05-03", "2026-05-03"), ("to 2026-05-03; without incidents at sea", "2026-05-03"), ("revised", "")],
)
def test_the_day_to_which_a_year_is_counted_is_a_day(note: str, day: str) -> None:
    assert Point("2026", 2026, 1.0, note=note).counted_to == day

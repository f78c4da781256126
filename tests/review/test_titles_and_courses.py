"""A title tells a change only where the assessment does and where there are values enough; a few values are a small table."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest

from opencompact import compact
from opencompact.look import charts
from opencompact.look.blocks import Block, Figure, Page, Paragraph, Table
from opencompact.review import Library
from opencompact.review.account import Account, newest
from opencompact.review.figures import FEW, Named, lines
from opencompact.review.findings import Findings
from opencompact.review.holdings import Holdings
from opencompact.review.pages import money, movement, objectives, protection
from opencompact.review.titles import changed, judged_title
from opencompact.review.words import Words
from opencompact.statistics import Workspace
from opencompact.statistics.assessment import Point, Verdict
from opencompact.statistics.assessment.assess import LEAST_VALUES
from opencompact.statistics.sample import places

CHANGE = re.compile(r": (?:up|down) by |times the figure|: little changed|: no clear change|: between .* since ")
COUNTRIES = [each.code for each in compact.areas() if each.kind == "country"]


def account_of(workspace: Workspace, area: str) -> Account:
    holdings = Holdings(Library(workspace), compact.area(area))
    return Account(holdings, Findings(holdings, compact.catalogue(), 2026), Words("en"), "2026-11-21")


@pytest.fixture(scope="module", params=["sample", *COUNTRIES[::20], "MEX", "145", "001"])
def account(request: pytest.FixtureRequest) -> Account:
    if request.param == "sample":
        return account_of(request.getfixturevalue("sample"), places.focus())
    return account_of(request.getfixturevalue("real"), request.param)


def pages(account: Account) -> list[Page]:
    return [movement.page(account), *objectives.pages(account), money.page(account), protection.page(account)]


def drawn(account: Account) -> Iterator[tuple[Figure, charts.LineChart]]:
    for page in pages(account):
        for block in page.blocks:
            if isinstance(block, Figure) and isinstance(block.chart, charts.LineChart):
                yield block, block.chart


def test_a_title_says_a_change_only_where_the_assessment_says_something(account: Account) -> None:
    findings = [account.findings.of(each) for each in compact.catalogue().indicators()]
    unknown = [
        each
        for each in findings
        if each.judged and newest(each.points) is not None and each.assessment.verdict is Verdict.UNKNOWN
    ]
    titles = {each.id: judged_title(account, "X", each) for each in unknown}
    assert {name: title for name, title in titles.items() if CHANGE.search(title)} == {}


def test_a_title_that_says_a_change_has_values_enough(account: Account) -> None:
    told = {figure.title: chart for figure, chart in drawn(account) if CHANGE.search(figure.title)}
    few = {
        title: len(values)
        for title, chart in told.items()
        if len(values := [point for point in chart.lines[0].points if point.value is not None]) < LEAST_VALUES
    }
    assert few == {}


def test_no_line_is_drawn_through_a_few_values_alone(account: Account) -> None:
    few = [
        figure.title
        for figure, chart in drawn(account)
        if all(sum(point.value is not None for point in line.points) <= FEW for line in chart.lines)
    ]
    assert few == []


def series(*values: float) -> tuple[Point, ...]:
    return tuple(Point(str(2020 + n), 2020 + n, value, source="undesa.wpp") for n, value in enumerate(values))


@pytest.fixture
def fictional(sample: Workspace) -> Account:
    return account_of(sample, places.focus())


def course(account: Account, *values: float) -> list[Block]:
    points = series(*values)
    title = changed(account, "Displaced", points, "persons")
    return lines(account, "migrants", [Named("Here", points)], title=title, subtitle="People", unit="persons")


def test_three_values_are_told_in_a_table_with_their_years_and_source(fictional: Account) -> None:
    sentence, table, *notes = course(fictional, 8000, 5600, 3634)
    assert isinstance(sentence, Paragraph)
    assert [span.text for span in sentence.spans] == ["Displaced: from 8,000 in 2020 to 3,630 in 2022"]
    assert isinstance(table, Table)
    assert [row[0] for row in table.rows] == ["2020", "2021", "2022"]
    assert len(notes) == 1, "where they come from"


def test_four_values_are_drawn_and_the_title_says_no_change(fictional: Account) -> None:
    (figure,) = course(fictional, 8000, 5600, 3634, 3000)
    assert isinstance(figure, Figure)
    assert figure.title == "Displaced: from 8,000 in 2020 to 3,000 in 2023"


def test_five_values_have_a_change(fictional: Account) -> None:
    (figure,) = course(fictional, 8000, 7000, 6000, 5000, 4000)
    assert isinstance(figure, Figure)
    assert figure.title == "Displaced: down by 50% since 2020"


def test_one_value_is_no_course(fictional: Account) -> None:
    assert course(fictional, 8000) == []

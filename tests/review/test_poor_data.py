"""What a review says of countries whose data are poor: laws over every area, held on the real tables."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from opencompact import compact
from opencompact.look import charts
from opencompact.look.blocks import Block, Facts, Figure, Page
from opencompact.review import Library
from opencompact.review.account import Account, newest
from opencompact.review.figures import STOCKS, steps_of_stock
from opencompact.review.findings import Findings
from opencompact.review.holdings import Holdings
from opencompact.review.pages import glance, money, objectives, protection
from opencompact.review.titles import CHART_FROM, recent
from opencompact.review.words import Words
from opencompact.statistics import Workspace
from opencompact.statistics.assessment import Point, known, other_source
from opencompact.statistics.assessment.assess import since
from opencompact.statistics.importing import import_file
from opencompact.statistics.rates import above_base, base_of

FURTHER_FILES = (
    "worldbank-remittances/remittance-inflows.xlsx",
    "worldbank-remittances/remittance-outflows.xlsx",
    "worldbank-remittances/personal-remittances-paid.xls",
    "unsd-sdg-global-database-2020-10/datapoints/"
    "ddf--datapoints--sl_emp_injur--by--geo_area--migratory_status--nature--sex--units--year.csv.gz",
)
AREAS = [each.code for each in compact.areas() if each.kind == "country"]
INJURIES = "8.8.1"


@pytest.fixture(scope="module")
def library(real: Workspace, data: Path, tmp_path_factory: pytest.TempPathFactory) -> Library:
    folder = tmp_path_factory.mktemp("poor") / "workspace"
    shutil.copytree(real.folder, folder)
    for name in FURTHER_FILES:
        import_file(folder, data / name)
    return Library(Workspace(folder))


@pytest.fixture(scope="module")
def accounts(library: Library) -> dict[str, Account]:
    """The account of every country, in English; each reads its rows when they are first asked for."""
    found = {code: Holdings(library, compact.area(code)) for code in AREAS}
    catalogue = compact.catalogue()
    return {
        code: Account(holdings, Findings(holdings, catalogue, 2026), Words("en"), "2026-11-21")
        for code, holdings in found.items()
    }


@pytest.fixture(scope="module")
def told(accounts: dict[str, Account]) -> dict[str, tuple[Page, ...]]:
    """The pages of every country that tell money, protection and the main facts."""
    return {
        code: (glance.page(account), money.page(account), protection.page(account))
        for code, account in accounts.items()
    }


def figures(pages: tuple[Page, ...]) -> Iterator[Figure]:
    for page in pages:
        yield from (block for block in page.blocks if isinstance(block, Figure))


def words(spans: object) -> str:
    return "".join(span.text for span in spans)  # type: ignore[attr-defined]


def facts(page: Page) -> list[tuple[str, str, str]]:
    blocks: tuple[Block, ...] = page.blocks
    return [
        (each.label, each.value, each.detail) for block in blocks if isinstance(block, Facts) for each in block.facts
    ]


def test_no_money_is_told_that_may_not_have_been_reported(told: dict[str, tuple[Page, ...]]) -> None:
    assert len(told) > 200
    for code, (first, sent_home, _protection) in told.items():
        assert not re.search(r"US\$\s0\b", words(sent_home.lead)), code
        assert not [value for _label, value, _detail in facts(first) if re.fullmatch(r"US\$\s0", value)], code
    for code, year, last in (("VEN", "2016", "2022"), ("LBY", "2006", "2022"), ("SYR", "2010", "2022")):
        lead = words(told[code][1].lead)
        assert lead.startswith(f"In {year}, people abroad sent US$"), code
        assert f"to {last} the source has zero, which may also mean that nothing was reported" in lead
        detail = next(detail for label, _value, detail in facts(told[code][0]) if "Money" in label)
        assert detail.startswith(f"{year} · up to {last} zero or not reported")


def test_a_zero_that_may_be_silence_is_marked_in_its_table_told_below_its_chart_and_not_drawn(
    told: dict[str, tuple[Page, ...]],
) -> None:
    met = 0
    for code, pages in told.items():
        for figure in figures(pages):
            if not isinstance(figure.chart, charts.LineChart) or figure.table is None:
                continue
            periods = {str(row[0]) for row in figure.table.rows if any("not reported" in shown(cell) for cell in row)}
            if not periods:
                continue
            met += 1
            notes = " ".join(words(note) for note in figure.notes)
            assert "may also mean" in notes, (code, figure.title)
            for column, line in enumerate(figure.chart.lines, start=1):
                silent = {str(row[0]) for row in figure.table.rows if "not reported" in shown(row[column])}
                if len(figure.table.columns) == len(figure.chart.lines) + 1:
                    drawn = {point.period for point in line.points if point.value is not None}
                    assert not silent & drawn, (code, figure.title)
    assert met > 100


def test_what_stands_beside_a_main_fact_bears_its_own_year_where_that_is_another(
    told: dict[str, tuple[Page, ...]],
) -> None:
    assert "5 people waiting for a decision on asylum (2020)" in facts(told["HTI"][0])[2][2]
    assert "waiting for a decision on asylum (" not in facts(told["MEX"][0])[2][2]
    libya = next(detail for label, _value, detail in facts(told["LBY"][0]) if "Money" in label)
    assert libya.startswith("2006 · ")
    assert "sent from here (2020)" in libya


def shown(cell: object) -> str:
    return str(getattr(cell, "text", cell))


def test_no_title_says_that_all_is_gone_nor_a_share_of_a_zero(
    accounts: dict[str, Account], told: dict[str, tuple[Page, ...]]
) -> None:
    titles = [(code, figure.title) for code, pages in told.items() for figure in figures(pages)]
    titles += [
        (code, figure.title)
        for code in ("USA", "HTI", "DEU", "ETH", "TON", "MEX")
        for figure in figures(tuple(objectives.pages(accounts[code])))
    ]
    assert len(titles) > 1000
    assert [each for each in titles if re.search(r"by 100\s?%", each[1])] == []


def test_a_number_of_people_that_leaps_between_two_years_carries_a_caution_both_ways(
    accounts: dict[str, Account], told: dict[str, tuple[Page, ...]]
) -> None:
    ways = set()
    for code, pages in told.items():
        told_notes = {figure.anchor: " ".join(map(words, figure.notes)) for figure in figures(pages)}
        for name in STOCKS & {"refugees.hosted", "refugees.origin"}:
            series = recent(accounts[code].holdings.total(name), CHART_FROM)
            notes = told_notes.get(name.replace(".", "-") + "-chart")
            for before, after in steps_of_stock(series):
                if notes is None or not before.number:
                    continue
                assert f"in {before.period} to" in notes, (code, name, before.period)
                assert "a change of who is counted" in notes
                ways.add(after.number > before.number)
    assert ways == {True, False}
    china = next(figure for figure in figures(told["CHN"]) if figure.anchor == "refugees-hosted-chart")
    assert "from 303,000 in 2021 to 320 in 2022" in " ".join(map(words, china.notes))


def test_no_rate_is_told_that_is_above_its_own_base_and_what_is_left_out_says_why(accounts: dict[str, Account]) -> None:
    left_out = set()
    for code, account in accounts.items():
        finding = account.findings.of(account.indicator(INJURIES))
        assert not [each for each in finding.points if above_base(each.value, finding.unit)], code
        if finding.slips:
            left_out.add(code)
    assert left_out == {"USA"}
    page = next(each for each in objectives.pages(accounts["USA"]) if each.slug == "objective-06")
    said = " ".join(words(block.spans) for block in page.blocks if hasattr(block, "spans"))
    assert "For 2003 to 2007 the source has up to" in said
    assert "these values are left out" in said


@pytest.mark.parametrize(
    ("unit", "base"),
    [
        ("per 100000 workers", 100_000),
        ("Per 1,000 women", 1000),
        ("rate per 100,000 (3 year average)", 100_000),
        ("percent", None),
        ("persons", None),
        (None, None),
    ],
)
def test_the_base_of_a_rate(unit: str | None, base: float | None) -> None:
    assert base_of(unit) == base


def test_where_unrwa_alone_counts_refugees_its_number_stands_at_a_glance(
    accounts: dict[str, Account], told: dict[str, tuple[Page, ...]]
) -> None:
    alone = []
    for code, account in accounts.items():
        here = newest(account.holdings.total("refugees.unrwa"))
        if here is None or not here.value or newest(account.holdings.total("refugees.hosted")) is not None:
            continue
        alone.append(code)
        label, value, detail = facts(told[code][0])[2]
        assert label == "Palestine refugees living here"
        assert value == account.words.rough(here.number)
        assert detail.startswith(f"{here.period} · under the mandate of UNRWA")
    assert "PSE" in alone


def test_no_assessment_runs_over_a_break_of_its_series(library: Library, accounts: dict[str, Account]) -> None:
    loaded = [each for each in compact.catalogue().indicators() if each.canonical in library.loaded]
    cut = 0
    for account in accounts.values():
        for entry in loaded:
            finding = account.findings.of(entry)
            used = since(finding.points)
            assert other_source(used) == (), entry.id
            assert finding.assessment.count == len(used)
            cut += finding.assessment.begins is not None
    assert cut > 20


def test_nobody_is_counted_among_the_largest_groups_of_whom_there_is_none(accounts: dict[str, Account]) -> None:
    from opencompact.review.pages import movement

    for code in ("TUV", "NRU", "MEX"):
        for figure in figures((movement.page(accounts[code]),)):
            if isinstance(figure.chart, charts.BarChart):
                assert all(bar.value for bar in figure.chart.bars), (code, figure.title)


def test_a_point_is_known_if_it_is_no_doubtful_zero() -> None:
    points = (Point("2010", 2010, 5.0), Point("2011", 2011, 0.0, "U"), Point("2012", 2012, 0.0))
    assert [each.period for each in known(points)] == ["2010", "2012"]

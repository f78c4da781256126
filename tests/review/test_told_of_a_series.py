"""What is told of a series of values: where its line breaks, what its title says, which of its values say nothing."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import polars as pl
import pytest

from opencompact import compact
from opencompact.compact import catalogue
from opencompact.look.blocks import Figure, Paragraph
from opencompact.review import Library
from opencompact.review.account import Account
from opencompact.review.figures import Named, broken, leaps, lines, near
from opencompact.review.findings import Findings
from opencompact.review.pages.deaths_parts import most_told
from opencompact.review.pages.indicator import _only
from opencompact.review.pages.members import answers, of_member
from opencompact.review.pages.protection import _chosen, _procedure_rows
from opencompact.review.telling import without_fall
from opencompact.review.titles import counted, from_little, turned
from opencompact.review.words import Words
from opencompact.statistics.assessment import Gap, Group, Point, other_source
from opencompact.statistics.observations import no_observations


def test_a_source_line_names_every_edition_that_stands_behind_the_picture() -> None:
    holdings: Any = SimpleNamespace(library=SimpleNamespace(undated=frozenset()))
    account = Account(holdings, None, Words("en"), "2026-11-21")  # type: ignore[arg-type]
    points = [
        Point("2025", 2025, 39.0, source="iom.missing-migrants", vintage="2025-09-08"),
        Point("2024", 2024, 460.0, source="iom.missing-migrants", vintage="2025-04-29"),
    ]
    said = "".join(span.text for span in account.source(points))
    assert said.count("Missing Migrants Project") == 1
    assert "(edition of 8 September 2025), and for other values that of 29 April 2025" in said
    assert "other values" not in "".join(span.text for span in account.source(points[:1]))


def test_a_name_that_is_known_of_few_is_no_finding() -> None:
    parts = [("Naf", Point("", 0, 30.0)), ("not known", Point("", 0, 20.0))]
    assert most_told(parts, {"not known"}, 864) == ""
    assert most_told(parts, {"not known"}, 50) == "Naf"
    assert most_told([], {"not known"}, 0) == ""


def test_a_newest_amount_that_is_a_tenth_of_the_one_before_is_left_out_of_the_line() -> None:
    points = [Point("2020", 2020, 4.3e11), Point("2021", 2021, 4.6e11), Point("2022", 2022, 5.1e10)]
    assert [each.period for each in without_fall(points)] == ["2020", "2021"]
    assert without_fall(points[:2]) == tuple(points[:2])
    assert without_fall([]) == ()


def test_every_procedure_of_the_newest_year_is_told_though_fewer_countries_have_it_and_their_sum_comes_first() -> None:
    columns = [*no_observations().columns, "line"]

    def row(period: str, value: float, countries: int) -> dict[str, Any]:
        note = f"computed: sum over {countries} areas"
        told = {"period": period, "value": value, "note": note, "status": "E", "confidentiality": "F", "line": 2}
        return dict.fromkeys(columns) | told

    handed_over = [row("2024", 500.0, 40), row("2025", 320.0, 20)]
    index = {
        ("_T", "_T", "_T", "level=FI;procedure=U;type=N;unit=persons"): handed_over,
        ("_T", "_T", "_T", "stage=new;unit=cases"): [row("2025", 90.0, 3)],
    }
    holdings: Any = SimpleNamespace(index=lambda indicator: index)
    account = Account(holdings, SimpleNamespace(), Words("en"), "2026-11-21")  # type: ignore[arg-type]
    rows = _procedure_rows(account, "asylum.applications", _chosen(account, "asylum.applications"))
    told = [(str(first), number.text) for first, _year, number in rows]  # type: ignore[union-attr]
    assert [number for _first, number in told] == ["90", "320"]
    assert "new applications in all procedures" in told[0][0]


def test_a_country_with_a_part_of_a_year_alone_shows_it_with_the_day_it_goes_to() -> None:
    account: Any = SimpleNamespace(words=Words("en"))
    part = Point("2025", 2025, 445.0, "P", note="to 2025-08-31; provisional")
    said = of_member(account, "missing.dead", [part])
    assert isinstance(said.text, str)
    assert said.text == "445 (2025, counted to 31 August 2025)"
    assert of_member(account, "missing.dead", [Point("2024", 2024, 9.0), part]).text == "9 (2024)"


def test_of_yes_and_no_the_rarer_answer_is_told_by_name() -> None:
    account: Any = SimpleNamespace(words=Words("en"), value=lambda answer, unit: "yes" if answer else "no")
    members = {code: [Point("2011", 2011, float(code != "BGD"))] for code in ("BGD", "DEU", "MEX")}
    blocks = answers(account, members)
    said = ["".join(span.text for span in block.spans) for block in blocks if isinstance(block, Paragraph)]
    assert said == ["Countries and areas by their newest answer: yes 2, no 1.", "no: Bangladesh"]


def test_a_value_of_one_group_alone_is_not_told_as_the_total() -> None:
    def only(**cell: str) -> list[str]:
        account = SimpleNamespace(words=Words("en"), holdings=SimpleNamespace(headline=lambda name: cell))
        return _only(account, SimpleNamespace(id="16.1.1", computed=False))  # type: ignore[arg-type]

    assert only(sex="F", age="_T", migratory_status="_T", breakdown="series=VC_IHR_PSRC") == ["women"]
    assert only(sex="_T", age="_T", migratory_status="_T", breakdown="_T") == []


@pytest.mark.parametrize(
    ("first", "second", "alike"), [(20.1, 20.2, True), (2921.0, 3052.0, False), (5.8, 53.3, False)]
)
def test_groups_that_nearly_stand_alike_are_not_told_apart(first: float, second: float, alike: bool) -> None:
    women, men = (Group(code, Point("2017", 2017, value)) for code, value in (("F", first), ("M", second)))
    assert near(Gap("sex", "2017", women, men)) is alike


@pytest.mark.parametrize(
    ("first", "last", "unit", "little"),
    [
        (59, 386_000, "persons", True),
        (99, 120, "persons", True),
        (101, 950, "persons", False),
        (650, 65_100, "persons", True),
        (0.5, 12.0, "percent", False),
        (0.01, 12.0, "percent", True),
        (1.0, 31.2, "per 100000 population", True),
        (38.5, 668.0, "per 100000 population", False),
    ],
)
def test_a_change_from_a_small_base_is_told_by_its_numbers(first: float, last: float, unit: str, little: bool) -> None:
    assert from_little(first, last, unit) is little


def test_a_line_breaks_where_another_publication_begins_and_a_leap_of_a_rate_is_told() -> None:
    values = (
        (2017, 50.0, "unsd"),
        (2018, 447.0, "unsd"),
        (2019, 617.0, "unsd"),
        (2020, 668.0, "unhcr"),
        (2024, 1012.0, "unhcr"),
    )
    points = [Point(str(year), year, value, source=source) for year, value, source in values]
    assert [each.period for each in other_source(points)] == ["2020"]
    assert [each.period for each in broken(points) if each.breaks] == ["2020"]
    assert [(before.period, after.period) for before, after in leaps(points)] == [("2017", "2018")]
    assert [each.period for each in broken(points) if each.value is None] == ["2021"]
    every_five = [Point(str(year), year, 1.0) for year in range(1990, 2025, 5)]
    assert all(each.value is not None for each in broken(every_five))
    turns = [Point(str(2015 + n), 2015 + n, 1.0, source="ab"[n % 2]) for n in range(6)]
    assert other_source(turns) == ()


def test_the_silence_of_a_table_of_another_part_of_the_world_is_no_gap() -> None:
    told: Any = {"asylum.applicants": {"DEU", "FRA"}, "8.8.1": {"DEU", "BRA"}, "8.7.1": frozenset()}
    library = SimpleNamespace(told_of=lambda name: frozenset(told[name]))
    holdings: Any = SimpleNamespace(library=library, own=lambda name: pl.DataFrame())
    holdings.area, holdings.region = compact.area("MEX"), compact.area("419")
    findings = Findings(holdings, catalogue(), 2026)
    assert [name for name in told if findings._beyond(name)] == ["asylum.applicants"]


def test_a_table_of_one_country_alone_says_nothing_of_another_by_its_silence() -> None:
    class Ready:
        def scan(self, indicators: list[str]) -> pl.LazyFrame:
            rows = [("uk", "GBR", 1.0), ("un", "FRA", 2.0), ("un", "DEU", 3.0), ("un", "ITA", None), ("un", "150", 4.0)]
            return pl.LazyFrame(rows, schema=["source", "area", "value"], orient="row")

    library = Library.__new__(Library)
    library.loaded, library._told_of = frozenset({"17.18.1"}), {}
    vars(library)["ready"] = Ready()
    assert library.told_of("17.18.1") == {"FRA", "DEU"}
    assert library.told_of("8.7.1") == frozenset()


@pytest.mark.parametrize(
    ("before", "first", "last", "told"),
    [(356_400, 18_451, 152_002, True), (100, 18_451, 152_002, False), (152_000, 18_451, 152_002, False)],
)
def test_a_title_says_that_a_line_began_higher_than_it_ends(
    before: float, first: float, last: float, told: bool
) -> None:
    assert turned(before, first, last) is told


def test_another_publication_before_a_line_begins_is_not_told() -> None:
    values = ((2000, 0, "a"), (2001, 0, "a"), (2002, 0, "b"), (2003, 0, "b"), (2004, 0, "b"))
    values += ((2005, 5, "b"), (2006, 6, "b"), (2007, 7, "c"), (2008, 8, "c"))
    points = [Point(str(year), year, float(value), source=source) for year, value, source in values]
    account: Any = SimpleNamespace(
        words=Words("en"), value=lambda value, unit: f"{value:g}", cell=lambda *_: "", source=lambda points: ()
    )
    drawn = lines(account, "remittances.sent", [Named("Sent", points)], title="T", subtitle="", unit="US dollars")
    (figure,) = drawn
    assert isinstance(figure, Figure)
    told = ["".join(span.text for span in note) for note in figure.notes]
    assert [note[:21] for note in told] == ["Sent: up to 2004 the ", "Sent: from 2007 on th"]
    assert "(2005) to" in figure.alt, "the text tells the line, not the zeros before it"


def test_zeros_before_the_first_count_are_not_drawn_and_a_series_of_zeros_is() -> None:
    late = tuple(Point(str(year), year, float(max(0, year - 2003))) for year in range(2000, 2006))
    never = tuple(Point(str(year), year, 0.0) for year in range(2000, 2006))
    assert [each.period for each in counted(late, "persons")] == ["2004", "2005"]
    assert counted(late, "percent") == late
    assert counted(never, "persons") == never

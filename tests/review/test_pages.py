"""Every page of the outline exists, answers its question first, and says what is not known."""

from __future__ import annotations

import csv
import re
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import polars as pl
import pytest
from lxml import html as parser

from opencompact import compact
from opencompact.compact import catalogue
from opencompact.language import LANGUAGES
from opencompact.look.blocks import Paragraph
from opencompact.review import Built, Library
from opencompact.review.account import Account
from opencompact.review.checking import check_review
from opencompact.review.figures import Named, broken, leaps, lines, near, other_source
from opencompact.review.findings import Findings
from opencompact.review.labels import label
from opencompact.review.pages.deaths_parts import most_told
from opencompact.review.pages.members import answers, of_member
from opencompact.review.pages.money import without_fall
from opencompact.review.pages.protection import _procedure_rows
from opencompact.review.titles import counted, from_little, turned
from opencompact.review.words import Words, decimals_of
from opencompact.statistics.assessment import Gap, Group, Point
from opencompact.statistics.observations import no_observations
from opencompact.statistics.sample import places
from opencompact.statistics.sources import contract

PAGES = (
    "index", "data", "movement", *(f"round-table-{number}" for number in range(1, 5)),
    *(f"objective-{number:02d}" for number in range(1, 24)), "deaths", "remittances", "protection", "sources",
)  # fmt: skip


# Sources whose publishers and publications have names in six languages; those of one country may keep their own.
NAMED = ("iom.", "undesa.", "unhcr.", "idmc.", "unsd.", "worldbank.", "sample.")


def page(built: Built, code: str, name: str):
    return parser.fromstring((built.out / code / f"{name}.html").read_text("utf-8"))


def text(built: Built, code: str, name: str) -> str:
    return " ".join(page(built, code, name).xpath("string(//main)").split())


@pytest.mark.parametrize("code", LANGUAGES)
def test_every_page_of_the_outline_is_there_in_every_language(review: Built, code: str) -> None:
    assert {path.stem for path in (review.out / code).glob("*.html")} == set(PAGES)
    for name in PAGES:
        lead = page(review, code, name).xpath("string(//p[contains(@class,'lead')])").strip()
        assert len(lead) > 10, name


def test_the_checks_of_a_built_review_find_nothing(review: Built) -> None:
    assert [str(fault) for fault in check_review(review.out)] == []


@pytest.mark.slow
def test_the_checks_of_a_real_review_find_nothing(mexico: Built) -> None:
    assert [str(fault) for fault in check_review(mexico.out)] == []


@pytest.mark.parametrize("code", LANGUAGES)
def test_synthetic_data_say_so_on_every_page_and_in_every_row(review: Built, code: str) -> None:
    for name in PAGES:
        notices = page(review, code, name).xpath("//*[contains(@class,'notice') and contains(@class,'synthetic')]")
        assert len(notices) == 1, name
    for path in (review.out / "data/csv").glob("*.csv"):
        lines = path.read_text("utf-8").splitlines()
        if path.name not in ("index.csv", "incidents.csv"):
            assert all("synthetic" in line for line in lines[1:]), path.name
    assert "synthetic" in (review.out / "data/sdmx/observations.csv").read_text("utf-8")


def test_no_name_of_the_sample_is_that_of_a_real_country() -> None:
    real = {area.name(code).lower() for area in compact.areas() if not area.fictional for code in LANGUAGES}
    for entry in places.definition()["area"]:
        assert not {name.lower() for name in entry["name"].values()} & real


@pytest.mark.parametrize("code", ["ar", "zh", "es", "fr", "ru"])
def test_an_unreviewed_translation_says_so(review: Built, code: str) -> None:
    assert page(review, code, "index").xpath("//*[contains(@class,'notice') and contains(@class,'translation')]")


def test_the_official_list_is_said_not_to_be_loaded_where_it_would_show(review: Built) -> None:
    for name in ("data", "objective-01", "objective-14"):
        assert "Official list not loaded" in text(review, "en", name)
    told_in_full = [
        name for name in PAGES if "that the United Nations Network on Migration proposed" in text(review, "en", name)
    ]
    assert told_in_full == ["data"]


def rows_under(built: Built, name: str, heading: str) -> list[list[str]]:
    """The rows of the first table below a heading of an English page."""
    found = page(built, "en", name).xpath(f"(//*[@id='{heading}']/following::table)[1]//tbody/tr")
    return [[" ".join(cell.xpath("string(.)").split()) for cell in row.xpath("./td|./th")] for row in found]


def test_what_no_loaded_table_tells_of_is_a_gap_of_the_loading_and_nobody_is_told_to_collect_it(review: Built) -> None:
    not_loaded = {row[0] for row in rows_under(review, "data", "not-loaded")}
    assert not_loaded
    assert not not_loaded & {row[1] for row in rows_under(review, "data", "gaps")}
    for number in range(1, 24):
        assert not not_loaded & {row[0] for row in rows_under(review, f"objective-{number:02d}", "next")}, number


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


def test_an_objective_of_which_no_indicator_tells_says_what_to_collect_all_the_same(review: Built) -> None:
    for name in ("objective-03", "objective-09", "objective-14"):
        assert "What to collect next The catalogue has no indicator" in text(review, "en", name)


def test_an_objective_without_data_still_has_its_page(review: Built) -> None:
    said = text(review, "en", "objective-18")
    assert "Nothing can be said: none of the 3 indicators asked for has a value here." in said
    assert "What is asked" in said
    assert "What to collect next" in said


def test_suppressed_and_not_collected_stay_what_they_are(review: Built) -> None:
    assert "not collected: 1" in text(review, "en", "objective-06")
    row = next(
        line for line in (review.out / "data/csv/10.7.1.csv").read_text("utf-8").splitlines() if ",2021," in line
    )
    assert ",L," in row


def test_a_gap_names_who_is_behind(review: Built) -> None:
    assert ": worse for migrants than for non-migrants" in text(review, "en", "objective-06")


def test_methods_stand_side_by_side_with_their_reasons(review: Built) -> None:
    rows = [
        [" ".join(cell.text_content().split()) for cell in row]
        for row in page(review, "en", "objective-06").xpath("//table[.//th[contains(.,'What it says')]]//tbody/tr")
    ]
    assert {row[0] for row in rows} >= {
        "Trend of all values since 2015 (Theil and Sen)",
        "Growth ratio (Open SDG, Eurostat)",
        "Current status index (ESCAP)",
    }
    assert any("because no text states a target" in row[1] for row in rows)


def test_what_the_newest_edition_revised_is_on_the_first_page(review: Built) -> None:
    table = page(review, "en", "index").xpath("//table")[0]
    assert "International migrants" in table.text_content()
    assert "+2.0%" in table.text_content()


def test_the_deaths_page_announces_itself_and_says_that_its_figures_are_minimum_ones(review: Built) -> None:
    main = page(review, "en", "deaths").xpath("//main/*")
    assert "distress" in main[2].get("class", "")
    said = text(review, "en", "deaths")
    assert "minimum figures" in said
    assert said.index("minimum figures") < said.index("Most in one entry")
    assert len(page(review, "en", "deaths").xpath("//h2[@id='recommended']/following-sibling::ul[1]/li")) > 0


def test_the_deadliest_year_is_not_said_to_hold_most_of_all_deaths_and_a_part_of_a_year_says_to_what_day(
    review: Built,
) -> None:
    said = text(review, "en", "deaths")
    assert re.search(r"Most in one year: [\d,]+ people, \d{4}", said)
    assert "Most deaths" not in said
    assert "not over" not in said


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


def test_the_recommendations_on_missing_migrants_are_all_there(review: Built) -> None:
    tree = page(review, "en", "deaths")
    items = tree.xpath("//h3[starts-with(@id,'recommendations-')]/following-sibling::ul/li")
    assert len(items) == 26


def test_region_and_world_have_the_same_pages_with_their_countries_by_name(sample, tmp_path: Path) -> None:
    from opencompact.review import Library, Request, build

    library = Library(sample)
    for code in ("QXA", "QZZ"):
        built = build(library, Request(code, "2026-11-21", ("en",), ("site",)), tmp_path / code)
        assert {path.stem for path in (built.out / "en").glob("*.html")} == set(PAGES)
        names = page(built, "en", "movement").xpath("//table[caption[contains(.,'order of their names')]]//tbody//th")
        shown = [name.text_content() for name in names]
        assert len(shown) == len(compact.area(code).members)
        assert shown == sorted(shown)
        for name in ("index", "movement", "protection"):  # who moved within a group is no one from elsewhere
            lead = page(built, "en", name).xpath("string(//p[contains(@class,'lead')])")
            assert "elsewhere" not in lead or code == "QZZ", (code, name)
    assert "in both numbers" in text(SimpleNamespace(out=tmp_path / "QXA"), "en", "index")  # type: ignore[arg-type]


def test_the_newest_quarter_is_said_plainly_when_it_is_old(review: Built) -> None:
    assert "of Q4 2022: 4 years old" in text(review, "en", "remittances")


def test_no_page_calls_anyone_illegal_or_a_stock(review: Built) -> None:
    for name in PAGES:
        assert not re.search(r"\b(illegal|stocks?)\b", text(review, "en", name), re.I), name


def test_in_arabic_signs_ranges_and_codes_keep_their_order(review: Built) -> None:
    said = text(review, "ar", "movement")
    assert re.search("\u2066\\d+–\\d+\u2069", said)  # the most common ages
    assert "\u206610.c.1\u2069" in text(review, "ar", "objective-20")


@pytest.mark.parametrize(("code", "mark"), [("ar", "؛ "), ("zh", "；"), ("fr", "\u00a0; ")])
def test_what_stands_side_by_side_is_set_apart_as_the_language_does(review: Built, code: str, mark: str) -> None:
    subtitles = page(review, code, "objective-06").xpath("//p[@class='measure']/text()")
    assert any(mark in each for each in subtitles)
    assert not any("; " in each.replace("\u00a0; ", "") for each in subtitles)


def test_what_an_indicator_says_with_the_same_values_is_said_once(review: Built) -> None:
    said = text(review, "en", "objective-08")
    assert len(page(review, "en", "objective-08").xpath("//figure")) == 1
    assert "Its values are those of another indicator: Deaths and disappearances in migration (10.7.3)." in said
    assert page(review, "en", "objective-08").xpath("//a[@href='deaths.html#by-year']")


def test_where_no_method_is_defined_there_is_a_sentence_and_no_table_of_refusals(review: Built) -> None:
    for table in page(review, "en", "objective-01").xpath("//table[.//th[contains(.,'What it says')]]"):
        words = [" ".join(cell.text_content().split()) for cell in table.xpath(".//tbody//td[1]")]
        assert not all(word.startswith("cannot be said") for word in words)


def test_a_chart_says_which_way_is_better(review: Built) -> None:
    subtitles = page(review, "en", "objective-06").xpath("//p[@class='measure']/text()")
    assert any(each.endswith("lower is better") for each in subtitles)
    assert all(each[0] == each[0].upper() for each in subtitles)


def test_a_long_table_of_countries_opens_on_demand_and_a_short_one_stands_open(sample, tmp_path: Path) -> None:
    from opencompact.look.blocks import Column, Disclosure, Table
    from opencompact.review.account import LONG_TABLE, in_full

    class Spoken:
        words = Words("en")

    def made(rows: int) -> list[object]:
        return in_full(Spoken(), Table((Column("Name"),), (("x",),) * rows))  # type: ignore[arg-type]

    assert isinstance(made(LONG_TABLE)[0], Table)
    (closed,) = made(LONG_TABLE + 1)
    assert isinstance(closed, Disclosure)
    assert closed.summary == f"All {LONG_TABLE + 1} countries and areas, by name"


@pytest.mark.parametrize(
    ("code", "size", "shown"),
    [
        ("en", 1.0, "+1.0 points"), ("en", 1, "+1 point"), ("fr", 1.5, "+1,5 point"), ("es", 1.5, "+1,5 puntos"),
        ("ar", 3, "+3 نقاط مئوية"), ("zh", 1.5, "+1.5个百分点"),
    ],
)  # fmt: skip
def test_points_take_the_plural_form_of_the_number_that_is_shown(code: str, size: float, shown: str) -> None:
    from opencompact.language import format_number

    text = "+" + format_number(size, code, 0 if isinstance(size, int) else 1)
    assert Words(code).in_points(text, size) == shown


def test_a_fraction_takes_the_form_of_two_in_russian() -> None:
    from decimal import Decimal

    said = {n: Words("ru").plural("{n} person", "{n} people", n, n=n) for n in (1, 2, 5, Decimal("1.5"))}
    assert len({text.split()[1] for text in said.values()}) == 2
    assert said[Decimal("1.5")].split()[1] == said[2].split()[1]


@pytest.mark.parametrize(
    ("code", "said"),
    [("USA", "the United States"), ("MEX", "Mexico"), ("COD", "the D. R. Congo"), ("MHL", "the Marshall Islands")],
)
def test_english_puts_its_article_before_the_names_that_take_one(code: str, said: str) -> None:
    assert Words("en").named(code) == said
    assert Words("fr").named("USA") == "États-Unis"


def test_the_world_is_not_told_of_as_a_country(sample, tmp_path: Path) -> None:
    from opencompact.review import Library, Request, build

    built = build(Library(sample), Request("QZZ", "2026-11-21", ("en",), ("site",)), tmp_path / "QZZ")
    facts = [" ".join(each.split()) for each in page(built, "en", "index").xpath("//p[@class='label']//text()")]
    assert "People living in another country than they were born in" in facts
    assert not any("here" in each.split() for each in facts if each.startswith("People"))


def test_a_target_is_said_as_its_text_states_it(review: Built) -> None:
    assert "Target: under 3%" in (review.out / "en/objective-20.html").read_text("utf-8")


def test_a_value_of_one_group_alone_is_not_told_as_the_total(review: Built) -> None:
    from types import SimpleNamespace

    from opencompact.review.pages.indicator import _only

    def only(**cell: str) -> list[str]:
        account = SimpleNamespace(words=Words("en"), holdings=SimpleNamespace(headline=lambda name: cell))
        return _only(account, SimpleNamespace(id="16.1.1", computed=False))  # type: ignore[arg-type]

    assert only(sex="F", age="_T", migratory_status="_T", breakdown="series=VC_IHR_PSRC") == ["women"]
    assert only(sex="_T", age="_T", migratory_status="_T", breakdown="_T") == []


def test_a_value_of_everybody_is_not_told_as_one_of_migrants(review: Built) -> None:
    said = text(review, "en", "objective-06")
    assert "It covers everybody whom the indicator counts, migrants or not." in said


@pytest.mark.parametrize(
    ("code", "said"),
    [("en", "women aged 15 to 19"), ("zh", "15至19岁的女性"), ("fr", "femmes de 15 à 19 ans"), ("es", "mujeres de 15 a 19 años")],
)  # fmt: skip
def test_an_age_is_said_in_words_and_never_by_its_code(code: str, said: str) -> None:
    _ = Words(code)
    assert _.aged(_.group("F"), "Y15T19") == said
    assert "Y_GE65" not in _.aged("", "Y_GE65")


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
    told = [(str(first), number.text) for first, _year, number in _procedure_rows(account, "asylum.applications")]  # type: ignore[union-attr]
    assert [number for _first, number in told] == ["90", "320"]
    assert "new applications in all procedures" in told[0][0]


@pytest.mark.parametrize("code", LANGUAGES)
def test_a_single_age_has_words(code: str) -> None:
    _ = Words(code)
    assert all("Y" not in _.aged(people, age) for people in ("", _.group("F")) for age in ("Y0", "Y17"))
    assert _.aged("", "Y0") != _.aged("", "Y17")
    assert code == "en" or _.aged("", "Y0") != Words("en").aged("", "Y0")


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


@pytest.mark.parametrize("code", LANGUAGES)
def test_no_page_shows_a_code_of_an_age_or_of_an_indicator_in_place_of_its_name(review: Built, code: str) -> None:
    for name in PAGES:
        assert not re.search(r"\bY(\d+T\d+|_GE\d+|_LT\d+)\b", text(review, code, name)), name


@pytest.mark.parametrize("code", sorted(set(LANGUAGES) - {"en"}))
def test_publishers_and_publications_are_named_in_the_language(code: str) -> None:
    for source in contract.sources().values():
        if source.id.startswith(NAMED):
            assert label(source.name, code), source.name
        if source.id.startswith((*NAMED, "mexico.", "honduras.", "panama.")):
            assert label(source.publisher, code), source.publisher


@pytest.mark.parametrize(
    ("first", "second", "alike"), [(20.1, 20.2, True), (2921.0, 3052.0, False), (5.8, 53.3, False)]
)
def test_groups_that_nearly_stand_alike_are_not_told_apart(first: float, second: float, alike: bool) -> None:
    women, men = (Group(code, Point("2017", 2017, value)) for code, value in (("F", first), ("M", second)))
    assert near(Gap("sex", "2017", women, men)) is alike


@pytest.mark.parametrize(
    ("first", "last", "said"), [(1_422_805, 1_422_179, "−0.04%"), (100, 109, "+9.0%"), (100, 100, "0.0%")]
)
def test_a_change_is_never_said_to_be_a_signed_zero(first: float, last: float, said: str) -> None:
    assert Words("en").change(first, last) == said


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


def test_more_than_a_hundredfold_is_said_to_be_more() -> None:
    assert Words("en").change(59, 386_000) == ">×100"
    assert Words("en").change(100, 1_250) == "×12.5"


@pytest.mark.parametrize("code", LANGUAGES)
def test_one_amount_is_said_in_one_way_in_a_language(code: str) -> None:
    """A chart, a sentence and a title write a rounded count alike in Chinese, which counts in 万."""
    words = Words(code)
    assert words.rough(1_729_504) in words.people(1_729_504)
    assert ("万" in words.rough(1_729_504)) == (code == "zh")
    assert " " not in words.money(61.1e9).partition("61")[2][:4]


def test_a_name_within_a_line_has_no_capital_of_its_own_and_a_short_form_keeps_it() -> None:
    words = Words("en")
    assert words.inside("Census questions on country of birth") == "census questions on country of birth"
    assert words.inside("UNHCR registration") == "UNHCR registration"
    assert words.inside("A migration module") == "a migration module"


@pytest.mark.parametrize("code", LANGUAGES)
def test_no_line_ends_between_the_sign_of_a_currency_and_its_number(review: Built, code: str) -> None:
    """In the text of pages and in the pictures; what stands in titles of indicators is no amount."""
    parted = re.compile(
        r"(US\$|\$) \d|\d (\$|млрд|млн|billion|million|milliards?|millions?|mil millones|millones|مليار|مليون)\b"
    )
    amounts = 0
    for name in ("index", "remittances", "objective-20"):
        told = "".join(page(review, code, name).xpath("//main//text()"))
        assert not parted.search(told), (name, parted.search(told))
        amounts += len(re.findall(r"\u00a0(?:млрд|млн|billion|million|milliard|mil|مليار|مليون)|[万亿]美元", told))
    assert amounts


@pytest.mark.parametrize("code", LANGUAGES)
def test_displacements_are_told_as_movements_and_never_as_people(review: Built, code: str) -> None:
    rows = csv.DictReader((review.out / "data/csv/displacement.disaster.new.csv").open(encoding="utf-8"))
    own = [row for row in rows if row["area"] == review.area and row["breakdown"] == "_T"]
    newest = max(own, key=lambda row: row["period"])
    assert newest["unit"] == "displacements"
    said, words = text(review, code, "objective-02"), Words(code)
    movements, people = (" ".join(tell(float(newest["value"])).split()) for tell in (words.displacements, words.people))
    assert movements in said
    assert people not in said.replace(movements, "")


@pytest.mark.parametrize("value", [1, 2, 8, 13, 29, 64, 999])
def test_in_chinese_a_small_count_is_whole(value: int) -> None:
    assert Words("zh").people(value) == f"{value}人"


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
    assert drawn is not None
    told = ["".join(span.text for span in note) for note in drawn.notes]
    assert [note[:21] for note in told] == ["Sent: up to 2004 the ", "Sent: from 2007 on th"]
    assert "(2005) to" in drawn.alt, "the text tells the line, not the zeros before it"


def test_zeros_before_the_first_count_are_not_drawn_and_a_series_of_zeros_is() -> None:
    late = tuple(Point(str(year), year, float(max(0, year - 2003))) for year in range(2000, 2006))
    never = tuple(Point(str(year), year, 0.0) for year in range(2000, 2006))
    assert [each.period for each in counted(late, "persons")] == ["2004", "2005"]
    assert counted(late, "percent") == late
    assert counted(never, "persons") == never


def test_a_percentage_changes_by_points() -> None:
    assert Words("en").change(42.0, 54.7, "percent") == "+12.7 points"
    assert Words("en").change(42.0, 54.7) == "+30%"


def test_a_column_has_the_same_decimals_in_each_row() -> None:
    assert decimals_of([0.5, 6, 42]) == 1
    assert decimals_of([5.85, 53.33]) == 2
    assert decimals_of([1, 1_204_335]) == 0
    assert Words("en").exact(6, 1) == "6.0"


def test_chinese_names_stand_in_the_order_of_their_sounds() -> None:
    names = ["墨西哥", "阿根廷", "秘鲁", "巴西", "哥伦比亚"]
    assert sorted(names, key=Words("zh").in_alphabet) == ["阿根廷", "巴西", "哥伦比亚", "秘鲁", "墨西哥"]
    assert Words("fr").in_alphabet("Åland") < Words("fr").in_alphabet("Belgique")

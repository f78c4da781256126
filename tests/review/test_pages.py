"""Every page of the outline exists, answers its question first, and says what is not known."""

from __future__ import annotations

import csv
import re
from pathlib import Path
from types import SimpleNamespace

import pytest
from lxml import html as parser

from opencompact import compact
from opencompact.language import LANGUAGES
from opencompact.review import Built, Library
from opencompact.review.checking import check_review
from opencompact.review.words import Words
from opencompact.statistics.sample import places

PAGES = (
    "index", "data", "movement", *(f"round-table-{number}" for number in range(1, 5)),
    *(f"objective-{number:02d}" for number in range(1, 24)), "deaths", "remittances", "protection", "sources",
)  # fmt: skip


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


def test_the_recommendations_on_missing_migrants_are_all_there(review: Built) -> None:
    tree = page(review, "en", "deaths")
    items = tree.xpath("//h3[starts-with(@id,'recommendations-')]/following-sibling::ul/li")
    assert len(items) == 26


def test_region_and_world_have_the_same_pages_with_their_countries_by_name(sample, tmp_path: Path) -> None:
    from opencompact.review import Request, build

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


def test_the_world_is_not_told_of_as_a_country(sample, tmp_path: Path) -> None:
    from opencompact.review import Request, build

    built = build(Library(sample), Request("QZZ", "2026-11-21", ("en",), ("site",)), tmp_path / "QZZ")
    facts = [" ".join(each.split()) for each in page(built, "en", "index").xpath("//p[@class='label']//text()")]
    assert "People living in another country than they were born in" in facts
    assert not any("here" in each.split() for each in facts if each.startswith("People"))


def test_a_target_is_said_as_its_text_states_it(review: Built) -> None:
    assert "Target: under 3%" in (review.out / "en/objective-20.html").read_text("utf-8")


def test_a_value_of_everybody_is_not_told_as_one_of_migrants(review: Built) -> None:
    said = text(review, "en", "objective-06")
    assert "It covers everybody whom the indicator counts, migrants or not." in said


@pytest.mark.parametrize("code", LANGUAGES)
def test_no_page_shows_a_code_of_an_age_or_of_an_indicator_in_place_of_its_name(review: Built, code: str) -> None:
    for name in PAGES:
        assert not re.search(r"\bY(\d+T\d+|_GE\d+|_LT\d+)\b", text(review, code, name)), name


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

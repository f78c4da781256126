"""Figures of other countries, a region and the world agree with what their publishers' files give by hand."""

from __future__ import annotations

import csv
import gzip
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import pytest
from lxml import html as parser

from opencompact.review import Library, Request, build
from opencompact.statistics import Workspace, areas

pytestmark = pytest.mark.slow

# M49, region 145.
WESTERN_ASIA = frozenset(
    [
        "ARE",
        "ARM",
        "AZE",
        "BHR",
        "CYP",
        "GEO",
        "IRQ",
        "ISR",
        "JOR",
        "KWT",
        "LBN",
        "OMN",
        "PSE",
        "QAT",
        "SAU",
        "SYR",
        "TUR",
        "YEM",
    ]
)
AREAS = ("BGD", "DEU", "NER", "145", "001")


@pytest.fixture(scope="module")
def reviews(real: Workspace, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    library, folder = Library(real), tmp_path_factory.mktemp("elsewhere")
    for area in AREAS:
        build(library, Request(area, "2026-11-21", ("en",), ("site", "data")), folder / area)
    return {area: folder / area for area in AREAS}


def rows(path: Path) -> Iterator[dict[str, str]]:
    with gzip.open(path, "rt", encoding="utf-8-sig", newline="") as stream:
        yield from csv.DictReader(stream)


def handed_out(review: Path, area: str, indicator: str, **cell: str) -> float:
    """The value in the table that the review hands out, all other breakdowns being total."""
    wanted = {
        "area": area,
        "sex": "_T",
        "age": "_T",
        "migratory_status": "_T",
        "origin": "_T",
        "breakdown": "_T",
    } | cell
    with (review / "data/csv" / f"{indicator}.csv").open(encoding="utf-8", newline="") as stream:
        found = [row for row in csv.DictReader(stream) if all(row[name] == value for name, value in wanted.items())]
    assert len(found) == 1, (indicator, wanted, len(found))
    return float(found[0]["value"])


def said(review: Path, page: str) -> str:
    tree = parser.fromstring((review / "en" / f"{page}.html").read_text("utf-8"))
    return " ".join(tree.xpath("string(//main)").split())


def rough(value: float) -> str:
    digits = len(str(int(value)))
    return f"{round(value, 3 - digits):,.0f}"


@pytest.fixture(scope="module")
def stock(data: Path) -> dict[str, dict[str, float]]:
    """People in 2024 by where they live, by sex, and by where they were born; where they were born is counted as `from`."""
    found: dict[str, dict[str, float]] = defaultdict(lambda: defaultdict(float))
    for row in rows(data / "undesa-migrant-stock/undesa_stocks_2024_origin_destination_sex.csv.gz"):
        if row["t"] == "2024":
            found[row["geo"]][row["sex"]] += float(row["n"])
            found[row["geo"]][f"from {row['from']}"] += float(row["n"])
            found[row["from"]]["away"] += float(row["n"])
            found["001"][row["sex"]] += float(row["n"])
    return found


@pytest.mark.parametrize("area", ["BGD", "DEU", "NER"])
def test_people_born_elsewhere_and_women_among_them(reviews: dict[str, Path], stock, area: str) -> None:
    total = stock[area]["female"] + stock[area]["male"]
    assert handed_out(reviews[area], area, "migrants", period="2024") == total
    assert f"In 2024, {rough(total)} people" in said(reviews[area], "index")
    assert f"{100 * stock[area]['female'] / total:.1f}% of them women" in said(reviews[area], "index")


@pytest.mark.parametrize("area", ["BGD", "DEU", "NER"])
def test_people_born_there_who_live_elsewhere(reviews: dict[str, Path], stock, area: str) -> None:
    away = stock[area]["away"]
    assert handed_out(reviews[area], area, "emigrants", period="2024") == away
    assert f"{rough(away)} people born there lived elsewhere" in said(reviews[area], "index")


def test_the_largest_origin_in_germany_stands_first_with_its_number(reviews: dict[str, Path], stock) -> None:
    places = {name[5:]: count for name, count in stock["DEU"].items() if name.startswith("from ")}
    del places["OOO"]  # other or not known: no place
    largest = max(places, key=lambda code: places[code])
    assert handed_out(reviews["DEU"], "DEU", "migrants", period="2024", origin=largest) == places[largest]
    tree = parser.fromstring((reviews["DEU"] / "en/movement.html").read_text("utf-8"))
    first = tree.xpath(
        "//*[@id='origins-ranked']//tbody/tr[1]/*/text() | //*[@id='origins-ranked']//tbody/tr[1]//a/text()"
    )
    assert f"{places[largest]:,.0f}" in first


def test_the_world_is_the_sum_of_all_who_live_outside_the_country_they_were_born_in(
    reviews: dict[str, Path], stock
) -> None:
    total = stock["001"]["female"] + stock["001"]["male"]
    assert handed_out(reviews["001"], "001", "migrants", period="2024") == pytest.approx(total, rel=1e-6)
    assert f"In 2024, {rough(total)} people lived in a country other than" in said(reviews["001"], "index")


def test_a_region_is_the_sum_of_its_countries(reviews: dict[str, Path], stock) -> None:
    total = sum(stock[area]["female"] + stock[area]["male"] for area in WESTERN_ASIA)
    assert handed_out(reviews["145"], "145", "migrants", period="2024") == pytest.approx(total, rel=1e-6)


@pytest.fixture(scope="module")
def refuge(data: Path) -> dict[str, dict[str, int]]:
    """Refugees and asylum seekers at the end of 2025, by country of asylum and by country of origin."""
    found: dict[str, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    for row in rows(data / "unhcr-refugee-statistics/population.csv.gz"):
        if row["year"] == "2025":
            found[row["coa_iso"]]["hosted"] += int(float(row["refugees"]))
            found[row["coa_iso"]]["seeking"] += int(float(row["asylum_seekers"]))
            found[row["coo_iso"]]["fled"] += int(float(row["refugees"]))
    return found


@pytest.mark.parametrize("area", ["BGD", "DEU", "NER"])
def test_refugees_and_people_seeking_asylum(reviews: dict[str, Path], refuge, area: str) -> None:
    hosted = refuge[area]["hosted"]
    assert handed_out(reviews[area], area, "refugees.hosted", period="2025") == hosted
    assert handed_out(reviews[area], area, "asylum-seekers.hosted", period="2025") == refuge[area]["seeking"]
    assert handed_out(reviews[area], area, "refugees.origin", period="2025") == refuge[area]["fled"]
    assert f"At the end of 2025, {rough(hosted)} people lived in" in said(reviews[area], "protection")


def test_deaths_in_a_region_are_those_of_its_members_and_those_on_its_map(reviews: dict[str, Path], data: Path) -> None:
    counted: dict[str, float] = defaultdict(float)
    for row in rows(data / "iom-missing-migrants/Missing_Migrants_Global_Figures_allData_2025-04.csv.gz"):
        here = areas.code_or_none(row["Country of Incident"] or "–") in WESTERN_ASIA
        if row["Incident Year"] and (here or row["UNSD Geographical Grouping"] == "Western Asia"):
            counted[row["Incident Year"]] += float(row["Total Number of Dead and Missing"] or 0)
    assert counted["2024"] == 316
    for year, people in counted.items():
        assert handed_out(reviews["145"], "145", "missing.dead-and-missing", period=year) == people
    assert "316 of them in 2024" in said(reviews["145"], "deaths")
    with (reviews["145"] / "data/csv/incidents.csv").open(encoding="utf-8", newline="") as stream:
        mapped = sum(float(row["total"] or 0) for row in csv.DictReader(stream))
    assert mapped == sum(counted.values())


def test_deaths_in_one_country_and_in_the_world(reviews: dict[str, Path], data: Path) -> None:
    niger = world = 0
    for row in rows(data / "iom-missing-migrants/Missing_Migrants_Global_Figures_allData_2025-04.csv.gz"):
        if (row["Incident Year"] or "")[:4] == "2024":
            people = int(float(row["Total Number of Dead and Missing"] or 0))
            world += people
            niger += people if row["Country of Incident"] == "Niger" else 0
    assert handed_out(reviews["NER"], "NER", "missing.dead-and-missing", period="2024") == niger
    assert f"{niger} of them in 2024" in said(reviews["NER"], "deaths")
    assert handed_out(reviews["001"], "001", "missing.dead-and-missing", period="2024") == world


@pytest.mark.parametrize("area", ["BGD", "NER"])
def test_people_newly_displaced_by_disasters(reviews: dict[str, Path], data: Path, area: str) -> None:
    total = sum(
        float(row["new_displacement"])
        for row in rows(data / "idmc-displacement/gidd_disaster_new_displacements.csv.gz")
        if row["iso3"] == area and row["year"] == "2024" and row["new_displacement"]
    )
    assert handed_out(reviews[area], area, "displacement.disaster.new", period="2024") == total
    assert rough(total) in said(reviews[area], "index")


@pytest.mark.parametrize("area", ["BGD", "NER", "145", "001"])
def test_people_displaced_inside_by_conflict(reviews: dict[str, Path], data: Path, area: str) -> None:
    within = {"145": WESTERN_ASIA, "001": None}.get(area, {area})
    total = sum(
        float(row["total"])
        for row in rows(data / "unhcr-refugee-statistics/idmc.csv.gz")
        if row["year"] == "2025" and (within is None or row["coa_iso"] in within)
    )
    assert handed_out(reviews[area], area, "displacement.conflict", period="2025") == total


def test_people_of_sixty_and_over_displaced_in_a_region(reviews: dict[str, Path], data: Path) -> None:
    total = sum(
        float(row["n"])
        for row in rows(data / "idmc-displacement/idmc_stocks_2024_sex_age_cleaned.csv.gz")
        if row["geo"] in WESTERN_ASIA and row["cause"] == "conflict" and row["age"] == "60+"
    )
    assert total > 1_000_000
    assert handed_out(reviews["145"], "145", "displacement.conflict", period="2024", age="Y_GE60") == total


@pytest.mark.parametrize(("area", "m49", "year"), [("NER", "562", "2012"), ("145", "145", "2020")])
def test_births_to_adolescents(reviews: dict[str, Path], data: Path, area: str, m49: str, year: str) -> None:
    [path] = (data / "unsd-sdg-global-database-2020-10/datapoints").glob("ddf--datapoints--sp_dyn_adkl--*")
    [rate] = [
        float(row["sp_dyn_adkl"])
        for row in rows(path)
        if (row["geo_area"], row["year"], row["age"]) == (m49, year, "15_19")
    ]
    assert handed_out(reviews[area], area, "3.7.2", period=year, sex="F", age="Y15T19") == rate


def test_money_received_in_bangladesh_and_its_weight(reviews: dict[str, Path], data: Path) -> None:
    import fastexcel

    def value(name: str, year: str) -> float:
        table = fastexcel.read_excel(data / "worldbank-remittances" / name).load_sheet(0, header_row=3).to_polars()
        return float(table.row(table["Country Code"].to_list().index("BGD"), named=True)[year])

    received = value("personal-remittances-received.xls", "2022")
    weight = value("remittances-received-percent-gdp.xls", "2021")
    assert handed_out(reviews["BGD"], "BGD", "remittances.received", period="2022") == pytest.approx(received)
    assert f"US$ {received / 1e9:.1f} billion" in said(reviews["BGD"], "remittances")
    assert f"Its share of gross domestic product is known for 2021: {weight:.1f}%, when it was" in said(
        reviews["BGD"], "remittances"
    )


def corridor_costs(data: Path) -> list[tuple[str, float]]:
    """(receiving country, cost in per cent) of every corridor with a price in the newest quarter of the file."""
    path = data / "worldbank-remittances/RPW_corridors_avg_total_cost_2011Q1-2020Q3.csv.gz"
    with gzip.open(path, "rt", encoding="utf-8-sig", newline="") as stream:
        heading, *lines = csv.reader(stream)
    newest = max(index for index, name in enumerate(heading) if "2020" in name)
    place = heading.index(next(name for name in heading if "receiv" in name.lower() and "code" in name.lower()))
    priced = [line for line in lines if len(line) > newest and line[newest] not in ("", "..")]
    return [(line[place], float(line[newest])) for line in priced]


@pytest.mark.parametrize(
    ("review", "countries", "words"),
    [
        ("BGD", frozenset({"BGD"}), "corridors to here cost"),
        ("145", WESTERN_ASIA, "corridors to here cost"),
        ("001", None, "corridors with a price cost"),
    ],
)
def test_how_many_corridors_cost_more_than_five_per_cent(
    reviews: dict[str, Path], data: Path, review: str, countries: frozenset[str] | None, words: str
) -> None:
    costs = [cost for country, cost in corridor_costs(data) if countries is None or country in countries]
    dear = sum(cost > 5 for cost in costs)
    assert f"{dear} of {len(costs)} {words}" in said(reviews[review], "remittances")


def test_a_date_that_the_file_does_not_state_is_not_told_as_one(reviews: dict[str, Path]) -> None:
    """UNHCR's table has figures to the end of 2025 and says nothing of the day on which it was made."""
    assert "date not stated; data to 31 December 2025" in "".join(
        said(reviews["DEU"], path.stem) for path in (reviews["DEU"] / "en").glob("*.html")
    )
    assert "edition of 31 December 2025" not in "".join(
        path.read_text("utf-8") for path in (reviews["DEU"] / "en").glob("*.html")
    )
    assert "not stated; data to 31 December 2025" in said(reviews["DEU"], "sources")
    assert "edition of 29 April 2025" in said(reviews["DEU"], "deaths"), "IOM's table says its day"


def test_palestine_refugees_are_told_beside_the_refugees_of_unhcr(reviews: dict[str, Path], data: Path) -> None:
    """UNRWA has the mandate for them: whoever reads UNHCR's figures of Western Asia alone misses millions."""
    published = [row for row in rows(data / "unhcr-refugee-statistics/unrwa.csv.gz") if row["year"] == "2025"]
    here = sum(int(row["total"]) for row in published if row["coa_iso"] in WESTERN_ASIA)
    assert handed_out(reviews["145"], "145", "refugees.unrwa", period="2025") == here
    page = (reviews["145"] / "en/protection.html").read_text(encoding="utf-8")
    assert f"{round(here, -4):,}" in page
    assert "for whom UNRWA has the mandate" in page
    assert "UNRWA" not in (reviews["BGD"] / "en/protection.html").read_text(encoding="utf-8")

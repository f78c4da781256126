"""Figures of Mexico's review against computations by hand from the publishers' files, with nothing but `csv`."""

from __future__ import annotations

import csv
import gzip
from collections import defaultdict
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest
from lxml import html as parser

from opencompact.review import Built

pytestmark = pytest.mark.slow


def rows(path: Path) -> Iterator[dict[str, str]]:
    with gzip.open(path, "rt", encoding="utf-8-sig", newline="") as stream:
        yield from csv.DictReader(stream)


def shown(built: Built, name: str) -> str:
    tree = parser.fromstring((built.out / "en" / f"{name}.html").read_text("utf-8"))
    return " ".join(tree.xpath("string(//main)").split())


def published(built: Built, indicator: str, **cell: str) -> float:
    wanted = {"area": "MEX", "sex": "_T", "age": "_T", "origin": "_T", "breakdown": "_T"} | cell
    with (built.out / "data/csv" / f"{indicator}.csv").open(encoding="utf-8", newline="") as stream:
        found = [row for row in csv.DictReader(stream) if all(row[key] == code for key, code in wanted.items())]
    assert len(found) == 1, found
    return float(found[0]["value"])


def significant(value: float) -> str:
    digits = len(str(int(value)))
    return f"{round(value, 3 - digits):,.0f}"


def at_least(count: int) -> str:
    """Three significant figures that are never more than the count."""
    unit = 10 ** max(0, len(str(count)) - 3)
    return f"{count // unit * unit:,}"


@pytest.fixture(scope="module")
def stock(data: Path) -> list[dict[str, str]]:
    return list(rows(data / "undesa-migrant-stock/undesa_stocks_2024_origin_destination_sex.csv.gz"))


def test_people_in_mexico_who_were_born_elsewhere(mexico: Built, stock: list[dict[str, str]]) -> None:
    here = [row for row in stock if row["geo"] == "MEX" and row["t"] == "2024"]
    total = sum(float(row["n"]) for row in here)
    women = sum(float(row["n"]) for row in here if row["sex"] == "female")
    assert published(mexico, "migrants", period="2024") == total
    assert f"In 2024, {significant(total)} people living in Mexico were born elsewhere" in shown(mexico, "index")
    assert f"{100 * women / total:.1f}% of them women" in shown(mexico, "index")
    from_states = sum(float(row["n"]) for row in here if row["from"] == "USA")
    assert published(mexico, "migrants", period="2024", origin="USA") == from_states
    assert "The largest group came from the United States" in shown(mexico, "movement")


def test_the_ranking_of_origins_leaves_nobody_out(mexico: Built, stock: list[dict[str, str]]) -> None:
    tree = parser.fromstring((mexico.out / "en" / "movement.html").read_text("utf-8"))
    for place, people in (
        ("origins-ranked", [row for row in stock if row["geo"] == "MEX" and row["t"] == "2024"]),
        ("destinations-ranked", [row for row in stock if row["from"] == "MEX" and row["t"] == "2024"]),
    ):
        rows = tree.xpath(f"//*[@id='{place}']//tbody/tr")
        told = [int(row.xpath("string(./*[2])").replace(",", "")) for row in rows]
        assert any("others together" in row.xpath("string(./*[1])") for row in rows)
        assert sum(told) == sum(float(row["n"]) for row in people)


def test_people_born_in_mexico_who_live_elsewhere(mexico: Built, stock: list[dict[str, str]]) -> None:
    total = sum(float(row["n"]) for row in stock if row["from"] == "MEX" and row["t"] == "2024")
    assert published(mexico, "emigrants", period="2024") == total
    assert f"and {significant(total)} people born there lived elsewhere" in shown(mexico, "index")


def test_deaths_and_disappearances_in_mexico_by_year_and_route(mexico: Built, data: Path) -> None:
    by_year: dict[str, int] = defaultdict(int)
    border = 0
    for row in rows(data / "iom-missing-migrants/Missing_Migrants_Global_Figures_allData_2025-04.csv.gz"):
        if row["Country of Incident"] == "Mexico":
            people = int(float(row["Total Number of Dead and Missing"] or 0))
            year = (row["Incident Year"] or row["Incident ID"])[:4]
            by_year[year] += people
            border += people if row["Migration Route"] == "US-Mexico border crossing" else 0
    assert published(mexico, "missing.dead-and-missing", period="2023") == by_year["2023"]
    assert published(mexico, "10.7.3", period="2024") == by_year["2024"]
    said = shown(mexico, "deaths")
    assert f"at least {at_least(sum(by_year.values()))} people died or disappeared" in said
    assert f"{by_year['2024']} of them in 2024" in said
    tree = parser.fromstring((mexico.out / "en/deaths.html").read_text("utf-8"))
    routes = {
        row[0].text_content().strip(): row[1].text_content().strip()
        for row in tree.xpath("//*[@id='by-route']//tbody/tr")
    }
    assert routes["crossing of the border between Mexico and the United States"] == f"{border:,}"


def test_money_received_and_its_share_of_the_economy(mexico: Built, data: Path) -> None:
    import fastexcel

    sheet = fastexcel.read_excel(data / "worldbank-remittances/personal-remittances-received.xls").load_sheet(
        0, header_row=3
    )
    table = sheet.to_polars()
    row = table.row(table["Country Code"].to_list().index("MEX"), named=True)
    received = float(row["2022"])
    assert published(mexico, "remittances.received", period="2022") == pytest.approx(received, rel=1e-12)
    assert f"In 2022, people abroad sent US$ {received / 1e9:.1f} billion to Mexico" in shown(mexico, "remittances")


def test_refugees_in_mexico_and_from_there(mexico: Built, data: Path) -> None:
    hosted = fled = 0
    for row in rows(data / "unhcr-refugee-statistics/population.csv.gz"):
        if row["year"] == "2025":
            hosted += int(float(row["refugees"])) if row["coa_iso"] == "MEX" else 0
            fled += int(float(row["refugees"])) if row["coo_iso"] == "MEX" else 0
    assert published(mexico, "refugees.hosted", period="2025") == hosted
    assert published(mexico, "refugees.origin", period="2025") == fled
    assert f"{significant(hosted)} people lived in Mexico as refugees" in shown(mexico, "protection")


def test_people_newly_displaced_by_disasters(mexico: Built, data: Path) -> None:
    total = 0.0
    for row in rows(data / "idmc-displacement/gidd_disaster_new_displacements.csv.gz"):
        if row["iso3"] == "MEX" and row["year"] == "2024" and row["new_displacement"]:
            total += float(row["new_displacement"])
    assert published(mexico, "displacement.disaster.new", period="2024") == total


def test_detections_at_the_border_of_mexico_of_people_from_bolivia(mexico: Built, data: Path) -> None:
    def month(day: str) -> str:
        return (date(1970, 1, 1) + timedelta(days=int(float(day)))).isoformat()[:7]

    total = sum(
        float(row["n"])
        for row in rows(data / "irregular-movements/irreg_mexico_nat.csv.gz")
        if row["nat"] == "BOL" and month(row["t"]) == "2021-12"
    )
    assert published(mexico, "border-detections", period="2021-12", origin="BOL") == total


def test_the_cost_of_a_corridor_in_its_newest_quarter(mexico: Built, data: Path) -> None:
    path = data / "worldbank-remittances/RPW_corridors_avg_total_cost_2011Q1-2020Q3.csv.gz"
    with gzip.open(path, "rt", encoding="utf-8-sig", newline="") as stream:
        lines = list(csv.reader(stream))
    header = lines[0]
    newest = max(index for index, name in enumerate(header) if "2020" in name)
    text = "\n".join(header)
    assert "2020" in text
    found = [line for line in lines[1:] if len(line) > newest and "USA" in line and "MEX" in line]
    assert len(found) == 1
    assert published(mexico, "remittances.corridor-cost", origin="USA", period="2020-Q3") == pytest.approx(
        float(found[0][newest])
    )


def test_every_row_handed_out_names_its_file_and_where_it_stands(mexico: Built, data: Path) -> None:
    with (mexico.out / "data/csv/migrants.csv").open(encoding="utf-8", newline="") as stream:
        row = next(
            row
            for row in csv.DictReader(stream)
            if (row["area"], row["origin"], row["sex"], row["period"]) == ("MEX", "GTM", "F", "2024")
        )
    assert row["file"] == "undesa_stocks_2024_origin_destination_sex.csv.gz"
    with gzip.open(data / "undesa-migrant-stock" / row["file"], "rt", encoding="utf-8", newline="") as stream:
        line = list(csv.reader(stream))[int(row["row"]) - 1]
    assert {"MEX", "GTM", "female", "2024", row["value"].removesuffix(".0")} <= set(line)

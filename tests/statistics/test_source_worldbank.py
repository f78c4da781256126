"""World Bank remittances: workbooks with aggregates and footers, matrices, costs of corridors, names without codes."""

from __future__ import annotations

import csv
import gzip
from pathlib import Path

import openpyxl
import polars as pl
import pytest

from opencompact.statistics import Workspace

ROOM = "worldbank-remittances"


def account(loaded: Workspace, name: str) -> tuple[int, int, int]:
    found = loaded.files().filter(pl.col("file") == name).row(0, named=True)
    assert found["unit"] == "cells"
    assert found["read"] == found["kept"] + found["set_aside"]
    return found["read"], found["kept"], found["set_aside"]


def test_costs_of_sending_have_the_values_that_the_files_have(loaded: Workspace) -> None:
    assert account(loaded, "sending-cost-to-country.xls")[1] == 956
    assert account(loaded, "sending-cost-from-country.xls")[1] == 394
    assert loaded.values("remittances.cost.receiving").height == 956
    found = loaded.values("remittances.cost.receiving", "AFG", "2020").row(0, named=True)
    assert (found["value"], found["unit"], found["vintage"]) == (9.893676, "percent", "2023-05-10")


@pytest.mark.parametrize(
    ("name", "values"),
    [
        ("personal-remittances-received.xls", 9497),
        ("personal-remittances-paid.xls", 8987),
        ("remittances-received-percent-gdp.xls", 8602),
    ],
)
def test_the_bank_s_own_groups_are_set_aside_and_every_value_is_accounted_for(
    loaded: Workspace, name: str, values: int
) -> None:
    _, kept, _ = account(loaded, name)
    aside = loaded.set_aside("worldbank.remittances@2023-05-10").filter(pl.col("file") == name)
    groups = aside.filter(pl.col("reason").str.starts_with("a group of economies"))
    assert kept + groups["count"].sum() == values
    assert not [reason for reason in groups["reason"] if "Mexico" in reason]


def test_the_world_and_kosovo_are_areas_and_the_bank_s_eca_is_not_the_commission_for_africa(loaded: Workspace) -> None:
    found = loaded.values("remittances.received", ["001", "XKX"], "2021", source="worldbank.remittances")
    assert {area: round(value / 1e9, 1) for area, value in found.select("area", "value").rows()} == {
        "001": 735.2,
        "XKX": 1.7,
    }
    assert loaded.values("remittances.received", "ECA").is_empty()


def test_17_3_2_is_read_and_goes_by_its_other_name_too(loaded: Workspace) -> None:
    official = loaded.values("17.3.2", "WSM", "2021")
    assert official["value"].to_list() == [pytest.approx(29.441863598, rel=1e-9)]
    other = loaded.values("remittances.received.share-gdp", "WSM", "2021")
    assert other["value"].to_list() == official["value"].to_list()
    assert other["indicator"].to_list() == ["remittances.received.share-gdp"]


@pytest.mark.parametrize(
    ("indicator", "area", "year"),
    [("remittances.received", "VEN", "2018"), ("17.3.2", "LBY", "2015"), ("remittances.sent", "MEX", "2008")],
)
def test_a_zero_of_a_flow_is_of_low_reliability_in_a_series_too(
    loaded: Workspace, indicator: str, area: str, year: str
) -> None:
    found = loaded.values(indicator, area, year, source="worldbank.remittances").row(0, named=True)
    assert (found["value"], found["status"], found["note"]) == (0, "U", "0 may stand for no data")
    others = loaded.values(indicator, area, source="worldbank.remittances").filter(pl.col("value") != 0)
    assert set(others["status"]) == {"A"}


def test_corridors_have_the_costs_that_the_file_has(loaded: Workspace, data: Path) -> None:
    with gzip.open(
        data / ROOM / "RPW_corridors_avg_total_cost_2011Q1-2020Q3.csv.gz", "rt", encoding="utf-8-sig"
    ) as stream:
        rows = list(csv.reader(stream))[1:]
    corridors = [row for row in rows if row[3:] and row[3] == "ATCR.CORR"]
    values = [cell for row in corridors for cell in row[6:] if cell not in ("..", "")]
    assert (len(corridors), len(values)) == (5328, 10_417)
    assert account(loaded, "RPW_corridors_avg_total_cost_2011Q1-2020Q3.csv.gz") == (5328 * 35 + 5, 10_417, 176_068)
    found = loaded.values("remittances.corridor-cost")
    assert found.height == 10_417
    assert found["value"].sum() == pytest.approx(sum(map(float, values)))
    assert found.select("origin", "area").n_unique() == 377
    assert (found["origin"].n_unique(), found["area"].n_unique()) == (48, 111)


def test_negative_costs_are_kept_and_say_so(loaded: Workspace) -> None:
    found = loaded.values("remittances.corridor-cost").filter(pl.col("value") < 0)
    assert found.height == 5
    assert round(found["value"].min(), 2) == -11.36
    assert all(note.startswith("negative as published") for note in found["note"])
    assert {("GBR", "ERI"), ("USA", "HND")} <= set(found.select("origin", "area").rows())


def test_the_years_that_were_surveyed_twice_have_two_quarters(loaded: Workspace) -> None:
    periods = set(loaded.values("remittances.corridor-cost")["period"])
    assert {"2011-Q1", "2011-Q3", "2020-Q3"} <= periods
    assert "2011-Q2" not in periods
    assert len(periods) == 35


def test_the_matrix_of_2017_is_sent_down_and_received_across(loaded: Workspace, data: Path) -> None:
    book = openpyxl.load_workbook(data / ROOM / "WB_Bilateral_Remittance_Estimates_2017.xlsx", read_only=True)
    rows = list(book.worksheets[0].iter_rows(min_row=2, values_only=True))
    header = [str(name).strip() for name in rows[0]]
    sent = next(row for row in rows if row[0] == "United States")
    found = loaded.values("remittances.bilateral", "MEX", "2017", origin="USA").row(0, named=True)
    assert found["value"] == pytest.approx(float(sent[header.index("Mexico")]) * 1e6, rel=1e-9)
    assert (found["status"], found["vintage"], found["unit"]) == ("E", "2018-04-30", "US dollars")
    world = loaded.values("remittances.bilateral", "001", "2017", origin="_T")["value"].item()
    assert world == pytest.approx(613_465.8428551 * 1e6)


def test_the_matrix_of_2018_has_four_cells_without_a_value_and_its_total(loaded: Workspace) -> None:
    read, kept, aside = account(loaded, "Bilateralremittancematrix2018Oct2019.csv")
    assert (read, kept, aside) == (214 * 214, 214 * 214 - 4, 4)
    found = loaded.values("remittances.bilateral", period="2018")
    assert round(found["value"].sum() / 1e6) == 682_222
    assert set(found["vintage"]) == {"2019-10-31"}
    aside_cells = loaded.set_aside("worldbank.remittances@2019-10-31")
    assert aside_cells["reason"].to_list() == ["no value (N/A)"] * 4


def test_flows_of_economies_without_codes_are_matched_by_name(loaded: Workspace, data: Path) -> None:
    rows = list(
        openpyxl.load_workbook(data / ROOM / "remittance-inflows.xlsx", read_only=True)
        .worksheets[0]
        .iter_rows(values_only=True)
    )
    mexico = next(row for row in rows if row[0] == "Mexico")
    found = loaded.values("remittances.received", "MEX", "2022", source="worldbank.knomad").row(0, named=True)
    assert found["value"] == pytest.approx(float(mexico[23]) * 1e6, rel=1e-9)
    assert found["vintage"] == "2023-06-30"
    for code in ("TUR", "IRN", "VEN", "PSE", "001"):
        assert loaded.values("remittances.received", code, source="worldbank.knomad").height > 0, code


def test_a_zero_that_may_stand_for_no_data_says_so(loaded: Workspace) -> None:
    found = loaded.values("remittances.received", "AFG", "2000", source="worldbank.knomad").row(0, named=True)
    assert (found["value"], found["status"]) == (0, "U")
    assert "no data" in found["note"]


def test_the_outflows_begin_on_the_second_row_and_end_before_the_notes(loaded: Workspace) -> None:
    _, kept, _ = account(loaded, "remittance-outflows.xlsx")
    aside = loaded.set_aside("worldbank.knomad@2023-06-30").filter(pl.col("file") == "remittance-outflows.xlsx")
    reasons = dict(aside.group_by("reason").agg(pl.col("count").sum()).rows())
    assert reasons["no indicator for this column"] > 0, "the share of GDP"
    assert reasons["titles, notes and footer"] > 5
    assert kept == loaded.values("remittances.sent", source="worldbank.knomad").height


def test_a_reduction_by_a_third_party_is_set_aside_unless_asked_for(loaded: Workspace) -> None:
    found = loaded.files().filter(pl.col("file") == "derived_wdi_selected_1950_2023.csv.gz").row(0, named=True)
    assert found["outcome"] == "set aside"
    assert "third party" in found["reason"]

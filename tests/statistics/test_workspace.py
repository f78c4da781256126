"""Asking a workspace: filters, editions, SQL, and what it says where there is nothing."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import polars as pl
import pytest

from opencompact.errors import NoDataError, UnknownCodeError, UsageError
from opencompact.statistics import Workspace
from opencompact.statistics.importing import import_file
from opencompact.statistics.observations import CELL, SCHEMA, breakdown, observations


@pytest.fixture
def small(folder: Path, incident_file: Callable, incident_line: Callable) -> Workspace:
    import_file(
        folder, incident_file("2025-12-31", [incident_line(n, f"2025-{n:02}-03", dead=n) for n in range(1, 13)])
    )
    import_file(folder, incident_file("2026-02-28", [incident_line(1, "2026-01-03", dead=5)]))
    return Workspace(folder)


def test_values_have_the_columns_of_an_observation_and_one_row_a_cell(small: Workspace) -> None:
    found = small.values("missing.dead")
    assert dict(found.schema) == {name: kind() for name, kind in SCHEMA.items()}
    assert not found.select(CELL).is_duplicated().any()


@pytest.mark.parametrize("name", ["001", "World", "1", "world"])
def test_an_area_goes_by_code_or_name(small: Workspace, name: str) -> None:
    found = small.values("missing.dead", name, "2025", origin="_T", breakdown="_T")
    assert found.select("area", "value").rows() == [("001", 78.0)]


def test_periods_are_exact_or_a_span_of_years(small: Workspace) -> None:
    one = {"area": "001", "origin": "_T", "breakdown": "_T"}
    assert small.values("missing.dead", period="2025-03", **one)["value"].to_list() == [3.0]
    assert small.values("missing.dead", period="2025..2026", **one).height == 12 + 1 + 1 + 1
    assert small.values("missing.dead", period=["2025", "2026"], **one)["period"].to_list() == ["2025", "2026"]


def test_a_breakdown_is_asked_for_by_key_by_value_or_not_at_all(small: Workspace) -> None:
    one = {"area": "001", "period": "2025", "origin": "_T"}
    assert small.values("missing.dead", **one, breakdown="cause")["breakdown"].to_list() == ["cause=Drowning"]
    assert small.values("missing.dead", **one, breakdown="cause=Violence").is_empty()
    assert small.values("missing.dead", **one, breakdown="_T")["breakdown"].to_list() == ["_T"]


def test_all_editions_shows_what_the_current_one_hides(small: Workspace) -> None:
    everything = small.values("missing.dead", all_editions=True)
    assert set(everything["vintage"]) == {"2025-12-31", "2026-02-28"}


def test_an_unknown_indicator_names_near_ones_and_a_known_one_says_nothing_is_loaded(small: Workspace) -> None:
    with pytest.raises(UnknownCodeError, match=r"missing\.dead"):
        small.values("missing.dea")
    with pytest.raises(NoDataError, match="opencompact import"):
        small.values("remittances.sent")


def test_an_unknown_area_source_or_edition_is_a_sentence_with_near_ones(small: Workspace) -> None:
    with pytest.raises(UnknownCodeError, match="Mexico"):
        small.values("missing.dead", "Mexicco")
    with pytest.raises(UnknownCodeError, match=r"iom\.missing-migrants"):
        small.values("missing.dead", source="iom.missing")
    with pytest.raises(NoDataError, match="2026-02-28"):
        small.set_aside("iom.missing-migrants@1999-01-01")


def test_editions_say_publisher_licence_and_account(small: Workspace) -> None:
    edition = small.editions().row(0, named=True)
    assert edition["publisher"].startswith("International Organization for Migration")
    assert "CC BY-IGO" in edition["licence"]
    assert (edition["read"], edition["kept"], edition["set_aside"], edition["unit"]) == (12, 12, 0, "rows")


def test_sql_asks_all_editions(small: Workspace) -> None:
    found = small.sql("SELECT vintage, count(*) AS n FROM observations GROUP BY vintage ORDER BY vintage")
    assert found["vintage"].to_list() == ["2025-12-31", "2026-02-28"]
    with pytest.raises(UsageError, match="observations"):
        small.sql("SELECT nothing FROM nowhere")


def test_incidents_carry_their_file_and_row(small: Workspace) -> None:
    found = small.incidents(start="2025-06-01", end="2025-06-30").row(0, named=True)
    assert (found["dead"], found["row"], found["country"], found["group"]) == (6, 7, None, "015")
    assert found["file"].endswith("2025-12-31--10_00_00.csv")


def test_a_workspace_shows_the_moment_it_was_opened(
    small: Workspace, folder: Path, incident_file: Callable, incident_line: Callable
) -> None:
    import_file(folder, incident_file("2026-03-31", [incident_line(1, "2026-03-03")]))
    assert "2026-03-31" not in set(small.values("missing.dead", all_editions=True)["vintage"])
    assert "2026-03-31" in set(Workspace(folder).values("missing.dead", all_editions=True)["vintage"])


def test_a_breakdown_has_sorted_keys_and_leaves_out_what_is_not_known() -> None:
    frame = pl.DataFrame({"route": ["a;b", None, None], "cause": ["x", "y=z", None]})
    found = frame.select(breakdown(route=pl.col("route"), cause=pl.col("cause")))
    assert found.to_series().to_list() == ["cause=x;route=a,b", "cause=y:z", "_T"]


def test_observations_fill_what_is_left_out() -> None:
    found = observations(pl.DataFrame({"area": ["MEX"], "value": [1]}), indicator="x").row(0, named=True)
    assert (found["sex"], found["status"], found["confidentiality"], found["lower"]) == ("_T", "A", "F", None)


def test_a_question_in_sql_leaves_nothing_on_standard_error(small: Workspace) -> None:
    program = f"from opencompact.statistics import Workspace; Workspace({str(small.folder)!r}).sql('SELECT 1 AS one')"
    said = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert said.stderr == ""

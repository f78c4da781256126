"""What the indicators say on the pages of objectives: the world, its regions, its countries, each with the rows it stands in."""

import re
from pathlib import Path
from typing import Any

import pytest


@pytest.fixture(scope="module")
def tables(service: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample's tables in a workspace."""
    from opencompact.statistics import Workspace
    from opencompact.statistics.importing import import_folder
    from opencompact.statistics.sample.places import register
    from opencompact.statistics.sample.writing import write_sample

    register()
    folder = tmp_path_factory.mktemp("tables")
    Workspace.create(folder / "workspace")
    write_sample(folder / "files")
    import_folder(folder / "workspace", folder / "files")
    return folder / "workspace"


@pytest.fixture
def measured(client: Any, tables: Path, monkeypatch: pytest.MonkeyPatch) -> Any:
    """A visitor of a service that has tables."""
    from django.conf import settings

    monkeypatch.setattr(settings, "WORKSPACE", str(tables))
    return client


def test_an_objective_tells_what_the_indicators_say_of_the_world(measured: Any) -> None:
    page = measured.get("/en/objectives/20/").content.decode()
    row = next(row for row in re.findall(r"<tr>.*?</tr>", page, re.DOTALL) if "10.c.1" in row)
    assert "percent" in row or "%" in row
    assert "2 regions" in row
    assert "12 countries" in row
    assert "/en/indicators/10.c.1/" in row


def test_an_objective_without_tables_names_its_indicators_and_says_that_none_has_a_value(client: Any) -> None:
    page = client.get("/en/objectives/8/").content.decode()
    assert "What the indicators say" in page
    assert page.count("no value") >= 3


def test_an_indicator_leads_to_the_rows_of_every_area(measured: Any, tables: Path) -> None:
    from opencompact.statistics import Workspace

    everywhere = measured.get("/en/indicators/10.c.1/").content.decode()
    assert {f"?area={code}" for code in ("QMA", "QXA", "QZZ")} <= set(re.findall(r'href="(\?area=\w+)"', everywhere))
    # A path may be parted where a narrow column ends.
    page = measured.get("/en/indicators/10.c.1/?area=QMA").content.decode().replace("<wbr>", "")
    rows = Workspace(tables).values("10.c.1", "QMA", breakdown="_T", sex="_T", age="_T", origin="_T")
    places = {f"{file}:{row}" for file, row in rows.select("file", "row").iter_rows() if row is not None}
    assert places
    assert all(place in page for place in places)
    assert page.count("<tr>") == len(rows) + 1


def test_an_area_and_objective_leads_to_its_rows_too(measured: Any) -> None:
    page = measured.get("/en/areas/QMA/objectives/20/").content.decode()
    assert "/en/indicators/10.c.1/?area=QMA" in page


def test_what_is_imported_while_the_service_runs_is_seen(measured: Any, tables: Path) -> None:
    import os

    from opencompact.public import holdings

    first = holdings._current()
    assert holdings._current() is first
    os.utime(tables / "manifest.json", ns=(1, 1))
    assert holdings._current() is not first


@pytest.mark.parametrize("address", ["/en/indicators/no.such/", "/en/indicators/10.c.1/?area=Atlantis"])
def test_what_is_in_no_list_is_not_found(client: Any, address: str) -> None:
    assert client.get(address).status_code == 404

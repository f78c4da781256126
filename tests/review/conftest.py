"""The review of the fictional country, built once; that of a real one, where the real tables are; a browser."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from opencompact.compact import registered_areas
from opencompact.review import Built, Library, Request, build
from opencompact.statistics import Workspace
from opencompact.statistics.importing import import_file, import_folder
from opencompact.statistics.sample import places
from opencompact.statistics.sample.writing import write_sample

TODAY = "2026-11-21"
# What the hand computations are made from: enough for every page, far from all.
REAL_FILES = (
    "undesa-migrant-stock/undesa_stocks_2024_origin_destination_sex.csv.gz",
    "undesa-wpp/wpp2024_misc1dt.csv.gz",
    "iom-missing-migrants/Missing_Migrants_Global_Figures_allData_2025-04.csv.gz",
    "worldbank-remittances/personal-remittances-received.xls",
    "worldbank-remittances/remittances-received-percent-gdp.xls",
    "worldbank-remittances/RPW_corridors_avg_total_cost_2011Q1-2020Q3.csv.gz",
    "unhcr-refugee-statistics/population.csv.gz",
    "unhcr-refugee-statistics/unrwa.csv.gz",
    "unhcr-refugee-statistics/idmc.csv.gz",
    "idmc-displacement/gidd_disaster_new_displacements.csv.gz",
    "idmc-displacement/idmc_stocks_2024_sex_age_cleaned.csv.gz",
    "irregular-movements/irreg_mexico_nat.csv.gz",
    "unsd-sdg-global-database-2020-10/datapoints/"
    "ddf--datapoints--sp_dyn_adkl--by--age--geo_area--migratory_status--nature--sex--units--year.csv.gz",
)


@pytest.fixture(scope="module", autouse=True)
def fictional_areas() -> Iterator[None]:
    """The areas of the sample are known to every test of this room."""
    with registered_areas(places.DEFINITION):
        yield


@pytest.fixture(scope="session")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    """The fictional country, its neighbours and world, imported as a publisher's files are."""
    folder = tmp_path_factory.mktemp("sample")
    write_sample(folder / "files")
    Workspace.create(folder / "workspace")
    with registered_areas(places.DEFINITION):
        assert import_folder(folder / "workspace", folder / "files").failures == ()
    return Workspace(folder / "workspace")


@pytest.fixture(scope="session")
def review(sample: Workspace, tmp_path_factory: pytest.TempPathFactory) -> Built:
    """The fictional country's review as a site with data, in six languages."""
    out = tmp_path_factory.mktemp("review") / "QMA"
    with registered_areas(places.DEFINITION):
        return build(Library(sample), Request(places.focus(), TODAY, formats=("site", "data")), out)


@pytest.fixture(scope="session")
def real(data: Path, tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    """A workspace with the real tables that the hand computations use."""
    folder = tmp_path_factory.mktemp("real")
    Workspace.create(folder)
    for name in REAL_FILES:
        import_file(folder, data / name)
    return Workspace(folder)


@pytest.fixture(scope="session")
def mexico(real: Workspace, tmp_path_factory: pytest.TempPathFactory) -> Built:
    """The review of Mexico from them, in English, Arabic and Chinese."""
    out = tmp_path_factory.mktemp("review") / "MEX"
    return build(Library(real), Request("MEX", TODAY, ("en", "ar", "zh"), ("site", "data")), out)

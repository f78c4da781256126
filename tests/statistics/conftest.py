"""Workspaces to ask: one with the real tables, made once; and small files in the form of IOM's downloads."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from opencompact.statistics import Workspace
from opencompact.statistics.importing import import_folder

HEADER = (
    "Main ID,Incident ID,Region,Incident Date,Year,Reported Month,Number Dead,Minimum Estimated Number of Missing,"
    "Number of Survivors,Number of Females,Number of Males,Number of Children,Region of Origin,Cause of Death,"
    "Country of Origin,Location of death,Information Source,Coordinates,Migration route,URL,"
    "UNSD Geographical Grouping,Source Quality"
)


@pytest.fixture
def incident_line() -> Callable[..., str]:
    """Writes a row of a download; see `_incident_line`."""
    return _incident_line


def _incident_line(number: int, day: str, dead: int = 1, missing: int = 0) -> str:
    """A row of a download, of an incident in Northern Africa; day as 2026-01-31."""
    year, month, date = day.split("-")
    return (
        f'{year}.{number},{year}.{number},Northern Africa,"Thu, {month}/{date}/{year} - 12:00",{year},,{dead},{missing},'
        f',,,,Western Africa,Drowning,Mali,A place,A source,"30.0, 10.0",Sahara Desert crossing,,Northern Africa,4'
    )


@pytest.fixture
def incident_file(tmp_path: Path) -> Callable[[str, Sequence[str]], Path]:
    """Writes a download of a day (2026-05-06), made of rows as `incident_line` writes them."""

    def write(day: str, lines: Sequence[str]) -> Path:
        path = tmp_path / "files" / f"MissingMigrants-Global-{day}--10_00_00.csv"
        path.parent.mkdir(exist_ok=True)
        path.write_text("\n".join([HEADER, *lines]) + "\n", encoding="utf-8")
        return path

    return write


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """An empty workspace."""
    Workspace.create(tmp_path / "workspace")
    return tmp_path / "workspace"


@pytest.fixture(scope="session")
def loaded(data: Path, tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    """The real tables of IOM, UN DESA and the World Bank, imported once a session."""
    target = tmp_path_factory.mktemp("loaded")
    Workspace.create(target)
    for name in ("iom-missing-migrants", "undesa-migrant-stock", "undesa-wpp", "worldbank-remittances"):
        report = import_folder(target, data / name)
        assert not report.failures
    return Workspace(target)

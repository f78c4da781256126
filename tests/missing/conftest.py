"""A small synthetic world, read once for all tests of candidates."""

import datetime
from pathlib import Path

import pytest

from opencompact.missing.records.reading import read_records
from opencompact.missing.world import make_world, write_world

TODAY = datetime.date(2026, 11, 21)


@pytest.fixture(scope="session")
def world_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("world")
    write_world(make_world(101, 160), folder)
    return folder


@pytest.fixture(scope="session")
def searched(world_folder: Path):
    """(search, true pairs as rows) of the small world."""
    from opencompact.missing.candidates import Register, Search, read_truth, setting_of

    sought, found = (read_records(world_folder / f"{name}.csv").records for name in ("sought", "found"))
    search = Search(Register(sought, TODAY), Register(found, TODAY), setting_of(sought, found, TODAY))
    truth = [(search.sought.place_of[a], search.found.place_of[b]) for a, b in read_truth(world_folder / "truth.csv")]
    return search, truth

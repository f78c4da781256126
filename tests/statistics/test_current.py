"""Current values lie ready after an import: the same as when asked for, made again only where an import touched them."""

from __future__ import annotations

import shutil
from pathlib import Path

import polars as pl
import pytest

from opencompact.errors import OutputError
from opencompact.statistics import Workspace, current
from opencompact.statistics.current import Current
from opencompact.statistics.importing import import_folder
from opencompact.statistics.observations import SCHEMA
from opencompact.statistics.sample import places
from opencompact.statistics.sample.writing import write_sample


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The fictional country and its neighbours, imported; `files` holds what was imported."""
    folder = tmp_path_factory.mktemp("current")
    places.register()
    write_sample(folder / "files")
    Workspace.create(folder / "workspace")
    import_folder(folder / "workspace", folder / "files")
    return folder


@pytest.fixture
def folder(made: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(made, tmp_path / "copy"))


def opened(folder: Path) -> Current:
    return Current(Workspace(folder / "workspace"))


def change_money(folder: Path) -> None:
    """A later edition of one source: one of its indicators has another value."""
    path = folder / "files" / "synthetic-money.csv"
    text = path.read_text("utf-8").replace("2025-06-30", "2025-12-31")
    path.write_text(text.replace("remittances.received,QMA,2024,", "remittances.received,QMA,2024,9"), "utf-8")
    import_folder(folder / "workspace", folder / "files")


@pytest.mark.parametrize("block", [40, current.BLOCK])
def test_what_lies_ready_is_what_is_asked_for(folder: Path, block: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(current, "BLOCK", block)
    ready = opened(folder)
    assert set(ready.prepare()) == set(ready.keys)
    assert {"migrants", "migrants.share"} <= ready.keys.keys()
    for indicator in ready.keys:
        asked = ready.workspace.values(indicator).select(list(SCHEMA))
        assert ready.scan([indicator]).collect().equals(asked), indicator


def test_an_import_that_changes_nothing_leaves_nothing_to_make(folder: Path) -> None:
    opened(folder).prepare()
    import_folder(folder / "workspace", folder / "files")
    assert opened(folder).prepare() == []


def test_after_one_changed_source_only_what_it_holds_is_made(folder: Path) -> None:
    opened(folder).prepare()
    change_money(folder)
    after = opened(folder)
    holds = {name for part in after.workspace.parts if part.vintage == "2025-12-31" for name in part.indicators}
    assert "remittances.received" in holds
    assert set(after.prepare()) == holds
    value = after.scan(["remittances.received"]).filter(pl.col("area") == "QMA", pl.col("period") == "2024")
    assert value.collect()["vintage"].unique().to_list() == ["2025-12-31"]


def test_a_share_follows_what_it_is_computed_from(folder: Path) -> None:
    before = opened(folder).keys
    population = [part for part in Workspace(folder / "workspace").parts if "population" in part.indicators]
    path = Workspace(folder / "workspace").path(population[0], "observations.parquet")
    pl.read_parquet(path).with_columns(pl.col("value") + 1).write_parquet(path)
    after = opened(folder).keys
    assert {name for name in before if before[name] != after[name]} >= {"population", "migrants.share"}
    assert before["remittances.received"] == after["remittances.received"]


def test_another_program_or_order_of_sources_makes_them_anew(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = opened(folder).keys
    monkeypatch.setattr(current, "_program", lambda: "another")
    assert not set(opened(folder).keys.values()) & set(before.values())
    monkeypatch.undo()
    monkeypatch.setattr(Workspace, "declared_order", lambda self, name: ["another"] if name == "migrants" else [])
    assert opened(folder).keys["migrants"] != before["migrants"]


def test_a_review_at_work_keeps_what_it_opened(folder: Path) -> None:
    at_work = opened(folder).ensure()
    before = at_work.scan(["remittances.received"]).collect()
    change_money(folder)
    opened(folder).prepare()
    assert at_work.scan(["remittances.received"]).collect().equals(before)


def test_a_folder_that_may_not_be_written_to_is_done_without(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (folder / "workspace" / "cache").write_text("no folder")
    with pytest.raises(OutputError, match="cannot be written"):
        opened(folder).prepare()
    ready = opened(folder).ensure()
    assert ready.folder != folder / "workspace" / "cache"
    assert ready.scan(["migrants"]).collect().height
    assert (folder / "workspace" / "cache").is_file()

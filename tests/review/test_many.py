"""Many reviews in one go: a folder an area, a page that leads to them, gone on with where it stopped."""

from __future__ import annotations

import json
from pathlib import Path

import polars as pl
import pytest
from click.testing import CliRunner

from opencompact import compact
from opencompact.cli.main import opencompact
from opencompact.errors import NoDataError, OutputError, UsageError
from opencompact.review import Library, many
from opencompact.review.many import Order, areas_with_data, build_many
from opencompact.statistics import Workspace
from opencompact.statistics.sample import places

TODAY = "2026-11-21"


def order(sample: Workspace, out: Path, *languages: str) -> Order:
    return Order(sample.folder, out, TODAY, languages or ("en",), ("site",))


def test_every_area_of_which_there_is_data_is_found(sample: Workspace) -> None:
    assert set(areas_with_data(Library(sample))) >= set(places.codes())


def test_what_is_no_country_and_no_region_is_not_among_them(sample: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    named = pl.LazyFrame({"area": ["MEX", "145", "XXA", "UNK"]})
    monkeypatch.setattr(Library, "current", named)
    assert set(areas_with_data(Library(sample))) == {"MEX", "145"}


def test_each_area_has_a_folder_and_a_page_leads_to_it(sample: Workspace, tmp_path: Path) -> None:
    told: list[tuple[int, int, str]] = []
    done = build_many(
        order(sample, tmp_path / "out", "en", "ar"), ["QMB", "QMA"], jobs=2, progress=lambda *s: told.append(s)
    )
    assert {built.area for built in done.built} == {"QMA", "QMB"}
    assert done.failed == ()
    assert sorted(step[0] for step in told) == [1, 2]
    for code in ("en", "ar"):
        page = (tmp_path / "out" / code / "index.html").read_text("utf-8")
        for area in ("QMA", "QMB"):
            assert f'href="../{area}/{code}/index.html"' in page
            assert compact.area(area).name(code) in page
    assert (tmp_path / "out/QMB/ar/deaths.html").is_file()


def test_a_process_builds_more_areas_than_there_are_processes(sample: Workspace, tmp_path: Path) -> None:
    codes = ["QMA", "QMB", "QMC"]
    done = build_many(order(sample, tmp_path / "out"), codes, jobs=2)
    assert sorted(built.area for built in done.built) == codes


def test_a_run_that_was_stopped_goes_on_where_it_stopped(sample: Workspace, tmp_path: Path) -> None:
    build_many(order(sample, tmp_path / "out"), ["QMA"], jobs=1)
    done = build_many(order(sample, tmp_path / "out"), ["QMA", "QMB"], jobs=1)
    assert [(built.area, bool(built.made)) for built in done.built] == [("QMA", False), ("QMB", True)]
    listed = json.loads((tmp_path / "out/areas.json").read_text("utf-8"))
    assert [entry["area"] for entry in listed["reviews"]] == ["QMA", "QMB"]


def test_an_area_that_was_built_before_stays_on_the_page(sample: Workspace, tmp_path: Path) -> None:
    build_many(order(sample, tmp_path / "out"), ["QMA"], jobs=1)
    build_many(order(sample, tmp_path / "out"), ["QMB"], jobs=1)
    page = (tmp_path / "out/en/index.html").read_text("utf-8")
    assert "../QMA/en/index.html" in page
    assert "../QMB/en/index.html" in page


def test_one_area_at_fault_stops_no_other(sample: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    built = many.build

    def faulty(library, request, out):  # type: ignore[no-untyped-def]
        if request.area == "QMA":
            raise NoDataError("Nothing is loaded.")
        return built(library, request, out)

    monkeypatch.setattr(many, "build", faulty)
    done = build_many(order(sample, tmp_path / "out"), ["QMA", "QMB"], jobs=1)
    assert [(area, str(problem)) for area, problem in done.failed] == [("QMA", "Nothing is loaded.")]
    assert [each.area for each in done.built] == ["QMB"]


def test_a_full_disk_stops_the_run_in_one_sentence(
    sample: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_arguments: object) -> None:
        raise OutputError("The review cannot be written: No space left on device.")

    monkeypatch.setattr(many, "build", full)
    with pytest.raises(OutputError, match="No space left"):
        build_many(order(sample, tmp_path / "out"), ["QMA", "QMB"], jobs=1)


def test_a_folder_that_holds_something_else_is_left_alone(sample: Workspace, tmp_path: Path) -> None:
    (tmp_path / "letter.txt").write_text("dear")
    with pytest.raises(UsageError, match="no collection of reviews"):
        build_many(order(sample, tmp_path), ["QMA"], jobs=1)
    assert [path.name for path in tmp_path.iterdir()] == ["letter.txt"]


def test_the_command_builds_several_and_says_where_they_are(sample: Workspace, tmp_path: Path) -> None:
    arguments = ["review", "QMA", "QMB", "--out", str(tmp_path / "out"), "--workspace", str(sample.folder)]
    options = ["--lang", "en", "--formats", "site", "--jobs", "1", "--date", TODAY]
    told = CliRunner().invoke(opencompact, [*arguments, *options, "--json"])
    assert told.exit_code == 0, told.output
    found = json.loads(told.output)
    assert sorted(each["area"] for each in found["reviews"]) == ["QMA", "QMB"]
    assert found["failed"] == []
    assert not []


def test_the_command_wants_areas_or_all_of_them() -> None:
    for arguments in ([], ["QMA", "--all"]):
        told = CliRunner().invoke(opencompact, ["review", *arguments, "--out", "nowhere"])
        assert told.exit_code == 2
        assert "--all" in told.output

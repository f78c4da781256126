"""A build is whole or not at all, redoes only what changed, and fails in one sentence."""

from __future__ import annotations

import csv
import json
import os
import shutil
import subprocess
import sys
from collections import Counter
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from urllib.parse import urlsplit

import polars as pl
import pytest
from click.testing import CliRunner
from lxml import html as parser

from opencompact import compact
from opencompact.cli.main import main
from opencompact.errors import NoDataError, OutputError, UnknownCodeError, UsageError
from opencompact.look.blocks import Callout, Contents, Page, spans
from opencompact.review import Built, Library, Links, Request, build, building, publication
from opencompact.review.account import Account
from opencompact.review.findings import Findings
from opencompact.review.holdings import Holdings
from opencompact.review.pages import glance
from opencompact.review.words import Words
from opencompact.statistics import Workspace
from opencompact.statistics.importing import import_file, import_folder
from opencompact.statistics.observations import CELL
from opencompact.statistics.sample.writing import write_sample

TODAY = "2026-11-21"


def request(**options: object) -> Request:
    return Request("QMA", **({"today": TODAY, "languages": ("en",), "formats": ("site",)} | options))  # type: ignore[arg-type]


def contents(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_the_same_data_give_the_same_bytes(sample: Workspace, tmp_path: Path) -> None:
    library = Library(sample)
    for name in ("one", "two"):
        build(library, request(formats=("site", "data")), tmp_path / name)
    assert contents(tmp_path / "one") == contents(tmp_path / "two")


def test_a_second_build_takes_everything_over(sample: Workspace, tmp_path: Path) -> None:
    formats = ("site", "data")
    first = build(Library(sample), request(formats=formats), tmp_path / "out")
    before = contents(tmp_path / "out")
    second = build(Library(sample), request(formats=formats), tmp_path / "out")
    assert (second.made, set(second.kept)) == ((), set(first.made))
    assert contents(tmp_path / "out") == before


def test_a_rebuild_after_one_changed_source_redoes_only_what_it_touches(tmp_path: Path) -> None:
    files = tmp_path / "files"
    write_sample(files)
    Workspace.create(tmp_path / "workspace")
    import_folder(tmp_path / "workspace", files)
    build(Library(Workspace(tmp_path / "workspace")), request(formats=("site", "data")), tmp_path / "out")
    money = (files / "synthetic-money.csv").read_text("utf-8")
    changed = money.replace("2025-06-30", "2025-12-31").replace(
        "remittances.received,QMA,2024,", "remittances.received,QMA,2024,9"
    )
    assert changed != money
    (files / "synthetic-money.csv").write_text(changed, "utf-8")
    import_folder(tmp_path / "workspace", files)
    second = build(Library(Workspace(tmp_path / "workspace")), request(formats=("site", "data")), tmp_path / "out")
    made = {Path(name).stem for name in second.made if name.endswith(".html")}
    assert made == {"index", "remittances", "objective-19", "objective-20", "sources", "data"} & made
    assert {"index", "remittances", "objective-20", "sources"} <= made
    assert "en/deaths.html" in second.kept
    assert "data/csv/migrants.csv" in second.kept
    assert "data/csv/remittances.received.csv" in second.made


def test_each_observation_leaves_once_in_each_format(sample: Workspace, tmp_path: Path) -> None:
    built = build(Library(sample), request(formats=("data",)), tmp_path / "out")
    folder = tmp_path / "out/data"
    parquet = pl.read_parquet(folder / "observations.parquet")
    assert parquet.height == built.observations == parquet.select(CELL).unique().height
    rows: Counter[str] = Counter()
    for path in (folder / "csv").glob("*.csv"):
        if path.name not in ("index.csv", "incidents.csv"):
            with path.open(encoding="utf-8", newline="") as stream:
                rows[path.name] = sum(1 for _row in csv.DictReader(stream))
    assert sum(rows.values()) == parquet.height
    sdmx = pl.read_csv(folder / "sdmx/observations.csv", infer_schema=False)
    assert sdmx.height == parquet.height
    assert (folder / "sdmx/observations.xml").read_text("utf-8").count("<Obs ") == parquet.height
    index = pl.read_csv(folder / "csv/index.csv")
    assert {name: count for name, _title, count in index.rows() if name in rows} == dict(rows)


def test_a_folder_that_holds_something_else_is_left_alone(sample: Workspace, tmp_path: Path) -> None:
    (tmp_path / "letters").mkdir()
    (tmp_path / "letters/one.txt").write_text("dear")
    with pytest.raises(UsageError, match="something here that is no review"):
        build(Library(sample), request(), tmp_path / "letters")
    assert contents(tmp_path / "letters") == {"one.txt": b"dear"}


def test_a_folder_that_cannot_be_made_is_one_clear_error(sample: Workspace, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("not a folder")
    with pytest.raises(OutputError, match="cannot be written"):
        build(Library(sample), request(), tmp_path / "file/out")


def test_a_folder_that_may_not_be_written_to_is_one_clear_error(
    sample: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def locked(*_arguments: object, **_options: object) -> str:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr("opencompact.review.placing.tempfile.mkdtemp", locked)
    with pytest.raises(OutputError, match="access is denied"):
        build(Library(sample), request(), tmp_path / "out")
    assert not (tmp_path / "out").exists()


def test_a_full_disk_leaves_the_earlier_review_as_it_was(
    sample: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    formats = ("site", "data")
    build(Library(sample), request(formats=formats), tmp_path / "out")
    before = contents(tmp_path / "out")

    def full(*_arguments: object, **_options: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("opencompact.review.data.write_sdmx", full)
    with pytest.raises(OutputError, match="no space is left on the device"):
        build(Library(sample), request(today="2026-11-22", formats=formats), tmp_path / "out")
    assert contents(tmp_path / "out") == before
    assert [path.name for path in tmp_path.iterdir()] == ["out"]


@pytest.mark.parametrize(("options", "found"), [({"languages": ("xx",)}, "xx"), ({"formats": ("odt",)}, "odt")])
def test_an_unknown_language_or_format_is_named(
    sample: Workspace, tmp_path: Path, options: dict[str, tuple[str, ...]], found: str
) -> None:
    with pytest.raises(UnknownCodeError, match=found):
        build(Library(sample), request(**options), tmp_path / "out")
    assert not (tmp_path / "out").exists()


def test_an_area_without_any_row_still_has_a_review_that_says_so(sample: Workspace, tmp_path: Path) -> None:
    built = build(Library(sample), Request("AND", TODAY, ("en",), ("site",)), tmp_path / "out")
    assert built.pages == 34
    assert "No table that is loaded says how many people in Andorra" in (built.out / "en/index.html").read_text("utf-8")


@pytest.mark.slow
def test_site_pdf_and_document_say_the_same(sample: Workspace, tmp_path: Path) -> None:
    import pypdfium2
    from docx import Document
    from lxml import html as parser

    built = build(Library(sample), request(formats=("site", "pdf", "docx")), tmp_path / "out")
    pdf = pypdfium2.PdfDocument(built.out / "synthetic-review-QMA-en.pdf")
    printed = " ".join(" ".join(pdf[number].get_textpage().get_text_bounded().split()) for number in range(len(pdf)))
    document = Document(str(built.out / "synthetic-review-QMA-en.docx"))
    written = " ".join(" ".join(paragraph.text.split()) for paragraph in document.paragraphs)
    for path in sorted((built.out / "en").glob("*.html")):
        lead = parser.parse(str(path)).xpath("string(//p[contains(@class,'lead')])")
        start = " ".join(lead.split())[:48]
        assert start in printed, path.name
        assert start in written, path.name
    assert "Synthetic data" in printed
    assert "Synthetic data" in written


def test_the_demo_needs_nothing_and_ends_with_where_it_is(tmp_path: Path) -> None:
    main(["demo", "--out", str(tmp_path / "demo"), "--lang", "en", "--formats", "site", "--date", TODAY])
    assert (tmp_path / "demo/QMA/en/index.html").is_file()


def test_the_demo_of_a_real_area_without_data_says_how_to_get_them() -> None:
    from opencompact.cli.demo import demo

    result = CliRunner().invoke(demo, ["--area", "MEX"])
    assert isinstance(result.exception, UsageError)
    assert "opencompact sources" in str(result.exception)


def test_the_demo_of_an_empty_folder_says_how_to_get_the_tables(tmp_path: Path) -> None:
    from opencompact.cli.demo import demo

    empty = tmp_path / "empty"
    empty.mkdir()
    for arguments in (["--area", "MEX"], []):
        result = CliRunner().invoke(demo, ["--data", str(empty), "--out", str(tmp_path / "out"), *arguments])
        assert isinstance(result.exception, NoDataError)
        assert result.exception.exit_code == 6
        assert "opencompact sources" in str(result.exception)
    (empty / "notes.txt").write_text("nothing here", "utf-8")
    result = CliRunner().invoke(demo, ["--data", str(empty), "--out", str(tmp_path / "out")])
    assert isinstance(result.exception, NoDataError)
    assert not (tmp_path / "out/MEX").exists()


def test_the_demo_keeps_what_is_made_up_apart_from_what_is_real(tmp_path: Path, data: Path) -> None:
    """`make demo`, then `make demo DATA=…`: both write to one folder, as the README has it."""
    real = tmp_path / "real"
    real.mkdir()
    shutil.copy(data / "iom-missing-migrants/MissingMigrants-Global-2024-04-10--23_23_37.csv", real)
    common = ["demo", "--out", str(tmp_path / "demo"), "--lang", "en", "--formats", "site", "--date", TODAY]
    main(common)
    main([*common, "--data", str(real), "--area", "001"])
    sources = set(Workspace(tmp_path / "demo/workspace").editions()["source"])
    assert sources == {"iom.missing-migrants"}


def test_beside_synthetic_incidents_a_real_review_shows_the_real_ones_alone(
    sample: Workspace, tmp_path: Path, data: Path
) -> None:
    shutil.copytree(sample.folder, tmp_path / "both")
    import_file(tmp_path / "both", data / "iom-missing-migrants/MissingMigrants-Global-2024-04-10--23_23_37.csv")
    library = Library(Workspace(tmp_path / "both"))
    for area, source in (("001", "iom.missing-migrants"), ("QMA", "sample.incidents")):
        assert set(Holdings(library, compact.area(area)).incidents()["source"]) == {source}


def test_every_local_link_of_a_site_alone_leads_to_a_file(sample: Workspace, tmp_path: Path) -> None:
    out = tmp_path / "out"
    build(Library(sample), request(formats=("site",)), out)
    dead, rows = set(), 0
    for page in out.rglob("*.html"):
        for link in parser.parse(str(page)).xpath("//a/@href"):
            path = urlsplit(link).path
            if path and not urlsplit(link).scheme:
                rows += path.endswith(".csv")
                if not (page.parent / path).resolve().exists():
                    dead.add(path)
    assert rows > 100
    assert dead == set()


def test_the_command_counts_one_of_a_thing_as_one(
    sample: Workspace, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    main(["review", "QMA", "--out", str(tmp_path / "o"), "--lang", "en", "--formats", "site", "-w", str(sample.folder)])
    told = capsys.readouterr().out
    assert "in 1 language, " in told
    assert "pages and" in told


def test_what_changed_by_less_than_can_be_shown_is_not_told() -> None:
    cells = dict.fromkeys(("sex", "age", "migratory_status", "origin", "breakdown"), "_T")
    changes = {"2022": 0.01, "2023": -0.04, "2021": 0.06, "2020": None}
    frame = pl.DataFrame(
        [{"period": year, "vintage": "2025-06-30", "percent": each, **cells} for year, each in changes.items()]
    )
    assert glance._newest_only(frame)["period"].to_list() == ["2021", "2020"]


def test_the_world_does_not_tell_the_same_revision_from_both_sides() -> None:
    asked: dict[str, list[str]] = {"001": [], "MEX": []}
    for code, indicators in asked.items():

        def revisions(indicator: str, _area: str, told: list[str] = indicators) -> pl.DataFrame:
            told.append(indicator)
            return pl.DataFrame()

        library = SimpleNamespace(revisions=revisions)
        account = SimpleNamespace(words=Words("en"), area=compact.area(code), holdings=SimpleNamespace(library=library))
        glance._changes(account)  # type: ignore[arg-type]
    assert set(asked["MEX"]) - set(asked["001"]) == {"emigrants"}


def test_the_command_gives_its_summary_as_json(
    sample: Workspace, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    shutil.copytree(sample.folder, tmp_path / "workspace")
    out = tmp_path / "out"
    arguments = ["review", "QMA", "--out", str(out), "--lang", "fr", "--formats", "site", "--date", TODAY]
    main([*arguments, "--workspace", str(tmp_path / "workspace"), "--json"])
    told = json.loads(capsys.readouterr().out)
    assert told["area"] == "QMA"
    assert told["languages"] == ["fr"]
    assert told["pages"] == 34
    assert told["out"] == str(out)
    main([*arguments, "--workspace", str(tmp_path / "workspace")])
    assert capsys.readouterr().out.strip().endswith(str(out / "index.html"))


# --- what is made again, and what is not --------------------------------------------------------------------------------


def pages_made(built: Built) -> set[str]:
    return {Path(name).stem for name in built.made if name.endswith(".html")}


def test_where_nothing_has_changed_nothing_is_composed(
    sample: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = build(Library(sample), request(), tmp_path / "out")
    monkeypatch.setattr(building, "publication", None)
    second = build(Library(sample), request(), tmp_path / "out")
    assert (second.made, set(second.kept)) == ((), set(first.made))
    assert (second.pages, second.figures, second.size) == (first.pages, first.figures, first.size)


def test_a_file_that_was_removed_is_made_again(sample: Workspace, tmp_path: Path) -> None:
    build(Library(sample), request(), tmp_path / "out")
    (tmp_path / "out/en/deaths.html").unlink()
    assert build(Library(sample), request(), tmp_path / "out").made == ("en/deaths.html",)


@pytest.mark.parametrize("changed", ["program", "day", "actions"])
def test_another_program_day_or_list_of_actions_is_never_answered_with_what_was_there(
    sample: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, changed: str
) -> None:
    def links(word: str) -> Links:
        told = Callout("note", spans(word))
        return Links(actions=lambda objective, area, code: (told,) if objective == 3 else (), state=word)

    first = build(Library(sample), request(links=links("one")), tmp_path / "out")
    after = request(links=links("two" if changed == "actions" else "one"))
    if changed == "program":
        for name in ("made_by", "drawn_by"):
            monkeypatch.setattr(building, name, lambda: "another")
    if changed == "day":
        after = replace(after, today="2026-11-22")
    second = build(Library(sample), after, tmp_path / "out")
    assert pages_made(second) == ({"objective-03"} if changed == "actions" else pages_made(first))
    build(Library(sample), after, tmp_path / "fresh")
    assert contents(tmp_path / "out") == contents(tmp_path / "fresh")


def test_another_language_is_added_and_the_others_follow(sample: Workspace, tmp_path: Path) -> None:
    build(Library(sample), request(), tmp_path / "out")
    build(Library(sample), request(languages=("en", "fr")), tmp_path / "out")
    build(Library(sample), request(languages=("en", "fr")), tmp_path / "fresh")
    assert contents(tmp_path / "out") == contents(tmp_path / "fresh")


def test_a_list_of_pages_follows_the_leads_that_it_shows(sample: Workspace, tmp_path: Path) -> None:
    account = Account(*_found(sample), Words("en"), TODAY, Links())
    made = publication(account, ["en"])
    index = next(page for page in made.pages if any(isinstance(block, Contents) for block in page.blocks))
    parent = next(block.parent for block in index.blocks if isinstance(block, Contents))
    listed = next(page for page in made.pages if page.parent == parent)
    other = next(page for page in made.pages if page.parent != parent and page not in (index, listed))

    def digest_with(page: Page) -> str:
        pages = tuple(replace(each, lead=spans("Another.")) if each == page else each for each in made.pages)
        return building._page_digest(replace(made, pages=pages), index)

    assert digest_with(listed) != building._page_digest(made, index) == digest_with(other)


def _found(workspace: Workspace) -> tuple[Holdings, Findings]:
    holdings = Holdings(Library(workspace), compact.area("QMA"))
    return holdings, Findings(holdings, compact.catalogue(), 2026)


# --- several processes, and one that is killed --------------------------------------------------------------------------

KILLED = """
import os, sys
from pathlib import Path
from opencompact.review import Library, Request, build, placing
from opencompact.statistics import Workspace
from opencompact.statistics.sample import places
places.register()
moment = sys.argv[3]
renamed = Path.rename
def rename(path, target):
    if moment == "swap" and path.name.endswith(".part"): os.kill(os.getpid(), 9)
    return renamed(path, target)
Path.rename = rename
def told(step):
    if moment == "data" == step: os.kill(os.getpid(), 9)
build(Library(Workspace(sys.argv[1])), Request("QMA", "2026-11-22", ("en",), ("site", "data")), Path(sys.argv[2]), progress=told)
"""


@pytest.mark.parametrize("moment", ["data", "swap"])
def test_a_killed_build_leaves_the_review_of_before(sample: Workspace, tmp_path: Path, moment: str) -> None:
    build(Library(sample), request(formats=("site", "data")), tmp_path / "out")
    before = contents(tmp_path / "out")
    command = [sys.executable, "-c", KILLED, str(sample.folder), str(tmp_path / "out"), moment]
    assert subprocess.run(command, check=False).returncode == -9
    held = tmp_path / ("out" if moment == "data" else ".out.old")
    assert contents(held) == before
    again = build(Library(sample), request(formats=("site", "data")), tmp_path / "out")
    assert (again.made, contents(tmp_path / "out")) == ((), before)
    assert [path.name for path in tmp_path.iterdir()] == ["out"]


def test_two_builds_into_one_folder_at_once_both_end_well(sample: Workspace, tmp_path: Path) -> None:
    command = [sys.executable, "-c", KILLED, str(sample.folder), str(tmp_path / "out"), "never"]
    running = [subprocess.Popen(command) for _number in range(2)]
    assert [one.wait() for one in running] == [0, 0]
    built = json.loads((tmp_path / "out/manifest.json").read_text("utf-8"))
    assert built["date"] == "2026-11-22"
    assert all((tmp_path / "out" / name).stat().st_size for name in built["units"])
    build(Library(sample), request(formats=("site", "data"), today="2026-11-22"), tmp_path / "fresh")
    assert contents(tmp_path / "out").keys() == contents(tmp_path / "fresh").keys()
    assert sorted(path.name for path in tmp_path.iterdir()) == ["fresh", "out"]


STATE = """
import sys
from opencompact import compact
from opencompact.review import Library, Request, building
from opencompact.statistics import Workspace
print(building._state(Library(Workspace(sys.argv[1])), Request("QMA", "2026-11-22"), compact.catalogue()))
"""


def test_another_process_sees_that_nothing_has_changed(sample: Workspace) -> None:
    found = {
        subprocess.run(
            [sys.executable, "-c", STATE, str(sample.folder)],
            env=os.environ | {"PYTHONHASHSEED": seed},
            check=True,
            capture_output=True,
            text=True,
        ).stdout
        for seed in ("1", "2", "3")
    }
    assert len(found) == 1
    assert found != {"\n"}


def test_a_site_alone_brings_its_tables_and_names_no_other_format(sample: Workspace, tmp_path: Path) -> None:
    build(Library(sample), request(formats=("site",)), tmp_path / "out")
    assert sorted(path.name for path in (tmp_path / "out" / "data").iterdir() if path.name != "claims") == ["csv"]
    sources = (tmp_path / "out" / "en" / "sources.html").read_text("utf-8")
    assert "data/csv/index.csv" in sources
    assert "observations.parquet" not in sources

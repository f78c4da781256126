"""Reasons that a workspace keeps are recognised again, so that they can be told in another language."""

import re
from pathlib import Path

import polars as pl
import pytest

from opencompact.language import told
from opencompact.statistics.reasons import TEMPLATES, recalled

SOURCES = Path(__file__).parents[2] / "src" / "opencompact" / "statistics"


def test_a_reason_with_a_value_is_told_with_it() -> None:
    reason = recalled("the same as row 1030")
    assert reason == "the same as row 1030"
    assert told(reason, "ru") == "то же, что строка 1030"


def test_a_reason_that_nobody_wrote_stays_the_text_it_is() -> None:
    assert told(recalled("written {by} hand"), "fr") == "written {by} hand"


@pytest.mark.parametrize("template", TEMPLATES)
def test_the_sources_still_write_every_reason(template: str) -> None:
    """The longest run of a template's own words stands in the code or the definitions that give it."""
    longest = max(re.split(r"\{\w+\}", template), key=len).strip(" '()")
    files = [path for kind in ("*.py", "*.toml") for path in SOURCES.rglob(kind) if path.name != "reasons.py"]
    plain = "".join(re.sub(r'"\s*\n\s*f?"', "", path.read_text(encoding="utf-8")) for path in files)
    assert longest[:45] in plain or longest.partition(": ")[0] in plain


def test_the_reasons_of_an_import_are_all_recognised(tmp_path: Path) -> None:
    from opencompact.statistics import Workspace
    from opencompact.statistics.importing import import_folder
    from opencompact.statistics.sample.places import register
    from opencompact.statistics.sample.writing import write_sample

    register()
    write_sample(tmp_path / "files")
    (tmp_path / "files" / "notes.txt").write_text("A text without figures.\n", encoding="utf-8")
    Workspace.create(tmp_path / "ws")
    import_folder(tmp_path / "ws", tmp_path / "files")
    workspace = Workspace(tmp_path / "ws")
    editions = [workspace.set_aside(edition) for edition in workspace.editions()["edition"].unique()]
    reasons = {*workspace.files()["reason"].drop_nulls(), *pl.concat(editions)["reason"].drop_nulls()}
    assert [reason for reason in reasons if reason and recalled(reason).template == "{reason}"] == []

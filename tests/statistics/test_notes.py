"""Notes of observations are told in the reader's language, part by part; a publisher's words stay theirs."""

from pathlib import Path

import pytest
from click.testing import CliRunner

from opencompact.compact import registered_areas
from opencompact.language import told
from opencompact.statistics import Workspace
from opencompact.statistics.importing import import_folder
from opencompact.statistics.notes import OF_ONE, TEMPLATES, recalled
from opencompact.statistics.sample import places
from opencompact.statistics.sample.writing import write_sample


@pytest.mark.parametrize(
    ("note", "french"),
    [
        ("computed: sum over 12 of 15 areas", "calculé\N{NO-BREAK SPACE}: somme de 12 zones sur 15"),
        ("without incidents at sea; to 2026-05-06", "sans les incidents en mer\N{NO-BREAK SPACE}; jusqu’au 2026-05-06"),
        ("type of data: B R", "type de données\N{NO-BREAK SPACE}: B R"),
        ("computed: migrants / population of undesa.wpp@2024-07-11",
         "calculé\N{NO-BREAK SPACE}: migrants / population de undesa.wpp@2024-07-11"),
        ("Births registered", "Births registered"),
        ("to be revised", "to be revised"),
        ("Births registered; estimated", "Births registered\N{NO-BREAK SPACE}; estimé"),
    ],
)  # fmt: skip
def test_each_part_of_a_note_is_told(note: str, french: str) -> None:
    assert recalled(note) == note
    assert told(recalled(note), "fr") == french


@pytest.mark.parametrize("template", OF_ONE)
def test_a_sum_over_one_is_told_as_one(template: str) -> None:
    assert template in TEMPLATES
    note = template.format(n=1, all=15)
    assert "1 " not in recalled(note).replace("15 ", "")
    assert "1" not in told(recalled(note), "ru").replace("15", "")
    assert recalled(template.format(n=2, all=15)) == template.format(n=2, all=15)


@pytest.fixture
def sample(tmp_path: Path) -> Workspace:
    """The sample, imported; its areas are forgotten again, as by a process that begins."""
    write_sample(tmp_path / "files")
    Workspace.create(tmp_path / "ws")
    with registered_areas(places.DEFINITION):
        import_folder(tmp_path / "ws", tmp_path / "files")
    return Workspace(tmp_path / "ws")


def test_every_note_that_an_import_makes_is_known(sample: Workspace) -> None:
    notes = {note for name in sample.indicators() for note in sample.values(name)["note"].drop_nulls()}
    parts = {part for note in notes for part in note.split("; ")}
    assert parts
    assert [part for part in parts if told(recalled(part), "fr") == part] == []


def test_values_show_their_notes_in_the_language_asked_for(sample: Workspace) -> None:
    from opencompact.cli.main import opencompact

    asked = ["--language", "es", "values", "migrants", "--area", "QMA", "--workspace", str(sample.folder)]
    shown = CliRunner().invoke(opencompact, asked, env={"COLUMNS": "300"})
    assert shown.exit_code == 0, shown.output
    assert "sintético: inventado, de un lugar que no existe" in shown.output
    assert "synthetic: made up" not in shown.output


def test_no_template_is_another_one_with_a_value() -> None:
    """The first that fits is taken: none may hide one that stands below it."""
    for place, template in enumerate(TEMPLATES):
        filled = template.format(n=3, all=5, day="2026-05-06", codes="B R", **dict.fromkeys(
            ("part", "whole", "source", "vintage", "mark", "status", "text"), "x"))  # fmt: skip
        assert recalled(filled).template == template, f"{TEMPLATES[place]!r} is taken for {recalled(filled).template!r}"

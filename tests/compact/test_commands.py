"""`opencompact indicators` and `opencompact catalogue` say what there is, as text and as JSON."""

import json
from pathlib import Path

import pytest

from opencompact.cli.main import main
from opencompact.compact import catalogue, read_catalogue
from opencompact.errors import InvalidDataError


def run(capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    main(arguments)
    return capsys.readouterr().out


@pytest.fixture
def workspace(tmp_path: Path) -> str:
    return str(tmp_path / "workspace")


def _list(folder: Path) -> Path:
    rows = [f"made-up.{n},8,{'core' if n < 27 else 'additional'},yes,Made up {n},persons,down" for n in range(110)]
    file = folder / "list.csv"
    file.write_text("\n".join(["id,objectives,tier,official,name_en,unit,direction", *rows]), encoding="utf-8")
    return file


def test_indicators_of_an_objective_are_listed(capsys: pytest.CaptureFixture[str], workspace: str) -> None:
    out = run(capsys, "indicators", "--objective", "8", "--workspace", workspace)
    assert "10.7.3" in out
    assert "official list not loaded" in out
    assert "10.c.1" not in out


def test_indicators_as_json_have_stable_keys(capsys: pytest.CaptureFixture[str], workspace: str) -> None:
    found = json.loads(run(capsys, "indicators", "--tier", "context", "--json", "--workspace", workspace))
    assert found["official_list"]["state"] == "official list not loaded"
    assert found["official_list"]["expected"] == {"core": 27, "additional": 83}
    assert [one["id"] for one in found["indicators"]] == [one.id for one in catalogue().indicators(tier="context")]
    assert list(found["indicators"][0]) == [
        "id", "official_code", "same_as", "objectives", "tier", "official", "name", "official_names", "short", "unit",
        "direction", "targets", "disaggregations", "sources", "computation", "questions", "citations",
    ]  # fmt: skip


def test_the_state_changes_when_the_list_is_loaded(
    capsys: pytest.CaptureFixture[str], workspace: str, tmp_path: Path
) -> None:
    assert "official list not loaded" in run(capsys, "catalogue", "--workspace", workspace)
    run(capsys, "catalogue", "load", str(_list(tmp_path)), "--workspace", workspace)
    state = json.loads(run(capsys, "catalogue", "list", "--workspace", workspace, "--json"))
    assert (state["loaded"], state["core"], state["additional"], state["file"]) == (True, 27, 83, "list.csv")
    assert state["by_objective"]["8"]["core"] == 27
    listed = json.loads(run(capsys, "indicators", "--tier", "core", "--workspace", workspace, "--json"))
    assert len(listed["indicators"]) == 27


def test_faults_of_a_list_are_all_printed_and_the_exit_code_tells_the_kind(
    capsys: pytest.CaptureFixture[str], workspace: str, tmp_path: Path
) -> None:
    bad = tmp_path / "bad.csv"
    bad.write_text("id,objectives,tier,official,name_en,unit,direction\nx.one,30,core,yes,X,bushels,up\n")
    with pytest.raises(SystemExit) as stopped:
        main(["catalogue", "load", str(bad), "--workspace", workspace])
    assert stopped.value.code == InvalidDataError.exit_code
    said = capsys.readouterr().err
    assert "row 2, column objectives" in said
    assert "row 2, column unit" in said
    assert not Path(workspace).exists()


def test_one_indicator_is_shown_whole(capsys: pytest.CaptureFixture[str], workspace: str) -> None:
    found = json.loads(run(capsys, "catalogue", "show", "10.c.1", "--workspace", workspace, "--json"))
    assert found["targets"][0]["citations"][0] == "A/RES/73/195, annex, ¶36(a)"
    assert "Remittance costs" in run(capsys, "catalogue", "show", "10.c.1", "--workspace", workspace)


@pytest.mark.parametrize("kind", ["toml", "csv"])
def test_the_template_is_a_catalogue(capsys: pytest.CaptureFixture[str], tmp_path: Path, kind: str) -> None:
    file = tmp_path / f"mine.{kind}"
    file.write_text(run(capsys, "catalogue", "template", "--format", kind), encoding="utf-8")
    assert [one.id for one in read_catalogue(file).indicators] == ["my.language-courses"]

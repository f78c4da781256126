"""What actions name and cite, what rows lack, and reports that were taken back: in files, without a service."""

from __future__ import annotations

import datetime
import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from opencompact import actions
from opencompact.actions.checking import check_file
from opencompact.actions.references import nearest
from opencompact.cli.main import opencompact

TODAY = datetime.date(2026, 11, 21)
HEAD = "kind,id,title,language,by,areas,stakeholder,objectives,plan,responsible,priority,description,form,mode\n"
SENTENCE = "A sentence that says enough about what will be done for whom and with what."
PLAN = f"plan,the-plan,A plan,en,Ministry,KEN,state,8,,,,{SENTENCE},,\n"
ACTIVITY = f"activity,one,An activity,en,Ministry,KEN,state,8,the-plan,Ministry,First,{SENTENCE},,\n"
LACKING = "pledge,lack,A pledge,en,Ministry,KEN,state,8,,,,Short,process,individual\n"


def _file(folder: Path, *rows: str) -> Path:
    path = folder / "actions.csv"
    path.write_text("".join([HEAD, *rows]), "utf-8")
    return path


def test_a_row_may_name_one_further_down_and_what_is_elsewhere_is_told_and_no_fault(tmp_path: Path) -> None:
    found = check_file(_file(tmp_path, ACTIVITY, PLAN, ACTIVITY.replace("one", "two").replace("the-plan", "other")))
    assert (found.rows, found.sound, found.faults, found.elsewhere) == (3, 3, [], ["other"])


def test_a_row_of_another_kind_is_no_plan(tmp_path: Path) -> None:
    found = check_file(_file(tmp_path, ACTIVITY, PLAN.replace("plan,", "request,", 1)))
    assert [(fault.place.row, fault.place.column, fault.value) for fault in found.faults] == [(2, "plan", "the-plan")]
    assert found.sound == 1


def test_rows_that_lack_something_are_told_and_the_exit_code_stays(tmp_path: Path) -> None:
    result = CliRunner().invoke(opencompact, ["actions", "check", str(_file(tmp_path, PLAN, LACKING)), "--json"])
    told = json.loads(result.output)
    assert (result.exit_code, told["sound"], told["faults"]) == (0, 2, [])
    assert [(lack["row"], lack["column"]) for lack in told["incomplete"]] == [(3, "description")]
    said = CliRunner().invoke(opencompact, ["actions", "check", str(_file(tmp_path, PLAN, LACKING))])
    assert "row 3, column description: Asked for and missing, or too short" in said.output


@pytest.mark.parametrize(
    ("place", "near"), [("9999", "12"), ("11", "12"), ("2.c", "annex.2.c"), ("3.z", "3"), ("annex.3", "3"), ("summary", "summary.1")]
)  # fmt: skip
def test_the_nearest_paragraph(place: str, near: str) -> None:
    assert nearest(place, ["1", "2", "3", "12", "annex.2.c", "summary.1"]) == near


# --- reports taken back -----------------------------------------------------------------------------------------------

FALSE = actions.Update(datetime.date(2025, 3, 1), "done", "All births are registered", "figure", "100 % of births")
PLEDGE = actions.Pledge(id="a", title="A pledge", language="en", objectives=(4,), progress=(FALSE,))
BACK = actions.taken_back(PLEDGE, FALSE, datetime.date(2025, 4, 1), "Of another year | and\nof another place")


def test_what_was_taken_back_counts_for_nothing_and_stays() -> None:
    assert actions.standing(PLEDGE, TODAY).state == "evidenced"
    stands = actions.standing(BACK, TODAY)
    assert (stands.state, stands.last) == ("promised", None)
    assert BACK.progress[0].as_reported == FALSE
    again = actions.updated(BACK, actions.Update(datetime.date(2025, 5, 1), "done", "Now they are"))
    assert actions.standing(again, TODAY).state == "done", "its evidence went with it"


def test_it_goes_through_files_as_it_is(tmp_path: Path) -> None:
    assert actions.from_json(actions.to_json(BACK)) == BACK
    for name, content in (("a.csv", actions.csv_lines([BACK])), ("a.json", actions.json_lines([BACK]))):
        (tmp_path / name).write_text("".join(content), "utf-8")
    (tmp_path / "a.xlsx").write_bytes(actions.workbook("pledge", [BACK]))
    for name in ("a.csv", "a.json", "a.xlsx"):
        entry = next(actions.read_actions(tmp_path / name))
        assert entry.action == BACK, (name, entry.faults)


@pytest.mark.parametrize(
    ("end", "problem"),
    [
        ("2025-04-01", "on a day and for a reason"),
        ("| It was wrong", "on a day and for a reason"),
        ("2025-02-01 | It was wrong", "before it was made"),
        ("2199-01-01 | It was wrong", "not come yet"),
        ("nonsense | It was wrong", ""),
    ],
)
def test_a_report_is_taken_back_on_a_day_and_for_a_reason(tmp_path: Path, end: str, problem: str) -> None:
    path = tmp_path / "a.csv"
    path.write_text(
        f"kind,title,language,objectives,progress\npledge,A pledge,en,8,2025-03-01 | done | x | | | {end}\n"
    )
    (fault,) = next(actions.read_actions(path)).faults
    assert fault.place.column == "progress"
    assert problem in fault.problem

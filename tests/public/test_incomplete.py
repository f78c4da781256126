"""What lacks something that is asked for is never public: a row of a file stays a draft, and it is said what it lacks."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

HEAD = "id,kind,title,language,by,stakeholder,areas,objectives,description,form,mode"
SENTENCE = "A sentence that says enough about what will be done for whom and with what."
WHOLE = f"whole-1,pledge,Complete pledge,en,Ministry,state,QMA,1,{SENTENCE},process,individual"
LACKING = "inc-1,pledge,Incomplete pledge,en,Ministry,state,QMA,1,Too short,,individual"
MENDED = f"inc-1,pledge,Incomplete pledge,en,Ministry,state,QMA,1,{SENTENCE},process,individual"


@pytest.fixture
def load(db: None, tmp_path: Path) -> Any:
    """Imports such rows as somebody: an editor, a focal point (with areas), or the service at its start."""
    from opencompact.public.importing import import_file

    def load(*rows: str, by: str = "editor@example.org", **more: Any) -> Any:
        path = tmp_path / "pledges.csv"
        path.write_text("\n".join([HEAD, *rows, ""]), "utf-8")
        return import_file(path=path, by=by, practices="submitted", **more)

    return load


def _record(identifier: str = "inc-1") -> Any:
    from opencompact.public.models import Record

    return Record.objects.get(identifier=identifier)


@pytest.mark.parametrize(
    ("more", "stage"),
    [
        ({}, "published"),
        ({"by": "opencompact serve", "believed": True}, "published"),
        ({"areas": frozenset({"QMA"}), "stage": "submitted"}, "submitted"),
    ],
)
def test_an_incomplete_row_stays_a_draft_and_is_named_with_what_it_lacks(
    load: Any, more: dict[str, Any], stage: str
) -> None:
    result = load(WHOLE, LACKING, **more)
    assert (result.new, result.drafts, result.done) == (2, 1, True)
    assert (_record("whole-1").stage, _record().stage, _record().public_from) == (stage, "draft", None)
    lack = result.incomplete[0]
    assert (lack.place.row, lack.place.column) == (3, "description")
    assert "What will be done, or was done and Form" in lack.problem
    assert lack.remedy
    # Read again as it is, it is told again.
    assert load(WHOLE, LACKING, **more).drafts == 1
    # Once a file completes it, it begins as what is new does.
    mended = load(WHOLE, MENDED, **more)
    assert (mended.changed, mended.drafts) == (1, 0)
    after = _record()
    assert (after.stage, after.public_from) == (stage, 2 if stage == "published" else None)


def test_the_page_of_an_import_names_the_rows(signed_in: Any) -> None:
    from django.core.files.uploadedfile import SimpleUploadedFile

    content = "\n".join([HEAD, LACKING, ""]).encode()
    page = signed_in("editor").post("/en/desk/import/", {"file": SimpleUploadedFile("a.csv", content)}).content.decode()
    assert "1 row lacks something and is kept as a draft" in page
    assert "row 2, column description" in page


def test_a_draft_that_somebody_wrote_is_not_published_by_a_file(load: Any, person: Any) -> None:
    from opencompact import actions
    from opencompact.public import writing

    draft = actions.Pledge(id="inc-1", title="Incomplete pledge", language="en", objectives=(1,), areas=("QMA",))
    writing.create(by=person("editor"), action=draft)
    assert load(MENDED).changed == 1
    assert _record().stage == "draft"


def test_what_somebody_wrote_into_a_draft_is_not_published_by_the_next_start(load: Any, person: Any) -> None:
    from dataclasses import replace

    from opencompact.public import writing

    start = {"by": "opencompact serve", "believed": True}
    load(LACKING, **start)
    record = _record()
    written = replace(record.action, description=SENTENCE, form="process")
    writing.save(by=person("contributor"), record=record, action=written, expected=1)
    again = load(LACKING.replace("Incomplete", "Renamed"), **start)
    assert (again.changed, again.drafts, _record().title, _record().stage) == (1, 0, "Renamed pledge", "draft")


def test_what_was_given_back_is_not_submitted_by_a_file(load: Any, person: Any) -> None:
    from opencompact.public import writing

    focal = {"areas": frozenset({"QMA"}), "stage": "submitted"}
    load(MENDED, **focal)
    writing.give_back(by=person("editor"), record=_record(), reason="Say with what.")
    assert load(MENDED.replace("Incomplete", "Mended"), **focal).changed == 1
    assert _record().stage == "draft"


def test_what_is_public_is_made_no_less_complete(load: Any, person: Any) -> None:
    from dataclasses import replace

    from opencompact.public import writing

    load(MENDED)
    result = load(LACKING)
    assert [(fault.place.row, fault.place.column) for fault in result.faults] == [(2, "description")]
    record = _record()
    with pytest.raises(writing.NotReady, match="would lack") as refused:
        writing.save(by=person("editor"), record=record, action=replace(record.action, form=""), expected=1, reason="Mistake")  # fmt: skip
    assert refused.value.place.column == "form"
    assert _record().version == 1


def test_a_sentence_of_chinese_signs_is_no_draft(load: Any) -> None:
    result = load(
        "zh-1,pledge,海上救援,zh,卫生部,state,QMA,8,我们将派船救人，并为获救者提供医疗和庇护所，全年不断。,process,individual"
    )
    assert (result.new, result.drafts) == (1, 0)
    assert load("zh-2,pledge,海上救援,zh,卫生部,state,QMA,8,派船救人。,process,individual").drafts == 1


def test_a_form_tells_what_is_short_in_signs_where_signs_were_written(signed_in: Any) -> None:
    from opencompact import actions
    from opencompact.public import writing

    author = signed_in("contributor")
    pledge = actions.Pledge(
        id="zh-3", title="海上救援", language="zh", by="卫生部", stakeholder="state", areas=("QMA",), objectives=(8,),
        description="我们将派船救人。", form="process", mode="individual",
    )  # fmt: skip
    writing.create(by=author.person, action=pledge)
    page = author.post("/en/desk/actions/zh-3/submit/", follow=True).content.decode()
    assert "It has 8 of at least 16 characters." in page
    assert "At least 40 letters, or 16 Chinese characters." in page


def test_what_names_no_objective_says_which_paragraph_it_answers() -> None:
    from opencompact import actions

    statement = actions.Statement(id="a", title="A statement", language="en")
    assert "provisions" in {field.name for field in actions.lacking(statement)}
    for told in ({"objectives": (8,)}, {"provisions": ("A/79/590#87",)}):
        answering = actions.Statement(id="a", title="A statement", language="en", **told)
        assert "provisions" not in {field.name for field in actions.lacking(answering)}

"""Progress that means something: stages, evidence, overdue, stale, without a measure; plans; matches; what a review says."""

import datetime
from dataclasses import replace

from opencompact import actions
from opencompact.actions.model import Milestone, Offer, Pledge, Request, Update
from opencompact.look.blocks import Callout, Paragraph, Table

TODAY = datetime.date(2026, 11, 21)
PLEDGE = Pledge(
    id="a", title="A pledge", language="en", objectives=(8,), areas=("QMA",), starts=datetime.date(2026, 1, 1)
)


def days(n: int) -> datetime.date:
    return TODAY + datetime.timedelta(days=n)


def test_a_pledge_without_a_word_is_promised() -> None:
    assert actions.standing(PLEDGE, TODAY).state == "promised"


def test_done_is_evidenced_only_with_evidence_of_being_done() -> None:
    started = Update(days(-90), "under-way", "Begun.", "document", "https://example.org")
    done = actions.updated(actions.updated(PLEDGE, started), Update(days(-3), "done", "It is done."))
    assert actions.standing(done, TODAY).state == "done"
    shown = actions.updated(done, Update(days(-1), "done", "Here it is.", "figure", "90 of 90"))
    assert actions.standing(shown, TODAY).state == "evidenced"


def test_a_report_from_tomorrow_does_not_count_yet() -> None:
    assert actions.standing(actions.updated(PLEDGE, Update(days(1), "done", "")), TODAY).state == "promised"


def test_overdue_begins_the_day_after_and_ends_when_done() -> None:
    assert not actions.standing(replace(PLEDGE, due=TODAY), TODAY).overdue
    late = replace(PLEDGE, due=days(-1))
    assert actions.standing(late, TODAY).overdue
    assert not actions.standing(actions.updated(late, Update(TODAY, "done", "")), TODAY).overdue


def test_a_year_without_a_report_is_stale() -> None:
    begun = replace(PLEDGE, starts=days(-900))
    told = replace(begun, progress=(Update(days(-366), "under-way", ""),))
    assert actions.standing(told, TODAY).stale
    assert not actions.standing(replace(begun, progress=(Update(days(-365), "under-way", ""),)), TODAY).stale


def test_what_has_not_begun_is_not_a_year_without_a_report() -> None:
    assert not actions.standing(replace(PLEDGE, starts=None), TODAY).stale
    assert actions.standing(replace(PLEDGE, starts=days(-366)), TODAY).stale


def test_a_measure_is_an_indicator_or_a_target_that_counts_something() -> None:
    assert not actions.standing(PLEDGE, TODAY).measured
    assert not actions.standing(replace(PLEDGE, target=90.0), TODAY).measured
    assert actions.standing(replace(PLEDGE, target=90.0, measure="Births registered"), TODAY).measured
    assert actions.standing(replace(PLEDGE, indicator="16.9.1"), TODAY).measured


def test_late_milestones_are_named() -> None:
    steps = (Milestone(days(-10), "First", days(-12)), Milestone(days(-5), "Second"), Milestone(days(5), "Third"))
    assert [m.text for m in actions.standing(replace(PLEDGE, milestones=steps), TODAY).late] == ["Second"]


def test_states_add_up_to_all(sample: tuple[actions.Action, ...]) -> None:
    tally = actions.tally(sample, TODAY)
    assert tally.total == len(sample)
    assert tally.states["evidenced"] > 0
    assert tally.overdue > 0


def test_a_plan_is_put_together_by_objective_and_priority(sample: tuple[actions.Action, ...]) -> None:
    plan = next(a for a in sample if isinstance(a, actions.Plan))
    whole = actions.assemble(plan, [a for a in sample if isinstance(a, actions.Activity)], TODAY)
    assert list(whole.objectives) == [1, 8, 20]
    assert whole.objectives[1][0].name == "Know before deciding"
    assert whole.objectives[1][0].budgets == {"USD": 2_400_000}
    assert whole.tally.total == 3


def test_an_offer_fits_by_objective_support_and_area() -> None:
    request = Request(id="r", title="Help", language="en", by="A", objectives=(1,), areas=("KEN",), support=("data",))
    here = Offer(
        id="o1", title="Give", language="en", by="B", objectives=(1, 2), areas=("002",), support=("data", "training")
    )
    elsewhere = replace(here, id="o2", areas=("MEX",))
    other = replace(here, id="o3", support=("funding",))
    anywhere = replace(here, id="o4", areas=())
    own = replace(here, id="o5", by="A")
    found = actions.matches([request], [elsewhere, other, anywhere, here, own])
    assert [(m.offer.id, m.areas, m.support, m.objectives) for m in found] == [
        ("o1", ("KEN",), ("data",), (1,)),
        ("o4", ("KEN",), ("data",), (1,)),
    ]


def test_what_an_action_lacks_before_it_is_submitted() -> None:
    names = {field.name for field in actions.lacking(PLEDGE)}
    assert {"by", "stakeholder", "description", "form", "mode"} <= names
    assert "areas" not in names


def test_changes_name_the_fields_that_differ() -> None:
    assert actions.changes(PLEDGE, replace(PLEDGE, title="Other", due=TODAY)) == ("title", "due")
    assert "objectives" in actions.changes(None, PLEDGE)


def test_a_review_tells_the_actions_of_an_objective(sample: tuple[actions.Action, ...]) -> None:
    told = actions.Told(sample, TODAY)
    for language in ("en", "ar", "zh"):
        blocks = told.objective(15, "QMA", language)
        (table,) = (block for block in blocks if isinstance(block, Table))
        assert len(table.rows) == 4
        assert any(isinstance(block, Callout) for block in blocks)
    assert told.objective(15, "KEN", "en") == ()


def test_what_is_counted_is_told_with_the_signs_of_the_language() -> None:
    from opencompact.actions.for_review import summary

    request = Request(id="b", title="A request", language="en", objectives=(8,), areas=("QMA",))
    told = {code: summary([PLEDGE, request], TODAY, code) for code in ("en", "fr", "zh", "ar")}
    assert "(Promised: 1)" in told["en"]
    assert "\N{NO-BREAK SPACE}: 1" in told["fr"]
    assert not set(": ;,.") & set(told["zh"].replace(" 1 项", "")), told["zh"]
    assert not set(";,?") & set(told["ar"]), told["ar"]


def test_a_review_says_which_recommendations_nobody_reports_on(sample: tuple[actions.Action, ...]) -> None:
    blocks = actions.Told(sample, TODAY).recommendations("QMA", "en")
    (table,) = (block for block in blocks if isinstance(block, Table))
    assert len(table.rows) == 26
    assert sum(getattr(row[1], "absence", "") == "not-collected" for row in table.rows) == 23


def test_a_review_is_written_anew_when_an_action_changes(sample: tuple[actions.Action, ...]) -> None:
    before = actions.Told(sample, TODAY).state
    assert before == actions.Told(sample, TODAY).state
    assert before != actions.Told((replace(sample[0], title="Another"), *sample[1:]), TODAY).state


def test_no_indicator_but_one_of_the_catalogue_is_a_measure() -> None:
    assert not actions.standing(replace(PLEDGE, indicator="99.99.99"), TODAY).measured
    assert actions.standing(replace(PLEDGE, indicator="10.c.1"), TODAY).measured


def test_done_after_it_was_due_is_told_with_the_day_on_which_it_was_first_reported_done() -> None:
    promise = replace(PLEDGE, due=days(-100))
    done = (Update(days(-50), "done", ""), Update(days(-10), "done", "", "figure", "90 of 90"))
    assert actions.done_late(replace(promise, progress=done), TODAY) == days(-50)
    again = (Update(days(-150), "done", ""), Update(days(-120), "under-way", ""), Update(days(-20), "done", ""))
    assert actions.done_late(replace(promise, progress=again), TODAY) == days(-20)
    in_time = (Update(days(-150), "done", ""), Update(days(-10), "done", "", "figure", "90 of 90"))
    assert actions.done_late(replace(promise, progress=in_time), TODAY) is None
    assert actions.done_late(promise, TODAY) is None
    assert actions.done_late(replace(promise, due=None, progress=done), TODAY) is None


def test_a_review_counts_what_the_service_counts(sample: tuple[actions.Action, ...]) -> None:
    mine = [a for a in sample if 8 in a.objectives and "QMA" in a.areas and a.kind not in ("review", "statement")]
    counted = actions.tally(mine, TODAY)
    assert any(a.kind == "follow-up" for a in mine)
    told = actions.Told(sample, TODAY).objective(8, "QMA", "en")
    (table,) = (block for block in told if isinstance(block, Table))
    assert len(table.rows) == counted.total
    words = " ".join(span.text for block in told if isinstance(block, Paragraph) for span in block.spans)
    assert f"{counted.committed} commitments are on record" in words

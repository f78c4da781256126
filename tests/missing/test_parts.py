"""Parts of the body that are gone on one side and there on the other: limbs, and organs that were taken out."""

from __future__ import annotations

import datetime
import math

import numpy as np
import pytest

from opencompact.missing.candidates import Register
from opencompact.missing.candidates.comparing import Comparison
from opencompact.missing.candidates.explaining import reason_of
from opencompact.missing.evidence.compare import Setting
from opencompact.missing.evidence.concepts import parts_told, separately
from opencompact.missing.evidence.marks import compare_marks
from opencompact.missing.evidence.parameters import defaults
from opencompact.missing.records.record import Mark, Record

TODAY = datetime.date(2024, 1, 1)
SETTINGS = defaults()["marks"]


def _told(before: str, after: str) -> float:
    """ln LR of medical findings of a person sought and of remains."""
    told = compare_marks(Record("a", "sought", medical=(before,)), Record("b", "remains", medical=(after,)))
    return 0.0 if told is None else told.ln_likelihood_ratio


@pytest.mark.parametrize(
    ("said", "gone", "there"),
    [
        ("appendix removed", {("appendix", "")}, set()),
        ("gallbladder was taken out in 2015", {("gallbladder", "")}, set()),
        ("vésicule biliaire enlevée", {("gallbladder", "")}, set()),
        ("extirparon la vesícula", {("gallbladder", "")}, set()),
        ("желчный пузырь удалён", {("gallbladder", "")}, set()),
        ("تم استئصال المرارة", {("gallbladder", "")}, set()),
        ("胆囊切除", {("gallbladder", "")}, set()),
        ("no appendix", {("appendix", "")}, set()),
        ("appendectomy scar", {("appendix", "")}, set()),
        ("the appendix was not removed", set(), {("appendix", "")}),
        ("appendix present", set(), {("appendix", "")}),
        ("阑尾完好", set(), {("appendix", "")}),
        ("left kidney removed, right kidney present", {("kidney", "left")}, {("kidney", "right")}),
        ("no left leg", {("leg", "left")}, set()),
        ("missing finger left hand", {("finger", "left")}, set()),
        ("both feet present", set(), {("foot", "")}),
        ("целы обе ноги", set(), {("leg", "")}),
        ("no pain in the kidneys", set(), set()),
        ("shrapnel removed from leg", set(), set()),
        ("scar on the left leg", set(), set()),
    ],
)
def test_what_is_said_to_be_gone_and_to_be_there(said: str, gone: set, there: set) -> None:
    assert parts_told(said) == (gone, there)


def test_that_a_part_is_there_is_no_mark_and_an_operation_is_one_in_every_language() -> None:
    assert separately("both feet present; appendix intact; two kidneys normal") == ()
    for said in ("cholecystectomy", "vésicule biliaire enlevée", "胆囊切除", "gall bladder removed in 2010"):
        assert separately(said) == (frozenset(("cholecystectomy",)),)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("appendix removed", "appendix present"),
        ("胆囊切除", "vésicule en place"),
        ("hysterectomy", "матка на месте"),
        ("no left leg", "both feet present"),
        ("amputation right foot", "all limbs present"),
        ("lost a hand", "both hands present"),
        ("left kidney removed", "left kidney present"),
    ],
)
def test_what_was_gone_does_not_come_back(before: str, after: str) -> None:
    assert _told(before, after) == pytest.approx(math.log(SETTINGS["regained"]))
    assert _told(after, before) == pytest.approx(math.log(SETTINGS["lost_since"]))


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("left kidney removed", "right kidney present"),
        ("lost a hand", "left hand present"),
        ("no left foot", "left leg intact"),
        ("appendix removed", "gallbladder present"),
        ("appendix present", "appendix intact"),
    ],
)
def test_what_may_both_be_so_says_nothing(before: str, after: str) -> None:
    assert _told(before, after) == 0


def test_other_marks_are_compared_besides_and_the_reason_names_the_part() -> None:
    rose = Mark("tattoo", "rose left arm")
    sought = Record("a", "sought", marks=(rose,), medical=("appendix removed",))
    found = Record("b", "remains", marks=(rose,), medical=("appendix present",))
    told = compare_marks(sought, found)
    alone = compare_marks(Record("a", "sought", marks=(rose,)), Record("b", "remains", marks=(rose,)))
    assert told is not None
    assert alone is not None
    assert told.ln_likelihood_ratio < alone.ln_likelihood_ratio + math.log(SETTINGS["regained"]) + 1e-9
    assert reason_of(told, "en").endswith(
        "One says that a part of the body is missing, the other that it is there: vermiform appendix."
    )
    assert "阑尾" in reason_of(told, "zh")


def test_the_fast_parts_are_those_of_the_ledger() -> None:
    said = [
        "appendix removed",
        "appendix present",
        "no left leg",
        "both feet present",
        "lost a hand",
        "hands normal",
        "scar",
        "",
    ]
    first, second = (
        [Record(f"{kind}{n}", kind, medical=tuple(filter(None, [text]))) for n, text in enumerate(said)]
        for kind in ("sought", "remains")
    )
    rows, columns = (side.ravel().astype(np.int32) for side in np.indices((len(said), len(said))))
    fast = Comparison(Register(first, TODAY), Register(second, TODAY), Setting(TODAY)).fields["marks"](rows, columns)
    assert np.count_nonzero(fast < -0.5) >= 6
    np.testing.assert_allclose(fast, [_told(said[a], said[b]) for a, b in zip(rows, columns, strict=True)], atol=1e-6)

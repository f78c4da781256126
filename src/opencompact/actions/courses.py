"""What may become of an action, by its kind: a promise is kept, a request is met, a law is in force, a practice is shared.

Only what somebody committed to can be promised, under way, done and evidenced (A/RES/76/266, annex, ¶73, 77;
A/79/590, ¶74, 83, 89). A practice is experience that is shared (¶73), an instrument is law or policy (¶13), support is
asked for and offered (¶71, 83), a review is held (¶75, 86).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from opencompact.language import N_

State = Literal[
    "promised", "under-way", "done", "evidenced", "stopped",
    "shared",
    "proposed", "adopted", "in-force", "ended", "unstated",
    "open", "met", "withdrawn",
    "planned", "held", "made",
]  # fmt: skip


@dataclass(frozen=True)
class Course:
    """The states that actions of some kinds go through, in their order, with labels for the catalogues."""

    code: str
    label: str
    kinds: tuple[str, ...]
    states: tuple[tuple[State, str], ...]


COMMITMENTS = Course(
    "commitments",
    N_("Commitments"),
    ("pledge", "plan", "activity", "programme", "follow-up"),
    (
        ("promised", N_("Promised")),
        ("under-way", N_("Under way")),
        ("done", N_("Done, without evidence")),
        ("evidenced", N_("Done, with evidence")),
        ("stopped", N_("Stopped")),
    ),
)
EXPERIENCE = Course("experience", N_("Experience"), ("practice",), (("shared", N_("Shared")),))
LAW = Course(
    "law",
    N_("Law and policy"),
    ("instrument",),
    (
        ("proposed", N_("Proposed")),
        ("adopted", N_("Adopted")),
        ("in-force", N_("In force")),
        ("ended", N_("No longer in force")),
        ("unstated", N_("Adoption not stated")),
    ),
)
SUPPORT = Course(
    "support",
    N_("Support"),
    ("request", "offer"),
    (("open", N_("Open")), ("met", N_("Met or taken up")), ("withdrawn", N_("Withdrawn"))),
)
MEETINGS = Course(
    "meetings",
    N_("Reviews and statements"),
    ("review", "statement"),
    (("planned", N_("Planned")), ("held", N_("Held")), ("made", N_("Made"))),
)
COURSES = (COMMITMENTS, EXPERIENCE, LAW, SUPPORT, MEETINGS)
STATES: tuple[tuple[State, str], ...] = tuple(entry for course in COURSES for entry in course.states)
#: What can be overdue: a commitment that has an end and is not at it.
RUNNING: tuple[State, ...] = ("promised", "under-way")
#: What somebody should report on at least once a year: such commitments, and support that is asked for or offered still.
AWAITED: tuple[State, ...] = (*RUNNING, "open")


def course_of(kind: str) -> Course:
    """The course of a kind of action."""
    return next(course for course in COURSES if kind in course.kinds)


# The stages of a report, as they read for kinds that are no commitments; the codes stay the same in every file.
_STAGES: dict[str, dict[str, str]] = {
    "practice": {"promised": N_("Prepared"), "under-way": N_("Applied"), "done": N_("Completed"), "stopped": N_("Given up")},
    "instrument": {"promised": N_("Proposed"), "under-way": N_("Being prepared or applied"), "done": N_("Adopted"), "stopped": N_("No longer in force")},
    "request": {"promised": N_("Open"), "under-way": N_("Open, in hand"), "done": N_("Met"), "stopped": N_("Withdrawn")},
    "offer": {"promised": N_("Open"), "under-way": N_("Open, in hand"), "done": N_("Taken up"), "stopped": N_("Withdrawn")},
    "review": {"promised": N_("Planned"), "under-way": N_("Prepared"), "done": N_("Held"), "stopped": N_("Called off")},
}  # fmt: skip
_COMMITTED = {"promised": N_("Promised"), "under-way": N_("Under way"), "done": N_("Done"), "stopped": N_("Stopped")}


def stage_label(kind: str, stage: str) -> str:
    """What a stage of a report is called for a kind of action; a stage that is unknown stands for itself."""
    return _STAGES.get(kind, _COMMITTED).get(stage, stage)

"""What is done under the Compact: eleven kinds of action, as values that do not change.

Pledge       a commitment that was made, to be measured          A/RES/76/266, annex, ¶73, 77; A/79/590, ¶74
Practice     something that worked and may be repeated           A/79/590, ¶73
Plan         a national implementation plan                      A/79/590, ¶71, 83
Activity     one activity of a plan, under a priority            A/79/590, ¶71, 83
Programme    a joint programme of a fund                         A/79/590, ¶72, 84
Instrument   a law, policy or agreement                          A/79/590, ¶13
FollowUp     what was done on a recommendation                   A/79/590, ¶89 and annex
Request      a request for support                               A/79/590, ¶71, 83
Offer        an offer of support                                 A/79/590, ¶71, 83
"""

# `of` is dataclasses.field with what a form, a column and a check need: its call in a default is the declaration itself.
# ruff: noqa: RUF009

from __future__ import annotations

import datetime
from dataclasses import dataclass, replace
from typing import ClassVar

from opencompact.actions import words
from opencompact.actions.fields import LONG, of
from opencompact.language import N_


@dataclass(frozen=True)
class Milestone:
    """A step on the way: what, until when, and when it was reached."""

    due: datetime.date
    text: str
    reached: datetime.date | None = None


@dataclass(frozen=True)
class Update:
    """What was reported on a day: the stage, in words, and the evidence with where it can be looked at.

    One that proved false is taken back, on a day and for a reason: it stays on record and counts for nothing.
    """

    day: datetime.date
    stage: str
    text: str
    evidence: str = ""
    reference: str = ""
    taken_back: datetime.date | None = None
    because: str = ""

    @property
    def as_reported(self) -> Update:
        """The report as it was made, whatever became of it."""
        return replace(self, taken_back=None, because="")


@dataclass(frozen=True)
class Passage:
    """A passage of a law or policy, by reference: the article, and in a few words what it provides."""

    reference: str
    text: str


@dataclass(frozen=True)
class Action:
    """What all kinds share. `id` is its address for good; texts are in `language`, as they were given."""

    kind: ClassVar[str] = ""
    label: ClassVar[str] = ""
    plural: ClassVar[str] = ""

    id: str
    title: str = of("line", N_("Title"), N_("What it is, in one line."), needed=True, minimum=5)
    language: str = of("language", N_("Language of the text"), needed=True)
    by: str = of("line", N_("Who"), N_("The ministry, city or organization that answers for it."), asked=True)
    stakeholder: str = of("speaker", N_("Kind of stakeholder"), asked=True)
    partners: tuple[str, ...] = of("lines", N_("Partners"), N_("One a line."))
    areas: tuple[str, ...] = of(
        "areas", N_("Countries or areas"), N_("Codes such as KEN, or names; 001 is the world."), asked=True
    )
    objectives: tuple[int, ...] = of("objectives", N_("Objectives"), N_("One or more of the 23."), needed=True)
    letters: tuple[str, ...] = of("letters", N_("Actions of the Compact"), N_("Such as 8e."))
    principles: tuple[int, ...] = of("principles", N_("Guiding principles"))
    provisions: tuple[str, ...] = of("provisions", N_("Paragraphs it answers"), N_("Such as A/79/590 ¶89, one a line."))
    description: str = of("text", N_("What will be done, or was done"), maximum=LONG, minimum=40, asked=True)
    indicator: str = of("indicator", N_("Indicator that would show it worked"), N_("Its code, such as 10.c.1."))
    starts: datetime.date | None = of("day", N_("Starts"))
    due: datetime.date | None = of("day", N_("Due"))
    progress: tuple[Update, ...] = of(
        "updates", N_("Progress"), N_("Day | stage | what was done | evidence | where it is; one a line.")
    )
    links: tuple[str, ...] = of("lines", N_("Links"), N_("Addresses that begin with https://, one a line."))
    contact: str = of("line", N_("Contact"), N_("Seen by staff only; never exported."), private=True)

    @property
    def reports(self) -> tuple[Update, ...]:
        """The reports of progress that stand: none that was taken back."""
        return tuple(update for update in self.progress if update.taken_back is None)


@dataclass(frozen=True)
class Pledge(Action):
    """A commitment, with what it takes to tell whether it was kept: baseline, target, unit, milestones, due date."""

    kind: ClassVar[str] = "pledge"
    label: ClassVar[str] = N_("Pledge")
    plural: ClassVar[str] = N_("Pledges")

    form: str = of("choice", N_("Form"), choices=words.FORMS, asked=True)
    mode: str = of("choice", N_("Mode"), choices=words.MODES, asked=True)
    matched: str = of("line", N_("Matches the pledge"), N_("The identifier of the pledge that this one matches."), names="pledge")  # fmt: skip
    initiative: str = of("choice", N_("Made at"), choices=words.INITIATIVES)
    compacts: tuple[str, ...] = of("choices", N_("Compacts it answers"), choices=words.COMPACTS)
    measure: str = of("line", N_("What is counted"))
    baseline: float | None = of("number", N_("Baseline"))
    target: float | None = of("number", N_("Target"))
    unit: str = of("line", N_("Unit"), maximum=60)
    milestones: tuple[Milestone, ...] = of(
        "milestones", N_("Milestones"), N_("Due day | what | day reached; one a line.")
    )


@dataclass(frozen=True)
class Practice(Action):
    """Something that worked: context, aim, activities, those it was for, results, lessons, how to repeat it."""

    kind: ClassVar[str] = "practice"
    label: ClassVar[str] = N_("Practice")
    plural: ClassVar[str] = N_("Practices")

    level: str = of("choice", N_("Level"), choices=words.LEVELS, asked=True)
    secondary: tuple[int, ...] = of("objectives", N_("Further objectives"), N_("Those it serves beside its main ones."))
    goals: tuple[int, ...] = of("goals", N_("Sustainable Development Goals"), N_("Their numbers, as in 3; 10."))
    context: str = of("text", N_("Context"), N_("What was the situation before?"), maximum=LONG, asked=True)
    aim: str = of("text", N_("Aim"), maximum=LONG, asked=True)
    activities: str = of("text", N_("Activities and resources"), maximum=LONG, asked=True)
    beneficiaries: str = of("text", N_("For whom"), maximum=LONG, asked=True)
    results: str = of("text", N_("Results"), N_("What changed, and how is that known?"), maximum=LONG, asked=True)
    lessons: str = of("text", N_("Lessons"), maximum=LONG, asked=True)
    replication: str = of("text", N_("How others can repeat it"), maximum=LONG, asked=True)
    innovation: str = of("text", N_("What is new about it"), maximum=LONG)
    reviewed: str = of(
        "line",
        N_("Peer reviewed before"),
        N_("By whom and when, where it was reviewed elsewhere; nothing if it was not."),
    )


@dataclass(frozen=True)
class Plan(Action):
    """A national implementation plan; its activities are actions of their own that name it."""

    kind: ClassVar[str] = "plan"
    label: ClassVar[str] = N_("Implementation plan")
    plural: ClassVar[str] = N_("Implementation plans")

    adopted: datetime.date | None = of("day", N_("Adopted on"))
    consulted: tuple[str, ...] = of(
        "choices", N_("Consulted"), N_("Who took part in making it."), choices=words.speakers()
    )


@dataclass(frozen=True)
class Activity(Action):
    """One activity of a plan, under one of its priorities."""

    kind: ClassVar[str] = "activity"
    label: ClassVar[str] = N_("Activity of a plan")
    plural: ClassVar[str] = N_("Activities of plans")

    plan: str = of("line", N_("Plan"), N_("The identifier of the plan."), asked=True, names="plan")
    priority: str = of("line", N_("Priority"), asked=True)
    responsible: str = of("line", N_("Responsible body"), asked=True)
    budget: float | None = of("number", N_("Budget"))
    currency: str = of("line", N_("Currency"), N_("Three letters, such as USD."), maximum=3)
    measure: str = of("line", N_("What is counted"))
    baseline: float | None = of("number", N_("Baseline"))
    target: float | None = of("number", N_("Target"))
    unit: str = of("line", N_("Unit"), maximum=60)


@dataclass(frozen=True)
class Programme(Action):
    """A joint programme of a fund. Markers are written as the fund scores them: no scale of our own."""

    kind: ClassVar[str] = "programme"
    label: ClassVar[str] = N_("Programme")
    plural: ClassVar[str] = N_("Programmes")

    fund: str = of("line", N_("Fund"), asked=True)
    budget: float | None = of("number", N_("Budget"))
    delivered: float | None = of("number", N_("Delivered"))
    currency: str = of("line", N_("Currency"), N_("Three letters, such as USD."), maximum=3)
    gender_marker: str = of("line", N_("Gender marker"), maximum=20)
    human_rights_marker: str = of("line", N_("Human rights marker"), maximum=20)
    child_marker: str = of("line", N_("Child sensitivity marker"), maximum=20)


@dataclass(frozen=True)
class Instrument(Action):
    """A law, policy or agreement, with the passages that matter, by reference."""

    kind: ClassVar[str] = "instrument"
    label: ClassVar[str] = N_("Policy instrument")
    plural: ClassVar[str] = N_("Policy instruments")

    form: str = of("choice", N_("Form"), choices=words.INSTRUMENTS, asked=True)
    starts: datetime.date | None = of("day", N_("In force from"))
    due: datetime.date | None = of("day", N_("In force until"), N_("Its last day, where it has one."))
    adopted: datetime.date | None = of("day", N_("Adopted on"))
    passages: tuple[Passage, ...] = of(
        "passages", N_("Passages"), N_("Reference | what it provides; one a line."), asked=True
    )
    subjects: tuple[str, ...] = of("choices", N_("Subjects"), choices=words.SUBJECTS)
    hazards: tuple[str, ...] = of("choices", N_("Hazards"), choices=words.HAZARDS)
    mobility: tuple[str, ...] = of("choices", N_("Kinds of mobility"), choices=words.MOBILITY)


@dataclass(frozen=True)
class FollowUp(Action):
    """What an area did on one of the 26 recommendations on missing migrants."""

    kind: ClassVar[str] = "follow-up"
    label: ClassVar[str] = N_("Follow-up of a recommendation")
    plural: ClassVar[str] = N_("Follow-up of recommendations")

    recommendation: str = of("recommendation", N_("Recommendation"), N_("Its code, such as 2c."), asked=True)


@dataclass(frozen=True)
class Request(Action):
    """A request for support."""

    kind: ClassVar[str] = "request"
    label: ClassVar[str] = N_("Request for support")
    plural: ClassVar[str] = N_("Requests for support")

    support: tuple[str, ...] = of("choices", N_("Kinds of support"), choices=words.SUPPORT, asked=True)


@dataclass(frozen=True)
class Offer(Action):
    """An offer of support; areas are where it can be given."""

    kind: ClassVar[str] = "offer"
    label: ClassVar[str] = N_("Offer of support")
    plural: ClassVar[str] = N_("Offers of support")

    support: tuple[str, ...] = of("choices", N_("Kinds of support"), choices=words.SUPPORT, asked=True)


@dataclass(frozen=True)
class Review(Action):
    """A review of how the Compact is carried out: of a country or city, of a region, or the Forum's of the world."""

    kind: ClassVar[str] = "review"
    label: ClassVar[str] = N_("Review")
    plural: ClassVar[str] = N_("Reviews")

    objectives: tuple[int, ...] = of("objectives", N_("Objectives it looked at"))
    form: str = of("choice", N_("What is reviewed"), choices=words.REVIEWS, asked=True)
    held: datetime.date | None = of("day", N_("Held on"), N_("Its first day, or the day on which it is to begin."), asked=True)  # fmt: skip
    informs: str = of("line", N_("Informs"), N_("The identifier of the review that it is made for."), names="review")  # fmt: skip
    delegations: tuple[str, ...] = of(
        "choices", N_("Who took part"), N_("Who spoke, or sat in delegations, beside governments."), choices=words.speakers()
    )  # fmt: skip
    findings: str = of("text", N_("What was found"), maximum=LONG)
    next_steps: str = of("text", N_("What comes next"), maximum=LONG)


@dataclass(frozen=True)
class Statement(Action):
    """What a State or another stakeholder said at a review: done since, hard, to come."""

    kind: ClassVar[str] = "statement"
    label: ClassVar[str] = N_("Statement at a review")
    plural: ClassVar[str] = N_("Statements at reviews")

    objectives: tuple[int, ...] = of("objectives", N_("Objectives it speaks of"))
    review: str = of("line", N_("Review"), N_("The identifier of the review at which it was made."), asked=True, names="review")  # fmt: skip
    made: datetime.date | None = of("day", N_("Made on"), asked=True)
    achievements: str = of("text", N_("What was done"), maximum=LONG)
    challenges: str = of("text", N_("What was hard"), maximum=LONG)
    next_steps: str = of("text", N_("What comes next"), maximum=LONG)


KINDS: dict[str, type[Action]] = {
    entry.kind: entry
    for entry in (Pledge, Practice, Plan, Activity, Programme, Instrument, FollowUp, Request, Offer, Review, Statement)
}


def taken_back(action: Action, report: Update, on: datetime.date, because: str) -> Action:
    """The action with one of its reports taken back, on a day and for a reason."""
    gone = replace(report, taken_back=on, because=because)
    return replace(action, progress=tuple(gone if each == report else each for each in action.progress))


def updated(action: Action, update: Update) -> Action:
    """The action with one more report of progress; reports stand in the order of their days."""
    return replace(action, progress=tuple(sorted((*action.progress, update), key=lambda entry: entry.day)))

"""What the API takes and gives: the shapes that its OpenAPI description is made of."""

from __future__ import annotations

import datetime
from typing import Annotated, Any, Literal

from ninja import Path, Query, Schema
from pydantic import Field

from opencompact.actions.words import speakers

Code = Literal["en", "ar", "zh", "es", "fr", "ru"]
Kind = Literal[
    "pledge", "practice", "plan", "activity", "programme", "instrument", "follow-up", "request", "offer", "review", "statement"
]  # fmt: skip
State = Literal[
    "promised", "under-way", "done", "evidenced", "stopped", "shared", "proposed", "adopted", "in-force", "ended", "unstated",
    "open", "met", "withdrawn", "planned", "held", "made",
]  # fmt: skip
# No database holds this character.
NO_NUL = r"^[^\x00]*$"
Number = Annotated[int, Path(ge=1, le=23)]
Identifier = Annotated[str, Path(pattern="^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$")]


class Problem(Schema):
    """Every error has this shape."""

    error: str
    problem: str
    value: str | None = None
    remedy: str | None = None


class Summary(Schema):
    """An action in a list.

    `first_due` is the day on which it was due as it was first promised here, where that was moved or taken away;
    `done_late` the day on which it was first reported done, where that was after it was due.
    """

    id: str
    kind: str
    title: str
    language: str
    by: str
    stakeholder: str
    areas: list[str]
    objectives: list[int]
    state: str
    overdue: bool
    measured: bool
    due: datetime.date | None
    first_due: datetime.date | None
    done_late: datetime.date | None
    last_report: datetime.date | None
    changed: datetime.datetime
    version: int
    synthetic: bool
    address: str


class Actions(Schema):
    """One page of actions. `total` stops at 10,000; `more` says that there are more."""

    total: int
    more: bool
    page: int
    pages: int
    actions: list[Summary]


class Whole(Schema):
    """One action as it is exported: its fields follow /schemas/actions.json.

    `first_due` is the day on which it was due as it was first promised here, where that was moved or taken away;
    `done_late` the day on which it was first reported done, where that was after it was due. `provisions_derived` are
    the paragraphs of the Compact that are its objectives, of an action that cites no paragraph of its own.
    """

    version: int
    changed: datetime.datetime
    state: str
    overdue: bool
    stale: bool
    measured: bool
    synthetic: bool
    first_due: datetime.date | None
    done_late: datetime.date | None
    provisions_derived: list[str]
    action: dict[str, Any]


class Turned(Schema):
    """One field of a version that changed, with what it said before and says since; null for nothing."""

    field: str
    before: str | None
    after: str | None


class Change(Schema):
    """One version of an action: what changed since the one before that was public, and when.

    Of a practice, `manner` says whether it was `reviewed` or is a `correction`; of any
    action `file` says that it came in a file. `withdrawn` is the day and hour on which
    the action had been withdrawn, of the version that was published again after it.
    """

    number: int
    at: datetime.datetime
    fields: list[str]
    reason: str
    manner: str
    turned: list[Turned]
    withdrawn: datetime.datetime | None


class Tally(Schema):
    """How many actions, by state. `commitments` are those that can be promised, under way, done or stopped."""

    total: int
    commitments: int
    states: dict[str, int]
    overdue: int
    stale: int
    without_measure: int


class Objective(Schema):
    """One of the 23 objectives."""

    number: int
    name: str
    short: str
    round_table: int
    actions: Tally


class AreaTold(Schema):
    """An area with its actions by objective."""

    code: str
    name: str
    objectives: dict[str, Tally]


class Report(Schema):
    """What one area reports on a recommendation."""

    area: str
    state: str
    identifier: str


class Recommendation(Schema):
    """One of the 26 recommendations on missing migrants, in a few words of our own, with who reports on it."""

    code: str
    name: str
    group: int
    reported: list[Report]


class Provision(Schema):
    """A paragraph of a loaded text."""

    symbol: str
    place: str
    language: str
    text: str


class AreaFound(Schema):
    """A country or area that a search names."""

    code: str
    name: str


class Hits(Schema):
    """What a search finds. Where it names a country, its actions come first; where it cites paragraphs, these are the provisions, in their order."""

    areas: list[AreaFound]
    actions: Actions
    provisions: list[Provision]


class Asked(Schema):
    """Filters of a list of actions."""

    kind: Kind | None = None
    objective: Annotated[int | None, Query(ge=1, le=23)] = None
    area: str = ""
    stakeholder: Annotated[str, Field(json_schema_extra={"enum": ["", *(choice.code for choice in speakers())]})] = ""
    state: State | None = None
    flag: Literal["overdue", "stale", "unmeasured"] | None = None
    provision: Annotated[str, Query(max_length=120, pattern=r"^([^#\x00]+#[^\x00]+)?$")] = ""
    part_of: Annotated[str, Query(max_length=63, pattern="^([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?)?$")] = ""
    q: Annotated[str, Query(max_length=200, pattern=NO_NUL)] = ""
    page: Annotated[int, Query(ge=1, le=200)] = 1

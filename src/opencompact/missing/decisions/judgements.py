"""Judgements and their withdrawals, and what has become of each: it stands, its own author judged anew, or it was withdrawn.

Nobody's judgement is set aside by another's: where two people disagree both stand, and are shown to contradict each other,
until one is withdrawn.
"""

from __future__ import annotations

import datetime
import hashlib
import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass, replace
from typing import Any, Literal

from opencompact.errors import InvalidDataError
from opencompact.language import N_

Verdict = Literal["same", "not-same", "undecided"]
STATED, RECORDS, OWN_RATES = "stated", "records", "rates"
"""Fields of evidence that have no likelihood ratio: what a person states in words; of which files and rows the records were; the id of the rates
of one's own that the evidence was worked out with."""


@dataclass(frozen=True)
class Judgement:
    """That two records are one person, are not, or cannot be decided yet: who said so, when, why, on what evidence.

    `evidence` is the ledger as it stood, one entry a field: field, log10 likelihood ratio, the reason in words, and what the records
    `left` and `right` said; entries of other fields (`STATED`, `RECORDS`, `OWN_RATES`) have no likelihood ratio (None). `id` is made from the content, so that one judgement written twice is one. `synthetic` says that the records are of people who never lived.
    """

    left: str
    right: str
    verdict: Verdict
    by: str
    at: str
    why: str
    evidence: tuple[tuple[Any, ...], ...] = ()
    synthetic: bool = False

    @property
    def records_seen(self) -> bool:
        """Whether the records were looked at when it was made, and not only named."""
        return any(entry[0] not in (STATED, OWN_RATES) for entry in self.evidence)

    def file_of(self, record: str) -> str | None:
        """File and row in which a record stood when it was looked at, or None where that was not kept."""
        at = (self.left, self.right).index(record)
        return next((entry[3 + at] for entry in self.evidence if entry[0] == RECORDS), None)

    @property
    def id(self) -> str:
        """Sixteen hexadecimal digits that are the judgement's own."""
        content = asdict(self)
        if not self.synthetic:
            del content[
                "synthetic"
            ]  # so that judgements from before it was kept have the ids by which they are withdrawn
        return hashlib.sha256(json.dumps(content, sort_keys=True).encode()).hexdigest()[:16]


@dataclass(frozen=True)
class Withdrawal:
    """That a judgement no longer stands: who withdrew it, when, why."""

    judgement: str
    by: str
    at: str
    why: str


Event = Judgement | Withdrawal


def judge(
    left: str,
    right: str,
    verdict: Verdict,
    *,
    by: str,
    at: datetime.datetime,
    why: str,
    evidence: Iterable[tuple[str, float | None, str, str, str]] = (),
    synthetic: bool = False,
) -> Judgement:
    """A judgement of a named person, with a reason. Raises InvalidDataError where one of them is missing."""
    _check(by, why, at)
    if left == right:
        raise InvalidDataError(
            "A record is not compared with itself.",
            value=left,
            remedy="Name two records. Where two files use the same ids, give the records of one of them other ids.",
        )
    seen = tuple(evidence)
    if left > right:
        left, right = right, left
        seen = tuple((field, power, reason, b, a) for field, power, reason, a, b in seen)
    return Judgement(left, right, verdict, by.strip(), at.isoformat(), why.strip(), seen, synthetic)


def withdraw(judgement: str, *, by: str, at: datetime.datetime, why: str, events: Iterable[Event]) -> Withdrawal:
    """The withdrawal of a judgement that stands. Raises InvalidDataError where it does not."""
    _check(by, why, at)
    if judgement not in {one.id for one in standing(events)}:
        raise InvalidDataError("No such judgement stands.", value=judgement, remedy="List those that stand.")
    return Withdrawal(judgement, by.strip(), at.isoformat(), why.strip())


def _check(by: str, why: str, at: datetime.datetime) -> None:
    if not by.strip() or not why.strip():
        raise InvalidDataError(
            "A decision has the name of a person and a reason.", value=by or why, remedy="Give --by and --why."
        )
    if at.tzinfo is None:
        raise InvalidDataError("A decision has a time with its zone.", value=at, remedy="Give the time in UTC.")


State = Literal["stands", "superseded", "withdrawn"]
STATES: tuple[State, ...] = (N_("stands"), N_("superseded"), N_("withdrawn"))  # type: ignore[assignment]


@dataclass(frozen=True)
class Kept:
    """A judgement and what has become of it; `by` is the withdrawal or the later judgement of the same person that ended it."""

    judgement: Judgement
    state: State = "stands"
    by: Event | None = None


def history(events: Iterable[Event]) -> list[Kept]:
    """Every judgement in the order in which they were made. One that was ended, by its author or by a withdrawal, never comes back."""
    kept: dict[str, Kept] = {}
    latest: dict[tuple[str, str, str], str] = {}
    for event in events:
        if isinstance(event, Withdrawal):
            if event.judgement in kept and kept[event.judgement].state == "stands":
                kept[event.judgement] = replace(kept[event.judgement], state="withdrawn", by=event)
        elif event.id not in kept:
            whose = (event.left, event.right, event.by.casefold())
            earlier = latest.get(whose)
            if earlier is not None and kept[earlier].state == "stands":
                kept[earlier] = replace(kept[earlier], state="superseded", by=event)
            latest[whose] = event.id
            kept[event.id] = Kept(event)
    return list(kept.values())


def standing(events: Iterable[Event]) -> list[Judgement]:
    """The judgements that are not withdrawn; of several by one person about one pair the latest."""
    return [one.judgement for one in history(events) if one.state == "stands"]


def contradicted(judgement: Judgement, events: Iterable[Event]) -> list[Judgement]:
    """The standing judgements of others that say the contrary about the same two records."""
    return [
        one
        for one in standing(events)
        if (one.left, one.right) == (judgement.left, judgement.right)
        and {judgement.verdict, one.verdict} == {"same", "not-same"}
    ]

"""Judgements and their withdrawals: objects, and the file of events that holds them."""

from __future__ import annotations

import datetime
import hashlib
import json
import os
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Literal

from opencompact.errors import InputError, InvalidDataError, OutputError
from opencompact.language import said

Verdict = Literal["same", "not-same", "undecided"]


@dataclass(frozen=True)
class Judgement:
    """That two records are one person, are not, or cannot be decided yet: who said so, when, why, on what evidence.

    `evidence` is the ledger as it stood, one entry a field (field, log10 likelihood ratio, reason): what the person saw. `id` is
    made from the content, so that one judgement written twice is one.
    """

    left: str
    right: str
    verdict: Verdict
    by: str
    at: str
    why: str
    evidence: tuple[tuple[str, float, str], ...] = ()

    @property
    def id(self) -> str:
        """Sixteen hexadecimal digits that are the judgement's own."""
        return hashlib.sha256(json.dumps(asdict(self), sort_keys=True).encode()).hexdigest()[:16]


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
    evidence: Iterable[tuple[str, float, str]] = (),
) -> Judgement:
    """A judgement of a named person, with a reason. Raises InvalidDataError where one of them is missing."""
    _check(by, why, at)
    if left == right:
        raise InvalidDataError("A record is not compared with itself.", value=left, remedy="Name two records.")
    first, second = sorted((left, right))
    return Judgement(first, second, verdict, by.strip(), at.isoformat(), why.strip(), tuple(evidence))


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


def standing(events: Iterable[Event]) -> list[Judgement]:
    """The judgements that are not withdrawn; of several about one pair the latest."""
    events = list(events)
    gone = {event.judgement for event in events if isinstance(event, Withdrawal)}
    latest: dict[tuple[str, str], Judgement] = {}
    for event in events:
        if isinstance(event, Judgement) and event.id not in gone:
            latest[(event.left, event.right)] = event
    return list(latest.values())


def append(path: Path, event: Event) -> None:
    """Adds an event to the file, on the disk before this returns; earlier lines are never changed.

    A line that a crash left unfinished is closed first, and is read as what it is: not an event.
    """
    line = json.dumps({"event": type(event).__name__.lower(), **asdict(event)}, ensure_ascii=False) + "\n"
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("ab+") as stream:
            stream.seek(0, os.SEEK_END)
            if stream.tell():
                stream.seek(-1, os.SEEK_END)
                if stream.read(1) != b"\n":
                    stream.write(b"\n")
            stream.write(line.encode("utf-8"))
            stream.flush()
            os.fsync(stream.fileno())
    except OSError as problem:
        raise OutputError(
            said("The decision was not written: {reason}.", reason=problem.strerror),
            file=path,
            remedy="Free space, or choose another folder.",
        ) from problem


def read_events(path: Path) -> list[Event]:
    """The events of a file, in order; none where there is no file. An unfinished line is passed over.

    Raises InputError for a line that is whole and no event.
    """
    if not path.exists():
        return []
    events: list[Event] = []
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        try:
            content = json.loads(line)
        except json.JSONDecodeError:
            continue
        kind = content.pop("event", None)
        try:
            if kind == "judgement":
                content["evidence"] = tuple((name, value, reason) for name, value, reason in content["evidence"])
                events.append(Judgement(**content))
            elif kind == "withdrawal":
                events.append(Withdrawal(**content))
            else:
                raise TypeError
        except (TypeError, KeyError, ValueError):
            raise InputError(
                "The line is no decision.",
                file=path,
                row=number,
                value=line[:60],
                remedy="Restore the file from a copy.",
            ) from None
    return events

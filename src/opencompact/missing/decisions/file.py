"""The file of decisions: one JSON object a line, which only grows.

Own: JSON Lines, appended and never rewritten.
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path
from typing import IO, Any

from opencompact.errors import InputError, OutputError
from opencompact.language import said
from opencompact.missing.decisions.judgements import Event, Judgement, Withdrawal
from opencompact.tables.refusals import reason_of_writing, room

UNFINISHED = "unfinished"
"""The event that keeps what a crash left of a line."""


def append(path: Path, event: Event) -> None:
    """Adds an event to the file, on the disk before this returns; earlier lines are never changed.

    What a crash left of a last line was never confirmed: it is kept as text, in a line that says so.
    """
    line = _line(type(event).__name__.lower(), asdict(event))
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("ab+") as stream:
            stream.write(_closing(stream) + line)
            stream.flush()
            os.fsync(stream.fileno())
    except OSError as problem:
        raise OutputError(
            said("The decision was not written: {reason}.", reason=reason_of_writing(problem)),
            file=path,
            remedy=room(problem),
        ) from problem


def _line(kind: str, content: dict[str, Any]) -> bytes:
    return (json.dumps({"event": kind, **content}, ensure_ascii=False) + "\n").encode("utf-8", "backslashreplace")


def _closing(stream: IO[bytes]) -> bytes:
    """What has to be written before a new line: nothing after a whole one, its end after a whole one without, else what is left of it."""
    stream.seek(0)
    whole, _, rest = stream.read().rpartition(b"\n")
    if not rest:
        return b""
    if _is_event(rest):
        return b"\n"
    stream.truncate(len(whole) + (1 if whole else 0))
    return _line(UNFINISHED, {"text": rest.decode("utf-8", "backslashreplace")})


def _is_event(line: bytes) -> bool:
    try:
        return isinstance(json.loads(line), dict)
    except ValueError:
        return False


def read_events(path: Path, unfinished: Callable[[int, str], None] | None = None) -> list[Event]:
    """The events of a file, in order; none where there is no file.

    A last line that a crash left unfinished is passed over, and told to `unfinished` with its number and text. Raises InputError for
    any other line that is no event.
    """
    if not path.exists():
        return []
    lines = path.read_bytes().split(b"\n")  # and at nothing else: a reason may hold any other kind of end of line
    events: list[Event] = []
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        if number == len(lines) and not _is_event(line):
            if unfinished:
                unfinished(number, line.decode("utf-8", "replace"))
            continue
        try:
            event = _event(json.loads(line))
        except (TypeError, KeyError, ValueError, AttributeError):
            raise InputError(
                "The line is no decision.",
                file=path,
                row=number,
                value=line[:60].decode("utf-8", "replace"),
                remedy="Restore the file from a copy.",
            ) from None
        events += [event] if event else []
    return events


def _event(content: dict[str, Any]) -> Event | None:
    """The event that a line says; None for one that only keeps what a crash left."""
    kind = content.pop("event", None)
    if kind == "judgement":
        evidence = tuple(tuple(entry) for entry in content.pop("evidence"))
        if any(len(entry) not in (3, 5) for entry in evidence):  # three before the records' own words were kept
            raise ValueError
        return Judgement(**content, evidence=evidence)
    if kind == "withdrawal":
        return Withdrawal(**content)
    if kind != UNFINISHED:
        raise TypeError
    return None

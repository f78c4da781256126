"""Exports of forms (ODK, Kobo, any JSON): groups within groups, answers in lists, points as objects, made rows of plain cells.

The shapes are those that the services document: Kobo's API v2, ODK Central's OData, GeoJSON (RFC 7946).
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from opencompact.errors import InputError
from opencompact.language import said
from opencompact.tables.encoding import decode
from opencompact.tables.raw import RawTable, from_records
from opencompact.tables.refusals import broken_json, unreadable

WRAPPERS = ("results", "value", "records", "submissions", "features")
"""Where services put the list of answers: Kobo's API, ODK Central's OData, and others."""
NEXT = ("next", "@odata.nextLink", "odata.nextLink", "nextLink", "next_page")
TOTAL = ("count", "@odata.count", "odata.count", "total", "total_count", "totalCount", "totalResults", "numberMatched")
"""Where they say that this is a page of a longer answer, and how many answers there are in all."""
DEEPEST = 20


@dataclass(frozen=True)
class Form:
    """The answers of an export as a table, and what stood among them that is none: (row, text).

    `beyond` is how many more answers the service says that it holds, None where it says only that there are more.
    """

    table: RawTable
    no_answers: tuple[tuple[int, str], ...]
    beyond: int | None = 0


def read_form(path: Path, separator: str) -> Form | None:
    """The answers of a JSON export; None where the file is no JSON. Several answers of one cell are parted by `separator`.

    Rows are numbered from 1 in the order of the list. Raises InputError for a broken file or one that holds no answers.
    """
    try:
        content = path.read_bytes()
    except OSError as problem:
        raise unreadable(path, problem) from None
    if content.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] not in (b"[", b"{"):
        return None
    try:
        whole = json.loads(decode(content, path))
        answers = _answers(whole)
        rows = {
            at: dict(_cells(answer, separator)) for at, answer in enumerate(answers, 1) if isinstance(answer, Mapping)
        }
    except json.JSONDecodeError as problem:
        raise InputError(
            said("The JSON is broken: {reason}.", reason=broken_json(problem)),
            file=path,
            row=problem.lineno,
            remedy="Export it again.",
        ) from None
    except RecursionError:
        raise InputError("The JSON is nested too deeply.", file=path, remedy="Give a list of answers.") from None
    if not rows:
        raise InputError(
            "The JSON holds no answers.", file=path, remedy="Give a list of objects, or an export of a form."
        )
    columns = list(dict.fromkeys(name for row in rows.values() for name in row))
    table = from_records(path, columns, 0, [(at, [row.get(name, "") for name in columns]) for at, row in rows.items()])
    no_answers = tuple((at, _cell(one, separator)) for at, one in enumerate(answers, 1) if at not in rows)
    return Form(table, no_answers, _beyond(whole, len(answers)))


def _beyond(content: Any, answers: int) -> int | None:
    """How many answers a service holds beyond those of this page; None where it names a next page and no number."""
    if not isinstance(content, Mapping) or not any(isinstance(content.get(name), list) for name in WRAPPERS):
        return 0
    total = max((int(content[name]) for name in TOTAL if type(content.get(name)) is int), default=0)
    if total > answers:
        return total - answers
    links = content.get("links")
    linked = isinstance(links, list) and any(isinstance(one, Mapping) and one.get("rel") == "next" for one in links)
    return None if linked or any(content.get(name) for name in NEXT) else 0


def _answers(content: Any) -> list[Any]:
    """The list of answers, wherever it stands; a single answer is a list of one."""
    if isinstance(content, Mapping):
        held = next((content[name] for name in WRAPPERS if isinstance(content.get(name), list)), None)
        content = [content] if held is None else held
    if not isinstance(content, list):
        return []
    return [
        {**answer["properties"], "coordinates": answer.get("geometry")}
        if isinstance(answer, Mapping) and isinstance(answer.get("properties"), Mapping)
        else answer
        for answer in content
    ]


def _cells(answer: Mapping[str, Any], separator: str, before: str = "", depth: int = 0) -> Iterator[tuple[str, str]]:
    """(heading, cell) of an answer; a group gives headings such as person/age."""
    if depth > DEEPEST:
        raise RecursionError
    for name, value in answer.items():
        heading = f"{before}{name}"
        if isinstance(value, Mapping) and "coordinates" not in value:
            yield from _cells(value, separator, f"{heading}/", depth + 1)
        elif isinstance(value, list) and value and all(isinstance(one, Mapping) for one in value):
            yield from _repeated(value, separator, heading, depth)
        elif (cell := _cell(value, separator)) != "":
            yield heading, cell


REPEATED = "[*]"
"""What follows the name of a group that was answered several times, in the headings of its questions: marks[*]/words."""


def _repeated(
    answers: Sequence[Mapping[str, Any]], separator: str, heading: str, depth: int
) -> Iterator[tuple[str, str]]:
    """(heading, cell) of a group that was answered several times: what each question was answered, parted. Services write the group's
    name into its questions ("marks/words") or leave it out."""
    found: dict[str, list[str]] = {}
    for answer in answers:
        for name, cell in _cells(answer, separator, depth=depth + 1):
            question = name.removeprefix(f"{heading}/")
            found.setdefault(f"{heading}{REPEATED}/{question}", []).append(cell)
    for name, cells in found.items():
        yield name, f"{separator} ".join(cells)


def _cell(value: Any, separator: str) -> str:
    """An answer as a cell: a point as latitude, longitude; several answers parted."""
    if isinstance(value, Mapping):
        point: Any = value.get("coordinates")
        return f"{point[1]}, {point[0]}" if _numbers(point) else ""
    if _numbers(value) and len(value) == 2:
        return f"{value[0]}, {value[1]}"
    if isinstance(value, list):
        return f"{separator} ".join(_cell(one, separator) for one in value if one not in (None, "", [], {}))
    return "" if value is None else str(value)


def _numbers(value: Any) -> bool:
    return (
        isinstance(value, Sequence)
        and not isinstance(value, str)
        and len(value) >= 2
        and all(isinstance(one, int | float) for one in value)
    )

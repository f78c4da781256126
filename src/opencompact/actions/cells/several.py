"""A cell that holds a list: codes, lines, areas, objectives, paragraphs."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from typing import Any

from opencompact import compact
from opencompact.actions.cells.single import CellFault, chosen, decode_text
from opencompact.actions.fields import Field
from opencompact.errors import UnknownCodeError
from opencompact.language import said

_PROVISION = re.compile(
    r"(?P<symbol>[A-Z][\w./()-]*\w|[A-Z]/[\w./()-]*\))\s*(?:#|,?\s*(?:¶|paras?\.?|annex,?)\s*)(?P<place>[\w.()-]+)"
)


def _items(text: str) -> list[str]:
    return [part for part in map(str.strip, re.split(r"[;,\n]", text)) if part]


def _unique(items: Sequence[Any]) -> tuple[Any, ...]:
    return tuple(dict.fromkeys(items))


def decode_choices(field: Field, text: str) -> tuple[str, ...]:
    return _unique([chosen(field.choices, item) for item in _items(text)])


def decode_lines(field: Field, text: str) -> tuple[str, ...]:
    found = [line.strip() for line in text.split("\n") if line.strip()]
    for line in found:
        decode_text(field, line)
    return _unique(found)


def decode_links(field: Field, text: str) -> tuple[str, ...]:
    found = decode_lines(field, text)
    for line in found:
        if not re.fullmatch(r"https?://[^\s<>\"']+", line):
            raise CellFault(
                said("This is not a web address."), said("Write it whole, from https:// on, one a line."), line[:80]
            )
    return found


def decode_areas(field: Field, text: str) -> tuple[str, ...]:
    found = []
    # A name may hold a comma ("Korea, Republic of"): lines and semicolons part first, commas only where that fails.
    for item in filter(None, map(str.strip, re.split(r"[;\n]", text))):
        try:
            found.append(_area(item))
        except UnknownCodeError:
            found += [_area_or_fault(part) for part in _items(item)]
    return _unique(found)


def _area(text: str) -> str:
    return compact.area(text).code


def _area_or_fault(text: str) -> str:
    try:
        return _area(text)
    except UnknownCodeError as error:
        raise CellFault(
            said("There is no such area."), error.remedy or said("Use an ISO code such as KEN."), text
        ) from None


def _numbers(limit: int, problem: str, text: str) -> tuple[int, ...]:
    found = []
    for item in _items(text):
        if not item.isdecimal() or not item.isascii() or not 1 <= int(item) <= limit:
            raise CellFault(
                problem,
                said("Use numbers from 1 to {limit}, as in 1; 8.", limit=limit),
                item,
            )
        found.append(int(item))
    return tuple(sorted(set(found)))


def decode_objectives(field: Field, text: str) -> tuple[int, ...]:
    return _numbers(23, said("There is no such objective."), text)


def decode_principles(field: Field, text: str) -> tuple[int, ...]:
    return _numbers(10, said("There is no such principle."), text)


def decode_goals(field: Field, text: str) -> tuple[int, ...]:
    return _numbers(17, said("There is no such goal."), text)


def decode_letters(field: Field, text: str) -> tuple[str, ...]:
    known = _known_letters()
    for item in _items(text):
        if item.lower() not in known:
            raise CellFault(
                said("The Compact has no such action."), said("Write the objective and the letter, as in 8e."), item
            )
    return _unique([item.lower() for item in _items(text)])


@cache
def _known_letters() -> frozenset[str]:
    return frozenset(entry.code for entry in compact.actions())


def decode_provisions(field: Field, text: str) -> tuple[str, ...]:
    return _unique([_provision(item.strip()) for item in re.split(r"[;\n]", text) if item.strip()])


def _provision(text: str) -> str:
    """A paragraph as `symbol#place`: `A/79/590 ¶89`, `A/RES/76/266, annex, ¶73` and `A/79/590#89` are all understood."""
    text = re.sub(r",?\s*annex,?\s*(?=¶|paras?)", " ", text)
    found = _PROVISION.fullmatch(text)
    if found is None or len(text) > 120:
        raise CellFault(
            said("This is not a paragraph of a text."),
            said("Write the symbol and the number, as in A/79/590 ¶89."),
            text[:80],
        )
    return f"{found['symbol']}#{found['place']}"

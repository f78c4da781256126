"""A field as the text of one cell, and back: `decode(field, encode(field, value)) == value` for every value of a field.

    list of codes    KEN; MEX                       also commas and new lines
    lines            one a line
    records          2025-06-30 | done | It opened  one a line; `\\|`, `\\n` and `\\\\` stand for |, a new line and \\
"""

from __future__ import annotations

import datetime
import math
import re
import unicodedata
from collections.abc import Callable, Sequence
from functools import cache
from typing import Any

from opencompact import compact
from opencompact.actions import words
from opencompact.actions.fields import Field, empty
from opencompact.actions.model import Milestone, Passage, Update
from opencompact.errors import UnknownCodeError
from opencompact.language import LANGUAGES, said

_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff\ud800-\udfff]")
_PROVISION = re.compile(
    r"(?P<symbol>[A-Z][\w./()-]*\w|[A-Z]/[\w./()-]*\))\s*(?:#|,?\s*(?:¶|paras?\.?|annex,?)\s*)(?P<place>[\w.()-]+)"
)
_INDICATOR = re.compile(r"[a-z0-9]+(?:[.-][a-z0-9]+)*")
_EARLIEST, _LATEST = datetime.date(1900, 1, 1), datetime.date(2200, 1, 1)


class CellFault(ValueError):
    """A cell that cannot be what its column says; `problem` and `remedy` are a sentence each."""

    def __init__(self, problem: str, remedy: str, value: object = None) -> None:
        super().__init__(problem)
        self.problem, self.remedy, self.value = problem, remedy, value


def clean(text: str) -> str:
    """Text as it is kept: NFC, one kind of line end, no space at its ends or before a line end."""
    text = unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n"))
    return "\n".join(line.rstrip() for line in text.split("\n")).strip()


def decode(field: Field, text: str) -> Any:
    """The value of a cell; raises CellFault for one that cannot be."""
    text = clean(text)
    if not text:
        return empty(field.form)
    if found := _CONTROL.search(text):
        raise CellFault(
            said("The text holds a control character."),
            said("Remove it, or paste the text without its format."),
            repr(found[0]),
        )
    return _DECODERS[field.form](field, text)


def encode(field: Field, value: Any) -> str:
    """The text of a cell."""
    if value is None or value == "" or value == ():
        return ""
    encoder = _ENCODERS.get(field.form)
    return encoder(value) if encoder else str(value)


# --- one value ---------------------------------------------------------------------------------------------------------


def _line(field: Field, text: str) -> str:
    if "\n" in text:
        raise CellFault(said("The text has more than one line."), said("Write it in one line."), text[:80])
    return _text(field, text)


def _text(field: Field, text: str) -> str:
    if len(text) > field.maximum:
        raise CellFault(
            said("The text has {n:,} characters.", n=len(text)),
            said("Write at most {maximum:,}.", maximum=field.maximum),
            text[:80] + "…",
        )
    return text


def _day(field: Field, text: str) -> datetime.date:
    try:
        day = datetime.date.fromisoformat(text[:10] if text[10:] in ("T00:00:00", " 00:00:00") else text)
    except ValueError:
        raise CellFault(said("This is not a day."), said("Write it as 2026-05-31."), text) from None
    if not _EARLIEST <= day < _LATEST:
        raise CellFault(said("The year cannot be right."), said("Give a year from 1900 to 2199."), text)
    return day


def _number(field: Field, text: str) -> float:
    plain = text.replace("\u00a0", "").replace("\u202f", "").replace(" ", "")
    if re.fullmatch(r"[+-]?\d{1,3}(,\d{3})+(\.\d+)?", plain):
        plain = plain.replace(",", "")
    try:
        number = float(plain)
    except ValueError:
        raise CellFault(
            said("This is not a number."), said("Write digits, with a point before decimals: 1250.5."), text
        ) from None
    if not math.isfinite(number) or abs(number) > 1e15:
        raise CellFault(said("The number cannot be right."), said("Give a finite number below 10^15."), text)
    return number + 0.0


def _format_number(value: float) -> str:
    return str(int(value)) if value == int(value) else repr(value)


def _choice(field: Field, text: str) -> str:
    return _chosen(field.choices, text)


def _chosen(choices: Sequence[words.Choice], text: str) -> str:
    index = _choices_by_key(tuple(choices))
    key = text.casefold().strip()
    if key not in index:
        raise CellFault(
            said("This is not one of the choices."),
            said("Use one of: {choices}.", choices=", ".join(c.code for c in choices)),
            text,
        )
    return index[key]


@cache
def _choices_by_key(choices: tuple[words.Choice, ...]) -> dict[str, str]:
    """A choice is found by its code or its English label, whatever the case."""
    return {key.casefold(): c.code for c in choices for key in (c.label, c.code)}


def _language(field: Field, text: str) -> str:
    if text.lower() not in LANGUAGES:
        raise CellFault(
            said("This is not one of the six languages."),
            said("Use one of: {choices}.", choices=", ".join(LANGUAGES)),
            text,
        )
    return text.lower()


def _indicator(field: Field, text: str) -> str:
    if not _INDICATOR.fullmatch(text.lower()) or len(text) > 80:
        raise CellFault(
            said("This is not the code of an indicator."), said("'opencompact indicators' lists the codes."), text[:80]
        )
    return text.lower()


def _recommendation(field: Field, text: str) -> str:
    known = _recommendations()
    if text.lower() not in known:
        raise CellFault(
            said("There is no such recommendation."), said("Use one of: {choices}.", choices=", ".join(known)), text
        )
    return text.lower()


@cache
def _recommendations() -> tuple[str, ...]:
    return tuple(entry.code for entry in compact.recommendations())


# --- lists -------------------------------------------------------------------------------------------------------------


def _items(text: str) -> list[str]:
    return [part for part in map(str.strip, re.split(r"[;,\n]", text)) if part]


def _unique(items: Sequence[Any]) -> tuple[Any, ...]:
    return tuple(dict.fromkeys(items))


def _choices(field: Field, text: str) -> tuple[str, ...]:
    return _unique([_chosen(field.choices, item) for item in _items(text)])


def _lines(field: Field, text: str) -> tuple[str, ...]:
    found = [line.strip() for line in text.split("\n") if line.strip()]
    for line in found:
        _text(field, line)
    return _unique(found)


def _links(field: Field, text: str) -> tuple[str, ...]:
    found = _lines(field, text)
    for line in found:
        if not re.fullmatch(r"https?://[^\s<>\"']+", line):
            raise CellFault(
                said("This is not a web address."), said("Write it whole, from https:// on, one a line."), line[:80]
            )
    return found


def _areas(field: Field, text: str) -> tuple[str, ...]:
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


def _numbers(limit: int, what: str, text: str) -> tuple[int, ...]:
    found = []
    for item in _items(text):
        if not item.isdecimal() or not item.isascii() or not 1 <= int(item) <= limit:
            raise CellFault(
                said("There is no such {what}.", what=what),
                said("Use numbers from 1 to {limit}, as in 1; 8.", limit=limit),
                item,
            )
        found.append(int(item))
    return tuple(sorted(set(found)))


def _objectives(field: Field, text: str) -> tuple[int, ...]:
    return _numbers(23, "objective", text)


def _principles(field: Field, text: str) -> tuple[int, ...]:
    return _numbers(10, "principle", text)


def _letters(field: Field, text: str) -> tuple[str, ...]:
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


def _provisions(field: Field, text: str) -> tuple[str, ...]:
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


# --- records -----------------------------------------------------------------------------------------------------------


def _split(record: str) -> list[str]:
    parts = record.replace("\\\\", "\x00").replace("\\|", "\x01").split("|")
    return [part.strip().replace("\\n", "\n").replace("\x01", "|").replace("\x00", "\\") for part in parts]


def _join(*parts: str) -> str:
    escaped = [part.replace("\\", "\\\\").replace("|", "\\|").replace("\n", "\\n") for part in parts]
    while escaped and not escaped[-1]:
        escaped.pop()
    return " | ".join(escaped)


def _records(text: str, form: str, least: int, most: int) -> list[list[str]]:
    found = []
    for line in filter(None, map(str.strip, text.split("\n"))):
        parts = _split(line)
        if not least <= len(parts) <= most:
            raise CellFault(said("The line has {n} parts.", n=len(parts)), said("Write: {form}.", form=form), line[:80])
        for part in parts:
            if len(part) > 2000:
                raise CellFault(
                    said("A part of the line is longer than 2,000 characters."), said("Write it shorter."), line[:80]
                )
        found.append([*parts, *[""] * (most - len(parts))])
    return found


def _updates(field: Field, text: str) -> tuple[Update, ...]:
    form = "day | stage | what was done | evidence (document, figure or indicator) | where it is"
    found = []
    for day, stage, what, evidence, reference in _records(text, form, 2, 5):
        kind = _chosen(words.EVIDENCE, evidence) if evidence else ""
        if reference and not kind:
            raise CellFault(
                said("The evidence does not say what it is."), said("Write: {form}.", form=form), reference[:80]
            )
        found.append(Update(_day(field, day), _chosen(words.STAGES, stage), what, kind, reference))
    return tuple(sorted(found, key=lambda update: update.day))


def _milestones(field: Field, text: str) -> tuple[Milestone, ...]:
    rows = _records(text, "due day | what | day reached", 1, 3)
    return tuple(
        Milestone(_day(field, due), what, _day(field, reached) if reached else None) for due, what, reached in rows
    )


def _passages(field: Field, text: str) -> tuple[Passage, ...]:
    return tuple(
        Passage(reference, provides) for reference, provides in _records(text, "reference | what it provides", 1, 2)
    )


def _iso(day: datetime.date | None) -> str:
    return day.isoformat() if day else ""


_DECODERS: dict[str, Callable[[Field, str], Any]] = {
    "line": _line,
    "text": _text,
    "day": _day,
    "number": _number,
    "choice": _choice,
    "choices": _choices,
    "lines": lambda field, text: _links(field, text) if field.name == "links" else _lines(field, text),
    "areas": _areas,
    "objectives": _objectives,
    "principles": _principles,
    "letters": _letters,
    "provisions": _provisions,
    "indicator": _indicator,
    "recommendation": _recommendation,
    "language": _language,
    "speaker": lambda field, text: _chosen(words.speakers(), text),
    "updates": _updates,
    "milestones": _milestones,
    "passages": _passages,
}

_ENCODERS: dict[str, Callable[[Any], str]] = {
    "day": _iso,
    "number": _format_number,
    "choices": "; ".join,
    "lines": "\n".join,
    "areas": "; ".join,
    "letters": "; ".join,
    "objectives": lambda value: "; ".join(map(str, value)),
    "principles": lambda value: "; ".join(map(str, value)),
    "provisions": "\n".join,
    "updates": lambda value: "\n".join(_join(_iso(u.day), u.stage, u.text, u.evidence, u.reference) for u in value),
    "milestones": lambda value: "\n".join(_join(_iso(m.due), m.text, _iso(m.reached)) for m in value),
    "passages": lambda value: "\n".join(_join(p.reference, p.text) for p in value),
}

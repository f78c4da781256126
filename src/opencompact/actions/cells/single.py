"""A cell that holds one value: a line, a text, a day, a number, a choice, a code."""

from __future__ import annotations

import datetime
import math
import re
import unicodedata
from collections.abc import Sequence
from functools import cache

from opencompact import compact
from opencompact.actions import words
from opencompact.actions.fields import Field
from opencompact.errors import UnknownCodeError
from opencompact.language import LANGUAGES, said

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
    if "\n" not in text:
        return text.strip()
    return "\n".join(line.rstrip() for line in text.split("\n")).strip()


def decode_line(field: Field, text: str) -> str:
    if "\n" in text:
        raise CellFault(said("The text has more than one line."), said("Write it in one line."), text[:80])
    return decode_text(field, text)


def decode_text(field: Field, text: str) -> str:
    if len(text) > field.maximum:
        raise CellFault(
            said("The text has {n:,} characters.", n=len(text)),
            said("Write at most {maximum:,}.", maximum=field.maximum),
            text[:80] + "…",
        )
    return text


def decode_day(field: Field, text: str) -> datetime.date:
    try:
        day = datetime.date.fromisoformat(text[:10] if text[10:] in ("T00:00:00", " 00:00:00") else text)
    except ValueError:
        raise CellFault(said("This is not a day."), said("Write it as 2026-05-31."), text) from None
    if not _EARLIEST <= day < _LATEST:
        raise CellFault(said("The year cannot be right."), said("Give a year from 1900 to 2199."), text)
    return day


def decode_number(field: Field, text: str) -> float:
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


def format_number(value: float) -> str:
    return str(int(value)) if value == int(value) else repr(value)


def decode_choice(field: Field, text: str) -> str:
    return chosen(field.choices, text)


def chosen(choices: Sequence[words.Choice], text: str) -> str:
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


def decode_language(field: Field, text: str) -> str:
    if text.lower() not in LANGUAGES:
        raise CellFault(
            said("This is not one of the six languages."),
            said("Use one of: {choices}.", choices=", ".join(LANGUAGES)),
            text,
        )
    return text.lower()


def decode_indicator(field: Field, text: str) -> str:
    """The code of an indicator of the catalogue: a promise that names none that exists has no measure."""
    if not _INDICATOR.fullmatch(text.lower()) or len(text) > 80:
        raise CellFault(
            said("This is not the code of an indicator."), said("'opencompact indicators' lists the codes."), text[:80]
        )
    try:
        compact.catalogue().indicator(text.lower())
    except UnknownCodeError as unknown:
        raise CellFault(unknown.problem, unknown.remedy or "", text) from None
    return text.lower()


def decode_recommendation(field: Field, text: str) -> str:
    known = _recommendations()
    if text.lower() not in known:
        raise CellFault(
            said("There is no such recommendation."), said("Use one of: {choices}.", choices=", ".join(known)), text
        )
    return text.lower()


@cache
def _recommendations() -> tuple[str, ...]:
    return tuple(entry.code for entry in compact.recommendations())

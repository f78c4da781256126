"""What is asked of a workspace, as filters: codes are of their lists, periods are periods; a slip is told, not answered by nothing."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Sequence

import polars as pl

from opencompact.errors import UnknownCodeError, UsageError
from opencompact.language import said
from opencompact.statistics import areas

#: One code, or several; None: all.
Codes = str | Sequence[str] | None


def listed(codes: Codes) -> list[str]:
    """The codes as a list; [] for all."""
    if codes is None:
        return []
    return [codes] if isinstance(codes, str) else list(codes)


def filters(
    area: Codes, period: Codes, sex: Codes, age: Codes, origin: Codes, migratory_status: Codes, breakdown: Codes
) -> list[pl.Expr]:
    """Conditions on observations. Raises UnknownCodeError or UsageError for what can be no code and no period."""
    return [
        *_one_of("area", [areas.code(name) for name in listed(area)]),
        *_one_of("origin", [_origin(name) for name in listed(origin)]),
        *_one_of("sex", _known("sex", sex)),
        *_one_of("age", _known("age", age)),
        *_one_of("migratory_status", _known("migratory_status", migratory_status)),
        *_any(_in_period(text) for text in listed(period)),
        *_any(_in_breakdown(text) for text in listed(breakdown)),
        pl.lit(True),
    ]


def refuse_unknown_key(breakdown: Codes, shapes: Iterable[str]) -> None:
    """Raises UnknownCodeError where a key of `breakdown` stands in no observation. shapes: as `editions.shape` makes them."""
    keys = {word for shape in shapes for word in shape.split()} - {"sex", "age", "migratory_status", "origin"}
    for text in listed(breakdown):
        key = text.partition("=")[0]
        if key != "_T" and key not in keys:
            near = difflib.get_close_matches(key, keys, n=3, cutoff=0.5)
            told = (
                said("Near ones: {near}.", near=", ".join(near))
                if near
                else said("It has: {found}.", found=", ".join(sorted(keys)) or "none")
            )
            raise UnknownCodeError("The indicator has no such breakdown.", value=key, rule="breakdown", remedy=told)


def _origin(text: str) -> str:
    """Also codes that are no area: people whose origin is not known (`UNK`), stateless people (`XXA`)."""
    return text if text == "_T" or re.fullmatch(r"UNK|OOO|X[A-Z]{2}|TIB", text) else areas.code(text)


# What most questions ask. It needs no looking up: what checks whole tables takes a tenth of a second to import.
_PLAIN = {
    "sex": {"_T", "F", "M"},
    "age": {"_T", *(f"Y{first}T{first + 4}" for first in range(0, 100, 5))},
    "migratory_status": {"_T"},
}


def _known(column: str, codes: Codes) -> list[str]:
    for text in listed(codes):
        remedy = None if text in _PLAIN.get(column, ()) else _fault(column, text)
        if remedy:
            raise UnknownCodeError(
                said("There is no such code of {column}.", column=column), value=text, rule=column, remedy=remedy
            )
    return listed(codes)


def _fault(column: str, text: str) -> str | None:
    from opencompact.statistics.checking.codes import fault

    return fault(column, text)


def _one_of(column: str, codes: Sequence[str]) -> list[pl.Expr]:
    return [pl.col(column).is_in(list(codes))] if codes else []


def _any(conditions: Iterable[pl.Expr]) -> list[pl.Expr]:
    several = list(conditions)
    return [pl.any_horizontal(several)] if several else []


def _in_period(text: str) -> pl.Expr:
    first, span, last = text.partition("..")
    if not span:
        return _exactly(text)
    for year in (first, last):
        if not re.fullmatch(r"(\d{4}(-.*)?)?", year):
            raise _no_period(text)
    begins, ends = (first or "0000")[:4], (last or "9999")[:4]
    if begins > ends:
        raise UsageError(
            "The span ends before it begins.", value=text, remedy=said("Write {last}..{first}.", last=last, first=first)
        )
    year_of = pl.col("period").str.head(4)
    return (year_of >= begins) & (year_of <= ends)


def _exactly(text: str) -> pl.Expr:
    from opencompact.statistics.checking.periods import form_of

    if form_of(text) is None:
        raise _no_period(text)
    return pl.col("period") == text


def _no_period(text: str) -> UsageError:
    return UsageError(
        "This is no period.", value=text, rule="period", remedy="Write 2023, 2023-Q1, 2023-05, or years as 2015..2023."
    )


def _in_breakdown(text: str) -> pl.Expr:
    if text == "_T" or "=" in text:
        return pl.col("breakdown") == text
    return (";" + pl.col("breakdown")).str.contains(f";{text}=", literal=True)


def unknown_indicator(indicator: str, ids: Iterable[str]) -> UnknownCodeError:
    """The error for an indicator that is in no list, with near ones."""
    folded = {name.lower(): name for name in ids}
    near = [folded[name] for name in difflib.get_close_matches(indicator.lower(), folded, n=3, cutoff=0.4)]
    return UnknownCodeError(
        "There is no indicator of this name.",
        value=indicator,
        rule="indicator",
        remedy=said("Near ones: {near}.", near=", ".join(near)) if near else "'opencompact indicators' lists them.",
    )

"""Areas as the sources write them, turned into codes: ISO 3166 alpha-3, or M49 for groups.

A name or code is translated only where `compact` or `area_names.csv` says which area it is; nothing is guessed.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping
from functools import cache, lru_cache
from pathlib import Path

import polars as pl

from opencompact import compact
from opencompact.errors import UnknownCodeError

WORLD = "001"

_GEOGRAPHIC = ("world", "region", "subregion", "intermediate-region", "sdg-region")


def code(text: str) -> str:
    """The code of an area from its code or name. Raises UnknownCodeError with near ones."""
    return _of_publishers().get(text) or compact.area(text).code


def code_or_none(text: str) -> str | None:
    """The code of an area from its code or name; None where no list has it."""
    return _code_or_none(text, compact.areas_known())


@lru_cache(maxsize=8192)
def _code_or_none(text: str, _: int) -> str | None:
    try:
        return code(text)
    except UnknownCodeError:
        return None


def codes(texts: Iterable[str | None]) -> dict[str, str | None]:
    """Each distinct code or name → the code of the area, None where no list has it."""
    return {text: code_or_none(text) for text in sorted({text for text in texts if text})}


def translated(column: str) -> pl.Expr:
    """The code of the area whose name or code stands in a column; null where no list has it."""
    return pl.col(column).map_batches(_translate, return_dtype=pl.String)


def _translate(names: pl.Series) -> pl.Series:
    return names.replace_strict(codes(names.unique()), default=None, return_dtype=pl.String)


def codes_of_m49() -> Mapping[str, str]:
    """M49 code, with and without leading zeros → code of the area."""
    return _codes_of_m49(compact.areas_known())


@lru_cache(maxsize=4)
def _codes_of_m49(_: int) -> Mapping[str, str]:
    known: dict[str, str] = {}
    for area in compact.areas():
        if area.m49:
            known |= {area.m49: area.code, area.m49.lstrip("0"): area.code}
    return known


def located(column: str) -> pl.Expr:
    """The code of the area for a location code of UN DESA: M49 for countries, its own for groups; null where none."""
    return pl.col(column).replace_strict({**codes_of_m49(), **_of_undesa()}, default=None, return_dtype=pl.String)


@cache
def _of_undesa() -> Mapping[str, str]:
    """UN DESA's own location codes of groups → M49."""
    with (Path(__file__).parent / "undesa_locations.csv").open(encoding="utf-8", newline="") as stream:
        return {row["location"]: row["code"] for row in csv.DictReader(stream)}


def groups() -> Mapping[str, tuple[str, ...]]:
    """Code of the world and of each M49 and SDG region → ISO3 codes of its members."""
    return _groups(compact.areas_known())


@lru_cache(maxsize=4)
def _groups(_: int) -> Mapping[str, tuple[str, ...]]:
    return {area.code: area.members for area in compact.areas() if area.kind in _GEOGRAPHIC and area.members}


def groups_around(group: str) -> tuple[str, ...]:
    """The group and every M49 or SDG region that holds all of its members, the world among them."""
    members = set(groups()[group])
    return tuple(sorted(code for code, others in groups().items() if members <= set(others)))


def groups_with(country: str) -> tuple[str, ...]:
    """Every M49 or SDG region of which a country is a member, the world among them; () where it is in none."""
    return tuple(sorted(code for code, members in groups().items() if country in members))


@cache
def _of_publishers() -> Mapping[str, str]:
    """Names that publishers write and that are no name of the area elsewhere → code."""
    with (Path(__file__).parent / "area_names.csv").open(encoding="utf-8", newline="") as stream:
        return {row["name"]: row["code"] for row in csv.DictReader(stream)}

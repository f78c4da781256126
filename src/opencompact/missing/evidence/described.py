"""What each parameter of the evidence stands for, where it comes from, and within what it may be set.

Own words and ranges, in `described.toml`; the sources of the parameters stand beside them in `parameters.toml`.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from opencompact.missing.evidence.parameters import Parameters, defaults

Value = float | str | Sequence[float] | Sequence[str]
"""A parameter: a number, a list of numbers, or words."""
Between = tuple[float, float]
LINKS = ("source", "share_source", "population_source")
"""Entries of a table of parameters that say where the others come from."""


@dataclass(frozen=True)
class Described:
    """What a parameter stands for (a message of the catalogues) and what it may be: least and most, of a list for each member; nothing
    where it is not set by a file. `learned` is how confirmed identifications tell it: "rate", "ln" for the logarithm of a rate,
    "deviation" for the standard deviation of an error, "" not."""

    meaning: str
    between: tuple[Between, ...] = ()
    stated_by: str = "source"
    learned: str = ""


@dataclass(frozen=True)
class Parameter:
    """A parameter by its name ("sex.errors.external"): its value, its source, and what it stands for."""

    name: str
    value: Value
    source: str
    described: Described | None


@cache
def _listed() -> tuple[dict[str, Described], tuple[tuple[str, ...], ...]]:
    content = tomllib.loads(
        files("opencompact.missing.evidence").joinpath("described.toml").read_text(encoding="utf-8")
    )
    sums = tuple(tuple(names) for names in content.pop("sums"))
    return {
        name: Described(**{**entry, "between": _each(entry.get("between", ()))}) for name, entry in content.items()
    }, sums


def _each(between: Sequence[Any]) -> tuple[Between, ...]:
    if between and not isinstance(between[0], list):
        between = [between]
    return tuple((float(least), float(most)) for least, most in between)


def sums() -> tuple[tuple[str, ...], ...]:
    """Names of parameters that add up to one: numbers, those below a table, or the first of each list."""
    return _listed()[1]


def described(name: str) -> Described | None:
    """What a parameter stands for: said of itself, or of the nearest table that it stands in."""
    known = _listed()[0]
    while name and name not in known:
        name = name.rpartition(".")[0]
    return known.get(name)


def every_parameter(parameters: Parameters | None = None) -> list[Parameter]:
    """All parameters in the order of `parameters.toml`, each with its source."""
    told = defaults() if parameters is None else parameters
    return [_parameter(name, value) for name, value in leaves(told)]


def _parameter(name: str, value: Value) -> Parameter:
    of = described(name)
    return Parameter(name, value, source_of(name, of.stated_by if of else "source"), of)


def source_of(name: str, entry: str) -> str:
    """Where a parameter comes from: the entry of its table, or of the nearest table around it."""
    tables: list[Mapping[str, Any]] = [defaults()]
    for part in name.split(".")[:-1]:
        tables.append(tables[-1].get(part, {}))
    return next((str(table[entry]) for table in reversed(tables) if entry in table), "")


def leaves(table: Mapping[str, Any], within: str = "") -> Iterator[tuple[str, Value]]:
    """Every entry of a table and of those in it, by its whole name; what only says where the others come from is left out."""
    for key, value in table.items():
        name = f"{within}.{key}" if within else key
        if isinstance(value, Mapping):
            yield from leaves(value, name)
        elif key not in LINKS:
            yield name, value


def learnable(parameters: Parameters | None = None) -> dict[str, Parameter]:
    """The parameters that confirmed identifications can tell, by name."""
    return {one.name: one for one in every_parameter(parameters) if one.described and one.described.learned}

"""Parameters of one's own: learned from confirmed identifications, or written by hand, in a TOML file over the defaults.

A file says only what is other than the default, in the tables of `parameters.toml`, and in [about] where it comes from. It holds rates and counts, and
nothing of anybody. Own form.
"""

from __future__ import annotations

import datetime
import hashlib
import json
import math
import tomllib
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from opencompact.errors import InputError, InvalidDataError, UnknownCodeError
from opencompact.language import said
from opencompact.missing.evidence.described import Between, Value, every_parameter, leaves, sums
from opencompact.missing.evidence.learned_rates import LearnedRate
from opencompact.missing.evidence.parameters import Parameters, defaults
from opencompact.tables import write_text
from opencompact.tables.refusals import unreadable

ABOUT = "about"


@dataclass(frozen=True)
class OwnRates:
    """Parameters of a file: the defaults with what it changes (name → value). `synthetic` says that they were learned from people who never
    lived; `source` where they come from."""

    file: str
    parameters: Parameters
    changed: Mapping[str, Value]
    synthetic: bool = False
    source: str = ""

    @property
    def id(self) -> str:
        """Sixteen hexadecimal digits that are those of what is changed: the same for the same rates, whatever the file is called."""
        return hashlib.sha256(json.dumps(dict(self.changed), sort_keys=True).encode()).hexdigest()[:16]

    def as_dict(self) -> dict[str, Any]:
        """What results say of the rates they were made with."""
        return {
            "file": self.file,
            "id": self.id,
            "changed": dict(self.changed),
            "source": self.source,
            "synthetic": self.synthetic,
        }


def read_rates(path: Path) -> OwnRates:
    """The parameters of a file. Raises InputError where it is absent or no TOML, UnknownCodeError for what is no parameter, InvalidDataError for
    a value that it cannot be: with file, name, value and what it may be."""
    content = _content(path)
    about = content.pop(ABOUT, {})
    if not isinstance(about, dict):
        raise InvalidDataError(
            "This is a table, [about].",
            file=path,
            column=ABOUT,
            value=about,
            remedy="Write [about], and below it what is known of the rates.",
        )
    parameters, stated, usual = deepcopy(dict(defaults())), dict(leaves(content)), dict(leaves(defaults()))
    for name, value in stated.items():
        _check(name, value, path)
        *within, key = name.split(".")
        table = parameters
        for part in within:
            table = table[part]
        table[key] = value
    _check_sums(parameters, stated, path)
    changed = {name: value for name, value in stated.items() if value != usual[name]}
    return OwnRates(path.name, parameters, changed, about.get("synthetic") is True, str(about.get("source", "")))


def _content(path: Path) -> dict[str, Any]:
    try:
        content = tomllib.loads(path.read_text(encoding="utf-8"))
        dict(leaves(content))  # tables within tables, more than can be read, are told here
        return content
    except OSError as problem:
        raise unreadable(path, problem) from None
    except (ValueError, RecursionError) as problem:  # no TOML, no UTF-8, a number or a nesting beyond all bounds
        raise InputError(
            said("The rates are not TOML: {reason}.", reason=problem),
            file=path,
            remedy="Write them with: opencompact missing learn … --out.",
        ) from None


def _check(name: str, value: Value, path: Path) -> None:
    """Raises where this is no parameter that a file may set, or no value of it."""
    import difflib

    settable = {one.name: one for one in every_parameter() if one.described and one.described.between}
    if name not in settable:
        near = difflib.get_close_matches(name, settable, n=1)
        raise UnknownCodeError(
            "No parameter of this name can be set.",
            file=path,
            column=name,
            value=value,
            remedy=said("Did you mean {near}?", near=near[0]) if near else "List them with: opencompact missing rates.",
        )
    usual, of = settable[name].value, settable[name].described
    assert of is not None
    told = value if isinstance(value, list) else [value]
    many = len(usual) if isinstance(usual, list) else 1
    fits = isinstance(value, list) == isinstance(usual, list) and len(told) == many
    if not fits or not all(_within(one, between) for one, between in zip(told, of.between, strict=True)):
        raise InvalidDataError(
            "This parameter cannot have this value.",
            file=path,
            column=name,
            value=value,
            remedy=said("Write {range}.", range=_told_range(of.between)),
        )


def _within(value: Any, between: Between) -> bool:
    return not isinstance(value, bool) and isinstance(value, int | float) and between[0] <= value <= between[1]


def _told_range(between: Sequence[Between]) -> str:
    """What a parameter may be, in words."""
    told = [said("a number from {least} to {most}", least=_plain(a), most=_plain(b)) for a, b in between]
    if len(told) == 1:
        return told[0]
    return said("a list of two: {first}, and {second}", first=told[0], second=told[1])


def _plain(number: float) -> str:
    """A number as people write it, without a power of ten."""
    return f"{number:.12f}".rstrip("0").rstrip(".")


def _check_sums(parameters: Parameters, changed: Iterable[str], path: Path) -> None:
    """Raises InvalidDataError where shares of which the file changes one do not add up to one."""
    values = dict(leaves(parameters))
    for names in sums():
        members = [name for name in values if name in names or name.rpartition(".")[0] in names]
        if set(members).isdisjoint(changed):
            continue
        whole = math.fsum(value[0] if isinstance(value, list) else value for value in map(values.__getitem__, members))  # type: ignore[misc]
        if abs(whole - 1) > 1e-3:
            raise InvalidDataError(
                said("These shares add up to one: {names}.", names=", ".join(members)),
                file=path,
                column=next(name for name in members if name in set(changed)),
                value=round(whole, 4),
                remedy="Correct them, or state them all.",
            )


def write_rates(
    path: Path,
    learned: Iterable[LearnedRate],
    *,
    judgements: int,
    people: int,
    on: datetime.date,
    synthetic: bool,
    before: OwnRates | None = None,
) -> dict[str, Value]:
    """Writes the learned rates that enough people tell of, whole or not at all, beside what was changed `before`; gives back what is
    written. Raises OutputError."""
    written = {one.name: one for one in learned if one.enough}
    tables: dict[str, list[str]] = defaultdict(list)
    values: dict[str, Value] = {name: float(f"{one.value:.4g}") for name, one in written.items()}
    for name, value in (before.changed if before else {}).items():
        if name not in written:
            table, _, key = name.rpartition(".")
            tables[table].append(f"{key} = {json.dumps(value)}  # as it was stated")
            values[name] = value
    for name, one in written.items():
        table, _, key = name.rpartition(".")
        tables[table].append(
            f"{key} = {values[name]!r}  # {one.default:.4g} before, as {one.rate.prior_weight:.4g} cases;"
            f" {one.rate.cases:.4g} cases of {one.people} people; 95 % {one.low:.4g} to {one.high:.4g}"
        )
    lines = [
        "# Error rates learned from confirmed identifications. Give this file with --rates. It holds rates and counts, and nothing of anybody.",
        f"[{ABOUT}]",
        'source = "learned from confirmed identifications: opencompact missing learn"',
        f"on = {on.isoformat()}",
        f"judgements = {judgements}",
        f"people = {people}",
        f"synthetic = {str(synthetic).lower()}",
    ]
    for table, entries in tables.items():
        lines += ["", f"[{table}]", *entries]
    write_text(path, "\n".join(lines) + "\n")
    return values

"""What the components of a structure mean in an observation of ours: standard concepts, known structures, a user's own file.

A mapping is a TOML file:

    structure = "ESTAT:MIGR_ASYAPPCTZA"     # whose data it explains
    indicator = "asylum.applicants"         # of all of it; or, in [columns], the component that says it
    unit = "persons"
    vintage = "2026-10-01"
    publisher = "Eurostat"
    structure_file = "MIGR_ASYAPPCTZA-dsd.xml"
    ignore = ["FREQ"]                       # components to leave out

    [columns]                               # column of the observation = component, where the usual ids do not say it
    area = "geo"
    origin = "citizen"

    [breakdown]                             # component = key of the breakdown
    AGE_GRP = "age-group"

    [codes.citizen]                         # codes of a component that are not ours
    TOTAL = "_T"
"""

from __future__ import annotations

import difflib
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

from opencompact.errors import InputError, InvalidDataError
from opencompact.language import said
from opencompact.tables.refusals import unreadable

#: Columns of an observation that a component may carry.
COLUMNS = (
    "indicator", "area", "period", "sex", "age", "migratory_status", "origin", "value", "status", "confidentiality", "unit",
    "lower", "upper", "note",
)  # fmt: skip


@dataclass(frozen=True)
class StructureMapping:
    """A mapping as the module's docstring shows it. `decode`: our own codes; `series`: the series of the SDG database."""

    structure: str
    columns: Mapping[str, str] = field(default_factory=dict)
    breakdown: Mapping[str, str] = field(default_factory=dict)
    codes: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    ignore: tuple[str, ...] = ()
    indicator: str | None = None
    unit: str | None = None
    vintage: str | None = None
    publisher: str | None = None
    structure_file: str | None = None
    decode: bool = False
    series: bool = False


@cache
def known() -> dict[str, Any]:
    """The whole of mappings.toml."""
    return tomllib.loads(files(__package__).joinpath("mappings.toml").read_text("utf-8"))


def shipped(reference: str | None) -> StructureMapping | None:
    """The mapping that we have for a structure (`AGENCY:ID`); None where there is none."""
    entries = (StructureMapping(**entry) for entry in known()["mapping"])
    return next((entry for entry in entries if reference and entry.structure.upper() == reference.upper()), None)


def read_mapping(path: Path) -> StructureMapping:
    """A user's mapping. Raises InputError where it cannot be read, InvalidDataError for a word that means nothing in it."""
    try:
        content = tomllib.loads(path.read_text("utf-8"))
    except OSError as problem:
        raise unreadable(path, problem) from problem
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as problem:
        raise InputError(
            said("The mapping is no TOML: {reason}.", reason=problem),
            file=path,
            rule="sdmx/mapping",
            remedy="Correct that line.",
        ) from problem
    words = {one.name for one in fields(StructureMapping)} - {"decode", "series"}
    for word in content:
        _refuse_unknown(word, words, path, said("word of a mapping"))
    for column in content.get("columns", {}):
        _refuse_unknown(column, set(COLUMNS), path, said("column of an observation"))
    if "structure" not in content:
        raise InvalidDataError(
            "The mapping does not say whose data it explains.",
            file=path,
            rule="sdmx/mapping",
            remedy='Add structure = "AGENCY:ID".',
        )
    return StructureMapping(**{**content, "ignore": tuple(content.get("ignore", ()))})


def _refuse_unknown(word: str, words: set[str], path: Path, what: str) -> None:
    if word in words:
        return
    near = difflib.get_close_matches(word, words, n=1)
    raise InvalidDataError(
        said("This is no {what}.", what=what),
        file=path,
        value=word,
        rule="sdmx/mapping",
        remedy=said("Did you mean '{near}'?", near=near[0])
        if near
        else said("Use one of: {choices}.", choices=", ".join(sorted(words))),
    )

"""Which component of a message is what in an observation of ours."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from opencompact.errors import InvalidDataError
from opencompact.language import said
from opencompact.statistics.sdmx.definition import Definition
from opencompact.statistics.sdmx.mapping import COLUMNS, StructureMapping, known
from opencompact.statistics.sdmx.records import Raw


@dataclass(frozen=True)
class Roles:
    """Our column → component; component → key of the breakdown; components left out."""

    columns: Mapping[str, str]
    keys: Mapping[str, str]
    left_out: tuple[str, ...]
    guessed: tuple[str, ...]


def roles_of(raw: Raw, definition: Definition | None, mapping: StructureMapping) -> Roles:
    """What the mapping says, else the usual concepts, else what the structure or the message marks as a dimension."""
    present = [name for name in raw.table.columns if name != "row" and name not in mapping.ignore]
    dimensions = definition.dimensions if definition else raw.dimensions
    usual = known()["concepts"]
    columns = {
        column: component
        for column in COLUMNS
        if (component := mapping.columns.get(column) or next((one for one in usual[column] if one in present), None))
        in present
    }
    taken = {*columns.values(), *known()["other"]["dimensions"], *known()["other"]["attributes"]}
    rest = [name for name in present if name not in taken]
    keys = {name: mapping.breakdown[name] for name in rest if name in mapping.breakdown}
    open_ = [name for name in rest if name not in keys]
    of_key = open_ if dimensions is None else [name for name in open_ if name in dimensions]
    keys |= {name: name.lower().replace("_", "-") for name in of_key}
    left_out = tuple(name for name in open_ if name not in of_key)
    return Roles(columns, keys, left_out, tuple(of_key) if dimensions is None else ())


def refuse_without_key(roles: Roles, mapping: StructureMapping, name: str) -> None:
    """Raises InvalidDataError where no component says indicator, area, period or value."""
    for column in ("indicator", "area", "period", "value"):
        if column in roles.columns or (column == "indicator" and mapping.indicator):
            continue
        raise InvalidDataError(
            said("Nothing in this message says the {column} of its observations.", column=column),
            file=name,
            value=mapping.structure or None,
            rule="sdmx/mapping",
            remedy=said(
                "Write a mapping (TOML) that names the component in [columns]{column}.",
                column=said(", or the indicator") if column == "indicator" else "",
            ),
        )


def notes_of(raw: Raw, roles: Roles, definition: Definition | None, mapping: StructureMapping) -> tuple[str, ...]:
    """What a reader of the values should know of how the message was read."""
    notes = [f"publisher: {mapping.publisher}"] if mapping.publisher else []
    if definition is None and roles.guessed:
        notes.append(f"no structure was given: taken as breakdowns, codes as they are: {', '.join(roles.guessed)}")
    if roles.left_out:
        notes.append(f"attributes left out: {', '.join(roles.left_out)}")
    return tuple(notes)

"""SDMX in: a data message, with its structure and a mapping where they are needed, as observations; nothing dropped."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import polars as pl

from opencompact.errors import InvalidDataError
from opencompact.language import said
from opencompact.statistics.observations import observations
from opencompact.statistics.reasons import recalled
from opencompact.statistics.sdmx.definition import Definition, read_definitions
from opencompact.statistics.sdmx.mapping import StructureMapping, read_mapping, shipped
from opencompact.statistics.sdmx.message import NO_OBSERVATIONS, Message, message_of
from opencompact.statistics.sdmx.raw import read_raw
from opencompact.statistics.sdmx.roles import notes_of, refuse_without_key, roles_of
from opencompact.statistics.sdmx.translation import translated
from opencompact.tables.refusals import unreadable


@dataclass(frozen=True)
class SdmxReading:
    """What a data message says.

    observations: the columns of an observation; `row` counts the observations of the message (lines, for CSV).
    set_aside:    `row`, `reason`, `content`: what is no observation of ours and why.
    read:         observations in the message = rows in `observations` + rows in `set_aside`.
    reference:    `AGENCY:ID` of the structure or dataflow, where the message names one.
    notes:        what was taken as what, where the message leaves it open.
    """

    observations: pl.DataFrame
    set_aside: pl.DataFrame
    read: int
    reference: str | None
    notes: tuple[str, ...]


def read(path: Path, structure: Path | None = None, mapping: Path | StructureMapping | None = None) -> SdmxReading:
    """Reads any data message of SDMX (XML 2.1 and 3.0, JSON 1.0 and 2.0, CSV 1.0 and 2.0).

    `structure` is the structure message with the data structure definition: it says which components are dimensions and
    which codes there are. `mapping` says what they mean; without one the usual concepts are taken, and what is none of ours
    becomes a key of `breakdown`. Raises InputError and InvalidDataError, with the remedy, where that does not suffice.
    """
    content = _content(path)
    header = (
        content[: 1 << 16]
        .removeprefix(b"\xef\xbb\xbf")
        .split(b"\n", 1)[0]
        .decode("utf-8", "replace")
        .strip()
        .split(",")
    )
    message = message_of(content[: 1 << 16].removeprefix(b"\xef\xbb\xbf"), [cell.strip('"') for cell in _cells(header)])
    if message is None or message.kind != "data":
        raise InvalidDataError(
            "This is no SDMX data message."
            if message is None
            else said("This is {no_observations}.", no_observations=recalled(NO_OBSERVATIONS[message.kind])),
            file=path,
            rule="sdmx/message",
            remedy="Give the file that holds the data.",
        )
    if isinstance(mapping, Path):
        mapping = read_mapping(mapping)
    definition = _definition(structure, message, mapping)
    return interpret(content, message, str(path), definition, mapping)


def interpret(
    content: bytes, message: Message, name: str, definition: Definition | None, mapping: StructureMapping | None
) -> SdmxReading:
    """`read`, of a message that is open already."""
    mapping = mapping or shipped(message.reference) or StructureMapping(structure=message.reference or "")
    raw = read_raw(content, message, name)
    roles = roles_of(raw, definition, mapping)
    judged = translated(raw, roles, mapping, definition)
    refuse_without_key(roles, mapping, name)
    good, bad = judged.filter(pl.col("reason").is_null()), judged.filter(pl.col("reason").is_not_null())
    gone = raw.deleted.select(
        "row", pl.lit("the message says that it is deleted").alias("reason"), pl.lit(None, pl.String).alias("content")
    )
    aside = pl.concat([bad.select("row", "reason", "content"), gone])
    total = raw.table.height + raw.deleted.height
    return SdmxReading(observations(good), aside, total, message.reference, notes_of(raw, roles, definition, mapping))


def _content(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as problem:
        raise unreadable(path, problem) from problem


def _cells(header: list[str]) -> list[str]:
    """The cells of a header, whatever its separator."""
    joined = ",".join(header)
    separator = max(",;\t", key=joined.count)
    return joined.split(separator)


def _definition(path: Path | None, message: Message, mapping: StructureMapping | None) -> Definition | None:
    if path is None:
        return None
    found = read_definitions(path)
    wanted = [mapping.structure if mapping else None, message.reference]
    chosen = next((found[name] for name in wanted if name in found), None)
    return chosen or (next(iter(found.values())) if len(found) == 1 else None)

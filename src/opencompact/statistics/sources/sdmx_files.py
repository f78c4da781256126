"""SDMX files in an import: data with a mapping is read, everything else is told what it is."""

from __future__ import annotations

from pathlib import Path

from opencompact.errors import OpenCompactError
from opencompact.language import said
from opencompact.statistics.sdmx.definition import Definition, read_definitions
from opencompact.statistics.sdmx.mapping import StructureMapping, read_mapping, shipped
from opencompact.statistics.sdmx.message import NO_OBSERVATIONS, Message, message_of
from opencompact.statistics.sdmx.reading import interpret
from opencompact.statistics.sources.contract import Reading, Recognition, set_aside
from opencompact.statistics.sources.file import SourceFile
from opencompact.statistics.sources.meaning import last_day_in

_ID = "sdmx.files"
_NAME = ".mapping.toml"


def recognise(file: SourceFile) -> Recognition | None:
    """By the beginning of the file; a data message without a mapping is listed with what it needs."""
    if file.format not in ("xml", "json", "text"):
        return None
    message = message_of(file.head, file.header())
    if message is None:
        return None
    if message.kind != "data":
        return Recognition(_ID, message.kind, NO_OBSERVATIONS[message.kind])
    table = f"{(message.reference or 'data').replace(':', '-')}.{file.path.name.split('.')[0]}"
    mapping = _mapping(file, message)
    if mapping is None:
        known = f"the structure {message.reference}" if message.reference else "its structure"
        reason = f"SDMX data without a mapping beside it that says what {known} measures and whose figures they are"
        return Recognition(_ID, table, reason)
    return Recognition(_ID, table, details={"mapping": mapping, "message": message})


def _mapping(file: SourceFile, message: Message) -> StructureMapping | None:
    """A mapping of the file's own name, one in its folder that names its structure, or ours for our own export."""
    own = file.path.with_name(file.path.name.split(".")[0] + _NAME)
    for path in [own, *sorted(file.path.parent.glob(f"*{_NAME}"))]:
        if not path.exists():
            continue
        mapping = read_mapping(path)
        if path == own or (message.reference and mapping.structure.upper() == message.reference.upper()):
            return mapping
    ours = shipped(message.reference)
    return ours if ours is not None and ours.decode else None


def read(file: SourceFile, recognition: Recognition) -> Reading:
    """A data message with its mapping."""
    mapping: StructureMapping = recognition.details["mapping"]
    message: Message = recognition.details["message"]
    definition = _structure(file.path.parent, mapping)
    found = interpret(file.content, message, file.name, definition, mapping)
    vintage = mapping.vintage or last_day_in(found.observations)
    dated = mapping.vintage is not None
    return Reading(found.observations, set_aside(found.set_aside), found.read, vintage, notes=found.notes, dated=dated)


def _structure(folder: Path, mapping: StructureMapping) -> Definition | None:
    """The structure that the mapping names, in the same folder."""
    if mapping.structure_file is None:
        return None
    found = read_definitions(folder / mapping.structure_file)
    if mapping.structure in found:
        return found[mapping.structure]
    raise OpenCompactError(
        "The structure message defines other structures.",
        file=folder / mapping.structure_file,
        value=", ".join(found),
        rule="sdmx/structure",
        remedy=said("Give the one of {structure}.", structure=mapping.structure),
    )

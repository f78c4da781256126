"""What an SDMX file is, told from its beginning: data, structure, metadata, a schema, a table of constraints."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

Kind = Literal["data", "structure", "metadata", "schema", "constraints"]

#: Why a message that is no data holds no observations.
NO_OBSERVATIONS: dict[Kind, str] = {
    "structure": "an SDMX structure: code lists and definitions, no observations",
    "metadata": "SDMX reference metadata: texts about series, no observations",
    "schema": "a schema of the SDMX format, no observations",
    "constraints": "the codes that each SDG series may have, no observations",
}

_ROOTS: dict[str, Kind] = {
    "Structure": "structure",
    "GenericData": "data",
    "GenericTimeSeriesData": "data",
    "StructureSpecificData": "data",
    "StructureSpecificTimeSeriesData": "data",
    "CompactData": "data",
    "UtilityData": "data",
    "GenericMetadata": "metadata",
    "StructureSpecificMetadata": "metadata",
    "MetadataReport": "metadata",
}


@dataclass(frozen=True)
class Message:
    """`format`: xml, json, csv1 or csv2. `reference`: `AGENCY:ID` of the structure or dataflow, where the beginning says it."""

    kind: Kind
    format: Literal["xml", "json", "csv1", "csv2"]
    reference: str | None = None


def message_of(head: bytes, header: Sequence[str] = ()) -> Message | None:
    """What a file is, from its first bytes and, for a text table, its header; None where it is no SDMX."""
    start = head.lstrip()[:1]
    if start == b"<":
        return _xml(head)
    if start == b"{":
        return _json(head)
    return _csv(head, header)


def _xml(head: bytes) -> Message | None:
    root = re.search(
        rb"<(?:[\w.\-]+:)?(\w+)[\s>]", re.sub(rb"<\?.*?\?>|<!--.*?-->|<!DOCTYPE[^>]*>", b"", head, flags=re.S)
    )
    kind = _ROOTS.get(root[1].decode()) if root else None
    if kind is None or (b"sdmx.org/" not in head and b"SDMX.org/" not in head and b"SDMX.ORG/" not in head):
        return None
    return Message(kind, "xml", _reference_in(head) if kind == "data" else None)


def _reference_in(head: bytes) -> str | None:
    """`AGENCY:ID` as a reference or a URN gives it."""
    urn = re.search(rb"(?:DataStructure|Dataflow)=([\w.\-]+:[\w\-@$]+)\(", head)
    if urn:
        return urn[1].decode()
    element = re.search(rb"<(?:\w+:)?Ref\b[^>]*>", head)
    if element:
        found = dict(re.findall(rb'(\w+)\s*=\s*"([^"]*)"', element[0]))
        if b"agencyID" in found and b"id" in found:
            return f"{found[b'agencyID'].decode()}:{found[b'id'].decode()}"
    return None


def _json(head: bytes) -> Message | None:
    text = head.decode("utf-8", errors="replace")
    if re.search(r'"\$schema"\s*:\s*"https?://json-schema\.org', text):
        return Message("schema", "json") if "sdmx" in text.lower() else None
    keys = set(re.findall(r'"(\w+)"\s*:', text))
    if "dataSets" in keys and (keys & {"structure", "structures", "header", "meta", "data"}):
        return Message("data", "json", _reference_in(head) or _dataflow_in(text))
    if "metadataSets" in keys:
        return Message("metadata", "json")
    lists = {"dataStructures", "codelists", "conceptSchemes", "dataflows", "metadataStructures", "categorySchemes"}
    return Message("structure", "json") if "data" in keys and keys & lists else None


def _dataflow_in(text: str) -> str | None:
    found = re.search(r"/sdmx-json/data(?:flow)?/([\w\-]+)", text)
    agency = re.search(r'"sender"\s*:\s*\{\s*"id"\s*:\s*"([\w.\-]+)"', text)
    return f"{agency[1]}:{found[1]}" if found and agency else None


def _csv(head: bytes, header: Sequence[str]) -> Message | None:
    if not header:
        return None
    if re.fullmatch(r"STRUCTURE(\[.\])?", header[0]) and len(header) > 1 and header[1] == "STRUCTURE_ID":
        found = re.search(rb"(?m)^(?:dataflow|datastructure|dataprovision)[,;\t]\"?([\w.\-]+:[\w\-@$]+)\(", head, re.I)
        return Message("data", "csv2", found[1].decode() if found else None)
    if re.match(r"DATAFLOW\b", header[0]):
        found = re.search(rb"(?m)^\"?([\w.\-]+:[\w\-@$]+)\(", head)
        return Message("data", "csv1", found[1].decode() if found else None)
    if header[:3] == ["SERIES", "Name", "UNIT_MEASURE"] and "COMPOSITE_BREAKDOWN" in header:
        return Message("constraints", "csv1")
    return None


def parse_json(content: bytes) -> object:
    """The JSON of a message."""
    return json.loads(content.decode("utf-8-sig"))

"""Structures as others write them: the components of a definition and the codes that each may have (ML 2.1, ML 3.0, JSON)."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from opencompact.errors import InvalidDataError
from opencompact.language import said
from opencompact.statistics.sdmx.message import message_of, parse_json
from opencompact.statistics.sdmx.structure import Names
from opencompact.tables.refusals import unreadable


@dataclass(frozen=True)
class Definition:
    """A data structure definition: ids of dimensions, measures and attributes, and the codes of those that are coded.

    `codes`: component → code → names by language. A list that the file only refers to is not there.
    """

    reference: str
    dimensions: tuple[str, ...]
    measures: tuple[str, ...]
    attributes: tuple[str, ...]
    codes: Mapping[str, Mapping[str, Names]]


def read_definitions(path: Path) -> dict[str, Definition]:
    """The definitions in a structure message, by `AGENCY:ID`.

    Raises InputError where the file cannot be read, InvalidDataError where it is no structure message or defines none.
    """
    try:
        content = path.read_bytes()
    except OSError as problem:
        raise unreadable(path, problem) from problem
    message = message_of(content[: 1 << 16])
    if message is None or message.kind != "structure":
        raise InvalidDataError(
            "This is no SDMX structure message.",
            file=path,
            rule="sdmx/structure",
            remedy="Give the file that holds the data structure definition (a DSD).",
        )
    try:
        found = list(_from_xml(content) if message.format == "xml" else _from_json(content))
    except (ET.ParseError, ValueError, KeyError, TypeError, AttributeError) as problem:
        raise InvalidDataError(
            said("The structure message cannot be understood: {reason}.", reason=problem),
            file=path,
            rule="sdmx/structure",
            remedy="Download it again.",
        ) from problem
    if not found:
        raise InvalidDataError(
            "The structure message has no data structure definition.",
            file=path,
            rule="sdmx/structure",
            remedy="Ask for it with its references (…?references=children).",
        )
    return {definition.reference: definition for definition in found}


# --- XML -----------------------------------------------------------------------------------------------------------------


def _from_xml(content: bytes) -> Iterator[Definition]:
    root = ET.fromstring(content)
    lists = {_named(one): _codes(one) for one in _all(root, "Codelist")}
    concepts = {one.get("id"): _enumeration(one) for one in _all(root, "Concept")}
    for entry in _all(root, "DataStructure"):
        components = {
            kind: list(_all(entry, *tags))
            for kind, tags in {
                "dimensions": ("Dimension", "MeasureDimension", "TimeDimension"),
                "measures": ("PrimaryMeasure", "Measure"),
                "attributes": ("Attribute",),
            }.items()
        }
        ids = {kind: tuple(dict.fromkeys(filter(None, map(_id, ones)))) for kind, ones in components.items()}
        if not ids["dimensions"]:
            continue
        codes = {}
        for one in (one for ones in components.values() for one in ones):
            listed = lists.get(_enumeration(one) or concepts.get(_id(one)) or "")
            if listed:
                codes[str(_id(one))] = listed
        yield Definition(_named(entry), ids["dimensions"], ids["measures"] or ("OBS_VALUE",), ids["attributes"], codes)


def _all(element: ET.Element, *tags: str) -> list[ET.Element]:
    return [one for one in element.iter() if one.tag.rpartition("}")[2] in tags]


def _named(element: ET.Element) -> str:
    return f"{element.get('agencyID')}:{element.get('id')}"


def _id(component: ET.Element) -> str | None:
    """A component's id; without one it bears that of its concept."""
    if component.get("id"):
        return component.get("id")
    for one in _all(component, "ConceptIdentity"):
        for reference in one.iter():
            if reference.get("id"):
                return reference.get("id")
            if reference.text and ")." in reference.text:
                return reference.text.strip().rpartition(").")[2]
    return None


def _enumeration(element: ET.Element) -> str | None:
    """`AGENCY:ID` of the code list that an element refers to."""
    for one in _all(element, "Enumeration"):
        text = "".join(one.itertext()).strip()
        urn = re.search(r"=([\w.\-]+:[\w\-@$]+)\(", text)
        if urn:
            return urn[1]
        for reference in _all(one, "Ref"):
            return _named(reference)
    return None


def _codes(codelist: ET.Element) -> dict[str, Names]:
    language = "{http://www.w3.org/XML/1998/namespace}lang"
    return {
        str(code.get("id")): {
            name.get(language, "en"): (name.text or "").strip() for name in code if name.tag.endswith("}Name")
        }
        for code in _all(codelist, "Code")
    }


# --- JSON ----------------------------------------------------------------------------------------------------------------


def _from_json(content: bytes) -> Iterator[Definition]:
    data: Any = parse_json(content)
    data = data["data"]
    lists = {
        f"{one['agencyID']}:{one['id']}": {
            code["id"]: code.get("names") or {"en": code.get("name", "")} for code in one.get("codes", ())
        }
        for one in data.get("codelists", ())
    }
    for entry in data.get("dataStructures", ()):
        parts = entry.get("dataStructureComponents") or {}
        dimension_list = parts.get("dimensionList") or {}
        found = {
            "dimensions": [
                *dimension_list.get("dimensions", ()),
                *dimension_list.get("timeDimensions", ()),
                *filter(None, [dimension_list.get("timeDimension")]),
            ],
            "measures": (parts.get("measureList") or {}).get("measures", ()),
            "attributes": (parts.get("attributeList") or {}).get("attributes", ()),
        }
        ids = {kind: tuple(one["id"] for one in ones if "id" in one) for kind, ones in found.items()}
        codes = {}
        for one in (one for ones in found.values() for one in ones):
            urn = re.search(
                r"=([\w.\-]+:[\w\-@$]+)\(", str((one.get("localRepresentation") or {}).get("enumeration", ""))
            )
            if urn and lists.get(urn[1]):
                codes[str(one.get("id"))] = lists[urn[1]]
        if ids["dimensions"]:
            yield Definition(
                f"{entry['agencyID']}:{entry['id']}",
                ids["dimensions"],
                ids["measures"] or ("OBS_VALUE",),
                ids["attributes"],
                codes,
            )

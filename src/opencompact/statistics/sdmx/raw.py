"""Data messages of SDMX as they stand: one row an observation, one column of text a component, nothing translated.

XML 2.1 and 3.0 (generic and structure-specific), JSON 1.0 and 2.0, CSV 1.0 and 2.0.
"""

from __future__ import annotations

import io
import re
import xml.etree.ElementTree as ET
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from xml.parsers import expat

import polars as pl

from opencompact.errors import InvalidDataError
from opencompact.language import said
from opencompact.statistics.sdmx.message import Message, parse_json

Record = dict[str, str | None]
_VALUE = "OBS_VALUE"


@dataclass(frozen=True)
class Raw:
    """A data message.

    table:      `row` (1 = the first observation; for CSV the line) and one text column a component.
    dimensions: those that the message itself marks as such; None where it does not say (structure-specific XML, CSV).
    deleted:    rows that the message says are deleted, and so are none.
    """

    table: pl.DataFrame
    dimensions: frozenset[str] | None
    deleted: pl.DataFrame


def read_raw(content: bytes, message: Message, name: str) -> Raw:
    """All observations of a data message. Raises InvalidDataError, with the file's name, where it is not well-formed."""
    readers = {"xml": _xml, "json": _json, "csv1": _csv, "csv2": _csv}
    try:
        return readers[message.format](content)
    except (
        ET.ParseError,
        expat.ExpatError,
        ValueError,
        KeyError,
        TypeError,
        IndexError,
        AttributeError,
        pl.exceptions.PolarsError,
    ) as problem:
        raise InvalidDataError(
            said("The SDMX message cannot be understood: {reason}.", reason=str(problem).splitlines()[0]),
            file=name,
            row=_line(problem),
            rule="sdmx/message",
            remedy="Download it again, and check that it is whole.",
        ) from problem


def _line(problem: Exception) -> int | None:
    """The line at which an XML message breaks."""
    if isinstance(problem, ET.ParseError):
        return problem.position[0]
    return problem.lineno if isinstance(problem, expat.ExpatError) else None


def _frame(records: list[Record], dimensions: frozenset[str] | None) -> Raw:
    columns = dict.fromkeys(name for record in records for name in record)
    data = {name: [record.get(name) for record in records] for name in columns}
    table = pl.DataFrame(data, schema=dict.fromkeys(columns, pl.String)).with_row_index("row", offset=1)
    table = table.cast({"row": pl.Int64})
    return Raw(table, dimensions, table.clear())


# --- XML -----------------------------------------------------------------------------------------------------------------


def _xml(content: bytes) -> Raw:
    generic = re.search(rb"<(?:[\w.\-]+:)?Generic(?:TimeSeries)?Data[\s>]", content[: 1 << 16]) is not None
    return _generic(content) if generic else _specific(content)


def _elements(content: bytes) -> Iterator[tuple[str, str, ET.Element]]:
    """(start or end, the tag without its namespace, the element); what was read is freed."""
    for event, element in ET.iterparse(io.BytesIO(content), events=("start", "end")):
        yield event, element.tag.rpartition("}")[2], element


def _generic(content: bytes) -> Raw:
    records: list[Record] = []
    dimensions: set[str] = set()
    of_set: Record = {}
    of_series: Record = {}
    groups: list[tuple[Record, Record]] = []
    inside = ""
    at_observation = "TIME_PERIOD"
    for event, tag, element in _elements(content):
        if event == "start":
            inside = {"Series": "series", "Obs": "obs", "Group": "group", "DataSet": "set"}.get(tag, inside)
            if tag == "Structure" and element.get("dimensionAtObservation"):
                at_observation = str(element.get("dimensionAtObservation"))
            of_series = {} if tag == "Series" else of_series
            continue
        if tag == "SeriesKey" or tag == "ObsKey" or tag == "GroupKey":
            key = _pairs(element)
            dimensions |= key.keys() if tag != "GroupKey" else set()
            of_series = {**of_series, **key} if tag == "SeriesKey" else of_series
            groups += [(key, {})] if tag == "GroupKey" else []
        elif tag == "Attributes" and inside == "series":
            of_series = {**of_series, **_pairs(element)}
        elif tag == "Attributes" and inside == "set":
            of_set = _pairs(element)
        elif tag == "Attributes" and inside == "group" and groups:
            groups[-1][1].update(_pairs(element))
        elif tag == "Obs":
            observation, key_at = _generic_observation(element, at_observation)
            dimensions |= key_at
            records.append({**of_set, **of_series, **observation})
            inside = "series" if of_series else "set"
            element.clear()
        elif tag == "Series":
            of_series, inside = {}, "set"
            element.clear()
    return _frame([_with_groups(record, groups) for record in records] if groups else records, frozenset(dimensions))


def _pairs(element: ET.Element) -> Record:
    return {str(one.get("id")): one.get("value") for one in element if one.tag.endswith("}Value")}


def _generic_observation(element: ET.Element, at_observation: str) -> tuple[Record, set[str]]:
    found: Record = {}
    key: set[str] = set()
    for child in element:
        tag = child.tag.rpartition("}")[2]
        if tag in ("ObsDimension", "Time"):
            name = child.get("id") or at_observation
            found[name] = child.get("value") or child.text
            key.add(name)
        elif tag == "ObsKey":
            pairs = _pairs(child)
            found.update(pairs)
            key |= pairs.keys()
        elif tag == "ObsValue":
            found[_VALUE] = child.get("value")
        elif tag == "Attributes":
            found.update(_pairs(child))
    return found, key


class _Specific:
    """Structure-specific data, element by element: the attributes of data set, series and observation are components."""

    def __init__(self) -> None:
        self.records: list[Record] = []
        self.groups: list[Record] = []
        self._of_set: Record = {}
        self._of_series: Record = {}
        self._at_observation = "TIME_PERIOD"
        self._part: str | None = None

    def start(self, name: str, attributes: dict[str, str]) -> None:
        tag = name.rpartition(":")[2]
        if tag == "Obs":
            observation = {**self._of_set, **self._of_series, **_components(attributes)}
            measure = attributes.get("xsi:type")
            if measure and self._at_observation not in observation and self._at_observation != "AllDimensions":
                observation[self._at_observation] = measure.rpartition(":")[2]
            self.records.append(observation)
        elif tag == "Series":
            self._of_series = _components(attributes)
        elif tag == "Group":
            self.groups.append(_components(attributes))
        elif tag == "DataSet":
            self._of_set, self._of_series = _components(attributes), {}
        elif tag == "Structure" and "dimensionAtObservation" in attributes:
            self._at_observation = attributes["dimensionAtObservation"]
        elif tag == "Comp":
            self._part = attributes.get("id")

    def text(self, text: str) -> None:
        """Values of several parts, which SDMX 3.0 writes as elements: `<Comp id="…"><Value>…</Value></Comp>`."""
        if self._part and self.records and text.strip():
            said = self.records[-1].get(self._part)
            self.records[-1][self._part] = f"{said};{text.strip()}" if said else text.strip()

    def end(self, name: str) -> None:
        tag = name.rpartition(":")[2]
        if tag == "Series":
            self._of_series = {}
        elif tag == "Comp":
            self._part = None


def _specific(content: bytes) -> Raw:
    # Straight from the parser: a tree of elements costs four times as much.
    reader, parser = _Specific(), expat.ParserCreate()
    parser.buffer_text = True
    parser.StartElementHandler, parser.EndElementHandler = reader.start, reader.end
    parser.CharacterDataHandler = reader.text
    parser.Parse(content, True)
    return _frame(_with_attributes_of_groups(reader.records, reader.groups), None)


def _with_attributes_of_groups(records: list[Record], groups: list[Record]) -> list[Record]:
    """What the observations have too is the key of a group, the rest its attributes."""
    if not groups:
        return records
    known = {name for record in records for name in record}
    pairs = [
        ({name: text for name, text in group.items() if name in known}, {name: text for name, text in group.items() if name not in known})
        for group in groups
    ]  # fmt: skip
    return [_with_groups(record, pairs) for record in records]


def _components(attributes: dict[str, str]) -> Record:
    """The attributes in no namespace: components, and in a data set some words of the message."""
    return {name: text for name, text in attributes.items() if ":" not in name and name not in _OF_MESSAGE}


_OF_MESSAGE = {
    "xmlns", "structureRef", "dataScope", "action", "setID", "validFromDate", "validToDate", "REPORTING_YEAR_START_DAY",
}  # fmt: skip


def _with_groups(record: Record, groups: list[tuple[Record, Record]]) -> Record:
    for key, attributes in groups:
        if all(record.get(name) == value for name, value in key.items()):
            record = {**attributes, **record}
    return record


# --- JSON ----------------------------------------------------------------------------------------------------------------


def _json(content: bytes) -> Raw:
    message: Any = parse_json(content)
    data = message.get("data", message)
    structures = data.get("structures") or [data.get("structure") or message["structure"]]
    records: list[Record] = []
    dimensions: set[str] = set()
    for data_set in data["dataSets"]:
        structure = structures[data_set.get("structure", 0)]
        dimensions |= {one["id"] for ones in structure["dimensions"].values() for one in ones}
        records += list(_data_set(data_set, structure))
    return _frame(records, frozenset(dimensions))


def _data_set(data_set: Mapping[str, Any], structure: Mapping[str, Any]) -> Iterator[Record]:
    levels = structure["dimensions"]
    attributes = structure.get("attributes") or {}
    of_set: Record = {one["id"]: _said(one, 0) for one in levels.get("dataSet", ())}
    of_set |= _attributes(attributes.get("dataSet", ()), data_set.get("attributes", ()))
    of_series_too = [*levels.get("series", ()), *levels.get("observation", ())]
    for key, series in (data_set.get("series") or {}).items():
        of_series = {**of_set, **_key(levels.get("series", ()), key)}
        of_series |= _attributes(attributes.get("series", ()), series.get("attributes", ()))
        for position, values in (series.get("observations") or {}).items():
            yield {**of_series, **_key(levels.get("observation", ()), position), **_values(values, structure)}
    for position, values in (data_set.get("observations") or {}).items():
        # Without a level of series, a structure that has dimensions at it gives them with each observation.
        yield {**of_set, **_key(of_series_too, position), **_values(values, structure)}


def _key(dimensions: Any, key: str) -> Record:
    places = key.split(":")
    return {one["id"]: _said(one, int(place)) for one, place in zip(dimensions, places, strict=True)}


def _said(component: Mapping[str, Any], place: int) -> str | None:
    value = component["values"][place]
    if isinstance(value, Mapping):
        value = value.get("id", value.get("value", value.get("name")))
    return None if value is None else str(value)


def _values(values: list[Any], structure: Mapping[str, Any]) -> Record:
    """A measure (or several), then the attributes of the observation."""
    measures = [one["id"] for one in (structure.get("measures") or {}).get("observation", ())] or [_VALUE]
    found = {name: None if value is None else str(value) for name, value in zip(measures, values, strict=False)}
    attributes = (structure.get("attributes") or {}).get("observation", ())
    return {**found, **_attributes(attributes, values[len(measures) :])}


def _attributes(components: Any, values: Any) -> Record:
    found: Record = {}
    for component, value in zip(components, values, strict=False):
        if value is None:
            continue
        if isinstance(value, int) and component.get("values"):
            found[component["id"]] = _said(component, value)
        else:
            found[component["id"]] = ";".join(map(str, value)) if isinstance(value, list) else str(value)
    return found


# --- CSV -----------------------------------------------------------------------------------------------------------------


_LEADING = ("DATAFLOW", "STRUCTURE", "STRUCTURE_ID", "STRUCTURE_NAME", "ACTION", "SERIES_KEY", "OBS_KEY")


def _csv(content: bytes) -> Raw:
    first = content.removeprefix(b"\xef\xbb\xbf").split(b"\n", 1)[0]
    separator = max(",;\t", key=lambda mark: first.count(mark.encode()))
    table = (
        pl.read_csv(content, separator=separator, infer_schema=False)
        .with_row_index("row", offset=2)
        .cast({"row": pl.Int64})
    )
    names = table.columns
    paired = "STRUCTURE_NAME" in names
    components = [name for name in names if _plain_name(name) not in _LEADING and name != "row"]
    kept = components[::2] if paired else components
    labelled = [name for name in names if ": " in name]
    texts = [
        (pl.col(name).str.split(": ").list.first() if labelled else pl.col(name)).alias(_component(name))
        for name in kept
    ]
    action = next((name for name in names if _plain_name(name) == "ACTION"), None)
    gone = table.filter(pl.col(action).str.to_uppercase() == "D") if action else table.clear()
    found = table.join(gone.select("row"), on="row", how="anti").select("row", *texts)
    if separator == ";" and _VALUE in found.columns:
        found = found.with_columns(pl.col(_VALUE).str.replace(",", ".", literal=True))
    return Raw(found, None, gone.select("row"))


def _plain_name(column: str) -> str:
    return re.sub(r"\[.*\]$", "", column.split(": ")[0])


def _component(column: str) -> str:
    return _plain_name(column)

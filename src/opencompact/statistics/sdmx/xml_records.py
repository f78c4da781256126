"""Data messages of SDMX in XML 2.1 and 3.0: generic and structure-specific."""

from __future__ import annotations

import io
import re
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from xml.parsers import expat

from opencompact.statistics.sdmx.records import VALUE, Raw, Record, frame


def xml_records(content: bytes) -> Raw:
    """The observations of an XML message."""
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
    return frame([_with_groups(record, groups) for record in records] if groups else records, frozenset(dimensions))


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
            found[VALUE] = child.get("value")
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
    return frame(_with_attributes_of_groups(reader.records, reader.groups), None)


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

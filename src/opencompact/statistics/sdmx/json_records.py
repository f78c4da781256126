"""Data messages of SDMX in JSON 1.0 and 2.0."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from opencompact.statistics.sdmx.message import parse_json
from opencompact.statistics.sdmx.records import VALUE, Raw, Record, frame


def json_records(content: bytes) -> Raw:
    """The observations of a JSON message."""
    message: Any = parse_json(content)
    data = message.get("data", message)
    structures = data.get("structures") or [data.get("structure") or message["structure"]]
    records: list[Record] = []
    dimensions: set[str] = set()
    for data_set in data["dataSets"]:
        structure = structures[data_set.get("structure", 0)]
        dimensions |= {one["id"] for ones in structure["dimensions"].values() for one in ones}
        records += list(_data_set(data_set, structure))
    return frame(records, frozenset(dimensions))


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
    measures = [one["id"] for one in (structure.get("measures") or {}).get("observation", ())] or [VALUE]
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

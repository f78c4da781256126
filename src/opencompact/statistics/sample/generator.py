"""Made-up observations of the sample's countries, from a seed: the same seed gives the same rows.

The numbers have the shape of published ones (few points for stocks, many for yearly series, missing, suppressed and zero
cells, women and men, ages, origins) and the meaning of none. Every table says in its first column that it is synthetic.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from opencompact.statistics.sample.places import Land, definition, focus, lands

Row = dict[str, Any]

SEED = 73195  # A/RES/73/195
STOCK_YEARS = (1990, 1995, 2000, 2005, 2010, 2015, 2020, 2024)
YEARS = range(2010, 2025)
BANDS = tuple(range(0, 75, 5))
OTHER = "OOO"
MOVEMENTS = "displacements"  # of which one person may make several


def tables(seed: int = SEED) -> dict[str, list[Row]]:
    """The sample's tables by name: `population`, `movement`, `protection`, `money`, `goals`."""
    countries = lands()
    stocks = _stocks(countries, random.Random(seed))
    return {
        "population": [row for place in countries for row in _population(place)],
        "movement": list(_movement(countries, stocks, random.Random(seed + 1))),
        "protection": list(_protection(countries, random.Random(seed + 2))),
        "money": list(_money(countries, stocks, random.Random(seed + 3))),
        "goals": list(_goals(countries, random.Random(seed + 4))),
    }


def people(place: Land, year: int) -> int:
    """The population of a country in a year; 2024 is the definition's."""
    return int(place.population * 1.011 ** (year - 2024))


def _row(indicator: str, area: str, period: int | str, value: float | None, unit: str = "persons", **cell: Any) -> Row:
    return {"indicator": indicator, "area": area, "period": str(period), "value": value, "unit": unit, **cell}


def _age(start: int) -> str:
    return f"Y_GE{start}" if start == BANDS[-1] + 5 else f"Y{start}T{start + 4}"


def _bands(total: int, weight: Callable[[int], float]) -> Iterator[tuple[str, int]]:
    """`total` shared out over five-year bands by a weight of their first year; the parts add up to the total."""
    starts = (*BANDS, BANDS[-1] + 5)
    weights = [weight(start) for start in starts]
    left, scale = total, total / sum(weights)
    for start, each in zip(starts[:-1], weights, strict=False):
        share = round(each * scale)
        left -= share
        yield _age(start), share
    yield _age(starts[-1]), left


def _population(place: Land) -> Iterator[Row]:
    for year in sorted({*STOCK_YEARS, *YEARS}):
        yield _row("population", place.code, year, people(place, year))
    for sex, share in (("F", 0.504), ("M", 0.496)):
        total = round(people(place, 2024) * share)
        yield _row("population", place.code, 2024, total, sex=sex)
        for age, count in _bands(total, lambda start: max(0.05, 1.02 - start / 85)):
            yield _row("population", place.code, 2024, count, sex=sex, age=age)


def _stocks(countries: Sequence[Land], chance: random.Random) -> dict[tuple[str, str, int], tuple[int, int]]:
    """(destination, origin, year) → (women, men): people go to richer and nearer places, more with the years."""
    found = {}
    for here in countries:
        for there in countries:
            if here is there:
                continue
            pull = (here.gdp_per_person / there.gdp_per_person) ** 0.7 * (2.2 if here.region == there.region else 0.6)
            level = there.population * 0.0016 * pull * chance.uniform(0.3, 1.7)
            growth, women = chance.uniform(0.995, 1.035), chance.uniform(0.38, 0.57)
            for year in STOCK_YEARS:
                total = level * growth ** (year - 2010) * chance.uniform(0.97, 1.03)
                found[here.code, there.code, year] = (int(total * women), int(total * (1 - women)))
        for year in STOCK_YEARS:
            found[here.code, OTHER, year] = (int(here.population * 0.0004), int(here.population * 0.0005))
    return found


def _movement(
    countries: Sequence[Land], stocks: Mapping[tuple[str, str, int], tuple[int, int]], chance: random.Random
) -> Iterator[Row]:
    for (area, origin, year), (women, men) in stocks.items():
        yield _row("migrants", area, year, women, sex="F", origin=origin)
        yield _row("migrants", area, year, men, sex="M", origin=origin)
        yield _row("migrants", area, year, women + men, origin=origin)
    for place in countries:
        for year in STOCK_YEARS:
            yield from _stock_totals(place, year, stocks)
        for year in YEARS:
            level = 0.004 * place.population * (1 if place.gdp_per_person > 5000 else -1)
            yield _row("net-migration", place.code, year, round(level * chance.uniform(0.2, 1.4)))


def _stock_totals(place: Land, year: int, stocks: Mapping[tuple[str, str, int], tuple[int, int]]) -> Iterator[Row]:
    here = [value for (area, _, each), value in stocks.items() if area == place.code and each == year]
    away = [value for (_, origin, each), value in stocks.items() if origin == place.code and each == year]
    women, men = sum(value[0] for value in here), sum(value[1] for value in here)
    total, population = women + men, people(place, year)
    yield _row("migrants", place.code, year, women, sex="F")
    yield _row("migrants", place.code, year, men, sex="M")
    yield _row("migrants", place.code, year, total)
    yield _row("migrants.share", place.code, year, 100 * total / population, "percent")
    yield _row("migrants.women-share", place.code, year, 100 * women / total, "percent")
    left = sum(map(sum, away))
    yield _row("emigrants", place.code, year, left)
    yield _row("emigrants.share", place.code, year, 100 * left / population, "percent")
    if year == STOCK_YEARS[-1]:
        for sex, count in (("F", women), ("M", men)):
            for age, share in _bands(count, lambda start: max(0.04, 1 - abs(start - 34) / 42)):
                yield _row("migrants", place.code, year, share, sex=sex, age=age)


def _protection(countries: Sequence[Land], chance: random.Random) -> Iterator[Row]:
    for place in countries:
        neighbours = [other for other in countries if other.region == place.region and other is not place]
        hosted = {other.code: int(place.population * chance.uniform(0, 0.004)) for other in neighbours[:4]}
        fled = int(place.population * chance.uniform(0, 0.006) * (2 if place.gdp_per_person < 3000 else 0.1))
        flood, storm = place.population * chance.uniform(0, 0.004), place.population * chance.uniform(0, 0.002)
        conflict = int(place.population * chance.uniform(0, 0.01)) if place.gdp_per_person < 3000 else 0
        for year in YEARS:
            drift = 1.04 ** (year - 2017) * chance.uniform(0.85, 1.15)
            shown = {code: int(count * drift) for code, count in hosted.items()}
            for code, count in shown.items():
                yield _row("refugees.hosted", place.code, year, count, origin=code)
                yield _row("asylum-seekers.hosted", place.code, year, count // 7, origin=code)
            yield _row("refugees.hosted", place.code, year, sum(shown.values()))
            yield _row("asylum-seekers.hosted", place.code, year, sum(count // 7 for count in shown.values()))
            yield _row("refugees.origin", place.code, year, int(fled * drift))
            yield _row("asylum-seekers.origin", place.code, year, int(fled * drift / 6))
            yield from _displaced(place, year, flood, storm, int(conflict * drift), chance)
            yield _row("returns.refugees", place.code, year, int(fled * chance.uniform(0, 0.06)))
            yield _row("solutions.naturalisation", place.code, year, int(sum(shown.values()) * chance.uniform(0, 0.01)))
            yield _row("stateless", place.code, year, round(place.population * 0.0002 * 0.94 ** (year - 2010)))


def _displaced(
    place: Land, year: int, flood: float, storm: float, conflict: int, chance: random.Random
) -> Iterator[Row]:
    hazards = {"Flood": int(flood * chance.uniform(0.1, 2)), "Storm": int(storm * chance.uniform(0, 2))}
    for hazard, count in hazards.items():
        yield _row("displacement.disaster.new", place.code, year, count, MOVEMENTS, breakdown=f"hazard={hazard}")
    yield _row("displacement.disaster.new", place.code, year, sum(hazards.values()), MOVEMENTS)
    yield _row("displacement.conflict", place.code, year, conflict)
    yield _row("displacement.conflict.new", place.code, year, int(conflict * chance.uniform(0.05, 0.3)), MOVEMENTS)


def _money(
    countries: Sequence[Land], stocks: Mapping[tuple[str, str, int], tuple[int, int]], chance: random.Random
) -> Iterator[Row]:
    for place in countries:
        abroad = sum(sum(stocks[there.code, place.code, 2024]) for there in countries if there is not place)
        at_home = sum(sum(stocks[place.code, there.code, 2024]) for there in countries if there is not place)
        for year in YEARS:
            grown = 1.045 ** (year - 2024) * chance.uniform(0.93, 1.07)
            received, sent = abroad * 1450 * grown, at_home * 1300 * grown
            gdp = people(place, year) * place.gdp_per_person * 1.02 ** (year - 2024)
            yield _row("remittances.received", place.code, year, round(received), "US dollars")
            yield _row("remittances.sent", place.code, year, round(sent), "US dollars")
            yield _row("17.3.2", place.code, year, 100 * received / gdp, "percent")
            cost = chance.uniform(5.5, 8.5) - 0.25 * (year - 2017)
            yield _row("remittances.cost.receiving", place.code, year, round(cost, 2), "percent")
            yield _row("10.c.1", place.code, year, round(cost, 2), "percent")
        senders = sorted(countries, key=lambda each: -each.gdp_per_person)[:5]
        for sender in senders:
            if sender is place:
                continue
            cost = chance.uniform(1.8, 11)
            for year in range(2018, 2023):
                for quarter in (1, 2, 3, 4):
                    cost = max(1.2, cost + chance.uniform(-0.5, 0.42))
                    period = f"{year}-Q{quarter}"
                    yield _row(
                        "remittances.corridor-cost", place.code, period, round(cost, 2), "percent", origin=sender.code
                    )


def _goals(countries: Sequence[Land], chance: random.Random) -> Iterator[Row]:
    for place in countries:
        rich = min(1.0, place.gdp_per_person / 40000)
        yield from _drifting(place, "1.1.1", 26 * (1 - rich), -0.9, chance)
        yield from _drifting(place, "3.8.1", 45 + 40 * rich, 0.9, chance, unit="index 0-100")
        yield from _drifting(place, "16.9.1", 62 + 37 * rich, 1.2, chance, top=100.0, years=range(2012, 2023, 3))
        yield from _drifting(place, "1.3.1", 30 + 60 * rich, 0.5, chance, top=100.0, years=range(2016, 2023, 2))
        yield from _grouped(place, "8.5.2", 6.0 + 4 * (1 - rich), -0.05, 1.35, chance)
        yield from _grouped(place, "4.1.1", 55 + 35 * rich, 0.4, 1.08, chance)
        for year in YEARS:
            injuries = chance.uniform(3, 6) + 4 * (1 - rich)
            for status, factor in (("_T", 1.1), ("MIGRANT", 1.9), ("NONMIGRANT", 1.0)):
                value = round(injuries * factor, 2)
                yield _row("8.8.1", place.code, year, value, "per 100000 workers", migratory_status=status)
            detected = int(place.population / 60000 * chance.uniform(0.6, 1.5))
            yield _row("16.2.2", place.code, year, detected)
            hidden = {"value": None, "confidentiality": "C"} if detected < 60 else {}
            yield _row("16.2.2", place.code, year, detected // 3, age="Y0T17") | hidden
            yield _row("16.2.2", place.code, year, int(detected * 0.68), sex="F")
            yield _row("16.2.2", place.code, year, detected - int(detected * 0.68), sex="M")
        yield _row("10.7.1", place.code, 2021, None, "percent", status="L")
        yield _row("10.3.1", place.code, 2022, round(chance.uniform(4, 19), 1), "percent")
        for domain in ("Migrant rights", "Cooperation and partnerships", "Safe, orderly and regular migration"):
            for year in (2019, 2021, 2023):
                yield _row(
                    "10.7.2",
                    place.code,
                    year,
                    float(chance.randint(1, 4)),
                    "level of policy",
                    breakdown=f"domain={domain}",
                )


def _drifting(
    place: Land,
    indicator: str,
    level: float,
    slope: float,
    chance: random.Random,
    *,
    top: float | None = None,
    years: range = YEARS,
    unit: str = "percent",
) -> Iterator[Row]:
    """A series with a slope a year and noise, with an interval as surveys give it."""
    for year in years:
        value = max(0.0, level + slope * (year - 2017) + chance.uniform(-1, 1))
        value = min(value, top) if top else value
        yield _row(
            indicator,
            place.code,
            year,
            round(value, 2),
            unit,
            lower=round(value * 0.94, 2),
            upper=round(value * 1.06, 2),
        )


def _grouped(
    place: Land, indicator: str, level: float, slope: float, women: float, chance: random.Random
) -> Iterator[Row]:
    """A percentage for women, men and both."""
    for year in YEARS:
        men = max(0.5, level + slope * (year - 2017) + chance.uniform(-0.6, 0.6))
        for sex, value in (("M", men), ("F", men * women), ("_T", men * (1 + women) / 2)):
            yield _row(indicator, place.code, year, round(min(value, 99.0), 2), "percent", sex=sex)


def incidents(seed: int = SEED) -> list[Row]:
    """Made-up incidents in which people died or went missing, on the sample's two routes, 2014 to 2024."""
    chance = random.Random(seed + 5)
    routes = definition()["route"]
    found = []
    for year in range(2014, 2025):
        for number in range(chance.randint(16, 30)):
            route = chance.choices(routes, [each["weight"] for each in routes])[0]
            found.append(_incident(f"{year}-{number:03d}", year, route, chance))
    return sorted(found, key=lambda row: str(row["date"]))


def _incident(identifier: str, year: int, route: Mapping[str, Any], chance: random.Random) -> Row:
    at_sea = "crossing" in route["name"]
    dead = min(60, int(chance.paretovariate(1.3)))
    missing = int(dead * chance.uniform(0, 2)) if at_sea else None
    total = dead + (missing or 0)
    known = chance.random() < 0.4
    women = int(total * chance.uniform(0, 0.4)) if known else None
    return {
        "id": identifier,
        "type": "Incident",
        "date": f"{year}-{chance.randint(1, 12):02d}-{chance.randint(1, 28):02d}",
        "precision": "day",
        "latitude": round(route["latitude"] + chance.gauss(0, 1.1), 2),
        "longitude": round(route["longitude"] + chance.gauss(0, 1.6), 2),
        "dead": dead,
        "missing": missing,
        "total": total,
        "females": women,
        "males": None if women is None else total - women,
        "children": int(total * chance.uniform(0, 0.25)) if known else None,
        "route": route["name"],
        "cause": chance.choice(route["causes"]),
        "origins": chance.choice([land.code for land in lands() if land.gdp_per_person < 6000] + [None, None]),
        "country": focus() if not at_sea or chance.random() < 0.5 else None,
        "quality": chance.randint(1, 5),
    }

"""Where something was, as it was said: "near Sabha", "50 km south of Sabha", "между Агадесом и Себхой", "地中海", "southern Libya".

What was said roughly is a wide place: a circle about a point, or a line between two. The words are in `places.toml`. A place that
is in no list keeps its name and has no point: it counts neither for nor against anyone, and whoever reads the file is told.
Own grammar and own widths (judgement); the points of `places.csv` were entered by the project, to a tenth of a degree.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import cache, lru_cache, partial
from math import cos, inf, radians, sin

from opencompact.compact import countries
from opencompact.missing.records.gazetteer import (
    LISTED,
    Area,
    areas_called,
    country_of_code,
    known_place,
    listed_place,
    places_called,
    whole,
)
from opencompact.missing.records.place_words import no_place, pattern, place_words
from opencompact.missing.records.places import Place, Point, coordinates_in, distance, distance_to, each_of, meant
from opencompact.missing.records.sayings import folded, is_unknown
from opencompact.missing.records.towns import SETTLED, TOWN, towns_called, weighed

NEAR, OFF, ASIDE, ON_THE_WAY = 50.0, 100.0, 75.0, 30.0
"""km: how far "near" and "off" reach, how far off "south of" a town is taken to be, and how far from the line "between" two."""
FARTHEST = 2000.0
"""km: nobody says where a place is by another that is farther off; beyond it the saying is not read."""
SURROUNDINGS = 100.0
"""km: how far from a town lies what is named with it: "Sabratha, Tripoli"."""
_WIDE = 60.0  # km: a place wider than this has a north and a south of its own


@lru_cache(maxsize=50_000)
def read_place(text: str) -> Place | None:
    """A place as it was said: a town, region or country, "near Sabha", "between Agadez and Sabha", "50 km south of Sabha", "34.5, 12.6";
    None for "does not know".

    Coordinates are latitude, longitude. Raises InvalidDataError for a latitude beyond 90 degrees: the order is likely swapped.
    """
    if is_unknown(text):
        return None
    if (point := coordinates_in(text)) is not None:
        return point
    if (country := country_of_code(text.strip())) is not None:
        return replace(country, text=text)
    found = _whereabouts(folded(text).strip(" .;:!")) if len(text) <= 300 else None
    return Place(text) if found is None else replace(found, text=text)


def may_be_several(text: str) -> bool:
    """Whether a place that was not read is named as several are: saying its country may tell which."""
    parts = [part.strip() for part in re.split(r"[,()]", folded(text)) if part.strip()]
    return bool(towns_called(text)) or (len(parts) > 1 and any(towns_called(p) or areas_called(p) for p in parts))


def _whereabouts(said: str, deep: int = 0) -> Place | None:
    """The first reading of a saying that names a known place."""
    if deep > 3 or not said:
        return None
    readers = (_located, _away, _between, _near, _aside, _in_its_setting, _at_a_spot, _without_comma)
    return next((found for read in readers if (found := read(said, deep)) is not None), None)


def _located(said: str, _: int = 0) -> Place | None:
    """A place by its name, with or without "the city of"; "Tripoli, Lebanon" is the one in that country."""
    named = known_place
    for _ in range(4):
        if said in no_place():
            return None
        if (place := named(said) or _in_country(said)) is not None:
            return place
        lead = pattern("lead-in").match(said)
        if lead is None:
            return None
        if _ARTICLE.fullmatch(lead[0].strip()):
            named = listed_place  # the towns of the world are listed with their articles: La Palma is not Palma
        said = said[lead.end() :]
    return None


_ARTICLE = re.compile("the|le|la|les|l'|el|los|las")


def _in_country(said: str) -> Place | None:
    """ "Tripoli (Lebanon)", "Libya, Sabha", "Paris, Texas": the town, where it is in that country or area; of a town that no list has there,
    the country or area. Where nothing is known of what stands beside it, the town only if no other place has its name."""
    before, comma, after = (part.strip() for part in said.rstrip(")").rpartition("(" if said.endswith(")") else ","))
    if not comma or _is_beside(before):
        return None
    if before == after:
        return _located(before)
    turned = _is_wide(before) and not _is_wide(after) and not _is_area_elsewhere(after, before)
    if turned and (inside := _within(before, _settings(after), alone=False)) is not None:
        return inside  # "Lebanon, Indiana"
    town, around = (after, before) if turned else (before, after)
    if settings := _settings(around):
        # A code of two letters that is several ("PA": Panama, Pennsylvania, Palermo) says only which town is meant.
        return _within(town, settings, alone=len(around) > 2 or len(settings) == 1)
    return _located(town) if _is_one(town) else None


def _is_area_elsewhere(name: str, country: str) -> bool:
    """Whether this is a first-level area, and none of the country of that name: Missouri, beside a Mexico."""
    around = listed_place(country)
    return (
        around is not None
        and around == _country(around)
        and bool(areas_called(name))
        and all(area.place.country != around.country for area in areas_called(name))
    )


def _is_beside(said: str) -> bool:
    """Whether this says where something is by a place ("near Paris"): what follows it belongs to that place."""
    kinds = ("near", "off", "away", "aside", "spot", "about-town")
    read = (match for name in kinds if (match := pattern(name).fullmatch(said)) is not None)
    return any(match["place"] for match in read) and not places_called(said)


def _is_wide(name: str) -> bool:
    """Whether this is the name of a country, region or first-level area, and no town's."""
    listed = listed_place(name)
    return (
        listed.radius > TOWN or listed == _country(listed)
        if listed
        else bool(areas_called(name)) and not towns_called(name)
    )


def _country(place: Place) -> Place | None:
    return country_of_code(place.country or "")


def _settings(around: str) -> list[Area]:
    """What a name may be that says where a town lies: a country, first-level areas, a region; a town where it is none of them."""
    listed, areas = listed_place(around) or _country_in_two(around), list(areas_called(around))
    if listed is not None and listed.country is None:
        return areas or [Area(listed, listed.radius)]
    if listed is not None and listed == _country(listed):
        return [Area(listed, listed.radius), *(area for area in areas if area.place.country != listed.country)]
    town = listed or _located(around)
    return areas if town is None else [*areas, Area(town, SURROUNDINGS)]


def _country_in_two(code: str) -> Place | None:
    """The country of an ISO 3166 alpha-2 code, as people write it behind a town: "Berlin, DE"."""
    return country_of_code(_alpha3().get(code, "")) if len(code) == 2 else None


@cache
def _alpha3() -> dict[str, str]:
    return {country.iso2.lower(): country.code for country in countries() if country.iso2}


def _within(town: str, settings: list[Area], *, alone: bool) -> Place | None:
    """The town of this name that lies in one of the settings; where none does, the setting `alone`, if it is wide or no list has the town. None
    where two countries have such a town, or such a setting: a region alone is asked last, and a country goes before areas elsewhere, save
    those of settlers ("Georgia")."""
    named = [
        replace(place, others=())
        for place in (_located(town), *places_called(town))
        if place and place.point is not None
    ]
    # Well within a circle before at its rim, where a neighbour's town may stand.
    cores = [Area(setting.place, setting.place.radius) for setting in settings]
    found = _found(town, named, cores) or _found(town, named, settings)
    sure = [place for country, place in found if country is not None] or [place for _, place in found]
    if sure:
        return sure[0] if len({place.country for place in sure}) == 1 else None
    wider = town.rpartition(",")[0].strip()
    if wider and not named:  # "Tripoli, Abu Salim", of Libya
        return _within(wider, settings, alone=alone)
    if not alone:
        return None
    around = whole(settings[-1] if settings[-1].place.country is None else settings[0])
    elsewhere = {setting.place.country for setting in settings} - {around.country}
    rivals = elsewhere & SETTLED if around == _country(around) else elsewhere if around.country else None
    return around if not rivals and (not named or around.radius > _WIDE) else None


def _found(town: str, named: list[Place], settings: list[Area]) -> list[tuple[str | None, Place]]:
    """The places of this name that lie in the settings, with the country of the setting."""
    found = ((setting, _inside(named, setting)) for setting in settings)
    listed = listed_place(town)
    return [
        (setting.place.country, weighed(places[0], town, places[1:], LISTED if places[0] == listed else 1.0))
        for setting, places in found
        if places
    ]


def _inside(named: list[Place], setting: Area) -> list[Place]:
    """Those of the places that are narrower than a setting and lie in it; of several in a circle, the one nearest to its middle first."""
    around = setting.place
    narrower = [place for place in named if place.radius < max(around.radius, 2 * TOWN) and place != around]
    if around == _country(around):
        return [place for place in narrower if place.country in (around.country, None)]
    if around.point is None:
        return []
    away = {
        place: distance_to(place, around.point) or 0.0
        for place in narrower
        if around.country in (None, place.country) or place.country is None or around.radius <= TOWN
    }
    return [place for place in sorted(away, key=away.__getitem__) if away[place] <= setting.reach]


def _is_one(town: str) -> bool:
    """Whether all towns of this name are one place, or it is no town's: what stands beside it need not say which."""
    places = places_called(town)
    middle = places[0].point if places else None
    return middle is None or all((distance_to(place, middle) or 0.0) <= SURROUNDINGS for place in places)


def _away(said: str, deep: int) -> Place | None:
    """ "50 km south of Sabha": a circle about the point that far off; without a bearing, about the place and so wide."""
    for name in ("away", "away-after"):
        match = pattern(name).fullmatch(said)
        place = _located(match["place"].strip()) if match else None
        if match is None or place is None:
            continue
        first = _number(match["amount"])
        last = _number(match["most"]) if match["most"] else first
        factor = next(float(km) for km, words in place_words()["units"].items() if match["unit"] in map(folded, words))
        kilometres, slack = factor * (first + last) / 2, factor * abs(last - first) / 2
        if factor * max(first, last) > FARTHEST:
            return None
        if match["bearing"]:
            return _moved(place, _bearing(match["bearing"]), kilometres, slack + 0.25 * kilometres)
        return each_of(place, partial(_about, farther=slack + 1.1 * kilometres))
    return None


def _about(place: Place, farther: float) -> Place:
    return replace(place, radius=place.radius + farther)


def _number(text: str) -> float:
    return float(text.replace(",", "."))


def _bearing(said: str) -> float:
    return next(float(angle) for angle, words in place_words()["bearings"].items() if said in map(folded, words))


def _moved(place: Place, bearing: float, kilometres: float, wider: float, factor: float = 1.0) -> Place | None:
    """A place so far off in a direction, as a circle wider than its own (times `factor`) by so many km; its country may be another."""
    if place.point is None:
        return None

    def moved(one: Place) -> Place:
        point = one.point or Point(0.0, 0.0)
        degrees = kilometres / 111.2
        latitude = max(-89.9, min(89.9, point.latitude + degrees * cos(radians(bearing))))
        longitude = point.longitude + degrees * sin(radians(bearing)) / max(0.1, cos(radians(latitude)))
        return Place(one.text, Point(latitude, (longitude + 180) % 360 - 180), factor * one.radius + wider)

    return each_of(place, moved)


def _between(said: str, deep: int) -> Place | None:
    """ "between Agadez and Sabha", "Agadez - Sabha", "from Zuwara to Lampedusa": a line between two known places."""
    match = pattern("between").fullmatch(said)
    # The words for "from" are also those for "in" and "at": what follows them may be the name.
    for rest in dict.fromkeys((match["rest"], said) if match else (said,)):
        for start, end in _halves(rest):
            if (town := _one_in_the_other(start, end)) is not None:
                return town
            first, last = _located(start), _located(end)
            if first and last and first is not last and first.point and last.point:
                first, last = _nearest(first, last)
                return Place(said, first.point, max(ON_THE_WAY, first.radius, last.radius), towards=last.point)
    return None


def _one_in_the_other(first: str, last: str) -> Place | None:
    """ "Sfax - Tunisie", "Italy/Lampedusa": a town beside its country or area is no way between them."""
    pairs = ((town, around) for town, around in ((first, last), (last, first)) if _is_wide(around))
    found = (_within(town, _settings(around), alone=False) for town, around in pairs if not _is_wide(town))
    return next((place for place in found if place is not None), None)


def _nearest(first: Place, last: Place) -> tuple[Place, Place]:
    """Of the places that two names may mean, the two that are nearest: who names both means a way between them."""
    pairs = ((one, other) for _, one in meant(first) for _, other in meant(last))
    return min(
        pairs, key=lambda pair: distance(pair[0].point, pair[1].point) if pair[0].point and pair[1].point else inf
    )


def _halves(said: str) -> Iterator[tuple[str, str]]:
    for joint in pattern("and").finditer(said):
        start, end = said[: joint.start()].strip(), said[joint.end() :].strip()
        if start and end:
            yield start, end


def _widened(place: Place, reach: float) -> Place:
    return replace(place, radius=max(reach, place.radius + reach - TOWN))


def _near(said: str, deep: int) -> Place | None:
    """ "near Sabha", "off Zuwara": a wider circle about the place."""
    for name, reach in (("near", NEAR), ("off", OFF)):
        match = pattern(name).fullmatch(said)
        place = _whereabouts((match["place"] or match["before"]).strip(), deep + 1) if match else None
        if place is not None:
            return each_of(place, partial(_widened, reach=reach))
    match = pattern("beside").fullmatch(said)
    # "Aegean Sea near Lesbos": the narrower of the two.
    return _near(match["rest"], deep + 1) if match and deep < 3 and _located(match["wide"]) else None


def _aside(said: str, deep: int) -> Place | None:
    """ "southern Libya", "south of Sabha": a part of a wide place, or a circle beside a small one."""
    bare = said
    for _ in range(3):
        for name in ("aside", "aside-after"):
            match = pattern(name).fullmatch(bare)
            place = _located(match["place"].strip()) if match else None
            if match is not None and place is not None:
                bearing = _bearing(match["bearing"])
                if place.radius <= _WIDE:
                    return _moved(place, bearing, ASIDE, ASIDE + TOWN, factor=0.0)
                moved = _moved(place, bearing, place.radius / 2, 0.0, factor=0.7)
                return replace(moved, country=place.country) if moved else moved
        lead = pattern("lead-in").match(bare)
        if lead is None:
            return None
        bare = bare[lead.end() :]
    return None


def _in_its_setting(said: str, deep: int) -> Place | None:
    """ "at sea off Zuwara", "in the desert south of Sabha": where, without the setting. "At sea" alone is nowhere."""
    match = pattern("setting").match(said)
    if match is not None and match.end() == len(said):
        return _whereabouts(match["rest"], deep + 1)
    lead = pattern("lead-in").match(said)
    return _whereabouts(said[lead.end() :], deep + 1) if lead else None


_SAINTS = re.compile(r"(?:san|santa|santo|sao|saint|sainte|st|sankt|los?|las?|el|les?)\b")


def _at_a_spot(said: str, deep: int) -> Place | None:
    """ "hospital of Sfax", "Lampedusa hotspot", "Zarzis beach": the town, or a wider circle about it. Not where the hospital may be named after a saint."""
    bare = said
    for _ in range(3):
        for name, reach in (("spot", 0.0), ("about-town", NEAR)):
            match = pattern(name).fullmatch(bare)
            town = (match["place"] or match["before"]).strip() if match else ""
            place = _located(town) if town and not _SAINTS.match(town) else None
            if place is not None and not places_called(bare):  # Port of Spain
                return each_of(place, partial(_widened, reach=reach)) if reach else place
        lead = pattern("lead-in").match(bare)
        if lead is None:
            return None
        bare = bare[lead.end() :]
    return None


def _without_comma(said: str, deep: int) -> Place | None:
    """ "Eagle Pass Texas", "Zuwara Libya": a town with its country or area behind it, where a list has it there."""
    words = said.split()
    for at in range(len(words) - 1, max(0, len(words) - 4), -1):
        town, around = " ".join(words[:at]), " ".join(words[at:])
        if _is_wide(around) and (place := _within(town, _settings(around), alone=False)) is not None:
            return place
    return None

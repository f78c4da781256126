"""Towns of the world by their names in any script, and countries by their names in the languages of those who flee."""

from __future__ import annotations

from pathlib import Path

import pytest

from opencompact.missing.records.peoples import area_of
from opencompact.missing.records.places import Point, distance
from opencompact.missing.records.reading import read_records
from opencompact.missing.records.towns import town_meant, towns_called
from opencompact.missing.records.whereabouts import read_place


@pytest.mark.parametrize(
    ("said", "latitude", "longitude", "country"),
    [
        ("Kumasi", 6.7, -1.6, "GHA"),
        ("near Gabès", 33.9, 10.1, "TUN"),
        ("巴黎", 48.9, 2.3, "FRA"),
        ("ရန်ကုန်", 16.8, 96.2, "MMR"),
        ("Benin-City", 6.3, 5.6, "NGA"),
        ("Orestiada, Greece", 41.5, 26.5, "GRC"),
        ("Nguigmi (Niger)", 14.3, 13.1, "NER"),
        ("San Pedro, Honduras", 15.5, -88.0, "HND"),
    ],
)
def test_a_town_of_no_route_is_found_where_it_lies(said: str, latitude: float, longitude: float, country: str) -> None:
    place = read_place(said)
    assert place is not None
    assert place.point is not None
    assert distance(place.point, Point(latitude, longitude)) < 15
    assert place.country == country


@pytest.mark.parametrize("said", ["Springfield", "Newcastle", "Santa Elena", "Portland"])
def test_a_name_of_small_towns_or_of_towns_named_after_others_is_no_place(said: str) -> None:
    assert len(towns_called(said)) > 1
    assert town_meant(said) is None
    assert read_place(said).point is None  # type: ignore[union-attr]


@pytest.mark.parametrize("said", ["market", "north", "police", "of", "the hospital", "Portland"])
def test_a_small_town_of_that_name_is_not_meant(said: str) -> None:
    assert read_place(said).point is None  # type: ignore[union-attr]


@pytest.mark.parametrize(
    "said", ["hospital", "prison", "camp", "border", "больница", "граница", "医院", "المستشفى", "mer", "mar"]
)
def test_a_word_that_is_no_name_is_in_no_list(said: str) -> None:
    assert towns_called(said) == ()


def test_the_lists_of_the_routes_go_first() -> None:
    """Sabha of Libya has a namesake in Jordan, and Essex is a county of England before it is a town of Maryland."""
    sabha, essex = read_place("Sabha"), read_place("Essex")
    assert sabha is not None
    assert sabha.country == "LBY"
    assert essex is not None
    assert essex.point is not None
    assert essex.point.longitude > -1


def test_a_large_city_is_wider_than_a_town() -> None:
    tokyo, gabes = town_meant("Tokyo"), town_meant("Gabès")
    assert tokyo is not None
    assert gabes is not None
    assert tokyo.radius > 20 > gabes.radius


def test_which_of_several_is_asked_for(tmp_path: Path) -> None:
    file = tmp_path / "sought.csv"
    file.write_text(
        'id,kind,last_contact_place\n1,sought,Springfield\n2,sought,Zzyzx\n3,sought,"San Pedro, Honduras"\n'
    )
    unread = read_records(file).unread
    assert [(cell.row, cell.column, cell.value) for cell in unread] == [
        (2, "last_contact_place", "Springfield"),
        (3, "last_contact_place", "Zzyzx"),
    ]
    assert "Several places" in unread[0].reason
    assert "country" in unread[0].remedy
    assert "No place that is known" in unread[1].reason


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ("ኤርትራ", "ERI"),
        ("ሱዳን", "SDN"),
        ("বাংলাদেশ", "BGD"),
        ("اریتره", "ERI"),
        ("Soomaaliya", "SOM"),
        ("Bangladesch", "BGD"),
    ],
)
def test_a_country_in_the_language_of_its_people_or_neighbours(said: str, code: str) -> None:
    assert area_of(said) == code
    place = read_place(said)
    assert place is not None
    assert place.country == code


def test_the_way_between_towns_of_the_world_can_be_measured() -> None:
    """Kumasi to Benin City: some 815 km in a straight line."""
    first, last = read_place("Kumasi"), read_place("Benin City")
    assert first is not None
    assert last is not None
    assert first.point is not None
    assert last.point is not None
    assert 780 < distance(first.point, last.point) < 850


@pytest.mark.parametrize(
    ("said", "latitude", "longitude"),
    [
        ("Alexandria, Virginia", 38.8, -77.0),
        ("Alexandria, VA", 38.8, -77.0),
        ("Paris, Texas", 33.7, -95.6),
        ("Париж, Техас", 33.7, -95.6),
        ("باريس، تكساس", 33.7, -95.6),
        ("Paris, Texas, USA", 33.7, -95.6),
        ("London (Ontario)", 43.0, -81.2),
        ("Moscow, Idaho", 46.7, -117.0),
        ("Naples, Floride", 26.1, -81.8),
        ("Dover, DE", 39.2, -75.5),
        ("Springfield, Illinois", 39.8, -89.6),
        ("Athens, Georgia", 34.0, -83.4),
        ("Tbilisi, Georgia", 41.7, 44.8),
        ("Nogales, Sonora", 31.3, -110.9),
        ("Minna, Niger", 9.6, 6.5),
        ("Agadez, Niger", 17.0, 8.0),
        ("Lampedusa, Sicily", 35.5, 12.6),
        ("Berlin, DE", 52.5, 13.4),
        ("Granada, Andalusia", 37.2, -3.6),
        ("Granada, Nicaragua", 11.9, -86.0),
        ("Man, Côte d'Ivoire", 7.4, -7.6),
        ("صلالة، عمان", 17.0, 54.1),
        ("Sabratha, Tripoli", 32.8, 12.5),
        ("Tripoli, Abu Salim, Libya", 32.9, 13.2),
        ("Columbia, Missouri", 39.0, -92.3),
        ("Lebanon, Indiana", 40.0, -86.5),
        ("Palermo (PA)", 38.1, 13.4),  # as Italian registers write the province
        ("Lampedusa (AG)", 35.5, 12.6),
    ],
)
def test_a_town_lies_in_the_state_or_country_that_is_named_with_it(
    said: str, latitude: float, longitude: float
) -> None:
    place = read_place(said)
    assert place is not None
    assert place.point is not None
    assert distance(place.point, Point(latitude, longitude)) < 20


@pytest.mark.parametrize(
    ("said", "within", "width"), [("Cairo, Illinois", (37.0, -89.2), 400), ("Houston, Scotland", (55.9, -4.6), 300)]
)
def test_a_town_that_no_list_has_there_is_somewhere_in_its_state(
    said: str, within: tuple[float, float], width: float
) -> None:
    place = read_place(said)
    assert place is not None
    assert place.point is not None
    assert distance(place.point, Point(*within)) < place.radius < width


@pytest.mark.parametrize(
    "said",
    [
        "Granada",  # of Spain, of Nicaragua, and in Spanish Grenada
        "Гренада",
        "Man",  # a town of Côte d'Ivoire, and an island
        "Salvador",
        "عمان",  # Oman, and Amman
        "Virginia",
        "Paris, the old mill",  # the mill is in no list: which Paris?
        "Sabha, Tripoli",  # 650 km apart
        "Cairo, IL",  # Illinois, or Israel
        "Anaklia, Georgia",  # a village of the country, or of the state?
    ],
)
def test_a_name_of_several_places_is_none_of_them_and_is_told(said: str, tmp_path: Path) -> None:
    assert read_place(said).point is None  # type: ignore[union-attr]
    file = tmp_path / "sought.csv"
    file.write_text(f'id,kind,last_contact_place\n1,sought,"{said}"\n', encoding="utf-8")
    (cell,) = read_records(file).unread
    assert "Several places" in cell.reason
    assert "country" in cell.remedy


@pytest.mark.parametrize(
    ("said", "country"), [("Mali", "MLI"), ("Armenia", "ARM"), ("Mexico", "MEX"), ("Jamaica", "JAM"), ("Niger", "NER")]
)
def test_a_country_far_larger_than_the_town_of_its_name_is_meant(said: str, country: str) -> None:
    assert read_place(said).country == country  # type: ignore[union-attr]


def test_a_quarter_that_is_in_no_list_leaves_the_only_town_of_that_name() -> None:
    place = read_place("Agadez, quartier Dagamanet")
    assert place is not None
    assert place.country == "NER"
    assert place.radius == 15


def test_what_is_near_a_town_of_a_state_is_near_that_town() -> None:
    place = read_place("near Paris, Texas")
    assert place is not None
    assert place.country == "USA"
    assert place.radius == 50

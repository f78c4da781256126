"""Maps keep areas, show small islands, cut nothing across the Pacific, and say whose boundaries they are."""

import math
import re
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from opencompact.errors import UnknownCodeError
from opencompact.language import LANGUAGES
from opencompact.look.checking import Box, boxes
from opencompact.look.drawing import depict, draw, map_note
from opencompact.look.maps import AreaValue, Flow, FlowMap, MapPoint, PointMap, ShadeMap, fits, in_picture, on_a_map
from opencompact.look.maps.boundaries import boundaries, place_of, places
from opencompact.look.maps.fiction import middles, shapes
from opencompact.look.maps.frame import SIZE, base
from opencompact.look.maps.gathering import MOST_CIRCLES, gather
from opencompact.look.maps.projection import azimuthal, equal_earth, middle_of
from opencompact.look.maps.render import circles_of, class_bounds, class_colours
from opencompact.look.samples import charts
from opencompact.look.tokens import tokens
from opencompact.look.words import fiction


def cell_area(project, longitude: float, latitude: float) -> float:
    """The area on the plane of a small cell, over its area on the sphere of radius one."""
    step = 0.01
    corners = [project(longitude + dx * step, latitude + dy * step) for dx, dy in ((0, 0), (1, 0), (1, 1), (0, 1))]
    plane = (
        abs(sum(x1 * y2 - x2 * y1 for (x1, y1), (x2, y2) in zip(corners, corners[1:] + corners[:1], strict=True))) / 2
    )
    south, north = math.radians(latitude), math.radians(latitude + step)
    return plane / (math.radians(step) * (math.sin(north) - math.sin(south)))


@given(longitude=st.floats(-179, 179), latitude=st.floats(-80, 80))
def test_both_projections_keep_areas_everywhere(longitude: float, latitude: float) -> None:
    assert cell_area(equal_earth, longitude, latitude) == pytest.approx(1, rel=1e-3)
    assert cell_area(azimuthal(longitude + 20, latitude * 0.8), longitude, latitude) == pytest.approx(1, rel=1e-3)


def test_equal_earth_is_as_wide_as_its_authors_say() -> None:
    # Šavrič, Patterson and Jenny (2019), table 1: the equator is 2.05 times as long as the central meridian.
    width, height = equal_earth(180, 0)[0], -equal_earth(0, 90)[1]
    assert width / height == pytest.approx(2.05, abs=0.01)


def test_the_middle_of_places_on_both_sides_of_the_date_line_is_near_it() -> None:
    longitude, _latitude, reach = middle_of([(178, -18), (-175, -21)])
    assert abs(longitude) > 175
    assert reach < 10


def test_every_shape_with_a_code_is_an_area_and_every_area_has_a_place() -> None:
    assert set(boundaries("50m").shapes) - set(places()) <= {"", "XKX"}
    assert len(places()) > 240


def test_places_agree_with_the_areas_of_the_compact() -> None:
    compact = pytest.importorskip("opencompact.compact")
    if not hasattr(compact, "areas"):
        pytest.skip("the areas are not there yet")
    # Another test may have registered the countries of the sample: codes that are free for users, on no map.
    known = {area.code: area.m49 for area in compact.areas() if area.kind == "country" and area.m49}
    assert {
        code: known.get(code) for code, place in places().items() if code in known and known[code] != place.m49
    } == {}
    assert set(known) - set(places()) <= {"UMI", "BVT", "HMD", "ATA", "SGS", "IOT", "ATF", "CHI", "SCG", "YUG", "ANT"}


def test_no_shape_of_the_world_is_drawn_across_the_map() -> None:
    world = base("world")
    for area, path in world.shapes.items():
        for ring in re.findall(r"M[^M]+", path):
            steps = [int(x) for x in re.findall(r"-?\d+", ring.split("l")[1])][::2]
            assert max(map(abs, steps)) < SIZE / 4, area


def test_an_area_too_small_for_its_shape_has_a_mark_in_its_shade() -> None:
    world = base("world")
    assert {"TUV", "MLT", "BRB", "SGP", "MDV", "NRU"} <= set(world.marked)
    assert "MEX" not in world.marked
    svg = draw(ShadeMap((AreaValue("TUV", 1.0), AreaValue("MEX", 2.0)), bounds=(1.5,)), "en")
    assert svg.count(f'r="4" fill="{tokens().ordered[0]}"') == 1


def test_an_area_that_is_not_named_is_hatched_on_the_world_and_never_white() -> None:
    svg = draw(ShadeMap((AreaValue("MEX", 2.0),), bounds=(1.5,)), "en")
    assert re.search(r'#mworld-BRA" fill="url\(#m', svg)
    assert "No data" in svg


def test_a_region_is_cut_out_around_its_areas() -> None:
    region = base(("MEX", "GTM", "BLZ"))
    assert region.key != "mworld"
    assert {"MEX", "GTM", "BLZ", "USA"} <= set(region.shapes)
    assert "FRA" not in region.shapes
    assert all(region.holds(region.place(places()[a].longitude, places()[a].latitude)) for a in ("MEX", "GTM", "BLZ"))


def test_a_region_that_spans_the_world_is_shown_on_the_world() -> None:
    assert base(("NZL", "ESP", "CAN")).key == "mworld"


def test_a_code_that_is_on_no_map_is_named_with_a_remedy() -> None:
    with pytest.raises(UnknownCodeError, match="ISO 3166"):
        draw(FlowMap((Flow("MEX", "142", 3.0),)), "en")


@pytest.mark.parametrize("name", ["map.shades", "map.points", "map.flows", "map.shades.region", "map.points.region"])
def test_a_map_is_no_larger_than_a_photograph(name: str) -> None:
    assert len(draw(charts("en")[name], "en")) < 90_000


def test_the_shapes_of_a_map_are_drawn_once_a_page() -> None:
    pictures = [
        depict(charts("en")[name], "en", name, "", width)
        for name in ("map.points", "map.flows")
        for width in (720, 328)
    ]
    assert {picture.sheets for picture in pictures} == {pictures[0].sheets}
    assert max(len(picture.svg) for picture in pictures) < 20_000


def test_of_too_many_places_some_share_a_circle_and_nobody_is_lost() -> None:
    points = tuple(MapPoint(10 + i % 97 * 0.11, 33 + i % 89 * 0.05, 1 + i % 5) for i in range(15_000))
    circles = circles_of(points, base("world"))
    assert sum(value for group in circles.values() for _x, _y, value in group) == pytest.approx(
        sum(p.value for p in points)
    )
    assert MOST_CIRCLES / 2 < sum(map(len, circles.values())) <= MOST_CIRCLES


def test_places_that_the_picture_can_carry_are_drawn_one_by_one() -> None:
    places = [(10.0 + i % 3, 20.0, 1.0 + i) for i in range(100)]
    assert gather(places, 100) == sorted(places, key=lambda place: -place[2])


def test_no_shared_circle_is_larger_than_the_largest_place_and_each_stands_where_a_place_is() -> None:
    random = Random(4)
    places = [(random.uniform(0, 700), random.uniform(0, 400), float(random.choice([1, 1, 2, 5]))) for _ in range(900)]
    places.append((350.0, 200.0, 200.0))
    circles = gather(places, 120)
    assert circles[0] == (350.0, 200.0, 200.0)
    assert all(value <= 200 for _x, _y, value in circles)
    assert {circle[:2] for circle in circles} <= {place[:2] for place in places}
    assert sum(value for *_place, value in circles) == sum(value for *_place, value in places)


def test_a_map_of_flows_of_one_part_of_the_earth_shows_that_part() -> None:
    flows = (Flow("GTM", "MEX", 9, "first", "There"), Flow("MEX", "USA", 7, "second", "North"))
    near = draw(FlowMap(flows, frame=("MEX",), highlight=("MEX",)), "en")
    assert "-GTM" in near
    assert "-AUS" not in near
    assert fits("MEX", ["USA", "GTM"])
    assert not fits("MEX", ["USA", "AUS"])


def test_circles_have_areas_in_proportion_to_their_values() -> None:
    svg = draw(PointMap((MapPoint(0, 0, 100), MapPoint(60, 0, 25))), "en")
    radii = [float(r) for r in re.findall(r'<circle [^>]*r="([\d.]+)"/>', svg.split("</g>")[1] + svg.split("</g>")[2])][
        :2
    ]
    assert radii[0] == pytest.approx(2 * radii[1], abs=0.1)


def test_classes_are_round_and_a_real_middle_parts_two_hues() -> None:
    assert class_bounds([0.5, 1, 2, 3, 5, 8, 13, 21, 34, 55], None) == (1, 3, 8, 15, 30)
    bounds = class_bounds([-8.0, 3.0, 7.0], 0.0)
    assert bounds[2] == 0
    assert class_colours(bounds, 0.0) == tokens().diverging
    assert len(set(class_colours((1.0, 2.0), None))) == 3


@pytest.mark.parametrize("code", LANGUAGES)
def test_each_map_on_a_page_bears_the_disclaimer(code: str, site) -> None:
    from opencompact.look.words import disclaimer

    html = (site / code / "maps.html").read_text("utf-8")
    assert html.count(disclaimer(code)) == 6
    assert "Natural Earth" in disclaimer(code)


def test_the_coast_of_the_sample_is_closed_shared_and_nowhere_on_the_map_of_the_world() -> None:
    rings = shapes()
    assert all(ring[0] == ring[-1] for ring in rings.values())
    assert set(rings) == set(middles())
    assert len(set(rings["QMA"]) & set(rings["QMF"])) == 9  # a border is one line, from the sea to the outer ring
    chart = PointMap((MapPoint(*middles()["QMA"], 4.0),), frame="fiction", highlight=("QMA",))
    picture = draw(chart, "en", title="Where", description="Somewhere")
    assert "mfiction-QMA" in picture
    assert not any(f"-{area}" in picture for area in boundaries("50m").shapes if area)


@pytest.mark.parametrize("code", LANGUAGES)
def test_a_map_of_the_sample_says_that_it_is_made_up_and_not_whose_boundaries_it_has(code: str) -> None:
    chart = PointMap((MapPoint(-128, -38, 4.0),), frame="fiction")
    assert map_note(chart, code) == fiction(code)
    assert "Natural Earth" not in map_note(chart, code)
    assert map_note(charts(code)["bars"], code) == ""


def test_every_country_of_the_sample_has_a_place_on_its_coast() -> None:
    from opencompact.statistics.sample.places import lands

    assert {land.code for land in lands()} == set(shapes())


def test_a_point_on_another_continent_does_not_shrink_the_picture() -> None:
    near = tuple(MapPoint(-100 + i, 20 + i / 2, 3.0) for i in range(5))
    far = MapPoint(35.0, 39.0, 3.0)
    chart = PointMap((*near, far), frame=("MEX",))
    assert in_picture(chart) == near
    assert in_picture(PointMap((*near, far))) == (*near, far)
    assert draw(chart, "en", title="a", description="b").count("<circle") == len(near) + 1  # one in the key


def test_an_area_at_the_end_of_two_flows_is_named_once() -> None:
    flows = (Flow("USA", "MEX", 9, "first", "There"), Flow("MEX", "USA", 7, "second", "There"), Flow("GTM", "MEX", 1))
    assert draw(FlowMap(flows), "en", title="a", description="b").count(">There<") == 1


def test_a_key_of_people_has_whole_people() -> None:
    chart = PointMap(tuple(MapPoint(i, i, 3 + i) for i in range(30)), unit="people")
    said = re.findall(r">([\d.,]+)(?: people)?</text>", draw(chart, "en", title="a", description="b"))
    assert said
    assert all("." not in each for each in said)


def test_every_area_is_on_a_map_but_those_on_which_nobody_lives() -> None:
    """South America has Bouvet Island among its members: a map of it must not fail for that."""
    compact = pytest.importorskip("opencompact.compact")
    absent = {each.code for each in compact.areas() if each.kind == "country" and not on_a_map(each.code)}
    assert absent == {"ATA", "BVT", "HMD", "UMI"}
    south = tuple(filter(on_a_map, compact.area("005").members))
    assert in_picture(PointMap((MapPoint(-60.0, -10.0, 3.0, "signal"),), frame=south, unit="people"))


@pytest.mark.parametrize("language", ["en", "ar"])
@pytest.mark.parametrize("width", [328, 500, 720])
def test_a_name_stands_nearer_to_its_own_place_than_to_another(width: int, language: str) -> None:
    ends = ("USA", "HND", "VEN", "GTM", "CUB", "SLV", "COL", "NIC", "CRI", "PAN", "BLZ", "HTI", "DOM")
    chart = FlowMap(
        tuple(Flow(end, "MEX", 20.0 - n, "first", f"Name of {end}") for n, end in enumerate(ends)), frame=("MEX",)
    )
    ground = base(chart.frame, tuple(map(place_of, (*ends, "MEX"))))
    drawn = {end: [part * width / SIZE for part in ground.place(*place_of(end))] for end in ends}
    named = [box for box in boxes(draw(chart, language, width=width), language) if box.text.startswith("Name of")]
    assert len(named) > 3

    def apart(box: Box, end: str) -> float:
        x, y = drawn[end]
        return max(box.left - x, x - box.right, 0.0) + max(box.top - y, y - box.bottom, 0.0)

    nearest = {box.text[-3:]: min(ends, key=lambda end: apart(box, end)) for box in named}
    assert {name: end for name, end in nearest.items() if name != end} == {}

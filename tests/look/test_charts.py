"""Charts say what they are given, in six languages: nothing cut, nothing on top of anything else, no value that is not there."""

import itertools
import re
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from opencompact.language import LANGUAGES
from opencompact.look.charts import (
    AgeBars,
    Bar,
    BarChart,
    ColumnBar,
    ColumnChart,
    CoverageMatrix,
    Dot,
    DotPlot,
    DotRow,
    Key,
    Line,
    LineChart,
    Number,
    Point,
    Pyramid,
    SmallMultiples,
    Spark,
    Target,
)
from opencompact.look.charts.labels import tick_labels, value_label
from opencompact.look.charts.scale import spread, ticks, year_of, year_ticks
from opencompact.look.checking import boxes, check
from opencompact.look.drawing import draw
from opencompact.look.samples import charts
from opencompact.look.tokens import tokens

WIDE, NARROW = tokens().figure_width, tokens().narrow_width
SVG = "{http://www.w3.org/2000/svg}"


def words(svg: str) -> list[str]:
    return [box.text for box in boxes(svg, "en")]


@pytest.mark.parametrize("code", LANGUAGES)
def test_no_text_of_any_form_is_cut_or_overlaps_or_lacks_a_letter(code: str) -> None:
    faults = {
        (name, width): found
        for name, chart in charts(code).items()
        for width in ((120,) if name == "spark" else (WIDE, NARROW))
        if (found := check(draw(chart, code, width=width), code))
    }
    assert faults == {}


def test_the_check_itself_finds_text_beyond_the_edge_text_on_text_cut_text_and_missing_letters() -> None:
    def picture(*texts: str) -> str:
        return (
            '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 100 60" font-family="IBM Plex Sans" font-size="14">'
            + "".join(texts)
            + "</svg>"
        )

    assert check(picture('<text x="5" y="20">short</text>'), "en") == []
    assert "reaches beyond" in check(picture('<text x="50" y="20">a long text</text>'), "en")[0]
    assert "stands on" in check(picture('<text x="5" y="20">one</text>', '<text x="9" y="24">two</text>'), "en")[0]
    assert "is cut" in check(picture('<text x="5" y="20">cu…</text>'), "en")[0]
    assert "lacks" in check(picture('<text x="5" y="20">数</text>'), "en")[0]


@pytest.mark.parametrize("code", LANGUAGES)
def test_a_picture_has_a_role_a_title_and_a_description(code: str) -> None:
    root = ElementTree.fromstring(draw(charts(code)["line"], code, title="Finding", description="What is seen"))
    title, description = root.find(f"{SVG}title"), root.find(f"{SVG}desc")
    assert root.get("role") == "img"
    assert root.get("aria-labelledby") == f"{title.get('id')} {description.get('id')}"
    assert (title.text, description.text) == ("Finding", "What is seen")


def test_the_same_chart_is_the_same_text_and_two_charts_share_no_identifier() -> None:
    chart = charts("en")["bars"]
    assert draw(chart, "en", title="a") == draw(charts("en")["bars"], "en", title="a")
    identifiers = [
        set(re.findall(r'id="([^"]+)"', draw(c, "en", title=n))) for n, c in charts("en").items() if "map" not in n
    ]
    assert all(one.isdisjoint(other) for one, other in itertools.combinations(identifiers, 2))


def test_a_chart_is_a_few_kilobytes() -> None:
    sizes = {name: len(draw(chart, "ar")) for name, chart in charts("ar").items() if not name.startswith("map")}
    assert max(sizes.values()) < 15_000, sizes
    assert sorted(sizes.values())[len(sizes) // 2] < 6_000, sizes


def test_a_bar_without_a_value_is_hatched_and_says_why_and_is_not_a_zero() -> None:
    svg = draw(BarChart((Bar("a", 4.0), Bar("b", None), Bar("c", None, absence="suppressed"), Bar("d", 0.0))), "en")
    assert len(re.findall(r'fill="url\(#m', svg)) == 1
    assert len(re.findall(r'fill="url\(#s', svg)) == 1
    assert [text for text in words(svg) if text in ("No data", "Suppressed", "0")] == ["No data", "Suppressed", "0"]


def test_a_line_is_not_drawn_across_a_gap_nor_across_a_break() -> None:
    def strokes(*points: Point) -> list[str]:
        svg = draw(LineChart((Line("a", points, "area"),)), "en")
        return re.findall(rf'<path d="([^"]+)" fill="none" stroke="{tokens().roles["area"]}"', svg)

    whole = strokes(Point("2000", 1), Point("2001", 2), Point("2002", 3), Point("2003", 4))
    gap = strokes(Point("2000", 1), Point("2001", 2), Point("2002", None), Point("2003", 4))
    broken = strokes(Point("2000", 1), Point("2001", 2), Point("2002", 3, breaks=True), Point("2003", 4))
    assert [path.count("L") for path in whole] == [3]
    assert [path.count("L") for path in gap] == [1]
    assert [path.count("L") for path in broken] == [1, 1]


def test_bars_start_at_zero_and_their_lengths_are_in_proportion() -> None:
    svg = draw(BarChart((Bar("a", 10.0), Bar("b", 5.0), Bar("c", -5.0))), "en")
    rects = [dict(re.findall(r'(\w+)="([^"]+)"', rect)) for rect in re.findall(r"<rect [^>]+>", svg)]
    lengths = [float(rect["width"]) for rect in rects]
    assert lengths[0] == pytest.approx(2 * lengths[1], abs=0.2)
    assert lengths[1] == pytest.approx(lengths[2], abs=0.2)
    assert float(rects[2]["x"]) + lengths[2] == pytest.approx(float(rects[0]["x"]), abs=0.2)


def test_arabic_bars_start_at_the_right_and_arabic_years_still_run_from_the_left() -> None:
    english, arabic = (ElementTree.fromstring(draw(charts(code)["bars"], code)) for code in ("en", "ar"))
    first = [next(t for t in root.iter(f"{SVG}text") if not (t.text or "").isdigit()) for root in (english, arabic)]
    bars = [float(root.find(f".//{SVG}rect").get("x")) for root in (english, arabic)]
    assert float(first[0].get("x")) == 720
    assert float(first[1].get("x")) == 0
    assert bars[0] > 180
    assert bars[1] < 360
    years = {
        t.text: float(t.get("x")) for t in ElementTree.fromstring(draw(charts("ar")["line"], "ar")).iter(f"{SVG}text")
    }
    assert years["2011"] < years["2020"] < years["2030"]


def test_arabic_words_are_isolated_and_numbers_alone_are_not() -> None:
    svg = draw(charts("ar")["bars"], "ar")
    texts = re.findall(r"<text [^>]*>([^<]*)</text>", svg)
    assert all(t.startswith("\u2067") and t.endswith("\u2069") for t in texts if re.search("[\u0600-\u06ff]", t))
    assert "9,120" in texts


@pytest.mark.parametrize(
    "chart",
    [
        LineChart(()),
        LineChart((Line("a", ()),)),
        LineChart((Line("a", (Point("2020", None),)),)),
        LineChart((Line("a", (Point("2020", 0),)),), target=Target(0, "zero")),
        LineChart((Line("a", (Point("2020-Q1", 5), Point("2020-Q2", 5))),)),
        BarChart(()),
        BarChart((Bar("a", 0.0),)),
        DotPlot((), ()),
        DotPlot((DotRow("a", (Dot("women", 1.0),)),), ()),
        SmallMultiples(()),
        Pyramid((), "w", "m"),
        AgeBars((), "a"),
        ColumnChart((), ()),
        ColumnChart((ColumnBar("2020", (None,)),), (Key("first", "a"),)),
        CoverageMatrix((), (), ()),
        Spark(()),
    ],
    ids=repr,
)
def test_a_chart_with_little_or_nothing_in_it_is_still_a_picture(chart: object) -> None:
    for width in (WIDE, NARROW):
        assert check(draw(chart, "ar", width=width), "ar") == []


@given(
    values=st.lists(st.floats(-1e9, 1e12, allow_nan=False), min_size=1, max_size=12),
    names=st.lists(
        st.sampled_from(["Congo", "Bosnia and Herzegovina", "Lao People’s Democratic Republic", "Chad"]),
        min_size=1,
        max_size=4,
    ),
    wide=st.booleans(),
)
def test_whatever_the_values_are_no_label_of_a_line_chart_overlaps(
    values: list[float], names: list[str], wide: bool
) -> None:
    roles = itertools.cycle(("area", "region", "world", "women"))
    lines = tuple(
        Line(name, tuple(Point(str(2000 + i), value + index) for i, value in enumerate(values)), role)
        for (index, name), role in zip(enumerate(names), roles, strict=False)
    )
    assert check(draw(LineChart(lines), "en", width=WIDE if wide else NARROW), "en") == []


@given(low=st.floats(-1e6, 1e6), span=st.floats(1e-3, 1e9), count=st.integers(1, 8))
def test_ticks_hold_the_values_between_them_at_even_round_steps(low: float, span: float, count: int) -> None:
    found = ticks(low, low + span, count)
    steps = [after - before for before, after in itertools.pairwise(found)]
    slack = 1e-6 * max(abs(low), span)
    assert found[0] <= low + slack
    assert found[-1] >= low + span - slack
    assert len(found) <= count + 3
    assert max(steps) - min(steps) <= slack


def test_the_axis_of_equal_values_goes_from_zero_to_them_and_not_to_twice_a_hundred_per_cent() -> None:
    assert ticks(100, 100, 4) == (0, 25, 50, 75, 100)
    assert ticks(-3, -3, 3) == (-3, -2, -1, 0)
    assert ticks(0, 0, 2)[0] == 0


def test_an_axis_of_people_has_whole_numbers_only() -> None:
    assert ticks(0, 0, 4, whole=True) == (0, 1)
    assert ticks(0, 2, 4, whole=True) == (0, 1, 2)
    assert ticks(0, 9, 4, whole=True) == (0, 5, 10)


@given(st.lists(st.tuples(st.floats(0, 300), st.floats(10, 40)), min_size=1, max_size=7))
def test_labels_are_moved_apart_and_keep_their_order(wanted: list[tuple[float, float]]) -> None:
    places, heights = [place for place, _ in wanted], [height for _, height in wanted]
    found = spread(places, heights, 0, 300)
    order = sorted(range(len(found)), key=lambda index: (found[index], places[index]))
    for above, below in itertools.pairwise(order):
        assert found[below] - found[above] >= (heights[above] + heights[below]) / 2 - 1e-6
        assert places[above] <= places[below] + 1e-9


def test_labels_with_room_stay_where_they_are() -> None:
    assert spread([20.0, 100.0], [10, 10], 0, 300) == [20.0, 100.0]


def test_periods_are_placed_by_when_they_begin() -> None:
    assert [year_of(period) for period in ("2023", "2023-Q3", "2023-04")] == [2023, 2023.5, 2023.25]


def test_an_axis_of_years_names_its_ends() -> None:
    assert year_ticks(1990, 2024, 6) == [1990, 2000, 2010, 2024]
    assert year_ticks(2011, 2011.5, 6) == [2011]


@given(begin=st.integers(1950, 2020), span=st.integers(1, 60), room=st.integers(2, 8))
def test_years_under_an_axis_are_round_or_even(begin: int, span: int, room: int) -> None:
    found = year_ticks(begin, begin + span, room)
    steps = {after - before for before, after in itertools.pairwise(found)}
    assert (found[0], found[-1]) == (begin, begin + span)
    assert len(found) <= room
    assert len(steps) == 1 or all(year % 5 == 0 for year in found[1:-1])


def test_a_mark_has_the_three_figures_of_its_sentence_and_no_zeros_at_their_end() -> None:
    written = [value_label(value, Number(), "en") for value in (5.85, 53.33, 29.0, 4.1, 0.123, 284.4)]
    assert written == ["5.85", "53.3", "29", "4.1", "0.123", "284"]
    assert value_label(5.87, Number(kind="percent"), "en") == "5.9%"


def _lines(svg: str, colour: str) -> list[tuple[float, ...]]:
    """The straight strokes of a colour: x1, y1, x2, y2."""
    strokes = [p for p in ElementTree.fromstring(svg).iter(f"{SVG}path") if p.get("stroke") == colour]
    found = [re.fullmatch(r"M(\S+) (\S+)L(\S+) (\S+)", p.get("d", "")) for p in strokes]
    return [tuple(map(float, match.groups())) for match in found if match]


TO_REACH = LineChart(
    (Line("Here", (Point("2011", 6.0), Point("2015", 4.4), Point("2018", 4.2))),),
    Number(kind="percent"),
    target=Target(3.0, "under 3%", "2030"),
)


@pytest.mark.parametrize("width", [WIDE, NARROW])
def test_a_name_stands_at_the_end_of_its_line_and_nothing_leads_on_from_there(width: int) -> None:
    svg = draw(TO_REACH, "en", width=width)
    assert not _lines(svg, tokens().roles["area"])
    assert not _lines(svg, tokens().colour["mark"])
    (target,) = _lines(svg, tokens().roles["signal"])
    (name,) = (box for box in boxes(svg, "en") if box.text == "Here")
    assert target[2] - name.left > 60  # within the plot, on the way to the target's year


def test_a_target_is_not_the_foot_of_its_picture() -> None:
    svg = draw(TO_REACH, "en")
    feet = [line[1] for line in _lines(svg, tokens().colour["rule"])]
    assert max(feet) - _lines(svg, tokens().roles["signal"])[0][1] > 20


def test_of_two_values_that_are_nearly_the_same_both_marks_are_seen() -> None:
    rows = (DotRow("by sex", (Dot("women", 20.1), Dot("men", 20.2))),)
    tree = ElementTree.fromstring(draw(DotPlot(rows, (), zero=True), "en"))
    (women,) = tree.iter(f"{SVG}circle")
    men = next(path for path in tree.iter(f"{SVG}path") if path.get("fill") == tokens().roles["men"])
    top = float(re.match(r"M\S+ (\S+?)h", men.get("d", ""))[1])
    assert abs(float(women.get("cy")) - (top + 6)) >= 12


@pytest.mark.parametrize("width", [WIDE, NARROW])
def test_no_line_of_a_dot_plots_axis_runs_through_a_word(width: int) -> None:
    rows = (DotRow("by sex (2018)", (Dot("women", 5.85), Dot("men", 53.3)), "47.5"),)
    svg = draw(DotPlot(rows, ()), "en", width=width)
    for x, top, _x, bottom in _lines(svg, tokens().colour["grey"]) + _lines(svg, tokens().colour["rule"]):
        for box in boxes(svg, "en"):
            assert not (box.left < x < box.right and box.top + 2 < bottom and top < box.bottom - 2), box.text


@pytest.mark.parametrize("width", [WIDE, NARROW])
@pytest.mark.parametrize("least", [34.1, 34.6, 38.9])
def test_of_a_gap_both_values_are_written(least: float, width: int) -> None:
    rows = (DotRow("by sex (2017)", (Dot("women", 40.3), Dot("men", least)), "5.4 points"),)
    svg = draw(DotPlot(rows, (), Number(decimals=1)), "en", width=width)
    (men,) = (box for box in boxes(svg, "en") if box.text == str(least))
    (women,) = (box for box in boxes(svg, "en") if box.text == "40.3")
    assert men.right < women.left


@pytest.mark.parametrize(("earlier", "beside"), [(3.7, 2.29), (2.4, 2.4), (1.0, 2.29)])
def test_a_value_stands_at_the_end_of_its_own_bar_where_the_tick_of_an_earlier_one_leaves_room(
    earlier: float, beside: float
) -> None:
    svg = draw(BarChart((Bar("A", 2.29, earlier=earlier),), earlier_label="2000"), "en", width=WIDE)
    (value,) = (box for box in boxes(svg, "en") if box.text == "2.29")
    (bar,) = (rect for rect in ElementTree.fromstring(svg).iter(f"{SVG}rect") if float(rect.get("height")) == 18)
    start, length = float(bar.get("x")), float(bar.get("width"))
    assert value.left == pytest.approx(start + length * beside / 2.29 + 8, abs=2)


def test_a_value_stands_clear_of_a_target() -> None:
    svg = draw(BarChart((Bar("A", 4.2),), targets=(Target(5.0, "no more than 5"),)), "en", width=NARROW)
    (target,) = _lines(svg, tokens().roles["signal"])
    (value,) = (box for box in boxes(svg, "en") if box.text == "4.2")
    assert value.left >= target[0] + 4 or value.right <= target[0] - 4


def test_numbers_are_shortened_as_each_language_does() -> None:
    written = {code: value_label(2_400_000, Number(), code) for code in LANGUAGES}
    assert written == {
        "en": "2.4M",
        "ar": "2.4\u00a0مليون",
        "zh": "240万",
        "es": "2,4\u00a0M",
        "fr": "2,4\u00a0M",
        "ru": "2,4\u00a0млн",
    }
    assert value_label(9_120, Number(), "en") == "9,120"
    assert value_label(11_279_561, Number(), "zh") == "1130万"
    assert value_label(-1.5, Number(kind="percent"), "en") == "−1.5%"
    assert value_label(3, Number(pattern="US$ {}"), "en") == "US$ 3"


def test_the_labels_of_an_axis_share_their_decimals() -> None:
    assert tick_labels((0, 2.5, 5), Number(kind="percent"), "en") == ["0.0%", "2.5%", "5.0%"]
    assert tick_labels((0, 5, 10), Number(), "fr") == ["0", "5", "10"]


def test_an_axis_is_either_shortened_or_written_out() -> None:
    assert tick_labels((0, 5_000, 10_000), Number(), "en") == ["0", "5,000", "10,000"]
    assert tick_labels((0, 10_000, 20_000), Number(), "en") == ["0", "10K", "20K"]


def test_months_without_a_record_are_one_strip_under_the_axis_and_leave_the_height_to_what_is_known() -> None:
    known = {3: 5.0, 9: 1.0}
    columns = tuple(ColumnBar(f"2024-{month:02d}", (known.get(month),)) for month in range(1, 13))
    tree = ElementTree.fromstring(draw(ColumnChart(columns, (Key("first", "Dead"),)), "en"))
    hatched = [rect for rect in tree.iter(f"{SVG}rect") if rect.get("fill", "").startswith("url")]
    _key, *strips = hatched
    assert [round(float(strip.get("width")) / float(strips[0].get("width")) * 2) for strip in strips] == [2, 5, 3]
    assert all(float(strip.get("height")) < 12 for strip in strips)
    solid = [rect for rect in tree.iter(f"{SVG}rect") if rect.get("fill") == tokens().roles["first"]][1:]
    assert all(float(rect.get("y")) + float(rect.get("height")) <= float(strips[0].get("y")) for rect in solid)


BESIDE = (
    Line("África Norte y Asia Occid.", (Point("2011", 7.2), Point("2015", 7.7), Point("2018", 6.8)), "region"),
    Line("Mundo", (Point("2011", 9.3), Point("2015", 7.7), Point("2018", 6.9)), "world"),
)


@pytest.mark.parametrize("language", ["es", "fr"])
@pytest.mark.parametrize("years", [("2017", "2018"), ("2011", "2018"), ("2017", "2024")])
@pytest.mark.parametrize("ends", [(7.3, 6.3), (7.3, 4.2), (3.4, 3.2), (2.0, 2.8), (2.8, 2.0)])
def test_the_words_of_a_target_are_as_narrow_as_names_leave_room(
    ends: tuple[float, float], years: tuple[str, str], language: str
) -> None:
    words = {
        "es": "Meta: menos del 3\N{NO-BREAK SPACE}%",
        "fr": "Cible\N{NO-BREAK SPACE}: moins de 3\N{NO-BREAK SPACE}%",
    }
    points = tuple(Point(year, value) for year, value in zip(years, ends, strict=True))
    chart = LineChart(
        (Line("Estado de Palestina", points), *BESIDE),
        Number(kind="percent"),
        target=Target(3.0, words[language], "2030"),
        zero=True,
    )
    assert check(draw(chart, language, width=NARROW), language) == []

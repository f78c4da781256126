"""One of every chart, with made-up values: what the gallery shows and the tests check."""

from __future__ import annotations

import math
import tomllib
from functools import cache
from importlib.resources import files

from opencompact.look.charts import (
    AgeBand,
    AgeBar,
    AgeBars,
    Bar,
    BarChart,
    Chart,
    ColumnBar,
    ColumnChart,
    CoverageMatrix,
    CoverageRow,
    Dot,
    DotPlot,
    DotRow,
    Key,
    Line,
    LineChart,
    Number,
    Panel,
    Point,
    Pyramid,
    SmallMultiples,
    Spark,
    Target,
)
from opencompact.look.charts.coverage import State
from opencompact.look.maps import AreaValue, Flow, FlowMap, MapPoint, PointMap, ShadeMap
from opencompact.look.maps.boundaries import places

PERCENT = Number(kind="percent")


class Words(dict[str, str]):
    """The gallery's words in one language."""


@cache
def words(language: str) -> Words:
    """The words of `gallery.toml` in one language."""
    read = tomllib.loads(files("opencompact.look").joinpath("gallery.toml").read_text("utf-8"))
    return Words({name: texts[language] for name, texts in read["words"].items()})


def charts(language: str) -> dict[str, Chart]:
    """Every form of chart by name, with words in one language."""
    w = words(language)
    return {
        "line": line(w),
        "line.crowded": crowded(w),
        "line.gaps": gaps(w),
        "bars": bars(w),
        "bars.absent": absent(w),
        "dots": dots(w),
        "spark": Spark(_wave(30, 12, 1)),
        "multiples": multiples(w),
        "pyramid": pyramid(w),
        "ages": AgeBars(
            tuple(AgeBar(f"{a}–{a + 4}", 900 - a * 9, 1000 - a * 11) for a in range(0, 80, 5)),
            w["migrants"],
            w["compared"],
        ),
        "columns": columns(w),
        "columns.months": months(w),
        "coverage": coverage(w),
        "map.shades": shades(w),
        "map.shades.region": shades_of_a_region(w),
        "map.middle": ShadeMap(
            tuple(AreaValue(area, math.sin(i) * 8) for i, area in enumerate(places())), PERCENT, middle=0.0
        ),
        "map.points": points(w),
        "map.points.region": points(w, ("MLT", "ITA", "TUN", "LBY")),
        "map.flows": flows(w),
    }


def _wave(base: float, swing: float, step: int, first: int = 2000, last: int = 2024) -> tuple[Point, ...]:
    return tuple(
        Point(str(year), base + swing * math.sin((year - first) / 4) + (year - first) * swing / 20)
        for year in range(first, last + 1, step)
    )


def line(w: Words) -> LineChart:
    """A falling cost with an interval, a break, region and world, and a target."""

    def falling(start: float, end: float) -> list[float]:
        return [start + (end - start) * i / 13 + math.sin(i) * 0.25 for i in range(14)]

    area = tuple(Point(str(2011 + i), v, v - 0.5, v + 0.6, breaks=i == 6) for i, v in enumerate(falling(9.1, 6.0)))
    region = tuple(Point(str(2011 + i), v) for i, v in enumerate(falling(9.6, 6.4)))
    world = tuple(Point(str(2011 + i), v) for i, v in enumerate(falling(10.2, 6.6)))
    lines = (Line(w["area"], area), Line(w["region"], region, "region"), Line(w["world"], world, "world"))
    return LineChart(lines, PERCENT, Target(3, w["target"], "2030"))


def crowded(w: Words) -> LineChart:
    """Four lines that end at nearly the same value, in large numbers."""
    names = (("women", "women"), ("men", "men"), ("children", "children"), ("place", "context"))
    return LineChart(
        tuple(
            Line(w[name], _wave(2_400_000 + i * 21_000, 300_000 + i * 1000, 1), role)  # type: ignore[arg-type]
            for i, (name, role) in enumerate(names)
        )
    )


def gaps(w: Words) -> LineChart:
    """Every five years, one year missing, one alone."""
    years = (1990, 1995, 2000, 2005, 2010, 2015, 2020, 2024)
    values = (8.2, 8.9, None, 10.1, 11.4, None, 12.7, None)
    area = tuple(Point(str(year), value) for year, value in zip(years, values, strict=True))
    return LineChart((Line(w["area"], area), Line(w["world"], _wave(3.1, 0.2, 1, 1990), "world")), PERCENT)


def bars(w: Words) -> BarChart:
    """Origins, ranked, with where each stood in 2000."""
    rows = (
        ("river", 412_000, 300_120, "+37%"),
        ("hills", 233_400, 260_000, "\u221210%"),
        ("coast", 120_050, 40_000, "+200%"),
    )
    found = [Bar(w[name], value, earlier=then, change=change) for name, value, then, change in rows]
    found += [Bar(w["place"], 9_120, "context", 7_000, "+30%"), Bar(w["region"], None, absence="suppressed")]
    return BarChart(tuple(found), change_title=w["change"], earlier_label="2000")


def absent(w: Words) -> BarChart:
    """Costs against a target, some unknown, one under zero."""
    rows = [("area", 6.0), ("river", 4.2), ("hills", None), ("coast", -1.5), ("place", 12.25)]
    found = tuple(Bar(w[name], value, "area" if name == "area" else "context") for name, value in rows)
    return BarChart(found, PERCENT, targets=(Target(3, w["target"]), Target(5, w["target"])))


def dots(w: Words) -> DotPlot:
    """Gaps between women and men, one with intervals, one with one group only, one with none."""
    keys = (Key("women", w["women"]), Key("men", w["men"]), Key("children", w["children"]))
    rows = (
        DotRow(w["area"], (Dot("women", 48.1, 45, 51), Dot("men", 61.5, 58, 64)), w["points"].format(n=13)),
        DotRow(w["region"], (Dot("women", 55.2), Dot("men", 58.9), Dot("children", 70.3)), w["points"].format(n=15)),
        DotRow(w["place"], (Dot("women", 41.0),)),
        DotRow(w["world"], (Dot("women", None), Dot("men", None))),
    )
    return DotPlot(rows, keys, PERCENT, w["gap"])


def multiples(w: Words) -> SmallMultiples:
    """Seven panels on one scale, one of them empty."""
    names = ("area", "river", "hills", "coast", "place", "region", "world")
    panels = [
        Panel(w[name], (Line(w[name], _wave(20 + i * 9, 6, 1)), Line(w["world"], _wave(45, 3, 1), "world")))
        for i, name in enumerate(names[:-1])
    ]
    return SmallMultiples((*panels, Panel(w["world"], ())), PERCENT)


def pyramid(w: Words) -> Pyramid:
    """Shares by age and sex beside the whole population."""
    bands = []
    for index, age in enumerate(range(0, 80, 5)):
        own = 9 * math.exp(-(((age - 32) / 18) ** 2))
        whole = 7.5 - index * 0.42
        bands.append(AgeBand(f"{age}–{age + 4}", own * 0.95, own, whole * 0.98, whole))
    bands.append(AgeBand("80+", 0.4, None, 0.6, 0.4))
    return Pyramid(tuple(bands), w["women"], w["men"], w["compared"], PERCENT)


def columns(w: Words) -> ColumnChart:
    """Two parts by year; one year without data, the last not over."""
    rows = [
        ColumnBar(str(year), (120 + 40 * math.sin(year), 210 + 60 * math.cos(year)), partial=year == 2026)
        for year in range(2014, 2027)
    ]
    rows[4] = ColumnBar("2018", (None, None))
    keys = (Key("first", w["dead"]), Key("second", w["missing"]))
    return ColumnChart(tuple(rows), keys, partial_label=w["partial"])


def months(w: Words) -> ColumnChart:
    """One part by month, over twelve years."""
    rows = tuple(
        ColumnBar(f"{2014 + i // 12}-{i % 12 + 1:02}", (90 + 60 * math.sin(i / 2) + i / 2,)) for i in range(144)
    )
    return ColumnChart(rows, (Key("first", w["dead"]),))


def coverage(w: Words) -> CoverageMatrix:
    """What can be said, by breakdown."""
    states: tuple[State, ...] = ("full", "part", "none", "not-asked")
    rows = [CoverageRow(w["group"])]
    rows += [
        CoverageRow(w["objective"].format(n=n), tuple(states[(n * k + k) % 4] for k in range(1, 6))) for n in (1, 3, 7)
    ]
    columns = tuple(w[name] for name in ("at_all", "by_sex", "by_age", "by_status", "recent"))
    names = ("full", "part", "none", "not_asked")
    return CoverageMatrix(columns, tuple(rows), tuple((s, w[n]) for s, n in zip(states, names, strict=True)))


def shades(w: Words) -> ShadeMap:
    """Rates over the world, some missing, one suppressed."""
    values = [AreaValue(area, 40 * abs(math.sin(i * i)) ** 3) for i, area in enumerate(places()) if i % 7]
    values[5] = AreaValue(values[5].area, None, "suppressed")
    return ShadeMap(tuple(values), PERCENT, highlight=("TUV",))


def shades_of_a_region(w: Words) -> ShadeMap:
    """Rates around a small island state, with names."""
    around = ("BRB", "GRD", "LCA", "VCT", "TTO", "DMA", "ATG", "KNA", "DOM", "HTI", "JAM", "CUB", "PRI", "BHS")
    names = {"BRB": w["area"], "CUB": w["coast"], "DOM": w["hills"]}
    values = tuple(
        AreaValue(area, None if area == "HTI" else 3.0 + 4 * i, label=names.get(area, ""))
        for i, area in enumerate(around)
    )
    return ShadeMap(values, PERCENT, around, highlight=("BRB",))


def points(w: Words, frame: tuple[str, ...] | None = None) -> PointMap:
    """Circles at sea, one of them named."""
    found = [
        MapPoint(12 + 7 * math.sin(i * 1.7), 34.5 + 2.1 * math.cos(i * 2.3), 1 + (i * 37 % 90) ** 1.6)
        for i in range(160)
    ]
    found.append(MapPoint(14.5, 35.9, 900, "second", w["place"]))
    keys = (Key("first", w["dead"]), Key("second", w["missing"]))
    return PointMap(tuple(found), frame=frame or "world", highlight=("MLT",), keys=keys, unit=w["people"])


def flows(w: Words) -> FlowMap:
    """Flows to one country from nine, one of them across the Pacific."""
    ends = ("USA", "GTM", "HND", "VEN", "ESP", "CHN", "BRA", "COL", "CAN", "TUV")
    found = [
        Flow(end, "MEX", 900_000 / (i + 1) ** 1.4, label=w[("river", "hills", "coast", "place")[i % 4]])
        for i, end in enumerate(ends)
    ]
    found.append(Flow("MEX", "USA", 1_200_000, "second"))
    keys = (Key("area", w["area"]), Key("second", w["coast"]))
    return FlowMap(tuple(found), highlight=("MEX",), keys=keys, unit=w["people"])

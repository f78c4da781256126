"""Maps as pictures: the base in greys or shades, and over it circles or arcs."""

from __future__ import annotations

import math
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Sequence

from opencompact.look.charts.chart import Number
from opencompact.look.charts.labels import ABSENCES, absence_label, legend, tick_labels, value_label
from opencompact.look.charts.scale import nice_step, ticks
from opencompact.look.maps.boundaries import place_of
from opencompact.look.maps.forms import Flow, FlowMap, MapPoint, PointMap, ShadeMap
from opencompact.look.maps.frame import SIZE, Base, base, within_reach
from opencompact.look.maps.gathering import MOST_CIRCLES, Circle, gather
from opencompact.look.maps.projection import Place
from opencompact.look.svg import Canvas, number
from opencompact.look.tokens import SCRIPTS, tokens

LARGEST = 22.0  # px, the radius of the largest circle on a wide map
COVERED = 1 / 8  # of the picture, at most, by circles: more of them hide the land and each other
_FINEST = 1.4  # px, the least width of a flow: a hair in a dark colour is taken for a border


class MapCanvas(Canvas):
    """A canvas that knows its base: shapes are referred to and drawn elsewhere, once."""

    def __init__(self, language: str, width: float) -> None:
        super().__init__(language, width)
        self.sheets: dict[str, Base] = {}
        self._taken: list[tuple[float, float, float, float]] = []

    def scale(self, ground: Base) -> float:
        """px for a unit of the base."""
        return self.width / SIZE

    def draw_base(self, ground: Base, shades: dict[str, str], highlight: Sequence[str] = ()) -> float:
        """All areas in a pale grey, those with a shade or the pattern of an absence in it, small ones as marks; gives the height
        in px."""
        self.sheets[ground.key] = ground
        scale, colour = self.scale(ground), tokens().colour
        height = ground.height * scale
        edge = f'stroke="{colour["paper"]}" stroke-width="{number(0.6 / scale)}" stroke-linejoin="round"'
        self.add(f'<g transform="scale({scale:.5f})" {edge}><use href="#{ground.key}" fill="#e1e4e6"/>')
        fills = {area: self._fill(shade, 1 / scale) for area, shade in shades.items()}
        for area, fill in fills.items():
            if area in ground.shapes:
                self.add(f'<use href="#{ground.key}-{area}" fill="{fill}"/>')
        for area in highlight:
            if area in ground.shapes:
                fill = fills.get(area, colour["accent"] if not fills else "none")
                self.add(
                    f'<use href="#{ground.key}-{area}" fill="{fill}" stroke="{colour["ink"]}" stroke-width="{number(1.5 / scale)}"/>'
                )
        self.add("</g>")
        small = {area: self._fill(shade, 1) for area, shade in shades.items() if area in ground.marked}
        for area, (x, y) in ground.marked.items():
            if area in shades or area in highlight:
                fill = small.get(area, colour["accent"])
                self.add(
                    f'<circle cx="{number(x * scale)}" cy="{number(y * scale)}" r="4" fill="{fill}" stroke="{colour["grey"]}"/>'
                )
        return height

    def _fill(self, shade: str, scale: float) -> str:
        return self.pattern(shade, scale) if shade in ABSENCES else shade

    def label(
        self,
        x: float,
        y: float,
        words: str,
        *,
        radius: float = 4,
        height: float = 1e9,
        strong: bool = False,
        others: Sequence[Place] = (),
    ) -> bool:
        """Words beside a place where they touch nothing that stands already; false where there is no room.

        others: places that might be taken for the one that is named; words stand nearer to their own.
        """
        wide, size = self.measure(words, strong=strong), self.size
        for left, baseline in (
            (x + radius + 4, y + size * 0.35),
            (x - radius - 4 - wide, y + size * 0.35),
            (x - wide / 2, y - radius - 5),
            (x - wide / 2, y + radius + size + 2),
            (x + radius, y - radius - 1),
            (x + radius, y + radius + size * 0.8),
            (x - radius - wide, y - radius - 1),
            (x - radius - wide, y + radius + size * 0.8),
        ):
            box = (left - 2, baseline - size * 0.85, left + wide + 2, baseline + size * 0.3)
            inside = box[0] >= 0 and box[2] <= self.width and box[1] >= 0 and box[3] <= height
            own = _apart(box, (x, y))
            mistaken = any(_apart(box, other) <= own + 3 for other in others)
            if inside and not mistaken and not any(_touch(box, other) for other in self._taken):
                self._taken.append(box)
                self.text(left, baseline, words, strong=strong, halo=True)
                return True
        return False

    def take(self, x: float, y: float, radius: float) -> None:
        """Keeps words away from a circle."""
        self._taken.append((x - radius, y - radius, x + radius, y + radius))


def _touch(one: tuple[float, float, float, float], other: tuple[float, float, float, float]) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def _apart(box: tuple[float, float, float, float], place: Place) -> float:
    """How far a place is from a box; 0 within it."""
    x, y = place
    return max(box[0] - x, x - box[2], 0.0) + max(box[1] - y, y - box[3], 0.0)


def render_shades(chart: ShadeMap, canvas: MapCanvas) -> float:
    """Draws a map of rates; gives its height."""
    ground = base(chart.frame)
    known = [entry.value for entry in chart.values if entry.value is not None]
    bounds = chart.bounds or class_bounds(known, chart.middle)
    colours = class_colours(bounds, chart.middle)
    shades = {
        entry.area: entry.absence if entry.value is None else colours[bisect_right(bounds, entry.value)]
        for entry in chart.values
    }
    listed = set(shades)
    for area in (*ground.shapes, *ground.marked):
        if area and area not in listed and chart.frame == "world":
            shades[area] = "missing"
    height = canvas.draw_base(ground, shades, chart.highlight)
    scale = canvas.scale(ground)
    for entry in chart.values:
        if entry.label:
            x, y = ground.place(*place_of(entry.area))
            canvas.label(x * scale, y * scale, entry.label, radius=0, height=height)
    return _shade_legend(canvas, chart, bounds, colours, shades, height + 10)


def class_bounds(values: Sequence[float], middle: float | None) -> tuple[float, ...]:
    """Round bounds between classes: by equal counts, rounded, where values are skewed; by equal steps around a middle."""
    if not values:
        return ()
    if middle is not None:
        reach = nice_step(max(abs(value - middle) for value in values) / 3 or 1.0)
        return tuple(middle + step * reach for step in (-2, -1, 0, 1, 2))
    ordered = sorted(values)
    found: list[float] = []
    for share in (1 / 6, 2 / 6, 3 / 6, 4 / 6, 5 / 6):
        value = ordered[min(len(ordered) - 1, int(share * len(ordered)))]
        if value > 0:
            power = 10.0 ** math.floor(math.log10(value))
            value = min((1, 1.5, 2, 3, 4, 5, 6, 8, 10), key=lambda lead: abs(lead * power - value)) * power
        if not found or value > found[-1]:
            found.append(round(value, 9))
    return tuple(found)


def class_colours(bounds: Sequence[float], middle: float | None) -> tuple[str, ...]:
    """A colour for each class, spread over the scale."""
    count = len(bounds) + 1
    if middle is not None:
        below = sum(bound <= middle for bound in bounds)
        low, high = tokens().diverging[:3], tokens().diverging[3:]
        return (*low[max(0, 3 - below) :], *high[: count - below]) if below <= 3 else tokens().diverging
    steps = tokens().ordered
    if count == 1:
        return (steps[3],)
    return tuple(steps[round(index * (len(steps) - 1) / (count - 1))] for index in range(count))


def _shade_legend(
    canvas: MapCanvas,
    chart: ShadeMap,
    bounds: Sequence[float],
    colours: Sequence[str],
    shades: dict[str, str],
    top: float,
) -> float:
    written = tick_labels(tuple(bounds), chart.number, canvas.language)
    entries: list[tuple[str, str]] = []
    for index, colour in enumerate(colours if bounds else ()):
        low = written[index - 1] if index else None
        high = written[index] if index < len(written) else None
        words = f"< {high}" if low is None else f"≥ {low}" if high is None else f"{low} – {high}"
        entries.append((colour, f"\u2066{words}\u2069" if canvas.rtl else words))
    for absence in ABSENCES:
        if absence in shades.values():
            words = (
                chart.no_data_label
                if absence == "missing" and chart.no_data_label
                else absence_label(absence, canvas.language)
            )
            entries.append((canvas.pattern(absence), words))
    return legend(canvas, top, (), extra=entries)


def render_points(chart: PointMap, canvas: MapCanvas) -> float:
    """Draws a map of counts; gives its height. Larger circles lie below smaller ones."""
    points = in_picture(chart)
    held = () if isinstance(chart.frame, str) else tuple((point.longitude, point.latitude) for point in points)
    ground = base(chart.frame, _corners(held))
    height = canvas.draw_base(ground, dict.fromkeys(chart.highlight, "#c3ccd3"))
    scale = canvas.scale(ground)
    marks = circles_of(points, ground)
    values = [value for group in marks.values() for _x, _y, value in group]
    largest = max(values, default=1.0)
    room = COVERED * canvas.width * height * largest / (math.pi * (sum(values) or 1.0))
    reach = min(LARGEST * (0.6 if canvas.narrow else 1.0), math.sqrt(room))
    for role, group in marks.items():
        canvas.add(
            f'<g fill="{tokens().roles[role]}" fill-opacity=".55" stroke="{tokens().colour["paper"]}" stroke-width=".5">'
        )
        for x, y, value in group:
            radius = max(1.2, reach * math.sqrt(value / largest))
            canvas.add(f'<circle cx="{number(x * scale)}" cy="{number(y * scale)}" r="{number(radius)}"/>')
        canvas.add("</g>")
    for point in sorted(points, key=lambda p: -p.value):
        if point.label:
            x, y = ground.place(point.longitude, point.latitude)
            radius = max(1.2, reach * math.sqrt(point.value / largest))
            canvas.label(x * scale, y * scale, point.label, radius=radius, height=height)
    top = legend(canvas, height + 10, chart.keys)
    return _circle_legend(canvas, chart.number, chart.unit, largest, reach, top)


def in_picture(chart: PointMap) -> tuple[MapPoint, ...]:
    """The points of a map that lie in its frame or near it; one that is far off would shrink the picture to a dot."""
    near = within_reach(chart.frame, [(point.longitude, point.latitude) for point in chart.points])
    return tuple(point for point, kept in zip(chart.points, near, strict=True) if kept)


def _corners(places: Sequence[Place]) -> tuple[Place, ...]:
    """The outermost of places: what a frame must hold to hold them all."""
    if not places:
        return ()
    return tuple(
        dict.fromkeys(choose(places, key=lambda place: place[axis]) for choose in (min, max) for axis in (0, 1))
    )


def circles_of(points: Sequence[MapPoint], ground: Base) -> dict[str, list[Circle]]:
    """Role → its circles in units of the base, largest first; places too many to be drawn apart share some."""
    groups: dict[str, list[Circle]] = defaultdict(list)
    for point in points:
        place = ground.place(point.longitude, point.latitude)
        if ground.holds(place):
            groups[point.role].append((*place, point.value))
    return {role: gather(group, MOST_CIRCLES // len(groups)) for role, group in groups.items()}


def _circle_legend(canvas: MapCanvas, written: Number, unit: str, largest: float, reach: float, top: float) -> float:
    """Three circles with what they stand for, from the start of the line."""
    top_value = ticks(0, largest, 1)[-1]
    top_value = top_value if top_value <= largest * 1.05 else nice_step(largest / 2.6)
    values = [value for value in (top_value / 10, top_value / 3, top_value) if value >= 1 or largest < 3]
    values = [nice_step(value) if value < top_value else value for value in values]
    values = [float(round(value)) if largest >= 3 else value for value in values]
    tallest = max(2 * reach * math.sqrt(values[-1] / largest), canvas.line_height)
    sign, x = (-1, canvas.width) if canvas.rtl else (1, 0.0)
    for value in dict.fromkeys(values):
        radius = max(1.2, reach * math.sqrt(value / largest))
        words = value_label(value, written, canvas.language)
        if value == values[-1] and unit:
            words = _with_unit(words, unit, canvas.language)
        x += sign * (radius + 1)
        canvas.add(
            f'<circle cx="{number(x)}" cy="{number(top + tallest / 2)}" r="{number(radius)}" fill="none" stroke="{tokens().colour["grey"]}"/>'
        )
        x += sign * (radius + 6)
        canvas.text(
            x, top + tallest / 2 + canvas.size * 0.35, words, anchor="end" if sign < 0 else "start", fill="quiet"
        )
        x += sign * (canvas.measure(words) + 18)
    return top + tallest + 8


def _with_unit(number: str, unit: str, language: str) -> str:
    """A number and what it counts; Chinese leaves no space between."""
    return f"{number}{unit}" if SCRIPTS[language] == "han" else f"{number} {unit}"


def render_flows(chart: FlowMap, canvas: MapCanvas) -> float:
    """Draws a map of flows; gives its height. The largest lie below; names stand at the far ends, largest first."""
    ends = dict.fromkeys(end for flow in chart.flows for end in (flow.origin, flow.destination))
    held = () if isinstance(chart.frame, str) else tuple(map(place_of, ends))
    ground = base(chart.frame, held)
    height = canvas.draw_base(ground, dict.fromkeys(chart.highlight, "#c3ccd3"))
    scale = canvas.scale(ground)
    largest = max((flow.value for flow in chart.flows), default=1.0) or 1.0
    widest = 9.0 if canvas.narrow else 14.0
    ordered = sorted(chart.flows, key=lambda flow: -flow.value)
    shared = _common_ends(ordered)
    for flow in ordered:
        start, end = (ground.place(*place_of(area)) for area in (flow.origin, flow.destination))
        _draw_arc(
            canvas,
            flow,
            (start[0] * scale, start[1] * scale),
            (end[0] * scale, end[1] * scale),
            max(_FINEST, widest * flow.value / largest),
        )
    for area in sorted(shared):
        x, y = ground.place(*place_of(area))
        canvas.take(x * scale, y * scale, 8)
    far_ends = {flow.origin if flow.destination in shared else flow.destination for flow in ordered}
    places = {area: ground.place(*place_of(area)) for area in sorted(far_ends)}
    drawn = {area: (x * scale, y * scale) for area, (x, y) in places.items()}
    named: set[str] = set()
    for flow in ordered:
        far = flow.origin if flow.destination in shared else flow.destination
        if flow.label and far not in named:
            named.add(far)
            others = [place for area, place in drawn.items() if area != far]
            canvas.label(*drawn[far], flow.label, radius=3, height=height, others=others)
    top = legend(canvas, height + 10, chart.keys, marks="swatch")
    return _width_legend(canvas, chart, largest, widest, top)


def _common_ends(flows: Sequence[Flow]) -> set[str]:
    """The area that all flows share, where there is one."""
    shared: set[str] = set.intersection(*({flow.origin, flow.destination} for flow in flows)) if flows else set()
    return shared


def _draw_arc(canvas: MapCanvas, flow: Flow, start: Place, end: Place, width: float) -> None:
    """A bowed line with an arrow head at its end; flows there and back bow to different sides."""
    (x1, y1), (x2, y2) = start, end
    length = math.hypot(x2 - x1, y2 - y1) or 1.0
    bow = 0.18
    cx, cy = (x1 + x2) / 2 + (y2 - y1) * bow, (y1 + y2) / 2 - (x2 - x1) * bow
    angle = math.atan2(y2 - cy, x2 - cx)
    head = min(max(6.0, width * 1.5), length * 0.4)
    bx, by = x2 - head * math.cos(angle), y2 - head * math.sin(angle)
    colour = tokens().roles[flow.role]
    half = max(3.0, width * 0.9)
    canvas.add(
        f'<path d="M{number(x1)} {number(y1)}Q{number(cx)} {number(cy)} {number(bx)} {number(by)}" fill="none" stroke="{colour}"'
        f' stroke-width="{number(width)}" stroke-opacity="{".6" if width > 4 else ".9"}"/>'
        f'<path d="M{number(x2)} {number(y2)}L{number(bx - half * math.sin(angle))} {number(by + half * math.cos(angle))}'
        f'L{number(bx + half * math.sin(angle))} {number(by - half * math.cos(angle))}z" fill="{colour}" fill-opacity=".9"/>'
    )


def _width_legend(canvas: MapCanvas, chart: FlowMap, largest: float, widest: float, top: float) -> float:
    """Three lines with what their width stands for."""
    biggest = nice_step(largest / 2.6)
    sign, x, y = (
        (-1, canvas.width, top + canvas.line_height / 2) if canvas.rtl else (1, 0.0, top + canvas.line_height / 2)
    )
    for value in (biggest / 5, biggest):
        words = value_label(value, chart.number, canvas.language)
        if value == biggest and chart.unit:
            words = _with_unit(words, chart.unit, canvas.language)
        canvas.line(x, y, x + sign * 28, y, stroke="mark", width=max(_FINEST, widest * value / largest))
        x += sign * 36
        canvas.text(x, y + canvas.size * 0.35, words, anchor="end" if sign < 0 else "start", fill="quiet")
        x += sign * (canvas.measure(words) + 20)
    return top + canvas.line_height + 8

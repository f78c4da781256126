"""Figures from series: the chart, its finding as a title, its table, its source, its rows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from statistics import median

from opencompact.language import N_, format_sentences
from opencompact.look import charts
from opencompact.look.blocks import Block, Cell, Column, Figure, Span, Spans, Table, paragraph, spans
from opencompact.review.account import Account, Rows, anchor, newest, row_href, table_href
from opencompact.review.rounding import decimals_of
from opencompact.review.silence import not_drawn
from opencompact.review.telling import fell
from opencompact.review.terms import COUNTS
from opencompact.review.titles import CHART_FROM, counted, recent
from opencompact.statistics.assessment import Gap, Point, Presence, known, other_source, silent
from opencompact.statistics.assessment.series import BREAK

FEW = 3  # values: a line through no more of them shows a course that they do not have
SMALL_GAP = 0.02  # two groups nearer than a fiftieth of the larger value, or whose intervals overlap, stand alike
ADDED = frozenset(
    {"persons", "US dollars", "US dollars, millions"}
)  # units of which the smaller ones can be told together
HOLE = 2  # years from one value to the next: more is a hole in a yearly series
LEAP, LEAST_OF_LEAP = 5, 10  # times the year before, which is at least this
GROUP_LEAP = 2  # for a region or the world, whose countries do not all change in one year
# How many people there were at a date: such a number leaps where those who are counted change. Those displaced by a disaster, or
# counted through a year, come and go in fact.
STOCKS = frozenset(
    {
        *("migrants", "emigrants", "stateless", "displacement.conflict", "idps", "protection.other", "concern.other"),
        *(f"{who}.{where}" for who in ("refugees", "asylum-seekers") for where in ("hosted", "origin")),
        "refugees.unrwa",
    }
)
STEP_OF_STOCK, LEAST_OF_STEP = 10, 1000  # times the other, of which the larger is at least this


@dataclass(frozen=True)
class Named:
    """A line of a chart: its name, its points, what it stands for, and whose points they are if not the chart's own."""

    name: str
    points: Sequence[Point]
    role: charts.Role = "area"
    indicator: str = ""


def beside(account: Account, indicator: str) -> list[Named]:
    """The area's total series with region and world behind it."""
    series = [Named(account.words.mark(account.area.code), account.holdings.total(indicator))]
    roles: tuple[charts.Role, charts.Role] = ("region", "world")
    for place in account.holdings.beside:
        role = roles[place.kind == "world"]
        series.append(Named(account.words.mark(place.code), account.holdings.total(indicator, place.code), role))
    return series


def number_of(account: Account, unit: str) -> charts.Number:
    """How a chart writes values of a unit."""
    _ = account.words
    if unit.startswith("percent"):
        return charts.Number(kind="percent")
    if unit.startswith("US dollars"):
        return charts.Number(pattern=_("US$ {}").replace(" ", "\u00a0"))
    return charts.Number(whole=unit in COUNTS)


def lines(
    account: Account,
    indicator: str,
    series: Sequence[Named],
    *,
    title: str,
    subtitle: str,
    unit: str,
    target: charts.Target | None = None,
    zero: bool = False,
    notes: tuple[Spans, ...] = (),
) -> list[Block]:
    """A line chart of series of one unit; a small table where none has more than three values, nothing where none has two."""
    cut = [replace(each, points=recent(each.points, CHART_FROM)) for each in series]
    shown = [each for each in cut if len(known(each.points)) > 1]
    if not shown:
        return []
    started = [replace(each, points=counted(each.points, unit)) for each in shown]
    seen = [each for each in started if len(known(each.points)) > 1]
    if not seen:
        return []
    table = series_table(account, indicator, shown)
    source = account.source(point for each in shown for point in each.points)
    cautions = (
        notes
        + _zeros_before(account, shown, started)
        + tuple(note for each in started for note in not_drawn(account, each.name, each.points))
        + _other_source(account, started)
        + _sudden_rises(account, shown, unit)
        + _steps_of_stocks(account, indicator, started)
        + _sudden_falls(account, shown)
    )
    if all(len(known(each.points)) <= FEW for each in seen):
        told = replace(table, note=subtitle)
        notes = tuple(each for each in (*cautions, source) if each)
        return [paragraph(Span(title, strong=True)), told, *(paragraph(*each, role="note") for each in notes)]
    drawn = tuple(charts.Line(each.name, broken(each.points), each.role) for each in seen)
    figure = Figure(
        title=title,
        subtitle=subtitle,
        chart=charts.LineChart(drawn, number_of(account, unit), target, zero),
        table=table,
        alt=_said_of_lines(account, seen, unit),
        source=source,
        data_href=table_href(indicator),
        notes=cautions,
        anchor=anchor(indicator) + "-chart",
    )
    return [figure]


def _zeros_before(account: Account, shown: Sequence[Named], started: Sequence[Named]) -> tuple[Spans, ...]:
    """That a line begins after years of zeros, which may stand for years without a count."""
    _ = account.words
    text = N_(
        "{name}: up to {year} the source has zero, which may also mean that nobody counted; the line begins after that."
    )
    return tuple(
        spans(_(text, name=each.name, year=_.period(each.points[len(each.points) - len(after.points) - 1].period)))
        for each, after in zip(shown, started, strict=True)
        if len(after.points) < len(each.points)
    )


def _other_source(account: Account, shown: Sequence[Named]) -> tuple[Spans, ...]:
    """That from a year on a line is of another publication, at the dotted line."""
    _ = account.words
    text = N_("{names}: from {year} on the values are of another publication and may not compare with those before.")
    begins: dict[str, list[str]] = {}
    for each in shown:
        for point in other_source(each.points):
            begins.setdefault(point.period, []).append(each.name)
    return tuple(
        spans(_(text, names=_.listed(list(dict.fromkeys(names))), year=_.period(period)))
        for period, names in sorted(begins.items())
    )


def broken(points: Sequence[Point]) -> tuple[charts.Point, ...]:
    """The points of a line, which breaks where another publication begins and where years are missing of a yearly series."""
    begins = {each.period for each in other_source(points)}
    holes = _holes(points)
    drawn: list[charts.Point] = []
    for each in points:
        if each.period in holes:
            drawn.append(charts.Point(holes[each.period], None))
        drawn.append(replace(chart_point(each), breaks=True) if each.period in begins else chart_point(each))
    return tuple(drawn)


def _holes(points: Sequence[Point]) -> dict[str, str]:
    """Of a series that is mostly yearly: the period after a hole of several years → the first year of the hole."""
    steps = [(before, after, after.year - before.year) for before, after in pairwise(known(points))]
    if not steps or median(step for *_ends, step in steps) > 1:
        return {}
    return {after.period: str(int(before.year) + 1) for before, after, step in steps if step > HOLE}


def _sudden_rises(account: Account, shown: Sequence[Named], unit: str) -> tuple[Spans, ...]:
    """A caution where a rate is many times that of the year before: more often who is counted changed than the people."""
    _ = account.words
    if unit in ADDED or unit in COUNTS:
        return ()
    text = N_(
        "{name}: from {first} in {year} to {last} in {last_year}. So large a step may be a change of who is counted."
    )
    return tuple(
        _of_a_step(account, text, each.name, (_.bare(before.number, unit), before), (_.bare(after.number, unit), after))
        for each in shown
        for before, after in (steps_of_group if each.role in ("region", "world") else leaps)(each.points)
    )


def _steps_of_stocks(account: Account, indicator: str, shown: Sequence[Named]) -> tuple[Spans, ...]:
    """A caution, both ways, where the number of people at a date is ten times that of the year before, or a tenth.

    In a war so many flee within a year indeed: the caution says that it may be either.
    """
    _ = account.words
    text = N_(
        "{name}: from {first} in {year} to {last} in {last_year}. So large a step in a year may be one of people or a change of who is counted."
    )
    return tuple(
        _of_a_step(account, text, each.name, (_.rough(before.number), before), (_.rough(after.number), after))
        for each in shown
        if (each.indicator or indicator) in STOCKS
        for before, after in steps_of_stock(each.points)
    )


def _of_a_step(account: Account, text: str, name: str, first: tuple[str, Point], last: tuple[str, Point]) -> Spans:
    """A step as a sentence: both values as they are shown, with their points."""
    _ = account.words
    years = {"year": _.period(first[1].period), "last_year": _.period(last[1].period)}
    return spans(_(text, name=name, first=first[0], last=last[0], **years))


def steps_of_stock(points: Sequence[Point]) -> tuple[tuple[Point, Point], ...]:
    """Numbers of people at the end of one year and the next of which one is ten times the other, which is not small itself."""
    return tuple(
        (before, after)
        for before, after in pairwise(known(points))
        if after.year - before.year <= 1
        and (larger := max(before.number, after.number)) >= LEAST_OF_STEP
        and larger > STEP_OF_STOCK * min(before.number, after.number)
    )


def leaps(points: Sequence[Point]) -> tuple[tuple[Point, Point], ...]:
    """Values of one year and the next of which the second is many times the first, which is not small itself."""
    return tuple(
        (before, after)
        for before, after in pairwise(known(points))
        if after.year - before.year <= 1 and before.number >= LEAST_OF_LEAP and after.number > LEAP * before.number
    )


def steps_of_group(points: Sequence[Point]) -> tuple[tuple[Point, Point], ...]:
    """Values of one year and the next of a region or the world of which one is more than twice the other."""
    return tuple(
        (before, after)
        for before, after in pairwise(known(points))
        if after.year - before.year <= 1
        and min(before.number, after.number) > 0
        and max(before.number, after.number) > GROUP_LEAP * min(before.number, after.number)
    )


def _sudden_falls(account: Account, series: Sequence[Named]) -> tuple[Spans, ...]:
    """A caution where the newest value is a small part of the one before: an edition may not be complete."""
    _ = account.words
    fallen = [each.name for each in series if fell(known(each.points))]
    text = N_("{names}: the newest value is far below the one before. The edition may not be complete.")
    return (spans(_(text, names=_.listed(fallen))),) if fallen else ()


def chart_point(point: Point) -> charts.Point:
    """A point as charts take it: a break in a series and an interval are kept."""
    value = None if point.doubtful else point.value
    return charts.Point(point.period, value, point.lower, point.upper, breaks=BREAK in point.status)


def series_table(account: Account, indicator: str, series: Sequence[Named]) -> Table:
    """Periods down, series across, each number linked to its row."""
    _ = account.words
    years = {point.period: point.year for each in series for point in each.points}
    by_period = [{one.period: one for one in each.points} for each in series]
    names = [each.indicator or indicator for each in series]
    shown = [decimals_of(one.number for one in known(each.points)) for each in series]
    rows: Rows = tuple(
        (
            _.period(period),
            *(
                account.cell(points.get(period), name, decimals)
                for points, name, decimals in zip(by_period, names, shown, strict=True)
            ),
        )
        for period in sorted(years, key=lambda period: (years[period], period))
    )
    columns = (Column(_("Period")), *(Column(each.name, "number") for each in series))
    return Table(columns, rows)


def _said_of_lines(account: Account, series: Sequence[Named], unit: str) -> str:
    _ = account.words
    said = []
    for each in series:
        have = known(each.points)
        said.append(
            _(
                "{name}: from {first} ({first_period}) to {last} ({last_period}).",
                name=each.name,
                first=account.value(have[0].number, unit),
                first_period=_.period(have[0].period),
                last=account.value(have[-1].number, unit),
                last_period=_.period(have[-1].period),
            )
        )
    return format_sentences(said, _.code)


def gap_dots(account: Account, indicator: str, found: Sequence[Gap], unit: str, title: str) -> Figure:
    """A dot plot of the gaps between groups, one row a dimension."""
    _ = account.words
    roles: Mapping[str, charts.Role] = {"F": "women", "M": "men", "Y0T17": "children", "Y_LT18": "children"}
    role_of = {"MIGRANT": "first", "NONMIGRANT": "second", "Y_GE18": "third"} | dict(roles)
    rows, codes = [], dict[str, str]()
    for gap in found:
        dots = []
        for group in (gap.first, gap.second):
            role = role_of.get(group.code, "context")
            codes[role] = group.code
            dots.append(charts.Dot(role, group.value, group.point.lower, group.point.upper))  # type: ignore[arg-type]
        label = _.bracketed(_.dimension(gap.dimension), _.period(gap.period))
        rows.append(charts.DotRow(label, tuple(dots), difference(account, gap, unit)))
    keys = tuple(charts.Key(role, _.group(code)) for role, code in codes.items())  # type: ignore[arg-type]
    decimals = decimals_of(group.value for gap in found for group in (gap.first, gap.second))
    table = Table(
        (
            Column(_("Compared")),
            Column(_("Period")),
            Column(_("Group")),
            Column(_("Value"), "number"),
        ),
        tuple(
            (
                _.dimension(gap.dimension),
                _.period(gap.period),
                _.group(group.code),
                account.cell(group.point, indicator, decimals),
            )
            for gap in found
            for group in (gap.first, gap.second)
        ),
    )
    return Figure(
        title=title,
        subtitle=_("Gap between groups; {unit}", unit=account.unit(unit)),
        chart=charts.DotPlot(tuple(rows), keys, number_of(account, unit), _("Gap"), zero=any(map(near, found))),
        table=table,
        alt=" ".join(gap_sentence(account, gap, unit) for gap in found),
        source=account.source(group.point for gap in found for group in (gap.first, gap.second)),
        data_href=table_href(indicator),
        anchor=anchor(indicator) + "-gaps",
    )


def near(gap: Gap) -> bool:
    """Whether two groups stand so near to each other that neither is to be called worse off."""
    larger = max(abs(gap.first.value), abs(gap.second.value))
    return gap.overlap is True or abs(gap.difference) < SMALL_GAP * larger


def difference(account: Account, gap: Gap, unit: str) -> str:
    """The gap in words: points of a percentage, else the unit."""
    _ = account.words
    if unit.startswith("percent"):
        return _.in_points(_.points(gap.difference), gap.difference)
    return _.short(abs(gap.difference))


def gap_sentence(account: Account, gap: Gap, unit: str) -> str:
    """A gap as a sentence, with the groups named."""
    _ = account.words
    return _(
        "{period}: {first_group} {first}, {second_group} {second}.",
        period=_.period(gap.period),
        first_group=_.group(gap.first.code),
        first=account.value(gap.first.value, unit),
        second_group=_.group(gap.second.code),
        second=account.value(gap.second.value, unit),
    )


def spark(points: Sequence[Point]) -> charts.Spark | None:
    """The shape of a trend; None where there are not two points."""
    have = known(points)
    return charts.Spark(tuple(map(chart_point, have))) if len(have) > 1 else None


def value_with_year(account: Account, indicator: str, points: Sequence[Point]) -> Cell:
    """The newest value with its year, linked to its row."""
    _ = account.words
    point = newest(points)
    zeros = silent(points)
    if point is None and not zeros:
        return Cell(_("no data"), absence="missing")
    told = zeros[-1] if point is None else point
    shown = _.absence(Presence.DOUBTFUL) if point is None else _.exact(point.number)
    return Cell(_.bracketed(shown, _.period(told.period)), href=row_href(indicator, told))


def plain(text: str) -> tuple[Spans, ...]:
    """One note of a figure."""
    return (spans(text),)

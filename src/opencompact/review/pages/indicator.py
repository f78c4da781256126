"""One indicator on an objective's page: its newest value, its course, who is behind, its parts, its assessment."""

from __future__ import annotations

from collections.abc import Sequence

from opencompact.language import N_
from opencompact.look import charts
from opencompact.look.blocks import Block, Callout, Cell, Column, Heading, Span, Spans, Table, paragraph, spans
from opencompact.review.account import YES_OR_NO, Account, Rows, anchor, newest, row_href
from opencompact.review.figures import Named, gap_dots, lines, near, value_with_year
from opencompact.review.findings import Finding
from opencompact.review.pages.assessed import assessed
from opencompact.review.pages.members import members
from opencompact.review.rounding import decimals_of
from opencompact.review.silence import since_then, years
from opencompact.review.terms import GROUPS, POLICY
from opencompact.review.titles import CHART_FROM, counted, judged_title, recent
from opencompact.statistics.assessment import TOTAL, Direction, Point, Presence, known, silent, yearly
from opencompact.statistics.units import NOT_STATED

SHOWN_PARTS = 15
LEAST_ALIKE = 3  # values: two indicators that share fewer may do so by chance
COUNTERPARTS: tuple[tuple[str, dict[str, str]], ...] = (
    ("sex", {"F": "M", "M": "F"}),
    ("migratory_status", {"MIGRANT": "NONMIGRANT", "NONMIGRANT": "MIGRANT"}),
)
PARTS = frozenset({"series", "domain", "ground"})  # routes, causes and hazards have pages of their own
ESTIMATED = frozenset("EIFPU")
BETTER = {Direction.UP: N_("higher is better"), Direction.DOWN: N_("lower is better")}
# Indicators whose chart is on a page of its own: the page, the place on it, its name.
DRAWN_ELSEWHERE = {
    name: ("deaths", "by-year", N_("People who died or disappeared")) for name in ("missing.dead", "missing.missing")
}


def section(
    account: Account, finding: Finding, before: Sequence[Finding], page: str, judged: Sequence[Finding] = ()
) -> list[Block]:
    """One indicator that says which way is better: value, trend, comparison, gaps, methods.

    What an indicator shown `before` on the page says with the same values is not said again, nor what another of those
    `judged` on it says with more of them.
    """
    _ = account.words
    blocks: list[Block] = [Heading(3, _heading(account, finding), anchor(finding.id))]
    point = newest(finding.points)
    if point is None:
        return [*blocks, _nothing(account, finding)]
    same = next((each for each in before if values_of(each) == values_of(finding)), None)
    if same is not None:
        name = Span(_heading(account, same), href=f"page:{page}#{anchor(same.id)}")
        return [
            *blocks,
            paragraph(*_.spans(N_("Its values are those of another indicator: {indicator}."), indicator=name)),
        ]
    blocks.append(_latest(account, finding))
    fuller = told_by(finding, judged)
    if fuller is not None:
        name = Span(_heading(account, fuller), href=f"page:{page}#{anchor(fuller.id)}")
        text = N_("Another indicator has the same values and further ones, and is assessed in its place: {indicator}.")
        return [*blocks, paragraph(*_.spans(text, indicator=name)), *members(account, finding)]
    blocks += _drawn(account, finding)
    if finding.gaps:
        title = _gap_title(account, finding)
        blocks.append(gap_dots(account, finding.id, finding.gaps, finding.unit, title))
    blocks += _parts(account, finding)
    blocks += members(account, finding)
    blocks += assessed(account, finding)
    return blocks


def told_by(finding: Finding, others: Sequence[Finding]) -> Finding | None:
    """The other indicator that says the same and more: all values of this one, which may round them, and further ones."""
    own = dict(values_of(finding))
    half = 0.5 * 10.0 ** -decimals_of(own.values()) + 1e-9
    for other in others:
        theirs = dict(values_of(other))
        more = (
            other.id != finding.id and other.unit == finding.unit and len(own) >= LEAST_ALIKE and len(theirs) > len(own)
        )
        if more and all(period in theirs and abs(theirs[period] - value) <= half for period, value in own.items()):
            return other
    return None


def values_of(finding: Finding) -> tuple[tuple[str, float], ...]:
    """The values by period: two indicators with the same say the same."""
    return tuple((each.period, each.number) for each in known(finding.points))


def _drawn(account: Account, finding: Finding) -> list[Block]:
    """The chart of an indicator, or where on another page it stands."""
    _ = account.words
    if finding.id in DRAWN_ELSEWHERE:
        slug, place, name = DRAWN_ELSEWHERE[finding.id]
        there = Span(_(name), href=f"page:{slug}#{place}")
        return [paragraph(*_.spans(N_("The chart stands on another page: {page}."), page=there))]
    return _figure(account, finding)


def _heading(account: Account, finding: Finding) -> str:
    return account.title_with_code(finding.indicator.id)


def _nothing(account: Account, finding: Finding) -> Block:
    _ = account.words
    absences = finding.available.absences
    if finding.available.has_value:
        there = Span(_("Money sent home"), href="page:remittances")
        return paragraph(*_.spans(N_("There are values by country only: {page} has them."), page=there))
    if set(absences) == {Presence.DOUBTFUL}:
        text = _(
            "Nothing can be said: for {years} the source has zero, which may also mean that nothing was reported.",
            years=years(account, silent(finding.points)),
        )
    elif finding.slips:
        return Callout("gap", _of_slips(account, finding))
    elif absences:
        counted = [f"{_.absence(what)}: {count}" for what, count in absences.items() if what is not Presence.VALUE]
        text = _("Nothing can be said: the cells that are there hold no number ({cells}).", cells=_.apart(counted))
    elif elsewhere := account.findings.told_elsewhere(finding.id):
        text = _.plural(
            "Nothing can be said: the tables that are loaded have a value for {n} country or area, and none for {area}.",
            "Nothing can be said: the tables that are loaded have values for {n} countries and areas, and none for {area}.",
            elsewhere,
            n=elsewhere,
            area=account.within,
        )
    else:
        text = _(
            "Nothing can be said: no table of this indicator is loaded. Whether {area} collects or publishes it is not known here.",
            area=account.within,
        )
    return Callout("gap", spans(text))


def _latest(account: Account, finding: Finding) -> Block:
    """The newest value in a sentence, what kind of value it is, and the same year of region and world."""
    _ = account.words
    point = newest(finding.points)
    assert point is not None
    unit = finding.unit
    parts = list(
        _.spans(
            N_("The newest value is that of {period}: {value}."),
            value=account.said(point, finding.id, unit),
            period=_.period(point.period),
        )
    )
    if unit == NOT_STATED:
        own = account.unit(finding.indicator.unit)
        parts += _.spans(N_(" Its table states no unit; the indicator is defined in: {unit}."), unit=own)
    if finding.breakdown != "_T":
        before, after = _.spans(N_(" What is counted: {part}."), part=Span("")), account.labelled(finding.breakdown)
        parts += [before[0], *after, before[-1]]
    groups = _only(account, finding)
    if finding.computed:
        parts += _of_women_and_men(account, finding, point)
    elif groups:
        parts += _of_groups(account, finding, groups, point)
    if _of_everybody(account, finding):
        parts += _.spans(N_(" It covers everybody whom the indicator counts, migrants or not."))
    parts += [*since_then(account, finding.points), *_of_slips(account, finding)]
    if point.status in ESTIMATED and not finding.computed:
        parts += _.spans(N_(" It is an estimate, or it may still be revised."))
    comparison = finding.comparison
    if comparison is not None:
        beside = [_.named_value(_.area(code), _.bare(other.number, unit)) for code, other in comparison.others.items()]
        if comparison.period == point.period:
            parts += _.spans(N_(" In the same year: {others}."), others=_.apart(beside))
        else:
            own = _.named_value(account.name, _.bare(comparison.own.number, unit))
            parts += _.spans(
                N_(" Beside it in {period}: {others}."),
                period=_.period(comparison.period),
                others=_.apart([own, *beside]),
            )
    return paragraph(*parts)


def _of_slips(account: Account, finding: Finding) -> Spans:
    """Which values are left out because their unit cannot be right, and why; nothing where there are none."""
    _ = account.words
    if not finding.slips:
        return ()
    largest = max(finding.slips, key=lambda each: each.number)
    text = N_(
        " For {years} the source has up to {value}: more than one for each, so their unit cannot be right, and these values are left out."
    )
    value = account.said(largest, finding.id, finding.unit)
    return _.spans(text, years=years(account, finding.slips), value=value)


def _of_groups(account: Account, finding: Finding, groups: list[str], point: Point) -> Spans:
    """Of whom alone the value is, and the value of the others, where a table has groups and no total of them."""
    _ = account.words
    others = _counterpart(account, finding)
    if others is None:
        return _.spans(N_(" It covers {groups}."), groups=_.beside(groups))
    same = next(
        (each for each in known(account.holdings.points(finding.id, **others)) if each.period == point.period), None
    )
    if same is None:
        return _.spans(N_(" It covers {groups} only: the table gives no total."), groups=_.beside(groups))
    changed = next(code for name, code in others.items() if code != account.holdings.headline(finding.id)[name])
    return _.spans(
        N_(" It covers {groups} only: the table gives no total. For {others} it is {value}."),
        groups=_.beside(groups),
        others=_.group(changed),
        value=account.link(same, finding.id, _.bare(same.number, finding.unit)),
    )


def _of_women_and_men(account: Account, finding: Finding, point: Point) -> Spans:
    """That a total is computed, and the published values that it is computed from."""
    _ = account.words
    of = {}
    for sex in ("F", "M"):
        series = known(account.holdings.points(finding.id, sex=sex, breakdown=finding.breakdown))
        same = next(each for each in series if each.period == point.period)
        of[sex] = account.link(same, finding.id, _.bare(same.number, finding.unit))
    return _.spans(
        N_(" It is computed from the counts and rates of women ({women}) and men ({men}): the table gives no total."),
        women=of["F"],
        men=of["M"],
    )


def _counterpart(account: Account, finding: Finding) -> dict[str, str] | None:
    """The cell of the group that the headline's group is told beside (men beside women), if the table has one."""
    cell = account.holdings.headline(finding.id)
    for name, pair in COUNTERPARTS:
        other = pair.get(cell[name])
        if other is None:
            continue
        wanted = {**cell, name: other}
        if (wanted["sex"], wanted["age"], wanted["migratory_status"], wanted["breakdown"]) in account.holdings.index(
            finding.id
        ):
            return wanted
    return None


def _of_everybody(account: Account, finding: Finding) -> bool:
    """Whether an indicator that is asked for by migratory status is told of everybody alone."""
    wanted = "migratory_status" in finding.indicator.disaggregations
    return wanted and account.holdings.headline(finding.id)["migratory_status"] == TOTAL


def _only(account: Account, finding: Finding) -> list[str]:
    """The groups that the series stands for alone, where its publisher gives no total."""
    _ = account.words
    cell = account.holdings.headline(finding.id)
    if finding.computed:
        return []
    named = [_.group(cell[name]) for name in ("sex", "migratory_status") if cell.get(name, TOTAL) != TOTAL]
    age = cell.get("age", TOTAL)
    if age == TOTAL:
        return named
    if age in GROUPS:
        return [*named, _.group(age)]
    return [_.aged(named[0] if named else "", age), *named[1:]]


def _figure(account: Account, finding: Finding) -> list[Block]:
    _ = account.words
    roles: tuple[charts.Role, charts.Role] = ("region", "world")
    series = [Named(account.words.mark(account.area.code), finding.points)]
    for place in account.holdings.beside:
        points = finding.beside.get(place.code, ())
        series.append(Named(_.mark(place.code), points, roles[place.kind == "world"]))
    if len(known(recent(counted(finding.points, finding.unit), CHART_FROM))) < 2 or finding.unit == YES_OR_NO:
        return []
    return lines(
        account,
        finding.id,
        series,
        title=judged_title(account, _.beside([account.title(finding.id), *_only(account, finding)]), finding),
        subtitle=_subtitle(account, finding),
        unit=finding.unit,
        target=_target(account, finding),
    )


def _subtitle(account: Account, finding: Finding) -> str:
    have = known(recent(counted(finding.points, finding.unit), CHART_FROM))  # the years of the axis
    _ = account.words
    named = finding.breakdown != "_T" and account.has_label(finding.breakdown)
    part = [account.label(finding.breakdown)] if named else []
    text = _(
        "{unit}; {first} to {last}",
        unit=account.unit(finding.unit),
        first=_.period(have[0].period),
        last=_.period(have[-1].period),
    )
    better = BETTER.get(finding.assessment.goal.direction)
    return _.opening(_.apart([*part, text, *([_(better)] if better else [])]))


def _target(account: Account, finding: Finding) -> charts.Target | None:
    """The target line, with the words of its comparison."""
    _ = account.words
    if finding.assessment.goal.target is None:
        return None
    target = finding.indicator.targets[0]
    value = _.target(target.value, finding.unit, account.unit(finding.unit))
    label = {
        "<": _("Target: under {value}", value=value),
        "<=": _("Target: at most {value}", value=value),
        "=": _("Target: {value}", value=value),
        ">=": _("Target: at least {value}", value=value),
        ">": _("Target: over {value}", value=value),
    }[target.comparison]
    return charts.Target(target.value, label, str(target.year) if target.year else None)


def _parts(account: Account, finding: Finding) -> list[Block]:
    """The other series of an indicator that has several: the newest value of each, by name."""
    _ = account.words
    named: dict[str, Cell] = {}
    for (sex, age, status, breakdown), rows_of in account.holdings.index(finding.id).items():
        total = sex == age == status == "_T"
        told = breakdown.partition("=")[0] in PARTS and breakdown != finding.breakdown
        if total and told and account.has_label(breakdown):
            points = yearly(account.holdings.points(finding.id, breakdown=breakdown))
            if newest(points) is not None:
                named[account.label(_own_part(breakdown, finding.breakdown))] = _with_year(
                    account, finding, points, rows_of[0]["unit"]
                )
    if not named:
        return []
    in_words = finding.unit == POLICY  # a level is said in words, and words must wrap
    columns = (Column(_("Part")), Column(_("Newest value"), "text" if in_words else "number"))
    rows: Rows = tuple((name, named[name]) for name in sorted(named, key=_.in_alphabet)[:SHOWN_PARTS])
    return [Table(columns, rows)]


def _own_part(breakdown: str, headline: str) -> str:
    """What tells a series from the one that stands for the indicator."""
    shared = headline.split(";")
    return ";".join(part for part in breakdown.split(";") if part not in shared) or breakdown


def _with_year(account: Account, finding: Finding, points: Sequence[Point], unit: str) -> Cell:
    """The newest value with its year; an answer or a level in words, a share with its sign."""
    _ = account.words
    point = newest(points)
    if point is None:
        return value_with_year(account, finding.id, points)
    if unit not in (YES_OR_NO, POLICY, "percent"):
        return value_with_year(account, finding.id, points)
    answer = account.value(point.number, unit)
    return Cell(_.bracketed(answer, _.period(point.period)), href=row_href(finding.id, point))


def _gap_title(account: Account, finding: Finding) -> str:
    """The widest gap as a finding: of what, and who is behind whom."""
    _ = account.words

    def named(text: str) -> str:
        return _(N_("{name}: {subject}"), name=account.title(finding.id), subject=_.inside(text))

    gap = max(finding.gaps, key=lambda each: abs(each.difference))
    behind = gap.behind(finding.assessment.goal.direction)
    if behind is None or near(gap):
        alike = _("{first} and {second} stand alike", first=_.group(gap.first.code), second=_.group(gap.second.code))
        return named(alike)
    ahead = gap.second if behind is gap.first else gap.first
    return named(_("Worse for {behind} than for {ahead}", behind=_.group(behind.code), ahead=_.group(ahead.code)))

"""Four round tables and 23 objectives: what is asked, what each indicator says, who is behind, what to collect next."""

from __future__ import annotations

from collections.abc import Sequence

from opencompact import compact
from opencompact.errors import UnknownCodeError
from opencompact.language import N_
from opencompact.look import charts
from opencompact.look.blocks import (
    Block,
    BulletList,
    Callout,
    Cell,
    Column,
    Contents,
    Heading,
    Page,
    Span,
    Spans,
    Table,
    paragraph,
    spans,
)
from opencompact.review.account import YES_OR_NO, Account, Rows, anchor, in_full, newest, row_href
from opencompact.review.figures import Named, changed, gap_dots, lines, near, value_with_year
from opencompact.review.findings import Finding
from opencompact.review.pages.coverage import MISSING, official_list, what_would_fill
from opencompact.review.words import GROUPS, POLICY
from opencompact.statistics.assessment import (
    TOTAL,
    Assessment,
    Direction,
    Growth,
    Point,
    Presence,
    Refused,
    StatusIndex,
    Verdict,
    known,
    whole,
    yearly,
)
from opencompact.statistics.assessment.assess import since

LIMIT_OF_NEXT = 5
SHOWN_PARTS = 15
PARTS = frozenset({"series", "domain", "ground"})  # routes, causes and hazards have pages of their own
ESTIMATED = frozenset("EIFPU")
BETTER = {Direction.UP: N_("higher is better"), Direction.DOWN: N_("lower is better")}
# Indicators whose chart is on a page of its own: the page, the place on it, its name.
DRAWN_ELSEWHERE = {
    name: ("deaths", "by-year", N_("People who died or disappeared")) for name in ("missing.dead", "missing.missing")
}


def pages(account: Account) -> list[Page]:
    """The round tables in order, each followed by its objectives."""
    found = []
    for table in compact.round_tables():
        found.append(_round_table(account, table))
        found += [_objective(account, number, _slug_of_table(table.number)) for number in table.objectives]
    return found


def slug(number: int) -> str:
    """The address of an objective's page."""
    return f"objective-{number:02d}"


def _slug_of_table(number: int) -> str:
    return f"round-table-{number}"


def _round_table(account: Account, table: compact.RoundTable) -> Page:
    _ = account.words
    by_number = {each.objective: each for each in account.findings.coverage}
    said = [number for number in table.objectives if by_number[number].available]
    lead = _.spans(
        N_("Of the {of} objectives of this round table, the data say something about {n}."),
        of=str(len(table.objectives)),
        n=str(len(said)),
    )
    return Page(
        _slug_of_table(table.number), table.name(_.code), lead, (Contents(_slug_of_table(table.number), leads=True),)
    )


def _objective(account: Account, number: int, parent: str) -> Page:
    _ = account.words
    objective = compact.objective(number)
    findings = account.findings.under(number)
    blocks: list[Block] = [*_what_is_asked(account, objective), *official_list(account)]
    judged = [each for each in findings if each.judged]
    if judged:
        blocks.append(Heading(2, _("What the indicators say"), "indicators"))
    for place, finding in enumerate(judged):
        blocks += _indicator(account, finding, judged[:place], slug(number))
    blocks += _context(account, [each for each in findings if not each.judged])
    blocks += account.links.examples(number, account.area.code, _.code)
    blocks += account.links.actions(number, account.area.code, _.code)
    blocks += _next(account, number)
    title = _.numbered(number, objective.name(_.code))
    short = _.numbered(number, objective.short(_.code))
    return Page(slug(number), title, _lead(account, number, judged), tuple(blocks), parent, short)


def _lead(account: Account, number: int, judged: list[Finding]) -> Spans:
    _ = account.words
    coverage = account.findings.coverage[number - 1]
    if coverage.asked == 0:
        return _.spans(N_("No indicator of the catalogue bears on this objective, so nothing can be said yet."))
    parts = [Span(_available(account, coverage.available, coverage.asked))]
    if coverage.available == 0:
        return tuple(parts)
    said = _how_many(account, [each.assessment.verdict for each in judged if newest(each.points) is not None])
    if said:
        parts += _.spans(N_(" Of those that say which way is better: {list}."), list=_.listed(said))
    return tuple(parts)


def _available(account: Account, n: int, of: int) -> str:
    """How many of the indicators asked for have a value."""
    _ = account.words
    if n == 0:
        return _.plural(
            "Nothing can be said: the one indicator asked for has no value here.",
            "Nothing can be said: none of the {of} indicators asked for has a value here.",
            of,
            of=of,
        )
    if n == of == 2:
        return _("Both indicators asked for have a value here.")
    if n == of:
        return _.plural(
            "The one indicator asked for has a value here.",
            "All {of} indicators asked for have a value here.",
            of,
            of=of,
        )
    return _.plural(
        "Of the {of} indicators asked for, {n} has a value here.",
        "Of the {of} indicators asked for, {n} have a value here.",
        n,
        n=n,
        of=of,
    )


def _how_many(account: Account, verdicts: list[Verdict]) -> list[str]:
    """How many indicators go the right way, the wrong way, neither; what is none is left out."""
    _ = account.words
    better = sum(verdict in (Verdict.FAST_ENOUGH, Verdict.TOO_SLOWLY) for verdict in verdicts)
    worse, unclear, unknown = (
        verdicts.count(verdict) for verdict in (Verdict.AWAY, Verdict.NO_CLEAR_CHANGE, Verdict.UNKNOWN)
    )
    found = []
    if better:
        found.append(_.plural("{n} goes the right way", "{n} go the right way", better, n=better))
    if worse:
        found.append(_.plural("{n} goes the wrong way", "{n} go the wrong way", worse, n=worse))
    if unclear:
        found.append(_.plural("{n} shows no clear change", "{n} show no clear change", unclear, n=unclear))
    if unknown:
        found.append(_.plural("{n} cannot be judged yet", "{n} cannot yet be judged", unknown, n=unknown))
    return found


def _what_is_asked(account: Account, objective: compact.Objective) -> list[Block]:
    """Provisions of the texts where they are loaded, and the Compact's actions in a few words of our own."""
    _ = account.words
    blocks: list[Block] = [Heading(2, _("What is asked"), "asked")]
    if not objective.official(_.code):
        blocks.append(
            paragraph(_("The title is a translation of our own, not yet checked against an official one."), role="note")
        )
    items = tuple(spans(f"{action.code}  {action.name(_.code)}") for action in objective.actions)
    if items:
        note = _("The actions that the Compact lists under this objective, in a few words of our own (A/RES/73/195).")
        blocks += [paragraph(note, role="note"), BulletList(items)]
    blocks += account.links.provisions(objective.number, _.code)
    return blocks


def _indicator(account: Account, finding: Finding, before: Sequence[Finding], page: str) -> list[Block]:
    """One indicator that says which way is better: value, trend, comparison, gaps, methods.

    What an indicator shown `before` on the page says with the same values is not said again.
    """
    _ = account.words
    blocks: list[Block] = [Heading(3, _heading(account, finding), anchor(finding.id))]
    point = newest(finding.points)
    if point is None:
        return [*blocks, _nothing(account, finding)]
    same = next((each for each in before if _values(each) == _values(finding)), None)
    if same is not None:
        name = Span(_heading(account, same), href=f"page:{page}#{anchor(same.id)}")
        return [
            *blocks,
            paragraph(*_.spans(N_("Its values are those of another indicator: {indicator}."), indicator=name)),
        ]
    blocks.append(_latest(account, finding))
    blocks += _drawn(account, finding)
    if finding.gaps:
        title = _gap_title(account, finding)
        blocks.append(gap_dots(account, finding.id, finding.gaps, finding.unit, title))
    blocks += _parts(account, finding)
    blocks += _members(account, finding)
    blocks += _assessment(account, finding)
    return blocks


def _values(finding: Finding) -> tuple[tuple[str, float], ...]:
    return tuple((each.period, each.number) for each in known(finding.points))


def _drawn(account: Account, finding: Finding) -> list[Block]:
    """The chart of an indicator, or where on another page it stands."""
    _ = account.words
    if finding.id in DRAWN_ELSEWHERE:
        slug, place, name = DRAWN_ELSEWHERE[finding.id]
        there = Span(_(name), href=f"page:{slug}#{place}")
        return [paragraph(*_.spans(N_("The chart stands on another page: {page}."), page=there))]
    figure = _figure(account, finding)
    return [] if figure is None else [figure]


def _heading(account: Account, finding: Finding) -> str:
    return account.title_with_code(finding.indicator.id)


def _nothing(account: Account, finding: Finding) -> Block:
    _ = account.words
    absences = finding.available.absences
    if finding.available.has_value:
        there = Span(_("Money sent home"), href="page:remittances")
        return paragraph(*_.spans(N_("There are values by country only: {page} has them."), page=there))
    if absences:
        counted = [f"{_.absence(what)}: {count}" for what, count in absences.items() if what is not Presence.VALUE]
        text = _("Nothing can be said: the cells that are there hold no number ({cells}).", cells=_.apart(counted))
    else:
        text = _("Nothing can be said: no table that is loaded has a value for {area}.", area=account.within)
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
    if finding.breakdown != "_T":
        before, after = _.spans(N_(" What is counted: {part}."), part=Span("")), account.labelled(finding.breakdown)
        parts += [before[0], *after, before[-1]]
    groups = _only(account, finding)
    if groups:
        parts += _.spans(N_(" It is of {groups} only: no total is published."), groups=_.beside(groups))
    if point.status in ESTIMATED:
        parts += _.spans(N_(" It is an estimate or provisional."))
    comparison = finding.comparison
    if comparison is not None:
        beside = [f"{_.area(code)} {_.bare(other.number, unit)}" for code, other in comparison.others.items()]
        if comparison.period == point.period:
            parts += _.spans(N_(" In the same year: {others}."), others=_.apart(beside))
        else:
            own = f"{account.name} {_.bare(comparison.own.number, unit)}"
            parts += _.spans(
                N_(" Beside it in {period}: {others}."),
                period=_.period(comparison.period),
                others=_.apart([own, *beside]),
            )
    return paragraph(*parts)


def _only(account: Account, finding: Finding) -> list[str]:
    """The groups that the series stands for alone, where its publisher gives no total."""
    _ = account.words
    cell = account.holdings.headline(finding.id)
    named = [_.group(cell[name]) for name in ("sex", "migratory_status") if cell.get(name, TOTAL) != TOTAL]
    age = cell.get("age", TOTAL)
    if age == TOTAL:
        return named
    if age in GROUPS:
        return [*named, _.group(age)]
    return [_.aged(named[0] if named else "", age), *named[1:]]


def _figure(account: Account, finding: Finding) -> Block | None:
    _ = account.words
    roles: tuple[charts.Role, charts.Role] = ("region", "world")
    series = [Named(account.words.mark(account.area.code), finding.points)]
    for place in account.holdings.beside:
        points = finding.beside.get(place.code, ())
        series.append(Named(_.mark(place.code), points, roles[place.kind == "world"]))
    if len(known(finding.points)) < 2 or finding.unit == YES_OR_NO:
        return None
    return lines(
        account,
        finding.id,
        series,
        title=changed(account, _.beside([finding.indicator.short(_.code), *_only(account, finding)]), finding.points),
        subtitle=_subtitle(account, finding),
        unit=finding.unit,
        target=_target(account, finding),
    )


def _subtitle(account: Account, finding: Finding) -> str:
    have = known(finding.points)
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
    if not finding.indicator.targets:
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
    rows: Rows = tuple((name, named[name]) for name in sorted(named)[:SHOWN_PARTS])
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
    return Cell(f"{answer} ({_.period(point.period)})", href=row_href(finding.id, point))


def _members(account: Account, finding: Finding) -> list[Block]:
    """For a group: its countries in the order of their names, never ranked."""
    _ = account.words
    if not account.area.is_group:
        return []
    members = account.holdings.members(finding.id)
    if not members:
        return []
    columns = (Column(_("Country or area")), Column(_("Newest value"), "number"))
    rows: Rows = tuple(
        (_.area(code), value_with_year(account, finding.id, whole(yearly(members[code]))))
        for code in sorted(members, key=_.area)
    )
    return in_full(account, Table(columns, rows, caption=_("Countries, in the order of their names")))


def _gap_title(account: Account, finding: Finding) -> str:
    """The widest gap as a finding: who is behind whom."""
    _ = account.words
    gap = max(finding.gaps, key=lambda each: abs(each.difference))
    behind = gap.behind(finding.assessment.goal.direction)
    if behind is None or near(gap):
        alike = _("{first} and {second} stand alike", first=_.group(gap.first.code), second=_.group(gap.second.code))
        return _.opening(alike)
    ahead = gap.second if behind is gap.first else gap.first
    return _("Worse for {behind} than for {ahead}", behind=_.group(behind.code), ahead=_.group(ahead.code))


def _assessment(account: Account, finding: Finding) -> list[Block]:
    """The word, whether the methods agree, and the parts of each."""
    _ = account.words
    found = finding.assessment
    has_target = found.goal.target is not None
    if _at_its_best(finding):
        best = _strong(_("as good as it can be, and unchanged"))
        return [paragraph(*_.spans(N_("Assessment: {word}."), word=best))]
    word = _.verdict(found.verdict, found.reason, target=has_target)
    sentence = [*_.spans(N_("Assessment: {word}."), word=_strong(word))]
    if found.agree is True:
        sentence += _.spans(N_(" The methods that are defined agree."))
    elif found.agree is False:
        sentence += _.spans(N_(" The methods differ; the more cautious word stands."))
    if not found.verdicts:
        return [paragraph(*sentence)]
    columns = (Column(_("Method")), Column(_("What it says")), Column(_("Its parts")))
    rows = (_trend_row(account, finding), _growth_row(account, found), _index_row(account, found))
    return [paragraph(*sentence), Table(columns, rows)]


def _at_its_best(finding: Finding) -> bool:
    """Whether every value since 2015 is the best that there can be."""
    values = [each.number for each in since(finding.points)]
    return bool(values) and set(values) == {finding.assessment.goal.limit}


def _strong(text: str) -> Span:
    return Span(text, strong=True)


def _verdict_cell(account: Account, answer: Refused | Growth | StatusIndex, *, target: bool) -> Cell:
    _ = account.words
    if isinstance(answer, Refused):
        return Cell(_.verdict(Verdict.UNKNOWN, answer.reason, target=target), absence="not-applicable")
    return Cell(_.verdict(answer.verdict, None, target=target))


def _trend_row(account: Account, finding: Finding) -> tuple[str | Cell, ...]:
    """The robust slope with its interval."""
    _ = account.words
    trend, goal = finding.assessment.trend, finding.assessment.goal
    name = _("Trend of all values since 2015 (Theil and Sen)")
    if isinstance(trend, Refused):
        return (name, _verdict_cell(account, trend, target=goal.target is not None), "–")
    verdict = trend.verdict(goal.direction, goal.target, goal.target_year)
    parts = _(
        "{slope} a year (95% interval {low} to {high}), from {n} values",
        slope=_signed(account, trend.slope),
        low=_signed(account, trend.lower),
        high=_signed(account, trend.upper),
        n=str(trend.count),
    )
    return (name, _.verdict(verdict, None, target=goal.target is not None), parts)


def _growth_row(account: Account, found: Assessment) -> tuple[str | Cell, ...]:
    _ = account.words
    growth, target = found.growth, found.goal.target is not None
    name = _("Growth ratio (Open SDG, Eurostat)")
    if isinstance(growth, Refused):
        return (name, _verdict_cell(account, growth, target=target), "–")
    parts = _(
        "{growth} a year from {first} to {last}",
        growth=_signed_percent(account, growth.growth),
        first=_.period(growth.base.period),
        last=_.period(growth.current.period),
    )
    if growth.required is not None:
        needed = _signed_percent(account, growth.required)
        parts = _.apart([parts, _("{needed} a year would reach the target", needed=needed)])
    return (name, _verdict_cell(account, growth, target=target), parts)


def _index_row(account: Account, found: Assessment) -> tuple[str | Cell, ...]:
    _ = account.words
    index, target = found.index, found.goal.target is not None
    name = _("Current status index (ESCAP)")
    if isinstance(index, Refused):
        return (name, _verdict_cell(account, index, target=target), "–")
    parts = _(
        "{index} of 10; an even pace would have given {expected}",
        index=_.short(index.index),
        expected=_.short(index.expected),
    )
    return (name, _verdict_cell(account, index, target=target), parts)


def _signed(account: Account, value: float) -> str:
    sign = "+" if value > 0 else "−" if value < 0 else ""
    return account.words.signed(f"{sign}{account.words.small(abs(value))}")


def _signed_percent(account: Account, share: float) -> str:
    sign = "+" if share > 0 else "−" if share < 0 else ""
    return account.words.signed(f"{sign}{account.words.percent(abs(100 * share))}")


def _context(account: Account, findings: list[Finding]) -> list[Block]:
    """Statistics that are neither better nor worse when they rise: newest value, year, number of years."""
    _ = account.words
    if not findings:
        return []
    columns = (
        Column(_("Statistic")),
        Column(_("Newest value"), "number"),
        Column(_("Unit")),
        Column(_("Years with a value"), "number"),
    )
    rows = tuple(
        (
            finding.indicator.short(_.code),
            value_with_year(account, finding.id, finding.points),
            account.unit(finding.unit),
            str(len(known(finding.points))),
        )
        for finding in findings
    )
    note = _("Numbers that say what is, and of which no text says which way is better.")
    return [Heading(2, _("Context"), "context"), paragraph(note), Table(columns, rows)]


def _next(account: Account, number: int) -> list[Block]:
    """What to collect next for this objective."""
    _ = account.words
    wanted = [gap for gap in account.findings.wanted if number in gap.objectives][:LIMIT_OF_NEXT]
    if not wanted:
        return []
    columns = (Column(_("Indicator")), Column(_("What is missing")), Column(_("What would fill it")))
    rows = tuple(
        (account.title_with_code(gap.indicator), _(MISSING[gap.missing]), what_would_fill(account, gap))
        for gap in wanted
    )
    return [Heading(2, _("What to collect next"), "next"), Table(columns, rows)]


__all__ = ["UnknownCodeError", "pages", "slug"]

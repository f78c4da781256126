"""The assessment of an indicator: one word, whether the methods agree, and the parts of each method."""

from __future__ import annotations

from opencompact.language import N_
from opencompact.look.blocks import Block, Cell, Column, Span, Spans, Table, paragraph
from opencompact.review.account import Account
from opencompact.review.findings import Finding
from opencompact.statistics.assessment import BASE_YEAR, Assessment, Growth, Refused, StatusIndex, Verdict
from opencompact.statistics.assessment.assess import since


def assessed(account: Account, finding: Finding) -> list[Block]:
    """The word, whether the methods agree, and the parts of each."""
    _ = account.words
    found = finding.assessment
    has_target = found.goal.target is not None
    if at_its_best(finding):
        best = _strong(_("as good as it can be, and unchanged"))
        return [paragraph(*_.spans(N_("Assessment: {word}."), word=best))]
    word = _.verdict(found.verdict, found.reason, target=has_target)
    sentence = [*_.spans(N_("Assessment: {word}."), word=_strong(word))]
    if found.agree is True:
        sentence += _.spans(N_(" The methods that are defined agree."))
    elif found.agree is False:
        sentence += _.spans(N_(" The methods differ; the more cautious word stands."))
    sentence += _since_break(account, found)
    if not found.verdicts:
        return [paragraph(*sentence)]
    columns = (Column(_("Method")), Column(_("What it says")), Column(_("Its parts")))
    rows = (_trend_row(account, finding), _growth_row(account, finding), _index_row(account, found))
    return [paragraph(*sentence), Table(columns, rows)]


def _since_break(account: Account, found: Assessment) -> Spans:
    """That values before a break of the series are left out; nothing where there are none since the base year."""
    _ = account.words
    if found.begins is None:
        return ()
    text = N_(" Only the values from {year} on enter: those before may not compare with them.")
    return _.spans(text, year=_.period(found.begins.period))


def at_its_best(finding: Finding) -> bool:
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
    begins = finding.assessment.begins
    first = str(BASE_YEAR) if begins is None else _.period(begins.period)
    name = _("Trend of all values since {year} (Theil and Sen)", year=first)
    if isinstance(trend, Refused):
        return (name, _verdict_cell(account, trend, target=goal.target is not None), "–")
    verdict = trend.verdict(goal.direction, goal.target, goal.target_year)
    parts = _.plural(
        "{slope} a year (95% interval {low} to {high}), from {n} value",
        "{slope} a year (95% interval {low} to {high}), from {n} values",
        trend.count,
        slope=_of_unit(account, trend.slope, finding.unit),
        low=_signed(account, trend.lower),
        high=_signed(account, trend.upper),
        n=str(trend.count),
    )
    return (name, _.verdict(verdict, None, target=goal.target is not None), parts)


def _growth_row(account: Account, finding: Finding) -> tuple[str | Cell, ...]:
    """Growth a year; of a percentage it is said to be a share of the percentage, for a reader would take it for points."""
    _ = account.words
    found = finding.assessment
    growth, target = found.growth, found.goal.target is not None
    name = _("Growth ratio (Open SDG, Eurostat)")
    if isinstance(growth, Refused):
        return (name, _verdict_cell(account, growth, target=target), "–")
    of_percentage = N_("{growth} of itself a year from {first} to {last}")
    parts = _(
        of_percentage if finding.unit.startswith("percent") else N_("{growth} a year from {first} to {last}"),
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


def _of_unit(account: Account, value: float, unit: str) -> str:
    """A change with its sign; of a percentage in points."""
    text = _signed(account, value)
    return account.words.in_points(text, value) if unit.startswith("percent") else text


def _signed(account: Account, value: float) -> str:
    sign = "+" if value > 0 else "−" if value < 0 else ""
    return account.words.signed(f"{sign}{account.words.small(abs(value))}")


def _signed_percent(account: Account, share: float) -> str:
    sign = "+" if share > 0 else "−" if share < 0 else ""
    return account.words.signed(f"{sign}{account.words.percent(abs(100 * share))}")

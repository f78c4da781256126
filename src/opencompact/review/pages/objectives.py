"""Four round tables and 23 objectives: what is asked, what the indicators say, what else is known, what to collect next."""

from __future__ import annotations

from opencompact import compact
from opencompact.language import N_
from opencompact.look.blocks import (
    Block,
    BulletList,
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
from opencompact.review.account import Account, anchor, newest
from opencompact.review.figures import value_with_year
from opencompact.review.findings import Finding
from opencompact.review.pages import indicator
from opencompact.review.pages.assessed import at_its_best
from opencompact.review.pages.coverage import MISSING, provisional, what_would_fill
from opencompact.statistics.assessment import Point, Verdict, known

LIMIT_OF_NEXT = 5


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
    note = _("What the round table is about is said in words of our own: A/RES/76/266 names its objectives only.")
    blocks = (Contents(_slug_of_table(table.number), leads=True), paragraph(note, role="note"))
    return Page(_slug_of_table(table.number), _.round_table(table), lead, blocks)


def _objective(account: Account, number: int, parent: str) -> Page:
    _ = account.words
    objective = compact.objective(number)
    findings = account.findings.under(number)
    blocks: list[Block] = [*_what_is_asked(account, objective), *provisional(account)]
    judged = [each for each in findings if each.judged]
    if judged:
        blocks.append(Heading(2, _("What the indicators say"), "indicators"))
    for place, finding in enumerate(judged):
        blocks += indicator.section(account, finding, judged[:place], slug(number), judged)
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
    told = _told_once([each for each in judged if newest(each.points) is not None])
    if len(told) == 1:
        parts.append(Span(_(_of_one(told[0]))))
    elif told:
        said = _.clauses(_how_many(account, told))
        parts += _.spans(N_(" Of those that say which way is better: {list}."), list=said)
    return tuple(parts)


def _of_one(finding: Finding) -> str:
    """What is said where one indicator alone says which way is better."""
    if at_its_best(finding):
        return N_(" The one that says which way is better is as good as it can be.")
    verdict = finding.assessment.verdict
    if verdict in (Verdict.FAST_ENOUGH, Verdict.TOO_SLOWLY):
        return N_(" The one that says which way is better goes the right way.")
    if verdict is Verdict.AWAY:
        return N_(" The one that says which way is better goes the wrong way.")
    if verdict is Verdict.NO_CLEAR_CHANGE:
        return N_(" The one that says which way is better shows no clear change.")
    return N_(" The one that says which way is better cannot be judged yet.")


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


def _told_once(judged: list[Finding]) -> list[Finding]:
    """The findings without those whose values are another's: the page says such a series once, and it counts once."""
    fuller = [each for each in judged if indicator.told_by(each, judged) is None]
    return list({indicator.values_of(each): each for each in reversed(fuller)}.values())


def _how_many(account: Account, judged: list[Finding]) -> list[str]:
    """How many indicators go the right way, the wrong way, neither; what is none is left out."""
    _ = account.words
    best = sum(at_its_best(each) for each in judged)
    verdicts = [each.assessment.verdict for each in judged if not at_its_best(each)]
    better = sum(verdict in (Verdict.FAST_ENOUGH, Verdict.TOO_SLOWLY) for verdict in verdicts)
    worse, unclear, unknown = (
        verdicts.count(verdict) for verdict in (Verdict.AWAY, Verdict.NO_CLEAR_CHANGE, Verdict.UNKNOWN)
    )
    found = []
    if better:
        found.append(_.plural("{n} goes the right way", "{n} go the right way", better, n=better))
    if worse:
        found.append(_.plural("{n} goes the wrong way", "{n} go the wrong way", worse, n=worse))
    if best:
        found.append(_.plural("{n} is as good as it can be", "{n} are as good as they can be", best, n=best))
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
        Column(_("Edition")),
    )
    rows = tuple(
        (
            account.title(finding.id),
            value_with_year(account, finding.id, finding.points),
            account.unit(finding.unit),
            str(len(known(finding.points))),
            _edition(account, newest(finding.points)),
        )
        for finding in findings
    )
    note = _("Numbers that say what is, and of which no text says which way is better.")
    return [Heading(2, _("Context"), "context"), paragraph(note), Table(columns, rows)]


def _edition(account: Account, point: Point | None) -> Cell:
    """The day of the edition from which the newest value comes, linked to its source: statistics of one table may differ in it."""
    if point is None or not point.vintage:
        return Cell("–")
    return Cell(account.words.date(point.vintage), href=f"page:sources#{anchor(point.source)}")


def _next(account: Account, number: int) -> list[Block]:
    """What to collect next for this objective."""
    _ = account.words
    wanted = _merged(account, number)[:LIMIT_OF_NEXT]
    blocks: list[Block] = [Heading(2, _("What to collect next"), "next")]
    if account.findings.coverage[number - 1].asked == 0:
        text = _(
            "The catalogue has no indicator for this objective. What can be collected first is what the authorities know: "
            "which of the actions above are taken, since when, and how many people they reached, by sex, age and status."
        )
        return [*blocks, paragraph(text)]
    not_loaded = _of_no_table(account, number)
    if not wanted and not not_loaded:
        return []
    if not wanted:
        return [*blocks, *not_loaded]
    columns = (Column(_("Indicator")), Column(_("What is missing")), Column(_("What would fill it")))
    rows = tuple(
        (account.title_with_code(name), _.listed([_(MISSING[each]) for each in missing]), remedy)
        for name, remedy, missing in wanted
    )
    return [*blocks, Table(columns, rows), *not_loaded]


def _of_no_table(account: Account, number: int) -> list[Block]:
    """The indicators of the objective of which no table is loaded: none is told to be collected."""
    _ = account.words
    gaps = [gap for gap in account.findings.wanted if gap.missing == "table" and number in gap.objectives]
    if not gaps:
        return []
    there = Span(_("Not loaded here"), href="page:data#not-loaded")
    text = N_("No table is loaded of: {indicators}. Whether {area} publishes it is not known here; see “{there}”.")
    names = _.apart([account.title_with_code(gap.indicator) for gap in gaps])
    return [paragraph(*_.spans(text, indicators=names, area=account.within, there=there))]


def _merged(account: Account, number: int) -> list[tuple[str, str, list[str]]]:
    """(indicator, what would fill its gaps, what is missing), most wanted first: gaps that the same would fill are one row."""
    found: dict[tuple[str, str], list[str]] = {}
    for gap in account.findings.wanted:
        if number in gap.objectives and gap.missing != "table":
            found.setdefault((gap.indicator, what_would_fill(account, gap)), []).append(gap.missing)
    return [(name, remedy, missing) for (name, remedy), missing in found.items()]

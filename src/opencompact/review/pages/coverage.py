"""What the data can say: 23 objectives by what there is of them, and the gaps whose filling would say most."""

from __future__ import annotations

from opencompact import compact
from opencompact.language import N_
from opencompact.look.blocks import (
    Block,
    Callout,
    Cell,
    Column,
    Heading,
    Matrix,
    MatrixCell,
    MatrixRow,
    Page,
    Span,
    Table,
    paragraph,
    spans,
)
from opencompact.review.account import Account
from opencompact.statistics.assessment import ObjectiveCoverage, Wanted, year_of
from opencompact.statistics.sources import contract

SLUG = "data"
SHOWN_GAPS = 10
RECENT = 5
MISSING = {
    "value": N_("any value"),
    "newer": N_("a newer value"),
    "trend": N_("enough values for a trend"),
    "sex": N_("values for women and men"),
    "age": N_("values by age"),
    "migratory_status": N_("values by migratory status"),
}


def page(account: Account) -> Page:
    """What the data can say."""
    _ = account.words
    coverage = account.findings.coverage
    blocks: list[Block] = [*official_list(account), _matrix(account, coverage)]
    blocks += [Heading(2, _("Ten gaps whose filling would say most"), "gaps"), *_gaps(account)]
    blocks += _not_loaded(account)
    by_status = sum(each.by("migratory_status")[0] > 0 for each in coverage)
    lead = _.spans(
        N_("Something can be said about {n} of the {of} objectives; about {m} of them by migratory status.")
        if by_status
        else N_("Something can be said about {n} of the {of} objectives; about none of them by migratory status."),
        n=str(sum(each.available > 0 for each in coverage)),
        of=str(len(coverage)),
        m=str(by_status),
    )
    return Page(SLUG, _("What can the data say?"), lead, tuple(blocks), short=_("What the data can say"))


def official_list(account: Account) -> list[Block]:
    """That the official list is not loaded, wherever it would show."""
    _ = account.words
    if account.findings.catalogue.official_list.loaded:
        return []
    text = _(
        "The core and additional indicators that the United Nations Network on Migration proposed are not loaded. "
        "What stands here is a provisional catalogue drawn from the framework of the Sustainable Development Goals."
    )
    return [Callout("note", spans(text), _("Official list not loaded"))]


def provisional(account: Account) -> list[Block]:
    """The same in a line, on the pages behind the one that says it in full."""
    _ = account.words
    if account.findings.catalogue.official_list.loaded:
        return []
    there = Span(_("Official list not loaded"), href=f"page:{SLUG}")
    return [
        paragraph(
            *_.spans(N_("{there}: the indicators are those of a provisional catalogue."), there=there), role="note"
        )
    ]


def _matrix(account: Account, coverage: list[ObjectiveCoverage]) -> Matrix:
    _ = account.words
    by_number = {each.objective: each for each in coverage}
    rows: list[MatrixRow] = []
    for table in compact.round_tables():
        rows.append(MatrixRow(_.round_table(table)))
        for number in table.objectives:
            label = _.numbered(number, compact.objective(number).short(_.code))
            rows.append(MatrixRow(label, _cells(account, by_number[number]), f"page:objective-{number:02d}"))
    columns = (
        _("At all"),
        _("By sex"),
        _("By age"),
        _("By migratory status"),
        _("Newest"),
        _("Sources"),
    )
    states = (
        ("full", _("there")),
        ("part", _("in part")),
        ("none", _("asked for, missing")),
        ("not-asked", _("not asked for")),
    )
    caption = _("Of how many indicators asked for under each objective there is a value, and by what")
    return Matrix(columns, tuple(rows), caption, states, _("Objective"))  # type: ignore[arg-type]


def _cells(account: Account, found: ObjectiveCoverage) -> tuple[MatrixCell, ...]:
    cells = [_share(found.available, found.asked)]
    cells += [_share(*found.by(dimension)) for dimension in ("sex", "age", "migratory_status")]
    newest = found.newest
    if found.asked == 0:
        return (*cells, MatrixCell("not-asked"), MatrixCell("not-asked"))
    if newest is None:
        return (*cells, MatrixCell("none"), MatrixCell("none", "0"))
    recent = account.this_year - int(year_of(newest)) <= RECENT
    return (*cells, MatrixCell("full" if recent else "part", newest[:4]), MatrixCell("full", str(len(found.sources))))


def _share(have: int, asked: int) -> MatrixCell:
    if asked == 0:
        return MatrixCell("not-asked")
    return MatrixCell("full" if have == asked else "part" if have else "none", f"{have}/{asked}")


def _gaps(account: Account) -> list[Block]:
    _ = account.words
    columns = (
        Column(_("What is missing")),
        Column(_("Indicator")),
        Column(_("Objectives")),
        Column(_("What would fill it")),
    )
    gaps = [gap for gap in account.findings.wanted if gap.missing != "table"]
    rows = tuple(gap_row(account, gap) for gap in gaps[:SHOWN_GAPS])
    if not rows:
        return [paragraph(_("Nothing that is asked for is missing."))]
    order = _(
        "In the order of how much could then be told: a first value counts most, then a breakdown, a newer value or a trend; each counts for every objective it bears on, and twice for one of which nothing can be said yet."
    )
    return [paragraph(order), Table(columns, rows)]


def _not_loaded(account: Account) -> list[Block]:
    """The indicators of which no table is loaded: a gap of the workspace, and where it could be filled from."""
    _ = account.words
    names = [gap.indicator for gap in account.findings.wanted if gap.missing == "table"]
    if not names:
        return []
    note = _(
        "Of these no table is loaded that tells of several countries, so whether {area} collects or publishes them is not "
        "known here. This is a gap of what was loaded, not of the statistics of {area}: before anything is collected, a "
        "table is to be looked for and loaded.",
        area=account.within,
    )
    columns = (Column(_("Indicator")), Column(_("Objectives")), Column(_("Where a table may be found")))
    rows = tuple(
        (
            account.title_with_code(name),
            _.listed([str(number) for number in account.indicator(name).objectives]),
            _offered(account, name),
        )
        for name in names
    )
    return [Heading(2, _("Not loaded here"), "not-loaded"), paragraph(note), Table(columns, rows)]


def _offered(account: Account, name: str) -> Cell:
    """The publisher that the catalogue names first for an indicator, linked to where it offers its tables."""
    sources = account.indicator(name).sources
    if not sources or sources[0] not in contract.sources():
        return Cell(account.words(N_("not known")))
    entry = contract.source(sources[0])
    named = account.in_language(entry.publisher)
    return Cell(named.text, href=entry.offered_at, language=named.language)


def gap_row(account: Account, gap: Wanted) -> tuple[str | Cell, ...]:
    """What is missing, of which indicator, for which objectives, and what would fill it."""
    return (
        account.words(MISSING[gap.missing]),
        account.title_with_code(gap.indicator),
        account.words.listed([str(number) for number in gap.objectives]),
        what_would_fill(account, gap),
    )


def what_would_fill(account: Account, gap: Wanted) -> str:
    """A census question, a survey module, a register: what the catalogue names for the indicator."""
    _ = account.words
    if gap.missing == "trend":
        return _("the same source, kept up over the years")
    questions = account.indicator(gap.indicator).questions
    names = [each.name(_.code) for each in questions[:2]]
    return _.apart([*names[:1], *map(_.inside, names[1:])]) or _("not known")

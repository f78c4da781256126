"""Displacement and protection: refugees, asylum, returns and other solutions, displacement by hazard."""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl

from opencompact.language import N_
from opencompact.look import charts
from opencompact.look.blocks import Block, Cell, Column, Figure, Heading, Page, Spans, Table, paragraph
from opencompact.review.account import Account, Rows, newest, table_href
from opencompact.review.figures import Named, lines, value_with_year
from opencompact.review.pages.unrwa import leaves_out, left_out, of_unrwa_alone, palestine_refugees
from opencompact.review.rankings import groups_of_people
from opencompact.review.silence import since_then
from opencompact.review.titles import title_of
from opencompact.statistics.assessment import TOTAL, Point, known, series
from opencompact.statistics.assessment.series import point

SLUG = "protection"
HAZARD = "displacement.disaster.new"
SOLUTIONS = ("returns.refugees", "returns.idps", "solutions.resettlement", "solutions.naturalisation")
PROCEDURES = ("asylum.applications", "asylum.decisions", "asylum.applicants")
OVER_ALL = "stage="  # first of all procedures: the sum that comes before its parts
SHOWN_HAZARDS = 3
SHOWN_PROCEDURES = 16
HAZARD_ROLES: tuple[charts.Role, ...] = ("first", "second", "third", "context")


def page(account: Account) -> Page:
    """Displacement and protection."""
    _ = account.words
    world = account.area.kind == "world"
    heading = _("Refugees and people seeking asylum") if world else _("Refugees and people seeking asylum here")
    blocks: list[Block] = [*left_out(account), Heading(2, heading, "hosted"), *_hosted(account)]
    if not world:
        refuge = (
            _("People from its countries who found refuge in another")
            if account.area.is_group
            else _("People from here who found refuge elsewhere")
        )
        blocks += [Heading(2, refuge, "origin"), *_from_here(account)]
    blocks += palestine_refugees(account)
    blocks += [Heading(2, _("Applications and decisions"), "procedures"), *_procedures(account)]
    blocks += [Heading(2, _("Returns and other solutions"), "solutions"), *_solutions(account)]
    blocks += [Heading(2, _("Displaced inside"), "displaced"), *_displaced(account)]
    return Page(
        SLUG,
        _("Who seeks and finds protection?"),
        _lead(account),
        tuple(blocks),
        short=_("Displacement and protection"),
    )


def _lead(account: Account) -> Spans:
    _ = account.words
    hosted, fled = newest(account.holdings.total("refugees.hosted")), newest(account.holdings.total("refugees.origin"))
    if hosted is None and fled is None:
        return of_unrwa_alone(account) or _.spans(N_("No table that is loaded says who sought or found protection."))
    if account.area.kind == "world" and hosted is not None:
        return _.spans(
            N_("At the end of {year}, {people} in the world were refugees under the mandate of UNHCR."),
            year=_.period(hosted.period),
            people=account.said(hosted, "refugees.hosted", "persons"),
        )
    if hosted is not None and fled is not None and hosted.period != fled.period:  # each would need a year of its own
        hosted, fled = (hosted, None) if hosted.period > fled.period else (None, fled)
    if hosted is None or fled is None:
        one, name = (hosted, "refugees.hosted") if hosted is not None else (fled, "refugees.origin")
        assert one is not None
        message = (
            N_("At the end of {year}, {people} lived in {area} as refugees.")
            if hosted is not None
            else N_("At the end of {year}, {people} from {area} lived elsewhere as refugees.")
        )
        said = _.spans(
            message, year=_.period(one.period), people=account.said(one, name, "persons"), area=account.within
        )
        return (*said, *since_then(account, account.holdings.total(name)))
    return _.spans(
        N_(
            "At the end of {year}, {people} lived in {area} as refugees, and {others} from there lived in another country as refugees; who fled from one country of the group to another is in both numbers."
        )
        if account.area.is_group
        else N_(
            "At the end of {year}, {people} lived in {area} as refugees, and {others} from there lived elsewhere as refugees."
        ),
        year=_.period(hosted.period),
        people=account.said(hosted, "refugees.hosted", "persons"),
        area=account.within,
        others=account.said(fled, "refugees.origin", "persons"),
    )


def _hosted(account: Account) -> list[Block]:
    _ = account.words
    world = account.area.kind == "world"
    hosted = account.holdings.total("refugees.hosted")
    seeking = account.holdings.total("asylum-seekers.hosted")
    course = lines(
        account,
        "refugees.hosted",
        [
            Named(_("Refugees"), hosted, "first"),
            Named(_("Waiting for a decision"), seeking, "second", "asylum-seekers.hosted"),
        ],
        title=title_of(
            account, _("Refugees") if world else _("Refugees living here"), "refugees.hosted", hosted, "persons"
        ),
        subtitle=_("People at the end of the year"),
        unit="persons",
        zero=True,
    )
    places = account.holdings.origins("refugees.hosted", "2010")
    largest = N_("The largest group of refugees came from {area}")
    by_origin = N_("Refugees by origin, {year}")
    if not world:
        largest = N_("The largest group of refugees here came from {area}")
        by_origin = N_("Refugees living here by origin, {year}")
    ranked = groups_of_people(
        account,
        "refugees.hosted",
        places,
        largest=largest,
        subtitle=by_origin,
        since="2010",
        anchored="refugees-by-origin",
    )
    nothing = (
        _("No table that is loaded says it.")
        if leaves_out(account) is None
        else _("Of other refugees no table that is loaded says anything.")
    )
    found = [*course, *([ranked] if ranked is not None else [])]
    return found or [paragraph(nothing)]


def _from_here(account: Account) -> list[Block]:
    _ = account.words
    fled = account.holdings.total("refugees.origin")
    course = lines(
        account,
        "refugees.origin",
        [
            Named(_("Refugees"), fled, "first"),
            Named(
                _("Waiting for a decision"),
                account.holdings.total("asylum-seekers.origin"),
                "second",
                "asylum-seekers.origin",
            ),
        ],
        title=title_of(account, _("Refugees from here"), "refugees.origin", fled, "persons"),
        subtitle=_("People at the end of the year"),
        unit="persons",
        zero=True,
    )
    places = account.holdings.destinations("refugees.hosted", "2010")
    ranked = groups_of_people(
        account,
        "refugees.hosted",
        places,
        largest=N_("The largest group of refugees from here lives in {area}"),
        subtitle=N_("Refugees from here by where they live, {year}"),
        since="2010",
        anchored="refugees-by-destination",
    )
    found = [*course, *([ranked] if ranked is not None else [])]
    return found or [paragraph(_("No table that is loaded says it."))]


def _procedures(account: Account) -> list[Block]:
    """Applications and decisions of the newest year by what they count; counts that may not be added to one another."""
    _ = account.words
    blocks: list[Block] = []
    breakdowns: list[str] = []
    for indicator in PROCEDURES:
        chosen = _chosen(account, indicator)
        if chosen:
            columns = (Column(account.title(indicator)), Column(_("Year")), Column(_("Number"), "number"))
            rows = _procedure_rows(account, indicator, chosen)
            blocks += [Table(columns, rows), *account.beneath(_newest_of(account, indicator))]
            breakdowns += [breakdown for _point, breakdown in chosen]
    if not blocks:
        return [paragraph(_("No table that is loaded says it."))]
    return [paragraph(" ".join(_how_to_read(account, breakdowns))), *blocks]


def _how_to_read(account: Account, breakdowns: Sequence[str]) -> list[str]:
    """What the rows are that are shown, and that they are not to be added up."""
    _ = account.words
    said = [
        _(
            "Some countries count people and others cases, and one person may be counted at several stages: the rows cannot be added up."
        )
    ]
    if any(_has_parts(each, breakdowns) for each in breakdowns):
        said.append(_("A row with the words “in all” is the total of a procedure as its publisher gives it."))
    if any(each.startswith(OVER_ALL) for each in breakdowns):
        said.append(
            _(
                "A row “in all procedures” is a sum over several procedures that is computed here: of new applications, or of first decisions, people and cases apart."
            )
        )
    return said


def _newest_of(account: Account, indicator: str) -> list[Point]:
    """The newest point of every procedure of the area."""
    found = [newest(series(rows)) for rows in account.holdings.index(indicator).values()]
    return [each for each in found if each is not None]


def _chosen(account: Account, indicator: str) -> list[tuple[Point, str]]:
    """What is counted in the newest year and its breakdown, sums first; a sum over one procedure alone is that procedure."""
    found = []
    # Also sums over fewer countries than a year ago: a procedure that UNHCR hands over to a government is told there.
    for (*cell, breakdown), rows in account.holdings.index(indicator).items():
        if any(code != "_T" for code in cell):
            continue
        point_ = newest(series(rows))
        if point_ is not None and (breakdown == "_T" or account.has_label(breakdown)):
            found.append((point_, breakdown))
    last = max((each.period[:4] for each, _breakdown in found), default="")
    of_year = [each for each in found if each[0].period[:4] == last]
    procedures = {each.number for each, breakdown in of_year if not breakdown.startswith(OVER_ALL)}
    told = [each for each in of_year if not (each[1].startswith(OVER_ALL) and each[0].number in procedures)]
    return sorted(told, key=lambda each: (not each[1].startswith(OVER_ALL), -each[0].number))[:SHOWN_PROCEDURES]


def _procedure_rows(account: Account, indicator: str, chosen: Sequence[tuple[Point, str]]) -> Rows:
    shown = [breakdown for _point, breakdown in chosen]
    return tuple(
        (
            _procedure(account, breakdown, shown),
            account.words.period(each.period),
            account.cell(each, indicator),
        )
        for each, breakdown in chosen
    )


def _has_parts(breakdown: str, shown: Sequence[str]) -> bool:
    """Whether what a row counts is told by parts in others."""
    own = set(breakdown.split(";"))
    return any(own < set(other.split(";")) for other in shown)


def _procedure(account: Account, breakdown: str, shown: Sequence[str]) -> str | Cell:
    """What a row counts; one of which others are parts says that it is all of them."""
    _ = account.words
    if breakdown == TOTAL:
        return Cell(_("in all"), strong=True)
    if breakdown.startswith(OVER_ALL):
        return Cell(account.label(breakdown), strong=True)
    label = account.label(breakdown)
    return Cell(_("in all: {part}", part=label), strong=True) if _has_parts(breakdown, shown) else label


def _solutions(account: Account) -> list[Block]:
    _ = account.words
    rows = [
        (account.title(name), value_with_year(account, name, account.holdings.total(name)))
        for name in SOLUTIONS
        if newest(account.holdings.total(name)) is not None
    ]
    if not rows:
        return [paragraph(_("No table that is loaded says it."))]
    told = [point for name in SOLUTIONS if (point := newest(account.holdings.total(name))) is not None]
    table = Table((Column(_("Solution")), Column(_("People in the year"), "number")), tuple(rows))
    return [table, *account.beneath(told)]


def _displaced(account: Account) -> list[Block]:
    _ = account.words
    blocks: list[Block] = []
    hazards = _hazards(account)
    if hazards is not None:
        blocks.append(hazards)
    conflict = account.holdings.total("displacement.conflict")
    blocks += lines(
        account,
        "displacement.conflict",
        [Named(_("Displaced by conflict"), conflict, "first")],
        title=title_of(account, _("People displaced inside by conflict"), "displacement.conflict", conflict, "persons"),
        subtitle=_("People at the end of the year"),
        unit="persons",
        zero=True,
    )
    return blocks or [paragraph(_("No table that is loaded says it."))]


def _hazards(account: Account) -> Figure | None:
    """New displacements by year and hazard; hazards beyond the largest three together."""
    _ = account.words
    frame = account.holdings.own(HAZARD).filter(
        pl.col("breakdown").str.starts_with("hazard=")
        & (pl.col("period").str.len_chars() == 4)
        & pl.col("value").is_not_null()
    )
    if frame.is_empty():
        return None
    order = frame.group_by("breakdown").agg(pl.col("value").sum()).sort("value", descending=True)["breakdown"].to_list()
    kept = order[:SHOWN_HAZARDS]
    cells: dict[tuple[str, str], Point] = {
        (row["period"], row["breakdown"]): point(row) for row in frame.iter_rows(named=True)
    }
    periods = [str(year) for year in range(int(min(frame["period"])), int(max(frame["period"])) + 1)]
    names = [account.label(each) for each in kept] + ([_("others")] if len(order) > len(kept) else [])

    def values(period: str) -> tuple[float | None, ...]:
        found = {each: cells[period, each].value for each in order if (period, each) in cells}
        if not found:
            return (None,) * len(names)
        shown: list[float | None] = [found.get(each, 0.0) for each in kept]
        if len(order) > len(kept):
            shown.append(sum(value or 0 for each, value in found.items() if each not in kept))
        return tuple(shown)

    keys = tuple(charts.Key(role, name) for role, name in zip(HAZARD_ROLES, names, strict=False))
    columns = (Column(_("Year")), *(Column(account.label(each), "number") for each in order[:6]))
    rows: Rows = tuple(
        (period, *(account.cell(cells.get((period, each)), HAZARD) for each in order[:6])) for period in periods
    )
    return Figure(
        title=_("Most often displaced by: {hazard}", hazard=account.label(order[0])),
        subtitle=_("New displacements in the year, by hazard; one person may be displaced more than once"),
        chart=charts.ColumnChart(tuple(charts.ColumnBar(period, values(period)) for period in periods), keys),
        table=Table(columns, rows),
        alt=_("Columns by year; the table has the numbers."),
        source=account.source(cells.values()),
        data_href=table_href(HAZARD),
        anchor="hazards",
    )


__all__ = ["SLUG", "known", "page"]

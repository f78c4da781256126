"""At a glance: the main facts of an area, each with its year, its trend, its source; and what changed since last time."""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl

from opencompact.language import N_
from opencompact.look.blocks import (
    Block,
    Cell,
    Column,
    Contents,
    Fact,
    Facts,
    Heading,
    Page,
    Span,
    Spans,
    Table,
    paragraph,
)
from opencompact.review.account import Account, newest, row_href
from opencompact.review.figures import spark
from opencompact.review.pages.money import newest_cost
from opencompact.review.pages.unrwa import INDICATOR as UNRWA
from opencompact.review.pages.unrwa import leaves_out
from opencompact.review.rounding import rounded, rounded_down
from opencompact.review.words import Words
from opencompact.statistics.assessment import Point, Presence, silent, whole, yearly

# What a reader will look for when an edition has been revised.
MAIN = (
    "migrants", "emigrants", "refugees.hosted", "asylum-seekers.hosted", "displacement.disaster.new",
    "displacement.conflict", "missing.dead-and-missing", "remittances.received", "remittances.sent", "10.c.1",
)  # fmt: skip
COST = N_("What it costs to send 200 dollars")
LEAST_CHANGE = 0.05  # percent: a smaller one is shown as 0.0
SHOWN_CHANGES = 12


def page(account: Account) -> Page:
    """The first page of a review."""
    _ = account.words
    world = account.area.kind == "world"
    facts = (
        _living_here(account),
        _waiting(account) if world else _living_elsewhere(account),
        _refuge(account),
        _fact(account, "displacement.disaster.new", account.title("displacement.disaster.new")),
        _fact(account, "displacement.conflict", _("People displaced inside by conflict at the end of the year")),
        _deaths(account),
        _money(account),
        _cost(account),
    )
    blocks: tuple[Block, ...] = (
        Facts(facts),
        *_changes(account),
        Contents(title=_("Pages")),
    )
    return Page("index", _("At a glance"), _lead(account), blocks)


def _lead(account: Account) -> Spans:
    _ = account.words
    here, away = newest(account.holdings.total("migrants")), newest(account.holdings.total("emigrants"))
    if here is None:
        return _.spans(
            N_("No table that is loaded says how many people in {area} were born elsewhere."), area=account.within
        )
    values: dict[str, str | Span] = {"year": _.period(here.period), "people": account.said(here, "migrants", "persons")}
    if account.area.kind == "world":
        return _.spans(N_("In {year}, {people} lived in a country other than the one they were born in."), **values)
    group = account.area.is_group  # its people may have moved from one of its countries to another
    if away is None:
        alone = (
            N_("In {year}, {people} living in {area} were born in another country than they lived in.")
            if group
            else N_("In {year}, {people} living in {area} were born elsewhere.")
        )
        return _.spans(alone, area=account.within, **values)
    return _.spans(
        N_(
            "In {year}, {people} living in {area} were born in another country than they lived in, and {others} born there lived in another; who moved from one country of the group to another is in both numbers."
        )
        if group
        else N_("In {year}, {people} living in {area} were born elsewhere, and {others} born there lived elsewhere."),
        area=account.within,
        others=account.said(away, "emigrants", "persons"),
        **values,
    )


def _fact(
    account: Account, indicator: str, label: str, detail: str = "", points: Sequence[Point] | None = None
) -> Fact:
    """A count with its year; where there is none, that there is none."""
    _ = account.words
    series = account.holdings.total(indicator) if points is None else points
    point = newest(series)
    if point is None:
        return _without_value(account, label, indicator, series)
    told = [_.period(point.period), *_silence(account, series), *([detail] if detail else [])]
    return Fact(
        label,
        _.rough(point.number),
        " · ".join(told),
        spark(series),
        tuple(account.source_of(point.source, point.vintage, short=True)),
        row_href(indicator, point),
    )


def _without_value(account: Account, label: str, indicator: str, series: Sequence[Point]) -> Fact:
    """A fact of which no value is known: zeros that may be silence are said to be that."""
    _ = account.words
    zeros = silent(series)
    if not zeros:
        return Fact(label, _("no data"), _("No table that is loaded says it."))
    last = zeros[-1]
    source = tuple(account.source_of(last.source, last.vintage, short=True))
    text, period = _.absence(Presence.DOUBTFUL), _.period(last.period)
    return Fact(label, text, period, source=source, href=row_href(indicator, last))


def _silence(account: Account, series: Sequence[Point]) -> list[str]:
    """That after the newest value there are zeros alone that may be silence."""
    _ = account.words
    zeros = silent(series)
    return [_("up to {year} zero or not reported", year=_.period(zeros[-1].period))] if zeros else []


def _with_year(account: Account, text: str, point: Point, fact: Point | None) -> str:
    """A detail of a fact: with its own year where that is not the fact's."""
    _ = account.words
    same = fact is not None and fact.period == point.period
    return text if same else _.bracketed(text, _.period(point.period))


def _living_here(account: Account) -> Fact:
    _ = account.words
    here = newest(account.holdings.total("migrants"))
    share = newest(account.holdings.total("migrants.share"))
    women = newest(account.holdings.total("migrants.women-share"))
    said = []
    if share is not None:
        of_all = _("{share} of the population", share=_.percent(share.number))
        said.append(_with_year(account, of_all, share, here))
    if women is not None:
        said.append(_with_year(account, _("{share} of them women", share=_.percent(women.number)), women, here))
    world = account.area.kind == "world"
    label = (
        _("People living in another country than they were born in")
        if world
        else _("People living in its countries who were born in another")
        if account.area.is_group
        else _("People living here who were born elsewhere")
    )
    return _fact(account, "migrants", label, " · ".join(said))


def _waiting(account: Account) -> Fact:
    """In the world everyone born elsewhere lives somewhere: in place of the same number, those who wait for a decision."""
    return _fact(account, "asylum-seekers.hosted", account.words(N_("People waiting for a decision on asylum")))


def those_waiting(_: Words, people: float) -> str:
    """How many wait for a decision, in the plural form of the number shown: 174,000 in Arabic is counted otherwise than 173,532."""
    return _.plural(
        "{n} person waiting for a decision on asylum",
        "{n} people waiting for a decision on asylum",
        rounded(people),
        n=_.rough(people),
    )


def _living_elsewhere(account: Account) -> Fact:
    _ = account.words
    places = account.holdings.destinations("migrants")
    detail = _("the largest group in {area}", area=_.named(places[0].code)) if places else ""
    label = (
        _("People born in its countries who live in another")
        if account.area.is_group
        else _("People born here who live elsewhere")
    )
    return _fact(account, "emigrants", label, detail)


def _refuge(account: Account) -> Fact:
    _ = account.words
    world = account.area.kind == "world"
    seeking = newest(account.holdings.total("asylum-seekers.hosted"))
    hosted, palestine = newest(account.holdings.total("refugees.hosted")), leaves_out(account)
    said = []
    if seeking is not None and not world:
        said.append(_with_year(account, those_waiting(_, seeking.number), seeking, hosted or palestine))
    if palestine is not None and hosted is None:
        label, mandate = _("Palestine refugees living here"), _("under the mandate of UNRWA")
        return _fact(account, UNRWA, label, " · ".join([mandate, *said]))
    if palestine is not None:
        said.append(_("without Palestine refugees under the mandate of UNRWA"))
    label = _("Refugees") if world else _("Refugees living here")
    return _fact(account, "refugees.hosted", label, " · ".join(said))


def _deaths(account: Account) -> Fact:
    _ = account.words
    years = yearly(account.holdings.total("missing.dead-and-missing"))
    total = sum(each.value or 0 for each in years)
    detail = ""
    if years:
        detail = _("{n} since {year}; minimum figures", n=_.rough(rounded_down(total)), year=years[0].period)
    label = _("People recorded as dead or disappeared on the way")
    return _fact(account, "missing.dead-and-missing", label, detail, whole(years))


def _money(account: Account) -> Fact:
    _ = account.words
    series = account.holdings.total("remittances.received")
    point, share = newest(series), newest(account.holdings.total("17.3.2"))
    label = _("Money received from people abroad")
    if point is None:
        return _without_value(account, label, "remittances.received", series)
    detail = [_.period(point.period), *_silence(account, series)]
    if share is not None:
        detail.append(
            _("{share} of gross domestic product ({year})", share=_.percent(share.number), year=_.period(share.period))
        )
    outward = account.holdings.total("remittances.sent")
    sent = newest(outward)
    if sent is not None:
        from_here = _("{money} sent from here", money=_.money(sent.number))
        detail.append(_with_year(account, from_here, sent, point))
    href = row_href("remittances.received", point)
    return Fact(
        label,
        _.money(point.number),
        " · ".join(detail),
        spark(series),
        tuple(account.source_of(point.source, point.vintage, short=True)),
        href,
    )


def _cost(account: Account) -> Fact:
    _ = account.words
    label = _(COST)
    indicator = newest_cost(account)
    if indicator is not None:
        series = account.holdings.points(indicator)
        point = newest(series)
        if point is not None:
            detail = f"{_.period(point.period)} · " + _("the target is under 3%")
            href = row_href(indicator, point)
            return Fact(
                label,
                _.percent(point.number),
                detail,
                spark(series),
                tuple(account.source_of(point.source, point.vintage, short=True)),
                href,
            )
    return Fact(label, _("no data"), _("No table that is loaded says it."))


def _changes(account: Account) -> tuple[Block, ...]:
    """What the newest edition says otherwise than the one before it."""
    _ = account.words
    heading = Heading(2, _("What changed since the last edition"), "changes")
    # Who lives outside the country of birth is, for the world, the same people seen from both sides.
    told = [each for each in MAIN if not (each == "emigrants" and account.area.kind == "world")]
    frames = [account.holdings.library.revisions(indicator, account.area.code) for indicator in told]
    frames = [_newest_only(frame) for frame in frames if frame.height]
    rows = [row for frame in frames for row in frame.iter_rows(named=True)]
    if not rows:
        text = _("Of none of these figures are two editions loaded that differ: nothing can be compared.")
        return (heading, paragraph(text))
    columns = (
        Column(_("What")),
        Column(_("Period")),
        Column(_("Before"), "number"),
        Column(_("Now"), "number"),
        Column(_("Change"), "number"),
    )
    table = Table(columns, tuple(_change_row(account, row) for row in rows[:SHOWN_CHANGES]))
    return (heading, paragraph(_("Publishers revise past years. These figures differ from the edition before.")), table)


def _change_row(account: Account, row: dict[str, object]) -> tuple[str | Cell, ...]:
    _ = account.words
    before, now = float(str(row["earlier"])), float(str(row["value"]))
    return (
        account.title(str(row["indicator"])),
        _.period(str(row["period"])),
        Cell(_.exact(before), note=_edition(account, str(row["source"]), str(row["earlier_vintage"]))),
        Cell(_.exact(now), note=_edition(account, str(row["source"]), str(row["vintage"]))),
        _.change(before, now) or "–",
    )


def _edition(account: Account, source: str, vintage: str) -> str:
    """The date of an edition; where its files do not state it, to when its data go."""
    _ = account.words
    if (source, vintage) in account.holdings.library.undated:
        return _("data to {date}", date=_.date(vintage))
    return _("edition of {date}", date=_.date(vintage))


def _newest_only(frame: pl.DataFrame) -> pl.DataFrame:
    """Of an indicator, the two newest years of the total cell that its newest edition changed, to the tenth of a percent."""
    cells = [pl.col(name) == "_T" for name in ("sex", "age", "migratory_status", "origin", "breakdown")]
    yearly = frame.filter(*cells, pl.col("vintage") == frame["vintage"].max(), pl.col("period").str.len_chars() == 4)
    seen = yearly.filter((pl.col("percent").abs() >= LEAST_CHANGE).fill_null(True))
    return seen.sort("period", descending=True).head(2)

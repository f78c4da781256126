"""Corridors of money sent home: what each costs at its newest quarter, against 3 and 5 per cent."""

from __future__ import annotations

from collections.abc import Sequence

from opencompact.look import charts
from opencompact.look.blocks import Block, Callout, Column, Figure, Table, paragraph, spans
from opencompact.review.account import Account, table_href
from opencompact.review.figures import number_of
from opencompact.review.holdings import Corridor, Counterpart
from opencompact.review.rankings import RANKED, RANKED_IN_TABLE, ranking

CORRIDOR = "remittances.corridor-cost"
TARGET, CEILING = 3.0, 5.0
OLD_AFTER = 2  # years


def corridors(account: Account) -> list[Block]:
    """Each corridor at its newest quarter, dearest first; of a group, those to its countries."""
    _ = account.words
    blocks = _of_group(account) if account.area.is_group else _of_country(account)
    return blocks or [paragraph(_("No table that is loaded has prices by corridor."))]


def _of_group(account: Account) -> list[Block]:
    """The dearest corridors to the countries of a group, from one country to another."""
    _ = account.words
    found = sorted(account.holdings.corridors(CORRIDOR), key=lambda each: (-each.point.number, each.origin, each.area))
    if not found:
        return []
    period = found[0].point.period
    dear = sum(each.point.number > CEILING for each in found)
    world = account.area.kind == "world"
    figure = Figure(
        title=_dear_anywhere(account, dear, len(found)) if world else _dear_in(account, dear, len(found)),
        subtitle=_subtitle(account, period, RANKED, len(found)),
        chart=charts.BarChart(
            tuple(charts.Bar(_path(account, each), each.point.value, "area") for each in found[:RANKED]),
            number_of(account, "percent"),
            targets=_targets(account),
        ),
        table=_table(account, found[:RANKED_IN_TABLE]),
        alt=_("Bars, longest first: {top}.", top=_dearest(account, found)),
        source=account.source(each.point for each in found),
        data_href=table_href(CORRIDOR),
        anchor="corridors-chart",
    )
    return [*_old(account, period), figure]


def _subtitle(account: Account, period: str, shown: int, of: int) -> str:
    """What is drawn, and that only the dearest are where not all are."""
    _ = account.words
    if of <= shown:
        return _("Average cost of sending 200 US dollars, per cent; {period}", period=_.period(period))
    return _(
        "Average cost of sending 200 US dollars, per cent; {period}; the dearest {n} of {of}",
        period=_.period(period),
        n=shown,
        of=of,
    )


def _path(account: Account, corridor: Corridor) -> str:
    _ = account.words
    return _("{origin} to {area}", origin=_.mark(corridor.origin), area=_.mark(corridor.area))


def _dearest(account: Account, found: Sequence[Corridor]) -> str:
    _ = account.words
    return _.listed(
        [_.bracketed(_path(account, each), account.value(each.point.number, "percent")) for each in found[:3]]
    )


def _table(account: Account, found: Sequence[Corridor]) -> Table:
    _ = account.words
    columns = (Column(_("From")), Column(_("To")), Column(_.period(found[0].point.period), "number"))
    rows = [(_.mark(each.origin), _.mark(each.area), account.cell(each.point, CORRIDOR)) for each in found]
    return Table(columns, tuple(rows))


def _dear_anywhere(account: Account, dear: int, of: int) -> str:
    _ = account.words
    if not dear:
        return _.plural(
            "The one corridor with a price does not cost more than 5%",
            "None of the {of} corridors with a price costs more than 5%",
            of,
            of=of,
        )
    if of == 1:
        return _("The one corridor with a price costs more than 5%")
    return _.plural(
        "{n} of {of} corridors with a price costs more than 5%",
        "{n} of {of} corridors with a price cost more than 5%",
        dear,
        n=dear,
        of=of,
    )


def _targets(account: Account) -> tuple[charts.Target, ...]:
    _ = account.words
    return (
        charts.Target(TARGET, _("Target: on average under 3%")),
        charts.Target(CEILING, _("Target: none above 5%")),
    )


def _of_country(account: Account) -> list[Block]:
    """The corridors to a country and those from it."""
    _ = account.words
    inward = _newest_quarter(account.holdings.origins(CORRIDOR))
    outward = _newest_quarter(account.holdings.destinations(CORRIDOR))
    blocks: list[Block] = []
    for places, title, name in (
        (inward, _dear_in, "corridors-in"),
        (outward, _dear_out, "corridors-out"),
    ):
        if not places:
            continue
        dear = sum(each.point.number > CEILING for each in places)
        period = places[0].point.period
        figure = ranking(
            account,
            CORRIDOR,
            places,
            title=title(account, dear, len(places)),
            subtitle=_subtitle(account, period, RANKED - 1, len(places)),
            unit="percent",
            targets=_targets(account),
            anchored=name,
        )
        if figure is not None:
            blocks += [*_old(account, period), figure]
    return blocks


def _dear_in(account: Account, dear: int, of: int) -> str:
    _ = account.words
    if not dear:
        return _.plural(
            "The one corridor to here with a price does not cost more than 5%",
            "None of the {of} corridors to here with a price costs more than 5%",
            of,
            of=of,
        )
    if of == 1:
        return _("The one corridor to here with a price costs more than 5%")
    return _.plural(
        "{n} of {of} corridors to here costs more than 5%",
        "{n} of {of} corridors to here cost more than 5%",
        dear,
        n=dear,
        of=of,
    )


def _dear_out(account: Account, dear: int, of: int) -> str:
    _ = account.words
    if not dear:
        return _.plural(
            "The one corridor from here with a price does not cost more than 5%",
            "None of the {of} corridors from here with a price costs more than 5%",
            of,
            of=of,
        )
    if of == 1:
        return _("The one corridor from here with a price costs more than 5%")
    return _.plural(
        "{n} of {of} corridors from here costs more than 5%",
        "{n} of {of} corridors from here cost more than 5%",
        dear,
        n=dear,
        of=of,
    )


def _newest_quarter(places: list[Counterpart]) -> list[Counterpart]:
    return sorted(places, key=lambda each: -each.point.number)


def _old(account: Account, period: str) -> list[Block]:
    """Said plainly when the newest quarter is old."""
    _ = account.words
    age = account.this_year - int(period[:4])
    if age <= OLD_AFTER:
        return []
    text = _.plural(
        "The newest prices that are loaded are of {period}: {n} year old. Prices may have changed since.",
        "The newest prices that are loaded are of {period}: {n} years old. Prices may have changed since.",
        age,
        period=_.period(period),
        n=age,
    )
    return [Callout("warning", spans(text))]

"""Money sent home: in and out, its share of the economy, the cost of sending it, corridor by corridor."""

from __future__ import annotations

from opencompact.language import N_
from opencompact.look import charts
from opencompact.look.blocks import Block, Column, Figure, Heading, Page, Spans, Table, paragraph, spans
from opencompact.review.account import Account, Rows, newest, table_href
from opencompact.review.figures import Named, beside, lines
from opencompact.review.pages.corridors import TARGET, corridors
from opencompact.review.rounding import decimals_of
from opencompact.review.silence import since_then
from opencompact.review.titles import title_of
from opencompact.statistics.assessment import Point, known

SLUG = "remittances"
RECEIVED, SENT, SHARE = "remittances.received", "remittances.sent", "17.3.2"
COSTS = ("10.c.1", "remittances.cost.receiving", "remittances.cost.sending")


def page(account: Account) -> Page:
    """Money sent home."""
    _ = account.words
    blocks: list[Block] = [Heading(2, _("In and out"), "flows"), *_flows(account)]
    blocks += [Heading(2, _("What it costs"), "cost"), *_costs(account)]
    blocks += [Heading(2, _("Corridor by corridor"), "corridors"), *corridors(account)]
    return Page(
        SLUG,
        _("What money is sent home, and what does it cost?"),
        _lead(account),
        tuple(blocks),
        short=_("Money sent home"),
    )


def _lead(account: Account) -> Spans:
    _ = account.words
    received, share = newest(account.holdings.total(RECEIVED)), newest(account.holdings.total(SHARE))
    name = newest_cost(account)
    cost = newest(account.holdings.points(name)) if name else None
    if received is None:
        return _.spans(
            N_("No table that is loaded says how much money people abroad sent to {area}."), area=account.within
        )
    world = N_("In {year}, people sent {money} home from one country to another.")
    country = N_("In {year}, people abroad sent {money} to {area}.")
    parts = list(
        _.spans(
            world if account.area.kind == "world" else country,
            year=_.period(received.period),
            money=account.said(received, RECEIVED, "US dollars"),
            area=account.within,
        )
    )
    if share is not None:
        parts += _share(account, received, share)
    parts += since_then(account, account.holdings.total(RECEIVED))
    if cost is not None and name is not None:
        parts += _.spans(
            N_(" Sending 200 dollars cost {cost} in {year}; the target is under 3%."),
            cost=account.said(cost, name, "percent"),
            year=_.period(cost.period),
        )
    return tuple(parts)


def _share(account: Account, received: Point, share: Point) -> Spans:
    """The share of the economy; where it is of another year than the amount told before, with the amount of its own year."""
    _ = account.words
    said = account.said(share, SHARE, "percent")
    if share.period == received.period:
        return _.spans(N_(" That was {share} of gross domestic product."), share=said)
    year = _.period(share.period)
    then = next((each for each in known(account.holdings.total(RECEIVED)) if each.period == share.period), None)
    if then is None:
        return _.spans(N_(" Its share of gross domestic product is known for {year}: {share}."), share=said, year=year)
    return _.spans(
        N_(" Its share of gross domestic product is known for {year}: {share}, when it was {money}."),
        share=said,
        year=year,
        money=account.said(then, RECEIVED, "US dollars"),
    )


def newest_cost(account: Account) -> str | None:
    """The measure of cost with the newest value; of those as new, the first."""
    found = [
        (point.period, -place, name)
        for place, name in enumerate(COSTS)
        if (point := newest(account.holdings.points(name)))
    ]
    return max(found)[2] if found else None


def _flows(account: Account) -> list[Block]:
    _ = account.words
    holdings = account.holdings
    received, sent = holdings.total(RECEIVED), holdings.total(SENT)
    found = [
        *lines(
            account,
            RECEIVED,
            [Named(_("Received"), received, "first"), Named(_("Sent"), sent, "second", SENT)],
            title=title_of(account, _("Money received"), RECEIVED, received, "US dollars"),
            subtitle=_("US dollars a year, at the prices of the year"),
            unit="US dollars",
            zero=True,
            notes=_left_out(account),
        ),
        *lines(
            account,
            SHARE,
            beside(account, SHARE),
            title=title_of(account, account.title(SHARE), SHARE, holdings.total(SHARE), "percent"),
            subtitle=_("Money received, per cent of gross domestic product"),
            unit="percent",
            zero=True,
        ),
    ]
    comparable = _comparable(account)
    found += [comparable] if comparable is not None else []
    return found or [paragraph(_("No table that is loaded says it."))]


def _left_out(account: Account) -> tuple[Spans, ...]:
    """What was left out of the lines: a newest value whose edition is not complete."""
    _ = account.words
    found = []
    for indicator, text in (
        (
            RECEIVED,
            N_(
                "Money received: the value of {year}, {money}, is far below the one before; the edition may not be complete, and it is left out."
            ),
        ),
        (
            SENT,
            N_(
                "Money sent: the value of {year}, {money}, is far below the one before; the edition may not be complete, and it is left out."
            ),
        ),
    ):
        last = account.holdings.incomplete(indicator)
        if last is not None:
            money = account.said(last, indicator, "US dollars")
            found.append(_.spans(text, year=_.period(last.period), money=money))
    return tuple(found)


def _comparable(account: Account) -> Figure | None:
    """The share of the economy beside countries of the same region, income group and nearest in population, by name."""
    _ = account.words
    codes = sorted([account.area.code, *account.holdings.comparable], key=lambda code: _.in_alphabet(_.mark(code)))
    points = {code: newest(account.holdings.total(SHARE, code)) for code in codes}
    shown = {code: point for code, point in points.items() if point is not None}
    if account.area.code not in shown or len(shown) < 3:
        return None
    bars = tuple(
        charts.Bar(_.mark(code), point.value, "area" if code == account.area.code else "context")
        for code, point in shown.items()
    )
    decimals = decimals_of(point.number for point in shown.values())
    rows: Rows = tuple(
        (_.mark(code), _.period(point.period), account.cell(point, SHARE, decimals)) for code, point in shown.items()
    )
    own = shown[account.area.code].number
    more = sum(point.number > own for point in shown.values())
    return Figure(
        title=_.plural(
            "Money received weighs more in {n} of {of} comparable countries",
            "Money received weighs more in {n} of {of} comparable countries",
            len(shown) - 1,
            n=str(more),
            of=str(len(shown) - 1),
        ),
        subtitle=_("Money received, per cent of gross domestic product; the newest year of each"),
        chart=charts.BarChart(bars, charts.Number(kind="percent")),
        table=Table((Column(_("Country or area")), Column(_("Year")), Column(_("Value"), "number")), rows),
        alt=_("Bars in the order of names; the table has the numbers."),
        source=account.source(shown.values()),
        data_href=table_href(SHARE),
        notes=(spans(_("Countries of the same region and income group that are nearest in population.")),),
        anchor="comparable",
    )


def _costs(account: Account) -> list[Block]:
    _ = account.words
    target = charts.Target(TARGET, _("Target: under 3%"), "2030")
    blocks: list[Block] = []
    shown = {name: points for name in COSTS if newest(points := account.holdings.points(name)) is not None}
    if newest_cost(account) == COSTS[1] and account.area.kind != "world":
        shown.pop(COSTS[0], None)  # the same prices, of an older edition
    for name, points in shown.items():
        blocks += lines(
            account,
            name,
            [Named(account.words.mark(account.area.code), points), *_costs_beside(account)],
            title=title_of(account, account.title(name), name, points, "percent"),
            subtitle=_("Per cent of 200 US dollars"),
            unit="percent",
            target=target,
            zero=True,
        )
    return blocks or [paragraph(_("No table that is loaded says what it costs."))]


def _costs_beside(account: Account) -> list[Named]:
    """What sending costs to or from the region and the world, as the official indicator has it."""
    roles: tuple[charts.Role, charts.Role] = ("region", "world")
    return [
        Named(
            account.words.mark(place.code),
            account.holdings.points(COSTS[0], place.code),
            roles[place.kind == "world"],
            COSTS[0],
        )
        for place in account.holdings.beside
    ]

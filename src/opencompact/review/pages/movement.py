"""Who moves: how many, from where, to where, since 1990; their ages beside the whole population's."""

from __future__ import annotations

from collections.abc import Sequence

from opencompact.language import N_
from opencompact.look import charts
from opencompact.look.blocks import Block, Column, Figure, Heading, Page, Spans, Table, paragraph
from opencompact.review.account import Account, Rows, in_full, newest, table_href
from opencompact.review.figures import Named, beside, lines, value_with_year
from opencompact.review.holdings import Counterpart
from opencompact.review.pages.ages import ages
from opencompact.review.pages.flows import flow_map
from opencompact.review.rankings import groups_of_people
from opencompact.review.terms import NO_PLACE
from opencompact.review.titles import counted, recent, title_of
from opencompact.statistics.assessment import Point, known

SLUG = "movement"
NAMED_IN_LEAD = 3
PANELS = 12


def page(account: Account) -> Page:
    """Who moves."""
    _ = account.words
    origins = account.holdings.origins("migrants")
    destinations = account.holdings.destinations("migrants")
    blocks: list[Block] = [Heading(2, _("How many, since 1990"), "numbers")]
    blocks += _numbers(account)
    if account.area.is_group:
        blocks += _members(account)
    blocks += [Heading(2, _("From where"), "origins"), *_origins(account, origins)]
    if account.area.kind != "world":
        blocks += [Heading(2, _("To where"), "destinations"), *_destinations(account, destinations)]
        blocks += flow_map(account, origins, destinations)
    blocks += [Heading(2, _("Women and men, young and old"), "ages"), *ages(account)]
    return Page(SLUG, _("Who moves?"), _lead(account, origins, destinations), tuple(blocks), short=_("Who moves"))


def _lead(account: Account, origins: Sequence[Counterpart], destinations: Sequence[Counterpart]) -> Spans:
    _ = account.words
    named = [_.named(each.code) for each in origins if each.code not in NO_PLACE][:NAMED_IN_LEAD]
    others = [_.named(each.code) for each in destinations if each.code not in NO_PLACE][:NAMED_IN_LEAD]
    if named and others and account.area.kind != "world":
        return _.spans(
            N_(
                "The largest groups of people who live in its countries and were born in another come from {origins}; the largest groups born in them who left live in {places}."
            )
            if account.area.is_group
            else N_(
                "The largest groups of people here who were born elsewhere come from {origins}; the largest groups born here who left live in {places}."
            ),
            origins=_.listed(named),
            places=_.listed(others),
        )
    if named:
        return _.spans(
            N_("The largest groups of people who live elsewhere than where they were born come from {origins}."),
            origins=_.listed(named),
        )
    return _.spans(N_("No table that is loaded says where people came from or went."))


def _numbers(account: Account) -> list[Block]:
    _ = account.words
    holdings = account.holdings
    here, away = holdings.total("migrants"), holdings.total("emigrants")
    world = account.area.kind == "world"
    here_now = _("Born in another country") if account.area.is_group else _("Living here, born elsewhere")
    label = _.mark(account.area.code) if world else here_now
    series = [Named(label, here)]
    net = holdings.total("net-migration")
    if account.area.kind != "world":
        gone = _("Living in another country") if account.area.is_group else _("Born here, living elsewhere")
        series.append(Named(gone, away, "second", "emigrants"))
    found = [
        *lines(
            account,
            "migrants",
            series,
            title=title_of(account, _of_those_here(account), "migrants", here, "persons", 1990),
            subtitle=_("People at mid-year"),
            unit="persons",
            zero=True,
        ),
        *lines(
            account,
            "migrants.share",
            beside(account, "migrants.share"),
            title=title_of(
                account,
                account.title("migrants.share"),
                "migrants.share",
                holdings.total("migrants.share"),
                "percent",
                1990,
            ),
            subtitle=_("Per cent of the population at mid-year"),
            unit="percent",
            zero=True,
        ),
        *lines(
            account,
            "net-migration",
            [Named(account.words.mark(account.area.code), net if any(each.value for each in net) else ())],
            title=_balance(account, net),
            subtitle=_("People who came less people who left, in the year; an estimate"),
            unit="persons",
        ),
    ]
    return found or [paragraph(_("No table that is loaded says it."))]


def _balance(account: Account, net: Sequence[Point]) -> str:
    """In how many years more people left than came, or the other way round."""
    _ = account.words
    years = known(counted(recent(net, 1990), "persons"))
    left, came = sum(each.number < 0 for each in years), sum(each.number > 0 for each in years)
    if not years:
        return account.title("net-migration")
    first = _.period(years[0].period)
    if left == len(years):
        return _("More people left than came in every year since {year}", year=first)
    if came == len(years):
        return _("More people came than left in every year since {year}", year=first)
    counts = {"n": str(max(left, came)), "of": str(len(years)), "year": first}
    if left > came:
        return _.plural(
            "More people left than came in {n} of {of} year since {year}",
            "More people left than came in {n} of {of} years since {year}",
            len(years),
            **counts,
        )
    return _.plural(
        "More people came than left in {n} of {of} year since {year}",
        "More people came than left in {n} of {of} years since {year}",
        len(years),
        **counts,
    )


def _members(account: Account) -> list[Block]:
    """For a group: its countries as small multiples and as a table, in the order of their names."""
    _ = account.words
    members = account.holdings.members("migrants.share")
    people = account.holdings.members("migrants")
    largest = sorted(people, key=lambda code: -(points[-1].value or 0 if (points := people[code]) else 0))[:PANELS]
    panels = tuple(
        charts.Panel(
            _.mark(code),
            (charts.Line(_.mark(code), tuple(charts.Point(p.period, p.value) for p in members[code])),),
        )
        for code in sorted(largest, key=lambda code: _.in_alphabet(_.area(code)))
        if code in members
    )
    columns = (
        Column(_("Country or area")),
        Column(account.title("migrants"), "number"),
        Column(account.title("migrants.share"), "number"),
    )
    rows: Rows = tuple(
        (
            _.area(code),
            value_with_year(account, "migrants", people[code]),
            value_with_year(account, "migrants.share", members.get(code, ())),
        )
        for code in sorted(people, key=lambda code: _.in_alphabet(_.area(code)))
    )
    blocks: list[Block] = []
    if panels:
        blocks.append(
            Figure(
                title=_("Share of people born in another country, in the countries with most of them"),
                subtitle=_("Per cent of the population at mid-year"),
                chart=charts.SmallMultiples(panels, charts.Number(kind="percent"), zero=True),
                table=None,
                alt=_("One panel a country: {names}.", names=_.listed([panel.title for panel in panels])),
                source=account.source(point for code in largest for point in members.get(code, ())),
                data_href=table_href("migrants.share"),
                anchor="members",
            )
        )
    if rows:
        table = Table(columns, rows, caption=_("Countries, in the order of their names"))
        told = [point for points in people.values() if (point := newest(points)) is not None]
        blocks += [*in_full(account, table), *account.beneath(told)]
    return blocks


def _of_those_here(account: Account) -> str:
    """Whom the number of migrants counts: of a group also those who were born in another of its countries."""
    _ = account.words
    if account.area.kind == "world":
        return account.title("migrants")
    if account.area.is_group:
        return _("People living in its countries who were born in another")
    return _("People living here who were born elsewhere")


def _origins(account: Account, origins: Sequence[Counterpart]) -> list[Block]:
    _ = account.words
    born_where = N_("People living here by where they were born, {year}")
    if account.area.is_group:
        born_where = N_("People living in another country than they were born in, by where they were born, {year}")
    figure = groups_of_people(
        account,
        "migrants",
        origins,
        largest=N_("The largest group came from {area}"),
        subtitle=born_where,
        since="2000",
        anchored="origins-ranked",
    )
    return [figure or paragraph(_("No table that is loaded says it."))]


def _destinations(account: Account, destinations: Sequence[Counterpart]) -> list[Block]:
    _ = account.words
    living_where = N_("People born here by where they live, {year}")
    if account.area.is_group:
        living_where = N_("People born in its countries who live in another, by where they live, {year}")
    figure = groups_of_people(
        account,
        "migrants",
        destinations,
        largest=N_("The largest group went to {area}"),
        subtitle=living_where,
        since="2000",
        anchored="destinations-ranked",
    )
    return [figure or paragraph(_("No table that is loaded says it."))]

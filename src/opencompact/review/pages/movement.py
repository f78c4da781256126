"""Who moves: how many, from where, to where, since 1990; their ages beside the whole population's."""

from __future__ import annotations

import re
from collections.abc import Sequence

from opencompact.language import N_
from opencompact.look import charts, maps
from opencompact.look.blocks import Block, Column, Figure, Heading, Page, Spans, Table, paragraph
from opencompact.review.account import Account, Rows, in_full, newest, table_href
from opencompact.review.figures import Named, lines, number_of, ranking, value_with_year
from opencompact.review.holdings import Counterpart
from opencompact.review.titles import changed, recent
from opencompact.review.words import NO_PLACE
from opencompact.statistics.assessment import Point, known

SLUG = "movement"
NAMED_IN_LEAD = 3
FLOWS = 8
PANELS = 12
OLDEST_BAND = 75


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
        blocks += _flow_map(account, origins, destinations)
    blocks += [Heading(2, _("Women and men, young and old"), "ages"), *_ages(account)]
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
    here_now = (
        _("Living in its countries, born in another") if account.area.is_group else _("Living here, born elsewhere")
    )
    label = _.mark(account.area.code) if world else here_now
    series = [Named(label, here)]
    net = holdings.total("net-migration")
    if account.area.kind != "world":
        gone = (
            _("Born in its countries, living in another") if account.area.is_group else _("Born here, living elsewhere")
        )
        series.append(Named(gone, away, "second", "emigrants"))
    found: list[Block | None] = [
        lines(
            account,
            "migrants",
            series,
            title=changed(
                account,
                _of_those_here(account),
                here,
                "persons",
                1990,
            ),
            subtitle=_("People at mid-year"),
            unit="persons",
            zero=True,
        ),
        lines(
            account,
            "migrants.share",
            _beside(account, "migrants.share"),
            title=changed(account, account.title("migrants.share"), holdings.total("migrants.share"), "percent", 1990),
            subtitle=_("Per cent of the population at mid-year"),
            unit="percent",
            zero=True,
        ),
        lines(
            account,
            "net-migration",
            [Named(account.words.mark(account.area.code), net if any(each.value for each in net) else ())],
            title=_balance(account, net),
            subtitle=_("People who came less people who left, in the year; an estimate"),
            unit="persons",
        ),
    ]
    shown = [each for each in found if each is not None]
    return shown or [paragraph(_("No table that is loaded says it."))]


def _balance(account: Account, net: Sequence[Point]) -> str:
    """In how many years more people left than came, or the other way round."""
    _ = account.words
    years = [each for each in recent(net, 1990) if each.value is not None]
    left, came = sum(each.number < 0 for each in years), sum(each.number > 0 for each in years)
    if not years:
        return account.title("net-migration")
    first = _.period(years[0].period)
    if left == len(years):
        return _("More people left than came in every year since {year}", year=first)
    if came == len(years):
        return _("More people came than left in every year since {year}", year=first)
    more = N_("More people left than came in {n} of {of} years since {year}")
    fewer = N_("More people came than left in {n} of {of} years since {year}")
    return _(more if left > came else fewer, n=str(max(left, came)), of=str(len(years)), year=first)


def _beside(account: Account, indicator: str) -> list[Named]:
    """The area's series with region and world behind it."""
    series = [Named(account.words.mark(account.area.code), account.holdings.total(indicator))]
    roles: tuple[charts.Role, charts.Role] = ("region", "world")
    for place in account.holdings.beside:
        role = roles[place.kind == "world"]
        series.append(Named(account.words.mark(place.code), account.holdings.total(indicator, place.code), role))
    return series


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
        blocks += in_full(account, Table(columns, rows, caption=_("Countries, in the order of their names")))
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
    figure = ranking(
        account,
        "migrants",
        origins,
        title=_largest(account, N_("The largest group came from {area}"), origins),
        subtitle=_(born_where, year=_period(account, origins)),
        unit="persons",
        since="2000",
        anchored="origins-ranked",
    )
    return [figure or paragraph(_("No table that is loaded says it."))]


def _destinations(account: Account, destinations: Sequence[Counterpart]) -> list[Block]:
    _ = account.words
    living_where = N_("People born here by where they live, {year}")
    if account.area.is_group:
        living_where = N_("People born in its countries who live in another, by where they live, {year}")
    figure = ranking(
        account,
        "migrants",
        destinations,
        title=_largest(account, N_("The largest group went to {area}"), destinations),
        subtitle=_(living_where, year=_period(account, destinations)),
        unit="persons",
        since="2000",
        anchored="destinations-ranked",
    )
    return [figure or paragraph(_("No table that is loaded says it."))]


def _largest(account: Account, message: str, places: Sequence[Counterpart]) -> str:
    named = [each.code for each in places if each.code not in NO_PLACE] or [each.code for each in places]
    return account.words(message, area=account.words.named(named[0])) if named else ""


def _period(account: Account, places: Sequence[Counterpart]) -> str:
    return account.words.period(places[0].point.period) if places else ""


def _flow_map(account: Account, origins: Sequence[Counterpart], destinations: Sequence[Counterpart]) -> list[Block]:
    """Arcs to and from the area; a group has no place on the map, a fictional country one on the fictional coast."""
    _ = account.words
    if account.area.is_group:
        return []
    area = account.area.code
    came = [each for each in origins if _on_map(each.code)][:FLOWS]
    went = [each for each in destinations if _on_map(each.code)][:FLOWS]
    if not came and not went:
        return []
    flows = [maps.Flow(each.code, area, each.point.number, "first", _.mark(each.code)) for each in came]
    flows += [maps.Flow(area, each.code, each.point.number, "second", _.mark(each.code)) for each in went]
    keys = (charts.Key("first", _("Living here, born there")), charts.Key("second", _("Born here, living there")))
    frame: maps.Frame = "fiction" if account.area.fictional else "world"
    chart = maps.FlowMap(tuple(flows), number_of(account, "persons"), frame, (area,), keys, _("people"))
    figure = Figure(
        title=_flow_title(account, came, went),
        subtitle=_(
            "The {n} largest origins and destinations; people, {year}", n=FLOWS, year=_period(account, came or went)
        ),
        chart=chart,
        table=None,
        alt=_("The same numbers as in the two rankings above."),
        source=account.source(each.point for each in (*came, *went)),
        data_href=table_href("migrants"),
        anchor="flows",
    )
    return [figure]


def _flow_title(account: Account, came: Sequence[Counterpart], went: Sequence[Counterpart]) -> str:
    """The largest of the arcs, in or out, as a finding."""
    _ = account.words
    from_here = N_("The largest group was born here and lives in {area}")
    to_here = N_("The largest group lives here and was born in {area}")
    largest = max((*went[:1], *came[:1]), key=lambda place: place.point.number)
    return _(from_here if largest in went else to_here, area=_.named(largest.code))


def _on_map(code: str) -> bool:
    from opencompact import compact
    from opencompact.errors import UnknownCodeError

    try:
        return compact.area(code).point is not None
    except UnknownCodeError:
        return False


def _ages(account: Account) -> list[Block]:
    _ = account.words
    blocks: list[Block] = []
    women = lines(
        account,
        "migrants.women-share",
        _beside(account, "migrants.women-share"),
        title=changed(
            account,
            account.title("migrants.women-share"),
            account.holdings.total("migrants.women-share"),
            "percent",
            1990,
        ),
        subtitle=_("Women and girls, per cent of people born elsewhere"),
        unit="percent",
    )
    if women is not None:
        blocks.append(women)
    pyramid = _pyramid(account)
    blocks.append(pyramid or paragraph(_("No table that is loaded gives the ages of people born elsewhere.")))
    return blocks


def _pyramid(account: Account) -> Figure | None:
    """Ages of migrants and of the whole population, each as a share of its own total, at the newest period with ages."""
    _ = account.words
    own, period = _by_age(account, "migrants")
    whole, whole_period = _by_age(account, "population", near=period)
    if not own or period is None:
        return None
    totals = [sum(point.number for point in ages.values()) for ages in (own, whole)]
    starts = sorted({start for start, _sex in own})

    def share(ages: dict[tuple[int, str], Point], start: int, sex: str, total: float) -> float | None:
        found = ages.get((start, sex))
        return None if found is None or not total else 100 * found.number / total

    bands = tuple(
        charts.AgeBand(
            _band_name(start, start == starts[-1]),
            share(own, start, "F", totals[0]),
            share(own, start, "M", totals[0]),
            share(whole, start, "F", totals[1]),
            share(whole, start, "M", totals[1]),
        )
        for start in starts
    )
    columns = (
        Column(_("Age")),
        Column(_("Women born elsewhere"), "number"),
        Column(_("Men born elsewhere"), "number"),
        Column(_("Women in the whole population"), "number"),
        Column(_("Men in the whole population"), "number"),
    )
    rows: Rows = tuple(
        (
            _.in_order(_band_name(start, start == starts[-1])),
            *(account.cell(own.get((start, sex)), "migrants") for sex in ("F", "M")),
            *(account.cell(whole.get((start, sex)), "population") for sex in ("F", "M")),
        )
        for start in starts
    )
    years = (
        _.period(period)
        if whole_period in (period, None)
        else _.beside([_.period(period), _.period(str(whole_period))])
    )
    peak = max(bands, key=lambda band: (band.women or 0) + (band.men or 0))
    return Figure(
        title=_("People born elsewhere are most often aged {ages}", ages=_.in_order(peak.label)),
        subtitle=_("Per cent of all people born elsewhere, by age; {years}", years=years),
        chart=charts.Pyramid(bands, _("Women"), _("Men"), _("Whole population"), charts.Number(kind="percent")),
        table=Table(columns, rows),
        alt=_("Bars by age, women to one side and men to the other; an outline shows the whole population."),
        source=account.source([*own.values(), *whole.values()]),
        data_href=table_href("migrants"),
        anchor="pyramid",
    )


def _by_age(
    account: Account, indicator: str, near: str | None = None
) -> tuple[dict[tuple[int, str], Point], str | None]:
    """(first year of the band, sex) → point, at the newest period that has bands (or the one nearest to `near`)."""
    from opencompact.statistics.assessment.series import point

    by_period: dict[str, dict[tuple[int, str], Point]] = {}
    for row in account.holdings.cells(indicator):
        found = re.fullmatch(r"Y(?:(\d+)T(\d+)|_GE(\d+))", row["age"])
        if found is None or row["sex"] not in ("F", "M") or row["value"] is None or row["breakdown"] != "_T":
            continue
        start = int(found[1] or found[3])
        if found[2] and int(found[2]) - start != 4:
            continue
        if found[3] and start < OLDEST_BAND:
            continue
        by_period.setdefault(row["period"], {})[start, row["sex"]] = point(row)
    if not by_period:
        return {}, None
    chosen = max(by_period) if near is None else min(by_period, key=lambda each: abs(float(each[:4]) - float(near[:4])))
    return by_period[chosen], chosen


def _band_name(start: int, last: bool) -> str:
    return f"{start}+" if last else f"{start}–{start + 4}"


__all__ = ["SLUG", "known", "newest", "page"]

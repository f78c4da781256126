"""Rankings: bars of places or of named counts, longest first, that leave nobody out, and their tables."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from opencompact.look import charts
from opencompact.look.blocks import Cell, Column, Figure, Table
from opencompact.review.account import Account, anchor, table_href
from opencompact.review.figures import ADDED, number_of
from opencompact.review.holdings import Counterpart
from opencompact.review.terms import NO_PLACE
from opencompact.statistics.assessment import Point

RANKED = 12  # bars of a ranking; its table has more
RANKED_IN_TABLE = 25


def ranking(
    account: Account,
    indicator: str,
    places: Sequence[Counterpart],
    *,
    title: str,
    subtitle: str,
    unit: str,
    since: str = "",
    targets: tuple[charts.Target, ...] = (),
    anchored: str = "",
) -> Figure | None:
    """Ranked bars of counterparts with the change since an earlier year; None where there is none.

    What can be added up is shown to the last: the smaller places together in one grey bar, those with nothing in no bar. Those
    that are no place (other, not known) stand last, in grey as well.
    """
    _ = account.words
    if unit in ADDED:
        places = [each for each in places if _is_there(each)]
    drawn = [each for each in places if each.point.value or unit not in ADDED]
    if not drawn:
        return None
    places = sorted(places, key=lambda each: each.code in NO_PLACE)
    named = [each for each in drawn if each.code not in NO_PLACE]
    no_place = [each for each in drawn if each.code in NO_PLACE]
    shown = named[: RANKED - 1] + (no_place if unit in ADDED else no_place[:1])
    bars = [_bar(account, each) for each in shown]
    smaller = named[RANKED - 1 :] if unit in ADDED else []
    if smaller:
        together = sum(each.point.number for each in smaller)
        bars.insert(RANKED - 1, charts.Bar(_together(account, len(smaller)), together, "context"))
    compared = bool(since) and any(each.earlier for each in shown)
    title_of_change = _("Change since {year}", year=since) if compared else ""
    top = _.listed([_.bracketed(_.mark(each.code), account.value(each.point.number, unit)) for each in places[:3]])
    return Figure(
        title=title,
        subtitle=subtitle,
        chart=charts.BarChart(
            tuple(bars), number_of(account, unit), title_of_change, since if compared else "", targets
        ),
        table=_ranking_table(account, indicator, places, title_of_change, since, added=unit in ADDED),
        alt=_("Bars, longest first: {top}.", top=top),
        source=account.source(each.point for each in places),
        data_href=table_href(indicator),
        anchor=anchored or anchor(indicator) + "-ranked",
    )


def groups_of_people(
    account: Account,
    indicator: str,
    places: Sequence[Counterpart],
    *,
    largest: str,
    subtitle: str,
    since: str,
    anchored: str,
) -> Figure | None:
    """Ranked bars of people by place; None where there is none. `largest` is a message that says which {area} the largest group is of:
    one that has a name, where any has; `subtitle` one with the {year}."""
    if not places:
        return None
    _ = account.words
    named = next((each for each in places if each.code not in NO_PLACE), places[0])
    return ranking(
        account,
        indicator,
        places,
        title=_(largest, area=_.named(named.code)),
        subtitle=_(subtitle, year=_.period(places[0].point.period)),
        unit="persons",
        since=since,
        anchored=anchored,
    )


def bars_of_labels(
    account: Account,
    indicator: str,
    parts: Sequence[tuple[str, Point]],
    *,
    title: str,
    subtitle: str,
    unit: str,
    anchored: str,
    first_column: str,
    unknown: Collection[str] = (),
) -> Figure | None:
    """Ranked bars of named counts, the smaller ones together, the names that mean `unknown` last and in grey; None where none is."""
    _ = account.words
    if not parts:
        return None
    known_ones = [part for part in parts if part[0] not in unknown]
    apart = [part for part in parts if part[0] in unknown]
    shown, smaller = known_ones[: RANKED - 1], known_ones[RANKED - 1 :]
    bars = [charts.Bar(name, point.value, "area") for name, point in shown]
    if smaller:
        together = sum(point.value or 0 for _name, point in smaller)
        bars.append(charts.Bar(_together(account, len(smaller)), together, "context"))
    bars += [charts.Bar(name, point.value, "context") for name, point in apart]
    top = _.listed([_.bracketed(name, account.value(point.number, unit)) for name, point in known_ones[:3] or apart])
    return Figure(
        title=title,
        subtitle=subtitle,
        chart=charts.BarChart(tuple(bars), number_of(account, unit)),
        table=Table(
            (Column(first_column), Column(_("Value"), "number")),
            tuple((name, account.cell(point, indicator)) for name, point in (*known_ones, *apart)),
        ),
        alt=_("Bars, longest first: {top}.", top=top),
        source=account.source(point for _name, point in parts),
        data_href=table_href(indicator),
        anchor=anchored,
    )


def _is_there(place: Counterpart) -> bool:
    """Whether anybody (or any money) is counted there now, or was in the year of comparison."""
    return bool(place.point.value or (place.earlier and place.earlier.value))


def _bar(account: Account, place: Counterpart) -> charts.Bar:
    return charts.Bar(
        account.words.mark(place.code),
        place.point.value,
        "context" if place.code in NO_PLACE else "area",
        earlier=place.earlier.value if place.earlier else None,
        change=_change(account, place),
    )


def _together(account: Account, count: int) -> str:
    return account.words.plural("{n} other together", "{n} others together", count, n=count)


def _change(account: Account, place: Counterpart) -> str:
    _ = account.words
    if place.earlier is None or not place.earlier.value or place.point.value is None:
        return ""
    return _.change(place.earlier.value, place.point.value)


def _ranking_table(
    account: Account, indicator: str, places: Sequence[Counterpart], change_title: str, since: str, *, added: bool
) -> Table:
    """The largest, one a row; where the unit can be added up, the others together and what is no place, so that all are told."""
    _ = account.words
    newest_period = _.period(places[0].point.period)
    columns = [Column(_("Country or area")), Column(newest_period, "number")]
    if change_title:
        columns += [Column(_.period(since), "number"), Column(change_title, "number")]
    rows = []
    first, rest = places[:RANKED_IN_TABLE], places[RANKED_IN_TABLE:]
    apart = [each for each in rest if added and each.code in NO_PLACE]
    smaller = [each for each in rest if added and each.code not in NO_PLACE]
    for each in [*first, *apart]:
        row: list[str | Cell] = [_.mark(each.code), account.cell(each.point, indicator)]
        if change_title:
            row += [account.cell(each.earlier, indicator), _change(account, each) or "–"]
        rows.append(tuple(row))
    if smaller:
        sums = _.exact(sum(each.point.number for each in smaller))
        others: list[str | Cell] = [_together(account, len(smaller)), Cell(sums, href=table_href(indicator))]
        rows.insert(len(first), (*others, *(["–", "–"] if change_title else [])))
    return Table(tuple(columns), tuple(rows))

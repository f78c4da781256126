"""The map of flows: from where the largest groups came and to where they went."""

from __future__ import annotations

from collections.abc import Sequence

from opencompact import compact
from opencompact.errors import UnknownCodeError
from opencompact.language import N_
from opencompact.look import charts, maps
from opencompact.look.blocks import Block, Column, Figure, Spans, Table, spans
from opencompact.review.account import Account, Rows, table_href
from opencompact.review.figures import number_of
from opencompact.review.holdings import Counterpart

FLOWS = 8
NEAR = 0.9  # of the people: with so many on it, a map of the part of the Earth around the area says more than one of the world


def flow_map(account: Account, origins: Sequence[Counterpart], destinations: Sequence[Counterpart]) -> list[Block]:
    """Arcs to and from the area, where it has a place on the map: a group has none, nor have the Channel Islands together."""
    _ = account.words
    if account.area.is_group or not _on_map(account.area.code):
        return []
    came = [each for each in origins if _on_map(each.code)][:FLOWS]
    went = [each for each in destinations if _on_map(each.code)][:FLOWS]
    if not came and not went:
        return []
    frame, far = _frame(account.area, [*came, *went])
    keys = (charts.Key("first", _("Living here, born there")), charts.Key("second", _("Born here, living there")))
    chart = maps.FlowMap(
        _arcs(account, came, went, far),
        number=number_of(account, "persons"),
        frame=frame,
        highlight=(account.area.code,),
        keys=keys,
        unit=_("people"),
    )
    figure = Figure(
        title=_flow_title(account, came, went),
        subtitle=_("The largest origins and destinations; people, {year}", year=_period_of(account, came or went)),
        chart=chart,
        table=_table(account, [*came, *went], origins, destinations),
        alt=_("Arcs between here and the places of the table, as wide as there are people."),
        source=account.source(each.point for each in (*came, *went)),
        notes=_too_far(account, far),
        data_href=table_href("migrants"),
        anchor="flows",
    )
    return [figure]


def _frame(area: compact.Area, places: Sequence[Counterpart]) -> tuple[maps.Frame, list[str]]:
    """What the map shows, and the places that are too far off for it, nearest first.

    Places are left off, the fewest people first, until the rest go into one picture; where too many people would be
    missing from it, the map is one of the world and nothing is.
    """
    if area.fictional:
        return "fiction", []
    people: dict[str, float] = {}
    for each in places:
        people[each.code] = people.get(each.code, 0) + each.point.number
    kept = sorted(people, key=lambda code: -people[code])
    near = [code for code in kept if maps.fits(area.code, [code])]
    while near and not maps.fits(area.code, near):
        near.pop()
    if sum(people[code] for code in near) < NEAR * sum(people.values()):
        return "world", []
    return (area.code,), [code for code in kept if code not in near]


def _arcs(
    account: Account, came: Sequence[Counterpart], went: Sequence[Counterpart], far: Sequence[str]
) -> tuple[maps.Flow, ...]:
    mark, area = account.words.mark, account.area.code
    arcs = [maps.Flow(each.code, area, each.point.number, "first", mark(each.code)) for each in came]
    arcs += [maps.Flow(area, each.code, each.point.number, "second", mark(each.code)) for each in went]
    return tuple(arc for arc in arcs if arc.origin not in far and arc.destination not in far)


def _table(
    account: Account,
    shown: Sequence[Counterpart],
    origins: Sequence[Counterpart],
    destinations: Sequence[Counterpart],
) -> Table:
    """Every place of the map, and those too far off for it: all who came from there and all who went there, drawn or not."""
    _ = account.words
    here, there = ({each.code: each.point for each in places} for places in (origins, destinations))
    columns = (
        Column(_("Country or area")),
        Column(_("Living here, born there"), "number"),
        Column(_("Born here, living there"), "number"),
    )
    codes = dict.fromkeys(each.code for each in sorted(shown, key=lambda each: -each.point.number))
    rows: Rows = tuple(
        (_.mark(code), account.cell(here.get(code), "migrants"), account.cell(there.get(code), "migrants"))
        for code in codes
    )
    return Table(columns, rows)


def _too_far(account: Account, far: Sequence[str]) -> tuple[Spans, ...]:
    """Which places the table has and the map has not."""
    _ = account.words
    if not far:
        return ()
    text = N_("Too far off for this map, and in its table: {places}.")
    return (spans(_(text, places=_.listed([_.mark(code) for code in far]))),)


def _flow_title(account: Account, came: Sequence[Counterpart], went: Sequence[Counterpart]) -> str:
    """The largest of the arcs, in or out, as a finding."""
    _ = account.words
    from_here = N_("The largest group was born here and lives in {area}")
    to_here = N_("The largest group lives here and was born in {area}")
    largest = max((*went[:1], *came[:1]), key=lambda place: place.point.number)
    return _(from_here if largest in went else to_here, area=_.named(largest.code))


def _period_of(account: Account, places: Sequence[Counterpart]) -> str:
    """The period of the newest values, in words; an empty text where there is none."""
    return account.words.period(places[0].point.period) if places else ""


def _on_map(code: str) -> bool:
    try:
        return compact.area(code).point is not None
    except UnknownCodeError:
        return False

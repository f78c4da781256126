"""The countries of a group under an indicator: in the order of their names, never ranked."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from opencompact.look.blocks import Block, Cell, Column, Table, paragraph
from opencompact.review.account import YES_OR_NO, Account, Rows, in_full, newest, row_href
from opencompact.review.figures import value_with_year
from opencompact.review.findings import Finding
from opencompact.statistics.assessment import Point, known, whole, yearly


def members(account: Account, finding: Finding) -> list[Block]:
    """For a group: its countries in the order of their names, never ranked."""
    _ = account.words
    if not account.area.is_group:
        return []
    found = account.holdings.members(finding.id)
    if not found:
        return []
    if YES_OR_NO in (account.holdings.unit(finding.id), finding.indicator.unit) and _are_answers(found):
        return answers(account, found)
    columns = (Column(_("Country or area")), Column(_("Newest value"), "number"))
    rows: Rows = tuple(
        (_.area(code), of_member(account, finding.id, found[code]))
        for code in sorted(found, key=lambda code: _.in_alphabet(_.area(code)))
    )
    told = [point for points in found.values() if (point := newest(points)) is not None]
    table = Table(columns, rows, caption=_("Countries, in the order of their names"))
    return [*in_full(account, table), *account.beneath(told)]


def _are_answers(members: Mapping[str, Sequence[Point]]) -> bool:
    """Whether countries answer yes (1) or no (0); of the world the same indicator may be the number of those that answer yes."""
    return all(each.number in (0, 1) for points in members.values() for each in known(points))


def of_member(account: Account, indicator: str, points: Sequence[Point]) -> Cell:
    """The newest value of a period that is counted in full; of a country that has none, the newest with the day it goes to."""
    _ = account.words
    years = yearly(points)
    part = newest(years)
    if newest(whole(years)) is not None or part is None:
        return value_with_year(account, indicator, whole(years))
    until = _("counted to {date}", date=_.date(part.counted_to))
    text = _.bracketed(_.exact(part.number), _.beside([_.period(part.period), until]))
    return Cell(text, href=row_href(indicator, part))


def answers(account: Account, members: Mapping[str, Sequence[Point]]) -> list[Block]:
    """How many countries answer yes and how many no, and by name those with the rarer answer: 200 times "yes" says little."""
    _ = account.words
    found = [(code, point) for code, points in members.items() if (point := newest(yearly(points))) is not None]
    groups = {answer: [code for code, point in found if bool(point.number) is answer] for answer in (True, False)}
    said = _(
        "Countries and areas by their newest answer: yes {yes}, no {no}.",
        yes=_.exact(len(groups[True])),
        no=_.exact(len(groups[False])),
    )
    blocks: list[Block] = [paragraph(said)]
    rarer = min((True, False), key=lambda answer: len(groups[answer]))
    if groups[rarer]:
        names = sorted(map(_.area, groups[rarer]), key=_.in_alphabet)
        blocks.append(paragraph(_("{answer}: {areas}", answer=account.value(rarer, YES_OR_NO), areas=_.listed(names))))
    return blocks

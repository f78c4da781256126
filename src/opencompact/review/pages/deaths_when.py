"""When people died or disappeared: by year and by month, dead and missing apart."""

from __future__ import annotations

from opencompact.language import N_, format_apart, format_named
from opencompact.look import charts
from opencompact.look.blocks import Block, Column, Figure, Heading, Spans, Table, spans
from opencompact.review.account import Account, table_href
from opencompact.statistics.assessment import Point

TOTAL = "missing.dead-and-missing"
DEAD, MISSING = "missing.dead", "missing.missing"
MONTHS = 60
Columns = list[tuple[str, Point | None, Point | None, Point | None]]  # period, dead, missing, both as published


def when(account: Account) -> list[Block]:
    _ = account.words
    years = _columns(account, 4)
    months = _columns(account, 7)[-MONTHS:]
    keys = (charts.Key("first", _("Confirmed dead")), charts.Key("second", _("Missing")))
    blocks: list[Block] = [Heading(2, _("When"), "when")]
    for columns, title, subtitle, name in (
        (years, _most(account), _("People by year; dead and missing apart"), "by-year"),
        (months, _worst_month(account, months), _("People by month; dead and missing apart"), "by-month"),
    ):
        if not columns:
            continue
        table = Table(
            (
                Column(_("Period")),
                Column(_("Confirmed dead"), "number"),
                Column(_("Missing"), "number"),
                Column(_("Together"), "number"),
            ),
            tuple(
                (_.period(period), account.cell(dead, DEAD), account.cell(missing, MISSING), account.cell(both, TOTAL))
                for period, dead, missing, both in columns
            ),
        )
        bars = tuple(
            charts.ColumnBar(
                period,
                (dead.value if dead else None, missing.value if missing else None),
                partial=any(each is not None and each.status == "P" for each in (dead, missing)),
            )
            for period, dead, missing, _both in columns
        )
        blocks.append(
            Figure(
                title=title,
                subtitle=subtitle,
                chart=charts.ColumnChart(bars, keys, partial_label=_counted_to(account, columns)),
                table=table,
                alt=_("Columns by period; the table has the numbers."),
                source=account.source(each for row in columns for each in row[1:] if each is not None),
                data_href=table_href(DEAD),
                notes=_days(account, columns) + _taken_back(account, columns),
                anchor=name,
            )
        )
    return blocks


def _counted_to(account: Account, columns: Columns) -> str:
    """To what day the periods that are not counted in full are counted, where it is one; the notes tell several."""
    _ = account.words
    days = set(_parts(columns).values())
    return _("counted to {date}", date=_.date(days.pop())) if len(days) == 1 else _("not counted to its end")


def _days(account: Account, columns: Columns) -> tuple[Spans, ...]:
    """For each period that is not counted in full, to what day it is, where the days differ."""
    _ = account.words
    parts = _parts(columns)
    if len(set(parts.values())) < 2:
        return ()
    told = [
        format_named(_.period(period), _("counted to {date}", date=_.date(day)), _.code)
        for period, day in parts.items()
    ]
    return (spans(format_apart(told, _.code)),)


def _parts(columns: Columns) -> dict[str, str]:
    """The periods that are not counted in full → the day to which they are."""
    return {row[0]: each.counted_to for row in columns for each in row[1:] if each is not None and each.partial}


def _taken_back(account: Account, columns: Columns) -> tuple[Spans, ...]:
    """That in a period the list has fewer people together than confirmed dead and missing."""
    _ = account.words
    fewer = [
        _.period(period)
        for period, dead, missing, both in columns
        if both is not None and both.number < sum(each.value or 0 for each in (dead, missing) if each is not None)
    ]
    text = N_("The list takes back people whom it counted as missing before; they are not in the numbers of {periods}.")
    return (spans(_(text, periods=_.listed(fewer))),) if fewer else ()


def _worst_month(account: Account, months: Columns) -> str:
    """The month with most people."""
    _ = account.words
    if not any(both is not None for *_parts, both in months):
        return _("Month by month")
    people, month = max((both.value or 0, period) for period, _dead, _missing, both in months if both is not None)
    return _("Most in one of these months: {people}, {month}", people=_.people(people), month=_.period(month))


def _columns(account: Account, length: int) -> Columns:
    """(period, dead, missing, both as the publisher adds them up) of years or months."""
    dead, missing, both = (
        {each.period: each for each in account.holdings.total(indicator) if len(each.period) == length}
        for indicator in (DEAD, MISSING, TOTAL)
    )
    known = sorted({*dead, *missing, *both})
    periods = _every_period(known[0], known[-1]) if known else []
    return [(period, dead.get(period), missing.get(period), both.get(period)) for period in periods]


def _every_period(first: str, last: str) -> list[str]:
    """Every year, or every month, from the first to the last: one without a record is shown as such, not left out."""
    years = range(int(first[:4]), int(last[:4]) + 1)
    if len(first) == 4:
        return [str(year) for year in years]
    months = [f"{year}-{month:02d}" for year in years for month in range(1, 13)]
    return [month for month in months if first <= month <= last]


def _most(account: Account) -> str:
    _ = account.words
    worst = max(in_years(account, TOTAL), key=lambda each: each.number)
    return _("Most in one year: {people}, {year}", people=_.people(worst.number), year=worst.period)


def in_years(account: Account, indicator: str = TOTAL) -> list[Point]:
    """The yearly values of a count of the area, oldest first."""
    return [each for each in account.holdings.total(indicator) if len(each.period) == 4 and each.value is not None]

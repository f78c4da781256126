"""Women and men, young and old, among people born elsewhere, beside the whole population."""

from __future__ import annotations

import re

from opencompact.look import charts
from opencompact.look.blocks import Block, Column, Figure, Table, paragraph
from opencompact.review.account import Account, Rows, table_href
from opencompact.review.figures import beside, lines
from opencompact.review.titles import title_of
from opencompact.statistics.assessment import Point
from opencompact.statistics.assessment.series import point

OLDEST_BAND = 75


def ages(account: Account) -> list[Block]:
    _ = account.words
    blocks = lines(
        account,
        "migrants.women-share",
        beside(account, "migrants.women-share"),
        title=title_of(
            account,
            account.title("migrants.women-share"),
            "migrants.women-share",
            account.holdings.total("migrants.women-share"),
            "percent",
            1990,
        ),
        subtitle=_("Women and girls, per cent of people born elsewhere"),
        unit="percent",
    )
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

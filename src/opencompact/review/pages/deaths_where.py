"""Where people died or disappeared: the map of the list of incidents."""

from __future__ import annotations

import polars as pl

from opencompact.language import N_
from opencompact.look import maps
from opencompact.look.blocks import Block, Figure, Heading, Spans, paragraph, spans
from opencompact.review.account import Account


def where(account: Account) -> list[Block]:
    """One mark an incident, its area standing for people."""
    _ = account.words
    incidents = account.holdings.incidents()
    placed = incidents.filter(
        pl.col("latitude").is_not_null() & pl.col("longitude").is_not_null() & (pl.col("total") > 0)
    )
    if placed.is_empty():
        return [paragraph(_("The incidents recorded here have no place, so there is no map."))]
    points = tuple(
        maps.MapPoint(longitude, latitude, value, "signal")
        for longitude, latitude, value in placed.select("longitude", "latitude", "total").iter_rows()
    )
    frame: maps.Frame = "fiction" if account.area.fictional else "world"
    if not account.area.fictional and account.area.kind != "world":
        shown = account.area.members if account.area.is_group else (account.area.code,)
        frame = tuple(filter(maps.on_a_map, shown)) or "world"
    first, last = placed["date"].min(), placed["date"].max()
    chart = maps.PointMap(
        points,
        frame=frame,
        highlight=() if account.area.is_group else (account.area.code,),
        unit=_("people"),
    )
    missing = placed.height - len(maps.in_picture(chart))
    figure = Figure(
        title=_deadliest(account, placed),
        subtitle=_(
            N_("One circle an entry; {first} to {last}")
            if len(maps.in_picture(chart)) <= maps.MOST_CIRCLES
            else N_("One circle an entry; small entries near to each other share one; {first} to {last}"),
            first=_.date(str(first)),
            last=_.date(str(last)),
        ),
        chart=chart,
        table=None,
        alt=_.plural(
            "A map of {n} incident, a row of the table of incidents.",
            "A map of {n} incidents; each is a row of the table of incidents.",
            placed.height,
            n=_.exact(placed.height),
        ),
        source=account.source_of_incidents(),
        notes=_off_the_map(account, missing),
        data_href="file:data/csv/incidents.csv",
        anchor="map",
    )
    return [Heading(2, _("Where"), "where"), figure]


def _deadliest(account: Account, placed: pl.DataFrame) -> str:
    """The entry with most people, as a finding: its date, and how many; an entry may hold several incidents of a month."""
    _ = account.words
    worst = placed.sort("total", "date", descending=[True, False]).row(0, named=True)
    return _(
        "Most in one entry of the list: {people}, {date}",
        people=_.people(worst["total"]),
        date=_.date(str(worst["date"])),
    )


def _off_the_map(account: Account, count: int) -> tuple[Spans, ...]:
    """That incidents lie so far off that the list may have misplaced them."""
    if not count:
        return ()
    text = account.words.plural(
        "{n} incident is listed with a place far from here and is not on the map; it is counted.",
        "{n} incidents are listed with places far from here and are not on the map; they are counted.",
        count,
        n=count,
    )
    return (spans(text),)

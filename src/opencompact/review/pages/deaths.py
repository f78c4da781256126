"""People who died or disappeared: where, when, on which route, of what, from where; what is not known; what is recommended."""

from __future__ import annotations

from collections.abc import Collection, Sequence

import polars as pl

from opencompact import compact
from opencompact.language import N_
from opencompact.look import charts, maps
from opencompact.look.blocks import (
    Block,
    BulletList,
    Callout,
    Column,
    Figure,
    Heading,
    Page,
    Spans,
    Table,
    paragraph,
    spans,
)
from opencompact.review.account import Account, table_href
from opencompact.review.figures import bars_of_labels
from opencompact.review.words import NO_PLACE
from opencompact.statistics.assessment import Point
from opencompact.statistics.assessment.series import point

SLUG = "deaths"
TOTAL = "missing.dead-and-missing"
DEAD, MISSING = "missing.dead", "missing.missing"
MONTHS = 60
Columns = list[tuple[str, Point | None, Point | None, Point | None]]  # period, dead, missing, both as published
NOT_KNOWN = ("Not known", "Unknown", "Mixed or unknown")  # as the publisher writes them


def page(account: Account) -> Page:
    """People who died or disappeared on the way."""
    _ = account.words
    yearly = _yearly(account, TOTAL)
    blocks: list[Block] = [Callout("distress", spans(_("This page is about people who died or disappeared.")))]
    if yearly:
        blocks += [
            _minimum(account),
            *_from_here(account),
            *_map(account),
            *_time(account),
            *_parts(account),
            *_people(account),
        ]
        blocks += _quality(account)
    else:
        blocks.append(Callout("gap", spans(_("Nothing is recorded here; that does not mean that nobody died."))))
    blocks += _recommendations(account)
    title = _("Who died or disappeared on the way?")
    return Page(SLUG, title, _lead(account, yearly), tuple(blocks), short=_("People who died or disappeared"))


def _lead(account: Account, yearly: list[Point]) -> Spans:
    _ = account.words
    if not yearly:
        return _.spans(
            N_("No table that is loaded records people who died or disappeared in {area}."), area=account.within
        )
    whole = [each for each in yearly if each.status != "P"]
    last = (whole or yearly)[-1]
    return _.spans(
        N_("Since {first}, at least {people} died or disappeared on the way in {area}, {n} of them in {last}."),
        first=yearly[0].period,
        people=_.people(_rounded_down(sum(each.number for each in yearly))),
        area=account.within,
        n=account.link(last, TOTAL, _.rough(last.number)),
        last=last.period,
    )


def _rounded_down(people: float) -> float:
    """Three significant figures and no more people than there are: what stands behind "at least" must be true."""
    step: int = 10 ** max(0, len(str(int(people))) - 3)
    return people // step * step


def _minimum(account: Account) -> Block:
    _ = account.words
    text = _("These are minimum figures: many deaths are never recorded, and an empty cell means not known, not none.")
    return paragraph(text, *_part_of_a_year(account), role="note")


def _part_of_a_year(account: Account) -> Spans:
    """To what day the newest year is counted where the table ends before the year does."""
    _ = account.words
    last = _yearly(account, TOTAL)[-1]
    if not last.partial:
        return ()
    return _.spans(
        N_(" What is loaded of {year} ends on {date}: its number is not that of a whole year."),
        year=last.period,
        date=_.date(last.counted_to),
    )


def _from_here(account: Account) -> list[Block]:
    """People from here who died or disappeared anywhere, as far as their origin is known."""
    _ = account.words
    if account.area.kind == "world" or account.holdings.world is None:
        return []
    frame = account.holdings.table(TOTAL).filter(
        (pl.col("area") == account.holdings.world.code) & (pl.col("origin") == account.area.code)
    )
    yearly = [point(row) for row in frame.iter_rows(named=True) if len(row["period"]) == 4 and row["value"]]
    if not yearly:
        return []
    sentence = _.spans(
        N_("Of those recorded anywhere in the world since {year}, at least {people} came from {area}."),
        year=min(each.period for each in yearly),
        people=_.people(_rounded_down(sum(each.number for each in yearly))),
        area=account.within,
    )
    return [paragraph(*sentence)]


def _yearly(account: Account, indicator: str) -> list[Point]:
    return [each for each in account.holdings.total(indicator) if len(each.period) == 4 and each.value is not None]


def incidents_of(account: Account) -> pl.DataFrame:
    """Incidents in the area, as the list of incidents places them; all of them for the world."""
    return account.holdings.incidents()


def _map(account: Account) -> list[Block]:
    """One mark an incident, its area standing for people."""
    _ = account.words
    incidents = incidents_of(account)
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
        frame = account.area.members if account.area.is_group else (account.area.code,)
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
            "One circle an entry; entries too near to each other to be drawn apart are one circle, which may be larger than the largest entry; {first} to {last}",
            first=_.date(str(first)),
            last=_.date(str(last)),
        ),
        chart=chart,
        table=None,
        alt=_("A map of {n} incidents; each is a row of the table of incidents.", n=_.exact(placed.height)),
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


def _time(account: Account) -> list[Block]:
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
                notes=_taken_back(account, columns),
                anchor=name,
            )
        )
    return blocks


def _counted_to(account: Account, columns: Columns) -> str:
    """To what day the newest of the periods that are not counted in full is counted."""
    _ = account.words
    days = [each.counted_to for row in columns for each in row[1:] if each is not None and each.partial]
    return _("counted to {date}", date=_.date(max(days))) if days else _("not counted to its end")


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
    worst = max(_yearly(account, TOTAL), key=lambda each: each.number)
    return _("Most in one year: {people}, {year}", people=_.people(worst.number), year=worst.period)


def _parts(account: Account) -> list[Block]:
    """By route, cause and origin, over all years."""
    _ = account.words
    blocks: list[Block] = []
    people = sum(each.number for each in _yearly(account, TOTAL))
    for key, heading, title, silent, column in (
        (
            "route",
            _("On which route"),
            N_("The route on which most people were recorded: {name}"),
            _("Of most people it is not known on which route they were"),
            _("Route"),
        ),
        (
            "cause",
            _("Of what"),
            N_("The cause of which most people are recorded: {name}"),
            _("Of most people the cause is not known"),
            _("Cause"),
        ),
    ):
        parts = _summed(account, key)
        unknown = {_label(account, name) for name in NOT_KNOWN}
        named = most_told(parts, unknown, people)
        if parts and all(name in unknown for name, _value in parts):
            blocks += [Heading(2, heading, key), paragraph(silent)]
            continue
        figure = bars_of_labels(
            account,
            TOTAL,
            parts,
            title=_(title, name=named) if named else silent,
            subtitle=_("Dead and missing, all years together"),
            unit="persons",
            anchored=f"by-{key}",
            first_column=column,
            unknown=unknown,
        )
        if figure is not None:
            blocks += [Heading(2, heading, key), figure]
    origins = _origins(account)
    if origins:
        unknown = {_origin(account, code) for code in NO_PLACE}
        named = most_told(origins, unknown, people)
        figure = bars_of_labels(
            account,
            TOTAL,
            origins,
            title=_("The origin of which most people are recorded: {name}", name=named)
            if named
            else _("Where they came from is mostly not known"),
            subtitle=_("Dead and missing by country of origin, all years together"),
            unit="persons",
            anchored="by-origin",
            first_column=_("Country of origin"),
            unknown=unknown,
        )
        if figure is not None:
            blocks += [Heading(2, _("From where"), "origin"), figure]
    return blocks


def most_told(parts: Sequence[tuple[str, Point]], unknown: Collection[str], people: float) -> str:
    """The name with most people, or an empty text where it is known of less than half of all `people`.

    parts: names and how many, largest first; `unknown` are the names that mean that nothing is known.
    """
    told = [(name, each.number) for name, each in parts if name not in unknown]
    return told[0][0] if told and 2 * sum(number for _name, number in told) >= people else ""


def _label(account: Account, key: str) -> str:
    return account.label(f"x={key}")


def _summed(account: Account, key: str) -> list[tuple[str, Point]]:
    """The values of one key of the breakdown, yearly values added up, largest first."""
    frame = account.holdings.own(TOTAL).filter(
        pl.col("breakdown").str.starts_with(f"{key}=") & ~pl.col("breakdown").str.contains(";"), *_yearly_total()
    )
    return [(account.label(str(name)), each) for name, each in _sums(frame, "breakdown")]


def _origins(account: Account) -> list[tuple[str, Point]]:
    frame = account.holdings.own(TOTAL).filter(
        pl.col("origin") != "_T", pl.col("breakdown") == "_T", *_yearly_total("sex", "age")
    )
    return [(_origin(account, str(code)), each) for code, each in _sums(frame, "origin")]


def _origin(account: Account, code: str) -> str:
    """What is neither one country nor said to be unknown (a region, several countries) is another origin."""
    return account.words(N_("another origin")) if code == "OOO" else account.words.mark(code)


def _yearly_total(*columns: str) -> list[pl.Expr]:
    names = columns or ("sex", "age", "origin")
    return [
        pl.col("period").str.len_chars() == 4,
        *(pl.col(name) == "_T" for name in names),
        pl.col("value").is_not_null(),
    ]


def _sums(frame: pl.DataFrame, column: str) -> list[tuple[str, Point]]:
    """Sums over years: a point without a line of its own, since it stands for several rows."""
    sums = (
        frame.group_by(column)
        .agg(pl.col("value").sum(), pl.col("source").first(), pl.col("vintage").max(), pl.col("period").max())
        .sort("value", column, descending=[True, False])
    )
    return [(str(row[column]), point(row)) for row in sums.iter_rows(named=True) if row["value"]]


def _people(account: Account) -> list[Block]:
    """Women, men and children, where they are known: a share of those known, beside how many are not."""
    _ = account.words
    total = sum(each.number for each in _yearly(account, TOTAL))
    groups = (("F", {"sex": "F"}), ("M", {"sex": "M"}), ("Y0T17", {"age": "Y0T17"}))
    counts = {
        code: sum(each.value or 0 for each in account.holdings.points(TOTAL, None, **cell)) for code, cell in groups
    }
    if not any(counts.values()) or not total:
        return []
    columns = (Column(_("Group")), Column(_("People"), "number"), Column(_("Share of all"), "number"))
    rows = [(_.group(code), _.exact(count), _.percent(100 * count / total)) for code, count in counts.items()]
    unknown = max(0.0, total - counts["F"] - counts["M"])
    rows.append((_("women or men: not known"), _.exact(unknown), _.percent(100 * unknown / total)))
    note = _(
        "Of many it is not known whether they were women, men or children; children are also counted as women or men where that is known."
    )
    return [Heading(2, _("Women, men and children"), "people"), paragraph(note), Table(columns, tuple(rows))]


def _quality(account: Account) -> list[Block]:
    """How good the sources of the incidents are, from 1 (one report) to 5 (official or several)."""
    _ = account.words
    frame = incidents_of(account)
    if frame.is_empty():
        return []
    graded = (
        frame.group_by("quality")
        .agg(pl.len().alias("n"), pl.col("total").sum().alias("people"))
        .sort("quality", nulls_last=True)
    )
    columns = (Column(_("Grade")), Column(_("Incidents"), "number"), Column(_("People"), "number"))
    rows = tuple(
        (
            _("not graded") if row["quality"] is None else str(row["quality"]),
            _.exact(row["n"]),
            _.exact(row["people"] or 0),
        )
        for row in graded.iter_rows(named=True)
    )
    note = _(
        "Grade 1 is a single report by the media, grade 5 an official source, a coroner or several humanitarian ones."
    )
    return [Heading(2, _("How sure it is"), "quality"), paragraph(note), Table(columns, rows)]


def _recommendations(account: Account) -> list[Block]:
    """The annex of A/79/590, in a few words of our own, and what is reported on them."""
    _ = account.words
    blocks: list[Block] = [Heading(2, _("What is recommended"), "recommended")]
    note = _("The recommendations on missing migrants in the annex of A/79/590, in a few words of our own.")
    blocks.append(paragraph(note, role="note"))
    for group in compact.recommendation_groups():
        mine = [each for each in compact.recommendations() if each.group == group.number]
        blocks.append(Heading(3, group.name(_.code), f"recommendations-{group.number}"))
        blocks.append(BulletList(tuple(spans(each.name(_.code)) for each in mine)))
    reported = account.links.recommendations(account.area.code, _.code)
    blocks += reported or [
        paragraph(
            _("No actions about these recommendations are loaded, so the page cannot say what was done about them.")
        )
    ]
    return blocks

"""People who died or disappeared: where, when, on which route, of what, from where; what is not known; what is recommended."""

from __future__ import annotations

import polars as pl

from opencompact import compact
from opencompact.language import N_
from opencompact.look.blocks import (
    Block,
    BulletList,
    Callout,
    Column,
    Heading,
    Page,
    Span,
    Spans,
    Table,
    paragraph,
    spans,
)
from opencompact.review.account import Account
from opencompact.review.pages.deaths_parts import by_part
from opencompact.review.pages.deaths_when import TOTAL, in_years, when
from opencompact.review.pages.deaths_where import where
from opencompact.review.rounding import rounded_down
from opencompact.statistics.assessment import Point, known
from opencompact.statistics.assessment.series import point

SLUG = "deaths"
OFFICIAL = "10.7.3"


def page(account: Account) -> Page:
    """People who died or disappeared on the way."""
    _ = account.words
    yearly = in_years(account)
    blocks: list[Block] = [Callout("distress", spans(_("This page is about people who died or disappeared.")))]
    if yearly:
        blocks += [
            _minimum(account),
            *_from_here(account),
            *where(account),
            *when(account),
            *by_part(account),
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
        people=_.people(rounded_down(sum(each.number for each in yearly))),
        area=account.within,
        n=account.link(last, TOTAL, _.rough(last.number)),
        last=last.period,
    )


def _minimum(account: Account) -> Block:
    _ = account.words
    text = _("These are minimum figures: many deaths are never recorded, and an empty cell means not known, not none.")
    return paragraph(
        text, *_part_of_a_year(account), *_without_a_date(account), *_before_the_list(account), role="note"
    )


def _before_the_list(account: Account) -> Spans:
    """What another publication counts in years before the first of the list, in which the list places nobody here."""
    _ = account.words
    first = in_years(account)[0]
    before = [
        each
        for each in known(account.holdings.total(OFFICIAL))
        if each.year < first.year and each.source != first.source
    ]
    told = [each for each in before if each.number]
    if not told:
        return ()
    years = _.listed([_.bracketed(_.people(each.number), _.period(each.period)) for each in told])
    name = Span(account.title(OFFICIAL), href="page:objective-08")
    return _.spans(
        N_(" Before {first} this list places nobody here; another publication has {people}: see {indicator}."),
        first=_.period(first.period),
        people=years,
        indicator=name,
    )


def _part_of_a_year(account: Account) -> Spans:
    """To what day each year is counted of which the table ends before the year does."""
    _ = account.words
    text = N_(" What is loaded of {year} ends on {date}: its number is not that of a whole year.")
    return tuple(
        part
        for each in in_years(account)
        if each.partial
        for part in _.spans(text, year=each.period, date=_.date(each.counted_to))
    )


def _without_a_date(account: Account) -> Spans:
    """How many people have no date in the list: they count in a year and in no month."""
    _ = account.words
    frame = account.holdings.incidents()
    undated = int(frame.filter(pl.col("precision") == "year")["total"].sum()) if frame.height else 0
    if not undated:
        return ()
    text = _.plural(
        " Of {n} person only the year is recorded: no month has them.",
        " Of {n} people only the year is recorded: no month has them.",
        undated,
        n=_.exact(undated),
    )
    return spans(text)


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
        people=_.people(rounded_down(sum(each.number for each in yearly))),
        area=account.within,
    )
    return [paragraph(*sentence)]


def _people(account: Account) -> list[Block]:
    """Women, men and children, where they are known: a share of those known, beside how many are not."""
    _ = account.words
    total = sum(each.number for each in in_years(account))
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
    table = Table(columns, tuple(rows))
    heading = Heading(2, _("Women, men and children"), "people")
    return [heading, paragraph(note), table, *account.beneath(in_years(account))]


def _quality(account: Account) -> list[Block]:
    """How good the sources of the incidents are, from 1 (one report) to 5 (official or several)."""
    _ = account.words
    frame = account.holdings.incidents()
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
    table, source = Table(columns, rows), paragraph(*account.source_of_incidents(), role="note")
    return [Heading(2, _("How sure it is"), "quality"), paragraph(note), table, source]


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

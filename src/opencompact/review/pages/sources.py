"""Sources and methods: where each figure comes from, how it was judged, what the words mean, how to cite."""

from __future__ import annotations

from opencompact import __version__
from opencompact.language import N_
from opencompact.look.blocks import (
    Block,
    Cell,
    Column,
    Definitions,
    Disclosure,
    Heading,
    Page,
    Span,
    Table,
    paragraph,
    spans,
)
from opencompact.review.account import Account, Rows, anchor

SLUG = "sources"
SHOWN_TABLES = 10

METHODS: tuple[tuple[str, str], ...] = (
    (
        N_("Newest value"),
        N_(
            "The newest period that has a value in the newest edition that covers it; past years may have been revised."
        ),
    ),
    (
        N_("Trend"),
        N_(
            "The median of the slopes between all pairs of values since 2015 (Theil 1950, Sen 1968), with Sen’s interval at 95% from the exact distribution of Kendall’s S. It takes at least five values. Where the interval holds zero, no clear change is said."
        ),
    ),
    (
        N_("Growth ratio"),
        N_(
            "Growth a year between the first value since 2015 and the newest. With a target, its ratio to the growth that would reach it: at least 95% is fast enough. Without one, 1.5% a year is. After Open SDG and Eurostat. Not defined for a first value or target of zero, negative values, or a target equal to the first value."
        ),
    ),
    (
        N_("Current status index"),
        N_(
            "How much of the way from the first value since 2015 to the target has been gone, on a scale of 10 (ESCAP), held against an even pace to the year of the target."
        ),
    ),
    (
        N_("The word of an assessment"),
        N_(
            "The most cautious word of the methods that are defined; where the trend shows no clear change, that. The page shows each method and whether they agree."
        ),
    ),
    (
        N_("Comparison"),
        N_("Region and world in the latest year that they share with the area. Only rates are compared, never counts."),
    ),
    (
        N_("Sums over countries"),
        N_(
            "Counts of a region or the world that no source publishes are sums over its countries. A year in which suddenly fewer of them have a value is left out: its fall would be one of reporting."
        ),
    ),
    (
        N_("Gaps between groups"),
        N_(
            "Two groups in the same year from the same source; named by who stands worse where a text says which way is better."
        ),
    ),
    (
        N_("Gaps in the data"),
        N_(
            "Each missing value, breakdown or newer year counts for the objectives it bears on, twice where nothing else says anything about one."
        ),
    ),
)

GLOSSARY: tuple[tuple[str, str], ...] = (
    (
        N_("Born elsewhere"),
        N_(
            "A person who lives in a country other than the one of birth; where a country counts by citizenship, of citizenship."
        ),
    ),
    (N_("Refugee"), N_("A person recognized as one, or in a similar situation, under the mandate of UNHCR.")),
    (N_("New displacement"), N_("A movement, not a person: one person may be displaced several times in a year.")),
    (
        N_("Missing"),
        N_("A person who was on a journey in which people died or disappeared and of whom nothing is known since."),
    ),
    (
        N_("Indicator, statistic"),
        N_("An indicator says which way is better; a statistic only says what is."),
    ),
    (
        N_("Provisional"),
        N_("An indicator of our own choice from the Sustainable Development Goals, not one of the official list."),
    ),
    (
        N_("Remittances"),
        N_("Money that people send to people in another country, as the balance of payments counts it."),
    ),
    (N_("Corridor"), N_("The way of money from one country to another; what sending it costs is measured for each.")),
    (
        N_("Net migration"),
        N_("People who came less people who left, in a year; an estimate from the whole population."),
    ),
    (N_("Vintage"), N_("The date of an edition; where its publisher gives none, the end of the last year it covers.")),
    (N_("Edition"), N_("One publication of a source, by its date; past years may differ between editions.")),
    (
        N_("Not collected, not published, suppressed, none"),
        N_(
            "Four different things: nobody counted; counted but not given; withheld to protect people; counted, and zero."
        ),
    ),
)


def page(account: Account, *, whole: bool = True) -> Page:
    """Sources and methods."""
    _ = account.words
    editions = account.used_editions()
    n, m = len({(row["source"], row["vintage"]) for row in editions}), len({row["source"] for row in editions})
    lead = _.spans(
        N_("The figures come from {editions} of {sources}; each number leads to its row and its file."),
        editions=_.plural("{n} edition", "{n} editions", n, n=n),
        sources=_.plural("{n} source", "{n} sources", m, n=m),
    )
    blocks: list[Block] = [Heading(2, _("Sources"), "sources"), *_sources(account, editions)]
    blocks += [
        Heading(2, _("Methods"), "methods"),
        Definitions(tuple((_(term), spans(_(text))) for term, text in METHODS)),
        Heading(2, _("Words"), "words"),
        Definitions(tuple((_(term), spans(_(text))) for term, text in GLOSSARY)),
        Heading(2, _("The whole data"), "whole-data"),
        *_data(account, whole),
        Heading(2, _("How to cite"), "cite"),
        paragraph(_citation(account)),
    ]
    return Page(SLUG, _("Where do the figures come from?"), lead, tuple(blocks), short=_("Sources and methods"))


def _sources(account: Account, editions: list[dict[str, object]]) -> list[Block]:
    _ = account.words
    blocks: list[Block] = []
    columns = (
        Column(_("Table")),
        Column(_("Edition")),
        Column(_("Read"), "number"),
        Column(_("Kept"), "number"),
        Column(_("Set aside"), "number"),
    )
    for source in sorted({str(row["source"]) for row in editions}):
        mine = [row for row in editions if row["source"] == source]
        first = mine[0]
        blocks.append(Heading(3, account.in_language(str(first["name"])).text, anchor(source)))
        blocks.append(
            paragraph(
                *_.spans(
                    N_("Publisher: {publisher}. Licence: {licence}."),
                    publisher=account.in_language(str(first["publisher"])),
                    licence=_licence(account, str(first["licence"])),
                )
            )
        )
        rows: Rows = tuple(
            (
                Cell(str(row["table"]), language="en", note=str(row["file"])),
                _.date(str(row["vintage"]))
                if row["dated"]
                else _("not stated; data to {date}", date=_.date(str(row["vintage"]))),
                *(_.exact(float(str(row[name]))) for name in ("read", "kept", "set_aside")),
            )
            for row in sorted(mine, key=lambda row: (str(row["table"]), str(row["vintage"])))
        )
        blocks += _listed(account, Table(columns, rows))
    note = _.spans(
        N_(
            "Rows are counted as the publisher’s file has them; what was set aside is listed with its reason by the command {command}."
        ),
        command=Span("opencompact sources --set-aside EDITION", language="en"),
    )
    return [*blocks, paragraph(*note, role="note")]


def _listed(account: Account, table: Table) -> list[Block]:
    """The tables of a source; a long list opens on demand."""
    _ = account.words
    if len(table.rows) <= SHOWN_TABLES:
        return [table]
    count = len(table.rows)
    told = _.plural(
        "{n} table of this source that is used here", "All {n} tables of this source that are used here", count, n=count
    )
    return [Disclosure(told, (table,))]


def _licence(account: Account, licence: str) -> Span:
    if licence.lower().startswith("not stated"):
        return Span(account.words(N_("not stated in the copy")))
    return account.in_language(licence)


def _data(account: Account, whole: bool) -> list[Block]:
    """Where the rows are: the tables that numbers lead to, and where `data` is built the same in other formats."""
    _ = account.words
    parts = [Span(_("CSV, one file an indicator"), href="file:data/csv/index.csv")]
    if whole:
        parts += [
            Span(_.apart(["", ""])),
            Span("Parquet", href="file:data/observations.parquet"),
            Span(_.apart(["", ""])),
            Span("SDMX-CSV 2.0", href="file:data/sdmx/observations.csv"),
            Span(_.apart(["", ""])),
            Span("SDMX-ML 2.1", href="file:data/sdmx/observations.xml"),
            *_.spans(N_(" ({structure})"), structure=Span(_("structure"), href="file:data/sdmx/structure.xml")),
        ]
    told = (
        _("Every observation used here, each once in each format:")
        if whole
        else _("Every observation used here, in the files beside this review:")
    )
    return [paragraph(told), paragraph(*parts)]


def _citation(account: Account) -> str:
    return account.words(
        N_("OpenCompact {version}, review of {area}, {date}, with the editions of the sources listed above."),
        version=__version__,
        area=account.within,
        date=account.words.date(account.today),
    )

"""One area told in one language: what every page needs to say a number with its rows and its source."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from opencompact import compact
from opencompact.errors import UnknownCodeError
from opencompact.language import N_
from opencompact.look.blocks import Block, Cell, Disclosure, Span, Spans, Table, paragraph
from opencompact.look.words import whole
from opencompact.review.findings import Findings
from opencompact.review.holdings import Holdings
from opencompact.review.labels import label
from opencompact.review.links import Links
from opencompact.review.words import Words
from opencompact.statistics.assessment import Point, Presence
from opencompact.statistics.sources import contract

YES_OR_NO = "yes or no"
LONG_TABLE = 24
SHOWN_EDITIONS = 3
Rows = tuple[tuple[str | Cell, ...], ...]

# Of a country these are named by "here" and "elsewhere"; of the world there is no elsewhere.
WORLDWIDE = {
    "emigrants": N_("International migrants by country of origin"),
    "emigrants.share": N_("International migrants by country of origin, relative to the population"),
    "refugees.hosted": N_("Refugees by country of asylum"),
    "refugees.origin": N_("Refugees by country of origin"),
    "asylum-seekers.hosted": N_("Asylum seekers by country of asylum"),
    "asylum-seekers.origin": N_("Asylum seekers by country of origin"),
    "displacement.cross-border.new": N_("People newly displaced across borders, by country of arrival"),
    "displacement.cross-border.origin": N_("People newly displaced across borders, by country of origin"),
}

ABSENCE_MARKS = {
    Presence.MISSING: "missing",
    Presence.NOT_COLLECTED: "not-collected",
    Presence.SUPPRESSED: "suppressed",
    Presence.NOT_APPLICABLE: "not-applicable",
}


@dataclass(frozen=True)
class Account:
    """The account of one area in one language."""

    holdings: Holdings
    findings: Findings
    words: Words
    today: str
    links: Links = field(default_factory=Links)

    @property
    def area(self) -> compact.Area:
        return self.holdings.area

    @property
    def name(self) -> str:
        """The area's name in the language."""
        return self.area.name(self.words.code)

    @property
    def within(self) -> str:
        """The area's name as a sentence goes through it."""
        return self.words.within(self.area)

    @property
    def this_year(self) -> int:
        return self.findings.this_year

    def indicator(self, identifier: str) -> compact.Indicator:
        return self.findings.catalogue.indicator(identifier)

    def title(self, identifier: str) -> str:
        """The short name of an indicator in the language; of the world, which is nobody's elsewhere, one without "here"."""
        if self.area.kind == "world" and identifier in WORLDWIDE:
            return self.words(WORLDWIDE[identifier])
        try:
            return self.indicator(identifier).short(self.words.code)
        except UnknownCodeError:
            return identifier

    def title_with_code(self, identifier: str) -> str:
        """The short name, and the official code where there is one."""
        code = self.indicator(identifier).official_code
        title = self.title(identifier)
        return self.words.bracketed(title, whole(code, self.words.code)) if code else title

    def unit(self, identifier: str) -> str:
        """The name of a unit in the language."""
        return self.words.unit(identifier, self.findings.catalogue)

    def value(self, value: float, unit: str) -> str:
        """A value in a sentence with its unit."""
        if unit == YES_OR_NO:
            return self.words(N_("yes")) if value else self.words(N_("no"))
        return self.words.value(value, unit, self.unit(unit))

    def label(self, breakdown: str) -> str:
        """The name of a breakdown's value: `route=Darien` → "Darién"; several keys are joined."""
        return self.words.beside([name for name, _known in self._labels(breakdown)])

    def labelled(self, breakdown: str) -> Spans:
        """The same as spans; what has no name in the language stays in the publisher's, and says so."""
        spans: list[Span] = []
        for name, known in self._labels(breakdown):
            spans += [Span(self.words.beside(["", ""]))] if spans else []
            spans.append(Span(name, language=None if known else "en"))
        return tuple(spans)

    def has_label(self, breakdown: str) -> bool:
        """Whether every part of a breakdown has a name in the language."""
        return all(known for _name, known in self._labels(breakdown))

    def _labels(self, breakdown: str) -> list[tuple[str, bool]]:
        found = []
        for part in breakdown.split(";"):
            value = part.partition("=")[2] or part
            name = label(part, self.words.code) or label(value, self.words.code)
            found.append((name or value, name is not None))
        return found

    # --- numbers with their rows and sources ----------------------------------------------------------------------------

    def link(self, point: Point, indicator: str, text: str) -> Span:
        """A number as a link to its row in the table that is handed out."""
        return Span(text, href=row_href(indicator, point))

    def said(self, point: Point, indicator: str, unit: str) -> Span:
        """The value of a point in words, linked to its row."""
        return self.link(point, indicator, self.value(point.number, unit))

    def cell(self, point: Point | None, indicator: str, decimals: int | None = None) -> Cell:
        """The value of a point in a table, linked to its row; where there is none, why."""
        if point is None:
            return Cell(self.words(N_("no data")), absence="missing")
        if point.doubtful:
            return Cell(self.words.absence(point.presence), href=row_href(indicator, point))
        if point.value is None:
            mark = ABSENCE_MARKS[point.presence]
            return Cell(self.words.absence(point.presence), absence=mark)  # type: ignore[arg-type]
        return Cell(self.words.exact(point.value, decimals), href=row_href(indicator, point))

    def source(self, points: Iterable[Point]) -> Spans:
        """Where points come from: publisher, publication, edition; each source once, the most used first."""
        used: dict[tuple[str, str], int] = {}
        for point in points:
            if point.source:
                used[point.source, point.vintage] = used.get((point.source, point.vintage), 0) + 1
        return self._of_editions(used)

    def beneath(self, points: Iterable[Point]) -> list[Block]:
        """The line beneath a table that says where its values come from; nothing where they come from nowhere."""
        told = self.source(points)
        return [paragraph(*told, role="note")] if told else []

    def _of_editions(self, used: Iterable[tuple[str, str]]) -> Spans:
        """Each source once with every edition used of it, newest first."""
        vintages: dict[str, set[str]] = {}
        for source, vintage in used:
            vintages.setdefault(source, set()).add(vintage)
        spans: list[Span] = []
        for number, (source, found) in enumerate(vintages.items()):
            spans += [Span(self.words.apart(["", ""]))] if number else []
            newest, *older = sorted(found, reverse=True)
            spans += self.source_of(source, newest)
            spans += [Span(self._older(older))] if older else []
        return tuple(spans)

    def _older(self, vintages: Sequence[str]) -> str:
        """The older editions from which values come as well; of many, the newest and the oldest."""
        dates = [self.words.date(vintage) for vintage in vintages]
        if len(dates) > SHOWN_EDITIONS:
            return self.words.plural(
                ", and for other values {n} older one, of {last} to {first}",
                ", and for other values {n} older ones, of {last} to {first}",
                len(dates),
                n=len(dates),
                last=dates[-1],
                first=dates[0],
            )
        return self.words(N_(", and for other values that of {dates}"), dates=self.words.listed(dates))

    def source_of(self, source: str, vintage: str, *, short: bool = False) -> list[Span]:
        """One source with the date of its edition, linked to where the review lists it; without publisher if `short`."""
        try:
            entry = contract.source(source)
            parts = [entry.name] if short else [entry.publisher, entry.name]
        except UnknownCodeError:
            parts = [source]
        date = self.words.date(vintage)
        edition = (
            self.words(N_(" (date not stated; data to {date})"), date=date)
            if (source, vintage) in self.holdings.library.undated
            else self.words(N_(" (edition of {date})"), date=date)
        )
        href = f"page:sources#{anchor(source)}"
        named = [self.in_language(part, href=href) for part in parts]
        return [*self._joined(named, href), Span(edition)]

    def in_language(self, published: str, href: str | None = None) -> Span:
        """A publisher, publication or licence: by its name in the language, or as its publisher writes it."""
        name = label(published, self.words.code)
        return Span(name or published, href=href, language=None if name else "en")

    def _joined(self, spans: Sequence[Span], href: str) -> list[Span]:
        """Spans of one link with the language's comma between them, those of one language as one."""
        comma = self.words.beside(["", ""])
        if len({each.language for each in spans}) == 1:
            between = comma if spans[0].language is None else ", "
            return [Span(between.join(each.text for each in spans), href=href, language=spans[0].language)]
        return [part for n, each in enumerate(spans) for part in ([Span(comma)] if n else []) + [each]]

    def source_of_incidents(self) -> Spans:
        """Where the list of incidents comes from."""
        frame = self.holdings.incidents()
        if frame.is_empty():
            return ()
        used = frame.group_by("source", "vintage").len().sort("len", "vintage", descending=True)
        return self._of_editions(used.select("source", "vintage").iter_rows())

    def used_editions(self) -> list[dict[str, Any]]:
        """The editions of which the review used a row, as the workspace describes them."""
        used = self.holdings.used_files()
        return [
            row
            for row in self.holdings.library.editions.iter_rows(named=True)
            if (row["source"], row["vintage"], row["file"]) in used
        ]


def in_full(account: Account, table: Table) -> list[Block]:
    """A table of countries; one that is long opens on demand and is whole in print."""
    if len(table.rows) <= LONG_TABLE:
        return [table]
    count = len(table.rows)
    told = account.words.plural(
        "All {n} country or area, by name", "All {n} countries and areas, by name", count, n=count
    )
    return [Disclosure(told, (table,))]


def anchor(identifier: str) -> str:
    """An identifier as an anchor: `iom.missing-migrants` → `iom-missing-migrants`."""
    return "".join(letter if letter.isalnum() else "-" for letter in identifier.lower())


def table_href(indicator: str) -> str:
    """Where the rows of an indicator are handed out."""
    return f"file:data/csv/{indicator}.csv"


def row_href(indicator: str, point: Point) -> str:
    """Where the row of a point is: RFC 7111 names a row of a CSV by a fragment, and line 1 is the header."""
    return f"{table_href(indicator)}#row={point.line}" if point.line else table_href(indicator)


def newest(points: Sequence[Point]) -> Point | None:
    """The newest point of which the value is known; a zero that may stand for "not reported" is none."""
    return next((each for each in reversed(points) if each.value is not None and not each.doubtful), None)

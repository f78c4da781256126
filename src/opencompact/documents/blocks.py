"""What a publication shows of the texts: provisions under an objective, examples of a country, the ledger of claims.

Where a text is loaded its wording is shown, in the language it was read in; where it is not, what a paragraph does, for whom
and why.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from babel import Locale

from opencompact import compact
from opencompact.documents.citing import paragraph_name, place_name
from opencompact.documents.claims import WORLD, Claim, subjects
from opencompact.documents.examples import CountryExample
from opencompact.documents.explaining import STATUSES, UNITS, amount, period_name, stated, status_name
from opencompact.documents.provisions import Provision
from opencompact.documents.shelf import Shelf, country_examples
from opencompact.documents.topics import topics
from opencompact.errors import UnknownCodeError
from opencompact.language import (
    LANGUAGES,
    N_,
    Translator,
    format_apart,
    format_beside,
    format_list,
    translator,
    within_line,
)
from opencompact.look.blocks import (
    Block,
    BulletList,
    Cell,
    Column,
    Definitions,
    Disclosure,
    Heading,
    Page,
    Paragraph,
    Span,
    Table,
)

# What the texts are called; their own titles, where they are short enough.
TEXT_NAMES: dict[str, str] = {
    "A/RES/76/266": N_("Progress Declaration of the International Migration Review Forum"),
    "A/79/590": N_("Report of the Secretary-General on the Global Compact for Migration, 2024"),
    "A/72/643": N_("Making migration work for all: report of the Secretary-General"),
    "A/RES/70/302": N_("Draft outcome document on large movements of refugees and migrants"),
}
KIND_NAMES: dict[str, str] = {
    "commitment": N_("commitment"),
    "request": N_("request"),
    "recommendation": N_("recommendation"),
    "recognition": N_("recognition"),
    "fact": N_("statement of fact"),
    "country-example": N_("country example"),
}
ADDRESSEE_NAMES: dict[str, str] = {
    "states": N_("States"),
    "secretary-general": N_("the Secretary-General"),
    "president": N_("the President of the General Assembly"),
    "ecosoc": N_("the Economic and Social Council"),
    "assembly": N_("the General Assembly"),
    "network": N_("the United Nations Network on Migration"),
    "stakeholders": N_("stakeholders"),
    "regional": N_("regional bodies and processes"),
    "unhcr": N_("the United Nations High Commissioner for Refugees"),
    "iom": N_("the International Organization for Migration"),
    "un-system": N_("the United Nations system"),
    "private-sector": N_("the private sector"),
    "civil-society": N_("civil society"),
    "donors": N_("donors"),
}


@dataclass(frozen=True)
class Told:
    """A claim and what a check found, as a table shows it; values and sources are today's, `href` leads to the rows."""

    claim: Claim
    status: str
    value: float | None
    source: str | None
    vintage: str | None
    explanation: str
    href: str | None = None


SHOWN_PROVISIONS = 3
_ASKING = ("commitment", "request", "recommendation")


def provisions_of_objective(stock: Shelf, objective: int, language: str) -> tuple[Block, ...]:
    """What the texts commit to, request and recommend under an objective; () where they do not.

    Decisions of the General Assembly come first, the newest before older ones, then reports; all but the first few behind a
    line. On paper decisions are quoted whole, and of the rest of the reports each paragraph is named. Wording in another
    language than the page's is behind a line of its own on the site and not in print: a reader is told what each paragraph
    does, for whom and about what.
    """
    _ = translator(language, "documents")
    found = [entry for entry in stock.provisions(objective) if set(entry.kinds) & set(_ASKING)]
    if not found:
        return ()
    blocks: list[Block] = [Heading(3, _("What the texts ask for"), f"texts-{objective}")]
    found.sort(key=lambda entry: stock.dates().get(entry.document) or "", reverse=True)
    found.sort(key=lambda entry: not _is_decision(entry))
    for provision in found[:SHOWN_PROVISIONS]:
        blocks += _provision_blocks(provision, stock, _)
    if more := found[SHOWN_PROVISIONS:]:
        line = _.plural("{n} more provision of the texts", "{n} more provisions of the texts", len(more), n=len(more))
        every = tuple(block for provision in more for block in _provision_blocks(provision, stock, _))
        blocks.append(Disclosure(line, every, _on_paper(more, stock, _)))
    return (*blocks, *_wording_of_others(found, stock, _))


def _on_paper(more: Sequence[Provision], stock: Shelf, _: Translator) -> tuple[Paragraph | BulletList, ...]:
    """Decisions whole, reports by paragraph: quoting them all made a tenth of the print. What is not quoted is a list."""
    quoted = [each for each in more if _is_decision(each) and _readable(each, stock, _)]
    rest = [each for each in more if each not in quoted]
    told: list[Paragraph | BulletList] = [block for each in quoted for block in _provision_blocks(each, stock, _)]
    if any(_readable(each, stock, _) for each in rest):
        where = _("Of the reports, the paragraphs are named here; their wording stands on the site.")
        told.append(Paragraph((Span(where),), "note"))
    if rest:
        told.append(BulletList(tuple(tuple(_named(each, _)) for each in rest)))
    return tuple(told)


def _readable(provision: Provision, stock: Shelf, _: Translator) -> bool:
    """Whether the wording is there and in the page's language."""
    return bool(provision.wording) and stock.texts[provision.document].language == _.language.code


def _is_decision(provision: Provision) -> bool:
    return "/RES/" in provision.document


def _named(provision: Provision, _: Translator) -> list[Span]:
    """Which paragraph it is, and what it does."""
    name = paragraph_name(provision.document, provision.paragraph, _.language.code)
    return [Span(name, strong=True), Span(_(" ({what})", what=_what(provision, _)))]


def _wording_of_others(found: Sequence[Provision], stock: Shelf, _: Translator) -> list[Block]:
    """The wording that is not in the page's language, behind a line that names its language; on paper, that it is on the site."""
    others = [each for each in found if each.wording and not _readable(each, stock, _)]
    if not others:
        return []
    codes = sorted({stock.texts[each.document].language for each in others})
    names = Locale.parse(_.language.locale).languages
    languages = format_list([str(names.get(code, LANGUAGES[code].name)) for code in codes], _.language.code)
    quoted: list[Paragraph] = []
    for each in others:
        name = paragraph_name(each.document, each.paragraph, _.language.code)
        wording = Span(each.wording or "", language=stock.texts[each.document].language)
        quoted += [Paragraph((Span(name, strong=True),)), Paragraph((wording,), "quote")]
    there = Paragraph((Span(_("It stands on the site.")),), "note")
    return [
        Disclosure(_("The wording of these provisions ({languages})", languages=languages), tuple(quoted), (there,))
    ]


def _provision_blocks(provision: Provision, stock: Shelf, _: Translator) -> list[Paragraph]:
    spans = _named(provision, _)
    if provision.by:
        spans.append(Span(" · " + _("by {periods}", periods=format_beside(provision.by, _.language.code))))
    answers = stock.answers(provision.id)
    if answers:
        places = format_list(
            [paragraph_name(entry.document, entry.paragraph, _.language.code) for entry in answers], _.language.code
        )
        spans.append(Span(" · " + _("taken up in {places}", places=places)))
    blocks = [Paragraph(tuple(spans))]
    if _readable(provision, stock, _):
        blocks.append(Paragraph((Span(provision.wording or "", language=_.language.code),), "quote"))
    return blocks


def _what(provision: Provision, _: Translator) -> str:
    asking = [kind for kind in provision.kinds if kind in _ASKING]
    about = [reason.detail for reason in provision.objectives]
    return what_it_does(asking, provision.addressees, about, _.language.code)


def what_it_does(kinds: Sequence[str], addressees: Sequence[str], about: Sequence[str], language: str) -> str:
    """What a provision does, for whom and about what, in a language: "request: States; about remittances".

    `about` are identifiers of topics; what is none says nothing.
    """
    _ = translator(language, "documents")
    named = format_list([_(KIND_NAMES[kind]) for kind in kinds], language)
    whom = format_list([_(ADDRESSEE_NAMES[name]) for name in addressees], language)
    reasons = [within_line(topics()[name].name(language)) for name in about if name in topics()]
    told = _("{kinds}: {whom}", kinds=named, whom=whom) if whom else named
    if not reasons:
        return told
    return _("{what}; about {topics}", what=told, topics=format_beside(list(dict.fromkeys(reasons)), language))


def examples_of_area(objective: int, area: str, language: str) -> tuple[Block, ...]:
    """What the texts say that a country did under an objective; () where they say nothing."""
    found = country_examples(area, objective)
    if not found:
        return ()
    _ = translator(language, "documents")
    items = [(Span(example.name(language)), Span(_(" ({what})", what=_stated(example, language)))) for example in found]
    name = compact.area(area).name(language)
    heading = Heading(3, _("What the texts say that {area} did", area=name), f"examples-{objective}")
    return heading, BulletList(tuple(items))


def _stated(example: CountryExample, language: str) -> str:
    """Where a text gives an example, and of which year."""
    name = paragraph_name(example.document, example.paragraph, language)
    return format_beside([name, str(example.year)] if example.year else [name], language)


def ledger_page(entries: Sequence[Told], language: str) -> Page:
    """The page of the ledger: every figure of the texts, what it is today, and why the two differ."""
    _ = translator(language, "documents")
    counts = [(status, sum(entry.status == status for entry in entries)) for status in STATUSES]
    told = format_beside(
        [
            _("{name}: {number}", name=status_name(status, language), number=number)
            for status, number in counts
            if number
        ],
        language,
    )
    note = _(
        "These are figures of the world, the same in the review of every area; a figure of one place names it. An edition is "
        "named by the day that its publisher gives it or, where none is given, by the day to which its data run."
    )
    blocks: list[Block] = [Paragraph((Span(note),), role="note")]
    for document in dict.fromkeys(entry.claim.document for entry in entries):
        own = [entry for entry in entries if entry.claim.document == document]
        name = (
            _("{symbol}: {title}", symbol=document, title=_(TEXT_NAMES[document]))
            if document in TEXT_NAMES
            else document
        )
        blocks.append(Heading(2, name, document.lower().replace("/", "-")))
        blocks += _checked([entry for entry in own if entry.status != "cannot-be-checked"], _)
        blocks += _unchecked([entry for entry in own if entry.status == "cannot-be-checked"], document, _)
    lead = _("Figures that the texts state: {n} ({told}).", n=len(entries), told=told)
    return Page("claims", _("The figures of the texts, checked"), (Span(lead),), tuple(blocks))


def _checked(entries: Sequence[Told], _: Translator) -> list[Block]:
    """A table of claims beside today's values; under it why they are as they are, what is not simply confirmed first."""
    if not entries:
        return []
    columns = (Column(_("What")), Column(_("Figure"), "number"), Column(_("Today"), "number"), Column(_("Found")))
    told = [entry for entry in entries if entry.status != "confirmed"]
    confirmed = [entry for entry in entries if entry.status == "confirmed"]
    blocks: list[Block] = [Table(columns, tuple(_row(entry, _) for entry in entries))]
    if told:
        blocks.append(_reasons(told, _))
    if confirmed:
        line = _.plural(
            "How {n} figure was confirmed", "How {n} figures were confirmed", len(confirmed), n=len(confirmed)
        )
        blocks.append(Disclosure(line, (_reasons(confirmed, _),)))
    return blocks


def _reasons(entries: Sequence[Told], _: Translator) -> Definitions:
    """Why each is as it is; what a text says in two paragraphs is explained once."""
    alike: dict[tuple[str, str], list[Told]] = {}
    for entry in entries:
        alike.setdefault((_what_and_when(entry.claim, _), _figure(entry.claim, _)), []).append(entry)
    items = []
    for (what, figure), told in alike.items():
        names = dict.fromkeys(place_name(entry.claim.paragraph, _.language.code) for entry in told)
        places = format_apart(list(names), _.language.code)
        items.append((_("{name}: {number}", name=f"{places} · {what}", number=figure), (Span(told[0].explanation),)))
    return Definitions(tuple(items))


def _what_and_when(claim: Claim, _: Translator) -> str:
    when = period_name(claim.period, _.language.code) if claim.period else ""
    where = _where(claim, _)
    return format_beside([part for part in (_subject(claim, _), where, when) if part], _.language.code)


def _where(claim: Claim, _: Translator) -> str:
    """The place of a figure; none for the world's, and none for a group of a publisher's own, which the subject names."""
    try:
        return "" if claim.area in (None, WORLD) else compact.area(str(claim.area)).name(_.language.code)
    except UnknownCodeError:
        return ""


def _figure(claim: Claim, _: Translator) -> str:
    return stated(claim.value, claim.unit, _.language.code)


def _row(entry: Told, _: Translator) -> tuple[str | Cell, ...]:
    claim, code = entry.claim, _.language.code
    return (
        f"{place_name(claim.paragraph, code)} · {_what_and_when(claim, _)}",
        _figure(claim, _),
        Cell(amount(entry.value, claim.unit, code), href=entry.href) if entry.value is not None else "",
        status_name(entry.status, code),
    )


def _unchecked(entries: Sequence[Told], document: str, _: Translator) -> list[Block]:
    """The figures that cannot be checked: behind a line for each reason, those of a paragraph in a row."""
    if not entries:
        return []
    reasons: dict[str, list[Told]] = {}
    for entry in entries:
        reasons.setdefault(entry.explanation, []).append(entry)
    blocks: list[Block] = [Heading(3, _("What cannot be checked"), f"{document.lower().replace('/', '-')}-unchecked")]
    for reason, told in sorted(reasons.items(), key=lambda item: -len(item[1])):
        line = _.plural("{reason} {n} figure", "{reason} {n} figures", len(told), reason=reason, n=len(told))
        blocks.append(Disclosure(line, (_by_paragraph(told, _),)))
    return blocks


def _by_paragraph(entries: Sequence[Told], _: Translator) -> Table:
    """The figures of each paragraph in a row, with what they are about where that is known."""
    found: dict[str, list[str]] = {}
    for entry in entries:
        claim = entry.claim
        what = _what_it_counts(claim, _)
        about = _(" ({what})", what=what) if what else ""
        found.setdefault(place_name(claim.paragraph, _.language.code), []).append(_figure(claim, _) + about)
    columns = (Column(_("Paragraph")), Column(_("Figures")))
    return Table(columns, tuple((place, format_apart(figures, _.language.code)) for place, figures in found.items()))


def _what_it_counts(claim: Claim, _: Translator) -> str:
    """What a figure is about and of when, else what it counts; percentages and money of no known subject say their unit."""
    if claim.subject in subjects():
        return _what_and_when(claim, _)
    return _(UNITS[claim.unit]) if claim.unit in UNITS else ""


def _subject(claim: Claim, _: Translator) -> str:
    known = subjects().get(claim.subject)
    return known.name(_.language.code) if known else _("another figure")

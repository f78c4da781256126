"""What a publication shows of the texts: provisions under an objective, examples of a country, the ledger of claims.

Where a text is loaded its wording is shown, in the language it was read in; where it is not, what a paragraph does, for whom
and why.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from opencompact import compact
from opencompact.documents.claims import Claim, subjects
from opencompact.documents.explaining import STATUSES, amount, period_name, status_name
from opencompact.documents.provisions import Provision
from opencompact.documents.shelf import Shelf, country_examples
from opencompact.documents.topics import topics
from opencompact.language import N_, Translator, format_list, translator
from opencompact.look.blocks import Block, BulletList, Cell, Column, Heading, Page, Paragraph, Span, Table

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


_ASKING = ("commitment", "request", "recommendation")


def provisions_of_objective(stock: Shelf, objective: int, language: str) -> tuple[Block, ...]:
    """What the texts commit to, request and recommend under an objective; () where they do not."""
    _ = translator(language, "documents")
    found = [entry for entry in stock.provisions(objective) if set(entry.kinds) & set(_ASKING)]
    if not found:
        return ()
    blocks: list[Block] = [Heading(3, _("What the texts ask for"), f"texts-{objective}")]
    for provision in found:
        blocks += _provision_blocks(provision, stock, _)
    return tuple(blocks)


def _provision_blocks(provision: Provision, stock: Shelf, _: Translator) -> list[Block]:
    spans = [
        Span(paragraph_name(provision.document, provision.paragraph), strong=True),
        Span(f" ({_what(provision, _)})"),
    ]
    if provision.by:
        spans.append(Span(" · " + _("by {periods}", periods=", ".join(provision.by))))
    answers = stock.answers(provision.id)
    if answers:
        places = format_list([paragraph_name(entry.document, entry.paragraph) for entry in answers], _.language.code)
        spans.append(Span(" · " + _("taken up in {places}", places=places)))
    blocks: list[Block] = [Paragraph(tuple(spans))]
    if provision.wording:
        language = stock.texts[provision.document].language
        blocks.append(Paragraph((Span(provision.wording, language=language),), "quote"))
    return blocks


def _what(provision: Provision, _: Translator) -> str:
    kinds = format_list([_(KIND_NAMES[kind]) for kind in provision.kinds if kind in _ASKING], _.language.code)
    whom = format_list([_(ADDRESSEE_NAMES[name]) for name in provision.addressees], _.language.code)
    reasons = [
        topics()[reason.detail].name(_.language.code) for reason in provision.objectives if reason.detail in topics()
    ]
    told = _("{kinds}: {whom}", kinds=kinds, whom=whom) if whom else kinds
    return _("{what}; about {topics}", what=told, topics=", ".join(dict.fromkeys(reasons))) if reasons else told


def paragraph_name(document: str, paragraph: str) -> str:
    """A paragraph as it is cited: A/RES/76/266, ¶14 · A/79/590, annex, ¶1(a) · A/79/590, box 1(2)."""
    pieces = paragraph.split(".")
    if pieces[0].isdigit():
        return f"{document}, ¶{pieces[0]}" + (f"({pieces[1]})" if len(pieces) > 1 else "")
    place = pieces[0].replace("-", " ")
    numbered = f"¶{pieces[1]}" + (f"({pieces[2]})" if len(pieces) > 2 else "") if len(pieces) > 1 else ""
    return ", ".join(piece for piece in (document, place, numbered) if piece)


def examples_of_area(objective: int, area: str, language: str) -> tuple[Block, ...]:
    """What the texts say that a country did under an objective; () where they say nothing."""
    found = country_examples(area, objective)
    if not found:
        return ()
    _ = translator(language, "documents")
    items = [
        (
            Span(example.name(language)),
            Span(
                f" ({paragraph_name(example.document, example.paragraph)}{f', {example.year}' if example.year else ''})"
            ),
        )
        for example in found
    ]
    name = compact.area(area).name(language)
    heading = Heading(3, _("What the texts say that {area} did", area=name), f"examples-{objective}")
    return heading, BulletList(tuple(items))


def ledger_page(entries: Sequence[Told], language: str) -> Page:
    """The page of the ledger: every figure of the texts, what it is today, and why the two differ."""
    _ = translator(language, "documents")
    counts = [(status, sum(entry.status == status for entry in entries)) for status in STATUSES]
    told = format_list([f"{number} {status_name(status, language)}" for status, number in counts if number], language)
    blocks: list[Block] = []
    for document in dict.fromkeys(entry.claim.document for entry in entries):
        own = [entry for entry in entries if entry.claim.document == document]
        blocks += [Heading(2, document, document.lower().replace("/", "-")), _ledger_table(own, _)]
    lead = _("Figures that the texts state: {n} ({told}).", n=len(entries), told=told)
    return Page("claims", _("The figures of the texts, checked"), (Span(lead),), tuple(blocks))


def _ledger_table(entries: Sequence[Told], _: Translator) -> Table:
    columns = (
        Column(_("Paragraph")), Column(_("Figure"), "number"), Column(_("What")), Column(_("When")), Column(_("Found")),
        Column(_("Today"), "number"), Column(_("Source and edition")), Column(_("Why")),
    )  # fmt: skip
    return Table(columns, tuple(_row(entry, _) for entry in entries))


def _row(entry: Told, _: Translator) -> tuple[str | Cell, ...]:
    claim, code = entry.claim, _.language.code
    known = subjects().get(claim.subject)
    return (
        paragraph_name("", claim.paragraph).lstrip(", "),
        amount(claim.value, claim.unit, code),
        known.name(code) if known else _("another figure"),
        period_name(claim.period, code) if claim.period else "",
        status_name(entry.status, code),
        amount(entry.value, claim.unit, code) if entry.value is not None else "",
        Cell(", ".join(part for part in (entry.source, entry.vintage) if part), href=entry.href),
        entry.explanation,
    )

"""The pages that lead to many reviews: one a language, the areas by region, each with what is built of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from opencompact import compact
from opencompact.language import N_, NN_
from opencompact.look.blocks import Block, Callout, Cell, Column, Heading, Meta, Page, Publication, Table, spans
from opencompact.look.site import write_site
from opencompact.review.publication import file_name_of
from opencompact.review.words import Words

COUNTED = NN_("{n} review: of a country, a region or the world.", "{n} reviews: of countries, regions and the world.")


@dataclass(frozen=True)
class Reviewed:
    """A review that is there: its area, in which languages and formats."""

    area: str
    languages: tuple[str, ...]
    formats: tuple[str, ...]


def write_leading_pages(out: Path, reviews: Sequence[Reviewed], languages: Sequence[str], today: str) -> None:
    """Writes `out/index.html` and one page a language. Raises OutputError where a file cannot be written."""
    for code in languages:
        write_site(leading(reviews, code, tuple(languages), today), out)


def leading(reviews: Sequence[Reviewed], code: str, languages: tuple[str, ...], today: str) -> Publication:
    """The page in one language, as a publication."""
    _ = Words(code)
    title = _("Review of the Global Compact for Safe, Orderly and Regular Migration")
    there = [each for each in reviews if code in each.languages]
    lead = _.plural(*COUNTED, len(there), n=len(there))
    notices = () if _.reviewed else (Callout("translation", spans(_("No person has reviewed this translation yet."))),)
    return Publication(
        language=code,
        title=title,
        subtitle="",
        pages=(Page("index", _("Reviews by country and region"), spans(lead), tuple(_blocks(there, _))),),
        notices=notices,
        meta=Meta(publisher="OpenCompact", date=today, languages=languages),
    )


def _blocks(reviews: Sequence[Reviewed], _: Words) -> list[Block]:
    groups: dict[str, list[Reviewed]] = {}
    for each in reviews:
        groups.setdefault(_group(compact.area(each.area)), []).append(each)
    blocks: list[Block] = []
    for region in sorted(groups, key=lambda code: _.in_alphabet(_.area(code)) if code else ""):
        title = _.area(region) if region else _(N_("The world and its regions"))
        blocks += [Heading(2, title, f"region-{region or 'all'}"), _table(groups[region], _)]
    return blocks


def _group(area: compact.Area) -> str:
    return "" if area.is_group else area.region or ""


def _table(reviews: Sequence[Reviewed], _: Words) -> Table:
    formats = [name for name in ("pdf", "docx", "data") if any(name in each.formats for each in reviews)]
    titles = {"pdf": "PDF", "docx": "DOCX", "data": _("Data (CSV)")}
    named = sorted(
        reviews, key=lambda each: (compact.area(each.area).kind != "world", _.in_alphabet(_.area(each.area)))
    )
    rows = tuple((_site(each, _), *(_file(each, name, titles[name], _) for name in formats)) for each in named)
    return Table((Column(_("Country or area")), *(Column(titles[name]) for name in formats)), rows)


def _site(review: Reviewed, _: Words) -> Cell:
    href = f"file:{review.area}/{_.code}/index.html" if "site" in review.formats else None
    return Cell(_.area(review.area), href=href)


def _file(review: Reviewed, name: str, title: str, _: Words) -> Cell:
    if name not in review.formats:
        return Cell("–")
    file = "data/csv/index.csv" if name == "data" else f"{file_name_of(compact.area(review.area), _.code)}.{name}"
    return Cell(title, href=f"file:{review.area}/{file}")

"""The whole review in one language: its pages in reading order, the lines that stand on every page, its downloads."""

from __future__ import annotations

from collections.abc import Container, Iterable

from opencompact import compact
from opencompact.language import N_
from opencompact.look.blocks import Callout, Meta, Page, Publication, Span, spans
from opencompact.review.account import Account
from opencompact.review.pages import coverage, deaths, glance, money, movement, objectives, protection, sources


def publication(
    account: Account, languages: Iterable[str], formats: Container[str] = ("site", "pdf", "docx", "data")
) -> Publication:
    """The review of one area in one language; its downloads are those of the formats that are built."""
    _ = account.words
    return Publication(
        language=_.code,
        title=account.name,
        subtitle=_("Review of the Global Compact for Safe, Orderly and Regular Migration"),
        pages=tuple(pages(account, formats)),
        notices=notices(account),
        meta=Meta(
            publisher="OpenCompact",
            date=account.today,
            edition=_("Data as loaded on {date}", date=_.date(account.today)),
            languages=tuple(languages),
            downloads=_downloads(account, formats),
        ),
    )


def pages(account: Account, formats: Container[str] = ("data",)) -> list[Page]:
    """The pages in the order of the outline."""
    return [
        glance.page(account),
        coverage.page(account),
        movement.page(account),
        *objectives.pages(account),
        deaths.page(account),
        money.page(account),
        protection.page(account),
        *account.links.pages(account.words.code),
        sources.page(account, whole="data" in formats),
    ]


def notices(account: Account) -> tuple[Callout, ...]:
    """What must be said on every page: that data is synthetic, that a translation was not read by a person."""
    _ = account.words
    found = []
    if account.holdings.synthetic:
        text = _("Synthetic data: this country, its neighbours and every number here are made up.")
        found.append(Callout("synthetic", spans(text)))
    if not _.reviewed:
        found.append(Callout("translation", spans(_("No person has reviewed this translation yet."))))
    return tuple(found)


def _downloads(account: Account, formats: Container[str]) -> tuple[Span, ...]:
    name = file_name(account)
    every = {
        "pdf": Span("PDF", href=f"file:{name}.pdf"),
        "docx": Span("DOCX", href=f"file:{name}.docx"),
        "data": Span(account.words(N_("Data (CSV)")), href="file:data/csv/index.csv"),
    }
    return tuple(span for format_, span in every.items() if format_ in formats)


def file_name(account: Account) -> str:
    """The name of the PDF and DOCX: area and language."""
    return file_name_of(account.area, account.words.code)


def file_name_of(area: compact.Area, code: str) -> str:
    """The same, of an area in a language."""
    return f"{'synthetic-' if area.fictional else ''}review-{area.code}-{code}"

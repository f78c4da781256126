"""A country's review: the statistics, the actions, and the focal point's own words, built into site, PDF and DOCX."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

from django.conf import settings

from opencompact import actions
from opencompact.errors import NoDataError
from opencompact.language import said, translator
from opencompact.look.blocks import Block, Heading, Paragraph, spans
from opencompact.public import story
from opencompact.public.models import CountryReview, CountryText, Record
from opencompact.public.writing import today


def folder_of(area: str, edition: int) -> Path:
    """Where an edition of the review of an area is kept. Each has a folder of its own; 0 is what was built before there were editions."""
    reviews = Path(settings.STATE) / "reviews"
    return reviews / "editions" / area / str(edition) if edition else reviews / area


def tidy(area: str) -> None:
    """Removes the editions of an area that are neither the last nor the signed one."""
    review = CountryReview.objects.filter(area=area).first()
    if review is None:
        return
    kept = {str(review.edition), str(review.signed_edition)}
    for folder in (Path(settings.STATE) / "reviews" / "editions" / area).glob("*"):
        if folder.name not in kept:
            shutil.rmtree(folder, ignore_errors=True)


def texts_of(area: str) -> dict[tuple[int, str], CountryText]:
    """What the focal point wrote, by objective and language."""
    return {(text.objective, text.language): text for text in CountryText.objects.filter(area=area)}


def prepared() -> list[str]:
    """The areas whose review somebody writes, has built or has signed."""
    written = CountryText.objects.values_list("area", flat=True)
    return sorted({*written, *CountryReview.objects.values_list("area", flat=True)})


def told(area: str) -> actions.Told:
    """The published actions of an area, as its review tells them; titles lead to the service's own pages."""
    rows = Record.objects.filter(stage="published", areas__contains=[area]).order_by("id").defer("tokens")
    known = [(record.action, record) for record in rows]
    entered = {action.id: record.entered for action, record in known if record.entered is not None}
    moved = story.first_dues(record for _action, record in known)
    first_due = {action.id: moved[record.pk] for action, record in known if record.pk in moved}
    return actions.Told(tuple(action for action, _record in known), today(), _page_of, entered, first_due)


def _page_of(action: actions.Action, language: str) -> str | None:
    """The page of an action, whole, so that a reader of the PDF gets there too; None where the service has no known address."""
    return f"{settings.ADDRESS}/{language}/actions/{action.id}/" if settings.ADDRESS else None


def build_review(
    area: str,
    languages: tuple[str, ...],
    edition: int,
    formats: tuple[str, ...] = ("site", "pdf", "docx", "data"),
    progress: Callable[[str], None] | None = None,
) -> Path:
    """Builds an edition of the review of an area in these languages and formats, whole or not at all; earlier ones stay.

    `progress` is told what is being made.

    Raises NoDataError where the service has no workspace of tables.
    """
    from opencompact.review import Library, Links, Request, build
    from opencompact.statistics import Workspace

    if not settings.WORKSPACE:
        remedy = said("Start the service with --workspace FOLDER, or with --sample.")
        raise NoDataError("The service has no tables to make a review of.", remedy=remedy)
    written, known = texts_of(area), told(area)

    def own_words(objective: int, code: str, language: str) -> tuple[Block, ...]:
        text = written.get((objective, language))
        if code != area or text is None or not text.text.strip():
            return ()
        _ = translator(language, "public")
        blocks = [Paragraph(spans(part)) for part in text.text.split("\n\n") if part.strip()]
        return (Heading(2, _("In the country’s own words"), "own-words"), *blocks)

    state = known.state + "".join(f"{key}{text.version}" for key, text in sorted(written.items()))
    links = Links(examples=own_words, actions=known.objective, recommendations=known.recommendations, state=state)
    out = folder_of(area, edition)
    request = Request(area, today().isoformat(), languages, formats, links)
    build(Library(Workspace(Path(settings.WORKSPACE))), request, out, progress=progress)
    return out

"""A country's review: the statistics, the actions, and the focal point's own words, built into site, PDF and DOCX."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from django.conf import settings

from opencompact import actions
from opencompact.errors import NoDataError
from opencompact.language import said, translator
from opencompact.look.blocks import Block, Heading, Paragraph, spans
from opencompact.public.models import CountryText, Record
from opencompact.public.writing import today


def published_folder(area: str) -> Path:
    """Where the review of an area is kept."""
    return Path(settings.STATE) / "reviews" / area


def texts_of(area: str) -> dict[tuple[int, str], CountryText]:
    """What the focal point wrote, by objective and language."""
    return {(text.objective, text.language): text for text in CountryText.objects.filter(area=area)}


def told(area: str) -> actions.Told:
    """The published actions of an area, as its review tells them; titles lead to the service's own pages."""
    documents = Record.objects.filter(stage="published", areas__contains=[area]).values_list("document", flat=True)
    return actions.Told(tuple(actions.from_json(document) for document in documents), today())


def build_review(
    area: str,
    languages: tuple[str, ...],
    formats: tuple[str, ...] = ("site", "pdf", "docx", "data"),
    progress: Callable[[str], None] | None = None,
) -> Path:
    """Builds the review of an area in these languages and formats; whole, or the earlier one stays.

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
    out = published_folder(area)
    request = Request(area, today().isoformat(), languages, formats, links)
    build(Library(Workspace(Path(settings.WORKSPACE))), request, out, progress=progress)
    return out

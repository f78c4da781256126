"""What is loaded before the service is opened: texts for reading and search, the sample, people of a first day."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.db import connection, transaction

from opencompact import compact
from opencompact.actions.reading import Entry
from opencompact.actions.sample import SAMPLE_ENTERED, sample_actions
from opencompact.language import LANGUAGES
from opencompact.public import rereading
from opencompact.public.audit import note
from opencompact.public.importing import Imported, import_entries
from opencompact.public.models import Paragraph
from opencompact.public.search import vector
from opencompact.public.writing import today

if TYPE_CHECKING:
    from opencompact.documents import Provision


def load_sample() -> Imported:
    """Puts the synthetic actions in, once; they are marked by their identifiers."""
    entries = [Entry(row, action, (), frozenset()) for row, action in enumerate(sample_actions(today()), 1)]
    # Every field is the sample's own, so that loading it again brings it up to today, but for what people changed.
    whole = (Entry(e.row, e.action, (), frozenset(vars(e.action))) for e in entries)
    return import_entries(
        entries=whole,
        result=Imported(),
        by=rereading.SAMPLE,
        name="sample",
        own=True,
        entered=today() + SAMPLE_ENTERED,
    )


@transaction.atomic
def load_texts(*, paths: Iterable[Path], by: str) -> int:
    """Reads United Nations texts and keeps their paragraphs; a text that was loaded is replaced. Gives how many."""
    from opencompact import documents

    total = 0
    for path in paths:
        document = documents.read(path)
        language = document.language[:2]
        Paragraph.objects.filter(symbol=document.symbol, language=language).delete()
        provisions = {provision.paragraph: provision for provision in documents.provisions_in(document)}
        rows = [
            Paragraph(
                symbol=document.symbol, place=p.place, number=p.number or "", language=language, position=position,
                section=(p.section or "")[:500], text=p.text, **_provision(provisions.get(p.place)),
            )
            for position, p in enumerate(document.paragraphs)
        ]  # fmt: skip
        Paragraph.objects.bulk_create(rows)
        with connection.cursor() as cursor:
            for row in rows:
                parts = [
                    ("A", f"{row.symbol} {row.number}"),
                    ("B", _called(row)),
                    ("C", row.section),
                    ("D", row.text),
                ]
                cursor.execute(
                    "UPDATE public_paragraph SET tokens = %s::tsvector WHERE id = %s", [vector(parts), row.pk]
                )
        note(actor=by, verb="load-text", subject=document.symbol, paragraphs=len(rows))
        total += len(rows)
    return total


def _provision(found: Provision | None) -> dict[str, Any]:
    """What is kept of what a paragraph does."""
    if found is None:
        return {}
    about = dict.fromkeys([reason.detail for reason in found.objectives] + list(found.topics))
    return {
        "objectives": sorted({reason.number for reason in found.objectives}),
        "does": {"kinds": list(found.kinds), "addressees": list(found.addressees), "about": list(about)},
    }


def _called(row: Paragraph) -> str:
    """What a paragraph is about, in the six languages, so that who reads another language than its own finds it too.

    These are the names of its topics and objectives and, of an example, of the countries and of what they did.
    """
    from opencompact.documents import examples
    from opencompact.documents.topics import topics

    told = [example for example in examples() if example.provision == f"{row.symbol}#{row.place}"]
    named: list[Any] = [
        *(topics()[name] for name in row.does.get("about", ()) if name in topics()),
        *(compact.objective(number) for number in row.objectives),
        *(compact.area(code) for example in told for code in example.areas),
        *told,
    ]
    return " ".join(one.name(code) for one in named for code in LANGUAGES)

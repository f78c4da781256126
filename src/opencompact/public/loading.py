"""What is loaded before the service is opened: texts for reading and search, the sample, people of a first day."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from django.db import connection, transaction

from opencompact.actions.reading import Entry
from opencompact.actions.sample import SAMPLE_ENTERED, sample_actions
from opencompact.public import rereading
from opencompact.public.audit import note
from opencompact.public.importing import Imported, import_entries
from opencompact.public.models import Paragraph
from opencompact.public.search import vector
from opencompact.public.writing import today


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
        rows = [
            Paragraph(
                symbol=document.symbol, place=p.place, number=p.number or "", language=language, position=position,
                section=(p.section or "")[:500], text=p.text,
            )
            for position, p in enumerate(document.paragraphs)
        ]  # fmt: skip
        Paragraph.objects.bulk_create(rows)
        with connection.cursor() as cursor:
            for row in rows:
                parts = [("A", f"{row.symbol} {row.number}"), ("C", row.section), ("D", row.text)]
                cursor.execute(
                    "UPDATE public_paragraph SET tokens = %s::tsvector WHERE id = %s", [vector(parts), row.pk]
                )
        note(actor=by, verb="load-text", subject=document.symbol, paragraphs=len(rows))
        total += len(rows)
    return total

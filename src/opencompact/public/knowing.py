"""What actions may name and cite here: the actions on record, the paragraphs of the texts that are loaded."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from django.db.models import QuerySet

from opencompact import actions
from opencompact.public.models import Paragraph, Record
from opencompact.public.remembering import remembered


def known(among: QuerySet[Record] | None = None) -> actions.Known:
    """The actions `among` those that whoever asks may know of (all, where nothing is said), and every loaded text."""
    rows = _all() if among is None else among

    def kind_of(identifier: str) -> str | None:
        return rows.filter(identifier=identifier).values_list("kind", flat=True).first()

    return actions.Known(kind_of, _places)


def kinds(identifiers: Iterable[str], among: QuerySet[Record] | None = None) -> dict[str, str]:
    """The kinds of many actions by their identifiers, of those that there are."""
    rows = _all() if among is None else among
    return dict(rows.filter(identifier__in=list(identifiers)).values_list("identifier", "kind"))


def _all() -> QuerySet[Record]:
    return Record.objects.exclude(stage="merged")


def _places(symbol: str) -> Collection[str]:
    def compute() -> frozenset[str]:
        return frozenset(Paragraph.objects.filter(symbol=symbol).values_list("place", flat=True))

    return remembered(f"places {symbol}", compute)

"""Reviews as the service shows them: who said what at them, what they are made for, what their countries have on record."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from django.db.models import QuerySet

from opencompact import actions, compact
from opencompact.actions.words import REVIEWS
from opencompact.errors import UnknownCodeError
from opencompact.public.counting import counts_by
from opencompact.public.listing import Filters
from opencompact.public.models import CountryReview, Record
from opencompact.public.remembering import remembered
from opencompact.public.writing import today

_SHOWN = 500


@dataclass(frozen=True)
class Held:
    """A review with its parts: statements made at it, reviews made for it, its countries with what they have on record."""

    whole: Record | None
    statements: tuple[Record, ...]
    made_for_it: tuple[Record, ...]
    countries: tuple[tuple[compact.Area, actions.Tally | None], ...]


def held(record: Record) -> Held | None:
    """The parts of a review; None for anything else."""
    if record.kind != "review":
        return None
    parts = _published().filter(part_of=record.identifier).order_by("-changed", "-id")[:_SHOWN]
    return Held(
        whole=whole_of(record),
        statements=tuple(part for part in parts if part.kind == "statement"),
        made_for_it=tuple(part for part in parts if part.kind == "review"),
        countries=_countries(record.areas),
    )


def whole_of(record: Record) -> Record | None:
    """What an action is a part of: the plan, the review it was said at or is made for."""
    return _published().filter(identifier=record.part_of).first() if record.part_of else None


def _published() -> QuerySet[Record]:
    return Record.objects.filter(stage="published").defer("document", "tokens")


def _countries(codes: list[str]) -> tuple[tuple[compact.Area, actions.Tally | None], ...]:
    """The countries of a region with their counts. The whole world has a page of its own."""
    members: dict[str, compact.Area] = {}
    for code in codes:
        try:
            region = compact.area(code)
        except UnknownCodeError:
            continue
        if code != "001":
            members |= {member: compact.area(member) for member in region.members}
    counts = counts_by("area", Filters(), today()) if members else {}
    return tuple((area, counts.get(code)) for code, area in sorted(members.items()))


def reviews() -> dict[str, list[Record]]:
    """The published reviews by what they are reviews of, the forum first, in each the newest first."""
    order = [choice.code for choice in reversed(REVIEWS)]
    found: dict[str, list[Record]] = {code: [] for code in order}
    rows = Record.objects.filter(stage="published", kind="review").defer("tokens")[:_SHOWN]
    for record in sorted(rows, key=lambda row: row.document.get("held", ""), reverse=True):
        found.setdefault(record.document.get("form", ""), []).append(record)
    return {code: records for code, records in found.items() if records}


def of_area(code: str) -> list[Record]:
    """The reviews of an area and the statements made for it, the newest first."""
    return list(
        _published().filter(kind__in=["review", "statement"], areas__contains=[code]).order_by("-changed", "-id")[:20]
    )


def signed() -> list[CountryReview]:
    """The countries whose review was prepared here and signed off."""
    return list(CountryReview.objects.filter(signed__isnull=False).order_by("-signed")[:_SHOWN])


@dataclass(frozen=True)
class Reported:
    """What one area reports on one recommendation."""

    area: str
    state: str
    identifier: str
    title: str
    language: str


def recommendations() -> dict[str, list[Reported]]:
    """What is reported on each of the 26 recommendations on missing migrants, by area."""

    def compute() -> dict[str, list[Reported]]:
        found: dict[str, list[Reported]] = defaultdict(list)
        rows = Record.objects.filter(stage="published", kind="follow-up").order_by("changed", "id")
        for code, areas, *told in rows.values_list(
            "document__recommendation", "areas", "state", "identifier", "title", "language"
        )[:20_000]:
            found[code] += [Reported(area, *told) for area in areas]
        return dict(found)

    return remembered("recommendations", compute)

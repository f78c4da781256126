"""What a search asks for beside its words: paragraphs that it cites, countries that it names. What answers is found by these too."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db import connection

from opencompact.documents.blocks import TEXT_NAMES
from opencompact.documents.cited import Cited, cited_in
from opencompact.public.area_names import named
from opencompact.public.models import Paragraph
from opencompact.public.remembering import remembered
from opencompact.public.search import query

# Paragraphs that a citation gives at most.
_MOST = 200
_NOTHING = "'~~nothing'"


def texts() -> list[tuple[str, str]]:
    """The loaded texts: symbol and language of each."""
    rows = Paragraph.objects.order_by("symbol", "language").values_list("symbol", "language").distinct()
    return remembered("texts", lambda: list(rows))


def _symbols() -> list[str]:
    """The texts that may be cited, the newest session first: those that are loaded, those that we know by name."""
    known = {*TEXT_NAMES, *(symbol for symbol, _language in texts())}
    return sorted(known, key=lambda symbol: (-int((re.findall(r"\d+", symbol) or ["0"])[0]), symbol))


@dataclass(frozen=True)
class Meant:
    """What answers a search among the actions: the paragraphs that are cited; else words, or areas and the words beside them."""

    words: str
    provisions: tuple[str, ...]
    areas: tuple[str, ...]
    beside: str

    def where(self) -> tuple[str, list[Any]]:
        """The condition that a record answers, with its values."""
        conditions, values = self._named()
        if self.words:
            conditions, values = [*conditions, "tokens @@ %s::tsquery"], [*values, self.words]
        return " OR ".join(conditions), values

    def _named(self) -> tuple[list[str], list[Any]]:
        conditions: list[str] = []
        values: list[Any] = []
        if self.provisions:
            conditions.append("provisions && %s::varchar[]")
            values.append(list(self.provisions))
        if self.areas:
            beside = " AND tokens @@ %s::tsquery" if self.beside else ""
            conditions.append(f"(areas @> %s::varchar[]{beside})")
            values += [list(self.areas), *([self.beside] if self.beside else [])]
        return conditions, values

    def ranked(self, ids: list[int]) -> list[int]:
        """Records in order: those that answer what is cited or named, then by how well the words fit, then the newest."""
        if len(ids) < 2:
            return ids
        conditions, values = self._named()
        order = [f"({' OR '.join(conditions)}) DESC"] if conditions else []
        if self.words:
            order, values = [*order, "ts_rank(tokens, %s::tsquery) DESC"], [*values, self.words]
        with connection.cursor() as cursor:
            cursor.execute(
                f"SELECT id FROM public_record WHERE id = ANY(%s) ORDER BY {', '.join(order)}, changed DESC, id DESC",
                [ids, *values],
            )
            return [row[0] for row in cursor.fetchall()]


def meant(q: str) -> Meant:
    """What a search of actions means."""
    if provisions := tuple(_as_stored(cited_in(q, _symbols()))):
        return Meant("", provisions, (), "")
    areas = named(q)
    return Meant(query(q) or _NOTHING, (), areas.codes, query(areas.rest) if areas.codes else "")


def _as_stored(cited: Cited | None) -> Iterable[str]:
    """The paragraphs of a citation as actions name them, a letter with its brackets or behind a point; of any text where it names none."""
    if cited is None:
        return
    for symbol in [cited.symbol] if cited.symbol else _symbols():
        for place in cited.places:
            yield f"{symbol}#{place}"
            if lettered := re.fullmatch(r"(.*\d)\.([a-z])", place):
                yield f"{symbol}#{lettered[1]}({lettered[2]})"


def paragraphs_cited(q: str, code: str) -> list[Paragraph]:
    """The paragraphs that a search cites, in their order, each with its lettered parts; in that language, else in English, else in any."""
    symbols = _symbols()
    cited = cited_in(q, symbols)
    if cited is None:
        return []
    order = {symbol: n for n, symbol in enumerate([cited.symbol] if cited.symbol else symbols)}
    places = "|".join(map(re.escape, cited.places))
    rows = Paragraph.objects.filter(symbol__in=order, place__regex=rf"^({places})(\.|$)").defer("tokens")
    preferred = {"en": 1, code: 0}
    best: dict[tuple[str, str], Paragraph] = {}
    for row in sorted(rows, key=lambda row: (preferred.get(row.language, 2), row.language)):
        best.setdefault((row.symbol, row.place), row)
    rank = {place: n for n, place in enumerate(cited.places)}

    def key(row: Paragraph) -> tuple[int, int, int]:
        stands = next(place for place in (row.place, row.place.rpartition(".")[0], *rank) if place in rank)
        return order[row.symbol], rank[stands], row.position

    return sorted(best.values(), key=key)[:_MOST]

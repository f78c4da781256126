"""What views look up to show: an action with its names, plans, matches, texts that cite it, indicators that a search finds."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import Any

from opencompact import actions, compact
from opencompact.actions import words
from opencompact.actions.fields import Field, empty, fields_of
from opencompact.actions.sample import is_synthetic
from opencompact.actions.writing import choices_of
from opencompact.documents.blocks import TEXT_NAMES
from opencompact.errors import UnknownCodeError
from opencompact.language import LANGUAGES, N_, translator
from opencompact.public.asking import paragraphs_cited, texts
from opencompact.public.models import Paragraph, Record
from opencompact.public.remembering import remembered
from opencompact.public.search import matches, query, tokens
from opencompact.public.writing import today


@dataclass(frozen=True)
class Shown:
    """One field of an action as a page shows it: `rows` where it is a list of records, `links` where it leads somewhere."""

    field: Field
    value: Any


@dataclass(frozen=True)
class Seen:
    """An action as a page shows it; `cited` are the paragraphs it names, each with its words where the text is loaded."""

    action: actions.Action
    standing: actions.Standing
    fields: tuple[Shown, ...]
    indicator: compact.Indicator | None
    synthetic: bool
    cited: tuple[tuple[str, Paragraph | None], ...] = ()


_ELSEWHERE = ("title", "description", "progress", "objectives", "indicator", "language", "letters", "provisions")


def seen(record: Record, code: str, *, contact: bool) -> Seen:
    """An action for a page in a language."""
    action = record.action
    shown = tuple(
        Shown(field, readable(field, getattr(action, field.name), code))
        for field in fields_of(type(action))
        if field.name not in _ELSEWHERE
        and getattr(action, field.name) != empty(field.form)
        and (contact or not field.private)
    )
    synthetic = is_synthetic(action)
    cited = tuple((provision, paragraph_of(provision, code)) for provision in action.provisions)
    return Seen(
        action, actions.standing(action, today(), record.entered), shown, _indicator(action.indicator), synthetic, cited
    )


def readable(field: Field, value: Any, code: str) -> Any:
    """What a field says, codes by their names in a language."""
    if field.form == "choices":
        return [words.choice(field.choices, item).name(code) for item in value]
    if choices := choices_of(field):
        return words.choice(choices, value).name(code)
    if field.form == "areas":
        return [compact.area(item).name(code) for item in value]
    if field.form == "objectives":
        return [f"{item}. {compact.objective(item).short(code)}" for item in value]
    if field.form == "principles":
        return [compact.principles()[item - 1].name(code) for item in value]
    if field.form == "recommendation":
        found = next(entry for entry in compact.recommendations() if entry.code == value)
        return f"{found.code} {found.name(code)}"
    return value


def _indicator(id: str) -> compact.Indicator | None:
    try:
        return compact.catalogue().indicator(id) if id else None
    except UnknownCodeError:
        return None


def plan(record: Record) -> actions.Assembled | None:
    """A plan with its published activities, put together."""
    if record.kind != "plan":
        return None
    documents = Record.objects.filter(part_of=record.identifier, stage="published").values_list("document", flat=True)[
        :2000
    ]
    activities = [actions.from_json(document) for document in documents]
    whole = record.action
    assert isinstance(whole, actions.Plan)
    return actions.assemble(whole, [a for a in activities if isinstance(a, actions.Activity)], today())


def exchange() -> list[actions.Match]:
    """Requests for support with the offers that fit, of those that are published (the 2,000 newest of each)."""

    def compute() -> list[actions.Match]:
        requests, offers = _newest("request"), _newest("offer")
        return list(actions.matches(requests, offers))  # type: ignore[arg-type]

    return remembered("exchange", compute)


def _newest(kind: str) -> list[actions.Action]:
    rows = Record.objects.filter(kind=kind, stage="published").order_by("-changed", "-id")[:2000]
    return [actions.from_json(document) for document in rows.values_list("document", flat=True)]


def matched(record: Record) -> list[actions.Match]:
    """The matches of a request or an offer."""
    if record.kind not in ("request", "offer"):
        return []
    return [m for m in exchange() if record.identifier in (m.request.id, m.offer.id)][:20]


def recommendations(area: str, code: str) -> list[tuple[compact.Recommendation, Record | None]]:
    """The 26 recommendations with what the area reports on each; nothing where it reports on none."""
    rows = Record.objects.filter(kind="follow-up", stage="published", areas__contains=[area]).defer("tokens")
    by_code = {row.document.get("recommendation"): row for row in rows}
    return [(entry, by_code.get(entry.code)) for entry in compact.recommendations()] if by_code else []


@cache
def speakers(code: str) -> tuple[tuple[str, str], ...]:
    """Kinds of stakeholders with their names."""
    return tuple((choice.code, choice.name(code)) for choice in words.speakers())


def paragraph_of(provision: str, code: str) -> Paragraph | None:
    """The paragraph that an action cites (`A/79/590#89`), of a loaded text: in that language, else in English, else in any."""
    symbol, place = actions.cited(provision)
    rows = Paragraph.objects.filter(symbol=symbol, place=place).defer("tokens") if place else ()
    order = {"en": 1, code: 0}
    return min(rows, key=lambda row: (order.get(row.language, 2), row.language, row.position), default=None)


def citing(symbol: str) -> Counter[str]:
    """How many published actions answer each paragraph of a text, by its place as it is cited."""
    rows = Record.objects.filter(stage="published").extra(
        where=["EXISTS (SELECT 1 FROM unnest(provisions) p WHERE p LIKE %s)"], params=[f"{symbol}#%"]
    )
    found: Counter[str] = Counter()
    for provisions in rows.values_list("provisions", flat=True)[:5000]:
        found.update(p.partition("#")[2] for p in provisions if p.startswith(f"{symbol}#"))
    return found


def texts_named(q: str, code: str) -> list[tuple[str, str]]:
    """The loaded texts that a search names, by their symbol or by words of what they are called in a language."""
    name = translator(code, "documents")
    known = [(row, f"{row[0]} {name(TEXT_NAMES[row[0]]) if row[0] in TEXT_NAMES else ''}") for row in texts()]
    return [row for row, called in known if matches(frozenset(tokens(called)), q)][:10]


def provisions(q: str, code: str, most: int = 10) -> list[Paragraph]:
    """Paragraphs of the loaded texts that a search cites or, where it cites none, that it finds by its words: the best ten."""
    if found := paragraphs_cited(q, code):
        return found
    asked = query(q)
    if not asked:
        return []
    found = (
        Paragraph.objects.extra(
            where=["tokens @@ %s::tsquery"], params=[asked],
            select={"rank": "ts_rank(tokens, %s::tsquery)"}, select_params=[asked],
        ).defer("tokens").order_by("-rank", "symbol", "position")[:most * len(LANGUAGES)]
    )  # fmt: skip
    return _in_one_language(found, code)[:most]


def _in_one_language(found: Iterable[Paragraph], code: str) -> list[Paragraph]:
    """Each paragraph once, where its text is loaded in several languages: in that one, else in English, else in any."""
    order = {"en": 1, code: 0}
    best: dict[tuple[str, str], Paragraph] = {}
    for row in found:
        known = best.get((row.symbol, row.place))
        if known is None or order.get(row.language, 2) < order.get(known.language, 2):
            best[row.symbol, row.place] = row
    return list(best.values())


def provisions_under(objective: int, code: str) -> list[Paragraph]:
    """The paragraphs of the loaded texts that bear on an objective: decisions before reports, what asks before what tells."""
    rows = Paragraph.objects.filter(objectives__contains=[objective]).defer("tokens").order_by("-symbol", "position")
    asking = {"commitment", "request", "recommendation"}
    return sorted(
        _in_one_language(rows, code),
        key=lambda row: ("/RES/" not in row.symbol, not asking & set(row.does.get("kinds", ()))),
    )


def objectives(q: str, code: str) -> list[compact.Objective]:
    """Objectives that a search names: by their number beside the word, `objective 20`, `目标20`, or by their names in any language."""
    words_ = _OBJECTIVE_NUMBER.fullmatch(q.strip())
    number, word = (int(words_["number"]), words_["word"].strip().casefold()) if words_ else (0, "")
    named = {translator(language, "public")(N_("Objective")).casefold() for language in LANGUAGES} | {"", "objectives"}
    if number and word in named:
        return [entry for entry in compact.objectives() if entry.number == number]
    return [entry for entry, known in _objective_tokens() if matches(known, q)][:10]


_OBJECTIVE_NUMBER = re.compile(r"(?P<word>[^\d]*?)\s*(?P<number>[1-9]\d?)")


@cache
def _objective_tokens() -> tuple[tuple[compact.Objective, frozenset[str]], ...]:
    return tuple(
        (entry, frozenset(tokens(" ".join((*map(entry.name, LANGUAGES), *map(entry.short, LANGUAGES))))))
        for entry in compact.objectives()
    )


def indicators(q: str, code: str) -> list[compact.Indicator]:
    """Indicators whose code or name in any of the six languages answers a search."""
    return [entry for entry, known in _indicator_tokens() if matches(known, q)][:20]


@cache
def _indicator_tokens() -> tuple[tuple[compact.Indicator, frozenset[str]], ...]:
    return tuple(
        (entry, frozenset(tokens(" ".join((entry.id, entry.official_code or "", *map(entry.name, LANGUAGES), *map(entry.short, LANGUAGES))))))
        for entry in compact.catalogue().indicators()
    )  # fmt: skip

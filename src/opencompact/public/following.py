"""Paragraphs 82 to 89 of A/79/590: what each asks for, and where to see what was done about it, anywhere or in one area."""

from __future__ import annotations

from dataclasses import dataclass

from opencompact import compact
from opencompact.errors import UnknownCodeError
from opencompact.language import N_
from opencompact.public.counting import counts_by
from opencompact.public.listing import Filters
from opencompact.public.looking import paragraph_of
from opencompact.public.models import Paragraph, Record
from opencompact.public.writing import today


@dataclass(frozen=True)
class Place:
    """A page that a paragraph leads to: the name and arguments of its address, what follows it, what the link says."""

    view: str
    arguments: tuple[object, ...]
    more: str
    words: str


@dataclass(frozen=True)
class Ask:
    """What a paragraph of A/79/590 asks for, in our own words: the kinds of action that answer it, and further pages."""

    paragraph: int
    words: str
    kinds: tuple[str, ...] = ()
    places: tuple[Place, ...] = ()


def asks(area: str = "") -> tuple[Ask, ...]:
    """Paragraphs 82 to 89 of the Secretary-General's report: what answers them in one area, or anywhere."""
    data, indicators, reviews, cities, others, missing = _in(area) if area else _anywhere()
    exchange = Place("exchange", (), "", N_("Requests and the offers that fit"))
    return (
        Ask(82, N_("Speed the Compact up: repeat practices that work, and share them."), ("practice", "instrument")),
        Ask(83, N_("Bring it into national policy, by implementation plans made together with others; ask for support."), ("plan", "activity", "request"), (exchange,)),
        Ask(84, N_("Fund it: contribute to joint programmes."), ("programme", "offer")),
        Ask(85, N_("Commit to a discussion based on evidence: better data, shared."), (), (data,)),
        Ask(86, N_("Take part in follow-up and review; keep the pledges that were made."), ("pledge",), (reviews,)),
        Ask(87, N_("Bring local governments and other stakeholders in."), (), (cities, others, reviews)),
        Ask(88, N_("Use the indicators in plans and reviews, by sex, age and migratory status."), (), (indicators, reviews)),
        Ask(89, N_("Plan and report on the recommendations on missing migrants."), ("follow-up",), (missing,)),
    )  # fmt: skip


def _anywhere() -> tuple[Place, ...]:
    return (
        Place("objective", (1,), "", N_("Objective 1: data")),
        Place("areas", (), "", N_("Countries, with what the indicators say")),
        Place("reviews", (), "", N_("Reviews and the Forum")),
        Place("stakeholder", ("local-authorities",), "", N_("What cities and districts do")),
        Place("stakeholders", (), "", N_("All stakeholders")),
        Place("recommendations", (), "", N_("The 26 recommendations, by country")),
    )


def _in(area: str) -> tuple[Place, ...]:
    return (
        Place("area-objective", (area, 1), "", N_("Objective 1: data")),
        Place("area", (area,), "#objectives", N_("What the indicators say, by objective")),
        Place("area", (area,), "#reviews", N_("Reviews and statements")),
        Place("actions", (), f"?area={area}&stakeholder=local-authorities", N_("What cities and districts do")),
        Place("actions", (), f"?area={area}", N_("What all stakeholders do")),
        Place("area", (area,), "#recommendations", N_("The 26 recommendations")),
    )


def paragraphs(code: str) -> dict[int, Paragraph | None]:
    """Paragraphs 82 to 89 where the text is loaded, in that language if it is."""
    return {ask.paragraph: paragraph_of(f"A/79/590#{ask.paragraph}", code) for ask in asks()}


def newest(kind: str, area: str) -> list[Record]:
    """The five published actions of a kind in an area that changed last."""
    return list(Filters(kind=kind, area=area).records(today()).order_by("-changed", "-id")[:5])


def areas(code: str) -> list[compact.Area]:
    """The areas for which an action is on record, by their names in a language."""
    found = []
    for area in counts_by("area", Filters(), today()):
        try:
            found.append(compact.area(area))
        except UnknownCodeError:  # an area that only an earlier sample knew
            continue
    return sorted(found, key=lambda area: area.name(code))

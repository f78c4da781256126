"""Requests for support and the offers that fit them: by objective, by area, by kind of support, each said in words."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from opencompact import compact
from opencompact.actions.model import Offer, Request


@dataclass(frozen=True)
class Match:
    """An offer that fits a request, and by what: what is shared is the explanation, there is no score."""

    request: Request
    offer: Offer
    objectives: tuple[int, ...]
    support: tuple[str, ...]
    areas: tuple[str, ...]


def matches(requests: Iterable[Request], offers: Iterable[Offer]) -> tuple[Match, ...]:
    """The offers that share an objective and a kind of support with a request and are given where it is asked.

    An offer without areas, or for the world, is given everywhere; one for a region in all its countries. The matches of
    a request stand together, those that share the most first.
    """
    by_objective: dict[int, list[Offer]] = defaultdict(list)
    for offer in offers:
        for objective in offer.objectives:
            by_objective[objective].append(offer)
    found = []
    for request in requests:
        candidates = {offer.id: offer for objective in request.objectives for offer in by_objective[objective]}
        mine = [match for offer in candidates.values() if (match := _match(request, offer)) is not None]
        found += sorted(mine, key=lambda m: (-len(m.support), -len(m.objectives), m.offer.id))
    return tuple(found)


def _match(request: Request, offer: Offer) -> Match | None:
    support = tuple(kind for kind in request.support if kind in offer.support)
    objectives = tuple(number for number in request.objectives if number in offer.objectives)
    where = _reached(request.areas, offer.areas)
    if not support or not objectives or where is None or offer.by == request.by:
        return None
    return Match(request, offer, objectives, support, where)


def _reached(asked: tuple[str, ...], given: tuple[str, ...]) -> tuple[str, ...] | None:
    """The areas asked for that the offer reaches, None where it reaches none."""
    if not given or "001" in given:
        return asked
    reach = set(given)
    for code in given:
        reach.update(compact.area(code).members)
    found = tuple(code for code in asked if code in reach)
    return found or None

"""Marks, objects and medical findings: two descriptions in words, of what may be the same scar or ring.

Words are folded to concepts across six languages (`concepts.py`: "croix", "cruz", "صليب" are `cross`), compared as sets; a concept
that both sides name counts by its rarity, one that is missing on the other side counts a little against, since marks are overlooked.
What is denied describes nothing, and that both have a tattoo is no likeness of the two. Each concept is weighed on its own, by how often descriptions
of one mark and of two name it: the binary independence model of Robertson & Spärck Jones 1976 (J Am Soc Inf Sci 27:129). The frequencies are judgements, in
`concepts.toml`.
"""

from __future__ import annotations

import math
from collections.abc import Mapping

from opencompact.language import N_
from opencompact.missing.evidence.concepts import concepts, is_absent, listed, told_concept, words_for
from opencompact.missing.evidence.ledger import Evidence
from opencompact.missing.evidence.parameters import Parameters, defaults
from opencompact.missing.records.record import Record

__all__ = [
    "compare_marks",
    "compare_objects",
    "concept_weight",
    "concepts",
    "description_likelihood_ratio",
    "is_absent",
    "mark_concepts",
    "told_concept",
    "words_for",
]

_MOST = math.log(1e4)  # one description never says more than this: words are shared by chance and by suggestion


def description_likelihood_ratio(
    sought: frozenset[str],
    found: frozenset[str],
    *,
    recall: float,
    frequency: float,
    least: float,
    turned: float = 0.5,
    frequencies: Mapping[str, float] | None = None,
) -> tuple[float, frozenset[str]]:
    """(ln LR, shared concepts) of two descriptions: each shared concept says ln(recall / its frequency), never less than 0, and each
    that one side alone names says ln((1 - recall) / (1 - frequency)), never more than 0.

    Words in no list count together as the one of them that says most: whether they are rare, or two words for one thing, is not known.
    Of the two sides' losses the smaller one counts, since the longer description says more than the other could, and it is
    bounded below by `least`; the sum by 10⁴ above. Where something is shared and one names only the left of the body, the other only the right,
    that says ln(`turned` / ½) instead, `turned` being the share of true pairs of which one side is told wrongly. A naive Bayes over words, as the
    agreement weights of Fellegi & Sunter 1969, J Am Stat Assoc 64:1183.
    """
    shared = sought & found
    weights = {concept: concept_weight(concept, recall, frequency, frequencies) for concept in sought | found}
    known = listed().every
    gain = math.fsum(weights[concept][0] for concept in shared & known)
    gain += max((weights[concept][0] for concept in shared - known), default=0.0)
    alone = [sought - shared, found - shared]
    if shared - SIDES and other_side(sought, found):
        gain += math.log(2 * turned)
        alone = [side - SIDES for side in alone]
    losses = [math.fsum(weights[concept][1] for concept in side) for side in alone]
    return min(_MOST, max(least, gain + max(*losses, least))), shared


SIDES = frozenset(("left", "right"))


def other_side(first: frozenset[str], second: frozenset[str]) -> bool:
    """Whether one description names only the left of the body and the other only the right."""
    return {first & SIDES, second & SIDES} == {frozenset(("left",)), frozenset(("right",))}


def concept_weight(
    concept: str, recall: float, frequency: float, frequencies: Mapping[str, float] | None = None
) -> tuple[float, float]:
    """What a concept says (ln LR) where both name it, at least 0, and where only one does, at most 0: of something that others name
    as often, neither says anything. `frequency` is that of a concept in no list. Fellegi & Sunter 1969."""
    known = listed()
    often = (frequencies or known.frequencies).get(concept, frequency)
    gain = 0.0 if concept in known.kinds else math.log(max(1.0, recall / often))
    return gain, min(0.0, math.log((1 - recall) / (1 - often)))


def mark_concepts(record: Record) -> frozenset[str]:
    """The concepts of the marks and medical findings of a record, each mark with its kind and site."""
    described = [f"{mark.kind} {mark.site or ''} {mark.words}" for mark in record.marks if concepts([mark.words])]
    return concepts([*described, *record.medical])


def compare_marks(sought: Record, found: Record, parameters: Parameters | None = None) -> Evidence | None:
    """What scars, tattoos, piercings, prostheses and medical findings say."""
    first, second = mark_concepts(sought), mark_concepts(found)
    words = ["; ".join([mark.words for mark in record.marks] + list(record.medical)) for record in (sought, found)]
    return _compare("marks", first, second, words, (parameters or defaults())["marks"])


def compare_objects(sought: Record, found: Record, parameters: Parameters | None = None) -> Evidence | None:
    """What clothing and objects say: little against, since they change hands on the way."""
    first, second = concepts(sought.objects), concepts(found.objects)
    return _compare(
        "objects",
        first,
        second,
        ["; ".join(sought.objects), "; ".join(found.objects)],
        (parameters or defaults())["objects"],
    )


def _compare(
    field: str, first: frozenset[str], second: frozenset[str], words: list[str], settings: Parameters
) -> Evidence | None:
    if not first or not second:
        return None
    ratio, shared = description_likelihood_ratio(
        first,
        second,
        recall=settings["recall"],
        frequency=settings["frequency"],
        least=settings["least"],
        turned=settings["turned"],
    )
    if shared - SIDES and other_side(first, second):
        reason = N_("Both name: {shared}. They name other sides of the body: one the left, the other the right.")
        return Evidence(field, ratio, reason, {"shared": tuple(sorted(shared))}, *words)
    if shared:
        reason, values = N_("Both name: {shared}."), {"shared": tuple(sorted(shared))}
        return Evidence(field, ratio, reason, dict(values), *words)
    return Evidence(field, ratio, N_("Nothing that one side describes is named by the other."), {}, words[0], words[1])

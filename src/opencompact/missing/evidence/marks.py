"""Marks, objects and medical findings: two descriptions in words, of what may be the same scar or ring.

Words are folded to concepts across six languages (`concepts.py`: "croix", "cruz", "صليب" are `cross`). Marks are compared mark by mark, each with
its kind, side and place: the marks of both are put in pairs so that what is recorded is likeliest, and one that the other side does not have counts a
little against, since marks are overlooked. A concept that both name counts by its rarity; a word in no list never counts against, since the other may
have another word for it.
What is denied describes nothing, and that both have a tattoo is no likeness of the two. Each concept is weighed on its own, by how often descriptions
of one mark and of two name it: the binary independence model of Robertson & Spärck Jones 1976 (J Am Soc Inf Sci 27:129). The frequencies are judgements, in
`concepts.toml`, until the register tells its own (`word_shares`).
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from opencompact.language import N_, Said
from opencompact.missing.evidence.concepts import concepts, is_absent, listed, separately, told_concept, words_for
from opencompact.missing.evidence.ledger import Evidence
from opencompact.missing.evidence.marks_told import told_marks
from opencompact.missing.evidence.parameters import Parameters, defaults
from opencompact.missing.evidence.parts import parts_at_odds, parts_log_ratio, parts_of
from opencompact.missing.evidence.sites import SIDES, displaced_log_ratio, other_side, other_site
from opencompact.missing.records.record import Record

__all__ = [
    "compare_marks",
    "compare_objects",
    "concept_weight",
    "concepts",
    "description_likelihood_ratio",
    "is_absent",
    "marks_likelihood_ratio",
    "marks_of",
    "told_concept",
    "word_shares",
    "words_for",
]

_MOST = math.log(1e4)  # one description never says more than this: words are shared by chance and by suggestion


class Agreement(NamedTuple):
    """Of two descriptions: ln LR of what they share, those of what one side alone names (both at most 0), what they share, and whether
    they name other sides, or other parts, of the body; `placed` where both name a part."""

    gain: float
    losses: tuple[float, float]
    shared: frozenset[str]
    turned: bool
    displaced: bool = False
    placed: bool = False

    @property
    def whole(self) -> float:
        """Of the two sides' losses the smaller one counts, since the longer description says more than the other could."""
        return self.gain + max(self.losses)


def description_likelihood_ratio(
    sought: frozenset[str],
    found: frozenset[str],
    *,
    recall: float,
    frequency: float,
    least: float,
    turned: float = 0.5,
    displaced: float = 0.5,
    frequencies: Mapping[str, float] | None = None,
) -> tuple[float, Agreement]:
    """(ln LR, the agreement) of two descriptions: each shared concept says ln(recall / its frequency), never less than 0, and each
    that one side alone names says ln((1 - recall) / (1 - frequency)), never more than 0.

    What speaks against is bounded by `least`, the sum by 10⁴ above. A naive Bayes over words, as the
    agreement weights of Fellegi & Sunter 1969, J Am Stat Assoc 64:1183.
    """
    told = agreement(
        sought,
        found,
        recall=recall,
        frequency=frequency,
        turned=turned,
        displaced=displaced,
        frequencies=frequencies,
    )
    return min(_MOST, max(least, told.gain + max(*told.losses, least))), told


def agreement(
    sought: frozenset[str],
    found: frozenset[str],
    *,
    recall: float,
    frequency: float,
    turned: float = 0.5,
    displaced: float = 0.5,
    frequencies: Mapping[str, float] | None = None,
) -> Agreement:
    """What two descriptions share, and what each names alone.

    Words in no list count together as the one of them that says most: whether they are rare, or two words for one thing, is not known.
    Where something is shared and one names only the left of the body, the other only the right, that says ln(`turned` / ½) instead, `turned` being
    the share of true pairs of which one side is told wrongly; where they name parts of the body that do not meet, `displaced` says it for part and side
    together. Fellegi & Sunter 1969.
    """
    known = listed()
    shared, things = sought & found, (sought & found) - SIDES - known.sites
    elsewhere = bool(things) and other_site(sought, found)
    opposed = not elsewhere and bool(shared - SIDES) and other_side(sought, found)
    aside = SIDES | known.sites if elsewhere else SIDES if opposed else frozenset[str]()
    weights = {concept: concept_weight(concept, recall, frequency, frequencies) for concept in (sought | found) - aside}
    gain = math.fsum(weights[concept][0] for concept in (shared - aside) & known.every)
    gain += max((weights[concept][0] for concept in shared - known.every), default=0.0)
    if opposed or elsewhere:
        gain += math.log(2 * turned) if opposed else displaced_log_ratio(displaced)
    first, second = (math.fsum(weights[concept][1] for concept in side - shared - aside) for side in (sought, found))
    placed = bool(things and sought & known.sites and found & known.sites)
    return Agreement(gain, (first, second), shared - aside, opposed, elsewhere, placed)


Marks = tuple[frozenset[str], ...]
"""The marks of a record, each as the concepts that it is told with."""
MOST_MARKS = 6
"""So many marks of a record are told apart; further ones count as one with the last."""


def marks_likelihood_ratio(
    sought: Marks,
    found: Marks,
    *,
    recall: float,
    frequency: float,
    least: float,
    turned: float = 0.5,
    displaced: float = 0.5,
    frequencies: Mapping[str, float] | None = None,
) -> tuple[float, tuple[Agreement, ...]]:
    """(ln LR, the marks that are taken for one) of two sets of marks, under the assignment of which what is recorded is likeliest, less what the choice
    among assignments lends it (`ways_log`).

    A mark that is left over says what `missed_mark` says. Of the two sides' losses the smaller one counts, bounded by
    `least`; the sum is bounded by 10⁴ above. Own: one assignment, not the sum of all.
    """
    if not sought or not found:
        return 0.0, ()
    rates: dict[str, Any] = {"recall": recall, "frequency": frequency, "frequencies": frequencies}
    pairs = [[agreement(a, b, turned=turned, displaced=displaced, **rates) for b in found] for a in sought]
    missed = [np.array([missed_mark(mark, **rates) for mark in side]) for side in (sought, found)]
    one = np.array([[pair.whole if pair.gain > 0 else -np.inf for pair in row] for row in pairs])
    # The largest of three assignments: the losses of the one side count, those of the other, or the bound.
    best = [
        _assigned(one - missed[0][:, None], float(missed[0].sum())),
        _assigned(one - missed[1][None, :], float(missed[1].sum())),
        _assigned(one, least),
    ]
    value, matched = max(best, key=lambda each: each[0])
    return min(_MOST, max(least, value)), tuple(pairs[i][j] for i, j in matched)


def _assigned(weights: NDArray[np.float64], start: float) -> tuple[float, list[tuple[int, int]]]:
    """The most that pairs of a row and a column say together, less the ways in which so many could have been put together by chance; over the sets
    of columns that are taken (Held & Karp 1962, J SIAM 10:196)."""
    best: dict[int, tuple[float, list[tuple[int, int]]]] = {0: (0.0, [])}
    for i, row in enumerate(weights.tolist()):
        for taken, (value, pairs) in list(best.items()):
            for j, told in enumerate(row):
                more = taken | 1 << j
                if told > 0 and more != taken and value + told > best.get(more, (-math.inf, pairs))[0]:
                    best[more] = value + told, [*pairs, (i, j)]
    many = max(weights.shape)
    value, matched = max(
        ((v - ways_log(many, len(pairs)), pairs) for v, pairs in best.values()), key=lambda one: one[0]
    )
    return start + value, matched


def ways_log(many: int, pairs: int) -> float:
    """ln of the ways in which so many marks may be put in pairs with marks of the longer of two lists: of each way what is recorded is as likely
    as chance has it, and only one is the right one. Own, by counting."""
    return math.lgamma(many + 1) - math.lgamma(many - pairs + 1)


def missed_mark(
    mark: frozenset[str], recall: float, frequency: float, frequencies: Mapping[str, float] | None = None
) -> float:
    """ln LR of a mark that one side alone has: what the rarest listed thing says that it shows, or, where it shows none, its kind and place. A mark told in words
    of no list says nothing: it may be one that the other side tells in other words. Fellegi & Sunter 1969."""
    known = listed()
    shows = (mark & known.every) - known.kinds - known.sites - SIDES
    if not shows and mark - known.every:
        return 0.0
    return min((concept_weight(concept, recall, frequency, frequencies)[1] for concept in shows or mark), default=0.0)


def concept_weight(
    concept: str, recall: float, frequency: float, frequencies: Mapping[str, float] | None = None
) -> tuple[float, float]:
    """What a concept says (ln LR) where both name it, at least 0, and where only one does, at most 0: of something that others name
    as often, neither says anything. `frequency` is that of a concept in no list. Fellegi & Sunter 1969."""
    known = listed()
    often = (frequencies or {}).get(concept) or known.frequencies.get(concept, frequency)
    gain = 0.0 if concept in known.kinds else math.log(max(1.0, recall / often))
    return gain, min(0.0, math.log((1 - recall) / (1 - often))) if concept in known.every else 0.0


def marks_of(record: Record) -> Marks:
    """The marks and medical findings of a record, one by one, each with its kind and site; what is denied is none, a missing limb is one."""
    found = [
        named if named >= LIMB and mark.kind in KINDS_OF_SKIN else named | concepts([mark.kind, mark.site or ""])
        for mark in record.marks
        for named in separately(mark.words)
    ]
    found += [named for text in record.medical for named in separately(text)]
    once = tuple(dict.fromkeys(found))
    if len(once) <= MOST_MARKS:
        return once
    return (*once[: MOST_MARKS - 1], frozenset[str]().union(*once[MOST_MARKS - 1 :]))


LIMB = frozenset(("amputation",))
KINDS_OF_SKIN = ("scar", "tattoo", "piercing", "birthmark")


def compare_marks(sought: Record, found: Record, parameters: Parameters | None = None) -> Evidence | None:
    """What scars, tattoos, piercings, prostheses, missing limbs and medical findings say, mark by mark, and parts of the body that one says to be
    missing and the other to be there."""
    first, second = marks_of(sought), marks_of(found)
    settings, parts = (parameters or defaults())["marks"], (parts_of(sought), parts_of(found))
    at_odds = parts_log_ratio(*parts, settings)
    if (not first or not second) and not at_odds:
        return None
    ratio, matched = marks_likelihood_ratio(first, second, **rates_of(settings))
    told = _told("marks", ratio + at_odds, matched, told_marks(sought), told_marks(found))
    shared = frozenset[str]().union(*(pair.shared for pair in matched))
    return replace(told, **_at_odds(parts_at_odds(*parts), shared)) if at_odds else told


def _at_odds(parts: Said, shared: frozenset[str]) -> dict[str, Any]:
    """The reason and values where a part of the body is gone on one side and there on the other."""
    if not shared:
        reason = N_("One says that a part of the body is missing, the other that it is there: {parts}.")
        return {"reason": reason, "values": {"parts": parts}}
    reason = N_(
        "Both name: {shared}. One says that a part of the body is missing, the other that it is there: {parts}."
    )
    return {"reason": reason, "values": {"shared": tuple(sorted(shared)), "parts": parts}}


def rates_of(settings: Parameters) -> dict[str, Any]:
    """The rates of marks or of objects as the functions here take them; `shares` are those of the register (`word_shares`)."""
    rates = {name: settings[name] for name in ("recall", "frequency", "least", "turned", "displaced")}
    return {**rates, "frequencies": settings.get("shares")}


def compare_objects(sought: Record, found: Record, parameters: Parameters | None = None) -> Evidence | None:
    """What clothing and objects say: little against, since they change hands on the way."""
    first, second = concepts(sought.objects), concepts(found.objects)
    if not first or not second:
        return None
    ratio, told = description_likelihood_ratio(first, second, **rates_of((parameters or defaults())["objects"]))
    return _told("objects", ratio, (told,), "; ".join(sought.objects), "; ".join(found.objects))


def _told(field: str, ratio: float, agreements: Iterable[Agreement], left: str, right: str) -> Evidence:
    each = tuple(agreements)
    shared = frozenset[str]().union(*(one.shared for one in each))
    values = {"shared": tuple(sorted(shared))}
    if any(one.displaced for one in each):
        reason = N_("Both name: {shared}. They name other parts of the body.")
        return Evidence(field, ratio, reason, dict(values), left, right)
    if any(one.turned for one in each):
        reason = N_("Both name: {shared}. They name other sides of the body: one the left, the other the right.")
        return Evidence(field, ratio, reason, dict(values), left, right)
    if shared:
        return Evidence(field, ratio, N_("Both name: {shared}."), dict(values), left, right)
    return Evidence(field, ratio, N_("Nothing that one side describes is named by the other."), {}, left, right)


def word_shares(records: Iterable[Record], parameters: Parameters) -> dict[str, dict[str, float]]:
    """How often marks, and lists of objects, of these records name each word: a common motif says less. What `concepts.toml` has counts as so
    many of them as `register` says. Krichevsky & Trofimov 1981 with that prior."""
    everyone = list(records)
    told = {
        "marks": [mark for record in everyone for mark in marks_of(record)],
        "objects": [named for record in everyone if (named := concepts(record.objects))],
    }
    return {field: _shares(each, parameters[field]) for field, each in told.items()}


def _shares(each: list[frozenset[str]], settings: Parameters) -> dict[str, float]:
    counted, known = Counter(word for named in each for word in named), listed().frequencies
    weight, many = settings["register"], len(each)
    return {
        word: (counted[word] + weight * known.get(word, settings["frequency"])) / (many + weight)
        for word in {*counted, *known}
    }

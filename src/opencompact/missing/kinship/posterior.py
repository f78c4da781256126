"""From likelihood ratios to probabilities: a prior, and every candidate of one remains weighed against the others."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from opencompact.missing.kinship.case import Array, Case, Prior, Profile, Sex
from opencompact.missing.kinship.chance import MOST_KINDS, ChanceOf
from opencompact.missing.kinship.layout import Layout, Target
from opencompact.missing.kinship.lineage import ln_lineage_ratio
from opencompact.missing.kinship.search import Hit, Search, may_be, table_rows, targets_of

MOST_DISTRIBUTIONS = 240
"""Distributions of chance hits computed for all missing persons of one search together."""


@dataclass(frozen=True)
class RankedHit:
    """A hit with its posterior probability and the number of chance hits at least as strong that the search would give.

    `log10_LR` is that of the autosomal and X markers, `log10_other` of haplotypes and non-genetic evidence.
    `posterior` weighs the missing persons kept for these remains against each other and against nobody of them.
    `expected_chance_hits` counts the remains searched for this missing person; `in_all` all missing persons searched.
    """

    remains: str
    family: str
    missing: str
    log10_LR: float
    log10_other: float
    posterior: float
    expected_chance_hits: float
    chance_hits_in_all: float

    def as_dict(self) -> dict[str, object]:
        return vars(self)


def pair_prior(prior: Prior, missing: int, remains: int) -> float:
    """P(given remains are a given missing person) before any profile is read: 1/n.

    n is the number of missing in a closed event, where all remains are theirs; in an open one the greater of missing
    and remains, and at least one more than the missing of the case, so that being somebody else is never ruled out. A
    flat prior is taken as that of an open event with the numbers of the case.
    """
    if prior.closed:
        return 1.0 / max(prior.missing or 0, missing, 1)
    return 1.0 / max(prior.missing or 0, missing + 1, prior.remains or 0, remains)


def rank(case: Case, found: Search, *, most: int = 1_000) -> list[RankedHit]:
    """The hits of a search by posterior, the likeliest first; chance hits are computed for the first `most`."""
    targets, labels = targets_of(case.families), case.labels
    other = {
        hit: (
            _log10(case.other_likelihood_ratios.get((case.remains[hit.remains].id, labels[hit.missing]), 1.0))
            + ln_lineage_ratio(case, *targets[hit.missing], case.remains[hit.remains]) / float(np.log(10))
        )
        for hit in found.hits
    }
    posterior = _posteriors(case, found.hits, other)
    hits = sorted(found.hits, key=lambda hit: (-posterior[hit], -hit.log10_LR - other[hit]))[:most]
    kinds = max(1, min(MOST_KINDS, MOST_DISTRIBUTIONS // max(1, len({hit.missing for hit in hits}))))
    known: dict[int, ChanceOf] = {}
    made = []
    for hit in hits:
        if hit.missing not in known:
            known[hit.missing] = ChanceOf(case, targets[hit.missing], case.remains, kinds)
        chance = known[hit.missing].hits(hit.log10_LR)
        made.append(
            RankedHit(
                case.remains[hit.remains].id,
                targets[hit.missing][0].name,
                labels[hit.missing],
                hit.log10_LR,
                other[hit],
                posterior[hit],
                chance.expected,
                chance.expected * len(targets),
            )
        )
    return made


def _posteriors(case: Case, hits: Sequence[Hit], other: Mapping[Hit, float]) -> dict[Hit, float]:
    by_remains: defaultdict[int, list[Hit]] = defaultdict(list)
    for hit in hits:
        by_remains[hit.remains].append(hit)
    made: dict[Hit, float] = {}
    for group in by_remains.values():
        found = shares(case, np.array([hit.log10_LR + other[hit] for hit in group]))
        made |= dict(zip(group, found.tolist(), strict=True))
    return made


def shares(case: Case, log10_LR: Array) -> Array:
    """P(remains are each of these missing persons), weighed against each other and against nobody who is sought."""
    prior = pair_prior(case.prior, len(case.missing), len(case.remains))
    nobody = max(1 - prior * len(case.missing), 0.0)
    weights = log10_LR * np.log(10) + np.log(prior)
    total = np.logaddexp(np.logaddexp.reduce(weights), np.log(nobody) if nobody > 0 else -np.inf)
    return np.exp(weights - total) if total > -np.inf else np.zeros(len(weights))


def weighed(case: Case, profile: Profile) -> dict[str, tuple[float, float]]:
    """label of every missing person whose sex fits → (log10 of all evidence on these remains being them, posterior)."""
    targets = [target for target in targets_of(case.families) if may_be(profile.sex, _sex(target))]
    layout = Layout(case.markers, [profile], only_seen=case.theta > 0)
    offsets = layout.offsets([profile])[0]
    evidence = table_rows(case, layout, targets)[:, offsets].sum(axis=1)
    for place, (family, person) in enumerate(targets):
        ratio = case.other_likelihood_ratios.get((profile.id, case.label(family, person)), 1.0)
        evidence[place] += _log10(ratio) + ln_lineage_ratio(case, family, person, profile) / float(np.log(10))
    labels = [case.label(*target) for target in targets]
    return dict(zip(labels, zip(evidence.tolist(), shares(case, evidence).tolist(), strict=True), strict=True))


def _sex(target: Target) -> Sex:
    return target[0].pedigree.person(target[1]).sex


def _log10(ratio: float) -> float:
    return float(np.log10(ratio)) if ratio > 0 else -np.inf

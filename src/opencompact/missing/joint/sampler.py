"""A sampler for components too large for the exact sum, with its error stated.

Gibbs moves that redraw two families at once from their exact conditional distribution, in several chains from
different starts (Huber and Law, BMC Genetics 14: 72, approximate the same permanent). The standard error of every
marginal is that of the means of the chains' halves; how well it holds is tested against the exact sum.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from opencompact.missing.joint.options import Option
from opencompact.missing.kinship.case import Array

CHAINS = 8


@dataclass(frozen=True, eq=False)
class Sampled:
    """Posterior of every option of every family, the standard error of each, and the likeliest assignment met."""

    posterior: tuple[Array, ...]
    error: tuple[Array, ...]
    best: tuple[int, ...]

    @property
    def largest_error(self) -> float:
        return max((float(error.max()) for error in self.error), default=0.0)


def sample(
    families: Sequence[Sequence[tuple[Option, float]]],
    remains: int,
    *,
    seed: int,
    sweeps: int = 20_000,
    start: Sequence[int] | None = None,
) -> Sampled:
    """Samples assignments: `families` gives each family's options with their ln weights, the first using no remains.

    `remains` is one more than the largest place used; `start` an assignment that half of the chains begin from.
    """
    from opencompact.missing.joint import sampling_kernel

    first, used, weights = _packed(families)
    counts = np.zeros((2 * CHAINS, len(weights)))
    best = np.zeros((CHAINS, len(families)), np.int64)
    height = np.zeros(CHAINS)
    seeds = np.random.SeedSequence(seed).generate_state(CHAINS)
    for chain in range(CHAINS):
        begin = np.array(start if start is not None and chain % 2 else [0] * len(families), np.int64)
        height[chain] = sampling_kernel.run(
            int(seeds[chain]),
            sweeps,
            first,
            used,
            weights,
            remains,
            begin,
            counts[2 * chain : 2 * chain + 2],
            best[chain],
        )
    shares = counts / (sweeps // 2)
    mean, error = shares.mean(axis=0), shares.std(axis=0, ddof=1) / np.sqrt(len(shares))
    cut = first[1:-1]
    return Sampled(
        tuple(np.split(mean, cut)), tuple(np.split(error, cut)), tuple(int(o) for o in best[int(height.argmax())])
    )


def _packed(
    families: Sequence[Sequence[tuple[Option, float]]],
) -> tuple[NDArray[np.int64], NDArray[np.int64], Array]:
    """All options in one list: where each family's begin, the remains each uses (-1 fills up), the ln weights."""
    most = max((len(option.used) for family in families for option, _ in family), default=1) or 1
    first = np.cumsum([0, *(len(family) for family in families)])
    used = np.full((first[-1], most), -1, np.int64)
    weights = np.empty(first[-1])
    for place, (option, weight) in enumerate(pair for family in families for pair in family):
        used[place, : len(option.used)] = option.used
        weights[place] = weight
    return first, used, weights

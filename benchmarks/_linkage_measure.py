"""How both sides of the linkage benchmark are scored: mutual bests, one rule for thresholds, precision, recall and F1."""

from __future__ import annotations

import resource
import time
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray


class Figures(NamedTuple):
    """At a threshold: shares of what was found that is true, of what is true that was found, their harmonic mean."""

    precision: float
    recall: float
    f1: float
    threshold: float


def measure(
    right: NDArray[np.bool_], scores: NDArray[np.floating], true: int, threshold: float | None = None
) -> Figures:
    """Of pairs with scores, `right` where they are true, `true` pairs in all: at a given threshold, or else at the best."""
    if threshold is not None:
        above = scores >= threshold
        hits = int(right[above].sum())
        return Figures(hits / max(1, int(above.sum())), hits / true, 2 * hits / (int(above.sum()) + true), threshold)
    order = np.argsort(-scores, kind="stable")
    hits_by, ordered = np.cumsum(right[order]), scores[order]
    f1 = 2 * hits_by / (np.arange(1, len(order) + 1) + true)
    last = np.append(ordered[1:] != ordered[:-1], True)  # pairs of one score are taken together
    best = int(np.where(last, f1, 0).argmax())
    return Figures(
        float(hits_by[best] / (best + 1)), float(hits_by[best] / true), float(f1[best]), float(ordered[best])
    )


def mutual_best(
    rows: NDArray[np.integer], columns: NDArray[np.integer], scores: NDArray[np.floating]
) -> NDArray[np.bool_]:
    """Pairs that are the best of both their records: the one-to-one step of both sides."""
    return best_of(rows, scores) & best_of(columns, scores)


def best_of(owner: NDArray[np.integer], scores: NDArray[np.floating]) -> NDArray[np.bool_]:
    """Which pairs have the highest score of their record."""
    best = np.full(int(owner.max(initial=-1)) + 1, -np.inf)
    np.maximum.at(best, owner, scores)
    return np.asarray(scores == best[owner])


class Clock:
    """CPU seconds of this process since it was made."""

    def __init__(self) -> None:
        self.start = time.process_time()

    def __float__(self) -> float:
        return time.process_time() - self.start


def report(who: str, size: int, at: Figures, best: Figures, keys: float, clock: float) -> None:
    """One line: at the tuned threshold, at the best possible one, recall of keys, cost. The peak is that of the whole process so far."""
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6
    print(
        f"{who:9}{size:>10,}  precision {at.precision:.3f}  recall {at.recall:.3f}  F1 {at.f1:.4f} at {at.threshold:.2f}"
        f" (best possible {best.f1:.4f})  recall of keys {keys:.4f}  {clock:.1f} CPU s  peak {peak:.2f} GB",
        flush=True,
    )

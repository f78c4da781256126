"""Linkage beside Splink 5: (a) historical_50k, (b) the synthetic world, (c) a fixed scenario of two registers; one new record against many;
the commands of the terminal.

    OPENCOMPACT_REFERENCE=<folder of reference results> python benchmarks/linkage.py [a] [b] [c] [one] [command] [--sizes N …] [--alone N …]
        [--worlds N …] [--seed N]

Both sides are scored by one rule: the threshold is the best one on other people (another seed, the other half of the file), at the same size.
`--alone` measures ours only (of the commands `link`), at a probability of one half, which needs no tuning. The scenario is in `_linkage_scenario.py`, Splink's rules in
`_linkage_splink.py`.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import polars as pl
from numpy.typing import NDArray

sys.path.insert(0, str(Path(__file__).parents[1]))

from benchmarks._linkage_measure import Clock, Figures, measure, mutual_best, report
from benchmarks._linkage_scenario import Names, read_names, scenario
from opencompact.missing.candidates.columns import Plan, link, one_to_one

TUNED, SCORED = 11, 23
UNTUNED = 0.5
PLAN = Plan(
    ("given", "father", "family"),
    ("sex", "country", "place"),
    ("birth_year",),
    within={"place": "country"},
    group="country",
)
Scored = tuple[NDArray[np.bool_], NDArray[np.floating], float]
"""Which of the chosen pairs are true, their scores, the recall of the keys."""


def ours(a: pl.DataFrame, b: pl.DataFrame, whose: NDArray[np.int64], plan: Plan = PLAN) -> Scored:
    """Our pairs, each record once, by probability."""
    linked = link(a, b, plan)
    right = whose[linked.right] == linked.left
    chosen = one_to_one(linked, 0.0)
    return right[chosen], linked.probability[chosen], float(right.sum() / (whose >= 0).sum())


def splinks(a: pl.DataFrame, b: pl.DataFrame, whose: NDArray[np.int64]) -> Scored:
    """Splink's pairs, each record once, by match weight."""
    from benchmarks._linkage_splink import splink_pairs

    rows, columns, weight = splink_pairs(a, b)
    right = whose[columns] == rows
    chosen = mutual_best(rows, columns, weight)
    return right[chosen], weight[chosen], float(right.sum() / (whose >= 0).sum())


def case_c(folder: Path, sizes: Sequence[int], alone: Sequence[int], seed: int) -> None:
    """(c): both sides at `sizes`, ours alone at `alone`."""
    names = read_names(folder)
    print(
        f"(c) fixed scenario, names of {len(names.countries)} countries; tuned on seed {TUNED}, scored on {seed}",
        flush=True,
    )
    link(*scenario(names, 1, 500)[:2], PLAN)  # compiles
    for size in sizes:
        for who, side in (("ours", ours), ("splink 5", splinks)):
            tuned = _scored(side, names, TUNED, size, None)[0]
            report(who, size, *_scored(side, names, seed, size, tuned.threshold))
    for size in alone:
        report("ours", size, *_scored(ours, names, seed, size, UNTUNED))


def _scored(
    side: object, names: Names, seed: int, size: int, threshold: float | None
) -> tuple[Figures, Figures, float, float]:
    a, b, whose = scenario(names, seed, size)
    clock = Clock()
    right, said, keys = side(a, b, whose)  # type: ignore[operator]
    spent, true = float(clock), int((whose >= 0).sum())
    return measure(right, said, true, threshold), measure(right, said, true), keys, spent


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("cases", nargs="*", default=["a", "b", "c", "one", "command"])
    parser.add_argument("--sizes", type=int, nargs="*", default=[10_000, 100_000])
    parser.add_argument("--alone", type=int, nargs="*", default=[])
    parser.add_argument("--worlds", type=int, nargs="*", default=[1_250, 5_000, 20_000])
    parser.add_argument("--seed", type=int, default=SCORED)
    chosen = parser.parse_args()
    folder = Path(os.environ["OPENCOMPACT_REFERENCE"]) / "names"
    if "a" in chosen.cases:
        from benchmarks._linkage_historical import case_a

        case_a(folder)
    if "b" in chosen.cases:
        from benchmarks._linkage_world import case_b

        case_b()
    if "c" in chosen.cases:
        case_c(folder, chosen.sizes, chosen.alone, chosen.seed)
    if "one" in chosen.cases:
        from benchmarks._linkage_one import case_one

        case_one()
    if "command" in chosen.cases:
        from benchmarks._linkage_command import case_command

        case_command(folder, chosen.sizes, chosen.alone, chosen.worlds, chosen.seed)


if __name__ == "__main__":
    main()

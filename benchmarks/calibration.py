"""Calibration of candidates on synthetic worlds, on other seeds than the parameters were tuned on (5, 6, 7).

    python benchmarks/calibration.py [--seeds 101 102 103] [--sizes 700] [--errors 1] [--siblings 0] [--write]
    OPENCOMPACT_REFERENCE=<folder of reference results> python benchmarks/calibration.py --labels

Prints what was said against what came true, misses and false leads per 100 at three thresholds, by whether the one found has a name and is alive;
`--errors` is how many times the error rates of the evidence are made; `--siblings` of how many people one is sought whose brother or sister is found. With --write the tables in docs/explanation/calibration.md are put between its markers. With --labels the same for the pairs of one real file whose people are known
(historical_50k), of whose labels nothing is learned.
"""

from __future__ import annotations

import argparse
import datetime
import itertools
import os
import sys
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

sys.path.insert(0, str(Path(__file__).parents[1]))

from opencompact.missing.candidates.calibration import Weighed, records_of_world, reliability, weigh
from opencompact.missing.candidates.search import place_in_group
from opencompact.missing.world.records import Rates

PAGE = Path(__file__).parents[1] / "docs" / "explanation" / "calibration.md"
TODAY = datetime.date(2026, 11, 21)
START, END = "<!-- measured -->", "<!-- /measured -->"


def table(worlds: list[Weighed]) -> str:
    """The bins of all worlds together, and the rates."""
    said, came = (np.concatenate([getattr(world, name) for world in worlds]) for name in ("probability", "came"))
    lines = ["| probability said | pairs | mean said | came true |", "|---|---:|---:|---:|"]
    lines += [
        f"| {one.low:g} – {one.high:g} | {one.pairs:,} | {one.said:.3f} | {one.came_true:.3f} |"
        for one in reliability(said, came)
        if one.pairs
    ]
    true = sum(len(world.true) for world in worlds)
    rank = np.concatenate([place_in_group(world.rows) for world in worlds])
    missed = sum(world.missed * len(world.true) for world in worlds)
    below = [100 * (1 - (came & (rank < most)).sum() / true) for most in (1, 5)]
    lines += [
        "",
        f"Per 100 true pairs ({true:,} in all): never compared {100 * missed / true:.1f}, not ranked first {below[0]:.1f}, not among the first "
        f"five {below[1]:.1f}. Brier score {((said - came) ** 2).mean():.4f}.",
        "",
        "| records found | true pairs | missed at 0.5, 0.9, 0.99 | false of 100 leads at 0.5, 0.9, 0.99 |",
        "|---|---:|---:|---:|",
    ]
    return "\n".join([*lines, *(_of_group(worlds, name, chosen) for name, chosen in GROUPS.items())])


GROUPS: dict[str, Callable[[Weighed], NDArray[np.bool_]]] = {
    "all": lambda world: np.ones(len(world.named), bool),
    "with a name": lambda world: world.named,
    "without a name": lambda world: ~world.named,
    "remains": lambda world: ~world.alive,
    "alive": lambda world: world.alive,
}


def _of_group(worlds: list[Weighed], name: str, chosen: Callable[[Weighed], NDArray[np.bool_]]) -> str:
    at = [[world.leads(least, chosen(world)) for world in worlds] for least in (0.5, 0.9, 0.99)]
    cases = sum(one.cases for one in at[0])
    missed = [sum(one.missed * one.cases for one in each) / max(1, cases) for each in at]
    false = [sum(one.false * one.leads for one in each) / max(1, sum(one.leads for one in each)) for each in at]
    told = (", ".join(f"{value:.1f}" for value in values) for values in (missed, false))
    return f"| {name} | {cases:,} | {' | '.join(told)} |"


def labelled(folder: Path) -> str:
    """Reliability of all pairs of historical_50k that are compared, as the engine of lists says them, against its labels."""
    import polars as pl

    from benchmarks._linkage_historical import PLAN
    from opencompact.missing.candidates.columns import link

    file = pl.read_parquet(folder / "record_linkage_historical_50k.parquet").drop("full_name", "first_and_surname")
    label = file["cluster"].rank("dense").cast(pl.Int64).to_numpy()
    linked = link(file, file, PLAN, itself=True)
    same = label[linked.left] == label[linked.right]
    sizes = np.bincount(label)
    true, leads = int((sizes * (sizes - 1) // 2).sum()), linked.probability >= 0.9
    lines = ["| probability said | pairs | mean said | came true |", "|---|---:|---:|---:|"]
    lines += [
        f"| {one.low:g} – {one.high:g} | {one.pairs:,} | {one.said:.3f} | {one.came_true:.3f} |"
        for one in reliability(linked.probability.astype(float), same)
        if one.pairs
    ]
    lines += [
        "",
        f"Per 100 true pairs ({true:,} in all): never compared {100 * (1 - same.sum() / true):.1f}, found by a lead of 0.9 or more "
        f"{100 * (leads & same).sum() / true:.1f}. Per 100 leads of 0.9 or more ({leads.sum():,} in all): false "
        f"{100 * (leads & ~same).sum() / max(1, leads.sum()):.1f}.",
    ]
    return "\n".join(lines)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seeds", type=int, nargs="*", default=[101, 102, 103])
    parser.add_argument("--sizes", type=int, nargs="*", default=[700])
    parser.add_argument("--errors", type=float, nargs="*", default=[1.0])
    parser.add_argument("--siblings", type=float, default=0.0)
    parser.add_argument("--write", action="store_true")
    parser.add_argument("--labels", action="store_true")
    chosen = parser.parse_args()
    if chosen.labels:
        print(labelled(Path(os.environ["OPENCOMPACT_REFERENCE"]) / "names"))
        return
    told = []
    for times, size in itertools.product(chosen.errors, chosen.sizes):
        # As many worlds as there are seeds of the smallest size; of larger ones fewer, down to one.
        seeds = chosen.seeds[: max(1, len(chosen.seeds) * min(chosen.sizes) // size)]
        cpu = time.process_time()
        worlds = [
            weigh(*records_of_world(seed, size, Rates(errors=times, siblings=chosen.siblings)), TODAY) for seed in seeds
        ]
        erring = "" if times == 1 else f", {times:g} times the errors"
        erring += f", siblings {chosen.siblings:g}" if chosen.siblings else ""
        told.append(f"Worlds of {size:,} people{erring}, seeds {', '.join(map(str, seeds))}.\n\n{table(worlds)}")
        print(told[-1], f"\n{time.process_time() - cpu:.1f} CPU s\n", flush=True)
    if chosen.write:
        before, rest = PAGE.read_text(encoding="utf-8").split(START)
        whole = "\n\n".join(told)
        PAGE.write_text(f"{before}{START}\n{whole}\n{END}{rest.split(END)[1]}", encoding="utf-8")


if __name__ == "__main__":
    main()

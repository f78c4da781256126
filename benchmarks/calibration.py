"""Calibration of candidates on synthetic worlds, on other seeds than the parameters were tuned on (5, 6, 7).

    python benchmarks/calibration.py [--seeds 101 102 103] [--size 700] [--write]
    OPENCOMPACT_REFERENCE=<folder of reference results> python benchmarks/calibration.py --labels

Prints what was said against what came true, misses and false leads per 100; with --write the table in
docs/explanation/calibration.md is put between its markers. With --labels the same for the pairs of one real file whose people are known
(historical_50k), of whose labels nothing is learned.
"""

from __future__ import annotations

import argparse
import datetime
import os
import sys
import time
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).parents[1]))

from opencompact.missing.candidates.calibration import Calibration, calibrate_world, reliability

PAGE = Path(__file__).parents[1] / "docs" / "explanation" / "calibration.md"
START, END = "<!-- measured -->", "<!-- /measured -->"


def table(reports: list[Calibration]) -> str:
    """The bins of all worlds together, and the rates."""
    lines = ["| probability said | pairs | mean said | came true |", "|---|---:|---:|---:|"]
    for bins in zip(*(report.bins for report in reports), strict=True):
        pairs = sum(one.pairs for one in bins)
        if pairs:
            said, came = (sum(one.pairs * value(one) for one in bins) / pairs for value in (_said, _came))
            lines.append(f"| {bins[0].low:g} – {bins[0].high:g} | {pairs:,} | {said:.3f} | {came:.3f} |")
    true = np.array([report.true_pairs for report in reports])
    leads = np.array([report.leads for report in reports])

    def rate(name: str, weights: np.ndarray = true) -> float:
        return float(np.average([getattr(report, name) for report in reports], weights=weights))

    lines += [
        "",
        f"Per 100 true pairs ({int(true.sum())} in all): never compared {rate('missed_by_blocking'):.1f}, not ranked first "
        f"{rate('not_first'):.1f}, not among the first five {rate('not_in_five'):.1f}, found by a lead of 0.9 or more "
        f"{rate('found_by_leads'):.1f}. Per 100 leads of 0.9 or more ({int(leads.sum())} in all): false "
        f"{rate('false_leads', leads):.1f}. Brier score {rate('brier'):.4f}.",
    ]
    return "\n".join(lines)


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


def _said(one: object) -> float:
    return float(one.said)  # type: ignore[attr-defined]


def _came(one: object) -> float:
    return float(one.came_true)  # type: ignore[attr-defined]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seeds", type=int, nargs="*", default=[101, 102, 103])
    parser.add_argument("--size", type=int, default=700)
    parser.add_argument("--write", action="store_true")
    parser.add_argument("--labels", action="store_true")
    chosen = parser.parse_args()
    if chosen.labels:
        print(labelled(Path(os.environ["OPENCOMPACT_REFERENCE"]) / "names"))
        return
    cpu = time.process_time()
    reports = [calibrate_world(seed, chosen.size, datetime.date(2026, 11, 21)) for seed in chosen.seeds]
    said = f"Worlds of {chosen.size} people, seeds {', '.join(map(str, chosen.seeds))}.\n\n{table(reports)}"
    print(said)
    print(f"{time.process_time() - cpu:.1f} CPU s")
    if chosen.write:
        before, rest = PAGE.read_text(encoding="utf-8").split(START)
        PAGE.write_text(f"{before}{START}\n{said}\n{END}{rest.split(END)[1]}", encoding="utf-8")


if __name__ == "__main__":
    main()

"""Calibration of candidates on synthetic worlds, on other seeds than the parameters were tuned on (5, 6, 7).

    python benchmarks/calibration.py [--seeds 101 102 103] [--size 700] [--write]

Prints what was said against what came true, misses and false leads per 100; with --write the table in
docs/explanation/calibration.md is put between its markers.
"""

from __future__ import annotations

import argparse
import datetime
import time
from pathlib import Path

import numpy as np

from opencompact.missing.candidates.calibration import Calibration, calibrate_world

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


def _said(one: object) -> float:
    return float(one.said)  # type: ignore[attr-defined]


def _came(one: object) -> float:
    return float(one.came_true)  # type: ignore[attr-defined]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seeds", type=int, nargs="*", default=[101, 102, 103])
    parser.add_argument("--size", type=int, default=700)
    parser.add_argument("--write", action="store_true")
    chosen = parser.parse_args()
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

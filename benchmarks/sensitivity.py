"""Which judgements matter: every parameter of the evidence halved and doubled, and how candidates of a synthetic world move.

    python benchmarks/sensitivity.py [--seed 101] [--size 700] [--only marks] [--write]

Prints for each parameter, whether cited or a judgement, the F1 of the likeliest candidate of each record at one half (each pair at 0.5 or more is a lead), the Brier score of
all pairs that compete, and the mean log loss of them, as they are and as they move. Shares are halved and doubled, kept within the range that the parameter may have; shares that add up
to one are moved together. A world tells only of what is drawn in it: what it draws no errors of (telephones, mothers, companions, languages) cannot move it and
is left out.
With --write the table is put into docs/explanation/sensitivity.md between its markers.
"""

from __future__ import annotations

import argparse
import copy
import datetime
import math
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

sys.path.insert(0, str(Path(__file__).parents[1]))

from opencompact.missing.candidates import Register, Search, setting_of
from opencompact.missing.candidates.calibration import records_of_world
from opencompact.missing.candidates.competition import shared_probability
from opencompact.missing.evidence.compare import Setting
from opencompact.missing.evidence.described import described, every_parameter, sums
from opencompact.missing.evidence.parameters import defaults

TODAY = datetime.date(2026, 11, 21)
PAGE = Path(__file__).parents[1] / "docs" / "explanation" / "sensitivity.md"
START, END = "<!-- measured -->", "<!-- /measured -->"
SILENT = ("stature.growth", "mother", "companions", "languages", "identifiers", "again.twins", "dependence.share.mother", "dependence.share.companions",
          "dependence.share.languages", "marks.regained", "marks.lost_since")  # fmt: skip
"""What no world tells of, or is a table of growth that was measured."""
TOGETHER = ("sex.errors", "age.spread", "age.outside", "stature.errors", "traits.errors")
"""Tables whose numbers, one for each way of knowing, are moved together."""


def numbers(only: str) -> list[str]:
    """The names of the parameters, or tables of them, that are moved."""
    names: dict[str, None] = {}
    for one in every_parameter():
        table = next((table for table in TOGETHER if one.name.startswith(table)), one.name)
        if isinstance(one.value, int | float | list) and not one.name.startswith(SILENT) and one.name.startswith(only):
            names[table] = None
    return list(names)


def moved(name: str, times: float) -> dict[str, Any]:
    """The parameters with one of them so many times as large: of a list the number behind its share, else its first."""
    changed: dict[str, Any] = copy.deepcopy(dict(defaults()))
    table: Any = changed
    *tables, last = name.split(".")
    for part in tables:
        table = table[part]
    if isinstance(table[last], dict):
        for key, value in table[last].items():
            table[last][key] = _within(f"{name}.{key}", value * times)
    elif isinstance(table[last], list):
        table[last][1] *= times
    else:
        table[last] = _within(name, table[last] * times)
    for names in sums():
        _to_one(changed, names, name)
    return changed


def _within(name: str, value: float) -> float:
    known = described(name)
    low, high = known.between[0] if known and known.between else (-math.inf, math.inf)
    return min(high, max(low, value))


def _to_one(changed: dict[str, Any], names: Sequence[str], kept: str) -> None:
    """Frequencies below one table add up to one again, the one that was moved as it is."""
    table: Any = changed
    if len(names) != 1 or not kept.startswith(f"{names[0]}."):
        return
    for part in names[0].split("."):
        table = table[part]
    last = kept.rpartition(".")[2]
    rest = sum(value for key, value in table.items() if key != last)
    table[last] = min(table[last], 0.95)
    for key in table:
        if key != last:
            table[key] *= (1 - table[last]) / rest


def rests_on(name: str) -> str:
    """Whether a parameter has a source, or is a judgement."""
    source = next(one.source for one in every_parameter() if one.name.startswith(name))
    return "judgement" if source.startswith("judgement") else "cited" if "judgement" not in source else "in part cited"


class World:
    """A synthetic world made ready once: what is said of it under given parameters."""

    def __init__(self, seed: int, size: int) -> None:
        self.sought, self.found, truth = records_of_world(seed, size)
        self.registers = Register(self.sought, TODAY), Register(self.found, TODAY)
        first, second = self.registers
        self.true = {(first.place_of[a], second.place_of[b]) for a, b in truth}

    def under(self, parameters: Any) -> tuple[float, float, float]:
        """F1 at one half, Brier score and mean log loss; as `candidates.calibration.weigh`."""
        setting = setting_of(self.sought, self.found, TODAY, Setting(TODAY, parameters))
        search = Search(*self.registers, setting)
        rows, columns, scores = search.likeliest
        prior = search.prior(None).if_no_other
        told = shared_probability(rows, columns, scores, prior, search.repeats(rows, columns, scores, prior))
        pairs = zip(rows.tolist(), columns.tolist(), strict=True)
        said, came = np.clip(told, 1e-6, 1 - 1e-6), np.array([pair in self.true for pair in pairs])
        leads = said >= 0.5
        f1 = 2 * int((leads & came).sum()) / max(1, int(leads.sum()) + len(self.true))
        loss = -np.where(came, np.log(said), np.log1p(-said)).mean()
        return f1, float(((said - came) ** 2).mean()), float(loss)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seed", type=int, default=101)
    parser.add_argument("--size", type=int, default=700)
    parser.add_argument("--only", default="")
    parser.add_argument("--write", action="store_true")
    chosen = parser.parse_args()
    of = World(chosen.seed, chosen.size).under
    as_is = of(defaults())
    print(
        f"as it is: F1 {as_is[0]:.3f}, Brier {1000 * as_is[1]:.2f}, log loss {1000 * as_is[2]:.1f} (thousandths)",
        flush=True,
    )
    rows = []
    for name in numbers(chosen.only):
        half, double = of(moved(name, 0.5)), of(moved(name, 2.0))
        most = max(abs(one[2] - as_is[2]) for one in (half, double))
        kind = rests_on(name)
        moves = (f"{one[0] - as_is[0]:+.3f}, {1000 * (one[2] - as_is[2]):+.1f}" for one in (half, double))
        rows.append((most, f"| `{name}` | {kind} | {' | '.join(moves)} |"))
        print(rows[-1][1], flush=True)
    rows.sort(key=lambda row: -row[0])
    table = "\n".join(
        [
            f"World of {chosen.size:,} people, seed {chosen.seed}. As it is: F1 {as_is[0]:.3f}, Brier score {as_is[1]:.4f}, log loss {as_is[2]:.4f}.",
            "",
            "| parameter | rests on | halved: F1, log loss in thousandths | doubled |",
            "|---|---|---:|---:|",
            *(row for _, row in rows),
        ]
    )
    if chosen.write:
        before, rest = PAGE.read_text(encoding="utf-8").split(START)
        PAGE.write_text(f"{before}{START}\n{table}\n{END}{rest.split(END)[1]}", encoding="utf-8")


if __name__ == "__main__":
    main()

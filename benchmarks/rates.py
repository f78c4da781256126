"""Learned error rates beside planted ones: how near they come, and how often the 95 % interval holds them.

    python benchmarks/rates.py [--worlds 200] [--calibrate]

Of each world the sex of so many people is told by a family, which errs one time in 500, and by an examiner, who errs at the planted rate; the
default of the examiner is one in 50. Which of the two was wrong is told to nobody. Beside it what counting alone would say: the share of
pairs that differ.

With --calibrate rates are learned from the true pairs of one synthetic world, and candidates of others are ranked with the defaults and with them.
"""

from __future__ import annotations

import argparse
import datetime
import random
import sys
import tempfile
import time
from collections.abc import Iterator
from copy import deepcopy
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[1]))

from opencompact.missing.candidates import setting_of
from opencompact.missing.candidates.calibration import calibrate_world
from opencompact.missing.evidence import Setting, defaults
from opencompact.missing.evidence.learned_rates import learn_rates
from opencompact.missing.evidence.learning import Case, Way, learn_from_cases
from opencompact.missing.records.reading import read_records
from opencompact.missing.world import make_world, write_world

DEFAULT = {"family": 0.002, "examiner": 0.02, "women": 0.5}


def pairs(rng: random.Random, people: int, planted: float) -> Iterator[tuple[str, str]]:
    """The sex that the family tells, and that of the examiner."""
    other = {"F": "M", "M": "F"}
    for _ in range(people):
        true = rng.choice("FM")
        family = other[true] if rng.random() < DEFAULT["family"] else true
        yield family, other[true] if rng.random() < planted else true


def case(told: tuple[str, str]) -> Case:
    """Either sex may be the true one."""
    ways = []
    for true in "FM":
        events = {"family": told[0] != true, "examiner": told[1] != true, "women": true == "F"}
        happened, did_not = (tuple(name for name, took in events.items() if took is which) for which in (True, False))
        ways.append(Way(1.0, happened, did_not))
    return Case(tuple(ways))


def main() -> None:
    """One of the two, as the options say."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--worlds", type=int, default=200)
    parser.add_argument("--calibrate", action="store_true")
    options = parser.parse_args()
    if options.calibrate:
        calibrated()
    else:
        planted_rates(options.worlds)


def planted_rates(worlds: int) -> None:
    """A line for each planted rate and number of people."""
    started = time.process_time()
    print("planted  people  counted  learned  interval holds it")
    for planted, people in ((0.02, 400), (0.08, 100), (0.08, 400), (0.08, 1600), (0.3, 400)):
        learned, counted, held = 0.0, 0.0, 0
        for seed in range(worlds):
            told = list(pairs(random.Random(seed), people, planted))
            one = learn_from_cases(map(case, told), DEFAULT)["examiner"]
            learned += one.value / worlds
            counted += sum(a != b for a, b in told) / people / worlds
            held += one.low <= planted <= one.high
        print(f"{planted:7.2f}  {people:6}  {counted:7.4f}  {learned:7.4f}  {held} of {worlds}")
    print(f"{time.process_time() - started:.1f} CPU s")


def learned_from_world(seed: int, size: int, today: datetime.date) -> dict[str, Any]:
    """The defaults with what the true pairs of a synthetic world teach."""
    with tempfile.TemporaryDirectory() as folder:
        world = make_world(seed, size)
        write_world(world, Path(folder))
        sought, found = (read_records(Path(folder) / f"{name}.csv").records for name in ("sought", "found"))
    first, second = ({record.id: record for record in records} for records in (sought, found))
    people = [[(first[a], second[b])] for a, b in world.truth]
    parameters: dict[str, Any] = deepcopy(dict(defaults()))
    for one in learn_rates(people, setting_of(sought, found, today)):
        if one.enough:
            *tables, key = one.name.split(".")
            table = parameters
            for name in tables:
                table = table[name]
            table[key] = one.value
    return parameters


def calibrated(size: int = 500) -> None:
    """What learned rates change for people of other worlds."""
    today = datetime.date.today()
    started = time.process_time()
    learned = Setting(today, learned_from_world(901, 800, today))
    print("rates     seed  true  not first  among leads of 0.9  false of 100 leads   Brier")
    for seed in (911, 912, 913, 914):
        for name, base in (("default", Setting(today)), ("learned", learned)):
            one = calibrate_world(seed, size, today, base)
            print(
                f"{name:8}  {seed}  {one.true_pairs:4}  {one.not_first:9.1f}  {one.found_by_leads:18.1f}"
                f"  {one.false_leads:18.1f}  {one.brier:.4f}",
                flush=True,
            )
    print(f"{time.process_time() - started:.1f} CPU s")


if __name__ == "__main__":
    main()

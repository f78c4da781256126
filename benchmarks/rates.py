"""Learned error rates beside planted ones: how near they come, and how often the 95 % interval holds them.

    python benchmarks/rates.py [--worlds 200]

Of each world the sex of so many people is told by a family, which errs one time in 500, and by an examiner, who errs at the planted rate; the
default of the examiner is one in 50. Which of the two was wrong is told to nobody. Beside it what counting alone would say: the share of
pairs that differ.
"""

from __future__ import annotations

import argparse
import random
import sys
import time
from collections.abc import Iterator
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from opencompact.missing.evidence.learning import Case, Way, learn_from_cases

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
    """A line for each planted rate and number of people."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--worlds", type=int, default=200)
    worlds = parser.parse_args().worlds
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


if __name__ == "__main__":
    main()

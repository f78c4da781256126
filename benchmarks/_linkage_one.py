"""One new record against a register that is loaded: how long a search takes, in milliseconds."""

from __future__ import annotations

import time
from dataclasses import replace

import numpy as np

from benchmarks._linkage_world import TODAY, world_records
from opencompact.missing.candidates import Register, Search, setting_of


def case_one(size: int = 100_000, queries: int = 50) -> None:
    """Prints the time to load `size` records of a synthetic world and the time of one search, over so many new records."""
    sought, found, _ = world_records(31, 2_000)
    # A register of this size from a world of two thousand: its records again and again, under other ids.
    many = [replace(found[n % len(found)], id=f"{found[n % len(found)].id}-{n}") for n in range(size)]
    start = time.perf_counter()
    register = Register(many, TODAY)
    setting = setting_of((), many, TODAY)
    _ = register.index
    loaded = time.perf_counter() - start
    took = []
    for record in sought[: queries + 5]:
        start = time.perf_counter()
        Search(Register([record], TODAY), register, setting).best(10)
        took.append(1_000 * (time.perf_counter() - start))
    half, most = np.quantile(took[5:], (0.5, 0.95))
    print(
        f"one new record against {size:,}: median {half:.1f} ms, 95 % under {most:.1f} ms; loaded in {loaded:.1f} s",
        flush=True,
    )

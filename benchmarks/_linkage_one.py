"""One new record against a register that is loaded: how long a search takes, in milliseconds."""

from __future__ import annotations

import resource
import time
from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from benchmarks._linkage_world import TODAY, world_records
from opencompact.missing.candidates import Register, Search, setting_of
from opencompact.missing.records.record import Record


def case_one(size: int = 100_000, queries: int = 200) -> None:
    """Prints the cost of making `size` records ready, and of one search over so many new records."""
    sought, found, _ = world_records(31, 2_000)
    many = [*found, *(_recombined(found, number) for number in range(len(found), size))]
    clock = time.process_time(), resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    register = Register(many, TODAY)
    setting = setting_of((), many, TODAY)
    _ = register.index
    loaded = time.process_time() - clock[0]
    grown = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - clock[1]
    took: list[tuple[float, float]] = []
    for record in sought[: queries + 20]:  # the first are those that make the register's side ready
        start = time.perf_counter(), time.process_time()
        Search(Register([record], TODAY), register, setting).best(10)
        took.append((time.perf_counter() - start[0], time.process_time() - start[1]))
    print(
        f"one new record against {size:,} ({sum(not one.names for one in many):,} without a name): "
        f"made ready in {loaded:.1f} CPU s and {grown / 1e6:.2f} GB; a search, milliseconds: "
        + "; ".join(
            f"{what} median {np.quantile(times, 0.5):.1f}, 95 % under {np.quantile(times, 0.95):.1f}"
            for what, times in zip(("wall", "CPU"), 1_000 * np.array(took[20:]).T, strict=True)
        ),
        flush=True,
    )


def _recombined(found: Sequence[Record], number: int) -> Record:
    """Another person of this world: name, birth, way and body each of another one, so that a register is not the same few people again."""
    rng = np.random.default_rng(number)
    one, born, family, way, body = (found[int(at)] for at in rng.integers(0, len(found), 5))
    other = {name.kind: name for name in family.names}
    return replace(
        one,
        id=f"{one.id}-{number}",
        names=tuple(other.get(name.kind, name) if name.kind == "family" else name for name in one.names),
        birth=born.birth,
        age=born.age,
        stops=way.stops,
        objects=way.objects,
        stature=body.stature,
        traits=body.traits,
        marks=body.marks,
        teeth=body.teeth,
    )

"""Kinship: what one run on one machine measures, both sides of every ratio in the same run.

    python -m benchmarks kinship            everything
    python benchmarks/kinship.py search     search | slope | bounded | tables | joint

Data are simulated by seed; wall time is what a user waits, CPU seconds are what a loaded machine still tells.
"""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable
from functools import partial

import numpy as np

from opencompact.missing.joint.subsets import Block, sums
from opencompact.missing.kinship.case import Family, Marker, Pedigree, Person, Profile
from opencompact.missing.kinship.layout import Layout
from opencompact.missing.kinship.mutation import Mutation, MutationModel, matrix_of
from opencompact.missing.kinship.power import drop_genes
from opencompact.missing.kinship.search import Scan

MARKERS, ALLELES = 20, 14
REPEATS = 5


def best(run: Callable[[], object], repeats: int = REPEATS) -> tuple[float, float]:
    """(least wall seconds, least CPU seconds) of several runs."""
    wall, cpu = [], []
    for _ in range(repeats):
        started, burnt = time.perf_counter(), time.process_time()
        run()
        wall.append(time.perf_counter() - started)
        cpu.append(time.process_time() - burnt)
    return min(wall), min(cpu)


def tables(missing: int, remains: int) -> tuple[np.ndarray, np.ndarray]:
    """Tables of the shape of 20 loci of 14 alleles (105 genotypes), and profiles that read them."""
    random = np.random.default_rng(1)
    genotypes = ALLELES * (ALLELES + 1) // 2
    rows = random.normal(-0.6, 0.8, (missing, 1 + MARKERS * genotypes)).astype(np.float32)
    rows[:, 0] = 0
    offsets = 1 + np.arange(MARKERS) * genotypes + random.integers(0, genotypes, (remains, MARKERS))
    return rows, offsets.astype(np.uint16)


def scan(rows: np.ndarray, offsets: np.ndarray, floor: float = 2.0, bounded: bool = False, block: int = 2048) -> int:
    running = Scan(offsets, floor, 10, 10, bounded)
    for start in range(0, len(rows), block):
        running.add(rows[start : start + block])
    return len(list(running.hits()))


def plain_numpy(rows: np.ndarray, offsets: np.ndarray, floor: float = 2.0) -> int:
    """The same work in NumPy: one row after the other, fancy indexing, everything scored."""
    return sum(int((row[offsets].sum(axis=1) >= floor).sum()) for row in rows)


def search() -> None:
    import numba

    rows, offsets = tables(4_096, 10_000)
    wide = offsets.astype(np.intp)
    few = rows[:200]
    scan(rows[:64], offsets)
    # Taken in turn, so that both sides meet the same noise.
    ours, theirs = [], []
    for _ in range(REPEATS):
        ours.append(best(lambda: scan(rows, offsets), 1))
        theirs.append(best(lambda: plain_numpy(few, wide), 1))
    pairs, few_pairs = len(rows) * len(offsets), len(few) * len(offsets)
    wall, cpu = (min(one[k] for one in ours) for k in (0, 1))
    numpy_wall, numpy_cpu = (min(one[k] for one in theirs) for k in (0, 1))
    threads = numba.get_num_threads()
    print(f"blind search, full scoring, {MARKERS} loci, {pairs:.2e} pairs, {threads} threads")
    print(f"  ours   {pairs / wall / 1e6:8.0f} M pairs/s wall   {pairs / cpu / 1e6:8.0f} M pairs/CPU-s")
    print(
        f"  NumPy  {few_pairs / numpy_wall / 1e6:8.1f} M pairs/s wall   {few_pairs / numpy_cpu / 1e6:8.1f} M pairs/CPU-s"
    )
    print(f"  ratio  {pairs / wall / (few_pairs / numpy_wall):8.1f} × wall (asked: 12 ×)")
    print(f"         {pairs / cpu / (few_pairs / numpy_cpu):8.1f} × per CPU second, {threads} × that on quiet cores")


def bounded() -> None:
    """Tables and profiles of simulated families and strangers: parents and children, with and without mutation."""
    for model in ("none", "proportional"):
        loci = markers(model)
        targets = families(loci, 512, ("mother and sibling", "spouse and two children"))
        random = np.random.default_rng(6)
        strangers = [
            Profile(
                "r", {m.name: tuple(sorted(random.choice(len(m.alleles), 2, p=m.frequencies).tolist())) for m in loci}
            )
            for _ in range(50_000)
        ]
        layout = Layout(loci, strangers)
        rows, offsets = layout.rows(targets).astype(np.float32), layout.compact(strangers)
        pairs = len(rows) * len(offsets)
        scan(rows[:64], offsets, 4.0, True)
        full = best(partial(scan, rows, offsets, 4.0), 3)
        left = best(partial(scan, rows, offsets, 4.0, True), 3)
        same = scan(rows, offsets, 4.0) == scan(rows, offsets, 4.0, True)
        print(f"exact upper bounds, mutation {model}, {pairs:.2e} pairs, floor log10 LR 4, same hits: {same}")
        for name, (wall, cpu) in (("full", full), ("bounded", left)):
            print(f"  {name:8} {pairs / wall / 1e6:6.0f} M pairs/s wall   {pairs / cpu / 1e6:6.0f} M pairs/CPU-s")


def slope() -> None:
    """Time at 1, 4 and 16 times the pairs, by more missing and by more remains."""
    rows, offsets = tables(8_192, 16_000)
    scan(rows[:64], offsets[:200])
    print("slope: CPU seconds at 1, 4, 16 × the pairs (2 × 4 of both at the last)")
    measured = []
    for missing, remains in ((2_048, 4_000), (4_096, 8_000), (8_192, 16_000)):
        cpu = best(lambda m=missing, r=remains: scan(rows[:m], offsets[:r]), 3)[1]
        measured.append(cpu)
        print(f"  {missing:6,} × {remains:6,}  {cpu:8.3f} s   {missing * remains / cpu / 1e6:8.0f} M pairs/CPU-s")
    print(f"  ratios {measured[1] / measured[0]:.2f}, {measured[2] / measured[1]:.2f} (4 is proportional)")
    hours = measured[2] / (8_192 * 16_000) * 1e12 / 3600
    memory = (2_000 * rows.shape[1] * (4 + 8) + 1e6 * (40 + 10 * 12)) / 2**30
    print(f"  10⁶ × 10⁶ at this slope: {hours:.1f} CPU-hours; {memory:.1f} GiB, whatever the number of missing")


SHAPES: dict[str, tuple[tuple[Person, ...], tuple[str, ...]]] = {
    "two siblings": (
        (
            Person("F", sex="male"), Person("M", sex="female"), Person("T", "F", "M", "male"),
            Person("A", "F", "M", "male"), Person("B", "F", "M", "female"),
        ),
        ("A", "B"),
    ),
    "mother and sibling": (
        (Person("F", sex="male"), Person("M", sex="female"), Person("T", "F", "M", "male"), Person("A", "F", "M", "male")),
        ("M", "A"),
    ),
    "spouse and two children": (
        (
            Person("T", sex="male"), Person("W", sex="female"), Person("A", "T", "W", "male"),
            Person("B", "T", "W", "female"),
        ),
        ("W", "A", "B"),
    ),
    "grandmother and uncle": (
        (
            Person("G", sex="male"), Person("H", sex="female"), Person("F", "G", "H", "male"),
            Person("U", "G", "H", "male"), Person("M", sex="female"), Person("T", "F", "M", "male"),
        ),
        ("H", "U"),
    ),
}  # fmt: skip


def markers(model: str, number: int = MARKERS) -> list[Marker]:
    random = np.random.default_rng(3)
    made = []
    for place in range(number):
        size = int(random.integers(9, 20))
        frequencies = random.dirichlet(np.full(size, 1.5)) * 0.99 + 0.01 / size
        alleles = tuple(str(10 + step) for step in range(size))
        mutation = None
        if model != "none":
            stated = MutationModel(model, 0.002, 1e-6, 0.1)
            matrix = matrix_of(stated, alleles, frequencies)
            mutation = Mutation(matrix, matrix, stated, stated)
        made.append(Marker(f"L{place}", alleles, frequencies, False, mutation))
    return made


def families(loci: list[Marker], number: int, shapes: tuple[str, ...] = tuple(SHAPES)) -> list[tuple[Family, str]]:
    """Simulated families of these shapes, as many of each."""
    made = []
    for name in shapes:
        members, typed = SHAPES[name]
        family = Family(name, Pedigree(members), ("T",), {})
        dropped = {m.name: drop_genes(family, m, number // len(shapes), np.random.default_rng(len(made))) for m in loci}
        for one in range(number // len(shapes)):
            profiles = {
                person: Profile(person, {m.name: tuple(sorted(dropped[m.name][person][one].tolist())) for m in loci})
                for person in typed
            }
            made.append((Family(f"{name} {one}", family.pedigree, ("T",), profiles), "T"))
    return made


def building() -> None:
    for model, number, asked in (("proportional", 10_000, 30), ("stepwise", 2_000, 180)):
        loci = markers(model)
        targets = families(loci, number)
        layout = Layout(loci, [])
        layout.rows(targets[:8])
        started, burnt = time.perf_counter(), time.process_time()
        for start in range(0, number, 2_000):
            layout.rows(targets[start : start + 2_000])
        wall, cpu = time.perf_counter() - started, time.process_time() - burnt
        scale = 10_000 / number
        print(f"tables, {model}, {number:,} families of 4 shapes × {MARKERS} loci: {wall:.1f} s wall, {cpu:.1f} CPU-s")
        print(f"  per 10,000 families: {wall * scale:.1f} s wall, {cpu * scale:.1f} CPU-s (asked: under {asked} s)")


def joint() -> None:
    random = np.random.default_rng(4)
    weights = random.normal(-5, 8, (20, 20)) + np.diag(np.full(20, 30.0))
    blocks = [
        Block(np.array([0, *(1 << np.arange(20))], np.int64), np.array([0.0, *weights[row]])) for row in range(20)
    ]
    sums(blocks[:1], 20)
    started, burnt = time.perf_counter(), time.process_time()
    found = sums(blocks, 20)
    wall, cpu = time.perf_counter() - started, time.process_time() - burnt
    print(f"joint posterior and all marginals, 20 × 20: {wall:.2f} s wall, {cpu:.2f} CPU-s (asked: under 5 s)")
    largest = max(float(np.abs(share.sum() - 1)) for share in found.posterior)
    print(f"  ln total {found.ln_total:.6f}, marginals add up to 1 within {largest:.1e}")


PARTS = {"search": search, "bounded": bounded, "slope": slope, "tables": building, "joint": joint}


def main() -> None:
    chosen = sys.argv[1:] or list(PARTS)
    for name in chosen:
        print(f"[load {', '.join(f'{value:.1f}' for value in os.getloadavg())}; {os.cpu_count()} cores]")
        PARTS[name]()


if __name__ == "__main__":
    main()

"""The commands as somebody runs them: `missing candidates` on worlds of 1, 4 and 16 times the size, and both ways on the two lists of scenario (c).

CPU seconds (user and system) and the peak of memory are those of the command's own process, start, reading and writing included. The lists are
written with our columns; a town is a point, scattered over its country. F1 is that of pairs of probability one half and more, each
record once, the likeliest first.
"""

from __future__ import annotations

import csv
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np
import polars as pl

from benchmarks._linkage_scenario import TOWNS, Names, read_names, scenario

LEAST = 0.5
WORLD_SEED = 7
WIDE = 3.0
"""Degrees about its middle over which the towns of a country are scattered."""
Pair = tuple[str, str]


class Run(NamedTuple):
    """What a command took: CPU seconds, and GB at its peak."""

    cpu: float
    peak: float


def case_command(folder: Path, sizes: Sequence[int], alone: Sequence[int], worlds: Sequence[int], seed: int) -> None:
    """Prints what the commands cost and find, and how the cost grows; `link` alone at the sizes of `alone` too."""
    with tempfile.TemporaryDirectory() as held:
        _of_worlds(Path(held), worlds)
        names = read_names(folder)
        for command, those in (("candidates", sizes), ("link", [*sizes, *alone])):
            first: Run | None = None
            for size in those:
                written = write_lists(Path(held) / f"{size}", names, seed, size)
                run, found = of_lists(command, written)
                first = first or run
                _tell_lists(command, size, written, run, found, first)


def _of_worlds(held: Path, worlds: Sequence[int]) -> None:
    first: tuple[int, Run] | None = None
    for size in worlds:
        folder = held / f"world{size}"
        _run("world", "--seed", str(WORLD_SEED), "--size", str(size), "--out", str(folder))
        files = [str(folder / f"{name}.csv") for name in ("sought", "found")]
        out, told = folder / "out.jsonl", folder / "told.json"
        run = _run(
            "candidates",
            *files,
            "--top",
            "5",
            "--truth",
            str(folder / "truth.csv"),
            "--out",
            str(out),
            "--json",
            to=told,
        )
        summary = json.loads(told.read_text(encoding="utf-8"))
        records = sum(file["records"] for file in summary["files"])
        first = first or (records, run)
        print(
            f"candidates, world of {size:,}: {records:,} records, {run.cpu:.1f} CPU s ({1000 * run.cpu / records:.1f} a thousand), "
            f"peak {run.peak:.2f} GB; {run.cpu / first[1].cpu:.1f} × the CPU s for {records / first[0]:.1f} × the records; of "
            f"{summary['truth']['pairs']:,} true pairs {100 * summary['truth']['compared']:.1f} % compared, "
            f"{100 * summary['truth']['first']:.1f} % first, {100 * summary['truth']['among_top']:.1f} % among the first 5",
            flush=True,
        )  # fmt: skip


def write_lists(folder: Path, names: Names, seed: int, size: int) -> Path:
    """The two lists of scenario (c) as a.csv and b.csv, and truth.csv."""
    folder.mkdir(exist_ok=True)
    a, b, whose = scenario(names, seed, size)
    towns = _towns(len(names.countries))
    for side, name, kind, place in ((a, "a", "sought", "last_contact_place"), (b, "b", "found", "found_place")):
        table = side.rename(
            {"given": "given_name", "father": "father_name", "family": "family_name", "country": "nationality"}
        )
        table = table.with_columns(
            pl.col("nationality").str.replace_all("_", " "), pl.col("place").replace_strict(towns, default=None).alias(place)
        )  # fmt: skip
        ids = pl.Series("id", [f"{name.upper()}{row}" for row in range(size)])
        table.drop("place").insert_column(0, ids).with_columns(kind=pl.lit(kind)).write_csv(folder / f"{name}.csv")
    true = [(f"A{row}", f"B{at}") for at, row in enumerate(whose.tolist()) if row >= 0]
    pl.DataFrame(true, ["sought", "found"], orient="row").write_csv(folder / "truth.csv")
    return folder


def _towns(countries: int) -> dict[str, str]:
    """Where each town is, as latitude and longitude."""
    rng = np.random.default_rng(0)
    middles = np.stack([rng.uniform(-35, 60, countries), rng.uniform(-120, 150, countries)], axis=1)
    points = middles[:, None, :] + rng.uniform(-WIDE, WIDE, (countries, TOWNS, 2))
    return {
        f"{country}/{town}": f"{points[country, town, 0]:.3f}, {points[country, town, 1]:.3f}"
        for country in range(countries)
        for town in range(TOWNS)
    }


def of_lists(command: str, folder: Path) -> tuple[Run, list[tuple[float, Pair]]]:
    """What a command took on two lists, and the pairs that it found with their probability."""
    files = str(folder / "a.csv"), str(folder / "b.csv")
    out = folder / f"{command}.{'jsonl' if command == 'candidates' else 'csv'}"
    more = ("--top", "1") if command == "candidates" else ("--least", str(LEAST))
    run = _run(command, *files, *more, "--out", str(out), "--json", to=folder / "told.json")
    return run, sorted(_pairs(out), key=lambda one: -one[0])


def _pairs(out: Path) -> Iterator[tuple[float, Pair]]:
    with out.open(encoding="utf-8") as stream:
        if out.suffix == ".csv":
            for row in csv.DictReader(stream):
                yield float(row["probability"]), (row["left"], row["right"])
        else:
            for line in stream:
                told = json.loads(line)
                yield told["probability"], (told["sought"], told["found"])


def _tell_lists(
    command: str, size: int, folder: Path, run: Run, found: Sequence[tuple[float, Pair]], first: Run
) -> None:
    true = set(pl.read_csv(folder / "truth.csv").iter_rows())
    left: set[str] = set()
    right: set[str] = set()
    chosen = hits = 0
    for probability, (a, b) in found:
        if probability >= LEAST and a not in left and b not in right:
            left.add(a)
            right.add(b)
            chosen += 1
            hits += (a, b) in true
    grown = "" if run is first else f"  {run.cpu / first.cpu:.1f} × the CPU s of the smallest"
    print(
        f"{command:10}{size:>10,}  precision {hits / max(1, chosen):.3f}  recall {hits / len(true):.3f}  F1 {2 * hits / (chosen + len(true)):.4f}"
        f" at {LEAST:.2f}  {run.cpu:.1f} CPU s  peak {run.peak:.2f} GB{grown}",
        flush=True,
    )


def _run(*words: str, to: Path | None = None) -> Run:
    """Runs `opencompact missing …` in a process of its own. Raises CalledProcessError where it fails."""
    with (to or Path(os.devnull)).open("w", encoding="utf-8") as stream:
        process = subprocess.Popen([sys.executable, "-m", "opencompact.cli.main", "missing", *words], stdout=stream)
        _, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise subprocess.CalledProcessError(process.returncode, words)
    return Run(used.ru_utime + used.ru_stime, used.ru_maxrss / 1e6)

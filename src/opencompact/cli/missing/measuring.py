"""Commands that make a synthetic world and measure what probabilities are worth."""

from __future__ import annotations

import datetime
from pathlib import Path

import click

from opencompact.cli.missing.group import (
    missing,
)
from opencompact.cli.output import headings, json_option, number, print_json, print_table, say


@missing.command()
@click.option(
    "--seed", default=1, show_default=True, type=click.IntRange(min=0), help="The same seed gives the same world."
)
@click.option("--size", default=1000, show_default=True, type=click.IntRange(1, 1_000_000), help="People.")
@click.option("--out", required=True, type=click.Path(path_type=Path, file_okay=False), help="Folder to write to.")
@json_option
def world(seed: int, size: int, out: Path, as_json: bool) -> None:
    """A synthetic world of people who never lived: sought.csv, found.csv and truth.csv.

    Example: opencompact missing world --seed 7 --size 1000 --out world
    """
    from opencompact.missing.world import make_world, write_world

    made = make_world(seed, size)
    out.mkdir(parents=True, exist_ok=True)
    write_world(made, out)
    counts = {"sought": len(made.sought), "found": len(made.found), "truth": len(made.truth)}
    if as_json:
        print_json({"seed": seed, "size": size, "out": str(out), "synthetic": True, **counts})
    else:
        say(
            "Synthetic: {sought} people sought, {found} found, {truth} true pairs, in {out}.",
            sought=counts["sought"],
            found=counts["found"],
            truth=counts["truth"],
            out=out,
        )


@missing.command()
@click.option(
    "--seed",
    default=101,
    show_default=True,
    type=click.IntRange(min=0),
    help="Another seed than the parameters were tuned on.",
)
@click.option("--size", default=1000, show_default=True, type=click.IntRange(50, 100_000), help="People.")
@json_option
def calibrate(seed: int, size: int, as_json: bool) -> None:
    """Does 0.9 come true nine times in ten? Probabilities against the truth of a synthetic world.

    Example: opencompact missing calibrate --seed 101 --size 2000
    """
    from dataclasses import asdict

    from opencompact.missing.candidates.calibration import calibrate_world

    report = calibrate_world(seed, size, datetime.date.today())
    if as_json:
        print_json(asdict(report))
        return
    rows = [
        [f"{number(b.low, 'g')}–{number(b.high, 'g')}", b.pairs, number(b.said, ".3f"), number(b.came_true, ".3f")]
        for b in report.bins
        if b.pairs
    ]
    print_table(headings("probability", "pairs", "said", "came true"), rows, right=range(1, 4))
    say(
        "Per 100 true pairs: {missed_by_blocking:.1f} never compared, {not_first:.1f} not first, {not_in_five:.1f} not among five. Of leads at 0.9 and above {false_leads:.1f} in 100 are false. Brier score {brier:.4f}. Synthetic data, seed {seed}.",
        missed_by_blocking=report.missed_by_blocking,
        not_first=report.not_first,
        not_in_five=report.not_in_five,
        false_leads=report.false_leads,
        brier=report.brier,
        seed=seed,
    )

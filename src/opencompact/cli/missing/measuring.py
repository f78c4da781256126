"""Commands that make a synthetic world and measure what probabilities are worth."""

from __future__ import annotations

import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from opencompact.cli.missing.deciding import events_of
from opencompact.cli.missing.files import (
    SYNTHETIC,
    is_synthetic,
    own_rates,
    read_file,
    say_rates,
    setting_with,
)
from opencompact.cli.missing.group import (
    closed_option,
    file_type,
    mapping_options,
    missing,
    rates_option,
)
from opencompact.cli.missing.whose import about
from opencompact.cli.output import headings, json_option, number, print_json, print_table, say
from opencompact.errors import NoDataError, UsageError
from opencompact.language import counted

if TYPE_CHECKING:
    from opencompact.missing.candidates.calibration import Calibration
    from opencompact.missing.evidence.compare import Setting
    from opencompact.missing.records.reading import Reading


@missing.command(epilog="Example: opencompact missing world --seed 7 --size 1000 --out world")
@click.option(
    "--seed", default=1, show_default=True, type=click.IntRange(min=0), help="The same seed gives the same world."
)
@click.option("--size", default=1000, show_default=True, type=click.IntRange(1, 1_000_000), help="People.")
@click.option("--out", required=True, type=click.Path(path_type=Path, file_okay=False), help="Folder to write to.")
@json_option
def world(seed: int, size: int, out: Path, as_json: bool) -> None:
    """A synthetic world of people who never lived: sought.csv, found.csv and truth.csv."""
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


@missing.command(epilog="Example: opencompact missing calibrate sought.csv found.csv --decisions decisions.jsonl")
@click.argument("sought", type=file_type, required=False)
@click.argument("found", type=file_type, required=False)
@click.option(
    "--decisions", "decisions_file", type=file_type, help="Your decisions about the records of SOUGHT and FOUND."
)
@mapping_options
@closed_option
@click.option(
    "--seed",
    default=101,
    show_default=True,
    type=click.IntRange(min=0),
    help="Another seed than the parameters were tuned on.",
)
@click.option("--size", default=1000, show_default=True, type=click.IntRange(50, 100_000), help="People.")
@rates_option
@json_option
def calibrate(
    sought: Path | None,
    found: Path | None,
    decisions_file: Path | None,
    mapping: Path | None,
    mapping_sought: Path | None,
    mapping_found: Path | None,
    closed: float | None,
    seed: int,
    size: int,
    rates_file: Path | None,
    as_json: bool,
) -> None:
    """Does 0.9 come true nine times in ten? Probabilities against what people decided, or the truth of a synthetic world.

    Without files a world is made (--seed, --size). With SOUGHT, FOUND and --decisions the pairs that somebody judged are counted,
    and no others.
    """
    from dataclasses import asdict

    from opencompact.missing.candidates.calibration import calibrate_world
    from opencompact.missing.records.apart import check_apart

    today = datetime.date.today()
    if sought and found and decisions_file:
        readings = (
            read_file(sought, mapping_sought or mapping, quiet=as_json),
            read_file(found, mapping_found or mapping, kind="found", quiet=as_json),
        )
        check_apart(*readings)
        rates = own_rates(rates_file, *readings)
        base = setting_with(rates, today)
        report, made_up = _by_decisions(*readings, decisions_file, closed, base), is_synthetic(*readings)
    elif sought or decisions_file:
        raise UsageError(
            "To calibrate on decisions takes both files of records and the decisions about them.",
            value=str(sought or decisions_file),
            remedy="Give SOUGHT, FOUND and --decisions; or none of them for a synthetic world.",
        )
    else:
        rates = own_rates(rates_file)
        report, made_up = calibrate_world(seed, size, today, setting_with(rates, today)), True
    if as_json:
        print_json({**asdict(report), "synthetic": made_up, "rates": rates.as_dict() if rates else None})
        return
    _say_reliability(report)
    say_rates(rates)
    if decisions_file:
        _say_of_decisions(report)
    else:
        say("Synthetic data, seed {seed}.", seed=seed)
    if decisions_file and made_up:
        say(SYNTHETIC)


def _by_decisions(
    first: Reading, second: Reading, decisions_file: Path, closed: float | None, base: Setting
) -> Calibration:
    """The calibration on the judgements that stand. Raises NoDataError where they make no pair of the two files one person or two."""
    from opencompact.missing.candidates.calibration import calibrate as calibrated
    from opencompact.missing.candidates.calibration import labels_of
    from opencompact.missing.decisions import standing

    now = about(standing(events_of(decisions_file)), decisions_file, first, second)
    ids = [{record.id for record in reading.records} for reading in (first, second)]
    same, apart = labels_of(now, *ids)
    if not same and not apart:
        raise NoDataError(
            "No decision that stands says of a record of each file that they are one person, or two.",
            file=decisions_file,
            remedy="Decide about candidates with: opencompact missing judge.",
        )
    return calibrated(first.records, second.records, same, base.today, closed, apart, base)


def _say_reliability(report: Calibration) -> None:
    rows = [
        [f"{number(b.low, 'g')}–{number(b.high, 'g')}", b.pairs, number(b.said, ".3f"), number(b.came_true, ".3f")]
        for b in report.bins
        if b.pairs
    ]
    print_table(headings("probability", "pairs", "said", "came true"), rows, right=range(1, 4))
    say(
        "Per 100 true pairs: {missed_by_blocking:.1f} never compared, {not_first:.1f} not first, {not_in_five:.1f} not among five. Of leads at 0.9 and above {false_leads:.1f} in 100 are false. Brier score {brier:.4f}.",
        missed_by_blocking=report.missed_by_blocking,
        not_first=report.not_first,
        not_in_five=report.not_in_five,
        false_leads=report.false_leads,
        brier=report.brier,
    )


def _say_of_decisions(report: Calibration) -> None:
    """What the numbers rest on, and what they cannot say."""
    judged = sum(b.pairs for b in report.bins)
    say(
        counted(
            "They rest on {n} candidate that was judged. Pairs judged to be one person, in all: {true}.",
            "They rest on {n} candidates that were judged. Pairs judged to be one person, in all: {true}.",
            judged,
            true=report.true_pairs,
        )
    )
    if report.leads_not_judged:
        say(
            counted(
                "{n} lead at 0.9 or above was judged by nobody: it is not counted.",
                "{n} leads at 0.9 or above were judged by nobody: they are not counted.",
                report.leads_not_judged,
            )
        )
    say(
        "Who judged with the probability in view is no witness for it: judge some candidates without, and some that are unlikely."
    )

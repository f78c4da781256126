"""The command that links two large lists of plain columns: names, sex, year, country, place."""

from __future__ import annotations

import csv
import math
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from opencompact.cli.known import Known
from opencompact.cli.missing.group import (
    file_type,
    mapping_both,
    missing,
    recipient_option,
)
from opencompact.cli.output import headings, json_option, number, print_json, print_table, say
from opencompact.cli.speaking import spoken
from opencompact.cli.writing import refuse_to_overwrite
from opencompact.errors import InvalidDataError, UsageError
from opencompact.language import counted, said

if TYPE_CHECKING:
    from opencompact.missing.candidates.columns import Linked, Plan
    from opencompact.missing.candidates.lists import ListedPair, PeopleList

MOST_LINES = 50


@missing.command(epilog="Example: opencompact missing link register.csv arrivals.csv --out pairs.csv")
@click.argument("left", type=file_type)
@click.argument("right", type=file_type)
@mapping_both
@click.option("--mapping-left", type=file_type, help="Mapping of the columns of LEFT (TOML).")
@click.option("--mapping-right", type=file_type, help="Mapping of the columns of RIGHT (TOML).")
@click.option(
    "--engine",
    type=Known(["own", "splink"]),
    default="own",
    show_default=True,
    help="Who compares: ours, or Splink 5 on DuckDB (pip install 'opencompact[splink]').",
)
@click.option(
    "--least",
    type=click.FloatRange(0, 1),
    default=0.5,
    show_default=True,
    help="Pairs that are less probable are left out.",
)
@click.option("--truth", type=file_type, help="Pairs known to be one person (CSV): precision and recall are printed.")
@click.option("--out", type=file_type, help="Write the pairs here (CSV): ids, probability, and what each column says.")
@recipient_option
@json_option
def link(
    left: Path,
    right: Path,
    mapping: Path | None,
    mapping_left: Path | None,
    mapping_right: Path | None,
    engine: str,
    least: float,
    truth: Path | None,
    out: Path | None,
    recipient: str | None,
    as_json: bool,
) -> None:
    """Two large lists with the same plain columns, each person once: names, sex, year or day of birth, country, place, numbers.

    A million rows a side take seven minutes of one processor and three and a half gigabytes. What a column tells is learned from the
    lists themselves. Marks, teeth, statures and days are not looked at: that is what `missing candidates` weighs, and `missing explain`
    shows a pair in full.
    """
    from opencompact.missing.candidates.lists import listed_pairs, made_up, plan_of, read_list, with_whole_names

    refuse_to_overwrite(out, left, right, truth)
    sides = with_whole_names(
        read_list(left, mapping_left or mapping, recipient=recipient),
        read_list(right, mapping_right or mapping, recipient=recipient),
    )
    _check_two(left, right)
    synthetic = made_up(*sides)
    plan = plan_of(*sides)
    linked = _linked(engine, sides, plan)
    pairs = listed_pairs(linked, sides[0].ids, sides[1].ids, least)
    summary = _summary(sides, plan, linked, pairs, engine) | {"synthetic": synthetic}
    if truth:
        summary["truth"] = _beside_truth(truth, pairs, linked, sides)
    if out:
        _write(pairs, linked, out)
    if as_json:
        print_json({**summary, **({"out": str(out)} if out else {"pairs": [_as_dict(pair) for pair in pairs]})})
        return
    if not out:
        _show(pairs)
    _say(summary, out)


def _check_two(left: Path, right: Path) -> None:
    """Raises UsageError for a list beside itself: every row would be found again."""
    if left.resolve() == right.resolve():
        raise UsageError(
            "Both lists are the same file: every row would be found in it again.",
            value=str(right),
            remedy="Give two lists; people who stand twice in one are found by: opencompact missing duplicates.",
        )


def _linked(engine: str, sides: tuple[PeopleList, PeopleList], plan: Plan) -> Linked:
    if engine == "splink":
        from opencompact.missing.candidates.splinking import link_with_splink

        return link_with_splink(sides[0].table, sides[1].table, plan)
    from opencompact.missing.candidates.columns import link as linked

    return linked(sides[0].table, sides[1].table, plan)


def _summary(
    sides: tuple[PeopleList, PeopleList], plan: Plan, linked: Linked, pairs: list[ListedPair], engine: str
) -> dict[str, Any]:
    return {
        "engine": engine,
        "lists": [
            {
                "file": str(side.file),
                "rows": side.rows,
                "people": len(side.ids),
                "set_aside_by_consent": side.refused,
                "cells_not_read": dict(side.unread),
                "columns_not_used": list(side.not_used),
            }
            for side in sides
        ],
        "columns": [*plan.names, *plan.categories, *plan.years, *plan.texts],
        "compared": linked.compared,
        "pairs_found": len(pairs),
        "few_rows": _few(sides),
        "learned": {name: [round(share, 6) for share in rates.same] for name, rates in linked.learned.items()},
    }


def _few(sides: tuple[PeopleList, PeopleList]) -> int | None:
    """How many rows the shorter list has, where they are too few to learn from."""
    from opencompact.missing.candidates.columns import FEW

    shorter = min(len(side.ids) for side in sides)
    return shorter if shorter < FEW else None


def _beside_truth(
    truth: Path, pairs: list[ListedPair], linked: Linked, sides: tuple[PeopleList, PeopleList]
) -> dict[str, Any]:
    """Precision and recall of the pairs, and how many of the true ones were compared at all."""
    from opencompact.missing.candidates import read_truth

    known = [set(side.ids) for side in sides]
    true = {(a, b) for a, b in read_truth(truth) if a in known[0] and b in known[1]}
    if not true:
        raise InvalidDataError(
            "None of the pairs names a row of each list.",
            file=truth,
            remedy="Give two columns: the id of the left row, the id of the right one.",
        )
    met = {(sides[0].ids[a], sides[1].ids[b]) for a, b in zip(linked.left.tolist(), linked.right.tolist(), strict=True)}
    right = sum((pair.left, pair.right) in true for pair in pairs)
    precision, recall = right / max(1, len(pairs)), right / len(true)
    return {
        "pairs": len(true),
        "precision": precision,
        "recall": recall,
        "f1": 2 * precision * recall / (precision + recall) if right else 0.0,
        "held": len(true & met) / len(true),
    }


def _write(pairs: list[ListedPair], linked: Linked, out: Path) -> None:
    from opencompact.tables import replace_atomically

    columns = list(linked.fields)
    with replace_atomically(out) as path, Path(path).open("w", encoding="utf-8", newline="") as stream:
        lines = csv.writer(stream, lineterminator="\n")
        lines.writerow(["left", "right", "probability", "ln_likelihood_ratio", *columns])
        for pair in pairs:
            told = [f"{pair.columns[name]:.3f}" for name in columns]
            lines.writerow([pair.left, pair.right, f"{pair.probability:.6f}", f"{pair.ln_likelihood_ratio:.3f}", *told])


def _as_dict(pair: ListedPair) -> dict[str, Any]:
    return {
        "left": pair.left,
        "right": pair.right,
        "probability": round(pair.probability, 6),
        "ln_likelihood_ratio": round(pair.ln_likelihood_ratio, 3),
        "columns": {name: round(told, 3) for name, told in pair.columns.items()},
    }


def _show(pairs: list[ListedPair]) -> None:
    from opencompact.missing.candidates.explaining import told_probability

    rows = [
        [
            pair.left,
            pair.right,
            number(pair.ln_likelihood_ratio / math.log(10), ".2f"),
            told_probability(pair.probability, spoken()),
        ]
        for pair in pairs[:MOST_LINES]
    ]
    print_table(headings("left", "right", "log10 LR", "probability"), rows, right=(2, 3))


def _say(summary: dict[str, Any], out: Path | None) -> None:
    """The account of both lists and of what was found, in sentences."""
    from opencompact.cli.missing.files import SYNTHETIC

    for side in summary["lists"]:
        say(
            "{file}: {rows} read, {people} compared, {refused} set aside by what their givers agreed to.",
            file=side["file"],
            rows=counted("{n} row", "{n} rows", side["rows"]),
            people=side["people"],
            refused=side["set_aside_by_consent"],
        )
        for name, cells in side["cells_not_read"].items():
            say(
                counted(
                    "{field}: {n} cell could not be read and is unknown; `missing check` lists them.",
                    "{field}: {n} cells could not be read and are unknown; `missing check` lists them.",
                    cells,
                    field=name,
                )
            )
        if side["columns_not_used"]:
            say("Columns that linking does not look at: {columns}.", columns=", ".join(side["columns_not_used"]))
    if summary["synthetic"]:
        say(SYNTHETIC)
    say("Columns compared: {columns}.", columns=", ".join(summary["columns"]))
    if summary["few_rows"] is not None:
        say(
            counted(
                "The shorter list has {n} row, too few to learn from: what columns tell, and how many people are in both, is what was taken beforehand.",
                "The shorter list has {n} rows, too few to learn from: what columns tell, and how many people are in both, is what was taken beforehand.",
                summary["few_rows"],
            )
        )
    if "truth" in summary:
        told = summary["truth"]
        say(
            "Of {pairs} true pairs {recall:.1f} % were found, and {held:.1f} % were among the likeliest that were compared; {precision:.1f} % of the pairs found are true (F1 {f1:.3f}).",
            pairs=told["pairs"],
            recall=100 * told["recall"],
            held=100 * told["held"],
            precision=100 * told["precision"],
            f1=told["f1"],
        )
    shown: str = ""
    if out:
        shown = said(" in {out}", out=out)
    elif summary["pairs_found"] > MOST_LINES:
        shown = said(", of which the first {n} are shown (--out)", n=MOST_LINES)
    say(
        counted(
            "{n} pair{shown}. A pair is a lead, not an identification: a person decides.",
            "{n} pairs{shown}. A pair is a lead, not an identification: a person decides.",
            summary["pairs_found"],
            shown=shown,
        )
    )

"""Commands that compare names: two, the pairs of a file, or one file against another."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from opencompact.cli.groups import Group
from opencompact.cli.known import lang_option
from opencompact.cli.output import json_option, print_json, print_table, progress, say
from opencompact.cli.speaking import language_of, speaking, spoken, tell
from opencompact.cli.writing import refuse_to_overwrite
from opencompact.language import N_, said

if TYPE_CHECKING:
    from opencompact.missing.names import Comparison

_FILE = click.Path(path_type=Path, dir_okay=False)
_OUT = click.option("--out", required=True, type=_FILE, help="The file to write (tab-separated, UTF-8).")

# How two parts of names can be equated: `AlignedPart.relation`.
RELATIONS = (N_("same"), N_("sound"), N_("near"), N_("known"), N_("kindred"), N_("initial"))


@click.group(cls=Group)
def names() -> None:
    """Compare names across scripts and spellings.

    A score is a log likelihood ratio in nats: above zero the names speak for one person, below zero against. It is
    evidence, never an identification.
    """


@names.command(epilog='Example: opencompact names compare "محمد صالح" "Mohamed Saleh" --json')
@click.argument("one")
@click.argument("other")
@lang_option("lang", "Explain in this language (ar, zh, en, fr, ru, es).")
@json_option
def compare(one: str, other: str, lang: str | None, as_json: bool) -> None:
    """Compare two names and say why."""
    from opencompact.missing.names import compare as compare_names
    from opencompact.missing.names import explain

    comparison = compare_names(one, other)
    sentences = explain(comparison, language_of(lang, as_json=as_json))
    if as_json:
        print_json({**comparison.as_dict(), "explanation": sentences})
        return
    with speaking(lang or spoken()):
        _print_parts(comparison)
        for sentence in sentences:
            say(sentence)
        say("Log likelihood ratio: {ratio:+.2f}", ratio=comparison.log_likelihood_ratio)


def _print_parts(comparison: Comparison) -> None:
    from opencompact.missing.names.explanation import as_written

    one, other = as_written(comparison.one), as_written(comparison.other)
    rows: list[list[object]] = [
        [
            one.get(part.one, part.one),
            other.get(part.other, part.other),
            said(part.relation),
            f"{part.log_likelihood_ratio:+.2f}",
        ]
        for part in comparison.parts
    ]
    rows += [[one.get(text, text), "", said("left out"), ""] for text in comparison.left_out[0]]
    rows += [["", other.get(text, text), said("left out"), ""] for text in comparison.left_out[1]]
    if rows:
        print_table(["one", "other", "how", "nats"], rows, right=[3])


@names.command(epilog="Example: opencompact names score pairs.tsv --out scored.tsv")
@click.argument("pairs", type=_FILE)
@_OUT
@json_option
def score(pairs: Path, out: Path, as_json: bool) -> None:
    """Score the pairs of a tab-separated file with the columns name1 and name2.

    Every row and column is kept; `score` is added, higher is more alike.
    """
    from opencompact.missing.names import files, score_pairs

    refuse_to_overwrite(out, pairs)
    table = files.read_rows(pairs, ["name1", "name2"])
    with progress(quiet=as_json) as bar:
        task = bar.add_task(tell("Comparing names"), total=len(table.rows))
        scores = score_pairs(table.column("name1"), table.column("name2"), advance=lambda done: bar.advance(task, done))
    files.write_scored(table, scores.tolist(), out)
    facts = {"pairs": len(table.rows), "for_one_person": int((scores > 0).sum()), "out": str(out)}
    _summary(as_json, facts, said("pairs: {pairs}, for one person: {for_one_person}, out: {out}", **facts))


@names.command(epilog="Example: opencompact names search queries.tsv candidates.tsv --top 10 --out ranked.tsv")
@click.argument("queries", type=_FILE)
@click.argument("candidates", type=_FILE)
@click.option("--top", default=10, show_default=True, type=click.IntRange(min=1), help="Candidates of each query.")
@_OUT
@json_option
def search(queries: Path, candidates: Path, top: int, out: Path, as_json: bool) -> None:
    """Find the best candidates of each query: both files have the columns id and name.

    Writes query_id, candidate_id, rank and score. Every query is scored against every candidate.
    """
    from opencompact.missing.names import files
    from opencompact.missing.names import search as search_names

    refuse_to_overwrite(out, queries, candidates)
    sought, found = (files.read_rows(file, ["id", "name"], unique="id") for file in (queries, candidates))
    with progress(quiet=as_json) as bar:
        task = bar.add_task(tell("Comparing names"), total=len(found.rows))
        ranked = search_names(
            sought.column("name"), found.column("name"), top, advance=lambda done: bar.advance(task, done)
        )
        written = files.write_ranked(sought, found, ranked, out)
    facts = {"queries": len(sought.rows), "candidates": len(found.rows), "rows": written, "out": str(out)}
    _summary(as_json, facts, said("queries: {queries}, candidates: {candidates}, rows: {rows}, out: {out}", **facts))


def _summary(as_json: bool, facts: dict[str, object], summary: str) -> None:
    if as_json:
        print_json(facts)
    else:
        say(summary)

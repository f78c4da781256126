"""`opencompact missing`: people sought and found put side by side, explained, decided by a person."""

from __future__ import annotations

import datetime
import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

import click

from opencompact.cli.output import json_option, print_json, print_table, progress, say
from opencompact.cli.speaking import language_of, tell
from opencompact.language import N_, said

if TYPE_CHECKING:
    from opencompact.missing.candidates import Candidate, Search
    from opencompact.missing.records.reading import Reading

file_type = click.Path(path_type=Path, dir_okay=False)
sought_argument = click.argument("sought", type=file_type)
found_argument = click.argument("found", type=file_type)
mapping_sought = click.option("--mapping-sought", type=file_type, help="Mapping of the columns of SOUGHT (TOML).")
mapping_found = click.option("--mapping-found", type=file_type, help="Mapping of the columns of FOUND (TOML).")
dna_option = click.option("--dna", type=file_type, help="What `opencompact kinship search --json` printed.")
lang_option = click.option("--lang", help="Language: en, ar, zh, es, fr, ru (default: the language of the terminal).")
top_option = click.option("--top", default=5, show_default=True, type=click.IntRange(1, 1000), help="So many each.")
closed_option = click.option(
    "--closed",
    default=0.5,
    show_default=True,
    type=click.FloatRange(0, 1, min_open=True),
    help="Share of the people found who are among those sought.",
)
decisions_option = click.option(
    "--decisions",
    "decisions_file",
    type=file_type,
    default=Path("decisions.jsonl"),
    show_default=True,
    help="The file of decisions, which only grows.",
)


VERDICTS = (N_("same"), N_("not-same"), N_("undecided"))


@click.group()
def missing() -> None:
    """Who is looked for: candidates with their evidence; decisions that can be withdrawn.

    Example: opencompact missing candidates sought.csv found.csv --top 5
    """


@missing.command()
@sought_argument
@found_argument
@top_option
@mapping_sought
@mapping_found
@dna_option
@closed_option
@click.option("--truth", type=file_type, help="Pairs known to be one person (CSV): recall is measured and printed.")
@click.option("--out", type=file_type, help="Write every candidate here, one JSON object a line.")
@json_option
def candidates(
    sought: Path,
    found: Path,
    top: int,
    mapping_sought: Path | None,
    mapping_found: Path | None,
    dna: Path | None,
    closed: float,
    truth: Path | None,
    out: Path | None,
    as_json: bool,
) -> None:
    """The likeliest people found for each person sought, with the evidence for and against.

    Example: opencompact missing candidates sought.csv found.csv --top 5 --out candidates.jsonl
    """
    first, second = _read(sought, mapping_sought), _read(found, mapping_found, kind="found")
    search = _search(first, second, dna)
    _give(search, [first, second], top, closed, truth, out, as_json)


@missing.command()
@click.argument("file", type=file_type)
@top_option
@click.option("--mapping", type=file_type, help="Mapping of the columns (TOML).")
@click.option("--truth", type=file_type, help="Pairs known to be one person (CSV): recall is measured and printed.")
@click.option("--out", type=file_type, help="Write every candidate here, one JSON object a line.")
@json_option
def duplicates(file: Path, top: int, mapping: Path | None, truth: Path | None, out: Path | None, as_json: bool) -> None:
    """Records of one file that may be one person, reported or found twice.

    Example: opencompact missing duplicates sought.csv --json
    """
    reading = _read(file, mapping)
    search = _search(reading, reading, None, itself=True)
    # A file holds few people twice: one record in fifty is taken to have another.
    _give(search, [reading], top, 0.02, truth, out, as_json)


@missing.command()
@click.argument("record", type=file_type)
@found_argument
@top_option
@mapping_sought
@mapping_found
@closed_option
@json_option
def search(
    record: Path,
    found: Path,
    top: int,
    mapping_sought: Path | None,
    mapping_found: Path | None,
    closed: float,
    as_json: bool,
) -> None:
    """One or a few new records (JSON, CSV) against all of a file; says how long the search itself took.

    Example: opencompact missing search new-report.json found.csv --top 3
    """
    import time

    from opencompact.missing.candidates import Register, Search, setting_of

    first, second = _read(record, mapping_sought), _read(found, mapping_found, kind="found")
    today = datetime.date.today()
    register = Register(second.records, today)
    setting = setting_of((), second.records, today)
    _ = register.index
    start = time.perf_counter()
    ready = Search(Register(first.records, today), register, setting)
    rows = ready.best(top)[0]
    took = time.perf_counter() - start
    _give(ready, [first, second], top, closed, None, None, as_json, took=took if len(rows) else None)


@missing.command()
@sought_argument
@found_argument
@click.argument("id_sought")
@click.argument("id_found")
@mapping_sought
@mapping_found
@dna_option
@closed_option
@lang_option
@json_option
def explain(
    sought: Path,
    found: Path,
    id_sought: str,
    id_found: str,
    mapping_sought: Path | None,
    mapping_found: Path | None,
    dna: Path | None,
    closed: float,
    lang: str | None,
    as_json: bool,
) -> None:
    """Two records side by side, in words and numbers, in one of six languages.

    Example: opencompact missing explain sought.csv found.csv S000012 R000012 --lang fr
    """
    from dataclasses import asdict

    from opencompact.language import translator
    from opencompact.missing.candidates import explain as explain_ledger

    lang = language_of(lang, as_json=as_json)
    translator(lang, "missing")
    first, second = _read(sought, mapping_sought, quiet=True), _read(found, mapping_found, kind="found", quiet=True)
    search = _search(first, second, dna)
    ledger = search.ledger(
        _position(search.sought.place_of, id_sought, sought), _position(search.found.place_of, id_found, found),
        _prior(search, closed),
    )  # fmt: skip
    told = explain_ledger(ledger, lang)
    if as_json:
        print_json({"sought": id_sought, "found": id_found, "lang": lang, **asdict(told), "evidence": _entries(ledger)})
        return
    print_table(
        ["", id_sought, id_found, "LR", "", ""],
        [[x.field, x.sought, x.found, x.likelihood_ratio, x.strength, x.reason] for x in told.lines],
        right=[3],
    )
    say(told.total)
    say(told.closing)


@missing.command()
@click.argument("left")
@click.argument("right")
@click.argument("verdict", type=click.Choice(["same", "not-same", "undecided"]))
@click.option("--by", required=True, help="The person who decides.")
@click.option("--why", required=True, help="The reason.")
@click.option("--sought", type=file_type, help="With --found: the evidence as it stands is kept with the decision.")
@click.option("--found", type=file_type, help="See --sought.")
@mapping_sought
@mapping_found
@dna_option
@decisions_option
@json_option
def judge(
    left: str,
    right: str,
    verdict: Any,
    by: str,
    why: str,
    sought: Path | None,
    found: Path | None,
    mapping_sought: Path | None,
    mapping_found: Path | None,
    dna: Path | None,
    decisions_file: Path,
    as_json: bool,
) -> None:
    """A person decides about two records: same, not-same or undecided, with name and reason.

    Example: opencompact missing judge S000012 R000012 same --by "Dr A. Example" --why "dental chart"
    """
    from opencompact.missing.decisions import append
    from opencompact.missing.decisions import judge as judged

    evidence: list[tuple[str, float, str]] = []
    if sought and found:
        first, second = _read(sought, mapping_sought, quiet=True), _read(found, mapping_found, "found", quiet=True)
        ready = _search(first, second, dna)
        ledger = ready.ledger(
            _position(ready.sought.place_of, left, sought), _position(ready.found.place_of, right, found)
        )
        evidence = [(x.field, round(x.log10_likelihood_ratio, 3), x.reason) for x in ledger.evidence]
    one = judged(left, right, verdict, by=by, at=_now(), why=why, evidence=evidence)
    append(decisions_file, one)
    if as_json:
        print_json({"id": one.id, "left": one.left, "right": one.right, "verdict": verdict, "by": by, "at": one.at})
    else:
        say(
            "{one}  {left} and {right}: {verdict}, by {by}. Kept in {decisions_file}.",
            one=one.id,
            left=one.left,
            right=one.right,
            verdict=verdict,
            by=one.by,
            decisions_file=decisions_file,
        )


@missing.command()
@click.argument("judgement")
@click.option("--by", required=True, help="The person who withdraws it.")
@click.option("--why", required=True, help="The reason.")
@decisions_option
@json_option
def withdraw(judgement: str, by: str, why: str, decisions_file: Path, as_json: bool) -> None:
    """Withdraw a decision: all that followed from it is undone, and both stay on record.

    Example: opencompact missing withdraw 0123456789abcdef --by "Dr B. Example" --why "a second sample"
    """
    from opencompact.missing.decisions import append, read_events
    from opencompact.missing.decisions import withdraw as withdrawn

    event = withdrawn(judgement, by=by, at=_now(), why=why, events=read_events(decisions_file))
    append(decisions_file, event)
    if as_json:
        print_json({"withdrawn": judgement, "by": event.by, "at": event.at, "why": event.why})
    else:
        say(
            "{judgement} no longer stands, by {by}. Kept in {decisions_file}.",
            judgement=judgement,
            by=event.by,
            decisions_file=decisions_file,
        )


@missing.command()
@decisions_option
@json_option
def decisions(decisions_file: Path, as_json: bool) -> None:
    """The decisions that stand, which records they make one person, and where they contradict each other.

    Example: opencompact missing decisions --decisions decisions.jsonl --json
    """
    from opencompact.missing.decisions import clusters, conflicts, read_events, standing

    events = read_events(decisions_file)
    now = standing(events)
    people = clusters(now)
    clashes = conflicts(now)
    if as_json:
        print_json(
            {
                "standing": [
                    {
                        "id": x.id,
                        "left": x.left,
                        "right": x.right,
                        "verdict": x.verdict,
                        "by": x.by,
                        "at": x.at,
                        "why": x.why,
                    }
                    for x in now
                ],
                "people": [list(group) for group in people],
                "conflicts": [{"judgement": x.judgement.id, "records": list(x.cluster)} for x in clashes],
                "events": len(events),
            }
        )
        return
    rows = [[x.id, x.left, x.right, said(x.verdict), x.by, x.at[:19], x.why] for x in now]
    print_table(["id", "record", "record", "verdict", "by", "at", "why"], rows)
    for group in people:
        say("One person: {group}", group=", ".join(group))
    for clash in clashes:
        say(
            "Look again: {judgement} says not the same within {cluster}.",
            judgement=clash.judgement.id,
            cluster=", ".join(clash.cluster),
            err=True,
        )
    say(
        "{events} events, {now} decisions stand, {people} people, {clashes} conflicts.",
        events=len(events),
        now=len(now),
        people=len(people),
        clashes=len(clashes),
    )


@missing.command()
@click.option("--seed", default=1, show_default=True, help="The same seed gives the same world.")
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
@click.option("--seed", default=101, show_default=True, help="Another seed than the parameters were tuned on.")
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
    rows = [[f"{b.low:g}–{b.high:g}", b.pairs, f"{b.said:.3f}", f"{b.came_true:.3f}"] for b in report.bins if b.pairs]
    print_table(["probability", "pairs", "said", "came true"], rows, right=range(1, 4))
    say(
        "Per 100 true pairs: {missed_by_blocking:.1f} never compared, {not_first:.1f} not first, {not_in_five:.1f} not among five. Of leads at 0.9 and above {false_leads:.1f} in 100 are false. Brier score {brier:.4f}. Synthetic data, seed {seed}.",
        missed_by_blocking=report.missed_by_blocking,
        not_first=report.not_first,
        not_in_five=report.not_in_five,
        false_leads=report.false_leads,
        brier=report.brier,
        seed=seed,
    )


def _read(path: Path, mapping: Path | None, kind: str = "sought", quiet: bool = False) -> Reading:
    from opencompact.errors import Place, plain
    from opencompact.missing.records.reading import read_mapping, read_records

    reading = read_records(path, read_mapping(mapping, kind=kind) if mapping is None else read_mapping(mapping))
    if not quiet:
        for line in (*reading.set_aside, *reading.unread)[:20]:
            say(
                "{place}: {problem} ({value}) {remedy}",
                place=Place(path.name, None, line.row, line.column).words(),
                problem=plain(line.reason),
                value=line.value,
                remedy=plain(line.remedy),
                err=True,
            )
    return reading


def _search(first: Reading, second: Reading, dna: Path | None, itself: bool = False) -> Search:
    from opencompact.missing.candidates import Register, Search, read_dna, setting_of

    today = datetime.date.today()
    sought = Register(first.records, today)
    found = sought if itself else Register(second.records, today)
    setting = setting_of(first.records, second.records, today)
    return Search(sought, found, setting, itself=itself, dna=read_dna(dna) if dna else None)


def _prior(search: Search, closed: float) -> Any:
    from opencompact.missing.evidence.ledger import Prior

    return Prior(max(1, len(search.sought)), max(1, len(search.found)), closed)


def _position(place_of: dict[str, int], record: str, file: Path) -> int:
    import difflib

    from opencompact.errors import NoDataError

    if record not in place_of:
        near = difflib.get_close_matches(record, place_of, n=1)
        raise NoDataError(
            "The file has no such record.",
            file=file,
            value=record,
            remedy=said("Did you mean {near}?", near=near[0]) if near else "Check the id.",
        )
    return place_of[record]


def _give(
    search: Search,
    readings: list[Reading],
    top: int,
    closed: float,
    truth: Path | None,
    out: Path | None,
    as_json: bool,
    took: float | None = None,
) -> None:
    """Candidates as they come: to a file, as JSON, or as a table with a summary."""
    kept: list[dict[str, Any]] = []
    given = 0
    ranks: dict[tuple[str, str], int] = {}
    with _lines(out) as stream, progress(as_json) as bar:
        task = bar.add_task(tell("records"), total=len(search.sought))
        for group in search.candidates(top, _prior(search, closed)):
            for one in group:
                ranks[one.sought, one.found] = one.rank
                line = _as_dict(one)
                given += 1
                if stream:
                    stream.write(json.dumps(line, ensure_ascii=False) + "\n")
                elif as_json or len(kept) < MOST_LINES:
                    kept.append(line)
            bar.advance(task)
    summary = {"files": [_account(reading) for reading in readings], "candidates": given, "top": top}
    if took is not None:
        summary["search_seconds"] = round(took, 4)
    if truth:
        summary["truth"] = _recall(search, top, truth, ranks)
    if as_json:
        print_json({**summary, **({"out": str(out)} if out else {"pairs": kept})})
        return
    if not out:
        rows = [
            [
                x["sought"],
                x["found"],
                x["rank"],
                f"{x['log10_likelihood_ratio']:.2f}",
                f"{x['probability']:.4f}",
                x["says"],
            ]
            for x in kept
        ]
        print_table(["sought", "found", "rank", "log10 LR", "probability", "what says most"], rows, right=(2, 3, 4))
    _say_summary(summary, given, out)


MOST_LINES = 200


def _say_summary(summary: dict[str, Any], given: int, out: Path | None) -> None:
    for file in summary["files"]:
        say(
            "{file}: {rows} rows read, {records} records, {set_aside} set aside, {cells_not_read} cells not read.",
            file=file["file"],
            rows=file["rows"],
            records=file["records"],
            set_aside=file["set_aside"],
            cells_not_read=file["cells_not_read"],
        )
    if "search_seconds" in summary:
        say("The search took {milliseconds:.0f} ms.", milliseconds=1000 * summary["search_seconds"])
    if "truth" in summary:
        told = summary["truth"]
        say(
            "Of {pairs} true pairs {compared:.1f} % were compared, {first:.1f} % rank first, {among_top:.1f} % are among the first {top}.",
            pairs=told["pairs"],
            compared=100 * told["compared"],
            first=100 * told["first"],
            among_top=100 * told["among_top"],
            top=summary["top"],
        )
    shown: str = ""
    if out:
        shown = said(" in {out}", out=out)
    elif given > MOST_LINES:
        shown = said(", of which the first {n} are shown (--out)", n=MOST_LINES)
    say(
        "{given} candidates{shown}. A candidate is a lead, not an identification: a person decides.",
        given=given,
        shown=shown,
    )


def _account(reading: Reading) -> dict[str, Any]:
    return {
        "file": reading.file.name,
        "rows": reading.rows,
        "records": len(reading.records),
        "set_aside": len(reading.set_aside),
        "cells_not_read": len(reading.unread),
        "columns_not_used": list(reading.columns_not_used),
        "synthetic": any(record.synthetic for record in reading.records),
    }


def _recall(search: Search, top: int, truth: Path, ranks: dict[tuple[str, str], int]) -> dict[str, Any]:
    from opencompact.missing.candidates import read_truth, recall

    true = [(a, b) for a, b in read_truth(truth) if a in search.sought.place_of and b in search.found.place_of]
    rows = [(search.sought.place_of[a], search.found.place_of[b]) for a, b in true]
    if search.itself:
        rows = [(min(pair), max(pair)) for pair in rows]
        ranks = {**ranks, **{(b, a): rank for (a, b), rank in ranks.items()}}
    placed = [ranks.get(pair, top + 1) for pair in true]
    many = max(1, len(true))
    return {
        "pairs": len(true),
        "compared": recall(search.pairs(top), rows),
        "first": sum(rank == 1 for rank in placed) / many,
        "among_top": sum(rank <= top for rank in placed) / many,
    }


@contextmanager
def _lines(out: Path | None) -> Iterator[IO[str] | None]:
    from opencompact.tables import replace_atomically

    if out is None:
        yield None
        return
    with replace_atomically(out) as path, Path(path).open("w", encoding="utf-8") as stream:
        yield stream


def _as_dict(one: Candidate) -> dict[str, Any]:
    from opencompact.missing.candidates.explaining import FIELDS

    ledger = one.ledger
    telling = sorted(ledger.evidence, key=lambda x: -abs(x.ln_likelihood_ratio))[:3]
    return {
        "sought": one.sought,
        "found": one.found,
        "rank": one.rank,
        "log10_likelihood_ratio": round(sum(x.log10_likelihood_ratio for x in ledger.evidence), 4),
        "posterior": ledger.posterior,
        "probability": one.probability,
        "says": ", ".join(f"{FIELDS[x.field]} {x.log10_likelihood_ratio:+.1f}" for x in telling),
        "evidence": _entries(ledger),
    }


def _entries(ledger: Any) -> list[dict[str, Any]]:
    from opencompact.language import translator

    _ = translator("en", "missing")
    return [
        {
            "field": x.field,
            "log10_likelihood_ratio": round(x.log10_likelihood_ratio, 4),
            "reason": _(x.reason, **x.values),
            "sought": x.left,
            "found": x.right,
        }
        for x in ledger.evidence
    ]


def _now() -> datetime.datetime:
    return datetime.datetime.now(datetime.UTC).replace(microsecond=0)

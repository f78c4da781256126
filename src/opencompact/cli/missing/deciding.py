"""Commands by which a person decides, withdraws, and sees what stands."""

from __future__ import annotations

import datetime
from pathlib import Path
from typing import Any

import click

from opencompact.cli.missing.files import make_ready, position, read_file
from opencompact.cli.missing.group import (
    decisions_option,
    dna_option,
    file_type,
    mapping_found,
    mapping_sought,
    missing,
)
from opencompact.cli.output import json_option, print_json, print_table, say
from opencompact.language import N_, said

VERDICTS = (N_("same"), N_("not-same"), N_("undecided"))


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
        first, second = (
            read_file(sought, mapping_sought, quiet=True),
            read_file(found, mapping_found, "found", quiet=True),
        )
        ready = make_ready(first, second, dna)
        ledger = ready.ledger(
            position(ready.sought.place_of, left, sought), position(ready.found.place_of, right, found)
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


def _now() -> datetime.datetime:
    return datetime.datetime.now(datetime.UTC).replace(microsecond=0)

"""Commands by which a person decides, withdraws, and sees what stands."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from opencompact.cli.known import Known
from opencompact.cli.missing.files import SYNTHETIC, is_synthetic, make_ready, own_rates, position, read_file
from opencompact.cli.missing.giving import entries
from opencompact.cli.missing.group import (
    decisions_option,
    dna_option,
    file_type,
    mapping_options,
    missing,
    rates_option,
)
from opencompact.cli.output import headings, json_option, print_json, print_table, say
from opencompact.errors import InvalidDataError, Place, UsageError
from opencompact.language import N_, counted, said

if TYPE_CHECKING:
    from opencompact.missing.decisions import Judgement, Kept
    from opencompact.missing.decisions.judgements import Event
    from opencompact.missing.records.reading import Reading
    from opencompact.missing.records.record import Record

Seen = tuple[str, float | None, str, str, str]
"""A field, its log10 likelihood ratio, the reason in words, what either record said."""
MOST_NAMED = 10
VERDICTS = (N_("same"), N_("not-same"), N_("undecided"))


@missing.command(
    epilog='Example: opencompact missing judge S000012 R000012 same --by "Dr A. Example" --why "dental chart" --sought sought.csv --found found.csv'
)
@click.argument("left")
@click.argument("right")
@click.argument("verdict", type=Known(["same", "not-same", "undecided"]))
@click.option("--by", required=True, help="The person who decides.")
@click.option("--why", required=True, help="The reason.")
@click.option(
    "--sought",
    type=file_type,
    help="With --found: both records are looked at, and what they say is kept with the decision.",
)
@click.option("--found", type=file_type, help="See --sought.")
@click.option(
    "--without-records",
    is_flag=True,
    help="The records are kept elsewhere: nobody looks whether they exist and whether their givers agreed.",
)
@click.option("--evidence", "stated", multiple=True, help="Evidence beside that of the records, in words.")
@mapping_options
@dna_option
@rates_option
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
    without_records: bool,
    stated: tuple[str, ...],
    mapping: Path | None,
    mapping_sought: Path | None,
    mapping_found: Path | None,
    dna: Path | None,
    rates_file: Path | None,
    decisions_file: Path,
    as_json: bool,
) -> None:
    """A person decides about two records: same, not-same or undecided, with name and reason.

    Both records are looked at (--sought and --found): that there are such, that their givers agreed to identification, and what they say, which is
    kept with the decision. Without the files a decision is taken with --without-records alone, and then rests on evidence in words.
    """
    from opencompact.missing.decisions import STATED, append, contradicted
    from opencompact.missing.decisions import judge as judged

    evidence: list[Seen] = [(STATED, None, text.strip(), "", "") for text in stated if text.strip()]
    _check_evidence(verdict, sought, found, without_records, bool(evidence))
    events, made_up = events_of(decisions_file), False
    if sought and found:
        readings = (
            read_file(sought, mapping_sought or mapping, quiet=True),
            read_file(found, mapping_found or mapping, "found", quiet=True),
        )
        made_up = is_synthetic(*readings)
        evidence += _seen(*readings, dna, rates_file, left, right)
    one = judged(left, right, verdict, by=by, at=_now(), why=why, evidence=evidence, synthetic=made_up)
    append(decisions_file, one)
    against = contradicted(one, events)
    if as_json:
        print_json({**_as_dict(one), "contradicts": [other.id for other in against]})
    else:
        _say_judged(one, decisions_file, unseen=without_records)
    for other in against:
        say(
            "{by} judged otherwise ({judgement}): both stand until one is withdrawn, and the records are not put together.",
            by=other.by,
            judgement=other.id,
            err=True,
        )


def _say_judged(one: Judgement, decisions_file: Path, *, unseen: bool) -> None:
    say(
        "{one}  {left} and {right}: {verdict}, by {by}. Kept in {decisions_file}.",
        one=one.id,
        left=one.left,
        right=one.right,
        verdict=one.verdict,
        by=one.by,
        decisions_file=decisions_file,
    )
    _say_synthetic([one])
    if unseen:
        say(_UNSEEN, err=True)


_UNSEEN = N_("Nobody looked whether there are such records and whether their givers agreed to identification.")


def _seen(
    first: Reading, second: Reading, dna: Path | None, rates_file: Path | None, left: str, right: str
) -> list[Seen]:
    """What the two records say as they stand, to be kept with the decision: of which files and rows they are, the evidence, and the own
    rates that it was worked out with. Raises InvalidDataError where one may not be identified."""
    from opencompact.missing.decisions import OWN_RATES, RECORDS

    rates = own_rates(rates_file, first, second)
    ready = make_ready(first, second, dna, rates=rates)
    one, other = position(ready.sought.place_of, left, first), position(ready.found.place_of, right, second)
    for record in (ready.sought.records[one], ready.found.records[other]):
        _check_identified(record)
    kept: list[Seen] = [
        (x["field"], round(x["log10_likelihood_ratio"], 3), x["reason"], x["sought"], x["found"])
        for x in entries(ready.ledger(one, other))
    ]
    if rates:
        kept.append((OWN_RATES, None, rates.id, "", ""))
    first_seen, second_seen = ready.sought.records[one], ready.found.records[other]
    return [*kept, (RECORDS, None, "", _place(first_seen), _place(second_seen))]


def _place(record: Record) -> str:
    """File and row of a record."""
    return str(Place(record.file, None, record.row))


def _check_identified(record: Record) -> None:
    """Raises InvalidDataError where the giver of a record said no to identification."""
    from opencompact.missing.records.consent import IDENTIFY, permits

    if not permits(record, IDENTIFY):
        raise InvalidDataError(
            "Its giver has not agreed to identification: nobody decides who this is.",
            file=record.file,
            row=record.row,
            column="consent",
            value=record.id,
            remedy="Ask the giver, and record the consent.",
        )


def _check_evidence(verdict: str, sought: Path | None, found: Path | None, without: bool, stated: bool) -> None:
    """Raises UsageError for a decision about records that nobody looks at, unless that is said, and for one without evidence: whoever reads
    it later must see on what it rests."""
    if bool(sought) != bool(found):
        raise UsageError(
            "The evidence of two records needs both their files.",
            value=str(sought or found),
            remedy="Give --sought and --found.",
        )
    if without == bool(sought):
        raise UsageError(
            "A decision is taken with both records in view, or it is said that they are not.",
            value="--without-records" if without else verdict,
            remedy="Give --sought and --found; or --without-records where the records are kept elsewhere.",
        )
    if verdict != "undecided" and not stated and not sought:
        raise UsageError(
            "The decision does not say on what evidence it rests.",
            value=verdict,
            remedy="Give --sought and --found, or say it with --evidence.",
        )


@missing.command(
    epilog='Example: opencompact missing withdraw 0123456789abcdef --by "Dr B. Example" --why "a second sample"'
)
@click.argument("judgement")
@click.option("--by", required=True, help="The person who withdraws it.")
@click.option("--why", required=True, help="The reason.")
@decisions_option
@json_option
def withdraw(judgement: str, by: str, why: str, decisions_file: Path, as_json: bool) -> None:
    """Withdraw a decision: all that followed from it is undone, and both stay on record."""
    from opencompact.missing.decisions import append
    from opencompact.missing.decisions import withdraw as withdrawn

    event = withdrawn(judgement, by=by, at=_now(), why=why, events=events_of(decisions_file))
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


@missing.command(epilog="Example: opencompact missing decisions --decisions decisions.jsonl --json")
@click.option("--all", "every", is_flag=True, help="Also those that were withdrawn or judged anew.")
@decisions_option
@json_option
def decisions(every: bool, decisions_file: Path, as_json: bool) -> None:
    """The decisions that stand, which records they make one person, and where they contradict each other.

    With --json also those that no longer stand, and the evidence that was kept with each.
    """
    from opencompact.missing.decisions import clusters, conflicts, history, standing

    events = events_of(decisions_file)
    now, kept = standing(events), history(events)
    people, clashes = clusters(now), conflicts(now)
    if as_json:
        content = {
            "standing": [_as_dict(one) for one in now],
            "people": [list(group) for group in people],
            "conflicts": [{"judgement": x.judgement.id, "records": list(x.cluster)} for x in clashes],
            "events": len(events),
            "history": [_told(one) for one in kept],
        }
        print_json(content)
        return
    rows = [_row(one, every) for one in kept if every or one.state == "stands"]
    columns = headings("id", "record", "record", "verdict", "state", "by", "at", "why")
    print_table([one for one in columns if every or one != "state"], rows)
    for group in people:
        say("One person: {group}", group=", ".join(group))
    for clash in clashes:
        say(
            "Look again: {judgement} says not the same within {cluster}.",
            judgement=clash.judgement.id,
            cluster=", ".join(clash.cluster),
            err=True,
        )
    _say_counts(len(events), len(now), len(people), len(clashes))
    unseen = [one.id for one in now if not one.records_seen]
    if unseen:
        say(
            counted(
                "{n} decision was taken without the records: {ids}.",
                "{n} decisions were taken without the records: {ids}.",
                len(unseen),
                ids=", ".join(unseen if len(unseen) <= MOST_NAMED else [*unseen[:MOST_NAMED], "…"]),
            )
        )
    _say_synthetic([one.judgement for one in kept])


def _say_synthetic(judgements: Iterable[Judgement]) -> None:
    """Says which decisions are about people who never lived."""
    made_up = [one.id for one in judgements if one.synthetic]
    if made_up:
        say(SYNTHETIC)
        say("Decisions about them: {ids}.", ids=", ".join(made_up))


def _say_counts(events: int, now: int, people: int, clashes: int) -> None:
    counts = [
        counted("{n} event", "{n} events", events),
        counted("{n} decision that stands", "{n} decisions that stand", now),
        counted("{n} person", "{n} people", people),
        counted("{n} conflict", "{n} conflicts", clashes),
    ]
    say("{events}, {now}, {people}, {clashes}.", events=counts[0], now=counts[1], people=counts[2], clashes=counts[3])


def _row(kept: Kept, every: bool) -> list[Any]:
    one, ended = kept.judgement, kept.by
    state: list[Any] = []
    if every:
        state = [
            said("{state}, by {by}: {why}", state=said(kept.state), by=ended.by, why=ended.why)
            if ended
            else said(kept.state)
        ]
    return [one.id, one.left, one.right, said(one.verdict), *state, one.by, one.at[:19], one.why]


def _as_dict(one: Judgement) -> dict[str, Any]:
    keys = ("id", "left", "right", "verdict", "by", "at", "why", "synthetic", "records_seen")
    return {key: getattr(one, key) for key in keys}


def _told(kept: Kept) -> dict[str, Any]:
    """A judgement with what has become of it and the evidence that was seen."""
    names = ("field", "log10_likelihood_ratio", "reason", "left", "right")
    evidence = [dict(zip(names, entry, strict=False)) for entry in kept.judgement.evidence]
    ended = {"by": kept.by.by, "at": kept.by.at, "why": kept.by.why} if kept.by else None
    return {**_as_dict(kept.judgement), "state": kept.state, "ended": ended, "evidence": evidence}


def events_of(decisions_file: Path) -> list[Event]:
    """The events of a file; what a crash left of its last line is said."""
    from opencompact.missing.decisions import read_events

    def unfinished(row: int, text: str) -> None:
        say(
            "{place}: the last line is not finished and was passed over ({value}).",
            place=Place(decisions_file.name, None, row).words(),
            value=text[:60],
            err=True,
        )

    return read_events(decisions_file, unfinished)


def _now() -> datetime.datetime:
    return datetime.datetime.now(datetime.UTC).replace(microsecond=0)

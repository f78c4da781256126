"""Candidates given: to a file as they come, as JSON, or as a table with a summary that accounts for every row."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

from opencompact.cli.missing.files import account, is_synthetic, say_account, say_rates
from opencompact.cli.output import headings, number, print_json, print_table, progress, say
from opencompact.cli.speaking import spoken, tell
from opencompact.errors import InvalidDataError
from opencompact.language import counted, format_beside, said

if TYPE_CHECKING:
    from opencompact.missing.candidates import Candidate, Search
    from opencompact.missing.evidence.own_rates import OwnRates
    from opencompact.missing.records.reading import Reading

MOST_LINES = 200


def give(
    search: Search,
    readings: list[Reading],
    top: int,
    closed: float | None,
    truth: Path | None,
    out: Path | None,
    as_json: bool,
    took: tuple[float, float] | None = None,
    least: float = 0.0,
    rates: OwnRates | None = None,
) -> None:
    """Candidates as they come: to a file, as JSON, or as a table (of those with at least that probability) with a summary. `rates` are
    those of one's own that they were made with."""
    made_up = is_synthetic(*readings)
    kept: list[dict[str, Any]] = []
    given = below = 0
    ranks: dict[tuple[str, str], int] = {}
    with _lines(out) as stream, progress(as_json) as bar:
        task = bar.add_task(tell("records"), total=len(search.sought))
        for group in search.candidates(top, search.prior(closed)):
            for one in group:
                ranks[one.sought, one.found] = one.rank
                line = {**_as_dict(one, made_up), "rates": rates.id if rates else None}
                given += 1
                if stream:
                    stream.write(json.dumps(line, ensure_ascii=False) + "\n")
                elif not as_json and one.probability < least:
                    below += 1
                elif as_json or len(kept) < MOST_LINES:
                    kept.append(line)
            bar.advance(task)
    summary = {"files": [account(reading) for reading in readings], "candidates": given, "top": top}
    summary["rates"] = rates.as_dict() if rates else None
    if took is not None:
        summary["ready_seconds"], summary["search_seconds"] = round(took[0], 4), round(took[1], 4)
    if truth:
        summary["truth"] = _recall(search, top, truth, ranks)
    if as_json:
        print_json({**summary, **({"out": str(out)} if out else {"pairs": kept})})
        return
    if not out:
        _say_candidates(kept, itself=search.itself)
        _say_below(below, least)
    say_rates(rates)
    _say_summary(summary, given, out, given - below)


def _say_candidates(kept: list[dict[str, Any]], *, itself: bool) -> None:
    """The candidates as a table, and which records are likely of one person; `itself` where both sides are one file."""
    from opencompact.missing.candidates.explaining import told_probability

    sides = headings("record", "record") if itself else headings("record sought", "record found")
    rows = [
        [
            x["sought"],
            x["found"],
            x["rank"],
            number(x["log10_likelihood_ratio"], ".2f"),
            told_probability(x["probability"], spoken()),
            _says_most(x["evidence"]),
        ]
        for x in kept
    ]
    print_table(headings(*sides, "rank", "log10 LR", "probability", "what says most"), rows, right=(2, 3, 4))
    _say_also(kept)


def _say_below(below: int, least: float) -> None:
    from opencompact.missing.candidates.explaining import told_probability

    if below:
        say(
            counted(
                "{n} pair with a probability below {least} is not shown (--json, --out).",
                "{n} pairs with a probability below {least} are not shown (--json, --out).",
                below,
                least=told_probability(least, spoken()),
            )
        )


def _say_also(kept: list[dict[str, Any]]) -> None:
    """Which records are likely of one person, each two once."""
    from opencompact.missing.candidates.explaining import also_told

    pairs = {(x[side], other) for x in kept for side in ("sought", "found") for other in x[f"also_{side}"]}
    for record, other in sorted({(max(pair), min(pair)) for pair in pairs}):
        for sentence in also_told(record, [other]):
            say(sentence)


def _say_summary(summary: dict[str, Any], given: int, out: Path | None, listed: int) -> None:
    for file in summary["files"]:
        say_account(file)
    if "search_seconds" in summary:
        say(
            "Making ready took {ready:.0f} ms, the search {milliseconds:.0f} ms.",
            ready=1000 * summary["ready_seconds"],
            milliseconds=1000 * summary["search_seconds"],
        )
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
        _say_left_out(told)
    shown: str = ""
    if out:
        shown = said(" in {out}", out=out)
    elif listed > MOST_LINES:
        shown = said(", of which the first {n} are shown (--out)", n=MOST_LINES)
    say(
        counted(
            "{n} candidate{shown}. A candidate is a lead, not an identification: a person decides.",
            "{n} candidates{shown}. A candidate is a lead, not an identification: a person decides.",
            given,
            shown=shown,
        )
    )


def _say_left_out(told: dict[str, Any]) -> None:
    """Says which pairs of the truth were not counted."""
    if told["not_in_files"]:
        say(
            counted(
                "{n} pair of the truth names no record of each file: it is not counted.",
                "{n} pairs of the truth name no record of each file: they are not counted.",
                told["not_in_files"],
            )
        )
    if told["stated_again"]:
        say(
            counted(
                "{n} line of the truth says again what another says: it is counted once.",
                "{n} lines of the truth say again what others say: they are counted once.",
                told["stated_again"],
            )
        )


def _recall(search: Search, top: int, truth: Path, ranks: dict[tuple[str, str], int]) -> dict[str, Any]:
    from opencompact.missing.candidates import read_truth

    listed = read_truth(truth)
    stated = list({tuple(sorted(pair)) if search.itself else pair: pair for pair in listed}.values())
    true = [(a, b) for a, b in stated if a in search.sought.place_of and b in search.found.place_of]
    if not true:
        raise InvalidDataError(
            said("None of the {n} pairs names a record of each file.", n=len(stated)),
            file=truth,
            remedy="Give two columns: the id of the one sought, the id of the one found.",
        )
    rows = [(search.sought.place_of[a], search.found.place_of[b]) for a, b in true]
    if search.itself:
        rows = [(min(pair), max(pair)) for pair in rows]
        ranks = {**ranks, **{(b, a): rank for (a, b), rank in ranks.items()}}
    placed = [ranks.get(pair, top + 1) for pair in true]
    many = max(1, len(true))
    return {
        "pairs": len(true),
        "not_in_files": len(stated) - len(true),
        "stated_again": len(listed) - len(stated),
        "compared": search.share_compared(rows),
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


def _as_dict(one: Candidate, synthetic: bool) -> dict[str, Any]:
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
        "evidence": entries(ledger),
        "also_sought": list(one.also_sought),
        "also_found": list(one.also_found),
        "synthetic": synthetic,
    }


def _says_most(evidence: list[dict[str, Any]]) -> str:
    """The three fields that say most, in the language of the terminal."""
    from opencompact.missing.candidates.explaining import FIELDS

    telling = sorted(evidence, key=lambda x: -abs(x["log10_likelihood_ratio"]))[:3]
    told = [f"{tell(FIELDS[x['field']])} {number(x['log10_likelihood_ratio'], '+.1f')}" for x in telling]
    return format_beside(told, spoken())


def entries(ledger: Any) -> list[dict[str, Any]]:
    from opencompact.missing.candidates.explaining import reason_of

    return [
        {
            "field": x.field,
            "log10_likelihood_ratio": round(x.log10_likelihood_ratio, 4),
            "reason": reason_of(x, "en"),
            "sought": x.left,
            "found": x.right,
        }
        for x in ledger.evidence
    ]

"""Candidates on paper: one sheet of a pair, or a folder with one for each record sought and an index."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from opencompact import __version__
from opencompact.cli.known import Known
from opencompact.cli.missing.files import is_synthetic
from opencompact.cli.output import progress, say
from opencompact.cli.speaking import language_of, tell
from opencompact.language import counted, said, told

if TYPE_CHECKING:
    from opencompact.missing.candidates import Candidate, Search
    from opencompact.missing.candidates.contest import Contests
    from opencompact.missing.candidates.sections import Made, Pair
    from opencompact.missing.candidates.sheet import Entry
    from opencompact.missing.decisions import Judgement
    from opencompact.missing.records.reading import Reading


KIND = "sheets of candidates"
JUDGED = ("id", "left", "right", "verdict", "by", "at", "why")
sheets_option = click.option(
    "--sheets",
    type=click.Path(path_type=Path, file_okay=False),
    help="Write a sheet for each record sought that has a likely candidate (1 % at least) into this folder, with an index; it is whole or not there.",
)
form_option = click.option(
    "--form", type=Known(["pdf", "html"]), default="pdf", show_default=True, help="Form of the sheets."
)


def check_sheet(out: Path | None, lang: str | None) -> str:
    """The language of a sheet. Raises InputError for a file that is neither PDF nor HTML, UnknownCodeError for another language."""
    from opencompact.language import language
    from opencompact.look.sheet import check_suffix

    if out is not None:
        check_suffix(out)
    return language(language_of(lang, as_json=False)).code


def check_sheets(folder: Path | None, lang: str | None) -> str:
    """The language of the sheets. Raises InputError where their folder is taken, UnknownCodeError for another language, before the
    long work begins."""
    from opencompact.tables.folders import check_replaceable

    if folder is not None:
        check_replaceable(folder, KIND)
    return check_sheet(None, lang)


def made_of(
    inputs: Iterable[Path | None],
    recipient: str | None,
    rates: Path | None,
    decisions: Path | None,
    today: datetime.date,
) -> Made:
    """How a sheet is made: today, this version, the files by name and content."""
    from opencompact.missing.candidates.sections import Made, Source
    from opencompact.tables.folders import digest_of

    given = dict.fromkeys(path for path in (*inputs, decisions, rates) if path is not None)
    sources = tuple(Source(path.name, digest_of(path)) for path in given)
    return Made(today, __version__, sources, recipient, rates.name if rates else None, decisions is not None)


def judgements_about(search: Search, decisions: Path | None) -> dict[str, list[Judgement]]:
    """Record → the judgements about it that stand and whose records are both in the two files and may be identified."""
    from opencompact.missing.decisions import read_events, standing
    from opencompact.missing.records.consent import IDENTIFY, permits

    may = {one.id for side in (search.sought, search.found) for one in side.records if permits(one, IDENTIFY)}
    found: dict[str, list[Judgement]] = {}
    for one in standing(read_events(decisions)) if decisions else ():
        if one.left in may and one.right in may:
            for record in (one.left, one.right):
                found.setdefault(record, []).append(one)
    return found


def pair_of(search: Search, contests: Contests, one: Candidate, about: dict[str, list[Judgement]]) -> Pair:
    """A candidate with all that its sheet tells."""
    from opencompact.missing.candidates.sections import Pair

    row, column = search.sought.place_of[one.sought], search.found.place_of[one.found]
    judgements = dict.fromkeys((*about.get(one.sought, ()), *about.get(one.found, ())))
    first, second = search.sought.records[row], search.found.records[column]
    return Pair(one, first, second, contests.of(row, column), tuple(judgements))


def pair_at(search: Search, places: tuple[int, int], closed: float | None, decisions: Path | None) -> Pair:
    """The pair of two rows with all that its sheet tells."""
    from opencompact.missing.candidates.contest import Contests

    prior = search.prior(closed)
    one = search.candidate(*places, prior)
    return pair_of(search, Contests(search, prior, places), one, judgements_about(search, decisions))


def competing(pair: Pair) -> dict[str, Any]:
    """Who else competes, and the judgements that stand, as JSON shows them."""
    contest = pair.contest
    return {
        "competing": {
            "for_sought": list(map(asdict, contest.for_sought)),
            "for_found": list(map(asdict, contest.for_found)),
        },
        "judgements": [{key: getattr(one, key) for key in JUDGED} for one in pair.judgements],
    }


def write_pair(pair: Pair, out: Path, made: Made, lang: str) -> None:
    """Writes the sheet of one candidate."""
    from opencompact.look.sheet import write_sheet
    from opencompact.missing.candidates.sheet import pair_sheet

    write_sheet(pair_sheet(pair, made, lang), out)


def say_sheet(out: Path, lang: str) -> None:
    """Says where a sheet is, and how to keep it, in the language of the sheet."""
    sentence = said("The sheet is in {file}. It holds personal data: keep it locked away.", file=out)
    say(told(sentence, lang))


def write_sheets(
    search: Search,
    readings: Sequence[Reading],
    top: int,
    closed: float | None,
    folder: Path,
    form: str,
    made: Made,
    decisions: Path | None,
    lang: str,
    quiet: bool,
) -> int:
    """Writes a sheet for each record sought that has a likely candidate, and an index; gives how many. The folder is whole or not there.

    Raises InputError where something else stands there.
    """
    from opencompact.look.sheet import write_sheet
    from opencompact.missing.candidates.contest import Contests
    from opencompact.missing.candidates.sheet import LEAST_EXPLAINED, Entry, index_sheet, record_sheet
    from opencompact.tables.filenames import FileNames
    from opencompact.tables.folders import replace_folder

    prior = search.prior(closed)
    about, synthetic = judgements_about(search, decisions), is_synthetic(*readings)
    entries: list[Entry] = []
    names = FileNames(form, "index")
    ledger = None
    with replace_folder(folder, KIND) as new, progress(quiet) as bar:
        task = bar.add_task(tell("records"), total=len(search.sought))
        contests = Contests(search, prior)
        for group in search.candidates(top, prior):
            bar.advance(task)
            best = group[0]
            ledger = best.ledger
            if best.probability < LEAST_EXPLAINED:
                continue
            pairs = [pair_of(search, contests, one, about) for one in group]
            file = names.of(best.sought)
            write_sheet(record_sheet(pairs, made, lang), new / file)
            entries.append(Entry(best.sought, file, len(group), best.found, best.probability))
        known = {entry.record for entry in entries}
        alone = [record.id for record in search.sought.records if record.id not in known]
        write_sheet(index_sheet(entries, alone, ledger, made, synthetic, lang), new / f"index.{form}")
    return len(entries)


def say_sheets(written: int, folder: Path, form: str) -> None:
    """Says how many sheets were written, where, and how to keep them."""
    say(
        counted(
            "{n} sheet in {folder}; begin with {index}. They hold personal data: keep them locked away.",
            "{n} sheets in {folder}; begin with {index}. They hold personal data: keep them locked away.",
            written,
            folder=folder,
            index=f"index.{form}",
        )
    )

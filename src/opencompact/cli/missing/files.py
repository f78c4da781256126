"""Files of records made ready for the commands: read, accounted for, searched."""

from __future__ import annotations

import datetime
import json
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from opencompact.cli.missing.whose import dna_of, judged_pairs_of
from opencompact.cli.output import harmless, say
from opencompact.errors import InvalidDataError, NoDataError
from opencompact.language import N_, counted, said
from opencompact.language import told as told_in

if TYPE_CHECKING:
    from opencompact.missing.candidates import Search
    from opencompact.missing.candidates.kept import Ready
    from opencompact.missing.evidence.compare import Setting
    from opencompact.missing.evidence.own_rates import OwnRates
    from opencompact.missing.records.reading import Reading


def read_file(
    path: Path, mapping: Path | None, kind: str = "sought", quiet: bool = False, recipient: str | None = None
) -> Reading:
    """The records of a file that may be used; what could not be read is said, the first lines of it, unless `quiet`."""
    from opencompact.missing.records.reading import allowed, read_mapping, read_records

    reading = allowed(read_records(path, read_mapping(mapping, kind=kind)), recipient=recipient)
    if not quiet:
        say_lines(reading, MOST_TOLD)
    _ask_about(reading, recipient)
    return reading


def _ask_about(reading: Reading, recipient: str | None) -> None:
    """Asks about a recipient that no giver names: a misspelt name gets what was given to all."""
    from opencompact.missing.records.consent import names_recipient

    if recipient is None or not reading.records or names_recipient(reading.records, recipient):
        return
    say(
        counted(
            "{file}: no giver names “{recipient}”; {n} record is given to it because it was given to all. Is that the body that is meant?",
            "{file}: no giver names “{recipient}”; {n} records are given to it because they were given to all. Is that the body that is meant?",
            len(reading.records),
            file=reading.file.name,
            recipient=recipient,
        ),
        err=True,
    )


MOST_TOLD = 20


def say_lines(reading: Reading, most: int) -> None:
    """What was set aside, not read, or does not fit together, each with its place and remedy; how many more there are."""
    from opencompact.errors import Place, plain

    lines = (*reading.set_aside, *reading.findings, *reading.unread)
    for line in lines[:most]:
        say(
            "{place}: {problem} ({value}) {remedy}",
            place=Place(reading.file.name, None, line.row, line.column or None).words(),
            problem=plain(line.reason),
            value=shortened(line.value),
            remedy=plain(line.remedy),
            err=True,
        )
    if len(lines) > most:
        say(
            counted(
                "… and {n} line more: opencompact missing check {file}",
                "… and {n} lines more: opencompact missing check {file}",
                len(lines) - most,
                file=reading.file,
            ),
            err=True,
        )


def account(reading: Reading) -> dict[str, Any]:
    """A reading in numbers: rows read = rows kept + rows set aside."""
    from opencompact.missing.records.headings import offered

    return {
        "file": reading.file.name,
        "rows": reading.rows,
        "rows_kept": reading.kept,
        "rows_set_aside": reading.rows - reading.kept,
        "records": len(reading.records),
        "set_aside": sum(line.rows for line in reading.set_aside),
        "cells_not_read": len(reading.unread),
        "findings": len(reading.findings),
        "answers_not_in_file": reading.beyond,
        "sheets_not_read": list(reading.other_sheets),
        "columns_not_used": list(reading.columns_not_used),
        "columns_likely_meant": _likely_meant(reading.columns_not_used),
        "mapping_offered": offered(dict(reading.fields), reading.columns_not_used),
        "columns_put_together": {name: list(columns) for name, columns in reading.merged},
        "synthetic": any(record.synthetic for record in reading.records),
    }


def _likely_meant(columns: Sequence[str]) -> dict[str, str]:
    """Column → field, of the columns that no field knows and whose headings hold a known one."""
    from opencompact.missing.records.headings import field_meant

    return {column: name for column in columns if (name := field_meant(column)) is not None}


SYNTHETIC = N_("Synthetic data: these people do not exist.")


def is_synthetic(*readings: Reading) -> bool:
    """Whether the records are of people who never lived. Raises InvalidDataError where some are and others are not: a made-up
    person must never stand beside one who is looked for."""
    records = [record for reading in readings for record in reading.records]
    made = [record for record in records if record.synthetic]
    if not made or len(made) == len(records):
        return bool(made)
    real = next(record for record in records if not record.synthetic)
    raise InvalidDataError(
        said(
            "Records of real people and synthetic ones ({example}) are not put side by side.",
            example=", ".join(record.id for record in made[:3]),
        ),
        file=real.file,
        row=real.row,
        column="synthetic",
        value=real.id,
        remedy="Leave the synthetic ones out; or write yes in the column synthetic where the people are made up.",
    )


def say_account(told: dict[str, Any]) -> None:
    """The account of a file in sentences."""
    say(
        "{file}: {rows} read, {kept} in {records}, {set_aside} set aside; {cells}, {findings}.",
        file=told["file"],
        rows=counted("{n} row", "{n} rows", told["rows"]),
        kept=told["rows_kept"],
        records=counted("{n} record", "{n} records", told["records"]),
        set_aside=told["set_aside"],
        cells=counted("{n} cell not read", "{n} cells not read", told["cells_not_read"]),
        findings=counted("{n} finding", "{n} findings", told["findings"]),
    )
    _say_beyond(told)
    if told["sheets_not_read"]:
        say(
            "{file} has other sheets, which were not read: {names}. Save each as a file of its own.",
            file=told["file"],
            names=", ".join(told["sheets_not_read"]),
        )
    if told["synthetic"]:
        say(SYNTHETIC)
    for name, columns in told["columns_put_together"].items():
        say("Columns put together as one field ({field}): {columns}.", field=name, columns=", ".join(columns))
    if told["columns_not_used"]:
        say("Columns that no field knows: {columns}.", columns=", ".join(told["columns_not_used"]))
    if told["mapping_offered"]:
        say("If this is what they are, write it below [columns] in a mapping file and give it with --mapping:")
        for name, columns in told["mapping_offered"].items():
            held = json.dumps(columns[0] if len(columns) == 1 else columns, ensure_ascii=False)
            click.echo(harmless(f"  {name} = {held}"))


def _say_beyond(told: dict[str, Any]) -> None:
    """Says that a file is one page of a longer answer, so that nobody takes it for all."""
    beyond = told["answers_not_in_file"]
    if beyond is None:
        say(
            "{file} is one page of a longer answer: there are more. Fetch them all, or export the form.",
            file=told["file"],
        )
    elif beyond:
        say(
            counted(
                "{file} is one page of a longer answer: {n} answer is not in it. Fetch them all, or export the form.",
                "{file} is one page of a longer answer: {n} answers are not in it. Fetch them all, or export the form.",
                beyond,
                file=told["file"],
            )
        )


SHOWN = 60


def shortened(text: str) -> str:
    """As much of a cell as helps to find it."""
    return text if len(text) <= SHOWN else f"{text[:SHOWN]}…"


def own_rates(rates: Path | None, *readings: Reading) -> OwnRates | None:
    """Parameters of a file, where one is given. Raises InvalidDataError where they were learned from people who never lived and the
    records are of real ones."""
    from opencompact.missing.evidence.own_rates import read_rates

    if rates is None:
        return None
    own = read_rates(rates)
    real = next((record for reading in readings for record in reading.records if not record.synthetic), None)
    if own.synthetic and real is not None:
        raise InvalidDataError(
            said("Rates that were learned from people who never lived are not used for real ones ({id}).", id=real.id),
            file=rates,
            column="about.synthetic",
            value="true",
            remedy="Learn rates from your own decisions: opencompact missing learn.",
        )
    return own


def setting_with(own: OwnRates | None, today: datetime.date) -> Setting:
    """What a comparison takes for granted on a day: own parameters, or the defaults."""
    from opencompact.missing.evidence.compare import Setting

    return Setting(today, own.parameters) if own else Setting(today)


def say_rates(own: OwnRates | None, lang: str | None = None) -> None:
    """Says which parameters are other than the defaults, in the language of the terminal or that of a page."""
    if own is None:
        return
    sentence = counted(
        "Error rates of your own were used: {n} parameter of {file} is other than the default (opencompact missing rates --rates {file}).",
        "Error rates of your own were used: {n} parameters of {file} are other than the defaults (opencompact missing rates --rates {file}).",
        len(own.changed),
        file=own.file,
    )
    say(told_in(sentence, lang) if lang else sentence)


def make_ready(
    first: Reading,
    second: Reading,
    dna: Path | None,
    itself: bool = False,
    decisions: Path | None = None,
    rates: OwnRates | None = None,
) -> Search:
    """A search of two files, with the DNA, the decisions and the rates that belong to them. Real and synthetic records are not mixed, and
    no id may stand in both files."""
    from opencompact.missing.candidates import Register, Search, setting_of
    from opencompact.missing.records.apart import check_apart

    is_synthetic(first, second)
    check_apart(first, second)
    today = datetime.date.today()
    sought = Register(first.records, today)
    found = sought if itself else Register(second.records, today)
    setting = setting_of(first.records, second.records, today, setting_with(rates, today))
    evidence = dna_of(dna, first, second) if dna else None
    judged = judged_pairs_of(decisions, first, second) if decisions else None
    return Search(sought, found, setting, itself=itself, dna=evidence, judged=judged)


def read_ready(
    path: Path, mapping: Path | None, recipient: str | None, kept_in: Path | None, today: datetime.date
) -> Ready:
    """A file of people found, read and made ready to be searched; taken from `kept_in` where that is still of the same, and kept there."""
    from opencompact.missing.candidates import Register, setting_of
    from opencompact.missing.candidates.kept import Ready, check_index, fingerprint, keep, kept

    of = None
    if kept_in is not None and path.is_file():
        check_index(kept_in)
        of = fingerprint([path, mapping], recipient, str(path), today=today)
        ready = kept(kept_in, of)
        if ready is not None:
            say_lines(ready.reading, MOST_TOLD)
            _ask_about(ready.reading, recipient)
            return ready
    reading = read_file(path, mapping, kind="found", recipient=recipient)
    register = Register(reading.records, today)
    ready = Ready(reading, register, setting_of((), reading.records, today))
    _ = register.index
    if kept_in is not None and of is not None:
        keep(kept_in, ready, of)
    return ready


def position(place_of: dict[str, int], record: str, reading: Reading) -> int:
    """Where a record of a file is. Raises NoDataError where it is not, or was set aside, with the reason."""
    import difflib

    from opencompact.errors import plain

    if record not in place_of:
        file = reading.file
        for line in reading.set_aside:
            if line.value == record:
                raise NoDataError(
                    said("The record was set aside: {reason}", reason=plain(line.reason)),
                    file=file,
                    row=line.row,
                    value=record,
                    remedy=line.remedy,
                )
        near = [id for id in place_of if id.endswith(f":{record}")] or difflib.get_close_matches(record, place_of, n=1)
        raise NoDataError(
            "The file has no such record.",
            file=file,
            value=record,
            remedy=said("Did you mean {near}?", near=near[0]) if near else "Check the id.",
        )
    return place_of[record]

"""`opencompact actions`: files of pledges, practices, plans and the rest, checked before they go anywhere."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from pathlib import Path
from typing import TYPE_CHECKING

import click

from opencompact.cli.groups import Group
from opencompact.cli.known import Known, Tongue
from opencompact.cli.output import headings, json_option, print_json, print_table, say
from opencompact.cli.speaking import spoken
from opencompact.language import N_, said

if TYPE_CHECKING:
    from opencompact.actions import Action, Tally
    from opencompact.actions.checking import Checked
    from opencompact.errors import InvalidDataError

KIND_NAMES = (
    N_("pledge"),
    N_("practice"),
    N_("plan"),
    N_("activity"),
    N_("programme"),
    N_("instrument"),
    N_("follow-up"),
    N_("request"),
    N_("offer"),
    N_("review"),
    N_("statement"),
)
sample_option = click.option("--sample", is_flag=True, help="The file is of the synthetic sample: its fictional areas are known, as to serve --sample.")  # fmt: skip
# Faults, and rows that lack something, that are told one by one; JSON has all.
_MOST_TOLD = 200
kind_option = click.option("--kind", type=Known(KIND_NAMES), help="The kind, where the file does not say it.")


@contextmanager
def _areas(sample: bool) -> Iterator[None]:
    """The fictional areas are known for the length of a block where the file is the sample's."""
    from opencompact.compact import registered_areas
    from opencompact.statistics.sample.places import DEFINITION

    with registered_areas(DEFINITION) if sample else nullcontext():
        yield


def _hint(faults: list[InvalidDataError], sample: bool) -> None:
    """Says how the areas of the sample are made known, where a file names them."""
    from opencompact.statistics.sample.places import codes

    if not sample and any(str(fault.value) in codes() for fault in faults):
        say("Areas such as QMA are the synthetic sample’s: give --sample where the file is of the sample.")


@click.group(cls=Group, epilog="Example: opencompact actions template pledge --out pledges.xlsx")
def actions() -> None:
    """Pledges, practices, plans, programmes, policy instruments: templates, checks, progress."""


@actions.command(epilog="Example: opencompact actions template pledge --out pledges.xlsx")
@click.argument("kind", type=Known(KIND_NAMES))
@click.option("--out", type=click.Path(path_type=Path), required=True, help="The file to write: .xlsx or .csv.")
@click.option(
    "--lang",
    "--language",
    "lang",
    type=Tongue(),
    default="en",
    show_default=True,
    help="The language of the notes in the workbook.",
)
def template(kind: str, out: Path, lang: str) -> None:
    """Write an empty table to fill in, with drop-downs where a field is chosen from a list."""
    from opencompact.actions import csv_lines, workbook
    from opencompact.tables import write_bytes

    content = "".join(csv_lines(None, kind)).encode() if out.suffix == ".csv" else workbook(kind, language=lang)
    write_bytes(out, content)
    say("{out}: a template for actions of the kind '{kind}'.", out=out, kind=kind)


@actions.command(epilog="Example: opencompact actions check pledges.xlsx --texts documents/")
@click.argument("file", type=click.Path(path_type=Path))
@kind_option
@click.option("--texts", type=click.Path(path_type=Path), multiple=True, help="A UN text, or a folder of them: paragraphs that rows cite of it must be there.")  # fmt: skip
@sample_option
@json_option
def check(file: Path, kind: str | None, texts: tuple[Path, ...], sample: bool, as_json: bool) -> None:
    """Check a file of actions: every fault with its row, column, value and remedy.

    Rows that lack something that is asked for are told too: the service keeps them as drafts. Exit code 0 without
    faults, 4 with.
    """
    from opencompact.actions.checking import check_file

    with _areas(sample):
        found = check_file(file, kind, texts=texts)
    if as_json:
        print_json({
            "rows": found.rows, "sound": found.sound, "unknown_columns": found.unknown, "named_elsewhere": found.elsewhere,
            "faults": [fault.as_dict() for fault in found.faults], "incomplete": [lack.as_dict() for lack in found.incomplete],
        })  # fmt: skip
    else:
        _say_checked(found, file.name, sample)
    if found.faults:
        sys.exit(4)


def _say_checked(found: Checked, file: str, sample: bool) -> None:
    for fault in found.faults[:_MOST_TOLD]:
        say(fault)
    _hint(found.faults, sample)
    for lack in found.incomplete[:_MOST_TOLD]:
        say(lack)
    if found.unknown:
        say("Columns that mean nothing here and are set aside: {names}.", names=", ".join(found.unknown))
    if found.elsewhere:
        names = ", ".join(found.elsewhere[:_MOST_TOLD])
        say("Named here and no row of this file, so that only the service can tell whether they exist: {names}.", names=names)  # fmt: skip
    say(
        "{file}: rows read {read:,}, without fault {sound:,}, faults {n:,}.",
        file=file,
        read=found.rows,
        sound=found.sound,
        n=len(found.faults),
    )
    if found.incomplete:
        say("Rows that lack something and would stay drafts: {n:,}.", n=len(found.incomplete))


@actions.command(epilog="Example: opencompact actions progress pledges.csv --objective 8")
@click.argument("file", type=click.Path(path_type=Path))
@kind_option
@click.option("--objective", type=click.IntRange(1, 23), help="Only actions under this objective.")
@sample_option
@json_option
def progress(file: Path, kind: str | None, objective: int | None, sample: bool, as_json: bool) -> None:
    """Count the actions of a file by where they stand; overdue, without a report for a year, without a measure.

    Commitments are promised, under way, done, evidenced or stopped; laws proposed, adopted, in force; requests open or met.
    """
    from datetime import date

    from opencompact.actions import KINDS, tally

    found: list[Action] = [
        action for action in _read(file, kind, sample) if objective is None or objective in action.objectives
    ]
    by_kind = {name: tally((a for a in found if a.kind == name), date.today()) for name in KINDS}
    shown = {name: counted for name, counted in by_kind.items() if counted.total}
    if as_json:
        print_json({name: vars(counted) | {"total": counted.total} for name, counted in shown.items()})
        return
    heads = headings("kind", "total", "overdue", "stale", "no measure", "where they stand")
    rows = [[said(name), c.total, c.overdue, c.stale, c.unmeasured, _stand(c)] for name, c in shown.items()]
    print_table(heads, rows, right=range(1, len(heads) - 1))
    say("{file}: {n:,} actions.", file=file.name, n=len(found))


def _read(file: Path, kind: str | None, sample: bool) -> list[Action]:
    """The actions of a file; its first fault where it has one."""
    from opencompact.actions import read_actions

    found: list[Action] = []
    with _areas(sample):
        for entry in read_actions(file, kind):
            if entry.faults:
                _hint(list(entry.faults), sample)
                raise entry.faults[0]
            if entry.action is not None:
                found.append(entry.action)
    return found


def _stand(counted: Tally) -> str:
    """The states that occur, in words, each with how many."""
    from opencompact.actions import STATES
    from opencompact.language import format_list, translator

    words = translator(spoken(), "actions")
    return format_list([f"{words(label)} {counted.states[s]}" for s, label in STATES if counted.states[s]], spoken())


@actions.command(epilog="Example: opencompact actions schema --out actions.schema.json")
@click.option("--out", type=click.Path(path_type=Path), help="The file to write; the screen if not given.")
def schema(out: Path | None) -> None:
    """Write the JSON schema of files of actions."""
    import json

    from opencompact.actions import schema as content
    from opencompact.tables import write_text

    text = json.dumps(content(), indent=2) + "\n"
    if out is None:
        click.echo(text, nl=False)
    else:
        write_text(out, text)
        say("{out}: the JSON schema of files of actions.", out=out)


@actions.command(epilog="Example: opencompact actions convert pledges.xlsx --out pledges.json")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--out", type=click.Path(path_type=Path), required=True, help="The file to write: .csv, .json or .xlsx.")
@kind_option
@sample_option
def convert(file: Path, out: Path, kind: str | None, sample: bool) -> None:
    """Write a file of actions in another format; the actions stay the same."""
    from opencompact.actions import csv_lines, json_lines, workbook
    from opencompact.errors import UsageError
    from opencompact.tables import write_bytes

    found = _read(file, kind, sample)
    kinds = {action.kind for action in found}
    if out.suffix == ".xlsx":
        if len(kinds) != 1:
            remedy = said("Name one with --kind, or write .csv or .json.")
            raise UsageError("A workbook holds actions of one kind.", value=", ".join(sorted(kinds)), remedy=remedy)
        content = workbook(kinds.pop(), found)
    else:
        content = "".join(json_lines(found) if out.suffix == ".json" else csv_lines(found, kind)).encode()
    write_bytes(out, content)
    say("{out}: {n:,} actions.", out=out, n=len(found))

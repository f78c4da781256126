"""The command that says what a file of records gives, before anything is done with it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from opencompact.cli.known import Known
from opencompact.cli.missing.files import account, say_account, say_lines
from opencompact.cli.missing.group import file_type, missing
from opencompact.cli.output import json_option, print_json, say

if TYPE_CHECKING:
    from opencompact.missing.records.reading import Reading


@missing.command(epilog="Example: opencompact missing check sought.csv --out to-mend.csv")
@click.argument("file", type=file_type)
@click.option("--mapping", type=file_type, help="Mapping of the columns (TOML).")
@click.option(
    "--kind",
    type=Known(["sought", "remains", "found"]),
    default="sought",
    show_default=True,
    help="What the records are where the file does not say.",
)
@click.option("--out", type=file_type, help="Write every row set aside, cell not read and finding here (CSV).")
@json_option
def check(file: Path, mapping: Path | None, kind: str, out: Path | None, as_json: bool) -> None:
    """What a file of records gives: every row accounted for, every cell that could not be read, what does not fit together."""
    from opencompact.missing.records.reading import accounted, allowed, read_mapping, read_records

    reading = allowed(read_records(file, read_mapping(mapping, kind=kind)))
    if out:
        _write(reading, out)
    if as_json:
        lines = accounted(reading).to_dicts()
        print_json({**account(reading), **({"out": str(out)} if out else {"lines": lines})})
        return
    if not out:
        say_lines(reading, len(reading.set_aside) + len(reading.unread) + len(reading.findings))
    say_account(account(reading))
    if out:
        say("What is to be mended: {out}", out=out)


def _write(reading: Reading, out: Path) -> None:
    from opencompact.cli.writing import refuse_to_overwrite
    from opencompact.missing.records.reading import accounted
    from opencompact.tables import write_text

    refuse_to_overwrite(out, reading.file)
    write_text(out, accounted(reading).write_csv())
